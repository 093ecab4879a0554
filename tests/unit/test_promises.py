"""Promises in text: a table of sentences, what no text may do, and the finder as a component."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import Call, assert_grows, filled
from toezeggingen import lexicons
from toezeggingen.commitments import link
from toezeggingen.components.formulas import SURE
from toezeggingen.components.promises import LEXICONS, PromiseFinder
from toezeggingen.components.spans import Found, found_in

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CASES = Path(__file__).parents[1] / "cases" / "promises.jsonl"
ZONES = ("body", "answer", "footnote", "list", "table")
SILENT = ("furniture", "head", "signature", "question", "heading")


@cache
def pipeline() -> Language:
    """One for all examples of hypothesis, which does not share fixtures between tests."""
    from toezeggingen.pipeline import assemble, folder

    return assemble(folder("pipelines") / "rules.cfg")


def doc_of(text: str, zone: str = "body", date: str | None = "2024-05-10", ministry: str | None = None) -> Doc:
    doc = pipeline().make_doc(text)
    doc.user_data["letter"] = {"text": text, "date": date, "ministry": ministry, "zones": [(zone, 0, len(text))]}
    return pipeline()(doc)


def promises(text: str, zone: str = "body") -> list[Found]:
    return found_in(doc_of(text, zone), "promises")


# ---- the table ----


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def told(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The promises of a case's text as the case writes them; the full stop of a quote is nothing to quarrel about."""
    text = case["text"]
    doc = doc_of(text, case.get("zone", "body"), case["date"], case.get("ministry"))
    terms = found_in(doc, "deadlines")
    found = []
    for each in link(doc):
        promise, value = each.promise, each.promise.value
        term = terms[each.deadline] if each.deadline is not None else None
        found.append(
            {
                "quote": text[promise.start : promise.end].removesuffix("."),
                "kind": value["kind"],
                "status": value["status"],
                "strength": value["strength"],
                "who": each.who,
                "deadline": text[term.start : term.end] if term else None,
            }
        )
    return found


def test_the_table() -> None:
    """The rows marked as known failures are those that fail, no more and no less: a repair is to be written down."""
    got = {case["id"]: told(case) for case in cases()}
    failing = {case["id"] for case in cases() if got[case["id"]] != case["expected"]}
    known = {case["id"] for case in cases() if case.get("known_failure")}
    assert failing == known, {one: got[one] if one in failing else "right now: unmark it" for one in failing ^ known}


def test_the_table_has_all_sorts() -> None:
    assert len(cases()) >= 220
    assert len({case["text"] for case in cases()}) == len(cases())
    refused = Counter(case["class"] for case in cases() if not case["expected"])
    assert sum(refused.values()) >= 100
    assert {
        *("third party", "negation", "refusal", "past", "perfect", "question", "motion or member", "hypothetical"),
        *("this letter", "standing policy", "stance", "fact of law", "condition", "quoted or reported"),
    } <= {name for name, count in refused.items() if count >= 5}
    found = [one for case in cases() for one in case["expected"]]
    assert {one["who"].partition(":")[0] for one in found} == {
        *("ik", "wij", "kabinet", "minister", "staatssecretaris", "ministerie", "agency", "passive"),
    }
    for key, values in (
        ("kind", {"inform", "act"}),
        ("status", {"made", "repeated", "postponed", "fulfilled"}),
        ("strength", {"firm", "intended", "conditional"}),
    ):
        assert {one[key] for one in found} == values
    for case in cases():
        assert case["why"], case["id"]
        for one in case["expected"]:
            assert one["quote"] in case["text"], case["id"]
            assert one["deadline"] is None or one["deadline"] in case["text"], case["id"]


def test_every_formula_finds_something_in_the_table() -> None:
    """So that every formula has a case that is not its own example."""
    used = {
        found.value["formula"]
        for case in cases()
        if case["expected"]
        for found in promises(case["text"], case.get("zone", "body"))
    }
    lines = [json.loads(line) for line in lexicons.source("formulas").decode("utf-8").splitlines()]
    assert [line["name"] for line in lines if line["id"] not in used and line["score"] >= SURE] == []


# ---- what is only suggested ----

