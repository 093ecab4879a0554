"""A letter as it was read, on a terminal: page by page, with the zone of each piece of text in the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from toezeggingen.exports import dutch
from toezeggingen.exports.terminal import visible
from toezeggingen.records import Warned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from toezeggingen.letters.source import Page, Source
    from toezeggingen.letters.zones import Block

_MARGIN = 15  # columns: the longest zone with the sign before it
_GOES_ON = "↳ "
_PALE = frozenset({"furniture", "head", "signature"})


def print_reading(source: Source, blocks: Sequence[Block], console: Console) -> None:
    """The letter's path, form, pages and warnings, then its text; what goes on from another place is marked with ↳."""
    _say(console, Text(visible(source.path), style="bold"))
    _say(console, Text(_facts(source)))
    for code, message in source.warnings:
        warned = dutch.warning(Warned(code=code, message=message))
        _say(console, Text(visible(f"Let op: {warned}."), style="yellow"))
    for page, pieces in _by_page(source, blocks):
        console.print()
        if len(source.pages) > 1 or page.ocr:
            recognised = " (OCR)" if page.ocr else ""
            _say(console, Text(f"── pagina {page.number}{recognised} ──", style="bold"))
        for block, start, end in pieces:
            _print_piece(console, source.text[start:end], block, goes_on=block.continues or start > block.start)
        if not pieces:
            _say(console, Text("(geen tekst)", style="dim"))
    console.print()


def _facts(source: Source) -> str:
    has_sheets = len(source.pages) > 1 or source.pages[0].width > 0
    pages = [dutch.counted(len(source.pages), "pagina", "pagina's")] if has_sheets else []
    return " · ".join([source.media_type, *pages])


def _by_page(source: Source, blocks: Sequence[Block]) -> Iterator[tuple[Page, list[tuple[Block, int, int]]]]:
    """Each page with the pieces of blocks on it, from where to where, those without ink left out."""
    first = 0
    for page in source.pages:
        while first < len(blocks) and blocks[first].end <= page.start:
            first += 1
        pieces = []
        for number in range(first, len(blocks)):
            block = blocks[number]
            if block.start >= page.end:
                break
            start, end = max(block.start, page.start), min(block.end, page.end)
            if source.text[start:end].strip():
                pieces.append((block, start, end))
        yield page, pieces


def _print_piece(console: Console, text: str, block: Block, *, goes_on: bool) -> None:
    """The lines of a piece with its zone before the first; an empty line where it ends in one."""
    lines = visible(text.removesuffix("\f")).split("\n")
    while len(lines) > 1 and not lines[0].strip():
        del lines[0]
    ink = len(lines)
    while not lines[ink - 1].strip():
        ink -= 1
    if ink + 1 < len(lines):
        ink += 1  # the empty line under it
    label = f"{_GOES_ON if goes_on else ''}{dutch.zone(block.zone, block.note)}"
    style = "dim" if block.zone in _PALE else ""
    for number, line in enumerate(lines[:ink]):
        _print_line(console, "" if number else label, line, style)


def _print_line(console: Console, label: str, line: str, style: str) -> None:
    """A line beside its margin; on a terminal it is wrapped within its own column."""
    if not console.is_terminal:
        _say(console, Text(f"{label:<{_MARGIN}} │ {line}".rstrip()))
        return
    rows = Text(line, style=style).wrap(console, max(console.width - _MARGIN - 3, 10)) or [Text("")]
    for number, row in enumerate(rows):
        beside = Text("" if number else label, style="cyan")
        beside.pad_right(_MARGIN - len(beside))
        console.print(Text.assemble(beside, (" │ ", "dim"), row), no_wrap=True, crop=False)


def _say(console: Console, text: Text) -> None:
    """One line; on a terminal wrapped between words, elsewhere as it is, with its tabs."""
    if console.is_terminal:
        console.print(text, overflow="fold")
    else:
        console.file.write(f"{text.plain}\n")
