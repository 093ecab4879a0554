"""Bodies that no lexicon can list: "de commissie Wonen op het Water", "de gemeenten Zwolle en Kampen".

A head word opens a family; the grammar of names says how far the name goes. Found are also heads with a capital and no
name, which may stand for a body named before (`references`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toezeggingen.components.body_row import Mention
from toezeggingen.values.body import body_value

if TYPE_CHECKING:
    from toezeggingen.components.body_names import Names
    from toezeggingen.components.body_row import Row, Taken
    from toezeggingen.components.body_words import Family, Head, Word, WordLists

_BETWEEN_PLACES = frozenset({",", "en", "&", "alsmede"})
_LIST_LENGTH = 40


class FamilyFinds(NamedTuple):
    """The mentions of families, and the indices of heads with a capital but no name."""

    mentions: list[Mention]
    bare: list[int]


class Families:
    """Finds the bodies of the families in a row."""

    def __init__(self, lists: WordLists, names: Names) -> None:
        self._lists = lists
        self._names = names

    def find(self, row: Row, taken: Taken) -> FamilyFinds:
        """What is found outside of `taken`, in order of place."""
        starts = {mention.start for mention in taken.mentions}
        mentions: list[Mention] = []
        bare: list[int] = []
        for index in row.heads:
            word = row.words[index]
            if word.head is None or word.head.family.name == "office":
                continue
            if taken.at(index) is not None and index not in starts:
                continue
            found = self._at(row, index, word.head, starts)
            if found:
                mentions += found
            elif word.capital and not word.shouted:
                bare.append(index)
        return FamilyFinds(mentions, bare)

    def _at(self, row: Row, index: int, head: Head, starts: set[int]) -> list[Mention]:
        family, word = head.family, row.words[index]
        if family.name == "before":
            start = self._names.before(row, index, family.excluded, starts) if word.capital else index
            return [] if start == index else [_mention(row, start, index + 1, family)]
        if not word.capital and not word.hyphenated:
            if family.small == "no" or (family.small == "all" and head.compound and family.name != "title"):
                return []
        elif word.lower in family.excluded:
            return []
        if family.name == "place":
            return self._places(row, index, head, starts)
        return self._titled(row, index, head, starts)

    def _places(self, row: Row, index: int, head: Head, starts: set[int]) -> list[Mention]:
        words, at = row.words, index + 1
        if at >= len(words) or at in row.breaks:
            return []
        end = self._names.place(row, at, starts)
        if end == at or words[at].lower in head.family.excluded:
            return []
        found = [_mention(row, index, end, head.family)]
        while head.plural and len(found) < _LIST_LENGTH and end < len(words) and words[end].text in _BETWEEN_PLACES:
            at = end + 1
            if at < len(words) and words[at].text == "en":
                at += 1
            if at >= len(words) or at in starts or at in row.breaks:
                break
            end = self._names.place(row, at, starts)
            if end == at:
                break
            found.append(_mention(row, at, end, head.family))
        return found

    def _titled(self, row: Row, index: int, head: Head, starts: set[int]) -> list[Mention]:
        family, word = head.family, row.words[index]
        end = self._title_end(row, index, family, starts)
        if word.hyphenated:
            return [_mention(row, index, max(end, index + 1), family)]
        small = not word.capital or (family.small == "name" and row.begins_sentence(index))
        if small and (family.small == "name" or head.compound):
            # "brancheorganisatie Glas & Lood": the head only says what it is.
            named = end > index + 1 and self._is_proper(row, index + 1, family)
            return [_mention(row, index + 1, end, family)] if named else []
        start = self._names.left(row, index, family.left, starts) if word.capital else index
        if any(row.words[at].lower in family.excluded for at in range(start, index)):
            return []
        if end == index + 1:
            if not self._stands_alone(row, start, index, head):
                return []
        elif not word.capital and not self._is_proper(row, index + 1, family):
            return []
        return [_mention(row, start, end, family)]

    def _title_end(self, row: Row, index: int, family: Family, starts: set[int]) -> int:
        """The index after the name whose head is word `index`; `index + 1` where the head has none."""
        at = index + 1
        if at >= len(row) or at in row.breaks:
            return at
        quoted = self._names.quoted(row, at)
        if quoted > at:
            return quoted
        first = row.words[at]
        if first.lower in family.excluded or (at in starts and not first.alpha):
            return at
        if at in starts and family.small == "name":
            return at  # "zorgverzekeraar VGZ": the lexicon knows it
        end = self._names.title(row, at, starts, english=family.name == "english")
        if end == at and family.tail and index not in starts and self._is_named_here(row, index):
            end = self._names.tail(row, at)
        return end

    def _is_named_here(self, row: Row, index: int) -> bool:
        """Whether the capital of word `index` is that of a name, not of a sentence."""
        return row.words[index].capital and not row.begins_sentence(index)

    def _is_proper(self, row: Row, at: int, family: Family) -> bool:
        """Whether the name behind a head in small letters is a name and not the start of something else."""
        word: Word = row.words[at]
        return (word.capital or not word.alpha) and word.text != "Nederland" and word.lower not in family.excluded

    def _stands_alone(self, row: Row, start: int, index: int, head: Head) -> bool:
        """Whether a head without a name behind it is a name: "de Zuivelraad", "het Landelijk Platform"."""
        family = head.family
        if start < index and (family.left == "adjective" or row.words[index].head is not None):
            return True
        if not (family.alone and head.compound) or row.words[index].shouted:
            return False
        before = row.words[index - 1] if index and index not in row.breaks else None
        if before is None:
            return False
        in_sentence = before.alpha and not before.capital and not row.begins_sentence(index)
        return in_sentence or before.lower in self._lists.determiner


def _mention(row: Row, start: int, end: int, family: Family) -> Mention:
    name = row.text(start, end)
    if row.words[start].head is None and family.name == "place":
        name = f"{family.heads[0]} {name}"
    value = body_value(name, family.type, government=family.government)
    return Mention(start, end, f"bodies:family-{family.id}", value)
