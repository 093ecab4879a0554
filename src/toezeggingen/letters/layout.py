"""The lines of a letter as they lie on its pages: blank lines, indents and page ends, and how wide the lines run."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Zone(StrEnum):
    """What a stretch of a letter is for. The government's promises stand in body, answer, list, table and footnote."""

    BODY = "body"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    TABLE = "table"
    LIST = "list"
    QUESTION = "question"  # words of members of parliament: questions quoted, or a turn in a debate
    ANSWER = "answer"
    FURNITURE = "furniture"  # running heads and feet, page numbers, margin blocks
    HEAD = "head"  # letterhead, addresses, date, reference, subject; the masthead of a printed paper
    SIGNATURE = "signature"


class Line:
    """A line with ink, or a part of one: `source[start:end]` with its line end, `text` without blanks at either side.

    `gap`: a blank line stands before it; `page`: a page ends before it; `indent`: its blanks at the left, in
    characters. The rest is found out later: `zone` where it is sure from the line itself, `marker` for a footnote
    number alone on its line. `mark` is the number of the stretch that the file itself marked, from 1, 0 for none, and
    `heading` whether it was marked as a heading.
    """

    gap = False
    page = False
    trailing = False  # it ends in a blank
    zone: Zone | None = None
    label = ""  # what it says of the lines below it: see `turns` and `frame`
    note = 0  # the number of the footnote that begins with it
    marker = False
    mark = 0
    heading = False

    def __init__(self, start: int, end: int, text: str, indent: int = 0) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.indent = indent

    def __repr__(self) -> str:
        return f"Line({self.start}, {self.end}, {self.text[:40]!r}, zone={self.zone})"


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines with ink, in order, and the width (characters) at which running text was wrapped, 0 where not."""

    lines: list[Line]
    width: int


WIDEST = 115
"""Characters: print is wrapped below this; a longer line is a paragraph, or lines that lost their ends."""


def lay_out(text: str) -> Layout:
    """Split `text` into lines and see how they lie. The lines of the layout are fresh and may be written to."""
    lines: list[Line] = []
    gap = page = False
    start = 0
    for raw in text.splitlines(keepends=True):
        end = start + len(raw)
        left = raw.lstrip(_BLANKS)
        ink = left.rstrip(_BLANKS)
        if ink:
            line = Line(start, end, ink, len(raw) - len(left))
            line.gap, line.page = gap, page
            line.trailing = len(left) - len(ink) > 1 and left[len(ink)] in " \t\u00a0"
            lines.append(line)
            gap, page = False, raw[-1] == "\f"
        else:
            gap = True
            page = page or "\f" in raw
        start = end
    _mark_lost_page_ends(lines)
    return Layout(lines, _width(lines))


_BLANKS = (
    " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
)
"""All that Python calls white space, and characters without width."""


def _width(lines: list[Line]) -> int:
    """The 90th percentile of the lines that can be wrapped text; 0 where most of the ink stands in longer ones."""
    lengths = sorted(len(line.text) for line in lines)
    wrapped = [length for length in lengths if 35 <= length <= WIDEST]
    if len(wrapped) < 5 or sum(wrapped) < 0.25 * sum(lengths):
        return 0
    if len(wrapped) < 2 * sum(1 for length in lengths if length > WIDEST):
        return 0
    return max(45, wrapped[int(len(wrapped) * 0.9)])


def _mark_lost_page_ends(lines: list[Line]) -> None:
    """Some dumps end every line with a blank and begin every page with one: the form feed that was there."""
    trailing = sum(line.trailing for line in lines)
    leading = sum(line.indent == 1 for line in lines)
    if len(lines) < 10 or trailing < 0.6 * len(lines) or leading > 0.1 * len(lines):
        return
    before = False
    for line in lines:
        if line.indent == 1 and not before:
            line.page = True
        before = line.trailing or line.text.isdecimal()


def split(line: Line, cuts: list[int]) -> list[Line]:
    """`line` in parts, one more than there are `cuts` (rising offsets into its text). A part can be empty."""
    base = line.start + line.indent
    bounds = [0, *cuts, len(line.text)]
    parts: list[Line] = []
    start = line.start
    for number in range(len(bounds) - 1):
        raw = line.text[bounds[number] : bounds[number + 1]]
        is_last = number == len(bounds) - 2
        end = line.end if is_last else base + bounds[number + 1]
        part = Line(start, end, raw.strip(_BLANKS), len(raw) - len(raw.lstrip(_BLANKS)))
        if number == 0:
            part.indent, part.gap, part.page = line.indent, line.gap, line.page
        part.trailing = is_last and line.trailing
        part.mark, part.zone, part.heading = line.mark, line.zone if line.mark else None, line.heading
        parts.append(part)
        start = end
    return parts


def cut_out(line: Line, cuts: list[int]) -> Iterator[Line]:
    """`line` cut at the offsets `cuts` into its text: text, furniture, text..., the empty parts left out."""
    if not cuts:
        yield line
        return
    after_furniture = False
    for number, piece in enumerate(split(line, cuts)):
        is_furniture = number % 2 == 1
        if is_furniture:
            piece.zone = Zone.FURNITURE
        if piece.text:
            piece.page = piece.page or after_furniture
            yield piece
        after_furniture = is_furniture


def is_finished(text: str) -> bool:
    """Whether a paragraph can end with `text`: a mark that ends a sentence, with what closes behind it."""
    end = text[-1:]
    if end in ".!?:;…":
        return True
    return bool(_finished().search(text, max(0, len(text) - 12)))


@functools.cache
def _finished() -> re.Pattern[str]:
    return re.compile(
        r"""
        [.!?:;…] ["'”’»)\]*_]{0,3}      # quotes and brackets that close behind the mark
        (?: \d{1,3} (?:,\ ?\d{1,3})? | <sup>\d{1,3}</sup> )?   # a footnote marker
        ["'”’»)\]*_]{0,2} \Z
        """,
        re.VERBOSE,
    )


def begins_low(text: str) -> bool:
    """Whether `text` can only go on with what stood before: a small letter, or a mark that never begins."""
    first = text[:1]
    if first in ".,:;?!)]%»”" or (first == "(" and text[1:2].islower() and text[2:3] != ")"):
        return True
    return first.islower() and not _low_beginning().match(text)


@functools.cache
def _low_beginning() -> re.Pattern[str]:
    return re.compile(
        r"""
        (?: www\. | https?: | mailto: | kst- | ah-tk- | blg- )   # an address or publication id
      | (?: e- | i[A-Z] ) | [a-z]{1,2}[.)]\s                # e-health; a. as the number of an item
        """,
        re.VERBOSE,
    )
