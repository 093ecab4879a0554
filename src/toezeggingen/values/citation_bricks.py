"""The bricks that every citation of a parliamentary paper is made of: dashes, gaps, the chamber and the session.

A reader of a form (`citation_papers`, `citation_proceedings`, `citation_codes`) puts bricks together with `match` from
a given place onwards, so that no pattern ever walks a text by itself: a reading costs the length of the citation. All
repetitions are bounded. What is read stays as it was written; `kamerstuk` says what it means.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

# Hyphen, soft hyphen, the Unicode hyphens and dashes, minus, and what PDF readers put where a line was broken.
DASH = r"[-\u00ad\u2010-\u2015\u2212\ufffe\x02]"
GAP = r"\s{0,60}+"
# Inside a word: a hyphen with the line break behind it, or one white space that a PDF dump put there.
_SPLIT = rf"(?>{DASH}\s{{0,60}}+|\s)?+"


def split_word(letters: str) -> str:
    """The pattern of a word that a line end or a PDF dump may have cut anywhere: "verga-/derjaar", "Kamers tuk"."""
    return _SPLIT.join(letters)


@functools.cache
def brick(pattern: str) -> re.Pattern[str]:
    """`pattern` (verbose) compiled, once, on first use."""
    return re.compile(pattern, re.VERBOSE)


_CHAMBER = r"""
    (?: (?P<both> I{1,2} \s? (?: / | en | & ) \s? I{1,2} )       # Kamerstukken I/II: no one chamber
      | (?P<two> II | ii | ll | TK                               # II, as OCR reads it (ll), TK, Tweede Kamer
               | 11 (?= [\s,]{1,3} (?: 19 | 20 ) \d\d [-/–] )     # or so (11)
               | (?i: (?: tweede | 2e ) \s{1,60}+ kamer ) )
      | (?P<one> I | i | l | EK                                  # I, EK, Eerste Kamer
               | (?i: (?: eerste | 1e ) \s{1,60}+ kamer ) )
      | (?P<joint> VV )                                          # the two in joint session
    ) (?! [A-Za-z] )
    (?: \s{1,60}+ der \s{1,60}+ Staten-Generaal )?
"""
_YEARS = rf"""
    (?: 19 | 20 ) \d\d
    \s{{0,3}}+ (?: / | {DASH} ){{1,2}}+ \s{{0,3}}+ ['’]?         # 2022-2023, 2022/23, 2022–'23, 1985/-86
    (?: 19 | 20 )? \d\d (?! \d )
"""
_SESSION = rf"""
    (?P<word>                                                    # vergaderjaar, zitting: or nothing
        (?i: {split_word("vergaderjaar")} | verg\.\s?jr\.? | vgj\.? | zitting (?: sjaar | sjaren )? ) [\s,:]{{0,60}}+
    )?
    (?P<years>
        {_YEARS} (?: \s{{0,3}}+ {DASH} \s{{0,3}}+ {_YEARS} )?    # a session, or the first and the last of a bill
      | (?: (?: 19 | 20 ) \d\d ){{2}} (?! \d )                    # 20222023: a dash lost at a line end
      | (?(word) \d\d / \d\d (?! \d ) | (?!) )                   # vergaderjaar 24/25
      | (?: 19 | 20 ) \d\d (?! \d )                              # a year alone
    )
"""
_FILLER = r"""
    [\s,:;]{0,60}+
    (?: (?i: van | der | de | bij | met | onder ) \s{1,60}+ ){0,3}+     # Handelingen van de Tweede Kamer
"""
_LEAD_BEFORE = r"Tweede\s|Eerste\s|TK\b|EK\b|I{1,2}\b|[Vv]ergaderjaar|[Zz]itting|(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Reading:
    """A citation as it was written, at characters `start` to `end` (half open).

    `form` is the id of the rule; `dossiers` are normalised ("36410-XV"); `numbers` are what stands behind the dossier
    or the session; `code` is the citation itself where that is a code (an ECLI, a publication id).
    """

    form: str
    start: int
    end: int
    chamber: str | None = None
    session: str | None = None
    dossiers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    code: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before the numbers: the chamber ("I", "II", "VV"), the session as written.

    It runs from `start` to `stop`; `end` is where the next part starts, behind what links the two.
    """

    start: int
    end: int
    chamber: str | None = None
    session: str | None = None
    stop: int = -1


def read_lead(text: str, start: int) -> Lead:
    """Chamber and session from `start` on, in any order, with what links them."""
    chamber: str | None = None
    session: str | None = None
    at = start
    for _ in range(4):
        here = _past_filler(text, at)
        if session is None and (years := brick(_SESSION).match(text, here)):
            session, at = " ".join(years["years"].split()), years.end()
        elif chamber is None and (house := brick(_CHAMBER).match(text, here)):
            chamber = "II" if house["two"] else "I" if house["one"] else "VV" if house["joint"] else None
            at = house.end()
        else:
            break
    return Lead(start, _past_filler(text, at), chamber, session, at)


def read_lead_before(text: str, end: int) -> Lead:
    """Chamber and session that end right before `end`: the "TK 2023/24, " of "TK 2023/24, 31 839, nr. 1024".

    A year alone is no session here: it is the end of a date ("brief van 4 mei 2022, 29 282, nr. 5").
    """
    for match in brick(_LEAD_BEFORE).finditer(text, max(0, end - 90), end):
        lead = read_lead(text, match.start())
        if lead.end == end and (lead.session is None or len(lead.session) > 4):
            return lead
    return Lead(end, end)


def _past_filler(text: str, at: int) -> int:
    filler = brick(_FILLER).match(text, at)
    return filler.end() if filler else at
