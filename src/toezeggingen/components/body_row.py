"""A letter as a row of words, and the mentions in it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toezeggingen.components.body_words import Word, Words


class Row:
    """The words of a Doc in order, without its line breaks.

    `doc` holds them as tokens (the given Doc itself where nothing was left out), `heads` are the indices of words that
    head a family, `breaks` those of words that a line break stands before, `blocks` those that a blank line does.
    """

    def __init__(self, doc: Doc, words: Words) -> None:
        self.source = doc
        orths: list[int] = doc.to_array("ORTH").tolist()
        row = list(map(words.__getitem__, orths))
        self.breaks: set[int] = set()
        self.blocks: set[int] = set()
        self._places: list[int] | None = None
        unfit = [place for place, word in enumerate(row) if word.unfit]
        if unfit:
            row = self._without_breaks(row, unfit)
            self.doc = Doc(doc.vocab, words=_orths(row))
        else:
            self.doc = doc
        self.words: list[Word] = row
        self.heads = [index for index, word in enumerate(row) if word.head]

    def _without_breaks(self, row: list[Word], unfit: list[int]) -> list[Word]:
        """The words without those that are white space, whose lines are counted in `breaks` and `blocks`."""
        kept: list[Word] = []
        places: list[int] = []
        after = 0
        for place in unfit:
            word = row[place]
            if word.alpha:
                continue
            kept += row[after:place]
            places += range(after, place)
            after = place + 1
            if lines := word.text.count("\n"):
                if lines > 1 or len(kept) in self.breaks:
                    self.blocks.add(len(kept))
                self.breaks.add(len(kept))
        kept += row[after:]
        places += range(after, len(row))
        self._places = places
        return kept

    def __len__(self) -> int:
        return len(self.words)

    def place(self, index: int) -> int:
        """The token of the given Doc that is word `index`."""
        return self._places[index] if self._places is not None else index

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the given Doc from word `start` to before word `end`."""
        first, last = self.source[self.place(start)], self.source[self.place(end - 1)]
        return first.idx, last.idx + len(last.text) - self.words[end - 1].cut

    def spaced(self, index: int) -> bool:
        """Whether white space stands between word `index` and the next."""
        token = self.source[self.place(index)]
        return bool(token.whitespace_) or (index + 1) in self.breaks

    def begins_sentence(self, index: int) -> bool:
        """Whether word `index` is the first of a line or stands behind a full stop or the like."""
        return index == 0 or index in self.breaks or self.words[index - 1].text in _ENDS_SENTENCE

    def text(self, start: int, end: int) -> str:
        """The characters of words `start` to `end` on one line."""
        # Not by `doc.text`, which is put together anew each time it is asked for.
        written = "".join(
            self.source[at].text_with_ws for at in range(self.place(start), self.place(end - 1) + 1)
        ).rstrip()
        cut = self.words[end - 1].cut
        return " ".join((written[:-cut] if cut else written).split())


_ENDS_SENTENCE = frozenset({".", "?", "!", ":", ";", "•", "–", "-", ")"})


def _orths(row: list[Word]) -> list[str]:
    """The words as spaCy takes them too, though its types do not say so: by their ids, without a detour by strings."""
    return [word.orth for word in row]  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` (half open) that mean a body, by which rule, and the value as in the record."""

    start: int
    end: int
    rule: str
    value: dict[str, object]


class Taken:
    """Mentions that do not overlap, to be asked what stands where."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self.mentions]

    def at(self, index: int) -> Mention | None:
        """The mention that covers word `index`, or None."""
        at = bisect_left(self._starts, index + 1) - 1
        if at >= 0 and self.mentions[at].end > index:
            return self.mentions[at]
        return None


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Of overlapping mentions the longest; of those as long the first; in order of place."""
    ordered = sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start))
    covered: set[int] = set()
    kept: list[Mention] = []
    for mention in ordered:
        span = range(mention.start, mention.end)
        if covered.isdisjoint(span):
            covered.update(span)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)
