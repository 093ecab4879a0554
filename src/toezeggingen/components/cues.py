"""Words that change what a promise is worth: denial, this very letter, condition, intention, an earlier promise.

Cues are matched as whole words, once a sentence; a clause has those that begin inside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toezeggingen.components.units import Unit


class Cues:
    """The cues of a lexicon, findable by their first word."""

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for line in lines:
            for words in line["words"]:
                parts = tuple(words.split())
                self._by_first.setdefault(parts[0], []).append((parts, line["id"]))

    def find(self, units: Sequence[Unit]) -> list[tuple[int, str]]:
        """The cues of a sentence: the unit each begins in, and its name."""
        words: list[str] = []
        owners: list[int] = []
        for place, unit in enumerate(units):
            if unit.kind in ("word", "mark"):
                words.append(unit.low)
                owners.append(place)
            else:
                inner = unit.low.split()
                words += inner
                owners += [place] * len(inner)
        found: list[tuple[int, str]] = []
        by_first = self._by_first
        for at, word in enumerate(words):
            if word in by_first:
                for parts, name in by_first[word]:
                    if len(parts) == 1 or tuple(words[at : at + len(parts)]) == parts:
                        found.append((owners[at], name))
        return found
