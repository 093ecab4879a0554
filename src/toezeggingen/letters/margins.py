"""The margin of a letter's pages: reference, date, department and colophon, which dumps put among the text."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Line, Zone, cut_out

if TYPE_CHECKING:
    from collections.abc import Iterator


def mark_margins(lines: list[Line], start: int) -> None:
    """Mark what stood in the margin, from line `start` on: furniture, or head where it is an address."""
    _mark_labels(lines, start)
    _mark_addresses(lines, start)
    _mark_departments(lines, start)


@functools.cache
def _margin_label() -> re.Pattern[str]:
    """A label of the block in the margin, alone on its line or with its value."""
    return re.compile(
        r"""
        [*_]{0,3}
        (?P<label> (?:Ons|Uw)\ kenmerk | (?:Onze|Uw)\ referentie | Kenmerk | Datum(?:\ document)?
                 | Bijlagen? | Bijlage\(n\)
                 | Uw\ brief(?:\ \(kenmerk\))? | (?:Dossier|Zaak|Document)nummer | Behandeld\ door | Contactpersoon )
        [*_]{0,3} :? [*_]{0,3} (?P<value> \ {0,3}[^.\n]{0,50} ) \Z
        """,
        re.VERBOSE,
    )


def _mark_labels(lines: list[Line], start: int) -> None:
    """The block of a following page: a label that stands in the letter more than once, and the lines below it."""
    pattern = _margin_label()
    labels: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate(lines):
        if line.zone is None and len(line.text) <= 80 and (match := pattern.match(line.text)):
            labels.append((number, match))
    count = Counter(match["label"] for _, match in labels)
    for number, match in labels:
        label, value = match["label"], match["value"].strip()
        is_reference = label.startswith(("Ons k", "Onze r", "Uw k", "Uw r"))
        if number < start or not (count[label] > 1 or is_reference) or (value and not any(map(str.isdecimal, value))):
            continue
        lines[number].zone = Zone.FURNITURE
        for below in lines[number + 1 : number + 4] if not value else ():
            if below.gap or below.zone is not None or len(below.text) > 60 or below.text[-1] in ".?!:":
                break
            below.zone = Zone.FURNITURE


@functools.cache
def _address() -> re.Pattern[str]:
    """A line of a colophon that a dump put among the text."""
    return re.compile(
        r"""
        (?: (?:Bezoek|Post|Factuur|Retour)adres | Postbus\ \d{1,5} | \d{4}\ ?[A-Z]{2}\ {1,3}[A-Z]['A-Za-z -]{2,30}\Z
          | Overheidsidentificatienr
          | [TF]\ {1,3}(?:\(?0\d|\+31)[\d\ ()-]{6,16} | (?:https?://)?www\.[\w./-]{3,40}\Z | [\w.-]{2,40}@[\w.-]{3,40}\Z
          | Behandeld\ door | Contactpersoon | Doorkiesnummer | Inlichtingen\ bij )
        """,
        re.VERBOSE,
    )


def _mark_addresses(lines: list[Line], start: int) -> None:
    """Colophons: two lines of an address at least, near each other, and the short ones between them."""
    pattern = _address()
    last = -1
    for number in range(start, len(lines)):
        line = lines[number]
        if line.zone is not None or len(line.text) > 60 or not pattern.match(line.text):
            continue
        between = lines[last + 1 : number]
        if (
            last >= 0
            and len(between) <= 4
            and all(len(near.text) <= 45 and near.text[-1] not in ".:;?" for near in between)
        ):
            for near in (lines[last], *between, line):
                near.zone = near.zone or Zone.HEAD
        last = number


@functools.cache
def _department() -> re.Pattern[str]:
    return re.compile(
        r"(?:Directie|Directoraat|DG |Ministerie van|Afdeling|Bestuurskern|Programmadirectie)\b[^.:;?!\n]{0,60}\Z"
    )


def _mark_departments(lines: list[Line], start: int) -> None:
    """The department that stands in the margin, next to a page's foot or to what else is in the margin."""
    pattern = _department()
    for number in range(max(1, start), len(lines)):
        line = lines[number]
        if line.zone is not None or len(line.text) > 75 or not pattern.match(line.text):
            continue
        near = (lines[number - 1], *lines[number + 1 : number + 2])
        if line.page or any(
            other.zone in (Zone.FURNITURE, Zone.HEAD) for other in near if other is not lines[start - 1]
        ):
            line.zone = Zone.FURNITURE


def without_reference(lines: list[Line], start: int) -> Iterator[Line]:
    """The lines, the letter's own reference cut out where the margin of a page ran into the text at its top."""
    reference = _own_reference(lines)
    since_page = 99
    for number, line in enumerate(lines):
        since_page = 0 if line.page else since_page + (line.zone is None)
        if not reference or number < start or line.zone is not None or since_page > 8 or reference not in line.text:
            yield line
            continue
        at = line.text.index(reference)
        yield from cut_out(line, [at, at + len(reference)])


def _own_reference(lines: list[Line]) -> str:
    """What stands behind or under the label "Ons kenmerk", if it has four digits; "" where nothing like it does."""
    label = re.compile(r"\W{0,5}(?:Ons kenmerk|Onze referentie)\b[\s:*_]{0,6}(?P<value>[^*\n]{0,45})")
    for number, line in enumerate(lines):
        if match := label.match(line.text):
            below = lines[number + 1].text if number + 1 < len(lines) else ""
            value = match["value"].strip() or below
            if 6 < len(value) < 45 and sum(map(str.isdecimal, value)) > 3:
                return value
    return ""
