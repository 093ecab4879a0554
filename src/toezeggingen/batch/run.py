"""The trip of many letters, one after the other: each ends as a record or as one line that tells what is wrong."""

from __future__ import annotations

import sys
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toezeggingen.batch.inputs import open_letter
from toezeggingen.batch.lines import STANDARD, sink
from toezeggingen.batch.progress import watching
from toezeggingen.errors import ToezeggingenError
from toezeggingen.letters.read import MAX_BYTES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language

    from toezeggingen.records import Record

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Done:
    """A letter that became a record; `line` is that record as JSON, without the newline."""

    path: str
    record: Record
    line: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A letter that did not: `message` is one line, path first; `trace` the traceback of an unforeseen error."""

    path: str
    message: str
    trace: str | None = None

    def told(self, *, debug: bool = False) -> str:
        """The message; with `debug` after the traceback, where there is one."""
        return f"{self.trace}{self.message}" if debug and self.trace else self.message


def run(
    letters: Iterable[str], *, nlp: Language, letter_date: dt.date | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Done | Failed]:
    """Each letter, in the order given, as it is done. Nothing a letter holds ends the run."""
    from toezeggingen.pipeline import record_of
    from toezeggingen.records import to_line

    nlp.max_length = max(nlp.max_length, max_bytes)
    for path in letters:
        shown = one_line(path)
        try:
            record = record_of(open_letter(path, max_bytes=max_bytes), nlp=nlp, letter_date=letter_date)
            line = to_line(record)
        except ToezeggingenError as error:
            message = one_line(str(error))
            yield Failed(path, message if message.startswith(shown) else f"{shown}: {message}")
        except Exception as error:
            yield Failed(path, f"{shown}: {internal_error(error)}", "".join(traceback.format_exception(error)))
        else:
            yield Done(path, record, line)


def extract_to(
    output: str | None,
    letters: Sequence[str],
    *,
    nlp: Language,
    letter_date: dt.date | None = None,
    max_bytes: int = MAX_BYTES,
    debug: bool = False,
) -> int:
    """Write the record of each letter as a line to `output` (see `lines.sink`), and tell on standard error what failed.

    Returns how many letters failed. Raises FileError where the output cannot be written.
    """
    failed = 0
    on_terminal = output in (None, STANDARD) and sys.stdout is not None and sys.stdout.isatty()
    with sink(output) as lines, watching(len(letters), records_on_terminal=on_terminal) as watcher:
        for each in run(letters, nlp=nlp, letter_date=letter_date, max_bytes=max_bytes):
            if isinstance(each, Done):
                lines.write(each.line)
            else:
                failed += 1
                watcher.say(each.told(debug=debug))
            watcher.step()
    return failed


def internal_error(error: BaseException) -> str:
    """What to say of an error that nobody foresaw, in one line."""
    what = one_line(f"{type(error).__name__}: {error}".removesuffix(": "))
    if len(what) > _LONGEST:
        what = f"{what[:_LONGEST]}..."
    return f"internal error ({what}); please report it"


def one_line(text: str) -> str:
    """Text fit for one line of a terminal: line breaks as spaces, what cannot be printed as an escape."""
    shown = (c if c.isprintable() else " " if c.isspace() else c.encode("unicode_escape").decode() for c in text)
    return " ".join("".join(shown).split())
