"""Spans to promises: the verb groups of each sentence, held against the numbered list of formulas.

A promise is a clause whose subject is the government side (or a passive that hides it), whose verb is an act that can be
checked, and which nothing blocks. The words are in the lexicons; the grammar is in `clauses`, what speaks for a clause in
`evidence`, what speaks against it in `blockers`, and the list in `formulas`. Here they meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import srsly
from spacy.language import Language
from spacy.util import from_disk, to_disk

from toezeggingen import lexicons
from toezeggingen.components.actions import Actions
from toezeggingen.components.blockers import Blockers
from toezeggingen.components.clauses import Clauses
from toezeggingen.components.cues import Cues
from toezeggingen.components.evidence import Evidence, Witness
from toezeggingen.components.formulas import Formula, FormulaList
from toezeggingen.components.objects import Objects
from toezeggingen.components.sentence_units import Sentence, sentences
from toezeggingen.components.spans import Found, annotate, text_of
from toezeggingen.components.verbs import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from spacy.tokens import Doc
    from spacy.training import Example

    from toezeggingen.components.units import Group, Unit

LEXICONS = ("verbs", "auxiliaries", "phrases", "word_classes", "cues", "formulas")
_SILENT_ZONES = frozenset({"furniture", "head", "signature", "question", "heading"})
_DONE = ("\nAfgedaan", "\nVoldaan", "\nNagekomen", ". Afgedaan", ". Voldaan")
_ACTION_ZONES = frozenset({"table", "list"})


class PromiseFinder:
    """Finds promises; needs the sentences, and uses the bodies, deadlines and citations found before it."""

    def __init__(self, *, spans_key: str = "promises") -> None:
        self.spans_key = spans_key
        self._sources: dict[str, str] = {}

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]] | None = None,
        *,
        nlp: Language | None = None,
        lexicon: dict[str, str] | None = None,
    ) -> None:
        """Load the lexicons, from `lexicon` (name -> lines of JSON) or the package's own."""
        given = lexicon or {}
        self._load({name: given.get(name) or lexicons.source(name).decode("utf-8") for name in LEXICONS})

    def _load(self, sources: dict[str, str]) -> None:
        def lines(name: str, *keys: str) -> list[dict[str, Any]]:
            required = frozenset({*keys, "example"})
            return lexicons.parse(sources[name], file=f"{name}.jsonl", required=required)

        self._sources = sources
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
                "formulas", "name", "pattern", "meaning", "frames", "classes", "verbs", "subjects", "needs", "any_of", "kind",
                "score",
            )  # fmt: skip
        )

    # --- finding ---------------------------------------------------------------------------------------------------

    def find(self, doc: Doc) -> list[Found]:
        """The promises of a Doc whose sentences are marked, as clauses of its text."""
        text = text_of(doc)
        promises: list[Found] = []
        row: list[list[Unit]] = []
        for sentence in sentences(doc):
            if sentence.zone in _SILENT_ZONES or "?" in sentence.words[-2:]:
                continue
            if sentence.zone in _ACTION_ZONES:
                row = _continued(row, sentence, text)
                action = self._action(row, sentence.zone)
                if action is not None:
                    promises.append(action)
                    row = []
            if any(word in self._finite for word in sentence.words):
                promises += self._in_sentence(sentence)
        return _repeats_marked(text, _retold_settled(text, promises))

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
            "subject": "ik", "subject_span": None, "status": "made", "strength": "firm", "zone": zone,
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
            if group.at in told:
                continue
            evidence = self._witness.of(units, group, groups, cues)
            matrix = told.get(group.subordinate)
            if matrix is None and self._blockers.block(units, groups, cues, evidence):
                continue
            formula = self._formula(evidence, matrix)
            if formula is not None:
                kept.append((evidence, formula))
        found: list[Found] = []
        for number, (evidence, formula) in enumerate(kept):
            first, last = _span(units, groups, [e.group for e, _ in kept], number)
            if first < last:
                value = _value(units, groups, evidence, formula)
                value |= {"zone": sentence.zone, "sentence": [sentence.start, sentence.end]}
                about = self._objects.find(units, evidence.group, evidence.cls, first, last)
                value["object"] = [units[about[0]].start, units[about[1] - 1].end] if about else None
                start, end = units[first].start, units[last - 1].end
                found.append(Found(start, end, f"promise:{formula.id}", value, formula.score))
        return found

    def _formula(self, evidence: Evidence, matrix: Group | None) -> Formula | None:
        """The formula that fits; under "zegt toe dat" any act will do, and the one who says so is bound."""
        first = self._formulas.first
        formula = first(evidence.frame, evidence.verb, evidence.cls, evidence.subject, evidence.features)
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

    # --- storing ---------------------------------------------------------------------------------------------------

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicons into the model folder."""
        writers = {f"{name}.jsonl": (lambda p, n=name: p.write_text(self._sources[n], encoding="utf-8")) for name in LEXICONS}
        to_disk(path, writers, exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> PromiseFinder:
        """Read the lexicons from the model folder."""
        sources: dict[str, str] = {}
        readers = {
            f"{name}.jsonl": (lambda p, n=name: sources.__setitem__(n, p.read_text(encoding="utf-8"))) for name in LEXICONS
        }
        from_disk(path, readers, exclude)
        self._load(sources)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The lexicons as bytes."""
        return bytes(srsly.msgpack_dumps(self._sources))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> PromiseFinder:
        """Load the lexicons from bytes."""
        self._load(srsly.msgpack_loads(data))
        return self


