"""The trained recogniser of terms: it adds where the rules found none, never a day, and travels with the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from toezeggingen import pipeline
from toezeggingen.commitments import link
from toezeggingen.components.recogniser import (
    BEGINS,
    ENDS,
    RULE,
    Recogniser,
    Settings,
    beginning,
    ending,
    endings,
    openings,
)
from toezeggingen.components.spans import found_in
from toezeggingen.components.units import Unit
from toezeggingen.training import gold
from toezeggingen.training.terms import learned_openers, read, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language

OPEN = "Bij gelegenheid van de opening van de sluis informeer ik uw Kamer over de pompen."
KNOWN = "Ik informeer uw Kamer voor 1 juli 2031 over de opening van de sluis."
DONE = "Zoals toegezegd heb ik uw Kamer in de Staat van de Sluizen 1998 daarover geïnformeerd."
LETTER = " ".join((OPEN, KNOWN, DONE, "Daarin informeer ik uw Kamer over het gemaal."))


@pytest.fixture
def recogniser(shipped: Language) -> Iterator[Recogniser]:
    """The recogniser of the pipeline, put back as it was."""
    recogniser = cast("Recogniser", shipped.get_pipe("recogniser"))
    before = recogniser.settings
    yield recogniser
    recogniser.settings = before


def test_a_term_that_no_grammar_knows_is_added_and_binds(shipped: Language) -> None:
    doc = shipped(OPEN)
    (term,) = found_in(doc, "deadlines")
    assert (term.rule, OPEN[term.start : term.end]) == (RULE, "Bij gelegenheid van de opening van de sluis")
    assert (term.value["operator"], term.value["kind"]) == ("in", "event")
    assert term.value["event"] == OPEN[term.start : term.end]
    assert [each.deadline for each in link(doc)] == [0]


def test_no_day_is_invented_and_nothing_of_the_rules_is_touched(shipped: Language, recogniser: Recogniser) -> None:
    """With every word that may open a term taken for one, also where it is none."""
    with shipped.select_pipes(disable=["recogniser"]):
        plain = found_in(shipped(LETTER), "deadlines")
    recogniser.settings = Settings(recogniser.settings.openers, threshold=0.0)
    doc = shipped(LETTER)
    found = found_in(doc, "deadlines")
    added = [term for term in found if term.rule == RULE]
    assert [term for term in found if term.rule != RULE] == plain
    assert found == sorted(found, key=lambda term: (term.start, -term.end))
    assert len(added) >= 2
    for term in added:
        assert term.value["from"] is term.value["until"] is term.value["edtf"] is None
        assert 0 <= term.score <= 1
        assert not any(term.start < other.end and other.start < term.end for other in plain)
    assert not any(term.start < LETTER.index(DONE) + len(DONE) and term.end > LETTER.index(KNOWN) for term in added)


def test_on_all_letters_it_only_adds_to_promises_without_a_term(shipped: Language, recogniser: Recogniser) -> None:
    recogniser.settings = Settings(recogniser.settings.openers, threshold=0.2)
    total = 0
    for example in gold.examples(gold.checkout() / "corpus" / "dev" / "letters.jsonl")[:15]:
        doc, _, _ = pipeline.prepare(shipped, example.source)
        doc = shipped(doc)
        terms = found_in(doc, "deadlines")
        added = [term for term in terms if term.rule == RULE]
        total += len(added)
        for term in added:
            holders = [p for p in found_in(doc, "promises") if p.start <= term.start and term.end <= p.end]
            assert holders
            rivals = [t for t in terms if t.rule != RULE and t.start < term.end and term.start < t.end]
            assert not rivals
    assert total > 0


@pytest.mark.parametrize("threshold", [1.01])
def test_a_threshold_out_of_reach_adds_nothing(shipped: Language, recogniser: Recogniser, threshold: float) -> None:
    recogniser.settings = Settings(recogniser.settings.openers, threshold)
    assert all(term.rule != RULE for term in found_in(shipped(OPEN), "deadlines"))


def test_it_is_the_same_from_disk_and_from_bytes(recogniser: Recogniser, tmp_path: Path) -> None:
    words = ["bij", "gelegenheid", "van", "de", "opening", "informeer", "ik", "§parliament"]
    asked = [beginning(words, 0), beginning(words, 2)]
    recogniser.to_disk(tmp_path)
    for other in (_empty().from_disk(tmp_path), _empty().from_bytes(recogniser.to_bytes())):
        assert other.settings == recogniser.settings
        for label in (BEGINS, ENDS):
            assert other.scores(asked, label) == recogniser.scores(asked, label)


def test_untrained_it_adds_nothing_and_travels_too(tmp_path: Path) -> None:
    nlp = pipeline.assemble(trained=False)
    empty = cast("Recogniser", nlp.get_pipe("recogniser"))
    doc = nlp.make_doc(OPEN)
    for name, component in nlp.pipeline:
        doc = component(doc) if name != "judge" else doc
    assert found_in(doc, "promises")
    assert found_in(doc, "deadlines") == []
    empty.to_disk(tmp_path)
    assert _empty().from_disk(tmp_path).settings == empty.settings
    assert _empty().from_bytes(empty.to_bytes()).settings == empty.settings


def test_what_it_learns_it_finds_again(shipped: Language) -> None:
    """From a few clauses: a term begins with "bij" before "gelegenheid", and nowhere else."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(0)
    recogniser = _empty()
    nlp = spacy.blank("nl")
    model = dict(shipped.get_pipe_config("recogniser")["model"])
    classifier = nlp.add_pipe("textcat_multilabel", config={"model": model})
    told = (("bij gelegenheid van de opening kom ik langs", 1.0), ("bij de sluis spreek ik met de schippers", 0.0))
    examples = []
    for words, begins in told:
        for label, features in ((BEGINS, beginning(words.split(), 0)), (ENDS, ending(words.split(), 0, 5))):
            doc = Doc(nlp.vocab, words=sorted(set(features)))
            examples.append(Example.from_dict(doc, {"cats": {label: begins}}))
    nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples)
    recogniser.classifier.from_bytes(classifier.to_bytes(exclude=["vocab"]), exclude=["vocab"])  # type: ignore[attr-defined]
    yes, no = recogniser.scores([beginning(words.split(), 0) for words, _ in told], BEGINS)
    assert no < 0.5 < yes


