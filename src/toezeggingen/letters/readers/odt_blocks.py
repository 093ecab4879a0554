"""The words of an OpenDocument text as blocks, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.grid import Grid, span
from toezeggingen.letters.readers.markup import walk
from toezeggingen.letters.readers.odt_styles import DRAW, OFFICE, SVG, TABLE, TEXT, Styles, count, integer, label
from toezeggingen.letters.readers.table_layout import TableNames, layout_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

    from toezeggingen.letters.readers.blocks import Blocks

SKIPPED = frozenset({
    OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "forms", OFFICE + "scripts", TEXT + "tracked-changes",
    TEXT + "note-citation", TEXT + "script", TEXT + "hidden-text", TEXT + "ruby-text", TEXT + "number",
    TEXT + "table-of-content-source", TEXT + "illustration-index-source", TEXT + "table-index-source",
    TEXT + "object-index-source", TEXT + "user-index-source", TEXT + "alphabetical-index-source",
    TEXT + "bibliography-source", DRAW + "object", DRAW + "object-ole", SVG + "title", SVG + "desc",
})  # fmt: skip
"""Elements whose words are not the letter's: comments, what was deleted, forms, descriptions of pictures."""

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CELLS = frozenset({TABLE + "table-cell", TABLE + "covered-table-cell"})
_TABLES = TableNames(
    TABLE + "table",
    TABLE + "table-row",
    _CELLS,
    frozenset({TEXT + "p"}),
    frozenset({TEXT + "h"}),
)
_BLANKS = frozenset({TEXT + "s", TEXT + "tab"})


@dataclass(slots=True)
class _List:
    """A list being read, at its level; `counters` are shared by all levels of a list."""

    style: str
    level: int
    counters: dict[int, int]


def lift_frames(root: Element) -> None:
    """Put a frame or a drawing with words behind the paragraph that it hangs from."""
    last: dict[Element, Element] = {}
    for paragraph in list(root.iter(TEXT + "p", TEXT + "h")):
        shape = None
        for above in paragraph.iterancestors():
            if isinstance(above.tag, str) and above.tag.startswith(DRAW):
                shape = above
            elif above.tag in (TEXT + "p", TEXT + "h") and shape is not None:
                _move_behind(shape, above, last)
                break
            elif above is root:
                break


def _move_behind(shape: Element, anchor: Element, last: dict[Element, Element]) -> None:
    tail, shape.tail = shape.tail, None
    before = shape.getprevious()
    parent = shape.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (tail or "")
    at = last.get(anchor, anchor)
    at_tail, at.tail = at.tail, None
    at.addnext(shape)
    shape.tail = at_tail
    last[anchor] = shape


