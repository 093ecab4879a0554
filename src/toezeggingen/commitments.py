"""Spans to commitments: which actor, recipient, deadline, bodies, citations and object belong to which promise.

Works on the characters of the Doc's text; nothing here knows the source file or the record.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toezeggingen.components.spans import Found, found_in, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_RANK = {"calendar": 0, "recurring": 0, "vague": 2, "event": 3}
_UNKNOWN = "onbekend"
_DOUBTFUL = 0.4
"""A term scored lower binds only where no other stands: "voor 2025" may mean for, not before."""


@dataclass(frozen=True, slots=True)
class Link:
    """A promise with what belongs to it. Numbers are indices into the Doc's found bodies, deadlines and citations.

    `who` is as the record has it ("ik", "minister:Financiën", "passive"); `actor` and `object` are characters
    of the Doc.
    """

    promise: Found
    who: str
    actor: tuple[int, int] | None
    actor_body: int | None
    recipient: int | None
    deadline: int | None
    bodies: tuple[int, ...]
    citations: tuple[int, ...]
    object: tuple[int, int] | None


class _Places:
    """What a component found, in order of place: what lies within a stretch is looked up, not searched for."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = found
        self._starts = [f.start for f in found]

    def within(self, start: int, end: int) -> tuple[int, ...]:
        """The indices of what lies wholly within the characters `start` to `end`."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return tuple(i for i in range(first, last) if self.found[i].end <= end)

    def at(self, start: int) -> int | None:
        """The index of what starts at this character, or None."""
        first = bisect_left(self._starts, start)
        return first if first < len(self._starts) and self._starts[first] == start else None


def link(doc: Doc) -> list[Link]:
    """The promises of a Doc, in order, each with what belongs to it."""
    bodies, deadlines, citations = (_Places(found_in(doc, key)) for key in ("bodies", "deadlines", "citations"))
    promises = found_in(doc, "promises")
    ministry = doc.user_data.get("letter", {}).get("ministry")
    text = text_of(doc)
    terms = [_deadline(text, promise, deadlines) for promise in promises]
    links: list[Link] = []
    for number, promise in enumerate(promises):
        inside = bodies.within(promise.start, promise.end)
        who, actor, actor_body = _actor(promise, bodies, inside, ministry)
        about = promise.value["object"]
        links.append(
            Link(
                promise=promise,
                who=who,
                actor=actor,
                actor_body=actor_body,
                recipient=next((i for i in inside if bodies.found[i].value.get("type") == "parliament"), None),
                deadline=_shared_term(number, promises, terms, deadlines),
                bodies=inside,
                citations=citations.within(promise.start, promise.end),
                object=(about[0], about[1]) if about else None,
            )
        )
    return links


def _actor(
    promise: Found, bodies: _Places, inside: Sequence[int], ministry: str | None
) -> tuple[str, tuple[int, int] | None, int | None]:
    """Who is bound, the characters that say so, and the body they name."""
    subject, span = promise.value["subject"], promise.value["subject_span"]
    if subject in ("ik", "wij"):
        return subject, (span[0], span[1]) if span else None, None
    if subject not in ("cabinet", "minister", "ministry", "agency"):
        return "passive", None, None
    body = bodies.at(span[0]) if span else None
    if body is None:
        body = next((i for i in inside if _who(bodies.found[i].value, ministry) is not None), None)
    who = _who(bodies.found[body].value, ministry) if body is not None else None
    if who is None or body is None:
        return ("kabinet" if subject == "cabinet" else "passive"), (span[0], span[1]) if span else None, None
    return who, (bodies.found[body].start, bodies.found[body].end), body


def _who(value: dict[str, Any], ministry: str | None) -> str | None:
    """The actor that a body stands for, None where it cannot be bound; an office without a name is the letter's own."""
    kind, name = value.get("type"), value.get("name", "")
    if kind == "cabinet":
        return "kabinet"
    if kind == "minister":
        office = str(value.get("office") or name)
        rank = "staatssecretaris" if office.lower().startswith("staatssecretaris") else "minister"
        named = office.split(" ", 2)[2] if office.count(" ") >= 2 else None
        return f"{rank}:{named or value.get('ministry') or ministry or _UNKNOWN}"
    if kind == "ministry":
        return f"ministerie:{value.get('ministry') or ministry or _UNKNOWN}"
    return f"agency:{name}" if value.get("government") else None


def _deadline(text: str, promise: Found, deadlines: _Places) -> int | None:
    """The term inside the promise that binds it: a dated one before a vague one, the one nearest to the verb first."""
    if promise.value["status"] == "fulfilled":
        return None  # what is done has no term
    verb_start, verb_end = promise.value["verb"]

    def rank(index: int) -> tuple[int, bool, int]:
        found = deadlines.found[index]
        doubtful = 10 if found.score < _DOUBTFUL else 0
        distance = max(found.start - verb_end, verb_start - found.end, 0)
        return doubtful + _rank(found), found.start > verb_end, distance

    inside = deadlines.within(promise.start, promise.end)
    kept = [i for i in inside if not text.endswith("niet ", 0, deadlines.found[i].start)]  # "niet in mei maar in juni"
    return min(kept or inside, key=rank, default=None)


def _rank(found: Found) -> int:
    return _RANK.get(found.value.get("kind", ""), 9)


def _shared_term(number: int, promises: Sequence[Found], terms: Sequence[int | None], deadlines: _Places) -> int | None:
    """The promise's own term; where it has none, or only an event, one that its sentence gives it."""
    promise, own = promises[number], terms[number]
    if promise.value["status"] == "fulfilled":
        return None
    if own is None:
        own = _leading_term(promise, deadlines)
    if own is None or deadlines.found[own].value.get("kind") == "event":
        return _relative_term(number, promises, terms, deadlines, own)
    return own


def _leading_term(promise: Found, deadlines: _Places) -> int | None:
    """The term before the first verb of the sentence, which holds for all its acts ("In mei doe ik A en B")."""
    lead = deadlines.within(promise.value["sentence"][0], promise.value["first_verb"])
    dated = [i for i in lead if deadlines.found[i].value.get("kind") != "event"]
    return min(dated, key=lambda i: _rank(deadlines.found[i]), default=None)


def _relative_term(
    number: int, promises: Sequence[Found], terms: Sequence[int | None], deadlines: _Places, own: int | None
) -> int | None:
    """The dated term of a relative clause beside this promise ("in de brief die u in mei ontvangt"), else its own."""
    for beside in (number + 1, number - 1):
        if not 0 <= beside < len(promises) or not promises[beside].value["relative"]:
            continue
        term = terms[beside]
        same = promises[beside].value["sentence"] == promises[number].value["sentence"]
        if same and term is not None and deadlines.found[term].value.get("kind") == "calendar":
            return term
    return own
