"""Tokens: the text is never changed, words stay whole, and every other mark stands by itself."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.util import registry

from growth import Call, assert_grows, filled
from toezeggingen.components.tokenizer import LetterTokenizer


@cache
def tokenizer() -> LetterTokenizer:
    return LetterTokenizer(spacy.blank("nl").vocab)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Ik stuur u dat.", ["Ik", "stuur", "u", "dat", "."]),
        ("werk-privébalans", ["werk-privébalans"]),
        ("zzp'ers en zzp’ers", ["zzp'ers", "en", "zzp’ers"]),
        ("V&VN", ["V&VN"]),
        ("36410-XV", ["36410", "-", "XV"]),
        ("36 410, nr. 4", ["36", "410", ",", "nr", ".", "4"]),
        ("onder 8)", ["onder", "8", ")"]),
        ("(zie bijlage)", ["(", "zie", "bijlage", ")"]),
        ("eind2024", ["eind", "2024"]),
        ("24e", ["24", "e"]),
        ("geïnformeerd", ["geïnformeerd"]),
        ("-voorstel", ["-", "voorstel"]),
        ("voor- en nadelen", ["voor", "-", "en", "nadelen"]),
        ("«Ja», zei hij", ["«", "Ja", "»", ",", "zei", "hij"]),
        ("a_b", ["a", "_", "b"]),
        ("regel een\nregel twee", ["regel", "een", "\n", "regel", "twee"]),
        ("een\n\n\ttwee", ["een", "\n\n\t", "twee"]),
        ("4\u00a0mei", ["4", "\u00a0", "mei"]),
        ("twee  spaties", ["twee", " ", "spaties"]),
        (" vooraan", [" ", "vooraan"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenizer()(text)] == tokens


PIECES = st.sampled_from(
    ["ik", "stuur", "u", " ", "  ", "\n", "\t", "\u00a0", "-", "'", "’", "&", ".", "(", "36", "_", "é", "\u0301", "😀"]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=400, deadline=None)
def test_the_tokens_are_the_text(text: str) -> None:
    doc = tokenizer()(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text
    assert all(token.text for token in doc)
    assert all(token.idx == text.index(token.text, token.idx) for token in doc)


@given(st.text(alphabet=st.characters(categories=["L", "M"]), min_size=1, max_size=30))
def test_letters_are_never_apart_from_letters(word: str) -> None:
    doc = tokenizer()(word)
    for before, after in zip(doc, list(doc)[1:], strict=False):
        assert not (before.text[-1].isalpha() and after.text[0].isalpha()), word


def test_pipe_and_storing() -> None:
    texts = ["Ik stuur u dat.", "", "36410-XV"]
    own = tokenizer()
    assert [doc.text for doc in own.pipe(texts)] == texts
    assert own.to_bytes() == b""
    assert own.from_bytes(b"") is own
    assert own.from_disk("nergens") is own


def test_a_config_can_name_it() -> None:
    make = registry.tokenizers.get("toezeggingen.LetterTokenizer.v1")()
    assert isinstance(make(spacy.blank("nl")), LetterTokenizer)


@pytest.mark.parametrize("unit", ["a-", "a'", "-", "1a", " ", "\n", "x ", "é&", "_", "a" * 50 + "-"])
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def prepare(size: int) -> Call:
        text = filled(unit, size)
        return lambda: tokenizer()(text)

    assert_grows(prepare, 8_000, 64_000)
