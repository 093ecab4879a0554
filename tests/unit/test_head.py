"""The head of a letter: a table of heads in many layouts, and what must hold for any text at all."""

from __future__ import annotations

import datetime
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import Call, assert_grows, filled
from toezeggingen.letters.appendix import session_of_day
from toezeggingen.letters.dates import MONTHS, date_at
from toezeggingen.letters.head import Head, head
from toezeggingen.letters.lines import lines_from, one_line
from toezeggingen.letters.offices import as_kept

CASES = Path(__file__).parents[1] / "cases" / "heads.jsonl"
FIELDS = ("date", "ministry", "chamber", "reference", "subject", "signatories", "own_paper")
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def _plain(found: Head) -> dict[str, Any]:
    """The filled fields as the table writes them."""
    values: dict[str, Any] = {name: getattr(found, name) for name in FIELDS}
    values["date"] = found.date.isoformat() if found.date else None
    values["signatories"] = [[one.name, one.office] for one in found.signatories]
    return {name: value for name, value in values.items() if value}


def test_table_has_ids_of_its_own() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 40
    assert all(row["head"].keys() <= set(FIELDS) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_heads(row: dict[str, Any]) -> None:
    found = head(row["text"])
    assert _plain(found) == row["head"]
    assert {name: found.found[name] for name in row.get("found", {})} == row.get("found", {})


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_filled_field_says_how_and_where(row: dict[str, Any]) -> None:
    text = row["text"]
    found = head(text)
    assert set(found.found) == set(found.spans) == set(_plain(found))
    for start, end in found.spans.values():
        assert 0 <= start < end <= len(text)
    if found.date:
        printed = date_at(text, found.spans["date"][0])
        assert printed is not None
        assert (printed.day, printed.end) == (found.date, found.spans["date"][1])
    for name in {"reference", "subject"} & set(found.spans):
        start, end = found.spans[name]
        assert one_line(text[start:end]).split() == getattr(found, name).split()


def test_signatories_span_holds_the_names() -> None:
    row = next(row for row in ROWS if row["id"] == "signature-side-by-side")
    found = head(row["text"])
    start, end = found.spans["signatories"]
    assert all(one.name in row["text"][start:end] for one in found.signatories if one.name)
    start, end = found.spans["date"]
    assert row["text"][start:end] == "6 juni 2019"


def test_head_is_a_value() -> None:
    found = head(ROWS[0]["text"])
    assert pickle.loads(pickle.dumps(found)) == found == head(ROWS[0]["text"])
    with pytest.raises(AttributeError):
        found.date = None  # type: ignore[misc]


def test_empty_text_has_no_head() -> None:
    assert head("") == Head()


# Dates -----------------------------------------------------------------------------------------------------------


@given(day=st.dates(datetime.date(1945, 1, 1), datetime.date(2099, 12, 31)), form=st.integers(0, 4))
def test_dates_come_back(day: datetime.date, form: int) -> None:
    month = next(name for name, number in MONTHS.items() if number == day.month)
    written = (
        f"{day.day} {month} {day.year}",
        f"{day.day}{month.upper()} {day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        day.isoformat(),
    )[form]
    found = date_at(f"{written} x", 0)
    assert found is not None
    assert (found.day, found.start, found.end) == (day, 0, len(written))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("l9 rnaart 1990", "1990-03-19"),
        ("1O juIi l990", "1990-07-10"),
        ("2 novernber 2O14", "2014-11-02"),
        ("3 apr1l 2001", "2001-04-03"),
        ("30 october 1947", "1947-10-30"),
        ("maandag 3 mei 2021", "2021-05-03"),
        ("31 februari 2020", None),
        ("29-2-2019", None),
        ("00 mei 2019", None),
        ("12-13-2014", None),
    ],
)
def test_dates_through_ocr(written: str, day: str | None) -> None:
    found = date_at(written, 0)
    assert found is not None
    assert found.day == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    "written", ["mei 2020", "3 mei", "3 mey 2020", "3-12-14", "123 mei 2020", "3 mei 20201", "1990", ""]
)
def test_no_dates(written: str) -> None:
    assert date_at(written, 0) is None


