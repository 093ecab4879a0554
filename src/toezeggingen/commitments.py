"""Spans to commitments: which actor, recipient, deadline, bodies, citations and object belong to which promise.

Works on the characters of the Doc's text; nothing here knows the source file or the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toezeggingen.components.spans import Found, found_in

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

    `who` is as the record has it ("ik", "minister:Financiën", "passive"); `actor` and `object` are characters of the Doc.
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


def link(doc: Doc) -> list[Link]:
    """The promises of a Doc, in order, each with what belongs to it."""
    bodies, deadlines, citations = (found_in(doc, key) for key in ("bodies", "deadlines", "citations"))
    promises = found_in(doc, "promises")
    ministry = doc.user_data.get("letter", {}).get("ministry")
    links: list[Link] = []
    terms = [_deadline(promise, deadlines) for promise in promises]
    for number, promise in enumerate(promises):
        inside = tuple(i for i, b in enumerate(bodies) if _within(b, promise))
        who, actor, actor_body = _actor(promise, bodies, inside, ministry)
        deadline = terms[number]
        if deadline is None and promise.value["status"] != "fulfilled":
            deadline = _shared_deadline(promise, deadlines)
        if (deadline is None and promise.value["status"] != "fulfilled") or (
            deadline is not None and deadlines[deadline].value.get("kind") == "event"
        ):
            deadline = _relative_deadline(number, promises, terms, deadlines, deadline)
        recipient = next((i for i in inside if bodies[i].value.get("type") == "parliament"), None)
        links.append(
            Link(
                promise=promise,
                who=who,
                actor=actor,
                actor_body=actor_body,
                recipient=recipient,
                deadline=deadline,
                bodies=inside,
                citations=tuple(i for i, c in enumerate(citations) if _within(c, promise)),
                object=(span[0], span[1]) if (span := promise.value["object"]) else None,
            )
        )
    return links


def _within(inner: Found, outer: Found) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _actor(
    promise: Found, bodies: Sequence[Found], inside: Sequence[int], ministry: str | None
) -> tuple[str, tuple[int, int] | None, int | None]:
    """Who is bound, the characters that say so, and the body they name."""
    subject, span = promise.value["subject"], promise.value["subject_span"]
    if subject in ("ik", "wij"):
        return subject, (span[0], span[1]) if span else None, None
    if subject not in ("cabinet", "minister", "ministry", "agency"):
        return "passive", None, None
    body = next((i for i, b in enumerate(bodies) if span and b.start == span[0]), None)
    if body is None:
        body = next((i for i in inside if _who(bodies[i].value, ministry) is not None), None)
    who = _who(bodies[body].value, ministry) if body is not None else None
    if who is None or body is None:
        return ("kabinet" if subject == "cabinet" else "passive"), (span[0], span[1]) if span else None, None
    return who, (bodies[body].start, bodies[body].end), body


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


def _deadline(promise: Found, deadlines: Sequence[Found]) -> int | None:
    """The term inside the promise that binds it: a dated one before a vague one, the one nearest to the verb first."""
    if promise.value["status"] == "fulfilled":
        return None  # what is done has no term
    verb_start, verb_end = promise.value["verb"]

    def distance(found: Found) -> int:
        return max(found.start - verb_end, verb_start - found.end, 0)

    inside = [i for i, d in enumerate(deadlines) if _within(d, promise)]
    def rank(found: Found) -> tuple[int, bool, int]:
        doubtful = 10 if found.score < _DOUBTFUL else 0
        return doubtful + _RANK.get(found.value.get("kind", ""), 9), found.start > verb_end, distance(found)

    return min(inside, key=lambda i: rank(deadlines[i]), default=None)


def _shared_deadline(promise: Found, deadlines: Sequence[Found]) -> int | None:
    """The term that stands before the first verb of the sentence and so holds for all its acts ("In mei doe ik A en B")."""
    start, end = promise.value["sentence"][0], promise.value["first_verb"]
    lead = [i for i, d in enumerate(deadlines) if start <= d.start and d.end <= end and d.value.get("kind") != "event"]
    return min(lead, key=lambda i: _RANK.get(deadlines[i].value.get("kind", ""), 9), default=None)


def _relative_deadline(
    number: int,
    promises: Sequence[Found],
    terms: Sequence[int | None],
    deadlines: Sequence[Found],
    own: int | None,
) -> int | None:
    """The dated term of a relative clause beside this promise ("in de brief die u in mei ontvangt"), else its own."""
    for beside in (number + 1, number - 1):
        if not 0 <= beside < len(promises) or not promises[beside].value["relative"]:
            continue
        term = terms[beside]
        same = promises[beside].value["sentence"] == promises[number].value["sentence"]
        if same and term is not None and deadlines[term].value.get("kind") == "calendar":
            return term
    return own
