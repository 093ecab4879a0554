"""Lines to pages: columns one after another, footnotes at the foot of the column or page that refers to them.

Lengths are in points, heights from the lower edge of the page, as PDF has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rendering.typesetting import Line, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

RULE = 8.0
"""Room for the rule above footnotes."""

PADDING = 3.0
"""Room between a cell's ruled edge and its words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A ruled table row: for each cell its left edge and width within the column, and its lines."""

    cells: tuple[tuple[float, float, tuple[Line, ...]], ...]
    before: float = 0
    keep: bool = False
    notes: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """That of its highest cell."""
        return max(sum(line.leading for line in lines) for _, _, lines in self.cells) + 2 * PADDING


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where words may stand: columns as pairs of left edge and width, between `top` and `bottom`; `first` on page 1.

    `note_columns`: footnotes stand at the foot of the page, in so many columns; 0: at the foot of their own column.
    `splits_notes`: a footnote for which there is no room goes on at the foot of the next column or page.
    """

    columns: tuple[tuple[float, float], ...]
    first: float
    top: float
    bottom: float
    note_columns: int = 0
    splits_notes: bool = False


@dataclass(slots=True)
class Page:
    """What is drawn on a page: pieces with the place of their foot, and rules from point to point."""

    pieces: list[tuple[float, float, Piece]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)

    def line(self, line: Line, left: float, baseline: float) -> None:
        """Draw a line of words."""
        if line.mark:
            for piece in line.mark.pieces:
                self.pieces.append((left, baseline + piece.rise, piece))
                left += piece.width
            left -= line.mark.width
        at = left + line.indent
        for index, word in enumerate(line.words):
            if index:
                at += line.gap
            for piece in word.pieces:
                self.pieces.append((at, baseline + piece.rise, piece))
                at += piece.width

    def text(self, left: float, baseline: float, piece: Piece) -> None:
        """Draw one piece."""
        self.pieces.append((left, baseline, piece))


class Composer:
    """Fills pages with lines and rows; `notes` are the lines of each footnote, by number."""

    def __init__(self, sheet: Sheet, notes: dict[int, Sequence[Line]]) -> None:
        self._sheet = sheet
        self._notes = notes
        self.pages = [Page()]
        self._top = self._y = sheet.first
        self._column = 0
        self._waiting: list[Line] = []
        self._carried: list[Line] = []

    def add(self, blocks: Sequence[Line | Row], *, across: bool = False) -> None:
        """Put lines and rows where there is room; `across` all columns where they may not stand in one."""
        across = across and len(self._sheet.columns) > 1
        if across and self._column:
            self._next_page()
        for index, block in enumerate(blocks):
            follows = blocks[index + 1].height if block.keep and index + 1 < len(blocks) else 0
            if self._is_full(block, follows):
                if across:
                    self._next_page()
                else:
                    self._next_column()
            self._place(block)
        if across:
            self._top = self._y

    def finish(self) -> list[Page]:
        """The pages, with the last footnotes at their foot."""
        self._set_notes()
        while self._waiting:
            self._next_page()
        return self.pages

    def _is_full(self, block: Line | Row, follows: float) -> bool:
        before = block.before if self._y < self._top else 0
        new = [line for note in block.notes for line in self._notes[note]]
        if self._sheet.splits_notes:
            new = new[:1]
        return self._y - before - block.height - follows < self._sheet.bottom + self._notes_height(self._waiting + new)

    def _place(self, block: Line | Row) -> None:
        left = self._sheet.columns[self._column][0]
        self._y -= block.before if self._y < self._top else 0
        if isinstance(block, Line):
            self._y -= block.leading
            self.pages[-1].line(block, left, self._y + block.leading * 0.25)
        else:
            self._draw_row(block, left)
        room = self._y - self._sheet.bottom - RULE
        for note in block.notes:
            lines = list(self._notes[note])
            fitting = int((room - sum(line.leading for line in self._waiting)) // lines[0].leading)
            if self._sheet.splits_notes and fitting < len(lines):
                self._waiting += lines[: max(1, fitting)]
                self._carried += lines[max(1, fitting) :]
            else:
                self._waiting += lines

    def _draw_row(self, row: Row, left: float) -> None:
        top, foot = self._y, self._y - row.height
        page = self.pages[-1]
        for offset, _, lines in row.cells:
            y = top - PADDING
            for line in lines:
                y -= line.leading
                page.line(line, left + offset + PADDING, y + line.leading * 0.25)
            page.rules.append((left + offset, top, left + offset, foot))
        right = left + row.cells[-1][0] + row.cells[-1][1]
        page.rules += [(left, top, right, top), (left, foot, right, foot), (right, top, right, foot)]
        self._y = foot

    def _notes_height(self, lines: Sequence[Line]) -> float:
        if not lines:
            return 0
        return RULE + max(sum(line.leading for line in column) for column in self._note_columns(lines))

    def _note_columns(self, lines: Sequence[Line]) -> list[Sequence[Line]]:
        """The lines of footnotes, in as many columns as they have: each but the last about equally long."""
        count = max(1, self._sheet.note_columns)
        size = -(-len(lines) // count)
        return [lines[start : start + size] for start in range(0, len(lines), size)]

    def _set_notes(self) -> None:
        """Draw the waiting footnotes at the foot of the column; what found no room there waits for the next."""
        if not self._waiting:
            return
        left, width = self._sheet.columns[self._column]
        page = self.pages[-1]
        top = self._sheet.bottom + self._notes_height(self._waiting)
        page.rules.append((left, top - 3, left + 60, top - 3))
        for number, lines in enumerate(self._note_columns(self._waiting)):
            y = top - RULE
            for line in lines:
                y -= line.leading
                page.line(line, left + number * width / max(1, self._sheet.note_columns), y + line.leading * 0.25)
        self._waiting, self._carried = self._carried, []

    def _next_column(self) -> None:
        if self._column + 1 == len(self._sheet.columns):
            self._next_page()
            return
        self._set_notes()
        self._column += 1
        self._y = self._top

    def _next_page(self) -> None:
        self._set_notes()
        self.pages.append(Page())
        self._column = 0
        self._top = self._y = self._sheet.top
