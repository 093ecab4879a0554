"""A Doc's sentences as units: words and marks, with the spans found so far as one unit each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from toezeggingen import lexicons
from toezeggingen.components.spans import Found, found_in, text_of
from toezeggingen.components.units import Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from spacy.tokens import Doc

_ROLES = {"cabinet": "cabinet", "minister": "minister", "ministry": "ministry", "parliament": "parliament"}
_KINDS = (("bodies", "body"), ("deadlines", "term"), ("citations", "cite"))
_CLOSERS = {"«": "»", "“": "”", "‘": "’"}
_LONGEST_TITLE = 30
"""Tokens between quotation marks that still make a title."""
_LONGEST_SENTENCE = 400
"""Tokens; no sentence of a letter comes near it, a table dumped without line breaks does."""
_MOST_HELD = 50_000
"""Tokens of a Doc whose sentences are kept: some twenty letters. More would take more memory than time."""
_LONGEST_TERM = 120
"""Characters; an event that takes more words is a clause of its own and stays readable as one."""

_SURE_TERM = 0.35
"""A term scored lower may be half a sentence that only begins like one; its words stay words."""


@dataclass(slots=True)
class Sentence:
    """A sentence: its zone, characters `start` to `end`, its words in lower case and the character each begins at."""

    zone: str
    start: int
    end: int
    words: list[str]
    starts: list[int]
    spans: list[tuple[int, int, str, int, Found]]
    _read: list[Unit] | None = field(default=None, compare=False, repr=False)

    def may_act(self, words: frozenset[str]) -> bool:
        """Whether one of `words`, a body that can be bound, parliament or a term stands here: else nobody promises."""
        if not words.isdisjoint(self.words):
            return True
        return any(kind == "term" or (kind == "body" and _role(kind, f) != "third") for _, _, kind, _, f in self.spans)

    def units(self) -> list[Unit]:
        """The sentence as units; what stands in brackets is left out, a span found is one unit. Read once."""
        if self._read is None:
            self._read = self._units()
        return self._read

    def _units(self) -> list[Unit]:
        units: list[Unit] = []
        spans, at, skip_to, depth = self.spans, 0, -1, 0
        ahead = spans[0][0] if spans else self.end
        for number, (low, start) in enumerate(zip(self.words, self.starts, strict=True)):
            if start < skip_to:
                continue
            if start < ahead and not depth and low.isalpha():  # nearly all
                units.append(Unit(low, start, start + len(low)))
                continue
            if low in _CLOSERS and not depth and (end := self._quote_end(number, _CLOSERS[low])):
                units.append(Unit("«»", start, end))  # a title: its verbs are no verbs of the sentence
                skip_to = end
                continue
            if low == "(":
                depth += 1
                continue
            if low == ")":
                depth = max(0, depth - 1)
                continue
            if depth or low.isspace():
                continue
            while at < len(spans) and spans[at][0] < start:
                at += 1
            ahead = spans[at][0] if at < len(spans) else self.end
            if ahead == start:
                begin, end, kind, ref, found = spans[at]
                if kind != "term" or (end - begin < _LONGEST_TERM and found.score >= _SURE_TERM):
                    skip_to = end
                    units.append(Unit(self._text(start, end), begin, end, kind, _role(kind, found), ref))
                    continue
            units.append(Unit(low, start, start + len(low), "word" if low[0].isalnum() else "mark"))
        return units

    def with_brackets(self, end: int) -> int:
        """The character `end`, or that behind brackets that open right there ("... toe (Kamerstuk 36 700, nr. 3)")."""
        at = bisect_left(self.starts, end)
        if at >= len(self.words) or self.words[at] != "(":
            return end
        depth = 0
        for word, start in zip(self.words[at:], self.starts[at:], strict=True):
            depth += (word == "(") - (word == ")")
            if depth == 0:
                return start + 1
        return end

    def _quote_end(self, opener: int, closer: str) -> int:
        """The character behind a quoted title that opens at this word; 0 where it is none (too long, or not closed)."""
        for number in range(opener + 2, min(len(self.words), opener + _LONGEST_TITLE)):
            if self.words[number] == closer:
                return self.starts[number] + 1
        return 0

    def _text(self, start: int, end: int) -> str:
        return " ".join(w for w, s in zip(self.words, self.starts, strict=True) if start <= s < end)


def acting_words(lexicon: str) -> frozenset[str]:
    """The words of `Sentence.may_act`, from the text of `word_classes.jsonl`."""
    lines = lexicons.parse(lexicon, file="word_classes.jsonl", required=frozenset({"meaning", "words", "example"}))
    return next(frozenset(line["words"]) for line in lines if line["id"] == "acting")


def _role(kind: str, found: Found) -> str:
    if kind == "term":
        return str(found.value.get("kind", ""))
    if kind == "cite":
        return ""
    return _ROLES.get(found.value["type"]) or ("agency" if found.value.get("government") else "third")


def _pieces(firsts: list[int]) -> list[int]:
    """The token each sentence begins at, and the end; one that never ends is cut, as grammar takes its square."""
    cut: list[int] = []
    for first, last in pairwise(firsts):
        cut += range(first, last, _LONGEST_SENTENCE)
    return [*cut, firsts[-1]]


def spans_of(doc: Doc, keys: Collection[str]) -> list[tuple[int, int, str, int, Found]]:
    """What the components of `keys` found, in order of place, as a `Sentence` has it."""
    found = (
        (f.start, f.end, kind, ref, f)
        for key, kind in _KINDS
        if key in keys
        for ref, f in enumerate(found_in(doc, key))
    )
    return sorted(found, key=lambda span: (span[0], -span[1]))


def within(doc: Doc, start: int, end: int, spans: Sequence[tuple[int, int, str, int, Found]]) -> Sentence:
    """The characters `start` to `end` of a Doc, widened to whole tokens, as if they were a sentence; see `spans_of`."""
    piece = doc.char_span(start, end, alignment_mode="expand")
    tokens = list(piece) if piece is not None else []
    first = bisect_left(spans, start, key=lambda span: span[0])
    last = bisect_left(spans, end, key=lambda span: span[0])
    inside = [span for span in spans[first:last] if span[1] <= end]
    words = [t.lower_ if len(t.lower_) == len(t) else t.text for t in tokens]
    return Sentence("body", start, end, words, [t.idx for t in tokens], inside)


@cache
def _held() -> WeakKeyDictionary[Doc, tuple[object, list[Sentence]]]:
    """The sentences of each Doc that is still there, with what they were read from."""
    return WeakKeyDictionary()


def sentences(doc: Doc, *, silent: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """The sentences of a Doc outside `silent` zones, in order, with what the earlier components found in them.

    They are read once for all components that ask, until one finds more; those of a very long Doc are not kept.
    """
    if len(doc) > _MOST_HELD:
        return _sentences(doc, silent)
    rows = [doc.spans[key].attrs.get("found") if key in doc.spans else None for key, _ in _KINDS]
    read_from = (silent, doc.user_data.get("letter", {}).get("zones"), rows)
    held = _held().get(doc)
    if held is None or held[0] != read_from:
        held = _held()[doc] = (read_from, list(_sentences(doc, silent)))
    return iter(held[1])


def _sentences(doc: Doc, silent: frozenset[str]) -> Iterator[Sentence]:
    low = text_of(doc).lower()
    if len(doc) == 0 or len(low) != int(doc.to_array(["LENGTH", "SPACY"]).sum()):
        return  # lower case of another length: a letter that no Dutch text has
    numbers = doc.to_array(["LENGTH", "SPACY", "SENT_START"]).astype(np.int64)
    ends = np.cumsum(numbers[:, 0] + numbers[:, 1])
    starts = (ends - numbers[:, 0] - numbers[:, 1]).tolist()
    stops = (ends - numbers[:, 1]).tolist()
    firsts = _pieces([0, *(np.flatnonzero(numbers[1:, 2] == 1) + 1).tolist(), len(doc)])
    spans = sorted(
        ((f.start, f.end, kind, ref, f) for key, kind in _KINDS for ref, f in enumerate(found_in(doc, key))),
        key=lambda span: (span[0], -span[1]),
    )
    zones = doc.user_data.get("letter", {}).get("zones", [])
    at_zone = at_span = 0
    for first, last in pairwise(firsts):
        start, end = starts[first], stops[last - 1]
        while at_zone < len(zones) and zones[at_zone][2] <= start:
            at_zone += 1
        while at_span < len(spans) and spans[at_span][0] < start:
            at_span += 1
        inside: list[tuple[int, int, str, int, Found]] = []
        while at_span < len(spans) and spans[at_span][0] < end:
            if spans[at_span][1] <= end:
                inside.append(spans[at_span])
            at_span += 1
        zone = zones[at_zone][0] if at_zone < len(zones) else "body"
        if zone in silent:
            continue
        words = [low[starts[token] : stops[token]] for token in range(first, last)]
        yield Sentence(zone, start, end, words, starts[first:last], inside)
