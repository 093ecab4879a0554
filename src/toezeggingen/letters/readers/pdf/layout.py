"""Segments to reading order: columns one after the other, rows of tables and labels with their values side by side."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, cast

from toezeggingen.letters.readers.pdf.gutters import LEADING, Gutter, Table, best_gutter, item_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.letters.layout import Zone
    from toezeggingen.letters.readers.pdf.segmentation import Segment
    from toezeggingen.letters.readers.pdf.tables import Grid

_DEEPEST = 12
"""Columns inside columns: what lies deeper is read from top to bottom."""

_BLOCK = 6.0
"""In font sizes: lines of a margin that lie nearer belong together."""

_SMALLER = 0.93
"""Of the size of the text: print of a margin."""


@dataclass(slots=True)
class Placed:
    r"""A segment in its place: what stands before it, and what is known of it.

    `before` is a line end, a blank line ("\n\n"), a tab or a blank. `row` counts the rows of tables on the page, 0
    outside; `margin`: "upper" or "lower" where it stands beside the text; `zone` and `note` as in `Mark`.
    """

    segment: Segment
    before: str
    row: int = 0
    margin: str = ""
    zone: Zone | None = None
    note: int = 0

    @property
    def begins_line(self) -> bool:
        """Whether no other segment stands before it on its line."""
        return self.before[:1] == "\n"


def read_in_order(segments: Sequence[Segment], tables: Sequence[Grid], body: float) -> list[Placed]:
    """All segments of a page, each once, in the order in which they are read; `body` is the size of the text."""
    return _Page(segments, tables, body).read()


class _Page:
    """The reading order of one page in the making."""

    def __init__(self, segments: Sequence[Segment], tables: Sequence[Grid], body: float) -> None:
        self.rows = 0
        self.pieces: list[Segment | Table] = []
        left = list(segments)
        for grid in tables:
            inside = [segment for segment in left if grid.holds(segment)]
            if _has_columns(grid, inside):
                taken = set(map(id, inside))
                left = [segment for segment in left if id(segment) not in taken]
                self.pieces.append(Table(grid, inside))
        self.pieces += left
        self.leading = _leading(segments)
        self.sides = _sides(segments, body)

    def read(self) -> list[Placed]:
        placed = self._flow(self.pieces, 0)
        if placed:
            placed[0].before = ""
        return placed

    # --- columns -----------------------------------------------------------------------------------------------------

    def _flow(self, pieces: list[Segment | Table], depth: int) -> list[Placed]:
        """The pieces of a part of the page in order."""
        pieces = sorted(pieces, key=lambda piece: (piece.base, piece.left))
        gutter = best_gutter(pieces) if depth < _DEEPEST and len(pieces) > 1 else None
        if gutter is None:
            return self._lines(pieces)
        above = pieces[: gutter.start]
        below = pieces[gutter.end :]
        inner = self._rows(gutter) if gutter.is_rows else self._columns(gutter, depth)
        placed: list[Placed] = []
        for part in (self._flow(above, depth + 1), inner, self._flow(below, depth + 1)):
            if placed and part:
                part[0].before = "\n\n" if self._is_apart(placed[-1].segment, part[0].segment) else "\n"
            placed += part
        return placed

    def _columns(self, gutter: Gutter, depth: int) -> list[Placed]:
        """Left before right; what stands in the margin before or behind the text, by its height."""
        left, right = gutter.left, gutter.right
        for side, text in ((left, right), (right, left)):
            if self._is_margin(side, text):
                return self._with_margin(side, text, depth)
        return _apart(self._flow(left, depth + 1), self._flow(right, depth + 1))

    def _is_margin(self, side: list[Segment | Table], text: list[Segment | Table]) -> bool:
        """Whether one side is a margin: beside the lines of the page, narrow, with less in it or in smaller print."""
        left, right = min(piece.left for piece in side), max(piece.right for piece in side)
        if not (left >= self.sides[1] - 3 or right <= self.sides[0] + 3):
            return False
        width = max(piece.right for piece in text) - min(piece.left for piece in text)
        letters, others = (sum(len(piece.text) for piece in part) for part in (side, text))
        is_smaller = max(piece.size for piece in side) < _SMALLER * max(piece.size for piece in text)
        return right - left < 0.6 * width and (letters < 0.35 * others or is_smaller)

    def _with_margin(self, side: list[Segment | Table], text: list[Segment | Table], depth: int) -> list[Placed]:
        middle = (min(piece.top for piece in text) + max(piece.bottom for piece in text)) / 2
        upper: list[Segment | Table] = []
        lower: list[Segment | Table] = []
        for piece in side:  # lines near each other stay together
            is_near = bool(upper) and piece.base - upper[-1].base < _BLOCK * piece.size
            (upper if piece.base <= middle or (is_near and not lower) else lower).append(piece)
        parts = [self._flow(upper, depth + 1), self._flow(text, depth + 1), self._flow(lower, depth + 1)]
        for part, height in ((parts[0], "upper"), (parts[2], "lower")):
            for placed in part:
                placed.margin = height
        return _apart(*parts)

    # --- rows --------------------------------------------------------------------------------------------------------

    def _rows(self, gutter: Gutter) -> list[Placed]:
        """Rows whose cells wrap: cell after cell, the lines of a cell under each other."""
        pieces = gutter.left + gutter.right
        if any(isinstance(piece, Table) for piece in pieces):
            return self._lines(sorted(pieces, key=lambda piece: (piece.base, piece.left)))
        segments: list[Segment] = [piece for piece in pieces if not isinstance(piece, Table)]
        cuts = gutter.cuts
        starts = _row_starts(segments, cuts, self.leading)
        is_table = len(starts) > 2 and len(cuts) > 1
        placed: list[Placed] = []
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else float("inf")
            row = [one for one in segments if start <= one.base < end]
            cells = [[one for one in row if _column(one, cuts) == column] for column in range(len(cuts) + 1)]
            inner = self._row(cells, is_table=is_table)
            if placed and inner:
                lowest = max((each.segment for each in placed), key=lambda one: one.base)
                inner[0].before = "\n\n" if self._is_apart(lowest, inner[0].segment) else "\n"
            placed += inner
        if placed:
            placed[0].before = ""
        return placed

    def _row(self, cells: list[list[Segment]], *, is_table: bool) -> list[Placed]:
        """One row, cells kept apart by tabs; empty cells at its end are left out."""
        self.rows += is_table
        placed: list[Placed] = []
        tabs = ""
        for cell in cells:
            for line in _visual_lines(cell):
                for segment in line:
                    before = tabs if tabs and placed else "\n" if segment is line[0] else " "
                    placed.append(Placed(segment, before, self.rows if is_table else 0))
                    tabs = ""
            if placed:
                tabs += "\t"
        return placed

    def _table(self, table: Table) -> list[Placed]:
        """The rows of a drawn table."""
        grid = table.grid
        placed: list[Placed] = []
        for number in range(len(grid.rows) - 1):
            row = [segment for segment in table.segments if grid.row(segment) == number]
            if not row:
                continue
            cuts = grid.cuts(number) if grid.walls else _gaps(table.segments)
            cells = [[one for one in row if _column(one, cuts) == column] for column in range(len(cuts) + 1)]
            placed += self._row(cells, is_table=True)
        return placed

    # --- lines -------------------------------------------------------------------------------------------------------

    def _lines(self, pieces: Sequence[Segment | Table]) -> list[Placed]:
        """Pieces from top to bottom, those on one baseline from left to right."""
        placed: list[Placed] = []
        above: Segment | Table | None = None
        for is_table, group in groupby(pieces, key=lambda piece: isinstance(piece, Table)):
            if is_table:
                for table in group:
                    rows = self._table(cast("Table", table))
                    rows[0].before = "\n\n"
                    placed += rows
                    above = table
                continue
            for line in _visual_lines(cast("list[Segment]", list(group))):
                before = "\n\n" if above is not None and self._is_apart(above, line[0]) else "\n"
                placed.append(Placed(line[0], before))
                placed += [Placed(right, _between(left, right)) for left, right in pairwise(line)]
                above = line[0]
        if placed:
            placed[0].before = ""
        return placed

    def _is_apart(self, before: Segment | Table, piece: Segment) -> bool:
        """Whether more than the usual distance lies between two lines."""
        if isinstance(before, Table):
            return True
        size = max(before.size, piece.size)
        if piece.base < before.base:
            return True
        usual = self.leading.get(round(size), 1.2 * size)
        return piece.base - before.base > LEADING * min(usual, 1.9 * size)


def _has_columns(grid: Grid, inside: list[Segment]) -> bool:
    """Whether words stand side by side in cells of the grid, as in a table; a frame around text has none."""
    rows: dict[int, set[int]] = {}
    for segment in inside:
        row = grid.row(segment)
        rows.setdefault(row, set()).add(_column(segment, grid.cuts(row)) if grid.walls else round(segment.left))
    return sum(len(columns) > 1 for columns in rows.values()) >= 0.5 * len(rows) > 0


def _between(left: Segment, right: Segment) -> str:
    """What keeps two segments of a line apart: a tab, or a blank behind the mark of an item."""
    is_near = right.left - left.right < left.size or item_mark().fullmatch(left.text.strip())
    return " " if is_near else "\t"


def _apart(*parts: list[Placed]) -> list[Placed]:
    for part in parts[1:]:
        if part:
            part[0].before = "\n\n"
    return [placed for part in parts for placed in part]


def _leading(segments: Sequence[Segment]) -> dict[int, float]:
    """The usual distance of baselines for each font size (rounded points), where lines follow each other."""
    found: dict[int, list[float]] = {}
    order = sorted(segments, key=lambda one: (one.base, one.left))
    for number, segment in enumerate(order):
        for below in order[number + 1 : number + 12]:
            step = below.base - segment.base
            if step > 2.2 * segment.size:
                break
            overlaps = min(below.right, segment.right) - max(below.left, segment.left) > 0
            if step > 0.8 * segment.size and overlaps and abs(below.size - segment.size) < 0.5:
                found.setdefault(round(segment.size), []).append(round(step, 1))
                break
    return {size: statistics.multimode(sorted(steps))[0] for size, steps in found.items()}


def _sides(segments: Sequence[Segment], body: float) -> tuple[float, float]:
    """The left and right side of the running text of a page: of its wide lines in print of `body` size.

    Lines that begin above each other are running text; where there are none, all count.
    """
    main = [one for one in segments if abs(one.size - body) < 0.1 * body] or list(segments)
    if not main:
        return 0.0, 0.0
    widest = max(one.width for one in main)
    wide = [one for one in main if one.width > 0.5 * widest]
    lefts = Counter(round(one.left / 4) for one in wide)
    text = [one for one in wide if lefts[round(one.left / 4)] > 2] or wide
    return min(one.left for one in text), max(one.right for one in text)


# --- rows ------------------------------------------------------------------------------------------------------------


def _column(segment: Segment, cuts: list[float]) -> int:
    """The column a segment begins in, from 0."""
    return sum(segment.left >= cut - 3 for cut in cuts)


def _gaps(segments: Sequence[Segment]) -> list[float]:
    """The left sides of columns, but the first: strips of a table that no word of it touches."""
    order = sorted((segment.left, segment.right) for segment in segments)
    cuts: list[float] = []
    reached = order[0][1]
    for left, right in order:
        if left > reached + 4:
            cuts.append(left)
        reached = max(reached, right)
    return cuts


def _row_starts(segments: list[Segment], cuts: list[float], leading: dict[int, float]) -> list[float]:
    """Baselines at which rows begin: below strips blank from side to side, or at each line of the first column.

    The first row begins above everything.
    """
    order = sorted(segments, key=lambda one: one.base)
    bases = [one.base for one in order]
    usual = leading.get(round(order[0].size), 1.2 * order[0].size)
    starts = [after for before, after in pairwise(bases) if after - before > LEADING * usual]
    first = [one for one in order if _column(one, cuts) == 0]
    if not starts or sum(one.text.rstrip().endswith(":") for one in first) >= 0.5 * len(first):
        starts = [one.base for one in first]
    return [float("-inf"), *sorted({start - 1 for start in starts if start > bases[0] + 1})]


def _visual_lines(segments: list[Segment]) -> list[list[Segment]]:
    """Segments on one baseline together, from left to right; lines from top to bottom."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: (one.base, one.left)):
        if lines and lines[-1][-1].is_beside(segment):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    for line in lines:
        line.sort(key=lambda one: one.left)
    return lines
