"""Words that a dump glued together: "hetdebat", "besloten.Daarna". Taken apart where that is plain.

Some dumps lost the ends of lines: there a word is glued to the next one every so many characters, and where one is due,
less is needed to see it.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.words import Edit, Lexicon, Vocabulary, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toezeggingen.letters.hyphens import Hyphens
    from toezeggingen.letters.zones import Block

_PLAIN = 5
_LIKELY = 4
_POSSIBLE = 2


def seams(vocabulary: Vocabulary) -> dict[str, list[int]]:
    """The tokens of the letter in which words meet for all to see, and the offsets at which a blank is missing."""
    glued = _glued_pairs()
    found = {token: [cut] for token in vocabulary.tokens.keys() & glued.keys() if (cut := glued[token])}
    suspect = _suspect()
    for token in vocabulary.tokens:
        if len(token) > 3 and suspect.search(token) and (cuts := _cuts(token)):
            found[token] = cuts
    return found


@functools.cache
def _suspect() -> re.Pattern[str]:
    """A token in which, by its letters and marks, two words can meet."""
    return re.compile(
        r"""
        [A-Za-zà-ÿ)»”?]["”’»)]?[.,;:?!]["”’»)]?[A-Za-zÀ-ÿ] | [a-zà-ÿ][A-ZÀ-Þ] | \d[A-Z][A-Za-z] | [A-Z]\)[a-z]{2} | \?[A-Za-z]
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
        return left in lexicon().function and left.islower() and at - len(left) == begin + _marks_before(token, begin) and len(right) > 1
    if kind == "figure":
        return left.lower() in lexicon().function
    if kind == "acronym":
        return right in lexicon().whole
    digits = token[max(begin, at - 5) : at]
    if len(digits) == 4 and digits.isdigit() and digits[:2] in ("19", "20"):
        return right in lexicon().whole or (right[:1].isupper() and len(right) > 1)
    if right[:1].islower():
        return digits.strip("(").isdigit() and len(digits.strip("(")) < 3 and right in _months()
    return len(digits) > 2 and digits[-3:].isdigit() and len(right) > 1


@functools.cache
def _months() -> frozenset[str]:
    return frozenset("januari februari maart april mei juni juli augustus september oktober november december".split())


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
    while end < len(token) and (token[end].isalpha()):
        end += 1
    return token[begin:end]


@functools.cache
def _glued_pairs() -> dict[str, int]:
    """Two function words glued together that make no word: "vande" -> 3. With 0: such a pair that is a word."""
    before = (
        "van in op voor met door bij aan uit naar over om onder tussen tegen zonder binnen buiten tijdens volgens sinds wegens via tot "
        "vanaf vanuit vanwege rond dat als en of omdat indien maar wanneer terwijl zodat wordt worden heeft hebben zullen kunnen is was"
    ).split()
    behind = "de het deze dit mijn uw".split()
    words = {"ende", "inde", "voorde", "tende", "isde", "wasde", "omdit", "opdit", "inuw", "alsde", "viade"} | lexicon().known
    return {a + b: len(a) for a in before for b in behind if a + b not in words} | {"inde": 2, "alsde": 3, "viade": 3, "zalik": 3, "dieik": 3}


def glued(text: str, blocks: Sequence[Block], vocabulary: Vocabulary, hyphens: Hyphens) -> list[Edit]:
    """A blank for every place where two words were glued together, and hyphens of lost line ends taken out."""
    found = seams(vocabulary)
    edits = [Edit(at + cut, at + cut, " ") for token, at in _places(text, found) for cut in found[token]]
    edits += [Edit(at, at, " ") for at in _glued_dates(text)]
    lines = [(at, at + len(line)) for at, line in _lines(text, blocks)]
    width = _width(lines)
    long = sum(end - start for start, end in lines if end - start > 1.3 * width)
    evidence = len(edits) + _unseen_seams(vocabulary) if long > 400 else 0
    if evidence > 4 and long < _SPARSE * evidence:
        edits += LostLines(text, vocabulary, hyphens, found, width).edits(lines)
    return edits