SUGGESTIONS = [json.loads(line) for line in CASES.with_name("suggestions.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", SUGGESTIONS, ids=lambda case: case["text"])
def test_suggestions(nlp: Language, suggesting: Language, case: dict[str, Any]) -> None:
    """Suggested with that doubt, or not at all where no doubt is told; and rules alone never take it for a promise."""
    told: dict[str, list[Found]] = {}
    for name, pipeline in (("sure", nlp), ("suggested", suggesting)):
        doc = pipeline.make_doc(case["text"])
        doc.user_data["letter"] = {"date": "2024-05-10", "zones": [("body", 0, len(case["text"]))]}
        told[name] = found_in(pipeline(doc), "promises")
    assert told["sure"] == []
    assert [found.value["doubt"] for found in told["suggested"]] == case["doubts"]
    assert all(found.score < SURE for found in told["suggested"])


def test_every_formula_that_suggests_has_a_case(suggesting: Language) -> None:
    lines = [json.loads(line) for line in lexicons.source("formulas").decode("utf-8").splitlines()]
    used = {
        found.value["formula"]
        for case in SUGGESTIONS
        for found in found_in(suggesting(suggesting.make_doc(case["text"])), "promises")
    }
    assert [line["name"] for line in lines if line["id"] not in used and line["score"] < SURE] == []


def test_a_suggestion_beside_a_promise_leaves_its_words_alone(nlp: Language, suggesting: Language) -> None:
    text = "Ik verruim het plafond; ik informeer uw Kamer in mei over de uitkomst."
    (sure,) = found_in(nlp(nlp.make_doc(text)), "promises")
    both = found_in(suggesting(suggesting.make_doc(text)), "promises")
    assert [(found.start, found.end) for found in both if found.score >= SURE] == [(sure.start, sure.end)]
    assert len(both) == 2


# ---- where promises are made, and where not ----


@pytest.mark.parametrize("zone", ZONES)
def test_zones_in_which_a_promise_counts(zone: str) -> None:
    (found,) = promises("Ik stuur uw Kamer de kaart van de havens in juni.", zone)
    assert found.value["zone"] == zone


@pytest.mark.parametrize("zone", SILENT)
def test_zones_in_which_nothing_counts(zone: str) -> None:
    assert promises("Ik stuur uw Kamer de kaart van de havens in juni.", zone) == []


def test_a_doc_without_a_letter_is_body() -> None:
    (found,) = found_in(pipeline()("Ik stuur uw Kamer de kaart van de havens in juni."), "promises")
    assert found.value["zone"] == "body"


def test_the_same_words_again_are_a_repetition() -> None:
    text = "Ik stuur uw Kamer de kaart van de havens in juni. {} Ik stuur uw Kamer de kaart van de havens in juni."
    assert [p.value["status"] for p in promises(text.format("Dat is nodig."))] == ["made", "repeated"]
    other = "Ik stuur uw Kamer de kaart van de havens in juni. Ik stuur uw Kamer het verslag van de raad in mei 2025."
    assert [p.value["status"] for p in promises(other)] == ["made", "made"]


# ---- any text ----

KEYS = {
    *("formula", "kind", "action", "frame", "subject", "subject_span", "verb", "first_verb", "status", "strength"),
    *("zone", "sentence"),
}


def check(text: str, found: list[Found]) -> None:
    assert [f.start for f in found] == sorted(f.start for f in found)
    for promise in found:
        assert 0 <= promise.start < promise.end <= len(text)
        quote = text[promise.start : promise.end]
        assert quote == quote.strip()
        assert 0 < promise.score <= 1
        value = json.loads(json.dumps(promise.value))
        assert value.keys() >= KEYS
        assert promise.rule == f"promise:{value['formula']}"
        assert value["kind"] in ("inform", "act")
        assert value["status"] in ("made", "repeated", "postponed", "fulfilled")
        assert value["strength"] in ("firm", "intended", "conditional")
        assert value["action"]
        for start, end in (value["verb"], value["sentence"], value["subject_span"] or value["verb"]):
            assert 0 <= start < end <= len(text)
        if value["frame"] not in ("infinitive", "promise"):
            assert value["sentence"][0] <= promise.start
            assert promise.end <= value["sentence"][1]


@cache
def words() -> list[str]:
    verbs = [json.loads(line) for line in lexicons.source("verbs").decode("utf-8").splitlines()]
    forms = [line[key] for line in verbs[::9] for key in ("ik", "hij", "wij", "participle")]
    other = [
        word
        for name in ("auxiliaries", "cues", "word_classes")
        for line in lexicons.source(name).decode("utf-8").splitlines()
        for word in (json.loads(line).get("words") or json.loads(line)["forms"])[:12]
    ]
    bodies = ["uw Kamer", "het kabinet", "de minister van VWS", "RIVM", "de gemeente Utrecht", "Ik", "Wij", "U"]
    return sorted(
        {
            *forms,
            *other,
            *bodies,
            "in mei",
            "voor de zomer",
            ".",
            ",",
            ";",
            ":",
            "?",
            "(",
            ")",
            "\n",
            "\n\n",
            "te",
            "toe",
        }
    )


@given(st.lists(st.sampled_from(words()), max_size=40).map(" ".join), st.sampled_from(ZONES))
@settings(max_examples=400, deadline=None)
def test_words_in_any_order(text: str, zone: str) -> None:
    found = promises(text, zone)
    check(text, found)
    assert found == promises(text, zone), "the same on every run"


@given(st.text(max_size=150), st.sampled_from(ZONES))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, zone: str) -> None:
    check(text, promises(text, zone))


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_what_stands_around_moves_a_promise_only(before: str, after: str) -> None:
    quote = "Ik stuur uw Kamer de kaart van de havens in juni"
    text = f"{before}\n\n{quote}.\n\n{after}"
    start = text.index(quote)
    if len(text.lower()) != len(text):
        return  # lower case of another length: nothing is read at all
    assert (start, start + len(quote)) in [(f.start, f.end) for f in promises(text)]


