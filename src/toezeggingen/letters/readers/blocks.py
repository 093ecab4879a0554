"""Blocks of words put under each other by the conventions of the readers, with the places of what a format knows.

A reader walks its document and says what comes: words, the begin and end of a block, an item, a row, a footnote. What
comes of it: one paragraph a line and an empty line between blocks; items and rows one a line; cells kept apart by tabs;
footnotes as numbered lines at the end of the text, their markers glued to the word before them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.assembly import NO_BREAK, Assembly, Line, PageEnd, Reference, strip_end
from toezeggingen.letters.source import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Warnings = Iterable[tuple[str, str]]

LONGEST_NUMBER = 4
"""Digits of the number of a footnote; a longer label is no number."""


@dataclass(slots=True)
class _Note:
    """A footnote: the label its marker has in the file, and its words."""

    label: str
    line: Line | None = None


class Blocks:
    """The text of a document in the making. `begin` and `end`, and `open_...` and `close_...`, go in pairs."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._line = Line()
        self._zones: list[Zone | None] = [None]
        self._lists = 0
        self._begun = False  # the outermost list has words
        self._tables: list[bool] = []  # has this table a row yet
        self._outside: list[Line] = []  # lines that wait for the end of the note inside them
        self._notes: dict[str, _Note] = {}
        self._pages = False

    # --- words --------------------------------------------------------------------------------------------------------

    def words(self, text: str) -> None:
        """Words in the current block; white space is folded, what has no ink and no width left out."""
        folded = _white().sub(" ", _invisible().sub("", text))
        if not folded:
            return
        line = self._line
        line.blank = line.blank or folded[0] == " "
        ink = folded.strip(" ")
        if line.fresh:
            ink = ink.lstrip(NO_BREAK + " ")
            if not ink:
                return
            self._put_label()
        elif not ink:
            return
        elif line.blank or (line.owed and (ink[0].isalnum() or ink[0] in "([{«“‘\"'„‚")):
            line.parts.append(" ")
        line.parts.append(ink)
        line.fresh, line.inked, line.owed = False, True, False
        line.blank = folded[-1] == " "

    def blank(self) -> None:
        """White space in the current line."""
        self._line.blank = True

    def new_line(self) -> None:
        """The next words stand on a line of their own, in the same block; in a cell or a note, behind a blank."""
        if self._line.kind != "text":
            self._line.blank = True
        elif self._line.inked:
            self._close_line(gap=False)

    def line_break(self) -> None:
        """The line ends here; two breaks leave an empty line. In a cell or a note it is a blank."""
        if self._line.broken and not self._line.inked:
            self._line.gap = True
            return
        ended = self._line.inked and self._line.kind == "text"
        self.new_line()
        self._line.broken = ended

    def page_end(self) -> None:
        """A page ends here."""
        self._pages = True
        line = self._outside[0] if self._outside else self._line
        line.parts.append(PageEnd())

    # --- blocks -------------------------------------------------------------------------------------------------------

    def begin(self, zone: Zone | None = None, series: str = "") -> None:
        """A block begins, in the zone of the blocks around it if it has none of its own.

        Blocks of one `series` that follow each other have no empty line between them.
        """
        self._zones.append(zone or self._zones[-1])
        self._break_block()
        if series and self._line.kind == "text":
            self._line.series = series
            if self._lines and self._lines[-1].series == series:
                self._line.gap = False

    def end(self) -> None:
        """The last block begun ends."""
        self._zones.pop()
        self._break_block()

    def open_list(self) -> None:
        """A list begins, inside an item perhaps."""
        if not self._lists:
            self._begun = False
        self._break_block()
        self._lists += 1

    def item(self, label: str = "") -> None:
        """The next words are an item of the list, behind `label` ("- ", "1. ")."""
        if self._line.kind == "text":
            self._close_line()
            self._line.gap = not (self._lists and self._begun)
        self._line.label = label if self._line.fresh else ""
        self._line.blank = True
        if not self._line.fresh and label:
            self.words(label)

    def close_list(self) -> None:
        """The last list opened ends."""
        self._lists -= 1
        self._line.label = ""  # of an item without words
        self._break_block()

    def open_table(self) -> None:
        """A table begins."""
        self._break_block()
        self._tables.append(False)

    def row(self) -> None:
        """A row begins; its cells follow."""
        if self._line.kind == "note" or len(self._tables) > 1:
            self._line.blank = True
            return
        self._close_line(gap=not self._tables[-1], kind="row")
        self._line.zone = self._zones[-1] or Zone.TABLE

    def cell(self, tabs: int) -> None:
        """The next words stand in a cell, `tabs` columns behind the last one (0 for the first column)."""
        line = self._line
        if line.kind == "row" and len(self._tables) == 1:
            line.parts += ["\t"] * tabs
            line.fresh, line.blank, line.owed = True, False, False
        else:
            line.blank = True

    def close_row(self) -> None:
        """The row ends."""
        if self._line.kind == "row" and len(self._tables) == 1:
            self._tables[-1] = self._close_line() or self._tables[-1]

    def close_table(self) -> None:
        """The last table opened ends."""
        self._tables.pop()
        self._break_block()

    # --- footnotes ----------------------------------------------------------------------------------------------------

    def marker(self, key: str, label: str) -> None:
        """A marker of the footnote `key`; it gets the number in `label`, if that is free, or else another one."""
        if self._outside:
            self.words(label)
            return
        self._notes.setdefault(key, _Note(label))
        line = self._line
        strip_end(line.parts)
        if line.parts and isinstance(line.parts[-1], Reference):
            line.parts.append(" ")
        if line.fresh:
            self._put_label()
        line.parts.append(Reference(key))
        line.owed, line.blank, line.fresh, line.inked = line.blank, False, False, True

    def open_note(self, key: str, label: str) -> None:
        """The words of the footnote `key` follow, up to `close_note`; it may stand anywhere, in a line of text too."""
        note = self._notes.setdefault(key, _Note(label))
        self._outside.append(self._line)
        self._line = Line("note")
        note.line = note.line or self._line

    def close_note(self) -> None:
        """The footnote ends, and the text goes on where it was."""
        self._line = self._outside.pop()

    # --- the outcome --------------------------------------------------------------------------------------------------

    def reading(self, metadata: Mapping[str, Any] | None = None, warnings: Warnings = ()) -> Reading:
        """All that was said, as a Reading."""
        self._close_line()
        numbers = self._numbers()
        put = Assembly(numbers)
        for line in self._lines:
            put.line(line)
        first = True
        for key, note in self._notes.items():
            if note.line is not None and note.line.inked:
                note.line.gap = first
                put.note(note.line, numbers[key])
                first = False
        put.last(self._line)
        return Reading(
            text="".join(put.pieces),
            pages=put.pages() if self._pages else (),
            marks=tuple(put.marks),
            markers=tuple(put.markers),
            metadata=dict(metadata or {}),
            warnings=tuple(warnings),
        )

    def _numbers(self) -> dict[str, int]:
        """The number of each footnote: that of its label, or the next one where that is taken or none."""
        numbers: dict[str, int] = {}
        taken: set[int] = set()
        for key, note in self._notes.items():
            digits = note.label.strip("[](). \u00a0")
            number = int(digits) if digits.isdecimal() and len(digits) <= LONGEST_NUMBER else 0
            if number and number not in taken:
                numbers[key] = number
                taken.add(number)
        following = max(taken, default=0) + 1
        for key in self._notes:
            if key not in numbers:
                numbers[key] = following
                following += 1
        return numbers

    def _put_label(self) -> None:
        if self._line.label:
            self._line.parts.append(self._line.label)
            self._line.label = ""

    def _break_block(self) -> None:
        """What follows is another block; the first one in an item stays on its line, as does all in cells and notes."""
        if self._line.kind != "text":
            self._line.blank = True
            return
        if self._line.label and not self._line.inked:
            self._line.zone = self._zones[-1]
            return
        self._close_line()
        self._line.gap = not (self._lists and self._begun)

    def _close_line(self, *, gap: bool = True, kind: str = "text") -> bool:
        """Put away the current line if it has words, and begin a new one; returns whether it had."""
        line = self._line
        self._line = Line(kind, self._zones[-1], gap)
        if line.inked:
            self._lines.append(line)
            self._begun = self._begun or self._lists > 0
        else:
            self._line.parts += [part for part in line.parts if isinstance(part, PageEnd)]
        return line.inked


@cache
def _white() -> re.Pattern[str]:
    return re.compile(rf"[^\S{NO_BREAK}]+")


@cache
def _invisible() -> re.Pattern[str]:
    """Controls, zero-width characters, and soft hyphens, which are ink at the end of a line only: lines are whole."""
    return re.compile(
        "[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffc\ufffe\uffff]+"
    )
