"""What can be wrong in XML and HTML: tags, attributes, entities, encodings, and elements that stand elsewhere."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from random import Random

    from fuzzing.bytewise import Mutation


def _tag_value(chance: Random, data: bytes, other: bytes) -> bytes:
    """A tag left out, doubled, exchanged for another or nested in itself many times."""
    tags = list(_tags().finditer(data, 0, 200_000))
    if not tags:
        return data
    tag, another = chance.choice(tags), chance.choice(tags)
    made = chance.choice((b"", tag[0] * 2, another[0], tag[0] * chance.choice((20, 300, 3000))))
    return data[: tag.start()] + made + data[tag.end() :]


def _nest(chance: Random, data: bytes, other: bytes) -> bytes:
    """Everything inside an element, many times deep."""
    name = chance.choice((b"div", b"table", b"al", b"ul", b"text:p", b"w:p", b"span", b"li"))
    depth = chance.choice((5, 200, 2000, 10_000))
    at = chance.randrange(len(data) + 1)
    return data[:at] + (b"<" + name + b">") * depth + data[at:] + (b"</" + name + b">") * depth


def _attributes(chance: Random, data: bytes, other: bytes) -> bytes:
    """A tag with many attributes, the same one twice, or a very long one."""
    bomb = chance.choice(
        (
            b"".join(b' a%d="x"' % number for number in range(chance.choice((10, 5000)))),
            b' id="1" id="2"',
            b' class="' + b"x" * chance.choice((100, 100_000)) + b'"',
            b' colspan="999999999" rowspan="999999999" start="-99999999999999999999"',
            b' table:number-columns-repeated="999999999" table:number-rows-repeated="999999999" text:c="999999999"',
        )
    )
    tags = list(_tags().finditer(data, 0, 200_000))
    if not tags:
        return data + bomb
    at = chance.choice(tags).end() - 1
    return data[:at] + bomb + data[at:]


def _entities(chance: Random, data: bytes, other: bytes) -> bytes:
    """A document type with entities: nested, of itself, of a file, of a site; and one that is used."""
    declared = chance.choice(
        (
            b'<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;&b;&b;&b;&b;&b;">',
            b'<!ENTITY e "&e;">',
            b'<!ENTITY e SYSTEM "file:///etc/hostname">',
            b'<!ENTITY e SYSTEM "http://example.org/x"><!ENTITY % p SYSTEM "http://example.org/y"> %p;',
            b'<!ENTITY e "' + b"x" * 50_000 + b'">',
        )
    )
    head = b"<!DOCTYPE x [" + declared + b"]>"
    at = data.find(b"?>") + 2 if data.lstrip().startswith(b"<?xml") else 0
    use = chance.randrange(at, len(data) + 1)
    return data[:at] + head + data[at:use] + b"&e;" * chance.choice((1, 1000)) + data[use:]


def encoding(chance: Random, data: bytes, other: bytes) -> bytes:
    """Another encoding than the one it has, or none that exists."""
    name = chance.choice((b"utf-7", b"utf-16", b"iso-2022-jp", b"klingon", b"", b"idna", b"base64", b"ebcdic-cp-nl"))
    if chance.random() < 0.3:
        return data.decode("utf-8", errors="replace").encode(
            chance.choice(("utf-16", "utf-32-le", "cp037")), errors="replace"
        )
    return _encodings().sub(lambda match: match[1] + name, data, count=1)


def character(chance: Random, data: bytes, other: bytes) -> bytes:
    """A character that is none, or that text has no use for."""
    odd = chance.choice(
        (b"&#0;", b"&#xD800;", b"&#x110000;", b"&#xFFFF;", b"\xff\xfe", b"\0", b"\x1b", b"&nbsp;", b"]]>", b"<![CDATA[",
         b"<!--", b"<?php ?>", "\u202e".encode(), "\u2028".encode(), b"\x0c", b"\xed\xa0\x80")
    )  # fmt: skip
    at = chance.randrange(len(data) + 1)
    return data[:at] + odd * chance.choice((1, 1, 500)) + data[at:]


def tree(chance: Random, data: bytes, other: bytes) -> bytes:
    """Elements left out, doubled, moved, renamed or emptied, so that what comes out is as well-formed as before."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return data
    for _ in range(chance.choice((1, 3, 10, 40))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        element, another = chance.choice(elements), chance.choice(elements)
        parent = element.getparent()
        match chance.randrange(8):
            case 0 if parent is not None:
                parent.remove(element)
            case 1 if parent is not None:
                parent.insert(chance.randrange(len(parent) + 1), deepcopy(element))
            case 2 if len(elements) < 3000:
                another.insert(chance.randrange(len(another) + 1), deepcopy(element))
            case 3:
                element.tag = another.tag
            case 4:
                element.text, element.tail = (
                    chance.choice((None, "", " \n ", "\u00a0", "1", "7.", "x" * 300)),
                    another.text,
                )
            case 5 if element.attrib:
                element.set(chance.choice(list(element.attrib)), chance.choice(("", "0", "-1", "99999999999", "x")))
            case 6:
                element.attrib.clear()
            case _:
                element.attrib.update(another.attrib)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


TAGGED: tuple[Mutation, ...] = (
    *(tree, tree, tree, tree),
    *(_tag_value, _tag_value, _nest, _attributes, _entities, encoding, character),
)


@cache
def _tags() -> re.Pattern[bytes]:
    return re.compile(rb"<[^<>]{1,500}>")


@cache
def _encodings() -> re.Pattern[bytes]:
    return re.compile(rb"""((?:encoding|charset)\s*=\s*["']?)[\w-]+""", re.IGNORECASE)
