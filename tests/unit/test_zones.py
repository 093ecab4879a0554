"""Zones: a table of letters in many layouts, and what must hold for any text at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pieces
from growth import Call, assert_grows
from toezeggingen.letters.footnotes import footnotes
from toezeggingen.letters.zones import Block, Zone, zones

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parents[1] / "cases" / "zones.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def _written(block: Block) -> str:
    """A block's zone as the table writes it: "+" where it goes on with the one before, the number of a footnote."""
    return f"{block.zone}{'+' if block.continues else ''}{block.note or ''}"


def test_table_is_whole() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 20
    assert {zone.rstrip("+0123456789") for row in ROWS for zone, _ in row["blocks"]} == {str(zone) for zone in Zone}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row(row: dict[str, Any]) -> None:
    text, wanted = row["text"], row["blocks"]
    blocks = zones(text)
    found = [[_written(block), text[block.start : block.end].strip()] for block in blocks]
    begun = [[zone, words[: len(want)]] for (zone, words), (_, want) in zip(found, wanted, strict=False)]
    assert (begun, len(found)) == (wanted, len(wanted))
    _check_partition(text, blocks)


def _check_partition(text: str, blocks: tuple[Block, ...]) -> None:
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(block.start < block.end for block in blocks)
    assert all(not text[block.start : block.end].isspace() for block in blocks[1:])
    assert not blocks or not blocks[0].continues


LETTERS = pieces.letters(
    *("| a |", "De minister van Waterbeheer,", "A. Verzonnen", "Datum 1 mei 2030", "Ons kenmerk", "AB-12345"),
    *("De heer A (XYZ):", "Minister B:", "Tweede Kamer der Staten-Generaal", "<sup>1</sup> x", "# Kop"),
    "De leden van de X-fractie vragen of het kan. Ik zeg toe dat het kan.",
    "I. Vragen en opmerkingen vanuit de fracties",
)


@settings(max_examples=300, deadline=None)
@given(LETTERS | st.text(max_size=200))
def test_every_character_belongs_to_one_block(text: str) -> None:
    blocks = zones(text)
    _check_partition(text, blocks)
    assert zones(text) == blocks


@settings(max_examples=200, deadline=None)
@given(LETTERS)
def test_markers_are_in_order_and_before_their_notes(text: str) -> None:
    blocks = zones(text)
    last = -1
    for note in footnotes(text, blocks):
        if note.block is not None:
            assert blocks[note.block].zone is Zone.FOOTNOTE
            assert blocks[note.block].note == note.number
        if note.marker is not None:
            start, end = note.marker
            assert str(note.number) in text[start:end]
            assert start > last
            assert note.block is None or end <= blocks[note.block].start
            last = start


def test_notes_are_bound_to_their_markers() -> None:
    text = (
        "De pont1 vaart in lid 2 weer.3, 4\n\n1 Kamerstuk 99 111, nr. 1.\n3 Zie de brief.\n4 Kamerstuk 99 111, nr. 4.\n"
    )
    found = [(note.number, text[slice(*note.marker)] if note.marker else None) for note in footnotes(text, zones(text))]
    assert found == [(1, "1"), (3, "3"), (4, ", 4")]


def test_lost_notes_leave_their_markers() -> None:
    text = "De pont1 vaart in mei 20232 weer,3 het veer4 niet."
    found = [(note.number, note.marker, note.block) for note in footnotes(text, zones(text))]
    assert found == [(1, (7, 8), None), (2, (26, 27), None), (3, (33, 34), None), (4, (43, 44), None)]


def test_numbers_of_the_text_are_no_markers() -> None:
    text = "Het gehalte CO2 in de 3 ponten van 2023 is in art.4 en lid 5 genoemd, zie blz.6 en m2 of m3."
    assert footnotes(text, zones(text)) == ()


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n + "](" * n,
    "one line": lambda n: "woord " * n,
    "letters": lambda n: "a" * 20 * n,
    "line ends": lambda n: "\n" * 20 * n + "a",
    "numbers on lines": lambda n: "1\n" * n,
    "numbers that rise": lambda n: "".join(f"{i}\nKamerstuk {i}\n" for i in range(n // 2)),
    "raised numbers": lambda n: "zorg4 " * n,
    "tabs": lambda n: "a\tb\n" * n,
    "feet": lambda n: "Tweede Kamer, vergaderjaar 2031–2032, 29 282, nr. 5 2 " * n,
    "feet half": lambda n: "Tweede Kamer, vergaderjaar " * n,
    "labels": lambda n: "Vraag 1\nIs het zo?\n\n" * n,
    "numbers in a label": lambda n: "Vraag " + "1, " * n,
    "offices": lambda n: "De minister van X,\n" * n,
    "references": lambda n: "Ons kenmerk 12345-ab\n" + "tekst 12345-ab " * n,
    "page ends": lambda n: "tekst\f" * n,
    "members": lambda n: "De leden van de x-fractie vragen. " + "Daarom abc " * n,
    "capitals": lambda n: "AB " * n,
    "dashes": lambda n: "– " * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text(name: str) -> None:
    def prepare(size: int) -> Call:
        text = HOSTILE[name](size)
        return lambda: footnotes(text, zones(text))

    assert_grows(prepare, 2_000, 8_000)
