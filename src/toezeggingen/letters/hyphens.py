"""Hyphens at the ends of lines: which were put there by the printer, and which belong to the word."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.words import Edit, Lexicon, Vocabulary, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS = "-\u2010\u00ad\u0002\ufffe"
"""What stands for a hyphen at the end of a line: real ones, soft ones, and what PDF readers put for them."""

_TREMA = {"e": "ë", "i": "ï", "o": "ö", "u": "ü"}
_VOWELS = frozenset("aeiouëïöüéèáàóú")
_REACH = 60


class Hyphens:
    """Decides on the hyphens of one letter, by its own words first."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._lexicon: Lexicon = lexicon()
        self._left = re.compile(r"[\w’'&.]{0,30}(?:[-\u2010][\w’'&.]{1,30}){0,3}\Z")
        self._right = re.compile(r"[\w’']{1,40}")

    def at_line_end(self, hyphen: int, after: int) -> list[Edit]:
        """The edits for the hyphen at `hyphen` and the white space up to `after`, where its word goes on."""
        left, right = self._parts(hyphen, after)
        if not left or not right:
            return [Edit(hyphen + 1, after, " ")]
        if self._text[max(0, hyphen - len(left) - 1)] == "/":  # an address
            return [Edit(hyphen + 1, after, "")]
        if right.lower() in self._lexicon.paired:  # op- en overslag
            return [*self._as_hyphen(hyphen), Edit(hyphen + 1, after, " ")]
        verdict = self._verdict(left, right)
        if verdict == "keep":
            return [*self._as_hyphen(hyphen), Edit(hyphen + 1, after, "")]
        if verdict == "trema":
            return [Edit(hyphen, after, ""), Edit(after, after + 1, _TREMA[self._text[after]])]
        return [Edit(hyphen, after, "")]

    def inside(self, hyphen: int) -> list[Edit]:
        """The edits for a soft hyphen, or what PDF readers put for one, within a line."""
        left, right = self._parts(hyphen, hyphen + 1)
        if self._text[hyphen] == "\u00ad" or not left or not right:
            return [Edit(hyphen, hyphen + 1, "")]
        verdict = self._verdict(left, right)
        if verdict == "keep":
            return self._as_hyphen(hyphen)
        if verdict == "trema":
            return [Edit(hyphen, hyphen + 1, ""), Edit(hyphen + 1, hyphen + 2, _TREMA[self._text[hyphen + 1]])]
        return [Edit(hyphen, hyphen + 1, "")]

    def left_over(self, hyphen: int, *, eager: bool) -> list[Edit]:
        """The edits for a hyphen within a line that may have stood at a line end: joined where that is sure.

        `eager`: the letter is known to have lost its line ends here, and what is no word by itself is joined too.
        """
        left, right = self._parts(hyphen, hyphen + 1)
        if not (left and right[:1].islower() and left[-1].islower() and self._is_torn(left, right, eager=eager)):
            return []
        if self._verdict(left, right) == "trema":
            return [Edit(hyphen, hyphen + 1, ""), Edit(hyphen + 1, hyphen + 2, _TREMA[right[0]])]
        return [Edit(hyphen, hyphen + 1, "")]

    def can_be_compound(self, hyphen: int) -> bool:
        """Whether two words stand at the hyphen that are mostly written as one: nothing but the layout can tell."""
        left, right = self._parts(hyphen, hyphen + 1)
        low = left.lower()
        plain = (
            left.isalpha()
            and right.isalpha()
            and right.islower()
            and low[1:] == left[1:]
            and len(right) > 3
            and len(left) > 3
        )
        return plain and low not in self._lexicon.hyphen and not (low[-1] in _VOWELS and right[0] in _VOWELS)

    def _as_hyphen(self, hyphen: int) -> list[Edit]:
        return [] if self._text[hyphen] == "-" else [Edit(hyphen, hyphen + 1, "-")]

    def _parts(self, hyphen: int, after: int) -> tuple[str, str]:
        """What stands before the hyphen, hyphened parts included, and the letters after it."""
        before = self._left.search(self._text, max(0, hyphen - _REACH), hyphen)
        behind = self._right.match(self._text, after, after + _REACH)
        return (before[0] if before else "").strip(".'’&"), behind[0] if behind else ""

    def _verdict(self, left: str, right: str) -> str:
        """What to do with `left`-`right`: "join", "keep" the hyphen, or join and give the "trema" back."""
        last = left.rpartition("-")[2]
        low_left, low_right = left.lower(), right.lower()
        if (
            not right[0].islower()
            or not last
            or last[-1].isdecimal()
            or (len(last) > 1 and last.isupper())
            or left[-1].isupper()
        ):
            return "keep"
        if any(f"{last.lower()}-{low_right}".startswith(pair) for pair in self._lexicon.ranked):
            return "keep"  # ministers-presidenten
        if low_left.rpartition("-")[2] in self._lexicon.hyphen:
            return "join" if self._count(left + right) else "keep"
        clash = self._clash(last.lower(), low_right)
        if clash and self._count(low_left + _TREMA[low_right[0]] + low_right[1:]):
            return "trema"
        joined, hyphened = self._count(low_left + low_right), self._count(f"{low_left}-{low_right}")
        if joined != hyphened:
            return "join" if joined > hyphened else "keep"
        if clash:
            return clash
        if last[0].isupper() and self._vocabulary.tokens[last] > 1 and self._is_word(low_right):
            return "keep"  # Wob-verzoek, where the letter speaks of the Wob
        if left != last and self._is_word(last) and self._is_word(low_right):
            return "keep"  # werk-privé-balans
        if _adjective().search(low_left) and self._is_word(low_left) and self._is_word(low_right):
            return "keep"  # sociale-media
        return "join"

    def _clash(self, left: str, right: str) -> str:
        """Whether vowels would be read as one: "trema" within a word, "keep" in a compound, "" where none would."""
        pair = left[-1:] + right[:1]
        if pair not in _CLASHES:
            return ""
        if left in ("ge", "be") or (left.endswith("ge") and left[:-2] in self._lexicon.prefixed):
            return "" if right.startswith("ui") else "trema"  # geuit, but geïnd
        if pair == "ie":
            return "trema" if _after_i().match(right) else ""
        if (left in ("co", "geco", "ongeco") and right[0] == "o") or (
            left.endswith(("ie", "ee")) and right in ("en", "er", "ers")
        ):
            return "trema"  # coördinatie, categorieën
        return "keep"

    def _is_torn(self, left: str, right: str, *, eager: bool) -> bool:
        last, low = left.rpartition("-")[2].lower(), right.lower()
        joined = self._count((left + right).lower()) or (last + low) in self._lexicon.known
        hyphened = self._count(f"{left.lower()}-{low}") > 1
        if joined:
            return True
        if hyphened or last in self._lexicon.hyphen:
            return False
        if last[-1] in _VOWELS and low[0] in _VOWELS and last not in ("ge", "be"):
            return False
        if last in self._lexicon.broken and len(last) <= 7 and last not in self._lexicon.whole:
            return True
        if low in self._lexicon.ending and low not in self._lexicon.whole:
            return not self._is_word(last) or len(low) > 3
        if self._is_prefix_of_known(last, low):
            return True
        return eager and len(last) > 1 and (not self._is_word(last) or low in self._lexicon.ending)

    def _is_prefix_of_known(self, left: str, right: str) -> bool:
        """Whether a word of the letter runs over the hyphen: "onderzoek" in onder-zoeksopdracht."""
        joined = left + right
        return any(
            self._count(joined[:length]) for length in range(max(len(left) + 2, 6), min(len(joined), len(left) + 8))
        )

    def _is_word(self, word: str) -> bool:
        return word in self._lexicon.known or self._count(word) > 0

    def _count(self, word: str) -> int:
        return self._vocabulary.count(word.lower())


