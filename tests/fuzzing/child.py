"""The process that reads mutants, so that one that hangs or crashes can be told and ended."""

from __future__ import annotations

import faulthandler
import resource
import sys
import traceback

from fuzzing.invariants import faults
from fuzzing.mutants import mutant
from fuzzing.seeds import seeds
from toezeggingen.letters.read import letters_in
from toezeggingen.letters.source import Options

MEMORY = 3_000_000_000
"""Bytes of address space: a mutant that needs more is a bomb that went off."""

MOST_PAGES = 200


def main(form: str, seed: str, start: int, stop: int) -> None:
    """Read the mutants `start` to `stop` (half open), and say before each one which it is, after it what was wrong."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    files = seeds(form)
    print("ready", flush=True)
    for index in range(start, stop):
        print(f"begin {index}", flush=True)
        data = mutant(name(form, seed, index), files, form)
        if wrong := read(data):
            print(f"wrong {index} {wrong!r}", flush=True)
    print("done", flush=True)


def name(form: str, seed: str, index: int) -> str:
    """What a mutant is made from: form, seed and number."""
    return f"{seed}-{form}-{index}"


def read(data: bytes) -> str:
    """What went wrong while `data` was read; nothing where it is ""."""
    try:
        wrong = [
            fault for found in letters_in(data, "mutant", Options(max_pages=MOST_PAGES)) for fault in faults(found)
        ]
    except BaseException:  # whatever it is: a letter that cannot be read is a LetterError
        return traceback.format_exc()
    return "\n".join(wrong[:5])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
