"""Gold files: what is read, how quotes are found, and that slips of the annotator's pen are named."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen.corpus import form
from toezeggingen.training import gold, quotes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LETTER = "Zwolle, 3 mei 2024\n\nIk stuur uw Ka-\nmer in juni het plan. Ook vraag ik de Raad om advies.\n"


def _gold(**changes: Any) -> dict[str, Any]:
    """A gold file that fits LETTER, with changes at its top level."""
    head = {"date": "2024-05-03", "ministry": "IenW", "chamber": "TK", "reference": None, "subject": None}
    term = {"text": "in juni", "operator": "in", "from": "2024-06-01", "until": "2024-06-30"}
    commitment = {"quote": "Ik stuur uw Kamer in juni het plan", "kind": "inform", "status": "made"}
    return {
        "letter": head | {"signatories": [{"name": None, "office": "minister"}]},
        "commitments": [commitment | {"strength": "firm", "actor": "ik", "deadline": term}],
        "citations": [],
        "self": [],
        "bodies": [{"quote": "uw Kamer", "type": "parliament"}],
        "doubts": [],
    } | changes


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    """A folder of LETTER with the gold that is given."""

    def make(annotated: dict[str, Any]) -> Path:
        (tmp_path / "brief.txt").write_text(LETTER, encoding="utf-8")
        (tmp_path / "brief.json").write_text(json.dumps(annotated), encoding="utf-8")
        return tmp_path

    return make


def test_gold_is_read_into_values() -> None:
    read = gold.parse(json.dumps(_gold()).encode())
    (commitment,) = read.commitments
    assert commitment.deadline == gold.Term("in juni", "in", dt.date(2024, 6, 1), dt.date(2024, 6, 30))
    assert (commitment.occurrence, commitment.optional) == (1, False)
    assert read.letter.date == dt.date(2024, 5, 3)
    assert read.bodies == (gold.Body("uw Kamer", "parliament"),)


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("kind", "informing", "commitments 1, kind: "),
        ("status", None, "commitments 1, status: "),
        ("strength", "strong", "commitments 1, strength: "),
        ("actor", "hij", "commitments 1, actor: "),
        ("actor", "minister:", "commitments 1, actor: "),
        ("quote", "", "commitments 1, quote: "),
        ("occurrence", 0, "commitments 1, occurrence: "),
        ("occurence", 2, "commitments 1, occurence: "),
        ("deadline", {"text": "in juni", "operator": "in", "from": None}, "commitments 1, deadline, until: "),
        (
            "deadline",
            {"text": "in juni", "operator": "in", "from": "2024-06-31", "until": None},
            "commitments 1, deadline, from: ",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_place(key: str, value: object, where: str) -> None:
    annotated = _gold()
    annotated["commitments"][0][key] = value
    with pytest.raises(gold.GoldError) as caught:
        gold.parse(json.dumps(annotated).encode(), file="brief.json")
    assert str(caught.value).startswith(f"brief.json: {where}")


def test_what_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "brief.json").write_text("{", encoding="utf-8")
    with pytest.raises(gold.GoldError, match=r"^brief\.json: "):
        gold.read(tmp_path / "brief.json")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(gold.GoldError, match="cannot be read"):
        gold.read(tmp_path / "brief.json")


# --- quotes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "quote", "occurrence"),
    [
        ("[een] twee een", "een", 1),
        ("een twee [een]", "een", 2),
        ("[een] twee een", "een", 3),
        ("steen [een]", "een", 1),  # a whole word goes before a part of one
        ("steen g[een]", "een", 2),  # parts of words where whole ones do not suffice
        ("in [de wacht-\nlijst]", "de wachtlijst", 1),
        ("in [de wacht\u00ad\r\nlijst]", "de wacht-lijst", 1),
        ("[tot  slot]\n", "tot slot", 1),
    ],
)
def test_a_quote_is_found(marked: str, quote: str, occurrence: int) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert quotes.locate(marked.replace("[", "").replace("]", ""), quote, occurrence) == (start, end)


@pytest.mark.parametrize("quote", ["iets anders", " ", "-", ""])
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    assert quotes.locate("niets van dien aard", quote) is None
    assert quotes.locate_all("niets van dien aard", quote) == []


def test_all_places_are_whole_words_if_any_is() -> None:
    assert quotes.locate_all("Kamer, Kamerlid, Kamer", "Kamer") == [(0, 5), (17, 22)]
    assert quotes.locate_all("2024Kamerlid", "Kamer") == [(4, 9)]


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_a_quote_is_found_however_its_lines_are_broken(words: list[str], data: st.DataObject) -> None:
    breaks = st.sampled_from([" ", "\n", "  ", " \f\n"])
    text = "".join(word + data.draw(breaks) for word in words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    places = quotes.locate_all(text, " ".join(words[first : last + 1]))
    assert places
    assert {"".join(text[start:end].split()) for start, end in places} == {"".join(words[first : last + 1])}


# --- checking --------------------------------------------------------------------------------------------------------


def test_gold_that_fits_its_letter_has_no_problems(folder: Callable[[dict[str, Any]], Path]) -> None:
    assert gold.check(folder(_gold())) == []


def _with_term(**changes: Any) -> dict[str, Any]:
    annotated = _gold()
    annotated["commitments"][0]["deadline"] |= changes
    return annotated


@pytest.mark.parametrize(
    ("annotated", "problem"),
    [
        (_with_term(text="in juli"), "commitments 1, deadline: 'in juli' does not stand in the letter"),
        (_with_term(until="2024-05-31"), "commitments 1, deadline: from 2024-06-01 is later than until 2024-05-31"),
        (_with_term(operator="before"), "a term with 'before' has no first day"),
        (_with_term(operator="after"), "a term with 'after' has no last day"),
        (_with_term(operator="recurring"), "a recurring term has no days"),
        (
            _gold(bodies=[{"quote": "uw Kamer", "type": "parliament", "count": 2}]),
            "bodies 1: 'uw Kamer' stands 1 times",
        ),
        (_gold(bodies=[{"quote": "de Raad", "type": "council"}]), "bodies 1, type: "),
        (_gold(citations=[{"quote": "nr. 3", "ids": ["kst-1-3"]}]), "citations 1: 'nr. 3' does not stand"),
        (_gold(citations=[{"quote": "juni", "ids": ["1-3"]}]), "citations 1, ids 1: "),
        (_gold(self=[{"quote": "nr. 4", "ids": ["kst-1-4"]}]), "self 1: 'nr. 4' does not stand"),
    ],
)
def test_what_does_not_fit_the_letter_is_a_problem(
    folder: Callable[[dict[str, Any]], Path], annotated: dict[str, Any], problem: str
) -> None:
    (found,) = gold.check(folder(annotated))
    assert found.startswith("brief.json: ")
    assert problem in found


def test_gold_without_its_letter_is_an_error(folder: Callable[[dict[str, Any]], Path]) -> None:
    place = folder(_gold())
    (place / "brief.txt").unlink()
    with pytest.raises(gold.GoldError, match="the letter itself is not there"):
        gold.letters(place)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(gold.GoldError, match="no gold files"):
        gold.letters(tmp_path)


# --- the corpus form -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", gold.SETS)
def test_every_span_of_the_corpus_is_found_again_by_its_words(name: str) -> None:
    letters = gold.corpus(gold.checkout() / "corpus" / name / "letters.jsonl")
    assert letters
    for letter in letters:
        read, text = gold.of_letter(letter), letter.text
        assert gold.source(letter).text == text
        for kind, spans in (("commitments", letter.commitments), ("citations", letter.citations)):
            places = [quotes.locate(text, one.quote, one.occurrence) for one in getattr(read, kind)]
            assert places == [(one.start, one.end) for one in spans], letter.name
        assert sum(body.count for body in read.bodies) == len(letter.bodies)
        for body in read.bodies:
            assert len(quotes.locate_all(text, body.quote)) >= body.count


def test_forms_of_bodies_are_counted_however_their_lines_are_broken() -> None:
    text = "De gemeente\nZwolle, de gemeente Zwolle en RWS."
    bodies = [
        {"start": 3, "end": 18, "text": "gemeente\nZwolle", "type": "local"},
        {"start": 23, "end": 38, "text": "gemeente Zwolle", "type": "local"},
    ]
    head = _gold()["letter"]
    line = {"schema": form.SCHEMA, "name": "brief", "text": text, "letter": head, "commitments": [], "near_misses": []}
    line |= {"citations": [], "self": [], "bodies": bodies, "doubts": []}
    line |= {"aside": [{"start": 42, "end": 45, "text": "RWS", "type": "agency"}]}
    read = gold.of_letter(form.from_line(json.dumps(line)))
    assert {(body.count, body.type) for body in read.bodies} == {(2, "local"), (0, "agency")}
