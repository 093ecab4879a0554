"""The trained recogniser of terms that no grammar knows: "bij gelegenheid van de evaluatie", "vooraf", "daarin".

It looks only at promises for which the rules found no term, and only at words that opened a term in the corpus: a
linear classifier on the words around says of each how likely a term begins there, and of each word behind it, whether
the term ends there. What it finds has an operator, by its first words as the corpus has them, and never a day: the
grammar has read the same words and knows none. What spaCy's networks brought instead is told in docs/quality.md.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from spacy.language import Language
from spacy.pipeline.textcat_multilabel import MultiLabel_TextCategorizer
from spacy.strings import get_string_id
from spacy.vocab import Vocab

from toezeggingen.components import linear
from toezeggingen.components.deadlines import LABEL, SPANS_KEY
from toezeggingen.components.judge import word_of
from toezeggingen.components.sentence_units import spans_of, within
from toezeggingen.components.spans import Found, annotate, found_in
from toezeggingen.values.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from spacy.tokens import Doc
    from thinc.api import Model

    from toezeggingen.components.units import Unit
    from toezeggingen.values.period import Operator

BEGINS, ENDS = "BEGINS", "ENDS"
LABELS = (BEGINS, ENDS)
"""What the classifier says of a word: that a term begins with it, that a term that began ends with it."""

RULE = "model:recogniser"
"""The name in `found_by` of what was recognised."""

_LONGEST = 12
"""Units of a term."""
_SHORTEST = 3
"""Units of a clause; nothing shorter is read."""
_NEAR = 3
"""Units behind the first word that tell whether a term begins."""
_NEARLY = 0.7
"""Of ends that are so nearly as likely as the likeliest, the first is taken."""
_NOBODY = frozenset({"ik", "wij", "we", "u", "mij", "ons"})
_TELLING = _NOBODY | {"zal", "zullen", "wordt", "worden"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What was learned besides the weights.

    `openers` has, by the one or two words that open a term, the operator it has most often; `threshold` is the score
    from which a term is added.
    """

    openers: Mapping[str, Operator] = field(default_factory=dict)
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class Clause:
    """A promise as it is read: its units, and the same as words ("§parliament" for a body)."""

    units: Sequence[Unit]
    words: Sequence[str]


class Recogniser:
    """Adds terms to the promises that have none; needs the promises, and the bodies, deadlines and citations."""

    def __init__(
        self, model: Model[list[Doc], list[Any]], *, spans_key: str = SPANS_KEY, promises_key: str = "promises"
    ) -> None:
        self.spans_key = spans_key
        self.promises_key = promises_key
        self.settings = Settings()
        self.classifier = MultiLabel_TextCategorizer(Vocab(), model, threshold=0.5, scorer=None)

    # --- reading -----------------------------------------------------------------------------------------------------

    def open_promises(self, doc: Doc) -> Iterator[tuple[Found, Clause]]:
        """The promises that may have a term and for which the rules found none, each as it is read."""
        terms = [(found.start, found.end) for found in found_in(doc, self.spans_key)]
        starts = [start for start, _ in terms]
        spans = None
        for promise in found_in(doc, self.promises_key):
            if promise.value["status"] == "fulfilled" or _holds_term(promise, terms, starts):
                continue
            spans = spans_of(doc, ("bodies", "citations")) if spans is None else spans
            clause = self.clause(doc, promise.start, promise.end, spans)
            if len(clause.units) >= _SHORTEST:
                yield promise, clause

    def clause(self, doc: Doc, start: int, end: int, spans: Sequence[tuple[int, int, str, int, Found]]) -> Clause:
        """The characters `start` to `end` of a Doc as they are read; `spans` are the bodies and citations in it."""
        units = within(doc, start, end, spans).units()
        return Clause(units, [word_of(unit) for unit in units])

    def scores(self, rows: Sequence[Sequence[str]], label: str) -> list[float]:
        """How sure the classifier is of `label`, for each row of features."""
        if not rows:
            return []
        keys = [np.asarray(sorted(set(map(get_string_id, row))), dtype=np.uint64) for row in rows]
        column = self.classifier.labels.index(label)
        return [float(each) for each in linear.likely(self.classifier, keys)[:, column]]

    # --- finding -----------------------------------------------------------------------------------------------------

    def find(self, doc: Doc) -> list[Found]:
        """The terms that are added: one for a promise at most."""
        if not self.settings.openers:
            return []
        opened = [
            (clause, at)
            for _, clause in self.open_promises(doc)
            for at in openings(clause.words, self.settings.openers)
        ]
        scores = self.scores([beginning(clause.words, at) for clause, at in opened], BEGINS)
        best: dict[int, tuple[float, Clause, int]] = {}
        for score, (clause, at) in zip(scores, opened, strict=True):
            if score >= self.settings.threshold and score > best.get(id(clause), (0.0,))[0]:
                best[id(clause)] = score, clause, at
        return [self._term(doc, clause, at, score) for score, clause, at in best.values()]

    def _term(self, doc: Doc, clause: Clause, at: int, score: float) -> Found:
        ends = list(endings(clause.units, at))
        sure = self.scores([ending(clause.words, at, end) for end in ends], ENDS)
        end = next(end for end, each in zip(ends, sure, strict=True) if each >= _NEARLY * max(sure))
        first, last = clause.units[at].start, clause.units[end - 1].end
        openers = self.settings.openers
        operator = openers.get(" ".join(clause.words[at : at + 2]), openers[clause.words[at]])
        event = " ".join(doc.text[first:last].split())
        period = Period(operator, "recurring" if operator == "recurring" else "event", event=event)
        return Found(first, last, RULE, period.to_json(), round(score, 3))

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put the terms into `doc.spans`, beside those of the rules."""
        annotate(doc, self.spans_key, LABEL, [*found_in(doc, self.spans_key), *found])

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the terms that were recognised."""
        if found := self.find(doc):
            self.set_annotations(doc, found)
        return doc

    # --- what travels ------------------------------------------------------------------------------------------------

    def initialize(self, get_examples: object = None, *, nlp: Language | None = None) -> None:
        """Nothing: what is learned is taken from a folder, see `take`."""

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the classifier and what was learned besides into the component's folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self._learned(), ensure_ascii=False, indent=2) + "\n"
        (folder / "settings.json").write_text(text, encoding="utf-8", newline="\n")
        if self.settings.openers:
            linear.to_disk(self.classifier, folder / "classifier")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Load what `to_disk` wrote."""
        self.take(Path(path))
        return self

    def take(self, path: Path) -> None:
        """Load what `to_disk` wrote into a folder; nothing where there is none, so that nothing is recognised."""
        if not (path / "settings.json").is_file():
            return
        self.settings = _settings(json.loads((path / "settings.json").read_text(encoding="utf-8")))
        if self.settings.openers:
            self.classifier.from_disk(path / "classifier", exclude=["vocab"])

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """All that `to_disk` writes, as bytes."""
        classifier = self.classifier.to_bytes(exclude=["vocab"]) if self.settings.openers else b""
        return bytes(srsly.msgpack_dumps((classifier, self._learned())))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Load what `to_bytes` gave."""
        classifier, learned = srsly.msgpack_loads(data)
        self.settings = _settings(learned)
        if classifier:
            self.classifier.from_bytes(classifier, exclude=["vocab"])
        return self

    def _learned(self) -> dict[str, Any]:
        return {"threshold": self.settings.threshold, "openers": dict(self.settings.openers)}


