"""`python -m toezeggingen.training.tried_terms`: what other models would bring in the place of the recogniser's.

Each learns the same clauses with the same seed; docs/tried_terms.json keeps what was measured, for docs/quality.md. It
takes some minutes, and is no part of `make train`.
"""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

import spacy
import typer
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import fix_random_seed

from toezeggingen.components.recogniser import BEGINS, beginning, openings
from toezeggingen.training import gold, terms
from toezeggingen.training.quality import table
from toezeggingen.training.tried import tok2vec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toezeggingen.components.recogniser import Recogniser
    from toezeggingen.training.terms import Read

    Guess = Callable[[Read], int | None]

ROUNDS = 15
LEVELS = (0.5, terms.THRESHOLD)
_BATCH = 32
_KEY = "sc"

HEAD = """\
## What was tried for the recogniser of terms

From `python -m toezeggingen.training.tried_terms`: of the promises that are promises in gold too and for which the
rules found no term, how many get one, and how many of these are where gold has one ("right / added"); behind the name
of a set, how many gold has there; milliseconds a thousand promises. The networks read the words of the clause, the
linear model the features of words that opened a term in the corpus. The set shared/ holds ordinary letters.
"""


def _tok2vec(width: int, depth: int) -> dict[str, Any]:
    return tok2vec(width, depth, {"NORM": 2000, "PREFIX": 500, "SUFFIX": 500, "SHAPE": 250})


def _ner(width: int, depth: int) -> tuple[str, dict[str, Any]]:
    return "ner", {
        "model": {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": "ner",
            "extra_state_tokens": False,
            "hidden_width": 32,
            "maxout_pieces": 2,
            "use_upper": True,
            "nO": None,
            "tok2vec": _tok2vec(width, depth),
        }
    }


def architectures() -> dict[str, tuple[str, dict[str, Any]]]:
    """The networks that are compared, by what the page calls them: the factory and its settings."""
    return {
        "EntityRecognizer on a Tok2Vec of 32 x 1": _ner(32, 1),
        "EntityRecognizer on a Tok2Vec of 96 x 4": _ner(96, 4),
        "SpanCategorizer on a Tok2Vec of 64 x 2": (
            "spancat",
            {
                "spans_key": _KEY,
                "suggester": {"@misc": "spacy.ngram_range_suggester.v1", "min_size": 1, "max_size": 8},
                "model": {
                    "@architectures": "spacy.SpanCategorizer.v1",
                    "tok2vec": _tok2vec(64, 2),
                    "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 64},
                    "scorer": {"@layers": "spacy.LinearLogistic.v1", "nO": None, "nI": None},
                },
            },
        ),
        "SpanFinder on a Tok2Vec of 64 x 2": (
            "span_finder",
            {
                "spans_key": _KEY,
                "max_length": 12,
                "model": {
                    "@architectures": "spacy.SpanFinder.v1",
                    "tok2vec": _tok2vec(64, 2),
                    "scorer": {"@layers": "spacy.LinearLogistic.v1", "nO": 2},
                },
            },
        ),
    }


def network(factory: str, config: dict[str, Any], train: Sequence[Read]) -> Guess:
    """Train a network; what it gives says where the likeliest term of a clause begins."""
    fix_random_seed(0)
    nlp = spacy.blank("nl")
    pipe: Any = nlp.add_pipe(factory, config=config)
    if factory != "span_finder":
        pipe.add_label("DEADLINE")
    examples = []
    for one in train:
        truth = Doc(nlp.vocab, words=list(one.clause.words))
        spans = [Span(truth, *one.term, label="DEADLINE")] if one.term else []
        truth.set_ents(filter_spans(spans))
        truth.spans[_KEY] = spans
        examples.append(Example(Doc(nlp.vocab, words=list(one.clause.words)), truth))
    nlp.initialize(lambda: examples[:200])
    optimizer = nlp.create_optimizer()  # type: ignore[no-untyped-call]
    shuffle = random.Random(0)
    for _ in range(ROUNDS):
        shuffle.shuffle(examples)
        for first in range(0, len(examples), _BATCH):
            nlp.update(examples[first : first + _BATCH], sgd=optimizer, drop=0.2)

    def guess(one: Read) -> int | None:
        doc = pipe(Doc(nlp.vocab, words=list(one.clause.words)))
        if factory == "ner":
            return min((span.start for span in doc.ents), default=None)
        group = doc.spans[_KEY]
        scored = zip(group.attrs.get("scores", [1.0] * len(group)), group, strict=True)
        return max(((float(score), -span.start) for score, span in scored), default=(0.0, None))[1]

    return (lambda one: -at if (at := guess(one)) is not None else None) if factory != "ner" else guess


def linear(recogniser: Recogniser, level: float) -> Guess:
    """The recogniser that ships, with another threshold."""

    def guess(one: Read) -> int | None:
        words = one.clause.words
        places = openings(words, recogniser.settings.openers)
        scores = recogniser.scores([beginning(words, at) for at in places], BEGINS)
        score, at = max(zip(scores, places, strict=True), default=(0.0, -1))
        return at if score >= level else None

    return guess


def measure(guess: Guess, sets: Mapping[str, Sequence[Read]]) -> dict[str, Any]:
    """What is added and what of it is right, by set, with the milliseconds of a thousand clauses."""
    found: dict[str, Any] = {}
    spent = count = 0.0
    for name, clauses in sets.items():
        start = time.process_time()
        places = [guess(one) for one in clauses]
        spent, count = spent + time.process_time() - start, count + len(clauses)
        right = sum(
            at is not None and one.term is not None and one.term[0] <= at < one.term[1]
            for at, one in zip(places, clauses, strict=True)
        )
        found[name] = [right, sum(at is not None for at in places)]
    return {**found, "ms": round(1e6 * spent / count)}


def section() -> list[str]:
    """The part of docs/quality.md on what was tried; nothing where it was never measured."""
    path = gold.checkout() / "docs" / "tried_terms.json"
    if not path.is_file():
        return []
    measured: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    names = [name for name in next(iter(measured.values())) if name != "ms"]
    rows = [
        (model, *(f"{one[name][0]} / {one[name][1]}" for name in names), f"{one['ms']:,}")
        for model, one in measured.items()
    ]
    return [HEAD, *table(("", *names, "ms"), rows), ""]


def main() -> None:
    """Measure all, and write docs/tried_terms.json."""
    from toezeggingen.pipeline import assemble

    nlp = assemble()
    letters = {one.name.removeprefix("corpus/"): one.letters for one in gold.sets()}
    train = list(terms.read(nlp, letters.pop("train")))
    sets = {name: list(terms.open_clauses(nlp, each)) for name, each in letters.items()}
    whole = {f"{name} ({sum(one.term is not None for one in each)})": each for name, each in sets.items()}
    recogniser: Recogniser = nlp.get_pipe("recogniser")  # type: ignore[assignment]
    measured = {
        f"linear on features, from a score of {level} {'(ships)' if level == terms.THRESHOLD else ''}".strip(): measure(
            linear(recogniser, level), whole
        )
        for level in LEVELS
    }
    for name, (factory, config) in architectures().items():
        measured[name] = measure(network(factory, config, train), whole)
        typer.echo(f"{name}: {measured[name]}")
    path = gold.checkout() / "docs" / "tried_terms.json"
    path.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    typer.echo(f"written: {path.relative_to(gold.checkout())}")


if __name__ == "__main__":
    typer.run(main)
