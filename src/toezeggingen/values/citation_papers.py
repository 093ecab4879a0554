"""How papers of the two chambers are written: a dossier of five digits, what belongs to it, and a number or a letter.

Kamerstukken II 2024/25, 36 410 XV, nrs. 8 en 9      36410-XV-8      21 501-02, nr. 3174      35 673, EK B
"""

from __future__ import annotations

import dataclasses

from toezeggingen.values.citation_bricks import DASH, GAP, Lead, Reading, brick, read_lead, read_lead_before, split_word
from toezeggingen.values.citation_numbers import (
    ANNOUNCED,
    LETTER,
    NR,
    NUMBER,
    Numbers,
    is_closed,
    read_announced,
    read_list,
)

HIGHEST_DOSSIER = 39_999  # dossiers: 16 000 in 1980, 37 000 in 2026

_HEAD = rf"""
    (?i: {split_word("kamerstuk")} (?P<plural> \s?+ {DASH}?+ \s?+ {split_word("ken")} )?
         (?: dossiers? )? (?: \s? {DASH}? (?: nummers? | nrs? (?! [a-z] ) \.? ) )?
       | kamerst\. | kst\. | kst (?= \s \d ) )
"""
# 29 282, 29282, 29.282
_DOSSIER = r"(?P<digits> [1-3]\d (?: \. | \s{1,3}+ )?+ \d{3} ) (?! \d )"
# 3 6200: as PDF dumps split it; only behind the word Kamerstuk
_SPLIT_DOSSIER = r"(?P<digits> [1-3] (?> [\s.]{0,2}+ \d ){4} ) (?! \d )"
# 34 356 (R2064), 34417-(R2068)
_RIJKSWET = rf"[\s,]{{0,3}}+ {DASH}?+ \(? \s? R \s? (?P<suffix> \d{{3,4}} ) (?! \d ) (?: \s? \) )?"
# 21 501-02
_SERIES = rf"\s? {DASH} \s? (?P<suffix> \d\d ) (?! \d )"
# 16 400 hoofdstuk XVI
_CHAPTER_WORD = r"[\s,]{0,60}+ (?i: hoofdstuk | hfdst\.? ) \s{0,60}+ (?P<suffix> [IVXl]{1,5}[AB]? | [A-M] ) (?! \w )"
# 35 925 XVI, 36410-XV, 36 600 (VII), 36 600 A
_CHAPTER = rf"""
    \s{{0,60}}+ {DASH}?+ \s{{0,3}}+
    (?P<open> \( )?+ (?P<suffix> [IVXl]{{1,5}}[AB]? | [A-M] ) (?(open) \) | (?! \w ) )
"""
_ROMAN = r"X{0,2} (?: IX | IV | V?I{0,3} ) [AB]?"
_MORE_DOSSIERS = rf"{GAP} (?: [,;/&+] | en/of | en (?= \s ) ) {GAP}"
# "EK B", ", EK, nr. B", "letter B"
_SENATE = r"[\s,]{0,60}+ (?: EK | letter ) [\s,]{0,3}+ (?: nr\.? \s{0,3}+ )?+"
_DASHED = rf"\s?+ {DASH} \s?+"
# 29 282, 437 and 29 282/437; only behind the word
_MARKED = r"\s?+ [,/] \s?+"
# 31700 VI, D and 36836 D; only behind the word
_LETTERED = rf"(?: \s?+ , \s{{0,60}}+ | [^\S\n]{{1,3}}+ | {DASH} )"
_PIN = rf"""
    [\s,;(]{{0,60}}+ (?i: pp? | pag | blz | bladzijden? | pagina (?: ['’]?s )? ) (?! [a-z] ) \.?+ \s{{0,3}}+
    \d{{1,5}} (?: \s? {DASH} \s? \d{{1,5}} )? (?: (?: , | \s en ) \s? \d{{1,5}} (?! \s?\d ) ){{0,4}}
"""
_LINK = rf"{GAP} (?: [,;] {GAP} (?: en \s{{1,60}}+ )? | (?: en | alsmede | respectievelijk | resp\. ) \s{{1,60}}+ )"
# what may stand between a number and the next: "nr. 4 (motie-Vermaas) en nr. 6", "nr. 4 van 3 mei 2021 en nr. 6"
_ASIDE = r"""
    \s? \( (?! [^()\n]{0,9} nr ) [^()\n]{1,90} \)
  | ,?\s (?: van | d\.d\. ) \s \d{1,2} \s \w{3,9} (?: \s \d{4} )?
  | \s? (?: … | \.\.\. )
"""
# ", p. 12, en nr. 6" and "nr. 340 (t.v.v. nr. 333)": a number whose dossier was named just before
_CARRIED = rf"""
    [\s,;(]{{0,60}}+
    (?: en \s{{1,60}}+ | (?i: t\.? \s? v\.? \s? v\.? | ter \s vervanging \s van ) \s{{1,60}}+ )?+
    (?= {NR} )
"""


