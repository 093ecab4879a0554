"""The zones of a letter: what is body, head, footnote, list, table, question, answer or furniture in its text.

text -> lines (layout) -> head -> furniture -> labels (turns) -> signatures -> footnotes -> paragraphs -> blocks
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toezeggingen.letters import frame, furniture, notes, turns
from toezeggingen.letters.layout import Line, Zone, begins_low, is_finished, lay_out
from toezeggingen.letters.paragraphs import Paragraph, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toezeggingen.letters.source import Mark, Marker

__all__ = ["Block", "Zone", "zones"]


@dataclass(frozen=True, slots=True)
class Block:
    """Characters `start` to `end` (half open): a paragraph, heading, item, table row or footnote, or a part of one.

    `continues`: furniture or footnotes interrupt a paragraph, and this block goes on with the last one before them.
    `note` is the number of a footnote, 0 where it has none or the block is no footnote.
    """

    zone: Zone
    start: int
    end: int
    continues: bool = False
    note: int = 0


def zones(text: str, marks: Sequence[Mark] = (), markers: Sequence[Marker] = ()) -> tuple[Block, ...]:
    """The blocks of a letter, in order: every character belongs to one, blank lines to the block before them.

    `marks` and `markers` are what the file itself says of its lines and footnotes, if it does.
    """
    layout = lay_out(text)
    lines = layout.lines
    if not lines:
        return (Block(Zone.BODY, 0, len(text)),) if text else ()
    _set_marks(lines, marks)
    start = frame.mark_head(lines)
    lines = furniture.mark(lines, start)
    lines = turns.cut_labels(lines, start)
    frame.mark_signatures(lines, start)
    notes.mark_notes(lines, text, start, markers)
    found = paragraphs(layout.width, lines[start:])
    turns.mark_words(found)
    return tuple(_blocks(lines, found, len(text)))


def _set_marks(lines: list[Line], marks: Sequence[Mark]) -> None:
    """Tell each line what the file says of it. Headings are left open: they can be the labels of questions."""
    starts = [mark.start for mark in marks]
    for line in lines:
        number = bisect.bisect_right(starts, line.start + line.indent)
        if not number or marks[number - 1].end <= line.start + line.indent:
            continue
        mark = marks[number - 1]
        if mark.zone is Zone.HEADING:
            line.heading = True
            continue
        line.mark, line.zone = number, mark.zone
        if mark.note and line.start + line.indent == mark.start:
            line.note = mark.note


def _blocks(lines: list[Line], found: list[Paragraph], end: int) -> Iterator[Block]:
    """One block for each run of lines that belong together."""
    place = {id(line): paragraph for paragraph in found for line in paragraph.lines}
    runs: list[tuple[Zone, int, bool, int]] = []  # zone, where it begins, continues, note
    before: Line | None = None
    of_before: Paragraph | None = None
    last_note: Line | None = None
    seen: set[int] = set()
    for line in lines:
        of_line = place.get(id(line))
        if of_line is None:
            if before is None or of_before is not None or line.mark != before.mark or not _is_one_block(before, line):
                is_rest = _is_rest_of_note(line, before, runs) or _goes_on_in_note(line, last_note)
                runs.append((line.zone or Zone.BODY, line.start, is_rest, line.note))
        else:
            zone = of_line.zone or Zone.BODY
            if of_line.turn is not None and of_line.turn[0] <= line.start:
                zone = of_line.turn[1]
            if of_line is not of_before or of_line.kind == "columns":
                runs.append((zone, line.start, id(of_line) in seen and of_line is not of_before, 0))
            if of_line.turn is not None and line.start <= of_line.turn[0] < line.end and zone is not of_line.turn[1]:
                runs.append((of_line.turn[1], of_line.turn[0], False, 0))
            seen.add(id(of_line))
        before, of_before = line, of_line
        last_note = line if line.zone is Zone.FOOTNOTE else last_note
    starts = [0, *(start for _, start, _, _ in runs[1:]), end]
    for number, (zone, _, continues, note) in enumerate(runs):
        if starts[number] < starts[number + 1]:
            yield Block(zone, starts[number], starts[number + 1], continues, note)


def _is_rest_of_note(line: Line, before: Line | None, runs: list[tuple[Zone, int, bool, int]]) -> bool:
    """Whether furniture stands between the number of a note and its text."""
    if line.zone is not Zone.FOOTNOTE or line.note or before is None or before.zone is not Zone.FURNITURE:
        return False
    return any(note for _, _, _, note in runs[-3:])


def _goes_on_in_note(line: Line, last: Line | None) -> bool:
    """Whether what the file marks as a footnote without a number goes on with the note of the page before."""
    is_marked = bool(line.mark) and line.zone is Zone.FOOTNOTE and not line.note
    return is_marked and last is not None and (begins_low(line.text) or not is_finished(last.text))


def _is_one_block(before: Line, line: Line) -> bool:
    """Whether two lines, neither in a paragraph, are of one block: of one marked stretch, or one goes on."""
    return bool(line.mark) or _goes_on(before, line)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether `line`, of head, signature, furniture or footnote, belongs to the block of the line before it."""
    if before.zone is not line.zone or line.note or line.label:
        return False
    if line.zone is Zone.FURNITURE:
        return True
    if line.zone is Zone.FOOTNOTE:
        return not line.text.startswith("Bron") and not (
            line.gap and is_finished(before.text) and not begins_low(line.text)
        )
    if line.zone is Zone.SIGNATURE:
        return (
            not line.gap
            and before.text[-1] == "," == line.text[-1]
            and not line.text.lower().startswith(("de ", "namens "))
        )
    if line.gap and not begins_low(line.text):
        return False
    return begins_low(line.text) or before.text[-1] == "," or (len(before.text) > 48 and not is_finished(before.text))
