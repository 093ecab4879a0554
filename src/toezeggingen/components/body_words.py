"""What the grammar of bodies must know of a word, worked out once a word and remembered.

The same few thousand words come back in every letter, so that a letter costs little more than looking them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from toezeggingen import lexicons
from toezeggingen.errors import LexiconError
from toezeggingen.values.body import BODY_TYPES
from toezeggingen.values.ministry import word_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.vocab import Vocab

FAMILIES = "body_families"
WORDS = "body_words"
_REQUIRED = frozenset({"heads", "name", "small", "type", "government", "example"})
_OPTIONAL = frozenset({"plural", "left", "alone", "tail", "not"})
#: How a name goes on from its head: a ministry; a place; a title ("Wonen op het Water"); a title in English; or the
#: head comes last ("Zwemmend Nederland").
NAMINGS = ("office", "place", "title", "english", "before")
#: What a head in small letters does: begins the name; only says what the name is; nothing.
SMALL = ("all", "name", "no")
_REMEMBERED = 200_000
_SHORTEST_FIRST_PART = 2  # letters: "draad" is no "raad"


@dataclass(frozen=True, slots=True)
class Family:
    """One line of the families: head words, how a name goes on from them, and what such a body is.

    A head "-raad" is any longer word that ends so. `left`: what may stand before the head and belong to the name, an
    "adjective" (Regionale Klimaattafel) or a "name" (Maasstad Ziekenhuis). `alone`: a longer word with a capital is a
    name by itself. `tail`: the name may go on in small letters. `excluded`: words that are not a name here;
    `excluded_endings`: endings of words that are no head ("voorraad").
    """

    id: str
    heads: tuple[str, ...]
    name: str
    small: str
    type: str
    government: bool
    plural: tuple[str, ...] = ()
    left: str | None = None
    alone: bool = False
    tail: bool = False
    excluded: frozenset[str] = frozenset()
    excluded_endings: tuple[str, ...] = ()


class Head(NamedTuple):
    """A word that heads a family: `compound` when it is longer than the head it ends in ("Klimaattafel")."""

    family: Family
    plural: bool = False
    compound: bool = False


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of `lexicons/body_words.jsonl`, by the id of their line."""

    link: frozenset[str]
    link_english: frozenset[str]
    function: frozenset[str]
    determiner: frozenset[str]
    office_adjective: frozenset[str]
    premodifier: frozenset[str]
    place_tail: tuple[tuple[str, ...], ...]
    verb: frozenset[str]
    noun_ending: tuple[str, ...]
    hereafter: frozenset[str]
    hereafter_more: frozenset[str]


@dataclass(slots=True)
class Word:
    """A word and its class.

    `key` is the word as names of ministries are compared; `cut` counts the characters at its end that belong to no name
    ("RIVM's"); `hyphenated`: the name is joined to its head ("commissie-Bos"); `unfit`: white space, or to be looked up
    as another word.
    """

    text: str
    lower: str
    orth: int
    key: str
    cut: int = 0
    capital: bool = False
    acronym: bool = False
    shouted: bool = False
    alpha: bool = False
    function: bool = False
    link: bool = False
    head: Head | None = None
    hyphenated: bool = False
    unfit: bool = False


def read_families(text: str | None = None) -> tuple[Family, ...]:
    """The families of the lexicon's `text`; without it those of the package. Raises LexiconError."""
    if text is None:
        text = lexicons.source(FAMILIES).decode("utf-8")
    file = f"{FAMILIES}.jsonl"
    rows = lexicons.parse(text, file=file, required=_REQUIRED, optional=_OPTIONAL)
    for number, row in enumerate(rows, start=1):
        if row["type"] not in BODY_TYPES:
            raise LexiconError(file, number, f"has unknown type {row['type']!r}; one of {', '.join(BODY_TYPES)}")
        if row["name"] not in NAMINGS or row["small"] not in SMALL:
            raise LexiconError(file, number, f"has unknown name {row['name']!r} or small {row['small']!r}")
    return tuple(
        Family(
            id=row["id"],
            heads=tuple(row["heads"]),
            name=row["name"],
            small=row["small"],
            type=row["type"],
            government=row["government"],
            plural=tuple(row.get("plural", ())),
            left=row.get("left"),
            alone=row.get("alone", False),
            tail=row.get("tail", False),
            excluded=frozenset(word.lower() for word in row.get("not", ()) if word[0] != "-"),
            excluded_endings=tuple(word[1:] for word in row.get("not", ()) if word[0] == "-"),
        )
        for row in rows
    )


