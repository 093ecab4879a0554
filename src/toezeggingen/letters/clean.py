"""The cleaned view of a letter: what it says, without what printing and dumping did to it, and with a way back.

Page furniture is left out, so that a sentence reads on over the foot of a page; footnotes stand behind the paragraph
they interrupt; wrapped lines are one line; hyphens of line ends, footnote markers and markup are taken out; words that
were glued together or taken apart are repaired. Every other character of the source is kept, and nothing is added but
white space, a hyphen for other hyphen characters, the trema that Dutch drops at a line end, and what a ligature or a
byte of windows-1252 was meant to be.
"""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.footnotes import footnotes
from toezeggingen.letters.fragments import rejoined
from toezeggingen.letters.ghosts import laid
from toezeggingen.letters.glue import glued
from toezeggingen.letters.hyphens import MARKS, Hyphens, in_line
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.markup import unmarked
from toezeggingen.letters.view import View, ViewBuilder
from toezeggingen.letters.words import Edit, Vocabulary
from toezeggingen.letters.zones import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toezeggingen.letters.footnotes import Note
    from toezeggingen.letters.source import Marker

__all__ = ["View", "clean"]

_CLOSE = frozenset({Zone.LIST, Zone.HEAD, Zone.SIGNATURE})
"""Zones whose blocks follow each other without an empty line."""


def clean(text: str, blocks: Sequence[Block], markers: Sequence[Marker] = ()) -> View:
    """The view of `text`, whose `blocks` are those of `zones`; `markers` of footnotes are those the file tells of."""
    inked = [_ink(text, block) for block in blocks]
    edits = _edits(text, blocks, inked, markers)
    starts = [edit.start for edit in edits]
    builder = ViewBuilder(text)
    done: list[Block] = []
    for parts in _paragraphs(blocks):
        zone, note = blocks[parts[0]].zone, blocks[parts[0]].note
        builder.begin("\n" if done and zone is done[-1].zone and zone in _CLOSE else "\n\n")
        reached = 0
        for part in parts:
            start, end = inked[part]
            if reached < start and part != parts[0]:
                builder.insert_blank()
            reached = _add(builder, max(start, reached), end, edits, bisect.bisect_left(starts, start))
        if place := builder.end():
            done.append(Block(zone, *place, note=note))
    return builder.build(tuple(done))


