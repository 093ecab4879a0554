"""The heading of questions and answers: who answers, when the answers came, what was asked, and their number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.dates import PrintedDate, date_at
from toezeggingen.letters.letterhead import Value
from toezeggingen.letters.lines import line_start, one_line
from toezeggingen.letters.offices import as_kept, names_a_ministry, office_start
from toezeggingen.letters.publication import session

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from toezeggingen.letters.lines import Line

ANSWERED_BY = 900
"""Characters that the line may take that says who answers, in whose name, and when."""

ANSWERS_WITHIN = 20_000
"""Characters within which the line "Antwoord van minister ..." stands; in old volumes below all the questions."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A minister or state secretary who answers questions, as printed: name and office, and portfolio in brackets."""

    name: str | None
    office: str
    portfolio: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The heading of questions and answers; `start` to `end` is the line that names who answers and when."""

    writers: tuple[Writer, ...]
    received: PrintedDate | None
    subject: Value | None
    number: Value | None
    start: int
    end: int


def answers(source: str) -> Answers | None:
    """The heading of questions and answers, known by "Antwoord van minister X (Portfolio) (ontvangen ...)".

    A title ("Antwoorden van de minister van X op vragen van ...") gives the office only.
    """
    position = _answer_line(source)
    if position is None:
        return None
    window = source[position : position + ANSWERED_BY]
    if first_question := _first_question().search(window):
        window = window[: first_question.start()]
    received = _received().search(window)
    stop = _no_more_writers().search(window)
    words = window[: min(match.start() for match in (received, stop) if match) if received or stop else 200]
    date = date_at(source, position + received.end()) if received else None
    writers = _writers(words, source[max(0, position - 2500) : position])
    if not writers and not date:
        return None
    about, number = _questions(source, position)
    return Answers(writers, date, about, number, position, date.end if date else position + len(words.rstrip()))


def _answer_line(source: str) -> int | None:
    """Where the first line begins that says which minister answers; one that quotes ("Antwoord van het CBS") not."""
    stop = min(len(source), ANSWERS_WITHIN)
    for word in ("ntwoord", "ededeling"):
        at = source.find(word, 0, stop)
        while at >= 0:
            start = line_start(source, at, within=20)
            if start is not None and (match := _answer_from().match(source, start)):
                return match.start("words")
            at = source.find(word, at + 1, stop)
    return None


def _writers(words: str, above: str) -> tuple[Writer, ...]:
    """Those who answer, each with a portfolio in brackets; without brackets the office or the minister-president."""
    match = _answer_from().match(words)
    rest = one_line(words[match.start("role") :] if match else words)
    found: list[Writer] = []
    role, at = "", 0
    for bracket in _bracket().finditer(rest):
        who = _joint().sub("", rest[at : bracket.start()]).strip(" ,")
        at = bracket.end()
        if named := _role().match(who):
            role, who = named["role"], who[named.end() :].strip()
        if role and who:
            found.append(_writer(role, who, bracket["portfolio"].strip(), above))
    if not found and (office := office_start().match(rest)):
        president = "resident" in office[0].lower()
        name = rest[office.end() :].strip(" ,.(") if president else ""
        found.append(Writer(name or None, as_kept(office[0] if president else rest.rstrip(" (")), ""))
    return tuple(found)


def _writer(role: str, name: str, portfolio: str, above: str) -> Writer:
    """A writer with the office that role and portfolio make; "van" or "voor" as the questions above have it."""
    if "resident" in role.lower():
        return Writer(name or None, role, portfolio)
    voor = f" voor {portfolio}".lower() in one_line(above).lower() or not names_a_ministry(portfolio)
    return Writer(name, f"{role} {'voor' if voor else 'van'} {portfolio}", portfolio)


def _questions(source: str, until: int) -> tuple[Value | None, Value | None]:
    """What the questions above character `until` are about, and the number of the whole in the Aanhangsel."""
    start = source.find("Vragen van ", 0, until)
    if start < 0:
        return None, None
    above = source[max(0, start - 200) : start].rstrip()
    number_match = _bare_number().search(above)
    number = None
    if number_match:
        place = max(0, start - 200) + number_match.start("number")
        number = Value(number_match["number"], place, place + len(number_match["number"]))
    sent = _sent_in().search(source, start, min(until, start + 2500))
    about = _about().search(source, start, sent.start() if sent else start)
    if not about or not sent:
        return None, number
    end = about.end() + len(source[about.end() : sent.start()].rstrip(" .\n\r\t"))
    return Value(one_line(source[about.end() : end]), about.end(), end), number


def paper(lines: Sequence[Line], found: Answers) -> Value | None:
    """The id in the Aanhangsel, of the number above the questions, or of "AH 604", and the session.

    The session is that of the running head, else the one in which the answers were received.
    """
    number, year = found.number, session(lines)
    if not number:
        match = next(((line, m) for line in lines[:5] if (m := _short_number().match(line.text))), None)
        if match is None:
            return None
        line, short = match
        number = Value(short["number"], line.start, line.end)
        day = found.received.day if found.received else None
        year = year or (session_of_day(day) if day else None)
    return Value(f"ah-tk-{year}-{number.text}", number.start, number.end) if year else None


def session_of_day(day: datetime.date) -> str | None:
    """The session of a day; None in September, where it depends on which Tuesday is the third."""
    if day.month == 9:
        return None
    first = day.year if day.month > 9 else day.year - 1
    return f"{first}{first + 1}"


@cache
def _answer_from() -> re.Pattern[str]:
    """Antwoord van minister | Nader antwoord van de staatssecretaris | Mededeling van de Ministers"""
    return re.compile(
        r"""[\s*#>]{0,6} (?P<words> (?:Nadere?\s+|Aanvullende?\s+)? (?:Antwoord(?:en)?|Mededeling)\s+van\s+(?:de\s+)?
            (?P<role>(?:vice-?)?minister|staatssecretaris))""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _received() -> re.Pattern[str]:
    """(ontvangen 3 mei 2031) | (ont-
    vangen op 3 mei 2031)
    """
    word = r"ont(?:-\s{1,3})?van(?:-\s{1,3})?gen"
    return re.compile(rf"\(\s?{word}\s+(?:\(\s?{word}\s+)?(?:op\s+)?(?=[\dlIO])", re.IGNORECASE)


