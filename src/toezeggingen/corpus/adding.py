"""Reviewed letters into the corpus: decisions carried out, what fails the check or is there already left out."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toezeggingen.batch.lines import FileError, read_lines, sink
from toezeggingen.corpus.check import Known, problems
from toezeggingen.corpus.form import CorpusError, Letter, NearMiss, Reviewed, from_line, parse, to_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toezeggingen.corpus.form import Commitment, Decision

FILE = "letters.jsonl"


def add(path: str, folder: Path) -> tuple[list[Letter], list[CorpusError]]:
    """Add the reviewed letters of a file ("-" for standard input) to `letters.jsonl` in a folder of the corpus.

    The letters that were added, and what is wrong with the others. A letter that stands in this folder or in one
    beside it is not added again. The file is replaced as a whole, or left alone where nothing is added. Raises
    FileError where a file cannot be read or written, CorpusError where the corpus itself is broken.
    """
    if not folder.is_dir():
        raise FileError(str(folder), "there is no such folder of the corpus", "name its train, dev or test with --to")
    with _alone(folder):
        known = _known(folder)
        added: list[Letter] = []
        wrong: list[CorpusError] = []
        for number, line in read_lines(path):
            letter, found = reviewed(line)
            if letter is not None and not found:
                found = list(known.meet(letter, f"{path}:{number}"))
            wrong += (CorpusError(path, number, *each) for each in found)
            if letter is not None and not found:
                added.append(letter)
        if added:
            _append(folder / FILE, added)
    return added, wrong


def reviewed(line: str) -> tuple[Letter | None, list[tuple[str, str]]]:
    """The letter of a reviewed line as the corpus takes it, and all that is wrong with it, as (part, what)."""
    held, wrong = parse(line, Reviewed)
    if held is None:
        return None, wrong
    wrong += _undecided(held)
    if wrong:
        return None, wrong
    letter = carry_out(held)
    return letter, list(problems(letter))


def carry_out(held: Reviewed) -> Letter:
    """The letter with its decisions carried out; each must name a commitment or near miss."""
    rejected = {_key(one): one for one in held.decisions if one.decision == "rejected"}
    kept = [each for each in held.commitments if ("commitments", each.start, each.end) not in rejected]
    misses = [each for each in held.near_misses if ("near_misses", each.start, each.end) not in rejected]
    for each in held.commitments:
        decision = rejected.get(("commitments", each.start, each.end))
        if decision is not None:
            misses.append(_missed(each, decision))
    fields = {name: getattr(held, name) for name in Letter.model_fields}
    in_order = tuple(sorted(misses, key=lambda miss: (miss.start, miss.end)))
    return Letter(**fields | {"commitments": tuple(kept), "near_misses": in_order})


def _missed(each: Commitment, decision: Decision) -> NearMiss:
    fields = {"start": each.start, "end": each.end, "text": each.text, "class": decision.class_}
    return NearMiss.model_validate(fields | {"note": decision.note})


def _key(decision: Decision) -> tuple[str, int, int]:
    return decision.part, decision.start, decision.end


def _undecided(held: Reviewed) -> Iterator[tuple[str, str]]:
    """Commitments and near misses without one decision, and decisions about nothing, as (part, what)."""
    left: dict[tuple[str, int, int], str] = {}
    for key, quoted in (("commitments", held.commitments), ("near_misses", held.near_misses)):
        for number, each in enumerate(quoted, start=1):
            left[key, each.start, each.end] = f"{key} {number}"
    decided: set[tuple[str, int, int]] = set()
    for number, decision in enumerate(held.decisions, start=1):
        place = _key(decision)
        if place not in left:
            yield f"decisions {number}", f"there is no {decision.part} at {decision.start}..{decision.end}"
        elif place in decided:
            yield f"decisions {number}", f"{left[place]} has a decision already"
        decided.add(place)
    for place, name in left.items():
        if place not in decided:
            yield name, "nothing was decided about it"


def _known(folder: Path) -> Known:
    """The letters of a folder of the corpus and of those beside it."""
    known = Known()
    for file in sorted(folder.resolve().parent.glob(f"*/{FILE}")):
        for number, line in read_lines(str(file)):
            for _ in known.meet(from_line(line, file=str(file), number=number), f"{file}:{number}"):
                pass  # what stands twice already is for `check` to say
    return known


def _append(file: Path, letters: list[Letter]) -> None:
    """Write a file anew with letters behind those that it holds, in one go."""
    held = [line for _, line in read_lines(str(file))] if file.exists() else []
    with sink(str(file)) as lines:
        for line in (*held, *map(to_line, letters)):
            lines.write(line)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else adds to this folder meanwhile. Raises FileError where somebody does."""
    lock = folder / f".{FILE}.lock"
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError as error:
        raise FileError(
            str(lock), "somebody is adding to this folder", "wait; remove this file if nobody is"
        ) from error
    except OSError as error:
        raise FileError(str(folder), f"cannot be written ({error.strerror})", "give yourself the right to") from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
