"""Where a Dutch word may break at the end of a line: well enough for print, by the shape of its syllables."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

SHORTEST = 3
"""Letters that stay on either side of a break."""

_ONSETS = frozenset(
    (
        *("bl", "br", "ch", "dr", "dw", "fl", "fr", "gl", "gr", "kl", "kn", "kr", "kw", "pl", "pr", "qu"),
        *("sch", "schl", "schr", "th", "tr", "tw", "vl", "vr", "wr", "zw"),
    )
)  # consonants that open a syllable together
_TREMA = "\u0308"


@cache
def break_points(word: str) -> tuple[int, ...]:
    """Offsets into `word` before which it may break; none in words with digits or capitals inside."""
    if not word[1:].islower() or not word.replace("-", "").isalpha():
        return ()
    found: list[int] = []
    groups = list(_vowels().finditer(_bare(word)))
    for left, right in pairwise(groups):
        point = _between(_bare(word)[left.end() : right.start()]) + left.end()
        if word[left.end() : right.start()].isalpha():
            found.append(point)
    found += [place for place in range(1, len(word)) if _has_trema(word, place) and word[place - 1] in "aeiou"]
    return tuple(sorted({p for p in found if SHORTEST <= p <= len(word) - SHORTEST and "-" not in word[p - 1 : p + 1]}))


def broken(word: str, point: int, *, drops_trema: bool) -> tuple[str, str]:
    """`word` in two at `point`; a trema that the break makes needless is dropped where print does so."""
    tail = word[point:]
    if drops_trema and _has_trema(word, point):
        tail = unicodedata.normalize("NFD", tail[0])[0] + tail[1:]
    return word[:point], tail


def _between(consonants: str) -> int:
    """How many of the consonants between two vowels stay on the left."""
    for size in (5, 4, 3, 2):
        if len(consonants) >= size and consonants[-size:] in _ONSETS:
            return len(consonants) - size
    return max(0, len(consonants) - 1)


def _has_trema(word: str, place: int) -> bool:
    return _TREMA in unicodedata.normalize("NFD", word[place])


def _bare(word: str) -> str:
    """The word with its letters unmarked; as many as before."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in word.lower())


@cache
def _vowels() -> re.Pattern[str]:
    return re.compile(r"ij|[aeiouy]+")
