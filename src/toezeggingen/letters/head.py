"""The head of a letter: date, ministry, chamber, kenmerk, subject, signatories and the paper's own number.

Read from the raw source. What is not there is None: nothing is guessed to fill a field, and of every field that is
filled `Head.found` says how, `Head.spans` where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toezeggingen.letters import appendix, chambers, dates, letterhead, publication
from toezeggingen.letters.letterhead import Value
from toezeggingen.letters.lines import lines_from, one_line
from toezeggingen.letters.offices import is_prose, misread_ministry
from toezeggingen.letters.sheet import HEAD_LINES, PAGE_LINES, look_at
from toezeggingen.letters.signatures import Signatory
from toezeggingen.values.ministry import ministry_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from toezeggingen.letters.dates import PrintedDate
    from toezeggingen.letters.sheet import Sheet
    from toezeggingen.letters.signatures import Signatures
    from toezeggingen.letters.source import Mark

__all__ = ["Head", "Signatory", "head"]

TOP_LINES = 10
"""Lines among which a label counts though nothing else shows that a letter begins here."""

PLACE_LINES = 25
"""Lines among which a place that is no seat of government may stand before the date."""

SIGNATURE_REACH = 300
"""Characters above and below the signatures among which place and date may stand."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a letter says of itself; None (or no signatory) where it does not say.

    `ministry` is a short name ("VWS"), `chamber` "TK", "EK" or "VV", `own_paper` a publication id ("kst-29282-463").
    `found` maps the name of each filled field to how it was found:

    - date: "printed" (label, or place and date), "received" or "adopted" (heading of a publication), "signature"
      (beside it)
    - ministry: "heading" (BRIEF VAN ..., Antwoord van ...), "signature", "letterhead", "questions" (put to a minister,
      with the answers in the same paper), "dossier" (named in its title)
    - chamber: "heading", "addressee", "footer", "context" (words of the text)
    - reference: "printed"; subject: "printed", "heading" (of questions), "dossier" (its title), "context" (of a debate)
    - signatories: "signature", "heading"; own_paper: "printed" (its id), "heading", "footer"
    - any: "metadata" (stated by the file apart from its words)

    `spans` maps them to the characters (start, end) of the source that say so.
    """

    date: datetime.date | None = None
    ministry: str | None = None
    chamber: str | None = None
    reference: str | None = None
    subject: str | None = None
    signatories: tuple[Signatory, ...] = ()
    own_paper: str | None = None
    found: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def head(text: str, metadata: Mapping[str, Any] = MappingProxyType({}), marks: Sequence[Mark] = ()) -> Head:
    """The head of the letter whose raw source is `text`; what its file states in `metadata` goes before. Never raises.

    `metadata` maps names of fields to their values; `marks` are what the file says of its lines.
    """
    sheet = look_at(text, marks)
    told = {
        "date": _date(sheet),
        "ministry": _ministry(sheet),
        "chamber": _chamber(sheet),
        "reference": _reference(sheet),
        "subject": _subject(sheet),
        "signatories": _signatories(sheet),
        "own_paper": _own_paper(sheet),
    }
    filled = {name: one for name, one in told.items() if one is not None}
    return Head(
        **({name: one.value for name, one in filled.items()} | dict(metadata)),
        found={name: one.how for name, one in filled.items()} | dict.fromkeys(metadata, "metadata"),
        spans={name: (one.start, one.end) for name, one in filled.items() if name not in metadata},
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The value of a field, how it was found, and the characters of the source that say so."""

    value: Any
    how: str
    start: int
    end: int


def _date(sheet: Sheet) -> _Told | None:
    """The date of the letter; a printed day that the calendar has not is none, and no other is sought instead."""
    how, date = "printed", None
    if sheet.appendix:
        how, date = "received", sheet.appendix.received
    if not date and (printed := dates.adopted_or_received(sheet.top, sheet.text)):
        how, date = printed
    if not date:
        how, date = "printed", _labelled_date(sheet) or _unlabelled_date(sheet)
    if not date and sheet.signed:
        how, date = "signature", _date_at_signature(sheet.text, sheet.signed)
    return _Told(date.day, how, date.start, date.end) if date and date.day else None