def _empty() -> Recogniser:
    return cast("Recogniser", pipeline.assemble(trained=False).get_pipe("recogniser"))


# --- what it reads and learns ----------------------------------------------------------------------------------------


def test_a_term_begins_with_an_opener_and_ends_before_a_mark() -> None:
    words = ["ik", "kom", "daar", "in", "de", "nota", ",", "die", "volgt", ",", "op", "terug"]
    assert openings(words, {"in": "in", "op": "in", "in de": "in"}) == [3, 10]
    units = [Unit(word, at, at + 1, "mark" if word == "," else "word") for at, word in enumerate(words)]
    assert list(endings(units, 3)) == [4, 5, 6]
    assert list(endings(units, 11)) == [12]


def test_features_tell_two_places_apart() -> None:
    words = ["in", "de", "nota", "informeer", "ik", "§parliament", "in", "de", "zaal"]
    assert {"leads in", "o3=in de nota", "c=§parliament"} <= set(beginning(words, 0))
    assert {"inside", "p=§parliament", "w=zaal"} <= set(beginning(words, 6))
    assert {"e=nota", "en=informeer", "ez=3"} <= set(ending(words, 0, 3))


def test_gold_is_read_as_the_recogniser_reads(shipped: Language) -> None:
    clauses = list(read(shipped, gold.examples(gold.checkout() / "corpus" / "dev" / "letters.jsonl")[:8]))
    terms = [" ".join(one.clause.words[slice(*one.term)]) for one in clauses if one.term]
    assert terms
    assert any(one.term is None for one in clauses)
    assert all("§term" not in one.clause.words for one in clauses), "what the rules know is read as plain words"
    openers = learned_openers([*clauses, *clauses])  # twice, so that each opens often enough
    assert all(term.split()[0] in openers for term in terms if term.split()[0].isalpha())
    taught = list(rows(clauses, openers))
    assert {key for _, truth in taught for key in truth} == {BEGINS, ENDS}
    assert {value for _, truth in taught for value in truth.values()} == {0.0, 1.0}
