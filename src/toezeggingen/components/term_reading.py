"""From the words of a core to what it says: one short function for each core of the grammar, and no days yet."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toezeggingen.values.moment import Moment
from toezeggingen.values.period import Range

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from toezeggingen.components.term_words import Coded
    from toezeggingen.values.moment import Unit

_LEAP_YEAR = 2024


class Reading:
    """The words of a match: which groups took part, and the value that the lexicon gives to each."""

    def __init__(self, match: re.Match[str], coded: Coded, values: Mapping[str, Any]) -> None:
        self._match = match
        self._coded = coded
        self._values = values
        self._groups = match.re.groupindex

    def has(self, group: str) -> bool:
        """Whether the group exists and took part."""
        return group in self._groups and self._match.start(group) >= 0

    def word(self, group: str) -> str:
        """The first word of the group, folded."""
        return self._coded.word(self._match.start(group))

    def value(self, group: str) -> Any:
        """What the lexicon says the word means; None where the group took no part."""
        return self._values.get(self.word(group)) if self.has(group) else None

    def number(self, group: str) -> int | None:
        """The number written in digits."""
        return int(self.word(group)) if self.has(group) else None

    def words(self, group: str) -> list[tuple[str, Any]]:
        """All words of the group, in order, each with its value."""
        return [(word, self._values.get(word)) for word in self._coded.words(*self._match.span(group))]

    def year(self) -> dict[str, Any]:
        """The year that is named, as fields of a Moment: a number, or steps from the letter's own."""
        for group in ("year", "year_after", "year_before", "year_short", "winter"):
            if self.has(group):
                return {"year": int(self.word(group)[:4])}  # without the footnote of a NOTED_YEAR
        if self.has("same_year"):
            return {"year_step": 0}
        for group in ("year_rel", "rel_after"):
            if self.has(group):
                return {"year_step": 0 if self.value(group) == "this" else 1}
        return {}

    def part(self) -> dict[str, Any]:
        """The part that is named ("begin", the first half, the last week), as fields of a Moment."""
        if self.has("part"):
            return {"part": self.value("part")}
        if self.has("start_of"):
            return {"part": "begin"}
        if self.has("half_of"):
            return {"part": "first-half" if self.value("half_of") == 1 else "second-half"}
        if self.has("units_of"):
            return {"part": {1: "begin", -1: "eind"}.get(self.value("units_of"), "medio")}
        if self.has("week_of"):
            return {"week": self.value("week_of")}
        return {}

    def step(self) -> dict[str, Any]:
        """The unit is counted from the letter's own: "dit" is step 0, "volgend" and "komend" are step 1."""
        return {"step": 0 if self.value("rel") == "this" else 1}

    def rel_year(self, group: str = "rel") -> dict[str, Any]:
        """The year: "volgend voorjaar" is that of the next year; "dit" and "komend voorjaar" the first to come."""
        return {"year_step": 1} if self.has(group) and self.value(group) == "next" else {}

    def second(self, unit: Unit) -> Moment:
        """What stands behind the stroke of "eind mei/begin juni 2026" or "eind 2026/begin 2027"."""
        fields: dict[str, Any] = {}
        for word, value in self.words("second"):
            name = "year" if word.isdigit() else "part" if isinstance(value, str) else "number"
            fields[name] = int(word) if word.isdigit() else value
        return Moment(unit, **fields)


def _exists(day: Moment) -> Moment | None:
    """The day, unless no calendar has it (31 June, 29 February 2023)."""
    month = day.number or 0
    if not 1 <= month <= 12 or (day.day or 0) > monthrange(day.year or _LEAP_YEAR, month)[1]:
        return None
    return day


def _day(reading: Reading) -> Moment | Range | None:
    first = _exists(Moment("day", reading.value("month"), reading.number("day"), **reading.year()))
    if first is None or not reading.has("day2"):
        return first
    last = _exists(replace(first, day=reading.number("day2")))
    return Range(first, last) if last is not None and (last.day or 0) > (first.day or 0) else last


