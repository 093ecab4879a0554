"""`python -m toezeggingen.training.tried`: what other classifiers would bring in the place of the judge's.

Each architecture of spaCy learns the same sentences for as many rounds as the judge, with the same seed;
docs/tried.json keeps what was measured, for docs/quality.md. It takes some minutes, and is no part of `make train`.
"""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

import spacy
import typer
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from toezeggingen.components.judge import LABELS
from toezeggingen.training import gold
from toezeggingen.training.quality import table
from toezeggingen.training.sentences import judged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from toezeggingen.training.sentences import Judged

ROUNDS = 4
BATCH = 32
BASE = "base: "
"""How the rows of docs/tried.json begin that `tried_base` measured."""
REDUCE: dict[str, Any] = {
    "@architectures": "spacy.TextCatReduce.v1",
    "exclusive_classes": False,
    "use_reduce_first": False,
    "use_reduce_last": False,
    "use_reduce_max": True,
    "use_reduce_mean": True,
    "nO": None,
}
"""A network alone, without its tok2vec."""
ENSEMBLE: dict[str, Any] = {"@architectures": "spacy.TextCatEnsemble.v2", "nO": None}
"""A network and a linear model in one, without both."""

HEAD = """\
## What was tried for the trained judge

From `python -m toezeggingen.training.tried`: average precision of telling sentences that promise from others, and
milliseconds a thousand sentences. All see bodies and terms as one word each, and the names of the formulas that fitted.
"Rules alone" is the F1 of the formulas on the same sentences.
"""

BASE_HEAD = """\
### A tok2vec that knows Dutch before it meets the corpus

From `python -m toezeggingen.training.tried_base --treebank DIR`, on the real letters too: a network (a Tok2Vec of
64 x 2 on plain words, pooled, without what the rules found) from four starts: at random; after `spacy pretrain` on the
words of corpus/train; after a tagger of parts of speech and features of UD_Dutch-LassySmall and UD_Dutch-Alpino; after
both. "Beside the judge": a quarter of the log odds is the network's. "In one": TextCatEnsemble. An outline has the tags
of that tagger in the place of nouns, adjectives, verbs and numbers. Figures are means of three seeds; "spread" is how
far these lie apart at most on one set.
"""


def bow(size: int) -> dict[str, Any]:
    """The config of the judge's model, on runs of up to `size` words."""
    return {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": False,
        "ngram_size": size,
        "no_output_layer": False,
        "length": 131072,
        "nO": None,
    }


def tok2vec(width: int, depth: int, rows: Mapping[str, int] | None = None) -> dict[str, Any]:
    """The config of a Tok2Vec; `rows` by attribute."""
    rows = rows or {"NORM": 4000, "PREFIX": 1000, "SUFFIX": 1000}
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "rows": list(rows.values()),
            "attrs": list(rows),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "window_size": 1,
            "maxout_pieces": 3,
            "depth": depth,
        },
    }


def architectures() -> dict[str, dict[str, Any]]:
    """The models that are compared, by what the page calls them."""
    return {
        "TextCatBOW, runs of 2 (the judge)": bow(2),
        "TextCatBOW, runs of 3": bow(3),
        "TextCatReduce on a Tok2Vec of 96 x 4": {**REDUCE, "tok2vec": tok2vec(96, 4)},
        "TextCatEnsemble on a Tok2Vec of 64 x 2": {
            **ENSEMBLE,
            "tok2vec": tok2vec(64, 2),
            "linear_model": bow(2),
        },
    }


