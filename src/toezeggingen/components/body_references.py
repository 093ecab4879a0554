"""Short forms that a letter makes for itself.

"Bureau Vaarbewijzen (BVB)" and then "BVB"; "de Commissie" for one named before; "uw Kamer" in a letter to the Senate.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from toezeggingen.components.body_row import Mention, Taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toezeggingen.components.body_row import Row
    from toezeggingen.components.body_words import Head, Word, WordLists

_ACRONYM_LETTERS = 12
_LONG_WORD = 4
#: What "de Commissie" and "de Raad" stand for in a letter about the Union that names no other.
_UNION_HEADS = {"commissie": "europese-commissie", "raad": "raad-van-de-europese-unie"}
_UNION = frozenset({"bodies:europese-commissie", "bodies:europees-parlement", "bodies:raad-van-de-europese-unie"})
_CHAMBERS = ("bodies:tweede-kamer", "bodies:eerste-kamer")


class References:
    """Finds the later mentions of bodies by the short forms that the letter itself introduces."""

    def __init__(self, lists: WordLists, value: Callable[[str], dict[str, object]]) -> None:
        self._lists = lists
        self._value = value

    def with_chambers(self, row: Row, mentions: list[Mention]) -> list[Mention]:
        """The mentions with the houses that are meant.

        "Uw Kamer" is the house that the letter is addressed to, "het Parlement" behind the European Commission the
        European one.
        """
        senate = _addressed(row, mentions) == "bodies:eerste-kamer"
        union = False
        read = []
        for mention in mentions:
            identifier = ""
            if mention.rule in _UNION:
                union = True
            elif senate and mention.rule == "bodies:tweede-kamer" and row.words[mention.end - 1].text == "Kamer":
                identifier = "" if row.words[mention.start].lower == "tweede" else "eerste-kamer"
            elif union and row.words[mention.end - 1].text == "Parlement":
                identifier = "europees-parlement"
            value = self._value(identifier)
            read.append(Mention(mention.start, mention.end, f"bodies:{identifier}", value) if value else mention)
        return read

    def find(self, row: Row, taken: Taken, bare: Iterable[int]) -> list[Mention]:
        """The mentions by short forms, outside of `taken`; `bare` are heads with a capital and no name."""
        shorts = self._introduced(row, taken)
        found: list[Mention] = []
        if shorts:
            for index, word in enumerate(row.words):
                if word.text in shorts and taken.at(index) is None:
                    origin = shorts[word.text]
                    found.append(Mention(index, index + 1, origin.rule, origin.value))
        heads = _Heads(taken.mentions)
        for index in bare:
            word = row.words[index]
            if (
                word.head is None
                or taken.at(index) is not None
                or word.text in shorts
                or not self._is_pointed_at(row, index)
            ):
                continue
            antecedent = heads.before(word.head, word.lower, index)
            if antecedent is not None:
                found.append(Mention(index, index + 1, antecedent.rule, antecedent.value))
            elif word.lower in _UNION_HEADS and _names_union(taken.mentions):
                identifier = _UNION_HEADS[word.lower]
                if value := self._value(identifier):
                    found.append(Mention(index, index + 1, f"bodies:{identifier}", value))
        return found

    def _introduced(self, row: Row, taken: Taken) -> dict[str, Mention]:
        """Short form to the mention that it was introduced with, in or before brackets."""
        shorts: dict[str, Mention] = {}
        words = row.words
        for mention in taken.mentions:
            if not mention.rule:
                continue
            at = mention.end
            if at + 2 < len(words) and words[at].text == "(":
                short = self._in_brackets(row, at + 1, mention)
                if short is not None:
                    shorts.setdefault(short, mention)
            # The other way about: "BVB (Bureau Vaarbewijzen)".
            at = mention.start - 2
            if at >= 0 and words[at + 1].text == "(" and taken.at(at) is None and _is_initials(words[at], row, mention):
                shorts.setdefault(words[at].text, mention)
        return shorts

    def _in_brackets(self, row: Row, at: int, mention: Mention) -> str | None:
        words = row.words
        lists = self._lists
        hereafter = words[at].lower in lists.hereafter
        while hereafter and at < len(words) - 1 and words[at].lower in lists.hereafter | lists.hereafter_more:
            at += 1
        # The figure of a footnote may be glued to the short form.
        closing = words[at + 1].text if at + 1 < len(words) else ""
        if not (closing in (")", ",", ";") or closing.isdigit()):
            return None
        word = words[at]
        if hereafter and word.capital:
            return word.text
        return word.text if _abbreviates(word, row, mention) else None

    def _is_pointed_at(self, row: Row, index: int) -> bool:
        before = row.words[index - 1] if index and index not in row.breaks else None
        return before is not None and before.lower in self._lists.determiner


def _names_union(mentions: list[Mention]) -> bool:
    return any(mention.rule in _UNION for mention in mentions)


def _addressed(row: Row, mentions: list[Mention]) -> str | None:
    """The rule of the house whose chair the letter is addressed to: "de Voorzitter van de Eerste Kamer"."""
    for mention in mentions:
        if mention.rule in _CHAMBERS:
            before = [word.lower for word in row.words[max(0, mention.start - 3) : mention.start]]
            if before == ["voorzitter", "van", "de"]:
                return mention.rule
    return None


def without_redefined(row: Row, mentions: list[Mention]) -> list[Mention]:
    """The mentions without the short forms that the letter gives to something else: "de werkkostenregeling (WKR)".

    Something else: the words before the bracket are no body and share no long word with the body of that short form,
    but the short form is made of them.
    """
    taken = Taken(mentions)
    other = {
        row.words[mention.start].text for mention in mentions if mention.rule and _is_redefined(row, mention, taken)
    }
    if not other:
        return mentions
    return [
        mention for mention in mentions if mention.end > mention.start + 1 or row.words[mention.start].text not in other
    ]


def _is_redefined(row: Row, mention: Mention, taken: Taken) -> bool:
    words, at = row.words, mention.start
    if mention.end != at + 1 or not words[at].acronym:
        return False
    if at + 2 < len(words) and words[at + 1].text == "(" and _spells_other(row, at, mention, taken):
        return True
    if at < 2 or words[at - 1].text != "(":
        return False
    if taken.at(at - 2) is not None or words[at - 2].capital or not words[at - 2].alpha:
        return False
    short = [c for c in words[at].lower if c.isalpha()]
    before = [word for word in words[max(0, at - 2 - len(short)) : at - 1] if word.alpha]
    name = str(mention.value["name"]).lower()
    if any(len(word.lower) > _LONG_WORD and word.lower in name for word in before):
        return False
    return any(_spell("".join(short), before[first:]) for first in range(len(before)))


def _spell(short: str, words: list[Word]) -> bool:
    """Whether words are what a short form stands for.

    It begins with the first and has the first letter of each, in order, small words left out, and no letter that is not
    in them.
    """
    if words[0].lower[0] != short[0]:
        return False
    initials = [word.lower[0] for word in words if not word.link and not word.function]
    return _in_order(initials, short) and _in_order(short, "".join(word.lower for word in words))


def _in_order(wanted: Iterable[str], letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in wanted)


def _spells_other(row: Row, at: int, mention: Mention, taken: Taken) -> bool:
    """Whether the bracket behind a short form spells it out as something else: "MST (Multi Systeem Therapie)"."""
    words = row.words
    inside = [word for word in words[at + 2 : at + 2 + len(words[at].text)] if word.alpha]
    initials = "".join(word.lower[0] for word in inside if word.capital or len(word.text) > _LONG_WORD)
    if initials != words[at].lower or taken.at(at + 2) is not None:
        return False
    name = str(mention.value["name"]).lower()
    return not any(len(word.lower) > _LONG_WORD and word.lower in name for word in inside)


class _Heads:
    """The bodies of a letter by the words of their names, to find what a bare head stands for."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._mentions = [mention for mention in mentions if mention.rule]
        self._starts = [mention.start for mention in self._mentions]
        self._names = [str(mention.value["name"]).lower().split() for mention in self._mentions]
        self._memory: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for at, name in enumerate(self._names):
            for word in dict.fromkeys(name):
                self._by_word.setdefault(word, []).append(at)

    def before(self, head: Head, word: str, index: int) -> Mention | None:
        """The last body before word `index` whose name has the word `word`, or ends in it ("Zuivelraad" for "Raad")."""
        if head.compound:
            fits = self._by_word.get(word, [])
        else:
            if word not in self._memory:
                self._memory[word] = [at for at, name in enumerate(self._names) if _has_head(name, word)]
            fits = self._memory[word]
        at = bisect_left(fits, bisect_left(self._starts, index)) - 1
        return self._mentions[fits[at]] if at >= 0 else None


def _has_head(name: list[str], head: str) -> bool:
    return head in name or name[0].endswith(head) or name[-1].endswith(head)


def _abbreviates(word: Word, row: Row, mention: Mention) -> bool:
    """Whether a word may be made of the initials of a mention: two capitals, and its letters in order in the name."""
    if not word.alpha or len(word.text) > _ACRONYM_LETTERS or sum(1 for c in word.text if c.isupper()) < 2:
        return False
    initials = {row.words[at].lower[0] for at in range(mention.start, mention.end) if row.words[at].alpha}
    letters = iter("".join(row.words[at].lower for at in range(mention.start, mention.end)))
    short = "".join(c for c in word.lower if c.isalpha())
    in_order = sum(1 for c in short if c in letters)
    return short[0] in initials and in_order >= len(short) - 1


def _is_initials(word: Word, row: Row, mention: Mention) -> bool:
    """Whether a word is made of the first letters of a mention's words, small words left out or not."""
    if not word.shouted or len(word.text) < 3 or not word.text.isalpha():
        return False
    initials = [row.words[at].lower[0] for at in range(mention.start, mention.end) if row.words[at].alpha]
    return _in_order(word.lower, "".join(initials))
