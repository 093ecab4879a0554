"""The lines of a text in the making, and how they are put together: with places in the text of all that is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.source import Mark, Marker, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_BREAK = "\u00a0\u2007\u202f"
"""White space that is kept as it is inside a line."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that points at the footnote `key`."""

    key: str


@dataclass(frozen=True, slots=True)
class PageEnd:
    """A place where a page ends."""


@dataclass(slots=True)
class Line:
    """A line being filled. `fresh`: no words since it, or its last cell, began."""

    kind: str = "text"  # or "row", "note"
    zone: Zone | None = None
    gap: bool = True  # an empty line stands before it
    label: str = ""
    parts: list[str | Reference | PageEnd] = field(default_factory=list)
    fresh: bool = True
    inked: bool = False
    blank: bool = False  # a blank is due before the next words
    owed: bool = False  # a blank was taken away before a marker
    broken: bool = False  # it begins behind a line break
    series: str = ""  # the lines of one series have no empty line between them


class Assembly:
    """The text being put together, piece by piece."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.pieces: list[str] = []
        self.marks: list[Mark] = []
        self.markers: list[Marker] = []
        self._numbers = numbers
        self._ends: list[int] = []
        self._at = 0

    def line(self, line: Line) -> None:
        """A line of the running text."""
        start = self._start(line)
        self._parts(line)
        self._put("\n")
        if line.zone is not None:
            self.marks.append(Mark(line.zone, start, self._at))

    def note(self, line: Line, number: int) -> None:
        """A line with a footnote."""
        start = self._start(line)
        self._put(f"{number} ")
        self._parts(line)
        self._put("\n")
        self.marks.append(Mark(Zone.FOOTNOTE, start, self._at, number))

    def last(self, line: Line) -> None:
        """The line that was begun and has no words: pages may end in it."""
        self._ends += [self._at for part in line.parts if isinstance(part, PageEnd)]

    def pages(self) -> tuple[Page, ...]:
        """The pages; one without words is empty, and white space after the last one is no page of its own."""
        ends = [end for end in self._ends if end < self._at]
        bounds = zip([0, *ends], [*ends, self._at], strict=True)
        return tuple(Page(number, start, end) for number, (start, end) in enumerate(bounds, start=1))

    def _start(self, line: Line) -> int:
        if line.gap and self._at:
            self._put("\n")
        return self._at

    def _parts(self, line: Line) -> None:
        strip_end(line.parts)
        while line.parts and line.parts[-1] == "\t":
            line.parts.pop()
            strip_end(line.parts)
        for part in line.parts:
            if isinstance(part, str):
                self._put(part)
            elif isinstance(part, PageEnd):
                self._ends.append(self._at)
            else:
                digits = str(self._numbers[part.key])
                self.markers.append(Marker(self._numbers[part.key], self._at, self._at + len(digits)))
                self._put(digits)

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self._at += len(piece)


def strip_end(parts: list[str | Reference | PageEnd]) -> None:
    """Take the white space from the end of a line's parts."""
    while parts and isinstance(last := parts[-1], str) and last != "\t":
        parts[-1] = last.rstrip(NO_BREAK + " ")
        if parts[-1]:
            return
        parts.pop()
