"""Footnotes: the lines that hold them, at the foot of a page, in the middle of a sentence, or at the letter's end."""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Line, Zone, begins_low, is_finished
from toezeggingen.letters.markers import LIKELY, Raised, raised
from toezeggingen.letters.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toezeggingen.letters.source import Marker

_MISSING = 3
"""Notes that may be lost between two that follow each other."""


def mark_notes(lines: list[Line], text: str, start: int, markers: Sequence[Marker] = ()) -> None:
    """Mark the footnotes among `lines` (of `text`) from `start` on: zone, and the number in `note` on their first line.

    Numbers of raised markers that stand alone on a line get `marker`. Where the file itself marked footnotes, or
    `markers` of them, there are no others.
    """
    finder = _Notes(lines, raised(text), start)
    finder.mark_sources()
    if markers or any(line.mark and line.zone is Zone.FOOTNOTE for line in lines):
        return
    finder.mark_numbered()
    finder.mark_endnotes()
    finder.mark_lone_markers()


@functools.cache
def _beginning() -> re.Pattern[str]:
    """The number a note begins with: raised, in brackets, glued to the words, before a blank, or alone on the line."""
    return re.compile(
        r"""
        (?: <sup>\ ?(?P<sup>\d{1,3})\ ?</sup> | \[\^?(?P<bracket>\d{1,3})\]:? | (?P<raised>[¹²³⁰⁴-⁹]{1,3})
          | (?P<plain>[1-9]\d{0,2})(?P<dot>[.)])? )
        (?P<blank>[ \t\u00a0]{0,8}) (?P<first>.?)
        """,
        re.VERBOSE,
    )


@functools.cache
def _citing() -> re.Pattern[str]:
    """How notes begin: with a source."""
    return re.compile(
        r"""
        ["«“‘'„(]{0,2}
        (?: Kamerst | Handeling | Aanhangsel | Bijlage\ bij | Brief\ van | Kamerbrief | Motie\b | TK\b | EK\b
          | Tweede\ Kamer,? | Eerste\ Kamer,? | Ter\ inzage | Nedergelegd | Bron | CBS
          | Zie\b | Vgl | Vergelijk | Idem\b | Ibid | https?: | www\.
          | Stb | Staatsbl | Stcrt | Staatscour | Trb | Tractatenbl | PB\b | Pb\b | PbEU | COM\b | HR[ ] | Rb\. | ECLI
          | Richtlijn[ ] | Verordening[ ] | Artikel[ ]\d | Art\.[ ]
          | [a-z0-9-]{2,30}\.(?:nl|com|org|eu|int)\b )
      | ["«“‘„]
        """,
        re.VERBOSE,
    )


