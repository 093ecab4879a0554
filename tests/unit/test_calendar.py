"""Recesses and named days: as published, by rule in other years, and as a clerk's own file says."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen import lexicons
from toezeggingen.errors import LexiconError, OptionError
from toezeggingen.values import calendar
from toezeggingen.values.calendar import YearlyDay

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = lexicons.source("calendar").decode("utf-8")
OWN = {
    "id": "verkiezingsreces-2033",
    "name": "verkiezingsreces",
    "kind": "recess",
    "first": "2033-02-11",
    "last": "2033-03-21",
    "certainty": "published",
}


def days(name: str, year: int) -> tuple[str, str, str]:
    found = calendar.shipped().occurrence(name, year)
    assert found is not None
    return found.first.isoformat(), found.last.isoformat(), found.certainty


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("zomerreces", 2022, ("2022-07-08", "2022-09-05", "published")),
        ("zomerreces", 2023, ("2023-07-07", "2023-09-04", "published")),
        ("zomerreces", 2024, ("2024-07-05", "2024-09-02", "published")),
        ("kerstreces", 2023, ("2023-12-22", "2024-01-15", "published")),
        ("zomerreces", 2026, ("2026-07-03", "2026-08-31", "approximate")),
        ("zomerreces", 1985, ("1985-07-05", "1985-09-02", "approximate")),
        ("kerstreces", 2024, ("2024-12-20", "2025-01-13", "approximate")),
        ("prinsjesdag", 2024, ("2024-09-17", "2024-09-17", "published")),
        ("prinsjesdag", 2025, ("2025-09-16", "2025-09-16", "published")),
        ("verantwoordingsdag", 2024, ("2024-05-15", "2024-05-15", "approximate")),
        ("miljoenennota", 2026, ("2025-09-16", "2025-09-16", "published")),
        ("voorjaarsnota", 2025, ("2025-06-01", "2025-06-01", "approximate")),
    ],
)
def test_days_of_a_year(name: str, year: int, expected: tuple[str, str, str]) -> None:
    assert days(name, year) == expected


def test_the_rule_for_summer_gives_the_published_days_where_it_can() -> None:
    ruled = calendar.parse([("rules", "\n".join(line for line in SHIPPED.splitlines() if '"certainty": "app' in line))])
    for year in (2023, 2024):
        by_rule, published = ruled.occurrence("zomerreces", year), calendar.shipped().occurrence("zomerreces", year)
        assert by_rule is not None
        assert published is not None
        assert (by_rule.first, by_rule.last) == (published.first, published.last)
        assert (by_rule.certainty, published.certainty) == ("approximate", "published")


@pytest.mark.parametrize("name", ["voorjaarsreces", "meireces", "zomerreces", "herfstreces", "kerstreces"])
def test_a_rule_lies_within_ten_days_of_what_was_published(name: str) -> None:
    known = calendar.shipped()
    published = [o for (n, _), o in known.published.items() if n == name]
    assert published
    for occurrence in published:
        rule = known.rules[name]
        assert abs((rule.first.in_year(occurrence.first.year) - occurrence.first).days) <= 10
        assert abs((rule.last.in_year(occurrence.first.year) - occurrence.last).days) <= 10


@given(st.integers(min_value=1900, max_value=2200))
def test_every_rule_gives_days_in_order_every_year(year: int) -> None:
    for name, rule in calendar.shipped().rules.items():
        occurrence = calendar.shipped().occurrence(name, year)
        assert occurrence is not None
        assert occurrence.first <= occurrence.last
        assert abs(occurrence.first.year - year) <= 1
        assert rule.first.weekday in (None, occurrence.first.weekday())


@given(st.integers(1, 12), st.integers(1, 28), st.integers(0, 6), st.integers(1900, 2200))
def test_a_weekday_from_a_day_is_in_the_seven_days_from_there(month: int, day: int, weekday: int, year: int) -> None:
    found = YearlyDay(month, day, weekday).in_year(year)
    assert found.weekday() == weekday
    assert 0 <= (found - dt.date(year, month, day)).days < 7


def test_what_nobody_knows_stays_unknown() -> None:
    assert calendar.shipped().occurrence("verkiezingsreces", 2023) is None
    assert calendar.shipped().occurrence("zomerreces", 9999) is not None
    assert calendar.shipped().occurrence("kerstreces", 9999) is None  # would end in the year 10000


def test_the_name_reces_is_any_recess_in_order() -> None:
    names = [occurrence.name for occurrence in calendar.shipped().occurrences("reces", 2024)]
    assert names == ["voorjaarsreces", "meireces", "zomerreces", "herfstreces", "kerstreces"]


def test_an_own_calendar_goes_first(tmp_path: Path) -> None:
    moved = OWN | {"id": "zomer", "name": "zomerreces", "first": "2024-07-01", "last": "2024-08-30"}
    path = tmp_path / "eigen.jsonl"
    path.write_text("\n".join(map(json.dumps, (OWN, moved))), encoding="utf-8")
    own = calendar.parse([(path.name, calendar.read_own(path)), ("calendar.jsonl", SHIPPED)])
    election, summer = own.occurrence("verkiezingsreces", 2033), own.occurrence("zomerreces", 2024)
    assert election is not None
    assert election.last == dt.date(2033, 3, 21)
    assert summer is not None
    assert summer.first == dt.date(2024, 7, 1)
    assert "verkiezingsreces" in [o.name for o in own.occurrences("reces", 2033)]
    assert own.occurrence("prinsjesdag", 2024) == calendar.shipped().occurrence("prinsjesdag", 2024)


def test_only_the_kinds_asked_for() -> None:
    only = calendar.shipped().only(frozenset({"recess"}))
    assert only.occurrence("prinsjesdag", 2024) is None
    assert only.occurrence("zomerreces", 2024) == calendar.shipped().occurrence("zomerreces", 2024)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"first": "2033-03-22"}, "lies before first day"),
        ({"first": "2033-02-30"}, "day is out of range"),
        ({"first": "someday from 07-01", "last": "07-02"}, "'someday'"),
        ({"first": "friday after 07-01", "last": "07-02"}, "is no rule for a day"),
        ({"first": "02-29", "last": "03-01"}, "day is out of range"),
        ({"kind": "holiday"}, "kind 'holiday' is none of recess"),
        ({"certainty": "maybe"}, "certainty 'maybe' is none of published"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(change: dict[str, str], told: str) -> None:
    with pytest.raises(LexiconError) as caught:
        calendar.parse([("eigen.jsonl", json.dumps(OWN | change))])
    assert str(caught.value).startswith("eigen.jsonl:1: verkiezingsreces-2033: ")
    assert told in str(caught.value)


def test_a_calendar_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"weg\.jsonl: cannot be read"):
        calendar.read_own(tmp_path / "weg.jsonl")
