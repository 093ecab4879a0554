"""What a citation of a parliamentary paper means: its kind, its publication ids, its URLs, its chamber and session.

Ids are those of the official publications: kst-36410-XV-8, h-tk-20182019-12-12, ah-tk-20242025-546, blg-1184123.
Nothing is guessed: where a text does not say enough for an id there is none, and a flag says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toezeggingen.values.citation_bricks import brick, read_lead
from toezeggingen.values.citation_codes import (
    read_ecli,
    read_gazette,
    read_publication_id,
    read_register,
    read_tk_number,
)
from toezeggingen.values.citation_papers import read_papers
from toezeggingen.values.citation_proceedings import is_paged, read_appendix, read_proceedings

if TYPE_CHECKING:
    from toezeggingen.values.citation_bricks import Reading

PUBLICATIONS = "https://zoek.officielebekendmakingen.nl/"
FIRST_ONLINE = 1995  # the electronic series begins on 1 January 1995: of an older paper the URL may lead nowhere

_KINDS = {
    "dossier-bare": "dossier",
    "aanhangselnummer": "aanhangsel",
    "handelingen-pages": "handelingen",
    "handelingen-tail": "handelingen",
    "register-tk": "register",
    "register-ek": "register",
}
_OWN_KIND = frozenset({"dossier", "aanhangsel", "handelingen", "tk-number", "stb", "stcrt", "trb", "ecli"})
_ID_KINDS = {"ah": "aanhangsel", "h": "handelingen", "blg": "bijlage"}
_HOUSES = {"II": "tk", "I": "ek", "VV": "vv"}
_ONLINE = r"""
    kst-\d{5} (?: -(?: [IVX]{1,5}[AB]? | R\d{3,4} | [A-M] | \d\d ) )?
    - (?: \d{1,4} [a-h]? (?: -[hn]\d )? | (?! [IVX]{2,} | [VX]\Z ) [A-Z]{1,2} )
  | kst-\d{6,8} | blg-\d{4,8} | ah-\d{4,8}
  | ah-(?:tk|ek)-\d{8}-\d{1,5} | h-(?:tk|ek|vv)-\d{8}-\d{1,5}-\d{1,5}
  | (?: stb | stcrt | trb )-\d{4}-\d{1,6}
"""
_RUNNING_HEAD = r"""
    \A [^\d,]{0,30}? (?: \d{4} \s? )?                         # what is glued before it: "'s-Gravenhage 2024"
    (?P<lead> (?: Tweede | Eerste ) \s Kamer , \s? (?: vergaderjaar | zitting ) \s )
