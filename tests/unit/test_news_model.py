"""Our components on top of nl_core_news_md: put together, used, stored, absent, and a look-alike refused.

The model itself cannot be had everywhere, so a stand-in with its components and labels is made here, and taught a few
sentences. One test needs the real one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from spacy.tokens import Doc

import taught
from toezeggingen import explain, news_model, pipeline, records
from toezeggingen.components.named import NamedBodies
from toezeggingen.components.spans import Found, annotate, found_in
from toezeggingen.components.syntax import SyntaxCheck
from toezeggingen.errors import MissingModelError, ModelError
from toezeggingen.letters.read import read
from toezeggingen.training import gold, stand_in

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.vocab import Vocab

pytestmark = pytest.mark.xdist_group("nl_core_news_md")  # one worker makes the stand-in, once

LETTERS = sorted((gold.checkout() / "examples").glob("*.txt"))
OTHERS = "Kaasmakerij Noordvlas komt in mei met een plan."
OURS = "Het kabinet zal in mei het rapport sturen."
LETTER = f"Den Haag, 6 maart 2026\n\nGeachte voorzitter,\n\n{OTHERS} {OURS}\n\nHoogachtend,\n"


def _is_installed() -> bool:
    """Whether a model of that name is installed here, and no stand-in."""
    try:
        folder = news_model.find().folder
    except ModelError:
        return False
    return bool(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["description"] != stand_in.DESCRIPTION)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which a stand-in can be imported."""
    folder = tmp_path_factory.mktemp("site")
    stand_in.write(folder, size=stand_in.SMALL, taught=taught.sentences(), words=taught.words())
    return folder


