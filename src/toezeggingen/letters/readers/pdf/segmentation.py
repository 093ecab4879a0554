"""Glyphs to segments: pieces of a line that nothing but the blanks between words takes apart."""

from __future__ import annotations

import statistics
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toezeggingen.letters.readers.pdf.glyphs import Glyph, Rule

APART = 1.1
"""In font sizes: a wider gap is no blank between words but a gutter, or a tab."""

_STRETCHED = 2.4
"""In font sizes: the widest blank in a justified line."""

_WORD = 0.17
"""In font sizes: a wider gap between letters is a blank, where the file draws none."""

_KERNED = 0.33
"""The same where the file draws its blanks itself."""

_RAISED = 0.12
"""In font sizes: a baseline that is higher by this much is raised."""

_RAISED_TEXT = frozenset("0123456789,")

_RAISED_GAP = 0.6
"""In font sizes: a raised number belongs to the word before it up to this gap."""

_AFTER_RAISED = 0.1
"""In font sizes: what follows a raised number further off is the next word."""

_SMALL = 0.84
"""Of the size of the line: what is raised is smaller."""


class Segment:
    """Words on one line: `text`, its box and baseline in points, its font size.

    `raised`: where small raised digits stand in `text`, as pairs of start and end. `turned`: how the page was turned
    to make it upright, see `Sheet`.
    """

    __slots__ = ("base", "bottom", "left", "raised", "right", "size", "text", "top", "turned")

    def __init__(self, glyphs: Sequence[Glyph], turned: int = 0) -> None:
        self.turned = turned
        self.left = min(glyph.left for glyph in glyphs)
        self.right = max(glyph.right for glyph in glyphs)
        self.size = _size(glyphs)
        main = [glyph for glyph in glyphs if glyph.size > _SMALL * self.size] or glyphs
        self.base = statistics.median_low(glyph.base for glyph in main)
        self.top = min(glyph.top for glyph in main)
        self.bottom = max(glyph.bottom for glyph in main)
        self.text, self.raised = _written(glyphs, self.size, self.base)

    def __repr__(self) -> str:
        return f"Segment({self.left:.0f}-{self.right:.0f}, {self.base:.0f}, {self.size:.1f}, {self.text[:40]!r})"

    @property
    def width(self) -> float:
        """Points."""
        return self.right - self.left

    def is_beside(self, other: Segment) -> bool:
        """Whether both stand on one baseline, in about one size."""
        size = max(self.size, other.size)
        return abs(self.base - other.base) < 0.25 * size and min(self.size, other.size) > 0.75 * size


def segments(glyphs: Iterable[Glyph], walls: Sequence[Rule] = (), turned: int = 0) -> list[Segment]:
    """The segments of a page, `turned` upright, in the order of its lines, cut at the upright rules `walls`.

    The order in which glyphs were drawn is used as far as it runs along lines; pieces of a line that were drawn apart
    are put together by their places.
    """
    walls = [wall for wall in walls if not wall.is_horizontal]
    pieces = _joined(_drawn(glyphs, walls), walls)
    found = [Segment(piece, turned) for piece in pieces]
    found.sort(key=lambda one: (one.base, one.left))
    return found


def _drawn(glyphs: Iterable[Glyph], walls: Sequence[Rule]) -> list[list[Glyph]]:
    """Runs of glyphs that were drawn one behind the other on a line."""
    runs: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and _follows(last, glyph) and not _is_walled(last, glyph, walls):
            if not _is_shadow(last, glyph):
                runs[-1].append(glyph)
        else:
            runs.append([glyph])
        last = glyph
    return runs


def _follows(last: Glyph, glyph: Glyph) -> bool:
    if glyph.left == last.left and glyph.right == last.right and glyph.base == last.base:
        return True  # letters of one ligature
    size = max(glyph.size, last.size)
    is_raised = glyph.size < _SMALL * last.size and last.base - glyph.base > _RAISED * last.size
    return (
        -0.6 * size < glyph.left - last.right < (_RAISED_GAP if is_raised else APART) * size
        and glyph.left > last.left - 0.3 * size
        and abs(glyph.base - last.base) < 0.5 * size
        and glyph.bottom > last.top
        and last.bottom > glyph.top
    )


def _is_shadow(last: Glyph, glyph: Glyph) -> bool:
    """Whether a letter was drawn over itself, to make it look bold; letters of a ligature have one and the same box."""
    return glyph.text == last.text and 0 < abs(glyph.left - last.left) < 0.12 * last.size


def _is_walled(last: Glyph, glyph: Glyph, walls: Sequence[Rule]) -> bool:
    """Whether an upright rule stands between two glyphs; a word that runs over it is not cut."""
    if not walls or (not glyph.spaced and glyph.left - last.right < 0.15 * glyph.size):
        return False
    middle = (glyph.top + glyph.bottom) / 2
    low, high = last.right - 0.35 * last.size, glyph.left + 0.35 * glyph.size
    return low < high and any(low < wall.left < high and wall.top <= middle <= wall.bottom for wall in walls)


