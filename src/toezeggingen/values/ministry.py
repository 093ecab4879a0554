"""Ministries: from the words of an office or a department to the ministry it belongs to.

`lexicons/ministries.jsonl` holds every ministry since the war with its names, its short forms and the portfolios of the
ministers without a department and of the state secretaries that belong to it. Names are compared word by word without
case, accents, hyphens and commas, so that "Volksgezondheid Welzijn & Sport", capitals and a word broken at a line's end
are the same name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from toezeggingen import lexicons
from toezeggingen.values.body import tooi_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEXICON = "ministries"
_REQUIRED = frozenset({"short", "name", "tooi", "example"})
_OPTIONAL = frozenset({"names", "spellings", "shorts", "alone", "portfolios", "since", "until"})
_MARKS = dict.fromkeys(map(ord, ",;:()[]/–—.\"'‘’“”«»"), " ")
_BROKEN = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011'’"))
#: Words before the name of a ministry in an office, as `word_key` writes them.
_BEFORE_A_NAME = frozenset(
    {
        "minister",
        "ministers",
        "ministerie",
        "ministeries",
        "ministerpresident",
        "staatssecretaris",
        "staatssecretarissen",
        "departement",
        "departementen",
        "bewindspersoon",
        "bewindspersonen",
        "bewindslieden",
        "ambtgenoot",
        "ambtsgenoot",
        "brief",
        "aan",
        "namens",
        "mede",
        "tevens",
        "vice",
        "viceministerpresident",
        "de",
        "het",
        "den",
        "der",
        "een",
        "van",
        "voor",
        "en",
        "dr",
        "mr",
        "drs",
    }
)


@dataclass(frozen=True, slots=True)
class Ministry:
    """One line of the lexicon. `short` is what a record's `letter.ministry` says ("JenV" for the old Justitie too).

    `names` are names it had before, `spellings` other ways to write its name.
    `alone` are the forms that mean the ministry without the word "ministerie" before them; `tooi` is a URL or None;
    `since` and `until` are years.
    """

    id: str
    short: str
    name: str
    names: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    tooi: str | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class MinistryName:
    """A name that was recognised: the ministry it leads to and how it is written in full."""

    ministry: Ministry
    name: str


class MinistryNames:
    """A tree of all names, walked word by word."""

    def __init__(self, entries: Iterable[Ministry]) -> None:
        self._root: dict[str | None, Any] = {}
        for entry in entries:
            for name in entry.portfolios:
                self._add(name, MinistryName(entry, name))
            for name in (entry.name, *entry.names):
                self._add(name, MinistryName(entry, name))
            for name in (*entry.spellings, *entry.shorts, *entry.alone):
                self._add(name, MinistryName(entry, entry.name))

    def _add(self, written: str, found: MinistryName) -> None:
        # "V&W" is one word or three, as the tokeniser has it.
        for form in {written, written.replace("&", " & ")}:
            node = self._root
            for key in name_keys(form):
                node = node.setdefault(key, {})
            node.setdefault(None, found)

    def longest(self, keys: Sequence[str], start: int = 0) -> tuple[int, MinistryName] | None:
        """The longest name that begins at `keys[start]`: (index after its last word, name), or None.

        `keys` are words through `word_key`; empty ones (commas, dashes) are passed over inside a name.
        """
        node: dict[str | None, Any] = self._root
        best: tuple[int, MinistryName] | None = None
        for at in range(start, len(keys)):
            key = keys[at]
            if not key:
                if at == start:
                    return None
                continue
            node = node.get(key, {})
            if not node:
                break
            if None in node:
                best = (at + 1, node[None])
        return best


def word_key(word: str) -> str:
    """A word as names are compared: small, without accents, hyphens and apostrophes, "&" as "en"; "" for a mark."""
    small = word.lower()
    if not small.isascii():
        small = "".join(c for c in unicodedata.normalize("NFD", small) if not unicodedata.combining(c))
    if small.isalnum():
        return small
    small = small.translate(_BROKEN).replace("&", "en")
    return small if small.isalnum() else ""


def name_keys(text: str) -> list[str]:
    """The keys of the words of `text`; a word broken by a hyphen and white space is made whole."""
    words = text.translate(_MARKS).split()
    keys: list[str] = []
    carried = ""
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word[-1] in "-\u00ad\u2010" and len(word) > 1 and following.lower() not in ("", "en", "of"):
            carried += word[:-1]
            continue
        if key := word_key(carried + word):
            keys.append(key)
        carried = ""
    return keys


def read_ministries(text: str | None = None) -> tuple[Ministry, ...]:
    """The ministries of the lexicon's `text`; without it those of the package. Raises LexiconError."""
    if text is None:
        text = lexicons.source(LEXICON).decode("utf-8")
    rows = lexicons.parse(text, file=f"{LEXICON}.jsonl", required=_REQUIRED, optional=_OPTIONAL)
    return tuple(
        Ministry(
            id=row["id"],
            short=row["short"],
            name=row["name"],
            names=tuple(row.get("names", ())),
            spellings=tuple(row.get("spellings", ())),
            shorts=tuple(row.get("shorts", ())),
            alone=tuple(row.get("alone", ())),
            portfolios=tuple(row.get("portfolios", ())),
            tooi=tooi_url(row["tooi"]),
            since=row.get("since"),
            until=row.get("until"),
        )
        for row in rows
    )


@cache
def _package_ministries() -> tuple[Ministry, ...]:
    return read_ministries()


@cache
def _package_names() -> MinistryNames:
    return MinistryNames(_package_ministries())


@lru_cache(maxsize=4096)
def ministry_of(office_or_department: str) -> Ministry | None:
    """The ministry of "minister voor Medische Zorg", "Staatssecretaris van VWS", "Ministerie van Justitie" or "SZW".

    Words before the name ("brief van de minister van") are passed over; what follows the name is not looked at, so that
    the top of a letterhead may be given as it stands. None where no name of a ministry is found; a minister-president
    without another office belongs to Algemene Zaken.
    """
    keys = name_keys(office_or_department)
    for at, key in enumerate(keys):
        if hit := _package_names().longest(keys, at):
            return hit[1].ministry
        if key not in _BEFORE_A_NAME and not _is_surname(keys, at):
            break
    if "ministerpresident" in keys[:4]:
        return next(entry for entry in _package_ministries() if entry.id == "az")
    return None


def _is_surname(keys: Sequence[str], at: int) -> bool:
    """Whether the word at `at` may be a surname: "minister Hermans (Klimaat en Groene Groei)"."""
    return 0 < at <= 4 and any(key in ("minister", "staatssecretaris") for key in keys[:at])


def short_of(office_or_department: str) -> str | None:
    """The short name ("VWS") of the ministry that `ministry_of` finds, or None."""
    found = ministry_of(office_or_department)
    return found.short if found else None
