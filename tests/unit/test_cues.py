"""Cues: every one by its own example and each of its words, where they begin, and what they do to a promise."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen import lexicons
from toezeggingen.components.cues import Cues
from toezeggingen.components.sentence_units import sentences
from toezeggingen.components.units import Unit

if TYPE_CHECKING:
    from spacy.language import Language

LINES = [json.loads(line) for line in lexicons.source("cues").decode("utf-8").splitlines()]


@cache
def cues() -> Cues:
    return Cues(LINES)


def units_of(text: str) -> list[Unit]:
    """Words and marks, in lower case; "[in mei]" is a term."""
    found: list[Unit] = []
    for match in re.finditer(r"\[([^\]]+)\]|[^\W_]+(?:-[^\W_]+)*|\S", text.lower()):
        if match[1]:
            found.append(Unit(match[1], match.start(), match.end(), "term", "calendar", 0))
        else:
            found.append(Unit(match[0], match.start(), match.end(), "word" if match[0][0].isalnum() else "mark"))
    return found


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_every_cue_is_found_in_its_example(nlp: Language, line: dict[str, Any]) -> None:
    """As the pipeline makes the units of a sentence."""
    found = [(sentence, cues().find(sentence.units())) for sentence in sentences(nlp(line["example"]))]
    assert line["id"] in {name for _, names in found for _, name in names}


# A mark glued to a word in the lexicon is a unit of its own in a sentence, so these are never found.
NEVER_FOUND = {"niet-", "te zijner tijd, doch"}


def test_every_word_of_a_cue_is_found_where_it_begins() -> None:
    lost = {
        word
        for line in LINES
        for word in line["words"]
        if (2, line["id"]) not in cues().find(units_of(f"Dit is {word} een brief."))
    }
    assert lost == NEVER_FOUND & {word for line in LINES for word in line["words"]}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_a_part_of_a_word_is_no_cue(line: dict[str, Any]) -> None:
    """ "Nietig" denies nothing and "indienen" sets no condition."""
    for word in line["words"]:
        assert cues().find(units_of(f"x{word.replace(' ', 'x')}x")) == []


def test_cues_inside_a_span_begin_where_the_span_does() -> None:
    units = units_of("Ik stuur u dat [indien mogelijk in mei]")
    assert (4, "conditional") in cues().find(units)


@given(st.lists(st.sampled_from([word for line in LINES for word in line["words"]]), max_size=12).map(" ".join))
def test_words_in_any_order(text: str) -> None:
    units = units_of(text)
    found = cues().find(units)
    assert [place for place, _ in found] == sorted(place for place, _ in found)
    assert all(0 <= place < len(units) for place, _ in found)
    assert {name for _, name in found} <= {line["id"] for line in LINES}
