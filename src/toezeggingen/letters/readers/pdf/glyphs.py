"""The characters and rules of a PDF page as PDFium tells them, in points from the page's top left corner as shown."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdfium2 import PdfPage

    _Turn = Callable[[float, float], tuple[float, float]]

_A4 = (595.0, 842.0)

_THIN = 2.5
"""Points: a drawn box that is thinner is a rule."""

_MAX_OBJECTS = 20_000
"""Drawn objects looked at for rules; a page with more is a drawing."""

_MAX_DEPTH = 3
"""Forms inside forms that are looked at for rules and images."""

_SYMBOLS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF02D: "-", 0xF0A8: "□", 0xF076: "❖", 0xF0B0: "°", 0xF0E0: "→",
}  # fmt: skip
"""Characters of Word's symbol fonts, which have no Unicode of their own."""

_BLANK = 0x20
"""PDFium makes up blanks and line ends, which are told from drawn ones."""

_HYPHEN = frozenset({0x02, 0xFFFE})
"""How PDFium tells a hyphen that it saw at the end of a line."""


class Glyph(NamedTuple):
    """One character: its box, its baseline (`base`) and its font size, in points; `spaced`: a blank stands before."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    spaced: bool


class Rule(NamedTuple):
    """A drawn line, horizontal or vertical, or the side of a drawn box."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points, its glyphs in the order in which they were drawn, and what else was drawn.

    `glyphs`: by the way they run (0 to the right, 1 down, 2 to the left, 3 up), that of most of them first, all of them
    and the `rules` turned so that the glyphs run to the right. `unmapped` counts glyphs whose character the file does
    not tell; `pictured` is the part of the page (0 to 1) that images cover.
    """

    width: float
    height: float
    glyphs: tuple[tuple[int, tuple[Glyph, ...]], ...]
    rules: tuple[Rule, ...]
    unmapped: int
    pictured: float

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return sum(len(glyphs) for _, glyphs in self.glyphs)


def shown(
    size: tuple[float, float], turned: int, left: float, top: float, right: float, bottom: float
) -> tuple[float, float, float, float]:
    """The box, in the places of what was `turned`, as it lies on the page of this width and height as shown."""
    width, height = size if turned % 2 == 0 else (size[1], size[0])
    return _box(_turn((4 - turned) % 4, width, height), left, top, right, bottom)


def sheet(page: PdfPage) -> Sheet:
    """What is on `page`."""
    left, bottom, right, top = _sides_of(page)
    quarter = page.get_rotation() // 90
    show = _shown(quarter, left, bottom, right, top)
    width, height = (right - left, top - bottom) if quarter % 2 == 0 else (top - bottom, right - left)
    raw, unmapped = _raw_glyphs(page, show, quarter)
    by_way: dict[int, list[Glyph]] = {}
    for way, glyph in raw:
        by_way.setdefault(way, []).append(glyph)
    ways = sorted(by_way, key=lambda way: len(by_way[way]), reverse=True)
    turns = {way: _turn(way, width, height) for way in ways}
    boxes, pictured = _drawn(page, show)
    return Sheet(
        width=width,
        height=height,
        glyphs=tuple(
            (way, tuple(_turned(glyph, turns[way]) for glyph in by_way[way]) if way else tuple(by_way[way]))
            for way in ways
        ),
        rules=tuple(_rules([_box(turns[ways[0]], *box) for box in boxes] if ways and ways[0] else boxes)),
        unmapped=unmapped,
        pictured=min(1.0, pictured / (width * height or 1.0)),
    )


def _sides_of(page: PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the page in user space; those of A4 where the file tells nonsense."""
    x0, y0, x1, y1 = page.get_cropbox()
    left, right, bottom, top = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if not (math.isfinite(right - left) and math.isfinite(top - bottom)) or right - left < 1 or top - bottom < 1:
        return 0.0, 0.0, *_A4
    return left, bottom, right, top


def _shown(quarter: int, left: float, bottom: float, right: float, top: float) -> _Turn:
    """From PDF's user space (y upwards) to the page as shown (y downwards), turned clockwise by `quarter`s."""
    if quarter == 1:
        return lambda x, y: (y - bottom, x - left)
    if quarter == 2:
        return lambda x, y: (right - x, y - bottom)
    if quarter == 3:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _turn(way: int, width: float, height: float) -> _Turn:
    """Turns a page of `width` by `height` so that what ran `way` (quarters clockwise from left-to-right) is upright."""
    if way == 1:  # ran downwards
        return lambda x, y: (y, width - x)
    if way == 2:
        return lambda x, y: (width - x, height - y)
    if way == 3:  # ran upwards
        return lambda x, y: (height - y, x)
    return lambda x, y: (x, y)