@cache
def _first_question() -> re.Pattern[str]:
    """A line that begins the questions: Vraag 1 | 1"""
    return re.compile(r"\n\s{0,20}(?:Vragen?\s\d|\d{1,2}[.)]?[ \t]*\n)")


@cache
def _no_more_writers() -> re.Pattern[str]:
    """Where those who answer end: with those in whose name they do so too, with what is answered, or a blank line."""
    return re.compile(
        r"""[,\s(]{1,9}(?:mede\s+|ook\s+|en\s+)?namens\s | \sop\s+(?:\w{1,20}\s+){0,2}(?:Kamer)?vra(?:ag|gen)\b
          | \n\s{0,20}\n | \n\s{0,20}(?:Vraag\s)?\d""",
        re.VERBOSE,
    )


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(r"\((?P<portfolio>[^()]{2,160})\)")


@cache
def _joint() -> re.Pattern[str]:
    """What joins one writer to the one before: and, van (de), before a minister."""
    return re.compile(
        r"^[\s,]*(?:en\s+)?(?:van\s+(?:de\s+)?(?=(?:vice-?)?minister|staatssecretaris)|de\s+(?=minister|staatss))?",
        re.IGNORECASE,
    )


@cache
def _role() -> re.Pattern[str]:
    return re.compile(
        r"(?P<role>(?:vice-?\s?)?minister-?\s?president|minister(?=s?\b)|staatssecretaris(?=(?:sen)?\b))(?:sen|s)?\b",
        re.IGNORECASE,
    )


@cache
def _bare_number() -> re.Pattern[str]:
    return re.compile(r"(?:^|\n)[ \t]*(?P<number>\d{1,5})$")


@cache
def _sent_in() -> re.Pattern[str]:
    return re.compile(r"\(\s?ingezonden\b", re.IGNORECASE)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(r"\b(?:over|inzake|betreffende)\s+")


@cache
def _short_number() -> re.Pattern[str]:
    """AH 604: the number of questions and answers in the Aanhangsel, where they are read from their own file."""
    return re.compile(r"AH\s?(?P<number>\d{1,5})$")