def _ink(text: str, block: Block) -> tuple[int, int]:
    """Where `block` begins and ends without the white space around it."""
    raw = text[block.start : block.end]
    stripped = raw.strip()
    start = block.start + len(raw) - len(raw.lstrip()) if stripped else block.end
    return start, start + len(stripped)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The indices of the blocks of each paragraph; furniture left out, footnotes after the paragraph they interrupt."""
    notes = _notes(blocks)
    paragraph: list[int] = []
    waiting: list[list[int]] = []
    for index, block in enumerate(blocks):
        if block.zone is Zone.FURNITURE:
            continue
        if block.zone is Zone.FOOTNOTE:
            if index in notes:
                waiting.append(notes[index])
        elif block.continues and paragraph:
            paragraph.append(index)
        else:
            if paragraph:
                yield paragraph
            yield from waiting
            paragraph, waiting = [index], []
    if paragraph:
        yield paragraph
    yield from waiting


def _notes(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """The parts of each footnote by the index of its first one: a note can go on at the foot of the next page."""
    notes: dict[int, list[int]] = {}
    last = -1
    for index, block in enumerate(blocks):
        if block.zone is Zone.FOOTNOTE:
            if not block.continues or last < 0:
                last = index
            notes.setdefault(last, []).append(index)
    return notes


def _add(builder: ViewBuilder, start: int, end: int, edits: list[Edit], number: int) -> int:
    """Add characters `start` to `end` with the edits from `number` on; returns how far the source is used up."""
    position = start
    while number < len(edits):
        edit = edits[number]
        if edit.start >= end:
            break
        number += 1
        if edit.start < position:
            continue
        builder.keep(position, edit.start)
        position = edit.end
        if edit.start == edit.end:
            builder.insert_blank()
        elif edit.text:
            builder.replace(edit.start, edit.text)
    if position < end:
        builder.keep(position, end)
        return end
    return position


def _edits(text: str, blocks: Sequence[Block], inked: list[tuple[int, int]], markers: Sequence[Marker]) -> list[Edit]:
    """All edits in the order of the source; of two at one place the one that takes more comes first."""
    vocabulary = Vocabulary(text)
    hyphens = Hyphens(text, vocabulary)
    edits = _marker_edits(text, footnotes(text, blocks, markers))
    edits += _white_space(text, blocks, hyphens)
    edits += _torn_between(text, blocks, inked, hyphens)
    lost = glued(text, blocks, vocabulary, hyphens)
    edits += lost
    edits += in_line(text, hyphens)
    edits += rejoined(text, vocabulary)
    edits += unmarked(text)
    edits += laid(text)
    edits += _cells(text, blocks, inked)
    edits.sort(key=lambda edit: (edit.start, -edit.end))
    return edits


def _marker_edits(text: str, notes: Iterable[Note]) -> list[Edit]:
    """Markers of footnotes left out, with the blank before one that stands apart from its word."""
    found = []
    for note in notes:
        if note.marker is None:
            continue
        start, end = note.marker
        after = end
        while after < len(text) and text[after].isspace():
            after += 1
        if text[after : after + 1] in _NO_BLANK_BEFORE and (after == end or "\n" in text[end:after]):
            end = after
            while start > 0 and text[start - 1].isspace():
                start -= 1
        found.append(Edit(start, end, ""))
    return found


_NO_BLANK_BEFORE = frozenset(".,;:)?!")


@functools.cache
def _blanks() -> re.Pattern[str]:
    """White space that is not one blank, with a hyphen before it."""
    return re.compile(rf"(?P<hyphen>[{MARKS}])?(?P<blank>[^\S\ ]\s*|\ \s+)")


def _white_space(text: str, blocks: Sequence[Block], hyphens: Hyphens) -> Iterator[Edit]:
    """White space made one blank; hyphens at line ends decided on; cells of a table set apart."""
    index = 0
    for match in _blanks().finditer(text):
        start, end = match.span("blank")
        while blocks[index].end <= start:
            index += 1
        block = blocks[index]
        if block.zone is Zone.FURNITURE or end >= block.end:
            continue
        blank = match["blank"]
        if text[start - 1 : start] == "/" and "\n" in blank:
            yield Edit(start, end, "")
        elif (
            match["hyphen"] and "\n" in blank and match.start() > block.start and not text[match.start() - 1].isspace()
        ):
            yield from hyphens.at_line_end(match.start(), end)
        elif block.zone is Zone.TABLE and ("\t" in blank or (len(blank) > 2 and "\n" not in blank)):
            yield Edit(start, end, "\n")
        else:
            yield Edit(start, end, " ")


def _cells(text: str, blocks: Sequence[Block], inked: list[tuple[int, int]]) -> Iterator[Edit]:
    """The bars of a table row in Markdown, each cell on a line of its own."""
    for block, (start, end) in zip(blocks, inked, strict=True):
        if block.zone is not Zone.TABLE or text[start : start + 1] != "|":
            continue
        at = text.find("|", start, end)
        while at >= 0:
            yield Edit(at, at + 1, "" if at in (start, end - 1) else "\n")
            at = text.find("|", at + 1, end)


def _torn_between(text: str, blocks: Sequence[Block], inked: list[tuple[int, int]], hyphens: Hyphens) -> Iterator[Edit]:
    """Words torn by the foot of a page or by footnotes."""
    before = -1
    for index, block in enumerate(blocks):
        if block.zone in (Zone.FURNITURE, Zone.FOOTNOTE):
            continue
        start = inked[index][0]
        if block.continues and before > 0 and text[before - 1] in MARKS:
            yield from hyphens.at_line_end(before - 1, start)
        before = inked[index][1]