def _box(turn: _Turn, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = turn(left, top), turn(right, bottom)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _turned(glyph: Glyph, turn: _Turn) -> Glyph:
    left, top, right, bottom = _box(turn, glyph.left, glyph.top, glyph.right, glyph.bottom)
    return Glyph(glyph.text, left, top, right, bottom, bottom - 0.22 * (bottom - top), glyph.size, glyph.spaced)


def _raw_glyphs(page: PdfPage, show: _Turn, quarter: int) -> tuple[list[tuple[int, Glyph]], int]:
    """Every glyph that is no blank, with the way it runs, and how many of them have a character that is not told."""
    text = page.get_textpage()
    try:
        return _Told(text.raw, show, quarter).glyphs()
    finally:
        text.close()


class _Told:
    """What PDFium tells of the characters of a page.

    A call of PDFium takes half a microsecond, and a page has some 3,000 characters: what is the same for all that were
    drawn in one go (size, baseline, direction) is asked once.
    """

    def __init__(self, text: object, show: _Turn, quarter: int) -> None:
        self.text, self.show, self.quarter = text, show, quarter
        self.matrix, self.box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.size = self.base = 0.0
        self.way = 0
        self.is_unmapped = False

    def glyphs(self) -> tuple[list[tuple[int, Glyph]], int]:
        """See `_raw_glyphs`."""
        text, show = self.text, self.show
        code_of, made_up, object_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated, _object_of()
        address = ctypes.cast(text, ctypes.c_void_p).value  # type: ignore[arg-type]
        found: list[tuple[int, Glyph]] = []
        spaced, unmapped, half = False, 0, 0
        drawn: int | None = -1
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = code_of(text, index)
            if code <= _BLANK and made_up(text, index) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                half = code
                continue
            if 0xDC00 <= code < 0xE000:
                code, half = (0x10000 + ((half - 0xD800) << 10) + code - 0xDC00, 0) if half else (0xFFFD, 0)
            character = _character(code)
            if character.isspace():
                spaced = True
                continue
            here = object_of(address, index)
            if here != drawn or here is None or self.matrix.b:
                drawn = here
                self._begin(index)
            unmapped += self.is_unmapped or code in (0, 0xFFFD)
            left, top, right, bottom = self._sides(index)
            (x0, y0), (x1, y1) = show(left, top), show(right, bottom)
            if x0 > x1:
                x0, x1 = x1, x0
            if y0 > y1:
                y0, y1 = y1, y0
            found.append((self.way, Glyph(character, x0, y0, x1, y1, self.base, self.size or y1 - y0 or 1.0, spaced)))
            spaced = False
        return found, unmapped

    def _begin(self, index: int) -> None:
        """What is common to the characters that were drawn with the one at `index`."""
        text, matrix = self.text, self.matrix
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        pdfium.FPDFText_GetCharOrigin(text, index, self.x, self.y)
        self.size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        self.base = self.show(self.x.value, self.y.value)[1]
        self.is_unmapped = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        if abs(matrix.b) > abs(matrix.a):
            self.way = (self.quarter + (3 if matrix.b > 0 else 1)) % 4
        else:
            self.way = (self.quarter + (2 if matrix.a < 0 else 0)) % 4

    def _sides(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a character in user space: as wide as it is set, as high as its line."""
        box = self.box
        pdfium.FPDFText_GetLooseCharBox(self.text, index, box)
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        if abs(top - bottom) < 0.05 * self.size or right <= left:  # a font without measures
            sides = [ctypes.c_double() for _ in range(4)]
            pdfium.FPDFText_GetCharBox(self.text, index, *sides)
            left, right, bottom, top = (side.value for side in sides)
        return left, top, right, bottom


@cache
def _object_of() -> Callable[[int | None, int], int | None]:
    """FPDFText_GetTextObject by addresses: pypdfium2's own form makes an object for every answer."""
    form = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    return form(ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0)


def _character(code: int) -> str:
    if code in _HYPHEN:
        return "-"
    if code == 0:
        return "\ufffd"
    return _SYMBOLS.get(code) or chr(code)


def _drawn(page: PdfPage, show: _Turn) -> tuple[list[tuple[float, float, float, float]], float]:
    """The boxes of the paths drawn on the page, and the area of its images (square points)."""
    boxes: list[tuple[float, float, float, float]] = []
    pictured = 0.0
    for kind, left, bottom, right, top in _objects(page):
        if not all(map(math.isfinite, (left, bottom, right, top))):
            continue
        box = _box(show, left, top, right, bottom)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured += (box[2] - box[0]) * (box[3] - box[1])
        else:
            boxes.append(box)
    return boxes, pictured


def _objects(page: PdfPage) -> Iterator[tuple[int, float, float, float, float]]:
    """Paths and images of the page, also those in its forms: kind, and left, bottom, right, top in user space."""
    for count, item in enumerate(
        page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE), max_depth=_MAX_DEPTH)
    ):
        if count >= _MAX_OBJECTS:
            return
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE or not _is_black(item.raw):
            yield item.type, *item.get_bounds()


def _is_black(item: object) -> bool:
    """Whether the path is filled black and has some width: what hides words, and is no cell."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    if mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if min(right.value - left.value, top.value - bottom.value) <= _THIN:
        return False
    pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return max(red.value, green.value, blue.value) < 40


def _rules(boxes: list[tuple[float, float, float, float]]) -> Iterator[Rule]:
    """The thin boxes, and the sides of the others that can be the cell of a table."""
    for left, top, right, bottom in boxes:
        width, height = right - left, bottom - top
        if height <= _THIN < width or width <= _THIN < height:
            yield Rule(left, top, right, bottom)
        elif width > 12 and height > 8:
            yield Rule(left, top, right, top)
            yield Rule(left, bottom, right, bottom)
            yield Rule(left, top, left, bottom)
            yield Rule(right, top, right, bottom)
