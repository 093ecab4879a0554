"""The trained half: how sure each promise is to be one. It vetoes, takes up what is merely suggested, and adds.

A promise of the rules is read as a clause in its sentence: the formula and what it says of the clause, the words of
the clause, those of the sentence around it, and one word for each body, term and citation found. A sentence in which
the rules see nothing is read as a whole. A linear text classifier on these and on their runs of two, which is spaCy's
own bag of n-grams, says how likely it is a promise and of which kind. It runs in some microseconds a sentence; what
other architectures brought is told in docs/quality.md.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from spacy.language import Language
from spacy.pipeline.textcat_multilabel import MultiLabel_TextCategorizer
from spacy.strings import get_string_id
from spacy.vocab import Vocab

from toezeggingen import lexicons
from toezeggingen.components import linear
from toezeggingen.components.formulas import SURE
from toezeggingen.components.promises import SILENT_ZONES
from toezeggingen.components.sentence_units import Sentence, acting_words, sentences
from toezeggingen.components.spans import Found, annotate, found_in
from toezeggingen.components.units import GOVERNMENT
from toezeggingen.components.worded import Worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from spacy.tokens import Doc
    from thinc.api import Model

    from toezeggingen.components.units import Unit
    from toezeggingen.profiles import Profile

LABELS = ("PROMISE", "INFORM", "ACT", "REPEATED", "POSTPONED", "FULFILLED", "INTENDED", "CONDITIONAL")
"""What the classifier says of a sentence, each from 0 to 1. "made" and "firm" are what is left."""

RULE = "model:judge"
"""The name in `found_by` of what the classifier added, and of what it judged."""

FORMULA = "F00"
"""The number of no formula: what the classifier added."""

_SHORTEST = 4
"""Words and marks: nothing shorter is judged."""

_FORMS = ("ik", "hij", "wij", "participle")

_MARGIN = 1e-6


@dataclass(frozen=True, slots=True)
class Settings:
    """What was fitted on the corpus besides the weights.

    `slope` and `intercept` make a calibrated score of the log odds of PROMISE; `thresholds` has, by profile, the score
    from which a promise of the rules is kept, and that from which one is added.
    """

    slope: float = 1.0
    intercept: float = 0.0
    thresholds: tuple[tuple[str, tuple[float, float]], ...] = (
        ("default", (0.0, 0.5)),
        ("clerk", (0.0, 0.5)),
        ("tracker", (0.5, 0.5)),
    )

    def score(self, likely: float) -> float:
        """The calibrated score of what the classifier says of PROMISE."""
        likely = min(max(likely, _MARGIN), 1 - _MARGIN)
        odds = math.log(likely / (1 - likely))
        return 1 / (1 + math.exp(-(self.slope * odds + self.intercept)))

    def least(self, profile: Profile) -> tuple[float, float]:
        """The two thresholds of a profile. Raises KeyError where there is none of that name."""
        return dict(self.thresholds)[profile]


def words_of(sentence: Sentence, units: Sequence[Unit], promise: Found | None) -> list[str]:
    """A clause or sentence as the classifier reads it: what the rules say, then the words.

    Words outside the clause of `promise` are marked by a tilde; without a promise the sentence is one clause.
    """
    if promise is None:
        return [f"zone={sentence.zone}", "promise:none", "<s>", *map(word_of, units), "</s>"]
    value = promise.value
    said = [f"{key}={value[key]}" for key in ("kind", "status", "strength", "doubt", "action")]
    words = [f"zone={sentence.zone}", promise.rule, f"{value['frame']}.{value['subject']}", *said, "<s>"]
    for unit in units:
        inside = unit.start < promise.end and unit.end > promise.start
        words.append(word_of(unit) if inside else f"~{word_of(unit)}")
    return [*words, "</s>"]


def word_of(unit: Unit) -> str:
    """A unit as one word: a body by its role, digits as zeros."""
    if unit.kind == "body":
        return f"§{unit.role}"
    if unit.kind in ("term", "cite"):
        return f"§{unit.kind}"
    return unit.low if unit.low.isalpha() else _digit().sub("0", unit.low)


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(r"\d")


class Judge(Worded):
    """Judges the sentences of a letter; needs sentences, bodies, deadlines, citations and the promises of the rules."""

    names = ("verbs", "word_classes")

    def __init__(self, model: Model[list[Doc], list[Any]], *, spans_key: str = "promises") -> None:
        super().__init__()
        self.spans_key = spans_key
        self.settings = Settings()
        self.threshold: float | None = None
        self.profile: Profile = "default"
        self.classifier = MultiLabel_TextCategorizer(Vocab(), model, threshold=0.5, scorer=None)

    def load(self, texts: dict[str, str]) -> None:
        """Load the verbs, for the name of the promised act, and the words without which nobody acts."""
        self._infinitives: dict[str, str] = {}
        required = frozenset({"class", "particle", *_FORMS, "example"})
        for verb in lexicons.parse(texts["verbs"], file="verbs.jsonl", required=required):
            for form in (*_FORMS, "id"):
                if verb.get(form):
                    self._infinitives.setdefault(verb[form], verb["id"])
        self._acting = acting_words(texts["word_classes"])

    # --- judging -----------------------------------------------------------------------------------------------------

    def judged(self, doc: Doc) -> list[tuple[Sentence, list[Unit], Found | None]]:
        """What is judged: each promise of the rules in its sentence, and each sentence that has none and may hold one.

        A promise over several sentences, as a row of a table, is judged in the first.
        """
        promises = found_in(doc, self.spans_key)
        found: list[tuple[Sentence, list[Unit], Found | None]] = []
        at = end = 0
        for sentence in sentences(doc, silent=SILENT_ZONES):
            while at < len(promises) and promises[at].start < sentence.start:
                at += 1
            first = at
            while at < len(promises) and promises[at].start < sentence.end:
                at += 1
            inside: list[Found | None] = [*promises[first:at]]
            if not inside and sentence.start >= end and self._may_promise(sentence):
                inside = [None]
            if inside:
                units = sentence.units()
                found += [(sentence, units, promise) for promise in inside]
                end = max([end, *(promise.end for promise in inside if promise is not None)])
        return found

    def _may_promise(self, sentence: Sentence) -> bool:
        """Whether it is worth judging: no question, not all too short, and somebody or something in it that can act."""
        words = sentence.words
        return len(words) >= _SHORTEST and "?" not in words[-2:] and sentence.may_act(self._acting)

    def predict(self, sentences: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """What the classifier says of each sentence, by label, given as `words_of` has them."""
        if not sentences:
            return []
        ngrams: Any = self.classifier.model.ops.ngrams
        words = [np.asarray([get_string_id(word) for word in each], dtype=np.uint64) for each in sentences]
        rows = linear.likely(self.classifier, [np.concatenate((each, ngrams(2, each))) for each in words])
        return [dict(zip(self.classifier.labels, map(float, row), strict=True)) for row in rows]

    def find(self, doc: Doc) -> list[Found]:
        """The promises of a Doc: those of the rules that stand, and those that the classifier takes up or adds."""
        self.ready()
        keep, add = self.settings.least(self.profile) if self.threshold is None else (self.threshold, self.threshold)
        judged = self.judged(doc)
        told = self.predict([words_of(*each) for each in judged])
        found: list[Found] = []
        for (sentence, units, promise), likely in zip(judged, told, strict=True):
            score = round(self.settings.score(likely["PROMISE"]), 4)
            if promise is None:
                if score >= add:
                    found.append(self._promise(sentence, units, likely, score))
            elif score >= (keep if promise.score >= SURE else add):
                value = {**promise.value, "judged": True, "suggested": promise.score < SURE}
                found.append(Found(promise.start, promise.end, promise.rule, value, score))
        return _apart(found)

    def _promise(self, sentence: Sentence, units: Sequence[Unit], likely: dict[str, float], score: float) -> Found:
        """The whole of a sentence as a promise, its marks at both ends left out."""
        inner = [unit for unit in units if unit.kind != "mark"] or list(units)
        start, end = inner[0].start, inner[-1].end
        subject = _subject(units)
        kind = "inform" if likely["INFORM"] >= likely["ACT"] else "act"
        value = {
            "formula": FORMULA, "kind": kind, "action": self._action(units, kind), "frame": "judge",
            "subject": subject.role or ("ik" if subject.low == "ik" else "wij") if subject else "thing",
            "subject_span": [subject.start, subject.end] if subject else None,
            "verb": [start, end], "first_verb": start, "relative": False,
            "status": _surest(likely, ("repeated", "postponed", "fulfilled"), "made"),
            "strength": _surest(likely, ("intended", "conditional"), "firm"),
            "zone": sentence.zone, "sentence": [sentence.start, sentence.end], "object": None,
        }  # fmt: skip
        return Found(start, end, RULE, value, score)

    def _action(self, units: Sequence[Unit], kind: str) -> str:
        """The last verb of the sentence that the lexicon knows, in the infinitive."""
        known = (self._infinitives[unit.low] for unit in reversed(units) if unit.low in self._infinitives)
        return next(known, "informeren" if kind == "inform" else "doen")

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put the promises into `doc.spans`, in the place of those of the rules."""
        annotate(doc, self.spans_key, "PROMISE", found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its promises judged."""
        self.set_annotations(doc, self.find(doc))
        return doc

    # --- what travels ------------------------------------------------------------------------------------------------

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicon, the classifier and what was fitted into the component's folder `path`."""
        super().to_disk(path, exclude=exclude)
        linear.to_disk(self.classifier, Path(path) / "classifier")
        fitted = {
            "slope": self.settings.slope,
            "intercept": self.settings.intercept,
            "thresholds": {name: list(least) for name, least in self.settings.thresholds},
        }
        text = json.dumps(fitted, indent=2) + "\n"
        (Path(path) / "settings.json").write_text(text, encoding="utf-8", newline="\n")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Load what `to_disk` wrote."""
        super().from_disk(path, exclude=exclude)
        self.take(Path(path))
        return self

    def take(self, path: Path) -> None:
        """Load the classifier and what was fitted from a folder that `to_disk` wrote, and leave the lexicon."""
        self.classifier.from_disk(path / "classifier", exclude=["vocab"])
        fitted = json.loads((path / "settings.json").read_text(encoding="utf-8"))
        self.settings = _settings(fitted["slope"], fitted["intercept"], fitted["thresholds"].items())

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """All that `to_disk` writes, as bytes."""
        fitted = (self.settings.slope, self.settings.intercept, self.settings.thresholds)
        parts = (super().to_bytes(), self.classifier.to_bytes(exclude=["vocab"]), fitted)
        return bytes(srsly.msgpack_dumps(parts))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Load what `to_bytes` gave."""
        words, classifier, (slope, intercept, thresholds) = srsly.msgpack_loads(data)
        super().from_bytes(words)
        self.classifier.from_bytes(classifier, exclude=["vocab"])
        self.settings = _settings(slope, intercept, thresholds)
        return self


def _apart(promises: Sequence[Found]) -> list[Found]:
    """The promises in order; of those that overlap, what a formula is sure of stays, then what scores higher."""
    kept: list[Found] = []
    for promise in sorted(promises, key=lambda p: (bool(p.value.get("suggested")), -p.score, p.start)):
        free = not promise.value.get("suggested") or all(
            promise.end <= other.start or other.end <= promise.start for other in kept
        )
        if free:
            kept.append(promise)
    return sorted(kept, key=lambda p: (p.start, p.end))


def _settings(slope: float, intercept: float, thresholds: Iterable[tuple[str, Sequence[float]]]) -> Settings:
    return Settings(slope, intercept, tuple((name, (keep, add)) for name, (keep, add) in thresholds))


def _subject(units: Sequence[Unit]) -> Unit | None:
    """Who is bound: the writer where "ik" or "wij" stands, else the first of the government that is named."""
    for unit in units:
        if unit.is_word and unit.low in ("ik", "wij", "we"):
            return unit
    return next((unit for unit in units if unit.kind == "body" and unit.role in GOVERNMENT), None)


def _surest(likely: dict[str, float], names: Sequence[str], otherwise: str) -> str:
    best = max(names, key=lambda name: likely[name.upper()])
    return best if likely[best.upper()] > 0.5 else otherwise


@Language.factory(
    "toezeggingen_judge",
    default_config={
        "spans_key": "promises",
        "model": {
            "@architectures": "spacy.TextCatBOW.v3",
            "exclusive_classes": False,
            "ngram_size": 2,
            "no_output_layer": False,
            "length": 131072,
            "nO": None,
        },
    },
    requires=["doc.sents", "doc.spans"],
    assigns=["doc.spans"],
)
def create(nlp: Language, name: str, model: Model[list[Doc], list[Any]], spans_key: str) -> Judge:
    """The component as a config names it."""
    return Judge(model, spans_key=spans_key)
