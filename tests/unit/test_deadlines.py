"""Terms in text: a table of sentences, every line of the lexicons by its own example, and what no text may do."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import Call, assert_grows, filled
from toezeggingen import lexicons
from toezeggingen.components.deadlines import LABEL, DeadlineFinder
from toezeggingen.components.spans import Found, found_in
from toezeggingen.errors import LexiconError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "cases" / "deadlines.jsonl"
WRITTEN = dt.date(2024, 5, 13)


@cache
def finder() -> DeadlineFinder:
    return DeadlineFinder()


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def lexicon(name: str) -> list[dict[str, Any]]:
    return rows(lexicons.source(name).decode("utf-8"))


def told(text: str, found: list[Found]) -> list[tuple[str, str, str | None, str | None]]:
    return [(text[f.start : f.end], f.value["operator"], f.value["from"], f.value["until"]) for f in found]


# ---- the table: [brackets] hold the words of each term ----


@pytest.mark.parametrize("case", rows(CASES.read_text(encoding="utf-8")), ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    text = re.sub(r"[\[\]]", "", case["text"])
    words = re.findall(r"\[(.*?)\]", case["text"], re.DOTALL)
    written = dt.date.fromisoformat(case["written"]) if case["written"] else None
    expected = [
        (said, term["operator"], term["from"], term["until"]) for said, term in zip(words, case["terms"], strict=True)
    ]
    assert told(text, finder().find(text, written=written)) == expected


def test_the_table_has_both_sorts() -> None:
    cases = rows(CASES.read_text(encoding="utf-8"))
    assert len(cases) >= 150
    assert sum(not case["terms"] for case in cases) >= 30


# ---- the lexicons ----


def words_in_place() -> Iterator[Any]:
    """Every word of every line, put into the line's example in place of its first word."""
    for line in lexicon("terms"):
        first = line["words"][0].removeprefix("-")
        place = re.compile(rf"(?<!\w){re.escape(first)}(?!\w)", re.IGNORECASE)
        assert place.search(line["example"]), line["id"]
        for word in line["words"]:
            put = f"proef{word[1:]}" if word.startswith("-") else word
            term = line["term"] and place.sub(put, line["term"])
            yield pytest.param(place.sub(put, line["example"]), term, id=f"{line['id']}:{word}")


@pytest.mark.parametrize(("example", "term"), [*words_in_place()])
def test_every_word_works_in_its_example(example: str, term: str | None) -> None:
    found = finder().find(example, written=WRITTEN)
    assert [example[f.start : f.end] for f in found] == ([term] if term else [])


@pytest.mark.parametrize("line", lexicon("calendar"), ids=lambda line: line["id"])
def test_every_line_of_the_calendar_works_in_its_example(line: dict[str, Any]) -> None:
    (found,) = finder().find(line["example"], written=None if "20" in line["example"] else WRITTEN)
    assert line["example"][found.start : found.end] == line["term"]
    assert found.rule in ("deadline:recess", "deadline:named")
    assert found.value["from"] or found.value["until"]


@pytest.mark.parametrize("line", lexicon("deadline_rules"), ids=lambda line: line["id"])
def test_every_rule_finds_its_example(line: dict[str, Any]) -> None:
    (found,) = finder().find(line["example"], written=dt.date.fromisoformat(line["written"]))
    assert (found.rule, line["example"][found.start : found.end]) == (line["id"], line["term"])
    assert {key: found.value[key] for key in line["value"]} == line["value"]
    assert found.score == line["score"]


def test_every_rule_found_in_the_table_is_explained() -> None:
    used = set()
    for case in rows(CASES.read_text(encoding="utf-8")):
        used |= {found.rule for found in finder().find(re.sub(r"[\[\]]", "", case["text"]), written=WRITTEN)}
    assert used <= finder().rules.keys()
    assert finder().rules.keys() <= used | {"deadline:weekday"}


def test_a_word_of_two_classes_is_refused() -> None:
    lines = lexicons.source("terms").decode("utf-8")
    twice = json.dumps({"id": "x", "class": "PART", "words": ["mei"], "example": "x", "term": "x"})
    with pytest.raises(LexiconError, match="'mei' has a class already"):
        finder().__class__().initialize(lexicon={"terms": f"{lines}\n{twice}"})