def average_precision(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """The mean of the precision at each true one, best scores first; 0 without any."""
    order = sorted(range(len(scores)), key=lambda number: -scores[number])
    right, total = 0, 0.0
    for place, number in enumerate(order, start=1):
        if truth[number]:
            right += 1
            total += right / place
    return total / right if right else 0.0


def measure(model: dict[str, Any], train: Sequence[Judged], others: Mapping[str, Sequence[Judged]]) -> dict[str, float]:
    """Train one model, and its average precision on each set, with the milliseconds of a thousand sentences."""
    fix_random_seed(0)
    nlp = spacy.blank("nl")
    classifier: Any = nlp.add_pipe("textcat_multilabel", config={"model": model})
    for label in LABELS:
        classifier.add_label(label)
    examples = []
    for one in train:
        truth = Doc(nlp.vocab, words=list(one.words))
        truth.cats = dict(one.truth)
        examples.append(Example(Doc(nlp.vocab, words=list(one.words)), truth))
    nlp.initialize(lambda: examples[:200])
    optimizer = nlp.create_optimizer()  # type: ignore[no-untyped-call]
    shuffle = random.Random(0)
    for _ in range(ROUNDS):
        shuffle.shuffle(examples)
        for first in range(0, len(examples), BATCH):
            nlp.update(examples[first : first + BATCH], sgd=optimizer, drop=0.2)
    column = classifier.labels.index("PROMISE")
    found: dict[str, float] = {}
    spent = count = 0.0
    for name, sentences in others.items():
        docs = [Doc(nlp.vocab, words=list(one.words)) for one in sentences]
        start = time.process_time()
        scores = [float(row[column]) for row in classifier.predict(docs)]
        spent, count = spent + time.process_time() - start, count + len(docs)
        found[name] = round(average_precision(scores, [bool(one.truth["PROMISE"]) for one in sentences]), 3)
    return {**found, "ms": round(1e6 * spent / count, 1)}


def rules_alone(sentences: Sequence[Judged]) -> float:
    """The F1 of the formulas on sentences."""
    right = sum(one.by_rule and bool(one.truth["PROMISE"]) for one in sentences)
    both = sum(one.by_rule for one in sentences) + sum(bool(one.truth["PROMISE"]) for one in sentences)
    return round(2 * right / both, 3) if both else 0.0


def section(path: Path | None = None) -> list[str]:
    """The part of docs/quality.md on what was tried; nothing where it was never measured. `path`: default rows_file."""
    path = path or rows_file()
    if not path.is_file():
        return []
    measured: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    rows = [
        (name, *(f"{one[part]:.3f}" for part in ("dev", "test")), f"{one['ms']:,.0f}" if "ms" in one else "–")
        for name, one in measured.items()
        if not name.startswith(BASE)
    ]
    return [HEAD, *table(("", "dev", "test", "ms"), rows), "", *_base_section(measured)]


def _base_section(measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    parts = ("dev", "test", "letters", "spread")
    rows = [
        (
            name.removeprefix(BASE),
            *(f"{one[part]:.3f}" if part in one else "–" for part in parts),
            f"{one['ms']:,.0f}",
        )
        for name, one in measured.items()
        if name.startswith(BASE)
    ]
    return [BASE_HEAD, *table(("", *parts, "ms"), rows), ""] if rows else []


def write(measured: Mapping[str, Mapping[str, float]], path: Path, *, base: bool) -> None:
    """Put rows into a file of rows, in the place of all that begin with BASE, or of all others."""
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    kept = {name: one for name, one in known.items() if name.startswith(BASE) != base}
    rows = {**kept, **measured} if base else {**measured, **kept}
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    typer.echo(f"written: {path.name}")


def rows_file() -> Path:
    """Where the rows are kept."""
    return gold.checkout() / "docs" / "tried.json"


def main() -> None:
    """Measure all, and write docs/tried.json."""
    root = gold.checkout()
    sets = {
        name: [one for one in judged(gold.examples(root / "corpus" / name / "letters.jsonl")) if not one.optional]
        for name in ("train", "dev", "test")
    }
    others = {name: sets[name] for name in ("dev", "test")}
    measured = {"rules alone": {name: rules_alone(each) for name, each in others.items()}}
    for name, model in architectures().items():
        measured[name] = measure(model, sets["train"], others)
        typer.echo(f"{name}: {measured[name]}")
    write(measured, rows_file(), base=False)


if __name__ == "__main__":
    typer.run(main)
