"""What is true of a verb group's clause: the features that formulas ask for, its verb as meant, and its cues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toezeggingen.components.units import GOVERNMENT, Group, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.verbs import Vocabulary

_NO_ADDRESSEE = frozenset(
    {"u", "aanleiding", "toezegging", "toezeggingen", "motie", "verzoek", "wens", "verwachting", "voren"}
)
_POINTING = frozenset({"die", "dat", "dit", "deze"})
PASSIVES = frozenset({"passive", "future_passive", "may_passive"})


@dataclass(slots=True)
class Evidence:
    """A verb group with what speaks for and against it.

    `verb` is the infinitive as quoted, `cls` its class of act, `subject` who acts ("hidden" in a passive that does not
    say), `agent` who a passive names, `cues` the cues of the clause, `near_cues`
    those of the sentence that no clause inside it keeps to itself, `features` what formulas may need, `doubt` why it
    is hardly a promise ("" where nothing says so).
    """

    group: Group
    clause: Sequence[Unit]
    verb: str
    cls: str
    subject: str
    agent: str
    cues: frozenset[str]
    sentence_cues: frozenset[str]
    near_cues: frozenset[str]
    features: set[str]
    opener: str
    doubt: str = ""

    @property
    def frame(self) -> str:
        """The frame of the verb group."""
        return self.group.frame


def _is_dated(units: Sequence[Unit], paper: int) -> bool:
    """Whether a paper bears a day that is no term, as it has gone by: "de brief van 9 december 2025"."""
    behind = units[paper + 1 : paper + 3]
    return len(behind) == 2 and behind[0].low == "van" and behind[1].is_word and behind[1].low.isdigit()


class Witness:
    """Gathers the evidence of a verb group."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words = vocabulary.classes
        self._documents = self._compounds("document")
        self._products = self._compounds("product")
        self._reports = self._compounds("report")
        self.nouns = lru_cache(maxsize=65536)(self._nouns)

    def _compounds(self, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
        words = self._vocabulary.classes[name]
        return words, tuple(word for word in words if len(word) > 3)

    def _nouns(self, word: str) -> int:
        """Bits: 1 a document, 2 a product, 4 a report; compounds count by their last part ("voortgangsbrief")."""
        answer = 0
        for bit, (words, endings) in ((1, self._documents), (2, self._products), (4, self._reports)):
            if word in words or (len(word) > 7 and word.endswith(endings)):
                answer |= bit
        return answer

    def of(
        self, units: Sequence[Unit], group: Group, groups: Sequence[Group], cues: Sequence[tuple[int, str]]
    ) -> Evidence:
        """The evidence of `group` among the `groups` of its sentence."""
        clause = units[group.start : group.end]
        verb, cls = self._meaning(group, clause)
        agent = self._agent(clause) if group.frame in PASSIVES else ""
        subject = group.subject
        if group.frame in PASSIVES and subject not in ("parliament", "u"):
            subject = "hidden"
        if subject == "thing" and cls == "return":
            subject = "he"
        if (
            group.frame not in PASSIVES
            and subject in ("parliament", "u")
            and cls in ("inform", "send", "answer", "return")
        ):
            subject = "he"  # "en zal u berichten": the addressee does not inform, the one named before does
        own = frozenset(name for place, name in cues if group.start <= place < group.end)
        every = frozenset(name for _, name in cues)
        inner = self._inner_clause(units, group)
        near = frozenset(
            name for place, name in cues if place < inner and (place < group.end or group.subordinate >= 0)
        )
        if "intended" in own and self._term_inside(units, group, inner):
            near |= {"intended"}
        evidence = Evidence(
            group, clause, verb, cls, agent or subject, agent, own, every, near,
            self._features(units, group, groups, clause, inner),
            units[group.subordinate].low if group.subordinate >= 0 else "",
        )  # fmt: skip
        self._from_cues(evidence)
        if self._is_consequence(units, group):
            evidence.features.add("consequence")
        if any(u.low in ("nu", "thans") and self._dated_soon(clause, p) for p, u in enumerate(clause)):
            evidence.features.add("moved")
        return evidence

    @staticmethod
    def _term_inside(units: Sequence[Unit], group: Group, inner: int) -> bool:
        """Whether the only term stands in the clause within: "start een proef, die naar verwachting in mei af is"."""
        terms = [p for p in range(group.start, group.end) if units[p].kind == "term" and units[p].role == "calendar"]
        return bool(terms) and terms[0] > inner

    @staticmethod
    def _dated_soon(clause: Sequence[Unit], place: int) -> bool:
        """Whether a dated term follows within four units: "nu naar verwachting eind mei"."""
        return any(unit.kind == "term" and unit.role == "calendar" for unit in clause[place + 1 : place + 5])

    @staticmethod
    def _is_consequence(units: Sequence[Unit], group: Group) -> bool:
        """Whether the clause is what follows from a condition: "blijkt dat, dan zal ik", "als dat kan, kom ik"."""
        if group.subordinate >= 0:
            return False
        then = group.at - 1
        if then >= 1 and units[then].low == "dan" and units[then - 1].low == ",":
            return True
        return units[0].low == "als" and any(u.low == "," for u in units[: group.at])

    def _inner_clause(self, units: Sequence[Unit], group: Group) -> int:
        """The unit behind the verbs where a clause opens that is about what is promised ("..., of dat nodig is")."""
        inner = self._words["subordinator"] - self._words["condition"] | {"of", "hoe", "wat", "wie", "waarom"}
        places = range(max(group.last, group.at) + 1, len(units))
        return next((p for p in places if units[p].is_word and units[p].low in inner), len(units))

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
        if group.verb.id == "overleggen" and any(unit.low == "met" for unit in clause):
            return "overleggen", "talk"  # with somebody; else it hands over papers
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

    def _is_other(self, clause: Sequence[Unit], place: int) -> bool:
        """Whether what stands at `place` behind "aan" or "naar" is somebody else than parliament."""
        towards = clause[place - 1].low == "naar"
        if place < len(clause) and clause[place].low in self._words["article"]:
            place += 1
        if place >= len(clause) or clause[place].role == "parliament" or clause[place].low in _NO_ADDRESSEE:
            return False
        return clause[place].kind == "body" or not towards  # "onderzoek naar de oorzaak" addresses nobody

    def _features(
        self, units: Sequence[Unit], group: Group, groups: Sequence[Group], clause: Sequence[Unit], inner: int
    ) -> set[str]:
        """What the units of the clause say; addressees count before unit `inner`, where an inner clause opens."""
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
            elif unit.kind == "term" and unit.role == "recurring":
                if number < inner:
                    features.add("recurring")
            elif unit.kind == "term":
                features |= (
                    {"term", "dated"} if unit.role == "calendar" else {{"vague": "term"}.get(unit.role, unit.role)}
                )
                nouns = 0
                for word in unit.low.split():
                    nouns |= self.nouns(word)
                features |= {"document"} if nouns & 1 else set()
                features |= {"report"} if nouns & 4 else set()
            elif unit.is_word:
                if number < inner and unit.low in ("aan", "naar") and self._is_other(clause, number - group.start + 1):
                    features.add("elsewhere")
                elif unit.low in self._words["asked"]:
                    features.add("asked")
                if unit.low in self._words["annex_place"]:
                    since_place = 0
                elif unit.low == "met":
                    with_seen = True
                elif unit.low == "er" and number < group.start + 12:
                    features.add("er")
                elif unit.low in self._words["therein"] and number < group.last:
                    features.add("therein")
                if nouns := self.nouns(unit.low):
                    if nouns & 1:
                        features.add("paper")
                        if _is_dated(units, number):
                            features.add("past_paper")
                    if (
                        number >= group.start + 2
                        and units[number - 1].low in _POINTING
                        and units[number - 2].low == "in"
                    ):
                        features.add("pointed")
                    if nouns & 2:
                        features.add("product")
                    if nouns & 1 and (since_place <= 7 or with_seen):
                        features.add("document")
                        if nouns & 4:
                            features.add("report")
                    if with_seen:
                        features.add("with")
        return features

    def _from_cues(self, evidence: Evidence) -> None:
        """Add what the cues and the verb say."""
        features, group, cues = evidence.features, evidence.group, evidence.sentence_cues
        if group.frame in PASSIVES and group.subject in ("parliament", "u"):
            features.add("recipient")
        if "conditional" in cues:
            features.add("conditional")
        if "intended" in cues:
            features.add("expected")
        if evidence.verb in self._words["planned"] and not self._is_given(evidence):
            features.add("planned")
        if "on_behalf" in evidence.near_cues:
            features.add("on_behalf")
        if "origin" in cues:
            features.add("origin")
            if group.verb is not None and group.verb.cls != "promise" and "fulfils" in cues:
                features.add("fulfils")
            if evidence.cls in ("discharge", "follow") and "future" not in group.frame:
                features.add("discharge")

    @staticmethod
    def _is_given(evidence: Evidence) -> bool:
        """Whether "voorzien" means that somebody was given something ("van advies voorzien") and nothing is planned."""
        group = evidence.group
        behind = evidence.clause[group.at + 1 - group.start : group.last + 2 - group.start]
        return evidence.verb == "voorzien" and any(unit.low == "van" for unit in behind)

    def names_this_letter(self, clause: Sequence[Unit]) -> bool:
        """Whether the clause speaks of "deze verzamelbrief", "dit verslag": what it does, it does now."""
        return any(
            before.low in ("deze", "dit") and unit.is_word and self.nouns(unit.low) & 5 == 5
            for before, unit in pairwise(clause)
        )
