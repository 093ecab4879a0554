"""`python -m toezeggingen.training.tried_base`: what a tok2vec that knows Dutch would bring to the judge.

Four starts of one Tok2Vec: at random; after `spacy pretrain`'s characters on the words of corpus/train; after the
parts of speech and features of a treebank; after both. From each a network learns the sentences of corpus/train, alone,
beside the judge, or with the judge's own model in one. Rows are means of three seeds and go into docs/tried.json.
It takes some twenty minutes, and is no part of `make train`.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass, replace
from pathlib import Path  # noqa: TC003 - typer reads the annotation at run time
from statistics import fmean
from typing import TYPE_CHECKING, Annotated, Any

import spacy
import typer
from spacy.ml.models.multi_task import create_pretrain_characters
from spacy.pipeline.textcat_multilabel import MultiLabel_TextCategorizer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.pretrain import make_update
from spacy.util import registry
from thinc.api import Adam, Model, Optimizer, chain, fix_random_seed, set_dropout_rate

from toezeggingen.components.judge import LABELS
from toezeggingen.training import gold, treebank
from toezeggingen.training.sentences import judged
from toezeggingen.training.tried import (
    BASE,
    BATCH,
    ENSEMBLE,
    REDUCE,
    ROUNDS,
    average_precision,
    bow,
    rows_file,
    tok2vec,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spacy.language import Language
    from spacy.pipeline import Tagger

    from toezeggingen.training.sentences import Judged
    from toezeggingen.training.treebank import Tagged, Treebank

SEEDS = (0, 1, 2)
STARTS = ("random", "corpus", "treebank", "corpus, then treebank")
BESIDE = 0.25
"""The part of the network in the log odds of both; on dev .5 was worse."""

_WIDTH, _DEPTH = 64, 2
_ROWS = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500}
_PRETRAIN_ROUNDS = 10
_TEACH_ROUNDS = (4, 6)
"""Over all of the treebank, then over what has the newest conventions only."""
_DROP = 0.2

Scores = dict[str, list[float]]
"""The scores of PROMISE of the sentences of each set."""


def _adam() -> Optimizer:
    optimizer: Optimizer = Adam(0.001, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    return optimizer


def _network() -> dict[str, Any]:
    return tok2vec(_WIDTH, _DEPTH, _ROWS)


# --- starts ----------------------------------------------------------------------------------------------------------


def pretrain(nlp: Language, sentences: Sequence[Sequence[str]]) -> bytes:
    """The weights of a Tok2Vec that guesses the first and last letters of hidden words, as `spacy pretrain` has it."""
    fix_random_seed(0)
    base = registry.resolve({"model": _network()})["model"]
    docs = [Doc(nlp.vocab, words=list(words)) for words in sentences]
    base.initialize(docs[:10])
    model = create_pretrain_characters(maxout_pieces=3, hidden_size=300, n_characters=4)(nlp.vocab, base)
    model.initialize(docs[:10])
    set_dropout_rate(model, _DROP)
    optimizer, shuffle = _adam(), random.Random(0)
    for _ in range(_PRETRAIN_ROUNDS):
        shuffle.shuffle(docs)
        for first in range(0, len(docs), 2 * BATCH):
            make_update(model, docs[first : first + 2 * BATCH], optimizer, model.attrs["loss"])
    return bytes(base.to_bytes())


def teach(nlp: Language, teacher: Treebank, start: bytes | None) -> Tagger:
    """A tagger of part of speech and features, taught by a treebank as written and in lower case."""
    fix_random_seed(0)
    model = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": _network()}
    tagger: Any = nlp.create_pipe("tagger", config={"model": model, "label_smoothing": 0.05})
    new, old = (_tagged(nlp, part) for part in (teacher.new, teacher.old))
    tagger.initialize(lambda: new + old, nlp=nlp)
    if start is not None:
        tagger.model.get_ref("tok2vec").from_bytes(start)
    optimizer, shuffle = _adam(), random.Random(0)
    for examples, rounds in ((new + old, _TEACH_ROUNDS[0]), (new, _TEACH_ROUNDS[1])):
        for _ in range(rounds):
            _round(tagger, examples, optimizer, shuffle)
    return tagger


def _tagged(nlp: Language, sentences: Iterable[Tagged]) -> list[Example]:
    both = [form for one in sentences for form in (one, treebank.lowered(one))]
    return [
        Example(Doc(nlp.vocab, words=list(one.words)), Doc(nlp.vocab, words=list(one.words), tags=list(one.tags)))
        for one in both
    ]


def tags(tagger: Tagger, docs: Sequence[Doc]) -> list[list[str]]:
    """What a tagger says of the words of each Doc."""
    return [[tagger.labels[int(tag)] for tag in row] for row in tagger.predict(docs)]


def accuracy(nlp: Language, tagger: Tagger, sentences: Iterable[Tagged]) -> float:
    """How many words of sentences, read as the judge reads them, get their part of speech and features."""
    read = [treebank.lowered(one) for one in sentences]
    said = tags(tagger, [Doc(nlp.vocab, words=list(one.words)) for one in read])
    right = [a == b for one, row in zip(read, said, strict=True) for a, b in zip(one.tags, row, strict=True)]
    return sum(right) / len(right)


# --- classifiers -----------------------------------------------------------------------------------------------------


def _plain_words() -> Model[list[Doc], list[Doc]]:
    """A layer that shows the next one a sentence of the judge as plain words."""

    def forward(_: Any, docs: list[Doc], is_train: bool) -> tuple[list[Doc], Callable[[Any], list[Doc]]]:
        return [Doc(doc.vocab, words=treebank.plain([word.text for word in doc])) for doc in docs], lambda _: []

    return Model("plain_words", forward)


def classifier(kind: str) -> tuple[Model[Any, Any], Model[Any, Any] | None]:
    """A model of a kind ("judge", "network", "ensemble"), and the Tok2Vec in it that a start can be loaded into."""
    if kind == "judge":
        return registry.resolve({"model": bow(2)})["model"], None
    base = registry.resolve({"model": _network()})["model"]
    parts: dict[str, Any] = {"tok2vec": chain(_plain_words(), base)}
    if kind == "ensemble":
        parts["linear_model"] = registry.resolve({"model": bow(2)})["model"]
    config = ENSEMBLE if kind == "ensemble" else REDUCE
    make = registry.get("architectures", config["@architectures"])
    return make(**{name: each for name, each in config.items() if name != "@architectures"}, **parts), base


def learn(
    nlp: Language,
    kind: str,
    start: bytes | None,
    seed: int,
    sets: Mapping[str, Sequence[Judged]],
    *,
    rounds: int = ROUNDS,
) -> tuple[Scores, float]:
    """Train on the set "train"; the scores of the others, and the milliseconds of a thousand sentences."""
    fix_random_seed(seed)
    model, base = classifier(kind)
    pipe: Any = MultiLabel_TextCategorizer(nlp.vocab, model, threshold=0.5, scorer=None)
    for label in LABELS:
        pipe.add_label(label)
    examples = []
    for one in sets["train"]:
        truth = Doc(nlp.vocab, words=list(one.words))
        truth.cats = dict(one.truth)
        examples.append(Example(Doc(nlp.vocab, words=list(one.words)), truth))
    pipe.initialize(lambda: examples[:200], nlp=nlp)
    if start is not None and base is not None:
        base.from_bytes(start)
    optimizer, shuffle = _adam(), random.Random(seed)
    for _ in range(rounds):
        _round(pipe, examples, optimizer, shuffle)
    column, scores, spent, count = pipe.labels.index("PROMISE"), Scores(), 0.0, 0
    for name, sentences in sets.items():
        if name != "train":
            docs = [Doc(nlp.vocab, words=list(one.words)) for one in sentences]
            began = time.process_time()
            scores[name] = [float(row[column]) for row in pipe.predict(docs)]
            spent, count = spent + time.process_time() - began, count + len(docs)
    return scores, 1e6 * spent / count


def _round(pipe: Any, examples: list[Example], optimizer: Optimizer, shuffle: random.Random) -> None:
    shuffle.shuffle(examples)
    for first in range(0, len(examples), BATCH):
        pipe.update(examples[first : first + BATCH], sgd=optimizer, drop=_DROP)


# --- what is compared ------------------------------------------------------------------------------------------------


def together(judge: Scores, network: Scores) -> Scores:
    """The log odds of both, the network's as a part of BESIDE."""
    return {
        name: [
            _sigmoid((1 - BESIDE) * _odds(a) + BESIDE * _odds(b)) for a, b in zip(scores, network[name], strict=True)
        ]
        for name, scores in judge.items()
    }