def _labelled_date(sheet: Sheet) -> PrintedDate | None:
    """The date under its label: in the head, or in a letter that greets its reader anywhere on the first page."""
    limit = PAGE_LINES if sheet.greeting is not None else HEAD_LINES if sheet.is_letter else TOP_LINES
    return letterhead.labelled_date(sheet.page, [one for one in sheet.labels if one.line < limit], sheet.text)


def _unlabelled_date(sheet: Sheet) -> PrintedDate | None:
    """The date behind a place on a line of its own; failing that, the only date alone on a line above the greeting."""
    begins = bool(sheet.heading or sheet.address or sheet.greeting)
    before = ""
    for number, line in enumerate(sheet.lines):
        any_place = begins and number < min(PLACE_LINES, len(sheet.top)) and not before.isdigit()
        if date := dates.place_and_date(line, sheet.text, any_place=any_place):
            return date
        before = line.text
    if sheet.heading and sheet.kamerstuk:
        return dates.place_and_date_within(sheet.text, sheet.lines[: publication.HEADING_LINES][-1].end)
    if sheet.greeting is None:
        return None
    others = {field.line + 1 for field in sheet.labels if field.kind == "other" and not field.value}
    alone = [dates.whole_line(line, sheet.text) for number, line in enumerate(sheet.top) if number not in others]
    found = [date for date in alone if date]
    return found[0] if len(found) == 1 else None


def _date_at_signature(text: str, signed: Signatures) -> PrintedDate | None:
    """The date behind a place, right above or below the signatures."""
    reach = min(SIGNATURE_REACH, signed.start)
    above = lines_from(text, signed.start - reach, count=SIGNATURE_REACH, reach=reach)[-4:]
    for line in above + lines_from(text, signed.end, count=4, reach=SIGNATURE_REACH):
        if date := dates.place_and_date(line, text, any_place=True):
            return date
    return None


def _ministry(sheet: Sheet) -> _Told | None:
    """The ministry of the writer: of those who answer or write, of the first who signs, of the letterhead."""
    answers, kamerstuk, signed = sheet.answers, sheet.kamerstuk, sheet.signed
    offices: list[tuple[str, str, int, int]] = []
    if answers:
        for writer in answers.writers[:1]:
            offices += [(words, "heading", answers.start, answers.end) for words in (writer.office, writer.portfolio)]
    if kamerstuk:
        offices += [(writer.text, "heading", writer.start, writer.end) for writer in kamerstuk.writers[:1]]
    if signed:
        offices.append((signed.signatories[0].office or "", "signature", signed.start, signed.end))
    if sheet.is_letter:
        offices += [(one.text, "letterhead", one.start, one.end) for one in _letterheads(sheet)]
    if kamerstuk and kamerstuk.paper and (asked := publication.asked(sheet.text)):
        offices.append((asked.text, "questions", asked.start, asked.end))
    if kamerstuk and kamerstuk.title and (match := _ministry_in_title().search(kamerstuk.title.text)):
        offices.append((match["name"], "dossier", kamerstuk.title.start, kamerstuk.title.end))
    for words, how, start, end in offices:
        if words and (ministry := ministry_of(words) or misread_ministry(words)):
            return _Told(ministry.short, how, start, end)
    return None


def _letterheads(sheet: Sheet) -> list[Value]:
    """The lines that name a ministry above the letter, with the line below first, on which the name may go on."""
    found: list[Value] = []
    for number, line in enumerate(sheet.top):
        if not line.text.startswith(("Ministerie van ", "MINISTERIE VAN ", "Ministerie voor ")) or is_prose(
            line.text[11:]
        ):
            continue
        if number + 1 < len(sheet.top) and not is_prose(below := sheet.top[number + 1].text):
            found.append(Value(one_line(f"{line.text}\n{below}"), line.start, sheet.top[number + 1].end))
        found.append(Value(line.text, line.start, line.end))
    return found


def _chamber(sheet: Sheet) -> _Told | None:
    """The chamber of the heading, the address, the running feet or the words of the text."""
    if sheet.heading:
        return _Told(sheet.heading.text, "heading", sheet.heading.start, sheet.heading.end)
    if sheet.address:
        chamber = sheet.address
        return None if chamber.text == chambers.BOTH else _Told(chamber.text, "addressee", chamber.start, chamber.end)
    if not sheet.greets_a_chamber:
        return None
    if foot := chambers.running_foot(sheet.text):
        return _Told(foot.text, "footer", foot.start, foot.end)
    if sheet.kamerstuk and (paper := sheet.kamerstuk.paper):
        return _Told("EK" if paper.text[-1].isalpha() else "TK", "heading", paper.start, paper.end)
    if (answers := sheet.appendix) and answers.subject:
        return _Told("TK", "context", answers.subject.start, answers.subject.end)
    words = chambers.in_context(sheet.text, fragment=not sheet.is_letter)
    return _Told(words.text, "context", words.start, words.end) if words else None


