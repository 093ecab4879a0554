"""A second reading of promises by the parse of a base model: it vetoes where others act, and adds nothing.

Rules win. Of a promise whose subject the rules took for the writer, or which is a passive, the parse has no say. Where
they saw a noun phrase act, the parse must name another subject, the same one from every part of the verb, and it must
be plain that this is a third party:

- the rules saw no more than a thing ("komt in mei met een plan"), and the subject is a name of an organisation, a
  person or a place, or a noun that heads the names of bodies that are no government ("de provincies");
- the rules saw a body of the government, and the parse has that body hang on the clause, or act in another one
  ("dankzij het kabinet zullen de schippers ...").

Without a parse all stands as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from toezeggingen.components.body_words import FAMILIES, read_families
from toezeggingen.components.spans import Found, annotate, found_in
from toezeggingen.components.worded import Worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span, Token

_ACTIVE = frozenset({"present", "future", "going", "let", "stay", "want", "intention", "aim", "promise"})
_NAMED = frozenset({"cabinet", "minister", "ministry", "agency"})
_OTHERS = frozenset({"ORG", "GPE", "PERSON", "NORP"})
_HANGING = frozenset({"nmod", "nmod:poss", "obl", "obl:agent"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_SHARING = frozenset({"xcomp", "conj", "aux", "aux:pass", "cop", "compound:prt"})
"""Arcs by which a verb without a subject of its own has that of its head."""
_BESIDE = frozenset({"conj", "appos", "flat", "fixed"})
_DEEPEST = 6


class SyntaxCheck(Worded):
    """Leaves out of `doc.spans[spans_key]` the promises of the rules that the parse plainly gives to a third party."""

    names = (FAMILIES,)

    def __init__(self, *, spans_key: str = "promises", bodies_key: str = "bodies") -> None:
        super().__init__()
        self.spans_key = spans_key
        self.bodies_key = bodies_key

    def load(self, texts: dict[str, str]) -> None:
        """Load the nouns that head the names of bodies that are no government ("gemeente", "stichting")."""
        self._third = frozenset(
            head.lower()
            for family in read_families(texts[FAMILIES])
            if not family.government and family.type != "parliament" and family.name != "before"
            for head in family.heads
            if not head.startswith("-")
        )

    def find(self, doc: Doc) -> list[Found]:
        """The promises that stand."""
        self.ready()
        promises = found_in(doc, self.spans_key)
        if not promises or not doc.has_annotation("DEP"):
            return promises
        bodies = [found for found in found_in(doc, self.bodies_key) if _is_bound(found)]
        bound = {token.i for found in bodies for token in _span(doc, found.start, found.end)}
        return [promise for promise in promises if not self._is_of_others(doc, promise, bound)]

    def _is_of_others(self, doc: Doc, promise: Found, bound: set[int]) -> bool:
        """Whether the parse plainly says that a third party does what is promised; `bound`: tokens of government."""
        named = promise.value["subject"] in _NAMED and promise.value["subject_span"] is not None
        if promise.value["frame"] not in _ACTIVE or not (named or promise.value["subject"] == "thing"):
            return False
        verb = _span(doc, *promise.value["verb"])
        subjects = {_subject(verb[0]), _subject(verb[-1])}
        subject = subjects.pop()
        if subjects or subject is None or subject.dep_ != "nsubj" or subject.pos_ not in ("NOUN", "PROPN"):
            return False
        phrase = [subject, *(child for child in subject.subtree if child.head == subject and child.dep_ in _BESIDE)]
        if any(token.i in bound or token.pos_ == "PRON" for token in phrase):
            return False
        if not named:
            return subject.ent_type_ in _OTHERS or subject.lemma_.lower().replace("_", "") in self._third
        body = _span(doc, *promise.value["subject_span"]).root
        return body.dep_ in _HANGING or (body.dep_ in _SUBJECTS and body.head != subject.head)

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put the promises that stand into `doc.spans`, in the place of those of the rules."""
        annotate(doc, self.spans_key, "PROMISE", found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the promises that stand."""
        if self.spans_key in doc.spans:
            self.set_annotations(doc, self.find(doc))
        return doc


def _is_bound(body: Found) -> bool:
    """Whether a body is of the government side, or parliament: no third party."""
    return bool(body.value.get("government")) or body.value.get("type") in ("cabinet", "parliament")


def _span(doc: Doc, start: int, end: int) -> Span:
    """The tokens that the characters `start` to `end` touch."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"characters {start} to {end} are not in the text")
    return span


def _subject(verb: Token) -> Token | None:
    """The head of the subject of a verb: its own, or that of the verb it hangs on; None where it shares none."""
    for _ in range(_DEEPEST):
        found = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if found:
            return found[0] if len(found) == 1 else None
        if verb.dep_ not in _SHARING:
            return None
        verb = verb.head
    return None


@Language.factory(
    "toezeggingen_syntax",
    default_config={"spans_key": "promises", "bodies_key": "bodies"},
    requires=["token.dep", "token.head", "token.pos", "doc.spans"],
    assigns=["doc.spans"],
)
def create(nlp: Language, name: str, spans_key: str, bodies_key: str) -> SyntaxCheck:
    """The component as a config names it."""
    return SyntaxCheck(spans_key=spans_key, bodies_key=bodies_key)
