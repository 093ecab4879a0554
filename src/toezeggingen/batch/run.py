"""The trip of many letters, one after the other: each ends as a record or as one line that tells what is wrong."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from toezeggingen.batch.guarded import Reader, Unforeseen
from toezeggingen.batch.inputs import open_letters, passed_over
from toezeggingen.batch.limits import Limits
from toezeggingen.batch.lines import STANDARD, sink
from toezeggingen.batch.outcomes import Done, Failed, Noticed, broken, failed, in_short, one_line
from toezeggingen.batch.progress import watching
from toezeggingen.errors import LetterError, ToezeggingenError
from toezeggingen.letters.source import INSIDE, Options, PassedOver, Source
from toezeggingen.records import to_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.language import Language

    from toezeggingen.batch.progress import Watcher


def sources(letters: Iterable[str], options: Options, limits: Limits) -> Iterator[Source | Failed | Noticed]:
    """The letters in each file, in the order given, as they are read. Nothing a file holds ends this."""
    with Reader(options, limits) as reader:
        for path in letters:
            others: list[str] = []
            for each in open_letters(path, reader):
                if isinstance(each, Source):
                    yield each
                elif isinstance(each, LetterError):
                    yield failed(each, path)
                elif isinstance(each, Unforeseen):
                    yield broken(each)
                else:
                    others.append(_named(each, path))
            if others:
                yield Noticed(path, one_line(f"{path}: {passed_over(others)}"))


def _named(other: PassedOver, path: str) -> str:
    """The name of a file that was passed over inside the file `path`, and what it is."""
    name = other.path.removeprefix(f"{path}{INSIDE}")
    return f"{name} ({other.what})" if other.what else name


def run(
    letters: Iterable[str],
    *,
    nlp: Language,
    letter_date: dt.date | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Iterator[Done | Failed | Noticed]:
    """What becomes of the letters in each file, in the order given, as they are done. Nothing a file holds ends it."""
    nlp.max_length = max(nlp.max_length, options.max_bytes, options.max_characters)
    for each in sources(letters, options, limits):
        yield _done(each, nlp, letter_date) if isinstance(each, Source) else each


def _done(source: Source, nlp: Language, letter_date: dt.date | None) -> Done | Failed:
    from toezeggingen.pipeline import record_of

    try:
        record = record_of(source, nlp=nlp, letter_date=letter_date)
        return Done(source.path, record, to_line(record))
    except ToezeggingenError as error:
        return failed(error, source.path, "extract")
    except Exception as error:
        trace = "".join(traceback.format_exception(error))
        return broken(Unforeseen(source.path, in_short(error), trace), "extract")


def extract_to(
    output: str | None,
    letters: Sequence[str],
    *,
    nlp: Language,
    letter_date: dt.date | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    limits: Limits = Limits(),  # noqa: B008 - frozen
    on_failure: Callable[[Failed], None] = lambda failed: None,
    debug: bool = False,
) -> int:
    """Write the record of each letter as a line to `output` (see `lines.sink`), and tell on standard error what failed.

    Returns how many letters failed. Raises FileError where the output cannot be written.
    """
    count = 0
    on_terminal = output in (None, STANDARD) and sys.stdout is not None and sys.stdout.isatty()
    with sink(output) as lines, watching(len(letters), records_on_terminal=on_terminal) as watcher:
        for each in run(_counted(letters, watcher), nlp=nlp, letter_date=letter_date, options=options, limits=limits):
            if isinstance(each, Done):
                lines.write(each.line)
            elif isinstance(each, Noticed):
                watcher.say(each.message)
            else:
                count += 1
                on_failure(each)
                watcher.say(each.told(debug=debug))
    return count


def _counted(letters: Iterable[str], watcher: Watcher) -> Iterator[str]:
    """The paths; each counts as done when the next is asked for."""
    for path in letters:
        yield path
        watcher.step()
