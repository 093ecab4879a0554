"""The corpus as the judge sees it: each clause or sentence as words, with what its gold says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin

from toezeggingen.components.formulas import SURE
from toezeggingen.components.judge import LABELS, words_of
from toezeggingen.pipeline import assemble, folder, prepare
from toezeggingen.training import gold, quotes
from toezeggingen.training.places import in_view, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language

    from toezeggingen.components.judge import Judge
    from toezeggingen.letters.view import View
    from toezeggingen.training.places import Place


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause or sentence: its words as the judge reads them, and what is true of it, 1 or 0 by label.

    `optional`: careful readers differ, so that nothing is learned or counted here. `by_rule`: a formula is sure of it.
    """

    words: tuple[str, ...]
    truth: dict[str, float]
    optional: bool
    by_rule: bool


def judged(examples: Sequence[gold.Example], nlp: Language | None = None) -> Iterator[Judged]:
    """The clauses and sentences of letters that the judge would judge."""
    pipeline = nlp if nlp is not None else assemble(folder("pipelines") / "toezeggingen.cfg", trained=False)
    judge: Judge = pipeline.get_pipe("judge")  # type: ignore[assignment]
    for example in examples:
        doc, view, _ = prepare(pipeline, example.source)
        for name, component in pipeline.pipeline:
            doc = component(doc) if name != "judge" else doc
        places = [(_in_view(view, example.source.text, one), one) for one in example.gold.commitments]
        for sentence, units, promise in judge.judged(doc):
            span = promise if promise is not None else sentence
            here = [one for place, one in places if place is not None and same(place, (span.start, span.end))]
            yield Judged(
                words=tuple(words_of(sentence, units, promise)),
                truth=_truth(here),
                optional=bool(here) and all(one.optional for one in here),
                by_rule=promise is not None and promise.score >= SURE,
            )


def _in_view(view: View, text: str, commitment: gold.Commitment) -> Place | None:
    """The characters of the view that a gold commitment stands on; None where the view left them out."""
    place = quotes.locate(text, commitment.quote, commitment.occurrence)
    return in_view(view, place) if place is not None else None


def _truth(commitments: Sequence[gold.Commitment]) -> dict[str, float]:
    truth = dict.fromkeys(LABELS, 0.0)
    for one in commitments:
        for label in ("PROMISE", one.kind.upper(), one.status.upper(), one.strength.upper()):
            if label in truth:
                truth[label] = 1.0
    return truth


def write(sentences: Sequence[Judged], target: Path) -> int:
    """Write sentences as spaCy's training reads them, without the optional ones; returns how many."""
    vocab = spacy.blank("nl").vocab
    docs = []
    for one in sentences:
        if not one.optional:
            doc = Doc(vocab, words=list(one.words))
            doc.cats = dict(one.truth)
            docs.append(doc)
    target.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, attrs=["ORTH", "SPACY"], store_user_data=False).to_disk(target)
    return len(docs)