# ---- what stands beside a term ----


def test_how_sure_a_term_is() -> None:
    def score(text: str) -> float:
        (found,) = finder().find(text, written=WRITTEN)
        return found.score

    assert score("Ik meld dat in juni.") > score("In juni heb ik dat gemeld.")
    assert score("Ik meld dat op 3 juni.") > score("Ik meld dat 3 juni.")
    assert score("Ik meld dat op 3 juni.") > score("Ik meld dat op 3 april.")  # eleven months on, or five weeks ago
    assert score("Ik meld dat in 2026.") > score("Voor 2026 is er geld.")
    assert score("Ik meld dat in juni.") > score("Ik meld dat in de volgende brief.")


def test_kinds_events_and_sources() -> None:
    text = "Ik meld dat na afronding van de proef, binnenkort, jaarlijks, in juni en voor het zomerreces."
    values = [found.value for found in finder().find(text, written=WRITTEN)]
    assert [value["kind"] for value in values] == ["event", "vague", "recurring", "calendar", "calendar"]
    assert [value["event"] for value in values] == ["afronding van de proef", None, None, None, None]
    assert [value["source"] for value in values] == [None, None, None, None, "published"]
    assert [value["granularity"] for value in values] == ["event", "none", "none", "month", "day"]


def test_named_days_may_be_left_to_the_reader() -> None:
    (found,) = DeadlineFinder(resolve_named=False).find("De raming volgt met Prinsjesdag.", written=WRITTEN)
    assert (found.value["kind"], found.value["event"]) == ("event", "Prinsjesdag")
    assert (found.value["from"], found.value["until"]) == (None, None)


# ---- any text ----

PIECES = st.sampled_from(
    sorted(
        {word.removeprefix("-") for line in lexicon("terms") for word in line["words"]}
        | {
            "2024",
            "2031",
            "31",
            "1",
            "30",
            "/",
            "-",
            ".",
            ",",
            "(",
            "\n",
            "ik",
            "brief van",
            "zal",
            "’",
            "20231",
            "a.s.",
        }
    )
)
LETTER_DAYS = st.one_of(st.none(), st.dates(dt.date(1980, 1, 1), dt.date(2060, 1, 1)))


def check(text: str, written: dt.date | None) -> None:
    found = finder().find(text, written=written)
    assert found == sorted(found, key=lambda f: (f.start, -f.end))
    for term in found:
        assert 0 <= term.start < term.end <= len(text)
        assert text[term.start : term.end] == text[term.start : term.end].strip()
        assert 0 < term.score <= 1
        value = json.loads(json.dumps(term.value))
        if value["from"] and value["until"]:
            assert value["from"] <= value["until"]
        assert (value["edtf"] is None) == (value["from"] is None and value["until"] is None)
    for one, other in combinations(found, 2):
        if one.start < other.end and other.start < one.end:  # they overlap: only a calendar term inside an event may
            assert (one.value["kind"], other.value["kind"]) == ("event", "calendar")
            assert one.start <= other.start
            assert other.end <= one.end


@given(st.lists(PIECES, max_size=25).map(" ".join), LETTER_DAYS)
@settings(max_examples=400, deadline=None)
def test_words_in_any_order(text: str, written: dt.date | None) -> None:
    check(text, written)


@given(st.lists(PIECES, max_size=15).map("".join), LETTER_DAYS)
@settings(max_examples=200, deadline=None)
def test_words_glued_in_any_order(text: str, written: dt.date | None) -> None:
    check(text, written)


@given(st.text(max_size=200), LETTER_DAYS)
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, written: dt.date | None) -> None:
    check(text, written)


