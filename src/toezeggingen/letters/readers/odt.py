"""OpenDocument texts (.odt), with all changes accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from toezeggingen.errors import LetterError
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.blocks import Blocks
from toezeggingen.letters.readers.odt_blocks import Walk, lift_frames
from toezeggingen.letters.readers.odt_styles import OFFICE, STYLE, TABLE, TEXT, Styles
from toezeggingen.letters.readers.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from toezeggingen.letters.source import Options, Reading

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"

_AGAIN = "open it in LibreOffice or Word and save it anew"
_ENCRYPTED = b"encryption-data"


def read(data: bytes, path: str, options: Options) -> Reading:
    """The words of an OpenDocument text, its footnotes and endnotes at the end.

    What tops the first page comes first, as head; running heads and feet come last, as furniture. The pages are those
    of the program that saved it, where it says them. Raises LetterError where the file is damaged or encrypted, unpacks
    to too much, or declares entities.
    """
    with Package(data, path, options.max_bytes) as package:
        if "encrypted-package" in package or (MANIFEST in package and _ENCRYPTED in package.read(MANIFEST)):
            raise LetterError(path, "this OpenDocument text is encrypted", "save it without a password")
        content = package.xml(CONTENT)
        styles = package.xml(STYLES) if STYLES in package else None
    return read_document(content, styles, path)


def read_document(content: Element, styles: Element | None, path: str) -> Reading:
    """What `content` holds, the root of content.xml or of an OpenDocument text in one file."""
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise LetterError(path, "this file holds no OpenDocument text", _AGAIN)
    known = Styles()
    roots = [root for root in (styles, content) if root is not None]
    for root in roots:
        known.read(root)
    blocks = Blocks()
    first, others = _frames(roots, body, known)
    walk = Walk(blocks, known, pages=next(body.iter(TEXT + "soft-page-break"), None) is not None)
    for zone, parts in ((Zone.HEAD, first), (None, [body]), (Zone.FURNITURE, others)):
        for part in parts:
            lift_frames(part)
            blocks.begin(zone)
            walk.run(part)
            blocks.end()
    return blocks.reading()


def _frames(roots: list[Element], body: Element, styles: Styles) -> tuple[list[Element], list[Element]]:
    """What tops the first page, and what else stands at the top or the foot of pages."""
    masters = {one.get(STYLE + "name", ""): one for root in roots for one in root.iter(STYLE + "master-page")}
    begun = [master for master in _begun(body, styles) if master in masters]
    standard = "Standard" if "Standard" in masters else next(iter(masters), "")
    used = [*begun[:1], *begun] if begun else [standard]
    for master in used:  # and the kind of page that follows it; the list grows while it is read
        following = masters[master].get(STYLE + "next-style-name", "") if master in masters else ""
        if following in masters and following not in used:
            used.append(following)
    first: list[Element] = []
    others: list[Element] = []
    for number, master in enumerate(dict.fromkeys(used)):
        for part in masters.get(master, ()):
            name = etree.QName(part).localname
            if (
                part.get(STYLE + "display") == "false"
                or not name.startswith(("header", "footer"))
                or not _letters(part)
            ):
                continue
            tops_first = name == "header-first" or (name == "header" and not _has_first(masters[master]))
            (first if number == 0 and tops_first else others).append(part)
    return first, _different(first, others)


def _begun(body: Element, styles: Styles) -> Iterator[str]:
    """The kinds of pages that the blocks of the text begin, in order; the first is the standard where none is said."""
    for number, block in enumerate(body.iter(TEXT + "p", TEXT + "h", TABLE + "table")):
        is_table = block.tag == TABLE + "table"
        name = block.get((TABLE if is_table else TEXT) + "style-name", "")
        master = styles.master("table" if is_table else "paragraph", name)
        if master or number == 0:
            yield master or "Standard"


def _has_first(master: Element) -> bool:
    return any(etree.QName(part).localname == "header-first" for part in master)


def _letters(part: Element) -> bool:
    """Whether there is a word in a header or footer, and not just the number of the page."""
    return any(c.isalpha() for piece in part.itertext() for c in str(piece))


def _different(first: list[Element], others: list[Element]) -> list[Element]:
    """Those of `others` that do not say what one before them says."""
    seen = {" ".join("".join(map(str, part.itertext())).split()) for part in first}
    found: list[Element] = []
    for part in others:
        words = " ".join("".join(map(str, part.itertext())).split())
        if words not in seen:
            seen.add(words)
            found.append(part)
    return found
