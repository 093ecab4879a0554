"""Reads many mutants of every format. What fails is kept in a folder, with the command that repeats it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from fuzzing.child import name
from fuzzing.child import read as read_one
from fuzzing.mutants import mutant
from fuzzing.seeds import FORMATS, seeds
from fuzzing.watch import Failure, watched

SHARE = 500
"""Mutants that one child reads."""


def main() -> int:
    """Read the mutants that the command line asks for; 1 where one of them failed."""
    given = _arguments()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.only is not None:
        (form,) = given.formats
        data = mutant(name(form, given.seed, given.only), seeds(form), form)
        _keep(given.folder, Failure(form, given.only, ""), given.seed)
        print(read_one(data) or "nothing is wrong with it")
        return 0
    failed = 0
    with ThreadPoolExecutor(given.processes) as pool:
        for form in given.formats:
            began, read, wrong = time.monotonic(), 0, 0
            shares = [(start, min(start + SHARE, given.each)) for start in range(0, given.each, SHARE)]
            runs = [pool.submit(_share, form, given.seed, *share, given.limit) for share in shares]
            for run in as_completed(runs):
                found, count = run.result()
                read += count
                wrong += len(found)
                for failure in found:
                    _keep(given.folder, failure, given.seed)
                    print(f"{form} {failure.index}: {failure.what.strip().splitlines()[-1][:400]}", flush=True)
            print(f"{form}: {read:,} mutants, {wrong} failed, {time.monotonic() - began:.0f} s", flush=True)
            failed += wrong
    if failed:
        print(f"{failed} failures are kept in {given.folder}")
    return 1 if failed else 0


def _share(form: str, seed: str, start: int, stop: int, limit: float) -> tuple[list[Failure], int]:
    found: list[Failure] = []
    read = 0
    for one in watched(form, seed, start, stop, limit=limit):
        if isinstance(one, Failure):
            found.append(one)
        else:
            read = one
    return found, read


def _keep(folder: Path, failure: Failure, seed: str) -> None:
    """Write the mutant, and beside it what happened and how to repeat it."""
    form, index = failure.form, failure.index
    file = folder / name(form, seed, index)
    file.with_suffix(f".{form}").write_bytes(mutant(name(form, seed, index), seeds(form), form))
    again = f"python -m fuzzing --formats {form} --seed {seed} --only {index}"
    file.with_suffix(".log").write_text(f"{again}\n\n{failure.what}\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("--each", type=int, default=10_000, help="mutants of each format (default: %(default)s)")
    parser.add_argument(
        "--formats", nargs="+", default=FORMATS, choices=FORMATS, metavar="FORMAT", help=" ".join(FORMATS)
    )
    parser.add_argument("--seed", default="0", help="another seed gives other mutants (default: %(default)s)")
    parser.add_argument("--limit", type=float, default=10, help="seconds for one mutant (default: %(default)s)")
    parser.add_argument("--folder", type=Path, default=Path("fuzz-failures"), help="where failures are kept")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="children at a time")
    parser.add_argument("--only", type=int, metavar="N", help="write and read mutant N of one format, in this process")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
