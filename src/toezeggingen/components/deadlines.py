"""Terms in the text of a letter: when what is promised will be done, in the letter's words and in days.

Three grammars look at the text, each for its own forms (`term_grammar`, `term_lengths`, `term_events`); of terms that
overlap the longest stays. A date that only looks back ("op 4 maart jl.", "in 2021" in a letter of 2024) is no term.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language

from toezeggingen import lexicons
from toezeggingen.components.spans import Found, annotate, text_of
from toezeggingen.components.term_events import EventGrammar
from toezeggingen.components.term_grammar import CalendarGrammar
from toezeggingen.components.term_lengths import LengthGrammar
from toezeggingen.components.term_words import TermWords
from toezeggingen.components.worded import Worded
from toezeggingen.values import calendar as calendars
from toezeggingen.values.moment import Moment
from toezeggingen.values.period import Period, Range, Term, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from toezeggingen.components.term_events import EventTerm
    from toezeggingen.components.term_grammar import CalendarTerm
    from toezeggingen.components.term_words import Coded
    from toezeggingen.values.period import Kind

SPANS_KEY = "deadlines"
LABEL = "DEADLINE"

_OWN = "own_calendar"
_FAR = dt.timedelta(days=270)  # a day without a year so far ahead is more likely the one that has just gone
_RULE_OF = {"numeric": "day", "school": "school-year"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as `deadline_rules.jsonl` explains it: form and meaning in Dutch, an example and what that resolves to."""

    id: str
    form: str
    meaning: str
    score: float
    example: str


class DeadlineFinder(Worded):
    """Finds terms and puts them, with what they mean for this letter, into `doc.spans`.

    `calendar` is the path of a clerk's own calendar, see `use_calendar`; once read, its text travels inside the model,
    and the path is not looked at again. `resolve_named`: whether Prinsjesdag, Kerst and the budget papers get their
    days; if not, they stay events without.
    """

    names = ("terms", "deadline_rules", "calendar", _OWN)

    def __init__(self, *, spans_key: str = SPANS_KEY, calendar: str | None = None, resolve_named: bool = True) -> None:
        super().__init__()
        self.spans_key = spans_key
        self.resolve_named = resolve_named
        self.initialize()
        self._awaited = calendar  # a saved model brings the text itself, where the path may not exist
        if calendar and Path(calendar).exists():
            self.use_calendar(calendar)

    def shipped(self, name: str) -> str:
        """The package's own lexicon of that name; the clerk's own calendar is empty until it is given."""
        return "" if name == _OWN else super().shipped(name)

    def use_calendar(self, path: str | Path) -> None:
        """Let the lines of a calendar file (form: see `values.calendar`) go before the package's own.

        Raises OptionError where it cannot be read, LexiconError where a line is not as it should be.
        """
        text = calendars.read_own(Path(path))
        calendars.parse([(str(path), text)])  # told with the file's own name
        self._awaited = None
        self._take({**self.texts, _OWN: text})

    def load(self, texts: dict[str, str]) -> None:
        """Load words, rules and calendars."""
        words = TermWords(texts["terms"])
        self.rules = read_rules(texts["deadline_rules"])
        files = [("the given calendar", texts[_OWN]), ("calendar.jsonl", texts["calendar"])]
        known = calendars.parse(file for file in files if file[1])
        self.calendar = known if self.resolve_named else known.only(frozenset({"recess"}))
        self._words = words
        self._calendar_grammar = CalendarGrammar(words)
        self._lengths = LengthGrammar(words)
        self._events = EventGrammar(words, self._calendar_grammar)
        self._behind = words.group("PERFECT", "PAST_AUXILIARY")
        self._pointing = words.group("WEEKDAY", "COMING_MARK")
        self._noted = words.group("NOTED_YEAR")
        self._planned = words.group("PLANNED")
        self._plain_before = words.group("BEFORE")

    def find(self, text: str, *, written: dt.date | None = None) -> list[Found]:
        """The terms in the text, in order, resolved for a letter of the day `written` (None: not known).

        Of terms that overlap the longest is kept; but a calendar term inside an event that has no date of its own is
        kept beside it. Without a letter date, what takes one has null days, and years that may have gone by are kept.
        """
        if self._awaited:
            self.use_calendar(self._awaited)
        coded = self._words.code(text)
        candidates = [*self._calendar_terms(coded, written), *self._length_terms(coded, written)]
        may_hold: set[int] = set()
        for event in self._events.find(coded):
            if (found := self._event_term(coded, event, written)) is not None:
                candidates.append(found)
                if event.date is None:
                    may_hold.add(found.start)
        return _longest(candidates, may_hold, len(text))

    def _length_terms(self, coded: Coded, written: dt.date | None) -> Iterator[Found]:
        for found in self._lengths.find(coded):
            period = resolve(found.term, written=written, calendar=self.calendar)
            if period is not None:
                yield self._found(coded, found.start, found.end, found.rule, period, found.sure)

    def _calendar_terms(self, coded: Coded, written: dt.date | None) -> Iterator[Found]:
        for found in self._calendar_grammar.find(coded):
            if not found.holds:
                continue
            term, score = self._calendar_term(coded, found, written)
            period = resolve(term, written=written, calendar=self.calendar)
            if period is None:
                continue
            if found.operator is None and found.core.rule in ("day", "numeric"):
                if written is not None and period.from_ == written:
                    continue  # the letter's own date
                if self._pointing.isdisjoint(coded.codes[found.start : found.end]):
                    score *= 0.5
            if coded.codes[found.end : found.end + 1] in self._behind:
                score *= 0.4  # "in mei heb ik u gemeld"
            if _is_far(term, period, written):
                score *= 0.5
            rule = "between" if isinstance(term.moment, Range) else _RULE_OF.get(found.core.rule, found.core.rule)
            yield self._found(coded, found.start, found.end, rule, period, score)

    def _calendar_term(self, coded: Coded, found: CalendarTerm, written: dt.date | None) -> tuple[Term, float]:
        """The term, with how sure it is (0..1) that its words are meant so."""
        operator, moment = found.operator or "in", found.core.moment
        if operator == "from" and isinstance(moment, Moment) and moment.part == "eind":
            operator = "in"  # "per eind 2026"
        if operator == "before" and found.prefix in self._plain_before:
            if coded.codes[found.start - 1 : found.start] in self._planned:
                return Term("in", "calendar", moment), 1.0  # "gepland voor de zomer"
            if isinstance(moment, Moment) and moment.unit == "year" and moment.year and not moment.part:
                near = written is None or moment.year <= written.year + 1
                return Term("in" if near else "before", "calendar", moment), 0.4  # "voor 2026": for it, or before it
        if found.core.rule == "named":
            start, end = coded.span(found.core.start, found.core.end)
            kind: Kind = "calendar" if self.resolve_named else "event"
            return Term(operator, kind, moment, " ".join(coded.text[start:end].split())), 1.0
        return Term(operator, "calendar", moment), 1.0

    def _event_term(self, coded: Coded, found: EventTerm, written: dt.date | None) -> Found | None:
        """The event, unless it lies behind: by its own date, by "jl.", or as the report on a year long past."""
        if found.gone or (found.appears is not None and written is not None and found.appears < written.year):
            return None
        term = Term(found.operator, "event", found.date.moment if found.date else None, found.event)
        period = resolve(term, written=written, calendar=self.calendar)
        if period is None or _is_far(term, period, written):
            return None
        return self._found(coded, found.start, found.end, f"event-{found.rule}", period, found.sure)

    def _found(self, coded: Coded, start: int, end: int, rule: str, period: Period, score: float) -> Found:
        """The codes `start` to `end` as characters, with the rule's own score times `score`."""
        first, last = coded.span(start, end)
        if coded.codes[end - 1] in self._noted:
            last -= len(coded.word(end - 1)) - 4  # the footnote's number
        name = f"deadline:{rule}"
        return Found(first, last, name, period.to_json(), round(self.rules[name].score * score, 3))

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put the terms into `doc.spans`."""
        annotate(doc, self.spans_key, LABEL, found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its terms, for the letter date in `doc.user_data["letter"]["date"]` (an ISO date, or None)."""
        day = (doc.user_data.get("letter") or {}).get("date")
        written = dt.date.fromisoformat(day[:10]) if day else None
        self.set_annotations(doc, self.find(text_of(doc), written=written))
        return doc

    def _take(self, texts: dict[str, str]) -> None:
        super()._take(texts)
        if texts[_OWN]:
            self._awaited = None