@pytest.fixture(scope="module")
def news(place: Path) -> Language:
    """The pipeline on top of it. Tests must not change it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(place)
        return pipeline.load(pipeline="nl_core_news_md")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def promised(nlp: Language, text: str) -> list[str]:
    return [text[found.start : found.end] for found in found_in(nlp(text), "promises")]


# ---- put together ----


def test_the_stand_in_is_what_is_published(news: Language) -> None:
    labels = stand_in.labels()
    for name, known in labels.items():
        assert set(news.get_pipe(name).labels) == set(known)  # type: ignore[attr-defined]
    for name, wanted in news_model.LABELS.items():
        assert wanted <= set(labels[name])


def test_ours_and_its_own_in_one_pipeline(news: Language, place: Path) -> None:
    assert set(news_model.COMPONENTS) < set(news.pipe_names)
    assert "senter" not in news.component_names
    assert news.pipe_names.index("sentences") < news.pipe_names.index("parser") < news.pipe_names.index("syntax")
    assert news.vocab.vectors.shape == (stand_in.SMALL.vectors, stand_in.SMALL.vector_width)
    assert news_model.NAME not in sys.modules, "its code is not run"
    doc = news("Ik stuur uw Kamer in mei het rapport.")
    assert all(doc.has_annotation(name) for name in ("DEP", "TAG", "POS", "LEMMA", "ENT_IOB"))
    assert str(place) not in json.dumps(news.config), "no path of this machine in what is stored"


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_sentences_stay_ours(news: Language, path: Path) -> None:
    """The parser, whatever it has learned, takes the starts that are marked as they are."""
    doc = pipeline.prepare(news, read(path))[0]
    before = news.get_pipe("sentences")(doc).to_array("SENT_START").tolist()
    assert news(doc).to_array("SENT_START").tolist() == before
    assert doc.has_annotation("DEP")


# ---- what it brings ----


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (OTHERS, False),
        ("In mei komt Touwslagerij Waterlust met een plan.", False),
        ("De provincies komen in mei met een plan.", False),
        ("Dankzij het kabinet zullen de schippers in mei het rapport sturen.", False),
        (OURS, True),
        ("Het rapport komt in mei.", True),
        ("De schippers komen in mei met een plan.", True),  # a third party perhaps, but not plainly
        ("Ik stuur uw Kamer in mei het rapport.", True),  # nothing that the stand-in was taught: the rules win
    ],
)
def test_a_promise_of_a_third_party_is_vetoed(news: Language, nlp: Language, text: str, stands: bool) -> None:
    assert promised(nlp, text), "the rules take it for a promise"
    assert bool(promised(news, text)) is stands


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In mei sprak ik met Kaasmakerij Ooster.", "Kaasmakerij Ooster"),
        ("In mei sprak ik met de gemeente Ooster.", None),  # a body of the rules
        ("In mei sprak ik met de schippers.", None),
    ],
)
def test_a_name_that_no_rule_knows_is_a_body(news: Language, nlp: Language, text: str, name: str | None) -> None:
    rules = found_in(nlp(text), "bodies")
    bodies = found_in(news(text), "bodies")
    added = [body for body in bodies if body.rule == news_model.RULE]
    assert [body for body in bodies if body not in added] == rules
    assert [text[body.start : body.end] for body in added] == ([name] if name else [])
    assert [body.value["type"] for body in added] == ["other"] * len(added)


def test_a_record_says_what_found_what(news: Language, letter: Path) -> None:
    record = pipeline.extract(letter, nlp=news)
    assert [commitment.text for commitment in record.commitments] == [OURS.rstrip(".")]
    added = {entity.text: entity.label for entity in record.entities if entity.found_by == (news_model.RULE,)}
    assert added["Kaasmakerij Noordvlas"] == "BODY"
    assert explain.explain(news_model.RULE)
    assert record.producer.pipeline == "nl_toezeggingen_core_news_md"
    assert record.producer.pipeline_version.endswith(f"+nl_core_news_md.{stand_in.VERSION}")
    assert records.from_line(records.to_line(record)) == record


def test_without_annotation_nothing_changes(news: Language, shipped: Language) -> None:
    with news.select_pipes(disable=list(news_model.COMPONENTS)):
        for path in LETTERS:
            ours, theirs = (nlp(pipeline.prepare(nlp, read(path))[0]) for nlp in (news, shipped))
            for key in ("promises", "bodies", "deadlines", "citations"):
                assert found_in(ours, key) == found_in(theirs, key)


def test_a_letter_too_long_for_it_is_read_without_it(
    news: Language, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news_model, "LONGEST", len(LETTER) // 2)
    record = pipeline.extract(letter, nlp=news)
    assert [warning.code for warning in record.warnings] == ["not-parsed"]
    assert len(record.commitments) == 2
    monkeypatch.undo()
    assert pipeline.extract(letter, nlp=news).warnings == ()


# ---- the two components by themselves ----

# Form, part of speech, arc, number of the head; the rules' subject and its words; the verb's words; whether it stands.
_COMPANY = "Noordvlas/PROPN/nsubj/1 levert/VERB/ROOT/1 kaas/NOUN/obj/1"


@pytest.mark.parametrize(
    ("parse", "entity", "value", "stands"),
    [
        (_COMPANY, (0, 1), {"subject": "thing", "verb": "levert"}, False),
        (_COMPANY, None, {"subject": "thing", "verb": "levert"}, True),
        (_COMPANY, (0, 1), {"subject": "ik", "verb": "levert"}, True),
        (_COMPANY, (0, 1), {"subject": "thing", "verb": "levert", "frame": "passive"}, True),
        (_COMPANY, (0, 1), {"subject": "thing", "verb": "levert", "frame": "perfect"}, True),
        (
            "Noordvlas/PROPN/nsubj/3 en/CCONJ/cc/2 ik/PRON/conj/0 leveren/VERB/ROOT/3",
            (0, 1), {"subject": "thing", "verb": "leveren"}, True,
        ),
        (
            "Noordvlas/PROPN/nsubj:pass/2 wordt/AUX/aux:pass/2 geleverd/VERB/ROOT/2",
            (0, 1), {"subject": "thing", "verb": "wordt geleverd"}, True,
        ),
        (
            "Noordvlas/PROPN/nsubj/1 zegt/VERB/ROOT/1 wat/PRON/nsubj/3 komt/VERB/ccomp/1",
            (0, 1), {"subject": "thing", "verb": "zegt wat komt"}, True,  # two subjects: the parse does not agree
        ),
        (
            "schippers/NOUN/nsubj/3 bij/ADP/case/2 kabinet/NOUN/nmod/0 sturen/VERB/ROOT/3",
            None, {"subject": "cabinet", "verb": "sturen", "subject_span": "kabinet"}, False,
        ),
        (
            "schippers/NOUN/nsubj/2 kabinet/NOUN/obj/2 sturen/VERB/ROOT/2",  # Dutch has both orders
            None, {"subject": "cabinet", "verb": "sturen", "subject_span": "kabinet"}, True,
        ),
        (
            "schippers/NOUN/nsubj/3 kabinet/NOUN/nsubj/2 steunt/VERB/acl:relcl/0 sturen/VERB/ROOT/3",
            None, {"subject": "cabinet", "verb": "sturen", "subject_span": "kabinet"}, False,
        ),
    ],
)  # fmt: skip
def test_the_parse_vetoes_where_it_is_plain(
    nlp: Language, parse: str, entity: tuple[int, int] | None, value: dict[str, Any], stands: bool
) -> None:
    doc = _doc(nlp.vocab, parse, entity)
    kept = {key: _place(doc, words) for key, words in value.items() if key in ("verb", "subject_span")}
    full = {"frame": "present", "subject_span": None} | value | kept
    annotate(doc, "promises", "PROMISE", [Found(0, len(doc.text), "promise:F01", full)])
    annotate(doc, "bodies", "BODY", _cabinet(doc))
    assert bool(found_in(SyntaxCheck()(doc), "promises")) is stands


def _doc(vocab: Vocab, parse: str, entity: tuple[int, int] | None) -> Doc:
    words, pos, arcs, heads = zip(*(word.split("/") for word in parse.split()), strict=True)
    tags = ["O"] * len(words)
    if entity:
        tags[entity[0] : entity[1]] = ["B-ORG", *["I-ORG"] * (entity[1] - entity[0] - 1)]
    return Doc(vocab, words=list(words), pos=list(pos), deps=list(arcs), heads=[int(h) for h in heads], ents=tags)


def _place(doc: Doc, words: str) -> list[int]:
    start = doc.text.index(words)
    return [start, start + len(words)]


def _cabinet(doc: Doc) -> list[Found]:
    if "kabinet" not in doc.text:
        return []
    start, end = _place(doc, "kabinet")
    return [Found(start, end, "bodies:kabinet", {"type": "cabinet", "government": True})]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("de Kaasmakerij Noordvlas", "Kaasmakerij Noordvlas"),
        ("kaasmakerij", None),
        ("de", None),
        ("N", None),
        ("Kaasmakerij \n Noordvlas", None),
    ],
)
def test_what_is_no_name_is_no_body(nlp: Language, words: str, name: str | None) -> None:
    parts = words.split(" ")
    doc = Doc(nlp.vocab, words=parts, ents=["B-ORG", *["I-ORG"] * (len(parts) - 1)])
    assert [doc.text[body.start : body.end] for body in found_in(NamedBodies()(doc), "bodies")] == (
        [name] if name else []
    )


def test_names_in_letterhead_and_signature_are_left_alone(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["Kaasmakerij", "Noordvlas"], ents=["B-ORG", "I-ORG"])
    for zone, count in (("body", 1), ("footnote", 1), ("head", 0), ("signature", 0)):
        doc.user_data["letter"] = {"text": doc.text, "zones": [(zone, 0, len(doc.text))]}
        assert len(NamedBodies().find(doc)) == count


# ---- stored and loaded ----


def test_it_is_the_same_from_disk(news: Language, letter: Path, tmp_path: Path) -> None:
    news.to_disk(tmp_path / "stored")
    other = pipeline.load(tmp_path / "stored")  # without the stand-in
    for path in (letter, *LETTERS):
        assert pipeline.extract(path, nlp=other) == pipeline.extract(path, nlp=news)


# ---- on the command line ----


def _run(letter: Path, *more: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    out = letter.with_name("out.jsonl")
    paths = os.pathsep.join([*map(str, more), *filter(None, [os.environ.get("PYTHONPATH")])])
    program = "from toezeggingen.cli import main; main()"
    arguments = ["extract", str(letter), "-o", str(out), "--pipeline", "nl_core_news_md"]
    settings = {**os.environ, "PYTHONPATH": paths}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False), out


def test_chosen_on_the_command_line(place: Path, letter: Path) -> None:
    done, out = _run(letter, place)
    assert (done.returncode, done.stderr) == (0, "")
    record = records.from_line(out.read_text(encoding="utf-8"))
    assert record.producer.pipeline == "nl_toezeggingen_core_news_md"
    assert len(record.commitments) == 1


@pytest.mark.skipif(_is_installed(), reason="nl_core_news_md is installed here")
def test_where_it_is_absent_the_shipped_pipeline_goes_on(letter: Path) -> None:
    done, out = _run(letter)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("nl_core_news_md: this model is not installed; install it: python -m spacy download ")
    assert line.endswith("; going on with nl_toezeggingen")
    record = records.from_line(out.read_text(encoding="utf-8"))
    assert record.producer.pipeline == "nl_toezeggingen"
    with pytest.raises(MissingModelError):
        pipeline.load(pipeline="nl_core_news_md")


# ---- what is not that model ----

_WRONG: dict[str, tuple[dict[str, Any] | None, str]] = {
    "no pipeline": (None, "no pipeline"),
    "another name": ({"name": "core_news_sm"}, "nl_core_news_sm"),
    "another language": ({"lang": "de"}, "de_core_news_md"),
    "no version": ({"version": None}, "no version"),
    "a component too few": ({"components": ["tok2vec", "ner"]}, "lacks morphologizer, tagger, parser"),
    "no labels": ({"labels": {}}, "lacks the labels aux, "),
}


@pytest.mark.parametrize("name", _WRONG)
def test_a_look_alike_is_refused_and_its_code_not_run(place: Path, letter: Path, tmp_path: Path, name: str) -> None:
    changes, said = _WRONG[name]
    data = tmp_path / "other" / news_model.NAME / f"{news_model.NAME}-9.9"
    data.mkdir(parents=True)
    trap = tmp_path / "trap"
    (data.parent / "__init__.py").write_text(f"open({str(trap)!r}, 'w')\n", encoding="utf-8")
    if changes is not None:
        (real,) = (place / news_model.NAME).glob(f"{news_model.NAME}-*/meta.json")
        meta = json.loads(real.read_text(encoding="utf-8")) | changes
        (data / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(tmp_path / "other")
        with pytest.raises(ModelError, match=said) as caught:
            pipeline.load(pipeline="nl_core_news_md")
    assert not isinstance(caught.value, MissingModelError)
    assert not trap.exists()
    if name == "another name":
        done, out = _run(letter, tmp_path / "other")
        assert (done.returncode, done.stdout) == (1, "")
        assert [line.count(said) for line in done.stderr.splitlines()] == [1]
        assert not out.exists()
        assert not trap.exists()


def test_a_module_of_that_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{news_model.NAME}.py").write_text("raise SystemExit\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match="no pipeline"):
        news_model.find()


# ---- with the real one ----


@pytest.mark.nl_core_news_md
@pytest.mark.skipif(not _is_installed(), reason="needs nl_core_news_md: python -m spacy download nl_core_news_md")
def test_with_the_model_itself() -> None:
    nlp = pipeline.load(pipeline="nl_core_news_md")
    for path in LETTERS:
        doc = pipeline.prepare(nlp, read(path))[0]
        before = nlp.get_pipe("sentences")(doc).to_array("SENT_START").tolist()
        assert nlp(doc).to_array("SENT_START").tolist() == before
        record = pipeline.extract(path, nlp=nlp)
        assert record.commitments
        assert records.from_line(records.to_line(record)) == record
    assert promised(nlp, OURS)
    assert promised(nlp, "Ik stuur uw Kamer in mei het rapport.")
