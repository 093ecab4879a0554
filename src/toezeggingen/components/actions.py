"""Actions in tables and lists: "Handreiking opstellen | september 2026", a promise without a finite verb.

A row counts where one of its cells names an act by its infinitive and a dated term stands in the same row: a bare wish
list has no dates, and a table of actions of the writer has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.units import Unit
    from toezeggingen.components.verbs import Verb, Vocabulary

_ACTS = frozenset(
    {"investigate", "make", "talk", "legislate", "publish", "decide", "send", "inform", "take_along", "light"}
)


class Actions:
    """Finds the act that a row of cells names."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def find(self, rows: Sequence[Sequence[Unit]]) -> tuple[int, int, dict[str, Any]] | None:
        """The characters and value of the action that one row (its cells as units) promises, or None.

        The act stands first or last in its cell ("Afronden onderzoek", "Leidraad laten opstellen"), the dated term in
        the same cell behind it or in a later one, which is then part of the quote.
        """
        for number, cell in enumerate(rows):
            act = self._act(cell)
            if act is None:
                continue
            verb, at = act
            term = next(
                (u for later in rows[number:] for u in later if u.kind == "term" and u.role == "calendar"), None
            )
            if term is None or (term.start < cell[at].start and term is not cell[0]):
                continue
            value = {
                "action": verb.id,
                "class": verb.cls,
                "verb": [cell[at].start, cell[at].end],
                "first_verb": cell[at].start,
                "relative": False,
                "object": [cell[0].start, cell[-1].end],
            }
            return cell[0].start, max(term.end, cell[-1].end), value
        return None

    def _act(self, cell: Sequence[Unit]) -> tuple[Verb, int] | None:
        """The infinitive of a cell without a finite verb, and its unit."""
        words = [(place, unit) for place, unit in enumerate(cell) if unit.is_word]
        if len(words) < 2 or any(u.low in self.vocabulary.finite and not self._is_infinitive(u) for _, u in words):
            return None
        last = next((place for place, unit in reversed(words) if self._is_infinitive(unit)), None)
        for place in (words[0][0], last):
            if place is None or not self._is_infinitive(cell[place]):
                continue
            verb = self.vocabulary.infinitives[cell[place].low][0]
            if verb.cls in _ACTS and (place == words[0][0] or self._ends(cell, place)):
                return verb, place
        return None

    def _is_infinitive(self, unit: Unit) -> bool:
        return unit.low in self.vocabulary.infinitives

    def _ends(self, cell: Sequence[Unit], place: int) -> bool:
        """Whether what follows the infinitive hangs on it: nothing, a term, or a preposition's phrase."""
        if place + 1 >= len(cell):
            return True
        after = cell[place + 1]
        return after.kind in ("mark", "term") or after.low in self.vocabulary.classes["preposition"]