@given(st.text(max_size=30), st.text(max_size=30))
@settings(deadline=None)
def test_what_stands_around_moves_a_term_only(before: str, after: str) -> None:
    text = f"{before}\n\nDe brief komt uiterlijk in mei 2031.\n\n{after}"
    wanted = text.index("uiterlijk in mei 2031.")
    assert (wanted, wanted + 21) in [(f.start, f.end) for f in finder().find(text, written=WRITTEN)]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1 ",
            "1-1-",
            "2024 ",
            "0",
            "(",
            "nr. ",
            "a.s. ",
            "A.A.",
            "' ",
            "-\n",
            "x-\na",
            "\n",
            " ",
            "A",
            "é",
            "\u0301",
        ),
        *("mei/", "Q1/", "in de ", "van de ", "na de nieuwe ", "zodra is ", "eind ", "binnen 1 ", "zo spoedig "),
        *("tussen 1 mei en ", "voor het einde van ", "de eerste helft van ", "in de reeds nieuwe tweede brief van de "),
        *(
            "na afronding van de nieuwe nieuwe nieuwe ",
            "de komende ",
            "jaarlijks ",
            "mogelijk ",
            "2025zal ",
            "ditvoorjaar",
        ),
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def prepare(size: int) -> Call:
        text = filled(unit, size)
        return lambda: finder().find(text, written=WRITTEN)

    assert_grows(prepare, 8_000, 64_000)


# ---- in a pipeline ----


def test_spans_in_a_doc() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("toezeggingen_deadlines")
    doc = nlp.make_doc("De brief komt uiterlijk in mei.")
    doc.user_data["letter"] = {"date": "2024-03-18"}
    doc = nlp(doc)
    (span,) = doc.spans["deadlines"]
    assert (span.text, span.label_, span.id_) == ("uiterlijk in mei", LABEL, "deadline:month")
    (found,) = found_in(doc, "deadlines")
    assert (found.value["from"], found.value["until"]) == (None, "2024-05-31")


@pytest.mark.parametrize("letter", [None, {}, {"date": None}])
def test_a_letter_without_a_date(letter: dict[str, Any] | None) -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("toezeggingen_deadlines", config={"spans_key": "terms"})
    doc = nlp.make_doc("De brief komt uiterlijk in mei.")
    doc.user_data["letter"] = letter
    (found,) = found_in(nlp(doc), "terms")
    assert (found.value["operator"], found.value["until"]) == ("by", None)


def own_calendar(folder: Path) -> Path:
    path = folder / "eigen.jsonl"
    line = {"id": "v", "name": "verkiezingsreces", "kind": "recess", "first": "2024-06-03", "last": "2024-06-14"}
    path.write_text(json.dumps(line | {"certainty": "published"}), encoding="utf-8")
    return path


def test_an_own_calendar_travels_with_the_model(tmp_path: Path) -> None:
    path = own_calendar(tmp_path)
    nlp = spacy.blank("nl")
    nlp.add_pipe("toezeggingen_deadlines", config={"calendar": str(path)})
    nlp.to_disk(tmp_path / "model")
    data = nlp.get_pipe("toezeggingen_deadlines").to_bytes()  # type: ignore[attr-defined]
    path.unlink()
    text = "De brief komt voor het verkiezingsreces."
    for model in (spacy.load(tmp_path / "model"), nlp):
        (found,) = model.get_pipe("toezeggingen_deadlines").find(text, written=WRITTEN)  # type: ignore[attr-defined]
        assert (found.value["until"], found.value["source"]) == ("2024-06-02", "published")
    (found,) = DeadlineFinder().from_bytes(data).find(text, written=WRITTEN)
    assert found.value["until"] == "2024-06-02"
    (found,) = finder().find(text, written=WRITTEN)
    assert found.value["until"] is None


def test_a_calendar_that_is_not_there_is_told_when_it_is_needed(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be read"):
        DeadlineFinder(calendar=str(tmp_path / "weg.jsonl")).find("De brief komt in mei.")


def test_words_may_be_given() -> None:
    own = DeadlineFinder()
    line = {"id": "eerdaags", "class": "phrase", "words": ["eerdaags"], "value": "in", "example": "x", "term": "x"}
    own.initialize(lexicon={"terms": lexicons.source("terms").decode("utf-8") + json.dumps(line)})
    text = "De brief komt eerdaags."
    assert told(text, own.find(text)) == [("eerdaags", "in", None, None)]
    assert finder().find(text) == []
