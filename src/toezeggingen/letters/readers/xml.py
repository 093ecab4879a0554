"""XML: the papers of officielebekendmakingen.nl, pages and texts saved as XML, and the words of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError
from toezeggingen.letters.readers import html, odt, publication_xml
from toezeggingen.letters.readers.blocks import Blocks
from toezeggingen.letters.readers.markup import local_name, parse_xml
from toezeggingen.letters.readers.odt_styles import OFFICE
from toezeggingen.letters.readers.xml_blocks import Walk, make_common

if TYPE_CHECKING:
    from toezeggingen.letters.source import Options, Reading

_METADATA = frozenset({"metadata_gegevens", "owms-metadata"})


def read(data: bytes, path: str, options: Options) -> Reading:
    """The words of an XML document.

    One of an unknown vocabulary is read as it seems to be meant, with a warning: what stands between words belongs to a
    paragraph, and what stands by itself is one. Raises LetterError where it is not well-formed, declares entities, or
    is the metadata of a publication.
    """
    root = parse_xml(data, path)
    name = local_name(root)
    if name.lower() == "html":
        return html.read(data, path, options)
    if root.tag == OFFICE + "document":
        return odt.read_document(root, None, path)
    if name in _METADATA:
        found = f"this is the metadata of a publication (<{name}>), not its words"
        raise LetterError(path, found, "name the file of the publication itself (kst-....xml)")
    make_common(root)
    blocks = Blocks()
    Walk(blocks).run(root)
    if root.tag in publication_xml.ROOTS:
        return blocks.reading(publication_xml.metadata(root))
    warning = f"a form of XML that is not known (<{name}>); read as paragraphs of text"
    return blocks.reading(warnings=[("unknown-xml", warning)])
