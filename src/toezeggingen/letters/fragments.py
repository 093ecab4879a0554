"""Words that a dump took apart: "bove n", "ge ïnformeerd". Joined where the part is no word and the whole is one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.words import Edit, Vocabulary, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 60
"""Different fragments: a text with more of them is no Dutch, and is left as it is."""

_MARKS = ".,;:)!?"
_TREMAS = "ïëöü"


def rejoined(text: str, vocabulary: Vocabulary) -> Iterator[Edit]:
    """Edits that take the blank out of words that were taken apart."""
    for taken in _citing().finditer(text):
        for gap in re.finditer(" ", taken[0]):
            yield Edit(taken.start() + gap.start(), taken.start() + gap.end(), "")
    known, hyphened = lexicon().known, lexicon().hyphen
    fragments = []
    for token in vocabulary.tokens:
        if len(token) < 5 or token[0] in _TREMAS:
            word = token.rstrip(_MARKS)
            is_part = word.isalpha() and word.islower() and word not in known and word not in hyphened
            if is_part and (len(word) < 4 or word[0] in _TREMAS):
                fragments.append(token)
    if len(fragments) > _MOST:
        return
    done: set[int] = set()
    for token in fragments:
        at = text.find(" " + token)
        while at >= 0:
            end = at + 1 + len(token)
            blank = -1 if text[end : end + 1].strip() else _join(text, at, end, token.rstrip(_MARKS), vocabulary)
            if blank >= 0 and blank not in done:
                done.add(blank)
                yield Edit(blank, blank + 1, "")
            at = text.find(" " + token, end)


@cache
def _citing() -> re.Pattern[str]:
    """A word that citations begin with, with a blank or two anywhere in it: Kamers tuk, Handelin gen."""
    words = sorted(lexicon().citing, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(' ?'.join(word) for word in words)})(?!\w)", re.IGNORECASE)


def _join(text: str, at: int, end: int, word: str, vocabulary: Vocabulary) -> int:
    """The blank to take out around the fragment `word` of the token `text[at + 1 : end]`; -1 for none."""
    before = _takenbefore(text, at)
    if word[0] in _TREMAS:
        return at if before[-1:].lower() in tuple("aeiou") else -1
    if before and _is_better(before, word, vocabulary):
        return at
    if text[end : end + 1] == " " and text[end - 1].isalpha():
        after = text[end + 1 : end + 30].split(None, 1)[:1]
        if after and _is_better(word, after[0].rstrip(_MARKS), vocabulary):
            return end
    return -1


def _takenbefore(text: str, end: int) -> str:
    begin = end
    while begin > 0 and end - begin < 30 and text[begin - 1].isalpha():
        begin -= 1
    return text[begin:end]


def _is_better(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether `left` and `right` make a word, and one of them alone is none."""
    whole = (left + right).lower()
    if not (left + right).isalpha() or right[:1].isupper():
        return False
    known = lexicon().known
    if whole not in known and not (len(whole) > 4 and vocabulary.count(whole)):
        return False
    other = left if len(left) > len(right) else right
    return other.lower() not in known or (min(len(left), len(right)) > 1 and len(whole) > 6)
