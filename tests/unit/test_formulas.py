"""The numbered list of formulas: each finds its own example, and a formula fits as its line says."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen import lexicons
from toezeggingen.components.formulas import SURE, Formula, FormulaList
from toezeggingen.components.spans import found_in
from toezeggingen.components.units import GOVERNMENT
from toezeggingen.errors import LexiconError

if TYPE_CHECKING:
    from spacy.language import Language

LINES = [json.loads(line) for line in lexicons.source("formulas").decode("utf-8").splitlines()]
KEYS = ("frames", "classes", "verbs", "subjects", "needs", "any_of")


@cache
def formulas() -> FormulaList:
    return FormulaList(LINES)


# ---- the list ----


def test_the_numbers_run_from_one_without_gaps() -> None:
    """Whatever their order: a new one takes the next free number, and stands where it is to be tried."""
    assert sorted(line["id"] for line in LINES) == [f"F{number:02}" for number in range(1, len(LINES) + 1)]
    assert len({line["name"] for line in LINES}) == len(LINES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["name"])
def test_every_formula_finds_its_example(nlp: Language, suggesting: Language, line: dict[str, Any]) -> None:
    """By that very formula and by no other, so that no formula in front of it takes all it says."""
    zone = "list" if line["frames"] == ["infinitive"] else "body"
    text = line["example"]
    pipeline = nlp if line["score"] >= SURE else suggesting
    doc = pipeline.make_doc(text)
    doc.user_data["letter"] = {"text": text, "date": "2024-05-10", "zones": [(zone, 0, len(text))]}
    (found,) = found_in(pipeline(doc), "promises")
    assert (found.value["formula"], found.rule, found.score) == (line["id"], f"promise:{line['id']}", line["score"])
    assert text[found.start : found.end].removesuffix(".") == text.removesuffix(".")


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["name"])
def test_every_formula_can_be_read_by_a_reader(line: dict[str, Any]) -> None:
    assert line["pattern"].count("+") >= 1
    assert line["meaning"].endswith(".")
    assert 0 < line["score"] <= 1
    assert all(isinstance(line[key], list) for key in KEYS)


def test_the_verbs_of_formulas_are_verbs_or_phrases() -> None:
    """Of the classes that the formula asks for, else it could never fit."""
    known: dict[str, set[str]] = {}
    for name in ("verbs", "phrases"):
        for line in lexicons.source(name).decode("utf-8").splitlines():
            entry = json.loads(line)
            known.setdefault(entry["id"].partition(" (")[0], set()).add(entry["class"])
    for line in LINES:
        for verb in line["verbs"]:
            assert verb in known, f"{line['name']}: {verb}"
            assert known[verb] & set(line["classes"]) or "*" in line["classes"], f"{line['name']}: {verb} {known[verb]}"


# ---- how a line is read ----

WIDE: dict[str, Any] = {
    "id": "F01", "name": "x", "frames": ["present"], "classes": ["send"], "verbs": [], "subjects": ["government"],
    "needs": [], "any_of": [], "kind": "act", "score": 0.5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({}, True),
        ({"frames": ["future"]}, False),
        ({"frames": ["*"]}, True),
        ({"classes": ["inform"]}, False),
        ({"classes": ["*"]}, True),
        ({"verbs": ["sturen"]}, True),
        ({"verbs": ["zenden"]}, False),
        ({"subjects": ["cabinet"]}, False),
        ({"subjects": ["*"]}, True),
        ({"needs": ["term"]}, True),
        ({"needs": ["term", "dated"]}, False),
        ({"any_of": ["dated", "term"]}, True),
        ({"any_of": ["dated"]}, False),
    ],
)
def test_what_fits(changed: dict[str, Any], fits: bool) -> None:
    formula = Formula.from_line(WIDE | changed)
    assert formula.fits("present", "sturen", "send", "ik", {"term"}) is fits


def test_government_stands_for_all_who_can_be_bound() -> None:
    assert Formula.from_line(WIDE).subjects == GOVERNMENT | {"government"}
    assert Formula.from_line(WIDE | {"subjects": ["u"]}).subjects == {"u"}


def test_the_first_that_fits_wins() -> None:
    own = FormulaList([WIDE, WIDE | {"id": "F02", "classes": ["*"]}, WIDE | {"id": "F03", "frames": ["*"]}])

    def first(frame: str, cls: str) -> str | None:
        found = own.first(frame, "sturen", cls, "ik", ())
        return found.id if found else None

    assert [first("present", "send"), first("present", "talk"), first("future", "send"), first("future", "talk")] == [
        "F01", "F02", "F03", None,
    ]  # fmt: skip


FRAMES = sorted({frame for line in LINES for frame in line["frames"]} | {"must"})
CLASSES = sorted({cls for line in LINES for cls in line["classes"]} | {"stance"})
SUBJECTS = sorted({subject for line in LINES for subject in line["subjects"]} | {"third", "ik"})
FEATURES = sorted({feature for line in LINES for key in ("needs", "any_of") for feature in line[key]})
VERBS = sorted({verb for line in LINES for verb in line["verbs"]} | {"herstellen"})


@given(
    st.sampled_from(FRAMES), st.sampled_from(VERBS), st.sampled_from(CLASSES), st.sampled_from(SUBJECTS),
    st.sets(st.sampled_from(FEATURES)),
)  # fmt: skip
def test_the_quick_way_finds_what_the_slow_way_finds(
    frame: str, verb: str, cls: str, subject: str, features: set[str]
) -> None:
    slow = next((f for f in formulas().formulas if f.fits(frame, verb, cls, subject, features)), None)
    assert formulas().first(frame, verb, cls, subject, features) is slow


def test_no_formula_that_is_sure_binds_a_third_party() -> None:
    """But those of what is done already or on the writer's behalf, or stands in a table, whoever is named."""
    for line in LINES:
        if line["score"] < SURE:
            continue
        assert "third" not in line["subjects"], line["name"]
        if "*" in line["subjects"]:
            known = line["needs"] in (["origin"], ["on_behalf"])
            assert known or line["frames"] == ["infinitive"], line["name"]


def test_what_merely_suggests_stands_behind_what_is_sure() -> None:
    """Or a suggestion would take what a formula is sure of."""
    scores = [line["score"] for line in LINES]
    first = next(number for number, score in enumerate(scores) if score < SURE)
    assert max(scores[first:]) < SURE


def test_a_doubtful_clause_only_suggests() -> None:
    told = ("present", "informeren", "inform", "ik", {"recipient", "parliament"})
    sure, doubtful = formulas().first(*told), formulas().first(*told, doubtful=True)
    assert sure is not None
    assert doubtful is not None
    assert sure.score >= SURE > doubtful.score


def test_a_line_without_its_keys_is_refused(nlp: Language) -> None:
    from toezeggingen.components.promises import PromiseFinder

    line = {key: value for key, value in LINES[0].items() if key != "needs"}
    with pytest.raises(LexiconError, match=r"formulas\.jsonl:1: lacks needs"):
        PromiseFinder().initialize(lexicon={"formulas": json.dumps(line)})
