"""In which encoding a page was saved: what its first bytes and its head say, and what its bytes are."""

from __future__ import annotations

import codecs
import re
from functools import cache

HEAD_BYTES = 4096
"""Bytes in which a page names its encoding."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of a page, with a warning where its encoding is not what it says or says none.

    A byte order mark tells, then the XML declaration or a meta tag; else it is UTF-8 or windows-1252.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data.decode(name, errors="replace").lstrip("\ufeff")
            return text, _lost(text.count("\ufffd"), name.removesuffix("-sig"))
    said = _declared(data[:HEAD_BYTES])
    name = said or "utf-8"
    try:
        return data.decode(name), ()
    except UnicodeDecodeError as error:
        at, byte = error.start, data[error.start]
    if name == "utf-8":
        text = data.decode("utf-8", errors="replace")
        lost = text.count("\ufffd")
        if 2 * lost < sum(1 for c in text if c > "\x7f"):
            return text, _lost(lost, "utf-8")
    says = f"says {said} and is not" if said else "not UTF-8"
    message = f"{says} (byte 0x{byte:02x} at {at}); read as windows-1252"
    return data.decode("cp1252", errors="replace"), (("encoding", message),)


def _lost(count: int, name: str) -> tuple[tuple[str, str], ...]:
    return (("encoding", f"{count:,} characters that are no {name} were lost"),) if count else ()


def _declared(head: bytes) -> str | None:
    """The codec that a page names, as browsers take it: Latin-1 and ASCII mean windows-1252, UTF-16 means UTF-8."""
    match = _declaration().search(head)
    if match is None:
        return None
    label = (match["xml"] or match["meta"]).decode("ascii").lower()
    if not _usual().fullmatch(label):
        return None
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return "utf-8" if name.startswith("utf-") else name


@cache
def _declaration() -> re.Pattern[bytes]:
    return re.compile(
        rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["'](?P<xml>[\w:.-]{2,40})["']
           | <meta\s[^>]{0,400}?charset\s*=\s*["']?\s*(?P<meta>[\w:.-]{2,40})""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _usual() -> re.Pattern[str]:
    """Encodings of text; Python knows others too (rot13, punycode) that no page is in."""
    return re.compile(
        r"""utf-?(?:8|16(?:-?[lb]e)?) | iso[-_]?8859[-_]\d{1,2} | latin[-_]?\d | (?:windows-|cp)\d{3,4}
          | (?:us-)?ascii | macintosh | mac-?roman""",
        re.VERBOSE,
    )
