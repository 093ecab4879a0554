"""Bodies: every mention of a named organisation or an office, with what it means.

Four ways to find one, and of overlapping finds the longest: the forms of the lexicon (`body_phrases`), ministers and
ministries by the names of departments (`body_offices`), open families by their head words (`body_families`), and short
forms that the letter itself introduces (`body_references`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from toezeggingen.components.body_families import Families
from toezeggingen.components.body_names import Names
from toezeggingen.components.body_offices import Offices
from toezeggingen.components.body_phrases import Phrases
from toezeggingen.components.body_references import References, without_redefined
from toezeggingen.components.body_row import Mention, Row, Taken, longest
from toezeggingen.components.body_words import FAMILIES, WORDS, Words, read_families, read_words
from toezeggingen.components.spans import Found, annotate
from toezeggingen.components.worded import Worded
from toezeggingen.values.body import LEXICON as BODIES
from toezeggingen.values.body import read_bodies
from toezeggingen.values.ministry import LEXICON as MINISTRIES
from toezeggingen.values.ministry import MinistryNames, read_ministries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

LABEL = "BODY"
LEXICONS = (BODIES, MINISTRIES, FAMILIES, WORDS)
_REFERENCE_SCORE = 0.9


class BodyFinder(Worded):
    """Finds bodies and puts them into `doc.spans[spans_key]`."""

    names = LEXICONS

    def __init__(self, nlp: Language, name: str = "toezeggingen_bodies", *, spans_key: str = "bodies") -> None:
        super().__init__()
        self.name = name
        self.spans_key = spans_key
        self._nlp = nlp

    def load(self, texts: dict[str, str]) -> None:
        """Load bodies, ministries, families and word lists."""
        ministries = read_ministries(texts[MINISTRIES])
        lists = read_words(texts[WORDS])
        names = Names(lists)
        self._phrases = Phrases(self._nlp, read_bodies(texts[BODIES]), ministries)
        self._words = Words(self._nlp.vocab, read_families(texts[FAMILIES]), lists, self._phrases.known)
        self._offices = Offices(MinistryNames(ministries), lists, names)
        self._families = Families(lists, names)
        self._references = References(lists, self._phrases.value)

    def find(self, doc: Doc) -> list[Found]:
        """The bodies in `doc`, in order of place, none overlapping another."""
        self.ready()
        row = Row(doc, self._words)
        known = without_redefined(row, longest([*self._offices.find(row), *self._phrases.find(row)]))
        named, bare = self._families.find(row, Taken(known))
        settled = self._references.with_chambers(row, longest([*known, *named]))
        pointed = self._references.find(row, Taken(settled), bare)
        found = [_found(row, mention, 1.0) for mention in settled if mention.rule]
        found += [_found(row, mention, _REFERENCE_SCORE) for mention in pointed]
        return sorted(found, key=lambda item: item.start)

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put `found` into the Doc."""
        annotate(doc, self.spans_key, LABEL, found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its bodies."""
        self.set_annotations(doc, self.find(doc))
        return doc


def _found(row: Row, mention: Mention, score: float) -> Found:
    start, end = row.characters(mention.start, mention.end)
    return Found(start, end, mention.rule, dict(mention.value), score)


@Language.factory("toezeggingen_bodies", default_config={"spans_key": "bodies"})
def create(nlp: Language, name: str, spans_key: str) -> BodyFinder:
    """The component as a config names it."""
    return BodyFinder(nlp, name, spans_key=spans_key)
