"""The parliamentary calendar: when recesses and named days fall, as published or, for other years, by a rule.

`lexicons/calendar.jsonl` holds two kinds of line. A dated one states what was published for one year:

    {"id": "zomerreces-2024", "name": "zomerreces", "kind": "recess", "first": "2024-07-05", "last": "2024-09-02", ...}

A ruled one serves every other year and is marked approximate, unless its `certainty` says "published" (a day that law
or constitution fixes):

    {"id": "zomerreces", "name": "zomerreces", "kind": "recess", "first": "friday from 07-01", "last": "...", ...}

A clerk's own file has the same form and goes before the package's own lines.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from toezeggingen import lexicons
from toezeggingen.errors import LexiconError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Certainty = Literal["published", "approximate"]
"""How sure a day is: stated by the house itself (or fixed by law), or worked out by a rule of thumb."""

Kind = Literal["recess", "day", "document"]
"""A recess; a day everybody knows by name; a budget paper that appears on or before a day set by law."""

ANY_RECESS = "reces"
"""The name that stands for whichever recess comes first."""

_REQUIRED = frozenset({"name", "kind", "first", "last", "certainty"})
_OPTIONAL = frozenset({"chamber", "example", "term", "source"})
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One recess or named day in one year; both days inclusive."""

    name: str
    first: dt.date
    last: dt.date
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day that is found anew each year: `weekday` (0 is Monday, None is any) on or after a day, less some days.

    `years` is how far off the day lies from the year it is counted in: the Christmas recess of 2031 ends in 2032 (1),
    and the Miljoenennota 2032 appears in 2031 (-1).
    """

    month: int
    day: int
    weekday: int | None = None
    minus: int = 0
    years: int = 0

    def in_year(self, year: int) -> dt.date:
        """The day that is counted in `year`."""
        day = dt.date(year + self.years, self.month, self.day)
        if self.weekday is not None:
            day += dt.timedelta(days=(self.weekday - day.weekday()) % 7)
        return day - dt.timedelta(days=self.minus)

    @classmethod
    def parse(cls, rule: str) -> YearlyDay:
        """From "friday from 07-01", "tuesday from 09-01 minus 1", "monday from 01-08 next year" or just "06-01".

        Raises ValueError where the words are none of these.
        """
        words = rule.split()
        years = {"next": 1, "previous": -1}.get(words[-2], 0) if words[1:] and words[-1] == "year" else 0
        if years:
            words = words[:-2]
        minus = 0
        if len(words) > 2 and words[-2] == "minus":
            minus = int(words[-1])
            words = words[:-2]
        weekday = None
        if len(words) == 3 and words[1] == "from":
            if words[0] not in _WEEKDAYS:
                raise ValueError(f"{words[0]!r} is no weekday (monday, tuesday, ...)")
            weekday = _WEEKDAYS.index(words[0])
            words = words[2:]
        if len(words) != 1:
            raise ValueError(f"{rule!r} is no rule for a day")
        day = dt.date.fromisoformat(f"2023-{words[0]}")  # no leap day: the rule must hold every year
        return cls(day.month, day.day, weekday, minus, years)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a recess or named day falls in a year for which nothing was published."""

    name: str
    first: YearlyDay
    last: YearlyDay
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of recesses and named days: published occurrences by name and year, and rules by name."""

    kinds: dict[str, Kind]
    published: dict[tuple[str, int], Occurrence]
    rules: dict[str, Rule]

    def occurrence(self, name: str, year: int) -> Occurrence | None:
        """The one named `name` that begins in `year`; None where neither a publication nor a rule tells."""
        known = self.published.get((name, year))
        if known is not None or name not in self.rules:
            return known
        rule = self.rules[name]
        try:
            return Occurrence(name, rule.first.in_year(year), rule.last.in_year(year), rule.certainty)
        except (ValueError, OverflowError):  # before the year 1 or past 9999
            return None

    def occurrences(self, name: str, year: int) -> list[Occurrence]:
        """Those of the name in `year`, by first day; the name "reces" stands for every recess."""
        names = [n for n, kind in self.kinds.items() if kind == "recess"] if name == ANY_RECESS else [name]
        found = [occurrence for n in names if (occurrence := self.occurrence(n, year)) is not None]
        return sorted(found, key=lambda occurrence: (occurrence.first, occurrence.name))

    def only(self, kinds: frozenset[Kind]) -> Calendar:
        """The calendar without the rows of other kinds: their names are then known to no year."""
        names = {name: kind for name, kind in self.kinds.items() if kind in kinds}
        published = {key: occurrence for key, occurrence in self.published.items() if key[0] in names}
        return Calendar(names, published, {name: rule for name, rule in self.rules.items() if name in names})


def parse(texts: Iterable[tuple[str, str]]) -> Calendar:
    """The calendar of some files, each a pair (name for messages, lines of JSON); an earlier file goes before a later.

    Raises LexiconError on a line that cannot be read as an occurrence or a rule, or that ends before it begins.
    """
    calendar = Calendar({}, {}, {})
    for file, text in texts:
        lines = lexicons.parse(text, file=file, required=_REQUIRED, optional=_OPTIONAL)
        for number, line in enumerate(lines, start=1):
            try:
                _add(calendar, line)
            except ValueError as error:
                raise LexiconError(file, number, f"{line['id']}: {error}") from error
    return calendar


def _add(calendar: Calendar, line: dict[str, Any]) -> None:
    """Put a line into the calendar, unless an earlier one says the same. Raises ValueError where it cannot be read."""
    name, first, last = (str(line[key]).lower() for key in ("name", "first", "last"))
    kind, certainty = line["kind"], line["certainty"]
    if kind not in get_args(Kind):
        raise ValueError(f"kind {kind!r} is none of {', '.join(get_args(Kind))}")
    if certainty not in get_args(Certainty):
        raise ValueError(f"certainty {certainty!r} is none of {', '.join(get_args(Certainty))}")
    calendar.kinds.setdefault(name, kind)
    if not first[:4].isdigit():
        calendar.rules.setdefault(name, Rule(name, YearlyDay.parse(first), YearlyDay.parse(last), certainty))
        return
    dated = Occurrence(name, dt.date.fromisoformat(first), dt.date.fromisoformat(last), certainty)
    if dated.last < dated.first:
        raise ValueError(f"last day {last} lies before first day {first}")
    calendar.published.setdefault((name, dated.first.year), dated)


@functools.cache
def shipped() -> Calendar:
    """The calendar as the package brings it."""
    return parse([("calendar.jsonl", lexicons.source("calendar").decode("utf-8"))])


def read_own(path: Path) -> str:
    """The text of a clerk's own calendar file. Raises OptionError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(f"calendar {path}: cannot be read ({error}); give a JSONL file in UTF-8") from error
