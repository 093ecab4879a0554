"""The process in which files are read that are not plain text.

`python -m toezeggingen.batch.reader_process MEGABYTES SECONDS`

It gets files and gives letters, as pickles with their length before them, through the pipes that were its standard
input and output. Whoever started it gives it a limit of memory, measures its time and kills it; nothing a file does to
it reaches further. It ends when its pipes do. It keeps to one thread: PDFium is not safe with more.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import traceback
from typing import TYPE_CHECKING, Any, BinaryIO

from toezeggingen.errors import LetterError
from toezeggingen.letters.read import letters_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH = struct.Struct(">Q")
_FULL = 0.9  # of the limit
_GRACE = 10
"""Seconds past the limit after which the process ends by itself, where nobody is left to kill it."""


def send(pipe: BinaryIO, message: tuple[Any, ...]) -> None:
    """Write one message. Raises OSError where nobody reads."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[Any, ...] | None:
    """Read one message; None where the pipe ended, also halfway a message."""
    length = pipe.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    (wanted,) = _LENGTH.unpack(length)
    data = pipe.read(wanted)
    if len(data) < wanted:
        return None
    message: tuple[Any, ...] = pickle.loads(data)
    return message


def main() -> None:
    """Read files until there are no more."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    with _taken(0, "rb") as requests, _taken(1, "wb") as answers:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _limit_memory(memory * 1_000_000)
        send(answers, ("ready",))
        _silence(2)
        try:
            while (request := receive(requests)) is not None:
                _answer(request, answers, seconds)
        except MemoryError:  # while a large file came in
            send(answers, ("memory",))
        except BrokenPipeError:  # whoever asked is gone
            os._exit(0)


def _answer(request: tuple[Any, ...], answers: BinaryIO, seconds: float) -> None:
    """The letters in one file: `begin` before each, then what came of it; `end`, or what went wrong, at the end.

    What came of the first `skip` letters is known already: they are not read again.
    """
    data, path, options, skip = request
    number = 0

    def begin(path: str) -> bool:
        is_wanted: bool = number >= skip
        if is_wanted:
            send(answers, ("begin", path))
        return is_wanted

    outcomes = letters_in(data, path, options, begin)
    last: tuple[Any, ...]
    try:
        for outcome in _in_time(outcomes, seconds):
            if number >= skip:
                if isinstance(outcome, LetterError) and _is_full():
                    raise MemoryError  # libxml2 calls it an unknown error
                send(answers, _message(outcome))
            number += 1
        last = ("end",)
    except BrokenPipeError:
        raise
    except MemoryError:
        last = ("memory",)
    except Exception as error:
        if _is_full():
            last = ("memory",)
        else:
            last = ("error", f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))
    send(answers, last)


def _message(outcome: Any) -> tuple[Any, ...]:
    if isinstance(outcome, LetterError):  # an exception does not come whole out of a pickle
        return ("wrong", outcome.path, outcome.found, outcome.remedy)
    return ("found", outcome)


def _in_time(outcomes: Iterator[Any], seconds: float) -> Iterator[Any]:
    """The outcomes; the system ends this process where one takes far too long."""
    alarm = getattr(signal, "setitimer", None)
    while True:
        if alarm:
            alarm(signal.ITIMER_REAL, seconds + _GRACE)
        try:
            outcome = next(outcomes)
        except StopIteration:
            return
        finally:
            if alarm:
                alarm(signal.ITIMER_REAL, 0)
        yield outcome


def _taken(descriptor: int, mode: str) -> BinaryIO:
    """A standard stream for ourselves: whatever else in this process uses it gets the null device."""
    own = os.dup(descriptor)
    _silence(descriptor)
    return os.fdopen(own, mode)  # type: ignore[return-value]


def _silence(descriptor: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, descriptor)
    os.close(null)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = size if hard == resource.RLIM_INFINITY else min(size, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (OSError, ValueError):  # macOS knows the name and refuses
        return


def _is_full() -> bool:
    """Whether this process has been near its limit of memory; False where the system does not tell."""
    try:
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        with open("/proc/self/status") as status:  # noqa: PTH123 - no memory for more
            peak = next(int(line.split()[1]) for line in status if line.startswith("VmPeak:"))
    except (ImportError, OSError, StopIteration):
        return False
    return limit != resource.RLIM_INFINITY and peak * 1024 > _FULL * limit


if __name__ == "__main__":
    main()
