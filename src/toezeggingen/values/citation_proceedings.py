"""How the records of debates and the answered questions are written: Handelingen and their Aanhangsel.

Handelingen II 2018/19, nr. 12, item 12      Handelingen II 2007/08, nr. 108, p. 7909-7943      TK 85-5-7
Aanhangsel van de Handelingen, vergaderjaar 2024-2025, nr. 546      Aanhangselnummer 242501244
"""

from __future__ import annotations

import dataclasses

from toezeggingen.values.citation_bricks import DASH, Reading, brick, read_lead, read_lead_before, split_word
from toezeggingen.values.citation_numbers import NUMBER, Numbers, is_closed, read_announced

_APPENDIX = rf"""
    (?: (?i: {split_word("aanhangsel")} )
        (?P<of> \s{{1,60}}+ (?i: (?: van | der | bij ) \s{{1,60}}+ (?: de \s{{1,60}}+ )? )?
            (?i: {split_word("handelingen")} ) )?
      | Aanh\. \s{{0,3}}+ (?P<abbreviated> Hand\. )
      | AH (?: {DASH} TK )? (?! \w ) )
"""
_APPENDIX_NUMBER = rf"(?i: {split_word('aanhangselnummer')} ) [\s:]{{0,9}}+ (?P<code> \d{{5,9}} ) (?! \d )"
_PROCEEDINGS = rf"(?i: {split_word('handelingen')} ) (?: \s{{1,3}}+ (?P<committee> UCV | OCV ) )?"
_DOSSIER = r"\d\d [\s.]? \d{3} (?! \d ) (?: \s? [IVX]{1,5} )? [\s,]{0,60}+"
# nr. 12, item 12 / 12, item 12 / nr. 12-item 12
_SITTING = rf"""
    (?: (?i: nr | nummer ) \.?+ \s{{0,60}}+ )? (?P<sitting> \d{{1,3}} ) (?! \d )
    (?: [\s,;]{{0,60}}+ {DASH}? \s? (?i: item | agendapunt | punt ) s? \.? \s{{0,60}}+ (?P<item> \d{{1,3}} ) (?! \d ) )?
"""
# 85-5-7, 85-5: sitting, item, page; 39-2410 of before 2011: sitting, page
_TAIL = (
    rf"(?P<sitting> \d{{1,3}} ) {DASH} (?P<item> \d{{1,4}} ) (?: {DASH} (?P<page> \d{{1,4}} ) )? (?! \d | {DASH}\d )"
)
_PAGES = rf"""
    [\s,;]{{0,60}}+ (?: pp? | blz | pag ) \.?+ \s{{0,9}}+
    (?P<first> \d{{1,5}} ) \s? {DASH} \s? (?P<last> \d{{1,5}} ) (?! \d )
"""
_BARE_TAIL = rf"""
    (?P<house> TK | EK ) \s{{1,3}}+
    (?P<sitting> \d{{1,3}} ) {DASH} (?P<item> \d{{1,3}} ) {DASH} \d{{1,4}} (?! \d | {DASH} )
"""


def read_appendix(text: str, start: int) -> list[Reading]:
    """The answered questions that the word Aanhangsel at `start` cites."""
    if code := brick(_APPENDIX_NUMBER).match(text, start):
        return [Reading("aanhangselnummer", start, code.end("code"), code=code["code"])]
    head = brick(_APPENDIX).match(text, start)
    if head is None:
        return []
    lead = read_lead(text, head.end())
    numbers = _read_number(text, lead.end)
    end = numbers.end
    if lead.session is None and numbers.announced:  # the session stands behind the number, or before the word
        behind = read_lead(text, numbers.end)
        told_behind = behind.session is not None and len(behind.session) > 4  # a year alone is that of a date
        lead, end = (behind, behind.stop) if told_behind else (read_lead_before(text, start), end)
    if not numbers.items or not (lead.session or head["of"] or head["abbreviated"]):
        return []
    flags = numbers.flags if lead.session else (*numbers.flags, "no-session")
    return [Reading("aanhangsel", start, end, lead.chamber, lead.session, numbers=numbers.items, flags=flags)]


def read_proceedings(text: str, start: int) -> list[Reading]:
    """The debate that the word Handelingen at `start` cites: a session must be named, and a sitting."""
    head = brick(_PROCEEDINGS).match(text, start)
    if head is None:
        return []
    lead = read_lead(text, head.end())
    if lead.session is None:
        return []
    at = lead.end
    if dossier := brick(_DOSSIER).match(text, at):  # Handelingen II 2008-2009, 31 386, nr. 43
        at = dossier.end()
    flags = ("committee-sitting",) if head["committee"] else ()
    reading = Reading("handelingen", start, at, lead.chamber, lead.session, flags=flags)
    return [found] if (found := _read_tail(text, at, reading) or _read_sitting(text, at, reading)) else []


def read_bare_tail(text: str, start: int) -> list[Reading]:
    """The "TK 85-5-7" at `start`: sitting, item and page of the record of a debate whose session is not named."""
    match = brick(_BARE_TAIL).match(text, start)
    if match is None:
        return []
    chamber = "II" if match["house"] == "TK" else "I"
    numbers = (match["sitting"], match["item"])
    return [Reading("handelingen-tail", start, match.end(), chamber, numbers=numbers, flags=("no-session",))]


def _read_tail(text: str, at: int, reading: Reading) -> Reading | None:
    tail = brick(rf"(?: (?: TK | EK | nr\. | blz\. | p\. ) \s{{0,3}}+ )? {_TAIL}").match(text, at)
    if tail is None:
        return None
    if reading.session and is_paged(reading.session):  # sitting and page: the page says nothing about the item
        if int(tail["item"]) <= int(tail["sitting"]):
            return None
        flags = (*reading.flags, "no-item")
        return dataclasses.replace(reading, end=tail.end("sitting"), numbers=(tail["sitting"],), flags=flags)
    end = tail.end("item") if tail["page"] is None else tail.end("page")
    return dataclasses.replace(reading, form="handelingen-tail", end=end, numbers=(tail["sitting"], tail["item"]))


def _read_sitting(text: str, at: int, reading: Reading) -> Reading | None:
    sitting = brick(_SITTING).match(text, at)
    end = sitting.end() if sitting else at
    if sitting and sitting["item"]:
        return dataclasses.replace(reading, end=sitting.end("item"), numbers=(sitting["sitting"], sitting["item"]))
    pages = brick(_PAGES).match(text, end)
    if pages and reading.session and is_paged(reading.session) and int(pages["last"]) >= int(pages["first"]):
        numbers = (pages["first"], pages["last"])
        return dataclasses.replace(reading, form="handelingen-pages", end=pages.end("last"), numbers=numbers)
    if sitting is None:
        return None
    flags = (*reading.flags, "no-item")
    return dataclasses.replace(reading, end=sitting.end("sitting"), numbers=(sitting["sitting"],), flags=flags)


def is_paged(session: str) -> bool:
    """Whether the record of a session was numbered by pages through the year: so it was until 1 January 2011."""
    return int(session[:4]) <= 2010


def _read_number(text: str, at: int) -> Numbers:
    numbers = read_announced(text, at)
    if numbers.items:
        return numbers
    plain = brick(NUMBER).match(text, at)  # "vergaderjaar 2023-2024, 1028"
    if plain and is_closed(text, plain.end("item")):
        return Numbers(plain.end("item"), (plain["item"],))
    return numbers
