"""The ends of lines that a dump lost: a word glued to the next, or a hyphen left standing, every so many characters.

Where an end of a line is due, less is needed to see it: of all words near that place the one is taken that comes apart
best.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toezeggingen.letters.words import Edit, Vocabulary, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toezeggingen.letters.hyphens import Hyphens

_PLAIN = 5.0
"""The writing shows it: such an end needs no place where one is due."""
_LIKELY = 4.0
"""Two known words, one of them a function word."""
_POSSIBLE = 2.0
"""A word that comes apart, but may be one."""

_MARKS = ".,;:?!)»”’'\""
_OPENING = "(«“‘'\""


class _End(NamedTuple):
    """A place where a line can have ended: character `at` of the source, how sure it is, and what to do there."""

    at: int
    score: float
    edits: tuple[Edit, ...]


class LostLines:
    """The search for lost line ends in one letter."""

    def __init__(self, text: str, vocabulary: Vocabulary, hyphens: Hyphens, seams: dict[str, list[int]]) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._hyphens = hyphens
        self._seams = seams  # tokens that are taken apart already, and where
        self._lexicon = lexicon()
        seen = vocabulary.words()
        self._words = self._lexicon.whole | {word for word in seen if len(word) > 2}
        self._beginnings = {word[:6] for word in self._words if len(word) > 5}
        self._turn = re.compile(r"[a-zà-ÿ](?=[A-ZÀ-Þ])|[a-zà-ÿ](?=\([A-Z]{2})|\)(?=[A-Z][A-Za-z])|\d(?=[a-z]{4})")
        self._splits: dict[str, tuple[float, int] | None] = {}

    def edits(self, spans: Iterable[tuple[int, int]], width: int) -> list[Edit]:
        """A blank, or a hyphen taken out, for every line end found in the `spans` far wider than `width`."""
        lines = [(start, self._ends(start, end)) for start, end in spans if end - start > 1.3 * width]
        chosen = [_choose(start, ends, width) for start, ends in lines]
        gaps = sorted(b.at - a.at for ends in chosen for a, b in pairwise(ends))
        near = [gap for gap in gaps if 0.7 * width <= gap <= 1.2 * width]
        if len(near) > 4:  # the lines tell how wide they were
            width = round(near[len(near) // 2] * 1.06)
            chosen = [_choose(start, ends, width) for start, ends in lines]
        return [edit for ends in chosen for end in ends for edit in end.edits]

    def _ends(self, start: int, end: int) -> list[_End]:
        """Every place between `start` and `end` where a line can have ended, in order."""
        found: list[_End] = []
        known, seams, splits = self._lexicon.known, self._seams, self._splits
        for match in re.finditer(r"\S{4,400}", self._text[start:end]):
            token = match[0]
            if token in known:
                continue
            at = start + match.start()
            if token in seams:
                found += [_End(at + cut, _PLAIN, ()) for cut in seams[token]]
                continue
            if "-" in token:
                found += self._at_hyphens(token, at)
            if token not in splits:
                splits[token] = self._split(token)
            if (split := splits[token]) is not None:
                place = at + split[1]
                found.append(_End(place, split[0], (Edit(place, place, " "),)))
        return found

    def _at_hyphens(self, token: str, at: int) -> list[_End]:
        found: list[_End] = []
        hyphen = token.find("-", 2, len(token) - 2)
        while hyphen > 0:
            place = at + hyphen
            if edits := self._hyphens.left_over(place, eager=True):
                found.append(_End(place + 1, _LIKELY, tuple(edits)))
            elif self._hyphens.can_be_compound(place):
                found.append(_End(place + 1, _POSSIBLE - 0.75, (Edit(place, place + 1, ""),)))
            hyphen = token.find("-", hyphen + 1, len(token) - 2)
        return found

    def _split(self, token: str) -> tuple[float, int] | None:
        """How sure it is that `token` comes apart, and where; None where it is a word as it stands."""
        word = token.rstrip(_MARKS)
        lead = len(word) - len(word.lstrip(_OPENING))
        word = word[lead:].removesuffix("’s")
        low = word.lower()
        if len(low) < 4 or low in self._lexicon.known or (count := self._vocabulary.count(low)) > 3:
            return None
        if not word.isalpha() or not word[1:].islower():
            cut = self._turning_point(word) if count < 3 else 0
            return (_LIKELY, cut + lead) if cut else None
        best, place = 0.0, 0
        for cut in range(1 if low[0] == "u" else 2, len(low) - 1):
            score = self._score(low[:cut], low[cut:])
            if score > best:
                best, place = score, cut + lead
        return (best, place) if best >= (_LIKELY if count > 1 else 0.1) else None

    def _turning_point(self, word: str) -> int:
        """Where the writing changes within `word`, behind something that can stand alone: aanVN-landen, 12weken."""
        match = self._turn.search(word)
        if match is None:
            return 0
        left = word[: match.end()].lower().strip("(")
        is_acronym = word[match.end() : match.end() + 2].isupper()
        return match.end() if is_acronym or not left[-1:].isalpha() or left in self._words else 0

    def _score(self, left: str, right: str) -> float:
        """How well two words fit that stand glued together; 0 where they do not."""
        words = self._lexicon
        is_ending = right != "en" or not left.endswith(("s", "en", "ie", "a", "o"))
        if right in words.worn and left not in words.function and is_ending:
            return 0
        if left in self._words and right in self._words:
            if left in words.separable and right not in words.function:
                return _POSSIBLE
            if left in words.function or right in words.function:
                return _LIKELY + 0.25 * ((left in words.core) + (right in words.core))
            return _POSSIBLE + 0.5
        if right in words.behind_any and len(left) > 3:
            return _POSSIBLE + 0.25
        if left in words.before_any and len(right) > 3:
            return _POSSIBLE
        if left in words.core and len(right) > 4 and right[:6] in self._beginnings:
            return _POSSIBLE - 0.5
        return 0


def _choose(start: int, ends: list[_End], width: int) -> list[_End]:
    """Of all places where lines of some `width` can have ended, from `start` on, those where they did."""
    chosen: list[_End] = []
    begin = start  # of the line that was
    best: _End | None = None
    closeness = 0.0
    for end in ends:
        while end.at - begin > 1.12 * width:
            if best is not None:
                chosen.append(best)
            begin = best.at if best is not None else begin + int(0.95 * width)
            best = None
        column = end.at - begin
        if end.score == _PLAIN:
            chosen.append(end)
            begin, best = end.at, None
        elif column >= 0.75 * width:
            near = -abs(column - 0.95 * width)
            if best is None or (end.score, near) > (best.score, closeness):
                best, closeness = end, near
    if best is not None:
        chosen.append(best)
    return chosen
