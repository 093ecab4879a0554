"""What was tried for the judge: the measures, and rows that live beside each other in one file."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

from toezeggingen.training import tried, tried_base
from toezeggingen.training.sentences import Judged
from toezeggingen.training.tried_base import Outcome

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("scores", "truth", "expected"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.9, 0.8, 0.1], [False, True, True], (1 / 2 + 2 / 3) / 2),
        ([0.1, 0.8, 0.9], [True, False, False], 1 / 3),
        ([0.1], [False], 0.0),
    ],
)
def test_average_precision(scores: list[float], truth: list[bool], expected: float) -> None:
    assert tried.average_precision(scores, truth) == pytest.approx(expected)


def odds(likely: float) -> float:
    return math.log(likely / (1 - likely))


def test_together_a_quarter_of_the_log_odds_is_the_networks() -> None:
    told = tried_base.together({"dev": [0.2, 0.99]}, {"dev": [0.6, 0.99]})
    assert odds(told["dev"][0]) == pytest.approx(0.75 * odds(0.2) + 0.25 * odds(0.6))
    assert told["dev"][1] == pytest.approx(0.99)


def test_a_row_has_the_mean_of_the_seeds_and_how_far_they_lie_apart() -> None:
    sets = {"dev": [Judged(("<s>", "</s>"), {"PROMISE": truth}, optional=False, by_rule=False) for truth in (1.0, 0.0)]}
    outcomes = [Outcome({"dev": [0.9, 0.1]}, 10.0), Outcome({"dev": [0.1, 0.9]}, 20.0)]
    assert tried_base.row(outcomes, sets) == {"dev": 0.75, "spread": 0.5, "ms": 15.0}


def test_each_command_replaces_its_own_rows_only(tmp_path: Path) -> None:
    path = tmp_path / "tried.json"
    one, other = {"dev": 0.5, "test": 0.25, "ms": 8.0}, {"dev": 0.75, "test": 0.5, "spread": 0.125, "ms": 9.0}
    tried.write({f"{tried.BASE}gone": other}, path, base=True)
    tried.write({"linear": one}, path, base=False)
    tried.write({f"{tried.BASE}kept": other}, path, base=True)
    assert json.loads(path.read_text(encoding="utf-8")) == {"linear": one, "base: kept": other}
    shown = "\n".join(tried.section(path))
    assert "| linear | 0.500 | 0.250 | 8 |" in shown
    assert "| kept | 0.750 | 0.500 | – | 0.125 | 9 |" in shown
