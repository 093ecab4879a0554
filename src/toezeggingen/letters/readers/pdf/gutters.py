"""Gutters: upright strips without ink, and whether what they keep apart is columns or the cells of rows."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.letters.readers.pdf.segmentation import Segment
    from toezeggingen.letters.readers.pdf.tables import Grid

_CANDIDATES = 16
"""Left sides that are tried as the right side of a gutter, those of most segments first."""

_ALIGNED = 0.7
"""Of the lines of the shorter side: more of them on the lines of the other side make rows."""

LEADING = 1.3
"""Times the usual distance of lines: more is a blank line."""


class Table:
    """The words in a grid, which take part in the layout as one piece."""

    def __init__(self, grid: Grid, segments: list[Segment]) -> None:
        self.grid = grid
        self.segments = segments
        self.left, self.right = grid.left, grid.right
        self.top, self.bottom = grid.top, grid.bottom
        self.base = grid.top + 1.0
        self.size = statistics.median_high(segment.size for segment in segments)
        self.text = ""


@dataclass(slots=True)
class Gutter:
    """An upright strip without ink between pieces `start` and `end` of a part of the page, in the order of lines.

    `cuts`: where the cells of rows begin, but the first.
    """

    start: int
    end: int
    left: list[Segment | Table]
    right: list[Segment | Table]
    is_rows: bool
    cuts: list[float]

    @property
    def count(self) -> int:
        """How many pieces it keeps apart."""
        return self.end - self.start


def best_gutter(pieces: list[Segment | Table]) -> Gutter | None:
    """The gutter between columns that keeps most pieces apart; failing that, that of rows whose cells wrap."""
    columns: list[Gutter] = []
    rows: list[Gutter] = []
    for place in _candidates(pieces):
        for start, end in _stretches(pieces, place):
            part = pieces[start:end]
            left = [piece for piece in part if piece.left < place - 1]
            right = [piece for piece in part if piece.left >= place - 1]
            kind = _kind(left, right)
            if kind == "columns":
                columns.append(Gutter(start, end, left, right, False, []))
            elif kind == "rows":
                rows.append(Gutter(start, end, left, right, True, [place]))
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


def _candidates(pieces: list[Segment | Table]) -> list[float]:
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


def _stretches(pieces: list[Segment | Table], place: float) -> Iterator[tuple[int, int]]:
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


def _kind(left: list[Segment | Table], right: list[Segment | Table]) -> str:
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


def _are_notes(side: list[Segment | Table]) -> bool:
    """Whether a side begins with the raised number of a footnote: notes fill columns however few lines they have."""
    first = side[0]
    return (
        not isinstance(first, Table)
        and bool(first.raised)
        and first.raised[0][0] == 0 < first.raised[0][1] < len(first.text)
    )


def _are_signed(side: list[Segment | Table]) -> bool:
    """Whether a side begins with the office of one who signs: two of them stand side by side."""
    return bool(_office().match(side[0].text))


@cache
def _office() -> re.Pattern[str]:
    return re.compile(r"(?:De|DE) (?:[Mm]inister|[Ss]taatssecretaris|MINISTER|STAATSSECRETARIS)\b")


def _bases(side: list[Segment | Table]) -> set[int]:
    return {round(piece.base) for piece in side}


def _aligned(shorter: list[Segment | Table], longer: list[Segment | Table]) -> float:
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


def _is_prose(side: list[Segment | Table]) -> bool:
    """Whether lines run on to the right edge, as running text does."""
    lines = [piece for piece in side if piece.text]
    if len(lines) < 4 or statistics.median(piece.right - piece.left for piece in lines) < 12 * lines[0].size:
        return False
    edge = min(piece.left for piece in lines)
    width = max(piece.right for piece in lines) - edge
    full = sum(piece.right >= edge + 0.78 * width for piece in lines)
    return full >= 0.5 * len(lines)


def _has_common_bands(left: list[Segment | Table], right: list[Segment | Table]) -> bool:
    """Whether blank lines stand at the same heights on both sides, as between the rows of a table."""
    bands = [_bands(side) for side in (left, right)]
    most = max(map(len, bands))
    shared = sum(any(low < other[1] and other[0] < high for other in bands[1]) for low, high in bands[0])
    return most > 1 and shared >= 0.8 * most


def _bands(side: list[Segment | Table]) -> list[tuple[float, float]]:
    """The blank strips between lines that lie further apart than usual."""
    order = sorted(side, key=lambda piece: piece.base)
    steps = [after.base - before.base for before, after in pairwise(order) if after.base - before.base > 1]
    if not steps:
        return []
    usual = statistics.median_low(steps)
    return [
        (before.base, after.base - after.size * 0.8)
        for before, after in pairwise(order)
        if after.base - before.base > LEADING * usual
    ]


@cache
def item_mark() -> re.Pattern[str]:
    """The mark before an item of a list: a bullet, a number, a letter."""
    return re.compile(r"[-–—•▪◦□➢✓❖*·o]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.):]?|(?:\d{1,2}\.){1,4}\d{0,2}")


def _is_wrapped(gutter: Gutter) -> bool:
    """Whether rows hold cells of several lines, other than the items of a list behind their marks."""
    if all(item_mark().fullmatch(piece.text.strip()) for piece in gutter.left):
        return False
    if min(len(_bases(gutter.left)), len(_bases(gutter.right))) < 2:
        return False
    return len(_bases(gutter.left + gutter.right)) > min(len(_bases(gutter.left)), len(_bases(gutter.right)))
