"""Spans to promises: the verb groups of each sentence, held against the numbered list of formulas.

A promise is a clause whose subject is the government side (or a passive that hides it), whose verb is an act that can
be checked, and which nothing blocks. The words are in the lexicons; the grammar is in `clauses`, what speaks for a
clause in `evidence`, what speaks against it in `blockers`, and the list in `formulas`. Here they meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language

from toezeggingen import lexicons
from toezeggingen.components.actions import Actions
from toezeggingen.components.blockers import Blockers
from toezeggingen.components.clauses import Clauses
from toezeggingen.components.cues import Cues
from toezeggingen.components.evidence import Evidence, Witness
from toezeggingen.components.formulas import SURE, Formula, FormulaList
from toezeggingen.components.objects import Objects
from toezeggingen.components.promise_values import promise_value, repeats_marked, retold_settled
from toezeggingen.components.sentence_units import Sentence, sentences
from toezeggingen.components.spans import Found, annotate, text_of
from toezeggingen.components.verbs import Vocabulary
from toezeggingen.components.worded import Worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from toezeggingen.components.units import Group, Unit

LEXICONS = ("verbs", "auxiliaries", "phrases", "word_classes", "cues", "formulas")
SILENT_ZONES = frozenset({"furniture", "head", "signature", "question", "heading"})
_ACTION_ZONES = frozenset({"table", "list"})


class PromiseFinder(Worded):
    """Finds promises; needs the sentences, and uses the bodies, deadlines and citations found before it.

    With `suggest`, it also gives what only may be a promise, scored under `formulas.SURE`, for a judge behind it.
    """

    names = LEXICONS

    def __init__(self, *, spans_key: str = "promises", suggest: bool = False) -> None:
        super().__init__()
        self.spans_key = spans_key
        self.suggest = suggest

    def load(self, texts: dict[str, str]) -> None:
        """Load vocabulary, cues and formulas."""

        def lines(name: str, *keys: str) -> list[dict[str, Any]]:
            return lexicons.parse(texts[name], file=f"{name}.jsonl", required=frozenset({*keys, "example"}))

        vocabulary = Vocabulary.build(
            lines("verbs", "class", "particle", "ik", "hij", "wij", "participle"),
            lines("auxiliaries", "role", "forms"),
            lines("phrases", "verb", "words", "class"),
            lines("word_classes", "meaning", "words"),
        )
        self._finite = vocabulary.finite
        self._clauses = Clauses(vocabulary)
        self._actions = Actions(vocabulary)
        self._objects = Objects(vocabulary)
        self._cues = Cues(lines("cues", "meaning", "words"))
        self._witness = Witness(vocabulary)
        self._blockers = Blockers(vocabulary, self._witness)
        self._formulas = FormulaList(
            lines(
                "formulas",
                "name",
                "pattern",
                "meaning",
                "frames",
                "classes",
                "verbs",
                "subjects",
                "needs",
                "any_of",
                "kind",
                "score",
            )
        )
        self._acting = vocabulary.classes["acting"]
        self._settled = tuple(sorted(vocabulary.classes["settled"]))

    # --- finding ---------------------------------------------------------------------------------------------------

    def find(self, doc: Doc) -> list[Found]:
        """The promises of a Doc whose sentences are marked, as clauses of its text."""
        self.ready()
        text = text_of(doc)
        promises: list[Found] = []
        row: list[list[Unit]] = []
        for sentence in sentences(doc, silent=SILENT_ZONES):
            if "?" in sentence.words[-2:]:
                continue
            if sentence.zone in _ACTION_ZONES:
                row = _continued(row, sentence, text)
                action = self._action(row, sentence.zone)
                if action is not None:
                    promises.append(action)
                    row = []
            if sentence.may_act(self._acting) and any(word in self._finite for word in sentence.words):
                promises += self._in_sentence(sentence)
        return repeats_marked(text, retold_settled(text, promises, self._settled))

    def _action(self, row: list[list[Unit]], zone: str) -> Found | None:
        """The promise that a row of a table or list makes by an infinitive and a date."""
        found = self._actions.find(row)
        if found is None:
            return None
        start, end, value = found
        formula = next(f for f in self._formulas.formulas if "infinitive" in f.frames)
        cls = value.pop("class")
        value |= {
            "formula": formula.id, "kind": "inform" if cls in ("inform", "send") else "act", "frame": "infinitive",
            "subject": "ik", "subject_span": None, "status": "made", "strength": "firm", "doubt": "", "zone": zone,
            "sentence": [start, end],
        }  # fmt: skip
        return Found(start, end, f"promise:{formula.id}", value, formula.score)

    def _in_sentence(self, sentence: Sentence) -> list[Found]:
        units = sentence.units()
        groups = self._clauses.find(units)
        if not groups:
            return []
        cues = self._cues.find(units)
        told = _said_behind(units, groups)
        kept: list[tuple[Evidence, Formula]] = []
        for group in groups:
            if group.at in told or (group.subordinate not in told and self._blockers.is_idle(group, cues)):
                continue
            evidence = self._witness.of(units, group, groups, cues)
            matrix = told.get(group.subordinate)
            if matrix is None:
                if self._blockers.block(units, groups, cues, evidence):
                    continue
                evidence.doubt = self._blockers.doubt(units, groups, cues, evidence)
            formula = self._formula(evidence, matrix)
            if formula is not None and (self.suggest or formula.score >= SURE):
                kept.append((evidence, formula))
        sure = [e.group for e, formula in kept if formula.score >= SURE]
        found: list[Found] = []
        for evidence, formula in kept:
            beside = sure if formula.score >= SURE else [e.group for e, _ in kept]
            first, last = _span(units, groups, beside, beside.index(evidence.group))
            if first < last:
                value = promise_value(units, groups, evidence, formula)
                value |= {"zone": sentence.zone, "sentence": [sentence.start, sentence.end]}
                about = self._objects.find(units, evidence.group, evidence.cls, first, last)
                value["object"] = [units[about[0]].start, units[about[1] - 1].end] if about else None
                start, end = units[first].start, sentence.with_brackets(units[last - 1].end)
                found.append(Found(start, end, f"promise:{formula.id}", value, formula.score))
        return found

    def _formula(self, evidence: Evidence, matrix: Group | None) -> Formula | None:
        """The formula that fits; under "zegt toe dat" any act will do, and the one who says so is bound."""
        first = self._formulas.first
        formula = first(
            evidence.frame, evidence.verb, evidence.cls, evidence.subject, evidence.features,
            doubtful=bool(evidence.doubt),
        )  # fmt: skip
        if matrix is not None:
            formula = formula or first("promise", evidence.verb, evidence.cls, matrix.subject, evidence.features)
            evidence.subject, evidence.group.subject_unit = matrix.subject, matrix.subject_unit
        return formula

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put the promises into `doc.spans`."""
        annotate(doc, self.spans_key, "PROMISE", found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its promises."""
        self.set_annotations(doc, self.find(doc))
        return doc


def _continued(row: list[list[Unit]], sentence: Sentence, text: str) -> list[list[Unit]]:
    """The cells of the row so far and this sentence as one more; a blank line begins a new row."""
    units = sentence.units()
    if not row or "\n\n" in text[row[-1][-1].end : sentence.start]:
        row = []
    return [*row, units] if units else row


def _said_behind(units: Sequence[Unit], groups: Sequence[Group]) -> dict[int, Group]:
    """What is said behind "zegt toe dat ...": the matrix verb and the unit "dat", each to the matrix group."""
    found: dict[int, Group] = {}
    for group in groups:
        if group.frame == "promise" and group.verb is not None and group.verb.id == "toezeggen":
            said = next((g for g in groups if g.subordinate > group.at and units[g.subordinate].low == "dat"), None)
            if said is not None:
                found[group.at] = found[said.subordinate] = group
    return found


def _span(units: Sequence[Unit], groups: Sequence[Group], kept: Sequence[Group], number: int) -> tuple[int, int]:
    """The units (half open) of a kept group's clause, with what promises nothing beside it up to a stop."""
    group = kept[number]
    before = [
        g for g in groups if g.subordinate < 0 and g.at < group.at and g.subject != "thing" and g.verb is not None
    ]
    first = max((p + 1 for p in range(min(group.at, group.last)) if units[p].is_stop), default=0)
    last = group.end
    if group.subordinate < 0 and before:
        first = max(first, group.start)
    if number:
        first = max(first, group.start, kept[number - 1].last + 1)
    if number + 1 < len(kept):
        following = kept[number + 1]
        last = (
            min(last, following.start) if following.start > group.last else max(group.last + 1, min(last, following.at))
        )
    while first < last and (units[first].kind == "mark" or units[first].low in ("en", "maar")):
        first += 1
    while last > first and (units[last - 1].kind == "mark" or units[last - 1].low in ("en", "maar", "of")):
        last -= 1
    return first, last


@Language.factory(
    "toezeggingen_promises",
    default_config={"spans_key": "promises", "suggest": False},
    requires=["doc.sents", "doc.spans"],
    assigns=["doc.spans"],
)
def create(nlp: Language, name: str, spans_key: str, suggest: bool) -> PromiseFinder:
    """The component as a config names it."""
    return PromiseFinder(spans_key=spans_key, suggest=suggest)
