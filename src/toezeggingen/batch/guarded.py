"""Reading that nothing can hang, fill or break: what is not plain text is read in a process that can be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from toezeggingen.batch.limits import Limits
from toezeggingen.batch.reader_process import receive, send
from toezeggingen.errors import LetterError
from toezeggingen.letters.formats import is_plain
from toezeggingen.letters.read import letters_in
from toezeggingen.letters.source import Options, PassedOver, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

MOST_ENDS = 5
"""How often the process may end over one file before the rest of that file is left."""

_TICK = 0.5  # seconds between two looks at the clock
_START_SECONDS = 60  # of a machine that is very busy
_SPLIT = "split the file, or raise the limit"
_DAMAGED = "save it anew in the program it was made with, or raise the limit of memory (--max-memory)"


@dataclass(frozen=True, slots=True)
class Unforeseen:
    """A letter on which our own code broke: its path, the error in short, and its traceback."""

    path: str
    error: str
    trace: str


class Reader:
    """Reads letters, one file after the other; a context manager that ends its process, if it ever needed one."""

    def __init__(self, options: Options = Options(), limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self.options = options
        self._limits = limits
        self._child: _Child | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The number of the process; None while there is none."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def letters(self, data: bytes, path: str) -> Iterator[Source | LetterError | PassedOver | Unforeseen]:
        """The letters in the bytes of a file, as `read.letters_in` gives them. Whatever the file holds, this ends.

        Each letter has its own time. Where one takes too much of that, or of memory, or breaks the process, its error
        stands in its place and a fresh process goes on with the next.
        """
        if is_plain(data):
            yield from self._here(data, path)
            return
        trip = _Trip(path)
        while not trip.ended:
            try:
                yield from self._part(trip, data)
            except BaseException:  # nobody wants the rest, or Ctrl-C: the process is halfway an answer
                self.close()
                raise

    def _here(self, data: bytes, path: str) -> Iterator[Source | LetterError | PassedOver | Unforeseen]:
        try:
            yield from letters_in(data, path, self.options)
        except Exception as error:
            yield Unforeseen(path, f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))

    def _part(self, trip: _Trip, data: bytes) -> Iterator[Source | LetterError | PassedOver | Unforeseen]:
        """The letters of a file until its end, or until the process breaks on one of them."""
        if self._child is None:
            self._child = _Child(self._limits)
        child = self._child
        if not child.start():
            trip.ended = True
            complaint = child.complaint
            self.close()
            yield Unforeseen(trip.path, "the process that reads does not start", complaint)
            return
        was_fresh = child.is_fresh
        child.ask(data, trip.path, self.options, trip.given)
        trip.at = None
        while (message := child.answer()) is not None:
            kind, *values = message
            if kind == "begin":
                (trip.at,) = values
                was_fresh, child.is_fresh = child.is_fresh, False
            elif kind in ("found", "wrong"):
                trip.given += 1
                trip.at, was_fresh = None, child.is_fresh
                yield values[0] if kind == "found" else LetterError(*values)
            elif kind == "end":
                trip.ended = True
                return
            else:
                break
        yield from self._broken(trip, child, message, was_fresh)

    def _broken(
        self, trip: _Trip, child: _Child, message: tuple[Any, ...] | None, was_fresh: bool
    ) -> Iterator[LetterError | Unforeseen]:
        """What to say of the letter on which the reading ended, and where to go on."""
        path = trip.at or trip.path
        if message is not None and message[0] == "error":
            yield Unforeseen(path, *message[1:])
        else:
            error = child.error(path, is_memory=message is not None)
            self.close()
            if not was_fresh and not child.is_late:  # earlier letters may have left too little: try it by itself
                return
            yield error
        trip.given += 1
        trip.ends += 1
        if trip.at is None:  # not on a letter but on what lies around them
            trip.ended = True
        elif trip.ends >= MOST_ENDS:
            trip.ended = True
            found = f"reading it broke off {MOST_ENDS} times; the rest of it was left"
            yield LetterError(trip.path, found, "unpack it and name the letters")


@dataclass(slots=True)
class _Trip:
    """How far the reading of one file has come."""

    path: str
    given: int = 0  # letters and errors that were told
    at: str | None = None  # the letter that is being read
    ends: int = 0
    ended: bool = False


class _Child:
    """The process, and what is known of how it ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.is_fresh = True
        self.is_late = False
        self.complaint = ""

    @property
    def pid(self) -> int | None:
        """Of the process, where it was started."""
        return self._process.pid if self._process else None

    def start(self) -> bool:
        """Start the process, if it was not; whether it runs. If it does not, `complaint` tells why."""
        if self._process is not None:
            return True
        arguments = [str(self._limits.memory), str(self._limits.seconds)]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "toezeggingen.batch.reader_process", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for us alone, and what the process starts dies with it
            )
        except OSError as error:
            self.complaint = f"{error}\n"
            return False
        threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()
        with self._timed(_START_SECONDS):
            is_ready = receive(_pipe(self._process.stdout)) == ("ready",)
        if not is_ready:
            self._stop(self._process)
            self.complaint = _pipe(self._process.stderr).read().decode("utf-8", "replace")
        return is_ready

    def ask(self, data: bytes, path: str, options: Options, skip: int) -> None:
        """Have a file read, but for its first `skip` letters. Where the process is gone, there is no answer."""
        if self._process is not None:
            with contextlib.suppress(OSError), self._timed(self._limits.seconds):
                send(_pipe(self._process.stdin), (data, path, options, skip))

    def answer(self) -> tuple[Any, ...] | None:
        """The next message; None where the process ended, or was ended because there was none in time."""
        if self._process is None or self.is_late:
            return None
        with self._timed(self._limits.seconds):
            message = receive(_pipe(self._process.stdout))
        return None if self.is_late else message

    def error(self, path: str, *, is_memory: bool) -> LetterError:
        """What to say of the letter over which the process ended, or said that it was out of memory."""
        code = self._ended() if not is_memory else 0
        if self.is_late or (code and -code == getattr(signal, "SIGALRM", 0)):
            self.is_late = True
            found = f"reading took longer than {self._limits.seconds:g} s"
            return LetterError(path, found, f"{_SPLIT} (--max-seconds)")
        if is_memory:
            found = f"reading needs more than {self._limits.memory:,} MB of memory"
            return LetterError(path, found, f"{_SPLIT} (--max-memory)")
        if -code == getattr(signal, "SIGKILL", 0):
            found = "reading was broken off by the system, perhaps for want of memory"
            return LetterError(path, found, "try again with more memory free")
        return LetterError(path, f"reading broke off ({_ending(code)})", _DAMAGED)

    def _ended(self) -> int:
        """The exit code of the process, which has closed its pipe; minus the signal that ended it."""
        if self._process is None:
            return 0
        try:
            return self._process.wait(_TICK)
        except subprocess.TimeoutExpired:
            self._stop(self._process)
            return self._process.wait()

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._over.set()
        if self._process is not None:
            self._stop(self._process)
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
            self._process = None

    @contextlib.contextmanager
    def _timed(self, seconds: float) -> Iterator[None]:
        """The process is ended where the block takes longer; `is_late` then."""
        with self._lock:
            self._deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            with self._lock:
                self._deadline = None

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """End the process when its time is over: a thread, as not every system can wait for a pipe for so long only."""
        while not self._over.wait(min(_TICK, self._limits.seconds / 10)):
            with self._lock:
                if self._deadline is not None and time.monotonic() > self._deadline:
                    self.is_late = True
                    self._stop(process)
                    return

    @staticmethod
    def _stop(process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()


def _pipe(pipe: Any) -> BinaryIO:
    return cast("BinaryIO", pipe)


def _ending(code: int) -> str:
    """How a process ended: the name of the signal, or its exit code."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"
