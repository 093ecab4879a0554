"""Gold: what careful readers found in a letter, one JSON object beside its text.

A quote stands in the letter as it is written there, save that white space and hyphens do not count: a dump breaks lines
and words where the annotator did not. `occurrence` (from 1) tells which of equal quotes is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads the annotation at run time
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from toezeggingen.errors import ToezeggingenError
from toezeggingen.letters.read import read as read_letter
from toezeggingen.records import Actor, BodyType, Kind, Operator, Status, Strength

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Span = tuple[int, int]
"""Characters of a text, half open."""

_HYPHENS = "-\u00ad\u2010\u0002\ufffe"
_OPEN_START: frozenset[str] = frozenset({"before", "by"})
_OPEN_END: frozenset[str] = frozenset({"after", "from"})
_STRICT = ConfigDict(extra="forbid")


class GoldError(ToezeggingenError):
    """A gold file is not as it should be: `file: which part: what was found`."""

    def __init__(self, file: str, part: str, found: str) -> None:
        super().__init__(f"{file}: {part}: {found}" if part else f"{file}: {found}")


def _actor(value: str) -> str:
    """An actor as the record has it. The record's own type decides."""
    try:
        Actor(text="", who=value, office=None, body=None)
    except ValidationError:
        raise ValueError(f"{value!r} is no actor") from None
    return value


@dataclass(frozen=True)
class Term:
    """The term of a commitment: its words and the days it means, inclusive; `None` where nothing can be said."""

    __pydantic_config__ = _STRICT
    text: Annotated[str, Field(min_length=1)]
    operator: Operator
    from_: Annotated[date | None, Field(alias="from")]
    until: date | None


@dataclass(frozen=True)
class Commitment:
    """A promised act. An `optional` one is neither missed when absent nor wrong when found: careful readers differ."""

    __pydantic_config__ = _STRICT
    quote: Annotated[str, Field(min_length=1)]
    kind: Kind
    status: Status
    strength: Strength
    actor: Annotated[str, AfterValidator(_actor)]
    deadline: Term | None
    occurrence: Annotated[int, Field(ge=1)] = 1
    optional: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Citation:
    """A citation and the papers it points to, or a place that names the letter itself. No `occurrence`: the next."""

    __pydantic_config__ = _STRICT
    quote: Annotated[str, Field(min_length=1)]
    ids: tuple[Annotated[str, Field(pattern=r"^[a-z]+(-[A-Za-z0-9()]+)+$")], ...]
    occurrence: Annotated[int, Field(ge=1)] | None = None
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """A form in which an organisation or office is mentioned, and how often; 0: only in page furniture."""

    __pydantic_config__ = _STRICT
    quote: Annotated[str, Field(min_length=1)]
    type: BodyType
    count: Annotated[int, Field(ge=0)] = 1
    note: str | None = None


@dataclass(frozen=True)
class Signatory:
    """Who signed."""

    __pydantic_config__ = _STRICT
    name: str | None
    office: str | None


@dataclass(frozen=True)
class Head:
    """What the head of the letter says; `ministry` is a short name ("VWS")."""

    __pydantic_config__ = _STRICT
    date: date | None
    ministry: str | None
    chamber: Literal["TK", "EK", "VV"] | None
    reference: str | None
    subject: str | None
    signatories: tuple[Signatory, ...]
    note: str | None = None


@dataclass(frozen=True)
class Gold:
    """All that was annotated in one letter. `bodies` is empty where nobody annotated them."""

    __pydantic_config__ = _STRICT
    letter: Head
    commitments: tuple[Commitment, ...]
    citations: tuple[Citation, ...] = ()
    self_: Annotated[tuple[Citation, ...], Field(alias="self")] = ()
    bodies: tuple[Body, ...] = ()
    doubts: tuple[str, ...] = ()


@cache
def _adapter() -> TypeAdapter[Gold]:
    return TypeAdapter(Gold)


def parse(data: bytes, *, file: str = "-") -> Gold:
    """The gold in `data`. Raises GoldError (file, which part, what was found) at the first thing that is wrong."""
    try:
        return _adapter().validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise GoldError(file, _part(first["loc"]), f"{first['msg']}, found {str(first['input'])[:60]!r}") from error


def _part(where: Sequence[int | str]) -> str:
    """A place in the JSON as a reader counts: "commitments 3, kind"."""
    words: list[str] = []
    for step in where:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words)


def read(path: Path) -> Gold:
    """The gold of one letter. Raises GoldError."""
    try:
        return parse(path.read_bytes(), file=path.name)
    except OSError as error:
        raise GoldError(str(path), "", f"cannot be read ({error.strerror})") from error


# --- quotes ----------------------------------------------------------------------------------------------------------


