"""What holds of everything that reading gives, whatever the file was."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import fields
from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError
from toezeggingen.letters.head import Head
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toezeggingen.letters.source import Mark, Marker

_MARKED = frozenset({Zone.FURNITURE, Zone.FOOTNOTE, Zone.HEADING, Zone.TABLE, Zone.HEAD})
_FIELDS = frozenset(field.name for field in fields(Head)) - {"found", "spans"}


def faults(found: object) -> list[str]:
    """What is wrong with one of the results of `letters_in`."""
    if isinstance(found, LetterError):
        return list(_of_error(found))
    if isinstance(found, Source):
        return [*_of_text(found), *_of_pages(found), *_of_lines(found), *_of_marks(found), *_of_metadata(found)]
    return []


def _of_error(error: LetterError) -> Iterator[str]:
    if len(str(error).splitlines()) != 1:
        yield f"an error of several lines: {str(error)[:300]!r}"
    if not error.found or not error.remedy:
        yield f"an error that says too little: {str(error)[:300]!r}"
    if (size := len(error.found) + len(error.remedy)) > 400:
        yield f"an error that says too much ({size} characters): {str(error)[:300]!r}"


def _of_text(source: Source) -> Iterator[str]:
    if not source.text.strip():
        yield "a source without words"
    try:
        source.text.encode()
    except UnicodeEncodeError as error:
        yield f"half a character in the text: {error}"
    if "\0" in source.text:
        yield "a NUL in the text"


def _of_pages(source: Source) -> Iterator[str]:
    ends = [0, *(page.end for page in source.pages)]
    if [page.start for page in source.pages] != ends[:-1] or ends[-1] != len(source.text):
        yield f"the pages do not cover the text: {source.pages[:3]}"
    numbers = [page.number for page in source.pages]
    if numbers != sorted(set(numbers)) or numbers[0] < 1:
        yield f"the pages are not in order: {numbers[:9]}"
    for page in source.pages:
        if page.start > page.end or not all(math.isfinite(side) and side >= 0 for side in (page.width, page.height)):
            yield f"a page that cannot be: {page}"


def _of_lines(source: Source) -> Iterator[str]:
    pages = {page.number: page for page in source.pages}
    before = 0
    for line in source.lines:
        page = pages.get(line.page)
        if page is None or not page.start <= line.start < line.end <= page.end:
            yield f"a line that is not on its page: {line}"
        if not all(map(math.isfinite, (line.left, line.top, line.right, line.bottom))):
            yield f"a line without a place: {line}"
        elif line.left > line.right or line.top > line.bottom:
            yield f"a line inside out: {line}"
        if line.start < before:
            yield f"lines that are not in order: {line}"
        before = line.start


def _of_marks(source: Source) -> Iterator[str]:
    text = source.text
    yield from _in_order(source.marks, len(text), "marks")
    yield from _in_order(source.markers, len(text), "markers")
    for mark in source.marks:
        if mark.zone not in _MARKED:
            yield f"a mark of a zone that no file tells: {mark}"
        if text[mark.start - 1 : mark.start] not in ("", "\n", "\f") or not _ends_a_line(text, mark.end):
            yield f"a mark of a part of a line: {mark}, {text[max(0, mark.start - 9) : mark.end + 9]!r}"
    for marker in source.markers:
        if not text[marker.start : marker.end].strip():
            yield f"a marker without ink: {marker}"


def _ends_a_line(text: str, end: int) -> bool:
    """With its line end or without."""
    return text[end - 1 : end] in ("\n", "\f") or text[end : end + 1] in ("", "\n", "\f")


def _in_order(found: Sequence[Mark | Marker], size: int, name: str) -> Iterator[str]:
    before = 0
    for one in found:
        if not before <= one.start < one.end <= size:
            yield f"{name} that overlap or lie outside the text: {one}"
        before = one.end


def _of_metadata(source: Source) -> Iterator[str]:
    if strange := set(source.metadata) - _FIELDS:
        yield f"metadata that no head has: {sorted(strange)}"
    date = source.metadata.get("date")
    if date is not None and not isinstance(date, dt.date):
        yield f"a date that is none: {date!r}"
    for code, message in source.warnings:
        if not code or not message or "\n" in message:
            yield f"a warning that is not one line: {code!r}, {message!r}"
