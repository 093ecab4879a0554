"""The view: a table of texts and what is read of them, and a map that always leads back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pieces
from growth import Call, assert_grows
from toezeggingen.errors import LexiconError
from toezeggingen.letters import words
from toezeggingen.letters.clean import View, clean
from toezeggingen.letters.zones import Zone, zones

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parents[1] / "cases" / "clean.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
LETTERS = Path(__file__).parents[3] / "shared" / "letters"
HYPHENS = "-\u2010\u00ad\u0002\ufffe"
MAY_GO = re.compile(
    r"""(?: \s                                          # white space
          | [-\u2010\u00ad\u0002\ufffe]                  # hyphens of line ends
          | ,?\ ?\d{1,3}\)? | [\u00b2\u00b3\u00b9]      # markers of footnotes
          | </?[a-z]{1,6}(?:\s[^<>]*)?/?>               # tags
          | \*{1,3} | __ | \#{1,6} | > | \[\^? | \](?:\([^()\s]*\))? | \|   # marks of Markdown
          | [\ufeff\u200b]
        )*""",
    re.VERBOSE,
)
"""What the view leaves out of the text."""
TREMA = {("e", "ë"), ("i", "ï"), ("o", "ö"), ("u", "ü")}


def _view(text: str) -> View:
    return clean(text, zones(text))


def _check(text: str, view: View) -> None:
    """The map leads every inked character to its own in the source, and nothing but what may go is left out."""
    kept: dict[int, int] = {}
    for place, character in enumerate(view.text):
        if character.isspace():
            continue
        start, end = view.to_source(place, place + 1)
        assert end == start + 1
        original = text[start]
        assert original == character or (original, character) in TREMA or (character == "-" and original in HYPHENS)
        assert view.to_view(start) == place
        assert start not in kept
        kept[start] = place
    for block in zones(text):
        if block.zone is not Zone.FURNITURE:
            left = "".join("\0" if at in kept else text[at] for at in range(block.start, block.end))
            assert [part for run in left.split("\0") if not MAY_GO.fullmatch(part := run.strip())] == []
    last = 0
    for number, block in enumerate(view.blocks):
        assert last <= block.start < block.end <= len(view.text)
        assert view.text[last : block.start] in (("",) if number == 0 else ("\n", "\n\n"))
        assert view.text[block.start : block.end] == view.text[block.start : block.end].strip()
        rising = [view.to_source(p, p + 1)[0] for p in range(block.start, block.end) if not view.text[p].isspace()]
        assert rising == sorted(rising)
        last = block.end
    assert last == len(view.text)


def test_table_is_whole() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 40


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row(row: dict[str, Any]) -> None:
    view = _view(row["text"])
    assert view.text == row["view"]
    _check(row["text"], view)


TEXTS = pieces.letters(
    *("| a | b |", "Pont1 en veer2.", "steuning", "ge-", "informeerd", "vande", "besloten.Daarna", "bove n", "ge ïnd"),
    *("**vet**", "<sup>1</sup>", "[a](b)", "op-", "\u00ad", "\ufffe", "\u0002", "\u2010", "20231", "het veer", "een"),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_the_map_leads_back(text: str) -> None:
    _check(text, _view(text))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_any_span_leads_to_the_tight_span(text: str, data: st.DataObject) -> None:
    view = _view(text)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    begin, stop = view.to_source(start, end)
    assert 0 <= begin <= stop <= len(text)
    inked = [p for p in range(start, end) if not view.text[p].isspace()]
    assert (begin < stop) is bool(inked)
    if inked:
        places = [view.to_source(p, p + 1)[0] for p in inked]
        block = next(b for b in view.blocks if b.start <= inked[0] < b.end)
        if inked[-1] < block.end:
            assert (begin, stop) == (places[0], places[-1] + 1)
        assert begin <= min(places)
        assert max(places) < stop


def test_a_span_over_a_moved_footnote_holds_all_its_words() -> None:
    text = "De pont vaart sinds vorig jaar1 op de\n\n1 Kamerstuk 99 111, nr. 3.\n\noude tijden.\n"
    view = _view(text)
    begin, stop = view.to_source(0, len(view.text))
    assert text[begin:stop] == text.strip()
    sentence = "op de oude tijden."
    at = view.text.index(sentence)
    begin, stop = view.to_source(at, at + len(sentence))
    assert text[begin:stop].startswith("op de\n\n1 Kamerstuk")
    assert text[begin:stop].endswith("oude tijden.")


def test_what_was_left_out_has_no_place_in_the_view() -> None:
    text = "De pont vaart op de\n\nPagina 2 van 5\n\noude tijden."
    view = _view(text)
    assert view.to_view(text.index("Pagina")) is None
    assert view.to_view(-1) is None
    assert view.to_view(len(text) + 5) is None
    assert view.to_source(0, 10**9) == (0, len(text))


def test_empty() -> None:
    view = _view("")
    assert (view.text, view.blocks, view.to_source(0, 5), view.to_view(0)) == ("", (), (0, 0), None)


def test_a_zone_is_carried_into_the_view() -> None:
    text = "Vraag 1\nIs het zo?\n\nAntwoord 1\nJa, het is\nzo.\n"
    view = _view(text)
    assert [(str(b.zone), view.text[b.start : b.end]) for b in view.blocks] == [
        ("heading", "Vraag 1"),
        ("question", "Is het zo?"),
        ("heading", "Antwoord 1"),
        ("answer", "Ja, het is zo."),
    ]


def test_every_word_of_the_lexicon_is_of_a_known_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon = words.lexicon()
    assert {"van", "ik"} <= lexicon.function <= lexicon.whole <= lexicon.known
    assert not lexicon.ending & lexicon.hyphen
    monkeypatch.setattr(
        "toezeggingen.lexicons.read", lambda name, required: [{"id": "a", "kind": "?", "words": [], "example": ""}]
    )
    words.lexicon.cache_clear()
    with pytest.raises(LexiconError, match="unknown kind"):
        words.lexicon()
    words.lexicon.cache_clear()


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n + "](" * n,
    "one line": lambda n: "woord " * n,
    "letters": lambda n: "a" * 20 * n,
    "line ends": lambda n: "a" + "\n" * 20 * n + "a",
    "hyphens": lambda n: "-" * 20 * n,
    "hyphens in words": lambda n: "be-" * n,
    "hyphens at line ends": lambda n: "be-\n" * n,
    "soft hyphens": lambda n: "ab\ufffe" * n,
    "stars": lambda n: "*a " * 5 * n,
    "tags": lambda n: "<sup>" * n,
    "half tags": lambda n: "<a " * 5 * n,
    "camels": lambda n: " ".join(f"hetA{i}b" for i in range(n)),
    "glued": lambda n: "vanbeleid hetplan datgeld uwKamer op " * n,
    "fragments": lambda n: " ".join(chr(97 + i % 26) + chr(97 + i // 26 % 26) for i in range(n)),
    "raised numbers": lambda n: "zorg4 " * n,
    "dates": lambda n: "op8 oktober " * n,
    "bars": lambda n: "| a " * n + "|",
    "notes": lambda n: "".join(f"woord{i} en\n\n{i} Kamerstuk {i}.\n\n" for i in range(1, n // 4)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text(name: str) -> None:
    def prepare(size: int) -> Call:
        text = HOSTILE[name](size)
        blocks = zones(text)
        return lambda: clean(text, blocks)

    assert_grows(prepare, 2_000, 8_000)


@pytest.mark.shared
@pytest.mark.skipif(not LETTERS.exists(), reason="needs shared/letters beside the checkout")
def test_real_letters_can_be_read_and_led_back() -> None:
    for path in sorted((LETTERS / "text").glob("*.txt")):
        text = path.read_bytes().decode()
        view = _view(text)
        _check(text, view)
