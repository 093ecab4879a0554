"""What a citation is to its sentence: the origin of a promise, a motion, an annex, a paper that was replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WINDOW = 300  # characters to either side that can belong to the sentence

_BOUNDARY = r"""
    (?<= [^\s.]{3} [.!?] ) \s+ (?= [A-ZÀ-Þ«“"] )     # a full stop behind a word that is no abbreviation
  | \n [^\S\n]* \n                                   # an empty line
  | \n (?= [A-ZÀ-Þ•–] )                              # a line of its own: a heading, an item
"""
_LINK = r"[\s),;(]{0,60}(?:en[\s(]{1,60})?"


def words_pattern(words: Iterable[str]) -> str:
    """The pattern of any of `words` as whole words, the longest first; "*wet" is any word in -wet, a space any gap."""
    ordered = sorted(words, key=len, reverse=True)
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s{1,60}").replace(r"\*", r"\w{0,30}") for word in ordered)
    return rf"(?<!\w)(?:{alternatives})(?!\w)"


class Roles:
    """Tells the role of a citation by the words around it, which come from the lexicon."""

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        """`words` by lexicon id: role-replaces, role-annex, role-motion, role-origin, other-paper."""
        self._boundary = re.compile(_BOUNDARY, re.VERBOSE)
        self._link = re.compile(_LINK)
        before = r"\s{0,60}(?:de\s{1,60}|het\s{1,60})?[(«]?\s{0,9}\Z"
        self._replaces = re.compile(words_pattern(words["role-replaces"]) + before, re.IGNORECASE)
        self._annex = re.compile(words_pattern(words["role-annex"]) + before, re.IGNORECASE)
        motion = words_pattern(words["role-motion"]) + r"|(?<!\w)moties?-"
        self._papers = re.compile(rf"(?P<motion>{motion})|{words_pattern(words['other-paper'])}", re.IGNORECASE)
        self._motion_behind = re.compile(r"[\s,;:(]{1,60}(?:de\s{1,60})?(?:gewijzigde\s{1,60})?motie", re.IGNORECASE)
        self._origin = re.compile(words_pattern(words["role-origin"]), re.IGNORECASE)

    def role(
        self, text: str, start: int, end: int, *, is_paper: bool = True, previous: tuple[int, str] | None = None
    ) -> str:
        """The role of the citation at `start` to `end`; `previous` is the end and the role of the one before it.

        Only what `is_paper` can be a motion: a debate about motions is none.
        """
        left = self._left(text, start)
        if self._replaces.search(left[-60:]):
            return "replaces"
        if self._annex.search(left[-60:]):
            return "annex"
        if is_paper and self._is_motion(text, start, end, previous):
            return "motion"
        if self._origin.search(left) or self._origin.search(self._right(text, end)):
            return "origin"
        return "reference"

    def _is_motion(self, text: str, start: int, end: int, previous: tuple[int, str] | None) -> bool:
        # A heading has the motion on one line and its number on the next.
        opening = max(0, start - WINDOW)
        if previous is not None and previous[0] > opening:
            gap = text[previous[0] : start]
            if previous[1] == "motion" and self._link.fullmatch(gap):
                return True
            if previous[1] != "replaces":
                opening = previous[0]
        line = text.rfind("\n", opening, start)
        before = text[opening:start]
        if line >= 0 and text[line:start].strip() == "":
            before = before[: line - opening].rstrip() + " "
        papers = [*self._papers.finditer(self._cut_left(before))]
        if papers:
            return papers[-1]["motion"] is not None
        return self._motion_behind.match(text, end) is not None

    def _left(self, text: str, start: int) -> str:
        return self._cut_left(text[max(0, start - WINDOW) : start])

    def _cut_left(self, before: str) -> str:
        cut = 0
        for match in self._boundary.finditer(before):
            cut = match.end()
        return before[cut:]

    def _right(self, text: str, end: int) -> str:
        after = text[end : end + WINDOW]
        match = self._boundary.search(after)
        return after[: match.start()] if match else after
