"""Bodies found by the lexicon: every written form, longest first, with two PhraseMatchers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.matcher import PhraseMatcher

from toezeggingen.components.body_names import has_foreign_adjective
from toezeggingen.components.body_row import Mention, longest
from toezeggingen.values.body import Body, body_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language

    from toezeggingen.components.body_row import Row
    from toezeggingen.components.body_words import Word
    from toezeggingen.values.ministry import Ministry

_EXCEPTION = "!"  # before the key of a phrase that is none: "Rijk der Nederlanden"
#: The determiners that annotators take along with the houses of parliament, and with no other body.
_OF_PARLIAMENT = frozenset({"de", "uw", "der", "onze", "deze", "beide"})
_URL_MARKS = frozenset("./@_#~:\\=")
_FOREIGN = frozenset({"cabinet", "parliament"})


def bodies_of(ministries: Iterable[Ministry]) -> list[Body]:
    """The ministries that are known by a short form alone ("OCW"), as bodies."""
    return [
        Body(
            id=ministry.id,
            name=f"ministerie van {ministry.name}",
            type="ministry",
            government=True,
            tooi=ministry.tooi,
            exact=ministry.alone,
            guarded=ministry.alone,
        )
        for ministry in ministries
        if ministry.alone
    ]


class Phrases:
    """The forms of the lexicon, made into patterns by the tokeniser in use."""

    def __init__(self, nlp: Language, bodies: Iterable[Body], ministries: Iterable[Ministry]) -> None:
        self._entries: dict[str, Body] = {}
        self._guarded: frozenset[str] = frozenset()
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._any_case = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._shorts = {ministry.id: ministry.short for ministry in ministries}
        everything = [*bodies, *bodies_of(ministries)]
        known: set[str] = set()
        guarded: set[str] = set()
        for body in everything:
            self._entries[body.id] = body
            guarded.update(body.guarded)
            for matcher, forms in (
                (self._exact, _exact_forms(body.exact)),
                (self._any_case, _loose_forms(body.any_case)),
            ):
                if forms:
                    docs = [nlp.make_doc(form) for form in forms]
                    matcher.add(body.id, docs)
                    known.update(token.text for doc in docs for token in doc)
            if body.exceptions:
                self._any_case.add(_EXCEPTION + body.id, [nlp.make_doc(form) for form in body.exceptions])
        self._guarded = frozenset(guarded)
        #: Every word of every form, as written in the lexicon.
        self.known = frozenset(known)
        self._values = {body.id: self._value(body) for body in everything}
        self._keys = nlp.vocab.strings

    def _value(self, body: Body) -> dict[str, object]:
        return body_value(
            body.name, body.type, government=body.government, tooi=body.tooi, ministry=self._shorts.get(body.id)
        )

    def value(self, identifier: str) -> dict[str, object]:
        """The value of the body with that id; empty where the lexicon has none."""
        return self._values.get(identifier, {})

    def find(self, row: Row) -> list[Mention]:
        """The mentions in `row`, the longest where forms overlap.

        Also the phrases that are no body, without rule and value, so that nothing else is found inside them.
        """
        found = []
        for key, start, end in (*self._exact(row.doc), *self._any_case(row.doc)):
            identifier = self._keys[key]
            if identifier.startswith(_EXCEPTION):
                found.append(Mention(start, end, "", {}))
            else:
                found.append(Mention(start, end, f"bodies:{identifier}", self._values[identifier]))
        return [self._with_determiner(row, mention) for mention in longest(found) if self._counts(row, mention)]

    def _counts(self, row: Row, mention: Mention) -> bool:
        if not mention.rule:
            return True
        words, start, end = row.words, mention.start, mention.end
        body = self._entries[mention.rule.removeprefix("bodies:")]
        if any(index in row.blocks for index in range(start + 1, end)):
            return False
        if _is_part_of_word(row, start, end):
            return False
        if words[start].text in self._guarded and end == start + 1 and _is_shouted(words, start):
            return False
        if words[start].text == "Kamer" and end == start + 1 and _is_other_room(row, start):
            return False
        if body.media and _is_source_note(row, start, end):
            return False
        return not (body.type in _FOREIGN and _is_foreign(row, start, end))

    def _with_determiner(self, row: Row, mention: Mention) -> Mention:
        start = mention.start
        if (
            mention.value.get("type") == "parliament"
            and row.words[start].text in ("Kamer", "Kamers")
            and start
            and start not in row.breaks
            and row.words[start - 1].lower in _OF_PARLIAMENT
        ):
            return Mention(start - 1, mention.end, mention.rule, mention.value)
        return mention


def _exact_forms(forms: Sequence[str]) -> list[str]:
    """The forms, also with a capital, and with either apostrophe."""
    written = dict.fromkeys(forms)
    written.update(dict.fromkeys(form[0].upper() + form[1:] for form in forms if not form[0].isupper()))
    return [*written, *(form.replace("'", "’") for form in written if "'" in form)]


def _loose_forms(forms: Sequence[str]) -> list[str]:
    """The forms, also with "&" for "en" and the other way about."""
    written = dict.fromkeys(forms)
    written.update(dict.fromkeys(form.replace(" en ", " & ") for form in forms))
    written.update(dict.fromkeys(form.replace(" & ", " en ") for form in forms))
    return [*written, *(form.replace("'", "’") for form in written if "'" in form)]


def _is_part_of_word(row: Row, start: int, end: int) -> bool:
    """Whether what is glued to the words shows that they are part of an address or a compound: rijksoverheid.nl."""
    words = row.words
    if start and not row.spaced(start - 1):
        before = words[start - 1].text
        if before in _URL_MARKS and start > 1 and not row.spaced(start - 2):
            return True
        if before == "-" and start > 1 and words[start - 2].alpha and not row.spaced(start - 2):
            return True
    if end < len(words) and not row.spaced(end - 1):
        after = words[end].text
        if (after in _URL_MARKS or after == "-") and not row.spaced(end) and end + 1 < len(words):
            return words[end + 1].alpha
    return False


def _is_other_room(row: Row, index: int) -> bool:
    """Whether "Kamer" is part of another name: "de Geheime Kamer"."""
    before = row.words[index - 1] if index and not row.begins_sentence(index - 1) else None
    return before is not None and before.capital and not before.function


def _is_shouted(words: list[Word], index: int) -> bool:
    """Whether the words beside are in capitals too, so that capitals say nothing: "BRIEF OM TE MELDEN"."""
    beside = [words[at] for at in (index - 1, index + 1) if 0 <= at < len(words) and words[at].shouted]
    return len(beside) == 2 or any(len(word.text) > 3 for word in beside)


def _is_source_note(row: Row, start: int, end: int) -> bool:
    """Whether a newspaper is but the source of a note: "De Courant, 3 mei 2021", "NOS, d.d. 3 mei"."""
    words = row.words
    if end + 1 >= len(words) or words[end].text != ",":
        return False
    following = words[end + 1]
    return following.text.isdigit() or following.lower in ("d", "d.d", "dd", "online") or following.text in _QUOTES


_QUOTES = frozenset("«“‘'\"")


def _is_foreign(row: Row, start: int, end: int) -> bool:
    """Whether the cabinet or parliament is another state's: "de Franse regering", "de regering van Peru"."""
    after = row.words[end : end + 2]
    return has_foreign_adjective(row, start) or (
        len(after) == 2 and after[0].text == "van" and after[1].capital and not after[1].acronym
    )
