"""The score: each rule of matching on a case made for it, and the figures of the scorer that came with the letters."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen.corpus import terms
from toezeggingen.letters.read import read as read_letter
from toezeggingen.training import findings, gold, scores
from toezeggingen.training.findings import Findings, Promise, Term
from toezeggingen.training.scores import Row

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from toezeggingen.training.quotes import Span

TEXT = (
    "Zwolle, 3 mei 2024\n"
    "Ik stuur uw Kamer in juni het plan voor de haven. Voor de zomer spreek ik de Raad voor Havens.\n"
    "Zie Kamerstuk 31 409, nr. 88 en Kamerstuk 31 409, nr. 93. De Raad voor Havens en de Raad zijn akkoord.\n"
)
SEND, TALK = "Ik stuur uw Kamer in juni het plan voor de haven", "Voor de zomer spreek ik de Raad voor Havens"
JUNE = (dt.date(2024, 6, 1), dt.date(2024, 6, 30))


def at(words: str, occurrence: int = 1) -> Span:
    """Where the words stand in TEXT."""
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def promise(words: str, kind: str = "inform", term: Term | None = None, **fields: str) -> Promise:
    return Promise(at(words), kind, fields.get("status", "made"), fields.get("strength", "firm"), term)


def wanted(quote: str, kind: str = "inform", **changes: Any) -> dict[str, Any]:
    """A gold commitment."""
    made = {"quote": quote, "kind": kind, "status": "made", "strength": "firm", "actor": "ik", "deadline": None}
    return made | changes


def annotated(**parts: Any) -> gold.Gold:
    """Gold of TEXT."""
    head: dict[str, Any] = {
        "date": None,
        "ministry": None,
        "chamber": None,
        "reference": None,
        "subject": None,
        "signatories": [],
    }
    return gold.parse(json.dumps({"letter": head | parts.pop("letter", {}), "commitments": [], **parts}).encode())


def scored(found: Findings, **parts: Any) -> scores.Score:
    return scores.score("brief", found, annotated(**parts))


def whats(score: scores.Score) -> list[str]:
    """The classes of the errors."""
    return [fault.what for fault in score.errors]


# --- figures ---------------------------------------------------------------------------------------------------------


def test_shares_of_a_row() -> None:
    row = Row(gold=4, found=5, right=2)
    assert (row.precision, row.recall) == (0.4, 0.5)
    assert row.f1 == pytest.approx(2 * 0.4 * 0.5 / 0.9)
    assert Row().f1 == Row(gold=3).precision == Row(found=3).recall == 0.0


def test_totals_add_up_counts_not_shares() -> None:
    one, two = scores.Score(), scores.Score()
    one.rows["citations"], two.rows["citations"] = Row(1, 1, 1), Row(9, 3, 0)
    one.fields["kind"] = Row(2, 2, 1)
    whole = scores.total([one, two])
    assert whole.rows["citations"] == Row(10, 4, 1)
    assert whole.accuracy("kind") == 0.5
    assert whole.accuracy("status") is None


# --- commitments -----------------------------------------------------------------------------------------------------


def test_what_is_right_what_is_missed_and_what_is_extra() -> None:
    found = Findings(TEXT, promises=(promise(SEND), promise("De Raad voor Havens en de Raad zijn akkoord", "act")))
    score = scored(found, commitments=[wanted(SEND), wanted(TALK, "act")])
    assert score.rows["commitments all"] == Row(2, 2, 1)
    assert score.rows["commitments inform"] == Row(1, 1, 1)
    assert [(fault.what, fault.text[:15]) for fault in score.errors] == [
        ("missed act", "Voor de zomer s"),
        ("extra act", "De Raad voor Ha"),
    ]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("stuur", 1),  # a part: all of the shorter one
        (TEXT, 1),  # the whole letter: all of the shorter one
        ("het plan voor de haven. Voor de zomer", 1),  # 18 of 31 characters
        ("de haven. Voor de zomer spreek ik", 0),  # 7 of 27
        (TALK, 0),
    ],
)
def test_half_of_the_shorter_one_is_enough(words: str, right: int) -> None:
    score = scored(Findings(TEXT, promises=(promise(words),)), commitments=[wanted(SEND)])
    assert score.rows["commitments all"].right == right


def test_each_is_matched_once_the_best_first() -> None:
    found = Findings(TEXT, promises=(promise("Ik stuur uw Kamer", strength="intended"), promise(SEND)))
    score = scored(found, commitments=[wanted(SEND)])
    assert score.rows["commitments all"] == Row(1, 2, 1)
    assert score.fields["strength"] == Row(1, 1, 1), "the longer one was to be matched"


def test_the_kind_counts_for_inform_only() -> None:
    score = scored(Findings(TEXT, promises=(promise(SEND, "act"),)), commitments=[wanted(SEND)])
    assert score.rows["commitments all"] == Row(1, 1, 1)
    assert score.rows["commitments inform"] == Row(1, 0, 0)
    assert score.accuracy("kind") == 0.0
    assert score.errors == []


@pytest.mark.parametrize("found", [(), (promise(TALK, "act"),)])
def test_an_optional_one_is_neither_missed_nor_counted(found: tuple[Promise, ...]) -> None:
    score = scored(Findings(TEXT, promises=found), commitments=[wanted(TALK, "act", optional=True)])
    assert score.rows["commitments all"] == Row()
    assert score.errors == []


def test_fields_are_compared_where_commitments_match() -> None:
    found = Findings(TEXT, promises=(promise(SEND, status="repeated"),))
    score = scored(found, commitments=[wanted(SEND), wanted(TALK, "act")])
    assert {name: score.fields[name] for name in ("kind", "status", "strength")} == {
        "kind": Row(1, 1, 1),
        "status": Row(1, 1, 0),
        "strength": Row(1, 1, 1),
    }


def test_a_quote_that_the_text_does_not_hold_is_told() -> None:
    score = scored(Findings(TEXT), commitments=[wanted("Ik stuur u niets")])
    assert score.unlocated == ["brief: Ik stuur u niets"]
    assert score.rows["commitments all"] == Row(1, 0, 0)


# --- deadlines -------------------------------------------------------------------------------------------------------

IN_JUNE = {"text": "in juni", "operator": "in", "from": "2024-06-01", "until": "2024-06-30"}


@pytest.mark.parametrize(
    ("term", "span", "interval", "errors"),
    [
        (Term(at("in juni"), "in", *JUNE), 1, 1, []),
        (Term(at("juni"), "in", *JUNE), 1, 1, []),
        (Term(at("in juni"), "in", JUNE[0], None), 1, 0, ["deadline interval"]),
        (Term(at("in juni"), "in", JUNE[0], dt.date(2024, 6, 29)), 1, 0, ["deadline interval"]),
        (Term(at("het plan"), "in", *JUNE), 0, 0, ["deadline missed"]),
        (None, 0, 0, ["deadline missed"]),
    ],
)
def test_a_term_is_right_by_its_words_and_by_its_days(
    term: Term | None, span: int, interval: int, errors: list[str]
) -> None:
    score = scored(Findings(TEXT, promises=(promise(SEND, term=term),)), commitments=[wanted(SEND, deadline=IN_JUNE)])
    found = int(term is not None)
    assert score.rows["deadline span"] == Row(1, found, span)
    assert score.rows["deadline interval"] == Row(1, found, interval)
    assert whats(score) == errors


def test_the_operator_is_compared_where_the_words_match() -> None:
    term = Term(at("in juni"), "by", *JUNE)
    score = scored(Findings(TEXT, promises=(promise(SEND, term=term),)), commitments=[wanted(SEND, deadline=IN_JUNE)])
    assert score.fields["deadline operator"] == Row(1, 1, 0)


def test_the_term_of_a_commitment_that_was_missed_is_missed() -> None:
    score = scored(Findings(TEXT), commitments=[wanted(SEND, deadline=IN_JUNE)])
    assert score.rows["deadline span"] == Row(1, 0, 0)


def test_the_term_of_an_extra_commitment_was_found_for_nothing() -> None:
    score = scored(Findings(TEXT, promises=(promise(SEND, term=Term(at("in juni"), "in", *JUNE)),)))
    assert score.rows["deadline span"] == Row(0, 1, 0)


def test_a_term_outside_its_quote_is_found_where_it_stands() -> None:
    term = Term(at("Voor de zomer"), "before", None, dt.date(2024, 7, 4))
    before_summer = {"text": "Voor de zomer", "operator": "before", "from": None, "until": "2024-07-04"}
    score = scored(
        Findings(TEXT, promises=(promise(SEND, term=term),)), commitments=[wanted(SEND, deadline=before_summer)]
    )
    assert score.rows["deadline interval"] == Row(1, 1, 1)


@pytest.mark.parametrize(
    ("words", "operator", "days", "same"),
    [
        ("voor 1 juli", "before", 0, True),
        ("voor 1 juli", "before", 1, False),
        ("voor de zomer", "before", 15, True),
        ("voor de zomer", "before", 16, False),
        ("in de zomer", "in", 1, False),  # a season itself has its days
        ("na het meireces", "after", -10, True),
        ("na het meireces", "after", 11, False),
        ("voor het zomerreces", "by", 15, True),  # the wider of two
        ("voor het einde van het jaar", "before", -16, True),
        ("voor het einde van dit jaar", "before", 17, False),
        ("rond Kerst", "around", 16, True),
    ],
)
def test_terms_around_recesses_and_seasons_have_leeway(words: str, operator: str, days: int, same: bool) -> None:
    day = dt.date(2024, 7, 4)
    other = day + dt.timedelta(days=days)
    for bounds, found in (((None, day), (None, other)), ((day, None), (other, None))):
        assert terms.same_days(gold.Term(words, operator, *bounds), *found) is same  # type: ignore[arg-type]


def test_leeway_fills_no_gaps() -> None:
    term = gold.Term("voor de zomer", "before", None, dt.date(2024, 7, 4))
    assert not terms.same_days(term, None, None)
    assert not terms.same_days(term, dt.date(2024, 7, 4), dt.date(2024, 7, 4))


# --- citations -------------------------------------------------------------------------------------------------------

CITED = [
    {"quote": "Kamerstuk 31 409, nr. 88", "ids": ["kst-31409-88"]},
    {"quote": "Kamerstuk 31 409, nr. 93", "ids": ["kst-31409-93"]},
]


def test_a_citation_is_right_by_place_and_id() -> None:
    found = (
        (at("31 409, nr. 88"), ("kst-31409-88",)),
        (at("Kamerstuk 31 409, nr. 93"), ("kst-31409-39",)),
        (at("het plan"), ("kst-31409-93",)),
    )
    score = scored(Findings(TEXT, citations=found), citations=CITED)
    assert score.rows["citations"] == Row(2, 3, 1)
    assert sorted(whats(score)) == ["citation extra", "citation extra", "citation missed"]


def test_ids_are_counted_one_by_one() -> None:
    two = [{"quote": "Kamerstuk 31 409, nr. 88 en Kamerstuk 31 409, nr. 93", "ids": ["kst-31409-88", "kst-31409-93"]}]
    found = ((at(two[0]["quote"]), ("kst-31409-93", "kst-31409-88", "kst-31409-88")),)  # type: ignore[arg-type]
    assert scored(Findings(TEXT, citations=found), citations=two).rows["citations"] == Row(2, 3, 2)


def test_equal_quotes_are_taken_in_order() -> None:
    twice = [{"quote": "Kamerstuk 31 409", "ids": ["kst-31409"]}] * 2
    found = tuple((at("31 409", n), ("kst-31409",)) for n in (1, 2))
    assert scored(Findings(TEXT, citations=found), citations=twice).rows["citations"] == Row(2, 2, 2)


def test_where_the_letter_names_itself_nothing_is_counted() -> None:
    found = Findings(TEXT, citations=((at("31 409, nr. 88"), ("kst-31409-88",)),))
    score = scored(found, self=[{"quote": "Kamerstuk 31 409, nr. 88", "ids": ["kst-31409-88"]}])
    assert score.rows["citations"] == Row()


# --- bodies ----------------------------------------------------------------------------------------------------------


def test_half_of_the_longer_one_is_needed() -> None:
    bodies = [{"quote": "Raad voor Havens", "type": "advisory", "count": 2}]
    found = Findings(TEXT, bodies=(at("Raad"), at("Raad voor Havens en", 1)))
    score = scored(found, bodies=bodies)
    assert score.rows["bodies"] == Row(2, 2, 1)
    assert sorted(whats(score)) == ["body extra", "body missed"]


def test_a_short_form_inside_a_long_one_is_not_asked_for_again() -> None:
    bodies = [{"quote": "Raad", "type": "advisory"}, {"quote": "Raad voor Havens", "type": "advisory", "count": 2}]
    found = Findings(TEXT, bodies=(at("Raad voor Havens"), at("Raad voor Havens", 2), at("Raad", 3)))
    assert scored(found, bodies=bodies).rows["bodies"] == Row(3, 3, 3)


def test_more_than_was_counted_is_neither_right_nor_wrong() -> None:
    found = Findings(TEXT, bodies=(at("Raad voor Havens"), at("Raad voor Havens", 2)))
    for count, right in ((0, 0), (1, 1)):
        bodies = [{"quote": "Raad voor Havens", "type": "advisory", "count": count}]
        assert scored(found, bodies=bodies).rows["bodies"] == Row(count, right, right)


def test_bodies_are_not_scored_where_nobody_annotated_them() -> None:
    assert scored(Findings(TEXT, bodies=(at("Raad"),))).rows["bodies"] == Row()


# --- the head --------------------------------------------------------------------------------------------------------


def test_date_and_ministry_are_compared_where_the_gold_has_them() -> None:
    found = Findings(TEXT, date=dt.date(2024, 5, 3), ministry="BZK")
    score = scored(found, letter={"date": "2024-05-03", "ministry": "IenW"})
    assert (score.fields["letter date"], score.fields["ministry"]) == (Row(1, 1, 1), Row(1, 1, 0))
    assert scored(found).accuracy("letter date") is None


# --- laws ------------------------------------------------------------------------------------------------------------

SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 60)).map(lambda s: (s[0], min(s[0] + s[1], len(TEXT)))),
    max_size=8,
)


@given(SPANS, SPANS, st.booleans())
def test_pairs_are_one_to_one_and_share_half(ours: list[Span], theirs: list[Span], of_longer: bool) -> None:
    ruler = scores.Ruler(TEXT)
    pairs = ruler.pairs(ours, theirs, of_longer=of_longer)
    assert len(set(pairs.values())) == len(pairs)
    for w, f in pairs.items():
        sizes = ruler.size(ours[w]), ruler.size(theirs[f])
        assert 2 * ruler.shared(ours[w], theirs[f]) >= (max(sizes) if of_longer else min(sizes)) > 0


@given(SPANS)
def test_gold_held_against_itself_is_all_right(spans: list[Span]) -> None:
    ruler = scores.Ruler(TEXT)
    inked = [span for span in spans if ruler.size(span)]
    assert len(ruler.pairs(inked, inked, of_longer=True)) == len(inked)


# --- the scorer that came with the letters ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared() -> Path:
    """The folder of the real letters."""
    folder = gold.checkout().parent / "shared"
    if not (folder / "score.py").is_file():
        pytest.skip("no ../shared with score.py and letters beside the checkout")
    return folder


@pytest.mark.shared
def test_figures_and_errors_are_those_of_the_scorer_that_came_with_the_letters(
    shared: Path, nlp: Language, tmp_path: Path
) -> None:
    from toezeggingen import pipeline, records

    ours: list[scores.Score] = []
    lines: list[str] = []
    for letter, path in gold.letters(shared / "letters" / "gold", shared / "letters" / "text"):
        record = pipeline.record_of(read_letter(letter), nlp=nlp)
        ours.append(scores.score(letter.stem, findings.of_record(record), gold.read(path)))
        lines.append(records.to_line(record) + "\n")
    (tmp_path / "records.jsonl").write_text("".join(lines), encoding="utf-8")
    score_py, wanted_in = str(shared / "score.py"), str(shared / "letters" / "gold")
    command = [sys.executable, score_py, "records.jsonl", wanted_in, "--json", "--errors", "errors.tsv"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=300)
    theirs, whole = json.loads(done.stdout), scores.total(ours)

    assert theirs["letters"] == len(ours)
    assert theirs["faults"] == []
    assert theirs["rows"] == {
        name: {"gold": row.gold, "found": row.found, "right": row.right}
        | {
            key: round(share, 4)
            for key, share in (("precision", row.precision), ("recall", row.recall), ("f1", row.f1))
        }
        for name, row in whole.rows.items()
    }
    assert theirs["fields"] == {
        name: {"right": row.right, "of": row.gold, "accuracy": round(row.recall, 4) if row.gold else None}
        for name, row in whole.fields.items()
    }
    told = (tmp_path / "errors.tsv").read_text(encoding="utf-8").splitlines()
    assert sorted(told) == sorted(f"{fault.letter}\t{fault.what}\t{fault.text}" for fault in whole.errors)
