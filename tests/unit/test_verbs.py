"""The words of promises: every verb, auxiliary, phrase and word class of the lexicons by its own example."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from toezeggingen import lexicons
from toezeggingen.components.promises import LEXICONS, PromiseFinder
from toezeggingen.components.sentence_units import sentences
from toezeggingen.components.verbs import Vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from toezeggingen.components.evidence import Evidence

CLASSES = {
    *(
        "inform",
        "send",
        "publish",
        "receive",
        "arrive",
        "return",
        "answer",
        "come",
        "investigate",
        "look",
        "talk",
        "legislate",
    ),
    *("take_along", "decide", "make", "light", "work", "promise", "discharge", "intend", "stance", "move"),
    *("fact", "stand"),
}
"""The classes of act that verbs have; phrases may have three more."""


def lexicon(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lexicons.source(name).decode("utf-8").splitlines()]


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.build(*(lexicon(name) for name in ("verbs", "auxiliaries", "phrases", "word_classes")))


def doc_of(nlp: Language, text: str, zone: str = "body") -> Doc:
    doc = nlp.make_doc(text)
    doc.user_data["letter"] = {"text": text, "date": "2024-05-10", "zones": [(zone, 0, len(text))]}
    return nlp(doc)


def evidence_in(nlp: Language, text: str, finder: PromiseFinder | None = None) -> list[Evidence]:
    """What the clause grammar makes of a text, verb group by verb group."""
    own: Any = finder or nlp.get_pipe("promises")
    found: list[Evidence] = []
    for sentence in sentences(doc_of(nlp, text)):
        units = sentence.units()
        groups = own._clauses.find(units)
        cues = own._cues.find(units)
        found += [own._witness.of(units, group, groups, cues) for group in groups]
    return found


# ---- verbs ----

VERBS = lexicon("verbs")


def infinitive(line: dict[str, Any]) -> str:
    """Two verbs are written alike; the second has a remark behind it."""
    return str(line["id"]).partition(" (")[0]


@pytest.mark.parametrize("line", VERBS, ids=lambda line: line["id"])
def test_every_verb_is_found_in_its_example(nlp: Language, line: dict[str, Any]) -> None:
    found = [e.group.verb for e in evidence_in(nlp, line["example"]) if e.group.verb is not None]
    governing = {e.group.frame for e in evidence_in(nlp, line["example"])} & {"aim", "promise"}
    if line["class"] in ("intend", "promise") and governing:
        words = line["example"].lower().rstrip(".").split()  # what counts is the verb it governs
        assert {line[form] for form in ("ik", "hij", "wij")} & set(words)
    else:
        assert (infinitive(line), line["class"]) in {(verb.id, verb.cls) for verb in found}


@pytest.mark.parametrize("line", VERBS, ids=lambda line: line["id"])
def test_the_forms_of_a_verb_hang_together(line: dict[str, Any]) -> None:
    assert line["class"] in CLASSES
    particle = line["particle"] or ""
    assert particle + line["wij"] == infinitive(line)
    assert line["participle"].startswith(particle)
    stem, third = line["ik"], line["hij"]
    irregular = {"ben": "is", "heb": "heeft", "kan": "kan", "mag": "mag", "wil": "wil"}
    vowel = {"ga": "gaat", "sta": "staat", "sla": "slaat", "ontsta": "ontstaat", "besta": "bestaat", "ontga": "ontgaat"}
    regular = stem if stem.endswith("t") else f"{stem}t"
    assert third == irregular.get(stem, vowel.get(stem, regular))


@pytest.mark.parametrize(
    ("line", "base"),
    [
        pytest.param(line, base, id=line["id"])
        for line in VERBS
        if line["particle"]
        for base in VERBS
        if base["particle"] is None
        and base["wij"] == line["wij"]
        and base["ik"] == line["ik"]
        and "(" not in base["id"]
    ],
)
def test_a_separable_verb_bends_as_the_verb_inside_it(line: dict[str, Any], base: dict[str, Any]) -> None:
    """ "toegekomen" as "gekomen"; a prefix inside keeps its own participle ("toevertrouwd")."""
    assert line["participle"] == line["particle"] + base["participle"]
    assert line["hij"] == base["hij"]


@pytest.mark.parametrize("line", VERBS, ids=lambda line: line["id"])
def test_every_form_of_a_verb_is_findable(line: dict[str, Any]) -> None:
    words = vocabulary()
    particle = line["particle"] or ""
    verb = next(v for v in words.infinitives[infinitive(line)] if v.cls == line["class"])
    assert verb.particle == line["particle"]
    assert verb in words.participles[line["participle"]]
    for form in ("ik", "hij", "wij"):
        for table in (words.finite, words.lexical):
            apart = [reading for reading in table[line[form]] if reading.verb == verb]
            assert form in {reading.form for reading in apart}
            assert not any(reading.joined for reading in apart)
            joined = [reading for reading in table[particle + line[form]] if reading.verb == verb and reading.joined]
            assert {reading.form for reading in joined} >= ({form} if particle else set())


def test_every_example_is_its_own() -> None:
    examples = [line["example"] for line in VERBS]
    assert len(set(examples)) == len(examples)
    assert [example for example in examples if not (example.endswith(".") and example[0].isupper())] == []


# ---- auxiliaries ----

FRAMES = {"have": "perfect", "be": "intention"}


@pytest.mark.parametrize("line", lexicon("auxiliaries"), ids=lambda line: line["id"])
def test_every_auxiliary_makes_the_frame_of_its_example(nlp: Language, line: dict[str, Any]) -> None:
    words = {word.lower() for word in line["example"].rstrip(".").split()}
    assert words & set(line["forms"])
    frames = {evidence.frame for evidence in evidence_in(nlp, line["example"])}
    assert FRAMES.get(line["role"], line["role"]) in frames


@pytest.mark.parametrize("line", lexicon("auxiliaries"), ids=lambda line: line["id"])
def test_every_form_of_an_auxiliary_is_findable(line: dict[str, Any]) -> None:
    for form in line["forms"]:
        assert line["role"] in {reading.role for reading in vocabulary().finite[form]}
        assert line["role"] not in {reading.role for reading in vocabulary().lexical.get(form, [])}


# ---- phrases ----

# The phrase is never read in its own example, because the grammar reads something else there first.
SILENT_PHRASES = {
    "in werking laten treden",  # "in werking treden" is read, of class fact
    "zorg dragen voor",  # the separable verb zorgdragen is read
    "vorm geven",  # the separable verb vormgeven
    "gestand doen",  # the separable verb gestanddoen
    "van start gaan",  # "start" behind "van" is read as a finite verb
}


def test_every_phrase_is_found_in_its_example(nlp: Language) -> None:
    lines = lexicon("phrases")
    silent = {
        line["id"]
        for line in lines
        if (line["id"], line["class"]) not in {(e.verb, e.cls) for e in evidence_in(nlp, line["example"])}
    }
    assert silent == SILENT_PHRASES & {line["id"] for line in lines}


def test_every_phrase_hangs_on_a_verb() -> None:
    verbs = {infinitive(line) for line in VERBS}
    classes = CLASSES | {"attention", "commission", "follow"}
    for line in lexicon("phrases"):
        assert line["verb"] in verbs, line["id"]
        assert line["class"] in classes, line["id"]
        assert f" {line['words']} " in f" {line['example'].lower().replace('.', ' ').replace(',', ' ')} ", line["id"]


# ---- word classes ----


def finder_without(name: str, line_id: str) -> PromiseFinder:
    """A finder whose lexicon `name` has one line less, or a word class that holds no word anybody uses."""
    lines = lexicon(name)
    if name == "word_classes":
        lines = [line | ({"words": ["\x00"]} if line["id"] == line_id else {}) for line in lines]
    else:
        lines = [line for line in lines if line["id"] != line_id]
    made = PromiseFinder()
    made.initialize(lexicon={name: "\n".join(json.dumps(line) for line in lines)})
    return made


def read(nlp: Language, text: str, zone: str, finder: PromiseFinder) -> list[Any]:
    """All that the grammar has to say about a text."""
    groups = [
        (e.frame, e.verb, e.cls, e.subject, e.group.start, e.group.end, sorted(e.features), e.opener)
        for e in evidence_in(nlp, text, finder)
    ]
    return [groups, [(found.start, found.end, found.value) for found in finder.find(doc_of(nlp, text, zone))]]


WORD_CLASS_ZONES = {"settled": "table"}


@pytest.mark.parametrize("line", lexicon("word_classes"), ids=lambda line: line["id"])
def test_every_word_class_matters_in_its_example(nlp: Language, line: dict[str, Any]) -> None:
    """Without its words the example reads otherwise."""
    example, zone = line["example"], WORD_CLASS_ZONES.get(line["id"], "body")
    verbs = {evidence.verb for evidence in evidence_in(nlp, example)}
    assert any(word in example.lower() or word in verbs for word in line["words"])
    own: Any = nlp.get_pipe("promises")
    without = finder_without("word_classes", line["id"])
    assert read(nlp, example, zone, own) != read(nlp, example, zone, without)


@pytest.mark.parametrize("name", LEXICONS)
def test_every_line_of_the_lexicons_has_an_example(name: str) -> None:
    assert [line["id"] for line in lexicon(name) if not line["example"].strip()] == []
