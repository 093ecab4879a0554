"""The verbs of a sentence with their subject: a shallow grammar of Dutch clauses, on units instead of tokens.

A unit is a word, a mark, or a span that an earlier component found, so that a verb and its subject stand side by side
whatever the length of the subject's name. The grammar knows word order (main clause, inversion, subordinate clause) and
auxiliaries, and nothing of meaning: whether a clause is a promise is for `promises` to say. No spaCy here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.components.states import States
from toezeggingen.components.subjects import Subjects
from toezeggingen.components.units import GOVERNMENT, Group, Unit
from toezeggingen.components.verb_phrases import VerbPhrases, next_stop
from toezeggingen.components.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.verbs import Reading, Vocabulary

_PROPOSE = Verb("zich voorstellen", "intend", None)
_FULL_SUBJECT_CLASSES = frozenset({"come", "receive", "arrive", "move", "return", "stand", "fact"})


def _is_auxiliary(readings: Sequence[Reading] | None) -> bool:
    """Whether a word is a form of hebben or worden, behind which a verb form is a participle."""
    return any(r.role in ("have", "passive") for r in readings or ())


class Clauses:
    """Finds the verb groups of one sentence of units."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._phrases = VerbPhrases(vocabulary)
        self._states = States(vocabulary, self._phrases)
        self._subjects = Subjects(vocabulary)
        self._articles = vocabulary.classes["article"]
        self._prepositions = vocabulary.classes["preposition"]
        self._subordinators = vocabulary.classes["subordinator"]
        self._pronominal = vocabulary.classes["pronominal"]
        self._coordinators = vocabulary.classes["coordinator"]

    def find(self, units: Sequence[Unit]) -> list[Group]:
        """The verb groups, in order of their finite verb, each with the units (`start`, `end`) of its clause."""
        readings = [self.vocabulary.finite.get(unit.low) if unit.is_word else None for unit in units]
        groups: list[Group] = []
        taken: set[int] = set()
        for at, reading in enumerate(readings):
            if reading is None or at in taken:
                continue
            group = self._group(units, readings, at, groups)
            if group is not None:
                groups.append(group)
                if group.frame in ("future", "going") and group.verb is not None and group.subordinate < 0:
                    second = self._phrases.second_infinitive(units, self._field_end(units, readings, at), group)
                    if second is not None:
                        groups.append(second)
                        taken.update((second.last - 1, second.last))
                elif group.frame in ("passive", "future_passive") and group.verb is not None and group.subordinate < 0:
                    second = self._phrases.second_participle(units, self._field_end(units, readings, at), group)
                    if second is not None:
                        groups.append(second)
                if group.frame != "present":
                    taken.update(range(max(group.at + 1, group.last - 1), group.last + 1))
        self._bound(units, groups)
        return groups

    # --- one finite verb -------------------------------------------------------------------------------------------

    def _group(
        self, units: Sequence[Unit], readings: Sequence[list[Reading] | None], at: int, before: Sequence[Group]
    ) -> Group | None:
        if units[at].low == "zijn" and at and units[at - 1].is_word and units[at - 1].low in self._prepositions:
            return None  # the possessive
        subject, subject_unit = self._subjects.beside(units, at)
        subordinate = -1
        if not subject or subject_unit < at:
            subordinate = self._opener(units, readings, at)
            if subordinate >= 0 and subject and any(u.low == "," for u in units[subordinate:subject_unit]):
                subordinate = -1  # the clause it opened is over: "als dat kan, ik zal"
            if subordinate >= 0 and subject in ("", "parliament", "u"):
                inner = self._subjects.behind(units, subordinate, at)
                if not subject or inner[0] in GOVERNMENT:  # "waarna ik uw Kamer zal informeren"
                    subject, subject_unit = inner
        joined = self._joined_to(units, at, before) if subject in ("", "parliament", "u") else None
        if joined is not None and subordinate != joined.subordinate:
            subordinate = -1  # "ik steun dat voorstel en zal": dat opens nothing
        shared = (joined.subject, joined.subject_unit) if joined is not None else (subject, subject_unit)
        auxiliary = next((r.role for r in readings[at] or () if r.role != "lexical"), None)
        if auxiliary is None:
            if joined is not None and self._agrees(units[at].low, joined.subject, subject):
                subject, subject_unit = shared  # "... en stuur u dan het rapport toe"
            return self._full_verb(units, at, subject, subject_unit, subordinate, before)
        if not subject and units[at].low.endswith("en") and self._is_governed(units, at, subordinate, before):
            return None
        if auxiliary not in ("passive", "be", "have"):
            subject, subject_unit = shared
        group = Group(auxiliary, at, None, subject or "thing", subject_unit, at, subordinate)
        if auxiliary in ("past", "must"):
            return group
        end = self._field_end(units, readings, at) if subordinate < 0 else min(len(units), at + 7)
        if auxiliary == "passive":
            self._phrases.participle(units, end, group)
        elif auxiliary == "have":
            group.frame = "perfect"
            self._phrases.participle(units, end, group)
            if group.verb is None:
                self._phrases.infinitive(units, end, group)  # "heb ik laten onderzoeken"
                group.frame = "perfect"
            self._states.decide(units, group)
        elif auxiliary == "be":
            self._states.read(units, end, group)
        elif auxiliary == "want" and at + 1 < len(units) and units[at + 1].low == "dat":
            pass  # "ik wil dat": an outcome for others
        else:
            self._phrases.infinitive(units, end, group)
            if auxiliary in ("going", "let") and (
                group.verb is None or self._is_phrase(units, at, group) or self._has_particle(units, at, group)
            ):
                return self._full_verb(units, at, subject, subject_unit, subordinate, before) or group
            if group.verb is None and auxiliary == "stay":
                group.verb = self.vocabulary.infinitives["gaan"][0]  # "blijf ik in gesprek"
        return group

    @staticmethod
    def _joined_to(units: Sequence[Unit], at: int, before: Sequence[Group]) -> Group | None:
        """The group whose subject the finite verb at `at` shares, as "en" stands right before it; None without one.

        That is the last main clause, over a subordinate one that belongs to it ("ik onderzoek wat kan en kom daar op
        terug"), where the government side is its subject.
        """
        if not at or units[at - 1].low != "en" or not before:
            return None
        last = next((group for group in reversed(before) if group.subordinate < 0), before[-1])
        for group in (before[-1], last):
            if group.subject in GOVERNMENT:
                return group
        return None

    def _agrees(self, finite: str, shared: str, subject: str) -> bool:
        """Whether a full verb can have the `shared` subject by its form, and better than the `subject` behind it."""
        forms = {reading.form for reading in self.vocabulary.lexical.get(finite, ())}
        if shared == "ik":
            return "ik" in forms and (not subject or "hij" not in forms)
        return ({"wij": "wij"}.get(shared, "hij") in forms) and not subject

    def _full_verb(
        self, units: Sequence[Unit], at: int, subject: str, subject_unit: int, subordinate: int, before: Sequence[Group]
    ) -> Group | None:
        """A full verb as the finite verb; None where the word is none here ("het besluit", "een plan")."""
        readings = self.vocabulary.lexical.get(units[at].low, [])
        if (
            subject_unit >= 0
            and before
            and before[-1].subject_unit == subject_unit
            and before[-1].at == subject_unit - 1
        ):
            return None  # the subject belongs to the verb before it: "heb ik overleg gehad"
        previous = units[at - 1] if at else None
        if previous is not None and previous.is_word:
            if (
                previous.low == "te"
                or _is_auxiliary(self.vocabulary.finite.get(previous.low))
                or (previous.low in self._articles and previous.low not in ("die", "dat", "dit"))
            ):
                return None
            if not subject and previous.low == "en" and before and before[-1].subject in GOVERNMENT:
                subject, subject_unit = before[-1].subject, before[-1].subject_unit  # "en koppelt dat terug"
        if (
            subject in ("cabinet", "minister", "ministry", "agency", "third")
            and subject_unit > at
            and self._is_subject_first(units, at)
        ):
            subject, subject_unit = "", -1  # "de motie verzoekt de regering"
        if not subject and self._is_governed(units, at, subordinate, before):
            return None
        if not subject:
            # Of noun phrases as subject, only what comes or is received promises anything.
            readings = [
                r for r in readings if r.verb is not None and r.verb.cls in _FULL_SUBJECT_CLASSES and r.form != "ik"
            ]
            subject = "thing"
        wanted = {"ik": {"ik"}, "wij": {"wij"}}.get(subject, {"hij", "wij"} if subject != "u" else {"hij", "ik"})
        readings = [r for r in readings if r.form in wanted]
        verb, last = self._phrases.separable(units, at, readings)
        if verb is None:
            return None
        if verb.id == "voorstellen" and any(u.low in ("mij", "ons", "zich") for u in units[at + 1 : last]):
            verb = _PROPOSE  # "stel ik mij voor te spreiden"
        group = Group("present", at, verb, subject, subject_unit, last, subordinate)
        if verb.cls in ("intend", "promise"):
            group.frame = "aim" if verb.cls == "intend" else "promise"
            self._phrases.te_infinitive(units, at, next_stop(units, at), group)
        return group

    def _is_subject_first(self, units: Sequence[Unit], at: int) -> bool:
        """Whether a noun phrase opens the clause of the main verb at `at`; what stands behind it is then an object."""
        start = next((p + 1 for p in range(at - 1, -1, -1) if units[p].is_stop or units[p].low == ","), 0)
        if start >= at or units[at - 1].kind == "term":
            return False
        first = units[start]
        return first.kind == "body" or (first.is_word and (first.low in self._articles or first.low == "artikel"))

    def _has_particle(self, units: Sequence[Unit], at: int, group: Group) -> bool:
        """Whether a particle of gaan stands before the infinitive found ("ga ik na of", "ga ik in op wat kan")."""
        verb, last = self._phrases.separable(units, at, self.vocabulary.lexical.get(units[at].low, []))
        if verb is None or not at < last < group.last:
            return False
        return verb.particle in ("na", "uit") or (verb.particle == "in" and units[last + 1].low == "op")

    def _is_phrase(self, units: Sequence[Unit], at: int, group: Group) -> bool:
        """Whether gaan has words of its own before the infinitive ("gaan in overleg over hoe we dit vergroten")."""
        if group.frame != "going":
            return False
        text = f" {' '.join(u.low for u in units[at + 1 : next_stop(units, at)])} "
        return any(f" {p.words} " in text for p in self.vocabulary.phrases["gaan"] if p.cls in ("talk", "work"))

    def _is_governed(self, units: Sequence[Unit], at: int, subordinate: int, before: Sequence[Group]) -> bool:
        """Whether a plural form is an infinitive here: an earlier finite verb of the same clause governs it."""
        if not before or units[at].low in ("zijn", "zullen") or not units[at].low.endswith("en"):
            return False
        earlier = before[-1]
        causes = (
            earlier.frame == "present" and earlier.verb is not None and earlier.verb.id in ("doen", "laten", "helpen")
        )
        if earlier.subordinate != subordinate or (earlier.frame in ("present", "perfect", "be") and not causes):
            return False
        return not any(u.kind == "mark" or u.low in self._coordinators for u in units[earlier.at : at])

    # --- subordinate clauses ---------------------------------------------------------------------------------------

    def _opener(self, units: Sequence[Unit], readings: Sequence[list[Reading] | None], at: int) -> int:
        """The unit that opens the subordinate clause which the finite verb at `at` closes, or -1."""
        if at and units[at - 1].low == ",":
            # A main clause behind a subordinate one ("als dat kan, stuur ik"), unless that one only interrupts another
            # ("of ik de regeling, die afloopt, wil verlengen").
            inner = next(
                (p for p in range(at - 2, 0, -1) if units[p].is_word and units[p].low in self._subordinators), 0
            )
            return self._search(units, readings, inner - 1) if inner and units[inner - 1].low == "," else -1
        return self._search(units, readings, at)

    def _search(self, units: Sequence[Unit], readings: Sequence[list[Reading] | None], at: int) -> int:
        """The nearest subordinator before `at` that no finite auxiliary divides from it, or -1."""
        for back in range(at - 1, -1, -1):
            unit = units[back]
            if unit.is_stop:
                return -1
            if not unit.is_word:
                continue
            if unit.low in self._subordinators:
                previous = units[back - 1] if back else None
                pronoun = unit.low in self._pronominal and (
                    previous is None or (previous.is_word and previous.low in self._prepositions) or back == at - 1
                )
                if pronoun:
                    continue
                return back
            if back < at - 1 and any(r.role != "lexical" for r in readings[back] or ()):
                return -1
        return -1

    # --- where a clause begins and ends ----------------------------------------------------------------------------

    def _field_end(self, units: Sequence[Unit], readings: Sequence[list[Reading] | None], at: int) -> int:
        """Where the clause of the main verb at `at` ends: at a stop, or where a coordinated main clause begins."""
        for place in range(at + 1, len(units)):
            unit = units[place]
            if unit.is_stop or (
                unit.is_word and unit.low in self._coordinators and self._begins(units, readings, place)
            ):
                return place
        return len(units)

    def _begins(self, units: Sequence[Unit], readings: Sequence[list[Reading] | None], coordinator: int) -> bool:
        """Whether a main clause of its own begins behind a coordinator: a finite verb with its subject stands near."""
        for ahead in range(coordinator + 1, min(len(units), coordinator + 5)):
            found = readings[ahead]
            if found is None:
                continue
            inverted = ahead + 1 < len(units) and self._subjects.noun(units, ahead + 1)[0] != ""
            auxiliary = any(r.role != "lexical" for r in found)
            if inverted or (auxiliary and ahead == coordinator + 1):
                return True
            if auxiliary and units[ahead].low not in ("zijn", "worden") and self._subjects.beside(units, ahead)[0]:
                return True
        return False

    def _bound(self, units: Sequence[Unit], groups: Sequence[Group]) -> None:
        """Set `start` and `end` of each group's clause within the sentence."""
        for group in groups:
            if group.start == 0:
                group.start = group.subordinate if group.subordinate >= 0 else self._main_start(units, groups, group)
            group.end = next_stop(units, group.last)
        for group in groups:
            if group.subordinate < 0:
                later = next((g for g in groups if g.subordinate < 0 and g.start > group.last), None)
                if later is not None:
                    end = later.start
                    while end > group.last + 1 and (
                        units[end - 1].low in self._coordinators or units[end - 1].low == ","
                    ):
                        end -= 1
                    group.end = min(group.end, end)

    def _main_start(self, units: Sequence[Unit], groups: Sequence[Group], group: Group) -> int:
        """The first unit of a main clause: behind a stop, or behind the verbs of the main clause before it."""
        verbs = {p for g in groups if g.at < group.at and g.subordinate < 0 for p in (g.at, g.last)}
        for back in range(group.at - 1, -1, -1):
            if units[back].is_stop:
                return back + 1
            if back in verbs:
                joints = (p + 1 for p in range(group.at - 1, back, -1) if units[p].low in self._coordinators)
                return next(joints, back + 1)
        return 0
