"""What becomes of a letter: a record, a failure that is told in one line, or something to know that is neither."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toezeggingen.batch.lines import sink
from toezeggingen.errors import LetterError
from toezeggingen.records import Failure, to_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toezeggingen.batch.guarded import Unforeseen
    from toezeggingen.errors import ToezeggingenError
    from toezeggingen.records import Record

Stage = Literal["find", "read", "extract"]

_LONGEST = 200
_REPORT = "please report it"


@dataclass(frozen=True, slots=True)
class Done:
    """A letter that became a record; `line` is that record as JSON, without the newline."""

    path: str
    record: Record
    line: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about a file that an operator should know, and that is no failure."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file, or a letter in it, that gave no record: what was found, and what to do.

    `message` is both in one line, path first; `trace` the traceback of an unforeseen error.
    """

    path: str
    stage: Stage
    found: str
    remedy: str
    message: str
    trace: str | None = None

    def told(self, *, debug: bool = False) -> str:
        """The message; with `debug` after the traceback, where there is one."""
        return f"{self.trace}{self.message}" if debug and self.trace else self.message

    def line(self) -> str:
        """The failure as JSON, without the newline."""
        path = self.path.encode("utf-8", "backslashreplace").decode("utf-8")
        found, remedy = one_line(self.found), one_line(self.remedy)
        return to_line(Failure(path=path, stage=self.stage, found=found, remedy=remedy, message=self.message))


def failed(error: ToezeggingenError, path: str, stage: Stage = "read") -> Failed:
    """What was raised on purpose over the file `path` or a letter in it."""
    shown, message = one_line(path), one_line(str(error))
    if not message.startswith(shown):
        message = f"{shown}: {message}"
    if isinstance(error, LetterError):
        return Failed(error.path, stage, error.found, error.remedy, message)
    return Failed(path, stage, str(error), "", message)


def broken(unforeseen: Unforeseen, stage: Stage = "read") -> Failed:
    """What nobody foresaw."""
    what = _internal(unforeseen.error)
    message = f"{one_line(unforeseen.path)}: {what}; {_REPORT}"
    return Failed(unforeseen.path, stage, what, _REPORT, message, unforeseen.trace)


@contextmanager
def failures(path: str | None) -> Iterator[Callable[[Failed], None]]:
    """A function that writes failures as lines to the file `path` (see `lines.sink`), or nowhere where that is None.

    The file is written anew also where nothing failed. Raises FileError where it cannot be written.
    """
    if path is None:
        yield lambda failed: None
        return
    with sink(path, even_empty=True) as lines:
        yield lambda failed: lines.write(failed.line())


def internal_error(error: BaseException) -> str:
    """What to say of an error that nobody foresaw, in one line."""
    return f"{_internal(in_short(error))}; {_REPORT}"


def in_short(error: BaseException) -> str:
    """The type of an error and what it says."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _internal(what: str) -> str:
    what = one_line(what)
    if len(what) > _LONGEST:
        what = f"{what[:_LONGEST]}..."
    return f"internal error ({what})"


def one_line(text: str) -> str:
    """Text fit for one line of a terminal: line breaks as spaces, what cannot be printed as an escape."""
    shown = (c if c.isprintable() else " " if c.isspace() else c.encode("unicode_escape").decode() for c in text)
    return " ".join("".join(shown).split())