def read_papers(text: str, start: int, *, lenient: bool = False) -> list[Reading]:
    """The citations that the word at `start` opens: one, or several ("Kamerstukken 29 282, nr. 4 en 31 765, nr. 6").

    `lenient` reads what stands at `start` as if the word stood before it.
    """
    head = brick(_HEAD).match(text, start)
    if head is None and not lenient:
        return []
    lead = read_lead(text, head.end() if head else start)
    if number := brick(rf"{NR} [\s:]{{0,60}}+").match(text, lead.end):  # Kamerstuk nr. 29 282, nr. 437
        lead = dataclasses.replace(lead, end=number.end())
    first = _read_paper(text, start, lead, headed=True, plural=bool(head and head["plural"]))
    return [first, *_read_more(text, first, lead)] if first else []


def read_bare(text: str, start: int) -> list[Reading]:
    """The citations at the dossier that starts at `start` with no word before it.

    What "nr." or "EK" announces has the form "kamerstuk-bare"; "36410-XV-8" is "kamerstuk-suffixed". A plain
    "29282-437" ("kamerstuk-dashed") and a dossier alone ("dossier-bare") mean nothing by themselves: whoever calls
    looks around them.
    """
    lead = read_lead_before(text, start)
    opening = text.index(lead.session[:4], lead.start) if lead.session else start
    paper = _read_paper(text, opening, dataclasses.replace(lead, end=start), headed=False)
    if paper is None:
        return []
    return [paper] if paper.form == "dossier-bare" else [paper, *_read_more(text, paper, lead)]


def _read_paper(text: str, start: int, lead: Lead, *, headed: bool, plural: bool = False) -> Reading | None:
    dossiers, at = _read_dossiers(text, lead.end, lead.chamber, headed=headed)
    if not dossiers:
        return None
    session = lead.session
    numbers = _read_numbers(text, at, headed=headed or lead.chamber == "I")
    if headed and session is None and not numbers.items:  # 29 282, 2021/22, nr. 437
        inner = read_lead(text, at)
        later = read_announced(text, inner.end) if inner.session else numbers
        if later.items:
            numbers, session = later, inner.session
    if not numbers.items:
        if headed and not plural and len(dossiers) > 1:
            dossiers, at = _read_dossiers(text, lead.end, lead.chamber, headed=headed, most=1)
        form = "dossier" if headed else "dossier-bare"
        return Reading(form, start, at, lead.chamber, session, dossiers, flags=(*numbers.flags, "no-number"))
    if numbers.items[0].isalpha():
        form = "senate-letter"
    elif headed:
        form = "kamerstuk"
    elif numbers.announced:
        form = "kamerstuk-bare"
    else:  # a suffix of two characters or more cannot be anything else; 31700-B-14 might be an article's number
        form = "kamerstuk-suffixed" if len(dossiers[0]) > len("31700-B") else "kamerstuk-dashed"
    return Reading(form, start, numbers.end, lead.chamber, session, dossiers, numbers.items, flags=numbers.flags)


def _read_more(text: str, first: Reading, lead: Lead) -> list[Reading]:
    """What goes on behind a citation: more dossiers, or more numbers of the same one behind a page."""
    found: list[Reading] = []
    last = first
    for _ in range(100):
        pin = brick(_PIN).match(text, last.end)
        at = pin.end() if pin else last.end
        aside = brick(_ASIDE).match(text, at)
        following = (
            _read_carried(text, at, last)
            or _read_following(text, at, lead)
            or (_read_carried(text, aside.end(), last) if aside else None)
        )
        if following is None:
            break
        if following.form in {"kamerstuk-bare", "kamerstuk-dashed", "kamerstuk-suffixed"} and first.form == "kamerstuk":
            following = dataclasses.replace(following, form="kamerstuk")
        found.append(following)
        last = following
    return found