def _odds(likely: float) -> float:
    likely = min(max(likely, 1e-6), 1 - 1e-6)
    return math.log(likely / (1 - likely))


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores of one seed, and the milliseconds of a thousand sentences."""

    scores: Scores
    ms: float


def row(outcomes: Sequence[Outcome], sets: Mapping[str, Sequence[Judged]]) -> dict[str, float]:
    """The mean average precision of the seeds on each set, the milliseconds, and how far seeds lie apart at most."""
    truth = {name: [bool(one.truth["PROMISE"]) for one in sentences] for name, sentences in sets.items()}
    found = {
        name: [average_precision(one.scores[name], truth[name]) for one in outcomes] for name in outcomes[0].scores
    }
    return {
        **{name: round(fmean(each), 3) for name, each in found.items()},
        "spread": round(max(max(each) - min(each) for each in found.values()), 3),
        "ms": round(fmean(one.ms for one in outcomes), 1),
    }


def compare(
    nlp: Language, sets: Mapping[str, Sequence[Judged]], starts: Mapping[str, bytes | None]
) -> dict[str, dict[str, float]]:
    """All rows, by what the page calls them, each echoed when it is known."""
    rows: dict[str, dict[str, float]] = {}

    def note(name: str, outcomes: Sequence[Outcome]) -> None:
        rows[BASE + name] = row(outcomes, sets)
        typer.echo(f"{name}: {rows[BASE + name]}")

    def all_seeds(kind: str, start: bytes | None = None) -> list[Outcome]:
        return [Outcome(*learn(nlp, kind, start, seed, sets)) for seed in SEEDS]

    judges = all_seeds("judge")
    note("the judge", judges)
    longer = [Outcome(*learn(nlp, "judge", None, seed, sets, rounds=2 * ROUNDS)) for seed in SEEDS]
    note("the judge, twice as many rounds", longer)
    for name, start in starts.items():
        networks = all_seeds("network", start)
        pairs = list(zip(judges, networks, strict=True))
        note(f"network alone, start: {name}", networks)
        note(
            f"network beside the judge, start: {name}",
            [Outcome(together(a.scores, b.scores), a.ms + b.ms) for a, b in pairs],
        )
        note(f"judge and network in one, start: {name}", all_seeds("ensemble", start))
    return rows


def outlined(nlp: Language, tagger: Tagger, sets: Mapping[str, Sequence[Judged]]) -> list[Outcome]:
    """The judge's model, which reads behind each sentence also its outline."""
    began, longer = time.process_time(), {}
    for name, sentences in sets.items():
        docs = [Doc(nlp.vocab, words=treebank.plain(one.words)) for one in sentences]
        longer[name] = [
            replace(one, words=(*one.words, *treebank.outline(one.words, said)))
            for one, said in zip(sentences, tags(tagger, docs), strict=True)
        ]
    ms = 1e6 * (time.process_time() - began) / sum(map(len, sets.values()))
    return [Outcome(scores, ms + more) for scores, more in (learn(nlp, "judge", None, seed, longer) for seed in SEEDS)]


