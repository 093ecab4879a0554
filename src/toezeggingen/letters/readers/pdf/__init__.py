"""PDF, by PDFium: characters with their places in, words in reading order out.

glyphs (what PDFium tells) -> segments (pieces of lines) -> tables, layout (reading order) -> roles (notes, margins,
running lines) -> text with its places. PDFium is not thread-safe: one document at a time in a process.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from toezeggingen.errors import LetterError, OptionError
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.pdf import ocr, roles
from toezeggingen.letters.readers.pdf.glyphs import sheet, shown
from toezeggingen.letters.readers.pdf.layout import Placed, read_in_order
from toezeggingen.letters.readers.pdf.segmentation import segments
from toezeggingen.letters.readers.pdf.tables import grids
from toezeggingen.letters.source import Mark, Marker, Options, Page, PlacedLine, Reading

if TYPE_CHECKING:
    from toezeggingen.letters.readers.pdf.glyphs import Sheet
    from toezeggingen.letters.readers.pdf.segmentation import Segment
    from toezeggingen.letters.readers.pdf.tables import Grid

_ADVICE = "run OCR first (ocrmypdf -l nld), or use --ocr"

_FULL = 0.7
"""Of the page: an image that covers as much can be a scan."""

_STAMP = 80
"""Characters: on a scan fewer are a stamp or a page number put on it."""

_UNITS = ("m", "km", "cm", "mm", "dm")
"""What a raised 2 or 3 stands behind that is no footnote's marker."""


def read(data: bytes, path: str, options: Options) -> Reading:
    """The text of a PDF with its pages, the places of its lines, and its footnotes and furniture marked.

    Raises LetterError where the file is encrypted, broken, longer than `options.max_pages`, or holds no text at all.
    """
    document = _open(data, path)
    try:
        count = len(document)
        if not count:
            raise LetterError(path, "this PDF has no pages", "check how it was made or downloaded")
        if count > options.max_pages:
            found = f"this PDF has {count:,} pages, more than a letter has (at most {options.max_pages:,})"
            raise LetterError(path, found, "split it, or raise the limit (--max-pages)")
        return _Reader(document, path, options).read()
    except pdfium.PdfiumError as error:
        raise _broken(path, error) from error
    finally:
        document.close()


def _open(data: bytes, path: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise LetterError(path, "this PDF is encrypted", "save it without a password and try again") from error
        raise _broken(path, error) from error


def _broken(path: str, error: Exception) -> LetterError:
    return LetterError(path, f"this PDF is damaged ({str(error).rstrip('.')})", "make or download it again")


class _Reader:
    """One document: its pages, then its text."""

    def __init__(self, document: pdfium.PdfDocument, path: str, options: Options) -> None:
        self.document, self.path, self.options = document, path, options
        self.warnings: list[tuple[str, str]] = []
        self.sheets: list[_Page] = []

    def read(self) -> Reading:
        """The reading."""
        for number in range(1, len(self.document) + 1):
            self.sheets.append(self._page(number))
        if not any(page.has_words for page in self.sheets):
            raise LetterError(self.path, *self._nothing())
        self._warn()
        body = roles.body_size(one for page in self.sheets for one in page.segments)
        for page in self.sheets:
            page.lay_out(body)
        notes = roles.assign([page.placed for page in self.sheets], body)
        return _written(self.sheets, notes, tuple(self.warnings))

    def _page(self, number: int) -> _Page:
        try:
            page = self.document[number - 1]
        except pdfium.PdfiumError:
            self.warnings.append(("broken-page", f"page {number} is damaged and was left out"))
            return _Page(number, None)
        try:
            found = _Page(number, sheet(page))
            if found.is_scan and self.options.ocr:
                self._recognise(found, page)
        finally:
            page.close()
        return found

    def _recognise(self, found: _Page, page: pdfium.PdfPage) -> None:
        """Read the picture of a page. Raises LetterError where that cannot be done here."""
        try:
            words, sure = ocr.recognise(page)
        except OptionError as error:
            raise LetterError(self.path, f"page {found.number} holds only an image", str(error)) from error
        found.see(words)
        found.ocr = True
        self.warnings.append(("ocr", f"page {found.number} was read by OCR (mean confidence {sure:.0f}%)"))

    def _nothing(self) -> tuple[str, str]:
        """What to say of a document without text."""
        pages = "its page holds" if len(self.sheets) == 1 else f"all {len(self.sheets)} pages hold"
        if any(page.unmapped for page in self.sheets):
            return f"{pages} letters whose codes are lost", _ADVICE
        if any(page.is_scan for page in self.sheets):
            return f"{pages} only an image", _ADVICE
        return f"{pages} no text", "check how it was made"

    def _warn(self) -> None:
        """Tell of pages that are pictures, and of files inside the file."""
        scans = [page.number for page in self.sheets if page.is_scan and not page.ocr]
        for number in scans:
            what = "letters whose codes are lost" if self.sheets[number - 1].unmapped else "only an image"
            self.warnings.append(("scanned-page", f"page {number} holds {what}; {_ADVICE}"))
        if attached := raw.FPDFDoc_GetAttachmentCount(self.document):
            files = "1 file is" if attached == 1 else f"{attached} files are"
            self.warnings.append(("attachments", f"{files} embedded in this PDF and not read; save them apart"))


class _Page:
    """A page on its way: what is on it, and what stands where in reading order."""

    def __init__(self, number: int, found: Sheet | None) -> None:
        self.number = number
        self.ocr = False
        self.placed: list[Placed] = []
        self.see(found)

    def see(self, found: Sheet | None) -> None:
        """Take the pieces of lines from what was found on the page; none where most of the letters are not told."""
        self.size = (found.width, found.height) if found else (0.0, 0.0)
        self.count = found.count if found else 0
        self.unmapped = found.unmapped if found else 0
        self.pictured = found.pictured if found else 0.0
        self.tables: list[Grid] = []
        self.segments: list[Segment] = []
        self.across: list[Segment] = []
        if found is None or not found.glyphs or found.unmapped > 0.4 * found.count:
            return
        self.tables = grids(found.rules)
        walls = [wall for table in self.tables for wall in table.walls]
        turned, glyphs = found.glyphs[0]
        self.segments = segments(glyphs, walls, turned)
        self.across = [one for turned, glyphs in found.glyphs[1:] for one in segments(glyphs, turned=turned)]

    def lay_out(self, body: float) -> None:
        """Put the pieces in reading order; `body` is the size of the document's text.

        What runs another way than most of the page stands at its end, as furniture: the stamps and codes of a margin.
        """
        self.placed = read_in_order(self.segments, self.tables, body)
        self.placed += [Placed(one, "\n\n", zone=Zone.FURNITURE) for one in self.across]

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.segments)

    @property
    def is_scan(self) -> bool:
        """Whether it holds an image and hardly a word, or words whose letters the file does not tell."""
        if self.has_words:
            return self.pictured > _FULL and self.count < _STAMP
        return self.pictured > 0.1 or bool(self.unmapped)


