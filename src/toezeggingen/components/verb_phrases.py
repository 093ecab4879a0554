"""What a finite verb governs: infinitives, participles, "te" and the particle of a separable verb.

Dutch puts them at the far end of the clause ("zal ik uw Kamer in mei over de uitkomsten informeren"), or round it
("stuur ik ... toe"). Each method looks for one of them among the units and fills in the group's verb, frame and last
unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.components.units import GOVERNMENT, Group, Unit
from toezeggingen.components.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toezeggingen.components.verbs import Reading, Vocabulary

_NOMINAL = frozenset({"het", "te", "een", "van", "bij", "door", "tot", "na", "de"})
_PASSIVE_FRAMES = {
    "future": "future_passive",
    "going": "future_passive",
    "want": "future_passive",
    "may": "may_passive",
}


def _is_given(units: Sequence[Unit], place: int) -> bool:
    """Whether "voorzien" only says what comes along: ", voorzien van een reactie, ..."."""
    return (
        units[place].low == "voorzien"
        and place + 1 < len(units)
        and units[place + 1].low == "van"
        and units[place - 1].kind == "mark"
    )


def next_stop(units: Sequence[Unit], at: int) -> int:
    """The first unit after `at` that ends a clause, or the number of units."""
    return next((place for place in range(at + 1, len(units)) if units[place].is_stop), len(units))


class VerbPhrases:
    """Finds what a finite verb governs."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._prepositions = vocabulary.classes["preposition"]
        self._articles = vocabulary.classes["article"]
        self._nouns = vocabulary.classes["noun"]
        self._subordinators = vocabulary.classes["subordinator"]
        self._coordinators = vocabulary.classes["coordinator"]

    def own_units(self, units: Sequence[Unit], at: int, end: int) -> list[int]:
        """Units behind `at` that belong to its own clause: subordinate clauses up to their comma are left out."""
        own: list[int] = []
        inside = closed = False
        opener = ""
        for place in range(at + 1, end):
            unit = units[place]
            if unit.kind == "mark":
                if unit.low in ",–-" and (closed or opener not in ("dat", "of")):
                    inside = False  # a comma before a dat-clause has its verb only sets something apart in it
                continue
            closed = closed or (inside and unit.low in self.vocabulary.finite)
            if unit.is_word and (unit.low in self._subordinators or unit.low == "zoals") and place > at + 2:
                previous = units[place - 1]
                if not (previous.is_word and (previous.low in self._prepositions or previous.low in ("en", "zowel"))):
                    inside, closed, opener = True, False, unit.low
            if not inside:
                own.append(place)
        return own

    def closes(self, units: Sequence[Unit], place: int) -> bool:
        """Whether a verb form at `place` closes its phrase, rather than qualify a noun ("gestuurde brief")."""
        if place + 1 >= len(units):
            return True
        after = units[place + 1]
        if after.kind in ("mark", "cite", "term"):
            return True
        if after.kind == "body":
            return False
        words = self.vocabulary
        return (
            after.low in self._prepositions
            or after.low in self._coordinators
            or after.low in self._subordinators
            or after.low in self._articles
            or after.low in words.finite
            or after.low in words.participles
            or after.low in ("dan", "zoals")
        )

    # --- infinitives -----------------------------------------------------------------------------------------------

    def infinitive(self, units: Sequence[Unit], end: int, group: Group) -> None:
        """The infinitive that a modal governs: "zal ik ... sturen", "die ik zal sturen", "zal worden gestuurd"."""
        at = group.at
        if group.subordinate >= 0:
            near = [at - 1, at - 2] if at - 1 > group.subordinate else []
            attempts: list[Iterable[int]] = [[*range(at + 1, min(end, at + 4)), *near]]
        else:
            attempts = [self.own_units(units, at, end)]
            if group.frame in ("future", "going"):
                attempts.append(
                    range(end - 1, at, -1)
                )  # behind a subordinate clause whose comma was lost: the last one
        for strict, places in zip((True, False), attempts, strict=False):
            for place in places:
                known = self.vocabulary.infinitives.get(units[place].low) if units[place].is_word else None
                sure = strict or (known is not None and known[0].cls != "stance" and self.closes(units, place))
                if known and sure and self._takes(units, place, end, group):
                    return
        if group.subject in GOVERNMENT and group.subordinate < 0 and group.frame in ("future", "going"):
            self._unknown_infinitive(units, end, group)

    def second_infinitive(self, units: Sequence[Unit], end: int, group: Group) -> Group | None:
        """A second act under the same modal ("zal ik A verzoeken ... en uw Kamer ... laten weten"), or None.

        Two infinitives side by side with one object ("maken en opnemen") are one act.
        """
        joint = next((p for p in range(group.last + 1, end) if units[p].is_word and units[p].low == "en"), -1)
        if joint < 0 or joint + 1 >= end or units[joint + 1].low in ("het", "te", "om"):
            return None
        addressed = units[joint + 1].role == "parliament"
        for place in range(joint + (2 if addressed else 3), end):
            verbs = self.vocabulary.infinitives.get(units[place].low) if units[place].is_word else None
            if (
                verbs is None
                or (verbs[0].cls == "stance" and units[place].low != "laten")
                or not self._is_verbal(units, place)
                or not self.closes(units, place)
            ):
                continue
            between = {units[p].low for p in range(joint + 1, place)}
            if (
                not between.isdisjoint(self._subordinators)
                or "blijven" in between
                or (place + 1 < end and units[place + 1].low == "van")
            ):
                return None
            second = Group(group.frame, group.at, None, group.subject, group.subject_unit, place, -1, start=joint + 1)
            self._takes(units, place, end, second)
            return second if second.verb is not None else None
        return None

    def _takes(self, units: Sequence[Unit], place: int, end: int, group: Group) -> bool:
        """Try the unit at `place` as the infinitive; modals on the way to it are noted."""
        unit = units[place]
        verbs = self.vocabulary.infinitives.get(unit.low) if unit.is_word else None
        if verbs is None or not self._is_verbal(units, place):
            return False
        if unit.low == "worden":
            return self._passive_cluster(units, place, group)
        if (
            unit.low in ("kunnen", "moeten", "willen", "hoeven", "blijven", "gaan")
            and place + 1 < end
            and self._governs_more(units, place, group)
        ):
            group.modals = (*group.modals, unit.low)
            return False
        if place + 1 < len(units) and units[place + 1].low == "worden" and unit.low in self.vocabulary.participles:
            return self._passive_cluster(units, place + 1, group)
        group.last = max(place, group.at)
        if unit.low == "doen" and place + 1 < len(units) and units[place + 1].low in self.vocabulary.infinitives:
            group.last = place + 1  # "doen toekomen"
        if unit.low == "laten":
            self._caused(units, place, end, group)
            return True
        group.verb = self._joined(units, place - 1, place) or verbs[0]
        if group.frame == "let" and unit.low in self.vocabulary.let_verbs:
            group.frame, group.verb = "present", self.vocabulary.let_verbs[unit.low]
        if group.verb.cls == "intend":
            group.frame = "aim"
            self.te_infinitive(units, group.last, next_stop(units, group.last), group)
        return True

    def _governs_more(self, units: Sequence[Unit], place: int, group: Group) -> bool:
        """Whether another verb form stands beside a modal infinitive ("kunnen worden gestuurd", "sturen moeten")."""
        words = self.vocabulary
        beside = [place + 1, place + 2, place - 1]
        near = (units[p].low for p in beside if group.at < p < len(units))
        return any(low in words.infinitives or low in words.participles for low in near)

    def _is_verbal(self, units: Sequence[Unit], place: int) -> bool:
        """Whether an infinitive is a verb here and no noun ("het meenemen", "van werken") nor part of "te" with it."""
        before = units[place - 1] if place else None
        if units[place].low == "zijn" and not self.closes(units, place):
            return False  # the possessive
        if _is_given(units, place):
            return False
        if units[place].low in self._nouns and before is not None and before.low in self._articles:
            return False  # "deze vragen"
        return before is None or not before.is_word or before.low not in _NOMINAL

    def _joined(self, units: Sequence[Unit], particle: int, place: int) -> Verb | None:
        """The separable verb whose particle stands apart right before its infinitive ("mee nemen")."""
        if particle < 0 or not units[particle].is_word:
            return None
        verbs = self.vocabulary.infinitives.get(units[particle].low + units[place].low)
        return verbs[0] if verbs else None

    def _caused(self, units: Sequence[Unit], laten: int, end: int, group: Group) -> None:
        """Read "zal ... laten onderzoeken": the verb is the one beside laten, the frame is "let"."""
        infinitives = self.vocabulary.infinitives
        behind = (p for p in range(laten + 1, min(end, laten + 4)) if units[p].low in infinitives)
        before = (p for p in range(laten - 1, group.at, -1) if units[p].low in infinitives)
        place = next(behind, next(before, -1))
        group.frame = "let"
        if place >= 0 and units[place].low in self.vocabulary.let_verbs:
            group.frame, group.verb, group.last = (
                "future",
                self.vocabulary.let_verbs[units[place].low],
                max(laten, place),
            )
            return
        if place >= 0:
            group.verb, group.last = infinitives[units[place].low][0], max(laten, place)

    def _unknown_infinitive(self, units: Sequence[Unit], end: int, group: Group) -> None:
        """A verb no lexicon knows: the last word of the clause that looks like an infinitive and no noun."""
        for place in range(end - 1, group.at + 1, -1):
            unit, before = units[place], units[place - 1]
            if not unit.is_word or not unit.low.endswith("en") or len(unit.low) < 5 or not self.closes(units, place):
                continue
            if before.is_word and (before.low in self._articles or before.low in self._prepositions):
                continue
            group.verb, group.last = Verb(unit.low, "make", None), place
            return

    def te_infinitive(self, units: Sequence[Unit], at: int, end: int, group: Group) -> None:
        """The infinitive behind the first "te": "te informeren", "toe te sturen", "te laten onderzoeken"."""
        infinitives = self.vocabulary.infinitives
        for te in range(at + 1, min(end, len(units) - 1)):
            if units[te].low == "dat" and units[te - 1].kind != "mark" and group.frame == "promise":
                return  # "zeg ik toe dat": the clause says what
            if units[te].low != "te" or not units[te].is_word:
                continue
            place = te + 1
            if units[place].low in ("kunnen", "laten", "gaan", "blijven") and place + 1 < len(units):
                place += units[place + 1].low in infinitives
            verbs = infinitives.get(units[place].low)
            if verbs is None and units[place].low.endswith("en") and len(units[place].low) > 4:
                verbs = [Verb(units[place].low, "make", None)]
            if verbs is not None:
                group.verb, group.last = self._joined(units, te - 1, place) or verbs[0], place
                return

    # --- participles -----------------------------------------------------------------------------------------------

    def participle(self, units: Sequence[Unit], end: int, group: Group) -> None:
        """The participle of a passive or perfect: "wordt ... gestuurd", "dat ... gestuurd wordt"."""
        at, participles = group.at, self.vocabulary.participles
        if group.subordinate >= 0:
            attempts: list[Iterable[int]] = [(at + 1, at - 1, at - 2, at + 2)]
        else:
            attempts = [self.own_units(units, at, end), range(at + 1, end)]
        for places in attempts:
            for place in places:
                if not 0 <= place < len(units) or not units[place].is_word:
                    continue
                verbs = participles.get(units[place].low)
                compared = units[place - 1].low == "dan"  # "later dan gepland"
                if verbs is not None and not compared and not _is_given(units, place) and self.closes(units, place):
                    group.verb, group.last = verbs[0], max(place, at)
                    return

    def second_participle(self, units: Sequence[Unit], end: int, group: Group) -> Group | None:
        """A second act under the same passive, by which somebody is told: "wordt afgerond en aan u gestuurd"; or None.

        Other pairs of participles are one act ("wordt aangepast en verlengd").
        """
        joint = next((p for p in range(group.last + 1, end) if units[p].is_word and units[p].low == "en"), -1)
        if joint < 0:
            return None
        for place in range(joint + 2, end):
            verbs = self.vocabulary.participles.get(units[place].low) if units[place].is_word else None
            between = [units[p] for p in range(joint + 1, place)]
            if any(unit.is_stop or unit.low in self._subordinators for unit in between):
                return None
            if verbs is not None and verbs[0].cls in ("inform", "send", "publish") and self.closes(units, place):
                told = any(unit.role == "parliament" or unit.low == "u" for unit in between)
                second = Group(group.frame, group.at, verbs[0], group.subject, group.subject_unit, place, -1, joint + 1)
                return second if told else None
        return None

    def _passive_cluster(self, units: Sequence[Unit], worden: int, group: Group) -> bool:
        """The participle beside an infinitive "worden", or some units before it."""
        for place in (worden + 1, worden - 1, worden + 2, worden - 2, worden - 3, worden - 4, worden - 5):
            if 0 <= place < len(units) and units[place].is_word and place != group.at:
                verbs = self.vocabulary.participles.get(units[place].low)
                if verbs is not None:
                    group.verb, group.last = verbs[0], max(place, worden)
                    group.frame = _PASSIVE_FRAMES.get(group.frame, group.frame)
                    return True
        return False

    # --- separable verbs -------------------------------------------------------------------------------------------

    def separable(self, units: Sequence[Unit], at: int, readings: Sequence[Reading]) -> tuple[Verb | None, int]:
        """The verb a finite form means and its last unit: with its particle where that stands apart, else without."""
        joined = next((r.verb for r in readings if r.verb is not None and r.joined), None)
        if joined is not None:
            return joined, at
        by_particle = {r.verb.particle: r.verb for r in readings if r.verb is not None and r.verb.particle}
        if by_particle:
            limit = next_stop(units, at)
            for place in reversed(self.own_units(units, at, limit)):
                unit = units[place]
                if unit.is_word and unit.low in by_particle and self._is_particle(units, place, limit):
                    return by_particle[unit.low], place
        return next((r.verb for r in readings if r.verb is not None and r.verb.particle is None), None), at

    def _is_particle(self, units: Sequence[Unit], place: int, limit: int) -> bool:
        """Whether a word that may be a preposition is a particle here: nothing behind it that it could govern."""
        if place + 1 >= limit or units[place].low in self.vocabulary.classes["free_particle"]:
            return True
        after = units[place + 1]
        if after.kind != "word":
            return after.kind in ("mark", "term")
        if units[place].low == "samen":
            return after.low != "met"
        if after.low == "te":
            return False  # "uit te sluiten": the particle of that infinitive
        return after.low in self._prepositions or after.low in self._coordinators or after.low in self._subordinators