_CLASHES = frozenset({"ee", "ei", "eu", "ie", "ii", "aa", "ae", "ai", "oo", "oe", "oi", "uu", "ui"})


@functools.cache
def _adjective() -> re.Pattern[str]:
    return re.compile(r"(?:iale|ische|ieve|aire|lijke|nele|tale|rale|nale|ele)\Z")


@functools.cache
def _after_i() -> re.Pattern[str]:
    """What follows an i with a trema: financiële, cliënt, industrieën."""
    return re.compile(r"(?:ele|en|ent|ente|enten)\Z")


def in_line(text: str, hyphens: Hyphens) -> Iterator[Edit]:
    """Edits for hyphens within lines: soft ones, and those left standing by a dump that lost the ends of lines."""
    for mark in MARKS[1:]:
        at = text.find(mark)
        while at >= 0:
            if not text[at + 1 : at + 2].isspace():
                yield from hyphens.inside(at)
            at = text.find(mark, at + 1)
    plain: list[int] = []
    at = text.find("-", 1)
    while at > 0:
        if text[at - 1].islower() and text[at + 1 : at + 2].islower():
            plain.append(at)
        at = text.find("-", at + 1)
    sure = {at: edits for at in plain if (edits := hyphens.left_over(at, eager=False))}
    eager = len(sure) >= 3 and len(sure) * 3 > len(plain)
    for at in plain:
        yield from sure.get(at) or (hyphens.left_over(at, eager=True) if eager else ())