def _joined(runs: list[list[Glyph]], walls: Sequence[Rule]) -> list[list[Glyph]]:
    """Runs on one baseline that lie no further apart than words do, put together from left to right."""
    runs.sort(key=lambda run: (round(run[0].base, 0), run[0].left))
    lines: list[list[list[Glyph]]] = []
    for run in sorted(runs, key=lambda run: _main(run).base):
        main = _main(run)
        line = next(
            (line for line in reversed(lines[-3:]) if abs(_main(line[0]).base - main.base) < 0.2 * main.size), None
        )
        if line is None:
            lines.append([run])
        else:
            line.append(run)
    found: list[list[Glyph]] = []
    for line in lines:
        line.sort(key=lambda run: run[0].left)
        widest = _widest_blank(line)
        current = line[0]
        for run in line[1:]:
            near = _follows(current[-1], run[0]) or 0 < run[0].left - current[-1].right < widest
            if near and not _is_walled(current[-1], run[0], walls):
                current = [*current, *run]
            else:
                found.append(current)
                current = run
        found.append(current)
    return _with_raised(found)


def _widest_blank(line: list[list[Glyph]]) -> float:
    """Points: what lies no further apart than this are words of a justified line, whose blanks are all stretched.

    0 where nothing shows that the line was: its blanks, and the gaps between its runs, are not all about as wide.
    """
    size = _main(line[0]).size
    inner = [
        after.left - before.right
        for run in line
        for before, after in pairwise(run)
        if after.left - before.right > 0.4 * size
    ]
    between = [run[0].left - before[-1].right for before, run in pairwise(line)]
    between = [gap for gap in between if gap < _STRETCHED * size]
    gaps = inner + between
    if len(gaps) < 2 or not between or max(gaps) > 1.25 * min(gaps):
        return 0.0
    return 1.05 * max(gaps)


def _main(run: Sequence[Glyph]) -> Glyph:
    """A glyph of the run's own size and baseline."""
    return max(run[:12], key=lambda glyph: glyph.size)


def _with_raised(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Short raised runs that were drawn apart from the line they stand on, put in their place in it."""
    small = [run for run in runs if len(run) <= 5 and all(glyph.text in _RAISED_TEXT for glyph in run)]
    taken: set[int] = set()
    for raised in small:
        first, last = raised[0], raised[-1]
        for run in runs:
            main = _main(run)
            if run is raised or id(run) in taken or main.size * _SMALL < first.size:
                continue
            if not _RAISED * main.size < main.base - first.base < 0.7 * main.size:
                continue
            place = next((n for n, glyph in enumerate(run) if glyph.left >= last.right - 0.3 * main.size), len(run))
            before = run[place - 1] if place else None
            after = run[place] if place < len(run) else None
            if before is not None:
                fits = -0.3 * main.size < first.left - before.right < _RAISED_GAP * main.size
            else:
                fits = after is not None and after.left - last.right < APART * main.size
            if fits:
                run[place:place] = raised
                taken.add(id(raised))
                break
    return [run for run in runs if id(run) not in taken]


def _size(glyphs: Sequence[Glyph]) -> float:
    """The size in which most of it is set; of a raised number before small words, that of the words."""
    return statistics.median_high(glyph.size for glyph in glyphs)


def _written(glyphs: Sequence[Glyph], size: float, base: float) -> tuple[str, list[tuple[int, int]]]:
    """The words, with their blanks, and where raised digits stand in them; a second marker has its comma with it."""
    gap = _gap_between_words(glyphs, size)
    parts: list[str] = []
    raised: list[tuple[int, int]] = []
    length = 0
    before: Glyph | None = None
    was_raised = False
    for glyph in glyphs:
        is_raised = glyph.size <= _SMALL * size and base - glyph.base > _RAISED * size and glyph.text in _RAISED_TEXT
        ends_number = was_raised and not is_raised and raised[-1] == (0, length)
        apart = 0.0 if before is None else glyph.left - before.right
        least = gap if is_raised == was_raised else (_RAISED_GAP if is_raised else _AFTER_RAISED) * size
        if before is not None and (glyph.spaced or apart > least or ends_number):
            parts.append(" ")
            length += 1
        parts.append(glyph.text)
        if is_raised and was_raised and glyph.text.isdecimal() and parts[-2] not in ", ":
            raised[-1] = (raised[-1][0], length + 1)
        elif is_raised and glyph.text.isdecimal():
            comma = length
            while was_raised and comma > raised[-1][1]:
                comma -= 1
            raised.append((comma, length + 1))
        length += len(glyph.text)
        before, was_raised = glyph, (is_raised and bool(raised))
    return "".join(parts), raised


def _gap_between_words(glyphs: Sequence[Glyph], size: float) -> float:
    """Points: a wider gap between two glyphs is a blank. Letters that are spaced out have gaps of their own."""
    gaps = [
        after.left - glyph.right
        for glyph, after in pairwise(glyphs)
        if not after.spaced and after.left > glyph.left  # letters of a ligature lie in one place
    ]
    usual = statistics.median_low(gaps) if gaps else 0.0
    drawn = sum(glyph.spaced for glyph in glyphs[1:])
    least = _KERNED if drawn * 14 >= len(glyphs) else _WORD
    return least * size + (usual if usual > 0.06 * size else 0.0)
