"""The words that repairs of a text go by: a small lexicon, and the letter itself."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from toezeggingen import lexicons


class Edit(NamedTuple):
    """A change of the source on the way to the view: characters `start` to `end` become `text`.

    `text` is "" (left out), white space, or one other character, which then stands for the one at `start`.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `function_words.jsonl` by kind, all in small letters."""

    function: frozenset[str]  # may be glued to a neighbour
    known: frozenset[str]  # function words, frequent words of letters and short words
    whole: frozenset[str]  # `known` without the short words: what a glued token can be made of
    broken: frozenset[str]  # beginnings that no word is before a hyphen: "be", "ver"
    endings: frozenset[str]  # endings that no word is behind a hyphen: "heden"
    hyphened: frozenset[str]  # what keeps its hyphen: "zij", "mbo"


@functools.cache
def lexicon() -> Lexicon:
    """The package's own lexicon. Raises LexiconError on a line that is not as it should be."""
    kinds: dict[str, set[str]] = {
        kind: set() for kind in ("function", "frequent", "short", "broken", "ending", "hyphen")
    }
    for entry in lexicons.read("function_words", required=frozenset({"kind", "words", "example"})):
        kinds[entry["kind"]].update(entry["words"])
    whole = frozenset(kinds["function"] | kinds["frequent"])
    return Lexicon(
        frozenset(kinds["function"]),
        whole | kinds["short"],
        whole,
        frozenset(kinds["broken"]),
        frozenset(kinds["ending"]),
        frozenset(kinds["hyphen"]),
    )


class Vocabulary:
    """The words of one letter."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens: Counter[str] = Counter(text.split())
        """What stands between white space, as it stands there."""
        self._counts: dict[str, int] | None = None

    def count(self, word: str) -> int:
        """How often `word` (in small letters) stands in the letter as a word of its own; parts torn at line ends are none."""
        if self._counts is None:
            self._counts = self._counted()
        return self._counts.get(word, 0)

    def _counted(self) -> dict[str, int]:
        torn = Counter(half for match in _torn().finditer(self._text) for half in match.groups() if half)
        counts: dict[str, int] = {}
        for token, count in self.tokens.items():
            if token[-1] in _TORN_AT_END or (torn and (count := count - torn[token]) < 1):
                continue
            word = token.strip(_PUNCTUATION).lower()
            counts[word] = counts.get(word, 0) + count
        return counts


_PUNCTUATION = "\"'“”‘’«»()[]{}.,;:?!*_<>/…–—0123456789"
_TORN_AT_END = "-\u2010\u00ad\u0002\ufffe"


@functools.cache
def _torn() -> re.Pattern[str]:
    """The second half of a word torn at the end of a line."""
    return re.compile(r"[-\u2010\u00ad\u0002\ufffe][^\S\n]{0,8}\r?\n\s{0,8}(\S{1,60})")
