"""Who acts: the subject of a finite verb, by what touches it or opens its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.units import Unit
    from toezeggingen.components.verbs import Vocabulary

_WRITERS = {"ik": "ik", "ikzelf": "ik", "wij": "wij", "we": "wij"}
_PRONOUNS = {**_WRITERS, "u": "u", "hij": "he", "zij": "he", "ze": "he"}


class Subjects:
    """Finds subjects; each answer is the subject (see `units.Group`; "" for none) and its unit (-1 for none)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._articles = vocabulary.classes["article"]
        self._prepositions = vocabulary.classes["preposition"]
        self._interjected = vocabulary.classes["interjected"]
        self._foreign = vocabulary.classes["foreign"]

    def beside(self, units: Sequence[Unit], at: int) -> tuple[str, int]:
        """The subject that touches the finite verb: "ik" or "wij" before it, else what stands behind, else before."""
        if at and units[at - 1].is_word and units[at - 1].low in _PRONOUNS and units[at - 1].low != "u":
            if at >= 3 and units[at - 2].low == "en" and units[at - 1].low == "ik" and units[at - 3].kind == "body":
                return "wij", at - 3
            return _PRONOUNS[units[at - 1].low], at - 1
        behind = at + 1
        while behind < min(len(units), at + 3) and units[behind].low in self._interjected:
            behind += 1
        found = self.noun(units, behind) if behind < len(units) else ("", -1)
        if found[0] not in ("", "u", "parliament"):
            return found
        before = at - 1
        while before > max(0, at - 3) and units[before].low in self._interjected:
            before -= 1
        if before >= 0 and not self._hangs(units, before):
            unit = units[before]
            if unit.kind == "body" and before and units[before - 1].low in self._foreign:
                return "third", before  # "het Franse ministerie"
            # "de minister zal u": what stands behind is addressed, what stands before acts
            if unit.kind == "body" and (not found[0] or unit.role != "parliament"):
                return unit.role, before
            if unit.is_word and unit.low == "nederland" and not found[0]:
                return "cabinet", before
            if unit.is_word and unit.low in _PRONOUNS and not found[0]:
                return _PRONOUNS[unit.low], before
        return found

    def noun(self, units: Sequence[Unit], at: int) -> tuple[str, int]:
        """The pronoun or body that starts at unit `at`, behind an article or not ("X en ik" is wij); "" for none."""
        unit = units[at]
        if unit.is_word and unit.low in _PRONOUNS:
            return _PRONOUNS[unit.low], at
        if unit.is_word and unit.low == "nederland":
            return "cabinet", at  # the state as actor
        body = at + 1 if unit.low in self._articles and unit.low != "een" and at + 1 < len(units) else at
        if units[body].kind != "body":
            return "", -1
        if body + 2 < len(units) and units[body + 1].low == "en" and units[body + 2].low in ("ik", "ikzelf"):
            return "wij", body
        return units[body].role, body

    def _hangs(self, units: Sequence[Unit], body: int) -> bool:
        """Whether the body at this unit hangs on a preposition ("over de Kamer", "door het RIVM")."""
        before = body - 1
        if before >= 0 and units[before].low in self._articles:
            before -= 1
        return before >= 0 and units[before].is_word and units[before].low in self._prepositions

    def behind(self, units: Sequence[Unit], opener: int, at: int) -> tuple[str, int]:
        """The subject of a subordinate clause: the first pronoun, else the first body that hangs on no preposition."""
        body: tuple[str, int] = ("", -1)
        for place in range(opener + 1, at):
            unit = units[place]
            if unit.is_word and unit.low in _PRONOUNS:
                return _PRONOUNS[unit.low], place
            if unit.kind == "body" and not body[0] and not self._hangs(units, place):
                body = (unit.role, place)
        return body