class _Squeezed:
    """A text without white space and hyphens, and where each character of that stood."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places = [place for place, char in enumerate(text) if _counts(char)]
        self._ink = "".join([text[place] for place in self._places])

    def occurrences(self, quote: str) -> Iterator[Span]:
        """Every place of the quote, overlapping ones too, in order."""
        wanted = "".join(filter(_counts, quote))
        at = self._ink.find(wanted) if wanted else -1
        while at >= 0:
            yield self._places[at], self._places[at + len(wanted) - 1] + 1
            at = self._ink.find(wanted, at + 1)

    def stands_alone(self, span: Span) -> bool:
        """Whether neither end of the span cuts through a word."""
        return not (self._inside_word(span[0]) or self._inside_word(span[1]))

    def _inside_word(self, place: int) -> bool:
        return 0 < place < len(self.text) and self.text[place - 1].isalnum() and self.text[place].isalnum()


def _counts(char: str) -> bool:
    return char not in _HYPHENS and not char.isspace()


_squeezed: Callable[[str], _Squeezed] = lru_cache(maxsize=4)(_Squeezed)  # a letter is asked for all its quotes in a row


def locate_all(text: str, quote: str) -> list[Span]:
    """All places of a quote as whole words; where there are none, those inside glued words ("2024Tweede Kamer")."""
    squeezed = _squeezed(text)
    found = list(squeezed.occurrences(quote))
    return [span for span in found if squeezed.stands_alone(span)] or found


def locate(text: str, quote: str, occurrence: int = 1) -> Span | None:
    """The n-th place of a quote as whole words, else the n-th place, else the first; None where there is none."""
    squeezed = _squeezed(text)
    found = list(squeezed.occurrences(quote))
    for places in ([span for span in found if squeezed.stands_alone(span)], found):
        if len(places) >= occurrence:
            return places[occurrence - 1]
    return found[0] if found else None


# --- folders ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LetterSet:
    """Letters that are measured together, each with its gold file."""

    name: str
    letters: tuple[tuple[Path, Path], ...]


def checkout() -> Path:
    """The folder of the checkout. Raises GoldError where the package runs from somewhere else, without its corpus."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "corpus" / "letters").is_dir():
        raise GoldError(str(root), "", "no corpus/letters here; run this in a checkout of the project")
    return root


def sets(shared: Path | None = None) -> list[LetterSet]:
    """The project's own letters, and the real ones of the folder `shared` (default: beside the checkout) if there."""
    root = checkout()
    corpus = sorted({gold.parent for gold in (root / "corpus" / "letters").glob("*/*.json")})
    found = [LetterSet(f"corpus/{folder.name}", tuple(letters(folder))) for folder in corpus]
    real = (shared or root.parent / "shared") / "letters"
    if (real / "gold").is_dir():
        found.append(LetterSet("shared", tuple(letters(real / "gold", real / "text"))))
    elif shared is not None:
        raise GoldError(str(shared), "", "no letters/gold in this folder")
    return found


def letters(folder: Path, texts: Path | None = None) -> list[tuple[Path, Path]]:
    """The letters of a folder of gold with their gold files, by name; the texts stand beside the gold, or in `texts`.

    Raises GoldError where a gold file has no letter, or the folder no gold.
    """
    pairs: list[tuple[Path, Path]] = []
    for gold in sorted(folder.glob("*.json")):
        beside = [(texts or folder) / f"{gold.stem}{suffix}" for suffix in (".txt", ".md")]
        letter = next((path for path in beside if path.is_file()), None)
        if letter is None:
            raise GoldError(gold.name, "", "the letter itself is not there (.txt or .md)")
        pairs.append((letter, gold))
    if not pairs:
        raise GoldError(str(folder), "", "no gold files (*.json) in this folder")
    return pairs


# --- checking --------------------------------------------------------------------------------------------------------


def check(folder: Path, texts: Path | None = None) -> list[str]:
    """All that is wrong with the gold of a folder, a line each: values, and quotes and terms that the letter lacks."""
    problems: list[str] = []
    for letter, path in letters(folder, texts):
        try:
            gold = read(path)
        except GoldError as error:
            problems.append(str(error))
            continue
        problems += (f"{path.name}: {found}" for found in _problems(gold, read_letter(letter).text))
    return problems


def _problems(gold: Gold, text: str) -> Iterable[str]:
    """What does not fit between gold and letter, and inside a term."""
    for number, commitment in enumerate(gold.commitments, start=1):
        name, term = f"commitments {number}", commitment.deadline
        yield from _unfound(text, name, commitment.quote, commitment.occurrence)
        if term is not None:
            yield from _unfound(text, f"{name}, deadline", term.text, 1)
            yield from (f"{name}, deadline: {found}" for found in _contradictions(term))
    for key, cited in (("citations", gold.citations), ("self", gold.self_)):
        for number, citation in enumerate(cited, start=1):
            yield from _unfound(text, f"{key} {number}", citation.quote, citation.occurrence or 1)
    for number, body in enumerate(gold.bodies, start=1):
        yield from _unfound(text, f"bodies {number}", body.quote, max(body.count, 1))


def _unfound(text: str, part: str, quote: str, occurrence: int) -> Iterator[str]:
    places = len(locate_all(text, quote))
    if places < occurrence:
        times = f"stands {places} times, not {occurrence}" if places else "does not stand"
        yield f"{part}: {' '.join(quote.split())[:60]!r} {times} in the letter"


def _contradictions(term: Term) -> Iterator[str]:
    """An interval that its operator does not allow (annotation rules, "Dates of a term")."""
    if term.from_ and term.until and term.from_ > term.until:
        yield f"from {term.from_} is later than until {term.until}"
    if term.from_ and term.operator in _OPEN_START:
        yield f"a term with {term.operator!r} has no first day, found {term.from_}"
    if term.until and term.operator in _OPEN_END:
        yield f"a term with {term.operator!r} has no last day, found {term.until}"
    if (term.from_ or term.until) and term.operator == "recurring":
        yield "a recurring term has no days"
