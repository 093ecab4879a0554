"""Words recognised in the picture of a page, by Tesseract: the extra `ocr`, and the program with its Dutch data."""

from __future__ import annotations

import os
import statistics
from functools import cache
from typing import TYPE_CHECKING, Any

from toezeggingen.errors import OptionError
from toezeggingen.letters.readers.pdf.glyphs import Glyph, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

LANGUAGE = "nld"
_DPI = 300
_MAX_PIXELS = 40_000_000
_POINTS = 72
_DROP = 0.22
"""Of the height of a line: what hangs below its baseline."""


def check() -> None:
    """Raise OptionError where OCR cannot be done here, with what to install."""
    try:
        import pytesseract
    except ImportError as error:
        raise OptionError("--ocr needs the extra `ocr`: pip install 'toezeggingen[ocr]'") from error
    try:
        languages = pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError as error:
        raise OptionError("--ocr needs the program tesseract (Debian: tesseract-ocr tesseract-ocr-nld)") from error
    if LANGUAGE not in languages:
        raise OptionError("--ocr needs Tesseract's Dutch data (Debian: tesseract-ocr-nld)")


@cache
def _checked() -> None:
    check()


def recognise(page: PdfPage) -> tuple[Sheet, float]:
    """The words of a page as if they had been drawn on it, and how sure Tesseract is of them (mean, 0 to 100).

    All words of a page have one font size: their heights in a scan say too little. Raises OptionError as `check` does.
    """
    _checked()
    import pytesseract

    width, height = page.get_size()
    scale = min(_DPI / _POINTS, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    image = page.render(scale=scale, grayscale=True).to_pil()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # more threads make it slower, and its results vary
    told = pytesseract.image_to_data(image, lang=LANGUAGE, output_type=pytesseract.Output.DICT)
    lines = list(_lines(told, scale))
    sizes = [bottom - top for line in lines for _, _, top, _, bottom, _ in line]
    size = statistics.median(sizes) * 1.2 if sizes else 1.0
    glyphs = tuple(glyph for line in lines for glyph in _glyphs(line, size))
    sure = [word[5] for line in lines for word in line]
    return Sheet(width, height, ((0, glyphs),), (), 0, 1.0), statistics.fmean(sure) if sure else 0.0


_Word = tuple[str, float, float, float, float, float]  # text, left, top, right, bottom (points), confidence


def _lines(told: dict[str, Any], scale: float) -> Iterator[list[_Word]]:
    """The words of each line that Tesseract saw."""
    line: list[_Word] = []
    before = None
    for number, text in enumerate(told["text"]):
        here = tuple(told[key][number] for key in ("block_num", "par_num", "line_num"))
        if here != before and line:
            yield line
            line = []
        before = here
        if not str(text).strip():
            continue
        left, top = told["left"][number] / scale, told["top"][number] / scale
        right, bottom = left + told["width"][number] / scale, top + told["height"][number] / scale
        line.append((str(text).strip(), left, top, right, bottom, float(told["conf"][number])))
    if line:
        yield line


def _glyphs(line: list[_Word], size: float) -> Iterator[Glyph]:
    """The words of a line on one baseline."""
    base = statistics.median(bottom for _, _, _, _, bottom, _ in line)
    for text, left, top, right, bottom, _ in line:
        yield Glyph(text, left, min(top, base - 0.6 * size), right, max(bottom, base + _DROP * size), base, size, True)
