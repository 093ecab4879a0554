"""The heading, the feet and the printed id of a Kamerstuk, the official publication of the Staten-Generaal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.letterhead import Value
from toezeggingen.letters.lines import line_start, one_line
from toezeggingen.letters.offices import as_kept, office_start
from toezeggingen.values.kamerstuk import own_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.letters.lines import Line

HEADING_LINES = 40
"""Lines that the heading of a publication may take, from running head to place and date."""

NUMBER_WITHIN = 14
"""Lines within which the number of the paper stands below its dossier."""

ASKED_WITHIN = 6_000
"""Characters within which a paper says to whom its questions were put."""

FOOT_LENGTH = 200
"""Characters of the longest running foot."""


@dataclass(frozen=True, slots=True)
class Kamerstuk:
    """The heading of a Kamerstuk; `paper` is its id ("kst-29282-463"), `writers` the offices of BRIEF VAN DE ..."""

    paper: Value | None
    title: Value | None
    writers: tuple[Value, ...]


def session(lines: Sequence[Line]) -> str | None:
    """The session of the running head as ids write it ("20242025"), where it is two consecutive years."""
    for line in lines[:12]:
        if match := _session().search(line.text):
            first = int(match["first"])
            second = match["second"]
            if f"{first + 1}".endswith(second):
                return f"{first}{first + 1}"
    return None


def kamerstuk(lines: Sequence[Line], source: str, chamber: str | None) -> Kamerstuk | None:
    """The heading of a Kamerstuk: dossier and title, number, and who writes; None where it is another document.

    A number counts only with the name of a chamber, a session or a title in capitals with it. Papers of the Eerste
    Kamer ("EK") have letters for numbers.
    """
    lines = lines[:HEADING_LINES]
    letter = next(((i, m) for i, line in enumerate(lines) if (m := _letter_from().match(line.text))), None)
    writers = _letter_writers(lines, *letter) if letter else ()
    dossier = next(((i, m) for i, line in enumerate(lines) if (m := _dossier().match(line.text))), None)
    if dossier:
        at, match = dossier
        sure = bool(chamber or letter or session(lines))
        for below, line in enumerate(lines[at + 1 : at + NUMBER_WITHIN], at + 1):
            number, told = _number().match(line.text), sure
            if number is None and chamber != "TK":
                number, told = _letter_number().match(line.text), chamber == "EK"
            if number and (told or _titled(lines, below, number)):
                paper = _paper(match, lines[at + 1 : below], number["number"])
                place = Value(paper, lines[at].start, line.start + number.end("words"))
                return Kamerstuk(place, _title(lines, at, match, below, source), writers)
    return Kamerstuk(None, None, writers) if writers else None


def _titled(lines: Sequence[Line], at: int, number: re.Match[str]) -> bool:
    """Whether a title in capitals stands behind or below the number: Nr. 214 LIJST VAN VRAGEN EN ANTWOORDEN"""
    words = lines[at].text[number.end("words") :].strip() or (lines[at + 1].text if at + 1 < len(lines) else "")
    return words.isupper() and sum(c.isalpha() for c in words) > 3


def _paper(dossier: re.Match[str], between: Sequence[Line], number: str) -> str:
    """The id that dossier, chapter (behind the dossier or as "Hoofdstuk XVI" below it) and number make."""
    digits = dossier["dossier"].replace(" ", "").replace(".", "")
    chapter = dossier["chapter"]
    for line in between[:3]:
        if not chapter and (match := _chapter().match(line.text)):
            chapter = match["chapter"].upper()
    return f"kst-{digits}-{chapter}-{number}" if chapter else f"kst-{digits}-{number}"


def _title(lines: Sequence[Line], at: int, dossier: re.Match[str], until: int, source: str) -> Value | None:
    """The title of the first dossier: behind its number, below it, or (old volumes) above it."""
    first, start = at, lines[at].start + dossier.end("head")
    if not dossier["title"]:
        first, start = at + 1, lines[at + 1].start
    last = first
    while last + 1 < until and not _dossier().match(lines[last + 1].text):
        last += 1
    if first >= until or _chapter().match(lines[first].text):
        above = lines[at - 1] if at else None
        if above is None or _running_head().search(above.text) or not any(c.isalpha() for c in above.text):
            return None
        return Value(above.text, above.start, above.end)
    words = one_line(source[start : lines[last].end])
    return Value(words, start, lines[last].end) if sum(c.isalpha() for c in words) > 2 else None


def _letter_writers(lines: Sequence[Line], at: int, match: re.Match[str]) -> tuple[Value, ...]:
    """The offices of "BRIEF VAN DE MINISTER VAN X EN DE STAATSSECRETARIS VAN Y", over the lines in capitals."""
    parts = [lines[at].text[match.end() :]]
    end = lines[at].end
    capitals = parts[0].isupper()
    for line in lines[at + 1 : at + 5]:
        if capitals != line.text.isupper() or (not capitals and not _goes_on().search(parts[-1])):
            break
        parts.append(line.text)
        end = line.end
    words = _for_another().split(_misread_article().sub("DE ", one_line("\n".join(parts))))[0]
    if not (office_start().match(words) or _plural().match(words)):
        return ()
    start = lines[at].start + match.end()
    return tuple(Value(as_kept(office), start, end) for office in _each_office(words))


def asked(source: str) -> Value | None:
    """The minister to whom a committee put the questions that this paper answers too; None where it does not say so."""
    put = _put_to().search(source, 0, ASKED_WITHIN)
    if put is None or source.find("beantwoord", 0, ASKED_WITHIN) < 0:
        return None
    match = office_start().match(source, put.end())
    return Value(one_line(source[match.start() : match.end() + 80]), match.start(), match.end()) if match else None


def _each_office(words: str) -> list[str]:
    """The offices of a list: split at "en (de) minister", and at "en van" behind the plural."""
    plural = _plural().match(words)
    if plural:
        role = plural["role"][: -2 if plural["role"].lower().endswith("en") else -1]
        return [f"{role} {part}" for part in _and_of().split(words[plural.end() :])]
    return _and_office().split(words)


def printed_id(text: str) -> re.Match[str] | None:
    """The id of a publication at the start of a line with nothing behind it, as its first page has it at the foot."""
    for series in ("kst-", "ah-tk-", "ah-ek-"):
        at = text.find(series)
        while at >= 0:
            start = line_start(text, at, within=3)
            if start is not None and (match := _id().match(text, start)):
                return match
            at = text.find(series, at + 1)
    return None


def running_feet(text: str) -> list[Value]:
    """What the running feet say that paper this is; a foot is a line, so nothing is looked for far from its words."""
    found: list[Value] = []
    for words in ("Kamer, vergaderjaar", "Kamer, zitting"):
        at = text.find(words)
        while at >= 0:
            start = line_start(text, at, within=20)
            if start is not None:
                end = text.find("\n", at, at + FOOT_LENGTH)
                line = text[start : end if end >= 0 else at + FOOT_LENGTH]
                if paper := own_paper(line.strip()):
                    found.append(Value(paper, start, start + len(line.rstrip())))
            at = text.find(words, at + 1)
    return found


@cache
def _put_to() -> re.Pattern[str]:
    return re.compile(r"voor(?:gelegd|\s+te\s+leggen)\s+aan\s+(?=de\s)")


@cache
def _session() -> re.Pattern[str]:
    return re.compile(
        r"(?:[Vv]ergaderjaar|[Zz]itting)\s+(?P<first>(?:19|20)\d\d)\s?[-–—/]\s?(?P<second>(?:19|20)?\d\d)(?!\d)"
    )


@cache
def _running_head() -> re.Pattern[str]:
    return re.compile(r"[Vv]ergaderjaar|[Zz]itting|Staten-?\s?Generaal|^\d$")


@cache
def _dossier() -> re.Pattern[str]:
    """29 282 Arbeidsmarktbeleid ... | 35 925 XVI | 21 501-02 | 34 356 (R2064) | 16400"""
    return re.compile(
        r"""(?P<head> (?P<dossier>\d{2}[ .]?\d{3}) (?:[ -]{1,2}(?P<chapter>[IVX]{1,5}[A-E]?|[A-E]|\d{2}))?
            (?:\s*\(R\s?\d{3,4}\))? ) (?![\w,-]) (?:\s*(?P<title>[^\W\d_].*))? $""",
        re.VERBOSE,
    )


@cache
def _chapter() -> re.Pattern[str]:
    return re.compile(r"Hoofdstuk\s+(?P<chapter>[IVX]{1,5}[A-E]?)\b", re.IGNORECASE)


@cache
def _number() -> re.Pattern[str]:
    """Nr. 463 | Nr. 463 BRIEF VAN DE MINISTER ..."""
    return re.compile(r"(?P<words>N[ro]\.?\s*(?P<number>\d{1,5}))(?!\w)")


@cache
def _letter_number() -> re.Pattern[str]:
    """The Eerste Kamer numbers by letters: K | K BRIEF VAN DE MINISTER ..."""
    return re.compile(
        r"(?P<words>(?:N[ro]\.?\s+)?(?!DE\b|VAN\b|EN\b|DER\b)(?P<number>[A-Z]{1,3}(?=\s+[A-Z]{4}|$)))(?!\w)"
    )


@cache
def _letter_from() -> re.Pattern[str]:
    """BRIEF VAN DE MINISTER ...: at the start of a line or behind the number of the paper."""
    return re.compile(
        r"""(?:N[ro]\.?\s*\d{1,5}\s+|[A-Z]{1,3}\s+)? (?:(?:GEWIJZIGDE|HERDRUK)\s+)?
            BRIEF\s*VAN\s+ (?=[DO]E\s+(?:M|S|VICE))
          | (?:Nr\.?\s*\d{1,5}\s+)? Brief\s+van\s+ (?=de\s+(?:[Mm]inister|[Ss]taatssecretaris))""",
        re.VERBOSE,
    )


@cache
def _misread_article() -> re.Pattern[str]:
    return re.compile(r"^OE ")


@cache
def _for_another() -> re.Pattern[str]:
    return re.compile(r",?\s+mede\s+namens\s", re.IGNORECASE)


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(r"(?:,|\b(?:van|voor|en|de))$")


@cache
def _plural() -> re.Pattern[str]:
    return re.compile(r"(?:de\s+)?(?P<role>ministers|staatssecretarissen)\s+(?=van|voor)", re.IGNORECASE)


@cache
def _and_of() -> re.Pattern[str]:
    return re.compile(r"(?:,\s+|\s+en\s+)(?=van\s|voor\s)", re.IGNORECASE)


@cache
def _and_office() -> re.Pattern[str]:
    return re.compile(r"(?:,\s+|\s+en\s+)(?=de\s+(?:minister|staatssecretaris))", re.IGNORECASE)


@cache
def _id() -> re.Pattern[str]:
    return re.compile(r"[\s*_]{0,3}(?P<id>(?:kst|ah-[te]k)-[\dA-Z][\dA-Za-z-]{3,30}?)[*_]{0,2}[ \t\r]*(?=\n|$|ISSN)")
