"""What an operator sees while letters run: one line for each that failed, and a bar where someone is watching."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID


class Watcher:
    """Lines to standard error, around the bar where there is one."""

    def __init__(self, bar: Progress | None = None, task: TaskID | None = None) -> None:
        self._bar, self._task = bar, task

    def say(self, line: str) -> None:
        """Print a line as it is."""
        if self._bar is None:
            sys.stderr.write(f"{line}\n")
        else:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def step(self) -> None:
        """One more letter is done."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task)


@contextmanager
def watching(total: int, *, records_on_terminal: bool) -> Iterator[Watcher]:
    """A watcher of `total` letters; with a bar if there are several, on a terminal through which no records run."""
    if total < 2 or records_on_terminal or not sys.stderr.isatty():
        yield Watcher()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress("letters", *columns, console=Console(stderr=True), transient=True) as bar:
        yield Watcher(bar, bar.add_task("letters", total=total))