@pytest.mark.parametrize(
    ("day", "session"),
    [("2024-08-31", "20232024"), ("2024-10-01", "20242025"), ("2024-01-02", "20232024"), ("2024-09-17", None)],
)
def test_session_of_day(day: str, session: str | None) -> None:
    assert session_of_day(datetime.date.fromisoformat(day)) == session


# Words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("De Minister van Financiën,", "Minister van Financiën"),
        ("DE MINISTER VAN FINANCIEN,", "Minister van Financiën"),
        ("MINISTER VAN ONDERWIJS, CULTUUR EN WETENSCHAPPEN", "Minister van Onderwijs, Cultuur en Wetenschappen"),
        ("DE MINISTER VAN ECONOMISCHE ZAKEN", "Minister van Economische Zaken"),
        ("DE MINISTER-PRESIDENT", "Minister-President"),
        (
            "DE STAATSSECRETARIS VAN VOLKSGEZOND-HEID, WELZIJN EN SPORT",
            "Staatssecretaris van Volksgezondheid, Welzijn en Sport",
        ),
        ("de  staatssecretaris\nvan Defensie", "staatssecretaris van Defensie"),
    ],
)
def test_offices_as_kept(printed: str, kept: str) -> None:
    assert as_kept(printed) == kept


@given(st.text(alphabet="ab -\n\t*_>\u00ad", max_size=200))
def test_lines_are_their_characters(text: str) -> None:
    for line in lines_from(text, 0, count=50, reach=1000):
        assert text[line.start : line.end] == line.text
        assert "\n" not in line.text


# Any text --------------------------------------------------------------------------------------------------------

PIECES = [
    "\n", "\n\n", " ", "   ", "\t", ",", ".", "(", ")", ":", "**", "en", "Datum", "Betreft", "Ons kenmerk",
    "Uw kenmerk",
    "3 mei 2020", "31 april 2020", "Den Haag, ", "'s-Gravenhage", "De Minister van ", "Financiën", "mede namens ",
    "de staatssecretaris van ", "A.B. Turf", "Hoogachtend,", "namens deze", "Geachte voorzitter",
    "Antwoord van Minister ",
    "(ontvangen ", "Vragen van het lid X over ", "(ingezonden ", "AH 12", "kst-1-2", "29 282", "Nr. 3", "DE MINISTER",
    "Tweede Kamer der Staten-Generaal", "BRIEF VAN DE MINISTER VAN ", "Ministerie van ", "Vergaderjaar 2020-2021",
    "De voorzitter:", "commissiedebat Turf", "Minister-President", "Eerste Kamer, vergaderjaar 2020-2021, ",
    "2024Z12345",
    "voorgelegd aan ", "beantwoord",
]  # fmt: skip
WORDS = st.sampled_from(PIECES)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=400), st.lists(WORDS, max_size=60).map("".join), st.lists(WORDS, max_size=60).map(" ".join)
    )
)
def test_never_raises(text: str) -> None:
    found = head(text)
    assert set(found.found) == set(found.spans) == set(_plain(found))
    assert all(0 <= start <= end <= len(text) for start, end in found.spans.values())


HOSTILE = {
    "one line": "a",
    "newlines": "\n",
    "blanks": " ",
    "digits": "1",
    "dates": "3 mei ",
    "brackets": "(",
    "capitals": "DE MINISTER VAN ",
    "offices": "de minister van X\n",
    "offices and commas": "De Minister van Financiën,\n",
    "side by side": "de minister van X, ",
    "for another": "mede namens\nde Minister van X,\n",
    "answers": "Antwoord van minister\n",
    "answers in brackets": "Antwoord van minister X (",
    "feet": "Tweede Kamer, vergaderjaar 2020-2021, ",
    "feet on lines": "Tweede Kamer, vergaderjaar 2020-2021, 29 282, nr.\n",
    "ids": "kst-29282-",
    "ids on lines": "kst-29282-1 x\n",
    "labels": "Datum ",
    "labels on lines": "Datum\n",
    "numbers": "Nr. ",
    "names": "A. van der ",
    "initials": "De Minister van X, A.A.A.A.A.A.A.\n",
    "hyphens": "-\n",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_length(piece: str) -> None:
    def prepare(size: int) -> Call:
        text = filled(piece, size)
        return lambda: head(text)

    assert_grows(prepare, 50_000, 400_000)
