"""A file in, its text out: exactly as decoded, with the pages it has and warnings for what was odd.

What a file is, its first bytes say, not its name. `FORMATS` lists the forms in the order in which they are tried; to
read another one, add a line: how its bytes begin, what it is called, and the function that reads it.
"""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 20_000_000
"""A larger file is no letter: the longest ones run to some 2 MB of text."""

_SNIFFED = 1024
_ODD_CONTROLS = 0.005
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x02\x1c\x1d\x1e\x1f")  # U+0002 is a line-end hyphen in some PDF dumps


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` (from 1): characters `start` to `end` (half open), the form feed that ends it included."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A letter as read.

    `text` is what the bytes say, not one character changed: line ends, form feeds and a byte order mark included.
    `path` is as given, `sha256` (hexadecimal) that of the bytes; the pages cover the text; `warnings` are pairs of code
    and message.
    """

    path: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[Page, ...]
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A form a file can have: how to know it by its bytes, and its reader, or None where it must be converted first."""

    name: str
    begins: Callable[[bytes], bool]
    decode: Callable[[bytes, str], tuple[str, tuple[tuple[str, str], ...]]] | None


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Source:
    """The letter in the file `path`.

    Raises LetterError where there is no such file, it may not be read, is larger than `max_bytes`, or is not text.
    """
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise LetterError(name, "this is a folder", "name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise LetterError(name, "this is not a regular file", "save the letter as a file and name that")
        _check_size(status.st_size, name, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise LetterError(name, "there is no such file", "check the path") from error
    except PermissionError as error:
        raise LetterError(name, "this file may not be read", "give yourself the right to read it") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise LetterError(name, f"this file cannot be read ({error})", "check the path and the disk") from error
    return read_bytes(data, name, max_bytes=max_bytes)


def read_bytes(data: bytes, path: str, *, max_bytes: int = MAX_BYTES) -> Source:
    """The letter in `data`, called `path` in the record and in errors. Raises LetterError as `read` does."""
    _check_size(len(data), path, max_bytes)
    if not data:
        raise LetterError(path, "this file is empty", "check how it was made or downloaded")
    form = next(form for form in FORMATS if form.begins(data))
    if form.decode is None:
        raise LetterError(path, f"this is {form.name}", "convert it to text first and try again")
    text, warnings = form.decode(data, path)
    if not text.strip("\ufeff \t\n\r\f\v\u00a0"):
        raise LetterError(path, "this file holds only white space", "a scan has to go through OCR first")
    media_type = "text/markdown" if Path(path).suffix.lower() in (".md", ".markdown") else "text/plain"
    return Source(path, hashlib.sha256(data).hexdigest(), media_type, text, _pages(text), warnings)


def _check_size(size: int, path: str, max_bytes: int) -> None:
    if size > max_bytes:
        found = f"this file is larger than a letter can be (over {max_bytes:,} bytes)"
        raise LetterError(path, found, "split it, or raise the limit (max_bytes)")


def _pages(text: str) -> tuple[Page, ...]:
    """Form feeds end pages; a text without any is one page. White space after the last one is no page of its own."""
    starts = [0]
    at = text.find("\f")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\f", at + 1)
    if len(starts) > 1 and not text[starts[-1] :].strip():
        starts.pop()
    return tuple(Page(n, s, e) for n, (s, e) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1))


def _plain_text(data: bytes, path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """UTF-8, or else windows-1252 with a warning."""
    if b"\0" in data:
        raise LetterError(path, f"this is not text (a NUL byte at {data.index(0)})", "convert it to text first")
    warnings: tuple[tuple[str, str], ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            found = f"this is neither UTF-8 nor windows-1252 text (byte 0x{data[error.start]:02x} at {error.start})"
            raise LetterError(path, found, "save it as UTF-8 and try again") from error
        found = f"not UTF-8 (byte 0x{data[error.start]:02x} at {error.start}); read as windows-1252"
        warnings = (("encoding", found),)
    _check_controls(text, path)
    return text, warnings


def _utf_16(data: bytes, path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """UTF-16 or UTF-32, as its byte order mark says; the mark stays in the text, as it does in UTF-8."""
    names = {
        b"\xff\xfe\0\0": "utf-32-le",
        b"\0\0\xfe\xff": "utf-32-be",
        b"\xff\xfe": "utf-16-le",
        b"\xfe\xff": "utf-16-be",
    }
    name = next(name for mark, name in names.items() if data.startswith(mark))
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        found = f"this begins as {name} text and breaks off (byte {error.start})"
        raise LetterError(path, found, "save it as UTF-8 and try again") from error
    if "\0" in text:
        raise LetterError(
            path, f"this is not text (a NUL at character {text.index(chr(0))})", "convert it to text first"
        )
    _check_controls(text, path)
    return text, (("encoding", f"not UTF-8; read as {name}"),)


def _check_controls(text: str, path: str) -> None:
    """Bytes of a picture or a program can be decoded too: control characters tell."""
    controls = len(text) - len(text.translate(_CONTROLS))
    if controls > 1 + len(text) * _ODD_CONTROLS:
        raise LetterError(path, f"this is not text ({controls:,} control characters)", "convert it to text first")


_CONTROLS = {
    code: None for code in (*range(1, 32), *range(127, 160)) if chr(code) not in _TEXT_CONTROLS and code != 0x85
}


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(marks)


def _zip_with(name: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(b"PK\x03\x04") and name in data


def _pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:_SNIFFED]


def _markup(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(marks)


FORMATS: tuple[Format, ...] = (
    Format("a PDF", _pdf, None),
    Format("a Word document (.docx)", _zip_with(b"word/document.xml"), None),
    Format("an OpenDocument text (.odt)", _zip_with(b"application/vnd.oasis.opendocument.text"), None),
    Format("a zip archive", _starts(b"PK\x03\x04", b"PK\x05\x06"), None),
    Format("a Word document (.doc)", _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), None),
    Format("an RTF document", _starts(b"{\\rtf"), None),
    Format("an HTML page", _markup(b"<!doctype html", b"<html"), None),
    Format("an XML document", _markup(b"<?xml"), None),
    Format("a picture", _starts(b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8"), None),
    Format("a compressed file", _starts(b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf"), None),
    Format("UTF-16 text", _starts(b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"), _utf_16),
    Format("plain text", lambda data: True, _plain_text),
)
"""Every form in the order in which it is tried; the last one is what a file is when it is nothing else."""
