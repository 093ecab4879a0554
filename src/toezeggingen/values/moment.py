"""A stretch of time as a term names it, and which days that is: "eind mei", "het derde kwartaal van 2026", "het reces".

A `Moment` holds what is said and no more; a year that is not named stays None. `intervals` turns it into days. The
bounds of months, seasons and parts of a year follow the annotation rules: "begin" of a month is its first ten days, of
a year its first quarter, "medio" of a year May to August, and so on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.values.calendar import Calendar, Certainty

Unit = Literal["day", "week", "month", "quarter", "half", "season", "year", "school_year", "recess", "named"]
Part = Literal["begin", "medio", "eind", "first-half", "second-half"]

_SEASON_START = {"voorjaar": 3, "zomer": 6, "najaar": 9, "winter": 12}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "school_year": 12, "season": 3}
_LATEST_YEAR = 9990


@dataclass(frozen=True, slots=True)
class Moment:
    """What a term names. `number` counts within the year (month 1-12, quarter 1-4, half 1-2, ISO week 1-53, or -1: the
    last).

    `step` counts from the letter's own day, week, month, quarter or year: 0 is "dit kwartaal", 1 "volgend kwartaal".
    `year_step` does the same for the year something falls in: "mei volgend jaar". `name` is that of a season, a recess,
    a named day or a kind of school year; `weekday` 0 is Monday; `week` is the week of a month ("de laatste week van
    mei").
    """

    unit: Unit
    number: int | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    name: str | None = None
    year: int | None = None
    year_step: int | None = None
    step: int | None = None
    part: Part | None = None
    whole_week: bool = False

    @property
    def names_its_year(self) -> bool:
        """Whether the term itself says which one of many it is, so that no later one can be meant."""
        return self.year is not None or self.year_step is not None or self.step is not None


@dataclass(frozen=True, slots=True)
class Interval:
    """Days `first` to `last`, both inclusive, and how sure a calendar is of them (None: no calendar was needed)."""

    first: dt.date
    last: dt.date
    certainty: Certainty | None = None


def intervals(moment: Moment, written: dt.date | None, calendar: Calendar) -> Iterator[Interval]:
    """The intervals that the moment may be, in order of time.

    One at most where the moment names its year; otherwise those of the year before the letter's and of the years after.
    None at all where it takes a letter date that is not known, or a day that does not exist (30 February).
    """
    if moment.step is not None:
        if written is not None and (stepped := _stepped(moment, written)) is not None:
            yield stepped
        return
    for year in _years(moment, written):
        yield from _in_year(moment, year, calendar)


def _years(moment: Moment, written: dt.date | None) -> range:
    if moment.year is not None:
        return range(moment.year, moment.year + 1)
    if written is None or written.year > _LATEST_YEAR:
        return range(0)
    if moment.year_step is not None:
        return range(written.year + moment.year_step, written.year + moment.year_step + 1)
    # 29 February may be eight years off
    return range(max(1, written.year - 1), written.year + (10 if moment.day == 29 else 4))


def _in_year(moment: Moment, year: int, calendar: Calendar) -> Iterator[Interval]:
    if moment.unit in ("recess", "named"):
        for occurrence in calendar.occurrences(moment.name or "", year):
            first, last = _part(moment, occurrence.first, occurrence.last)
            yield Interval(first, last, occurrence.certainty)
        return
    try:
        first = _start(moment, year)
        last = _end(moment, first)
        if moment.week is not None:
            yield Interval(*_week_of_month(first, last, moment.week))
        elif moment.whole_week:
            monday = first - dt.timedelta(days=first.weekday())
            yield Interval(monday, monday + dt.timedelta(days=6))
        else:
            yield Interval(*_part(moment, first, last))
    except (ValueError, OverflowError):  # 31 June, week 53 of a year of 52
        return


def _start(moment: Moment, year: int) -> dt.date:
    number = moment.number or 1
    match moment.unit:
        case "day":
            return dt.date(year, number, moment.day or 1)
        case "week":
            return dt.date.fromisocalendar(year, number, 1)
        case "month":
            return dt.date(year, number, 1)
        case "quarter":
            return dt.date(year, 10 if number == -1 else 3 * number - 2, 1)
        case "half":
            return dt.date(year, 7 if number in (2, -1) else 1, 1)
        case "season":
            return dt.date(year, _SEASON_START[moment.name or ""], 1)
        case "school_year":
            return dt.date(year, 8 if moment.name == "schooljaar" else 9, 1)
        case _:
            return dt.date(year, 1, 1)


def _end(moment: Moment, first: dt.date) -> dt.date:
    if moment.unit == "day":
        return first
    if moment.unit == "week":
        return first + dt.timedelta(days=6)
    return first + relativedelta(months=_MONTHS[moment.unit]) - dt.timedelta(days=1)


def _part(moment: Moment, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days of the part that is named, of the whole where none is."""
    if moment.part is None:
        return first, last
    if moment.part in ("first-half", "second-half"):
        middle = first + (last - first) // 2
        if moment.unit == "month":
            middle = first.replace(day=15)
        return (first, middle) if moment.part == "first-half" else (middle + dt.timedelta(days=1), last)
    match moment.unit:
        case "day":
            return first, last
        case "month":
            bounds = {"begin": (1, 10), "medio": (11, 20), "eind": (21, last.day)}[moment.part]
            return first.replace(day=bounds[0]), first.replace(day=bounds[1])
        case "year" | "school_year":
            months = {"begin": (0, 3), "medio": (4, 8), "eind": (9, 12)}[moment.part]
        case "quarter" | "season":
            months = {"begin": (0, 1), "medio": (1, 2), "eind": (2, 3)}[moment.part]
        case "half":
            months = {"begin": (0, 2), "medio": (2, 4), "eind": (4, 6)}[moment.part]
        case _:
            return _third(moment.part, first, last)
    return first + relativedelta(months=months[0]), first + relativedelta(months=months[1]) - dt.timedelta(days=1)


def _third(part: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The first, middle or last third of some days; a day that is cut falls to the later third."""
    days = (last - first).days + 1
    cuts = [0, days // 3, 2 * days // 3, days]
    index = ("begin", "medio", "eind").index(part)
    if cuts[index] == cuts[index + 1]:  # fewer than three days
        return first, last
    return first + dt.timedelta(days=cuts[index]), first + dt.timedelta(days=cuts[index + 1] - 1)


def _week_of_month(first: dt.date, last: dt.date, week: int) -> tuple[dt.date, dt.date]:
    """The `week`-th seven days of a month, or its last seven (-1)."""
    if week < 0 or week > 4:
        return last - dt.timedelta(days=6), last
    return first + dt.timedelta(days=7 * (week - 1)), first + dt.timedelta(days=7 * week - 1)


def _stepped(moment: Moment, written: dt.date) -> Interval | None:
    """The letter's own day, week, month, quarter or year, or one some steps on."""
    step = moment.step or 0
    try:
        if moment.unit == "day" and moment.weekday is not None:
            day = _weekday_after(moment.weekday, step, written)
            return Interval(day, day)
        if moment.unit == "day":
            day = written + dt.timedelta(days=step)
            return Interval(day, day)
        if moment.unit == "week":
            monday = written - dt.timedelta(days=written.weekday()) + dt.timedelta(weeks=step)
            return Interval(*_part(moment, monday, monday + dt.timedelta(days=6)))
        size = _MONTHS[moment.unit]
        offset = 7 if moment.unit == "school_year" and moment.name == "schooljaar" else 0
        offset = 8 if moment.unit == "school_year" and not offset else offset
        months = written.year * 12 + written.month - 1 - offset
        start = (months // size + step) * size + offset
        first = dt.date(start // 12, start % 12 + 1, 1)
        return Interval(*_part(moment, first, _end(moment, first)))
    except (ValueError, OverflowError):  # past the year 9999
        return None


def _weekday_after(weekday: int, step: int, written: dt.date) -> dt.date:
    """Step 0: the first such weekday after the letter; step 1: the one in the calendar week after the letter's."""
    if step:
        return written - dt.timedelta(days=written.weekday()) + dt.timedelta(days=7 * step + weekday)
    return written + dt.timedelta(days=(weekday - written.weekday() - 1) % 7 + 1)
