"""A letter as a Word document, as a ministry's desk makes it: runs cut anywhere, fields, footnotes, tracked changes."""

from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from rendering.letter import GREETING, Block, Heading, Items, Letter, Paragraph, Table, Turn, in_paragraphs, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.document import Document
    from docx.text.paragraph import Paragraph as Drawn

DELETED = "Deze woorden zijn geschrapt."
"""Stands in the file as deleted, and is no part of the letter."""

COMMENT = "Kan dit korter?"
"""Stands in the file as the text of a comment, and is no part of the letter."""


def render(letter: Letter, *, tracked: bool = False) -> bytes:
    """The letter; `tracked`: with insertions and deletions that nobody accepted yet, and hyphens that do not break."""
    return _Desk(letter, tracked).file()


class _Desk:
    """Makes one document."""

    def __init__(self, letter: Letter, tracked: bool) -> None:
        self._letter = letter
        self._tracked = tracked
        self._document: Document = docx.Document()
        self._chance = random.Random(letter.name)
        self._changes = 0

    def file(self) -> bytes:
        """The bytes of the document."""
        self._furnish()
        self._head()
        for block in self._letter.blocks:
            self._block(block)
        for line in ("Hoogachtend,", *self._letter.closing):
            self._paragraph([line])
        if self._tracked:
            said_of = next(drawn.runs for drawn in self._document.paragraphs[3:] if drawn.runs)
            comment = self._document.add_comment(said_of, COMMENT, author="Redactie", initials="R")
            comment._comment_elm.set(qn("w:date"), "2031-01-01T09:00:00Z")
        self._footnotes()
        saved, data = io.BytesIO(), io.BytesIO()
        self._document.save(saved)
        with zipfile.ZipFile(saved) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in old.namelist():  # packed anew without the time of its making
                archive.writestr(zipfile.ZipInfo(name), old.read(name), compress_type=zipfile.ZIP_DEFLATED)
        return data.getvalue()

    def _furnish(self) -> None:
        """Head and foot of the pages."""
        section = self._document.sections[0]
        section.header.paragraphs[0].text = self._letter.directorate
        section.header.add_paragraph(f"Ons kenmerk {self._letter.reference}")
        foot = section.footer.paragraphs[0]
        for text, field in (("Pagina ", "PAGE"), (" van ", "NUMPAGES")):
            foot.add_run(text)
            foot._p.append(
                parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
            )

    def _head(self) -> None:
        self._document.core_properties.title = self._letter.subject
        self._document.core_properties.author = ""
        self._paragraph([self._letter.ministry])
        addressee = self._document.add_paragraph("De voorzitter van de Tweede Kamer")
        for line in ("der Staten-Generaal", "Postbus 20018", "2500 EA DEN HAAG"):
            addressee.runs[-1].add_break()
            addressee.add_run(line)
        rows = (("Datum", self._letter.day), ("Betreft", self._letter.subject))
        table = self._document.add_table(rows=2, cols=2)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        self._paragraph([GREETING])

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._paragraph(block.sentences)
            case Heading():
                self._document.add_heading(block.text, level=1)
            case Items():
                number = self._numbering(block.marks)
                for item in block.items:
                    drawn = self._paragraph(item)
                    level = f'<w:ilvl w:val="0"/><w:numId w:val="{number}"/>'
                    drawn._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}>{level}</w:numPr>"))
            case Table():
                self._table(block)
            case Turn():
                self._document.add_paragraph().add_run(block.label).bold = True
                for paragraph in block.paragraphs:
                    self._paragraph(paragraph)

    def _table(self, table: Table) -> None:
        made = self._document.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
        for row, cells in zip(made.rows, (table.columns, *table.rows), strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                for number, sentence in enumerate(in_paragraphs(text)):
                    self._fill(cell.add_paragraph() if number else cell.paragraphs[0], [sentence])

    def _paragraph(self, sentences: Iterable[str]) -> Drawn:
        drawn = self._document.add_paragraph()
        self._fill(drawn, sentences)
        return drawn

    def _fill(self, drawn: Drawn, sentences: Iterable[str]) -> None:
        """Sentences as runs, cut anywhere, as an editor leaves them."""
        for index, sentence in enumerate(sentences):
            if index:
                self._run(drawn._p, " ")
            for part in parts(sentence):
                if isinstance(part, int):
                    reference = f'<w:footnoteReference w:id="{part}"/>'
                    superscript = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                    drawn._p.append(parse_xml(f"<w:r {nsdecls('w')}>{superscript}{reference}</w:r>"))
                    continue
                for number, cut in enumerate(self._cuts(part)):
                    self._cut(drawn._p, cut, number)
            if self._tracked and len(sentence) > 60:
                self._run(self._change(drawn._p, "del"), f" {DELETED}", deleted=True)

    def _cut(self, parent: Any, text: str, number: int) -> None:
        """A cut of a sentence: a plain run, one that stands out, one in a link, or one that was put in later."""
        kind = self._chance.randrange(8)
        if kind == 0:
            parent = self._under(parent, f'<w:hyperlink {nsdecls("w")} w:anchor="_Toc1"/>')
        elif kind == 1:
            parent.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{self._next()}" w:name="_Ref{number}"/>'))
        elif kind == 2:
            parent.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
        elif kind == 3 and self._tracked:
            parent = self._change(parent, "ins")
        self._run(parent, text, italic=kind == 4)

    def _run(self, parent: Any, text: str, *, italic: bool = False, deleted: bool = False) -> None:
        run = self._under(parent, f"<w:r {nsdecls('w')}>{'<w:rPr><w:i/></w:rPr>' if italic else ''}</w:r>")
        for index, piece in enumerate(text.split("-") if self._tracked and not deleted else [text]):
            if index:
                self._under(run, f"<w:noBreakHyphen {nsdecls('w')}/>")
            made = self._under(run, f'<w:{"delText" if deleted else "t"} {nsdecls("w")} xml:space="preserve"/>')
            made.text = piece

    def _change(self, parent: Any, kind: str) -> Any:
        """An insertion or a deletion that nobody accepted yet."""
        tag = f'<w:{kind} {nsdecls("w")} w:id="{self._next()}" w:author="Redactie" w:date="2031-01-01T09:00:00Z"/>'
        return self._under(parent, tag)

    def _under(self, parent: Any, xml: str) -> Any:
        made = parse_xml(xml)
        parent.append(made)
        return made

    def _next(self) -> int:
        self._changes += 1
        return self._changes

    def _cuts(self, text: str) -> Iterator[str]:
        """The text in parts of 3 to 60 characters, cut anywhere."""
        at = 0
        while at < len(text):
            size = self._chance.randrange(3, 60)
            yield text[at : at + size]
            at += size

    def _numbering(self, marks: str) -> int:
        """The number of a list of its own that counts from the beginning."""
        numbering = self._document.part.numbering_part.element
        taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
        number = max(taken) + 1
        form, text = {
            "bullet": ("bullet", "•"),
            "number": ("decimal", "%1."),
            "letter": ("lowerLetter", "%1."),
        }[marks]
        level = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        levels = f'<w:lvl w:ilvl="0">{level}</w:lvl>'
        made = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>')
        numbering.insert(len(taken), made)
        instance = numbering.add_num(number)
        return int(instance.numId)

    def _footnotes(self) -> None:
        """The part with the footnotes: two that draw the rule above them, then those of the letter."""
        notes = [
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        ]
        for number, text in enumerate(self._letter.notes, start=1):
            mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            words = f'<w:r><w:t xml:space="preserve"> {text.replace("&", "&amp;")}</w:t></w:r>'
            notes.append(f'<w:footnote w:id="{number}"><w:p>{mark}{words}</w:p></w:footnote>')
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        xml = f"{head}<w:footnotes {nsdecls('w')}>{''.join(notes)}</w:footnotes>"
        main = self._document.part
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
