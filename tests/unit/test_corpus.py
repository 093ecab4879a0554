"""The corpus: its form, its checks, how reviewed letters get into it, and what stands in the repository."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from toezeggingen import cli, records
from toezeggingen.batch.lines import FileError
from toezeggingen.corpus import adding, form, terms
from toezeggingen.corpus.check import Known, check_lines
from toezeggingen.training import agreement, corpus_page, gold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CORPUS = gold.checkout() / "corpus"
TEXT = (
    "Zwolle, 3 mei 2024\n\nIk stuur uw Kamer in juni het plan. Ook spreek ik met de gemeente Zwolle.\n"
    "De provincies leveren in mei hun kaarten aan (Kamerstuk 36 700, nr. 12).\n"
)
PROMISE = "Ik stuur uw Kamer in juni het plan"
TALK = "Ook spreek ik met de gemeente Zwolle"
MISS = "De provincies leveren in mei hun kaarten aan"


def span(quote: str, **more: Any) -> dict[str, Any]:
    """A quote of TEXT with its place."""
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote, **more}


def line(**changes: Any) -> dict[str, Any]:
    """A line of the corpus about TEXT, with changes at its top level."""
    values = {"status": "made", "strength": "firm", "actor": "ik"}
    term = span("in juni", operator="in", until="2024-06-30") | {"from": "2024-06-01"}
    head = {"date": "2024-05-03", "ministry": "IenW", "chamber": "TK", "reference": None, "subject": None}
    return {
        "schema": form.SCHEMA,
        "name": "brief-ienw-2024",
        "text": TEXT,
        "letter": head | {"signatories": [{"name": None, "office": "minister"}]},
        "commitments": [
            span(PROMISE, kind="inform", deadline=term, **values),
            span(TALK, kind="act", deadline=None, **values),
        ],
        "near_misses": [span(MISS) | {"class": "third-party"}],
        "citations": [span("Kamerstuk 36 700, nr. 12", ids=["kst-36700-12"])],
        "self": [],
        "bodies": [span("uw Kamer", type="parliament"), span("gemeente Zwolle", type="local")],
        "doubts": [],
    } | changes


def reviewed(verdicts: tuple[str, str, str] = ("accepted", "changed", "accepted"), **changes: Any) -> dict[str, Any]:
    """A reviewed line: the verdicts on both commitments and the near miss."""
    parts = (("commitments", PROMISE), ("commitments", TALK), ("near_misses", MISS))
    decisions = [
        {"part": part, "start": span(quote)["start"], "end": span(quote)["end"], "decision": verdict}
        for (part, quote), verdict in zip(parts, verdicts, strict=True)
    ]
    return line(decisions=decisions) | changes


def written(path: Path, *held: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(one)}\n" for one in held), encoding="utf-8")
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


# --- the form --------------------------------------------------------------------------------------------------------


def test_a_line_is_read_into_values() -> None:
    letter = form.from_line(json.dumps(line()))
    first, second = letter.commitments
    assert first.deadline is not None
    assert (first.deadline.from_, first.deadline.until) == (dt.date(2024, 6, 1), dt.date(2024, 6, 30))
    assert (second.deadline, second.optional, letter.annotation, letter.source) == (None, False, 1, None)
    assert letter.near_misses[0].class_ == "third-party"


def test_what_holds_its_default_is_left_out_of_a_line() -> None:
    held = json.loads(form.to_line(form.from_line(json.dumps(line()))))
    assert held == line()
    noted = line(annotation=2, aside=[span("Zwolle", type="local")])
    assert json.loads(form.to_line(form.from_line(json.dumps(noted)))) == noted


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DAYS = st.none() | st.dates()


@st.composite
def spans(draw: st.DrawFn, text: str) -> dict[str, Any]:
    places = [place for place, char in enumerate(text) if not char.isspace()]
    start, end = sorted((draw(st.sampled_from(places)), draw(st.sampled_from(places))))
    return {"start": start, "end": end + 1, "text": text[start : end + 1]}


@st.composite
def letters(draw: st.DrawFn) -> form.Letter:
    text = f"{draw(WORDS)}x{draw(WORDS)}"
    notes, held = st.none() | WORDS, spans(text)

    def several(make: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
        return [make() for _ in range(draw(st.integers(0, 2)))]

    def one_of(literal: object) -> Any:
        return draw(st.sampled_from(get_args(literal)))

    def term() -> dict[str, Any] | None:
        days = {"operator": one_of(records.Operator), "from": draw(DAYS), "until": draw(DAYS), "note": draw(notes)}
        return draw(st.none() | held.map(lambda place: place | days))

    def commitment() -> dict[str, Any]:
        values = {"kind": one_of(records.Kind), "status": one_of(records.Status), "strength": one_of(records.Strength)}
        values |= {"actor": draw(st.sampled_from(["ik", "passive", "agency:RWS"])), "deadline": term()}
        return draw(held) | values | {"optional": draw(st.booleans()), "note": draw(notes)}

    def citation() -> dict[str, Any]:
        return draw(held) | {"ids": ["kst-1-2"], "dossiers": draw(st.lists(st.just("1"), max_size=1))}

    def body() -> dict[str, Any]:
        return draw(held) | {"type": one_of(records.BodyType), "note": draw(notes)}

    return form.Letter.model_validate(
        {
            "schema": form.SCHEMA,
            "name": "brief",
            "annotation": draw(st.integers(1, 3)),
            "source": draw(st.none() | WORDS.map(lambda path: {"path": path})),
            "text": text,
            "letter": line()["letter"] | {"date": draw(DAYS), "subject": draw(notes), "note": draw(notes)},
            "commitments": several(commitment),
            "near_misses": several(lambda: draw(held) | {"class": one_of(form.NearMissClass), "note": draw(notes)}),
            "citations": several(citation),
            "self": several(citation),
            "bodies": several(body),
            "aside": several(body),
            "doubts": draw(st.lists(WORDS, max_size=2)),
        }
    )


@given(letters())
def test_a_letter_comes_back_from_its_line(letter: form.Letter) -> None:
    held = form.to_line(letter)
    assert len(held.splitlines()) == 1
    assert form.from_line(held) == letter


# --- what is wrong with a line ---------------------------------------------------------------------------------------


def problems(*held: dict[str, Any]) -> list[str]:
    lines = [(number, json.dumps(one)) for number, one in enumerate(held, start=1)]
    return [str(problem) for checked in check_lines("a.jsonl", lines, Known()) for problem in checked.problems]


def changed(key: str, number: int, **values: Any) -> dict[str, Any]:
    """The line with values of one part changed."""
    held = line()
    held[key][number] |= values
    return held


def with_term(**values: Any) -> dict[str, Any]:
    held = line()
    held["commitments"][0]["deadline"] |= values
    return held


def with_words(words: str, *days: str | None, written: str = "2024-05-03", **more: Any) -> dict[str, Any]:
    """A letter of one promise with a term of these words, its operator and its days."""
    text = f"Ik stuur u {words} het plan."
    term = {"start": 11, "end": 11 + len(words), "text": words} | dict(
        zip(("operator", "from", "until"), days, strict=True)
    )
    promise = line()["commitments"][1] | {"start": 0, "end": len(text) - 1, "text": text[:-1], "deadline": term | more}
    head = line()["letter"] | {"date": written}
    empty: dict[str, Any] = {key: [] for key in ("near_misses", "citations", "self", "bodies")}
    return line(text=text, letter=head, commitments=[promise], **empty)


def test_a_line_that_is_right_has_no_problems() -> None:
    assert problems(line()) == []


@pytest.mark.parametrize(
    ("held", "part", "what"),
    [
        (changed("commitments", 1, start=1), "commitments 2", "text[1:"),
        (with_term(start=0, end=7), "commitments 1, deadline", "text[0:7] is 'Zwolle,', not 'in juni'"),
        (changed("bodies", 0, **span(" uw Kamer")), "bodies 1", "begins or ends with white space"),
        (changed("commitments", 0, kind="informing"), "commitments 1, kind", "found 'informing'"),
        (changed("commitments", 0, actor="hij"), "commitments 1, actor", "'hij' is no actor"),
        (changed("commitments", 0, kinds="inform"), "commitments 1, kinds", "Extra inputs are not permitted"),
        (changed("near_misses", 0, **{"class": "maybe"}), "near_misses 1, class", "found 'maybe'"),
        (changed("citations", 0, ids=["36700-12"]), "citations 1, ids 1", "found '36700-12'"),
        (changed("bodies", 0, type="council"), "bodies 1, type", "found 'council'"),
        (with_term(until="2024-06-31"), "commitments 1, deadline, until", "found '2024-06-31'"),
        (line(schema="toezeggingen.corpus/2"), "schema", "found 'toezeggingen.corpus/2'"),
        (line(name="Brief van IenW"), "name", "found 'Brief van IenW'"),
        (line(bodies=[span("uw Kamer", type="parliament")] * 2), "bodies 2", "the same span as bodies 1"),
        (line(aside=[span("Kamer", type="parliament")]), "aside 1", "overlaps bodies 1"),
        (line(aside=[span("uw Kamer", type="parliament")]), "aside 1", "overlaps bodies 1"),
        (line(near_misses=[span("het plan") | {"class": "other"}]), "near_misses 1", "overlaps commitments 1"),
        (with_term(operator="before"), "commitments 1, deadline", "a term with 'before' has no first day"),
        (with_term(until="2024-05-31"), "commitments 1, deadline", "from 2024-06-01 is later than until 2024-05-31"),
        (with_term(until="2024-06-29"), "commitments 1, deadline", "'in juni' is read as in 2024-06-01..2024-06-30"),
    ],
)
def test_a_problem_is_one_line_with_its_place(held: dict[str, Any], part: str, what: str) -> None:
    (problem,) = problems(held)
    assert problem.startswith(f"a.jsonl:1: {part}: ")
    assert what in problem
    assert "\n" not in problem


def test_every_problem_of_a_line_is_told() -> None:
    held = changed("commitments", 0, kind="informing", status="done")
    held["bodies"][1]["type"] = "council"
    assert [problem.split(": ")[1] for problem in problems(held)] == [
        "commitments 1, kind", "commitments 1, status", "bodies 2, type",
    ]  # fmt: skip


def test_what_is_no_json_is_told() -> None:
    (checked,) = check_lines("a.jsonl", [(7, "{")], Known())
    assert [str(problem)[:11] for problem in checked.problems] == ["a.jsonl:7: "]
    assert checked.letter is None


@pytest.mark.parametrize(
    ("held", "differs"),
    [
        (with_words("in juni", "in", "2024-06-01", "2024-06-30"), False),
        (with_words("in juni", "in", None, None), True),
        (with_words("in juni", "in", "2025-06-01", "2025-06-30"), True),
        (with_words("in juni", "in", "2025-06-01", "2025-06-30", note="the June after next"), False),
        (with_words("voor het zomerreces", "before", None, "2024-06-27"), False),  # some days of leeway
        (with_words("voor het zomerreces", "before", None, "2024-05-27"), True),
        (with_words("na afloop van de proef", "after", "2024-09-01", None), False),  # an event: its day is elsewhere
        (with_words("als de bladeren vallen", "in", "2024-10-01", "2024-10-31"), False),  # no grammar knows it
        (with_words("in juni", "in", None, None) | {"annotation": 2}, False),  # a blind one stays as it was made
    ],
)
def test_the_days_of_a_term_are_those_of_its_words(held: dict[str, Any], differs: bool) -> None:
    assert bool(problems(held)) is differs


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (line(name="andere-brief"), ["a.jsonl:2: text: the same letter stands at a.jsonl:1 already"]),
        (line(name="andere-brief", annotation=2), []),
        (
            with_words("in juni", "in", "2024-06-01", "2024-06-30"),
            ["a.jsonl:2: name: the name 'brief-ienw-2024' stands at a.jsonl:1 already"],
        ),
    ],
)
def test_no_letter_stands_there_twice(other: dict[str, Any], told: list[str]) -> None:
    assert problems(line(), other) == told


def test_the_same_letter_is_known_however_its_lines_are_broken() -> None:
    assert form.text_hash("Ik stuur u\nhet plan. ") == form.text_hash("Ik stuur  u het plan.")
    assert form.text_hash("Ik stuur u het plan.") != form.text_hash("Ik stuur u een plan.")


# --- the verb `check` ------------------------------------------------------------------------------------------------


def test_check_of_a_folder(tmp_path: Path) -> None:
    written(tmp_path / "train" / "letters.jsonl", line())
    done = call("check", tmp_path)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "1 letter, 0 problems\n")
    test = written(tmp_path / "test" / "letters.jsonl", line(name="b"), changed("bodies", 0, type="council"))
    done = call("check", tmp_path)
    assert done.exit_code == 1
    assert [told.split(": ")[0] for told in done.stdout.splitlines()] == [
        f"{test}:2", f"{tmp_path / 'train' / 'letters.jsonl'}:1",
    ]  # fmt: skip
    assert done.stderr == "3 letters, 2 problems\n"


def test_check_of_a_file(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", line(), line(name="b"))
    done = call("check", file)
    assert (done.exit_code, done.stdout) == (1, f"{file}:2: text: the same letter stands at {file}:1 already\n")


@pytest.mark.parametrize(("name", "told"), [("", "no corpus in this folder"), ("weg.jsonl", "there is no such file")])
def test_check_of_what_is_not_there(tmp_path: Path, name: str, told: str) -> None:
    done = call("check", tmp_path / name)
    assert done.exit_code == 1
    assert told in done.stderr


# --- adding reviewed letters -----------------------------------------------------------------------------------------


@pytest.fixture
def train(tmp_path: Path) -> Path:
    """The train folder of a corpus without letters."""
    folder = tmp_path / "corpus" / "train"
    folder.mkdir(parents=True)
    return folder


def test_a_reviewed_letter_is_added_without_its_decisions(tmp_path: Path, train: Path) -> None:
    done = call("corpus", "add", written(tmp_path / "in.jsonl", reviewed()), "--to", train)
    assert (done.exit_code, done.stderr) == (0, f"1 letter added to {train}\n"), done.stderr
    assert [json.loads(held) for held in (train / adding.FILE).read_text(encoding="utf-8").splitlines()] == [line()]
    assert [path.name for path in train.iterdir()] == [adding.FILE], "nothing is left behind"
    assert call("check", train).exit_code == 0


def test_lines_that_are_there_stay_as_they_are(tmp_path: Path, train: Path) -> None:
    before = form.to_line(form.from_line(json.dumps(with_words("in juni", "in", "2024-06-01", "2024-06-30"))))
    before = before.replace('"schema":', '"schema" :')
    (train / adding.FILE).write_text(f"{before}\n", encoding="utf-8")
    added, wrong = adding.add(str(written(tmp_path / "in.jsonl", reviewed(name="b"))), train)
    assert ([one.name for one in added], wrong) == (["b"], [])
    assert (train / adding.FILE).read_text(encoding="utf-8").splitlines() == [before, form.to_line(added[0])]


def test_decisions_are_carried_out() -> None:
    held = reviewed(("rejected", "accepted", "rejected"))
    held["decisions"][0] |= {"class": "stance", "note": "no promise", "by": "griffie", "at": "2026-03-02"}
    letter, wrong = adding.reviewed(json.dumps(held))
    assert (wrong, letter is not None) == ([], True)
    assert letter is not None
    assert [c.text for c in letter.commitments] == [TALK]
    assert [(m.text, m.class_, m.note) for m in letter.near_misses] == [(PROMISE, "stance", "no promise")]
    assert "griffie" not in form.to_line(letter)


def _without_decision() -> dict[str, Any]:
    held = reviewed()
    del held["decisions"][1]
    return held


def _decided(**values: Any) -> dict[str, Any]:
    """A reviewed line with one decision more, which is the first one changed."""
    held = reviewed()
    held["decisions"].append(held["decisions"][0] | values)
    return held


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (_without_decision(), "commitments 2: nothing was decided about it"),
        (_decided(), "decisions 4: commitments 1 has a decision already"),
        (_decided(start=0, end=3), "decisions 4: there is no commitments at 0..3"),
        (_decided(decision="perhaps"), "decisions 4, decision: "),
        (line(), "decisions: Field required"),
        (reviewed(bodies=[span("uw Kamer", type="parliament")] * 2), "bodies 2: the same span as bodies 1"),
        (reviewed(text=TEXT.replace("plan", "doel")), "commitments 1: text["),
    ],
)
def test_what_fails_the_check_is_not_added(tmp_path: Path, train: Path, held: dict[str, Any], told: str) -> None:
    good = reviewed() | with_words("in juni", "in", "2024-06-01", "2024-06-30") | {"name": "goed"}
    good["decisions"] = [{"part": "commitments", "start": 0, "end": len(good["text"]) - 1, "decision": "accepted"}]
    file = written(tmp_path / "in.jsonl", held, good)
    done = call("corpus", "add", file, "--to", train)
    assert done.exit_code == 1
    assert f"{file}:1: {told}" in done.stderr
    assert [json.loads(one)["name"] for one in (train / adding.FILE).read_text("utf-8").splitlines()] == ["goed"]


def test_no_letter_is_added_twice(tmp_path: Path, train: Path) -> None:
    """Not to the same set, not to the one beside it, and not from one file."""
    again = reviewed(text=TEXT + "\n", name="zelfde-brief")  # the same letter from another dump
    file = written(tmp_path / "in.jsonl", reviewed(), again)
    added, wrong = adding.add(str(file), train)
    assert [one.name for one in added] == ["brief-ienw-2024"]
    assert [str(one) for one in wrong] == [f"{file}:2: text: the same letter stands at {file}:1 already"]
    before = (train / adding.FILE).read_bytes()
    beside = train.parent / "test"
    beside.mkdir()
    for folder in (train, beside):
        added, wrong = adding.add(str(written(tmp_path / "in.jsonl", reviewed(name="ander"))), folder)
        assert (added, len(wrong)) == ([], 1)
        assert "the same letter stands at" in str(wrong[0])
    assert (train / adding.FILE).read_bytes() == before
    assert not (beside / adding.FILE).exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = call("corpus", "add", written(tmp_path / "in.jsonl", reviewed()), "--to", tmp_path / "weg")
    assert (done.exit_code, "there is no such folder" in done.stderr) == (1, True)


def test_a_broken_corpus_is_not_added_to(tmp_path: Path, train: Path) -> None:
    (train / adding.FILE).write_text("{\n", encoding="utf-8")
    done = call("corpus", "add", written(tmp_path / "in.jsonl", reviewed()), "--to", train)
    assert (done.exit_code, f"{adding.FILE}:1: " in done.stderr) == (1, True)
    assert (train / adding.FILE).read_text(encoding="utf-8") == "{\n"
    assert len(list(train.iterdir())) == 1


def test_two_at_a_time_lose_nothing(tmp_path: Path, train: Path) -> None:
    """One of them adds, or is told to wait."""
    files = []
    for number in range(8):
        text = TEXT.replace("Zwolle, 3", f"Zwolle, {number}")
        files.append(written(tmp_path / f"{number}.jsonl", reviewed(text=text, name=f"brief-{number}")))
    told: list[int] = []

    def add(file: Path) -> None:
        try:
            told.append(len(adding.add(str(file), train)[0]))
        except FileError as error:
            assert "somebody is adding" in str(error)  # noqa: PT017

    threads = [threading.Thread(target=add, args=(file,)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = (train / adding.FILE).read_text(encoding="utf-8").splitlines()
    assert len(held) == sum(told) > 0


# --- agreement -------------------------------------------------------------------------------------------------------


def _compared(**second: Any) -> agreement.Agreement:
    one, other = (form.from_line(json.dumps(held)) for held in (line(), line(**second)))
    return agreement.compare([(one, other)])


def test_a_letter_agrees_with_itself() -> None:
    found = _compared()
    assert {name: row.f1 for name, row in found.rows.items()} == dict.fromkeys(agreement.ROWS, 1.0)
    assert all(one == other for pairs in found.fields.values() for one, other in pairs)


@pytest.mark.parametrize(
    ("second", "row", "counts"),
    [
        ({"commitments": line()["commitments"][:1]}, "commitments", (2, 1, 1)),
        (changed("commitments", 1, optional=True), "commitments", (1, 1, 1)),
        ({"commitments": [with_term(until="2024-06-15")["commitments"][0]]}, "deadlines, place", (1, 1, 1)),
        ({"commitments": [with_term(until="2024-06-15")["commitments"][0]]}, "deadlines, place and days", (1, 1, 0)),
        ({"citations": [span("Kamerstuk 36 700, nr. 12", ids=["kst-36700-1"])]}, "citations", (1, 1, 0)),
        ({"bodies": [span("Kamer", type="parliament"), span("Zwolle", type="local")]}, "bodies", (2, 2, 1)),
        ({"near_misses": []}, "near misses", (0, 0, 0)),
    ],
)  # fmt: skip
def test_what_differs_is_counted(second: dict[str, Any], row: str, counts: tuple[int, int, int]) -> None:
    found = _compared(**second | {"annotation": 2}).rows[row]
    assert (found.gold, found.found, found.right) == counts


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("a", "a")] * 3, None),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], expected: float | None) -> None:
    assert agreement.kappa(pairs) == (None if expected is None else pytest.approx(expected))


# --- what stands in the repository -----------------------------------------------------------------------------------


def test_the_corpus_has_no_problems() -> None:
    done = call("check", CORPUS)
    assert (done.exit_code, done.stdout) == (0, "")


def test_the_corpus_is_as_large_and_as_mixed_as_it_should_be() -> None:
    held = [letter for name in gold.SETS for letter in gold.corpus(CORPUS / name / "letters.jsonl")]
    counts = corpus_page.counts(held)
    for what, least in (("letters", 150), ("words", 75_000), ("commitments", 1_500), ("near misses", 1_500)):
        assert counts[what] >= least, what
    for key, labels in (("kind", records.Kind), ("status", records.Status), ("strength", records.Strength)):
        assert min(counts[f"{key} `{label}`"] for label in get_args(labels)) >= 100, key


def test_a_tenth_is_annotated_twice_and_the_second_stands_in_no_set() -> None:
    pairs = agreement.read_pairs(CORPUS)
    assert len(pairs) >= 15
    assert {second.annotation for _, second in pairs} == {2}
    assert {first.annotation for first, _ in pairs} == {1}


def test_the_lines_are_as_they_would_be_written_now() -> None:
    for file in sorted(CORPUS.rglob("*.jsonl")):
        held = file.read_text(encoding="utf-8").split("\n")
        assert [form.to_line(letter) for letter in gold.corpus(file)] == held[:-1], file


def test_the_counts_of_the_page_are_those_of_the_corpus() -> None:
    page = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert corpus_page.rewritten(page, corpus_page.counted(CORPUS)) == page, (
        "run: python -m toezeggingen.training.corpus_page"
    )


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(gold.GoldError, match="marks"):
        corpus_page.rewritten("# Corpus\n", "counts")


@pytest.fixture(scope="module")
def guide() -> str:
    return (CORPUS / "ANNOTATION_GUIDE.md").read_text(encoding="utf-8")


def test_the_guide_explains_every_label_and_no_other(guide: str) -> None:
    without_heads = re.sub(r"^\|.*\n(?=\|---)", "", guide, flags=re.MULTILINE)
    rows = re.findall(r"^\| `([a-z-]+)` \|", without_heads, re.MULTILINE)
    every = (records.Kind, records.Status, records.Strength, records.Operator, records.BodyType, form.NearMissClass)
    assert sorted(rows) == sorted(label for one in every for label in get_args(one))


def test_the_terms_of_the_guide_mean_what_it_says(guide: str) -> None:
    rows = re.findall(r"^\| ([^|]+) \| (\d{4}-\d\d-\d\d) \| `(\w+)` \| ([\d-]*) ?\| ([\d-]*) ?\|$", guide, re.MULTILINE)
    assert len(rows) >= 20
    for words, written_on, operator, *bounds in rows:
        from_, until = (dt.date.fromisoformat(day) if day else None for day in bounds)
        term = form.Term.model_validate(
            {"start": 0, "end": len(words), "text": words, "operator": operator, "from": from_, "until": until}
        )
        assert list(terms.contradictions(term)) == []
        assert terms.read_otherwise(term, dt.date.fromisoformat(written_on)) is None, words


def test_the_decision_on_the_page_is_one() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", (CORPUS / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert form.Decision.model_validate_json(shown).decision == "rejected"
