"""Numbers of papers and lists of them: "nr. 437", "nrs. 34 en 35", "nrs. 1-3", "nr. 679, nr. 684 en 685", "A en B"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toezeggingen.values.citation_bricks import DASH, GAP, brick

if TYPE_CHECKING:
    import re

LONGEST_RANGE = 60  # "nrs. 1-3" is spelt out up to so many numbers; of a longer one the two ends are kept
_YEARS = range(1900, 2101)

NR = r"(?P<nr> (?i: nummers? | n\s?r\s?s? | n\s?o\s?s? ) (?! [A-Za-z] ) ) \.?+"
# ", nr. 437", ", nrs. 34 en 35", " (nr. 437)"
ANNOUNCED = rf"[\s,;:]{{0,60}}+ \(?+ {NR} [\s:]{{0,60}}+"
# 437; 188b and 42e are old numbers of the Senate. A superscript or ".2" behind it is the mark of a footnote.
NUMBER = r"(?P<item> \d{1,4} (?: [a-h] (?! \w ) )? ) (?! \d | [A-Z]\d )"
# A paper of the Senate: A to Z, then AA, AB; a numeral there would be a chapter.
LETTER = r"(?P<item> (?! (?: I[IVX] | VI | X[IVX] | TK | EK | VV ) (?! \w ) ) [A-Z]{1,2} ) (?! [\w'’] )"
# What ends a number that no "nr." announced: a mark, the end, a page, a page number at the line's end.
_CLOSED = rf"""
    \s{{0,2}}+
    (?: [).,;:\]<»"”¹²³] | \Z | en\s | \( | {DASH}\s | (?: pp? | blz | pag ) \. | \d{{1,3}} \s{{0,3}} (?: \Z | \n ) )
  | [^\S\n]{{0,3}}+ \n
"""
_NEXT = rf"""
    {GAP} (?: (?P<range> t/m | tot\s{{1,60}}+en\s{{1,60}}+met | {DASH} )
            | (?P<and> (?: ,\s{{1,60}}+ )? en (?= \s ) | [/&] )
            | [,;] )
    {GAP} (?: {NR} )? {GAP}
"""
_DOSSIER = r"\d\d [\s.]? \d{3} (?! \d )"
MONTH = r"\s{1,3} (?: jan | feb | maart | apr | mei\b | juni | juli | aug | sept | okt | nov | dec )"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers behind a dossier or session, which end at `end`; `announced` where "nr." or "EK" said so."""

    end: int
    items: tuple[str, ...] = ()
    announced: bool = False
    flags: tuple[str, ...] = ()


def is_closed(text: str, at: int) -> bool:
    """Whether what ends at `at` is followed by something that ends a number: "29 282, A)" and not "29 282, U heeft"."""
    return brick(_CLOSED).match(text, at) is not None


def read_announced(text: str, at: int) -> Numbers:
    """The numbers that a "nr." at `at` announces; none, flagged, where what follows it cannot be one ("nr. 43712")."""
    lead = brick(ANNOUNCED).match(text, at)
    if lead is None:
        return Numbers(at)
    first = brick(NUMBER).match(text, lead.end()) or brick(LETTER).match(text, lead.end())
    if first is None:
        return Numbers(at, flags=("number-unclear",) if text[lead.end() : lead.end() + 1].isdigit() else ())
    return read_list(text, first, plural=_is_plural(lead["nr"]), announced=True)


def read_list(text: str, first: re.Match[str], *, plural: bool, announced: bool) -> Numbers:
    """`first` and the numbers that go on behind it.

    Behind a plural or with a "nr." of its own each number counts; otherwise only what "en" joins, where it is closed or
    both have three figures: "nr. 4 en 6)" is two papers, "nr. 4 en 6 moties" one, "nr. 4, 12 mei" one.
    """
    kind = NUMBER if first["item"][0].isdigit() else LETTER
    items, end, flags = [first["item"]], first.end("item"), []
    pending: list[str] = []
    at = end
    for _ in range(200):
        link = brick(_NEXT).match(text, at)
        item = brick(kind).match(text, link.end()) if link else None
        if link is None or item is None or _is_no_number(text, item):
            break
        told = plural or link["nr"] is not None
        run = [item["item"]]
        if link["range"]:
            spelt = _spell_out((pending or items)[-1], item["item"])
            if spelt is None and not (told and _later(items[-1], item["item"])):
                break
            flags += ["range-not-expanded"] if spelt is None else []
            run = spelt or run
        elif link["nr"] is None and _is_year(items[-1], item["item"]):
            break
        pending += run
        at = item.end("item")
        if told or ((link["and"] or link["range"]) and (is_closed(text, at) or _are_alike(items[-1], item["item"]))):
            items, pending, end = items + pending, [], at
    return Numbers(end, tuple(dict.fromkeys(items)), announced, tuple(flags))


def _is_plural(word: str) -> bool:
    return word[-1] in "sS"


def _is_no_number(text: str, item: re.Match[str]) -> bool:
    """Whether what looks like the next number is a dossier or the day of a date."""
    start = item.start("item")
    return bool(brick(_DOSSIER).match(text, start) or brick(MONTH).match(text, item.end("item")))


def _is_year(last: str, item: str) -> bool:
    """Whether `item` is the year of a session or date and not a number near the `last` one."""
    return item.isdigit() and last.isdigit() and int(item) in _YEARS and abs(int(item) - int(last)) > 300


def _are_alike(last: str, item: str) -> bool:
    """Whether `item` goes on from `last` so plainly that nothing need close it: 437 and 438, not 437 and 12."""
    return _later(last, item) and len(last) >= 3 and int(item) - int(last) <= 200


def _later(first: str, last: str) -> bool:
    return first.isdigit() and last.isdigit() and int(last) > int(first)


def _spell_out(first: str, last: str) -> list[str] | None:
    """The numbers behind `first` up to and with `last`; None where that is no range of a believable length."""
    if _later(first, last) and int(last) - int(first) <= LONGEST_RANGE:
        return [str(n) for n in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and first < last:
        return [chr(n) for n in range(ord(first) + 1, ord(last) + 1)]
    return None