def _glued_dates(text: str) -> Iterator[int]:
    """Where the day of a date is glued to the word before it: op8 oktober."""
    for month in _months():
        at = text.find(f" {month}")
        while at >= 0:
            begin = at
            while begin > at - 3 and text[begin - 1 : begin].isdigit():
                begin -= 1
            if at - 3 < begin < at and text[begin - 1 : begin].islower() and text[begin - 2 : begin - 1].isalpha():
                yield begin
            at = text.find(f" {month}", at + 1)


def _unseen_seams(vocabulary: Vocabulary) -> int:
    """How many words of the letter are a known word with "het" or "van" glued to it."""
    whole, tokens = lexicon().whole, vocabulary.tokens
    count = 0
    for token in tokens:
        if len(token) > 6 and token not in whole:
            if (token.startswith(("het", "van")) and ((rest := token[3:]) in whole or rest in tokens)) or (
                token.endswith(("van", "het")) and ((rest := token[:-3]) in whole or rest in tokens)
            ):
                count += 1
    return count


_SPARSE = 1200
"""Characters of long lines for each glued place: where there are fewer, line ends were lost."""


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


def _lines(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """The lines of what is written in sentences."""
    for block in blocks:
        if block.zone not in _NO_SENTENCES:
            at = block.start
            for line in text[block.start : block.end].split("\n"):
                yield at, line
                at += len(line) + 1


_NO_SENTENCES = frozenset({Zone.FURNITURE, Zone.HEAD, Zone.SIGNATURE, Zone.TABLE})


def _width(lines: list[tuple[int, int]]) -> int:
    """The width at which the lines that kept their ends were wrapped."""
    lengths = sorted(length for start, end in lines if 55 <= (length := end - start) <= 95)
    return lengths[int(len(lengths) * 0.75)] if len(lengths) > 2 else 76


class LostLines:
    """The search for the ends of lines that a dump lost, in lines far wider than the others."""

    def __init__(self, text: str, vocabulary: Vocabulary, hyphens: Hyphens, found: dict[str, list[int]], width: int) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._hyphens = hyphens
        self._seams = found
        self._width = width
        self._lexicon: Lexicon = lexicon()
        self._token = re.compile(r"\S{1,400}")
        self._turn = re.compile(r"[a-zà-ÿ](?=[A-ZÀ-Þ])|[a-zà-ÿ](?=\([A-Z]{2})|\)(?=[A-Z][A-Za-z])|\d(?=[a-z]{4})")
        self._beginnings = {w[:6] for w in self._lexicon.whole if len(w) > 5} | {
            w[:6] for token in vocabulary.tokens if len(w := token.strip(".,;:?!()«»").lower()) > 5
        }
        self._splits: dict[str, tuple[float, int]] = {}

    def edits(self, spans: Iterable[tuple[int, int]]) -> list[Edit]:
        """A blank, or a hyphen taken out, for every line end found within `spans` of the source."""
        long = [(start, end) for start, end in spans if end - start > 1.3 * self._width]
        found = [self._in_line(start, end) for start, end in long]
        gaps = sorted(b[0] - a[0] for breaks in found for a, b in zip(breaks, breaks[1:], strict=False))
        near = [gap for gap in gaps if 0.7 * self._width <= gap <= 1.2 * self._width]
        if len(near) > 4:  # the lines tell how wide they were
            self._width = round(near[len(near) // 2] * 1.06)
            found = [self._in_line(start, end) for start, end in long]
        return [edit for breaks in found for _, edits in breaks for edit in edits]

    def _in_line(self, start: int, end: int) -> list[tuple[int, list[Edit]]]:
        """Where lines ended between `start` and `end`, and the edits for it."""
        breaks: list[tuple[int, list[Edit]]] = []
        begin = start  # of the line that was
        best: tuple[float, float, int, list[Edit]] | None = None
        for match in self._token.finditer(self._text, start, end):
            token, at = match[0], match.start()
            if best is not None and at - begin > 1.12 * self._width:
                begin = best[2]
                breaks.append(best[2:])
                best = None
            for score, offset, edits in self._candidates(token, at):
                column = at + offset - begin
                if score == _PLAIN and column < 1.12 * self._width:
                    begin, best = at + offset, None
                    breaks.append((begin, []))
                elif 0.75 * self._width <= column <= 1.12 * self._width:
                    rank = (score, -abs(column - 0.95 * self._width))
                    if best is None or rank > best[:2]:
                        best = (*rank, at + offset, edits)
            if best is None and at - begin > 1.3 * self._width:
                begin = at - int(0.35 * self._width)
        if best is not None:
            breaks.append(best[2:])
        return breaks

    def _candidates(self, token: str, at: int) -> Iterator[tuple[float, int, list[Edit]]]:
        """Where in `token` a line can have ended: how sure that is, the offset, and the edits (none where they are made already)."""
        if token in self._seams:
            for cut in self._seams[token]:
                yield _PLAIN, cut, []
            return
        hyphen = token.find("-", 2, len(token) - 2)
        while hyphen > 0:
            if edits := self._hyphens.left_over(at + hyphen, eager=True):
                yield _LIKELY, hyphen + 1, edits
            elif self._hyphens.can_be_compound(at + hyphen):
                yield _POSSIBLE - 0.75, hyphen + 1, [Edit(at + hyphen, at + hyphen + 1, "")]
            hyphen = token.find("-", hyphen + 1, len(token) - 2)
        if token not in self._splits:
            self._splits[token] = self._split(token)
        score, cut = self._splits[token]
        if score:
            yield score, cut, [Edit(at + cut, at + cut, " ")]

    def _split(self, token: str) -> tuple[float, int]:
        """The best place to take `token` apart and how sure it is; 0 where it is a word as it stands."""
        word = token.rstrip(".,;:?!)»”’'\"")
        lead = len(word) - len(word.lstrip("(«“‘'\""))
        word = word[lead:].removesuffix("’s")
        low = word.lower()
        count = self._vocabulary.count(low)
        if len(low) < 4 or low in self._lexicon.known or count > 3:
            return 0, 0
        if match := self._turn.search(word):
            left = word[: match.end()].lower().strip("(")
            is_acronym = word[match.end() : match.end() + 2].isupper()
            known = is_acronym or not left[-1].isalpha() or left in self._lexicon.whole or self._vocabulary.count(left) > 0
            return (_LIKELY, match.end() + lead) if known and count < 3 else (0, 0)
        if not word.isalpha():
            return 0, 0
        best: tuple[float, int] = (0, 0)
        for cut in range(1 if low[0] == "u" else 2, len(low) - 1):
            score = self._score(low[:cut], low[cut:])
            if score > best[0]:
                best = (score, cut + lead)
        return best if count < 2 or best[0] >= _LIKELY else (0, 0)

    def _score(self, left: str, right: str) -> float:
        """How well two words fit that stand glued together; 0 where they do not."""
        knows_left, knows_right = self._is_word(left), self._is_word(right)
        function = self._lexicon.function
        if right in _ENDINGS and left not in function and not (right == "en" and left.endswith(("s", "en", "ie", "a", "o"))):
            return 0
        if knows_left and knows_right:
            if left in _SEPARABLE and right not in function:
                return _POSSIBLE
            if left in function or right in function:
                return _LIKELY + 0.25 * ((left in _CORE) + (right in _CORE))
            return _POSSIBLE + 0.5
        if right in _AFTER_ANY and len(left) > 3:
            return _POSSIBLE + 0.25
        if left in _BEFORE_ANY and len(right) > 3:
            return _POSSIBLE
        if left in _CORE and len(right) > 4 and right[:6] in self._beginnings:
            return _POSSIBLE - 0.5
        return 0

    def _is_word(self, word: str) -> bool:
        return word in self._lexicon.whole or (len(word) > 2 and self._vocabulary.count(word) > 0)


_ENDINGS = frozenset({"en", "er", "te", "de", "ten", "ter", "der", "den", "ze", "men", "st"})
"""Function words that words also end in."""

_CORE = frozenset(
    "de het een van en in op te dat die is aan met voor niet zijn er om ook als bij door naar uit over of wordt worden heeft hebben ik wij we u uw "
    "wat zal zullen kan kunnen deze dit".split()
)
_SEPARABLE = frozenset("aan af bij door in mee na om onder op over tegen terug toe uit voor weg samen".split())
_BEFORE_ANY = frozenset("het van dat een wordt worden naar zijn niet heeft hebben zullen kunnen deze dit zoals ook".split())
_AFTER_ANY = frozenset("van het dat wordt worden heeft hebben zullen voor met door naar deze zijn".split())
