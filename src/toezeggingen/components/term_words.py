"""A letter as the grammar of terms sees it: one character for the class of every word, none of its letters.

`lexicons/terms.jsonl` gives words their class ("mei" is a MONTH, "uiterlijk" a BY). A text becomes a string with one
code a word; white space between words leaves nothing, a hyphen, slash, full stop or comma its own sign, and anything
else a break that no term passes. The grammar is written as regular expressions over these codes, with the names of the
classes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Any

from toezeggingen import lexicons
from toezeggingen.errors import LexiconError

FILE = "terms.jsonl"
PHRASE = "phrase"
"""The class of terms that are taken word for word ("te zijner tijd")."""

SHAPES = ("DAYNUM", "NUM", "YEAR", "NOTED_YEAR", "WORD", "NAME", "ADJ", "ING", "GLUED")
"""Classes by the look of a word that the lexicon does not know: 1-31, another number, 1950-2100, a year with the
number of a footnote behind it ("202314"), a word, one with a capital, one in -e (an adjective, as a rule), one in
-ing, two in one.
"""

BREAK = "|"
FIRST_CODE = "\ue000"
"""The lowest code of a word (private use, no sign of regular expressions); what is lower stands between words."""

_MEMORY = 50_000  # words; then the memory of codes is wiped, so that it cannot grow without end

_WORD = r"""
  (
    [A-Za-z]\.[A-Za-z]\. (?: [A-Za-z]\. ){0,3} (?!\w)      # "a.s.", "t.z.t."
  | t/m                                                   # "13 t/m 15 mei"
  | [\w\u0300-\u036f]+
    (?: (?: ['’\u00ad]                                    # "Kamer's", a soft hyphen
          | [-\u00ad\u2010\u0002\ufffe] [ ]? \r?\n [ \t]{0,20} (?=[a-zà-ÿ])   # a word broken over two lines
        ) [\w\u0300-\u036f]+ ){0,3}
  )
"""

# What a PDF glues together: "ditvoorjaar", "komendeperiode", "dit najaarworden", "2025zal"; not "voorjaarsnota",
# "eindtermijn"
_GLUED_LEFT = ("THIS", "COMING", "NEXT", "ARTICLE", "POSSIBLE", "ORDINAL", "LENGTH")
_GLUED_RIGHT = (
    *("SEASON", "MONTH", "SPAN_WORD", "UNITS", "TERM_WORD", "YEAR_WORD", "WEEK_WORD", "MONTH_WORD", "QUARTER_WORD"),
    *("RECESS", "HALF_WORD", "TENURE", "COMING", "NEXT"),
)
_GLUED_START = r"(?: voorjaar | najaar ) (?= [a-rt-z] ) | (?: 19 | 20 ) [0-9]{2} (?= [a-z]{2} )"


class _Codes(dict[str, str]):
    """The code of every word met so far; a new word is looked at once. GLUED is the code of two words without a
    space.
    """

    def __init__(self, known: dict[str, str], names: dict[str, str], endings: dict[str, str]) -> None:
        super().__init__()
        self._known = known
        self._names = names
        self._endings = endings
        self._lengths = sorted({len(ending) for ending in endings}, reverse=True)
        self._left = frozenset(names[name] for name in _GLUED_LEFT)
        self._right = frozenset(names[name] for name in _GLUED_RIGHT)
        self._start = re.compile(_GLUED_START, re.VERBOSE)

    def __missing__(self, word: str) -> str:
        folded = fold(word)
        code = self._known.get(folded) or self._by_ending(folded)
        if code is None:
            code = self._names["GLUED" if self.seam(word) else _shape(word, folded)]
        if len(self) > _MEMORY:
            self.clear()
        self[word] = code
        return code

    def _by_ending(self, folded: str) -> str | None:
        """The code of the longest ending in the lexicon; at least three letters must stand before it."""
        for length in self._lengths:
            if len(folded) >= length + 3 and (code := self._endings.get(folded[-length:])):
                return code
        return None

    def seam(self, word: str) -> int:
        """How many characters the first of two glued words has; 0 where the word is one."""
        lowered = word.lower()
        if len(lowered) != len(word) or not 6 <= len(word) <= 40:
            return 0
        if match := self._start.match(lowered):
            return match.end()
        for cut in range(2, len(lowered) - 2):
            if self._known.get(lowered[:cut]) in self._left and self._known.get(lowered[cut:]) in self._right:
                return cut
        return 0


class _GapCodes(dict[str, str]):
    """The code of what stands between two words: nothing for white space with one line break at most."""

    def __missing__(self, gap: str) -> str:
        core = gap.strip()
        if not core:
            code = "" if gap.count("\n") < 2 and len(gap) <= 30 else BREAK
        elif core in ("-", "–", "\u2010") and len(gap) <= 3 and "\n" not in gap:
            code = "-"
        elif gap == "/":
            code = "/"
        elif gap == ".":
            code = "."
        elif core == "." and len(gap) <= 3:
            code = ":"
        elif core == ",":
            code = ","
        else:
            code = BREAK
        if len(self) > _MEMORY:
            self.clear()
        if len(gap) <= 30:
            self[gap] = code
        return code


def fold(word: str) -> str:
    """The word in small letters, composed, without hyphens of a broken line; straight and curly apostrophes are one."""
    lowered = word.lower()
    if lowered.isascii() and lowered.isalnum():
        return lowered
    composed = unicodedata.normalize("NFC", lowered).replace("’", "'")
    return "".join(c for c in composed if c.isalnum() or c in "./'")


def _shape(word: str, folded: str) -> str:
    if folded.isascii() and folded.isdigit():
        if len(folded) <= 2:
            return "DAYNUM" if 1 <= int(folded) <= 31 else "NUM"
        if len(folded) > 6 or not 1950 <= int(folded[:4]) <= 2100:
            return "NUM"
        return {3: "NUM", 4: "YEAR"}.get(len(folded), "NOTED_YEAR")
    if word[0].isupper():
        return "NAME"
    if folded.endswith("ing") and len(folded) > 6:
        return "ING"
    return "ADJ" if folded.endswith("e") and not folded.endswith("ie") else "WORD"


@dataclass(slots=True)
class Coded:
    """A text as codes. `index[i]` is where the code of word `i` stands in `codes`; `offsets` are ends of words and
    gaps.
    """

    text: str
    parts: list[str]
    codes: str
    index: list[int]
    offsets: list[int]

    def word(self, at: int) -> str:
        """The folded word whose code stands at `at`."""
        return fold(self.parts[2 * self.token(at) + 1])

    def words(self, start: int, end: int) -> list[str]:
        """The folded words whose codes stand in `start` to `end` (half open)."""
        return [fold(self.parts[2 * token + 1]) for token in range(self.token(start), self.token(end - 1) + 1)]

    def token(self, at: int) -> int:
        """The number of the word whose code stands at `at`, or of the word before the sign that does."""
        return bisect_right(self.index, at) - 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the words whose codes stand in `start` to `end` (half open)."""
        return self.offsets[2 * self.token(start)], self.offsets[2 * self.token(end - 1) + 1]


class TermWords:
    """The words of the lexicon: their classes, their values, and the phrases taken as they are."""

    def __init__(self, lexicon: str) -> None:
        self._word = re.compile(_WORD, re.VERBOSE)
        self.values: dict[str, Any] = {}
        self.phrases: dict[str, Any] = {}  # by their words from the last to the first
        self.names: dict[str, str] = {}
        known: dict[str, str] = {}
        endings: dict[str, str] = {}
        for shape in SHAPES:
            self._code_of(shape)
        required, optional = frozenset({"class", "words", "example", "term"}), frozenset({"value", "note", "sure"})
        for number, line in enumerate(
            lexicons.parse(lexicon, file=FILE, required=required, optional=optional), start=1
        ):
            for word in line["words"]:
                if line["class"] == PHRASE:
                    self._add_phrase(word, line)
                    continue
                bare = fold(word.removeprefix("-"))
                place = endings if word.startswith("-") else known
                if bare in place:
                    raise LexiconError(FILE, number, f"{word!r} has a class already")
                place[bare] = self._code_of(line["class"])
                if "value" in line:
                    self.values[bare] = line["value"]
        for last in self.phrases:
            known.setdefault(last, self._code_of("PHRASE_END"))
        self.phrase_ends = "".join({known[last] for last in self.phrases})
        self._codes = _Codes(known, self.names, endings)
        self._gaps = _GapCodes()

    def _code_of(self, name: str) -> str:
        return self.names.setdefault(name, chr(ord(FIRST_CODE) + len(self.names)))

    def _add_phrase(self, phrase: str, line: dict[str, Any]) -> None:
        node = self.phrases
        for word in reversed(phrase.split()):
            node = node.setdefault(fold(word), {})
        node[""] = (line["value"], line.get("sure", 1.0))

    def code(self, text: str) -> Coded:
        """The text as codes; takes time in proportion to its length."""
        parts = self._word.split(text)
        words = [*map(self._codes.__getitem__, parts[1::2])]
        if self.names["GLUED"] in words:
            parts = self._unglued(parts)
            words = [*map(self._codes.__getitem__, parts[1::2])]
        gaps = [*map(self._gaps.__getitem__, parts[2::2])]
        both = [""] * (2 * len(words))
        both[0::2], both[1::2] = words, gaps
        codes = "".join(both)
        index = [*map(add, range(len(gaps)), accumulate(map(len, gaps), initial=0))]
        return Coded(text, parts, codes, index, [*accumulate(map(len, parts))])

    def _unglued(self, parts: list[str]) -> list[str]:
        """The words and gaps with glued words apart, an empty gap between them."""
        apart: list[str] = []
        for number, part in enumerate(parts):
            if number % 2 and self._codes[part] == self.names["GLUED"]:
                seam = self._codes.seam(part)
                apart += [part[:seam], "", part[seam:]]
            else:
                apart.append(part)
        return apart

    def group(self, *names: str) -> frozenset[str]:
        """The codes of the classes."""
        return frozenset(self.names[name] for name in names)

    def expand(self, pattern: str, bricks: dict[str, str]) -> str:
        """The pattern with its `<brick>`s put in, and the names of word classes (CAPITALS) turned into codes.

        Raises KeyError for a brick or a class that does not exist.
        """
        previous = ""
        while previous != pattern:
            previous = pattern
            pattern = re.sub(r"(?<!\?P)<([a-z_]+)>", lambda m: bricks[m[1]], pattern)
        pattern = re.sub(r"#.*", "", pattern)
        return re.sub(r"\b[A-Z][A-Z_]+\b", lambda m: self.names[m[0]], pattern)


def without_names(pattern: str) -> str:
    """The pattern with its named groups unnamed, so that it can stand in another more than once."""
    return re.sub(r"\?P<\w+>", "?:", pattern)
