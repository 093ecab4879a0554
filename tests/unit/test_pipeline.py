"""The whole trip of a letter, and the pipeline as something that is stored, loaded and given to others."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import spacy
from spacy.tokens import Doc, DocBin

import toezeggingen
from toezeggingen import fit, lexicons, pipeline, records
from toezeggingen.components.spans import found_in
from toezeggingen.errors import LetterError, LexiconError, ModelError, OptionError
from toezeggingen.training import gold

if TYPE_CHECKING:
    from spacy.language import Language

LETTERS = sorted((gold.checkout() / "examples").iterdir())
CORPUS = [one for name in gold.SETS for one in gold.examples(gold.checkout() / "corpus" / name / "letters.jsonl")]
KEYS = ("promises", "deadlines", "bodies", "citations")
DATED = "Den Haag, 10 mei 2024\n\nGeachte voorzitter,\n\n"
BODY = (
    "Ik stuur uw Kamer uiterlijk in juni de kaart van de havens (Kamerstuk 36 700, nr. 12).\n"
    "Het kabinet zal de veerdienst binnen zes weken\nhervatten.\n\nHoogachtend,\n"
)


def letter(folder: Path, text: str, name: str = "brief.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def found(doc: Doc) -> dict[str, Any]:
    return {key: found_in(doc, key) for key in KEYS}


# ---- the record of a letter ----


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_the_record_of_a_file(nlp: Language, path: Path) -> None:
    record = pipeline.extract(path, nlp=nlp)
    data = path.read_bytes()
    assert record.source.sha256 == hashlib.sha256(data).hexdigest()
    assert record.id == record.source.sha256[:16]
    assert record.commitments
    if path.suffix in (".txt", ".md"):
        assert record.text == data.decode("utf-8").removeprefix("\ufeff")


@pytest.mark.parametrize("example", CORPUS, ids=lambda example: example.name)
def test_the_record_of_a_letter_of_the_corpus(nlp: Language, example: gold.Example) -> None:
    record = pipeline.record_of(example.source, nlp=nlp)
    for quoted in (*record.entities, *record.commitments, *(c.object for c in record.commitments if c.object)):
        assert record.text[quoted.start : quoted.end] == quoted.text
        assert quoted.text == quoted.text.strip()
    assert [entity.id for entity in record.entities] == [f"e{n}" for n in range(1, len(record.entities) + 1)]
    assert len({(e.label, e.start, e.end) for e in record.entities}) == len(record.entities), "nothing twice"
    assert [e.start for e in record.entities] == sorted(e.start for e in record.entities)
    assert [c.start for c in record.commitments] == sorted(c.start for c in record.commitments)
    bound = {commitment.deadline for commitment in record.commitments}
    assert {e.id for e in record.entities if e.label == "DEADLINE"} == bound - {None}, "only terms that bind something"
    for commitment in record.commitments:
        assert commitment.id.startswith(f"{record.id}-")
        assert commitment.found_by == (f"promise:{commitment.formula}",)
        assert commitment.actor.text == "" or commitment.actor.text in record.text
    jsonschema.validate(json.loads(records.to_line(record)), records.json_schema())
    assert records.from_line(records.to_line(record)) == record


def test_the_corpus_is_there() -> None:
    assert len(CORPUS) >= 150


def test_the_examples_are_letters_of_many_formats() -> None:
    assert len(LETTERS) == 8
    assert {path.suffix for path in LETTERS} == {".txt", ".md", ".pdf", ".docx", ".odt", ".xml"}


def test_the_same_bytes_on_every_run(shipped: Language) -> None:
    """And with another pipeline of the same words."""
    other = pipeline.assemble()
    for path in LETTERS:
        line = records.to_line(pipeline.extract(path, nlp=shipped))
        assert line == records.to_line(pipeline.extract(path, nlp=shipped))
        assert line == records.to_line(pipeline.extract(path, nlp=other))


def test_one_letter_leaves_no_trace_in_the_next(nlp: Language, tmp_path: Path) -> None:
    dated, bare = letter(tmp_path, DATED + BODY), letter(tmp_path, "Geachte voorzitter,\n\n" + BODY, "kaal.txt")
    alone = records.to_line(pipeline.extract(bare, nlp=nlp))
    pipeline.extract(dated, nlp=nlp)
    assert records.to_line(pipeline.extract(bare, nlp=nlp)) == alone


def test_what_a_letter_holds(nlp: Language, tmp_path: Path) -> None:
    record = pipeline.extract(letter(tmp_path, DATED + BODY), nlp=nlp)
    assert (record.letter.date, record.warnings) == (dt.date(2024, 5, 10), ())
    first, second = record.commitments
    assert first.text.startswith("Ik stuur uw Kamer uiterlijk in juni de kaart")
    assert second.text == "Het kabinet zal de veerdienst binnen zes weken\nhervatten"
    assert first.deadline is not None
    term = record.entity(first.deadline)
    assert isinstance(term, records.Deadline)
    assert (term.text, term.value.operator, term.value.until) == ("uiterlijk in juni", "by", dt.date(2024, 6, 30))
    assert second.deadline is not None
    term = record.entity(second.deadline)
    assert isinstance(term, records.Deadline)
    assert (term.value.from_, term.value.until) == (dt.date(2024, 5, 10), dt.date(2024, 6, 21))
    assert (first.kind, first.actor.who, second.kind, second.actor.who) == ("inform", "ik", "act", "kabinet")
    assert first.recipient is not None
    assert record.entity(first.recipient).text == "uw Kamer"
    assert record.producer.name == "toezeggingen"
    assert record.producer.pipeline == f"{nlp.meta['lang']}_{nlp.meta['name']}"


def test_an_empty_letter_promises_nothing(nlp: Language, tmp_path: Path) -> None:
    try:
        record = pipeline.extract(letter(tmp_path, "Geachte voorzitter,\n"), nlp=nlp)
    except LetterError:
        pytest.fail("a letter of two words is a letter")
    assert (record.commitments, record.letter.date) == ((), None)


def test_a_letter_that_is_not_there(nlp: Language, tmp_path: Path) -> None:
    with pytest.raises(LetterError, match=r"weg\.txt"):
        pipeline.extract(tmp_path / "weg.txt", nlp=nlp)


# ---- the date that stands in ----


def test_a_letter_without_a_date_is_told_of(nlp: Language, tmp_path: Path) -> None:
    record = pipeline.extract(letter(tmp_path, "Geachte voorzitter,\n\n" + BODY), nlp=nlp)
    assert (record.letter.date, record.letter.date_found) == (None, None)
    assert [warning.code for warning in record.warnings] == ["no-letter-date"]
    assert "--letter-date" in record.warnings[0].message
    for entity in record.entities:
        if isinstance(entity, records.Deadline):
            assert (entity.value.from_, entity.value.until) == (None, None), "nothing is guessed"


def test_a_given_date_stands_in(nlp: Language, tmp_path: Path) -> None:
    path = letter(tmp_path, "Geachte voorzitter,\n\n" + BODY)
    record = pipeline.extract(path, nlp=nlp, letter_date=dt.date(2023, 2, 1))
    assert (record.letter.date, record.letter.date_found, record.warnings) == (dt.date(2023, 2, 1), "given", ())
    terms = [entity.value.until for entity in record.entities if isinstance(entity, records.Deadline)]
    assert terms == [dt.date(2023, 6, 30), dt.date(2023, 3, 15)]


def test_a_printed_date_is_not_overruled(nlp: Language, tmp_path: Path) -> None:
    path = letter(tmp_path, DATED + BODY)
    record = pipeline.extract(path, nlp=nlp, letter_date=dt.date(2023, 2, 1))
    assert record == pipeline.extract(path, nlp=nlp)


# ---- stored and loaded ----

TEXT = DATED + BODY


@pytest.fixture(scope="module")
def stored(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / pipeline.PIPELINE
    nlp.to_disk(folder)
    return folder


def test_from_a_folder(nlp: Language, stored: Path) -> None:
    other = pipeline.load(stored)
    assert other.pipe_names == nlp.pipe_names
    for path in LETTERS:
        assert pipeline.extract(path, nlp=other) == pipeline.extract(path, nlp=nlp)


def test_from_bytes(nlp: Language) -> None:
    other = spacy.util.load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert found(other(TEXT)) == found(nlp(TEXT))
    assert found(nlp(TEXT))["promises"]


def test_any_spacy_can_load_the_folder(nlp: Language, stored: Path) -> None:
    """A process that never heard of this package: spaCy finds the components by their entry points."""
    program = (
        "import json, sys\n"
        "import spacy\n"
        "assert not any(name.startswith('toezeggingen') for name in sys.modules)\n"
        "doc = spacy.load(sys.argv[1])(sys.argv[2])\n"
        "print(json.dumps({key: doc.spans[key].attrs['found'] for key in doc.spans}))\n"
    )
    command = [sys.executable, "-c", program, str(stored), TEXT]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    doc = nlp(TEXT)
    assert json.loads(printed) == {key: json.loads(json.dumps(doc.spans[key].attrs["found"])) for key in doc.spans}
    assert set(KEYS) <= set(json.loads(printed))


def test_docs_can_be_stored(nlp: Language) -> None:
    """What was found travels with a Doc, in one of spaCy's own files."""
    docs = [pipeline.prepare(nlp, example.source)[0] for example in CORPUS[:3]]
    docs = [nlp(doc) for doc in docs]
    data = DocBin(docs=docs, store_user_data=True).to_bytes()
    back = list(DocBin().from_bytes(data).get_docs(nlp.vocab))
    assert [doc.text for doc in back] == [doc.text for doc in docs]
    for one, other in zip(docs, back, strict=True):
        assert found(one) == found(other)
        for key in KEYS:
            assert [(s.start, s.end, s.label_, s.id_) for s in one.spans[key]] == [
                (s.start, s.end, s.label_, s.id_) for s in other.spans[key]
            ]
        assert [t.is_sent_start for t in one] == [t.is_sent_start for t in other]
    assert any(found(doc)["promises"] for doc in back)


