"""Files that are broken, hostile or not what their name says, through the real program: a clear line, never a hang."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rendering import docx, html, odt, pdf, text, xml
from rendering.letter import letters

PROGRAM = Path(sys.executable).parent / "toezeggingen"
LETTER = next(letter for letter in letters() if letter.name == "uitvoering-fin")
QUOTE = "Ik zal uw Kamer in maart 2031 melden"
SECRET = "Staatsgeheim dat in geen brief staat"
LIMIT = 60
"""Seconds that the program may take over all these files; it reads a letter in a fraction of one."""

SECRET_FILE = "geheim.txt"
OUTSIDE = "buiten.txt"

Maker = Callable[[], bytes]


# --- PDF -------------------------------------------------------------------------------------------------------------


@cache
def printed() -> bytes:
    return pdf.render(LETTER, pdf.STYLES["letter"], compressed=False)


def rewritten(change: Callable[[PdfWriter], object]) -> bytes:
    """The letter as another program writes it, after a change."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed())))
    change(writer)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def locked(password: str) -> bytes:
    return rewritten(lambda writer: writer.encrypt(password, "eigenaar", algorithm="RC4-128"))


def with_attachment() -> bytes:
    return rewritten(lambda writer: writer.add_attachment("bijlage.txt", SECRET.encode()))


def scanned(pages: int, words: str = "") -> bytes:
    """Pages that are a picture, after one with `words` where there are any."""
    data = io.BytesIO()
    canvas = Canvas(data)
    if words:
        canvas.drawString(70, 700, words)
        canvas.showPage()
    picture = ImageReader(Image.effect_noise((200, 280), 50))
    for _ in range(pages):
        canvas.drawImage(picture, 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def long(pages: int, lines: int) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data)
    for number in range(pages):
        for line in range(lines):
            canvas.drawString(
                70, 780 - 16 * line, f"Regel {line} van bladzijde {number} gaat over de sluis bij Rijnstad."
            )
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def by_hand(kids: str, *, count: str = "1", size: str = "5", previous: str = "") -> bytes:
    """A PDF with one page of a few words, object by object."""
    words = b"BT /F1 12 Tf 70 700 Td (Ik stuur uw Kamer voor 1 juli 2031 een brief over de sluis.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    chain = f" /Prev {start}" if previous == "itself" else f" /Prev {previous}" if previous else ""
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R{chain} >>\nstartxref\n{start}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


# --- zip and what is one ---------------------------------------------------------------------------------------------


def packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def replaced(archive: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """An archive with the text of one file changed; without the file where nothing is left of it."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(data, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            content = change(content.decode()).encode() if info.filename == name else content
            if content:
                new.writestr(info, content)
    return data.getvalue()


def bomb(name: str, megabytes: int = 120) -> bytes:
    """An archive with a file that unpacks to far more than it says anybody can send."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as file:
        for _ in range(megabytes):
            file.write(b" " * 1_000_000)
    return data.getvalue()


def nested(depth: int) -> bytes:
    data = text.render(LETTER)
    name = "brief.txt"
    for _ in range(depth):
        data, name = packed({name: data}), "binnen.zip"
    return data


# --- entities --------------------------------------------------------------------------------------------------------


def laughing(words: str) -> str:
    """`words` with entities that grow to a billion words, one of which is used."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return declared(words, f'<!ENTITY l0 "lachen ">{levels}', "&l9;")


def stealing(words: str) -> str:
    """`words` with an entity that is another file of the folder."""
    return declared(words, f'<!ENTITY e SYSTEM "{SECRET_FILE}">', "&e;")


def declared(words: str, entities: str, use: str) -> str:
    head, mark, rest = words.partition("?>")
    if not mark:
        head, mark, rest = "", "", re.sub(r"(?i)<!doctype html>", "", words)
    return f"{head}{mark}<!DOCTYPE x [{entities}]>{rest.replace('Twee keer', f'{use} Twee keer')}"


def changed(make: Callable[..., bytes], change: Callable[[str], str], part: str = "") -> bytes:
    made = make(LETTER)
    return replaced(made, part, change) if part else change(made.decode()).encode()


# --- the table -------------------------------------------------------------------------------------------------------

# What must be refused: the name of the file, what makes it, and what the line has to say.
REFUSED: dict[str, tuple[Maker, str]] = {
    "gesloten.pdf": (partial(locked, "geheim"), r"password"),
    "begin.pdf": (lambda: printed()[:300], r"damaged|not complete|cannot be read|no pages"),
    "zonder-pagina.pdf": (partial(by_hand, "", count="0"), r"no pages|damaged"),
    "scan.pdf": (partial(scanned, 3), r"(?i)page.*(image|picture).*OCR"),
    "vijfduizend.pdf": (partial(long, 5_000, lines=1), r"5,?000 pages|more than [\d,]+ pages"),
    "bom.zip": (partial(bomb, "brief.txt"), r"larger|unpack"),
    "bom.docx": (partial(bomb, "word/document.xml"), r"larger|unpack|Word"),
    "bom.odt": (
        lambda: replaced(odt.render(LETTER), "content.xml", lambda words: words.replace("Twee", " " * 120_000_000)),
        r"larger|unpack|OpenDocument",
    ),
    "diep.zip": (partial(nested, 9), r"deep"),
    "leeg.zip": (partial(packed, {}), r"no files|no letters"),
    "half.zip": (lambda: packed({"brief.txt": text.render(LETTER)})[:-40], r"damaged|not complete"),
    "zonder-document.docx": (
        lambda: replaced(docx.render(LETTER), "word/document.xml", lambda words: ""),
        r"word/document\.xml|no words|no text|damaged",
    ),
    "half.docx": (lambda: docx.render(LETTER)[:9000], r"damaged|not complete"),
    "half.odt": (lambda: odt.render(LETTER)[:1500], r"damaged|not complete"),
    "groot.html": (lambda: b"<!DOCTYPE html><p>" + b"De pont vaart. " * 3_500_000, r"larger than a letter"),
    "leeg.html": (lambda: b"<!DOCTYPE html><html><body><!-- niets --></body></html>", r"white space|no words|empty"),
    "half.xml": (lambda: xml.render(LETTER)[:900], r"damaged|not complete|well-formed|not.*XML"),
}

# What is a letter all the same: the name of the file, what makes it, and the type that it is found to be.
READ: dict[str, tuple[Maker, str]] = {
    "open-slot.pdf": (partial(locked, ""), "application/pdf"),
    "bijlage.pdf": (with_attachment, "application/pdf"),
    "pdf-als.txt": (printed, "application/pdf"),
    "docx-als.pdf": (partial(docx.render, LETTER), ""),
    "odt-als.docx": (partial(odt.render, LETTER), "application/vnd.oasis.opendocument.text"),
    "html-als.xml": (partial(html.render_page, LETTER), "text/html"),
    "xml-als.html": (partial(xml.render, LETTER), "application/xml"),
    "tekst-als.pdf": (partial(text.render, LETTER), "text/plain"),
    "lus.pdf": (lambda: rewritten(lambda writer: None).replace(b"/Size", b"/Prev 9 /Size", 1), "application/pdf"),
    "stijl.html": (
        lambda: html.render_page(LETTER).replace(b"</style>", b"p { margin: 1em }\n" * 2_500_000 + b"</style>", 1),
        "text/html",
    ),
}

# What may be refused or read, as long as it is one of the two: the name of the file, and what makes it.
EITHER: dict[str, Maker] = {
    "miljard.pdf": partial(by_hand, "3 0 R 3 0 R 3 0 R", count="1000000000"),
    "twee-derde.pdf": lambda: printed()[: len(printed()) * 2 // 3],
    "miljard-objecten.pdf": partial(by_hand, "3 0 R", size="1000000000"),
    "kringloop.pdf": partial(by_hand, "3 0 R", previous="itself"),
    "vorige.pdf": partial(by_hand, "3 0 R", previous="99999999999"),
    "boom-in-kring.pdf": partial(by_hand, "3 0 R 2 0 R 2 0 R", count="3"),
    "lachen.xml": partial(changed, xml.render, laughing),
    "lachen.html": partial(changed, html.render_page, laughing),
    "lachen.docx": partial(changed, docx.render, laughing, "word/document.xml"),
    "lachen.odt": partial(changed, odt.render, laughing, "content.xml"),
    "stelen.xml": partial(changed, xml.render, stealing),
    "stelen.html": partial(changed, html.render_page, stealing),
    "stelen.docx": partial(changed, docx.render, stealing, "word/document.xml"),
    "stelen.odt": partial(changed, odt.render, stealing, "content.xml"),
    "diepe-tags.html": lambda: b"<!DOCTYPE html>" + b"<div>" * 200_000 + QUOTE.encode(),
    "diepe-tags.xml": lambda: b"<?xml version='1.0'?><officiele-publicatie>" + b"<al>" * 200_000 + QUOTE.encode(),
}

# Archives with more in them: the name of the file, what makes it, and the paths of the letters.
ARCHIVES: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "buiten.zip": (
        lambda: packed({f"../{OUTSIDE}": text.render(LETTER), "/" + OUTSIDE: html.render_page(LETTER)}),
        (f"buiten.zip!../{OUTSIDE}", f"buiten.zip!/{OUTSIDE}"),
    ),
    "in-elkaar.zip": (
        lambda: packed({"map/a.zip": nested(1), "map/b.pdf": printed()}),
        ("in-elkaar.zip!map/a.zip!brief.txt", "in-elkaar.zip!map/b.pdf"),
    ),
}


@dataclass(frozen=True, slots=True)
class Run:
    """What the program did with all of them."""

    code: int
    lines: list[str]
    records: dict[str, dict[str, Any]]
    failures: list[dict[str, Any]]
    seconds: float
    folder: Path


def call(folder: Path, *arguments: str) -> Run:
    """Extract in `folder`, and read what was written."""
    command: list[str | Path] = [PROGRAM, "extract", *arguments, "-o", "uit.jsonl", "--errors", "fouten.jsonl"]
    began = time.monotonic()
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=300, check=False)
    seconds = time.monotonic() - began
    out, errors = folder / "uit.jsonl", folder / "fouten.jsonl"
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()] if out.exists() else []
    return Run(
        done.returncode,
        done.stderr.splitlines(),
        {record["source"]["path"]: record for record in records},
        [json.loads(line) for line in errors.read_text("utf-8").splitlines()],
        seconds,
        folder,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run over every file, with a good letter before and after them."""
    folder = tmp_path_factory.mktemp("bad") / "brieven"
    folder.mkdir()
    makers: dict[str, Maker] = {
        "eerste.txt": partial(text.render, LETTER),
        **{name: row[0] for table in (REFUSED, READ) for name, row in table.items()},
        **EITHER,
        **{name: row[0] for name, row in ARCHIVES.items()},
        "laatste.txt": partial(text.render, LETTER),
    }
    for name, make in makers.items():
        (folder / name).write_bytes(make())
    (folder / SECRET_FILE).write_text(SECRET, encoding="utf-8")
    return call(folder, *makers, "--max-seconds", "30")


together = pytest.mark.xdist_group("bad-files")


def _lines(run: Run, name: str) -> list[str]:
    return [line for line in run.lines if line.startswith((f"{name}: ", f"{name}!"))]


@together
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_clear_line(run: Run, name: str) -> None:
    (line,) = _lines(run, name)
    assert re.search(REFUSED[name][1], line)
    assert "internal error" not in line
    assert len(line) < 300
    assert name not in run.records


@together
@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read(run: Run, name: str) -> None:
    record = run.records[name]
    assert record["source"]["media_type"].startswith(READ[name][1])
    assert [one for one in record["commitments"] if QUOTE in " ".join(one["text"].split())]


@together
@pytest.mark.parametrize("name", EITHER)
def test_what_is_hostile_is_refused_or_read(run: Run, name: str) -> None:
    lines = _lines(run, name)
    assert len(lines) + (name in run.records) == 1
    assert not [line for line in lines if "internal error" in line]


@together
def test_half_a_letter_is_never_read_as_if_it_were_whole(run: Run) -> None:
    record = run.records.get("twee-derde.pdf")
    assert record is None or record["warnings"]


@together
@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_hold_letters(run: Run, name: str) -> None:
    found = [path for path in run.records if path.startswith(f"{name}!")]
    assert sorted(found) == sorted(ARCHIVES[name][1])
    assert _lines(run, name) == []


@together
def test_good_letters_are_read_around_bad_ones(run: Run) -> None:
    assert {"eerste.txt", "laatste.txt"} <= set(run.records)
    assert run.code == 1


@together
def test_every_line_has_its_error_record(run: Run) -> None:
    assert [failure["message"] for failure in run.failures] == [line for line in run.lines if "; " in line]
    for failure in run.failures:
        assert set(failure) >= {"path", "stage", "found", "remedy", "message"}
        assert failure["message"] == f"{failure['path']}: {failure['found']}; {failure['remedy']}"


@together
def test_nothing_else_is_said_and_nothing_is_written_elsewhere(run: Run) -> None:
    assert not [line for line in run.lines if "Traceback" in line or line.startswith(" ")]
    assert not (run.folder.parent / OUTSIDE).exists()
    assert not (run.folder / OUTSIDE).exists()


@together
def test_the_options_that_are_advised_exist(run: Run) -> None:
    advised = {option for line in run.lines for option in re.findall(r"--[a-z][a-z-]+", line)}
    shown = subprocess.run([PROGRAM, "extract", "--help"], capture_output=True, encoding="utf-8", check=True).stdout
    assert advised
    assert advised - set(re.findall(r"--[a-z][a-z-]+", shown)) == set()


@together
def test_no_other_file_comes_into_a_record(run: Run) -> None:
    assert [path for path, record in run.records.items() if SECRET in json.dumps(record, ensure_ascii=False)] == []


@together
def test_all_of_it_ends_in_time(run: Run) -> None:
    assert run.seconds < LIMIT


def test_pages_that_are_pictures_are_told_apart_from_pages_with_words(tmp_path: Path) -> None:
    (tmp_path / "deels.pdf").write_bytes(
        scanned(2, words="Ik stuur uw Kamer voor 1 juli 2031 een brief over de sluis.")
    )
    done = call(tmp_path, "deels.pdf")
    assert done.code == 0
    told = " ".join(one["message"] for one in done.records["deels.pdf"]["warnings"] if "OCR" in one["message"])
    assert re.findall(r"\b\d\b", told) == ["2", "3"]


def test_a_letter_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "lang.pdf").write_bytes(long(900, lines=40))
    (tmp_path / "kort.pdf").write_bytes(printed())
    done = call(tmp_path, "lang.pdf", "kort.pdf", "--max-seconds", "1")
    (line,) = done.lines
    assert line.startswith("lang.pdf: ")
    assert "--max-seconds" in line
    assert list(done.records) == ["kort.pdf"]
    assert done.seconds < LIMIT


