"""What keeps a clause from being a promise: denial, a condition it only states, another's words, this very letter.

Some of it is beyond doubt. Some only makes a promise unlikely: such a clause is no more than a suggestion, which the
trained judge may take up (`doubt`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.components.units import GOVERNMENT, Group, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.evidence import Evidence, Witness
    from toezeggingen.components.verbs import Vocabulary

_DEAD_FRAMES = frozenset({"past", "must"})
_DEAD_CLASSES = frozenset({"stance", "none", "fact", "move", "stand"})
_TOLD = frozenset({"inform", "send", "receive", "answer"})
_TOLD_IN = frozenset({"inform", "return", "attention", "take_along"})
_SOURCE = 8
"""Units from "volgens" in which the one who says so is named."""
_INNER_OPENERS = frozenset({"dat", "die", "of", "omdat", "waar", "wat", "als", "indien", "waarin", "waarbij"})


class Blockers:
    """Decides whether something in or around a clause keeps it from being a promise."""

    def __init__(self, vocabulary: Vocabulary, witness: Witness) -> None:
        self._words = vocabulary.classes
        self._witness = witness

    def is_idle(self, group: Group, cues: Sequence[tuple[int, str]]) -> bool:
        """Whether a verb group cannot promise anything: past, a need, a state, something done before."""
        if group.frame in _DEAD_FRAMES or group.frame == "be":
            return True
        if group.frame != "perfect":
            return False
        planned = group.verb is not None and group.verb.id in self._words["planned"]
        return not planned and not any(name == "origin" for _, name in cues)

    def block(
        self, units: Sequence[Unit], groups: Sequence[Group], cues: Sequence[tuple[int, str]], evidence: Evidence
    ) -> bool:
        """Whether the evidence is of no promise, beyond doubt."""
        asked = "on_behalf" in evidence.features
        if evidence.frame in _DEAD_FRAMES or (evidence.agent == "third" and not asked):
            return True
        negated = self._is_negated(units, evidence.group, cues)
        if "discharge" in evidence.features or (evidence.frame == "perfect" and "fulfils" in evidence.features):
            return negated or evidence.opener not in ("", "waarmee", "waarbij")
        return (
            negated
            or evidence.opener in self._words["condition"]
            or self._is_first_condition(units, evidence.group)
            or self._is_empty(evidence)
            or self._is_this_letter(evidence)
            or (evidence.subject not in GOVERNMENT and self._is_attributed(units, evidence))
        )

    def doubt(
        self, units: Sequence[Unit], groups: Sequence[Group], cues: Sequence[tuple[int, str]], evidence: Evidence
    ) -> str:
        """Why a clause that nothing blocks is hardly a promise; "" where nothing says so.

        "subordinate": it hangs on another clause. "now": it is done here or under way. "standing": policy without end.
        "habit": what others do, or is done, time and again. "vague": it is striven for, and no act is named.
        """
        features = evidence.features
        if "discharge" in features or (evidence.frame == "perfect" and "fulfils" in features):
            return ""
        if evidence.cls == "intend" and evidence.frame != "passive" and evidence.subject not in ("u", "parliament"):
            return "vague"
        if self._is_subordinate(units, groups, cues, evidence):
            return "subordinate"
        if self._is_under_way(evidence):
            return "now"
        staying = evidence.frame in ("present", "stay") or "blijven" in evidence.group.modals
        if staying and "standing" in evidence.cues and "term" not in features:
            return "standing"
        return "habit" if self._is_habit(evidence) else ""

    @staticmethod
    def _is_first_condition(units: Sequence[Unit], group: Group) -> bool:
        """Whether the finite verb opens a condition of its own: "Blijkt dat zo te zijn, dan ..."."""
        opens = group.at == 0 or units[group.at - 1].is_stop
        return (
            opens
            and group.subordinate < 0
            and any(units[p].low == "," and units[p + 1].low == "dan" for p in range(group.at + 1, len(units) - 1))
        )

    @staticmethod
    def _is_attributed(units: Sequence[Unit], evidence: Evidence) -> bool:
        """Whether it is what another says or expects: "volgens de raming van het CPB", "naar verwachting van ..."."""
        if "attributed" in evidence.near_cues:
            return True
        said = next((p for p, unit in enumerate(evidence.clause) if unit.low == "volgens"), -1)
        if said < 0:
            return False
        for unit in evidence.clause[said + 1 : said + _SOURCE]:
            if unit.kind != "word":
                return unit.kind == "body" and unit.role in ("third", "agency")
        return False

    @staticmethod
    def _is_habit(evidence: Evidence) -> bool:
        """Whether things happen as they always do, with nobody named who is bound by it."""
        if evidence.subject in ("ik", "wij", "cabinet", "minister", "ministry", "u", "parliament"):
            return False
        if evidence.frame not in ("present", "passive") or "recipient" in evidence.features:
            return False
        return "habit" in evidence.near_cues or ("recurring" in evidence.features and "anew" not in evidence.cues)

    def _is_subordinate(
        self, units: Sequence[Unit], groups: Sequence[Group], cues: Sequence[tuple[int, str]], evidence: Evidence
    ) -> bool:
        """Whether the clause hangs on another in a way that promises nothing."""
        opener, group, features = evidence.opener, evidence.group, evidence.features
        if not opener:
            return False
        if opener == "dat" and group.subordinate and units[group.subordinate - 1].low in ("toezegging", "belofte"):
            return False
        told = evidence.cls in _TOLD and "parliament" in features
        near = units[group.subordinate : max(group.at, group.last) + 2]
        dated = any(unit.kind == "term" and unit.role == "calendar" for unit in near)
        if opener != "dat":  # a relative clause: "de brief die u in mei ontvangt"
            return not told and not (dated and evidence.subject in GOVERNMENT)
        if evidence.subject not in GOVERNMENT and not told and "expected" not in features:
            return True
        if evidence.frame in ("present", "let", "stay") and not told and not features & {"term", "origin"}:
            return True
        return evidence.frame == "want" or self._is_reported(groups, cues, group)

    @staticmethod
    def _is_reported(groups: Sequence[Group], cues: Sequence[tuple[int, str]], group: Group) -> bool:
        """Whether a dat-clause hangs on a verb by which another asks, wants, thinks or told it."""
        matrix = next((g for g in reversed(groups) if g.at < group.subordinate), None)
        if matrix is None:
            return any(name == "reported" and place < group.subordinate for place, name in cues)
        if matrix.subject in GOVERNMENT:
            return matrix.frame in ("must", "may")
        if matrix.frame == "perfect":
            return True  # "is toegezegd dat", "is aangekondigd dat": told again, not promised
        return any(name == "reported" and matrix.at - 6 <= place < group.subordinate for place, name in cues)

    def _is_empty(self, evidence: Evidence) -> bool:
        """Whether the verb promises nothing that could be checked."""
        cls, features = evidence.cls, evidence.features
        told = "blijven" in evidence.group.modals and "recipient" in features  # "zal u blijven informeren"
        if not told and not self._words["dead_modal"].isdisjoint(evidence.group.modals):
            return True
        if cls in _DEAD_CLASSES or (cls == "receive" and evidence.subject in GOVERNMENT):
            return True
        if cls == "attention" and "document" not in features:
            return True
        return cls == "work" and not features & {"product", "term"}

    def _is_this_letter(self, evidence: Evidence) -> bool:
        """Whether the letter itself does it, or one that was sent before."""
        if "origin" in evidence.sentence_cues:
            return False
        at_once = evidence.frame in ("present", "passive")
        if (
            at_once
            and "past_paper" in evidence.features
            and evidence.cls in _TOLD_IN
            and "term" not in evidence.features
        ):
            return True  # "in de brief van 9 december wordt ingegaan op"
        if "this_letter" in evidence.cues or ("hereby" in evidence.cues and at_once):
            return True
        return at_once and "dated" not in evidence.features and self._witness.names_this_letter(evidence.clause)

    def _is_under_way(self, evidence: Evidence) -> bool:
        """Whether it is told here and now, or under way already."""
        frame, features = evidence.frame, evidence.features
        announced = frame == "present" and evidence.verb in self._words["announcing"]
        if announced and "origin" not in evidence.sentence_cues and not features & {"term", "event"}:
            return True
        return (
            frame in ("present", "passive")
            and "now" in evidence.cues
            and not features & {"term", "recipient", "on_behalf"}
        )

    @staticmethod
    def _is_negated(units: Sequence[Unit], group: Group, cues: Sequence[tuple[int, str]]) -> bool:
        """Whether the clause denies its verb; "niet alleen" and the like deny nothing."""
        first = min(group.at, group.subject_unit if group.subject_unit >= 0 else group.at)
        begin = group.start
        if group.subordinate < 0:  # what a subordinate clause in front denies is not denied here
            begin = next((p + 1 for p in range(first - 1, begin, -1) if units[p].low == ","), begin)
        end = max(group.last, group.at) + 2
        if group.frame in ("present", "stay") and group.subordinate < 0:  # "ik verleng de regeling in 2025 niet"
            end = max(end, next((p for p in range(group.at + 1, group.end) if units[p].low == ","), group.end))
        near = [
            (place, name)
            for place, name in cues
            if name in ("negation", "no_negation") and min(begin, first) <= place < end
        ]
        if not near or any(name == "no_negation" for _, name in near):
            return False
        if any(units[p].low in ("maar", "doch") for p in range(near[-1][0], min(len(units), end))):
            return False  # "niet in maart maar in mei"
        inner = False
        denied = {place for place, _ in near}
        for place in range(min(begin, first), min(len(units), end)):
            unit = units[place]
            if unit.kind == "mark":
                inner = False
            elif unit.low in _INNER_OPENERS and place > group.at + 1:
                inner = True
            if place in denied and not inner:
                return True
        return False
