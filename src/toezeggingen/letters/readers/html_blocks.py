"""The words of a page as blocks: paragraphs, headings, lists, tables and footnotes, in the order of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.grid import Grid, span
from toezeggingen.letters.readers.html_notes import Notes, without_label
from toezeggingen.letters.readers.markup import touches_last, walk
from toezeggingen.letters.readers.numerals import numeral
from toezeggingen.letters.readers.table_layout import layout_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element as Element

    from toezeggingen.letters.readers.blocks import Blocks

SKIPPED = frozenset({
    "head", "script", "style", "noscript", "template", "title", "nav", "iframe", "svg", "canvas", "audio", "video",
    "map", "select", "datalist", "button", "textarea", "del", "rp",
})  # fmt: skip
"""Elements whose words are not read: they are not shown, or are a site's and not the letter's; or were deleted."""

BULLETS = frozenset("-–—•·*o§▪◦‣●○■□➢\uf0b7\uf0a7\uf0d8\uf02d\uf076\uf0fc")
"""What stands for a bullet, in letters of fonts for symbols too."""

LABEL_CHARACTERS = 8
"""Characters of the longest number of an item ("xviii.", "1.2.3.")."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "details", "dialog", "dir", "div",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "p",
    "pre", "section", "summary",
})  # fmt: skip
_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_REGIONS = frozenset({"article", "section", "main", "td", "blockquote"})
_STYLES = {"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
_STYLES |= {"lower-roman": "i", "upper-roman": "I"}


@dataclass(slots=True)
class _List:
    """A list being read: the form of its numbers ("" for bullets) and the number of the next item."""

    form: str
    number: int = 1
    step: int = 1


@dataclass(slots=True)
class Walk:
    """The walk through a page: every element in turn, whatever the depth.

    `classes` says what the classes of a site ("stuktitel", "h1.stuktitel") are: "head", "heading", "line" (on a line of
    its own), "apart" (kept apart from the words beside it) or "skip".
    """

    blocks: Blocks
    notes: Notes
    classes: Mapping[str, str] = field(default_factory=dict)
    _ends: list[list[Callable[[], None]]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _grids: list[Grid] = field(default_factory=list)
    _layout: set[Element] = field(default_factory=set)
    _read: set[Element] = field(default_factory=set)  # notes
    _regions: int = 0
    _kept: int = 0  # <pre> elements that are open
    _label: str = ""  # to be taken from the first words of a note

    def run(self, top: Element) -> None:
        """Read `top`, and the notes that it has markers of, wherever they are."""
        self._layout |= layout_tables(top)
        self._elements(top)
        for note in [note for note in self.notes.notes if note not in self._read]:
            self._elements(note)

    def _elements(self, top: Element) -> None:
        walk(top, self._begin, self._words, self._ends)

    def _words(self, text: str) -> None:
        if self._label and not text.isspace():
            text, self._label = without_label(text, self._label), ""
        if not self._kept or "\n" not in text:
            self.blocks.words(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.blocks.line_break()
            self.blocks.words(line)

    def _begin(self, element: Element) -> bool:
        """Say that `element` begins; returns whether what is in it is left out."""
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED or element in self.notes.left_out or _is_hidden(element):
            return True
        if element in self.notes.markers:
            self.blocks.marker(*self.notes.markers[element])
            return True
        if element in self.notes.notes:
            self._note(element)
            return False
        if self.classes and (role := self._role(element)):
            return self._begin_known(element, role)
        if tag == "br":
            self.blocks.line_break()
        elif tag in _HEADINGS:
            self._block(Zone.HEADING)
        elif tag in _BLOCKS:
            self._begin_block(element, tag)
        elif tag in _LISTS:
            self._begin_list(element, tag)
        elif tag in ("li", "dt", "dd"):
            self._item(element, tag)
        elif tag in ("table", "tr", "td", "th"):
            self._begin_table(element, tag)
        elif tag == "span" and "mso-list" in element.get("style", ""):
            return self._word_label(element)
        return False

    def _block(self, zone: Zone | None = None, series: str = "") -> None:
        self.blocks.begin(zone, series)
        self._ends[-1].append(self.blocks.end)

    def _begin_block(self, element: Element, tag: str) -> None:
        role = element.get("role", "")
        is_frame = tag in ("header", "footer") or role in ("banner", "contentinfo", "complementary")
        is_item = tag == "p" and "mso-list:" in element.get("style", "").replace(" ", "")  # as Word writes them
        self._block(Zone.FURNITURE if is_frame and not self._regions else None, "items" if is_item else "")
        if tag in _REGIONS:
            self._regions += 1
            self._ends[-1].append(self._leave_region)
        elif tag == "pre":
            self._kept += 1
            self._ends[-1].append(self._leave_pre)

    def _leave_region(self) -> None:
        self._regions -= 1

    def _leave_pre(self) -> None:
        self._kept -= 1

    # --- classes that are known ---------------------------------------------------------------------------------------

    def _role(self, element: Element) -> str | None:
        for name in (element.get("class") or "").split():
            if role := self.classes.get(f"{element.tag}.{name}") or self.classes.get(name):
                return role
        return None

    def _begin_known(self, element: Element, role: str) -> bool:
        if role == "skip":
            return True
        if role == "line":
            self.blocks.new_line()
            self._ends[-1].append(self.blocks.new_line)
        elif role == "apart":
            if touches_last(element):
                self.blocks.blank()
            if (element.tail or "")[:1].isalnum():
                self._ends[-1].append(self.blocks.blank)
        else:
            self._block(Zone.HEAD if role == "head" else Zone.HEADING)
        return False

    # --- lists --------------------------------------------------------------------------------------------------------

    def _begin_list(self, element: Element, tag: str) -> None:
        self.blocks.open_list()
        style = _style(element).get("list-style-type") or _style(element).get("list-style", "")
        form = _STYLES.get(style.split(" ")[0], element.get("type") or "1") if tag == "ol" else ""
        one = _List(form)
        start = element.get("start", "").strip()
        if _integer().fullmatch(start):
            one.number = int(start)
        elif element.get("reversed") is not None:
            one.number = sum(1 for _ in element.iterchildren("li"))
        one.step = -1 if element.get("reversed") is not None else 1
        self._lists.append(one)
        self._ends[-1] += [self.blocks.close_list, self._leave_list]

    def _leave_list(self) -> None:
        self._lists.pop()

    def _item(self, element: Element, tag: str) -> None:
        if not self._lists:  # an item outside a list
            self._block()
            return
        one = self._lists[-1]
        if tag != "li":
            self.blocks.item()
        elif one.form:
            value = element.get("value", "").strip()
            if _integer().fullmatch(value):
                one.number = int(value)
            has_own = element.find("./span[@class='item-label']") is not None
            self.blocks.item("" if has_own else f"{numeral(one.number, one.form)}. ")
            one.number += one.step
        else:
            self.blocks.item("" if _begins_with_number(element) else "- ")

    def _word_label(self, element: Element) -> bool:
        """The number or bullet that Word wrote before the words of a paragraph that is an item."""
        label = "".join(map(str, element.itertext())).strip(" \t\r\n\u00a0")
        if "ignore" not in element.get("style", "").lower() or len(label) > LABEL_CHARACTERS:
            return False
        self.blocks.words("- " if label in BULLETS or not label else f"{label} ")
        return True

    # --- tables -------------------------------------------------------------------------------------------------------

    def _begin_table(self, element: Element, tag: str) -> None:
        table = element if tag == "table" else next(element.iterancestors("table"), None)
        if table is None or table in self._layout:
            self._block()
            return
        if tag == "table":
            self._grids.append(Grid())
            self.blocks.open_table()
            self._ends[-1] += [self.blocks.close_table, self._leave_table]
        elif tag == "tr":
            self._grids[-1].row()
            self.blocks.row()
            self._ends[-1].append(self.blocks.close_row)
        else:
            tabs = self._grids[-1].cell(span(element.get("colspan")), span(element.get("rowspan")))
            self.blocks.cell(tabs)

    def _leave_table(self) -> None:
        self._grids.pop()

    # --- footnotes ----------------------------------------------------------------------------------------------------

    def _note(self, element: Element) -> None:
        self._read.add(element)
        key, label = self.notes.notes[element]
        self.blocks.open_note(key, label)
        self._label = label if element.tag != "li" else ""
        self._ends[-1] += [self.blocks.close_note, self._leave_note]

    def _leave_note(self) -> None:
        self._label = ""


def _is_hidden(element: Element) -> bool:
    """Whether a browser does not show an element, or Word keeps a comment or what is not printed in it."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style:
        return "MsoCommentReference" in element.get("class", "")
    squeezed = style.replace(" ", "").lower()
    return "display:none" in squeezed or "mso-hide:all" in squeezed or "mso-element:comment" in squeezed


def _style(element: Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in element.get("style", "").lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _begins_with_number(element: Element) -> bool:
    """Whether the words of an item begin with its number or bullet, as in lists whose numbers are written out."""
    words = ""
    for piece in element.itertext():
        words += str(piece) if words else str(piece).lstrip()
        if len(words) > LABEL_CHARACTERS:
            break
    return bool(_number().match(words))


@cache
def _integer() -> re.Pattern[str]:
    return re.compile(r"-?[0-9]{1,6}")


@cache
def _number() -> re.Pattern[str]:
    """1. | 12) | a. | iv) | 1° | 2.1. | – | •"""
    return re.compile(r"(?:(?:\d{1,3}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivx]{1,5})[.)°]|[–•·-])(?:\s|\Z)")
