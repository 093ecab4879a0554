"""Rows of tables and lists that name an act and a date, without a finite verb."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toezeggingen.components.spans import Found, found_in

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def pipeline() -> Language:
    from toezeggingen.pipeline import assemble, folder

    return assemble(folder("pipelines") / "rules.cfg")


def promises(text: str, zone: str = "table") -> list[Found]:
    """Of a table whose cells stand on lines of their own, with a blank line between rows."""
    doc = pipeline().make_doc(text)
    doc.user_data["letter"] = {"text": text, "date": "2024-05-10", "zones": [(zone, 0, len(text))]}
    return found_in(pipeline()(doc), "promises")


def told(text: str, zone: str = "table") -> list[tuple[str, str, str]]:
    return [(text[p.start : p.end], p.value["action"], p.value["kind"]) for p in promises(text, zone)]


@pytest.mark.parametrize("zone", ["table", "list"])
@pytest.mark.parametrize(
    ("text", "quote", "action", "kind"),
    [
        ("Leidraad voor schippers opstellen\n1 maart 2025", None, "opstellen", "act"),
        ("Afronden inventarisatie van de kades\nuiterlijk juni 2025", None, "afronden", "act"),
        pytest.param(
            "Afronden onderzoek naar de kade\nuiterlijk juni 2025", None, "afronden", "act",
            marks=pytest.mark.xfail(strict=True, reason="a noun that looks like a finite verb stops the row"),
        ),
        ("Leidraad voor schippers opstellen, uiterlijk 1 maart 2025", None, "opstellen", "act"),
        ("Nummer 4\nLeidraad opstellen\nmaart 2025", "Leidraad opstellen\nmaart 2025", "opstellen", "act"),
        ("Leidraad opstellen\nDirectie Havens\nmaart 2025", None, "opstellen", "act"),
        ("Leidraad laten toetsen\nvoorjaar 2025", None, "toetsen", "act"),
        ("Evaluatie naar de Kamer sturen\nmei 2025", None, "sturen", "inform"),
        ("Uitbreiden van het meetnet in Zeeland\nin 2026", None, "uitbreiden", "act"),
    ],
)  # fmt: skip
def test_rows_that_promise(zone: str, text: str, quote: str | None, action: str, kind: str) -> None:
    assert told(text, zone) == [(quote or text, action, kind)]


def test_each_row_for_itself() -> None:
    text = "Leidraad opstellen\nmaart 2025\n\nMeetnet uitbreiden\n\nGids schrijven\nmei 2025"
    assert [quote for quote, *_ in told(text)] == ["Leidraad opstellen\nmaart 2025", "Gids schrijven\nmei 2025"]


@pytest.mark.parametrize(
    "text",
    [
        "Leidraad voor schippers opstellen",  # no date
        "Leidraad voor schippers opstellen\nbinnenkort",  # a vague term is no date
        "Leidraad voor schippers\nmaart 2025",  # no act
        "Opstellen\nmaart 2025",  # an act of nothing
        "Het opstellen van plannen gebeurt door gemeenten\nmaart 2025",  # a sentence
        "De provincie stelt een plan op\nmaart 2025",  # another's act
        "Stand van de wachtlijst in meren\n1 maart 2025",  # no verb
        "De gemeente zal een leidraad opstellen\nmaart 2025",  # another's act
        "",
    ],
)
def test_rows_that_do_not(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("zone", ["body", "answer", "footnote", "heading", "furniture"])
def test_only_in_tables_and_lists(zone: str) -> None:
    assert told("Leidraad voor schippers opstellen\n1 maart 2025", zone) == []


def test_what_the_row_says() -> None:
    text = "Leidraad voor schippers opstellen\n1 maart 2025"
    (found,) = promises(text)
    value: dict[str, Any] = found.value
    assert (value["frame"], value["subject"], value["status"], value["strength"]) == (
        "infinitive",
        "ik",
        "made",
        "firm",
    )
    assert text[slice(*value["verb"])] == "opstellen"


CELLS = st.sampled_from(
    [
        *(
            "Leidraad opstellen",
            "opstellen",
            "Afronden onderzoek",
            "maart 2025",
            "binnenkort",
            "\n",
            "De provincie",
            "",
        ),
        *("zal", "in", "Gesprek voeren met de Kamer", "(", ")", ",", "sturen sturen", "1", "laten", "te sturen"),
    ]
)


@given(st.lists(CELLS, max_size=20).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_cells_in_any_order(text: str) -> None:
    found = promises(text)
    assert found == promises(text)
    for promise in found:
        quote = text[promise.start : promise.end]
        assert quote == quote.strip()
        assert "\n\n" not in quote, "a row ends at a blank line"
