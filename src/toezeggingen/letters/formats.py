"""The forms a file can have, and how its bytes show which: its name says nothing.

`FORMATS` lists them in the order in which they are tried. To read another one, add a line: what it is called, how its
bytes show it, and the module of `toezeggingen.letters.readers` that reads it.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SNIFFED = 1024
_HEADERS = 64 * 1024  # a mail that went through many servers has long ones
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY = b"PK\x01\x02"
_MANY = 100_000  # entries in the directory of a zip: opening it takes memory for each
_CONVERT = "convert it to text first and try again"


@dataclass(frozen=True, slots=True)
class Format:
    """A form a file can have: its name, how to know it by its bytes, and its reader.

    `reader` names a module of `toezeggingen.letters.readers` with `read(data, path, options) -> Reading`, or, where it
    `holds_files`, with `members(data, path, options) -> Iterator[Member]`; without a reader, `remedy` says what to do.
    `suffixes` are those by which such files are found in a folder. What `is_no_letter` is passed over inside another
    file, unless it goes by the suffix of a letter that it is not.
    """

    name: str
    begins: Callable[[bytes], bool]
    reader: str | None = None
    media_type: str = ""
    suffixes: tuple[str, ...] = ()
    holds_files: bool = False
    is_no_letter: bool = False
    remedy: str = _CONVERT


def form_of(data: bytes) -> Format:
    """What these bytes are; plain text where they are nothing else."""
    return next(form for form in FORMATS if form.begins(data))


def is_plain(data: bytes) -> bool:
    """Whether these bytes are plain text, or are refused at sight: no library has to look into them."""
    if data.startswith(_ZIP):
        return False
    return form_of(data).reader in ("plain", None)


# --- how bytes show what they are ------------------------------------------------------------------------------------


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(marks)


def _zip_of(*names: str) -> Callable[[bytes], bool]:
    """A zip that holds one of the files `names`; one without its directory shows them in its bytes."""

    def begins(data: bytes) -> bool:
        if not data.startswith(_ZIP):
            return False
        if not has_many_entries(data):
            try:
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    return not set(names).isdisjoint(archive.namelist())
            except Exception:  # a damaged directory raises all sorts of things
                pass
        return any(name.encode() in data for name in names)

    return begins


def has_many_entries(data: bytes) -> bool:
    """Whether the directory of a zip is so long that nobody should open it."""
    return data.count(_ENTRY) > _MANY


def _open_document(kind: bytes) -> Callable[[bytes], bool]:
    """A zip that says that it is an OpenDocument of this kind: in its first bytes, or packed in another order."""
    form = b"application/vnd.oasis.opendocument." + kind

    def begins(data: bytes) -> bool:
        if not data.startswith(_ZIP):
            return False
        if b"mimetype" + form in data[:_SNIFFED]:
            return True
        if b"mimetype" not in data or has_many_entries(data):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("mimetype") as said:
                return said.read(len(form) + 1).strip() == form
        except Exception:  # no such file, or a damaged one
            return False

    return begins


def _pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:_SNIFFED]


def _opening(data: bytes) -> bytes:
    """The first bytes of markup in small letters, one a character, behind byte order mark and white space."""
    head = data[:_SNIFFED]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        head = head[head[0] > 0x7F and 2 :].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _html(data: bytes) -> bool:
    """Also XHTML, which begins as XML does, and a piece of a page without <html>, as a mail or an editor gives it."""
    head = _opening(data)
    if head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<") and b"<html" in head):
        return True
    return bool(_piece_of_page().match(head)) and data[-_SNIFFED:].rstrip(b"\0 \t\r\n").endswith(b">")


@cache
def _piece_of_page() -> re.Pattern[bytes]:
    names = rb"head|body|meta|title|style|div|p|table|article|section|main|center|font|span|h[1-6]"
    return re.compile(rb"<(?:" + names + rb")(?:\s[^<>]{0,400})?>")


def _xml(data: bytes) -> bool:
    """With a declaration, or as the papers of officielebekendmakingen.nl and OpenDocument in one file begin."""
    return _opening(data).startswith(_XML_OPENINGS)


def _mail(data: bytes) -> bool:
    """A block of headers as a mail begins, with two that no letter's own head has; a mailbox begins with From too."""
    start = data[:_HEADERS].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = start.split(b"\n\n", 1)[0].split(b"\n")
    if lines[0].startswith((b"From ", b">From ")):
        del lines[0]
    names = set()
    for number, line in enumerate(lines):
        name, colon, _ = line.partition(b":")
        if line[:1] in (b" ", b"\t") and number:  # the rest of the header before it
            continue
        if not colon or not name or not name.replace(b"-", b"").replace(b"_", b"").isalnum():
            break
        names.add(name.lower())
    return len(names & _MAIL_HEADERS) > 1