def _settings(learned: dict[str, Any]) -> Settings:
    return Settings(openers=learned["openers"], threshold=learned["threshold"])


def _holds_term(promise: Found, terms: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    """Whether a term of the rules overlaps the promise, or stands before all verbs of its sentence and so binds it."""
    first = min(promise.start, promise.value["sentence"][0])
    for start, end in terms[max(0, bisect_left(starts, first) - 1) : bisect_left(starts, promise.end)]:
        if end > promise.start or (start >= first and end <= promise.value["first_verb"]):
            return True
    return False


# --- features --------------------------------------------------------------------------------------------------------


def openings(words: Sequence[str], openers: Mapping[str, Operator]) -> list[int]:
    """Where a term may begin."""
    return [at for at, word in enumerate(words) if word in openers]


def endings(units: Sequence[Unit], at: int) -> Iterator[int]:
    """The units behind which a term that begins with unit `at` may end, half open; a mark ends it for sure."""
    yield at + 1
    for end in range(at + 1, min(len(units), at + _LONGEST)):
        if units[end].kind == "mark":
            return
        yield end + 1


def beginning(words: Sequence[str], at: int) -> list[str]:
    """The features that tell whether a term begins with word `at`."""
    first, one, two, before = words[at], _at(words, at + 1), _at(words, at + 2), _at(words, at - 1)
    last = at + 1
    while last < len(words) and last - at <= _NEAR and words[last][0].isalnum() and words[last] not in _NOBODY:
        last += 1
    found = [
        *(f"o={first}", f"o2={first} {one}", f"o3={first} {one} {two}", f"o13={first} {two}"),
        *(f"1={one}", f"2={two}", f"p={before}", f"po={before} {first}"),
        *(f"n={_at(words, last)}", f"on={first} {_at(words, last)}"),
        *(("leads", f"leads {first}") if at == 0 else ("inside",)),
    ]
    for word in words[at + 1 : last]:
        found += [f"w={word}", f"ow={first} {word}", f"s={word[-4:]}", f"os={first} {word[-4:]}", f"b={word[:5]}"]
    found += [f"c={word}" for word in (*words[:at], *words[last:]) if word[0] == "§" or word in _TELLING]
    return found


def ending(words: Sequence[str], at: int, end: int) -> list[str]:
    """The features that tell whether the term that begins with word `at` ends before word `end`."""
    first, last, behind, size = words[at], words[end - 1], _at(words, end), end - at
    return [
        *(f"e={last}", f"es={last[-3:]}", f"en={behind}", f"ens={behind[-3:]}", f"el={last} {behind}"),
        *(f"esn={last[-3:]} {behind}", f"esns={last[-3:]} {behind[-3:]}", f"ez={size}", f"eo={first} {size}"),
        *(f"eof={first} {behind}", f"eol={first} {last}", f"ep={_at(words, end - 2)} {last}"),
        *(f"ei={word}" for word in words[at + 1 : end]),
    ]


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else "|"


@Language.factory(
    "toezeggingen_recogniser",
    default_config={
        "spans_key": SPANS_KEY,
        "promises_key": "promises",
        "model": {
            "@architectures": "spacy.TextCatBOW.v3",
            "exclusive_classes": False,
            "ngram_size": 1,
            "no_output_layer": False,
            "length": 65536,
            "nO": None,
        },
    },
    requires=["doc.spans"],
    assigns=["doc.spans"],
)
def create(
    nlp: Language, name: str, model: Model[list[Doc], list[Any]], spans_key: str, promises_key: str
) -> Recogniser:
    """The component as a config names it."""
    return Recogniser(model, spans_key=spans_key, promises_key=promises_key)
