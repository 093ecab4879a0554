"""What the tests share: the settings of hypothesis, one pipeline a run, and a record that no pipeline had to make."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from toezeggingen import records

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

# No deadline: on a busy machine a slow example is no defect. Growth with the size of the input has tests of its own.
hypothesis.settings.register_profile("toezeggingen", deadline=None)
hypothesis.settings.load_profile("toezeggingen")

LETTER = """Den Haag, 6 maart 2026

Geachte voorzitter,

Ik informeer uw Kamer voor de zomer over de sluis bij Rijnstad (Kamerstuk 36 700, nr. 12). Ook
overleg ik dit voorjaar met de gemeente Lelystad over de brug.

Het kabinet zal de veerdienst zo spoedig
mogelijk hervatten, mits het ijs smelt. De toegezegde kaart is gisteren gestuurd.
"""


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline of the words and rules as they are now, without what is learned. Tests must not change it."""
    from toezeggingen import pipeline

    return pipeline.assemble(pipeline.folder("pipelines") / "rules.cfg")


@pytest.fixture(scope="session")
def suggesting() -> Language:
    """As `nlp`, and it gives what formulas only suggest. Tests must not change it."""
    from toezeggingen import pipeline

    made = pipeline.assemble()
    made.remove_pipe("judge")
    return made


@pytest.fixture(scope="session")
def shipped() -> Language:
    """The pipeline that ships, with what is learned. Tests must not change it."""
    from toezeggingen import pipeline

    return pipeline.assemble()


@pytest.fixture(scope="session")
def make_record() -> Callable[..., records.Record]:
    """Makes a record of a text: entities as (label, quote, value), commitments as their keys, the quote as "text"."""
    return _record


@pytest.fixture(scope="session")
def record() -> records.Record:
    """A record with each kind of entity and four commitments: see LETTER."""
    return _record(
        LETTER,
        entities=[
            ("BODY", "uw Kamer", {"name": "Tweede Kamer der Staten-Generaal", "type": "parliament"}),
            ("DEADLINE", "voor de zomer", {"operator": "before", "until": "2026-07-02", "approximate": True}),
            ("CITATION", "Kamerstuk 36 700, nr. 12", {"ids": ("kst-36700-12",)}),
            ("DEADLINE", "dit voorjaar", {"operator": "in", "from": "2026-03-01", "until": "2026-05-31"}),
            ("BODY", "gemeente Lelystad", {"name": "gemeente Lelystad", "type": "local"}),
            ("BODY", "kabinet", {"name": "kabinet", "type": "cabinet"}),
            ("DEADLINE", "zo spoedig\nmogelijk", {"operator": "in"}),
        ],
        commitments=[
            {
                "text": "Ik informeer uw Kamer voor de zomer over de sluis bij Rijnstad (Kamerstuk 36 700, nr. 12)",
                "action": "informeren", "recipient": "e1", "deadline": "e2", "bodies": ("e1",), "citations": ("e3",),
            },
            {
                "text": "Ook\noverleg ik dit voorjaar met de gemeente Lelystad over de brug", "kind": "act",
                "action": "overleggen", "deadline": "e4", "bodies": ("e5",), "formula": "F12",
            },
            {
                "text": "Het kabinet zal de veerdienst zo spoedig\nmogelijk hervatten, mits het ijs smelt",
                "kind": "act", "action": "hervatten", "deadline": "e7", "bodies": ("e6",), "strength": "conditional",
                "actor": {"text": "Het kabinet", "who": "kabinet", "office": None, "body": "e6"}, "score": 0.8,
            },
            {
                "text": "De toegezegde kaart is gisteren gestuurd", "action": "sturen", "status": "fulfilled",
                "actor": {"text": "", "who": "passive", "office": None, "body": None}, "zone": "footnote",
            },
        ],
    )  # fmt: skip


_VALUES: dict[str, dict[str, Any]] = {
    "BODY": {"tooi": None},
    "DEADLINE": {
        "from": None, "until": None, "edtf": None, "granularity": None, "event": None, "approximate": False,
    },
    "CITATION": {
        "kind": "kamerstuk", "urls": ("https://zoek.officielebekendmakingen.nl/kst-36700-12.html",), "chamber": "II",
        "session": None, "dossiers": ("36700",), "numbers": ("12",), "role": "mention", "flags": (),
    },
}  # fmt: skip
_COMMITMENT: dict[str, Any] = {
    "page": 1, "zone": "body", "kind": "inform", "status": "made", "strength": "firm",
    "actor": {"text": "ik", "who": "ik", "office": "Minister van Infrastructuur en Waterstaat", "body": None},
    "recipient": None, "object": None, "deadline": None, "bodies": (), "citations": (), "formula": "F01",
    "found_by": ("promise:F01",), "score": 0.94,
}  # fmt: skip


def _record(
    text: str,
    *,
    entities: list[tuple[str, str, dict[str, Any]]] | None = None,
    commitments: list[dict[str, Any]] | None = None,
    path: str = "letters/brief.txt",
    date: dt.date | None = dt.date(2026, 3, 6),
    warnings: tuple[dict[str, str], ...] = (),
) -> records.Record:
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    id_ = records.letter_id(sha256)
    spans = [_span(text, each["text"]) for each in commitments or ()]
    ids = records.commitment_ids(id_, text, [(span["start"], span["end"]) for span in spans])
    return records.Record.model_validate(
        {
            "id": id_,
            "source": {"path": path, "sha256": sha256, "media_type": "text/plain", "pages": 1},
            "letter": {
                "date": date, "date_found": "printed" if date else None, "ministry": "IenW", "chamber": "TK",
                "reference": "IENW/2026-77", "subject": "Sluis bij\nRijnstad", "signatories": (), "own_paper": None,
            },
            "text": text,
            "pages": [{"number": 1, "start": 0, "end": len(text)}],
            "entities": [
                {
                    "id": f"e{number}", "label": label, **_span(text, quote), "page": 1, "found_by": ("test:rule",),
                    "score": 1.0, "value": _VALUES[label] | value,
                }
                for number, (label, quote, value) in enumerate(entities or (), start=1)
            ],
            "commitments": [
                _COMMITMENT | each | {"id": one} | span
                for each, one, span in zip(commitments or (), ids, spans, strict=True)
            ],
            "producer": {"name": "toezeggingen", "version": "0", "pipeline": "nl_test", "pipeline_version": "0"},
            "warnings": warnings,
        }
    )  # fmt: skip


def _span(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote}
