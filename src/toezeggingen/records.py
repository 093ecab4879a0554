"""The extraction record, schema 1: the contract with everybody downstream. One JSON object a line, a line a letter.

Offsets (`start`, `end`) are Unicode code points into `text`, half open; `text[start:end]` is the quoted text, always.
Dates are ISO days and inclusive. What is not known is null. Keys may be added; a key is renamed or dropped only with a
new schema number, so readers must pass over keys they do not know, as the types below do.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date  # noqa: TC003 - pydantic reads the annotation at run time
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from toezeggingen.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = "toezeggingen.letter/1"

Operator = Literal["in", "before", "by", "around", "after", "within", "from", "recurring"]
Kind = Literal["inform", "act"]
Status = Literal["made", "repeated", "postponed", "fulfilled"]
Strength = Literal["firm", "intended", "conditional"]
BodyType = Literal[
    "minister", "ministry", "cabinet", "parliament", "agency", "inspectorate", "advisory", "court", "local", "eu",
    "international", "sector", "company", "committee", "other",
]  # fmt: skip
Chamber = Literal["TK", "EK", "VV"]
ZoneName = Literal[
    "body", "heading", "footnote", "table", "list", "question", "answer", "furniture", "head", "signature"
]
_Start = Annotated[int, Field(ge=0)]
_End = Annotated[int, Field(ge=1)]
_Quote = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)


class Source(_Part):
    """The file a letter was read from. `sha256` is of its bytes; `pages` counts them, 1 where a format has none."""

    path: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    pages: int = Field(ge=1)


class Signatory(_Part):
    """Who signed: a name and an office ("minister van Financiën"), each null where the letter does not give it."""

    name: str | None
    office: str | None


class Letter(_Part):
    """What the head of the letter says; `found` tells per field how it was found ("printed", "signature", ...)."""

    date: date | None
    date_found: str | None
    ministry: str | None
    chamber: Chamber | None
    reference: str | None
    subject: str | None
    signatories: tuple[Signatory, ...]
    own_paper: str | None
    found: dict[str, str] = Field(default_factory=dict)


class Page(_Part):
    """A page: its number, from 1, and its characters in `text`.

    `width` and `height` in points (1/72 inch), null where the format has no sheet; `ocr`: its words were recognised in
    a picture.
    """

    number: int = Field(ge=1)
    start: _Start
    end: int = Field(ge=0)
    width: float | None = None
    height: float | None = None
    ocr: bool = False


class Box(_Part):
    """Where a line lies on a page: points (1/72 inch) from the left and the top edge of the page as it is shown."""

    page: int = Field(ge=1)
    left: float
    top: float
    right: float
    bottom: float


class DeadlineValue(_Part):
    """The interval of a term: `until` is the last day that still counts; null where nothing can be said.

    `kind` says what sort of term it is; `source` whether a day of the parliamentary calendar was published or follows
    from the rule.
    """

    operator: Operator
    from_: date | None = Field(alias="from")
    until: date | None
    edtf: str | None
    granularity: str | None
    event: str | None
    approximate: bool
    kind: Literal["calendar", "vague", "recurring", "event"] = "calendar"
    source: Literal["published", "approximate"] | None = None


class CitationValue(_Part):
    """What a citation points to; `ids` in the official form. Other publications and registers have theirs in `refs`."""

    kind: str
    ids: tuple[str, ...]
    urls: tuple[str, ...]
    chamber: Literal["I", "II"] | None
    session: str | None
    dossiers: tuple[str, ...]
    numbers: tuple[str, ...]
    role: str
    flags: tuple[str, ...]
    refs: tuple[str, ...] = ()


class BodyValue(_Part):
    """The organisation or office meant; `tooi` is its address in the government's register, null without one.

    `government` says whether it binds the government when it acts; `ministry` is a short name, `office` a minister's.
    """

    name: str
    type: BodyType
    tooi: str | None
    government: bool = False
    ministry: str | None = None
    office: str | None = None


class _Entity(_Part):
    id: str = Field(pattern=r"^e[1-9][0-9]*$")
    label: str
    start: _Start
    end: _End
    text: _Quote
    page: int = Field(ge=1)
    found_by: tuple[str, ...] = Field(min_length=1)
    score: float = Field(ge=0, le=1)


class Deadline(_Entity):
    """A term a commitment is bound to."""

    label: Literal["DEADLINE"] = "DEADLINE"
    value: DeadlineValue


class Citation(_Entity):
    """A citation of a parliamentary paper, or of another official publication."""

    label: Literal["CITATION"] = "CITATION"
    value: CitationValue


class Body(_Entity):
    """A mention of an organisation or office."""

    label: Literal["BODY"] = "BODY"
    value: BodyValue


Entity = Annotated[Deadline | Citation | Body, Field(discriminator="label")]


class Actor(_Part):
    """Who is bound: the words, who they stand for, and the office or body where that is known."""

    text: str
    who: str = Field(pattern=r"^(ik|wij|kabinet|passive|(minister|staatssecretaris|ministerie|agency):.+)$")
    office: str | None
    body: str | None


class Object(_Part):
    """What is promised: the thing to be sent, told, looked into or done."""

    start: _Start
    end: _End
    text: _Quote


class Commitment(_Part):
    """One promised act. `recipient`, `deadline`, `bodies` and `citations` name entities of the same record by id.

    `boxes` are those of the lines its words stand on, in order, where the format has places (PDF); empty elsewhere.
    """

    id: str
    start: _Start
    end: _End
    text: _Quote
    page: int = Field(ge=1)
    zone: ZoneName
    kind: Kind
    status: Status
    strength: Strength
    actor: Actor
    recipient: str | None
    action: str
    object: Object | None
    deadline: str | None
    bodies: tuple[str, ...]
    citations: tuple[str, ...]
    formula: str = Field(pattern=r"^F[0-9]{2}$")
    found_by: tuple[str, ...] = Field(min_length=1)
    score: float = Field(ge=0, le=1)
    boxes: tuple[Box, ...] = ()


class Producer(_Part):
    """The program and the pipeline that made the record."""

    name: str
    version: str
    pipeline: str
    pipeline_version: str


class Warned(_Part):
    """Something a reader should know about this letter: a code to count by and a sentence to read."""

    code: str
    message: str


class Record(_Part):
    """All that was found in one letter."""

    schema_: Literal["toezeggingen.letter/1"] = Field(default="toezeggingen.letter/1", alias="schema")
    id: str = Field(pattern=r"^[0-9a-f]{16}$")
    source: Source
    letter: Letter
    text: str
    pages: tuple[Page, ...]
    entities: tuple[Entity, ...]
    commitments: tuple[Commitment, ...]
    producer: Producer
    warnings: tuple[Warned, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Record:
        """Quotes are the text's own characters, ids are unique, and references name entities of the right label."""
        labels: dict[str, str] = {}
        for entity in self.entities:
            if entity.id in labels:
                raise ValueError(f"entity id {entity.id} stands twice")
            labels[entity.id] = entity.label
        for quoted in (*self.entities, *self.commitments, *(c.object for c in self.commitments if c.object)):
            if self.text[quoted.start : quoted.end] != quoted.text:
                raise ValueError(f"text[{quoted.start}:{quoted.end}] is not the quoted {quoted.text[:40]!r}")
        ids = [c.id for c in self.commitments]
        if len(ids) != len(set(ids)):
            raise ValueError("a commitment id stands twice")
        for c in self.commitments:
            for label, names in (
                ("BODY", (c.recipient, c.actor.body, *c.bodies)),
                ("DEADLINE", (c.deadline,)),
                ("CITATION", c.citations),
            ):
                for name in names:
                    if name is not None and labels.get(name) != label:
                        raise ValueError(f"commitment {c.id} names {name}, which is no {label} of this record")
        return self

    def entity(self, id: str) -> Deadline | Citation | Body:  # noqa: A002 - the key of the contract
        """The entity with this id. Raises KeyError where there is none."""
        number = int(id[1:]) if id[1:].isdigit() else 0
        if 0 < number <= len(self.entities) and self.entities[number - 1].id == id:
            return self.entities[number - 1]  # as this program numbers them
        for entity in self.entities:
            if entity.id == id:
                return entity
        raise KeyError(id)