def test_a_doc_to_bytes_and_back(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert found(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == found(doc)


def test_many_texts_at_once(nlp: Language) -> None:
    texts = [TEXT, "", "De weg is klaar.", BODY]
    assert [found(doc) for doc in nlp.pipe(texts, batch_size=2)] == [found(nlp(text)) for text in texts]


# ---- load ----


def test_an_own_calendar(stored: Path, tmp_path: Path) -> None:
    line = {
        "id": "v", "name": "verkiezingsreces", "kind": "recess", "first": "2024-06-03", "last": "2024-06-14",
        "certainty": "published",
    }  # fmt: skip
    calendar = letter(tmp_path, json.dumps(line) + "\n", "eigen.jsonl")
    path = letter(tmp_path, DATED + "Ik stuur uw Kamer voor het verkiezingsreces de kaart van de havens.\n")

    def until(nlp: Language) -> dt.date | None:
        (term,) = (e for e in pipeline.extract(path, nlp=nlp).entities if isinstance(e, records.Deadline))
        return term.value.until

    assert until(pipeline.load(stored, calendar=calendar)) == dt.date(2024, 6, 2)
    assert until(pipeline.load(stored)) is None


def test_a_calendar_that_cannot_be_used(stored: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        pipeline.load(stored, calendar=tmp_path / "weg.jsonl")
    with pytest.raises(LexiconError):
        pipeline.load(stored, calendar=letter(tmp_path, "{}\n", "fout.jsonl"))


def test_a_folder_that_is_no_pipeline(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make model"):
        pipeline.load(tmp_path)


def test_the_stamp_names_every_lexicon() -> None:
    names = {path.stem for path in Path(lexicons.__file__).parent.glob("*.jsonl")}
    assert set(fit.stamp()["lexicons"]) == names
    assert fit.stamp()["lexicons"]["verbs"] == hashlib.sha256(lexicons.source("verbs")).hexdigest()


def test_a_pipeline_says_what_it_is(nlp: Language) -> None:
    assert nlp.lang == "nl"
    assert nlp.meta["name"] == pipeline.PIPELINE.removeprefix("nl_")
    assert nlp.meta["toezeggingen"] == fit.stamp()


def test_the_package_has_two_doors() -> None:
    assert toezeggingen.load is pipeline.load
    assert toezeggingen.extract is pipeline.extract
    with pytest.raises(AttributeError, match="no attribute 'vind'"):
        toezeggingen.vind  # noqa: B018
