"""What each half brings: rules only, model only and both, scored on letters nothing was learned from.

models/nl_toezeggingen/evaluation.json keeps what was measured, and `training.card` prints it.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from toezeggingen.training import gold, points
from toezeggingen.training.assemble import EVALUATION, model_folder
from toezeggingen.training.quality import Measured, measure
from toezeggingen.training.train import learn, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from spacy.language import Language

    from toezeggingen.components.judge import Judge
    from toezeggingen.training.sentences import Judged

SETS = ("corpus/dev", "corpus/test", "shared")
"""The letters that are measured; of these only dev was used to choose anything that is learned."""

ROWS = ("commitments inform", "commitments all", "deadline interval", "bodies", "citations")
BINS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0)
"""Where the bins of the reliability table begin and end."""

_PIPES = ("promises", "recogniser")
"""What the model alone does without, besides the rules' words in the judge's sentences."""


def rules_only() -> Language:
    """The pipeline without anything learned."""
    from toezeggingen.pipeline import assemble, folder

    return assemble(folder("pipelines") / "rules.cfg")


def model_only(root: Path) -> Language:
    """A pipeline whose promises come from the classifier alone, trained on sentences without a word of the rules.

    It adds what it is at least half sure of: it has no rules to lean on.
    """
    from toezeggingen.pipeline import assemble

    nlp = assemble(trained=False)
    for name in _PIPES:
        nlp.remove_pipe(name)
    judge = learn(nlp, sentences(nlp, root))
    judge.threshold = 0.5
    return nlp


def shares(measured: Measured) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by row, and the accuracy of the fields of what matched."""
    whole = measured.total
    found = {
        name: {
            "precision": round(whole.rows[name].precision, 3),
            "recall": round(whole.rows[name].recall, 3),
            "f1": round(whole.rows[name].f1, 3),
        }
        for name in ROWS
    }
    fields = {name: whole.accuracy(name) for name in ("kind", "status", "strength")}
    return found | {"accuracy": {name: round(share, 3) for name, share in fields.items() if share is not None}}


def reliability(judge: Judge, rows: Sequence[Judged]) -> list[dict[str, float]]:
    """Of what scores within each bin: how many, their mean score, and the share that is a promise."""
    known = [one for one in rows if not one.optional]
    scores = [judge.settings.score(told["PROMISE"]) for told in judge.predict([one.words for one in known])]
    table: list[dict[str, float]] = []
    for low, high in pairwise(BINS):
        inside = [
            (score, bool(one.truth["PROMISE"]))
            for score, one in zip(scores, known, strict=True)
            if low <= score < high or score == high == 1.0
        ]
        if inside:
            table.append(
                {
                    "from": low,
                    "to": high,
                    "number": len(inside),
                    "score": round(sum(score for score, _ in inside) / len(inside), 3),
                    "right": round(sum(right for _, right in inside) / len(inside), 3),
                }
            )
    return table


def operating_points(nlp: Language, sets: Iterable[gold.LetterSet]) -> dict[str, dict[str, dict[str, float]]]:
    """What each profile brings of all commitments: profile -> set -> precision, recall, F1."""
    judge: Judge = nlp.get_pipe("judge")  # type: ignore[assignment]
    before, found = judge.profile, {}
    try:
        for profile, _ in judge.settings.thresholds:
            judge.profile = profile  # type: ignore[assignment]
            found[profile] = {one.name: shares(measure(nlp, one))["commitments all"] for one in sets}
    finally:
        judge.profile = before
    return found


def evaluation(shared: Path | None = None) -> dict[str, Any]:
    """All that the card tells, measured now."""
    from toezeggingen.pipeline import assemble
    from toezeggingen.training.sentences import judged

    root = gold.checkout()
    sets = [one for one in gold.sets(shared) if one.name in SETS]
    shipped = assemble()
    judge: Judge = shipped.get_pipe("judge")  # type: ignore[assignment]
    halves = {"rules only": rules_only(), "model only": model_only(root), "both": shipped}
    measured = {half: {one.name: measure(nlp, one) for one in sets} for half, nlp in halves.items()}
    faults = {
        name: dict(sorted(Counter(fault.what for fault in one.total.errors).items()))
        for name, one in measured["both"].items()
    }
    return {
        "letters": {one.name: len(one.letters) for one in sets},
        "scores": {half: {name: shares(one) for name, one in by_set.items()} for half, by_set in measured.items()},
        "thresholds": {name: list(least) for name, least in judge.settings.thresholds},
        "aims": {"clerk recall": points.CLERK_RECALL, "tracker precision": points.TRACKER_PRECISION},
        "profiles": operating_points(shipped, sets),
        "reliability": {one.name: reliability(judge, list(judged(one.letters, shipped))) for one in sets},
        "errors": faults,
    }


def write(found: dict[str, Any]) -> Path:
    """Write what was measured into the model's folder."""
    path = model_folder() / EVALUATION
    path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8", newline="\n")
    return path


def read() -> dict[str, Any]:
    """What was measured last. Raises FileNotFoundError where it never was."""
    found: dict[str, Any] = json.loads((model_folder() / EVALUATION).read_text(encoding="utf-8"))
    return found
