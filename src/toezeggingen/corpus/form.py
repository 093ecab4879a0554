"""The corpus form, schema 1: one JSON object a line, a line a letter with what careful readers found in it.

Offsets (`start`, `end`) are Unicode code points into `text`, half open; `text[start:end]` is the quoted text, always.
Dates are ISO days and inclusive; what is not known is null. Keys that the extraction record has too mean the same here.
An unknown key is an error: these lines are written by hand and by review, where an unknown key is a slip of the pen.
Keys that may be left out (`note`, `optional`, ...) are left out of a line where they hold their default.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date  # noqa: TC003 - pydantic reads the annotation at run time
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from toezeggingen.errors import ToezeggingenError
from toezeggingen.records import Actor, BodyType, Chamber, Kind, Operator, Status, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCHEMA = "toezeggingen.corpus/1"

NearMissClass = Literal[
    "third-party", "refusal", "past", "request", "stance", "this-letter", "hypothetical", "legal-fact", "other"
]
Verdict = Literal["accepted", "rejected", "changed"]
NEAR_MISS_CLASSES: tuple[str, ...] = get_args(NearMissClass)


class CorpusError(ToezeggingenError):
    """A line of the corpus is not as it should be: `file:line: part: what was found`."""

    def __init__(self, file: str, line: int, part: str, found: str) -> None:
        super().__init__(f"{file}:{line}: {part}: {found}" if part else f"{file}:{line}: {found}")


def is_actor(value: str) -> str:
    """The value, if it is an actor as the record has it (the record's own type decides). Raises ValueError."""
    try:
        Actor(text="", who=value, office=None, body=None)
    except ValidationError:
        raise ValueError(f"{value!r} is no actor") from None
    return value


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Quoted(_Part):
    """Characters of the text and where they stand."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(min_length=1)]


class Term(Quoted):
    """The term of a commitment and the days it means, inclusive.

    `note` says why these days are not those that the program reads in the same words.
    """

    operator: Operator
    from_: date | None = Field(alias="from")
    until: date | None
    note: str | None = None


class Commitment(Quoted):
    """A promised act. An `optional` one is neither missed when absent nor wrong when found: careful readers differ."""

    kind: Kind
    status: Status
    strength: Strength
    actor: Annotated[str, AfterValidator(is_actor)]
    deadline: Term | None
    optional: bool = False
    note: str | None = None


class NearMiss(Quoted):
    """Words that look like a promise and are none, with the class of the reason."""

    class_: NearMissClass = Field(alias="class")
    note: str | None = None


class Citation(Quoted):
    """A citation and the papers it points to, or a place where the letter names itself."""

    ids: tuple[Annotated[str, Field(pattern=r"^[a-z]+(-[A-Za-z0-9()]+)+$")], ...]
    dossiers: tuple[str, ...] = ()


class Body(Quoted):
    """A mention of an organisation or office."""

    type: BodyType
    note: str | None = None


class Signatory(_Part):
    """Who signed."""

    name: str | None
    office: str | None


class Head(_Part):
    """What the head of the letter says; `ministry` is a short name ("VWS")."""

    date: date | None
    ministry: str | None
    chamber: Chamber | None
    reference: str | None
    subject: str | None
    signatories: tuple[Signatory, ...]
    note: str | None = None


class Source(_Part):
    """The file that the text was read from. `sha256` is of its bytes."""

    path: str
    media_type: str = "text/plain"
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class Letter(_Part):
    """A letter with all that was annotated in it: a line of the corpus.

    `annotation` tells a second, blind annotation (2) of a letter from the first. `aside` are mentions of bodies that
    are neither asked for nor wrong when found: page furniture, letterhead, words that only point back.
    """

    schema_: Literal["toezeggingen.corpus/1"] = Field(alias="schema")
    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    annotation: Annotated[int, Field(ge=1)] = 1
    source: Source | None = None
    text: Annotated[str, Field(min_length=1)]
    letter: Head
    commitments: tuple[Commitment, ...]
    near_misses: tuple[NearMiss, ...]
    citations: tuple[Citation, ...]
    self_: tuple[Citation, ...] = Field(alias="self")
    bodies: tuple[Body, ...]
    aside: tuple[Body, ...] = ()
    doubts: tuple[str, ...]


class Decision(_Part):
    """What a reviewer decided on one commitment or near miss, named by its place in the text.

    A rejected commitment becomes a near miss of the class given, a rejected near miss is dropped; what is changed
    stands in the letter as it was changed. `by` and `at` are for the review itself: the corpus keeps neither.
    """

    part: Literal["commitments", "near_misses"]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    decision: Verdict
    class_: NearMissClass = Field(default="other", alias="class")
    by: str | None = None
    at: str | None = None
    note: str | None = None


class Reviewed(Letter):
    """A letter as it comes from review: the same form, and a decision on each commitment and each near miss."""

    decisions: tuple[Decision, ...]


_Form = TypeVar("_Form", bound=Letter)


# --- lines -----------------------------------------------------------------------------------------------------------


def to_line(letter: Letter) -> str:
    """The letter as one line of JSON, without newline; what else may be taken for one (U+0085...) is escaped."""
    line = letter.model_dump_json(by_alias=True, exclude_defaults=True)
    for character in "\u0085\u2028\u2029":
        if character in line:
            line = line.replace(character, f"\\u{ord(character):04x}")
    return line


def from_line(line: str, *, file: str = "-", number: int = 1) -> Letter:
    """The letter a line holds. Raises CorpusError (file, line, part) at the first thing wrong, a span off included."""
    letter, problems = parse(line, Letter)
    if letter is None or problems:
        raise CorpusError(file, number, *problems[0])
    return letter


def parse(line: str, form: type[_Form]) -> tuple[_Form | None, list[tuple[str, str]]]:
    """The letter a line holds, None where its form is wrong; and all that is wrong with it, as (part, what)."""
    try:
        letter = form.model_validate_json(line)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        return None, [(part_name(each["loc"]), _told(each["msg"], each["input"])) for each in found]
    return letter, list(misplaced(letter))


def _told(message: str, found: object) -> str:
    value = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str)
    return f"{message.removeprefix('Value error, ')}, found {value[:60]!r}"


def part_name(where: Sequence[int | str]) -> str:
    """A place in the JSON as a reader counts: "commitments 3, kind"."""
    words: list[str] = []
    for step in where:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words)


def parts(letter: Letter) -> Iterator[tuple[str, Quoted]]:
    """Everything of a letter that is quoted, with its name as a reader counts: "commitments 3, deadline"."""
    keys = ("commitments", "near_misses", "citations", "self", "bodies", "aside")
    for key in keys:
        held: tuple[Quoted, ...] = getattr(letter, "self_" if key == "self" else key)
        for number, each in enumerate(held, start=1):
            yield f"{key} {number}", each
            if isinstance(each, Commitment) and each.deadline is not None:
                yield f"{key} {number}, deadline", each.deadline


def misplaced(letter: Letter) -> Iterator[tuple[str, str]]:
    """The spans that are not their characters, as (part, what)."""
    for name, each in parts(letter):
        stands = letter.text[each.start : each.end]
        if stands != each.text:
            yield name, f"text[{each.start}:{each.end}] is {stands[:40]!r}, not {each.text[:40]!r}"
        elif each.text != each.text.strip():
            yield name, f"{each.text[:40]!r} begins or ends with white space"


def text_hash(text: str) -> str:
    """What tells two letters apart: the SHA-256 of the text with its white space folded."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()