# --- text ------------------------------------------------------------------------------------------------------------


def _written(sheets: list[_Page], notes: set[int], warnings: tuple[tuple[str, str], ...]) -> Reading:
    """The text of all pages, a form feed at the end of each but the last, with the places in it."""
    text = _Text(notes)
    pages: list[Page] = []
    for page in sheets:
        start = text.length
        text.add_page(page)
        if page is not sheets[-1]:
            text.add("\f")
        width, height = page.size
        pages.append(Page(page.number, start, text.length, round(width, 1), round(height, 1), page.ocr))
    return Reading(
        "".join(text.parts), tuple(pages), tuple(text.lines), tuple(text.marks), tuple(text.markers), warnings=warnings
    )


class _Text:
    """The text in the making."""

    def __init__(self, notes: set[int]) -> None:
        self.notes = notes
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[PlacedLine] = []
        self.marks: list[Mark] = []
        self.markers: list[Marker] = []

    def add(self, words: str) -> None:
        """Words at the end."""
        self.parts.append(words)
        self.length += len(words)

    def add_page(self, page: _Page) -> None:
        """The words of a page."""
        for _, group in groupby(_with_groups(page.placed), key=lambda pair: pair[0]):
            members = [placed for _, placed in group]
            start = self.length
            for place, placed in enumerate(members):
                self.add(placed.before)
                start = self.length if place == 0 else start
                self._add_segment(placed, page)
            first = members[0]
            zone = _zone_of(first)
            if zone is not None:
                self.marks.append(Mark(zone, start, self.length, first.note))

    def _add_segment(self, placed: Placed, page: _Page) -> None:
        segment = placed.segment
        start = self.length
        self.add(segment.text)
        box = shown(page.size, segment.turned, segment.left, segment.top, segment.right, segment.bottom)
        self.lines.append(PlacedLine(start, self.length, page.number, *(round(side, 1) for side in box)))
        if placed.zone is not None:
            return
        for first, last in segment.raised:
            digits = segment.text[first:last].strip(", ")
            if digits.isdecimal() and int(digits) in self.notes and not self._is_unit(first, segment.text):
                self.markers.append(Marker(int(digits), start + first, start + last))

    def _is_unit(self, first: int, words: str) -> bool:
        """Whether the raised digit belongs to m² or km³."""
        before = words[:first].rsplit(None, 1)[-1:] or [""]
        return before[0] in _UNITS


def _zone_of(placed: Placed) -> Zone | None:
    return placed.zone or (Zone.TABLE if placed.row else None)


def _with_groups(page: list[Placed]) -> list[tuple[int, Placed]]:
    """Each segment with the number of its group: segments that one mark covers have the same."""
    found: list[tuple[int, Placed]] = []
    group = 0
    before: Placed | None = None
    for placed in page:
        is_same = (
            before is not None
            and before.zone is placed.zone
            and before.row == placed.row
            and not placed.note
            and (not placed.begins_line or placed.zone is not None or bool(placed.row))
        )
        group += not is_same
        found.append((group, placed))
        before = placed
    return found
