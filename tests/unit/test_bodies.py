"""Bodies in text: every line of the lexicons, every row of the table, and what must hold for any text."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growth import Call, assert_grows
from toezeggingen import lexicons
from toezeggingen.components.bodies import LABEL, LEXICONS, BodyFinder, create
from toezeggingen.components.body_words import FAMILIES, WORDS, read_families, read_words
from toezeggingen.components.spans import found_in
from toezeggingen.components.tokenizer import LetterTokenizer
from toezeggingen.errors import LexiconError
from toezeggingen.values.body import BODY_TYPES, TOOI_BASE, bodies, body_value, read_bodies, tooi_url
from toezeggingen.values.ministry import read_ministries

if TYPE_CHECKING:
    from spacy.language import Language

    from toezeggingen.components.spans import Found

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "bodies.jsonl").read_text(encoding="utf-8").splitlines()
]
PREFIXES = {"bodies": "bodies:", "ministries": "bodies:", FAMILIES: "bodies:family-"}


@functools.cache
def language(own_tokenizer: bool) -> Language:
    nlp = spacy.blank("nl")
    if own_tokenizer:
        nlp.tokenizer = LetterTokenizer(nlp.vocab)
    return nlp


@functools.cache
def finder(own_tokenizer: bool) -> BodyFinder:
    made = BodyFinder(language(own_tokenizer))
    made.initialize()
    return made


def find(text: str, *, own_tokenizer: bool = True) -> list[Found]:
    return finder(own_tokenizer).find(language(own_tokenizer).make_doc(text))


def rules_in(text: str) -> list[tuple[str, str]]:
    return [(text[found.start : found.end], found.rule) for found in find(text)]


def values_in(text: str) -> dict[str, dict[str, Any]]:
    return {text[found.start : found.end]: found.value for found in find(text)}


def test_every_row_has_an_id_of_its_own_and_the_same_keys() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {frozenset(row) for row in ROWS} == {frozenset({"id", "text", "bodies"})}
    assert {frozenset(body) for row in ROWS for body in row["bodies"]} == {frozenset({"text", "rule"})}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_finds_what_the_row_says(row: dict[str, Any]) -> None:
    assert rules_in(row["text"]) == [(body["text"], body["rule"]) for body in row["bodies"]]


@pytest.mark.parametrize("lexicon", PREFIXES)
def test_a_line_of_the_lexicon_finds_its_own_example(lexicon: str) -> None:
    lines = [json.loads(line) for line in lexicons.source(lexicon).decode("utf-8").splitlines()]
    assert lines
    lost = [
        line["id"]
        for line in lines
        if PREFIXES[lexicon] + line["id"] not in [rule for _, rule in rules_in(line["example"])]
    ]
    assert lost == []


def test_every_form_of_the_lexicon_is_found_in_a_sentence() -> None:
    lost = []
    for body in bodies().values():
        for form in (*body.exact, *body.any_case, *(form.upper() for form in body.any_case)):
            text = f"Ik sprak met {form} over de dijk."
            if rules_in(text) != [(form, f"bodies:{body.id}")]:
                lost.append((body.id, form, rules_in(text)))
    assert lost == []


def test_no_two_lines_share_a_form() -> None:
    owner: dict[str, str] = {}
    forms = [(body.id, form) for body in bodies().values() for form in {*body.exact, *body.any_case}]
    forms += [(ministry.id, form) for ministry in read_ministries() for form in ministry.alone]
    loose = {form.lower() for body in bodies().values() for form in body.any_case}
    shared = []
    for identifier, form in forms:
        # A form in any case meets an exact one in its small letters.
        key = form.lower() if form.lower() in loose else form
        if owner.setdefault(key, identifier) != identifier:
            shared.append((form, owner[key], identifier))
    assert shared == []


def test_no_two_lines_share_a_rule() -> None:
    rules = [f"bodies:{body}" for body in bodies()]
    rules += [f"bodies:{ministry.id}" for ministry in read_ministries()]
    rules += [f"bodies:family-{family.id}" for family in read_families()]
    assert len(set(rules)) == len(rules)


def test_exceptions_and_guarded_forms_belong_to_their_line() -> None:
    for body in bodies().values():
        forms = (*body.exact, *body.any_case)
        assert set(body.guarded) <= set(body.exact), body.id
        assert all(any(form.lower() in phrase.lower() for form in forms) for phrase in body.exceptions), body.id


def test_every_type_of_the_annotation_guide_can_be_found() -> None:
    types = {body.type for body in bodies().values()} | {family.type for family in read_families()}
    assert types == set(BODY_TYPES)


def test_a_value_has_the_keys_of_the_record() -> None:
    value = values_in("Het RIVM meet en de minister voor Medische Zorg schrijft met het ministerie van OCW.")
    assert value["RIVM"] == {
        "name": "Rijksinstituut voor Volksgezondheid en Milieu",
        "type": "agency",
        "tooi": f"{TOOI_BASE}oorg/oorg10123",
        "government": True,
    }
    assert value["minister voor Medische Zorg"] == {
        "name": "minister voor Medische Zorg",
        "type": "minister",
        "tooi": None,
        "government": True,
        "ministry": "VWS",
        "office": "minister voor Medische Zorg",
    }
    assert value["ministerie van OCW"] == {
        "name": "ministerie van Onderwijs, Cultuur en Wetenschap",
        "type": "ministry",
        "tooi": f"{TOOI_BASE}ministerie/mnre1109",
        "government": True,
        "ministry": "OCW",
    }


@pytest.mark.parametrize(
    ("text", "mention", "office", "ministry"),
    [
        ("De Minister van SZW belt.", "Minister van SZW", "minister van Sociale Zaken en Werkgelegenheid", "SZW"),
        ("BRIEF VAN DE MINISTER VAN JUSTITIE", "MINISTER VAN JUSTITIE", "minister van Justitie", "JenV"),
        ("Antwoord van Minister Linde (Financiën) (ontvangen", "Minister", "minister van Financiën", "FIN"),
        ("De ministers van BZK en OCW komen.", "OCW", "minister van Onderwijs, Cultuur en Wetenschap", "OCW"),
        ("De toenmalige staatssecretaris zweeg.", "staatssecretaris", "staatssecretaris", None),
        ("De Minister van Kermissen sneed.", "Minister van Kermissen", "minister van Kermissen", None),
    ],
)
def test_an_office_is_written_in_full(text: str, mention: str, office: str, ministry: str | None) -> None:
    value = values_in(text)[mention]
    assert value["office"] == office
    assert value.get("ministry") == ministry


@pytest.mark.parametrize(
    ("mention", "binds"),
    [
        ("Belastingdienst", True),
        ("NZa", True),
        ("politie", True),
        ("kabinet", True),
        ("UWV", True),
        ("OM", False),
        ("DNB", False),
        ("AFM", False),
        ("Gezondheidsraad", False),
        ("Hoge Raad", False),
        ("NEN", False),
        ("gemeente Zwolle", False),
        ("Tweede Kamer", False),
    ],
)
def test_who_binds_the_government(mention: str, binds: bool) -> None:
    assert values_in(f"Dit doet de {mention} zelf.")[mention]["government"] is binds


def test_a_foreign_minister_binds_nobody_here() -> None:
    value = values_in("Met de Franse minister van Defensie is gebeld.")["minister van Defensie"]
    assert value["government"] is False
    assert "ministry" not in value


def test_a_body_in_a_list_has_its_own_name() -> None:
    value = values_in("De gemeenten Breda en Den Haag doen mee.")
    assert value["Den Haag"]["name"] == "gemeente Den Haag"


def test_a_short_form_of_the_letter_means_what_it_was_made_of() -> None:
    found = find("Het Bureau Vaarbewijzen (BVB) telt. Volgens BVB klopt het.")
    assert [item.value["name"] for item in found] == ["Bureau Vaarbewijzen"] * 3
    assert found[0].score > found[2].score


@pytest.mark.parametrize(
    "text",
    [
        "Ik stuur uw Kamer een brief, mede namens de Minister van Sociale Zaken en Werkgelegenheid.",
        "De gemeente Zwolle en het RIVM (met DUO) meten.",
        "De Afdeling advisering van de Raad van State en V&VN.",
        "De Tweede Kamer\nder Staten-Generaal en de ministeries van OCW, SZW en EZK.",
    ],
)
def test_spacys_own_tokeniser_will_do(text: str) -> None:
    assert find(text, own_tokenizer=False) == find(text)


def test_puts_spans_into_the_doc_and_passes_them_on() -> None:
    nlp = language(True)
    doc = create(nlp, "bodies", spans_key="bodies")(nlp.make_doc("Het RIVM meet voor uw Kamer."))
    assert [(span.text, span.label_) for span in doc.spans["bodies"]] == [("RIVM", LABEL), ("uw Kamer", LABEL)]
    assert [found.rule for found in found_in(doc, "bodies")] == ["bodies:rivm", "bodies:tweede-kamer"]


def test_the_lexicons_travel_with_the_model(tmp_path: Path) -> None:
    nlp = language(True)
    line = '{"id": "zb", "name": "Zandbank", "type": "other", "government": false, "tooi": null, '
    made = BodyFinder(nlp)
    made.initialize(lexicon={"bodies": line + '"exact": ["Zandbank"], "example": "De Zandbank groeit."}'})
    doc = nlp.make_doc("De Zandbank en het RIVM.")
    assert [found.rule for found in made.find(doc)] == ["bodies:zb"]
    made.to_disk(tmp_path / "bodies")
    assert {file.stem for file in (tmp_path / "bodies").iterdir()} == set(LEXICONS)
    assert BodyFinder(nlp).from_disk(tmp_path / "bodies").find(doc) == made.find(doc)
    assert BodyFinder(nlp).from_bytes(made.to_bytes()).find(doc) == made.find(doc)


def test_a_lexicon_without_the_houses_and_the_union_will_do() -> None:
    nlp = language(True)
    line = (
        '{"id": "europese-commissie", "name": "Europese Commissie", "type": "eu", "government": false, "tooi": null, '
    )
    house = '{"id": "eerste-kamer", "name": "Eerste Kamer", "type": "parliament", "government": false, "tooi": null, '
    made = BodyFinder(nlp)
    made.initialize(
        lexicon={
            "bodies": line
            + '"any_case": ["Europese Commissie"], "example": "De Europese Commissie rekent."}\n'
            # No Tweede Kamer, no Council: they are looked up by id.
            + house
            + '"any_case": ["Eerste Kamer"], "example": "De Eerste Kamer leest."}'
        }
    )
    text = "Aan de voorzitter van de Eerste Kamer: de Europese Commissie en de Raad en het Parlement."
    assert [found.value["name"] for found in made.find(nlp.make_doc(text))] == ["Eerste Kamer", "Europese Commissie"]


def test_an_uninitialised_finder_takes_the_packages_own() -> None:
    nlp = language(True)
    doc = nlp.make_doc("Het RIVM meet.")
    assert BodyFinder(nlp).find(doc) == BodyFinder(nlp).from_bytes(BodyFinder(nlp).to_bytes()).find(doc) != []


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            '{"id": "x", "name": "X", "type": "shop", "government": false, "tooi": null, "example": "X."}',
            "unknown type",
        ),
        ('{"id": "x", "name": "X", "type": "other", "government": false, "tooi": null, "example": "X."}', "no form"),
        ('{"id": "x"}', "lacks example"),
    ],
)
def test_a_wrong_line_of_the_bodies_is_refused(line: str, complaint: str) -> None:
    with pytest.raises(LexiconError, match=rf"bodies\.jsonl:1: .*{complaint}"):
        read_bodies(line)


def test_a_wrong_line_of_the_families_is_refused() -> None:
    line = {
        "id": "x",
        "heads": ["x"],
        "name": "row",
        "small": "all",
        "type": "other",
        "government": False,
        "example": "",
    }
    with pytest.raises(LexiconError, match=r"body_families\.jsonl:1: .*name 'row'"):
        read_families(json.dumps(line))
    with pytest.raises(LexiconError, match=r"body_families\.jsonl:1: .*type 'shop'"):
        read_families(json.dumps({**line, "name": "title", "type": "shop"}))


def test_word_lists_are_complete() -> None:
    assert read_words().link
    with pytest.raises(LexiconError, match=r"body_words\.jsonl:1: lacks the lists determiner"):
        read_words('{"id": "link", "words": ["van"], "example": "X."}')
    assert {json.loads(line)["id"] for line in lexicons.source(WORDS).decode("utf-8").splitlines()} >= {"link", "verb"}


def test_addresses_of_the_register() -> None:
    assert tooi_url("oorg10002") == f"{TOOI_BASE}oorg/oorg10002"
    assert tooi_url("mnre1025") == f"{TOOI_BASE}ministerie/mnre1025"
    assert tooi_url(None) is None
    assert body_value("X", "other", government=False) == {
        "name": "X",
        "type": "other",
        "tooi": None,
        "government": False,
    }


_PIECES = st.sampled_from(
    (
        *(
            "uw Kamer ",
            "minister van ",
            "Volksgezondheid, ",
            "en ",
            "Sport",
            "(",
            ")",
            "hierna: ",
            "gemeenten ",
            "Den Haag",
        ),
        *(
            "Stichting ",
            "RIVM",
            "'s",
            "-",
            "\n",
            "\n\n",
            "Nederland ",
            "‘",
            "’",
            "Commissie ",
            "commissie-",
            "4",
            "ABC ",
        ),
        *("de ", ", "),
    )
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES | st.text(max_size=6), max_size=30).map("".join))
def test_any_text_gives_spans_in_order_that_do_not_overlap(text: str) -> None:
    for own_tokenizer in (True, False):
        end = 0
        for found in find(text, own_tokenizer=own_tokenizer):
            assert end <= found.start < found.end <= len(text)
            assert not text[found.start].isspace()
            assert not text[found.end - 1].isspace()
            assert found.rule.startswith("bodies:")
            assert found.value["type"] in BODY_TYPES
            assert found.value["name"]
            end = found.end


_HOSTILE = [
    "gemeenten A, ",
    "ministers van OCW, ",
    "ministeries van ",
    "Stichting Van ",
    "Commissie ",
    "commissie-A ",
    "(hierna: ",
    "RIVM (RIVM) ",
    "ABC (",
    "Raad voor de ",
    "Nederland ",
    "Aa Bb Cc ",
    "‘Aa ",
    "DE ",
    "\n",
    "de Zuivelraad en de Raad ",
    "12 ",
]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def prepare(size: int) -> Call:
        doc = language(True).make_doc(piece * size)
        return lambda: finder(True).find(doc)

    assert_grows(prepare, 1_000, 4_000)


def test_many_different_heads_do_not_make_it_slow() -> None:
    def text(count: int) -> str:
        return " ".join(f"De {_letters(n)}raad en de {_letters(n)}centrum spraken." for n in range(count))

    def prepare(size: int) -> Call:
        doc = language(True).make_doc(text(size))
        return lambda: finder(True).find(doc)

    assert_grows(prepare, 500, 2_000)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:05d}").capitalize()
