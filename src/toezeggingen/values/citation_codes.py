"""Citations that are codes: publication ids, register and Tweede Kamer numbers, Stb., Stcrt., Trb., ECLI."""

from __future__ import annotations

from toezeggingen.values.citation_bricks import DASH, GAP, Reading, brick
from toezeggingen.values.citation_numbers import MONTH

# kst-36410-XV-8, kst-21501-02-3174, kst-34356-R2064-3, kst-31700-VI-D, kst-29282-5-h1, kst-1268678
_PAPER_ID = rf"""
    (?i: kst ) {DASH} (?:
        (?P<dossier> \d{{5}} )
        (?: {DASH} \s?
            (?P<suffix> \(? (?i: R ) \d{{3,4}} \)? | (?i: [IVX]{{1,5}}[AB]? ) | [A-M] | (?<= 21501- ) \d\d )
            (?= {DASH} )
        )?
        {DASH} \s?
        (?P<number> \d{{1,4}} (?: [a-h] (?! \w ) )? (?: - [hn] \d )?       # h1: a reprint
                  | (?i: [A-Z]{{1,5}} ) (?! [A-Za-z] ) )
        (?! \d )
      | (?P<serial> \d{{6,8}} ) (?! [\d-] )
    )
"""
# h-tk-20182019-12-12, ah-tk-20242025-546
_RECORD_ID = rf"""
    (?i: (?P<kind> h | ah ) {DASH} (?P<house> tk | ek | vv ) )
    {DASH} (?P<session> \d{{8}} )
    {DASH} (?P<numbers> \d{{1,5}} (?: - \d{{1,5}} )? ) (?! \d )
"""
_SERIAL_ID = r"(?i: (?P<kind> blg | ah ) ) - (?P<serial> \d{4,8} ) (?! [\d-] )"
_TK_NUMBER = r"(?P<code> 20[0-4]\d [DZ] \d{5} ) (?! \w )"
_REGISTER_TK = rf"TZ \s? (?P<month> 20\d\d (?: 0[1-9] | 1[0-2] ) ) \s? {DASH} \s? (?P<number> \d{{3}} ) (?! \d )"
_REGISTER_EK = r"T0\d{4} (?! \w )"
_GAZETTE = rf"""
    (?P<sheet> (?i: stb | staatsblad | stcrt | staatscourant | trb | tractatenblad ) ) (?! [a-z] ) [.,]?+ {GAP}
    (?P<year> (?: 18 | 19 | 20 ) \d\d ) (?! \d )
    (?: \s?+ [,/;] {GAP} (?: nr\.?+ \s{{0,3}}+ )?+ | \s{{1,3}}+ nr\.?+ \s{{0,3}}+ )
    (?P<number> \d{{1,6}} ) (?! \d | {MONTH} )
"""
_GAZETTE_ID = r"(?i: (?P<sheet> stb | stcrt | trb ) - (?P<year> \d{4} ) - (?P<number> \d{1,6} ) ) (?! [\w-] )"
_ECLI = r"""
    (?i: ECLI ) \s?+ : \s?+ (?P<country> [A-Z]{2} ) \s?+ : \s?+ (?P<court> [A-Z0-9]{1,7} ) \s?+ : \s?+
    (?P<year> [12]\d{3} ) \s?+ : \s?+ (?P<number> [A-Z0-9]{1,12} (?: \. [A-Z0-9]{1,12} ){0,3}+ )
"""
_SHEETS = {"staatsblad": "stb", "staatscourant": "stcrt", "tractatenblad": "trb"}
_ROMAN = frozenset(
    {"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII"}
)


def read_publication_id(text: str, start: int) -> list[Reading]:
    """The publication id at `start`, alone or in a URL: "kst-36410-XV-8", "ah-tk-20242025-546", "blg-1184123"."""
    if paper := brick(_PAPER_ID).match(text, start):
        if paper["serial"]:
            return [Reading("publication-id", start, paper.end(), code=f"kst-{paper['serial']}")]
        suffix, number = (paper["suffix"] or "").upper().strip("()"), paper["number"]
        if number.isalpha():
            number = number.upper()
            if number in _ROMAN or len(number) > 2:  # kst-36600-VII is a budget without a number
                return []
        dossier = f"{paper['dossier']}-{suffix}" if suffix else paper["dossier"]
        return [Reading("publication-id", start, paper.end(), dossiers=(dossier,), numbers=(number,))]
    if record := brick(_RECORD_ID).match(text, start):
        session = f"{record['session'][:4]}-{record['session'][4:]}"
        house = {"tk": "II", "ek": "I", "vv": "VV"}[record["house"].lower()]
        numbers = tuple(record["numbers"].split("-"))
        if record["kind"].lower() == "ah" and len(numbers) > 1:
            return []
        code = f"{record['kind']}-{record['house']}-{record['session']}-{record['numbers']}".lower()
        return [Reading("publication-id", start, record.end(), house, session, numbers=numbers, code=code)]
    if serial := brick(_SERIAL_ID).match(text, start):
        return [Reading("publication-id", start, serial.end(), code=serial[0].lower())]
    return []


def read_tk_number(text: str, start: int) -> list[Reading]:
    """The number of a case (Z) or document (D) of the Tweede Kamer at `start`: "2024Z00081"."""
    match = brick(_TK_NUMBER).match(text, start)
    return [Reading("tk-number", start, match.end(), code=match["code"])] if match else []


def read_register(text: str, start: int) -> list[Reading]:
    """The number of a promise in the register of the Tweede Kamer ("TZ202309-010") or the Eerste Kamer ("T01970")."""
    if match := brick(_REGISTER_TK).match(text, start):
        code = f"TZ{match['month']}-{match['number']}"
        return [Reading("register-tk", start, match.end(), "II", code=code)]
    if match := brick(_REGISTER_EK).match(text, start):
        return [Reading("register-ek", start, match.end(), "I", code=match[0])]
    return []


def read_gazette(text: str, start: int) -> list[Reading]:
    """The Staatsblad, Staatscourant or Tractatenblad at `start`: "Stb. 2020, 123"."""
    match = brick(_GAZETTE).match(text, start) or brick(_GAZETTE_ID).match(text, start)
    if match is None:
        return []
    sheet = _SHEETS.get(match["sheet"].lower(), match["sheet"].lower())
    code = f"{sheet}-{match['year']}-{int(match['number'])}"
    return [Reading(sheet, start, match.end(), code=code)]


def read_ecli(text: str, start: int) -> list[Reading]:
    """The European Case Law Identifier at `start`: "ECLI:NL:HR:2019:2006"."""
    match = brick(_ECLI).match(text, start)
    if match is None:
        return []
    code = ":".join(("ECLI", match["country"], match["court"], match["year"], match["number"]))
    return [Reading("ecli", start, match.end(), code=code)]
