"""How a name goes on: titles ("Wonen op het Water"), places ("Alphen aan den Rijn"), names before and after a head.

Every function looks at a bounded number of words, so that a letter takes time in proportion to its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from toezeggingen.components.body_row import Row
    from toezeggingen.components.body_words import Word, WordLists

_TITLE_WORDS = 14
_QUOTED_WORDS = 12
_TAIL_WORDS = 6
_PLACE_WORDS = 3
_LEFT_WORDS = 4
_QUOTES = {"‘": "’", "“": "”", "«": "»", "'": "'", '"': '"', "„": "”"}
_NO_PLACES = ("provincie", "gemeente", "gemeenten", "waterschap")  # "Regenboogprovincie"
_OF_SURNAMES = frozenset({"de", "den", "der", "het"})
_NOWHERE: frozenset[int] = frozenset()


def has_foreign_adjective(row: Row, index: int) -> bool:
    """Whether the word before word `index` says that it is another state's: "de Franse minister"."""
    before = row.words[index - 1] if index and index not in row.breaks else None
    return (
        before is not None
        and before.text[:1].isupper()
        and before.lower.endswith(("se", "sche"))
        and before.lower != "nederlandse"
        and not row.begins_sentence(index - 1)
    )


class Names:
    """The grammar of names over a row. `taken` holds the words that begin another mention."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def title(self, row: Row, at: int, taken: Container[int] = _NOWHERE, *, english: bool = False) -> int:
        """The index after the last word of the title that begins at word `at`; `at` itself where none does.

        Words with a capital, joined by small words ("van", "op het"). "en" joins only to a word with a capital that is
        no name of its own, so that "de stichting Linde en RIVM" ends before "en".
        """
        words = row.words
        stop = min(at + _TITLE_WORDS, len(words))
        end = index = at
        while index < stop and (index == at or index not in row.breaks):
            word = words[index]
            if word.capital:
                if word.function and not self._opens_name(row, index, stop):
                    break
                if index > at and index in taken and words[index - 1].link:
                    break
                index += 1
                end = index
            elif word.link and self._links(word, english):
                following = self._after_links(row, index, stop, taken, at=at, english=english)
                if following == index:
                    break
                index = following
            elif word.text == "-" and index > at and not row.spaced(index - 1) and words[index - 1].capital:
                index += 1  # "Land- en Tuinbouw"
                if index >= stop or words[index].text not in ("en", "of", "&"):
                    break
            else:
                break
        return end

    def _links(self, word: Word, english: bool) -> bool:
        return word.text in self._lists.link or (english and word.text in self._lists.link_english)

    def _opens_name(self, row: Row, index: int, stop: int) -> bool:
        """Whether a function word with a capital belongs to a name: "Het Potentieel Pakken", "Van der Linde"."""
        following = index + 1
        if row.words[index].text == "Van":
            while following < stop and row.words[following].text in _OF_SURNAMES:
                following += 1
        return (
            following < stop
            and following not in row.breaks
            and row.words[following].capital
            and not row.words[following].function
        )

    def _after_links(self, row: Row, index: int, stop: int, taken: Container[int], *, at: int, english: bool) -> int:
        """The word with a capital that the small words at `index` lead to; `index` where they lead to none."""
        words = row.words
        following = index
        while following < stop and following - index < 3 and words[following].link and following not in row.breaks:
            if not self._links(words[following], english):
                break
            following += 1
        if following >= stop or following in row.breaks:
            return index
        word, links = words[following], [words[link].text for link in range(index, following)]
        if not word.capital or word.function or following in taken:
            return index
        dangling = index > at and words[index - 1].text == "-"
        if links[0] in ("en", "&", "and") and not dangling:
            # What is joined must be a name as little as what it is joined to.
            apart = len(links) > 1 or word.acronym or (word.head is not None and word.head.family.name != "before")
            return index if apart or index == at else following
        if index > at and links[0] in ("de", "het", "den") and not english:
            return index  # another phrase: "de commissie Linde de regeling"
        if links == ["in"] and index > at:
            return index  # "in Utrecht" is where it is, not what it is called
        if word.acronym and links[-1] not in ("voor", "of", "for"):
            return index
        return following

    def tail(self, row: Row, at: int) -> int:
        """The index after a name in small letters that begins at word `at` ("onderhoud vaarwegen"), or `at`.

        Ends before function words and verbs.
        """
        words = row.words
        stop = min(at + _TAIL_WORDS, len(words))
        end = at
        while end < stop and end not in row.breaks:
            joins = words[end].text == "en" and end > at and end + 1 < stop and self._is_of_tail(words[end + 1])
            if not joins and not self._is_of_tail(words[end]):
                break
            end += 1
        return end if self._is_nominal(words[at:end]) else at

    def _is_nominal(self, words: list[Word]) -> bool:
        """Whether words may be a name: one that ends as nouns do, or more that begin with an adjective."""
        nouns = any(word.lower.endswith(self._lists.noun_ending) for word in words)
        return nouns or (len(words) > 1 and words[0].lower.endswith("e"))

    def _is_of_tail(self, word: Word) -> bool:
        return (
            word.alpha
            and not word.capital
            and not word.function
            and not word.link
            and word.lower not in self._lists.verb
            and not word.lower.endswith(("eert", "eerde", "eerden", "eren", "isch", "lijk"))
        )

    def quoted(self, row: Row, at: int) -> int:
        """The index after a name in quotation marks that begins at word `at`, or `at`."""
        closing = _QUOTES.get(row.words[at].text) if at < len(row) else None
        if closing is None or at + 1 >= len(row) or not row.words[at + 1].capital:
            return at
        for index in range(at + 2, min(at + _QUOTED_WORDS, len(row))):
            if index in row.breaks:
                return at
            if row.words[index].text == closing:
                return index + 1
        return at

    def place(self, row: Row, at: int, taken: Container[int] = _NOWHERE) -> int:
        """The index after the name of a place that begins at word `at`, or `at`."""
        words = row.words
        stop = min(at + _PLACE_WORDS, len(words))
        index = at
        if index + 1 < stop and words[index].text in ("'", "’") and words[index + 1].text.startswith("s-"):
            return index + 2
        while index < stop and (index == at or index not in row.breaks):
            word = words[index]
            if not word.text[:1].isupper() or (index in taken and index > at) or word.head is not None:
                break
            if word.lower.endswith(_NO_PLACES):
                break
            if word.function and not self._opens_name(row, index, len(words)):
                break
            if word.acronym and index > at:
                break
            index += 1
        if index == at:
            return at
        if (
            index + 2 < len(words)
            and words[index].text == "-"
            and words[index + 1].text == "en"
            and words[index + 2].capital
        ):
            return index + 3  # "Midden- en West-Brabant"
        for tail in self._lists.place_tail:
            following = words[index : index + len(tail)]
            if [word.lower for word in following] == list(tail):
                return index + len(tail)
        return index

    def left(self, row: Row, index: int, kind: str | None, taken: Container[int] = _NOWHERE) -> int:
        """The first word of the name whose head is word `index`: what stands before it with a capital.

        `kind` is the family's `left`: an "adjective" or any "name".
        """
        words = row.words
        start = index
        while kind and start and index - start < _LEFT_WORDS and start not in row.breaks:
            before = words[start - 1]
            if not before.capital or before.function or start - 1 in taken:
                break
            if before.lower not in self._lists.premodifier:
                fits = kind == "name" or before.lower.endswith(("e", "s")) or before.text.endswith("UMC")
                if not fits or row.begins_sentence(start - 1):
                    break
            start -= 1
        return start

    def before(self, row: Row, index: int, excluded: frozenset[str], taken: Container[int] = _NOWHERE) -> int:
        """The first word of the name that ends in word `index` ("Zwemmend Nederland"); `index` where there is none."""
        words = row.words
        start = index
        while start and index - start < _LEFT_WORDS and start not in row.breaks:
            before = words[start - 1]
            if not before.capital or before.function or before.lower in excluded or start - 1 in taken:
                break
            start -= 1
        # A lone first word of a sentence has its capital from there.
        if start == index - 1 and row.begins_sentence(start) and not words[start].shouted:
            return index
        return start
