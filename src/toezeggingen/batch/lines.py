"""Lines of JSON in and out. Whole lines are written, and a file appears under its name only when it is complete."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from toezeggingen.errors import OptionError, RecordError, ToezeggingenError
from toezeggingen.records import from_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toezeggingen.records import Record

STANDARD = "-"
"""The name of standard input and standard output on a command line."""


class FileError(ToezeggingenError):
    """A file of records cannot be read or written: `path: what was found; what to do`."""

    def __init__(self, path: str, found: str, remedy: str) -> None:
        super().__init__(f"{path}: {found}; {remedy}")


class Sink(Protocol):
    """Where lines go."""

    def write(self, line: str) -> None:
        """Write one line and its newline, or nothing of it. Raises FileError where that fails."""


class _Descriptor:
    """Lines to an open file descriptor, which is not closed here."""

    def __init__(self, descriptor: int, name: str) -> None:
        self._descriptor, self._name = descriptor, name
        self.written = 0

    def write(self, line: str) -> None:
        """One line in one go; what got half written into a file is taken back. A closed pipe stays BrokenPipeError."""
        left = memoryview(line.encode("utf-8") + b"\n")
        before = self._size()
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            if before is not None:
                with suppress(OSError):
                    os.ftruncate(self._descriptor, before)
            raise _cannot_write(self._name, error) from error
        self.written += 1

    def _size(self) -> int | None:
        """The size of a regular file, None for pipes, terminals and devices."""
        status = os.fstat(self._descriptor)
        return status.st_size if stat.S_ISREG(status.st_mode) else None


def _cannot_write(name: str, error: OSError) -> FileError:
    return FileError(name, f"cannot be written ({error.strerror or error})", "make room, or write elsewhere with -o")


@contextmanager
def sink(path: str | None, *, even_empty: bool = False) -> Iterator[Sink]:
    """Lines to the file `path`, or to standard output where that is None or "-".

    The file is made beside its final place and put there by a rename when the block ends well and a line was written
    (or none, where it may be `even_empty`), so that nobody ever reads half of it and what stood there survives a
    failure. Raises FileError, which names it.
    """
    if path is None or path == STANDARD:
        yield _Descriptor(_stdout(), "standard output")
        return
    target = Path(os.path.realpath(path))  # a link keeps pointing: what it points to is replaced
    if (
        target.exists() and not target.is_file() and not target.is_dir()
    ):  # a device or a named pipe has nothing to rename
        with _writing(path), target.open("wb", buffering=0) as device:
            yield _Descriptor(device.fileno(), path)
        return
    if target.is_dir():
        raise FileError(path, "this is a folder", "name a file in it")
    if not target.parent.is_dir():
        raise FileError(path, "there is no such folder to write in", f"make {target.parent} first")
    partial = target.with_name(f".{target.name}.{os.urandom(4).hex()}.partial")
    with _writing(path):
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            lines = _Descriptor(descriptor, path)
            yield lines
            with _writing(path):
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if lines.written or even_empty:
            with _writing(path):
                if target.exists():
                    shutil.copymode(target, partial)
                partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write(name, error) from error


def _stdout() -> int:
    """The descriptor of standard output, with nothing left in its buffer."""
    try:
        sys.stdout.flush()
        return sys.stdout.fileno()
    except (AttributeError, OSError, ValueError) as error:
        raise FileError("standard output", "is closed", "write to a file with -o") from error


def read_lines(path: str) -> Iterator[tuple[int, str]]:
    """The lines of a JSONL file ("-" for standard input) that are not empty, each with its number, from 1.

    Bytes that are not UTF-8 come as U+FFFD, so that checking fails on that line and not on the file. Raises FileError
    where the file cannot be read.
    """
    try:
        with nullcontext(sys.stdin.buffer) if path == STANDARD else Path(path).open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.decode("utf-8", errors="replace").rstrip("\r\n")
    except FileNotFoundError as error:
        raise FileError(path, "there is no such file", "check the path") from error
    except IsADirectoryError as error:
        raise FileError(path, "this is a folder", "name a file of records in it") from error
    except OSError as error:
        raise FileError(path, f"cannot be read ({error.strerror or error})", "check the path and the disk") from error


def read_records(path: str) -> Iterator[Record]:
    """The records of a file. Raises FileError where it cannot be read, RecordError at the first line that is none."""
    for number, line in read_lines(path):
        yield from_line(line, file=path, number=number)


def check(path: str) -> Iterator[RecordError | None]:
    """For each line of a file what is wrong with it, None where nothing is. Raises FileError as `read_lines` does."""
    for number, line in read_lines(path):
        try:
            from_line(line, file=path, number=number)
        except RecordError as error:
            yield error
        else:
            yield None


def keep_apart(output: str | None, letters: Iterable[str], errors: str | None = None) -> None:
    """Raise OptionError where what is written would take the place of a letter, or the errors that of the records."""
    places = {os.path.realpath(path) for path in letters if path != STANDARD}
    for option, target in (("-o", output), ("--errors", errors)):
        if target not in (None, STANDARD) and os.path.realpath(str(target)) in places:
            raise OptionError(f"{option} {target}: this is one of the letters; write to another file")
    if errors is not None and _place(errors) == _place(output):
        raise OptionError(f"--errors {errors}: the records go there; write to another file")


def _place(target: str | None) -> str:
    return STANDARD if target is None or target == STANDARD else os.path.realpath(target)
