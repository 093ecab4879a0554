"""Words that change what a promise is worth: denial, this very letter, condition, intention, an earlier promise.

Cues are matched as whole words in a sentence or clause; one pass over its words finds them all, overlapping or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Cues:
    """The cues of a lexicon, findable by their first word."""

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        self._names: dict[str, frozenset[str]] = {}
        for line in lines:
            for words in line["words"]:
                self._names[words] = self._names.get(words, frozenset()) | {line["id"]}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in self._names:
            parts = tuple(words.split())
            self._by_first.setdefault(parts[0], []).append(parts)

    def in_words(self, words: list[str]) -> frozenset[str]:
        """The names of the cues in a list of lower-case words."""
        found: set[str] = set()
        by_first = self._by_first
        for at, word in enumerate(words):
            for parts in by_first.get(word, ()):
                if len(parts) == 1 or tuple(words[at : at + len(parts)]) == parts:
                    found |= self._names[" ".join(parts)]
        return frozenset(found)
