"""The cleaned view of a letter, and the way back from it to the source."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toezeggingen.letters.zones import Block


@dataclass(frozen=True, slots=True)
class View:
    """What the pipeline reads of a letter: `text`, with `blocks` whose places are characters of this view.

    A block is a paragraph, heading, list item, table row, question, answer or footnote, in one line (a table row: one
    line a cell). Blocks are kept apart by an empty line, items of a list and lines of a head or signature by a line
    end.
    """

    text: str
    blocks: tuple[Block, ...]
    _view: tuple[int, ...]  # where each run of kept characters begins, in the view...
    _source: tuple[int, ...]  # ...and in the source; in the order of the view
    _length: tuple[int, ...]
    _by_source: tuple[int, ...]  # the runs in the order of the source
    _source_sorted: tuple[int, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source that `text[start:end]` was made of, half open, first to last kept one.

        White space at the ends of the span is not counted. A span without ink gives an empty span. Where furniture or a
        footnote interrupts the words, it lies within the span.
        """
        text = self.text
        start, end = max(0, start), min(len(text), end)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        first = self._run(start)
        if start >= end:
            at = (
                min(self._source[first] + start - self._view[first], self._source[first] + self._length[first])
                if self._view
                else 0
            )
            return at, at
        last = self._run(end - 1)
        begin = self._source[first] + start - self._view[first]
        stop = self._source[last] + end - self._view[last]
        if first == last or not self._is_moved(first, last):
            return begin, stop
        inner = range(first + 1, last)
        begin = min(begin, self._source[last], *(self._source[run] for run in inner))
        stop = max(
            stop, self._source[first] + self._length[first], *(self._source[run] + self._length[run] for run in inner)
        )
        return begin, stop

    def to_view(self, position: int) -> int | None:
        """Where character `position` of the source stands in the view, or None where it was left out."""
        place = bisect.bisect_right(self._source_sorted, position) - 1
        if place < 0:
            return None
        run = self._by_source[place]
        offset = position - self._source[run]
        return self._view[run] + offset if offset < self._length[run] else None

    def _run(self, position: int) -> int:
        """The run of kept characters that `position` of the view lies in, or the one before it."""
        return max(0, bisect.bisect_right(self._view, position) - 1)

    def _is_moved(self, first: int, last: int) -> bool:
        """Whether between two runs the view leaves the order of the source, as it does at a footnote."""
        return any(self._source[run] > self._source[run + 1] for run in range(first, last))


class ViewBuilder:
    """Puts a view together, run by run, block by block."""

    def __init__(self, source: str) -> None:
        self._text = source
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int]] = []  # view, source, length
        self._position = 0
        self._ends_in_blank = True
        self._separator = ""  # goes before the block if anything is added to it
        self._start = 0

    def begin(self, separator: str) -> None:
        """Begin a block; `separator` keeps it apart from the one before."""
        self._separator = separator if self._position else ""
        self._start = self._position + len(self._separator)
        self._ends_in_blank = True

    def end(self) -> tuple[int, int] | None:
        """End the block: its place in the view, or None where nothing was added."""
        self._drop_blank()
        return (self._start, self._position) if self._position > self._start else None

    def keep(self, start: int, end: int) -> None:
        """Add characters `start` to `end` of the source as they are; a blank after white space is left out."""
        if start < end and self._ends_in_blank and self._text[start] == " ":
            start += 1
        if start < end:
            self._add(self._text[start:end], start)
            self._ends_in_blank = self._text[end - 1] == " "

    def replace(self, start: int, character: str) -> None:
        """Add `character` for the one at `start` of the source; a blank after white space is left out.

        Where one character of the source stands for several (a ligature), each of them comes from it.
        """
        if character in " \n":
            if self._ends_in_blank and (character == " " or self._position <= self._start):
                return
            self._drop_blank()
        for one in character:
            self._add(one, start)
        self._ends_in_blank = character in " \n"

    def insert_blank(self) -> None:
        """Add a blank that stands for nothing in the source."""
        if not self._ends_in_blank:
            self._parts.append(" ")
            self._position += 1
            self._ends_in_blank = True

    def _add(self, characters: str, start: int) -> None:
        if self._separator:
            self._parts.append(self._separator)
            self._position += len(self._separator)
            self._separator = ""
        self._parts.append(characters)
        self._runs.append((self._position, start, len(characters)))
        self._position += len(characters)

    def _drop_blank(self) -> None:
        """Take away the blank that the block ends in so far."""
        while self._position > self._start and self._parts[-1][-1] in " \n":
            last = self._parts.pop()
            view, source, length = self._runs[-1]
            if view + length == self._position:
                self._runs.pop()
                if length > 1:
                    self._runs.append((view, source, length - 1))
            if len(last) > 1:
                self._parts.append(last[:-1])
            self._position -= 1

    def build(self, blocks: tuple[Block, ...]) -> View:
        """The view of all that was added."""
        source = tuple(run[1] for run in self._runs)
        order = tuple(sorted(range(len(source)), key=source.__getitem__))
        return View(
            text="".join(self._parts),
            blocks=blocks,
            _view=tuple(run[0] for run in self._runs),
            _source=source,
            _length=tuple(run[2] for run in self._runs),
            _by_source=order,
            _source_sorted=tuple(source[run] for run in order),
        )
