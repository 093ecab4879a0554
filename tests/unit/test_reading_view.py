"""A letter as it was read, on a terminal and as plain text: its pages and zones, and no word lost."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from rich.cells import cell_len
from rich.console import Console

from growth import Call, assert_grows
from pieces import letters
from toezeggingen.exports import dutch
from toezeggingen.exports.reading import print_reading
from toezeggingen.exports.terminal import visible
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.plain import pages
from toezeggingen.letters.source import Page, Source
from toezeggingen.letters.zones import Block, zones

TEXT = """Den Haag, 6 maart 2026

Geachte voorzitter,

De pont vaart.1 En de sluis bij Rijnstad is
dicht.

1 Kamerstuk 36 700, nr. 12.
\fPagina 2 van 2

Zo blijft
\fhet.
"""
BLOCKS = (
    Block(Zone.HEAD, 0, 24),
    Block(Zone.BODY, 24, 45),
    Block(Zone.BODY, 45, 97),
    Block(Zone.FOOTNOTE, 97, 126, note=1),
    Block(Zone.FURNITURE, 126, 142),
    Block(Zone.BODY, 142, len(TEXT), continues=True),
)


def source(text: str = TEXT, **given: Any) -> Source:
    return Source(**{"path": "map/brief.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "text": text, "pages": pages(text)} | given)  # fmt: skip # noqa: E501


def shown(letter: Source, blocks: tuple[Block, ...], **options: Any) -> str:
    written = io.StringIO()
    print_reading(
        letter, blocks, Console(file=written, highlight=False, markup=False, emoji=False, _environ={}, **options)
    )
    return written.getvalue()


def test_the_whole_view() -> None:
    assert (
        shown(source(), BLOCKS)
        == """\
map/brief.pdf
application/pdf · 3 pagina's

── pagina 1 ──
briefhoofd      │ Den Haag, 6 maart 2026
                │
tekst           │ Geachte voorzitter,
                │
tekst           │ De pont vaart.1 En de sluis bij Rijnstad is
                │ dicht.
                │
voetnoot 1      │ 1 Kamerstuk 36 700, nr. 12.

── pagina 2 ──
paginarand      │ Pagina 2 van 2
                │
↳ tekst         │ Zo blijft

── pagina 3 ──
↳ tekst         │ het.

"""
    )


def test_what_else_is_known_of_a_letter() -> None:
    sheets = (Page(1, 0, 24, 595, 842), Page(2, 24, 24, 595, 842), Page(3, 24, len(TEXT), 595, 842, ocr=True))
    told = shown(source(pages=sheets, warnings=(("encoding", "x"), ("other", "something odd"))), BLOCKS)
    assert told.splitlines()[1] == "application/pdf · 3 pagina's"
    assert told.splitlines()[2].startswith("Let op: het bestand is niet in UTF-8")
    assert told.splitlines()[3] == "Let op: something odd."
    assert "── pagina 2 ──\n(geen tekst)\n\n── pagina 3 (OCR) ──\n" in told


@pytest.mark.parametrize(
    ("letter", "facts"),
    [
        (source("De pont.", media_type="text/plain"), "text/plain"),
        (source("De pont.", pages=(Page(1, 0, 8, 595, 842),)), "application/pdf · 1 pagina"),
    ],
)
def test_a_single_page_has_no_heading(letter: Source, facts: str) -> None:
    told = shown(letter, zones(letter.text))
    assert told == f"map/brief.pdf\n{facts}\n\ntekst           │ De pont.\n\n"


def test_every_zone_has_a_name_that_fits() -> None:
    for zone in Zone:
        text = "De pont.\n"
        told = shown(source(text), (Block(zone, 0, len(text), continues=True),))
        name = dutch.ZONE.get(zone, "tekst")
        assert told.splitlines()[3].startswith(f"↳ {name}".ljust(15) + " │ ")


def test_a_letter_cannot_write_on_the_terminal() -> None:
    text = "De \x1b]0;pont\x07 \u202evaart\x9b.\n"
    told = shown(source(text, path="\x1b[31m.pdf"), zones(text))
    assert {character for character in told if not character.isprintable()} == {"\n"}
    assert visible(text).strip() in told


def beside(told: str) -> list[str]:
    """The lines of the letter in a view, those with ink."""
    lines = [line.partition("│")[2] for line in told.splitlines() if "│" in line[:17]]
    return [line.strip() for line in lines if line.strip()]


@given(letters())
def test_no_word_is_lost(text: str) -> None:
    if text.strip():
        told = shown(source(text), zones(text))
        assert "".join("".join(beside(told)).split()) == "".join(visible(text).split())


@given(letters())
def test_no_word_is_lost_on_a_narrow_terminal(text: str) -> None:
    if text.strip():
        told = shown(source(text), zones(text), force_terminal=True, color_system=None, width=40)
        assert max(map(cell_len, told.splitlines())) <= 40
        assert "".join("".join(beside(told)).split()) == "".join(visible(text).split())


def test_colours_on_a_terminal() -> None:
    told = shown(source(), BLOCKS, force_terminal=True, color_system="standard", width=80)
    assert "\x1b[36mbriefhoofd" in told
    assert "De pont vaart" in told


@pytest.mark.parametrize("unit", ["De pont vaart.\n\n", "x\f", "1 noot\n", "x"])
def test_the_time_grows_with_the_text(unit: str) -> None:
    def prepare(size: int) -> Call:
        text = (unit * size)[:size]
        letter, blocks = source(text), zones(text)
        return lambda: shown(letter, blocks)

    assert_grows(prepare, 20_000, 160_000)