def test_a_letter_that_no_dutch_text_has_is_left_alone() -> None:
    """In lower case a dotted capital I is two characters, so places in lower case are not places in the text."""
    assert promises("İstanbul. Ik stuur uw Kamer de kaart van de havens in juni.") == []


# ---- time ----


LINEAR = (
    *(
        "en ",
        "en en en ",
        ", ",
        "( ",
        ") ",
        "(",
        "))",
        "te ",
        "niet ",
        "dat ",
        "die ",
        "uw Kamer ",
        "in mei ",
        "\n",
        "nr. ",
    ),
    *(
        "Ik zal u in mei informeren. ",
        "Ik zal u informeren\n",
        "de brief ",
        "zoals toegezegd ",
        "- ",
        "1 ",
        "A",
        "Aa. ",
    ),
)
# One sentence without end, full of verbs: every verb looks through all of it.
SQUARE = ("zal ", "zal zal zal ", "ik zal ", "ik stuur u ", "stuur toe ", "wordt gestuurd ", "plan ")


@pytest.mark.parametrize(
    "unit",
    [*LINEAR, *SQUARE],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def prepare(size: int) -> Call:
        doc = pipeline().make_doc(filled(unit, size))
        for name, component in pipeline().pipeline:
            if name != "promises":
                doc = component(doc)
        finder = cast("PromiseFinder", pipeline().get_pipe("promises"))
        return lambda: finder.find(doc)  # of the finder alone

    assert_grows(prepare, 1_000, 8_000)


# ---- the component ----


def test_spans_in_a_doc() -> None:
    doc = doc_of("De weg is klaar. Ik stuur uw Kamer de kaart van de havens in juni.")
    (span,) = doc.spans["promises"]
    (found,) = found_in(doc, "promises")
    assert (span.text, span.label_, span.id_) == (
        "Ik stuur uw Kamer de kaart van de havens in juni",
        "PROMISE",
        found.rule,
    )


def test_the_key_can_be_chosen() -> None:
    finder = PromiseFinder(spans_key="beloften")
    finder.initialize()
    doc = finder(doc_of("Ik stuur uw Kamer de kaart van de havens in juni."))
    assert [span.text for span in doc.spans["beloften"]] == [span.text for span in doc.spans["promises"]]


OWN_VERB = {
    "id": "bekuipen", "class": "make", "particle": None, "ik": "bekuip", "hij": "bekuipt", "wij": "bekuipen",
    "participle": "bekuipt", "example": "Ik bekuip in mei de haven.",
}  # fmt: skip


def own_finder() -> PromiseFinder:
    made = PromiseFinder()
    made.initialize(
        lexicon={"verbs": lexicons.source("verbs").decode("utf-8").rstrip("\n") + "\n" + json.dumps(OWN_VERB)}
    )
    return made


def test_words_may_be_given_and_travel_with_the_model(tmp_path: Path) -> None:
    doc = doc_of("Ik bekuip in mei 2025 de haven.")
    assert found_in(doc, "promises") == []
    own = own_finder()
    own.to_disk(tmp_path / "promises")
    assert {path.name for path in (tmp_path / "promises").iterdir()} == {f"{name}.jsonl" for name in LEXICONS}
    for finder in (own, PromiseFinder().from_disk(tmp_path / "promises"), PromiseFinder().from_bytes(own.to_bytes())):
        (found,) = finder.find(doc)
        assert found.value["action"] == "bekuipen"
