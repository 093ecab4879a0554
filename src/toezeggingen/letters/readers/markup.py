"""XML that strangers wrote, made into a tree: no entities, no network, no DTD, no file but the one given."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from lxml import etree

from toezeggingen.errors import LetterError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_TAGS = 2_000_000
"""Begins and ends of elements: a tree of more takes more memory than any letter is worth."""

_ENTITY = "<!ENTITY"


def parse_xml(data: bytes, path: str, part: str = "") -> Element:
    """The root of an XML document; `part` names it in errors where it is a file inside another.

    Raises LetterError where it is not well-formed, declares entities, or is too large to be held.
    """
    this = f"{part} in this file" if part else "this XML"
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
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        found = f"{this} is not well-formed (line {error.lineno}: {_reason(error)})"
        raise LetterError(path, found, "get it again, or save it anew from the program that made it") from error
    except (ValueError, LookupError, AssertionError) as error:
        raise LetterError(path, f"{this} cannot be read ({error})", "save it as UTF-8 and try again") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise _declares_entities(this, path)
    return root


def check_tags(data: bytes, this: str, path: str) -> None:
    """Raise LetterError where `data` has more tags than a letter can have."""
    if data.count(b"<") > MAX_TAGS:
        found = f"{this} has more tags than a letter can have (over {MAX_TAGS:,})"
        raise LetterError(path, found, "split it into letters")


def entity_words(element: Element) -> str:
    """What an entity that is not declared stands for: a character if it is one of HTML's, else itself ("&abc;")."""
    return html.unescape(element.text or "")


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
    return words.partition(", line ")[0].rstrip(".")
