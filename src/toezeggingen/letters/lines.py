"""The lines of a letter with their places in the source, as the head of the letter is read from them.

Only a bounded part of the text is looked at: neither a line of a million characters nor a hundred thousand line breaks
costs more than the first few thousand characters.
"""

from __future__ import annotations

from dataclasses import dataclass

EDGES = " \t\r\f\v*_>#|\\\u00a0\ufeff"
"""Blanks and the marks that Markdown puts around a line: no part of a line's words."""

LINE_WIDTH = 400
"""Characters of a line that are looked at; a paragraph in one line is longer than any line of a head."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks and Markdown marks at its ends: `source[start:end] == text`."""

    text: str
    start: int
    end: int


def lines_from(source: str, start: int, *, count: int, reach: int) -> list[Line]:
    """The first `count` lines with ink from character `start` on, not looking further than `reach` characters."""
    found: list[Line] = []
    stop = min(len(source), start + reach)
    while start < stop and len(found) < count:
        newline = source.find("\n", start, stop)
        end = stop if newline < 0 else newline
        raw = source[start : min(end, start + LINE_WIDTH)]
        words = raw.lstrip(EDGES)
        begin = start + len(raw) - len(words)
        if words := words.rstrip(EDGES):
            found.append(Line(words, begin, begin + len(words)))
        start = end + 1
    return found


def line_start(source: str, position: int, within: int) -> int | None:
    """Where the line of `position` begins, or None where that is more than `within` characters back."""
    newline = source.rfind("\n", max(0, position - within - 1), position)
    if newline >= 0:
        return newline + 1
    return 0 if position <= within else None


def one_line(words: str) -> str:
    """`words` on one line: hyphens of line ends taken out before a small letter, white space made single blanks."""
    for mark in ("\u00ad", "\ufffe", "\u0002"):
        words = words.replace(mark + "\n", "").replace(mark, "")
    parts = words.split("\n")
    text = parts[0].strip(EDGES)
    for raw in parts[1:]:
        part = raw.strip(EDGES)
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and part[:1].islower():
            text = text[:-1] + part
        else:
            text = f"{text} {part}"
    return " ".join(text.split())
