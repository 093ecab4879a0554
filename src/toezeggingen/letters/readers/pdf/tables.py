"""Tables that are drawn: rules that cross make a grid, rules of one width that repeat make rows."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toezeggingen.letters.readers.pdf.glyphs import Rule
    from toezeggingen.letters.readers.pdf.segmentation import Segment

_NEAR = 3.0
"""Points: rules that lie this near each other meet, or are one."""

_MAX_RULES = 6_000
"""A page with more is a drawing."""

_WIDE = 150.0
"""Points: rules without upright ones are of a table only when they are as wide."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The frame of a table: its sides, the heights `rows` at which rows begin and end, and its upright rules.

    Without upright rules the columns are to be found from the words.
    """

    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[float, ...]
    walls: tuple[Rule, ...]

    def holds(self, segment: Segment) -> bool:
        """Whether the words stand inside."""
        middle = segment.base - 0.3 * segment.size
        return self.top <= middle <= self.bottom and self.left - _NEAR <= (segment.left + segment.right) / 2 <= (
            self.right + _NEAR
        )

    def row(self, segment: Segment) -> int:
        """The row the words stand in, from 0."""
        return min(max(0, bisect.bisect_right(self.rows, segment.base - 0.3 * segment.size) - 1), len(self.rows) - 2)

    def cuts(self, row: int) -> list[float]:
        """Where upright rules cross the middle of a row, from left to right, the sides of the table left out."""
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        found = [wall.left for wall in self.walls if wall.top - _NEAR <= middle <= wall.bottom + _NEAR]
        return [place for place in _places(found) if self.left + _NEAR < place < self.right - _NEAR]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that `rules` draw on a page, from top to bottom."""
    if len(rules) > _MAX_RULES:
        return []
    found: list[Grid] = []
    loose: list[Rule] = []
    for group in _meeting(rules):
        level = [rule for rule in group if rule.is_horizontal]
        upright = [rule for rule in group if not rule.is_horizontal and rule.bottom - rule.top > 2 * _NEAR]
        heights = _separators(level, group)
        if len(heights) > 1 and len(_places(rule.left for rule in upright)) > 2:
            found.append(Grid(*_frame(group), tuple(heights), tuple(upright)))
        else:
            loose += level
    found += _ruled(loose)
    found.sort(key=lambda grid: grid.top)
    return found


def _frame(rules: Sequence[Rule]) -> tuple[float, float, float, float]:
    return (
        min(rule.left for rule in rules),
        min(rule.top for rule in rules),
        max(rule.right for rule in rules),
        max(rule.bottom for rule in rules),
    )


def _meeting(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups in which each meets another."""
    order = sorted(rules, key=lambda rule: rule.top)
    group_of = list(range(len(order)))

    def find(one: int) -> int:
        while group_of[one] != one:
            group_of[one] = group_of[group_of[one]]
            one = group_of[one]
        return one

    active: list[int] = []
    for number, rule in enumerate(order):
        active = [other for other in active if order[other].bottom + _NEAR >= rule.top]
        for other in active:
            near = order[other]
            if near.left - _NEAR <= rule.right and rule.left <= near.right + _NEAR:
                group_of[find(number)] = find(other)
        active.append(number)
    groups: dict[int, list[Rule]] = {}
    for number, rule in enumerate(order):
        groups.setdefault(find(number), []).append(rule)
    return list(groups.values())


def _places(values: Iterable[float]) -> list[float]:
    """Values without those that are the same but for a line's width."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * _NEAR:
            found.append(value)
    return found


def _separators(level: Sequence[Rule], group: Sequence[Rule]) -> list[float]:
    """The heights at which level rules cross more than half of the table."""
    left, _, right, _ = _frame(group)
    found: list[float] = []
    for height in _places(rule.top for rule in level):
        here = sorted((rule.left, rule.right) for rule in level if abs(rule.top - height) <= 2 * _NEAR)
        covered, reached = 0.0, left
        for start, end in here:
            covered += max(0.0, end - max(start, reached))
            reached = max(reached, end)
        if covered > 0.5 * (right - left):
            found.append(height)
    return found


def _ruled(level: Sequence[Rule]) -> list[Grid]:
    """Tables with level rules only: three or more, one under another, of one width."""
    found: list[Grid] = []
    by_side: dict[tuple[int, int], list[Rule]] = {}
    for rule in level:
        if rule.right - rule.left > _WIDE:
            by_side.setdefault((round(rule.left / _NEAR), round(rule.right / _NEAR)), []).append(rule)
    for rules in by_side.values():
        heights = _places(rule.top for rule in rules)
        if len(heights) > 2 and max(after - before for before, after in pairwise(heights)) < 250:
            left, top, right, bottom = _frame(rules)
            found.append(Grid(left, top, right, bottom, tuple(heights), ()))
    return found
