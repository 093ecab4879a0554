"""Plain text: UTF-8, UTF-16, UTF-32, or windows-1252 with a warning."""

from __future__ import annotations

from toezeggingen.errors import LetterError
from toezeggingen.letters.source import Options, Page, Reading

_ODD_CONTROLS = 0.005
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x02\x1c\x1d\x1e\x1f")  # U+0002 is a line-end hyphen in some PDF dumps
_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_REMEDY = "convert it to text first"


def read(data: bytes, path: str, options: Options) -> Reading:
    """The text of `data`, form feeds as page ends. Raises LetterError where it is no text."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), None)
    text, warnings = _marked(data, path, _MARKS[mark]) if mark else _unmarked(data, path)
    _check_controls(text, path)
    return Reading(text, pages(text), warnings=warnings)


def pages(text: str) -> tuple[Page, ...]:
    """Form feeds end pages; a text without any is one page. White space after the last one is no page of its own."""
    starts = [0]
    at = text.find("\f")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\f", at + 1)
    if len(starts) > 1 and not text[starts[-1] :].strip():
        starts.pop()
    return tuple(Page(n, s, e) for n, (s, e) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1))


def _unmarked(data: bytes, path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """UTF-8, or else windows-1252 with a warning."""
    if b"\0" in data:
        raise LetterError(path, f"this is not text (a NUL byte at {data.index(0)})", _REMEDY)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            found = f"this is neither UTF-8 nor windows-1252 text (byte 0x{data[error.start]:02x} at {error.start})"
            raise LetterError(path, found, "save it as UTF-8 and try again") from error
        found = f"not UTF-8 (byte 0x{data[error.start]:02x} at {error.start}); read as windows-1252"
        return text, (("encoding", found),)


def _marked(data: bytes, path: str, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """As the byte order mark says; the mark stays in the text, as it does in UTF-8."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        found = f"this begins as {name} text and breaks off (byte {error.start})"
        raise LetterError(path, found, "save it as UTF-8 and try again") from error
    if "\0" in text:
        raise LetterError(path, f"this is not text (a NUL at character {text.index(chr(0))})", _REMEDY)
    return text, (("encoding", f"not UTF-8; read as {name}"),)


def _check_controls(text: str, path: str) -> None:
    """Bytes of a picture or a program can be decoded too: control characters tell."""
    controls = len(text) - len(text.translate(_CONTROLS))
    if controls > 1 + len(text) * _ODD_CONTROLS:
        raise LetterError(path, f"this is not text ({controls:,} control characters)", _REMEDY)


_CONTROLS = {
    code: None for code in (*range(1, 32), *range(127, 160)) if chr(code) not in _TEXT_CONTROLS and code != 0x85
}
