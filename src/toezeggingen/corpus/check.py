"""All that is wrong with lines of the corpus, one problem a line: `file:line: part: what`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toezeggingen.batch.lines import STANDARD, FileError, read_lines
from toezeggingen.corpus.form import CorpusError, Letter, parse, parts, text_hash
from toezeggingen.corpus.terms import contradictions, interval, read_otherwise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toezeggingen.corpus.form import Quoted


@dataclass(frozen=True, slots=True)
class Checked:
    """A line of the corpus: the letter in it, None where the form is wrong, and what is wrong with it."""

    file: str
    number: int
    letter: Letter | None
    problems: tuple[CorpusError, ...]


@dataclass(slots=True)
class Known:
    """The letters met so far, so that none stands in the corpus twice: by name, and by the words of the text."""

    _names: dict[tuple[str, int], str] = field(default_factory=dict)
    _texts: dict[tuple[str, int], str] = field(default_factory=dict)

    def meet(self, letter: Letter, place: str) -> Iterator[tuple[str, str]]:
        """Remember a letter; where it was met before, what is wrong with that, as (part, what)."""
        for part, seen, key in (
            ("name", self._names, letter.name),
            ("text", self._texts, text_hash(letter.text)),
        ):
            before = seen.setdefault((key, letter.annotation), place)
            if before != place:
                what = f"the name {letter.name!r}" if part == "name" else "the same letter"
                yield part, f"{what} stands at {before} already"


def check(path: str) -> Iterator[Checked]:
    """Each line of a file, or of all `*.jsonl` of a folder at any depth. Raises FileError where there are none."""
    known = Known()
    for file in files(path):
        yield from check_lines(file, read_lines(file), known)


def files(path: str) -> list[str]:
    """The files of a corpus, sorted. Raises FileError where a folder has none."""
    if path == STANDARD or not Path(path).is_dir():
        return [path]
    found = sorted(str(file) for file in Path(path).rglob("*.jsonl") if not file.name.startswith("."))
    if not found:
        raise FileError(path, "no corpus in this folder (*.jsonl)", "name the folder of the corpus, or a file of it")
    return found


def check_lines(file: str, lines: Iterable[tuple[int, str]], known: Known) -> Iterator[Checked]:
    """Each of the numbered lines, held against those that are known."""
    for number, line in lines:
        letter, wrong = parse(line, Letter)
        if letter is not None:
            wrong += [*problems(letter), *known.meet(letter, f"{file}:{number}")]
        yield Checked(file, number, letter, tuple(CorpusError(file, number, part, what) for part, what in wrong))


def problems(letter: Letter) -> Iterator[tuple[str, str]]:
    """What does not fit inside one letter, as (part, what): spans that clash, terms that cannot be."""
    yield from _twice(letter)
    yield from _overlapping(letter)
    yield from _terms(letter)


def _twice(letter: Letter) -> Iterator[tuple[str, str]]:
    """Equal spans under one key."""
    seen: dict[tuple[str, int, int], str] = {}
    for name, each in parts(letter):
        if name.endswith("deadline"):
            continue  # one term may bind two acts
        before = seen.setdefault((name.split()[0], each.start, each.end), name)
        if before != name:
            yield name, f"the same span as {before}: {_short(each)}"


def _overlapping(letter: Letter) -> Iterator[tuple[str, str]]:
    """Near misses that share characters with a commitment, and bodies that share some with one another."""
    promised = [(f"commitments {n}", each) for n, each in enumerate(letter.commitments, start=1)]
    for number, miss in enumerate(letter.near_misses, start=1):
        for name, one in promised:
            if miss.start < one.end and one.start < miss.end:
                yield f"near_misses {number}", f"overlaps {name}: {_short(miss)}"
    named = [(name, each) for name, each in parts(letter) if name.startswith(("bodies", "aside"))]
    furthest: tuple[str, Quoted] | None = None
    for name, each in sorted(named, key=lambda pair: (pair[1].start, -pair[1].end)):
        if furthest is not None and each.start < furthest[1].end:
            equal = (each.start, each.end) == (furthest[1].start, furthest[1].end)
            if not equal or name.split()[0] != furthest[0].split()[0]:  # equal ones of one key are told already
                yield name, f"overlaps {furthest[0]}: {_short(each)}"
        if furthest is None or each.end > furthest[1].end:
            furthest = name, each


def _terms(letter: Letter) -> Iterator[tuple[str, str]]:
    """Terms whose days contradict their operator, or are not those of their words and no note says why."""
    for number, commitment in enumerate(letter.commitments, start=1):
        term, name = commitment.deadline, f"commitments {number}, deadline"
        if term is None:
            continue
        wrong = list(contradictions(term))
        yield from ((name, what) for what in wrong)
        if wrong or term.note is not None or letter.annotation > 1:  # a second, blind one stays as it was made
            continue
        if found := read_otherwise(term, letter.letter.date):
            yield name, f"{_short(term)} is read as {found}, annotated as {interval(term)}; mend it or add a note"


def _short(quoted: Quoted) -> str:
    return repr(" ".join(quoted.text.split())[:60])