def _continued(row: list[list[Unit]], sentence: Sentence, text: str) -> list[list[Unit]]:
    """The cells of the row so far and this sentence as one more; a blank line begins a new row."""
    units = sentence.units()
    if not row or "\n\n" in text[row[-1][-1].end : sentence.start]:
        row = []
    return [*row, units] if units else row


def _said_behind(units: Sequence[Unit], groups: Sequence[Group]) -> dict[int, Group]:
    """ "zegt toe dat ...": the clause says what is promised. Maps the matrix verb and the unit "dat" to the matrix group."""
    found: dict[int, Group] = {}
    for group in groups:
        if group.frame == "promise" and group.verb is not None and group.verb.id == "toezeggen":
            said = next((g for g in groups if g.subordinate > group.at and units[g.subordinate].low == "dat"), None)
            if said is not None:
                found[group.at] = found[said.subordinate] = group
    return found


def _value(units: Sequence[Unit], groups: Sequence[Group], evidence: Evidence, formula: Formula) -> dict[str, Any]:
    """What a promise says, as JSON values; `subject_span`, `verb` and `first_verb` are characters of the Doc."""
    group = evidence.group
    subject = units[group.subject_unit] if group.subject_unit >= 0 else None
    first, last = min(group.at, group.last), max(group.at, group.last)
    return {
        "formula": formula.id,
        "kind": _kind(evidence, formula),
        "action": evidence.verb,
        "frame": group.frame,
        "subject": evidence.subject,
        "subject_span": [subject.start, subject.end] if subject else None,
        "verb": [units[first].start, units[last].end],
        "first_verb": units[groups[0].at].start,
        "relative": evidence.opener in ("die", "dat", "welke"),
        "status": _status(evidence),
        "strength": _strength(evidence),
    }


def _kind(evidence: Evidence, formula: Formula) -> str:
    """inform where parliament will get it, act for all else: by the formula, or by the verb and who else is addressed."""
    features, cls, subject = evidence.features, evidence.cls, evidence.subject
    told = "recipient" in features
    if not told and (subject == "agency" or "elsewhere" in features):
        return "inform" if formula.kind == "inform" and cls in ("receive", "arrive", "discharge", "follow") else "act"
    if cls == "come" and formula.kind == "paper":
        told = "parliament" in features or evidence.verb == "volgen"
        return "inform" if told or ("paper" in features and evidence.verb == "verschijnen") else "act"
    if formula.kind == "inform":
        return "act" if cls == "answer" and not told and "asked" not in features and "paper" in features else "inform"
    if formula.kind in features or (formula.kind == "told" and (told or "paper" in features)):
        return "inform"
    if cls == "send" or (cls == "inform" and (told or subject in ("ik", "wij"))):
        return "inform"
    return "inform" if cls == "answer" and not features.isdisjoint({"asked", "recipient"}) else "act"


