"""Records as a table: columns, types, order, and CSV that a spreadsheet does not run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen.exports.table import COLUMNS, frame, ordered, to_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from toezeggingen.records import Record

# The order that readers of the CSV rely on: it only grows at the end.
PUBLISHED = [
    *("letter", "letter_date", "ministry", "kind", "status", "strength", "who", "recipient", "action"),
    *("deadline_from", "deadline_until", "deadline_operator", "deadline_text", "quote", "citations", "formula"),
    *("score", "path", "commitment", "deadline_approximate"),
]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_columns_keep_their_order_and_types(record: Record, make_record: Callable[..., Record]) -> None:
    for table in (frame([record]), frame([]), frame([make_record("Niets.", date=None)])):
        assert list(table.columns) == PUBLISHED
        assert {name: str(kind) for name, kind in table.dtypes.items()} == COLUMNS


def test_one_row_a_commitment(record: Record) -> None:
    table = frame([record, record])
    assert len(table) == 8
    first = table.iloc[0]
    assert first["letter"] == record.id
    assert first["letter_date"] == pd.Timestamp("2026-03-06")
    assert pd.isna(first["deadline_from"])
    assert first["deadline_until"] == pd.Timestamp("2026-07-02")
    assert first["recipient"] == "Tweede Kamer der Staten-Generaal"
    assert first["citations"] == "kst-36700-12"
    assert first["quote"] == record.commitments[0].text
    last = table.iloc[3]
    assert last[["deadline_from", "deadline_operator", "deadline_text", "recipient", "citations"]].isna().all()


def test_a_citation_without_an_id_is_given_in_its_own_words(make_record: Callable[..., Record]) -> None:
    made = make_record(
        "Ik stuur de bijlage bij\nde nota.",
        entities=[("CITATION", "bijlage bij\nde nota", {"ids": ()})],
        commitments=[{"text": "Ik stuur de bijlage bij\nde nota", "action": "sturen", "citations": ("e1",)}],
    )
    assert frame([made])["citations"].tolist() == ["bijlage bij de nota"]


def test_by_deadline_the_first_that_is_due_comes_first(record: Record, make_record: Callable[..., Record]) -> None:
    later = make_record(
        "Wij sturen de kaart na de zomer.",
        entities=[("DEADLINE", "na de zomer", {"operator": "after", "from": "2026-06-15"})],
        commitments=[{"text": "Wij sturen de kaart na de zomer", "action": "sturen", "deadline": "e1"}],
    )
    table = frame([record, later])
    assert ordered(table, "letter")["commitment"].tolist() == table["commitment"].tolist()
    said = ordered(table, "deadline")["deadline_text"].tolist()
    assert said[:4] == ["dit voorjaar", "na de zomer", "voor de zomer", "zo spoedig\nmogelijk"]
    assert pd.isna(said[4])


def test_csv_has_iso_days_and_empty_cells(record: Record) -> None:
    text = to_csv(frame([record]))
    assert text.splitlines()[0] == ",".join(PUBLISHED)
    first, *_, last = rows(text)
    assert (first["letter_date"], first["deadline_from"], first["deadline_until"]) == ("2026-03-06", "", "2026-07-02")
    assert first["deadline_approximate"] == "True"
    assert last["deadline_until"] == last["citations"] == last["deadline_approximate"] == ""
    assert text.endswith("\r\n")


def test_csv_without_rows_is_a_heading() -> None:
    assert to_csv(frame([])) == ",".join(PUBLISHED) + "\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n="])
def test_a_spreadsheet_finds_no_formula(make_record: Callable[..., Record], start: str) -> None:
    quote = f"{start}HYPERLINK(1) stuur ik"
    made = make_record(f"x {quote}.", commitments=[{"text": quote, "action": "sturen"}], path="=cmd.txt")
    (row,) = rows(to_csv(frame([made])))
    assert row["quote"] == f"'{quote}"
    assert row["path"] == "'=cmd.txt"


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_csv_brings_every_quote_back(make_record: Callable[..., Record], words: str) -> None:
    made = make_record(f"x {words} y", commitments=[{"text": words, "action": "sturen"}])
    (row,) = rows(to_csv(frame([made])))
    assert row["quote"].removeprefix("'") == words.removeprefix("'")