def _numeric(reading: Reading) -> Moment | None:
    if reading.has("dmy"):
        day, month, year = (int(word) for word, _ in reading.words("dmy"))
    else:
        year, month, day = (int(word) for word, _ in reading.words("ymd"))
    return _exists(Moment("day", month, day, year=year))


def _weekday(reading: Reading) -> Moment:
    if reading.has("tomorrow"):
        return Moment("day", step=reading.value("tomorrow"))
    for group, step in (("weekday", 0), ("weekday_marked", 0), ("weekday_next", 1), ("next_weekday", 1)):
        if reading.has(group):
            return Moment("day", weekday=reading.value(group), step=step)
    raise AssertionError("a weekday without a weekday")


def _week(reading: Reading) -> Moment | None:
    if reading.has("week_of_day"):
        day, (_, month), *year = reading.words("week_of_day")
        return Moment("day", month, int(day[0]), year=int(year[0][0]) if year else None, whole_week=True)
    if reading.has("number"):
        number = reading.number("number") or 0
        return Moment("week", number, **reading.year()) if 1 <= number <= 53 else None
    return Moment("week", **reading.step(), **reading.part())


def _month(reading: Reading) -> Moment | Range:
    if reading.has("rel"):
        return Moment("month", **reading.step(), **reading.part())
    group = "abbreviated" if reading.has("abbreviated") else "month"
    year = reading.year() or reading.rel_year("rel_month")
    first = Moment("month", reading.value(group), **year, **reading.part())
    return Range(first, reading.second("month")) if reading.has("second") else first


def _quarter(reading: Reading) -> Moment | Range:
    if reading.has("rel"):
        return Moment("quarter", **reading.step(), **reading.part())
    numbers = [reading.value(g) for g in ("number", "number2", "code", "code2", "code_after") if reading.has(g)]
    first, *rest = [Moment("quarter", number, **reading.year(), **reading.part()) for number in numbers]
    return Range(first, rest[0]) if rest else first


def _half(reading: Reading) -> Moment | None:
    if reading.has("rel"):
        return Moment("half", **reading.step())
    number = reading.value("number")
    return Moment("half", number, **reading.year()) if number in (1, 2, -1) else None


def _school(reading: Reading) -> Moment:
    name = reading.value("school")
    if reading.has("rel"):
        return Moment("school_year", name=name, **reading.step(), **reading.part())
    return Moment("school_year", name=name, **reading.year(), **reading.part())


def _season(reading: Reading) -> Moment:
    year = reading.year() or reading.rel_year()
    return Moment("season", name=reading.value("season"), **year, **reading.part())


def _recess(reading: Reading) -> Moment:
    year = reading.year() or reading.rel_year()
    name = reading.value("recess") or reading.word("recess")
    return Moment("recess", name=name, **year, **reading.part())


def _named(reading: Reading) -> Moment:
    return Moment("named", name=reading.value("named"), **(reading.year() or reading.rel_year()))


def _year(reading: Reading) -> Moment | Range:
    if reading.has("year_end"):
        return Moment("year", step=0, part="eind")
    if reading.has("this_year"):
        return Moment("year", step=0, part=reading.value("year_part"))
    if reading.has("rel"):
        return Moment("year", **reading.step(), **reading.part())
    first = Moment("year", year=reading.number("year"), **reading.part())
    return Range(first, reading.second("year")) if reading.has("second") else first


READERS: Mapping[str, Callable[[Reading], Moment | Range | None]] = {
    "day": _day,
    "numeric": _numeric,
    "weekday": _weekday,
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "school": _school,
    "season": _season,
    "recess": _recess,
    "named": _named,
    "year": _year,
}
"""How each core is read. None where the words have the form but no meaning (month 13, week 70)."""
