"""Whether the days of an annotated term can be: by its operator, and by what the program reads in the same words."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.components.deadlines import DeadlineFinder

_OPEN_START: frozenset[str] = frozenset({"before", "by"})
_OPEN_END: frozenset[str] = frozenset({"after", "from"})
_LOOSE: frozenset[str] = frozenset({"before", "by", "after", "from", "around"})
_LEEWAY = (
    ("zomer", 15),
    ("kerst", 16),
    ("einde van het jaar", 16),
    ("einde van dit jaar", 16),
    ("jaareinde", 16),
    ("reces", 10),
)


class AnyTerm(Protocol):
    """A term as an annotator gives it."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def operator(self) -> str:
        """How the days bind."""

    @property
    def from_(self) -> dt.date | None:
        """The first day."""

    @property
    def until(self) -> dt.date | None:
        """The last day that counts."""


def same_days(wanted: AnyTerm, from_: dt.date | None, until: dt.date | None) -> bool:
    """Whether an interval is that of an annotated term; around recesses and seasons there are some days of leeway."""
    words = wanted.text.lower()
    loose = wanted.operator in _LOOSE
    leeway = max((days for word, days in _LEEWAY if loose and word in words), default=0)

    def near(a: dt.date | None, b: dt.date | None) -> bool:
        return a is b if a is None or b is None else abs((a - b).days) <= leeway

    return near(wanted.from_, from_) and near(wanted.until, until)


def contradictions(term: AnyTerm) -> Iterator[str]:
    """An interval that its operator does not allow (annotation rules, "Dates of a term")."""
    if term.from_ and term.until and term.from_ > term.until:
        yield f"from {term.from_} is later than until {term.until}"
    if term.from_ and term.operator in _OPEN_START:
        yield f"a term with {term.operator!r} has no first day, found {term.from_}"
    if term.until and term.operator in _OPEN_END:
        yield f"a term with {term.operator!r} has no last day, found {term.until}"
    if (term.from_ or term.until) and term.operator == "recurring":
        yield "a recurring term has no days"


def read_otherwise(term: AnyTerm, written: dt.date | None) -> str | None:
    """What the program reads in the words of a term, where that is other days than annotated; else None.

    Words that it does not read as one term from the first to the last, and terms that it reads without days (an event,
    "binnenkort"), say nothing against the annotation: the days of those stand elsewhere in the letter.
    """
    words = " ".join(term.text.replace("-\n", "").split())
    whole = [found for found in _finder().find(words, written=written) if (found.start, found.end) == (0, len(words))]
    for found in whole:
        from_, until = _day(found.value["from"]), _day(found.value["until"])
        if (from_ or until) and not same_days(term, from_, until):
            return f"{found.value['operator']} {_shown(from_)}..{_shown(until)}"
    return None


@cache
def _finder() -> DeadlineFinder:
    from toezeggingen.components.deadlines import DeadlineFinder

    return DeadlineFinder()


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value[:10]) if value else None


def _shown(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def interval(term: AnyTerm) -> str:
    """The annotated days as they are told: "before ..2024-06-30"."""
    return f"{term.operator} {_shown(term.from_)}..{_shown(term.until)}"
