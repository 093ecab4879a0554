"""The training of the recogniser: which words open a term in the corpus, and where such a term ends.

Learned are the terms that the grammar knows too, read as plain words: "zodra" and "na afronding van" look alike. What
the rules do not find in a promise is told apart from them by the promises that have no term.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin

from toezeggingen.components.formulas import SURE
from toezeggingen.components.recogniser import BEGINS, ENDS, Clause, Settings, beginning, ending, endings, openings
from toezeggingen.components.sentence_units import spans_of
from toezeggingen.components.spans import found_in
from toezeggingen.pipeline import folder, prepare
from toezeggingen.training import gold, quotes
from toezeggingen.training.places import in_view, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.language import Language

    from toezeggingen.components.recogniser import Recogniser
    from toezeggingen.components.spans import Found
    from toezeggingen.letters.view import View
    from toezeggingen.training.places import Place
    from toezeggingen.values.period import Operator

THRESHOLD = 0.85
"""The score from which a term is added: chosen on ordinary letters, where few promises have a term that no rule finds.

On the corpus a lower one would add more that is right; there, more promises have such a term than in the post.
"""

_OFTEN = 2
"""Times that words open a term in the corpus, before they may open one in a letter."""
_PIPE = "textcat_multilabel"


@dataclass(frozen=True, slots=True)
class Read:
    """A promise as the recogniser reads it, and the units of its term in gold, half open; None: it has none."""

    clause: Clause
    term: tuple[int, int] | None
    operator: Operator | None = None


@dataclass(frozen=True, slots=True)
class _Gold:
    commitment: gold.Commitment
    place: Place
    term: Place | None


def train(nlp: Language, target: Path, *, output: Path | None = None) -> Settings:
    """Train the recogniser of `nlp` on corpus/train, and write it into the folder `target`.

    Returns what was learned besides the weights.
    """
    from spacy.cli.train import train as spacy_train
    from spacy.util import load_model

    root = gold.checkout()
    recogniser: Recogniser = nlp.get_pipe("recogniser")  # type: ignore[assignment]
    letters = {name: gold.examples(root / "corpus" / name / "letters.jsonl") for name in ("train", "dev")}
    sets = {name: list(read(nlp, each)) for name, each in letters.items()}
    openers = learned_openers(sets["train"])
    with tempfile.TemporaryDirectory() as place:
        work = output / "recogniser" if output else Path(place)
        for name, clauses in sets.items():
            _write(rows(clauses, openers), work / f"{name}.spacy")
        overrides = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
        spacy_train(folder("pipelines") / "recogniser.cfg", work / "trained", overrides=overrides)
        trained = load_model(work / "trained" / "model-last").get_pipe(_PIPE)
    recogniser.classifier.from_bytes(trained.to_bytes(exclude=["vocab"]), exclude=["vocab"])  # type: ignore[attr-defined]
    recogniser.settings = Settings(openers, THRESHOLD)
    recogniser.to_disk(target)
    made = {"promises": {name: len(each) for name, each in sets.items()}, "seed": 0}
    (target / "trained.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8", newline="\n")
    return recogniser.settings


# --- the corpus as the recogniser sees it ----------------------------------------------------------------------------


def read(nlp: Language, examples: Iterable[gold.Example]) -> Iterator[Read]:
    """The promises of the rules and of gold, as far as they teach: with a term of the rules only if gold has one."""
    recogniser: Recogniser = nlp.get_pipe("recogniser")  # type: ignore[assignment]
    for example in examples:
        doc, view, _ = prepare(nlp, example.source)
        for name, component in nlp.pipeline:
            doc = component(doc) if name not in ("judge", "recogniser") else doc
        terms, spans = found_in(doc, "deadlines"), spans_of(doc, ("bodies", "citations"))
        known = list(_gold(view, example))
        for (start, end), meant in _promises(found_in(doc, "promises"), known):
            term = next((one.term for one in meant if one.term and one.term[0] < end and one.term[1] > start), None)
            if term is None and any(start <= found.start and found.end <= end for found in terms):
                continue
            clause = recogniser.clause(doc, start, end, spans)
            operator = next((one.commitment.deadline.operator for one in meant if one.commitment.deadline), None)
            yield Read(clause, _units(clause, term) if term else None, operator)


def _promises(found: Sequence[Found], known: Sequence[_Gold]) -> Iterator[tuple[Place, list[_Gold]]]:
    """The places of promises that are to come, each with what gold has there; optional ones teach nothing."""
    seen: set[Place] = set()
    for promise in found:
        place = promise.start, promise.end
        meant = [one for one in known if same(place, one.place)]
        if promise.score < SURE and not meant:
            continue  # merely suggested, and no promise
        seen |= {one.place for one in meant}
        if promise.value["status"] != "fulfilled" and not any(one.commitment.optional for one in meant):
            yield place, meant
    for one in known:
        if one.place not in seen and not one.commitment.optional:
            yield one.place, [one]


def _gold(view: View, example: gold.Example) -> Iterator[_Gold]:
    text = example.source.text
    for commitment in example.gold.commitments:
        span = quotes.locate(text, commitment.quote, commitment.occurrence)
        place = in_view(view, span) if span else None
        if span is None or place is None:
            continue
        words = commitment.deadline.text if commitment.deadline else ""
        near = (each for each in quotes.locate_all(text, words) if each[0] < span[1] and each[1] > span[0])
        term = next(near, None) if words else None
        yield _Gold(commitment, place, in_view(view, term) if term else None)


def _units(clause: Clause, term: Place) -> tuple[int, int] | None:
    """The units that a term stands on."""
    inside = [number for number, unit in enumerate(clause.units) if unit.start < term[1] and unit.end > term[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def learned_openers(clauses: Iterable[Read]) -> dict[str, Operator]:
    """The one or two words that open terms often enough, with the operator that these terms have most often."""
    counts: dict[str, Counter[Operator]] = {}
    for one in clauses:
        if one.term is not None and one.operator is not None and one.clause.words[one.term[0]].isalpha():
            at = one.term[0]
            for size in (1, 2):
                if at + size <= one.term[1]:
                    counts.setdefault(" ".join(one.clause.words[at : at + size]), Counter())[one.operator] += 1
    often = {words: each for words, each in sorted(counts.items()) if each.total() >= _OFTEN}
    return {words: min(each, key=lambda operator: (-each[operator], operator)) for words, each in often.items()}


def rows(clauses: Iterable[Read], openers: Mapping[str, Operator]) -> Iterator[tuple[list[str], dict[str, float]]]:
    """What the classifier learns: features, and what is true of them."""
    for one in clauses:
        words, units = one.clause.words, one.clause.units
        for at in openings(words, openers):
            begins = one.term is not None and at == one.term[0]
            yield beginning(words, at), {BEGINS: float(begins)}
            if begins and one.term is not None:
                for end in endings(units, at):
                    yield ending(words, at, end), {ENDS: float(end == one.term[1])}


def _write(examples: Iterable[tuple[list[str], dict[str, float]]], target: Path) -> None:
    """Write rows as spaCy's training reads them."""
    vocab = spacy.blank("nl").vocab
    docs: list[Doc] = []
    for features, truth in examples:
        doc = Doc(vocab, words=sorted(set(features)))
        doc.cats = truth
        docs.append(doc)
    target.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, attrs=["ORTH", "SPACY"], store_user_data=False).to_disk(target)


# --- what is measured ------------------------------------------------------------------------------------------------


def open_clauses(nlp: Language, examples: Iterable[gold.Example]) -> Iterator[Read]:
    """The promises of a whole pipeline that are promises in gold too, and for which the rules found no term."""
    recogniser: Recogniser = nlp.get_pipe("recogniser")  # type: ignore[assignment]
    for example in examples:
        doc, view, _ = prepare(nlp, example.source)
        for name, component in nlp.pipeline:
            doc = component(doc) if name != "recogniser" else doc
        known = list(_gold(view, example))
        for promise, clause in recogniser.open_promises(doc):
            meant = [one for one in known if same((promise.start, promise.end), one.place)]
            if any(not one.commitment.optional for one in meant):
                units = (_units(clause, one.term) for one in meant if one.term)
                yield Read(clause, next((each for each in units if each), None))


__all__ = ["Read", "learned_openers", "open_clauses", "read", "rows", "train"]
