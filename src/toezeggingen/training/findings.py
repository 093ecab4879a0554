"""What a program found in one letter, as far as it is scored: ours out of a record, others' as they give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toezeggingen.records import Body, Citation, Deadline

if TYPE_CHECKING:
    import datetime as dt

    from toezeggingen.records import Record
    from toezeggingen.training.quotes import Span


@dataclass(frozen=True, slots=True)
class Term:
    """A term as found: its characters and the days it means (inclusive)."""

    span: Span
    operator: str
    from_: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as found."""

    span: Span
    kind: str
    status: str | None = None
    strength: str | None = None
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a program found in one letter, as far as it is scored. Offsets count characters of `text`."""

    text: str
    promises: tuple[Promise, ...] = ()
    citations: tuple[tuple[Span, tuple[str, ...]], ...] = ()
    bodies: tuple[Span, ...] = ()
    date: dt.date | None = None
    ministry: str | None = None


def of_record(record: Record) -> Findings:
    """What an extraction record says, as far as it is scored."""
    terms = {
        e.id: Term((e.start, e.end), e.value.operator, e.value.from_, e.value.until)
        for e in record.entities
        if isinstance(e, Deadline)
    }
    return Findings(
        text=record.text,
        promises=tuple(
            Promise((c.start, c.end), c.kind, c.status, c.strength, terms[c.deadline] if c.deadline else None)
            for c in record.commitments
        ),
        citations=tuple(((e.start, e.end), e.value.ids) for e in record.entities if isinstance(e, Citation)),
        bodies=tuple((e.start, e.end) for e in record.entities if isinstance(e, Body)),
        date=record.letter.date,
        ministry=record.letter.ministry,
    )