def _sealed(data: bytes) -> bool:
    """PKCS #7 in DER or BER, which names what it holds near its beginning."""
    return data.startswith((b"\x30\x80", b"\x30\x82", b"\x30\x83")) and b"\x2a\x86\x48\x86\xf7\x0d\x01\x07" in data[:32]


_XML_OPENINGS = (
    *(b"<?xml", b"<!doctype", b"<officiele-publicatie", b"<kamerstuk", b"<kamervragen", b"<kamerwrk", b"<vraagdoc"),
    *(b"<office:document", b"<metadata_gegevens"),
)
_MAIL_HEADERS = frozenset(
    {
        *(b"from", b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to"),
        *(b"content-type", b"content-transfer-encoding", b"dkim-signature", b"authentication-results"),
        *(b"x-mailer", b"x-ms-has-attach", b"x-originating-ip", b"user-agent", b"thread-topic", b"thread-index"),
    }
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: tuple[Format, ...] = (
    Format("a PDF", _pdf, "pdf", "application/pdf", (".pdf",)),
    Format(
        "a Word document (.docx)",
        _zip_of("word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"),
        "docx",
        _OFFICE,
        (".docx",),
    ),
    Format(
        "an OpenDocument text (.odt)",
        _open_document(b"text"),
        "odt",
        "application/vnd.oasis.opendocument.text",
        (".odt",),
    ),
    Format("a spreadsheet", _zip_of("xl/workbook.xml"), is_no_letter=True, remedy="save the letter in it as text"),
    Format(
        "a spreadsheet",
        _open_document(b"spreadsheet"),
        is_no_letter=True,
        remedy="save the letter in it as text",
    ),
    Format(
        "a presentation", _zip_of("ppt/presentation.xml"), is_no_letter=True, remedy="save the letter in it as text"
    ),
    Format("a zip archive", _starts(*_ZIP), "archive", "application/zip", (".zip",), holds_files=True),
    Format(
        "an old Word document (.doc) or Outlook mail (.msg)",
        _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        remedy="save it as .docx or .eml and try again",
    ),
    Format("an RTF document", _starts(b"{\\rtf"), remedy="save it as .docx and try again"),
    Format(
        "a picture",
        _starts(b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8"),
        is_no_letter=True,
        remedy="make a PDF with text of it first (ocrmypdf -l nld)",
    ),
    Format("attachments packed by Outlook (winmail.dat)", _starts(b'x\x9f>"'), remedy="save them from Outlook"),
    Format("a signed or encrypted message (.p7m)", _sealed, remedy="save it opened from your mail program"),
    Format(
        "a compressed file", _starts(b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!"), remedy="unpack it first"
    ),
    Format("an HTML page", _html, "html", "text/html", (".html", ".htm", ".xhtml")),
    Format(
        "the metadata of a publication",
        lambda data: _xml(data) and b"<metadata_gegevens" in data[:_SNIFFED],
        suffixes=(".xml",),
        is_no_letter=True,
        remedy="name the file of the publication itself",
    ),
    Format("an XML document", _xml, "xml", "application/xml", (".xml",)),
    Format("a mail", _mail, "mail", "message/rfc822", (".eml",), holds_files=True),
    Format("UTF-16 text", _starts(b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"), "plain", "text/plain"),
    Format("plain text", lambda data: True, "plain", "text/plain", (".txt", ".md")),
)
"""Every form in the order in which it is tried; the last one is what a file is when it is nothing else."""

SUFFIXES = tuple(suffix for form in FORMATS if form.reader for suffix in form.suffixes)
"""What a file among others must end in to be taken for a letter at sight."""
