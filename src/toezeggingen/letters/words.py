"""The words that repairs of a text go by: a small lexicon, and the letter itself."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, NamedTuple

from toezeggingen import lexicons
from toezeggingen.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """A change of the source on the way to the view: characters `start` to `end` become `text`.

    `text` is "" (left out), white space, or other characters, which then stand for the one at `start`.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `function_words.jsonl`, a field a kind; in small letters but for `dangling` and `sentence`."""

    function: frozenset[str]  # may be glued to a neighbour
    frequent: frozenset[str]  # of letters: what a glued word can be made of
    short: frozenset[str]  # of three letters or less, or easily taken for a part of a word
    dangling: frozenset[str]  # no paragraph and no heading ends with one
    sentence: frozenset[str]  # stand in sentences, not in headings
    numbered: frozenset[str]  # abbreviations before a number
    counted: frozenset[str]  # stand before a number that belongs to the text
    going: frozenset[str]  # go on with a sentence, and are nothing that is counted
    paired: frozenset[str]  # follow a hyphen that stands for a part of a word: op- en overslag
    separable: frozenset[str]  # first parts of verbs
    prefixed: frozenset[str]  # stand before "ge" within a word
    core: frozenset[str]  # the most frequent function words
    worn: frozenset[str]  # function words that words also end in
    before_any: frozenset[str]  # no word begins with one that is glued to a longer rest
    behind_any: frozenset[str]  # no word ends so
    month: frozenset[str]
    pair_first: frozenset[str]  # function words that get glued...
    pair_second: frozenset[str]  # ...to these, without making a word
    known_pair: frozenset[str]  # two such that do make one
    asking: frozenset[str]  # verbs that begin a question before "u"
    opening: frozenset[str]  # adverbs that open a paragraph about members...
    naming: frozenset[str]  # ...and what stands before "leden"
    of_members: frozenset[str]  # what members do
    own_words: frozenset[str]  # verbs before "ik" in the words of the one who answers
    broken: frozenset[str]  # beginnings that no word is before a hyphen: "be", "ver"
    ending: frozenset[str]  # endings that no word is behind a hyphen: "heden"
    hyphen: frozenset[str]  # what keeps its hyphen: "zij", "mbo"
    citing: frozenset[str]  # begin a citation
    ranked: frozenset[str]  # two of one rank, with a hyphen: "minister-president"
    whole: frozenset[str]  # function and frequent words
    known: frozenset[str]  # these and the short ones


@functools.cache
def lexicon() -> Lexicon:
    """The package's own lexicon. Raises LexiconError on a line that is not as it should be."""
    kinds: dict[str, set[str]] = {field.name: set() for field in fields(Lexicon)}
    entries = lexicons.read("function_words", required=frozenset({"kind", "words", "example"}))
    for number, entry in enumerate(entries, start=1):
        if entry["kind"] not in kinds:
            raise LexiconError("function_words.jsonl", number, f"has unknown kind {entry['kind']!r}")
        kinds[entry["kind"]].update(entry["words"])
    kinds["whole"] = kinds["function"] | kinds["frequent"]
    kinds["known"] = kinds["whole"] | kinds["short"]
    return Lexicon(**{name: frozenset(words) for name, words in kinds.items()})


class Vocabulary:
    """The words of one letter."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens: Counter[str] = Counter(text.split())
        """What stands between white space, as it stands there."""
        self._counts: dict[str, int] | None = None

    def count(self, word: str) -> int:
        """How often `word` (in small letters) is a word of the letter; parts torn at line ends are none."""
        if self._counts is None:
            self._counts = self._counted()
        return self._counts.get(word, 0)

    def words(self) -> Iterable[str]:
        """Every word that is counted."""
        if self._counts is None:
            self._counts = self._counted()
        return self._counts

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
