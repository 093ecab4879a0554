"""A letter as it was read: its text, and what its file said besides the words: pages, lines, footnotes, metadata.

The text is what every offset counts in. Whatever a format knows for sure stands beside it as places in that text, so
that nothing downstream needs to know which format it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toezeggingen.errors import LetterError
    from toezeggingen.letters.layout import Zone

MAX_BYTES = 50_000_000
"""A larger file is no letter, not even a scanned one."""

MAX_PAGES = 2_000

INSIDE = "!"
"""Stands between the path of an archive or mail and the path inside it."""


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` (from 1): characters `start` to `end` (half open), the form feed that ends it included.

    `width` and `height` in points (1/72 inch), 0 where the format has no sheet; `ocr` where its words were recognised
    in a picture.
    """

    number: int
    start: int
    end: int
    width: float = 0
    height: float = 0
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """Where the line of characters `start` to `end` (half open) lies on page `page` (from 1).

    In points (1/72 inch) from the left and the top edge of the page as it is shown, turned if it is turned.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file itself says of the lines from character `start` to `end` (half open, whole lines).

    `zone` is one of furniture, footnote, heading, table, head; `note` is the number of the footnote that begins there,
    0 where it has none.
    """

    zone: Zone
    start: int
    end: int
    note: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """Characters `start` to `end` (half open) of the running text point at footnote `number`."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of the bytes of a file.

    `text`: the words in reading order, line by line, hyphenation and page furniture included. `pages` in order; none
    for a format without pages. `marks` and `markers` in order of place, no two overlapping. `metadata`: fields of
    `Head` by name ("date", "own_paper", ...) that the file states apart from its words. `warnings`: pairs of code and
    message.
    """

    text: str
    pages: tuple[Page, ...] = ()
    lines: tuple[PlacedLine, ...] = ()
    marks: tuple[Mark, ...] = ()
    markers: tuple[Marker, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: its path there ("" for the words of a mail itself), and its bytes or what is wrong."""

    name: str
    data: bytes | LetterError
    reading: Reading | None = None  # where the outer file's reader has read it already


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file inside another that is no letter; `what` says what it is ("a picture"), "" where only its name told."""

    path: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A letter as read.

    For plain text `text` is what the bytes say, not one character changed: line ends, form feeds and a byte order mark
    included; for other formats see `Reading`. `path` is as given ("archive.zip!map/brief.pdf" inside an archive),
    `sha256` (hexadecimal) that of the letter's own bytes; the pages cover the text; `warnings` are pairs of code and
    message.
    """

    path: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[Page, ...]
    warnings: tuple[tuple[str, str], ...] = ()
    lines: tuple[PlacedLine, ...] = ()
    marks: tuple[Mark, ...] = ()
    markers: tuple[Marker, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may ask of reading: at most so many bytes, pages and characters; OCR of pages without text."""

    max_bytes: int = MAX_BYTES
    max_pages: int = MAX_PAGES
    max_characters: int = 20_000_000
    ocr: bool = False
