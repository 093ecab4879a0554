"""The columns of a table in which cells run over more columns or rows."""

from __future__ import annotations

MOST_COLUMNS = 200
"""Columns that are told apart; those of a wider table stand in its last one."""


class Grid:
    """Where in its row each cell of a table stands; cells come row by row, from the left."""

    def __init__(self) -> None:
        self._below: dict[int, int] = {}  # column -> rows that a cell above still takes of it
        self._taken: frozenset[int] = frozenset()
        self._next = 0
        self._last = 0

    def row(self) -> None:
        """A row begins."""
        self._taken = frozenset(self._below)
        self._below = {column: rows - 1 for column, rows in self._below.items() if rows > 1}
        self._next = self._last = 0

    def cell(self, columns: int = 1, rows: int = 1, at: int = 0) -> int:
        """A cell that takes so many columns and rows; returns how many columns it stands behind the last one.

        `at` is the column (from 0) that the file names for it; a cell never stands before one that came before it.
        """
        at = min(max(at, self._next), MOST_COLUMNS - 1)
        while at in self._taken:
            at += 1
        columns = max(1, min(columns, MOST_COLUMNS - at))
        if rows > 1:
            self._below.update(dict.fromkeys(range(at, at + columns), rows - 1))
        self._next = min(at + columns, MOST_COLUMNS - 1)
        tabs, self._last = at - self._last, at
        return tabs


def span(written: str | None) -> int:
    """How many columns or rows a cell says it takes; 1 where it says nothing that makes sense."""
    return int(written) if written and written.isdecimal() and len(written) < 5 and int(written) else 1
