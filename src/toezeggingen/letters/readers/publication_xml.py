"""Papers of officielebekendmakingen.nl in XML: what their structure states of the letter's head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toezeggingen.letters.dates import place_and_date
from toezeggingen.letters.lines import Line
from toezeggingen.letters.readers.markup import words_of
from toezeggingen.letters.readers.publication_names import chamber_of, collect, iso_day, paper_id, signed, stated
from toezeggingen.values.kamerstuk import own_paper

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

ROOTS = frozenset({
    "officiele-publicatie", "kamerstuk", "kamervragen", "kamerwrk", "vraagdoc", "niet-dossier-stuk", "handelingen",
})  # fmt: skip
"""The names of the outermost elements of parliamentary papers, of all years."""

FIRST_PARAGRAPHS = 10
"""Paragraphs among which the line with place and date stands."""

_SIGNATURE = ("ondertekening", "dagtekening", "tekst-sluiting")


def metadata(root: Element) -> dict[str, Any]:
    """The fields that a paper states; `root` made common (see `xml_blocks`)."""
    fields = stated(collect((meta.get("name"), meta.get("content")) for meta in root.iter("meta")))
    lines = {line.get("inhoud", ""): words_of(line) for line in root.iter("tekstregel")}
    if "own_paper" not in fields and (paper := _paper(root, lines)):
        fields["own_paper"] = paper
    named = [lines.get("kameraanduiding", ""), *(words_of(title) for title in root.iterfind("./kop/titel"))]
    if chamber := next((one for words in named if (one := chamber_of(words))), None):
        fields["chamber"] = chamber
    if (topic := next(root.iter("kamervraagonderwerp"), None)) is not None and (subject := _bare_words(topic)):
        fields["subject"] = subject
    fields |= signed(_signature(root))
    if day := _date(root):
        fields["date"] = day
    return fields


def _paper(root: Element, lines: dict[str, str]) -> str | None:
    """The id that dossier and number make, or session and number of questions with their answers."""
    dossier = next(root.iter("dossiernummer", "onderw"), None)
    number = next(root.iter("ondernummer"), None)
    if number is None:
        number = next(iter(root.iterfind(".//stukkop/nummer")), None)
    if dossier is not None and number is not None:
        parts = [words_of(part) for part in dossier.iter("dossiernr", "nummer", "begrotingshoofdstuk")]
        return own_paper(paper_id(" ".join(parts), words_of(number)))
    appendix = next(root.iter("kamervraagnummer"), None)
    years = re.search(r"(\d{4})\D{1,3}(\d{4})", lines.get("vergaderjaar", ""))
    house = {"1": "ek", "2": "tk"}.get(lines.get("kamernummer", ""))
    if appendix is not None and years and house and next(root.iter("antwoord"), None) is not None:
        return own_paper(f"ah-{house}-{years[1]}{years[2]}-{words_of(appendix)}")
    return None


def _signature(root: Element) -> Iterator[tuple[str, str]]:
    """Offices and names of the first signature that is no annex's, in order."""
    first = next((one for one in root.iter("ondertekening") if next(one.iterancestors("bijlage"), None) is None), None)
    parent = first.getparent() if first is not None else None
    for signature in parent.iterchildren("ondertekening") if parent is not None else ():
        for part in signature.iter("functie", "naam"):
            rest = part.tail or "" if part.tag == "functie" else ""
            words = " ".join(map(str, part.itertext())) if part.tag == "naam" else words_of(part)
            yield str(part.tag), f"{words} {rest.strip()}"


def _date(root: Element) -> datetime.date | None:
    """The day of the letter: in its signature, in its line with the place, of questions that on which answers came.

    That on which a paper was received or adopted is its day where none of these is there, nor in words.
    """
    received = None
    for day in root.iter("datum"):
        value = iso_day(day.get("isodatum"))
        parent = day.getparent()
        if value is None or parent is None:
            continue
        above = {one.tag for one in day.iterancestors()}
        before = _before(day)
        if not above.isdisjoint(_SIGNATURE) or (
            parent.tag == "al" and _is_place(before) and not (day.tail or "").strip()
        ):
            return value
        if "kamervraagomschrijving" in above and before.endswith("ontvangen"):
            return value
        if parent.tag == "datumtekst" and before.lower() in ("ontvangen", "vastgesteld"):
            received = value
    return None if received is None or _says_date(root) else received


def _before(element: Element) -> str:
    """The words right before an element, up to the one before it."""
    before, parent = element.getprevious(), element.getparent()
    words = before.tail if before is not None else parent.text if parent is not None else ""
    return " ".join((words or "").split()).rstrip(" (")


def _is_place(words: str) -> bool:
    return bool(re.fullmatch(r"['’‘]?[^\W\d_][^\d,.:]{1,30},", words))


def _says_date(root: Element) -> bool:
    """Whether one of the first paragraphs is the line with place and date."""
    for number, paragraph in enumerate(root.iter("al")):
        words = words_of(paragraph)
        if number >= FIRST_PARAGRAPHS:
            break
        if place_and_date(Line(words, 0, len(words)), words, any_place=True):
            return True
    return False


def _bare_words(element: Element) -> str:
    """The words of an element without the footnotes in it."""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag == "noot" else words_of(child), child.tail or ""]
    return " ".join("".join(parts).split()).rstrip(" .")
