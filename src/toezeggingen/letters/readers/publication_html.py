"""Papers on officielebekendmakingen.nl: where a page has the paper, what its classes mean, what its metadata state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toezeggingen.letters.readers.publication_names import collect, paper_of, signed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

CONTAINERS = ("broodtekst", "main-column")
"""The ids of the element that holds the paper, in the order in which they are looked for."""

CLASSES = {
    "h1.stuktitel": "head", "dossiertitel": "head", "h1.dossier": "head", "kamerstukdatum": "head",
    "kamerstukkop": "head", "tekstregel": "head", "kamervraagnummer": "head", "kamervraagomschrijving": "head",
    "kamervraagomschrijving_kop": "head",
    "h2.stuktitel": "heading", "p.nummer": "heading", "tussenkop": "heading",
    "span.functie": "line", "span.naam": "line",
    "voornaam": "apart", "achternaam": "apart", "stuknummer": "apart", "lidnr": "apart", "span.ol": "apart",
    "dossiernummer": "apart",
    "note-close": "skip", "verberg": "skip", "tekstueel": "skip",
}  # fmt: skip
"""What the classes of a paper are, alone or on an element of that name; see `html_blocks.Walk`."""


def container(root: Element) -> Element | None:
    """The part of a page that holds the paper; None where it is another page."""
    for name in CONTAINERS:
        found = root.find(f".//*[@id='{name}']")
        if found is not None:
            return found
    return None


def metadata(root: Element, part: Element) -> dict[str, Any] | None:
    """The fields of the letter's head that the page `root` states; None where it is no publication.

    `part` holds the paper itself, with its signature.
    """
    said = collect((meta.get("name"), meta.get("content")) for meta in root.iter("meta"))
    if not paper_of(said):
        return None
    return signed(_signature(part)) | stated(said)


def _signature(part: Element) -> Iterator[tuple[str, str]]:
    """Offices and names, in order, where the page marks them."""
    for element in part.iter("span", "p", "div"):
        classes = (element.get("class") or "").split()
        for kind in ("functie", "naam"):
            if kind in classes:
                tail = element.tail if kind == "functie" else ""
                yield kind, " ".join(map(str, element.itertext())) + (tail or "")
