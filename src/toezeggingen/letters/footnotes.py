"""Footnotes and the markers in the text that point at them, bound to each other."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Zone
from toezeggingen.letters.markers import bind, raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.letters.source import Marker
    from toezeggingen.letters.zones import Block

_WITHOUT_MARKERS = frozenset({Zone.FURNITURE, Zone.FOOTNOTE, Zone.HEAD, Zone.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Note:
    """Footnote `number`: the characters of its marker in the source, and the index of the block that holds its text.

    Either is None where it was not found for sure.
    """

    number: int
    marker: tuple[int, int] | None
    block: int | None


def footnotes(text: str, blocks: Sequence[Block], markers: Sequence[Marker] = ()) -> tuple[Note, ...]:
    """The footnotes of a letter by number, `blocks` being those of `zones`; `markers` those that the file itself tells.

    Where several markers point at one footnote, or numbers begin anew, each marker that the file tells has its own.
    """
    places = {block.note: index for index, block in reversed([*enumerate(blocks)]) if block.note}
    if markers:
        told = [Note(one.number, (one.start, one.end), places.get(one.number)) for one in markers]
        numbers = {one.number for one in markers}
        return (*told, *(Note(number, None, index) for number, index in places.items() if number not in numbers))
    candidates = raised(text)
    if not candidates and not places:
        return ()
    starts = [block.start for block in blocks]
    candidates = [
        one for one in candidates if blocks[bisect.bisect_right(starts, one.start) - 1].zone not in _WITHOUT_MARKERS
    ]
    bound = bind(text, {number: blocks[index].start for number, index in places.items()}, candidates)
    return tuple(
        Note(number, (bound[number].start, bound[number].end) if number in bound else None, places.get(number))
        for number in sorted({*places, *bound})
    )
