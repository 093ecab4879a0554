"""The extraction record: what it must hold, its ids, and the way to a line of JSON and back."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from toezeggingen import records
from toezeggingen.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable

SHA = "0123456789abcdef" * 4


def raw(record: records.Record) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(records.to_line(record))
    return found


# ---- what a record must hold ----


def test_quotes_are_the_texts_own_characters(record: records.Record) -> None:
    for quoted in (*record.entities, *record.commitments):
        assert record.text[quoted.start : quoted.end] == quoted.text


def _broken(found: dict[str, Any], how: str) -> dict[str, Any]:
    if how == "quote of an entity":
        found["entities"][0]["start"] += 1
    elif how == "quote of a commitment":
        found["commitments"][1]["text"] = "iets anders"
    elif how == "quote of an object":
        found["commitments"][0]["object"] = {"start": 0, "end": 4, "text": "niet"}
    elif how == "an entity twice":
        found["entities"][1]["id"] = found["entities"][0]["id"]
    elif how == "a commitment twice":
        found["commitments"][1]["id"] = found["commitments"][0]["id"]
    elif how == "a deadline that is a body":
        found["commitments"][0]["deadline"] = "e1"
    elif how == "a recipient that is nowhere":
        found["commitments"][0]["recipient"] = "e99"
    elif how == "a citation that is a deadline":
        found["commitments"][0]["citations"] = ["e2"]
    elif how == "an actor's body that is a deadline":
        found["commitments"][2]["actor"]["body"] = "e2"
    elif how == "an actor nobody knows":
        found["commitments"][0]["actor"]["who"] = "gemeente"
    elif how == "a kind nobody knows":
        found["commitments"][0]["kind"] = "wish"
    elif how == "a formula without number":
        found["commitments"][0]["formula"] = "sturen"
    elif how == "a score above one":
        found["commitments"][0]["score"] = 1.5
    elif how == "no text":
        del found["text"]
    elif how == "another schema":
        found["schema"] = "toezeggingen.letter/2"
    elif how == "a hash that is none":
        found["source"]["sha256"] = "xyz"
    elif how == "page nought":
        found["commitments"][0]["page"] = 0
    return found


BREAKS = (
    *("quote of an entity", "quote of a commitment", "quote of an object", "an entity twice", "a commitment twice"),
    *("a deadline that is a body", "a recipient that is nowhere", "a citation that is a deadline"),
    *("an actor's body that is a deadline", "an actor nobody knows", "a kind nobody knows", "a formula without number"),
    *("a score above one", "no text", "another schema", "a hash that is none", "page nought"),
)


@pytest.mark.parametrize("how", BREAKS)
def test_what_does_not_hold_together_is_refused(record: records.Record, how: str) -> None:
    assert records.from_line(json.dumps(_broken(raw(record), ""))) == record
    with pytest.raises(RecordError, match=r"^brief\.jsonl:7: .+"):
        records.from_line(json.dumps(_broken(raw(record), how)), file="brief.jsonl", number=7)


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '"x"', "{}", '{"schema": "toezeggingen.letter/1"}'])
def test_a_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(RecordError):
        records.from_line(line)


def test_keys_that_are_not_known_are_passed_on(record: records.Record) -> None:
    """A later version of the program may add keys; nothing is lost on the way through this one."""
    found = raw(record)
    found["new"] = {"a": [1]}
    found["commitments"][0]["new"] = "x"
    found["entities"][1]["value"]["new"] = None
    assert raw(records.from_line(json.dumps(found))) == found


def test_a_record_cannot_be_changed(record: records.Record) -> None:
    with pytest.raises(ValidationError):
        record.text = "anders"
    with pytest.raises(ValidationError):
        record.commitments[0].kind = "act"


def test_an_entity_by_its_id(record: records.Record) -> None:
    for entity in record.entities:
        assert record.entity(entity.id) is entity
    for unknown in ("e0", "e99", "e", "x", "", "e01"):
        with pytest.raises(KeyError):
            record.entity(unknown)


# ---- lines ----


def test_a_line_and_back(record: records.Record) -> None:
    line = records.to_line(record)
    assert "\n" not in line
    assert records.from_line(line) == record
    assert records.to_line(records.from_line(line)) == line


def test_a_line_that_is_no_record() -> None:
    with pytest.raises(RecordError, match=r"^uit\.jsonl:3: "):
        records.from_line("{}", file="uit.jsonl", number=3)


@cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(records.json_schema())


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
SPANS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6)


@given(
    SPANS,
    st.one_of(st.none(), st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))),
    st.sampled_from(["made", "repeated", "postponed", "fulfilled"]),
    st.sampled_from(["firm", "intended", "conditional"]),
    st.floats(0, 1),
    st.text(max_size=20),
)
@settings(max_examples=150, deadline=None)
def test_any_record_survives_the_line(
    make_record: Callable[..., records.Record],
    pieces: list[tuple[str, str]],
    date: dt.date | None,
    status: str,
    strength: str,
    score: float,
    path: str,
) -> None:
    """Quotes of any characters, the line separators of Unicode and lone marks among them."""
    text = "".join(f"{number}{quote}{number}{after}" for number, (quote, after) in enumerate(pieces))
    quotes = dict.fromkeys(f"{number}{quote}{number}" for number, (quote, _) in enumerate(pieces))
    body = next(iter(quotes))
    record = make_record(
        text,
        entities=[("BODY", body, {"name": body, "type": "other"})],
        commitments=[
            {
                "text": quote,
                "action": "sturen",
                "status": status,
                "strength": strength,
                "score": score,
                "bodies": ("e1",),
            }
            for quote in quotes
        ],
        path=path,
        date=date,
        warnings=({"code": "x", "message": body},),
    )
    line = records.to_line(record)
    assert line.splitlines() == [line]
    assert records.from_line(line) == record
    validator().validate(json.loads(line))


# ---- ids ----


def test_the_id_of_a_letter() -> None:
    assert records.letter_id(SHA) == SHA[:16]


def ids(text: str, *quotes: str, letter: str = "a" * 16) -> list[str]:
    spans, at = [], 0
    for quote in quotes:
        at = text.index(quote, at)
        spans.append((at, at + len(quote)))
        at += 1
    return records.commitment_ids(letter, text, spans)


def test_an_id_is_made_of_the_letter_the_words_and_which_time_they_stand_there() -> None:
    (one,) = ids("Ik stuur dat.", "Ik stuur dat")
    assert one.startswith("a" * 16 + "-")
    assert len(one) == 16 + 1 + 6
    assert ids("Eerst iets. Ik stuur dat. Dan iets.", "Ik stuur dat") == [one], "not of what stands around"
    assert ids("Ik stuur\n  dat.", "Ik stuur\n  dat") == [one], "nor of white space"
    assert ids("Ik stuur dat.", "Ik stuur dat", letter="b" * 16) != [one]
    assert ids("Ik stuur dit.", "Ik stuur dit") != [one]
    twice = ids("Ik stuur dat. Ik stuur dat.", "Ik stuur dat", "Ik stuur dat")
    assert twice[0] == one
    assert twice[1] != one


def test_the_second_of_two_is_the_second_wherever_it_is_looked_for() -> None:
    text = "Ik stuur dat. Ik stuur dat."
    first, second = ids(text, "Ik stuur dat", "Ik stuur dat")
    assert records.commitment_ids("a" * 16, text, [(14, 26)]) == [second]
    assert first != second


@given(
    st.lists(st.sampled_from(["Ik stuur dat. ", "U krijgt dit. ", "Wij gaan dat doen.\n"]), max_size=12),
    st.text(max_size=30),
)
@settings(max_examples=100, deadline=None)
def test_ids_do_not_depend_on_what_stands_around(sentences: list[str], around: str) -> None:
    text = "".join(sentences)
    places = [sum(map(len, sentences[:number])) for number in range(len(sentences))]
    spans = [(start, start + len(sentence.strip())) for start, sentence in zip(places, sentences, strict=True)]
    plain = records.commitment_ids("a" * 16, text, spans)
    assert len(set(plain)) == len(plain)
    if any(sentence.strip() in around for sentence in sentences):
        return
    moved = [(start + len(around) + 1, end + len(around) + 1) for start, end in spans]
    assert records.commitment_ids("a" * 16, f"{around}\n{text}\n{around}", moved) == plain


def test_ids_never_clash() -> None:
    """Among so many some share their first six digits; the later ones get more."""
    text = "\n".join(f"Ik stuur stuk {number}." for number in range(12_000))
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    found = records.commitment_ids("a" * 16, text, spans[::2])
    assert len(set(found)) == len(found)
    assert {len(one) for one in found} == {23, 25}


# ---- the schema ----


def test_the_schema_is_one_and_takes_every_record(record: records.Record) -> None:
    schema = records.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.validate(raw(record), schema)
    assert json.loads(records.schema_text()) == schema
    assert records.schema_text().endswith("}\n")


@pytest.mark.parametrize(
    "how",
    [
        *("an actor nobody knows", "a kind nobody knows", "a formula without number", "a score above one", "no text"),
        *("another schema", "a hash that is none", "page nought"),
    ],
)
def test_the_schema_refuses_what_can_be_told_without_the_text(record: records.Record, how: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(_broken(raw(record), how), records.json_schema())


def test_the_schema_explains_itself() -> None:
    """Every part of a record has a description for who reads the schema alone."""
    silent = [name for name, part in records.json_schema()["$defs"].items() if not part.get("description")]
    assert silent == []
