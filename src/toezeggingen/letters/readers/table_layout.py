"""Which tables hold rows and columns of a table, and which only put words in their place on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CELL_BLOCKS = 40
"""Paragraphs and items of the fullest cell of a table; one with more is a column of a page."""

HEADED_BLOCKS = 3
"""The same for a cell that has a heading."""


@dataclass(frozen=True, slots=True)
class TableNames:
    """The names that a format has for a table and what is in it."""

    table: str
    row: str
    cells: frozenset[str]
    blocks: frozenset[str]
    headings: frozenset[str]


HTML = TableNames(
    "table",
    "tr",
    frozenset({"td", "th"}),
    frozenset({"p", "li"}),
    frozenset({"h1", "h2", "h3", "h4", "h5", "h6"}),
)


@dataclass(slots=True)
class _Table:
    """A table being looked at: cells with words in this row, and in the fullest one; what the cell at hand holds."""

    cells: int = 0
    most_cells: int = 0
    inked: int = 0
    blocks: int = 0
    headed: bool = False
    is_layout: bool = False


def layout_tables(top: Element, names: TableNames = HTML) -> set[Element]:
    """The tables in `top` that are no tables to a reader: one column, tables or whole pages in a cell, or said so."""
    found: set[Element] = set()
    if next(top.iter(names.table), None) is None:
        return found
    open_tables: list[_Table] = []
    inked = 0  # pieces of text with words so far
    for event, element in etree.iterwalk(top, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == names.table:
                said = element.get("role") in ("presentation", "none")
                open_tables.append(_Table(inked=inked, is_layout=said))
            elif open_tables:
                _begin(open_tables[-1], tag, inked, names)
            inked += _has_words(element.text)
            continue
        if tag == names.table and open_tables:
            table = open_tables.pop()
            if table.is_layout or table.most_cells < 2:
                found.add(element)
            if open_tables and (table.most_cells or inked > table.inked):
                open_tables[-1].is_layout = True
        elif open_tables:
            _end(open_tables[-1], tag, inked, names)
        inked += _has_words(element.tail)
    return found


def _begin(table: _Table, tag: str, inked: int, names: TableNames) -> None:
    if tag in names.cells:
        table.inked, table.blocks, table.headed = inked, 0, False
    elif tag in names.blocks:
        table.blocks += 1
    elif tag in names.headings:
        table.headed = True


def _end(table: _Table, tag: str, inked: int, names: TableNames) -> None:
    if tag in names.cells:
        table.cells += inked > table.inked
        if table.blocks > (HEADED_BLOCKS if table.headed else CELL_BLOCKS):
            table.is_layout = True
    elif tag == names.row:
        table.most_cells = max(table.most_cells, table.cells)
        table.cells = 0


def _has_words(text: str | None) -> bool:
    return bool(text) and not text.isspace()  # type: ignore[union-attr]