def _read_following(text: str, at: int, lead: Lead) -> Reading | None:
    link = brick(_LINK).match(text, at)
    if link is None:
        return None
    here = read_lead(text, link.end())
    inherited = dataclasses.replace(here, chamber=here.chamber or lead.chamber, session=here.session or lead.session)
    paper = _read_paper(text, link.end() if here.session else here.end, inherited, headed=False)
    return None if paper is None or paper.form == "dossier-bare" else paper


def _read_carried(text: str, at: int, last: Reading) -> Reading | None:
    match = brick(_CARRIED).match(text, at)
    numbers = read_announced(text, match.end()) if match and last.numbers else None
    if match is None or numbers is None or not numbers.items:
        return None
    flags = (*numbers.flags, "dossier-carried")
    return dataclasses.replace(
        last, form="kamerstuk-carried", start=match.end(), end=numbers.end, numbers=numbers.items, flags=flags
    )


def _read_dossiers(
    text: str, at: int, chamber: str | None, *, headed: bool, most: int = 8
) -> tuple[tuple[str, ...], int]:
    """Dossiers from `at` on ("31 765 en 25 295") and where the last of them ends."""
    found: list[str] = []
    end = at
    while len(found) < most:
        match = brick(_DOSSIER).match(text, at)
        if match is None and headed and not found:
            match = brick(_SPLIT_DOSSIER).match(text, at)
        digits = "".join(c for c in match["digits"] if c.isdigit()) if match else ""
        if match is None or int(digits) > HIGHEST_DOSSIER:
            break
        suffix, end = _read_suffix(text, match.end(), digits, chamber)
        found.append(f"{digits}-{suffix}" if suffix else digits)
        link = brick(_MORE_DOSSIERS).match(text, end)
        if link is None:
            break
        at = link.end()
    return tuple(found), end


def _read_suffix(text: str, at: int, digits: str, chamber: str | None) -> tuple[str, int]:
    """What belongs to the dossier behind its digits, and where it ends: "XVI", "02", "R2064", or nothing."""
    if match := brick(_RIJKSWET).match(text, at):
        return f"R{match['suffix']}", match.end()
    match = brick(_SERIES).match(text, at)
    if match and (digits == "21501" or _number_follows(text, match.end())):
        return match["suffix"], match.end()
    if match := brick(_CHAPTER_WORD).match(text, at):
        return match["suffix"].replace("l", "I"), match.end()
    match = brick(_CHAPTER).match(text, at)
    suffix = match["suffix"].replace("l", "I") if match else ""
    is_roman = brick(_ROMAN).fullmatch(suffix) is not None
    if match is None or not (is_roman or len(suffix) == 1):
        return "", at
    same_line = "\n" not in match[0]
    # 36 600 V is a budget, "36 836 D" and "36 200, V" are letters of the Senate
    stands_alone = is_roman and same_line and (len(suffix) > 1 or (suffix != "I" and chamber != "I"))
    return (suffix, match.end()) if stands_alone or _number_follows(text, match.end()) else ("", at)


def _number_follows(text: str, at: int) -> bool:
    if brick(ANNOUNCED).match(text, at) or brick(rf"{_DASHED} \d{{1,4}} (?! \d )").match(text, at):
        return True
    letter = brick(rf"\s? , \s? {LETTER}").match(text, at)
    return letter is not None and is_closed(text, letter.end())


def _read_numbers(text: str, at: int, *, headed: bool) -> Numbers:
    """The numbers or letters behind a dossier; none where nothing there can be one."""
    numbers = read_announced(text, at)
    if numbers.items or numbers.flags:
        return numbers
    senate = brick(_SENATE).match(text, at)
    letter = brick(LETTER).match(text, senate.end()) if senate else None
    if letter:
        return read_list(text, letter, plural=False, announced=True)
    if number := brick(rf"{_DASHED} {NUMBER}").match(text, at):
        return Numbers(number.end("item"), (number["item"],))
    if not headed:
        return Numbers(at)
    number = brick(rf"{_MARKED} {NUMBER}").match(text, at)
    if number and is_closed(text, number.end("item")) and not 1900 <= int(number["item"].rstrip("abcdefgh")) <= 2100:
        return Numbers(number.end("item"), (number["item"],))
    letter = brick(rf"{_LETTERED} {LETTER}").match(text, at)
    if letter and is_closed(text, letter.end("item")):
        return read_list(text, letter, plural=False, announced=False)
    return Numbers(at)
