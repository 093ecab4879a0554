"""Bodies: organisations and offices as the lexicon knows them, and what a mention of one means.

The identifiers are those of the register of government organisations (TOOI), identifier.overheid.nl.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from toezeggingen import lexicons
from toezeggingen.errors import LexiconError

LEXICON = "bodies"
TOOI_BASE = "https://identifier.overheid.nl/tooi/id/"
#: The values of a body's `type`, in the order of the annotation guide.
BODY_TYPES = (
    "minister",
    "ministry",
    "cabinet",
    "parliament",
    "agency",
    "inspectorate",
    "advisory",
    "court",
    "local",
    "eu",
    "international",
    "sector",
    "company",
    "committee",
    "other",
)
_REQUIRED = frozenset({"name", "type", "government", "tooi", "example"})
_OPTIONAL = frozenset({"exact", "any_case", "guarded", "except", "media"})


@dataclass(frozen=True, slots=True)
class Body:
    """One line of the lexicon: an organisation or office with every form it is written in.

    `exact` forms match as written, `any_case` forms in small letters and capitals alike. `guarded` are those of the
    exact forms that are a common word too ("OM", "NAM"): they do not count between words in capitals. `exceptions` are
    phrases that contain a form and are not the body. `media`: a newspaper or broadcaster, no body where it is only the
    source of a note. `government`: binds the government when it acts. `tooi` is a URL or None.
    """

    id: str
    name: str
    type: str
    government: bool
    tooi: str | None = None
    exact: tuple[str, ...] = ()
    any_case: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    media: bool = False


def tooi_url(identifier: str | None) -> str | None:
    """The URL of a TOOI identifier ("oorg10123", "mnre1025"), None for None."""
    if identifier is None:
        return None
    return f"{TOOI_BASE}{'ministerie' if identifier.startswith('mnre') else 'oorg'}/{identifier}"


def body_value(
    name: str,
    type: str,  # noqa: A002 - the key of the record
    *,
    government: bool,
    tooi: str | None = None,
    ministry: str | None = None,
    office: str | None = None,
) -> dict[str, Any]:
    """The JSON value of a BODY entity. `ministry` (short name) and `office` stand there only where known."""
    value: dict[str, Any] = {"name": name, "type": type, "tooi": tooi, "government": government}
    if ministry is not None:
        value["ministry"] = ministry
    if office is not None:
        value["office"] = office
    return value


def read_bodies(text: str | None = None) -> tuple[Body, ...]:
    """The bodies of the lexicon's `text`; without it those of the package. Raises LexiconError."""
    if text is None:
        text = lexicons.source(LEXICON).decode("utf-8")
    file = f"{LEXICON}.jsonl"
    rows = lexicons.parse(text, file=file, required=_REQUIRED, optional=_OPTIONAL)
    for number, row in enumerate(rows, start=1):
        if row["type"] not in BODY_TYPES:
            raise LexiconError(file, number, f"has unknown type {row['type']!r}; one of {', '.join(BODY_TYPES)}")
        if not row.get("exact") and not row.get("any_case"):
            raise LexiconError(file, number, "has no form; give exact or any_case")
    return tuple(
        Body(
            id=row["id"],
            name=row["name"],
            type=row["type"],
            government=row["government"],
            tooi=tooi_url(row["tooi"]),
            exact=tuple(row.get("exact", ())),
            any_case=tuple(row.get("any_case", ())),
            guarded=tuple(row.get("guarded", ())),
            exceptions=tuple(row.get("except", ())),
            media=row.get("media", False),
        )
        for row in rows
    )


@cache
def bodies() -> dict[str, Body]:
    """The package's bodies by id."""
    return {body.id: body for body in read_bodies()}
