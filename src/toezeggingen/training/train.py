"""`make train`: the judge, learned from the corpus, its scores calibrated, its thresholds chosen; then the recogniser
of terms (`training.terms`), and the pipeline.

The same corpus, lexicons and seed give the same bytes on one machine. What spaCy trains stands in pipelines/judge.cfg
and pipelines/recogniser.cfg.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from toezeggingen.components.judge import Judge, Settings
from toezeggingen.profiles import Profile
from toezeggingen.training import assemble as assembling
from toezeggingen.training import gold, points, terms
from toezeggingen.training.sentences import Judged, judged, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.language import Language

DEFAULT = (0.15, 0.8)
"""The scores from which a promise of the rules stands, and from which one is added, where nobody asks otherwise.

Chosen on letters in which one sentence in twenty promises, as in the post: the corpus holds more letters full of
promises, and the threshold that is best on all of them adds too much to ordinary ones.
"""

_STEPS = 60


def train(target: Path, *, output: Path | None = None) -> Settings:
    """Train on corpus/train, calibrate on corpus/dev, and write the judge into the folder `target`.

    Returns what was fitted, with the default thresholds for everybody. `output` keeps what spaCy writes on the way.
    """
    from toezeggingen.pipeline import assemble, folder

    root = gold.checkout()
    nlp = assemble(folder("pipelines") / "toezeggingen.cfg", trained=False)
    sets = sentences(nlp, root)
    judge = learn(nlp, sets, output)
    judge.to_disk(target)
    made = {"corpus": corpus_hashes(root), "seed": 0, "sentences": {name: len(each) for name, each in sets.items()}}
    (target / "trained.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8", newline="\n")
    return judge.settings


def sentences(nlp: Language, root: Path) -> dict[str, list[Judged]]:
    """What there is to learn from and to calibrate on, as the judge of `nlp` would see it."""
    files = {name: root / "corpus" / name / "letters.jsonl" for name in ("train", "dev")}
    return {name: list(judged(gold.examples(file), nlp)) for name, file in files.items()}


def learn(nlp: Language, sets: Mapping[str, Sequence[Judged]], output: Path | None = None) -> Judge:
    """Train and calibrate the judge of `nlp`; `output` keeps what spaCy writes on the way."""
    from spacy.cli.train import train as spacy_train
    from spacy.util import load_model

    from toezeggingen.pipeline import folder

    with tempfile.TemporaryDirectory() as place:
        work = output or Path(place)
        for name, each in sets.items():
            typer.echo(f"{name}: {write(each, work / f'{name}.spacy'):,} sentences")
        overrides = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
        spacy_train(folder("pipelines") / "judge.cfg", work / "trained", overrides=overrides)
        trained = load_model(work / "trained" / "model-last").get_pipe("textcat_multilabel")
    judge: Judge = nlp.get_pipe("judge")  # type: ignore[assignment]
    judge.classifier.from_bytes(trained.to_bytes(exclude=["vocab"]), exclude=["vocab"])  # type: ignore[attr-defined]
    judge.settings = fit(judge, sets["dev"])
    return judge


def corpus_hashes(root: Path) -> dict[str, str]:
    """The SHA-256 of each set that training reads."""
    return {
        name: hashlib.sha256((root / "corpus" / name / "letters.jsonl").read_bytes()).hexdigest()
        for name in ("train", "dev")
    }


def fit(judge: Judge, dev: Sequence[Judged]) -> Settings:
    """The calibration, from the sentences of dev."""
    known = [one for one in dev if not one.optional]
    likely = [told["PROMISE"] for told in judge.predict([one.words for one in known])]
    truth = [bool(one.truth["PROMISE"]) for one in known]
    slope, intercept = _platt([_logit(each) for each in likely], truth)
    return Settings(slope, intercept, tuple((name, DEFAULT) for name in get_args(Profile)))


def _platt(odds: Sequence[float], truth: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept of the logistic curve through the log odds, by Newton's method (Platt 1999)."""
    slope, intercept = 1.0, 0.0
    for _ in range(_STEPS):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for x, y in zip(odds, truth, strict=True):
            p = 1 / (1 + math.exp(-(slope * x + intercept)))
            w = p * (1 - p)
            g0 += (y - p) * x
            g1 += y - p
            h00 += w * x * x
            h01 += w * x
            h11 += w
        det = h00 * h11 - h01 * h01
        if det < 1e-9:
            break
        slope += (h11 * g0 - h01 * g1) / det
        intercept += (h00 * g1 - h01 * g0) / det
    return round(slope, 4), round(intercept, 4)


def _logit(likely: float) -> float:
    likely = min(max(likely, 1e-6), 1 - 1e-6)
    return math.log(likely / (1 - likely))


def main(
    keep: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep here what spaCy writes on the way.")] = None,
) -> None:
    """Train the judge and the recogniser, and assemble the pipeline with them."""
    from toezeggingen.pipeline import assemble

    folder = assembling.model_folder()
    settings = train(folder / "judge", output=keep)
    typer.echo(f"calibration {settings.slope}, {settings.intercept}")
    learned = terms.train(assemble(trained=False), folder / "recogniser", output=keep)
    typer.echo(f"{len(learned.openers)} ways to open a term; added from a score of {learned.threshold}")
    nlp = assemble()
    judge: Judge = nlp.get_pipe("judge")  # type: ignore[assignment]
    judge.settings = points.chosen(nlp, judge.settings)
    judge.to_disk(folder / "judge")
    typer.echo(f"thresholds {dict(judge.settings.thresholds)}")
    assembling.write(folder)


if __name__ == "__main__":
    typer.run(main)
