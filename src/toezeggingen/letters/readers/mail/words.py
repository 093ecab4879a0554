"""The words of a mail: its text parts, decoded and put together."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toezeggingen.errors import LetterError
from toezeggingen.letters.head import head
from toezeggingen.letters.readers.mail import headers
from toezeggingen.letters.source import Member, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import Message

    from toezeggingen.letters.source import Options

_WIDER = {"us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252"}
"""What is said to be in a narrow coding is often in the wider one, which reads it as well."""


def best(alternatives: Sequence[list[Message]]) -> list[Message]:
    """Of the same words in several forms the plain text, unless it is empty; else the last, which is the fullest."""
    for parts in alternatives:
        if parts and all(headers.kind(part) == "text/plain" for part in parts) and any(map(_has_ink, parts)):
            return parts
    return next((parts for parts in reversed(alternatives) if parts), [])


def read(message: Message, parts: Sequence[Message], data: bytes, path: str, options: Options) -> Member | None:
    """The mail's own letter, made of its text parts; None where it has no words.

    Date and subject are those of the headers where the words have none of their own. A mail that quotes another gets
    no date: the words could be of either day.
    """
    readings: list[Reading] = []
    for part in parts:
        text, warnings = decoded(_bytes(part), headers.parameter(part, "charset"))
        if not text.strip():
            continue
        if headers.kind(part) == "text/html":
            from toezeggingen.letters.readers import html  # lxml, which plain words do not need

            try:
                reading = html.read(b"\xef\xbb\xbf" + text.encode("utf-8"), path, options)
            except LetterError as error:
                return Member("", error)
        else:
            reading = Reading(_lines(text, part))
        if reading.text.strip():
            readings.append(replace(reading, warnings=(*warnings, *reading.warnings)))
    if not readings:
        return None
    whole = joined(readings)
    return Member("", data, replace(whole, metadata={**_told(message, whole.text), **whole.metadata}))


def joined(readings: Sequence[Reading]) -> Reading:
    """Readings one below the other, an empty line between them. They have no pages."""
    text, marks, markers, warnings = "", [], [], []
    metadata: dict[str, Any] = {}
    for reading in readings:
        if text:
            text += "\n" if text.endswith("\n") else "\n\n"
        at = len(text)
        text += reading.text
        marks += [replace(mark, start=mark.start + at, end=mark.end + at) for mark in reading.marks]
        markers += [replace(marker, start=marker.start + at, end=marker.end + at) for marker in reading.markers]
        warnings += [warning for warning in reading.warnings if warning not in warnings]
        metadata |= reading.metadata
    return Reading(text, marks=tuple(marks), markers=tuple(markers), warnings=tuple(warnings), metadata=metadata)


def _told(message: Message, text: str) -> dict[str, Any]:
    """What the headers say and the words do not."""
    top = head(text)
    told: dict[str, Any] = {}
    if top.date is None and not _quotes_another().search(text) and (written := headers.date(message)):
        told["date"] = written
    if top.subject is None and (subject := headers.subject(message)):
        told["subject"] = subject
    return told


@functools.cache
def _quotes_another() -> re.Pattern[str]:
    return re.compile(
        r"""
        ^ >                                                                     # a line quoted
      | ^ \W{0,20} (?: Oorspronkelijk | Original | Doorgestuurd | Forwarded ) \W (?: bericht | message ) \b
      | ^ \W{0,20} Begin (?: \ doorgestuurd\ bericht | \ forwarded\ message ) \b
      | ^ (?: Op | On ) \b .{0,120} \b (?: schreef | wrote ) \b .{0,120} : [ \t]* $
      | ^ (?: Verzonden | Sent | Datum | Date ) [ \t]? : .{0,80} \n (?: Aan | To | CC | Onderwerp | Subject ) [ \t]? :
        """,
        re.VERBOSE | re.IGNORECASE | re.MULTILINE,
    )


# --- bytes to lines --------------------------------------------------------------------------------------------------


def decoded(data: bytes, charset: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words that `data` are in `charset` ("" where the mail does not say), with a warning where they are not."""
    tried = [name for name in (_WIDER.get(charset, charset), "utf-8", "cp1252") if name]
    for name in tried:
        try:
            text = data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
        break
    else:
        name, text = "windows-1252", data.decode("cp1252", "replace")
    text = text.encode("utf-8", "replace").decode("utf-8").removeprefix("\ufeff").replace("\0", "\ufffd")
    if charset and name != tried[0]:
        return text, (("encoding", f"not {charset}, as the mail says; read as {name}"),)
    return text, ()


def _bytes(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except MemoryError:
        raise
    except Exception:  # an encoding that is none
        return b""
    return data if isinstance(data, bytes) else b""


def _has_ink(part: Message) -> bool:
    return bool(_bytes(part).strip())


def _lines(text: str, part: Message) -> str:
    """Plain text with line feeds, no blanks at the ends of lines, and paragraphs whole where they were wrapped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if headers.parameter(part, "format") == "flowed":
        return unflowed(text, spaces=headers.parameter(part, "delsp") != "yes")
    return "\n".join(line.rstrip(" \t") for line in text.split("\n"))


def unflowed(text: str, *, spaces: bool) -> str:
    """Lines that were wrapped for the journey (RFC 3676) put together again; `spaces` between the words stay."""
    lines: list[list[str]] = []
    open_at = -1  # the depth of quotation at which the last line goes on
    for raw in text.split("\n"):
        line = raw.lstrip(">")
        depth = len(raw) - len(line)
        line = line.removeprefix(" ")
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and not spaces:
            line = line[:-1]
        if open_at == depth and line not in ("", "-- "):
            lines[-1].append(line)
        else:
            lines.append([f"{'>' * depth}{' ' if depth else ''}{line}"])
        open_at = depth if goes_on else -1
    return "\n".join("".join(parts).rstrip(" \t") for parts in lines)