def read_rules(text: str) -> dict[str, Rule]:
    """The rules by id, from the lines of `deadline_rules.jsonl`."""
    required = frozenset({"form", "meaning", "score", "example", "written", "term", "value"})
    lines = lexicons.parse(text, file="deadline_rules.jsonl", required=required)
    return {line["id"]: Rule(*(line[key] for key in ("id", "form", "meaning", "score", "example"))) for line in lines}


def _is_far(term: Term, period: Period, written: dt.date | None) -> bool:
    """Whether a day or month without a year could only be had by going most of a year ahead: it rather looks back."""
    sides = (term.moment.first, term.moment.last) if isinstance(term.moment, Range) else (term.moment,)
    if written is None or any(not isinstance(side, Moment) or side.unit not in ("day", "month") for side in sides):
        return False
    if any(side.names_its_year for side in sides if isinstance(side, Moment)):
        return False
    day = period.from_ or period.until
    return day is not None and day - written > _FAR


def _longest(candidates: list[Found], may_hold: set[int], size: int) -> list[Found]:
    """Of overlapping terms the longest; but a calendar term inside an event that starts in `may_hold` stays beside it.

    `size` is the number of characters of the text.
    """
    free, holds, full = 0, 1, 2  # a character in no term; in an event that may hold a calendar term; in any other
    taken = bytearray(size)
    kept: list[Found] = []
    for found in sorted(candidates, key=lambda f: (f.start - f.end, f.start)):
        here, length, kind = taken[found.start : found.end], found.end - found.start, found.value["kind"]
        if here.count(free) < length and (kind != "calendar" or here.count(holds) < length):
            continue
        mark = holds if kind == "event" and found.start in may_hold else full
        taken[found.start : found.end] = bytes([mark]) * length
        kept.append(found)
    return sorted(kept, key=lambda f: (f.start, -f.end))


@Language.factory(
    "toezeggingen_deadlines",
    assigns=["doc.spans"],
    default_config={"spans_key": SPANS_KEY, "calendar": None, "resolve_named": True},
)
def create(
    nlp: Language, name: str, spans_key: str = SPANS_KEY, calendar: str | None = None, resolve_named: bool = True
) -> DeadlineFinder:
    """The component as a config names it."""
    return DeadlineFinder(spans_key=spans_key, calendar=calendar, resolve_named=resolve_named)
