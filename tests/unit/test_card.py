"""The model's card: operating points, the reliability table, and whether it tells what was measured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from toezeggingen.training import assemble, card, evaluate, gold, points
from toezeggingen.training.points import LEVELS, Point
from toezeggingen.training.scores import Row
from toezeggingen.training.sentences import Judged

if TYPE_CHECKING:
    from spacy.language import Language

    from toezeggingen.components.judge import Judge


def point(level: float, found: int, right: int) -> Point:
    return Point(level, Row(gold=100, found=found, right=right))


@pytest.mark.parametrize(
    ("measured", "clerk", "tracker"),
    [
        ([point(0.1, 300, 97), point(0.2, 200, 93), point(0.5, 90, 85), point(0.9, 50, 49)], 0.2, 0.9),
        ([point(0.1, 300, 92), point(0.2, 200, 91), point(0.5, 100, 95), point(0.9, 50, 50)], 0.5, 0.5),
        ([point(0.1, 300, 80), point(0.9, 50, 40)], 0.1, 0.9),
    ],
    ids=["the last that finds enough, the first that is right enough", "one point may serve both", "none is enough"],
)
def test_the_operating_points(measured: list[Point], clerk: float, tracker: float) -> None:
    assert points.choose(measured) == (clerk, tracker)


def test_the_levels_run_up_and_leave_the_judge_as_it_was(shipped: Language) -> None:
    judge = cast("Judge", shipped.get_pipe("judge"))
    letters = next(one for one in gold.sets() if one.name == "corpus/dev")
    few = gold.LetterSet(letters.name, letters.letters[:3])
    found = [each.row.found for each in points.tried(shipped, few)]
    assert list(LEVELS) == sorted(LEVELS)
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]
    assert judge.threshold is None


def test_the_shipped_points_are_those_that_dev_gives(shipped: Language) -> None:
    """At its own threshold each profile keeps what it promises on the letters it was chosen on."""
    told = evaluate.read()
    thresholds = dict(cast("Judge", shipped.get_pipe("judge")).settings.thresholds)
    assert told["thresholds"] == {name: list(least) for name, least in thresholds.items()}
    assert told["profiles"]["clerk"]["corpus/dev"]["recall"] >= points.CLERK_RECALL
    assert told["profiles"]["tracker"]["corpus/dev"]["precision"] >= points.TRACKER_PRECISION


def test_the_reliability_table_counts_every_sentence_once(shipped: Language) -> None:
    judge = cast("Judge", shipped.get_pipe("judge"))
    truth = dict.fromkeys(judge.classifier.labels, 0.0)
    rows = [
        Judged(words=("zone=body", "promise:none", "<s>", word, "</s>"), truth={**truth, "PROMISE": 1.0 * said},
               optional=optional, by_rule=False)
        for word, said, optional in [("ik", True, False), ("de", False, False), ("het", False, True)]
    ]  # fmt: skip
    table = evaluate.reliability(judge, rows)
    assert sum(one["number"] for one in table) == 2, "optional ones are not counted"
    assert sum(one["number"] * one["right"] for one in table) == 1
    assert all(one["from"] <= one["score"] <= one["to"] for one in table)


def test_the_card_is_that_of_its_figures() -> None:
    written = (assemble.model_folder() / assemble.CARD).read_text(encoding="utf-8")
    assert written == card.page(evaluate.read()), "run: python -m toezeggingen.training.card"


@pytest.mark.xdist_group("quality")
@pytest.mark.parametrize("name", ["corpus/dev", "corpus/test", pytest.param("shared", marks=pytest.mark.shared)])
def test_the_figures_are_those_of_this_checkout(shipped: Language, name: str) -> None:
    from toezeggingen.training.quality import measure

    letters = next((one for one in gold.sets() if one.name == name), None)
    if letters is None:
        pytest.skip("no ../shared with letters beside the checkout")
    told = evaluate.read()["scores"]["both"].get(name)
    assert told == evaluate.shares(measure(shipped, letters)), "run: python -m toezeggingen.training.card --measure"


def test_the_meta_tells_what_the_model_was_made_from() -> None:
    meta = json.loads((assemble.model_folder() / "meta.json").read_text(encoding="utf-8"))
    from toezeggingen.training.train import corpus_hashes

    assert meta["toezeggingen"]["corpus"] == corpus_hashes(gold.checkout()), "run: make train"
    assert {source["license"] for source in meta["sources"]} == {meta["license"]}


def test_the_model_is_small() -> None:
    size = sum(path.stat().st_size for path in assemble.model_folder().rglob("*") if path.is_file())
    assert size < 20_000_000