class Failure(_Part):
    """A file that gave no record: which, at what stage, what was found there and what to do; `message` is all in one.

    `path` is as in the record of a letter, or what was asked for where the stage is "find".
    """

    schema_: Literal["toezeggingen.error/1"] = Field(default="toezeggingen.error/1", alias="schema")
    path: str
    stage: Literal["find", "read", "extract"]
    found: str
    remedy: str
    message: str


def letter_id(sha256: str) -> str:
    """The id of a letter: the first 16 hexadecimal digits of the SHA-256 of its bytes."""
    return sha256[:16]


def commitment_ids(letter: str, text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    """Ids for commitments at `spans` of `text`: made of the letter's id, the words, and which occurrence of them it is.

    White space is folded first. Two commitments never share an id: where six digits would clash, the later one in the
    text gets as many more as it needs.
    """
    ids: list[str] = []
    taken: set[str] = set()
    for start, end in spans:
        words = text[start:end]
        occurrence = text.count(words, 0, start) + 1
        key = f"{letter}\n{' '.join(words.split())}\n{occurrence}"
        digest = hashlib.sha256(key.encode("utf-8")).hexdigest()
        length = 6
        while f"{letter}-{digest[:length]}" in taken and length < len(digest):
            length += 2
        taken.add(f"{letter}-{digest[:length]}")
        ids.append(f"{letter}-{digest[:length]}")
    return ids


def to_line(record: Record | Failure) -> str:
    """The record or failure as one line of JSON, without newline; what else may be taken for one (U+0085) escaped."""
    line = record.model_dump_json(by_alias=True)
    for character in "\u0085\u2028\u2029":
        if character in line:
            line = line.replace(character, f"\\u{ord(character):04x}")
    return line


def from_line(line: str, *, file: str = "-", number: int = 1) -> Record:
    """The record a line holds. Raises RecordError (file, line, first thing found wrong)."""
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        found = first["msg"].removeprefix("Value error, ")
        raise RecordError(file, number, f"{where}: {found}" if where else found) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line, generated from these types."""
    schema = Record.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA} | {
        k: v for k, v in schema.items() if k != "title"
    }


def schema_text() -> str:
    """`json_schema` as indented text that ends in a newline."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
