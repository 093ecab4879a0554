"""Words that a dump glued together: "hetdebat", "besloten.Daarna". Taken apart where the writing shows it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.lost_lines import LostLines
from toezeggingen.letters.words import Edit, Vocabulary, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toezeggingen.letters.hyphens import Hyphens
    from toezeggingen.letters.zones import Block

_SPARSE = 1200
"""Characters of long lines for each glued place: where there are fewer, line ends were lost."""


def glued(text: str, blocks: Sequence[Block], vocabulary: Vocabulary, hyphens: Hyphens) -> list[Edit]:
    """A blank for every place where two words were glued together, and hyphens of lost line ends taken out."""
    found = seams(vocabulary)
    edits = [Edit(at + cut, at + cut, " ") for token, at in _places(text, found) for cut in found[token]]
    edits += [Edit(at, at, " ") for at in _glued_dates(text)]
    lines = [span for block in blocks if block.zone not in _NO_SENTENCES for span in _lines(text, block)]
    width = _width(lines)
    long = sum(end - start for start, end in lines if end - start > 1.3 * width)
    evidence = len(edits) + _unseen_seams(vocabulary) if long > 400 else 0
    if evidence > 4 and long < _SPARSE * evidence:
        edits += LostLines(text, vocabulary, hyphens, found).edits(lines, width)
    return edits


def seams(vocabulary: Vocabulary) -> dict[str, list[int]]:
    """The tokens of the letter in which words meet for all to see, and the offsets at which a blank is missing."""
    glued = _glued_pairs()
    found = {token: [cut] for token in vocabulary.tokens.keys() & glued.keys() if (cut := glued[token])}
    suspect = _suspect()
    for token in vocabulary.tokens:
        word = token if token.isalpha() else token[:-1]
        if word.isalpha() and word[1:].islower():  # most are plain words, with a mark behind them
            continue
        if len(token) > 3 and suspect.search(token) and (cuts := _cuts(token)):
            found[token] = cuts
    return found


@functools.cache
def _suspect() -> re.Pattern[str]:
    """A token in which, by its letters and marks, two words can meet."""
    return re.compile(
        r"""
        [A-Za-zà-ÿ)»”?]["”’»)]?[.,;:?!]["”’»)]?[A-Za-zÀ-ÿ] | \?[A-Za-z]
      | [a-zà-ÿ][A-ZÀ-Þ] | \d[A-Z][A-Za-z] | [A-Z]\)[a-z]{2}
      | \d{4}[a-z]{2} | [a-z](?:\d{4}\b|\d{1,3}[.,]\d)
      | ^\(?\d{1,2}(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b
        """,
        re.VERBOSE,
    )


@functools.cache
def _seam() -> re.Pattern[str]:
    return re.compile(
        r"""
        (?P<sentence> (?<=[a-zà-ÿ)»”’]) [.?!:;] ["”’»)]? (?=[A-ZÀ-Þ][a-zà-ÿ]) )       # gegaan.Daarna
      | (?P<clause>   (?<=[A-Za-zà-ÿ)»”’]) [,;] (?=[a-zà-ÿ“«‘]{2}) )                 # plan,maar
      | (?P<question> (?<=[a-zà-ÿ»”]) [?] (?=[A-Za-z]) )
      | (?P<camel>    (?<=[a-zà-ÿ]) (?=[A-ZÀ-Þ]) )                                   # hetRijk
      | (?P<figure>   (?<=[a-z]) (?=(?:19|20)\d\d(?!\d)|\d{1,3}[.,]\d) )             # sinds2020 · tot1,5
      | (?P<acronym>  (?<=[A-Z]\)) (?=[a-z]{2}) )                                    # (ABC)namens
      | (?P<number>   (?<=\d) (?=[A-Z][A-Za-z]) | (?<=\d) (?=[a-z]{2,14}\b) )  # 2024Tweede · 19januari · 2024ook
        """,
        re.VERBOSE,
    )


@functools.cache
def _address() -> re.Pattern[str]:
    return re.compile(r"://|www\.|@|\.(?:nl|com|org|eu|int|net|pdf|html?|docx?|xlsx?)\b|[=#~%]")


def _cuts(token: str) -> list[int]:
    """The offsets in `token` at which a blank is missing."""
    if len(token) > 120 or _address().search(token):
        return []
    cuts = []
    begin = 0
    for match in _seam().finditer(token):
        if _is_seam(match, token, begin):
            cuts.append(match.end())
            begin = match.end()
    return cuts


def _is_seam(match: re.Match[str], token: str, begin: int) -> bool:
    kind, at = match.lastgroup, match.start()
    left, right = _letters_before(token, at), _letters_after(token, match.end())
    if kind == "sentence":  # not in abbreviations and initials
        return len(right) > 1 and (len(left) > 2 or token[at - 1] == ")" or left == "jl")
    if kind in ("clause", "question"):
        return len(left) > 1 or token[at - 1] in ")»”"
    if kind == "camel":  # a name has capitals inside; a function word before a capital has not
        starts = at - len(left) == begin + _marks_before(token, begin)
        return starts and len(right) > 1 and left.islower() and left in lexicon().function
    if kind == "figure":
        return left.lower() in lexicon().function
    if kind == "acronym":
        return right in lexicon().whole
    digits = token[max(begin, at - 5) : at]
    if len(digits) == 4 and digits.isdecimal() and digits[:2] in ("19", "20"):
        return right in lexicon().whole or (right[:1].isupper() and len(right) > 1)
    if right[:1].islower():
        return digits.strip("(").isdecimal() and len(digits.strip("(")) < 3 and right in lexicon().month
    return len(digits) > 2 and digits[-3:].isdecimal() and len(right) > 1


def _marks_before(token: str, begin: int) -> int:
    count = 0
    while begin + count < len(token) and not token[begin + count].isalpha():
        count += 1
    return count


def _letters_before(token: str, end: int) -> str:
    begin = end
    while begin > 0 and token[begin - 1].isalpha():
        begin -= 1
    return token[begin:end]


def _letters_after(token: str, begin: int) -> str:
    end = begin
    while end < len(token) and token[end].isalpha():
        end += 1
    return token[begin:end]


@functools.cache
def _glued_pairs() -> dict[str, int]:
    """Two function words glued together that make no word, and where the second begins: "vande" -> 3."""
    words = lexicon()
    return {a + b: len(a) for a in words.pair_first for b in words.pair_second if a + b not in words.known_pair}


def _glued_dates(text: str) -> Iterator[int]:
    """Where the day of a date is glued to the word before it: op8 oktober."""
    for month in sorted(lexicon().month):
        at = text.find(f" {month}")
        while at >= 0:
            begin = at
            while begin > at - 3 and text[begin - 1 : begin].isdecimal():
                begin -= 1
            if at - 3 < begin < at and text[begin - 1 : begin].islower() and text[begin - 2 : begin - 1].isalpha():
                yield begin
            at = text.find(f" {month}", at + 1)


def _unseen_seams(vocabulary: Vocabulary) -> int:
    """How many words of the letter are a known word with "het" or "van" glued to it."""
    whole, tokens = lexicon().whole, vocabulary.tokens
    count = 0
    for token in tokens:
        if len(token) < 7 or token in whole:
            continue
        rest = token[3:] if token[:3] in ("het", "van") else token[:-3] if token[-3:] in ("van", "het") else ""
        count += bool(rest) and (rest in whole or rest in tokens)
    return count


def _places(text: str, found: dict[str, list[int]]) -> Iterator[tuple[str, int]]:
    """Every token of `found` and where it stands."""
    if len(found) > 12:
        for match in re.finditer(r"\S{1,400}", text):
            if match[0] in found:
                yield match[0], match.start()
        return
    for token in found:
        at = text.find(token)
        while at >= 0:
            end = at + len(token)
            if (not at or text[at - 1].isspace()) and not text[end : end + 1].strip():
                yield token, at
            at = text.find(token, end)


_NO_SENTENCES = frozenset({Zone.FURNITURE, Zone.HEAD, Zone.SIGNATURE, Zone.TABLE})


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The lines of a block."""
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _width(lines: list[tuple[int, int]]) -> int:
    """The width at which the lines that kept their ends were wrapped."""
    lengths = sorted(length for start, end in lines if 55 <= (length := end - start) <= 95)
    return lengths[int(len(lengths) * 0.75)] if len(lengths) > 2 else 76
