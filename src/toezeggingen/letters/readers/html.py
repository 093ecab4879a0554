"""HTML: pages of a site, letters saved by Word or a mail client, publications, and what mammoth makes of .docx."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from toezeggingen.errors import LetterError
from toezeggingen.letters.readers import publication_html
from toezeggingen.letters.readers.blocks import Blocks
from toezeggingen.letters.readers.html_blocks import Walk
from toezeggingen.letters.readers.html_charset import decode
from toezeggingen.letters.readers.html_notes import find_notes
from toezeggingen.letters.readers.markup import NO_MEMORY, check_tags, raise_if_memory
from toezeggingen.letters.readers.package import reason

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from toezeggingen.letters.source import Options, Reading

LONG_TAG = 4_000
"""Characters of a tag whose attributes are counted."""

MOST_ATTRIBUTES = 500
"""Attributes of one element; the time that reading them takes grows with their square."""


def read(data: bytes, path: str, options: Options) -> Reading:
    """The words of a page, without what a site puts around them. Raises LetterError where it cannot be read."""
    check_tags(data, "this page", path)
    text, warnings = decode(data)
    root = parse(text, path)
    part = main_part(root)
    fields = publication_html.metadata(root, part)
    blocks = Blocks()
    classes = publication_html.CLASSES if fields is not None else {}
    Walk(blocks, find_notes(root), classes).run(part)
    return blocks.reading(fields, warnings)


def parse(text: str, path: str) -> Element:
    """The root of a page. Raises LetterError where it is empty, or nested deeper than it can be read."""
    text = _data_uri().sub('""', text.replace("\0", ""))
    _check_attributes(text, path)
    data = text.encode("utf-8", errors="replace")
    for huge in (False, True):
        # What is refused at first is nested more than 256 deep, as unclosed <font> is; ten times that can be held too.
        parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=huge, recover=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError, AssertionError) as error:
            raise_if_memory(error)
            raise LetterError(
                path, f"this page cannot be read ({reason(error)})", "save it as text and try again"
            ) from error
        if root is None:
            raise LetterError(path, "this page is empty", "check how it was saved or downloaded")
        fatal = parser.error_log.filter_from_fatals()
        if any(one.type == NO_MEMORY for one in fatal):
            raise MemoryError
        if not fatal:
            return root
    raise LetterError(path, "this page has elements nested over 2,000 deep", "save it as text and try again")


def main_part(root: Element) -> Element:
    """The element of a page that holds its words: the paper, the main part, the only article, or the whole page."""
    candidates = [publication_html.container(root), root.find(".//main"), root.find(".//*[@role='main']")]
    articles = list(root.iter("article"))
    candidates.append(articles[0] if len(articles) == 1 else None)
    return next((part for part in candidates if part is not None and has_words(part)), root)


def has_words(element: Element) -> bool:
    """Whether there is anything but white space in `element`."""
    return any(not piece.isspace() for piece in element.itertext())


def _check_attributes(text: str, path: str) -> None:
    for match in _tag().finditer(text):
        if len(match[0]) < LONG_TAG:
            continue
        bare = _quoted().sub(" ", match[0]).replace("/", " ")
        if bare.count("=") + len(bare.split()) > 2 * MOST_ATTRIBUTES:
            found = f"this page has an element with over {MOST_ATTRIBUTES} attributes"
            raise LetterError(path, found, "save it as text and try again")


@cache
def _data_uri() -> re.Pattern[str]:
    """A picture inside the page."""
    return re.compile(r""""data:[^"]{200,}+"|'data:[^']{200,}+'""")


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(r""""[^"]*+"|'[^']*+'""")
