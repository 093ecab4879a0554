"""Which chamber a letter is for: TK (Tweede Kamer), EK (Eerste Kamer) or VV (both in joint session)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.letterhead import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.letters.lines import Line

CHAMBERS = {"tweede": "TK", "eerste": "EK", "verenigde": "VV"}

BOTH = ""
"""The addressee of a letter to the presidents of both chambers: the letter is not one chamber's."""

POST_BOXES = {"Postbus 20018": "TK", "Postbus 20017": "EK"}
"""The post boxes of the two chambers at The Hague, as an address has them."""

ADDRESS_LINES = 40
HEADING_LINES = 12

READER_WORDS = ("Kamervragen", "uw Kamer", "Uw Kamer")
"""What only a letter to a chamber says."""

SUBJECT_WORDS = (
    "Kamerstukken II", "Kamerstuk II", "Handelingen II", "tweeminutendebat", "commissiedebat", "Kamerbrief",
    "Tweede Kamer",
)  # fmt: skip
"""What tells the Tweede Kamer where the top of a letter is not there; letters to others may speak of it too."""


def named_in_heading(lines: Sequence[Line]) -> Value | None:
    """The chamber whose name heads a publication, in one of its first lines."""
    for line in lines[:HEADING_LINES]:
        if match := _heading().match(line.text):
            return Value(CHAMBERS[match["which"].lower()], line.start, line.start + match.end())
    return None


def addressed(lines: Sequence[Line], source: str) -> Value | None:
    """The chamber that the address names (`text` is BOTH where it names both), or whose post box it has."""
    if not lines:
        return None
    end = lines[:ADDRESS_LINES][-1].end
    if match := _addressee().search(source, 0, end):
        chamber = BOTH if match["other"] else CHAMBERS[match["which"].lower()]
        return Value(chamber, match.start("words"), match.end())
    for box, chamber in POST_BOXES.items():
        if (at := source.find(box, 0, end)) >= 0:
            return Value(chamber, at, at + len(box))
    return None


def running_foot(source: str) -> Value | None:
    """The chamber of the first running foot: Tweede Kamer, vergaderjaar 2021-2022, 29 282, nr. 463"""
    for words in ("Kamer, vergaderjaar", "Kamer, zitting"):
        at = source.find(words)
        while at >= 0:
            which = source[max(0, at - 7) : at].strip().lower()
            line_begins = at < 8 or source[at - 8] in "\n\r\f" or source[at - 8].isdigit()
            if which in CHAMBERS and line_begins:
                return Value(CHAMBERS[which], at - 7, at + len(words))
            at = source.find(words, at + 1)
    return None


def in_context(source: str, *, fragment: bool) -> Value | None:
    """TK where the words of the text say so; None where they speak of the Eerste Kamer more, or of no chamber.

    "Uw Kamer" may be either; without a word that points to the Eerste Kamer it is the Tweede, to which nearly all
    letters go. A `fragment` lacks the top of the letter, so that what it speaks of must tell; a whole letter must say
    "uw Kamer".
    """
    if source.count("Eerste Kamer") > source.count("Tweede Kamer") or "Kamerstukken I," in source:
        return None
    for word in READER_WORDS + SUBJECT_WORDS if fragment else READER_WORDS:
        if (at := source.find(word)) >= 0:
            return Value("TK", at, at + len(word))
    if match := _question_number().search(source, 0, 20_000):
        return Value("TK", match.start(), match.end())
    return None


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(
        r"(?P<which>Tweede|Eerste|Verenigde)\s+(?:Kamer\s+der\s+Staten-?\s?Generaal|Vergadering\b)", re.IGNORECASE
    )


@cache
def _addressee() -> re.Pattern[str]:
    """Aan de Voorzitter van de Tweede Kamer | De voorzitter van de vaste commissie voor Justitie van de Eerste Kamer"""
    return re.compile(
        r"""(?:^|(?<=\n)) [\s>*_]{0,6}
        (?P<words> (?:Aan\s*:?\s+)? (?:de\s+|den\s+)? (?:heer\s+|mevrouw\s+)?
          (?:Voorzitters?|leden|Griffier) \s+ (?:van|der)\s
          [^.]{0,160}? \b(?P<which>Tweede|Eerste|Verenigde) \s+
          (?:en\s+(?:van\s+)?(?:de\s+)?(?P<other>Tweede|Eerste)\s+)? (?:Kamers?|Vergadering)\b )""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _question_number() -> re.Pattern[str]:
    """The number that the Tweede Kamer gives to questions and letters: 2024Z18294"""
    return re.compile(r"\b20\d\d[ZD]\d{5}\b")