def read_words(text: str | None = None) -> WordLists:
    """The word lists of the lexicon's `text`; without it those of the package. Raises LexiconError."""
    if text is None:
        text = lexicons.source(WORDS).decode("utf-8")
    rows = lexicons.parse(text, file=f"{WORDS}.jsonl", required=frozenset({"words", "example"}))
    lists = {row["id"]: row["words"] for row in rows}
    if missing := sorted(_LISTS - lists.keys()):
        raise LexiconError(f"{WORDS}.jsonl", len(rows), f"lacks the lists {', '.join(missing)}")
    return WordLists(
        link=frozenset(lists["link"]),
        link_english=frozenset(lists["link-english"]),
        function=frozenset(lists["function"]),
        determiner=frozenset(lists["determiner"]),
        office_adjective=frozenset(lists["office-adjective"]),
        premodifier=frozenset(lists["premodifier"]),
        place_tail=tuple(tuple(tail.split()) for tail in lists["place-tail"]),
        verb=frozenset(lists["verb"]),
        noun_ending=tuple(lists["noun-ending"]),
        hereafter=frozenset(lists["hereafter"]),
        hereafter_more=frozenset(lists["hereafter-more"]),
    )


_LISTS = frozenset(
    {"link", "link-english", "function", "determiner", "office-adjective", "premodifier", "place-tail", "verb"}
    | {"noun-ending", "hereafter", "hereafter-more"}
)


class Words(dict[int, Word]):
    """Orth id to `Word`, filled as words are met. `known` are the words of the lexicon's forms, whole."""

    def __init__(self, vocab: Vocab, families: Iterable[Family], lists: WordLists, known: frozenset[str]) -> None:
        super().__init__()
        self._vocab = vocab
        self._lists = lists
        self._known = known
        self._heads: dict[str, Head] = {}
        self._endings: list[tuple[str, Head]] = []
        for family in families:
            for words, plural in ((family.heads, False), (family.plural, True)):
                for head in words:
                    if head.startswith("-"):
                        self._endings.append((head[1:], Head(family, plural, compound=True)))
                    else:
                        self._heads.setdefault(head, Head(family, plural))
        self._endings.sort(key=lambda ending: -len(ending[0]))
        self._any_ending = tuple(ending for ending, _ in self._endings)

    def __missing__(self, orth: int) -> Word:
        if len(self) >= _REMEMBERED:
            self.clear()
        word = self[orth] = self._classify(self._vocab.strings[orth], orth)
        return word

    def _classify(self, text: str, orth: int) -> Word:
        lower = text.lower()
        word = Word(text, lower, orth, word_key(text))
        word.alpha = text[:1].isalpha()
        if not word.alpha:
            word.link = text == "&"
            word.unfit = text.isspace()
            return word
        uppers = 0 if text == lower else sum(1 for c in text if c.isupper())
        # "eHealth" and "deRotterdamseZorg" are names too.
        word.capital = text[0].isupper() or (uppers > 0 and "-" not in text)
        word.shouted = uppers > 1 and text == text.upper()
        word.acronym = uppers > 1 and len(text) <= 12 and (word.shouted or "&" in text or len(text) <= 6)
        word.function = lower in self._lists.function
        word.link = text in self._lists.link or text in self._lists.link_english
        self._fit(word)
        if lower.isalpha() or "-" in lower:
            word.head = self._head(word)
        return word

    def _fit(self, word: Word) -> None:
        """Let "RIVM's" and "Neder-landse" be looked up as the word of the lexicon that they are a form of."""
        text = word.text
        if text in self._known:
            return
        stem = text[:-2] if text.endswith(("'s", "’s")) else text
        if stem != text and stem in self._known:
            word.cut = 2
        elif "-" in text and text.replace("-", "") in self._known:
            stem = text.replace("-", "")
        else:
            return
        word.orth = self._vocab.strings.add(stem)
        word.unfit = True

    def _head(self, word: Word) -> Head | None:
        for form in (word.text, word.lower):
            if found := self._heads.get(form):
                return found
        if found := self._by_ending(word.lower):
            return found
        # "commissie-Bos": the name is joined to its head.
        start, hyphen, name = word.text.partition("-")
        if not (hyphen and name[:1].isupper()):
            return None
        found = self._heads.get(start.lower()) or self._by_ending(start.lower())
        word.hyphenated = found is not None
        return found

    def _by_ending(self, lower: str) -> Head | None:
        if not lower.endswith(self._any_ending):
            return None  # nearly every word: one call instead of one an ending
        for ending, head in self._endings:
            if lower.endswith(ending) and len(lower) > len(ending) + _SHORTEST_FIRST_PART:
                return None if lower.endswith(head.family.excluded_endings) else head
        return None
