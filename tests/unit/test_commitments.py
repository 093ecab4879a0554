"""What belongs to a promise: who is bound, who is told, its term, its bodies, its citations and its object."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toezeggingen.commitments import Link, link
from toezeggingen.components.spans import found_in

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@cache
def pipeline() -> Language:
    from toezeggingen.pipeline import assemble, folder

    return assemble(folder("pipelines") / "rules.cfg")


def doc_of(text: str, ministry: str | None = "IenW") -> Doc:
    doc = pipeline().make_doc(text)
    doc.user_data["letter"] = {
        "text": text,
        "date": "2024-05-10",
        "ministry": ministry,
        "zones": [("body", 0, len(text))],
    }
    return pipeline()(doc)


def told(text: str, ministry: str | None = "IenW") -> list[dict[str, Any]]:
    """The links of a text with words in place of numbers."""
    doc = doc_of(text, ministry)

    def words(key: str, index: int | None) -> str | None:
        if index is None:
            return None
        found = found_in(doc, key)[index]
        return text[found.start : found.end]

    return [
        {
            "quote": text[each.promise.start : each.promise.end],
            "who": each.who,
            "actor": text[slice(*each.actor)] if each.actor else None,
            "actor_body": words("bodies", each.actor_body),
            "recipient": words("bodies", each.recipient),
            "deadline": words("deadlines", each.deadline),
            "bodies": [words("bodies", index) for index in each.bodies],
            "citations": [words("citations", index) for index in each.citations],
            "object": text[slice(*each.object)] if each.object else None,
        }
        for each in link(doc)
    ]


def one(text: str, ministry: str | None = "IenW") -> dict[str, Any]:
    (found,) = told(text, ministry)
    return found


# ---- all of it ----


def test_all_that_belongs_to_a_promise() -> None:
    text = "Ik stuur uw Kamer voor de zomer een brief over de sluis bij Almen."
    found = one(text)
    assert (found["who"], found["actor"], found["actor_body"]) == ("ik", "Ik", None)
    assert (found["recipient"], found["bodies"]) == ("uw Kamer", ["uw Kamer"])
    assert found["deadline"] == "voor de zomer"
    assert found["object"]


def test_a_promise_with_nothing_beside_it() -> None:
    found = one("Ik zal de regeling voor hulphonden aanpassen.")
    assert (found["recipient"], found["deadline"], found["bodies"], found["citations"]) == (None, None, [], [])
    assert found["object"] == "de regeling voor hulphonden"


# ---- who is bound ----


@pytest.mark.parametrize(
    ("text", "who", "actor"),
    [
        ("Ik zal de norm verlagen.", "ik", "Ik"),
        ("Wij zullen de norm verlagen.", "wij", "Wij"),
        ("Daarom zal ik de norm verlagen.", "ik", "ik"),
        ("Het kabinet zal de norm verlagen.", "kabinet", "kabinet"),
        ("De regering zal de norm verlagen.", "kabinet", "regering"),
        ("De minister van Financiën zal de norm verlagen.", "minister:Financiën", "minister van Financiën"),
        (
            "De staatssecretaris van Defensie zal de norm verlagen.",
            "staatssecretaris:Defensie",
            "staatssecretaris van Defensie",
        ),
        ("Het ministerie van VWS zal de norm verlagen.", "ministerie:VWS", "ministerie van VWS"),
        ("Mijn ministerie zal de norm verlagen.", "ministerie:IenW", "Mijn ministerie"),
        ("Rijkswaterstaat zal de kade verhogen.", "agency:Rijkswaterstaat", "Rijkswaterstaat"),
        ("U ontvangt de kaart in juni.", "passive", None),
        ("De norm zal worden verlaagd.", "passive", None),
        ("De norm zal door mij worden verlaagd.", "ik", None),
    ],
)
def test_who_is_bound(text: str, who: str, actor: str | None) -> None:
    found = one(text)
    assert found["who"] == who
    assert actor is None or (found["actor"] or "").lower().removeprefix("het ").removeprefix("de ") == actor.lower()
    if who.partition(":")[0] in ("minister", "staatssecretaris", "ministerie", "agency", "kabinet"):
        assert found["actor_body"] == found["actor"]


def test_an_office_without_a_name_is_the_letters_own() -> None:
    assert one("De minister zal de norm verlagen.", "VWS")["who"] == "minister:VWS"
    assert one("Mijn ministerie zal de norm verlagen.", "VWS")["who"] == "ministerie:VWS"
    assert one("De minister zal de norm verlagen.", None)["who"].startswith("minister:")


# ---- which term binds ----


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Ik stuur uw Kamer de kaart zo spoedig mogelijk, uiterlijk in juni.", "uiterlijk in juni"),
        ("Ik stuur uw Kamer binnenkort, na afronding van de meting, de kaart.", "binnenkort"),
        ("In juni stuur ik uw Kamer de kaart van 2023.", "In juni"),
        ("Ik stuur uw Kamer de kaart na afronding van de meting.", "na afronding van de meting"),
        ("Ik stuur uw Kamer jaarlijks de kaart.", "jaarlijks"),
        ("Ik zal de norm verlagen.", None),
        ("De brug is in mei 2023 gesloten. Ik zal de brug laten keuren.", None),
    ],
)
def test_the_term_that_binds(text: str, deadline: str | None) -> None:
    assert one(text)["deadline"] == deadline


def test_a_term_in_front_holds_for_all_acts() -> None:
    first, second = told("In het najaar evalueer ik de tolproef en informeer ik uw Kamer over de resultaten.")
    assert (first["deadline"], second["deadline"]) == ("In het najaar", "In het najaar")
    assert "In het najaar" not in second["quote"]


def test_each_act_has_its_own_term() -> None:
    text = "In juni evalueer ik de tolproef en in september informeer ik uw Kamer over de resultaten."
    assert [found["deadline"] for found in told(text)] == ["In juni", "in september"]


def test_what_is_done_has_no_term() -> None:
    found = one("Zoals toegezegd heb ik in april met de veerdienst gesproken.")
    assert found["deadline"] is None


# ---- bodies and citations ----


def test_only_what_stands_in_the_promise_belongs_to_it() -> None:
    text = (
        "Het RIVM mat het water (Kamerstuk 36 700, nr. 11). Ik stuur de Tweede Kamer in juni het rapport van TNO over "
        "Kamerstuk 36 700, nr. 12. De gemeente Utrecht is op de hoogte."
    )
    found = one(text)
    assert found["recipient"] in ("de Tweede Kamer", "Tweede Kamer")
    assert "TNO" in found["bodies"]
    assert not {"Het RIVM", "RIVM", "De gemeente Utrecht", "gemeente Utrecht"} & set(found["bodies"])
    assert found["citations"] == ["Kamerstuk 36 700, nr. 12"]


def test_a_citation_in_brackets_at_the_end_belongs_to_the_promise() -> None:
    found = one("Ik stuur uw Kamer voor de zomer een reactie op de motie (Kamerstuk 36 700, nr. 12).")
    assert found["citations"] == ["Kamerstuk 36 700, nr. 12"]


def test_nobody_is_told_where_parliament_is_not_named() -> None:
    assert one("Ik bespreek dit in juni met de gemeente Utrecht.")["recipient"] is None


# ---- any text ----

PIECES = st.sampled_from(
    [
        *("Ik", "zal", "stuur", "uw Kamer", "de kaart", "in mei", "voor de zomer", "en", ",", ".", ";", "Het kabinet"),
        *("informeert", "RIVM", "(Kamerstuk 36 700, nr. 12)", "na het debat", "binnenkort", "over", "die ik", "\n\n"),
        *("toegezegd", "Zoals", "wordt", "gestuurd", "door mij", "de minister", "Mijn ministerie", "dat", "wij"),
    ]
)


def check(doc: Doc, links: list[Link]) -> None:
    text = doc.text
    promises, bodies, terms, citations = (
        found_in(doc, key) for key in ("promises", "bodies", "deadlines", "citations")
    )
    assert [each.promise for each in links] == promises
    for each in links:
        promise = each.promise
        for index in each.bodies:
            assert promise.start <= bodies[index].start
            assert bodies[index].end <= promise.end
        for index in each.citations:
            assert promise.start <= citations[index].start
            assert citations[index].end <= promise.end
        assert each.recipient is None or bodies[each.recipient].value["type"] == "parliament"
        assert each.deadline is None or 0 <= each.deadline < len(terms)
        for span in (each.actor, each.object):
            assert span is None or (0 <= span[0] < span[1] <= len(text) and text[slice(*span)].strip())


@given(st.lists(PIECES, max_size=30).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_words_in_any_order(text: str) -> None:
    doc = doc_of(text)
    links = link(doc)
    check(doc, links)
    assert links == link(doc)


def test_a_doc_in_which_nothing_was_looked_for() -> None:
    assert link(pipeline().make_doc("Ik zal de norm verlagen.")) == []
