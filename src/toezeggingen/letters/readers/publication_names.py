"""What the metadata of officielebekendmakingen.nl say of a paper, by the names they have in its HTML and its XML."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from toezeggingen.letters.offices import as_kept
from toezeggingen.letters.signatures import Signatory
from toezeggingen.values.kamerstuk import own_paper
from toezeggingen.values.ministry import ministry_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Said = dict[str, list[str]]
"""The values of each name, in small letters ("dc.identifier"), in the order of the file."""

_FOR_ANOTHER = ("namens", "mede namens", "ook namens", "voor deze", "voor dezen")
_SERIES = ("kst-", "ah-")
_CHAMBERS = {"tweede kamer": "TK", "eerste kamer": "EK", "verenigde vergadering": "VV"}


def collect(pairs: Iterable[tuple[str | None, str | None]]) -> Said:
    """Names with their values; blanks at either side and empty values left out."""
    said: Said = {}
    for name, value in pairs:
        value = " ".join((value or "").split())
        if name and value:
            said.setdefault(name.lower(), []).append(value)
    return said


def stated(said: Said) -> dict[str, Any]:
    """The fields of the letter's head that the metadata state: own_paper, chamber, subject, date.

    A date is the letter's own or, of answers to questions, the day on which they were received; never the day of
    publication.
    """
    fields: dict[str, Any] = {}
    if paper := paper_of(said):
        fields["own_paper"] = paper
    if chamber := _only(_chambers(said)):
        fields["chamber"] = chamber
    if subject := _subject(said):
        fields["subject"] = subject
    days = said.get("overheidop.datumbrief", [])
    if not days and fields.get("own_paper", "").startswith("ah-"):
        days = said.get("overheidop.datumontvangst", [])
    if day := _only([iso_day(day) for day in days]):
        fields["date"] = day
    return fields


def paper_of(said: Said) -> str | None:
    """The id of the paper as citations have it ("kst-29282-463", "ah-tk-20242025-546"), or None.

    A newer publication may have a bare number for an id ("kst-1101956"); where dossier and number are told, these say
    more.
    """
    urls = [_of_record(url) for url in said.get("overheidop.externmetadatarecord", ())]
    ids = [own_paper(one) for one in (*said.get("dc.identifier", ()), *said.get("dcterms.identifier", ()), *urls)]
    papers = [one for one in ids if one and one.startswith(_SERIES)]
    bare = [one for one in papers if one.count("-") == 1]
    if papers and len(bare) < len(papers):
        return next(one for one in papers if one not in bare)
    dossier, number = _only(said.get("overheidop.dossiernummer", ())), _only(said.get("overheidop.ondernummer", ()))
    made = own_paper(paper_id(dossier, number)) if dossier and number else None
    return made or (bare[0] if bare else None)


def paper_id(dossier: str, number: str) -> str:
    """The id of paper `number` of a dossier: "36 600 VII" and "12" make kst-36600-VII-12."""
    written = dossier.strip().replace("\u00a0", " ").replace(".", "")
    match = re.match(r"(\d{2})\s?(\d{3})", written)
    digits, rest = (match[1] + match[2], written[match.end() :]) if match else (written, "")
    parts = [digits, *re.split(r"[\s-]+", rest.strip(" -")), number.strip()]
    return "kst-" + "-".join(part for part in parts if part and not part.startswith("("))


def chamber_of(words: str) -> str | None:
    """TK, EK or VV where `words` name one chamber; of the States General as a whole None."""
    small = " ".join(words.lower().split())
    return next((short for name, short in _CHAMBERS.items() if small.startswith(name)), None)


def iso_day(written: str | None) -> datetime.date | None:
    """The day of "2031-03-04", the only form in which these files write one for machines."""
    try:
        return datetime.date.fromisoformat((written or "").strip()[:10])
    except ValueError:
        return None


def signed(parts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The fields that a signature states: signatories, and the ministry of the first of them.

    `parts` are pairs of "functie" or "naam" and its words, in order. Names go with the offices before them, one with
    one; where there are more of one than of the other, whose name it is is not told.
    """
    found: list[Signatory] = []
    offices: list[str] = []
    names: list[str] = []
    for kind, words in (*parts, ("functie", "")):
        words = " ".join(words.split()).strip(" ,")
        if kind == "naam":
            names += [words] if words else []
            continue
        if names:
            matched = names if len(names) == len(offices) else [None] * len(offices)
            found += [Signatory(name, as_kept(office)) for name, office in zip(matched, offices, strict=True)]
            offices, names = [], []
        if words and not words.lower().startswith(_FOR_ANOTHER):
            offices.append(words)
    found += [Signatory(None, as_kept(office)) for office in offices]
    if not found:
        return {}
    ministry = ministry_of(found[0].office or "")
    fields: dict[str, Any] = {"signatories": tuple(found)}
    return fields | {"ministry": ministry.short} if ministry else fields


def _chambers(said: Mapping[str, list[str]]) -> list[str | None]:
    names = ("dc.creator", "dcterms.creator", "overheid.authority", "overheidop.kamer")
    return [chamber for name in names for words in said.get(name, ()) if (chamber := chamber_of(words))]


def _subject(said: Said) -> str | None:
    """The title of the paper behind the kind of paper that it is: "Brief regering; Stand van de sluizen"."""
    title = _only(said.get("overheidop.documenttitel", []))
    kind, mark, subject = (title or "").partition("; ")
    return subject if mark and len(kind.split()) < 6 else None


def _of_record(url: str) -> str:
    """The id in the address of a record: https://zoek.officielebekendmakingen.nl/kst-29282-463/metadata.xml"""
    parts = url.rstrip("/").split("/")
    return parts[-2] if len(parts) > 1 and parts[-1] == "metadata.xml" else ""


def _only(values: Sequence[Any]) -> Any:
    """The value where all are the same one; None where there are none, or several."""
    return values[0] if values and all(value == values[0] for value in values) else None
