"""What stands around a dossier that no word announces, and whether it makes a citation of it or forbids one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toezeggingen.components.citation_roles import words_pattern

if TYPE_CHECKING:
    from toezeggingen.values.citation_bricks import Reading

LOWEST_DOSSIER = 16_000  # the dossiers of 1980: with no word before it a lower figure is something else
NEAR = 40  # characters in which "motie" or "brief" makes a citation of "29282-437"
SENTENCE = 200  # characters in which a bill is named before its dossier

_GLUED = frozenset("./-–—_#@€$£+=&\u00ad\u2010\u2011")
_AGENDA_ITEM = r"\s[-–]\s{1,3}\Z"
_LINE_END = r"[^\S\n]{0,9}(?:\n|\Z)"
_HEADING = r"\n\s{0,60}N"


class Guards:
    """Judges dossiers without a word before them by words that come from the lexicon."""

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        """`words` by lexicon id: no-citation-before, paper-before, bill-before, bill-named."""
        ignore = re.IGNORECASE
        self._denied = re.compile(words_pattern(words["no-citation-before"]) + r"[\s:.]{0,5}\Z", ignore)
        self._paper = re.compile(words_pattern(words["paper-before"]), ignore)
        self._bill_before = re.compile(words_pattern(words["bill-before"]) + r"\s{1,60}(?:nr\.?\s{1,3})?\Z", ignore)
        self._bill_named = re.compile(words_pattern(words["bill-named"]), ignore)
        self._agenda_item = re.compile(_AGENDA_ITEM)
        self._line_end = re.compile(_LINE_END)
        self._heading = re.compile(_HEADING)

    def is_glued(self, text: str, start: int) -> bool:
        """Whether the figures at `start` go on from something before them: an amount, a reference, an address."""
        before = text[start - 1 : start]
        if before.isalnum() or before in _GLUED:
            return bool(before)
        # "1,16400" is an amount; "1980-1981,16400" a session and a dossier
        return (
            before == ","
            and text[start - 2 : start - 1].isdigit()
            and not text[max(0, start - 5) : start - 1].isdigit()
        )

    def allows(self, text: str, reading: Reading, start: int) -> bool:
        """Whether `reading`, whose first dossier stands at `start`, is a citation."""
        if int(reading.dossiers[0][:5]) < LOWEST_DOSSIER or self._heading.search(text, reading.start, reading.end):
            return False
        before = text[max(0, reading.start - NEAR) : reading.start]
        if reading.form == "dossier-bare":
            return self._names_bill(text, reading)
        if self._denied.search(before):
            return False
        return reading.form != "kamerstuk-dashed" or self._names_paper(text, reading, before)

    def _names_paper(self, text: str, reading: Reading, before: str) -> bool:
        number = reading.numbers[0]
        if number.startswith("0") or (len(number) == 4 and number[:2] in {"19", "20"}):
            return False  # part of a longer number, or the year of a standard ("27001-2013")
        after = text[reading.end : reading.end + 1]
        if before.endswith("(") and after in {")", ";", ","}:
            return True
        if self._agenda_item.search(before) and self._line_end.match(text, reading.end):
            return True
        return after != "-" and self._paper.search(before) is not None

    def _names_bill(self, text: str, reading: Reading) -> bool:
        before = text[max(0, reading.start - SENTENCE) : reading.start]
        if self._bill_before.search(before):
            return True
        if not before.endswith("(") or text[reading.end : reading.end + 1] != ")":
            return False
        digits, _, suffix = reading.dossiers[0].partition("-")
        if len(suffix) > 1:
            return True
        return not digits.endswith("00") and self._bill_named.search(before.rpartition(". ")[2]) is not None