def _status(evidence: Evidence) -> str:
    """made, repeated, postponed or fulfilled, by the cues of the sentence."""
    features, cues = evidence.features, evidence.near_cues
    if "discharge" in features or (evidence.frame == "perfect" and "fulfils" in features):
        return "fulfilled"
    here = not evidence.cues.isdisjoint({"this_letter", "hereby"})
    undated = evidence.frame == "present" and features.isdisjoint({"term", "event", "document"})
    if "origin" in evidence.sentence_cues and (here or ("origin" in cues and undated)):
        return "fulfilled"
    moved = "moved" in features and evidence.frame in ("present", "passive", "may", "future", "aim", "purpose")
    if moved or ("postponed" in cues and "conditional" not in cues):
        return "postponed"
    return "repeated" if "origin" in cues or "again" in cues else "made"


def _strength(evidence: Evidence) -> str:
    """firm, intended or conditional, by the frame and the cues of the sentence."""
    if "conditional" in evidence.near_cues or "consequence" in evidence.features:
        return "conditional"
    if evidence.frame in ("want", "intention", "aim", "purpose", "may_passive") or "intended" in evidence.near_cues:
        return "intended"
    return "firm"


def _span(units: Sequence[Unit], groups: Sequence[Group], kept: Sequence[Group], number: int) -> tuple[int, int]:
    """The units (half open) of a kept group's clause; a clause beside it that promises nothing belongs to it up to a stop."""
    group = kept[number]
    before = [g for g in groups if g.subordinate < 0 and g.at < group.at and g.subject != "thing" and g.verb is not None]
    first = max((p + 1 for p in range(min(group.at, group.last)) if units[p].is_stop), default=0)
    last = group.end
    if group.subordinate < 0 and before:
        first = max(first, group.start)
    if number:
        first = max(first, group.start, kept[number - 1].last + 1)
    if number + 1 < len(kept):
        following = kept[number + 1]
        last = min(last, following.start) if following.start > group.last else max(group.last + 1, min(last, following.at))
    while first < last and (units[first].kind == "mark" or units[first].low in ("en", "maar")):
        first += 1
    while last > first and (units[last - 1].kind == "mark" or units[last - 1].low in ("en", "maar", "of")):
        last -= 1
    return first, last


def _retold_settled(text: str, promises: list[Found]) -> list[Found]:
    """The promises, with those that a table only tells again ("De minister zegt toe ...") settled by their row.

    Where the row holds a live promise the retelling goes; where it says that the promise is done ("Afgedaan met de brief
    van ...") that sentence is its discharge.
    """
    settled: list[Found] = []
    for promise in promises:
        retold = promise.value["frame"] == "promise" and promise.value["subject"] == "minister"
        if not retold or promise.value["zone"] != "table":
            settled.append(promise)
            continue
        first = text.rfind("\n\n", 0, promise.start) + 1
        last = text.find("\n\n", promise.end)
        last = len(text) if last < 0 else last
        if any(p is not promise and first <= p.start and p.end <= last for p in promises):
            continue
        done = next((at for word in _DONE if (at := text.find(word, first, last)) >= 0), -1)
        if done >= 0:
            done += text[done : done + 2].find("\n") + 1 or 2  # behind the line break, or the full stop and its space
            end = min(p for p in (text.find(". ", done), text.find("\n", done), len(text)) if p >= 0)
            value = {**promise.value, "status": "fulfilled", "kind": "inform", "object": None, "verb": [done, end]}
            promise = Found(done, end, promise.rule, value, promise.score)  # noqa: PLW2901
        settled.append(promise)
    return settled


def _repeats_marked(text: str, promises: list[Found]) -> list[Found]:
    """The promises; the same act in nearly the same words as earlier in the letter is a repetition."""
    seen: list[tuple[str, frozenset[str]]] = []
    marked: list[Found] = []
    for promise in promises:
        words = frozenset(w for w in text[promise.start : promise.end].lower().split() if len(w) > 4)
        action = promise.value["action"]
        again = any(action == other and len(words & said) >= 0.75 * max(len(words | said), 1) for other, said in seen)
        seen.append((action, words))
        if again and promise.value["status"] == "made":
            value = {**promise.value, "status": "repeated"}
            promise = Found(promise.start, promise.end, promise.rule, value, promise.score)  # noqa: PLW2901
        marked.append(promise)
    return marked


@Language.factory(
    "toezeggingen_promises",
    default_config={"spans_key": "promises"},
    requires=["doc.sents", "doc.spans"],
    assigns=["doc.spans"],
)
def create(nlp: Language, name: str, spans_key: str) -> PromiseFinder:
    """The component as a config names it."""
    return PromiseFinder(spans_key=spans_key)