def test_a_letter_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "breed.html").write_bytes(
        b"<!DOCTYPE html><body>" + b'<b class="de" lang="nl" title="pont" style="vaart">x</b>' * 850_000
    )
    (tmp_path / "kort.html").write_bytes(html.render_page(LETTER))
    done = call(tmp_path, "breed.html", "kort.html", "--max-memory", "500")
    (line,) = done.lines
    assert line.startswith("breed.html: ")
    assert "--max-memory" in line
    assert list(done.records) == ["kort.html"]
    assert done.seconds < LIMIT


def test_a_file_that_changes_while_it_is_read_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes(text.render(LETTER) + b"De pont vaart.\n" * 3_000_000)
    stop = threading.Event()

    def touch() -> None:
        while not stop.is_set():
            os.utime(path, ns=(time.time_ns(), time.time_ns()))

    toucher = threading.Thread(target=touch)
    toucher.start()
    try:  # on a busy machine the other thread may sleep through a reading
        tries = (call(tmp_path, "brief.txt") for _ in range(10))
        done = next((one for one in tries if "changed while it was read" in one.lines[0]), None)
    finally:
        stop.set()
        toucher.join()
    assert done is not None
    assert len(done.lines) == 1
    assert (done.code, done.records) == (1, {})
    assert [failure["path"] for failure in done.failures] == ["brief.txt"]
