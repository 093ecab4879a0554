"""The trained judge: it adds promises that no formula knows, vetoes, scores, and travels with the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen import pipeline
from toezeggingen.components.judge import FORMULA, LABELS, RULE, Judge, Settings
from toezeggingen.components.spans import found_in
from toezeggingen.training.train import fit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language

    from toezeggingen.profiles import Profile

TEXT = (
    "Ik hoop u over de gemalen in maart iets te kunnen zeggen. "
    "Ik zal uw Kamer voor 1 juli 2031 over de sluizen informeren. "
    "Het gemaal is in 1931 gebouwd."
)


@pytest.fixture
def judge(shipped: Language) -> Iterator[Judge]:
    """The judge of the pipeline, put back as it was."""
    judge = cast("Judge", shipped.get_pipe("judge"))
    yield judge
    judge.profile, judge.threshold = "default", None


def test_everything_the_rules_found_is_scored(shipped: Language, judge: Judge) -> None:
    judge.threshold = 0.0
    for found in found_in(shipped(TEXT), "promises"):
        assert 0 <= found.score <= 1
        assert found.rule == RULE or found.value["judged"]


def test_a_low_threshold_adds_and_a_high_one_vetoes(shipped: Language, judge: Judge) -> None:
    judge.threshold = 0.02
    added = [found for found in found_in(shipped(TEXT), "promises") if found.rule == RULE]
    assert TEXT[added[0].start : added[0].end] == "Ik hoop u over de gemalen in maart iets te kunnen zeggen"
    assert (added[0].value["subject"], added[0].value["kind"]) == ("ik", "inform")
    assert {found.value["formula"] for found in added} == {FORMULA}
    judge.threshold = 1.0
    assert found_in(shipped(TEXT), "promises") == []


def test_profiles_keep_less_and_less(shipped: Language, judge: Judge) -> None:
    kept = []
    order: tuple[Profile, ...] = ("clerk", "default", "tracker")
    for profile in order:
        judge.profile = profile
        kept.append({(found.start, found.end) for found in found_in(shipped(TEXT), "promises")})
    assert kept[0] >= kept[1] >= kept[2]
    assert kept[2], "the plain promise is kept by all"


def test_it_says_all_of_its_labels_of_each_sentence(judge: Judge) -> None:
    told = judge.predict([["zone=body", "promise:none", "<s>", "ik", "zal", "§parliament", "informeren", "</s>"]] * 2)
    assert [set(each) for each in told] == [set(LABELS)] * 2
    assert told[0] == told[1]
    assert judge.predict([]) == []


def test_the_quick_way_says_what_the_classifier_says(judge: Judge) -> None:
    from spacy.tokens import Doc

    words = [
        ["zone=body", "promise:F03", "<s>", "ik", "informeer", "§parliament", "§term", "ik", "ik", "</s>"],
        ["zone=list", "promise:none", "<s>", "~de", "kade", "</s>"],
    ]
    rows = judge.classifier.predict([Doc(judge.classifier.vocab, words=each) for each in words])
    for told, row in zip(judge.predict(words), rows, strict=True):
        assert list(told.values()) == pytest.approx(list(map(float, row)), abs=1e-6)


def test_judging_leaves_nothing_in_the_vocabulary(judge: Judge) -> None:
    before = len(judge.classifier.vocab.strings)
    judge.predict([["<s>", "woord", "dat", "nergens", "stond", "</s>"]])
    assert len(judge.classifier.vocab.strings) == before


def test_it_is_the_same_from_disk_and_from_bytes(judge: Judge, tmp_path: Path) -> None:
    words = [["zone=body", "promise:F03", "<s>", "ik", "informeer", "§parliament", "§term", "</s>"]]
    judge.to_disk(tmp_path)
    for other in (_empty().from_disk(tmp_path), _empty().from_bytes(judge.to_bytes())):
        assert other.predict(words) == judge.predict(words)
        assert other.settings == judge.settings


def _empty() -> Judge:
    nlp = pipeline.assemble(trained=False)
    return cast("Judge", nlp.get_pipe("judge"))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 5), st.floats(-3, 3))
def test_a_likelier_sentence_never_scores_less(one: float, other: float, slope: float, intercept: float) -> None:
    settings = Settings(slope, intercept)
    low, high = sorted((one, other))
    assert 0 <= settings.score(low) <= settings.score(high) <= 1


def test_calibration_finds_the_curve_again(judge: Judge) -> None:
    """Of the sentences with a score of s on the letters it was fitted on, about s hold a promise."""
    from toezeggingen.training import gold
    from toezeggingen.training.sentences import judged

    dev = [
        one for one in judged(gold.examples(gold.checkout() / "corpus" / "dev" / "letters.jsonl")) if not one.optional
    ]
    settings = fit(judge, dev)
    assert (settings.slope, settings.intercept) == (judge.settings.slope, judge.settings.intercept)
    scores = [settings.score(told["PROMISE"]) for told in judge.predict([one.words for one in dev])]
    expected, found = sum(scores), sum(bool(one.truth["PROMISE"]) for one in dev)
    assert expected == pytest.approx(found, rel=0.02)
