"""Segments to reading order: columns one after the other, rows of tables and labels with their values side by side."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toezeggingen.letters.layout import Zone
    from toezeggingen.letters.readers.pdf.segmentation import Segment
    from toezeggingen.letters.readers.pdf.tables import Grid

_DEEPEST = 12
_CANDIDATES = 16
"""Left sides that are tried as the right side of a gutter, those of most segments first."""

_ALIGNED = 0.7
"""Of the lines of the shorter side: more of them on the lines of the other side make rows."""

_BLOCK = 6.0
"""In font sizes: lines of a margin that lie nearer belong together."""

_SMALLER = 0.93
"""Of the size of the text: print of a margin."""

_LEADING = 1.3
"""Times the usual distance of lines: more is a blank line."""


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


class _Table:
    """The words in a grid, which take part in the layout as one piece."""

    def __init__(self, grid: Grid, segments: list[Segment]) -> None:
        self.grid = grid
        self.segments = segments
        self.left, self.right = grid.left, grid.right
        self.top, self.bottom = grid.top, grid.bottom
        self.base = grid.top + 1.0
        self.size = statistics.median_high(segment.size for segment in segments)
        self.text = ""


class _Page:
    """The reading order of one page in the making."""

    def __init__(self, segments: Sequence[Segment], tables: Sequence[Grid], body: float) -> None:
        self.rows = 0
        self.pieces: list[Segment | _Table] = []
        left = list(segments)
        for grid in tables:
            inside = [segment for segment in left if grid.holds(segment)]
            if _has_columns(grid, inside):
                taken = set(map(id, inside))
                left = [segment for segment in left if id(segment) not in taken]
                self.pieces.append(_Table(grid, inside))
        self.pieces += left
        self.leading = _leading(segments)
        self.sides = _sides(segments, body)

    def read(self) -> list[Placed]:
        placed = self._flow(self.pieces, 0)
        if placed:
            placed[0].before = ""
        return placed

    # --- columns -----------------------------------------------------------------------------------------------------

    def _flow(self, pieces: list[Segment | _Table], depth: int) -> list[Placed]:
        """The pieces of a part of the page in order."""
        pieces = sorted(pieces, key=lambda piece: (piece.base, piece.left))
        gutter = _best_gutter(pieces) if depth < _DEEPEST and len(pieces) > 1 else None
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

    def _columns(self, gutter: _Gutter, depth: int) -> list[Placed]:
        """Left before right; what stands in the margin before or behind the text, by its height."""
        left, right = gutter.left, gutter.right
        for side, text in ((left, right), (right, left)):
            if self._is_margin(side, text):
                return self._with_margin(side, text, depth)
        return _apart(self._flow(left, depth + 1), self._flow(right, depth + 1))

    def _is_margin(self, side: list[Segment | _Table], text: list[Segment | _Table]) -> bool:
        """Whether one side is a margin: beside the lines of the page, narrow, with less in it or in smaller print."""
        left, right = min(piece.left for piece in side), max(piece.right for piece in side)
        if not (left >= self.sides[1] - 3 or right <= self.sides[0] + 3):
            return False
        width = max(piece.right for piece in text) - min(piece.left for piece in text)
        letters, others = (sum(len(piece.text) for piece in part) for part in (side, text))
        is_smaller = max(piece.size for piece in side) < _SMALLER * max(piece.size for piece in text)
        return right - left < 0.6 * width and (letters < 0.35 * others or is_smaller)

    def _with_margin(self, side: list[Segment | _Table], text: list[Segment | _Table], depth: int) -> list[Placed]:
        middle = (min(piece.top for piece in text) + max(piece.bottom for piece in text)) / 2
        upper: list[Segment | _Table] = []
        lower: list[Segment | _Table] = []
        for piece in side:  # lines near each other stay together
            is_near = bool(upper) and piece.base - upper[-1].base < _BLOCK * piece.size
            (upper if piece.base <= middle or (is_near and not lower) else lower).append(piece)
        parts = [self._flow(upper, depth + 1), self._flow(text, depth + 1), self._flow(lower, depth + 1)]
        for part, height in ((parts[0], "upper"), (parts[2], "lower")):
            for placed in part:
                placed.margin = height
        return _apart(*parts)

    # --- rows --------------------------------------------------------------------------------------------------------

    def _rows(self, gutter: _Gutter) -> list[Placed]:
        """Rows whose cells wrap: cell after cell, the lines of a cell under each other."""
        pieces = gutter.left + gutter.right
        if any(isinstance(piece, _Table) for piece in pieces):
            return self._lines(sorted(pieces, key=lambda piece: (piece.base, piece.left)))
        segments: list[Segment] = [piece for piece in pieces if not isinstance(piece, _Table)]
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

    def _table(self, table: _Table) -> list[Placed]:
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

    def _lines(self, pieces: Sequence[Segment | _Table]) -> list[Placed]:
        """Pieces from top to bottom, those on one baseline from left to right."""
        placed: list[Placed] = []
        above: Segment | _Table | None = None
        for is_table, group in groupby(pieces, key=lambda piece: isinstance(piece, _Table)):
            if is_table:
                for table in group:
                    rows = self._table(cast("_Table", table))
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

    def _is_apart(self, before: Segment | _Table, piece: Segment) -> bool:
        """Whether more than the usual distance lies between two lines."""
        if isinstance(before, _Table):
            return True
        size = max(before.size, piece.size)
        if piece.base < before.base:
            return True
        usual = self.leading.get(round(size), 1.2 * size)
        return piece.base - before.base > _LEADING * min(usual, 1.9 * size)


def _has_columns(grid: Grid, inside: list[Segment]) -> bool:
    """Whether words stand side by side in cells of the grid, as in a table; a frame around text has none."""
    rows: dict[int, set[int]] = {}
    for segment in inside:
        row = grid.row(segment)
        rows.setdefault(row, set()).add(_column(segment, grid.cuts(row)) if grid.walls else round(segment.left))
    return sum(len(columns) > 1 for columns in rows.values()) >= 0.5 * len(rows) > 0


def _between(left: Segment, right: Segment) -> str:
    """What keeps two segments of a line apart: a tab, or a blank behind the mark of an item."""
    is_near = right.left - left.right < left.size or _item().fullmatch(left.text.strip())
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


# --- gutters ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Gutter:
    """An upright strip without ink between pieces `start` and `end` of a part of the page, in the order of lines.

    `cuts`: where the cells of rows begin, but the first.
    """

    start: int
    end: int
    left: list[Segment | _Table]
    right: list[Segment | _Table]
    is_rows: bool
    cuts: list[float]

    @property
    def count(self) -> int:
        return self.end - self.start


def _best_gutter(pieces: list[Segment | _Table]) -> _Gutter | None:
    """The gutter between columns that keeps most pieces apart; failing that, that of rows whose cells wrap."""
    columns: list[_Gutter] = []
    rows: list[_Gutter] = []
    for place in _candidates(pieces):
        for start, end in _stretches(pieces, place):
            part = pieces[start:end]
            left = [piece for piece in part if piece.left < place - 1]
            right = [piece for piece in part if piece.left >= place - 1]
            kind = _kind(left, right)
            if kind == "columns":
                columns.append(_Gutter(start, end, left, right, False, []))
            elif kind == "rows":
                rows.append(_Gutter(start, end, left, right, True, [place]))
    if columns:
        return max(columns, key=lambda gutter: (gutter.count, min(len(gutter.left), len(gutter.right))))
    rows = [gutter for gutter in rows if _is_wrapped(gutter)]
    if not rows:
        return None
    best = max(rows, key=lambda gutter: gutter.count)
    for other in rows:
        shared = min(best.end, other.end) - max(best.start, other.start)
        if other is not best and shared > 0.6 * best.count and all(abs(other.cuts[0] - cut) > 12 for cut in best.cuts):
            best.cuts.append(other.cuts[0])
    best.cuts.sort()
    return best


def _candidates(pieces: list[Segment | _Table]) -> list[float]:
    """Left sides of pieces that stand beside another one."""
    counts: dict[int, list[float]] = {}
    for number, piece in enumerate(pieces):
        near = pieces[max(0, number - 12) : number + 12]
        if any(
            other.right < piece.left - 0.5 * piece.size and other.top < piece.bottom and other.bottom > piece.top
            for other in near
        ):
            counts.setdefault(round(piece.left / 3), []).append(piece.left)
    best = sorted(counts.values(), key=len, reverse=True)[:_CANDIDATES]
    return [min(lefts) for lefts in best]


def _stretches(pieces: list[Segment | _Table], place: float) -> Iterator[tuple[int, int]]:
    """Runs of pieces none of which crosses the upright line at `place`, with pieces on both sides of it."""
    start = 0
    sides = [False, False]
    for number, piece in enumerate(pieces):
        if piece.left < place - 1 and piece.right > place - 3:
            if all(sides):
                yield start, number
            start, sides = number + 1, [False, False]
        else:
            sides[piece.left >= place - 1] = True
    if all(sides):
        yield start, len(pieces)


def _kind(left: list[Segment | _Table], right: list[Segment | _Table]) -> str:
    """Whether two sides are columns to be read one after the other, rows, or nothing (they stand not side by side)."""
    top = max(min(piece.top for piece in left), min(piece.top for piece in right))
    bottom = min(max(piece.bottom for piece in left), max(piece.bottom for piece in right))
    if bottom <= top:
        return ""
    shorter, longer = sorted((left, right), key=lambda side: len(_bases(side)))
    aligned = _aligned(shorter, longer)
    if _are_notes(left) or (_are_signed(left) and _are_signed(right)):
        return "columns"
    if _is_prose(left) and right[0].text[:1].islower():
        return "columns"  # goes on at the top of the next column
    if _is_prose(left) and _is_prose(right):
        return "rows" if aligned > _ALIGNED and _has_common_bands(left, right) else "columns"
    return "rows" if aligned > _ALIGNED else "columns"


def _are_notes(side: list[Segment | _Table]) -> bool:
    """Whether a side begins with the raised number of a footnote: notes fill columns however few lines they have."""
    first = side[0]
    return (
        not isinstance(first, _Table)
        and bool(first.raised)
        and first.raised[0][0] == 0 < first.raised[0][1] < len(first.text)
    )


def _are_signed(side: list[Segment | _Table]) -> bool:
    """Whether a side begins with the office of one who signs: two of them stand side by side."""
    return bool(_office().match(side[0].text))


@cache
def _office() -> re.Pattern[str]:
    return re.compile(r"(?:De|DE) (?:[Mm]inister|[Ss]taatssecretaris|MINISTER|STAATSSECRETARIS)\b")


def _bases(side: list[Segment | _Table]) -> set[int]:
    return {round(piece.base) for piece in side}


def _aligned(shorter: list[Segment | _Table], longer: list[Segment | _Table]) -> float:
    """The part of the shorter side that stands on lines of the other one."""
    beside = sum(
        any(
            abs(one.base - other.base) < 0.25 * max(one.size, other.size)
            and min(one.size, other.size) > 0.75 * max(one.size, other.size)
            for other in longer
        )
        for one in shorter
    )
    return beside / len(shorter)


def _is_prose(side: list[Segment | _Table]) -> bool:
    """Whether lines run on to the right edge, as running text does."""
    lines = [piece for piece in side if piece.text]
    if len(lines) < 4 or statistics.median(piece.right - piece.left for piece in lines) < 12 * lines[0].size:
        return False
    edge = min(piece.left for piece in lines)
    width = max(piece.right for piece in lines) - edge
    full = sum(piece.right >= edge + 0.78 * width for piece in lines)
    return full >= 0.5 * len(lines)


def _has_common_bands(left: list[Segment | _Table], right: list[Segment | _Table]) -> bool:
    """Whether blank lines stand at the same heights on both sides, as between the rows of a table."""
    bands = [_bands(side) for side in (left, right)]
    most = max(map(len, bands))
    shared = sum(any(low < other[1] and other[0] < high for other in bands[1]) for low, high in bands[0])
    return most > 1 and shared >= 0.8 * most


def _bands(side: list[Segment | _Table]) -> list[tuple[float, float]]:
    """The blank strips between lines that lie further apart than usual."""
    order = sorted(side, key=lambda piece: piece.base)
    steps = [after.base - before.base for before, after in pairwise(order) if after.base - before.base > 1]
    if not steps:
        return []
    usual = statistics.median_low(steps)
    return [
        (before.base, after.base - after.size * 0.8)
        for before, after in pairwise(order)
        if after.base - before.base > _LEADING * usual
    ]


# --- rows ------------------------------------------------------------------------------------------------------------


@cache
def _item() -> re.Pattern[str]:
    """The mark before an item of a list: a bullet, a number, a letter."""
    return re.compile(r"[-–—•▪◦□➢✓❖*·o]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.):]?|(?:\d{1,2}\.){1,4}\d{0,2}")


def _is_wrapped(gutter: _Gutter) -> bool:
    """Whether rows hold cells of several lines, other than the items of a list behind their marks."""
    if all(_item().fullmatch(piece.text.strip()) for piece in gutter.left):
        return False
    if min(len(_bases(gutter.left)), len(_bases(gutter.right))) < 2:
        return False
    return len(_bases(gutter.left + gutter.right)) > min(len(_bases(gutter.left)), len(_bases(gutter.right)))


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
    starts = [after for before, after in pairwise(bases) if after - before > _LEADING * usual]
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
