"""Word documents (.docx): made plain, then mammoth to HTML, then the HTML reader."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import mammoth
from lxml import etree

from toezeggingen.errors import LetterError
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers import html
from toezeggingen.letters.readers.blocks import Blocks
from toezeggingen.letters.readers.docx_body import BULLETS, LABEL_STYLE, NUMBERS, make_plain
from toezeggingen.letters.readers.docx_names import PACKAGE, R, W, is_on, make_common, value
from toezeggingen.letters.readers.docx_numbering import LEVELS, Numbering
from toezeggingen.letters.readers.html_blocks import Walk
from toezeggingen.letters.readers.html_notes import find_notes
from toezeggingen.letters.readers.package import Package, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from toezeggingen.letters.source import Options, Reading

MAIN = "word/document.xml"

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_AGAIN = "open it in Word or LibreOffice and save it anew"


@dataclass(slots=True)
class _Frame:
    """The names of the parts that stand at the top and the foot of pages; `first` tops the first page."""

    first: str = ""
    others: list[str] = field(default_factory=list)


def read(data: bytes, path: str, options: Options) -> Reading:
    """The words of a Word document with all changes accepted, its footnotes and endnotes at the end.

    What tops the first page comes first, as head; running heads and feet come last, as furniture. Raises LetterError
    where the file is damaged or encrypted, unpacks to too much, or declares entities.
    """
    with Package(data, path, options.max_bytes) as package:
        return _Document(package, path).reading()


class _Document:
    """A Word document being read."""

    def __init__(self, package: Package, path: str) -> None:
        self._package = package
        self._path = path
        self._main = self._main_part()
        self._targets = self._relations(self._main)
        self._numbering = Numbering(self._part("numbering"), self._part("styles"))
        self._blocks = Blocks()

    def reading(self) -> Reading:
        """All that is read."""
        document = self._xml(self._main)
        body = document.find(W + "body")
        if body is None:
            raise LetterError(self._path, f"this file has a {self._main} that holds no document", _AGAIN)
        frame = self._frame(body)
        notes = {name: self._part(name) for name in _NOTES}
        if frame.first:
            self._add(self._xml(frame.first), Zone.HEAD)
        self._add(body, None, {name: root for name, root in notes.items() if root is not None})
        for name in frame.others:
            self._add(self._xml(name), Zone.FURNITURE)
        return self._blocks.reading()

    def _add(self, root: Element, zone: Zone | None, notes: dict[str, Element] | None = None) -> None:
        """Read what `root` holds, with its notes, in the zone `zone`."""
        known = [f"{_NOTES[name]} {value(note, 'id')}" for name, one in (notes or {}).items() for note in one]
        make_plain(root, self._numbering, known)
        for one in (notes or {}).values():
            make_plain(one, self._numbering)
        if zone is not None and not any(c.isalpha() for words in root.iter(W + "t") for c in words.text or ""):
            return  # a page number
        page = html.parse(self._html(root, notes or {}), self._path)
        self._blocks.begin(zone)
        Walk(self._blocks, find_notes(page)).run(page)
        self._blocks.end()

    def _html(self, root: Element, notes: dict[str, Element]) -> str:
        """What mammoth makes of paragraphs and tables that are plain: it sees nothing but what is written here."""
        document = etree.Element(W + "document")
        body = etree.SubElement(document, W + "body")
        body.extend(list(root))
        parts = {MAIN: document, "word/numbering.xml": _lists()}
        parts |= {f"word/{name}.xml": one for name, one in notes.items()}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, etree.tostring(part, encoding="utf-8", xml_declaration=True))
        packed.seek(0)
        try:
            made = mammoth.convert_to_html(
                packed, style_map=f"r.{LABEL_STYLE} => span.item-label", include_embedded_style_map=False
            )
        except RecursionError as error:
            raise LetterError(
                self._path, "this document has tables inside tables, too deep to be read", _AGAIN
            ) from error
        except MemoryError:
            raise
        except Exception as error:  # whatever it stumbles over, the file is no document that it knows
            raise LetterError(self._path, f"this document cannot be read ({reason(error)})", _AGAIN) from error
        return f"<html><body>{made.value}</body></html>"

    # --- parts --------------------------------------------------------------------------------------------------------

    def _xml(self, name: str) -> Element:
        root = self._package.xml(name)
        make_common(root)
        return root

    def _main_part(self) -> str:
        """The name of the part that holds the text."""
        if MAIN in self._package:
            return MAIN
        for target, kind in self._relations("").values():
            if kind == "officeDocument" and target in self._package:
                return target
        raise LetterError(self._path, f"this file has no {MAIN}, so no text", _AGAIN)

    def _part(self, kind: str) -> Element | None:
        """The first part of a kind ("styles") that belongs to the text; None where there is none."""
        names = [target for target, one in self._targets.values() if one == kind]
        name = next((one for one in [*names, f"word/{kind}.xml"] if one in self._package), None)
        return self._xml(name) if name else None

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that `part` names: by id, the name of each and its kind."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        if place not in self._package:
            return found
        for one in self._package.xml(place).iter(PACKAGE + "Relationship"):
            target = posixpath.normpath(posixpath.join("/" + folder, one.get("Target", ""))).lstrip("/")
            if one.get("TargetMode") != "External":
                found[one.get("Id", "")] = (target, one.get("Type", "").rpartition("/")[2])
        return found

    def _frame(self, body: Element) -> _Frame:
        """The headers and footers that are printed, section by section."""
        settings = self._part("settings")
        even = settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))
        frame = _Frame()
        current: dict[tuple[str, str], str] = {}
        for number, section in enumerate(body.iter(W + "sectPr")):
            for one in section.iterchildren(W + "headerReference", W + "footerReference"):
                name = self._targets.get(one.get(R + "id", ""), ("", ""))[0]
                if name in self._package:
                    current[etree.QName(one).localname[:6], value(one, "type") or "default"] = name
            kinds = ["first"] * is_on(section.find(W + "titlePg")) + ["default"] + ["even"] * even
            if number == 0:
                frame.first = current.get(("header", kinds[0]), "")
            frame.others += [current[place] for place in _places(kinds) if place in current]
        frame.others = [name for name in dict.fromkeys(frame.others) if name != frame.first]
        return frame


def _places(kinds: Sequence[str]) -> list[tuple[str, str]]:
    return [(place, kind) for place in ("header", "footer") for kind in kinds]


def _lists() -> Element:
    """The two lists that items of plain documents are in."""
    root = etree.Element(W + "numbering")
    for id_, form in ((BULLETS, "bullet"), (NUMBERS, "decimal")):
        list_ = etree.SubElement(root, W + "abstractNum", {W + "abstractNumId": id_})
        for level in range(LEVELS):
            at = etree.SubElement(list_, W + "lvl", {W + "ilvl": str(level)})
            etree.SubElement(at, W + "numFmt", {W + "val": form})
    for id_ in (BULLETS, NUMBERS):
        number = etree.SubElement(root, W + "num", {W + "numId": id_})
        etree.SubElement(number, W + "abstractNumId", {W + "val": id_})
    return root
