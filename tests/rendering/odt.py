"""A letter as OpenDocument text: a zip with the words in content.xml, head and foot of the page in styles.xml."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from rendering.letter import GREETING, Block, Heading, Items, Letter, Paragraph, Table, Turn, in_paragraphs, parts

if TYPE_CHECKING:
    from collections.abc import Iterable

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
DELETED = "Deze woorden zijn geschrapt."
"""Stands in the file as deleted, and is no part of the letter."""

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        *(("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing")),
        *(("meta", "meta"), ("manifest", "manifest")),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(letter: Letter, *, tracked: bool = False) -> bytes:
    """The letter; `tracked`: with a deletion that nobody accepted yet, and blanks written as elements."""
    files = {
        "mimetype": MEDIA_TYPE,
        "content.xml": _content(letter, tracked),
        "styles.xml": _styles(letter),
        "meta.xml": f"{_HEAD}<office:document-meta {_SPACES}><office:meta/></office:document-meta>",
        "META-INF/manifest.xml": _manifest(),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), text.encode(), compress_type=how)
    return data.getvalue()


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MEDIA_TYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    return f"{_HEAD}<manifest:manifest {_SPACES}>{entries}</manifest:manifest>"


def _styles(letter: Letter) -> str:
    head = f"<style:header><text:p>{escape(letter.directorate)}</text:p></style:header>"
    number, count = "<text:page-number>1</text:page-number>", "<text:page-count>2</text:page-count>"
    foot = f"<style:footer><text:p>Pagina {number} van {count}</text:p></style:footer>"
    page = f'<style:master-page style:name="Standard">{head}{foot}</style:master-page>'
    masters = f"<office:master-styles>{page}</office:master-styles>"
    return f"{_HEAD}<office:document-styles {_SPACES}>{masters}</office:document-styles>"


def _content(letter: Letter, tracked: bool) -> str:
    writer = _Writer(letter.notes, tracked)
    forms = (("bullet", "bullet", 'text:bullet-char="•"'), ("number", "number", 'style:num-format="1"'))
    lists = "".join(
        f'<text:list-style style:name="{name}"><text:list-level-style-{kind} text:level="1" '
        f'style:num-suffix="." {how}/></text:list-style>'
        for name, kind, how in (*forms, ("letter", "number", 'style:num-format="a"'))
    )
    changes = (
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion>'
        f"<text:p>{DELETED}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    colophon = "".join(f"<text:p>{escape(line)}</text:p>" for line in (letter.directorate, *letter.address))
    frame = f'<draw:frame draw:name="colofon"><draw:text-box>{colophon}</draw:text-box></draw:frame>'
    addressee = "De voorzitter van de Tweede Kamer<text:line-break/>der Staten-Generaal<text:line-break/>Postbus 20018"
    body = [
        changes if tracked else "",
        f"<text:p>{frame}{escape(letter.ministry)}</text:p>",
        f"<text:p>{addressee}<text:line-break/>2500 EA DEN HAAG</text:p>",
        f"<text:p>Datum<text:tab/>{letter.day}<text:line-break/>Betreft<text:tab/>{escape(letter.subject)}</text:p>",
        f"<text:p>Ons kenmerk<text:tab/>{escape(letter.reference)}</text:p>",
        writer.paragraph([GREETING]),
        *map(writer.block, letter.blocks),
        *(writer.paragraph([line]) for line in ("Hoogachtend,", *letter.closing)),
    ]
    styles = f"<office:automatic-styles>{lists}</office:automatic-styles>"
    text = f"<office:body><office:text>{''.join(body)}</office:text></office:body>"
    return f"{_HEAD}<office:document-content {_SPACES}>{styles}{text}</office:document-content>"


class _Writer:
    """Writes blocks as elements."""

    def __init__(self, notes: tuple[str, ...], tracked: bool) -> None:
        self._notes = notes
        self._tracked = tracked
        self._count = 0

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Paragraph():
                return self.paragraph(block.sentences)
            case Heading():
                return f'<text:h text:outline-level="1">{escape(block.text)}</text:h>'
            case Items():
                items = "".join(f"<text:list-item>{self.paragraph(item)}</text:list-item>" for item in block.items)
                return f'<text:list text:style-name="{block.marks}">{items}</text:list>'
            case Table():
                head, *rows = ("".join(map(self._cell, row)) for row in (block.columns, *block.rows))
                head = f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>"
                body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
                columns = f'<table:table-column table:number-columns-repeated="{len(block.columns)}"/>'
                return f"<table:table>{columns}{head}{body}</table:table>"
            case Turn():
                label = f'<text:p><text:span text:style-name="vet">{block.label}</text:span></text:p>'
                return label + "".join(map(self.paragraph, block.paragraphs))

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Sentences as one paragraph."""
        words = "<text:s/>".join if self._tracked else " ".join
        change = '<text:change text:change-id="ct1"/>' if self._tracked else ""
        return f"<text:p>{change}{words(map(self._sentence, sentences))}</text:p>"

    def _cell(self, words: str) -> str:
        paragraphs = "".join(self.paragraph([one]) for one in in_paragraphs(words))
        return f"<table:table-cell>{paragraphs}</table:table-cell>"

    def _sentence(self, sentence: str) -> str:
        return "".join(self._note(part) if isinstance(part, int) else self._run(part) for part in parts(sentence))

    def _note(self, number: int) -> str:
        body = f"<text:note-body><text:p>{escape(self._notes[number - 1])}</text:p></text:note-body>"
        citation = f"<text:note-citation>{number}</text:note-citation>"
        return f'<text:note text:id="ftn{number}" text:note-class="footnote">{citation}{body}</text:note>'

    def _run(self, text: str) -> str:
        """A run, now and then with a span that ends inside a word, or a page end that only print knows."""
        self._count += 1
        middle = len(text) // 2
        head, tail = escape(text[:middle]), escape(text[middle:])
        if self._count % 3 == 0:
            return f'<text:span text:style-name="T1">{head}</text:span>{tail}'
        return f"{head}<text:soft-page-break/>{tail}" if self._count % 7 == 0 else head + tail
