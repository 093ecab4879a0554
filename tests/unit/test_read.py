"""Reading a file: every form it can have, every way in which it can be bad, and that nothing of plain text changes."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen.errors import LetterError
from toezeggingen.letters.formats import FORMATS, SUFFIXES, form_of, is_plain
from toezeggingen.letters.read import read, read_bytes
from toezeggingen.letters.source import Options, Page

NOBODY = 65534  # of every Debian; any user but root would do


def _zip(*names: str, kind: str = "text") -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, f"application/vnd.oasis.opendocument.{kind}" if name == "mimetype" else "x")
    return data.getvalue()


BAD = [
    ("empty", b"", "is empty"),
    ("white space", b" \r\n\t\n\f ", "only white space"),
    ("a byte order mark and nothing else", b"\xef\xbb\xbf", "only white space"),
    ("a NUL", b"De pont\0vaart", "NUL byte at 7"),
    ("neither UTF-8 nor windows-1252", b"De pont vaart \x81 niet \xe9", "byte 0x81 at 14"),
    ("control characters", bytes(range(1, 32)) * 9, "control characters"),
    ("an old Word document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9, "Word document (.doc)"),
    ("rich text", b"{\\rtf1 De pont}", "RTF"),
    ("a spreadsheet", _zip("xl/workbook.xml"), "spreadsheet"),
    ("another spreadsheet", _zip("mimetype", kind="spreadsheet"), "spreadsheet"),
    ("slides", _zip("ppt/presentation.xml"), "presentation"),
    ("a letter sealed", b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "signed or encrypted"),
    ("what Outlook packs", b'x\x9f>"\x01\x00', "winmail.dat"),
    ("what goes with a publication", b"<?xml version='1.0'?>\n<metadata_gegevens/>", "metadata of a publication"),
    ("a picture", b"\x89PNG\r\n\x1a\n", "picture"),
    ("a packed file", b"\x1f\x8b\x08", "compressed"),
    ("half of a UTF-16 character", b"\xff\xfeD\0e", "breaks off"),
    ("UTF-16 with NULs", b"\xff\xfe\0\0" + b"D\0\0\0\0\0\0\0", "NUL"),
]


HEADERS = b"Received: from a.example\r\n\tby b.example\r\nMIME-Version: 1.0\r\n"
FORMS = [
    ("a PDF", "pdf", b"%PDF-1.7\n%\xe2\xe3"),
    ("a PDF behind other bytes", "pdf", b"\n\n%PDF-1.4\n"),
    ("a Word document", "docx", _zip("word/document.xml")),
    ("a Word document broken off", "docx", _zip("word/document.xml")[:60]),
    ("an OpenDocument text", "odt", _zip("mimetype")),
    ("an archive", "archive", _zip("brief.txt")),
    ("an archive of nothing", "archive", _zip()),
    ("a page", "html", b"\xef\xbb\xbf \n<!DOCTYPE html><p>De pont"),
    ("another page", "html", b"<HTML><p>De pont"),
    ("a page that is XML too", "html", b'<?xml version="1.0"?>\n<html><p>De pont</p></html>'),
    ("XML", "xml", b'<?xml version="1.0"?><brief/>'),
    ("a mail", "mail", HEADERS + b"\r\nDe pont vaart."),
    ("a mail behind a mark", "mail", b"\xef\xbb\xbf\n" + HEADERS + b"\r\nDe pont vaart."),
    ("a mail out of a mailbox", "mail", b"From veer@example.org Fri Mar  6\n" + HEADERS + b"\r\nDe pont vaart."),
    ("a mail of a machine with returns", "mail", HEADERS.replace(b"\r\n", b"\r") + b"\rDe pont vaart."),
    ("a mail with headers of 20 kB", "mail", b"X-A: b\r\n" * 3000 + HEADERS + b"\r\nDe pont vaart."),
    ("a letter with a head of its own", "plain", b"Datum: 6 maart 2026\nBetreft: de pont\n\nDe pont vaart."),
    ("a letter about mail", "plain", b"Geachte heer,\nFrom: veer\nMIME-Version: 1.0\n\nDe pont vaart."),
    ("a letter from abroad", "plain", b"From: veer\nTo: sluis\nSubject: de pont\n\nDe pont vaart."),
    ("text", "plain", b"De pont vaart."),
    ("UTF-16", "plain", "De pont".encode("utf-16")),
]


@pytest.mark.parametrize(("reader", "data"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
def test_what_a_file_is_its_bytes_say(reader: str, data: bytes) -> None:
    assert form_of(data).reader == reader
    assert is_plain(data) == (reader == "plain")


def test_every_form_that_is_read_has_a_reader_and_a_suffix_of_its_own() -> None:
    suffixes = {".txt", ".md", ".pdf", ".docx", ".odt", ".html", ".htm", ".xhtml", ".xml", ".eml", ".zip"}
    assert set(SUFFIXES) == suffixes
    assert len(SUFFIXES) == len(suffixes)
    assert {form.reader for form in FORMATS if form.suffixes} == {form.reader for form in FORMATS}
    for form in FORMATS:
        if form.reader is not None:
            module = import_module(f"toezeggingen.letters.readers.{form.reader}")
            assert callable(module.members if form.holds_files else module.read)


@pytest.mark.parametrize(("data", "found"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_says_where_what_and_what_to_do(data: bytes, found: str) -> None:
    with pytest.raises(LetterError) as raised:
        read_bytes(data, "brieven/pont.txt")
    message = str(raised.value)
    assert message.startswith("brieven/pont.txt: this ")
    assert found in message
    assert len(message.splitlines()) == 1
    assert raised.value.remedy in message
    assert len(raised.value.remedy) > 10


def test_nothing_is_changed() -> None:
    text = "\ufeffDe pont\r\nvaart \u00ad\t\fniet\u2028meer.\r\v\x85\n\n"
    source = read_bytes(text.encode(), "pont.txt")
    assert source.text == text
    assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert source.warnings == ()


@given(st.text().filter(lambda text: text.strip("\ufeff \t\n\r\f\v\u00a0") and "\0" not in text))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    try:
        source = read_bytes(text.encode(), "pont.txt")
    except LetterError:
        return  # it begins like another format, or is full of control characters
    if not text.startswith(("\ufeff", "\xff", "\xfe")):
        assert source.text == text


@given(st.text(alphabet="a\f\n ", max_size=40).filter(str.strip))
def test_pages_cover_the_text(text: str) -> None:
    source = read_bytes(text.encode(), "pont.txt")
    assert "".join(text[page.start : page.end] for page in source.pages) == text
    assert [page.number for page in source.pages] == list(range(1, len(source.pages) + 1))
    assert all(text[page.end - 1] == "\f" for page in source.pages[:-1])
    assert all("\f" not in text[page.start : page.end - 1] for page in source.pages[:-1])


def test_pages() -> None:
    assert read_bytes(b"a\fbc\f\n", "x").pages == (Page(1, 0, 2), Page(2, 2, 6))
    assert read_bytes(b"abc", "x").pages == (Page(1, 0, 3),)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("x.txt", "plain"), ("x.md", "markdown"), ("X.MD", "markdown"), ("x.markdown", "markdown"), ("x", "plain")],
)
def test_media_type(name: str, kind: str) -> None:
    assert read_bytes(b"De pont", name).media_type == f"text/{kind}"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_other_encodings_are_read_with_a_warning(encoding: str) -> None:
    mark = "" if encoding == "cp1252" else "\ufeff"
    source = read_bytes(f"{mark}De geëerde schipper – één".encode(encoding), "pont.txt")
    assert source.text == f"{mark}De geëerde schipper – één"
    assert [code for code, _ in source.warnings] == ["encoding"]
    assert "windows-1252" in source.warnings[0][1] or encoding in source.warnings[0][1]


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pont.txt"
    path.write_bytes(b"De pont\r\nvaart.")
    source = read(path)
    assert (source.path, source.text) == (str(path), "De pont\r\nvaart.")


def test_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, found in (
        (tmp_path, "is a folder"),
        (tmp_path / "none.txt", "no such file"),
        (pipe, "not a regular file"),
    ):
        with pytest.raises(LetterError, match=found):
            read(path)
    with pytest.raises(LetterError, match="cannot be read"):
        read(Path("a\0b"))


@pytest.mark.skipif(os.name != "posix", reason="permissions of other systems")
def test_a_file_without_permission() -> None:
    """Root may read every file, and is somebody else meanwhile."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pont.txt"
        path.write_text("De pont")
        path.chmod(0)
        Path(folder).chmod(0o755)
        os.seteuid(user or NOBODY)
        try:
            with pytest.raises(LetterError, match="may not be read"):
                read(path)
        finally:
            os.seteuid(user)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pont.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole: no disk has to hold it, and no memory could
    with pytest.raises(LetterError, match="larger than a letter can be") as raised:
        read(path)
    assert "--max-bytes" in raised.value.remedy


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pont.txt"
    path.write_bytes(b"De pont vaart.\n" * 1_000_000)
    stop = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"En vaart.\n")

    def refusal() -> str:
        try:
            read(path)
        except LetterError as error:
            return str(error)
        return ""

    writer = threading.Thread(target=write)
    writer.start()
    try:  # on a busy machine the writer may sleep through a reading
        assert any("changed while it was read" in refusal() for _ in range(50))
    finally:
        stop.set()
        writer.join()


def test_the_limit_can_be_set() -> None:
    assert read_bytes(b"abcd", "x", Options(max_bytes=4)).text == "abcd"
    with pytest.raises(LetterError, match="over 3 bytes"):
        read_bytes(b"abcd", "x", Options(max_bytes=3))
