"""What the parts of a document are: footnotes, margins and running heads and feet, by size, place and repetition."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toezeggingen.letters.readers.pdf.layout import Placed
    from toezeggingen.letters.readers.pdf.segmentation import Segment

_NOTE_SIZE = 0.93
"""Of the size of the running text: a footnote is smaller."""

_EDGE_LINES = 3
"""Lines at the top and the foot of a page that can be running ones."""

_APART = 1.7
"""In font sizes: running lines stand at least so far from the text."""

_LONGEST = 150
"""Characters: a running line is not longer."""

_LABELS = ("Vraag", "Vragen", "Antwoord")

_SAME_HEIGHT = 6.0
"""Points: running lines stand at the same height on every page."""

_MISSING = 3
"""Notes that may be lost between two that follow each other."""

_MARGIN_LINES = 40
"""A margin is not longer, colophon included."""


def assign(pages: Sequence[list[Placed]], body: float) -> set[int]:
    """Set `zone` and `note` of what stands on the pages of a document; returns the numbers of its footnotes.

    `body` is the size of its running text.
    """
    _mark_margins(pages, body)
    _mark_running(pages)
    return _mark_notes(pages, body)


def body_size(segments: Iterable[Segment]) -> float:
    """The font size (points) in which most characters stand, to half a point; 0 without any."""
    count: Counter[float] = Counter()
    for one in segments:
        count[round(one.size * 2) / 2] += len(one.text)
    return count.most_common(1)[0][0] if count else 0.0


def lines(page: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The lines of a page, each with all that stands on it."""
    line: list[Placed] = []
    for placed in page:
        if line and placed.begins_line:
            yield line
            line = []
        line.append(placed)
    if line:
        yield line


def _mark_running(pages: Sequence[list[Placed]]) -> None:
    """Lines that stand at the same height near the edge of several pages, in the same words but for their numbers."""
    by_words: dict[str, list[tuple[float, list[Placed]]]] = {}
    for page in pages:
        for line in _edges([line for line in lines(page) if not line[0].row and line[0].zone is None]):
            words = _digits().sub("#", "\t".join(one.segment.text for one in line))
            if len(words) <= _LONGEST and not words.startswith(_LABELS):
                by_words.setdefault(words, []).append((line[0].segment.base, line))
    for found in by_words.values():
        for height, line in found:
            if sum(abs(height - other) < _SAME_HEIGHT for other, _ in found) > 1:
                for placed in line:
                    placed.zone = Zone.FURNITURE


def _edges(page: list[list[Placed]]) -> list[list[Placed]]:
    """The lines at the top and the foot of a page that a wide gap keeps apart from what is between."""
    order = sorted(page, key=lambda line: line[0].segment.base)
    found: list[list[Placed]] = []
    for edge in (order[: len(order) // 2], order[: len(order) // 2 - 1 : -1] if order else []):
        near = edge[: _EDGE_LINES + 1]
        for number, (line, inner) in enumerate(pairwise(near), start=1):
            one, other = line[0].segment, inner[0].segment
            if abs(other.base - one.base) > _APART * max(one.size, other.size):
                found += edge[:number]
                break
    return found


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d{1,6}")


def _mark_margins(pages: Sequence[list[Placed]], body: float) -> None:
    """What stands beside the text in small print: furniture, but of the first page the upper part, which is head."""
    for number, page in enumerate(pages):
        margin = [placed for placed in page if placed.margin and placed.zone is None]
        if not margin or sum(placed.begins_line for placed in margin) > _MARGIN_LINES:
            continue
        is_small = max(placed.segment.size for placed in margin) < _NOTE_SIZE * body
        for placed in margin:
            if is_small or placed.segment.size < _NOTE_SIZE * body:
                placed.zone = Zone.FURNITURE if number or placed.margin == "lower" else Zone.HEAD


# --- footnotes -------------------------------------------------------------------------------------------------------


@cache
def _note_number() -> re.Pattern[str]:
    return re.compile(r"(?P<number>[1-9]\d{0,2})(?:\s|(?=[^\d\s.,)%€:;/-]))")


def _mark_notes(pages: Sequence[list[Placed]], body: float) -> set[int]:
    """Small print that begins with the next number, and what follows it in the same print; returns the numbers."""
    numbers: set[int] = set()
    last = 0
    size = 0.0  # of the print of the notes
    for page in pages:
        is_note = False
        for line in lines(page):
            first = line[0]
            if first.zone is not None or first.row:
                is_note = is_note and first.zone is Zone.FURNITURE
                continue
            is_small = max(one.segment.size for one in line) < _NOTE_SIZE * body
            number = _number(line, last) if is_small else 0
            if number and not _is_raised(first) and not _is_below(line, page, body):
                number = 0
            if number:
                last, size, is_note = number, first.segment.size, True
                numbers.add(number)
                first.note = number
            elif not is_small or (is_note and abs(first.segment.size - size) > 0.6 and not _is_raised(first)):
                is_note = False
            elif not is_note and size and abs(first.segment.size - size) < 0.4 and _is_below(line, page, body):
                is_note = True  # goes on from the page before
            if is_note:
                for placed in line:
                    placed.zone = Zone.FOOTNOTE
    return numbers


def _number(line: list[Placed], last: int) -> int:
    """The number of the footnote that begins on `line`, or 0: the next one, or 1 where notes begin anew on a page."""
    match = _note_number().match(line[0].segment.text)
    if match is None:
        if line[0].segment.text.isdecimal() and len(line) > 1:
            number = int(line[0].segment.text)
        else:
            return 0
    else:
        number = int(match["number"])
    is_raised = _is_raised(line[0])
    if last < number <= last + 1 + _MISSING or (is_raised and last < number <= last + 20):
        return number
    return number if number == 1 and is_raised else 0


def _is_raised(placed: Placed) -> bool:
    return bool(placed.segment.raised) and placed.segment.raised[0][0] == 0


def _is_below(line: list[Placed], page: Sequence[Placed], body: float) -> bool:
    """Whether running text stands on this page above `line`, in its column, and none below it."""
    here = line[0].segment
    bases = [
        placed.segment.base
        for placed in page
        if placed.segment.size >= _NOTE_SIZE * body
        and placed.zone is None
        and placed.segment.left < here.right
        and placed.segment.right > here.left
    ]
    return bool(bases) and max(bases) < here.base
