"""What a form of zijn says: that somebody means to do a thing, that a thing is done, or will be by some day."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toezeggingen.components.verb_phrases import VerbPhrases, next_stop
from toezeggingen.components.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.units import Group, Unit
    from toezeggingen.components.verbs import Vocabulary

_READY = {"beschikbaar": "available"}  # of money as often as of a paper


class States:
    """Reads forms of zijn, and decisions told as taken."""

    def __init__(self, vocabulary: Vocabulary, phrases: VerbPhrases) -> None:
        self._vocabulary = vocabulary
        self._phrases = phrases

    def read(self, units: Sequence[Unit], end: int, group: Group) -> None:
        """Read zijn: "ben voornemens ... te sturen", "het streven is ... te"; otherwise a perfect or a state."""
        at, subordinate = group.at, group.subordinate
        near = range(at + 1, min(end, at + 9)) if subordinate < 0 else range(max(subordinate + 1, at - 3), at)
        if any(units[p].low in self._vocabulary.classes["willing"] for p in near):
            group.frame = "intention"
            self._phrases.te_infinitive(units, at, len(units) if subordinate < 0 else end, group)
        elif any(
            units[p].low in self._vocabulary.classes["purpose"] for p in range(max(0, at - 3), min(len(units), at + 4))
        ):
            group.frame = "purpose"
            self._phrases.te_infinitive(units, at, next_stop(units, at), group)
        elif at + 1 < len(units) and units[at + 1].low == "dat":
            group.frame = "be"  # "de verwachting is dat"
        else:
            self._phrases.participle(units, end, group)
            group.frame = "be" if group.verb is None else "perfect"
            if group.verb is None and (ready := self._ready(units, end, group)):
                group.frame, group.verb = "present", Verb(f"{ready} zijn", _READY.get(ready, "come"), None)
            self.decide(units, group)

    def _ready(self, units: Sequence[Unit], end: int, group: Group) -> str:
        """The word by which a form of zijn says that its subject is done or known: "is in mei bekend"; else ""."""
        words = self._vocabulary.classes["ready"]
        if group.subordinate >= 0:
            near = [p for p in (group.at - 1, group.at + 1) if p < len(units)]
        else:
            own = self._phrases.own_units(units, group.at, end)
            near = [p for p in own if p + 1 >= end or units[p + 1].kind in ("mark", "term")]
        return next((units[p].low for p in near if units[p].is_word and units[p].low in words), "")

    def decide(self, units: Sequence[Unit], group: Group) -> None:
        """Read "heb besloten ... in te stellen": what was decided is still to be done."""
        told = any(u.low in ("op", "in") and v.low.isdigit() for u, v in pairwise(units[: group.at]))
        if group.verb is not None and group.verb.id == "besluiten" and group.subordinate < 0 and not told:
            decided = group.verb
            self._phrases.te_infinitive(units, group.last, next_stop(units, group.last), group)
            if group.verb is not decided:
                group.frame = "decided"
