"""A Doc's sentences as units, read once for all that ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.components import sentence_units
from toezeggingen.components.sentence_units import sentences
from toezeggingen.components.spans import Found, annotate, found_in

if TYPE_CHECKING:
    import pytest
    from spacy.language import Language

TEXT = "Ik stuur (zo snel mogelijk) de kaart naar De Rooie Reder in juni. De kade (aan de Maas) is hoog."


def test_they_are_read_once_until_a_component_finds_more(nlp: Language) -> None:
    doc = nlp(TEXT)
    first, again = list(sentences(doc)), list(sentences(doc))
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert first[0].units() is again[0].units()
    start = TEXT.index("De Rooie")
    body = Found(start, start + len("De Rooie Reder"), "bodies:test", {"type": "other", "government": False}, 1.0)
    annotate(doc, "bodies", "BODY", [*found_in(doc, "bodies"), body])
    more = list(sentences(doc))
    assert more[0] is not first[0]
    assert [unit.low for unit in more[0].units() if unit.kind == "body"] == ["de rooie reder"]


def test_silent_zones_are_part_of_the_question(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc.user_data["letter"] = {"zones": [("heading", 0, len(TEXT))]}
    doc = nlp(doc)
    assert list(sentences(doc, silent=frozenset({"heading"}))) == []
    assert len(list(sentences(doc))) == 2


def test_those_of_a_very_long_doc_are_not_kept(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = nlp(TEXT)
    kept = list(sentences(doc))
    monkeypatch.setattr(sentence_units, "_MOST_HELD", 3)
    fresh = list(sentences(doc))
    assert fresh == kept
    assert fresh[0] is not kept[0]


def test_brackets_hide_spans_and_what_follows_is_found(nlp: Language) -> None:
    """A span inside brackets is left out, and the next one is still one unit."""
    (first, _) = sentences(nlp(TEXT))
    assert [(unit.low, unit.kind) for unit in first.units() if unit.kind != "word"] == [
        ("in juni", "term"),
        (".", "mark"),
    ]
