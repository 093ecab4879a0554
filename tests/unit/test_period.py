"""What a term means: months, quarters, parts of a year, and the year that is not said."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen.values.calendar import shipped
from toezeggingen.values.moment import Moment, intervals
from toezeggingen.values.period import Delay, Operator, Period, Range, Term, resolve

LETTER_DAYS = st.dates(dt.date(1960, 1, 1), dt.date(2090, 12, 31))
SEASONS = ("voorjaar", "zomer", "najaar", "winter")
PARTS = ("begin", "medio", "eind", "first-half", "second-half", None)
YEARLESS = st.one_of(
    st.builds(Moment, st.just("month"), st.integers(1, 12), part=st.sampled_from(PARTS)),
    st.builds(Moment, st.just("quarter"), st.integers(1, 4), part=st.sampled_from(PARTS)),
    st.builds(Moment, st.just("half"), st.integers(1, 2)),
    st.builds(Moment, st.just("week"), st.integers(1, 52)),
    st.builds(Moment, st.just("day"), st.integers(1, 12), day=st.integers(1, 28)),
    st.builds(Moment, st.just("season"), name=st.sampled_from(SEASONS), part=st.sampled_from(PARTS)),
    st.builds(Moment, st.just("recess"), name=st.sampled_from(["zomerreces", "kerstreces", "meireces", "reces"])),
    st.builds(Moment, st.just("named"), name=st.sampled_from(["prinsjesdag", "kerst", "miljoenennota"])),
)
CLOSED = st.sampled_from(["in", "by", "before", "around"])


def meaning(term: Term, written: dt.date | None) -> Period | None:
    return resolve(term, written=written, calendar=shipped())


def interval(
    moment: Moment | Range | Delay, written: dt.date | None = None, operator: Operator = "in"
) -> list[str | None]:
    period = meaning(Term(operator, "calendar", moment), written)
    assert period is not None
    return [day.isoformat() if day else None for day in (period.from_, period.until)]


@pytest.mark.parametrize(
    ("moment", "first", "last"),
    [
        (Moment("month", 2, year=2024), "2024-02-01", "2024-02-29"),
        (Moment("month", 5, year=2024, part="begin"), "2024-05-01", "2024-05-10"),
        (Moment("month", 5, year=2024, part="medio"), "2024-05-11", "2024-05-20"),
        (Moment("month", 5, year=2024, part="eind"), "2024-05-21", "2024-05-31"),
        (Moment("month", 5, year=2024, part="first-half"), "2024-05-01", "2024-05-15"),
        (Moment("month", 5, year=2024, part="second-half"), "2024-05-16", "2024-05-31"),
        (Moment("month", 5, year=2024, week=1), "2024-05-01", "2024-05-07"),
        (Moment("month", 5, year=2024, week=-1), "2024-05-25", "2024-05-31"),
        (Moment("quarter", 1, year=2024), "2024-01-01", "2024-03-31"),
        (Moment("quarter", -1, year=2024), "2024-10-01", "2024-12-31"),
        (Moment("quarter", 2, year=2024, part="eind"), "2024-06-01", "2024-06-30"),
        (Moment("half", 2, year=2024), "2024-07-01", "2024-12-31"),
        (Moment("half", 1, year=2024, part="medio"), "2024-03-01", "2024-04-30"),
        (Moment("year", year=2024), "2024-01-01", "2024-12-31"),
        (Moment("year", year=2024, part="begin"), "2024-01-01", "2024-03-31"),
        (Moment("year", year=2024, part="medio"), "2024-05-01", "2024-08-31"),
        (Moment("year", year=2024, part="eind"), "2024-10-01", "2024-12-31"),
        (Moment("season", name="voorjaar", year=2024), "2024-03-01", "2024-05-31"),
        (Moment("season", name="zomer", year=2024), "2024-06-01", "2024-08-31"),
        (Moment("season", name="najaar", year=2024), "2024-09-01", "2024-11-30"),
        (Moment("season", name="winter", year=2023), "2023-12-01", "2024-02-29"),
        (Moment("week", 1, year=2025), "2024-12-30", "2025-01-05"),
        (Moment("school_year", name="schooljaar", year=2024), "2024-08-01", "2025-07-31"),
        (Moment("school_year", name="studiejaar", year=2024), "2024-09-01", "2025-08-31"),
        (Moment("day", 5, day=12, year=2024, whole_week=True), "2024-05-06", "2024-05-12"),
        (Moment("recess", name="zomerreces", year=2024), "2024-07-05", "2024-09-02"),
        (Range(Moment("month", 11, year=2024), Moment("month", 2)), "2024-11-01", "2025-02-28"),
        (Range(Moment("month", 11), Moment("month", 2, year=2025)), "2024-11-01", "2025-02-28"),
        (Range(Moment("day", 5, day=1), Moment("day", 7, day=1, year=2025), open_end=True), "2025-05-01", "2025-06-30"),
    ],
)
def test_the_days_of_what_names_its_year(moment: Moment | Range, first: str, last: str) -> None:
    assert interval(moment) == [first, last]


@pytest.mark.parametrize(
    ("moment", "written", "first", "last"),
    [
        (Moment("month", step=1), "2024-12-05", "2025-01-01", "2025-01-31"),
        (Moment("quarter", step=1), "2024-12-05", "2025-01-01", "2025-03-31"),
        (Moment("half", step=0), "2024-12-05", "2024-07-01", "2024-12-31"),
        (Moment("year", step=1), "2024-12-05", "2025-01-01", "2025-12-31"),
        (Moment("week", step=1), "2024-12-29", "2024-12-30", "2025-01-05"),
        (Moment("day", step=1), "2024-12-31", "2025-01-01", "2025-01-01"),
        (Moment("day", weekday=0, step=0), "2024-03-18", "2024-03-25", "2024-03-25"),
        (Moment("day", weekday=6, step=1), "2024-03-18", "2024-03-31", "2024-03-31"),
        (Moment("month", 5, year_step=1), "2024-03-18", "2025-05-01", "2025-05-31"),
        (Moment("school_year", name="schooljaar", step=0), "2024-07-31", "2023-08-01", "2024-07-31"),
        (Moment("school_year", name="schooljaar", step=1), "2024-07-31", "2024-08-01", "2025-07-31"),
        (Moment("school_year", name="studiejaar", step=1), "2024-09-01", "2025-09-01", "2026-08-31"),
        (Delay(months=1), "2024-01-31", "2024-01-31", "2024-02-29"),
        (Delay(days=42, unit="week"), "2024-03-18", "2024-03-18", "2024-04-29"),
    ],
)
def test_the_days_of_what_counts_from_the_letter(moment: Moment | Delay, written: str, first: str, last: str) -> None:
    assert interval(moment, dt.date.fromisoformat(written)) == [first, last]
    assert interval(moment) == [None, None]


@given(st.integers(1960, 2090), st.integers(1, 12))
def test_months_round_trip(year: int, month: int) -> None:
    (found,) = intervals(Moment("month", month, year=year), None, shipped())
    assert found.first == dt.date(year, month, 1)
    assert found.last + dt.timedelta(days=1) == found.first + relativedelta(months=1)
    period = meaning(Term("in", "calendar", Moment("month", month, year=year)), None)
    assert period is not None
    assert period.edtf == f"{year}-{month:02}"


@given(st.integers(1960, 2090))
def test_quarters_halves_seasons_and_parts_of_a_month_tile(year: int) -> None:
    for unit, count in (("quarter", 4), ("half", 2), ("month", 12)):
        parts = [next(intervals(Moment(unit, n, year=year), None, shipped())) for n in range(1, count + 1)]  # type: ignore[arg-type]
        assert (parts[0].first, parts[-1].last) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
        assert all(a.last + dt.timedelta(days=1) == b.first for a, b in pairwise(parts))
    for month in range(1, 13):
        thirds = [
            next(intervals(Moment("month", month, year=year, part=part), None, shipped()))
            for part in ("begin", "medio", "eind")
        ]
        assert all(a.last + dt.timedelta(days=1) == b.first for a, b in pairwise(thirds))
        assert (thirds[-1].last + dt.timedelta(days=1)).day == 1


@given(YEARLESS, LETTER_DAYS, CLOSED)
def test_without_a_year_the_first_that_ends_on_or_after_the_letter(
    moment: Moment, written: dt.date, operator: Operator
) -> None:
    period = meaning(Term(operator, "calendar", moment), written)
    assert period is not None
    assert period.until is not None
    assert period.until >= written


@given(YEARLESS.filter(lambda moment: moment.unit not in ("recess", "named") and moment.name != "winter"), LETTER_DAYS)
def test_the_one_of_the_year_before_was_over(moment: Moment, written: dt.date) -> None:
    period = meaning(Term("in", "calendar", moment), written)
    assert period is not None
    assert period.from_ is not None
    year = (period.from_ + dt.timedelta(days=3)).year  # ISO week 1 may begin in December
    assert meaning(Term("in", "calendar", replace(moment, year=year)), written) == period
    assert meaning(Term("in", "calendar", replace(moment, year=year - 1)), written) is None


@given(YEARLESS, LETTER_DAYS, st.sampled_from(["in", "by", "before", "around", "after", "from"]))
def test_until_is_never_before_from(moment: Moment, written: dt.date, operator: Operator) -> None:
    period = meaning(Term(operator, "calendar", moment), written)
    assert period is not None
    assert period.from_ is None or period.until is None or period.until >= period.from_
    assert (period.from_ is None) == (
        operator in ("by", "before") or (operator == "in" and moment.name == "miljoenennota")
    )
    assert (period.until is None) == (operator in ("after", "from"))


@given(YEARLESS, YEARLESS, LETTER_DAYS, st.booleans())
def test_ranges_are_in_order(first: Moment, last: Moment, written: dt.date, open_end: bool) -> None:
    period = meaning(Term("in", "calendar", Range(first, last, open_end)), written)
    assert period is not None
    if period.from_ is not None:
        assert period.until is not None
        assert period.until >= max(period.from_, written)


@given(YEARLESS, st.sampled_from(["in", "by", "before", "around", "after", "from"]))
def test_no_letter_date_and_no_year_is_no_day(moment: Moment, operator: Operator) -> None:
    period = meaning(Term(operator, "calendar", moment), None)
    assert period is not None
    assert (period.operator, period.from_, period.until, period.edtf) == (operator, None, None, None)


@given(st.integers(1960, 2090), LETTER_DAYS)
def test_a_year_gone_by_is_no_term(year: int, written: dt.date) -> None:
    period = meaning(Term("in", "calendar", Moment("year", year=year)), written)
    assert (period is None) == (year < written.year)
    assert meaning(Term("in", "calendar", Moment("year", year=year)), None) is not None


@pytest.mark.parametrize(
    ("operator", "moment", "edtf"),
    [
        ("in", Moment("year", year=2023), "2023"),
        ("in", Moment("month", 7, year=2023), "2023-07"),
        ("in", Moment("day", 7, day=1, year=2023), "2023-07-01"),
        ("in", Moment("season", name="voorjaar", year=2023), "2023-03-01/2023-05-31"),
        ("before", Moment("recess", name="zomerreces", year=2022), "../2022-07-07"),
        ("before", Moment("recess", name="zomerreces", year=2031), "../2031-06-30~"),
        ("after", Moment("season", name="zomer", year=2023), "2023-09-01/.."),
        ("from", Moment("year", year=2025), "2025-01-01/.."),
        ("around", Moment("month", 7, year=2023), "2023-07~"),
        ("around", Moment("season", name="zomer", year=2023), "2023-06-01~/2023-08-31~"),
    ],
)
def test_edtf(operator: Operator, moment: Moment, edtf: str) -> None:
    period = meaning(Term(operator, "calendar", moment), None)
    assert period is not None
    assert period.edtf == edtf
    assert period.approximate == ("~" in edtf)


def test_before_the_summer_is_before_its_recess() -> None:
    summer, recess = Moment("season", name="zomer"), Moment("recess", name="zomerreces")
    for moment in (summer, recess):
        assert interval(moment, dt.date(2024, 3, 18), "before") == [None, "2024-07-04"]  # published
        assert interval(moment, dt.date(2026, 5, 20), "before") == [None, "2026-06-30"]  # not published
        assert interval(moment, dt.date(2026, 7, 1), "before") == [None, "2026-07-02"]  # the recess still to come
        assert interval(moment, dt.date(2026, 7, 3), "before") == [None, "2027-06-30"]
        assert interval(moment, dt.date(2024, 3, 18), "after") == ["2024-09-01", None]


def test_the_value_has_the_keys_of_the_contract() -> None:
    period = meaning(Term("before", "calendar", Moment("recess", name="zomerreces", year=2022)), None)
    assert period is not None
    assert period.to_json() == {
        "operator": "before",
        "from": None,
        "until": "2022-07-07",
        "edtf": "../2022-07-07",
        "granularity": "day",
        "event": None,
        "approximate": False,
        "kind": "calendar",
        "source": "published",
    }


def test_values_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Moment("year").year = 2024  # type: ignore[misc]


@pytest.mark.parametrize("written", [dt.date.min, dt.date(9989, 12, 31), dt.date.max])
@pytest.mark.parametrize("operator", ["in", "before", "after", "within", "around"])
def test_the_ends_of_time_raise_nothing(written: dt.date, operator: Operator) -> None:
    moments: list[Moment | Delay] = [Moment("year", step=1), Moment("week", step=1), Delay(months=12)]
    moments += [Moment("recess", name="kerstreces"), Moment("month", 1), Moment("season", name="winter")]
    for moment in [*moments, Moment("day", 1, day=1)]:
        meaning(Term(operator, "calendar", moment), written)
