"""Where a sentence ends: a table, every abbreviation by its own example, and what no text may do."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import Call, assert_grows, filled
from toezeggingen import lexicons
from toezeggingen.components.sentences import SentenceSplitter
from toezeggingen.errors import LexiconError

CASES = Path(__file__).parents[1] / "cases" / "sentences.jsonl"


@cache
def splitter() -> SentenceSplitter:
    made = SentenceSplitter()
    made.initialize()
    return made


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def parts(text: str, made: SentenceSplitter | None = None) -> list[str]:
    starts = (made or splitter()).find(text)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if start < end]


# ---- the table: the sentences of a text, which is their sum ----


def test_the_table() -> None:
    """The rows marked as known failures are those that fail, no more and no less."""
    cases = rows(CASES.read_text(encoding="utf-8"))
    assert len(cases) >= 35
    failing = {case["id"]: parts("".join(case["sentences"])) for case in cases}
    failing = {case["id"]: failing[case["id"]] for case in cases if failing[case["id"]] != case["sentences"]}
    known = {case["id"] for case in cases if case.get("known_failure")}
    assert failing.keys() == known, {
        key: failing.get(key, "now right: take the mark off") for key in failing.keys() ^ known
    }


# ---- the abbreviations ----


@pytest.mark.parametrize("line", rows(lexicons.source("abbreviations").decode("utf-8")), ids=lambda line: line["id"])
def test_every_abbreviation_works_in_its_example(line: dict[str, Any]) -> None:
    """One that may end a sentence does so in its example, another does not."""
    example = line["example"]
    place = example.lower().index(line["id"] + ".")
    assert place == 0 or not example[place - 1].isalnum()
    assert example[place + len(line["id"]) + 1] == " "
    end = place + len(line["id"]) + 2
    assert ((end in splitter().find(example)), len(parts(example))) == ((True, 2) if line["ends"] else (False, 1))


def test_the_lines_of_the_lexicon_make_the_difference() -> None:
    """Without the lexicon every example is cut otherwise, but for short initials and plain words that may end one."""
    lines = rows(lexicons.source("abbreviations").decode("utf-8"))
    bare = SentenceSplitter()
    bare.initialize(lexicon={"abbreviations": ""})
    same = {line["id"] for line in lines if bare.find(line["example"]) == splitter().find(line["example"])}
    initials = {line["id"] for line in lines if all(len(part) == 1 for part in line["id"].split("."))}
    enders = {line["id"] for line in lines if line["ends"]}
    assert same == {line for line in initials - enders if len(line) <= 6} | (enders - initials)


def test_words_may_be_given() -> None:
    own = SentenceSplitter()
    own.initialize(
        lexicon={
            "abbreviations": '{"id": "dhr", "ends": false, "example": "x"}\n{"id": "c.s", "ends": true, "example": "x"}'
        }
    )
    assert parts("Dat vroeg dhr. Vos c.s. Het antwoord is nr. Vier.", own) == [
        "Dat vroeg dhr. Vos c.s. ",
        "Het antwoord is nr. ",
        "Vier.",
    ]


def test_a_line_without_its_keys_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"abbreviations\.jsonl:1: lacks ends"):
        SentenceSplitter().initialize(lexicon={"abbreviations": '{"id": "dhr", "example": "x"}'})


# ---- any text ----

PIECES = st.sampled_from(
    [
        "De",
        "brug",
        "nr.",
        "36",
        "c.s.",
        "A.",
        "(",
        ")",
        "»",
        "“",
        ".",
        "!",
        "…",
        "?",
        "\n",
        "\n\n",
        "\u00a0",
        "•",
        "Één",
        "'",
        ",",
    ]
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=20).map("".join)
    )
)
@settings(max_examples=400, deadline=None)
def test_any_text(text: str) -> None:
    starts = splitter().find(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(0 <= start <= len(text) for start in starts)
    assert "".join(parts(text)) == text
    assert all(text[start - 1].isspace() for start in starts[1:]), "a sentence begins behind white space"


@given(st.lists(PIECES, max_size=30).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_the_sentences_of_a_doc_are_those_found(text: str) -> None:
    nlp = pipeline()
    doc = nlp(text)
    assert doc.text == text
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
    starts = {sentence.start_char for sentence in doc.sents}
    for start in splitter().find(text):
        first = next((token for token in doc if token.idx + len(token.text_with_ws) > start), None)
        assert first is None or first.idx in starts


@cache
def pipeline() -> Any:
    config = {"nlp": {"tokenizer": {"@tokenizers": "toezeggingen.LetterTokenizer.v1"}}}
    nlp = spacy.blank("nl", config=config)
    nlp.add_pipe("toezeggingen_sentences").initialize()  # type: ignore[attr-defined]
    return nlp


@pytest.mark.parametrize(
    "unit", [". ", "A. ", "nr. ", "\n", " ", ".", "...A", "!”) ", "a.b.", "x.\n", "(", "“", "1. ", "c.s. ", "é. É"]
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def prepare(size: int) -> Call:
        text = filled(unit, size)
        return lambda: splitter().find(text)

    assert_grows(prepare, 8_000, 64_000)


# ---- in a pipeline ----


def test_marks_in_a_doc() -> None:
    doc = pipeline()("De brug is klaar. De weg volgt.\nBruggen")
    assert [sentence.text for sentence in doc.sents] == ["De brug is klaar.", "De weg volgt.\n", "Bruggen"]
    assert len(pipeline()("")) == 0


def test_storing(tmp_path: Path) -> None:
    own = SentenceSplitter()
    own.initialize(lexicon={"abbreviations": '{"id": "xyz", "ends": false, "example": "x"}'})
    text = "Dat is xyz. De Wit nr. Vier."
    own.to_disk(tmp_path / "sentences")
    for other in (SentenceSplitter().from_disk(tmp_path / "sentences"), SentenceSplitter().from_bytes(own.to_bytes())):
        assert other.find(text) == own.find(text) == [0, text.index("Vier")]
