"""Quality does not drop below tests/ratchet.json, and docs/quality.md tells the figures of this checkout."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from toezeggingen.training import assemble, formats, gold, quality
from toezeggingen.training.scores import ROWS, Fault, Row, Score

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

CORPUS = tuple(one.name for one in gold.sets() if one.name.startswith("corpus/"))


@pytest.fixture(scope="module")
def measured(shipped: Language) -> Callable[[str], quality.Measured]:
    """The figures of a set of letters now, each set measured once."""
    sets = {one.name: one for one in gold.sets()}

    @cache
    def measure(name: str) -> quality.Measured:
        if name not in sets:
            pytest.skip("no ../shared with letters beside the checkout")
        return quality.measure(shipped, sets[name])

    return measure


SETS = [*CORPUS, pytest.param("shared", marks=pytest.mark.shared)]


@pytest.mark.xdist_group("quality")
@pytest.mark.parametrize("name", SETS)
def test_no_figure_drops(name: str, measured: Callable[[str], quality.Measured]) -> None:
    assert quality.dropped(quality.read_ratchet(), [measured(name)]) == [], (
        "if it must be: make quality, with --ratchet"
    )


@pytest.mark.xdist_group("quality")
@pytest.mark.parametrize("name", SETS)
def test_the_page_tells_the_figures_of_this_checkout(name: str, measured: Callable[[str], quality.Measured]) -> None:
    told = (gold.checkout() / "docs" / "quality.md").read_text(encoding="utf-8")
    wanted = [*quality.totals(measured(name)), *quality.per_letter(measured(name))]
    assert [line for line in wanted if line and line not in told.splitlines()] == [], "not up to date: make quality"


@pytest.mark.xdist_group("quality")
@pytest.mark.parametrize("name", SETS)
def test_every_gold_quote_is_in_the_text(name: str, measured: Callable[[str], quality.Measured]) -> None:
    assert measured(name).total.unlocated == []


def test_the_ratchet_holds_every_set_and_row() -> None:
    floor = quality.read_ratchet()
    assert set(floor) == {*CORPUS, "shared"}
    for name, figures in floor.items():
        assert set(figures) >= set(ROWS), name


# --- how the ratchet and the page work -------------------------------------------------------------------------------


def _set(**rows: Row) -> quality.Measured:
    """A set of one letter with some rows; underscores in names stand for spaces."""
    score = Score()
    score.rows |= {name.replace("_", " "): row for name, row in rows.items()}
    score.fields["kind"] = Row(3, 3, 2)
    score.errors.append(Fault("04_IenW_2022_een-titel", "missed act", "Ik bouw een brug."))
    return quality.Measured("made up", {"04_IenW_2022_een-titel": score})


def test_figures_are_rounded_down() -> None:
    figures = quality.figures(_set(citations=Row(3, 3, 2)))
    assert (figures["citations"], figures["kind"]) == (0.666, 0.666)
    assert "status" not in figures, "nothing was compared"


@pytest.mark.parametrize(("right", "worse"), [(3, []), (2, []), (1, ["made up, citations: 0.333, was 0.666"])])
def test_only_what_is_worse_is_a_drop(right: int, worse: list[str]) -> None:
    floor = {"made up": {"citations": 0.666}, "elsewhere": {"citations": 1.0}}
    assert quality.dropped(floor, [_set(citations=Row(3, 3, right))]) == worse


def test_a_figure_that_is_gone_is_a_drop() -> None:
    assert quality.dropped({"made up": {"status": 0.5}}, [_set()]) == ["made up, status: 0.000, was 0.500"]


def test_the_page_shows_totals_letters_peers_and_errors() -> None:
    peer: dict[str, str | int] = {
        "set": "made up",
        "peer": "keywords",
        "row": "citations",
        "gold": 4,
        "found": 4,
        "right": 1,
    }
    page = quality.page([_set(citations=Row(4, 2, 2))], [peer, {**peer, "set": "elsewhere"}])
    lines = page.splitlines()
    assert "| citations | 4 | 2 | 2 | 1.000 | 0.500 | 0.667 |" in lines
    assert "| 04_IenW_2022 | – | – | – | 1.00 / 0.50 | – |" in lines
    assert "| missed act | 1 |" in lines
    assert [line for line in lines if line.startswith("| keywords")] == [
        "| keywords | made up | citations | 0.250 / 0.250 / 0.250 | 1.000 / 0.500 / 0.667 |"
    ]
    assert "were not there when this page was written" in page, "the real letters are missing"


def test_what_the_peers_found_is_about_the_letters_of_today(measured: Callable[[str], quality.Measured]) -> None:
    """Their counts of gold are those that `make quality` has, for sets that were measured."""
    counts = {(row["set"], row["row"], row["gold"]) for row in quality.read_peers()}
    assert counts, "docs/peers.json is missing: make peers"
    now = {(name, row, measured(name).total.rows[row].gold) for name in CORPUS for row in ROWS}
    assert {count for count in counts if count[0] in CORPUS} <= now


# --- the model folder ------------------------------------------------------------------------------------------------


def test_the_model_folder_is_up_to_date() -> None:
    assert assemble.differences(assemble.model_folder()) == [], "run: make model"


def test_the_model_folder_says_what_it_is() -> None:
    meta = json.loads((assemble.model_folder() / "meta.json").read_text(encoding="utf-8"))
    assert (meta["lang"], meta["name"], meta["license"]) == ("nl", "toezeggingen", "EUPL-1.2")
    assert meta["description"]
    assert meta["toezeggingen"]["lexicons"]["formulas"]


def test_a_model_of_other_lexicons_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    from toezeggingen.errors import ModelError
    from toezeggingen.pipeline import load

    folder = tmp_path_factory.mktemp("models") / "nl_toezeggingen"
    assemble.write(folder)
    assert load(folder).pipe_names
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    for changed, found in (
        (meta | {"toezeggingen": {"lexicons": meta["toezeggingen"]["lexicons"] | {"formulas": "0"}}}, "other lexicons"),
        (meta | {"version": "0.0.1"}, "made by version 0.0.1"),
        ({key: meta[key] for key in meta if key != "toezeggingen"}, "other lexicons"),
    ):
        (folder / "meta.json").write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(ModelError, match=found):
            load(folder)
    with pytest.raises(ModelError, match="no pipeline in this folder"):
        load(folder.parent)


def test_a_letter_scores_as_well_as_a_file_as_it_does_as_text(shipped: Language) -> None:
    as_text, as_file = formats.pairs()
    if not as_text.letters:
        pytest.skip("the real letters are not beside this checkout (../shared/letters)")
    assert formats.behind(quality.measure(shipped, as_text), quality.measure(shipped, as_file)) == []
