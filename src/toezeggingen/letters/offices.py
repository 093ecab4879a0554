"""The offices that write letters: where one begins in a line, and how it is kept."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.values.ministry import ministry_of, name_keys, read_ministries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toezeggingen.values.ministry import Ministry

SMALL_WORDS = frozenset({"van", "voor", "en", "de", "het", "der", "op", "in", "aan", "bij", "met", "tevens"})

LOWER_WORDS = frozenset({
    "de", "het", "van", "voor", "en", "der", "den", "des", "te", "ten", "ter", "tot", "op", "in", "aan", "bij", "la",
    "le", "du", "di", "el", "al", "ben", "bin", "d", "s", "t", "tevens", "zaken", "ordening", "ruimtelijke", "minister",
    "staatssecretaris", "minister-president", "a.i", "a", "i", "wg", "w", "g", "dr", "drs", "mr", "ir", "ing", "prof",
    "jhr",
})  # fmt: skip
"""Words with a small letter that offices and names may have."""

ALIKE = 0.9
"""How much of a name must be read right: three letters wrong in sixty, but never "Klimaat" added or left out."""

PRESIDENT = r"(?:vice-?\s?)? minister \s?-?\s? president \b"
ROLE = r"(?:minister|staatssecretaris)"


def as_kept(words: str) -> str:
    """An office on one line without its article and closing comma; capitals throughout become those of a sentence."""
    words = _article().sub("", " ".join(words.split()).strip(" ,.;:*_"))
    if not words.isupper():
        return words
    words = " ".join(_sentence_case(word) for word in _line_end_hyphen().sub("", words).split())
    match = office_start().match(words)
    if match and (name := _name_in_lexicon(words[match.end() :].strip())):
        return f"{match[0]} {name}"
    return words


def names_a_ministry(portfolio: str) -> bool:
    """Whether a portfolio begins with a ministry's own name, so that its minister is one "van" and not "voor"; True of
    what is not known.
    """
    ministry = ministry_of(portfolio)
    if ministry is None:
        return True
    names = (ministry.name, *ministry.names, *ministry.spellings, *ministry.shorts)
    return portfolio.lower().startswith(tuple(name.lower() for name in names))


def misread_ministry(office: str) -> Ministry | None:
    """The ministry of an office with a slip of OCR in its name ("Binnenlanose Zaken"); None where none is alike."""
    match = office_start().match(office)
    name = _nearly(office[match.end() :], _all_names()) if match else None
    return ministry_of(name) if name else None


def _name_in_lexicon(words: str) -> str | None:
    """The name of a ministry or portfolio that `words`, read from capitals, are but for accents and a slip of OCR."""
    ministry = ministry_of(words)
    if ministry is None:
        return _nearly(words, _all_names())
    return _nearly(words, _by_keys((*ministry.portfolios, *ministry.names, ministry.name)))


def _nearly(words: str, names: Mapping[str, str]) -> str | None:
    close = get_close_matches(" ".join(name_keys(words)), names, n=1, cutoff=ALIKE)
    return names[close[0]] if close else None


def _by_keys(names: Iterable[str]) -> dict[str, str]:
    """Names by their words as names are compared, without case, accents and commas."""
    return {" ".join(name_keys(name)): name for name in names}


@cache
def _all_names() -> dict[str, str]:
    return _by_keys(name for one in read_ministries() for name in (one.name, *one.names))


def is_prose(words: str) -> bool:
    """Whether a line that begins with an office goes on as a sentence: with a word that no office or name has."""
    return any(word[0].islower() and word not in LOWER_WORDS for word in _words().findall(words)) or ":" in words


def _sentence_case(word: str) -> str:
    if word.lower() in SMALL_WORDS:
        return word.lower()
    if len(word) <= 3 and word.isalpha():
        return word  # VWS, OCW: no word of a ministry's name is as short
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


@cache
def office_start() -> re.Pattern[str]:
    """The start of an office: (de) minister van, minister en staatssecretaris voor, minister-president."""
    return re.compile(
        rf"""(?:de\s{{1,3}})?
             (?: {PRESIDENT}
               | {ROLE} (?:\s{{1,3}}en\s{{1,3}}{ROLE})? (?:\s{{1,3}}a\.i\.)? \s{{1,3}} (?:van|voor)\b )""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _article() -> re.Pattern[str]:
    return re.compile(r"^(?:aan\s+)?de\s+", re.IGNORECASE)


@cache
def _line_end_hyphen() -> re.Pattern[str]:
    """A hyphen that a line end left inside a word of capitals; -PRESIDENT and -GENERAAL have one of their own."""
    return re.compile(r"(?<=[^\W\d_]{3})-(?!PRESIDENT|GENERAAL|ANTILLIAANSE)(?=[^\W\d_]{3})")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_][\w.-]*[^\W\d_]|[^\W\d_]")