def _reference(sheet: Sheet) -> _Told | None:
    value = None if sheet.appendix else letterhead.reference(sheet.page, sheet.labels)
    return _Told(value.text, "printed", value.start, value.end) if value else None


def _subject(sheet: Sheet) -> _Told | None:
    """What the letter is about: of the questions answered, under its label, or else the title of its dossier."""
    if sheet.appendix:
        value, how = sheet.appendix.subject, "heading"
    else:
        value, how = letterhead.subject(sheet.top, sheet.labels_of_subject(), sheet.text), "printed"
        if not value and sheet.kamerstuk and sheet.kamerstuk.title and not _budget().match(sheet.kamerstuk.title.text):
            value, how = sheet.kamerstuk.title, "dossier"
        if not value and (sheet.text.startswith("De voorzitter:") or "\nDe voorzitter:" in sheet.text):
            match = _debate().search(sheet.text)
            value, how = (Value(one_line(match[0]), match.start(), match.end()) if match else None), "context"
    return _Told(value.text, how, value.start, value.end) if value else None


def _signatories(sheet: Sheet) -> _Told | None:
    """Those who answer or sign; where no signature is there, the offices that the heading says wrote."""
    if sheet.appendix and sheet.appendix.writers:
        signatories = tuple(Signatory(writer.name, writer.office) for writer in sheet.appendix.writers)
        return _Told(signatories, "heading", sheet.appendix.start, sheet.appendix.end)
    if sheet.signed:
        return _Told(sheet.signed.signatories, "signature", sheet.signed.start, sheet.signed.end)
    if sheet.kamerstuk and (writers := sheet.kamerstuk.writers):
        return _Told(tuple(Signatory(None, one.text) for one in writers), "heading", writers[0].start, writers[-1].end)
    if sheet.answers and sheet.answers.writers:
        signatories = tuple(Signatory(writer.name, writer.office) for writer in sheet.answers.writers)
        return _Told(signatories, "heading", sheet.answers.start, sheet.answers.end)
    return None


def _own_paper(sheet: Sheet) -> _Told | None:
    """The number of this very paper: its id alone on a line, its heading, or running feet that all say the same."""
    if match := publication.printed_id(sheet.text):
        return _Told(match["id"], "printed", match.start("id"), match.end("id"))
    if sheet.appendix:
        value, how = appendix.paper(sheet.page, sheet.appendix), "heading"
    elif sheet.kamerstuk and sheet.kamerstuk.paper:
        value, how = sheet.kamerstuk.paper, "heading"
    else:
        feet = publication.running_feet(sheet.text)
        value, how = (feet[0] if feet and all(foot.text == feet[0].text for foot in feet) else None), "footer"
    return _Told(value.text, how, value.start, value.end) if value else None


@cache
def _ministry_in_title() -> re.Pattern[str]:
    return re.compile(r"\((?P<name>Ministerie van [^()]{4,100})\)")


@cache
def _budget() -> re.Pattern[str]:
    """The title of a bill on a budget: its dossier holds letters on everything, so it says nothing of this one."""
    return re.compile(
        r"(?:Vaststelling|Wijziging)\s+van\s+(?:de\s+|het\s+)?(?:begroting|hoofdstuk)|Jaarverslag\b|Slotwet\b",
        re.IGNORECASE,
    )


@cache
def _debate() -> re.Pattern[str]:
    return re.compile(
        r"""\b(?:[Cc]ommissiedebat|[Ww]etgevingsoverleg|[Nn]otaoverleg|[Aa]lgemeen\soverleg|[Rr]ondetafelgesprek)
        \s(?:over\s)?[A-Z][\w-]{1,30}(?:\s(?:en\s|van\s|de\s)?[A-Z][\w-]{1,30}){0,4}""",
        re.VERBOSE,
    )
