"""XML that strangers wrote, made into a tree: no entities, no network, no DTD, no file but the one given."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from lxml import etree

from toezeggingen.errors import LetterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

MAX_TAGS = 2_000_000
"""Begins and ends of elements: a tree of more takes more memory than any letter is worth."""

_ENTITY = "<!ENTITY"
NO_MEMORY = 2
"""What libxml2 calls a lack of memory (XML_ERR_NO_MEMORY)."""


def parse_xml(data: bytes, path: str, part: str = "") -> Element:
    """The root of an XML document; `part` names it in errors where it is a file inside another.

    Raises LetterError where it is not well-formed, declares entities, or is too large to be held.
    """
    this = f"this file has a {part} that" if part else "this XML"
    if any(_ENTITY.encode(code) in data for code in ("ascii", "utf-16-le", "utf-16-be")):
        raise _declares_entities(this, path)
    check_tags(data, this, path)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), parser)
    except etree.XMLSyntaxError as error:
        raise_if_memory(error)
        found = f"{this} is not well-formed (line {error.lineno}: {_reason(error)})"
        raise LetterError(path, found, "get it again, or save it anew from the program that made it") from error
    except (ValueError, LookupError, AssertionError) as error:
        raise LetterError(
            path, f"{this} cannot be read ({' '.join(str(error)[:200].split())})", "save it as UTF-8 and try again"
        ) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[union-attr]
        raise _declares_entities(this, path)
    return root


def raise_if_memory(error: Exception) -> None:
    """Raise MemoryError where that is what is wrong; libxml2 reports it as a fault of the document."""
    if isinstance(error, etree.XMLSyntaxError) and error.code == NO_MEMORY:  # type: ignore[attr-defined]
        raise MemoryError from error


def check_tags(data: bytes, this: str, path: str) -> None:
    """Raise LetterError where `data` has more tags than a letter can have."""
    if data.count(b"<") > MAX_TAGS:
        found = f"{this} has more tags than a letter can have (over {MAX_TAGS:,})"
        raise LetterError(path, found, "split it into letters")


def entity_words(element: Element) -> str:
    """What an entity that is not declared stands for: a character if it is one of HTML's, else itself ("&abc;")."""
    return html.unescape(element.text or "")


def walk(
    top: Element, begin: Callable[[Element], bool], words: Callable[[str], None], ends: list[list[Callable[[], None]]]
) -> None:
    """Go through all elements under `top`, however deep, in order, and give their words.

    `begin` says that an element begins, and returns whether what is in it is left out. What it puts into `ends[-1]` is
    called when that element ends, the last one first.
    """
    elements = etree.iterwalk(top, events=("start", "end"))
    for event, element in elements:
        if event == "start":
            ends.append([])
            if begin(element):
                elements.skip_subtree()
            elif element.text:
                words(element.text if isinstance(element.tag, str) else entity_words(element))
            continue
        for end in reversed(ends.pop()):
            end()
        if element.tail and element is not top:
            words(element.tail)


def words_of(element: Element) -> str:
    """All words in an element, white space folded."""
    return " ".join("".join(map(str, element.itertext())).split())


def touches_last(element: Element) -> bool:
    """Whether nothing, no blank even, stands between an element and the one before it."""
    before = element.getprevious()
    return before is not None and not before.tail


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" for what is no element (an entity)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _declares_entities(this: str, path: str) -> LetterError:
    found = f"{this} declares entities; those are not read, for they can hold other files or grow without end"
    return LetterError(path, found, "save it without a DOCTYPE and try again")


def _reason(error: etree.XMLSyntaxError) -> str:
    """What libxml2 says, in one line, without the place, which stands before it."""
    words = " ".join((error.msg or "syntax error").split())
    return words.partition(", line ")[0].rstrip(".")[:120]
