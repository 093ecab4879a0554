"""Who signed: the lines of offices and names at the end of a letter, in the orders they are printed in.

De Minister van X,          de minister van X,          De minister van X,   De staatssecretaris van Y,
A.B. Name                   de minister van Y,          A.B. Name            C.D. Name
                            A.B. Name
                            C.D. Name
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.lines import line_start, lines_from
from toezeggingen.letters.offices import as_kept, is_prose, office_start

if TYPE_CHECKING:
    from toezeggingen.letters.lines import Line

BLOCK_LINES = 16
"""Lines with ink that a block of signatures may take."""

BLOCK_REACH = 1500
"""Characters that a block of signatures may take, the room for the signatures themselves included."""

OFFICE_WORDS = 24
"""Words of the longest office with a portfolio behind a dash."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A minister or state secretary who signs: name as printed, office without article; None where it is not there."""

    name: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class Signatures:
    """Those who sign one letter, and the characters of the source that say so."""

    signatories: tuple[Signatory, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Block:
    """A block being read: finished signatories, and offices and names that are not paired yet."""

    start: int
    end: int
    skip: str = ""
    """"office": the next office is another's, in whose name is signed; "rest": so is what goes on below."""
    signed: list[Signatory] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    row: int = 0
    """How many offices stood side by side on the last line of offices."""
    named: bool = False

    def pair(self) -> None:
        """Give each office its name where there are as many of both, and none where one could be anybody's."""
        matched = len(self.offices) == len(self.names)
        for number, office in enumerate(self.offices):
            self.signed.append(Signatory(self.names[number] if matched else None, as_kept(office)))
        self.offices, self.names = [], []


def signatures(source: str) -> Signatures | None:
    """The first block of signatures of a letter; None where nobody signs.

    An office counts where a name stands with it, or a closing (Hoogachtend) before it: prose names ministers too.
    """
    read_until = -1
    for start in _office_lines(source):
        if start < read_until:
            continue
        found, read_until = _block(source, start)
        if found:
            return found
    return None


def _office_lines(source: str) -> list[int]:
    """Where the lines begin that begin with an office, in order."""
    places: set[int] = set()
    for word in ("inister", "INISTER", "taatssecretaris", "TAATSSECRETARIS"):
        at = source.find(word)
        while at >= 0:
            start = line_start(source, at, within=14)
            if start is not None:
                places.add(start)
            at = source.find(word, at + len(word))
    return sorted(places)


def _block(source: str, start: int) -> tuple[Signatures | None, int]:
    """The signatures in the lines from `start` on, and up to where these lines were read."""
    first = lines_from(source, start, count=1, reach=BLOCK_REACH)
    if not first or not office_start().match(first[0].text) or is_prose(first[0].text):
        return None, start
    closed, name_above, skip = _before(source, start)
    block = _Block(first[0].start, first[0].start, skip)
    for line in lines_from(source, start, count=BLOCK_LINES, reach=BLOCK_REACH):
        if not _read(block, line, source):
            break
        block.end = line.end
    if name_above and len(block.offices) == 1 and not block.names and not block.signed:
        block.names, block.named = [name_above], True
    block.pair()
    if not block.signed or not (block.named or closed or _stands_alone(source, block)):
        return None, block.end
    return Signatures(tuple(block.signed), block.start, block.end), block.end


def _stands_alone(source: str, block: _Block) -> bool:
    """Whether one office stands by itself with room to sign: white lines around it, and a comma or much room below."""
    above = source[max(0, block.start - 20) : block.start].rstrip(" \t*>")
    below = source[block.end : block.end + 40]
    room = below[: len(below) - len(below.lstrip())].count("\n")
    closed = source[block.start : block.end].rstrip(" *_").endswith(",")
    return len(block.signed) == 1 and above.endswith("\n\n") and (room > 3 or (closed and room > 1))


def _before(source: str, start: int) -> tuple[bool, str | None, str]:
    """What stands above a block: whether a closing does, the name right above it, and what `_Block.skip` begins as."""
    reach = min(300, start)
    above = [line.text for line in lines_from(source, start - reach, count=BLOCK_LINES, reach=reach)][-3:]
    closed = any(_closing().match(words) for words in above)
    last = above[-1] if above else ""
    name = last if closed and _name().fullmatch(last) else None
    return closed, name, "office" if last.lower().endswith("namens") else ""


def _read(block: _Block, line: Line, source: str) -> bool:
    """Take one line into `block`; False where the line is no part of it."""
    words = line.text
    below = source.count("\n", block.end, line.start) < 2
    if _deputy().match(words):
        block.named = True  # an official signs for the minister: the letter is the minister's, the name is not
        return False
    if _for_another().match(words):
        block.skip = "office" if _another_follows().search(words) else "rest"
        return True
    if office_start().match(words):
        return _read_offices(block, words)
    names = _names(words)
    if names and not (block.offices and _unfinished().search(block.offices[-1])):
        return _read_names(block, names)
    if not _may_go_on(words) or not (below or (block.offices and _unfinished().search(block.offices[-1]))):
        return False
    return block.skip == "rest" or _read_rest(block, words)


def _read_offices(block: _Block, words: str) -> bool:
    """Take a line that begins with an office: one, two side by side, or one with its name behind the comma."""
    if is_prose(words):
        return False
    if block.skip == "office":
        block.skip = "office" if _another_follows().search(words) else "rest"
        return True
    block.skip = ""
    if block.names:
        block.pair()
    if block.offices and "resident" in block.offices[-1].lower() and not words.lower().startswith("de "):
        block.offices[-1] = f"{as_kept(block.offices[-1])}, {as_kept(words)}"
        return True
    words = _for_another_behind().split(words)[0]
    parts = _side_by_side().split(words)
    block.row = len(parts)
    for part in parts:
        match = _office_and_name().fullmatch(part)
        block.offices.append(match["office"] if match else part)
        if match:
            block.names.append(match["name"])
            block.named = True
    return True


def _read_names(block: _Block, names: list[str]) -> bool:
    """Take the names of one line; False where they are more than there are offices for."""
    if len(block.names) + len(names) > len(block.offices):
        return False
    block.names += names
    block.named, block.skip = True, ""
    return True


def _read_rest(block: _Block, words: str) -> bool:
    """Take a line on which offices go on; False where no office is open."""
    if not block.offices or block.names:
        return False
    parts = _gap().split(words)
    if block.row == 2 and len(parts) == 1 and (doubled := _twice().fullmatch(words)):
        parts = [doubled["half"], doubled["half"]]
    if len(parts) == block.row:
        for number, part in enumerate(parts, len(block.offices) - block.row):
            block.offices[number] = f"{block.offices[number]} {part}"
    return True


def _names(words: str) -> list[str]:
    """The names on a line that holds nothing else: one, or as many as columns; two with initials need no column."""
    words = _signed().sub("", words).rstrip(" .,")
    parts = _gap().split(words)
    if all(_name().fullmatch(part) for part in parts):
        return parts
    match = _two_names().fullmatch(words)
    return [match["left"], match["right"]] if match else []


def _may_go_on(words: str) -> bool:
    """Whether a line can be the rest of an office: few words, none of a sentence, no figure."""
    return (
        len(words) <= 80
        and not any(c.isdigit() or c in ":?!" for c in words)
        and not is_prose(words)
        and not _no_name().match(words)
    )


PARTICLE = r"(?:van|von|de|den|der|des|te|ten|ter|tot|op|in|la|le|du|di|el|al|ben|bin|’t|'t|d’|d')"
WORD = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[’'¸´`][^\W\d_]+)*"
SURNAME = (
    rf"(?:{PARTICLE}\s?(?:{PARTICLE}\s){{0,2}})?{WORD}"
    rf"(?:[-–]\s?{WORD}|[-–\s](?:{PARTICLE}\s){{1,3}}{WORD}|\s{WORD}){{0,3}}"
)
INITIALS = r"(?:(?:[A-ZÀ-Þ]|Th|Ch|Ph|IJ|Chr|Joh|St|Ij|Yv|Fr|Jos)\.[\s-]?){1,7}"
TITLES = r"(?:(?:[Pp]rof|[Dd]rs?|[Mm]r|[Ii]r|[Ii]ng|[Jj]hr|[Mm]w|[Dd]s)\.\s?){0,4}"


@cache
def _name() -> re.Pattern[str]:
    """A name alone: H.M. de Jonge | E. M. H. Hirsch Ballin | drs. S.A. Blok | Mark Harbers | Dilan Yeşilgöz-Zegerius"""
    first = rf"{WORD}(?:-{WORD})?"
    return re.compile(
        rf"""(?!(?:{NO_NAME})) {TITLES} (?: {INITIALS} (?:\([^\W\d_]{{2,20}}\)\s)? {SURNAME}
           | {first}\s (?:[A-Z]\.\s?){{0,3}} {SURNAME} )""",
        re.VERBOSE,
    )


@cache
def _two_names() -> re.Pattern[str]:
    """Two names with initials that stood side by side: E. Kuipers M. van Ooijen"""
    return re.compile(rf"(?P<left>{TITLES}{INITIALS}{SURNAME})\s+(?P<right>{TITLES}{INITIALS}{SURNAME})")


@cache
def _office_and_name() -> re.Pattern[str]:
    """An office and its name on one line: De Minister van Justitie, E. M. H. Hirsch Ballin"""
    return re.compile(rf"(?P<office>.{{10,160}}?),\s+(?P<name>{TITLES}{INITIALS}{SURNAME})\.?")


NO_NAME = r"""(?:Tweede|Eerste)\s+Kamer | Den\s+Haag | Staten | Postbus | Pagina | Bijlagen?\b | Geachte | Ministerie
  | Directie | Directoraat | Antwoord | Vra(?:ag|gen)\b | Kamerstuk | Handelingen | Hoogachtend | Inhoud | Samenvatting
  | Inleiding | Toelichting | Kopie | Noten?\b | Voetno | Aan\b | Ons\s | Uw\s | Datum | Onderwerp | Betreft | Met\s"""
"""What lines begin with that have capitals like a name, or stand below an office without belonging to it."""


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(NO_NAME, re.VERBOSE)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        r"(?:Met\s+(?:de\s+meeste\s+|vriendelijke\s+|bijzondere\s+)?(?:hoogachting|groet)|Hoogachtend)", re.IGNORECASE
    )


@cache
def _for_another() -> re.Pattern[str]:
    return re.compile(r"(?:,\s*)?(?:mede|ook|en)?\s*namens\b", re.IGNORECASE)


@cache
def _for_another_behind() -> re.Pattern[str]:
    return re.compile(r",?\s+(?:mede|ook|en)\s+namens\b", re.IGNORECASE)


@cache
def _another_follows() -> re.Pattern[str]:
    """The end of a line behind which another office in whose name is signed must follow."""
    return re.compile(r"\b(?:namens|en|de)\s*$", re.IGNORECASE)


@cache
def _deputy() -> re.Pattern[str]:
    return re.compile(r"(?:namens|voor)\s+(?:deze|dezen|hem|haar)\b", re.IGNORECASE)


@cache
def _side_by_side() -> re.Pattern[str]:
    return re.compile(r"(?:\s+en)?\s+(?=de\s+(?:vice-?)?(?:minister|staatssecretaris))", re.IGNORECASE)


@cache
def _unfinished() -> re.Pattern[str]:
    return re.compile(r"(?:\b(?:van|voor|en|de)|[-–—])$", re.IGNORECASE)


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"\s{3,40}|\t+")


@cache
def _twice() -> re.Pattern[str]:
    """A line that says the same twice, as two columns do: Welzijn en Sport, Welzijn en Sport,"""
    return re.compile(r"(?P<half>\S.{3,60}),?\s+(?P=half),?")


@cache
def _signed() -> re.Pattern[str]:
    return re.compile(r"^\(?w\.?\s?g\.?\)?\s+", re.IGNORECASE)
