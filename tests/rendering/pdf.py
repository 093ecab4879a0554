"""A letter as PDF, in the styles that ministries and the printers of parliament use. Lengths are in points."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from rendering import mastheads
from rendering.letter import Block, Heading, Items, Letter, Paragraph, Table, Turn
from rendering.pages import PADDING, Composer, Page, Row, Sheet
from rendering.typesetting import BOLD, ITALIC, Line, Piece, Setting, Word, register_fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

A4 = (595.28, 841.89)
PRINTED = (558.4, 771.0)
"""The page of official publications."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a letter looks. `form` is "letter" (of a ministry) or "print" (an official publication).

    `kerning`: words are drawn in two parts, the second moved by up to so many times its size; `blanks`: the blanks
    between words are drawn too; `by_rows`: what stands higher is drawn first, across columns.
    """

    form: str
    sheet: Sheet
    text: Setting
    page: tuple[float, float] = A4
    kerning: float = 0
    blanks: bool = True
    by_rows: bool = False


_LETTER = Sheet(((75, 355),), first=520, top=700, bottom=85)
_PRINT = Sheet(((203, 315),), first=440, top=730, bottom=85)
_COLUMNS = Sheet(((40, 229), (289, 229)), first=470, top=730, bottom=85)

STYLES = {
    "letter": Style("letter", _LETTER, Setting(9.5, 13.5)),
    "letter-justified": Style(
        "letter",
        replace(_LETTER, note_columns=2),
        Setting(9, 12.5, justified=True, hyphen="-", ligatures=True),
        kerning=0.04,
        blanks=False,
    ),
    "letter-ghosts": Style(
        "letter",
        replace(_LETTER, columns=((75, 345),), splits_notes=True),
        Setting(9.5, 14, ghosts=True),
    ),
    "print": Style(
        "print",
        _PRINT,
        Setting(8.5, 10.6, justified=True, hyphen="\u00ad", ligatures=True, drops_trema=True),
        page=PRINTED,
    ),
    "print-columns": Style(
        "print",
        _COLUMNS,
        Setting(8, 10, justified=True, hyphen="\u2010"),
        page=PRINTED,
    ),
    "print-interleaved": Style(
        "print",
        _COLUMNS,
        Setting(8, 10, justified=True, hyphen="-", ligatures=True),
        page=PRINTED,
        kerning=0.06,
        blanks=False,
        by_rows=True,
    ),
}


def render(letter: Letter, style: Style, *, compressed: bool = True) -> bytes:
    """The letter in this style; the same letter and style give the same bytes."""
    small = replace(style.text, size=style.text.size * 0.78, leading=style.text.leading * 0.8)
    width = style.sheet.columns[0][1] if style.sheet.note_columns < 2 else _note_width(style.sheet)
    notes = {number: _note(number, text, small, width) for number, text in enumerate(letter.notes, start=1)}
    composer = Composer(style.sheet, notes)
    opening, closing = mastheads.opening(letter, style.form), mastheads.closing(letter, style.form)
    column = style.sheet.columns[0][1]
    for sentence in opening:
        composer.add(style.text.lines(style.text.words([sentence]), column, before=style.text.leading))
    for block in letter.blocks:
        across = isinstance(block, Table) and len(style.sheet.columns) > 1
        composer.add(_set(block, style, _across(style.sheet) if across else column), across=across)
    plain = replace(style.text, justified=False)
    for index, sentence in enumerate(closing):
        lines = plain.lines(plain.words([sentence]), column, before=plain.leading * (2 if index else 1))
        composer.add([replace(line, keep=index + 1 < len(closing)) for line in lines])
    pages = composer.finish()
    for number, page in enumerate(pages, start=1):
        mastheads.furnish(page, letter, style.form, style.page, number, len(pages))
    return _draw(pages, style, seed=letter.name, compressed=compressed)


def _note_width(sheet: Sheet) -> float:
    return sheet.columns[0][1] / sheet.note_columns - 10


def _across(sheet: Sheet) -> float:
    left, (right, width) = sheet.columns[0][0], sheet.columns[-1]
    return right + width - left


def _note(number: int, text: str, small: Setting, width: float) -> Sequence[Line]:
    mark = Word((Piece(str(number), small.font, small.size * 0.7, small.size * 0.3, mark=True),))
    lines = small.lines(small.words([text]), width, indent=9)
    return [replace(lines[0], mark=mark), *lines[1:]]


def _set(block: Block, style: Style, width: float) -> list[Line | Row]:
    """The lines and rows of a block."""
    text = style.text
    bold = replace(text, font=BOLD, justified=False, hyphen="")
    match block:
        case Paragraph():
            return list(text.lines(text.words(block.sentences), width, before=text.leading))
        case Heading():
            bold = replace(bold, spacing=text.size * 0.45) if block.spaced else bold
            return [replace(one, keep=True) for one in bold.lines(bold.words([block.text]), width, before=text.leading)]
        case Items():
            return list(_items(block, text, width))
        case Table():
            return list(_rows(block, style, width))
        case Turn():
            label = replace(text, font=ITALIC, justified=False)
            lines: list[Line | Row] = []
            for paragraph in block.paragraphs:
                lines += text.lines(text.words(paragraph), width)
            head = label.lines(label.words([block.label]), width, before=text.leading)
            return [*(replace(line, keep=True) for line in head), *lines]


def _items(block: Items, text: Setting, width: float) -> Iterator[Line]:
    for index, item in enumerate(block.items):
        mark = "•" if block.marks == "bullet" else block.mark(index)
        lines = text.lines(text.words(item), width, indent=14)
        yield replace(lines[0], mark=text.word(mark), before=0 if index else text.leading * 0.5)
        yield from lines[1:]


def _rows(table: Table, style: Style, width: float) -> Iterator[Row]:
    cell = replace(style.text, size=style.text.size - 1.5, leading=style.text.leading - 1.5, justified=False)
    edges = [sum(table.widths[:index]) * width / 100 for index in range(len(table.widths))]
    for index, row in enumerate((table.columns, *table.rows)):
        setting = cell if index else replace(cell, font=BOLD, hyphen="")
        cells = [
            (edge, part * width / 100, tuple(setting.lines(setting.words([words]), part * width / 100 - 2 * PADDING)))
            for edge, part, words in zip(edges, table.widths, row, strict=True)
        ]
        yield Row(tuple(cells), before=0 if index else style.text.leading, keep=not index)


def _draw(pages: Iterable[Page], style: Style, *, seed: str, compressed: bool) -> bytes:
    register_fonts()
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=style.page, invariant=1, pageCompression=compressed)
    canvas.setTitle("Brief")
    shaken = random.Random(seed)
    for page in pages:
        pieces = sorted(page.pieces, key=lambda one: (-round(one[1]), one[0])) if style.by_rows else page.pieces
        for left, foot, piece in pieces:
            _draw_piece(canvas, left, foot, piece, style, shaken)
        canvas.setLineWidth(0.5)
        for rule in page.rules:
            canvas.line(*rule)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _draw_piece(canvas: Canvas, left: float, foot: float, piece: Piece, style: Style, shaken: random.Random) -> None:
    text = piece.text + " " if style.blanks and not piece.spacing else piece.text
    drawn = canvas.beginText()
    drawn.setFont(piece.font, piece.size)
    drawn.setCharSpace(piece.spacing)
    cut = shaken.randrange(1, len(text)) if style.kerning and len(text) > 3 and not piece.spacing else 0
    if cut:
        head = replace(piece, text=text[:cut])
        moved = shaken.uniform(-style.kerning, style.kerning) * piece.size
        drawn.setTextOrigin(left, foot)
        drawn.textOut(head.text)
        drawn.setTextOrigin(left + head.width + moved, foot)
    else:
        drawn.setTextOrigin(left, foot)
    drawn.textOut(text[cut:])
    canvas.drawText(drawn)
