"""Citations of parliamentary papers: found on the characters of the text, read by the grammar, told by their context.

The grammar (`values.citation_*`) reads a citation from a given place. This component finds the places, by the literal
words that open a citation and by the figures of dossiers, and looks around what no word announces.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from toezeggingen import lexicons
from toezeggingen.components.citation_guards import Guards
from toezeggingen.components.citation_roles import Roles
from toezeggingen.components.spans import Found, annotate, text_of
from toezeggingen.components.worded import Worded
from toezeggingen.values.citation_bricks import split_word
from toezeggingen.values.citation_codes import (
    read_ecli,
    read_gazette,
    read_publication_id,
    read_register,
    read_tk_number,
)
from toezeggingen.values.citation_papers import read_bare, read_papers
from toezeggingen.values.citation_proceedings import read_appendix, read_bare_tail, read_proceedings
from toezeggingen.values.kamerstuk import meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    from toezeggingen.values.citation_bricks import Reading

    Reader = Callable[[str, int], list[Reading]]

LABEL = "CITATION"
SPANS_KEY = "citations"
REPEATED_WITHIN = 80  # characters in which an address repeats the paper it stands behind

# Literal words that open a citation, as they stand in the lowered text, and who reads on from there.
_WORDS: tuple[tuple[str, Reader], ...] = (
    ("kamerstuk", read_papers),
    ("kamerst.", read_papers),
    ("kst. ", read_papers),
    ("kst ", read_papers),
    ("aanhangsel", read_appendix),
    ("aanh. hand.", read_appendix),
    ("handelingen", read_proceedings),
    ("kst-", read_publication_id),
    ("blg-", read_publication_id),
    ("ah-", read_publication_id),
    ("h-tk-", read_publication_id),
    ("h-ek-", read_publication_id),
    ("h-vv-", read_publication_id),
    ("tz20", read_register),
    ("tz 20", read_register),
    ("t0", read_register),
    ("stb", read_gazette),
    ("staatsblad", read_gazette),
    ("stcrt", read_gazette),
    ("staatscourant", read_gazette),
    ("trb", read_gazette),
    ("tractatenblad", read_gazette),
    ("ecli", read_ecli),
)
_CAPITALS: tuple[tuple[str, Reader], ...] = (("TK ", read_bare_tail), ("EK ", read_bare_tail), ("AH", read_appendix))
# Words that a PDF dump may have split: looked for letter by letter only where the squeezed text has more of them.
_SPLIT_WORDS: tuple[tuple[str, Reader], ...] = (
    ("kamerstuk", read_papers),
    ("aanhangsel", read_appendix),
    ("handelingen", read_proceedings),
)
_DOSSIER = r"[1-3]\d(?:\.|\s{1,3})?\d{3}(?!\d)"
_TK_NUMBER = r"20\d\d[DZ]\d{5}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the lexicon: how a citation is written, what it means, and an example with the ids it gives."""

    id: str
    form: str
    meaning: str
    example: str
    ids: tuple[str, ...]
    role: str | None = None
    words: tuple[str, ...] = ()
    score: float = 1.0


def rules(lexicon: str | None = None) -> list[Rule]:
    """The rules of `lexicon` (lines of JSON), or of the package's own, with their full ids ("citation:kamerstuk")."""
    text = lexicons.source("citations").decode("utf-8") if lexicon is None else lexicon
    lines = lexicons.parse(
        text,
        file="citations.jsonl",
        required=frozenset({"form", "meaning", "example", "ids"}),
        optional=frozenset({"role", "words", "score"}),
    )
    return [
        Rule(
            id=f"citation:{line['id']}",
            form=line["form"],
            meaning=line["meaning"],
            example=line["example"],
            ids=tuple(line["ids"]),
            role=line.get("role"),
            words=tuple(line.get("words", ())),
            score=float(line.get("score", 1.0)),
        )
        for line in lines
    ]


@dataclass(frozen=True, slots=True)
class _Context:
    """What a lexicon says: the score of each rule, and what surrounds a citation."""

    scores: dict[str, float]
    roles: Roles
    guards: Guards

    @classmethod
    def of(cls, lexicon: str) -> _Context:
        """The context that `lexicon` (lines of JSON) describes."""
        loaded = rules(lexicon)
        words = {rule.id.removeprefix("citation:"): rule.words for rule in loaded if rule.words}
        return cls({rule.id: rule.score for rule in loaded}, Roles(words), Guards(words))