def sentences_of() -> dict[str, list[Judged]]:
    """The sentences of the corpus, and as "letters" those of the real letters, if they are there."""
    letters = {one.name.removeprefix("corpus/"): one.letters for one in gold.sets()}
    named = {name: letters[name] for name in gold.SETS} | (
        {"letters": letters["shared"]} if "shared" in letters else {}
    )
    return {name: [one for one in judged(each) if not one.optional] for name, each in named.items()}


def main(
    folder: Annotated[Path, typer.Option("--treebank", metavar="DIR", help="The CoNLL-U files of a treebank.")],
) -> None:
    """Measure what a tok2vec taught by a treebank brings, and write it into docs/tried.json."""
    teacher = treebank.read(folder)
    typer.echo(f"{len(teacher.old):,} old, {len(teacher.new):,} new, {len(teacher.held_out):,} held out")
    sets = sentences_of()
    nlp = spacy.blank("nl")
    corpus = pretrain(nlp, [treebank.plain(one.words) for one in sets["train"]])
    starts: dict[str, bytes | None] = {"random": None, "corpus": corpus}
    for name, before in (("treebank", None), ("corpus, then treebank", corpus)):
        tagger = teach(nlp, teacher, before)
        typer.echo(f"{name}: {accuracy(nlp, tagger, teacher.held_out):.3f} of the held out tags")
        starts[name] = tagger.model.get_ref("tok2vec").to_bytes()
    rows = compare(nlp, sets, starts)
    rows[f"{BASE}judge, each sentence's outline beside its words"] = row(outlined(nlp, tagger, sets), sets)
    write(rows, rows_file(), base=True)


if __name__ == "__main__":
    typer.run(main)
