"""Verb groups: a table of clauses with their frame, verb and subject, and what no sequence of words may do."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import Call, assert_grows
from toezeggingen import lexicons
from toezeggingen.components.clauses import Clauses
from toezeggingen.components.units import Group, Unit
from toezeggingen.components.verbs import Vocabulary

CASES = Path(__file__).parents[1] / "cases" / "clauses.jsonl"
TERMS = {"calendar", "vague", "event", "recurring"}
FRAMES = {
    *(
        "present",
        "future",
        "going",
        "passive",
        "future_passive",
        "may",
        "may_passive",
        "want",
        "let",
        "intention",
        "aim",
    ),
    *("purpose", "promise", "stay", "perfect", "past", "must", "be", "decided"),
}
SUBJECTS = {"ik", "wij", "cabinet", "minister", "ministry", "agency", "u", "he", "parliament", "third", "thing"}


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lexicons.source(name).decode("utf-8").splitlines()]


@cache
def clauses() -> Clauses:
    return Clauses(Vocabulary.build(*(lines(name) for name in ("verbs", "auxiliaries", "phrases", "word_classes"))))


def units_of(text: str) -> list[Unit]:
    """Words apart by spaces; "[cabinet het kabinet]" is a body with that role, "[calendar in mei]" a term of a kind."""
    found: list[Unit] = []
    at = 0
    for match in re.finditer(r"\[(\w+) ([^\]]+)\]|(\S+)", text):
        role, inner, low = match.groups()
        if role:
            unit = Unit(inner, at, at + len(inner), "term" if role in TERMS else "body", role, 0)
        else:
            unit = Unit(low, at, at + len(low), "word" if low[0].isalnum() else "mark")
        found.append(unit)
        at = unit.end + 1
    return found


def groups_of(units: list[Unit]) -> list[dict[str, Any]]:
    return [
        {
            "finite": units[group.at].low,
            "frame": group.frame,
            "verb": group.verb.id if group.verb else None,
            "class": group.verb.cls if group.verb else None,
            "subject": group.subject,
        }
        for group in clauses().find(units)
    ]


# ---- the table ----


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def is_right(case: dict[str, Any], got: list[dict[str, Any]]) -> bool:
    """Whether the groups are those of the case; a key that the case does not give is free."""
    wanted = case["groups"]
    return len(wanted) == len(got) and all(
        all(found[key] == value for key, value in one.items()) for one, found in zip(wanted, got, strict=True)
    )


def test_the_table() -> None:
    """The rows marked as known failures are those that fail, no more and no less."""
    got = {case["id"]: groups_of(units_of(case["units"])) for case in cases()}
    failing = {case["id"]: got[case["id"]] for case in cases() if not is_right(case, got[case["id"]])}
    known = {case["id"] for case in cases() if case.get("known_failure")}
    assert failing.keys() == known, {
        key: failing.get(key, "now right: take the mark off") for key in failing.keys() ^ known
    }


def test_the_table_has_all_sorts() -> None:
    assert len(cases()) >= 60
    assert len({case["units"] for case in cases()}) == len(cases())
    groups = [group for case in cases() for group in case["groups"]]
    assert {group["frame"] for group in groups} == FRAMES
    assert {group["subject"] for group in groups} == SUBJECTS - {"ministry"}


# ---- what belongs to a group ----


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("ik verlaag de norm , maar [third de gemeente] verhoogt de leges", "ik verlaag de norm"),
        ("de markt krimpt ; ik verleng de steun [calendar in mei]", "ik verleng de steun in mei"),
        ("ik zal de norm verlagen en [parliament uw kamer] wordt geïnformeerd", "ik zal de norm verlagen"),
    ],
)
def test_where_a_clause_ends(text: str, clause: str) -> None:
    units = units_of(text)
    group = next(g for g in clauses().find(units) if g.subject == "ik")
    assert " ".join(unit.low for unit in units[group.start : group.end]) == clause


def test_modals_between_are_noted() -> None:
    (group,) = clauses().find(units_of("wij zullen de kade moeten sluiten"))
    assert group.modals == ("moeten",)


def test_a_subordinate_clause_knows_its_opener() -> None:
    units = units_of("de kaart die ik [calendar in mei] stuur , is af")
    group = next(g for g in clauses().find(units) if g.frame == "present")
    assert units[group.subordinate].low == "die"


# ---- any words ----


@cache
def words() -> list[str]:
    vocabulary = clauses().vocabulary
    forms = [*vocabulary.finite, *vocabulary.infinitives, *vocabulary.participles]
    particles = {line["particle"] for line in lines("verbs") if line["particle"]}
    marks = {",", ";", ":", "?", "!", "–", "-", "."}
    small = {word for line in lines("word_classes") for word in line["words"] if len(word) < 9}
    bodies = {f"[{role} de dienst]" for role in ("cabinet", "minister", "agency", "third", "parliament", "ministry")}
    terms = {f"[{kind} in mei]" for kind in TERMS}
    return sorted({*forms[::7], *particles, *marks, *small, *bodies, *terms, "te", "niet", "nederland", "besluiten"})


def check(units: list[Unit], groups: list[Group]) -> None:
    assert [group.at for group in groups] == sorted(group.at for group in groups)
    for group in groups:
        assert group.frame in FRAMES
        assert group.subject in SUBJECTS
        assert 0 <= group.at < len(units)
        assert group.at <= group.last < len(units)
        assert -1 <= group.subordinate < group.at
        assert -1 <= group.subject_unit < len(units)
        assert 0 <= group.start <= group.end <= len(units)
        assert group.start <= group.at or group.start <= group.last
        assert units[group.at].is_word


@given(st.lists(st.sampled_from(words()), max_size=30).map(" ".join))
@settings(max_examples=600, deadline=None)
def test_words_in_any_order(text: str) -> None:
    units = units_of(text)
    before = [(unit.low, unit.start, unit.end, unit.kind, unit.role) for unit in units]
    groups = clauses().find(units)
    check(units, groups)
    assert groups == clauses().find(units), "the same every time"
    assert before == [(unit.low, unit.start, unit.end, unit.kind, unit.role) for unit in units], (
        "the units are not changed"
    )


@given(st.lists(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8), max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_words(pieces: list[str]) -> None:
    units = [Unit(piece.lower(), at * 9, at * 9 + len(piece)) for at, piece in enumerate(pieces)]
    check(units, clauses().find(units))


@pytest.mark.parametrize(
    "unit",
    [
        *("ik zal ", "zal ", "zal zal ", "en ", "en zal ik ", ", ", "die ", "dat ik ", "te ", "te sturen ", "worden "),
        *(
            "gestuurd ",
            "wordt gestuurd ",
            "toe ",
            "stuur toe ",
            "of ",
            "ik stuur en ",
            "laten ",
            "kunnen worden ",
            "is ",
        ),
        *("besluit ", "[cabinet het kabinet] ", "[calendar in mei] ", "ik en ", "ook nog ", "woord ", "woorden "),
    ],
)
def test_time_grows_with_the_square_of_a_sentence_at_worst(unit: str) -> None:
    """Verbs look for what is theirs through their own sentence only; whole texts are tested with promises."""

    def prepare(size: int) -> Call:
        units = units_of(unit * size)
        return lambda: clauses().find(units)

    assert_grows(prepare, 80, 320, power=2)
