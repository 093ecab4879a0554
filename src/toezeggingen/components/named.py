"""Organisations that the NER of a base model names and no list or grammar of ours knows: bodies of type "other".

Rules win: a name that touches a body, a term or a citation of theirs is left alone. It comes after all that reads
bodies, so that promises and their scores do not depend on it. Without named entities nothing is added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from toezeggingen.components.promises import SILENT_ZONES
from toezeggingen.components.spans import Found, annotate, found_in
from toezeggingen.news_model import RULE
from toezeggingen.values.body import body_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span

_LABEL = "ORG"
_SCORE = 0.75
"""Of its names about three in four are right, by its own card; it gives none of its own."""
_NAMELESS_ZONES = SILENT_ZONES - {"question", "heading"}
_BEFORE = frozenset({"de", "het", "een", "deze", "die", "dit", "dat", "onze", "ons", "mijn", "uw", "hun"})
_SHORTEST = 2


class NamedBodies:
    """Adds organisations of `doc.ents` to `doc.spans[spans_key]`; needs the bodies, deadlines and citations."""

    def __init__(self, *, spans_key: str = "bodies") -> None:
        self.spans_key = spans_key

    def find(self, doc: Doc) -> list[Found]:
        """The bodies of the rules, and the organisations that are none of them."""
        bodies = found_in(doc, self.spans_key)
        if not doc.has_annotation("ENT_IOB"):
            return bodies
        taken = _taken(doc, (self.spans_key, "deadlines", "citations"))
        named = [entity for entity in doc.ents if entity.label_ == _LABEL]
        free = [entity for entity in named if taken.isdisjoint(range(entity.start, entity.end))]
        return bodies + [body for entity in free if (body := _body(entity)) is not None]

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put the bodies into the Doc."""
        annotate(doc, self.spans_key, "BODY", found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with what the base model adds to its bodies."""
        self.set_annotations(doc, self.find(doc))
        return doc


def _taken(doc: Doc, keys: Iterable[str]) -> set[int]:
    """The tokens that rules found something in, and those of the sender's own letterhead and signature."""
    spans = [span for key in keys if key in doc.spans for span in doc.spans[key]]
    for zone, start, end in doc.user_data.get("letter", {}).get("zones", []):
        silent = doc.char_span(start, end, alignment_mode="expand") if zone in _NAMELESS_ZONES else None
        spans += [silent] if silent is not None else []
    return {place for span in spans for place in range(span.start, span.end)}


def _body(entity: Span) -> Found | None:
    """The body that an entity names, articles before it left out; None where it is no name on one line."""
    first = next((n for n, token in enumerate(entity) if token.lower_ not in _BEFORE), len(entity))
    name = entity[first:]
    text = name.text
    if len(text) < _SHORTEST or "\n" in text or not any(character.isupper() for character in text):
        return None
    value = body_value(" ".join(text.split()), "other", government=False)
    return Found(name.start_char, name.end_char, RULE, value, _SCORE)


@Language.factory(
    "toezeggingen_named",
    default_config={"spans_key": "bodies"},
    requires=["doc.ents", "doc.spans"],
    assigns=["doc.spans"],
)
def create(nlp: Language, name: str, spans_key: str) -> NamedBodies:
    """The component as a config names it."""
    return NamedBodies(spans_key=spans_key)
