"""The frame around what a letter says: its head (letterhead, addresses, subject, masthead) and its signature."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone, begins_low, is_finished

if TYPE_CHECKING:
    from toezeggingen.letters.layout import Line

_LOOKED_AT = 150
"""Lines: a head is not longer, colophon and table of contents included."""

_SHORT = 60
"""Characters: a name, an address, a title; running text is wrapped wider."""


def mark_head(lines: list[Line]) -> int:
    """Mark the head, if the letter has one; returns the index of the first line after it.

    A head ends before the salutation or the first question, or with the last line that is plainly of a head. A letter
    that begins in the middle of a sentence has none.
    """
    pattern, opening = _head_line(), _opening()
    last = -1  # the last line known to be of the head
    item = ""  # the kind of head item that can run on over the next lines
    margin = 0
    for number, line in enumerate(lines[:_LOOKED_AT]):
        text = line.text
        if line.zone in (Zone.HEAD, Zone.FURNITURE):  # the file says so
            last = number if line.zone is Zone.HEAD else last
            margin += line.zone is Zone.FURNITURE
            continue
        if match := opening.match(text):
            line.label = "salutation" if match["salutation"] else ""
            return _mark(lines, number if last >= 0 or number == 0 else 0)
        if text.rstrip(".)") == "1" and number + 1 < len(lines) and _asking().match(lines[number + 1].text):
            return _mark(lines, number)
        of_head = pattern.match(text) if len(text) < 400 else None
        if of_head and _is_plain(of_head, text, known=last >= 0):
            item = of_head.lastgroup or ""
            last = number
            line.label = "" if begins_low(text) else "head"
            if item == "place" and number + 1 < len(lines) and not _goes_on_below(lines, number):
                break
            continue
        if item and _runs_on(item, lines, number):
            last = number
            continue
        item = ""
        if len(text) >= _SHORT or (number == 0 and begins_low(text)) or number - margin - last > 5 or is_finished(text):
            break
    return _mark(lines, last + 1)


def _is_plain(match: re.Match[str], text: str, *, known: bool) -> bool:
    """Whether what looks like a line of a head is one: no sentence, no bare number where no head is `known`."""
    if match.lastgroup == "bare":
        return known
    return match.lastgroup not in ("matter", "address", "label") or len(text) < 2 * _SHORT or text[-1] != "."


def _mark(lines: list[Line], end: int) -> int:
    for line in lines[:end]:
        line.zone = Zone.HEAD
    return end


def _goes_on_below(lines: list[Line], number: int) -> bool:
    """Whether below the place and date more of the head follows at once: an address, a reference, the salutation."""
    pattern, opening = _head_line(), _opening()
    return any(opening.match(line.text) or pattern.match(line.text) for line in lines[number + 1 : number + 4])


def _runs_on(item: str, lines: list[Line], number: int) -> bool:
    """Whether line `number` belongs to the head item before it."""
    line, before = lines[number], lines[number - 1]
    if item == "label":  # its value, on one line or a few
        if line.gap:
            return before.text.rstrip("*_:").istitle() and len(before.text) < 30
        return len(before.text) < 30 or not is_finished(before.text)
    if line.gap and item != "matter":
        return False
    if item in ("asked", "answered"):  # until "(ingezonden 2 mei 2031)."
        ended = before.text.endswith((").", ")"))
        return (
            not ended
            or (before.text[-1] == ")" and line.text.startswith(("(", "mede ", ",")))
            or line.text.startswith("Zie ook")
        )
    if item == "address":
        return len(line.text) < _SHORT and not is_finished(line.text)
    return len(line.text) < 2 * _SHORT and not is_finished(before.text)


@functools.cache
def _opening() -> re.Pattern[str]:
    """What is never of the head: the salutation, the label of a question or answer, a speaker."""
    return re.compile(
        r"""
        [*_]{0,3} (?:
            (?P<salutation> (?:Geachte|Zeer\ geachte|Hooggeachte|Beste)\b[^\n.]{0,60}[,:!]?
              | (?:Mijnheer|Mevrouw)\ de\ [Vv]oorzitter[,!]? )
          | (?:Vraag|Vragen)\ \d{1,3}[\d,;/\ –enotm-]{0,40}
          | Antwoord(?:en)? (?:\ (?:op|vraag|vragen|\d)[^\n]{0,40})? [:.]?
          | Inleiding | 1\.?\ Inleiding
        ) [*_]{0,3} \Z
      | (?:De\ heer|Mevrouw|Minister|Staatssecretaris|De\ voorzitter)\b[^:\n]{0,60}:
      | (?:\d{1,3}[.)]?\s{1,4})? (?:Bent|Deelt|Kunt|Kent|Heeft|Hebt|Herinnert|Vindt|Erkent)\ u\b
      | (?:\d{1,3}[.)]?\s{1,4})? [A-Z][^\n]{10,400}\?\Z
        """,
        re.VERBOSE,
    )


@functools.cache
def _asking() -> re.Pattern[str]:
    return re.compile(
        r"(?:Bent|Deelt|Kunt|Kent|Heeft|Hebt|Klopt|Is|Wat|Welke|Hoe|Waarom|Herinnert|Vindt|Erkent|In hoeverre"
        r"|Hoeveel|Wanneer|Wie|Waar|Zijn|Wordt|Worden|Kan|Kunnen|Op welke)\b"
    )


@functools.cache
def _head_line() -> re.Pattern[str]:
    """A line that is plainly of a head. The group says which item: one that can run on over the next lines."""
    return re.compile(
        r"""
        [>*_#\ ]{0,5} (?:
            (?P<place> (?:['’‘´`]?\s?s[-\ ]?Gravenhage | Den\ Haag | [A-Z][\w'-]{2,20}) ,\ (?:de\ )?
                \d{1,2}\ ?\w{3,9}\.?\ \d{4} \Z )
          | (?P<label> (?:Ons|Uw)\ kenmerk | (?:Onze|Uw)\ referentie | Kenmerk | Uw\ brief | Datum | Betreft | Onderwerp
              | Inzake
              | Bijlagen? | Bijlage\(n\) | Bezoekadres | Postadres | Contactpersoon | Behandeld\ door | Doorkiesnummer
              | Afschrift\ aan | Correspondentie\ uitsluitend | (?:Dossier|Zaak|Document)nummer | Kopie\ aan
              | Aantal\ bijlagen ) \b
          | (?P<asked> Vragen\ (?:van|door)\ (?:het\ lid|de\ leden|de\ vaste\ commissie)
              | Lijst\ van\ vragen | Vragen\ gesteld\ door )
          | (?P<answered> Antwoord(?:en)?\ van\ (?:de\ )?(?:[Mm]inister|[Ss]taatssecretaris) | Zie\ ook\ [Aa]anhangsel
              | Mededeling\ van\ (?:de\ )?(?:[Mm]inister|[Ss]taatssecretaris) )
          | (?P<address> Retouradres | Postbus\ \d | \d{4}\ ?[A-Z]{2}\b | Aan\ de\ | AAN\ DE\ | De\ [Vv]oorzitter\ van
              | (?:de\ )?[Vv]oorzitter\ (?:van\ )?de\ | der\ Staten-Generaal | Ministerie\ van | Directie | Directoraat
              | DG[ ] | [TFEI]\ {1,3}[\d(+] | [TF]\.?:[ ] | www\. | [\w.-]{2,40}@[\w.-]{3,40} )
          | (?P<matter> Vaststelling\ van | Wijziging\ van | Rijksbegroting | Hoofdstuk\ [IVX] | BRIEF\ VAN
              | Brief\ van\ de | LIJST\ VAN | VERSLAG\ VAN
              | (?:Regels|Voorstel|Wet|Bepalingen|Goedkeuring)\ (?:van|tot|omtrent|voor|inzake)\b )
          | (?: Tweede | Eerste )\ Kamer\ der\ Staten-Generaal | (?:Vergaderjaar|Zitting)\ \d{4} | Aanhangsel\ van\ de
          | regering\ gegeven\ antwoorden | (?:AH|TK)\ \d{1,5} | \d{4}[ZD]\d{4,6}
          | \d{1,2}\ ?\d{3}(?:\ [IVXLA-H]{1,6})? \Z
          | [Nn]r\.?\ ?\d{1,4}[A-Z]?\ ?\Z | (?:Nr|nr)\.\ [A-Z]{1,3}\Z | kst-?\d[\w-]{3,20}\Z
          | (?P<bare> (?: \d{1,5} | ['’‘´`] | [-–] ) \Z )
        )
        """,
        re.VERBOSE,
    )


@functools.cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        r"""
        (?: Hoogachtend | (?:Met\ )?(?:de\ meeste\ )?[Hh]oogachting
          | Met\ (?:vriendelijke|hartelijke|beleefde)\ groet(?:en)?
          | Hoogachtend,\ [^\n]{0,80} ) [,.]? \Z
        """,
        re.VERBOSE,
    )


@functools.cache
def _office() -> re.Pattern[str]:
    """The office of one who signs, as the whole of a line, with the name behind it in older print."""
    return re.compile(
        r"""
        (?: Namens\ )? (?:[Dd]e|DE)[ ]
        (?: [Mm]inister(?:-[Pp]resident)? | MINISTER(?:-PRESIDENT)? | [Ss]taatssecretaris | STAATSSECRETARIS )
        (?: ,?\ (?:[Mm]inister|MINISTER)\ van\ [^.:;?!\n]{4,50}
          | \ (?:van|voor|VAN|VOOR|zonder|ZONDER)\ [^.:;?!()\n]{3,100} )?
        ,? (?P<name> \ (?:[A-Z]\.\s?){1,5}[^.:;?!()\n]{2,50} )? \Z
        """,
        re.VERBOSE,
    )


@functools.cache
def _name() -> re.Pattern[str]:
    """A line that can be the name of one who signs, or the rest of an office: short, no sentence."""
    return re.compile(
        r"""
        (?: [A-ZÀ-Þ'’(] | (?:van|de|der|den|en|voor|namens)[ ] | (?:mr|drs|dr|ir|prof|jkvr?|wnd|plv)\.[ ]
          | directeur | secretaris | hoofd[ ] )
        [^?!;:\n]{0,58} \Z
        """,
        re.VERBOSE,
    )


def mark_signatures(lines: list[Line], start: int) -> None:
    """Mark the closing, the offices and the names that end the letter, or each letter where a file holds several."""
    closing, office = _closing(), _office()
    number = start
    while number < len(lines):
        line = lines[number]
        if line.zone is None and len(line.text) < 160:
            if closing.match(line.text):
                number = _mark_signature(lines, number)
                continue
            match = office.match(line.text)
            if match and (match["name"] or _is_signed_below(lines, number)):
                number = _mark_signature(lines, number)
                continue
        number += 1


def _is_signed_below(lines: list[Line], number: int) -> bool:
    """Whether after the office at `number` a name follows, or nothing but more offices and names until the end."""
    before = lines[number - 1] if number else None
    if before is not None and not is_finished(before.text) and not lines[number].gap and before.zone is None:
        return False  # the middle of a wrapped sentence
    below = [line for line in lines[number + 1 : number + 4] if line.zone is None]
    if not below:
        return lines[number].text.endswith(",") or number + 1 >= len(lines)
    name, office = _name(), _office()
    first = next((line for line in below if not office.match(line.text)), None)
    if first is None:
        return True
    rests_of_office = not lines[number].text.endswith(",") and begins_low(first.text) is False and not first.gap
    return bool(name.match(first.text)) and (not is_finished(first.text) or rests_of_office)


def _mark_signature(lines: list[Line], number: int) -> int:
    """Mark line `number` and the offices and names that follow; returns the index of the first line after them."""
    name, office, closing = _name(), _office(), _closing()
    lines[number].zone = Zone.SIGNATURE
    count = 0
    at = number + 1
    while at < len(lines) and count < 16:
        line = lines[at]
        if line.zone is not None:
            at += 1
            continue
        text = line.text
        is_title = bool(office.match(text) or closing.match(text))
        is_part = is_title or (len(text) < _SHORT and bool(name.match(text)) and not _ends_signature().match(text))
        if not is_part or (line.page and not is_title and count):
            break
        if (
            not is_title
            and at + 1 < len(lines)
            and lines[at + 1].zone is None
            and begins_low(lines[at + 1].text)
            and len(text) > 45
        ):
            break  # a sentence that goes on
        line.zone = Zone.SIGNATURE
        count += 1
        at += 1
    return at


@functools.cache
def _ends_signature() -> re.Pattern[str]:
    """What follows a signature and is no part of it."""
    return re.compile(
        r"""
        (?: Bijlagen? | BIJLAGEN? | Annex | Vra(?:ag|gen)\b | Antwoord | Moties?\b | Kamerstuk | Toezegging(?:en)?\b
          | Tabel | Overzicht
          | Ter\ inzage | Nedergelegd | Inleiding | [^\n]{0,60}\.\Z (?<!\ [A-Z]\.) | \d )
        """,
        re.VERBOSE,
    )
