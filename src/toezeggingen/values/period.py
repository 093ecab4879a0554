"""What a term binds to: an operator and days. `Term` is what a letter says, `Period` what that means for that letter.

Nothing here guesses: a term that takes a letter date, where none is known, keeps its operator and has no days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from dateutil.relativedelta import relativedelta

from toezeggingen.values.moment import Interval, Moment, intervals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.values.calendar import Calendar, Certainty

Operator = Literal["in", "before", "by", "around", "after", "within", "from", "recurring"]
Kind = Literal["calendar", "vague", "recurring", "event"]

_ONE_DAY = dt.timedelta(days=1)
_BEFORE_SUMMER = (6, 30)
_AFTER_SUMMER = (9, 1)


@dataclass(frozen=True, slots=True)
class Range:
    """From the first day of one moment to the last of another: "tussen 1 mei en 1 juli", "13 t/m 15 mei".

    `open_end`: the second moment itself no longer belongs to it ("van 1 mei tot 1 juli").
    """

    first: Moment
    last: Moment
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """A length of time after the letter: "zes weken", "een half jaar" (6 months)."""

    months: int = 0
    days: int = 0
    unit: str = "month"


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the letter says it. `moment` is None for what no calendar knows; `event` holds its words then."""

    operator: Operator
    kind: Kind
    moment: Moment | Range | Delay | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A term resolved for one letter. Days are inclusive; None is an open end or not known.

    `granularity` is the unit the term counts in: a day where both ends are exact. `source` says whether the days of a
    recess or named day were published or worked out; None where no calendar was needed. `approximate` holds for days
    worked out and for "rond" and "omstreeks".
    """

    operator: Operator
    kind: Kind
    from_: dt.date | None = None
    until: dt.date | None = None
    granularity: str = "none"
    event: str | None = None
    approximate: bool = False
    source: Certainty | None = None

    @property
    def edtf(self) -> str | None:
        """The interval in Extended Date/Time Format, level 1: "2023-07", "../2022-07-07", "2025-01-01/.."; None
        without days.
        """
        if self.from_ is None and self.until is None:
            return None
        mark = "~" if self.approximate else ""
        if self.from_ is not None and self.until is not None and (short := _shortest(self.from_, self.until)):
            return short + mark
        first, last = (".." if day is None else day.isoformat() + mark for day in (self.from_, self.until))
        return f"{first}/{last}"

    def to_json(self) -> dict[str, Any]:
        """The value of a DEADLINE in the extraction record, with `kind` and `source` beside the keys of the
        contract.
        """
        return {
            "operator": self.operator,
            "from": self.from_.isoformat() if self.from_ else None,
            "until": self.until.isoformat() if self.until else None,
            "edtf": self.edtf,
            "granularity": self.granularity,
            "event": self.event,
            "approximate": self.approximate,
            "kind": self.kind,
            "source": self.source,
        }


def _shortest(first: dt.date, last: dt.date) -> str | None:
    """One EDTF date for exactly these days: a day, a month, a year; None where it takes an interval."""
    if first == last:
        return first.isoformat()
    starts_month, ends_month = first.day == 1, (last + _ONE_DAY).day == 1 if last < dt.date.max else True
    if starts_month and ends_month and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if starts_month and ends_month and first.year == last.year and (first.month, last.month) == (1, 12):
        return f"{first:%Y}"
    return None


def resolve(term: Term, *, written: dt.date | None, calendar: Calendar) -> Period | None:
    """What the term means in a letter of the day `written` (None: not known).

    None where the time it names was over when the letter was written: that is a look back, and no term.
    """
    term = _before_the_recess(term)
    unresolved = Period(term.operator, term.kind, granularity=_granularity(term), event=term.event)
    match term.moment:
        case None:
            return unresolved
        case Delay():
            return _delayed(term.moment, unresolved, written)
        case Range():
            candidates, settled = _ranges(term.moment, written, calendar), _settled(term.moment)
        case Moment():
            candidates, settled = intervals(term.moment, written, calendar), term.moment.names_its_year
    for interval in candidates:
        period = _applied(term, unresolved, interval, written)
        if term.operator == "in" and _is_paper(term, calendar):
            period = replace(period, from_=None)  # it appears on that day at the latest
        if written is None or not _is_over(period, interval, written):
            return period
        if settled:
            return None
    return unresolved


def _before_the_recess(term: Term) -> Term:
    """The term as it is; but "voor de zomer" is before the summer recess, not before 1 June."""
    moment = term.moment
    if term.operator == "before" and isinstance(moment, Moment) and moment.name == "zomer" and moment.part is None:
        return replace(term, moment=replace(moment, unit="recess", name="zomerreces"))
    return term


def _is_paper(term: Term, calendar: Calendar) -> bool:
    return isinstance(term.moment, Moment) and calendar.kinds.get(term.moment.name or "") == "document"


def _granularity(term: Term) -> str:
    match term.moment:
        case None:
            return "event" if term.kind == "event" else "none"
        case Range(first=first):
            return first.unit
        case Delay(unit=unit):
            return unit
        case Moment(whole_week=True):
            return "week"
        case Moment(unit=unit):
            return "day" if unit == "named" else unit


def _settled(moment: Range) -> bool:
    return moment.first.names_its_year or moment.last.names_its_year


def _ranges(moment: Range, written: dt.date | None, calendar: Calendar) -> Iterator[Interval]:
    """The ranges that may be meant. A year said on one side holds for both; the end is the first that is not before
    the start.
    """
    first, last = moment.first, moment.last
    if last.names_its_year and not first.names_its_year:
        ends = list(intervals(last, written, calendar))
        starts = [i for year in (0, -1) for i in intervals(_in_year_of(first, last, year), written, calendar)]
    else:
        starts = list(intervals(first, written, calendar))
        years = (0, 1) if first.names_its_year and not last.names_its_year else (0,)
        ends = [i for year in years for i in intervals(_in_year_of(last, first, year), written, calendar)]
    for start in starts:
        for end in ends:
            day = end.first - _ONE_DAY if moment.open_end and end.first > dt.date.min else end.last
            if day >= start.first:
                yield Interval(start.first, day, start.certainty or end.certainty)
                break


def _in_year_of(moment: Moment, other: Moment, years: int) -> Moment:
    """The moment in the year that the other names, some years on; as it is where the other names none, or it names
    its own.
    """
    if moment.names_its_year or not other.names_its_year:
        return moment
    if other.year is not None:
        return replace(moment, year=other.year + years)
    return replace(moment, year_step=(other.year_step or other.step or 0) + years)


def _applied(term: Term, unresolved: Period, interval: Interval, written: dt.date | None) -> Period:
    """The interval under the term's operator."""
    moment = term.moment if isinstance(term.moment, Moment) else None
    summer = moment is not None and moment.name in ("zomer", "zomerreces")
    approximate = interval.certainty == "approximate" or term.operator == "around"
    bare = replace(unresolved, approximate=approximate, source=interval.certainty)
    match term.operator:
        case "before" if moment is not None and moment.part == "eind":
            return replace(bare, until=interval.last)
        case "before":
            until = _day_before(interval.first)
            if summer and interval.certainty != "published":
                until = _before_summer(until, written)
            elif interval.certainty == "published" and bare.granularity == "recess":
                bare = replace(bare, granularity="day")
            return replace(bare, until=until)
        case "by":
            return replace(bare, until=interval.last)
        case "after" if summer and moment is not None and moment.part is None:
            worked_out = moment.unit == "recess"  # the end of the recess itself is a day or two off
            source: Certainty | None = "approximate" if worked_out else None
            day = dt.date(interval.first.year, *_AFTER_SUMMER)
            return replace(bare, from_=day, approximate=worked_out, source=source)
        case "after":
            return replace(bare, from_=_day_after(interval.last))
        case "from":
            return replace(bare, from_=interval.first)
        case _:
            return replace(bare, from_=interval.first, until=interval.last)


def _before_summer(recess: dt.date, written: dt.date | None) -> dt.date:
    """30 June; but the day before the recess as worked out, in a letter of the last days before it."""
    usual = dt.date(recess.year, *_BEFORE_SUMMER)
    return recess if written is not None and usual < written <= recess else usual


def _is_over(period: Period, interval: Interval, written: dt.date) -> bool:
    """Whether what the term names lay behind when the letter was written."""
    last = period.until if period.until is not None else interval.last
    return last < written


def _day_before(day: dt.date) -> dt.date:
    return day if day == dt.date.min else day - _ONE_DAY


def _day_after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + _ONE_DAY


def _delayed(delay: Delay, unresolved: Period, written: dt.date | None) -> Period:
    """From the letter's day until some time on; "over twee maanden" is that later day itself, more or less."""
    if written is None:
        return unresolved
    try:
        until = written + relativedelta(months=delay.months, days=delay.days)
    except (ValueError, OverflowError):
        return unresolved
    if unresolved.operator == "around":
        return replace(unresolved, from_=until, until=until, approximate=True)
    return replace(unresolved, from_=written, until=until)