"""
_PAGE_AFTER = r"\s{0,9} (?: \d{1,3} )? \s{0,9} \Z"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation means. `ids` are papers, debates and answers; codes of other kinds stand in `refs`."""

    kind: str
    ids: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    chamber: str | None = None
    session: str | None = None
    dossiers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    role: str = "reference"
    flags: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The value of a CITATION entity, as the extraction record has it."""
        return {
            "kind": self.kind,
            "ids": list(self.ids),
            "urls": list(self.urls),
            "chamber": self.chamber,
            "session": self.session,
            "dossiers": list(self.dossiers),
            "numbers": list(self.numbers),
            "role": self.role,
            "flags": list(self.flags),
            "refs": list(self.refs),
        }


def session_of(written: str) -> str | None:
    """A session as its two years: "2022/23" is "2022-2023"; None for what is not two consecutive years ("2021/23")."""
    if len(written) == 8 and written.isdigit():
        written = f"{written[:4]}-{written[4:]}"
    years = ["".join(c for c in part if c.isdigit()) for part in brick(r"[^\d\s'’]+").split(written)]
    if len(years) != 2 or len(years[0]) not in {2, 4} or len(years[1]) not in {2, 4}:
        return None
    first = int(years[0]) if len(years[0]) == 4 else 2000 + int(years[0])
    if int(years[1]) not in {first + 1, (first + 1) % 100}:
        return None
    return f"{first}-{first + 1}"


def url_of(identifier: str) -> str | None:
    """The address of a publication; None for a dossier, a sitting, or what is no publication id."""
    return f"{PUBLICATIONS}{identifier}.html" if brick(_ONLINE).fullmatch(identifier) else None


def meaning(reading: Reading) -> Citation:
    """What `reading` cites. Two dossiers with one number: the number belongs to the first of them."""
    kind = _kind(reading)
    is_serial = reading.form == "publication-id" and reading.session is None  # blg-1184123, ah-1271549
    if is_serial or kind in {"kamerstuk", "dossier"}:
        return _paper(kind, reading)
    if kind in {"aanhangsel", "handelingen"}:
        return _record(kind, reading)
    url = url_of(reading.code)
    return Citation(kind, urls=(url,) if url else (), chamber=reading.chamber, refs=(reading.code,))


def canonical(text: str) -> str | None:
    """The id of the one publication, promise or case that `text` names and does nothing but name; None otherwise.

    "36 600 VII nr 1", a URL, an id in any case: the id in its official form. Several papers, a dossier without a
    number, a word too many: None.
    """
    name = _unwrapped(text.strip().rstrip("."))
    readers = (
        read_publication_id,
        read_tk_number,
        read_register,
        read_gazette,
        read_ecli,
        read_appendix,
        read_proceedings,
    )
    for readings in (*(read(name, 0) for read in readers), read_papers(name, 0, lenient=True)):
        if len(readings) == 1 and readings[0].end == len(name):
            citation = meaning(readings[0])
            named = citation.ids + citation.refs
            unclear = citation.kind == "dossier" or "no-item" in citation.flags
            return named[0] if len(named) == 1 and not unclear else None
    return None


def own_paper(line: str) -> str | None:
    """The id of the paper whose running head or footer `line` is; None for any other line, or where it is not told.

    "kst-29282-5", "Tweede Kamer, vergaderjaar 2023-2024, 29 282, nr. 5 2" (the last figure is the page).
    """
    line = line.strip()
    for reading in read_publication_id(line, 0):
        if brick(r"(?: ISSN .{0,40} )? ").fullmatch(line, reading.end):
            return canonical(line[: reading.end])
    head = brick(_RUNNING_HEAD).match(line)
    if head is None:
        return None
    lead = read_lead(line, head.start("lead"))
    papers = read_papers(line, lead.end, lenient=True)
    if len(papers) != 1 or brick(_PAGE_AFTER).match(line, papers[0].end) is None:
        return None
    citation = meaning(papers[0])
    return citation.ids[0] if citation.kind == "kamerstuk" and len(citation.ids) == 1 else None


def _kind(reading: Reading) -> str:
    if reading.form == "publication-id":
        return _ID_KINDS.get(reading.code.partition("-")[0], "kamerstuk")
    kind = _KINDS.get(reading.form, reading.form)
    return kind if kind in _OWN_KIND or kind == "register" else "kamerstuk"


def _paper(kind: str, reading: Reading) -> Citation:
    """A paper or a dossier, and what has a serial number only."""
    session, flags = _session(reading)
    chamber = reading.chamber
    if reading.code:
        ids = [reading.code]
    elif kind == "dossier":
        ids = [f"kst-{dossier}" for dossier in reading.dossiers]
    else:
        ids = [f"kst-{reading.dossiers[0]}-{number}" for number in reading.numbers]
        lettered = any(c.isalpha() for c in reading.numbers[0].partition("-")[0])  # the Senate's, as was 188b
        if lettered and chamber == "II":
            flags.append("chamber-mismatch")
        chamber = chamber or ("I" if lettered else "II")
    return Citation(
        kind,
        tuple(ids),
        () if kind == "dossier" else tuple(f"{PUBLICATIONS}{paper}.html" for paper in ids),
        None if chamber == "VV" else chamber,
        session,
        reading.dossiers,
        reading.numbers,
        flags=tuple(flags),
    )


def _record(kind: str, reading: Reading) -> Citation:
    """The record of a debate, or answers printed as its Aanhangsel; of no named chamber they are the Tweede Kamer's."""
    if reading.form == "aanhangselnummer":
        reading = _split_appendix_number(reading)
    session, flags = _session(reading)
    if reading.chamber is None and kind == "handelingen":
        flags.append("chamber-assumed")
    chamber = reading.chamber or "II"
    numbers = reading.numbers if kind == "aanhangsel" else ("-".join(reading.numbers),)
    # A debate without its item has the id of its sitting; while records were numbered by pages there is none.
    is_told = session_of(session or "") is not None and "committee-sitting" not in flags
    if not is_told or session is None or ("no-item" in flags and is_paged(session)):
        ids = []
    else:
        series = f"{'ah' if kind == 'aanhangsel' else 'h'}-{_HOUSES[chamber]}-{session.replace('-', '')}"
        ids = [f"{series}-{number}" for number in numbers]
    return Citation(
        kind,
        tuple(ids),
        () if "no-item" in flags else tuple(f"{PUBLICATIONS}{record}.html" for record in ids),
        None if chamber == "VV" else chamber,  # the extraction record knows two chambers; the id says they sat jointly
        session,
        numbers=numbers,
        flags=tuple(flags),
    )


def _session(reading: Reading) -> tuple[str | None, list[str]]:
    """The session of `reading`, as written where it is no session, and its flags with what there is to say of it."""
    flags = list(reading.flags)
    session = session_of(reading.session) if reading.session else None
    if reading.session and session is None:
        flags.append("session-not-consecutive")
    if session and int(session[5:]) < FIRST_ONLINE:
        flags.append("before-1995")
    return session or reading.session, flags


def _split_appendix_number(reading: Reading) -> Reading:
    """Session and number of "242501244": two years of two figures, and a number with zeros before it."""
    code = reading.code
    if len(code) != 9:
        return replace(reading, flags=(*reading.flags, "number-unclear"))
    return replace(reading, chamber="II", session=f"{code[:2]}/{code[2:4]}", numbers=(str(int(code[4:])),))


def _unwrapped(name: str) -> str:
    """The id inside a URL of officielebekendmakingen.nl or tweedekamer.nl; any other name as it is."""
    if not brick(r"(?i: https?:// | www\. )").match(name):
        return name
    if document := brick(r"(?i: [?&]did= ) (?P<id> \w{5,20} )").search(name) or brick(
        r"(?i: [?&]id= ) (?P<id> \w{5,20} )"
    ).search(name):
        return document["id"]
    last = name.partition("?")[0].rstrip("/").rpartition("/")[2]
    return brick(r"\. (?: html? | xml | pdf | odt ) \Z").sub("", last)