class _Notes:
    """The search for the notes of one letter."""

    def __init__(self, lines: list[Line], markers: Iterable[Raised], start: int) -> None:
        self.lines = lines
        self.first = start
        self.numbers: set[int] = set()
        self._is_glued_here = False  # an earlier note had its number glued to its words
        self._first_marker: dict[int, int] = {}  # number -> where its first marker stands
        for one in markers:
            if one.strength >= LIKELY:
                self._first_marker.setdefault(one.number, one.start)
        self._lone: dict[int, list[int]] = {}  # number -> the lines that hold nothing else
        self._page_ends = [len(lines)] * len(lines)  # of each line: the first line of the next page
        page_end = len(lines)
        for at in range(len(lines) - 1, start - 1, -1):
            self._page_ends[at] = page_end
            page_end = at if lines[at].page else page_end
        for at in range(start, len(lines)):
            if lines[at].zone is None and not lines[at].label and _is_number(lines[at]):
                self._lone.setdefault(int(lines[at].text), []).append(at)

    def mark_sources(self) -> None:
        """Source notes of tables and figures, and where a printed paper says that an annex lies for inspection."""
        prefixes = ("Bron:", "Bronnen:", "Ter inzage gelegd", "Nedergelegd ", "Ligt ter inzage")
        for at in range(self.first, len(self.lines)):
            line = self.lines[at]
            if line.zone is None and line.text.startswith(prefixes) and len(line.text) < 200:
                line.zone = Zone.FOOTNOTE

    def mark_numbered(self) -> None:
        """Notes with their number before them, in rising order."""
        beginning = _beginning()
        last = 0
        at = self.first
        while at < len(self.lines):
            line = self.lines[at]
            first = line.text[0]
            if (
                line.zone is None
                and not line.label
                and (first.isdecimal() or first in "<[¹²³⁰⁴⁵⁶⁷⁸⁹")
                and (match := beginning.match(line.text))
            ):
                number = _number(match)
                is_next = last < number <= last + 1 + _MISSING or (last == 0 and self._is_marked(number, line))
                if is_next and (end := self._end(at, number, match)):
                    last = self._mark(at, end, number)
                    at = end
                    continue
            at += 1

    def _mark(self, at: int, end: int, number: int) -> int:
        """Mark lines `at` to `end` as notes; returns the highest number among them."""
        self.lines[at].note = number
        self.numbers.add(number)
        for line in self.lines[at:end]:
            if line.zone is not None:
                continue
            line.zone = Zone.FOOTNOTE
            match = _beginning().match(line.text)
            if (
                match
                and number < _number(match) <= number + 1 + _MISSING
                and not match["dot"]
                and not match["first"].islower()
            ):
                number = line.note = _number(match)
                self.numbers.add(number)
        return number

    def _is_marked(self, number: int, line: Line) -> bool:
        """Whether a marker of `number` stands before `line`."""
        if self._first_marker.get(number, line.start) < line.start:
            return True
        lone = self._lone.get(number)
        return lone is not None and self.lines[lone[0]].start < line.start

    def _end(self, at: int, number: int, match: re.Match[str]) -> int:
        """The line after the note that begins at line `at`, or 0 where no note does."""
        line = self.lines[at]
        rest = line.text[match.start("first") :]
        if not rest:
            return self._end_of_lone(at, number)
        if match["dot"]:
            return 0
        cites = bool(_citing().match(rest))
        is_marked = self._is_marked(number, line)
        if match["sup"] or match["raised"]:
            is_note = self._is_apart(at) or cites
        elif match["bracket"]:
            is_note = (self._is_apart(at) and is_marked) or match[0].startswith("[^")
        elif match["blank"]:
            is_note = (cites or not rest[0].islower()) and (
                (is_marked and (self._is_apart(at) or cites or self._is_at_foot(at))) or (cites and self._is_apart(at))
            )
        else:
            is_note = (is_marked or cites or self._is_glued_here) and (rest[0].isupper() or cites)
            self._is_glued_here = self._is_glued_here or is_note
        return self._end_of_text(at) if is_note else 0

    def _is_at_foot(self, at: int) -> bool:
        """Whether line `at` begins after a whole sentence, with the foot of the page a few lines below."""
        near = self.lines[at : at + 16]
        foot = next((n for n, line in enumerate(near) if line.zone is Zone.FURNITURE), 0)
        return (
            foot > 0
            and is_finished(self.lines[at - 1].text)
            and not any(line.gap or line.label for line in near[:foot])
        )

    def _is_apart(self, at: int) -> bool:
        """Whether line `at` follows a blank line, furniture or another note, and goes on with no text."""
        before = self.lines[at - 1] if at else None
        line = self.lines[at]
        return line.gap or line.page or before is None or before.zone in (Zone.FURNITURE, Zone.FOOTNOTE)

    def _end_of_lone(self, at: int, number: int) -> int:
        """The end of the notes whose number stands alone on line `at`; 0 where that is no number of a note."""
        page_end = self._page_ends[at]
        below = [
            n
            for n in range(at + 1, min(at + 12, page_end))
            if self.lines[n].zone is None and not _is_number(self.lines[n])
        ]
        if not below:
            return 0
        text = self.lines[below[0]]
        is_marked = self._is_marked(number, self.lines[at])
        cites = bool(_citing().match(text.text))
        if begins_low(text.text) and not cites:
            return 0
        if is_marked and self._ends_with_foot(page_end) and self._is_last_on_page(at, number, page_end):
            return page_end
        if below[0] == at + 1 and (cites or (is_marked and self._is_apart(at))):
            return self._end_of_text(at + 1)
        return 0

    def _ends_with_foot(self, page_end: int) -> bool:
        return page_end < len(self.lines) or self.lines[-1].zone is Zone.FURNITURE

    def _is_last_on_page(self, at: int, number: int, page_end: int) -> bool:
        lone = self._lone.get(number, [])
        following = bisect.bisect_right(lone, at)
        return following == len(lone) or lone[following] >= page_end

    def _end_of_text(self, at: int) -> int:
        """The line after the note whose text begins at line `at`."""
        body_open = self._is_body_open(at)
        previous = self.lines[at]
        for n in range(at + 1, len(self.lines)):
            line = self.lines[n]
            if line.zone is not None or line.label or line.page:
                return n
            finished = is_finished(previous.text) or previous.text[-1] in ")»”’" or previous.text[-1].isdecimal()
            low = begins_low(line.text) or line.text.startswith(("http", "www"))
            match = _beginning().match(line.text)
            if (
                match
                and match["first"]
                and not match["dot"]
                and not low
                and line.text[0] in "0123456789<["
                and self._numbers_next(at, match)
            ):
                return n
            if line.gap and (finished or not (low or previous.text.rsplit(None, 1)[-1] in lexicon().dangling)):
                return n
            if low and body_open and finished and not line.text.startswith(("http", "www")):
                return n
            if _is_number(line):
                return n
            previous = line
        return len(self.lines)

    def _numbers_next(self, at: int, match: re.Match[str]) -> bool:
        own = _beginning().match(self.lines[at].text)
        return own is not None and bool(own["first"]) and _number(match) == _number(own) + 1

    def _is_body_open(self, at: int) -> bool:
        """Whether the running text before the notes breaks off in a sentence."""
        for line in reversed(self.lines[max(0, at - 60) : at]):
            if line.zone is None:
                return not is_finished(line.text)
        return False

    def mark_endnotes(self) -> None:
        """A list "1. ... 2. ..." at the very end of the letter whose numbers stand raised in the text."""
        items: list[tuple[int, int]] = []
        at = len(self.lines) - 1
        beginning = _beginning()
        while at >= self.first and (self.lines[at].zone in (None, Zone.FURNITURE)):
            line = self.lines[at]
            match = beginning.match(line.text) if line.zone is None else None
            if (
                match
                and match["dot"]
                and match["first"]
                and self._first_marker.get(_number(match), line.start) < line.start
            ):
                items.append((_number(match), at))
                if items[-1][0] == 1:
                    break
            elif line.zone is None and (line.gap or len(items) * 4 < len(self.lines) - at - 4):
                break
            at -= 1
        if [number for number, _ in items] == list(range(len(items), 0, -1)) and len(items) > 1:
            for line in self.lines[items[-1][1] :]:
                line.zone = line.zone or Zone.FOOTNOTE
            for number, n in items:
                self.lines[n].note = number
                self.numbers.add(number)

    def mark_lone_markers(self) -> None:
        """Numbers alone on a line that a note bears: raised in print, they fell out of their line."""
        for number, places in self._lone.items():
            line = self.lines[places[0]]
            if line.zone is None and number in self.numbers:
                line.marker = True


def _number(match: re.Match[str]) -> int:
    digits = match["sup"] or match["bracket"] or match["plain"]
    return int(digits) if digits else int(match["raised"].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def _is_number(line: Line) -> bool:
    return len(line.text) <= 3 and line.text.isdecimal()
