"""Ministers, state secretaries and ministries: the office word, then the name of a department or portfolio.

The names come from the tree of ministries; what is not there ("minister van Staat") is read as a title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.components.body_names import has_foreign_adjective
from toezeggingen.components.body_row import Mention
from toezeggingen.values.body import body_value

if TYPE_CHECKING:
    from toezeggingen.components.body_names import Names
    from toezeggingen.components.body_row import Row
    from toezeggingen.components.body_words import Head, Word, WordLists
    from toezeggingen.values.ministry import MinistryName, MinistryNames

_BEFORE_NAME = frozenset({"van", "voor", "v"})
_BETWEEN_NAMES = frozenset({",", "en", "&", "alsmede", "respectievelijk", "alsook"})
_OWN_MINISTRY = frozenset({"het", "mijn", "uw", "ons", "dit"})
_NAME_WORDS = 14  # the longest name of a ministry has six words and its commas


class Offices:
    """Finds offices and ministries in a row."""

    def __init__(self, tree: MinistryNames, lists: WordLists, names: Names) -> None:
        self._tree = tree
        self._lists = lists
        self._names = names

    def find(self, row: Row) -> list[Mention]:
        """The mentions in `row`, in order of place."""
        found: list[Mention] = []
        for index in row.heads:
            head = row.words[index].head
            if head and head.family.name == "office" and not row.words[index].hyphenated:
                found += self._named(row, index, head) or self._bare(row, index, head)
            elif head and head.family.id == "commissie":
                found += self._parliamentary(row, index)
        return found

    def _name_at(self, row: Row, index: int) -> tuple[int, MinistryName] | None:
        """The name of a ministry that begins at word `index`: (index after it, name)."""
        end = min(index + _NAME_WORDS, len(row))
        keys = [_key(word) for word in row.words[index:end]]
        stop = next((at for at in range(index + 1, end) if at in row.blocks), end)
        hit = self._tree.longest(keys[: stop - index])
        # A name in small letters ("van sociale zaken") is none.
        return (index + hit[0], hit[1]) if hit and row.words[index].capital else None

    def _named(self, row: Row, index: int, head: Head) -> list[Mention]:
        words = row.words
        at = index + 1
        if at < len(words) and words[at].lower in _BEFORE_NAME:
            at += 1
            if at + 1 < len(words) and words[at].text == "." and words[at - 1].lower == "v":
                at += 1
        elif at >= len(words) or not words[at].capital:
            return []
        if at >= len(words) or at in row.blocks:
            return []
        hit = None if has_foreign_adjective(row, index) else self._name_at(row, at)
        if hit is None:
            return self._unknown(row, index, at, head) if at > index + 1 else []
        # "minister Landbouw" may be a person; a short form or a portfolio of two words or more is not.
        if at == index + 1 and hit[0] - at < 2 and not words[at].acronym:
            return []
        found = [self._mention(row, index, hit[0], head, hit[1], words[at - 1].text if at > index + 1 else "van")]
        return found + (self._further(row, hit[0], head) if head.plural else [])

    def _further(self, row: Row, index: int, head: Head) -> list[Mention]:
        """The other names of "de ministeries van OCW, SZW en EZK", each a mention of its own."""
        found: list[Mention] = []
        words = row.words
        while index < len(words) and words[index].lower in _BETWEEN_NAMES:
            at = index + 1
            while at < len(words) and words[at].lower in ("en", "van", "voor"):
                at += 1
            hit = self._name_at(row, at) if at < len(words) else None
            if hit is None:
                break
            found.append(self._mention(row, at, hit[0], head, hit[1], "van"))
            index = hit[0]
        return found

    def _mention(self, row: Row, start: int, end: int, head: Head, name: MinistryName, preposition: str) -> Mention:
        ministry = name.ministry
        family = head.family
        if family.type == "parliament":
            return Mention(start, end, _rule(head), _value(head, f"vaste commissie voor {name.name}"))
        if family.type == "ministry":
            value = _value(head, f"ministerie van {name.name}", tooi=ministry.tooi, ministry=ministry.short)
        else:
            word = "staatssecretaris" if family.id == "staatssecretaris" else "minister"
            office = f"{word} {preposition.lower()} {name.name}"
            value = _value(head, office, ministry=ministry.short, office=office)
        rule = _rule(head) if family.id == "ambtgenoot" else f"bodies:{ministry.id}"
        return Mention(start, end, rule, value)

    def _unknown(self, row: Row, index: int, at: int, head: Head) -> list[Mention]:
        """An office whose department is not in the lexicon."""
        if head.family.id == "ambtgenoot" or head.plural or not row.words[at].capital:
            return []
        end = self._names.title(row, at)
        if end == at:
            return []
        text = row.text(index, end)
        text = text[0].lower() + text[1:]
        if has_foreign_adjective(row, index):
            return [Mention(index, end, _rule(head), body_value(text, head.family.type, government=False))]
        office = text if head.family.type == "minister" else None
        return [Mention(index, end, _rule(head), _value(head, text, office=office))]

    def _bare(self, row: Row, index: int, head: Head) -> list[Mention]:
        """An office without a department: "de minister", "Staatssecretaris De Wit (Financiën)", "mijn ministerie"."""
        words = row.words
        before = words[index - 1] if index and index not in row.breaks else None
        if head.plural or head.family.id == "ambtgenoot" or head.family.type == "parliament":
            return []
        if has_foreign_adjective(row, index):
            return []
        if head.family.type == "ministry":
            if before and before.lower in _OWN_MINISTRY:
                return [Mention(index - 1, index + 1, _rule(head), _value(head, "ministerie"))]
            return []
        after = words[index + 1] if index + 1 < len(words) and index + 1 not in row.breaks else None
        person = after is not None and after.capital and not after.function
        named = before is not None and (
            before.lower in self._lists.determiner or before.lower in self._lists.office_adjective
        )
        capital = words[index].capital and not row.begins_sentence(index)
        if not (person or named or capital):
            return []
        article = before is not None and before.lower in ("de", "deze", "onze")
        office = words[index].lower
        value = _value(head, office, office=office)
        if person and (hit := self._department_of_person(row, index)):
            office = f"{office} van {hit.name}"
            value = _value(head, office, ministry=hit.ministry.short, office=office)
        return [Mention(index - 1 if article else index, index + 1, _rule(head), value)]

    def _department_of_person(self, row: Row, index: int) -> MinistryName | None:
        """The department in brackets behind the name of a minister."""
        for at in range(index + 2, min(index + 7, len(row) - 1)):
            if row.words[at].text == "(":
                hit = self._name_at(row, at + 1)
                return hit[1] if hit and hit[0] < len(row) and row.words[hit[0]].text in (")", ",", "–", "-") else None
            if not (row.words[at].alpha or row.words[at].text == "."):
                return None
        return None

    def _parliamentary(self, row: Row, index: int) -> list[Mention]:
        """A committee of parliament, known by the name of a ministry: "de vaste commissie voor Defensie"."""
        words, at = row.words, index + 1
        if at < len(words) and words[at].lower in ("voor", "van"):
            at += 1
        hit = self._name_at(row, at) if at < len(words) and at not in row.breaks else None
        if hit is None:
            return []
        start = index - 1 if index and words[index - 1].lower in ("vaste", "algemene") else index
        # Committees of old have more in their names: "Landbouw en Natuurbeheer".
        goes_on = hit[0] < len(words) and words[hit[0]].text in ("en", "&")
        end = max(hit[0], self._names.title(row, at)) if goes_on else hit[0]
        value = body_value(f"vaste commissie voor {row.text(at, end)}", "parliament", government=False)
        return [Mention(start, end, "bodies:family-kamercommissie", value)]


def _key(word: Word) -> str:
    return word.key or ("en" if word.text == "&" else ("" if word.text in _PASSED_OVER else word.text))


_PASSED_OVER = frozenset({",", "–", "-", "—"})


def _rule(head: Head) -> str:
    return f"bodies:family-{head.family.id}"


def _value(
    head: Head, name: str, *, tooi: str | None = None, ministry: str | None = None, office: str | None = None
) -> dict[str, object]:
    family = head.family
    return body_value(name, family.type, government=family.government, tooi=tooi, ministry=ministry, office=office)
