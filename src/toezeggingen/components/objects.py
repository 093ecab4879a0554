"""What a promise is about: the noun phrase, "over"-phrase or inner question that its verb takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.units import Group, Unit
    from toezeggingen.components.verbs import Vocabulary

_ABOUT = frozenset({"over", "omtrent", "inzake"})
_TELLING = frozenset({"inform", "return", "talk", "look"})
_QUESTION = frozenset({"of", "hoe", "wat", "welke", "waarom", "waar", "wie"})


class Objects:
    """Finds the object of a verb group: units from and to (half open), or None."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary.classes
        self._vocabulary = vocabulary

    def find(self, units: Sequence[Unit], group: Group, cls: str, first: int, last: int) -> tuple[int, int] | None:
        """The object within the quote's units `first` to `last`.

        Verbs of telling and asking take what stands behind "over", or an inner question. Others take the longest run of
        words between verbs, terms, the addressee and what only colours the verb, a noun phrase before a preposition's.
        """
        verbs = max(group.at, group.last)
        for place in range(min(group.at, group.last) + 1, last):
            unit = units[place]
            about = unit.low in _ABOUT and cls in _TELLING
            if unit.is_word and (
                about
                or (place > verbs and unit.low in _QUESTION and units[place - 1].low not in self._words["preposition"])
            ):
                end = (
                    last
                    if place > verbs
                    else next((p for p in range(place + 1, verbs) if self._breaks(units, p)), verbs)
                )
                return self._trimmed(units, place, end)
        runs: list[tuple[int, int]] = []
        start = first
        for place in range(first, last + 1):
            if place == last or self._is_verb(units, group, place) or self._breaks(units, place):
                if start < place:
                    runs.append((start, place))
                start = place + 1
        trimmed = [run for run in (self._trimmed(units, *run) for run in runs) if run is not None]

        def size(run: tuple[int, int]) -> tuple[bool, int]:
            head = units[run[0]]
            noun = not (
                head.is_word and (head.low in self._words["preposition"] or head.low in self._words["subordinator"])
            )
            return noun, units[run[1] - 1].end - units[run[0]].start

        return max(trimmed, key=size, default=None)

    def _is_verb(self, units: Sequence[Unit], group: Group, place: int) -> bool:
        """Whether a verb or the subject of the group stands here."""
        if place in (group.at, group.last) or (
            place == group.subject_unit and units[place].low in self._words["pronoun"]
        ):
            return True
        cluster = self._vocabulary
        return place == group.last - 1 and (
            units[place].low in cluster.infinitives or units[place].low in cluster.participles
        )

    def _breaks(self, units: Sequence[Unit], place: int) -> bool:
        """Whether a phrase ends here: a term, the addressee, a mark, or words about the verb."""
        unit = units[place]
        if unit.kind == "mark":
            joins = unit.low == "/" or (unit.low in ",." and place + 1 < len(units) and units[place + 1].low.isdigit())
            return not joins
        if unit.kind == "term" or unit.role == "parliament":
            return True
        if unit.is_word and unit.low in self._words["subordinator"] and unit.low not in ("of", "dat", "als"):
            return True
        return unit.is_word and (unit.low in self._words["pronoun"] or unit.low in self._words["adverb"])

    def _trimmed(self, units: Sequence[Unit], start: int, end: int) -> tuple[int, int] | None:
        """The run without joints and loose prepositions at its ends; None where nothing is left."""
        loose = self._words["coordinator"]
        while start < end and (
            units[start].kind == "mark" or units[start].low in loose or units[start].low in ("aan", "naar")
        ):
            start += 1
        while end > start and (
            units[end - 1].kind == "mark"
            or units[end - 1].low in loose
            or units[end - 1].low in self._words["preposition"]
        ):
            end -= 1
        return (start, end) if start < end else None
