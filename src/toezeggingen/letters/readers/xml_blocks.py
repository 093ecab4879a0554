"""The words of an XML document as blocks: by the names of officielebekendmakingen.nl, or by how they stand together.

An element with words of its own is a paragraph, and all in it belongs to that, but for what is known to be a block. An
element that holds elements only is a part of the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.grid import Grid, span
from toezeggingen.letters.readers.html_blocks import BULLETS
from toezeggingen.letters.readers.markup import local_name, touches_last, walk, words_of
from toezeggingen.letters.readers.numerals import numeral
from toezeggingen.letters.readers.table_layout import TableNames, layout_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

    from toezeggingen.letters.readers.blocks import Blocks

SYNONYMS = {
    "tuskop": "tussenkop", "voetref": "nootref", "ondtek": "ondertekening", "nootnummer": "noot.nr",
    "linummer": "li.nr", "lidnummer": "lidnr", "tr": "row", "td": "entry", "th": "entry", "ul": "lijst", "ol": "lijst",
    "noot.lijst": "lijst", "noot.li": "li", "considerans.lijst": "lijst",
}  # fmt: skip
"""Other names, of older papers and of other vocabularies, for what has the same meaning."""

SKIPPED = frozenset({
    "metadata", "meta", "versie", "ordernr", "vergjaar", "colspec", "witreg", "noot.nr", "li.nr", "lidnr",
    "illustratie", "sys.gegevens", "script", "style",
})  # fmt: skip
"""Elements of which nothing is printed, or what is printed stands elsewhere too."""

PAPER_HEAD = "stukkop"
"""The name given to number and title of a paper together, which are one line in print."""

_ROLES = {
    **dict.fromkeys(("kamerstukkop", "kamervraagkop", "frontm"), "head-part"),
    **dict.fromkeys(("tekstregel", "subtitel"), "head-line"),
    **dict.fromkeys(("dossier", "onderw", PAPER_HEAD, "datumtekst"), "head"),
    **dict.fromkeys(("kamervraagnummer", "kamervraagomschrijving"), "head"),
    **dict.fromkeys(("tussenkop", "kop", "h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("al", "wat", "wie", "wij", "considerans.al", "noot.al", "ondertekening", "p"), "paragraph"),
    **dict.fromkeys(("al-groep", "vraag", "antwoord", "divisie", "bijlage", "lijst-item"), "part"),
    **dict.fromkeys(("lijst", "definitielijst", "specificatielijst"), "list"),
    **dict.fromkeys(("li", "definitie-item", "specificatie-item"), "item"),
    **dict.fromkeys(("table", "row", "entry"), "table"),
    "lid": "clause", "br": "break", "noot": "note", "voetnoot": "note", "nootref": "reference",
}  # fmt: skip
_APART = frozenset({
    "dossiernr", "dossiernummer", "begrotingshoofdstuk", "label", "nr", "nummer", "titel", "naam", "subtitel",
    "voornaam", "voorvoegsels", "achternaam", "ondernummer", "ltrlabel", "stuknr", "opschrift", "term",
    "definitie", "waarde",
})  # fmt: skip
"""Elements that are kept apart from the one before them, though nothing may stand between."""

_TABLES = TableNames("table", "row", frozenset({"entry"}), frozenset({"al", "li"}), frozenset({"tussenkop", "kop"}))


def make_common(root: Element) -> None:
    """Give elements the names by which they are known here: small, without a namespace, one for each meaning."""
    for element in root.iter():
        if isinstance(element.tag, str):
            name = local_name(element).lower()
            if name == "ol" and "type" not in element.attrib:
                element.set("type", "1")
            element.tag = SYNONYMS.get(name, name)
    for paper in list(root.iter("stuk")):
        parts = [child for child in paper if child.tag in ("stuknr", "ltrlabel", "nummer", "titel")]
        if parts:
            head = etree.Element(PAPER_HEAD)
            paper.insert(paper.index(parts[0]), head)
            head.extend(parts)


@dataclass(slots=True)
class _List:
    form: str
    number: int


@dataclass(slots=True)
class Walk:
    """The walk through a document: every element in turn, whatever the depth."""

    blocks: Blocks
    _ends: list[list[Callable[[], None]]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _grids: list[Grid] = field(default_factory=list)
    _columns: list[dict[str, int]] = field(default_factory=list)
    _layout: set[Element] = field(default_factory=set)
    _referred: frozenset[str] = frozenset()
    _paragraphs: int = 0  # that are open: what is in them is words
    _notes: int = 0

    def run(self, top: Element) -> None:
        """Read the document `top`, made common."""
        self._layout = layout_tables(top, _TABLES)
        self._referred = frozenset(_reference(one) for one in top.iter("nootref"))
        walk(top, self._begin, self.blocks.words, self._ends)

    def _begin(self, element: Element) -> bool:
        """Say that `element` begins; returns whether what is in it is left out."""
        tag = element.tag
        if tag in SKIPPED:
            return True
        if tag in _APART and touches_last(element):
            self.blocks.blank()
        role = _ROLES.get(tag)
        if role is None:
            self._begin_unknown(element, tag)
        elif role in ("reference", "note"):
            return self._begin_note(element, role)
        elif role in ("list", "item", "clause"):
            self._begin_item(element, role)
        elif role == "table":
            self._begin_table(element, tag)
        elif role == "break":
            self.blocks.line_break()
        else:
            self._begin_block(element, role)
        return False

    def _begin_unknown(self, element: Element, tag: str) -> None:
        """Of an element without a role, or an entity, whose words are those of the element that holds it."""
        parent = element.getparent()
        above = parent.tag if parent is not None else ""
        if above == "ondertekening" and tag in ("functie", "naam", "plaats", "datum"):
            self.blocks.new_line()
            if tag == "naam":
                self._ends[-1].append(self.blocks.new_line)
        elif tag == "nr" and above in ("vraag", "antwoord"):
            self._paragraph(Zone.HEADING)
        elif not self._paragraphs and tag is not etree.Entity and _is_paragraph(element):
            self._paragraph(Zone.HEADING if tag in ("titel", "opschrift") and above != "kop" else None)

    def _begin_block(self, element: Element, role: str) -> None:
        parent = element.getparent()
        of_paper = element.tag == "kop" and parent is not None and parent.tag == "kamerwrk"
        if role in ("head-part", "part") or of_paper:
            zone = Zone.HEAD if role == "head-part" or of_paper else None
            self.blocks.begin(zone)
            self._ends[-1].append(self.blocks.end)
        elif role == "head-line":
            self._paragraph(None, "head")
        else:
            self._paragraph({"head": Zone.HEAD, "heading": Zone.HEADING}.get(role))

    def _paragraph(self, zone: Zone | None, series: str = "") -> None:
        self._paragraphs += 1
        self.blocks.begin(zone, series)
        self._ends[-1] += [self._leave_paragraph, self.blocks.end]

    def _leave_paragraph(self) -> None:
        self._paragraphs -= 1

    # --- lists --------------------------------------------------------------------------------------------------------

    def _begin_item(self, element: Element, role: str) -> None:
        if role == "list":
            start = element.get("start", "")
            form = element.get("type", "")
            number = int(start) if start.isascii() and start.isdecimal() and len(start) < 5 else 1
            self._lists.append(_List("1" if form == "arabic" else form, number))
            self.blocks.open_list()
            self._ends[-1] += [self.blocks.close_list, self._leave_list]
            return
        if role == "clause":
            self.blocks.open_list()
            self._ends[-1].append(self.blocks.close_list)
        written = next(element.iterchildren("li.nr", "lidnr"), None)
        if written is not None and (words := words_of(written)):
            self.blocks.item("- " if words in BULLETS else f"{words} ")
        elif self._lists and role == "item" and self._lists[-1].form in ("1", "a", "A", "i", "I"):
            one = self._lists[-1]
            self.blocks.item(f"{numeral(one.number, one.form)}. ")
            one.number += 1
        else:
            self.blocks.item("- " if element.tag == "li" else "")

    def _leave_list(self) -> None:
        self._lists.pop()

    # --- tables -------------------------------------------------------------------------------------------------------

    def _begin_table(self, element: Element, tag: str) -> None:
        table = element if tag == "table" else next(element.iterancestors("table"), None)
        if table is None or table in self._layout:
            self.blocks.begin()
            self._ends[-1].append(self.blocks.end)
        elif tag == "table":
            self._grids.append(Grid())
            self._columns.append(_columns(element))
            self.blocks.open_table()
            self._ends[-1] += [self.blocks.close_table, self._leave_table]
        elif tag == "row":
            self._grids[-1].row()
            self.blocks.row()
            self._ends[-1].append(self.blocks.close_row)
        else:
            names = self._columns[-1]
            first = names.get(element.get("namest") or element.get("colname") or "", 0)
            last = names.get(element.get("nameend") or "", first)
            wide = max(last - first + 1, span(element.get("colspan")))
            more = element.get("morerows", "")
            rows = span(element.get("rowspan")) if not more.isdecimal() else 1 + span(more) * (more.strip("0") != "")
            self.blocks.cell(self._grids[-1].cell(wide, rows, first))

    def _leave_table(self) -> None:
        self._grids.pop()
        self._columns.pop()

    # --- footnotes ----------------------------------------------------------------------------------------------------

    def _begin_note(self, element: Element, role: str) -> bool:
        """A marker, or a note: one that stands where its marker is, or elsewhere with references to it."""
        number = element.find("noot.nr")
        label = words_of(number) if number is not None else element.get("nr", "")
        if role == "reference":
            self.blocks.marker(_reference(element), label or words_of(element))
            return True
        names = [name for name in (element.get("id", ""), element.get("nr", "")) if name in self._referred]
        if names:
            key = names[0]
        else:
            self._notes += 1
            key = f"#{self._notes}"
            if element.tag == "noot":
                self.blocks.marker(key, label)
        self.blocks.open_note(key, label)
        self._ends[-1].append(self.blocks.close_note)
        return False


def _is_paragraph(element: Element) -> bool:
    """Whether an element has words of its own, and not only elements that have."""
    if element.text and not element.text.isspace():
        return True
    return any(child.tail and not child.tail.isspace() for child in element)


def _reference(element: Element) -> str:
    """The name of the note that a marker points at."""
    return element.get("refid") or element.get("ref") or element.get("nr") or words_of(element)


def _columns(table: Element) -> dict[str, int]:
    """The columns (from 0) by the names that the table gives them."""
    found: dict[str, int] = {}
    for number, column in enumerate(table.iter("colspec")):
        written = column.get("colnum", "")
        at = int(written) - 1 if written.isascii() and written.isdecimal() and len(written) < 4 else number
        found.setdefault(column.get("colname", ""), max(at, 0))
    return found
