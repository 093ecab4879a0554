"""Records as a table: one row a commitment, for pandas, for a spreadsheet and for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from toezeggingen.exports import dutch
from toezeggingen.records import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toezeggingen.records import Commitment, Record

Order = Literal["letter", "deadline"]

COLUMNS = {
    "letter": "string", "letter_date": "datetime64[s]", "ministry": "string", "kind": "string", "status": "string",
    "strength": "string", "who": "string", "recipient": "string", "action": "string", "deadline_from": "datetime64[s]",
    "deadline_until": "datetime64[s]", "deadline_operator": "string", "deadline_text": "string", "quote": "string",
    "citations": "string", "formula": "string", "score": "float64", "path": "string", "commitment": "string",
    "deadline_approximate": "boolean",
}  # fmt: skip
"""The columns and their types. New ones are added at the end, so that a column keeps its place in a CSV file."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def frame(records: Iterable[Record]) -> pd.DataFrame:
    """One row a commitment, in the order of records and text. Days are inclusive; what is not known is missing.

    `citations` holds the ids of the papers cited in the commitment, with "; " between them.
    """
    rows = [row for record in records for row in _rows(record)]
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in COLUMNS.items()}
    return pd.DataFrame(columns)


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    for commitment in record.commitments:
        deadline = dutch.deadline_of(commitment, record)
        value = deadline.value if deadline else None
        yield {
            "letter": record.id,
            "letter_date": record.letter.date,
            "ministry": record.letter.ministry,
            "kind": commitment.kind,
            "status": commitment.status,
            "strength": commitment.strength,
            "who": commitment.actor.who,
            "recipient": dutch.recipient(commitment, record),
            "action": commitment.action,
            "deadline_from": value.from_ if value else None,
            "deadline_until": value.until if value else None,
            "deadline_operator": value.operator if value else None,
            "deadline_text": deadline.text if deadline else None,
            "quote": commitment.text,
            "citations": "; ".join(_cited(commitment, record)) or None,
            "formula": commitment.formula,
            "score": commitment.score,
            "path": record.source.path,
            "commitment": commitment.id,
            "deadline_approximate": value.approximate if value else None,
        }


def _cited(commitment: Commitment, record: Record) -> Iterator[str]:
    """The ids of what is cited; the letter's own words where a citation has none."""
    for name in commitment.citations:
        citation = record.entity(name)
        if isinstance(citation, Citation):
            yield from citation.value.ids or (dutch.folded(citation.text),)


def ordered(rows: pd.DataFrame, by: Order) -> pd.DataFrame:
    """The rows by letter (as they came), or by the last day that counts, else the first; without days at the end."""
    if by == "letter":
        return rows
    due = rows["deadline_until"].fillna(rows["deadline_from"])
    return rows.loc[due.sort_values(kind="stable", na_position="last").index].reset_index(drop=True)


def to_csv(rows: pd.DataFrame) -> str:
    """The rows as CSV (RFC 4180, so lines end in CR LF), days as ISO.

    An apostrophe stands before what a spreadsheet would take for a formula.
    """
    safe = rows.copy()
    for name in safe.columns:
        if COLUMNS.get(name) == "string":
            guarded = safe[name].str.startswith(_FORMULAS, na=False)
            safe[name] = safe[name].mask(guarded, "'" + safe[name])
        elif COLUMNS.get(name) == "datetime64[s]":
            safe[name] = safe[name].dt.strftime("%Y-%m-%d")
    return str(safe.to_csv(index=False, lineterminator="\r\n"))
