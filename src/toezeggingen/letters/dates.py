"""The day that is printed on a letter: what a date looks like, and where on the first page it stands."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.letters.lines import Line

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "febr": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4, "mei": 5,
    "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "oktober": 10, "october": 10, "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip

SEATS = r"""(?: (?:['’‘`´]\s?)? s[-–\s]{0,2}Gr[ao]venhage | Den\s+Haag | Rijswijk (?:\s\(?Z\.?-?H\.?\)?)? | Leidschendam
             | Zoetermeer | Voorburg | Utrecht | Amsterdam | Rotterdam | Brussel | Willemstad )"""
"""Where ministries have written from since 1945; the apostrophe of 's-Gravenhage is often lost or alone on a line."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed at characters `start` to `end`; `day` is None where the calendar has no such day."""

    day: datetime.date | None
    start: int
    end: int


def date_at(source: str, start: int, end: int | None = None) -> PrintedDate | None:
    """The date that begins at `start`, after blanks; None where no date begins there."""
    match = _date().match(source, start, len(source) if end is None else end)
    return _value(match) if match else None


def place_and_date(line: Line, source: str, *, any_place: bool) -> PrintedDate | None:
    """The date of a line that holds nothing but a place and a date; `any_place` takes towns that are no seat too."""
    if not _ends_in_year(line.text):
        return None
    match = (_any_place() if any_place else _seat()).match(line.text)
    return _whole(source, line.start + match.end(), line.end) if match else None


def place_and_date_within(source: str, end: int) -> PrintedDate | None:
    """The date behind a seat of government anywhere before `end`: for a heading of which OCR has made one line."""
    match = _seat().search(source, 0, end)
    while match:
        if date := date_at(source, match.end(), end):
            return date
        match = _seat().search(source, match.end(), end)
    return None


def whole_line(line: Line, source: str) -> PrintedDate | None:
    """The date of a line that holds nothing else."""
    return _whole(source, line.start, line.end) if _ends_in_year(line.text) else None


def only_date(source: str, start: int, end: int) -> PrintedDate | None:
    """The date between `start` and `end` where there is one and no more than one."""
    matches = [
        match for match in _date().finditer(source, start, end) if not source[match.start("words") - 1].isalnum()
    ]
    return _value(matches[0]) if len(matches) == 1 else None


def adopted_or_received(lines: Sequence[Line], source: str) -> tuple[str, PrintedDate] | None:
    """The date of "Vastgesteld 12 juni 2023" ("adopted") or "Ontvangen 3 mei 2021" ("received") in a heading."""
    for line in lines:
        if _ends_in_year(line.text) and (match := _adopted().search(line.text)):
            found = _whole(source, line.start + match.end(), line.end)
            if found:
                return ("adopted" if match["word"][0] in "Vv" else "received"), found
    return None


def _whole(source: str, start: int, end: int) -> PrintedDate | None:
    found = date_at(source, start, end)
    return found if found and not source[found.end : end].strip(" .;)") else None


def _ends_in_year(words: str) -> bool:
    """A cheap look before a dear one: a line of a date alone ends in a digit (or the O that OCR makes of it)."""
    return words.rstrip(" .;)")[-1:] in set("0123456789O")


def _value(match: re.Match[str]) -> PrintedDate:
    if match["iso_year"]:
        year, month, day = int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
    elif match["number"]:
        year, month, day = int(match["number_year"]), int(match["number"]), int(match["number_day"])
    else:
        year, day = _digits(match["year"]), _digits(match["day"])
        month = _months().get(_plain(match["month"]), 0)
    try:
        value = datetime.date(year, month, day)
    except ValueError:
        value = None
    return PrintedDate(value, match.start("words"), match.end("words"))


def _digits(written: str) -> int:
    return int("".join(written.split()).translate(str.maketrans("lI|OQo", "111000")))


def _plain(month: str) -> str:
    """A month's letters with those made one that OCR takes for each other: rn and m, l, 1, | and i."""
    return month.lower().replace("rn", "m").translate(str.maketrans("l1|0", "iiio"))


@cache
def _months() -> dict[str, int]:
    return {_plain(name): number for name, number in MONTHS.items()}


@cache
def _date() -> re.Pattern[str]:
    names = "|".join(sorted({re.escape(name) for name in _spellings()}, key=len, reverse=True))
    return re.compile(
        rf"""
        \s{{0,40}} (?:(?:maan|dins|woens|donder|vrij|zater|zon)dag,?\s{{1,3}})? (?P<words>
            (?P<iso_year>(?:19|20)\d\d) - (?P<iso_month>\d\d) - (?P<iso_day>\d\d) (?!\d)              # 2014-12-03
          | (?P<number_day>\d{{1,2}}) \s? (?P<mark>[-–/.]) \s? (?P<number>\d{{1,2}}) \s? (?P=mark) \s?  # 3-12-2014
            (?P<number_year>(?:19|20)\d\d) (?!\d)
          | (?P<day>[0-3lI|OQ]?[\dlI|OQ]) \s{{0,3}} (?P<month>{names}) \.? \s{{0,3}}                    # 19januari 1990
            (?P<year>[1lI]\s?9\s?[\dOo]{{2}}|2\s?[0Oo]\s?[\dOo]{{2}}) (?!\d)                              # 1 990
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def _spellings() -> set[str]:
    """How a month may look after OCR: every name, with its m as rn and its i and l as each other or as a stroke."""
    found: set[str] = set()
    for name in MONTHS:
        spelled = {""}
        for letter in name:
            others = {"m": ("m", "rn"), "i": ("i", "l", "1"), "l": ("l", "i", "1")}.get(letter, (letter,))
            spelled = {before + other for before in spelled for other in others}
        found |= spelled
    return found


@cache
def _seat() -> re.Pattern[str]:
    return re.compile(rf"['’‘`´]?\s?{SEATS}\s{{0,2}}[,.]?\s{{0,3}}(?:de\s|den\s)?", re.VERBOSE | re.IGNORECASE)


@cache
def _any_place() -> re.Pattern[str]:
    word = r"[^\W\d_a-z][\w'’-]{1,24}"
    place = rf"{word} (?:\s(?:aan\sden|aan\sde|op|bij|{word}))? (?:\s{word})?"
    return re.compile(rf"(?:['’‘`´]?\s?{SEATS}|{place})\s{{0,2}},\s{{0,3}}(?:de\s|den\s)?", re.VERBOSE)


@cache
def _adopted() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|(?<=\s))(?P<word>Vastgesteld|Ontvangen|VASTGESTELD|ONTVANGEN)\s+(?:op\s+|d\.?d\.?\s+)?(?=\S)"
    )
