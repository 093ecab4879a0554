"""Raised numbers: digits in the running text that point at a footnote."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toezeggingen.letters.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN = 3
"""Strength: nothing but a marker can stand there (glued to a small letter or a closing mark, or raised by markup)."""
LIKELY = 2
"""Strength: glued to a capital, which can be a name ("CO2"), or a number alone on a line."""
POSSIBLE = 1
"""Strength: glued to a year, or alone between words."""

_CLOSING = "»”’\"')]"
_MARKS = ".,;:?!"


@dataclass(frozen=True, slots=True)
class Raised:
    """What can be the marker of footnote `number`: characters `start` to `end`, which are cut if it is."""

    number: int
    start: int
    end: int
    strength: int


def raised(text: str) -> list[Raised]:
    """Every number in `text` that can be a marker by how it is written, in order; none that stands between words."""
    found: list[Raised] = []
    second = _second()
    for match in _digits().finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        if before in _APART:
            if 4 < end - start < 7 and (one := _behind_year(text, start, end)) is not None:
                found.append(one)
        elif text[start] > "9":  # ² and its kind
            found.append(Raised(int(match[0].translate(_raised_digits())), start, end, PLAIN))
        elif end - start <= 3 and text[start] != "0" and (one := _glued(text, start, end)) is not None:
            found.append(one)
            if one.strength == PLAIN and (more := second.match(text, end)) and int(more[1]) == one.number + 1:
                found.append(Raised(one.number + 1, end, more.end(), PLAIN))
    return found


_APART = frozenset(["", " ", "\n", "\t", "(", "–", "-", "/", "€", "\u00a0", "+", "#", "="])
"""What no marker stands behind."""


def _behind_year(text: str, start: int, end: int) -> Raised | None:
    """A marker glued to a year: 20225."""
    if text[start : start + 2] not in ("19", "20") or text[start + 4] == "0" or _runs_on(text, end):
        return None
    return Raised(int(text[start + 4 : end]), start + 4, end, POSSIBLE)


@functools.cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"[0-9]{1,12}|[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]{1,3}")


@functools.cache
def _second() -> re.Pattern[str]:
    """The second marker of two: vooruit.3, 4"""
    return re.compile(r"(?:</sup>)?,\ ?(?:<sup>)?(\d{1,3})(?![\d.,]\d|\w)")


@functools.cache
def _raised_digits() -> dict[int, int]:
    return str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _runs_on(text: str, end: int) -> bool:
    """Whether the number that ends at `end` is part of something longer: a decimal, a percentage, a word."""
    after, second = text[end : end + 1], text[end + 1 : end + 2]
    return (
        after.isalnum()
        or after in ("%", "°", "_", "/", "@")
        or (after in (".", ",", "-", "–", ":") and second.isdecimal())
        or (after == "-" and second.isalpha())
    )


def _glued(text: str, start: int, end: int) -> Raised | None:
    """The one to three digits at `start` as a marker, by what they are glued to."""
    before = text[start - 1 : start]
    number = int(text[start:end])
    if before == ">" and text[start - 5 : start].lower() == "<sup>":
        return Raised(number, start, end, PLAIN)
    if before in ("^", "[") and text[start - 2 : start] == "[^" and text[end : end + 1] == "]":
        return Raised(number, start - 2, end + 1, PLAIN)
    if _runs_on(text, end):
        return None
    if text[end : end + 1] == ")" and _no_bracket_open(text, start):
        end += 1
    if before.islower() or before in _CLOSING:
        is_word = before.islower() and text[start - 2 : start - 1].isalpha()
        return Raised(number, start, end, PLAIN) if is_word or before in _CLOSING else None
    if before.isupper():
        if _last_word(text, start).lower() in lexicon().numbered:
            return None  # CO2
        return Raised(number, start, end, LIKELY)
    if before in _MARKS:
        word = _last_word(text, start - 1)
        if word.lower() in lexicon().numbered:
            return None
        if word and (word[-1].islower() or word[-1] in _CLOSING):
            return Raised(number, start, end, PLAIN if before != ":" else POSSIBLE)
        if word and (word[-1].isupper() or word[-1].isdecimal()) and before in ".,":
            return Raised(number, start, end, POSSIBLE)
    return None


def _last_word(text: str, end: int) -> str:
    begin = end
    while begin > 0 and end - begin < 12 and not text[begin - 1].isspace() and text[begin - 1] not in "(.,":
        begin -= 1
    return text[begin:end]


def _no_bracket_open(text: str, at: int) -> bool:
    near = text[max(0, at - 100) : at]
    return near.rfind("(") <= near.rfind(")")


def bind(text: str, notes: dict[int, int], candidates: Iterable[Raised]) -> dict[int, Raised]:
    """Which marker belongs to which footnote: number -> marker.

    `notes` holds the character at which the note of each number begins, `candidates` what can be a marker by how it is
    written. A marker stands before its note and markers stand in the order of their numbers. Where the notes were lost,
    three or more plain markers that count up from 1 are bound as well. What is doubtful is left out.
    """
    by_number: dict[int, list[Raised]] = {}
    for one in candidates:
        by_number.setdefault(one.number, []).append(one)
    wanted = sorted({*notes, *_counting_up(by_number)})
    bound = _bind_written(wanted, notes, by_number)
    _bind_between(text, wanted, notes, by_number, bound)
    return bound


def _counting_up(by_number: dict[int, list[Raised]]) -> list[int]:
    """1, 2, 3... as far as plain markers, in this order, go; a hole of three numbers at most is stepped over."""
    chain: list[int] = []
    position = -1
    number, missed = 1, 0
    while missed <= 3:
        start = next((r.start for r in by_number.get(number, ()) if r.strength == PLAIN and r.start > position), None)
        if start is None:
            missed += 1
        else:
            chain.append(number)
            position, missed = start, 0
        number += 1
    return list(range(1, chain[-1] + 1)) if len(chain) >= 3 and chain[0] == 1 else []


def _bind_written(wanted: list[int], notes: dict[int, int], by_number: dict[int, list[Raised]]) -> dict[int, Raised]:
    """The markers that show by how they are written."""
    bound: dict[int, Raised] = {}
    last = -1
    for number in wanted:
        before = notes.get(number, _FAR)
        possible = [r for r in by_number.get(number, ()) if last < r.start < before and r.strength > POSSIBLE]
        best = next((r for r in possible if r.strength == PLAIN), None)
        if best is None and possible:  # a capital before it: only where the next marker comes later
            following = next(
                (r.start for r in by_number.get(number + 1, ()) if r.strength == PLAIN and r.start > last), _FAR
            )
            best = possible[0] if possible[0].start < following else None
        if best is not None:
            bound[number] = best
            last = best.start
    return bound


_FAR = 1 << 60
_REACH = 20_000
"""Characters: no footnote stands further from its marker, endnotes apart, and those have plain markers."""


def _bind_between(
    text: str, wanted: list[int], notes: dict[int, int], by_number: dict[int, list[Raised]], bound: dict[int, Raised]
) -> None:
    """Add markers that show only by standing alone in the place where the number is due."""
    following: dict[int, int] = {}
    after = _FAR
    for number in reversed(wanted):
        following[number] = after
        if number in bound:
            after = bound[number].start
    last = -1
    for number in wanted:
        if number not in bound:
            stop = min(following[number], notes.get(number, _FAR), len(text))
            start = max(last + 1, stop - _REACH)
            possible = [r for r in by_number.get(number, ()) if start <= r.start < stop and r.strength == POSSIBLE]
            possible += _alone(text, number, start, stop, is_noted=number in notes)
            if len(possible) == 1:
                bound[number] = possible[0]
        if number in bound:
            last = bound[number].start


def _alone(text: str, number: int, start: int, stop: int, *, is_noted: bool) -> list[Raised]:
    """Where `number` stands alone as a marker can: behind a year, on its own line, before a comma."""
    found: list[Raised] = []
    digits = str(number)
    at = text.find(digits, start, stop)
    while at >= 0:
        end = at + len(digits)
        before, after = text[max(0, at - 40) : at], text[end : end + 12]
        if before[-1:].isspace() and not after[:1].isalnum() and _stands_alone(before, after, is_noted=is_noted):
            found.append(Raised(number, at, end, POSSIBLE))
        at = text.find(digits, end, stop)
    return found


def _stands_alone(before: str, after: str, *, is_noted: bool) -> bool:
    words = before.split()
    word = words[-1] if words else ""
    breaks = before[len(before.rstrip()) :]
    own_line = "\n" in breaks and (not after.strip() or "\n" in after[: len(after) - len(after.lstrip())])
    if own_line or ("\n" in breaks and after[:1] in (".", ",", ";")):
        return is_noted
    if after[:1] not in (" ", "\n", ".", ",", ";", ")") or (after[:1] in (".", ",") and after[1:2].isdecimal()):
        return False
    if len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20"):  # in maart 2022 9 en
        return after[1:2].islower() or after[:1] in ".,;)"
    if not (is_noted and "\n" in breaks and after[:1] == " " and after[1:2].isalpha()):
        return False
    if after[1:2].isupper():
        return word[-1:] in _MARKS + _CLOSING
    return word[-1:].isalpha() and word.lower() not in lexicon().counted and after.split()[0] in lexicon().going