class CitationFinder(Worded):
    """Puts every citation of a parliamentary paper into `doc.spans[spans_key]`."""

    names = ("citations",)

    def __init__(self, *, spans_key: str = SPANS_KEY) -> None:
        super().__init__()
        self.spans_key = spans_key
        self._dossier = re.compile(_DOSSIER)
        self._tk_number = re.compile(_TK_NUMBER)

    def load(self, texts: dict[str, str]) -> None:
        """Load the rules and the words of their contexts."""
        self._context = _Context.of(texts["citations"])

    def find(self, text: str) -> list[Found]:
        """The citations of `text`, in order of place, none overlapping another."""
        self.ready()
        context = self._context
        found: list[Found] = []
        previous: tuple[int, str] | None = None
        for reading in self._readings(text):
            citation = meaning(reading)
            repeated = reading.form == "publication-id" and found and list(citation.ids) == found[-1].value["ids"]
            if repeated and reading.start - found[-1].end <= REPEATED_WITHIN:
                continue
            is_paper = citation.kind == "kamerstuk"
            role = context.roles.role(text, reading.start, reading.end, is_paper=is_paper, previous=previous)
            rule = f"citation:{reading.form}"
            value = replace(citation, role=role).to_json()
            found.append(Found(reading.start, reading.end, rule, value, context.scores.get(rule, 1.0)))
            previous = (reading.end, role)
        return found

    def _readings(self, text: str) -> Iterator[Reading]:
        end = 0
        for start, read in sorted(self._places(text), key=lambda place: place[0]):
            if start < end:
                continue
            for reading in read(text, start):
                if reading.start >= end:
                    yield reading
                    end = reading.end

    def _places(self, text: str) -> Iterator[tuple[int, Reader]]:
        """Where a citation may start, and who reads it."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter whose small form is longer ("İ") would shift all that follows
            lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
        for word, read in _WORDS:
            for start in _occurrences(lowered, word):
                if word == "kamerstuk" or not (start and lowered[start - 1].isalpha()):
                    yield start, read
        for word, read in _CAPITALS:
            for start in _occurrences(text, word):
                if not (start and text[start - 1].isalpha()):
                    yield start, read
        yield from _split_places(text, lowered)
        for match in self._tk_number.finditer(text):
            if not (match.start() and text[match.start() - 1].isalnum()):
                yield match.start(), read_tk_number
        for match in self._dossier.finditer(text):
            yield match.start(), self._read_bare

    def _read_bare(self, text: str, start: int) -> list[Reading]:
        guards = self._context.guards
        if guards.is_glued(text, start):
            return []
        readings = read_bare(text, start)
        return readings if readings and guards.allows(text, readings[0], start) else []

    def set_annotations(self, doc: Doc, found: list[Found]) -> None:
        """Put `found` into the Doc's spans."""
        annotate(doc, self.spans_key, LABEL, found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its citations."""
        self.set_annotations(doc, self.find(text_of(doc)))
        return doc


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _split_places(text: str, lowered: str) -> Iterator[tuple[int, Reader]]:
    """Words that a line end or a PDF dump split: looked for only where the text without gaps has more of them."""
    squeezed = "".join(lowered.split())
    for dash in "-\u00ad\u2010\ufffe\x02":
        if dash in squeezed:
            squeezed = squeezed.replace(dash, "")
    for word, read in _SPLIT_WORDS:
        if squeezed.count(word) > lowered.count(word):
            for match in _split_pattern(word).finditer(text):
                yield match.start(), read


@functools.cache
def _split_pattern(word: str) -> re.Pattern[str]:
    return re.compile(split_word(word), re.IGNORECASE)


@Language.factory("toezeggingen_citations", default_config={"spans_key": SPANS_KEY}, assigns=["doc.spans"])
def create(nlp: Language, name: str, spans_key: str = SPANS_KEY) -> CitationFinder:
    """The component as a config names it."""
    return CitationFinder(spans_key=spans_key)
