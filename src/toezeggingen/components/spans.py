"""How every component hands on what it found: spans in `doc.spans`, what they mean beside them.

A component finds on the characters of `doc.text` and returns `Found`s; `annotate` is the only effect. The spans in
`doc.spans[key]` are the found characters widened to whole tokens; the exact characters, the rule and the value stand in
`doc.spans[key].attrs["found"]`, in the same order, as plain JSON values, so that a Doc still serialises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from spacy.tokens import SpanGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end` (half open) of a Doc's text, the rule that found them and what they mean.

    `rule` is "component:rule-id" ("deadline:recess"); `value` holds JSON values only; `score` lies in 0..1.
    """

    start: int
    end: int
    rule: str
    value: dict[str, Any] = field(default_factory=dict)
    score: float = 1.0


def text_of(doc: Doc) -> str:
    """The Doc's text: the view it was made of where it comes from a letter, as spaCy builds it anew at every access."""
    letter = doc.user_data.get("letter")
    text = letter.get("text") if letter else None
    return text if text is not None else doc.text


def annotate(doc: Doc, key: str, label: str, found: Iterable[Found]) -> None:
    """Put `found`, sorted by place, into `doc.spans[key]` with `label`, replacing what stood there."""
    ordered = sorted(found, key=lambda f: (f.start, -f.end))
    spans = [_span(doc, f, label) for f in ordered]
    rows = [{"start": f.start, "end": f.end, "rule": f.rule, "value": f.value, "score": f.score} for f in ordered]
    doc.spans[key] = SpanGroup(doc, name=key, spans=spans, attrs={"found": rows})


def _span(doc: Doc, found: Found, label: str) -> Span:
    span = doc.char_span(found.start, found.end, label=label, span_id=found.rule, alignment_mode="expand")
    if span is None:
        raise ValueError(f"{found.rule}: characters {found.start} to {found.end} are not in the text")
    return span


def found_in(doc: Doc, key: str) -> list[Found]:
    """What a component put into `doc.spans[key]`, in order of place; empty where the component did not run."""
    if key not in doc.spans:
        return []
    return [Found(**row) for row in doc.spans[key].attrs.get("found", [])]
