"""Gold: what careful readers found in a letter, as it is scored: by its words, so that it fits any form of the letter.

Our own letters have theirs in the corpus form, with spans (`toezeggingen.corpus.form`); others have one JSON object
with quotes beside the text (see `training.quotes`). `occurrence` (from 1) tells which of equal quotes is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - pydantic reads the annotation at run time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from toezeggingen.batch.lines import read_lines
from toezeggingen.corpus.form import Head, from_line, is_actor, part_name
from toezeggingen.corpus.terms import contradictions
from toezeggingen.errors import ToezeggingenError
from toezeggingen.letters.read import read as read_letter
from toezeggingen.letters.read import read_bytes
from toezeggingen.records import BodyType, Kind, Operator, Status, Strength  # noqa: TC001 - for pydantic
from toezeggingen.training.quotes import ink, locate_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toezeggingen.corpus.form import Letter, Quoted
    from toezeggingen.corpus.form import Term as CorpusTerm
    from toezeggingen.letters.source import Source

SETS = ("train", "dev", "test")
"""The sets of the corpus, by the names of their folders."""

_STRICT = ConfigDict(extra="forbid")


class GoldError(ToezeggingenError):
    """A gold file is not as it should be: `file: which part: what was found`."""

    def __init__(self, file: str, part: str, found: str) -> None:
        super().__init__(f"{file}: {part}: {found}" if part else f"{file}: {found}")


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
    actor: Annotated[str, AfterValidator(is_actor)]
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
        raise GoldError(file, part_name(first["loc"]), f"{first['msg']}, found {str(first['input'])[:60]!r}") from error


def read(path: Path) -> Gold:
    """The gold of one letter. Raises GoldError."""
    try:
        return parse(path.read_bytes(), file=path.name)
    except OSError as error:
        raise GoldError(str(path), "", f"cannot be read ({error.strerror})") from error


# --- sets of letters -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """A letter and its gold."""

    name: str
    source: Source
    gold: Gold


@dataclass(frozen=True)
class LetterSet:
    """Letters that are measured together."""

    name: str
    letters: tuple[Example, ...]


def checkout() -> Path:
    """The folder of the checkout. Raises GoldError where the package runs from somewhere else, without its corpus."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "corpus").is_dir():
        raise GoldError(str(root), "", "no corpus here; run this in a checkout of the project")
    return root


def sets(shared: Path | None = None) -> list[LetterSet]:
    """The project's own letters, and the real ones of the folder `shared` (default: beside the checkout) if there."""
    root = checkout()
    found = [LetterSet(f"corpus/{name}", examples(root / "corpus" / name / "letters.jsonl")) for name in SETS]
    real = (shared or root.parent / "shared") / "letters"
    if (real / "gold").is_dir():
        beside = letters(real / "gold", real / "text")
        found.append(LetterSet("shared", tuple(Example(text.stem, read_letter(text), read(at)) for text, at in beside)))
    elif shared is not None:
        raise GoldError(str(shared), "", "no letters/gold in this folder")
    return found


def corpus(path: Path) -> list[Letter]:
    """The letters of a file of the corpus. Raises CorpusError where a line is wrong, FileError without the file."""
    name = str(path)
    return [from_line(line, file=name, number=number) for number, line in read_lines(name)]


def examples(path: Path) -> tuple[Example, ...]:
    """The letters of a file of the corpus with their gold, as `corpus` reads them."""
    return tuple(Example(letter.name, source(letter), of_letter(letter)) for letter in corpus(path))


def source(letter: Letter) -> Source:
    """The letter of a line of the corpus as if it had been read from a file of its name."""
    path = letter.source.path if letter.source else f"{letter.name}.txt"
    return read_bytes(letter.text.encode("utf-8"), path)


def of_letter(letter: Letter) -> Gold:
    """What a line of the corpus says, by its words. A form of a body that stands only aside has the count 0."""
    text = letter.text
    forms = {ink(each.text): Body(each.text, each.type, 0) for each in (*letter.aside, *letter.bodies)}
    for each in letter.bodies:
        form = forms[ink(each.text)]
        forms[ink(each.text)] = replace(form, count=form.count + 1)
    return Gold(
        letter=letter.letter,
        commitments=tuple(
            Commitment(
                *(each.text, each.kind, each.status, each.strength, each.actor, _term(each.deadline)),
                occurrence=_occurrence(text, each),
                optional=each.optional,
                note=each.note,
            )
            for each in letter.commitments
        ),
        citations=tuple(
            Citation(each.text, each.ids, _occurrence(text, each), each.dossiers) for each in letter.citations
        ),
        self_=tuple(Citation(each.text, each.ids, _occurrence(text, each)) for each in letter.self_),
        bodies=tuple(forms.values()),
        doubts=letter.doubts,
    )


def _term(term: CorpusTerm | None) -> Term | None:
    return Term(term.text, term.operator, term.from_, term.until) if term else None


def _occurrence(text: str, quoted: Quoted) -> int:
    """Which of the places of its words a span is, from 1, as `locate` counts them; 1 where it is none of them."""
    places = locate_all(text, quoted.text)
    span = quoted.start, quoted.end
    return places.index(span) + 1 if span in places else 1


# --- folders ---------------------------------------------------------------------------------------------------------


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
            yield from (f"{name}, deadline: {found}" for found in contradictions(term))
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
