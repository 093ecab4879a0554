"""Starts children that read mutants, ends those that hang, and keeps what they say."""

from __future__ import annotations

import queue
import subprocess
import sys
import tempfile
import threading
from ast import literal_eval
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STARTING = 60.0
"""Seconds that a child may take before its first mutant."""

TESTS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Failure:
    """A mutant that was not read as it should: its format and number, and what happened."""

    form: str
    index: int
    what: str


def command(form: str, seed: str, start: int, stop: int) -> list[str]:
    """What starts a child."""
    return [sys.executable, "-m", "fuzzing.child", form, seed, str(start), str(stop)]


def watched(
    form: str,
    seed: str,
    start: int,
    stop: int,
    *,
    limit: float = 10,
    start_child: Callable[[str, str, int, int], list[str]] = command,
) -> Iterator[Failure | int]:
    """The failures among the mutants `start` to `stop` (half open), and at the end how many were read.

    A mutant that takes more than `limit` seconds hangs; a child that ends before its time crashed. Both end that child,
    and another one goes on with the next mutant.
    """
    read = 0
    while start < stop:
        with _Child(start_child(form, seed, start, stop)) as child:
            if (line := child.line(STARTING)) != "ready":
                yield Failure(form, start, f"it cannot begin: {line}: {child.said()}")
                break
            while (line := child.line(limit)) != "done":
                word, _, rest = line.partition(" ")
                if word == "begin":
                    start, read = int(rest) + 1, read + 1
                elif word == "wrong":
                    number, _, what = rest.partition(" ")
                    yield Failure(form, int(number), literal_eval(what))
                else:
                    yield Failure(form, start - 1, f"{line or 'the process died'}: {child.said()}")
                    break
            else:
                break
    yield read


class _Child:
    """A process that says a line for each thing it does."""

    def __init__(self, arguments: list[str]) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._process = subprocess.Popen(
            arguments, cwd=TESTS, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._errors, text=True
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        assert self._process.stdout
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    def _listen(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line.rstrip("\n"))
        self._lines.put("")

    def line(self, seconds: float) -> str:
        """The next line it says; "" where it ended, "hang" where it said nothing for so long."""
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            return "hang"

    def said(self) -> str:
        """The end of what it said on standard error."""
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        return f"exit code {self._process.returncode}\n{self._errors.read()[-3000:].decode(errors='replace')}"

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.kill()
        self._process.wait()
        self._errors.close()
