"""What is true of a verb group's clause: the features that formulas ask for, its verb as meant, and its cues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from toezeggingen.components.units import GOVERNMENT, Group, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.verbs import Vocabulary

PASSIVES = frozenset({"passive", "future_passive", "may_passive"})


@dataclass(slots=True)
class Evidence:
    """A verb group with what speaks for and against it.

    `verb` is the infinitive as quoted, `cls` its class of act, `subject` who acts ("hidden" in a passive that does not
    say), `agent` who a passive names, `cues` the cues of the clause, `features` what formulas may need.
    """

    group: Group
    clause: Sequence[Unit]
    verb: str
    cls: str
    subject: str
    agent: str
    cues: frozenset[str]
    sentence_cues: frozenset[str]
    features: set[str]
    opener: str

    @property
    def frame(self) -> str:
        """The frame of the verb group."""
        return self.group.frame


class Witness:
    """Gathers the evidence of a verb group."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words = vocabulary.classes
        self._documents = self._compounds("document")
        self._products = self._compounds("product")
        self.nouns = lru_cache(maxsize=65536)(self._nouns)

    def _compounds(self, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
        words = self._vocabulary.classes[name]
        return words, tuple(word for word in words if len(word) > 3)

    def _nouns(self, word: str) -> int:
        """1 for a document, 2 for a product, 3 for both; compounds count by their last part ("voortgangsbrief")."""
        answer = 0
        for bit, (words, endings) in ((1, self._documents), (2, self._products)):
            if word in words or (len(word) > 7 and word.endswith(endings)):
                answer |= bit
        return answer

    def of(self, units: Sequence[Unit], group: Group, groups: Sequence[Group], cues: Sequence[tuple[int, str]]) -> Evidence:
        """The evidence of `group` among the `groups` of its sentence."""
        clause = units[group.start : group.end]
        verb, cls = self._meaning(group, clause)
        agent = self._agent(clause) if group.frame in PASSIVES else ""
        subject = group.subject
        if group.frame in PASSIVES and subject not in ("parliament", "u"):
            subject = "hidden"
        own = frozenset(name for place, name in cues if group.start <= place < group.end)
        every = frozenset(name for _, name in cues)
        evidence = Evidence(
            group, clause, verb, cls, agent or subject, agent, own, every, self._features(units, group, groups, clause),
            units[group.subordinate].low if group.subordinate >= 0 else "",
        )  # fmt: skip
        self._from_cues(evidence)
        return evidence

    def _meaning(self, group: Group, clause: Sequence[Unit]) -> tuple[str, str]:
        """The verb as quoted to a reader and its class, a fixed phrase taken into account."""
        if group.verb is None:
            return "", "none"
        phrases = self._vocabulary.phrases.get(group.verb.id)
        if phrases:
            text = f" {' '.join(unit.low for unit in clause)} "
            for phrase in phrases:
                if f" {phrase.words} " in text:
                    return phrase.id, phrase.cls
        return group.verb.id, group.verb.cls

    def _agent(self, clause: Sequence[Unit]) -> str:
        """Who a passive names behind "door": a government role, "third", or "" where nobody is named."""
        for place, unit in enumerate(clause[:-1]):
            if unit.low != "door" or not unit.is_word:
                continue
            ahead = clause[place + 1]
            if ahead.low in ("middel", "te"):
                continue
            if ahead.low in self._words["article"] and place + 2 < len(clause):
                ahead = clause[place + 2]
            if ahead.kind == "body":
                return ahead.role if ahead.role in GOVERNMENT else "third"
            return {"mij": "ik", "ons": "wij"}.get(ahead.low, "third")
        return ""

    def _features(
        self, units: Sequence[Unit], group: Group, groups: Sequence[Group], clause: Sequence[Unit]
    ) -> set[str]:
        """What the units of the clause say."""
        features: set[str] = set()
        first_verb = min(g.at for g in groups)
        if any(unit.kind == "term" and unit.role in ("calendar", "vague") for unit in units[:first_verb]):
            features.add("term")  # a term before the first verb holds for all acts of the sentence
        subject = units[group.subject_unit] if group.subject_unit >= 0 else None
        since_place = 99
        with_seen = False
        for number, unit in enumerate(clause, start=group.start):
            since_place += 1
            if unit.role == "parliament" or (unit.low == "u" and unit.is_word):
                features.add("parliament")
                if unit is not subject:
                    features.add("recipient")
            elif unit.kind == "body":
                features.add("third")
            elif unit.kind == "term":
                features |= {"term", "dated"} if unit.role == "calendar" else {{"vague": "term"}.get(unit.role, unit.role)}
                if any(self.nouns(word) & 1 for word in unit.low.split()):
                    features.add("document")
            elif unit.is_word:
                if unit.low in self._words["annex_place"]:
                    since_place = 0
                elif unit.low == "met":
                    with_seen = True
                elif unit.low == "er" and number < group.start + 12:
                    features.add("er")
                elif unit.low in self._words["therein"] and number < group.last:
                    features.add("therein")
                if nouns := self.nouns(unit.low):
                    if nouns & 2:
                        features.add("product")
                    if nouns & 1 and (since_place <= 7 or with_seen):
                        features.add("document")
                    if with_seen:
                        features.add("with")
        return features

    @staticmethod
    def _from_cues(evidence: Evidence) -> None:
        """Add what the cues and the verb say."""
        features, group, cues = evidence.features, evidence.group, evidence.sentence_cues
        if group.frame in PASSIVES and group.subject in ("parliament", "u"):
            features.add("recipient")
        if "document" in features:
            features.add("report")
        if "conditional" in cues:
            features.add("conditional")
        if "intended" in cues:
            features.add("expected")
        if evidence.verb in ("plannen", "voorzien", "inplannen"):
            features.add("planned")
        if "origin" in cues:
            features.add("origin")
            if group.verb is not None and group.verb.cls != "promise" and "fulfils" in cues:
                features.add("fulfils")
            if evidence.cls in ("discharge", "follow") and "future" not in group.frame:
                features.add("discharge")

    def names_this_letter(self, clause: Sequence[Unit]) -> bool:
        """Whether the clause speaks of "deze verzamelbrief", "dit verslag": what it does, it does now."""
        return any(
            before.low in ("deze", "dit") and unit.is_word and self.nouns(unit.low) & 1
            for before, unit in zip(clause, clause[1:], strict=False)
        )
