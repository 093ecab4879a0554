"""Marks of Markdown and HTML, taken out of what they enclose."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.words import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator


_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
"""Characters without width: a byte order mark, places where a line may be broken."""


def unmarked(text: str) -> Iterator[Edit]:
    """Edits that leave the marks out and keep the words."""
    if "<" in text:
        for match in _tag().finditer(text):
            yield Edit(
                match.start(), match.end(), "" if match["name"].lower() not in ("br", "p", "div", "li", "tr") else " "
            )
    if "](" in text:
        for match in _link().finditer(text):
            yield Edit(match.start(), match.start() + 1, "")
            yield Edit(match.end(1), match.end(), "")
    if "*" in text or "__" in text:
        for match in _emphasis().finditer(text):
            yield Edit(match.start(), match.end(), "")
    if any(mark in text for mark in _INVISIBLE):
        for match in re.finditer(f"[{_INVISIBLE}]", text):
            yield Edit(match.start(), match.end(), "")
    if "#" in text or ">" in text:
        for match in _line_mark().finditer(text):
            yield Edit(match.start(1), match.end(1), "")


@functools.cache
def _tag() -> re.Pattern[str]:
    return re.compile(
        r"</?(?P<name>sup|sub|b|i|u|s|em|strong|a|br|span|p|div|font|ins|del|small|li|ul|ol|table|thead|tbody|tr|td|th)"
        r"(?:\s[^<>\n]{0,300})?/?>",
        re.IGNORECASE,
    )


@functools.cache
def _link() -> re.Pattern[str]:
    return re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\)")


@functools.cache
def _emphasis() -> re.Pattern[str]:
    """Two stars or lines anywhere at a word; one star only before a word that begins, or behind one that ends."""
    return re.compile(
        r"""
        \*{2,3} | (?<!\w)__(?=\w) | (?<=\w)__(?!\w)
      | (?<![\w*])\*(?=[\w«"‘“(][^*\n]{0,300}\*(?!\w))
      | (?<=[\w.,;:!?)»”’])\*(?![\w*])
        """,
        re.VERBOSE,
    )


@functools.cache
def _line_mark() -> re.Pattern[str]:
    """The marks of headings and of quoted lines."""
    return re.compile(r"^[ ]{0,3}(\#{1,6}[ ]|>[ ])", re.MULTILINE)