@dataclass(slots=True)
class Walk:
    """The walk through a text: every element in turn, whatever the depth. `pages`: page ends are said and counted."""

    blocks: Blocks
    styles: Styles
    pages: bool = False
    _ends: list[list[Callable[[], None]]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _last_of_style: dict[str, dict[int, int]] = field(default_factory=dict)
    _by_id: dict[str, dict[int, int]] = field(default_factory=dict)
    _outline: dict[int, int] = field(default_factory=dict)
    _grids: list[Grid] = field(default_factory=list)
    _layout: set[Element] = field(default_factory=set)
    _notes: int = 0
    _begun: bool = False  # a block of the text was read
    _page_ends: bool = False  # a page ends before the next block

    def run(self, top: Element) -> None:
        """Read `top`."""
        self._layout |= layout_tables(top, _TABLES)
        walk(top, self._begin, self.blocks.words, self._ends)

    def _begin(self, element: Element) -> bool:
        """Say that `element` begins; returns whether what is in it is left out."""
        tag = element.tag
        if tag in SKIPPED:
            return True
        if tag in (TEXT + "p", TEXT + "h"):
            return self._paragraph(element)
        if tag == TEXT + "span":
            return self.styles.is_hidden("text", element.get(TEXT + "style-name", ""))
        if tag in _BLANKS:
            self.blocks.blank()
        elif tag == TEXT + "line-break":
            self.blocks.line_break()
        elif tag == TEXT + "soft-page-break":
            if self.pages:
                self.blocks.page_end()
        elif tag == TEXT + "note":
            self._note(element)
        elif tag == TEXT + "section":
            return element.get(TEXT + "display") == "none"
        elif tag == TEXT + "list":
            self._list(element)
        elif tag in (TEXT + "list-item", TEXT + "list-header"):
            self._item(element)
        elif tag in (TABLE + "table", TABLE + "table-row") or tag in _CELLS:
            self._table(element)
        elif tag == DRAW + "text-box":
            self._block()
        return False

    def _block(self, zone: Zone | None = None) -> None:
        self.blocks.begin(zone)
        self._ends[-1].append(self.blocks.end)

    def _paragraph(self, element: Element) -> bool:
        style = element.get(TEXT + "style-name", "")
        if self.styles.is_hidden("paragraph", style):
            return True
        self._end_page("paragraph", style)
        is_heading = element.tag == TEXT + "h"
        self._block(Zone.HEADING if is_heading else None)
        if is_heading and not self._lists:
            self._number(element)
        return False

    def _end_page(self, family: str, style: str) -> None:
        """End the page where what has this style begins on a new one."""
        before, after = self.styles.page_ends(family, style)
        if self.pages and (self._page_ends or (before and self._begun)):
            self.blocks.page_end()
        self._begun, self._page_ends = True, after

    def _number(self, element: Element) -> None:
        """The number of a heading, where the headings of the document have numbers."""
        at = integer(element.get(TEXT + "outline-level")) or 1
        if at in self.styles.outline and element.get(TEXT + "is-list-header") != "true":
            count(self.styles.outline, self._outline, at, integer(element.get(TEXT + "start-value")))
            self.blocks.words(label(self.styles.outline, self._outline, at))

    # --- lists --------------------------------------------------------------------------------------------------------

    def _list(self, element: Element) -> None:
        style = element.get(TEXT + "style-name", "")
        if self._lists:
            outer = self._lists[-1]
            one = _List(style or outer.style, outer.level + 1, outer.counters)
        else:
            counters: dict[int, int] = {}
            if (other := element.get(TEXT + "continue-list")) in self._by_id:
                counters = self._by_id[other or ""]
            elif element.get(TEXT + "continue-numbering") == "true":
                counters = self._last_of_style.get(style, counters)
            one = _List(style, 1, counters)
            self._last_of_style[style] = counters
        self._by_id[element.get(XML_ID, "")] = one.counters
        self._lists.append(one)
        self.blocks.open_list()
        self._ends[-1] += [self.blocks.close_list, self._leave_list]

    def _leave_list(self) -> None:
        self._lists.pop()

    def _item(self, element: Element) -> None:
        first = next((child for child in element if child.tag != TEXT + "soft-page-break"), None)
        if not self._lists or first is None or first.tag == TEXT + "list":
            return  # it only holds a deeper list
        one = self._lists[-1]
        if element.tag == TEXT + "list-header":
            self.blocks.item()
            return
        levels = self.styles.lists.get(one.style, {})
        count(levels, one.counters, one.level, integer(element.get(TEXT + "start-value")))
        self.blocks.item(label(levels, one.counters, one.level))

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, element: Element) -> None:
        tag = element.tag
        table = element if tag == TABLE + "table" else next(element.iterancestors(TABLE + "table"), None)
        if tag == TABLE + "table":
            self._end_page("table", element.get(TABLE + "style-name", ""))
        if table is None or table in self._layout:
            self._block()
        elif tag == TABLE + "table":
            self._grids.append(Grid())
            self.blocks.open_table()
            self._ends[-1] += [self.blocks.close_table, self._leave_table]
        elif tag == TABLE + "table-row":
            self._grids[-1].row()
            self.blocks.row()
            self._ends[-1].append(self.blocks.close_row)
        else:
            self.blocks.cell(self._grids[-1].cell(span(element.get(TABLE + "number-columns-repeated"))))

    def _leave_table(self) -> None:
        self._grids.pop()

    # --- footnotes ----------------------------------------------------------------------------------------------------

    def _note(self, element: Element) -> None:
        self._notes += 1
        key = f"{self._notes}"
        citation = element.find(TEXT + "note-citation")
        written = "".join(map(str, citation.itertext())).strip() if citation is not None else ""
        self.blocks.marker(key, written)
        self.blocks.open_note(key, written)
        self._ends[-1].append(self.blocks.close_note)
