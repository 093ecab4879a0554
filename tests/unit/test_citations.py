"""Citations in text: every form of the table, every line of the lexicon, and what must hold for any text."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growth import Call, assert_grows, filled
from toezeggingen import lexicons
from toezeggingen.components.citations import LABEL, CitationFinder, Rule, create, rules
from toezeggingen.components.spans import found_in
from toezeggingen.errors import LexiconError

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "citations.jsonl").read_text(encoding="utf-8").splitlines()
]
TEXTS = [row for row in ROWS if "text" in row]


@functools.cache
def finder() -> CitationFinder:
    made = CitationFinder()
    made.initialize()
    return made


def ids_in(text: str) -> list[str]:
    return [name for found in finder().find(text) for name in (*found.value["ids"], *found.value["refs"])]


def test_every_row_has_an_id_of_its_own_and_one_kind() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {frozenset(row) for row in ROWS} == {
        frozenset({"id", "text", "citations"}),
        frozenset({"id", "name", "canonical"}),
        frozenset({"id", "line", "own_paper"}),
    }


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: row["id"])
def test_finds_what_the_row_says(row: dict[str, Any]) -> None:
    found = finder().find(row["text"])
    got = [{"text": row["text"][f.start : f.end], **f.value} for f in found]
    wanted = row["citations"]
    assert [{key: value[key] for key in want} for value, want in zip(got, wanted, strict=False)] == wanted
    assert len(got) == len(wanted), got


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_line_of_the_lexicon_does_what_its_example_shows(rule: Rule) -> None:
    found = finder().find(rule.example)
    assert tuple(ids_in(rule.example)) == rule.ids
    if rule.role:
        assert rule.role in [f.value["role"] for f in found]
    if not rule.words:
        assert rule.id in [f.rule for f in found]


def test_every_rule_that_is_found_by_can_be_looked_up() -> None:
    known = {rule.id for rule in rules()}
    assert {f.rule for row in TEXTS for f in finder().find(row["text"])} <= known


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: row["id"])
def test_a_span_begins_with_a_word_or_figure_and_ends_with_the_number(row: dict[str, Any]) -> None:
    end = 0
    for f in finder().find(row["text"]):
        quote = row["text"][f.start : f.end]
        assert f.start >= end
        assert quote[0].isalnum()
        assert quote[-1].isalnum() or quote.endswith(")")
        end = f.end


GAPS = st.sampled_from([" ", "\n", "\u00a0", "  ", " \n", "\n    "])
DASHES = st.sampled_from(["-", "–", "‐", "‑", "—", " - ", "-\n"])


@given(gaps=st.lists(GAPS, min_size=9, max_size=9), dash=DASHES, comma=st.sampled_from([",", ""]))
@settings(deadline=None)
def test_white_space_and_dashes_do_not_matter(gaps: list[str], dash: str, comma: str) -> None:
    a, b, c, d, e, f, g, h, i = gaps
    text = (
        f"Zie Kamerstukken{a}II,{b}vergaderjaar{c}2019{dash}2020,{d}35{e if len(e) == 1 else ' '}300{f}XIV{comma}{g}"
        f"nrs.{h}61{i}en 62, hierna."
    )
    assert ids_in(text) == ["kst-35300-XIV-61", "kst-35300-XIV-62"]
    text = f"Zie Aanhangsel{a}van de{b}Handelingen,{c}vergaderjaar{d}2016{dash}2017,{e}nr.{f}871."
    assert ids_in(text) == ["ah-tk-20162017-871"]


@given(
    st.integers(16_000, 39_999),
    st.sampled_from(["", " XVI", "-VII", " IXB", " hoofdstuk XV"]),
    st.integers(1, 4999),
    st.sampled_from([" ", "", "."]),
    st.sampled_from(["Kamerstuk ", "Kamerstukken II 2019/20, ", "(Kamerstuk TK ", "kamerstuk, "]),
)
@settings(deadline=None)
def test_a_written_paper_is_read_back(dossier: int, suffix: str, number: int, gap: str, head: str) -> None:
    digits = str(dossier)
    chapter = suffix.strip(" -").removeprefix("hoofdstuk ")
    wanted = "-".join(part for part in ("kst", digits, chapter, str(number)) if part)
    assert ids_in(f"{head}{digits[:2]}{gap}{digits[2:]}{suffix}, nr. {number}). Daarna 12 regels.") == [wanted]


PIECES = [
    *"0123456789 .,;:-–/()\nIVXABZDTK",
    "nr. ",
    "Kamerstuk ",
    "31 409",
    "kst-",
    "Stb. ",
    "2019/20",
    "Handelingen ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_spans_in_order_that_lie_inside_it(text: str) -> None:
    end = 0
    for f in finder().find(text):
        assert end <= f.start < f.end <= len(text)
        assert f.value["ids"] or f.value["refs"] or f.value["flags"]
        assert json.loads(json.dumps(f.value)) == f.value
        end = f.end


HOSTILE = [
    "1",
    " ",
    "(",
    "nr. ",
    "nr. 1, ",
    "31 409, ",
    "31 409-",
    "Kamerstuk ",
    "Kamerstuk 31 409, nr. 1, ",
    "Kamerstukken 31 409 en ",
    "k ",
    "ka-\n",
    "2019-",
    "Handelingen II 2019/20, ",
    "Aanhangsel van de ",
    "TK 12-",
    "I",
    "MOTIE ",
    "kst-31409-",
    "ECLI:NL:",
    "Stb. 2019",
    "de motie van 3 mei. ",
    "Kamerstuk" + " " * 70,
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def prepare(size: int) -> Call:
        text = filled(piece, size)
        return lambda: finder().find(text)

    assert_grows(prepare, 10_000, 40_000)


def test_the_component_marks_a_doc_and_travels_with_its_model(tmp_path: Path) -> None:
    nlp = spacy.blank("nl")
    component = create(nlp, "toezeggingen_citations")
    component.initialize()
    text = "Het plan (Kamerstuk 35300-XIV, nr. 8) is af."
    doc = component(nlp.make_doc(text))
    (found,) = found_in(doc, "citations")
    assert text[found.start : found.end] == "Kamerstuk 35300-XIV, nr. 8"
    assert [(span.label_, span.id_) for span in doc.spans["citations"]] == [(LABEL, "citation:kamerstuk")]

    component.to_disk(tmp_path / "citations")
    for copy in (
        CitationFinder().from_disk(tmp_path / "citations"),
        CitationFinder().from_bytes(component.to_bytes()),
    ):
        assert copy.to_bytes() == component.to_bytes()
        assert copy.find(text) == component.find(text)


def test_the_words_come_from_the_lexicon_that_is_given() -> None:
    own = lexicons.source("citations").decode("utf-8").replace('"motie", "moties"', '"voorstel"')
    changed = CitationFinder()
    changed.initialize(lexicon={"citations": own})
    text = "Het voorstel over pontjes (Kamerstuk 31 409, nr. 82)."
    assert [f.value["role"] for f in changed.find(text)] == ["motion"]
    assert [f.value["role"] for f in finder().find(text)] == ["reference"]


def test_a_bad_line_of_a_lexicon_says_where() -> None:
    with pytest.raises(LexiconError, match=r"citations\.jsonl:1"):
        CitationFinder().initialize(lexicon={"citations": '{"id": "kamerstuk"}'})
