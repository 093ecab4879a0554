"""What the headers of a mail and its parts say. Bad headers say nothing; none of these functions raises."""

from __future__ import annotations

import email.utils
from email.header import decode_header
from email.message import Message
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_LONGEST = 10_000  # characters of a header that are looked at
_AGAIN = frozenset({"re", "fw", "fwd", "antw", "aw", "wg", "doorst", "betreft", "tr", "vs"})
"""What mail programs put before the subject of an answered or forwarded mail."""


def kind(part: Message) -> str:
    """The media type of a part, "text/plain" where none can be made out."""
    try:
        return _read(part).get_content_type()
    except Exception:
        return "text/plain"


def disposition(part: Message) -> str | None:
    """Whether a part is "inline" or an "attachment"; None where it does not say."""
    try:
        return _read(part).get_content_disposition()
    except Exception:
        return None


def encoding(part: Message) -> str:
    """How the part was packed for the journey: "base64", "quoted-printable", ..."""
    return _raw(part, "content-transfer-encoding").strip().lower()


def parameter(part: Message, name: str) -> str:
    """A parameter of the content type, such as charset, in small letters; "" without it."""
    try:
        value = _read(part).get_param(name)
        return email.utils.collapse_rfc2231_value(value).strip().lower() if value else ""
    except Exception:
        return ""


def file_name(part: Message) -> str | None:
    """The name that the sender gave to an attachment."""
    try:
        name = _read(part).get_filename()
    except Exception:
        return None
    return decoded(name).strip() or None if name else None


def subject(message: Message) -> str | None:
    """The subject, without the marks of answering and forwarding before it."""
    text = " ".join(decoded(_raw(message, "subject")).split())
    while text.partition(":")[0].strip().lower() in _AGAIN and ":" in text:
        text = text.partition(":")[2].strip()
    return text or None


def date(message: Message) -> dt.date | None:
    """The day on which the mail was written, by the clock of who wrote it."""
    try:
        return email.utils.parsedate_to_datetime(_raw(message, "date")).date()
    except Exception:
        return None


def decoded(value: str) -> str:
    """A header as words: encoded words (RFC 2047) decoded, also between quotation marks; bare bytes taken for UTF-8."""
    value = value[:_LONGEST]
    try:
        parts = decode_header(value) if "=?" in value else [(value, None)]
        return "".join(_text(part, charset) for part, charset in parts)
    except Exception:
        return _text(value, None)


def _read(part: Message) -> Message:
    """The headers that tell what a part is, bare bytes in them decoded, which the library would replace."""
    own = Message()
    for name in ("content-type", "content-disposition"):
        if value := _raw(part, name):
            own[name] = _text(value, None)
    return own


def _text(part: bytes | str, charset: str | None) -> str:
    data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
    for name in (charset, "utf-8"):
        try:
            if name and name != "unknown-8bit":
                return data.decode(name)
        except (LookupError, UnicodeError):
            pass
    return data.decode("cp1252", "replace")


def _raw(part: Message, name: str) -> str:
    """A header as it stands in the file, "" without it; bytes that are not ASCII as lone surrogates."""
    return next((str(value) for key, value in part.raw_items() if key.lower() == name), "")[:_LONGEST]
