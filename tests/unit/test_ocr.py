"""Scanned pages, read with the real Tesseract (Debian: tesseract-ocr, tesseract-ocr-nld)."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from drawn import Sheet, pdf
from toezeggingen.errors import OptionError
from toezeggingen.letters.readers.pdf import ocr, read
from toezeggingen.letters.source import Options

LINES = (
    "Geachte voorzitter,",
    "De brug over de rivier is sinds maart gesloten voor verkeer.",
    "Ik zal uw Kamer voor 1 juli 2031 over het herstel informeren.",
    "De gemeente legt intussen een tweede veerpont aan.",
)


@pytest.fixture(scope="module")
def scan() -> bytes:
    """A page with text, and the same page as a picture of it."""
    page = Sheet().lines(70, 120, *LINES, size=11, step=18)
    drawn = pypdfium2.PdfDocument(pdf(page))[0].render(scale=300 / 72, grayscale=True).to_pil()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawString(70, 700, "Aan de voorzitter van de Tweede Kamer")
    canvas.showPage()
    canvas.drawImage(ImageReader(drawn), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_scanned_page_is_read_and_says_so(scan: bytes) -> None:
    found = read(scan, "brief.pdf", Options(ocr=True))
    first, second = found.pages
    assert (first.ocr, second.ocr) == (False, True)
    assert found.text[second.start : second.end].split("\n") == list(LINES)
    ((code, message),) = found.warnings
    assert code == "ocr"
    assert message.startswith("page 2 was read by OCR (mean confidence 9")


def test_its_lines_know_their_places(scan: bytes) -> None:
    found = read(scan, "brief.pdf", Options(ocr=True))
    line = next(line for line in found.lines if found.text[line.start :].startswith("Ik zal"))
    assert line.page == 2
    assert line.left == pytest.approx(70, abs=2)
    assert line.top < 120 + 2 * 18 < line.bottom + 2


def test_without_the_option_the_page_is_told_of(scan: bytes) -> None:
    found = read(scan, "brief.pdf", Options())
    assert found.warnings == (
        ("scanned-page", "page 2 holds only an image; run OCR first (ocrmypdf -l nld), or use --ocr"),
    )


def test_the_command_line_promises_what_the_scan_promises(scan: bytes, tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan)
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "toezeggingen"),
            "extract",
            str(file),
            "--ocr",
            "--letter-date",
            "2031-05-02",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Ik zal uw Kamer voor 1 juli 2031 over het herstel informeren" in done.stdout
    assert '"until":"2031-06-30"' in done.stdout
    assert '"ocr":true' in done.stdout


def test_without_the_program_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(OptionError, match=r"--ocr needs the program tesseract \(Debian: tesseract-ocr"):
        ocr.check()
