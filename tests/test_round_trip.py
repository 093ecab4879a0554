"""Ten letters in every format: each sentence comes back whole and in order, and the commitments are the same."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from rendering import docx, html, odt, pdf, text, xml
from rendering.letter import Letter, Table, letters, sentences, words
from toezeggingen import pipeline
from toezeggingen.commitments import link
from toezeggingen.components.spans import found_in
from toezeggingen.letters.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language

    from toezeggingen.letters.head import Head
    from toezeggingen.letters.source import Source

LETTERS = {letter.name: letter for letter in letters()}

# Each format as it is named in the tests, and what makes it. The names of the files tell nothing.
FORMATS: dict[str, Callable[[Letter], bytes]] = {
    "text": text.render,
    **{f"pdf-{name}": partial(pdf.render, style=style) for name, style in pdf.STYLES.items()},
    "docx": docx.render,
    "docx-tracked": partial(docx.render, tracked=True),
    "odt": odt.render,
    "odt-tracked": partial(odt.render, tracked=True),
    "html": html.render_page,
    "html-word": html.render_word,
    "html-publication": html.render_publication,
    "xml": xml.render,
}

# Words that stand in a file and are none of the letter's: running heads and feet, a site's own, what was deleted.
FURNITURE = (
    *(r"Pagina \d+ van \d+", r"Tweede Kamer, vergaderjaar", r"ISSN", r"\bHome\b", r"Publicatiedatum", r"↩"),
    *("Exploitatiecentrum", "Geen woord van de brief", docx.DELETED, re.escape(docx.COMMENT), odt.DELETED),
)
DOUBLED = 25
"""Characters: what is shorter may well stand in a letter twice."""

Commitment = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a letter: its source, the words of its cleaned view with white space folded, and what was found."""

    source: Source
    view: str
    lines: tuple[str, ...]
    head: Head
    commitments: Counter[Commitment]


@pytest.fixture(scope="module")
def read(nlp: Language) -> Callable[[str, str], Read]:
    """Reads a letter in a format, once."""
    done: dict[tuple[str, str], Read] = {}

    def reading(letter: str, form: str) -> Read:
        key = (letter, form)
        if key not in done:
            done[key] = _read(FORMATS[form](LETTERS[letter]), nlp)
        return done[key]

    return reading


def _read(data: bytes, nlp: Language) -> Read:
    source = read_bytes(data, "brief")
    doc, view, head = pipeline.prepare(nlp, source)
    nlp(doc)
    terms = found_in(doc, "deadlines")
    commitments: Counter[Commitment] = Counter()
    for each in link(doc):
        promise = each.promise
        term = terms[each.deadline].value if each.deadline is not None else None
        quote = fold(view.text[promise.start : promise.end])
        commitments[quote, promise.value["kind"], promise.value["status"], json.dumps(term, sort_keys=True)] += 1
    return Read(source, fold(view.text), tuple(map(fold, view.text.split("\n\n"))), head, commitments)


def fold(words: str) -> str:
    """The words with one blank between them."""
    return " ".join(words.split())


def expected(letter: Letter) -> Iterator[str]:
    """What a letter says, in order, but for its footnotes."""
    for block in letter.blocks:
        yield from map(fold, sentences(block))


cases = pytest.mark.parametrize(
    ("letter", "form"),
    [
        pytest.param(letter, form, id=f"{letter}-{form}", marks=pytest.mark.xdist_group(f"round-trip-{letter}"))
        for letter in LETTERS
        for form in FORMATS
    ],
)


def test_there_are_ten_letters_and_each_holds_what_is_to_be_read() -> None:
    assert len(LETTERS) == 10
    kinds = Counter(type(block).__name__ for letter in LETTERS.values() for block in letter.blocks)
    assert min(kinds[name] for name in ("Paragraph", "Heading", "Items", "Table", "Turn")) >= 3
    for name, letter in LETTERS.items():
        said = [*expected(letter), *letter.notes]
        assert 400 <= sum(len(sentence.split()) for sentence in said) <= 900, name
        assert max(len(letter.notes) for letter in LETTERS.values()) >= 10
        long = [sentence for sentence in said if len(sentence) >= DOUBLED]
        assert len(long) == len(set(long)), f"{name} says something twice"


@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_promises_something(read: Callable[[str, str], Read], letter: str) -> None:
    found = read(letter, "text").commitments
    assert found.total() >= 6
    assert len({term for *_, term in found if term != "null"}) >= 4


@cases
def test_every_sentence_comes_back_whole_and_in_order(read: Callable[[str, str], Read], letter: str, form: str) -> None:
    view = read(letter, form).view
    position = 0
    lost = []
    for sentence in expected(LETTERS[letter]):
        place = view.find(sentence, position)
        if place < 0:
            lost.append(sentence)
        else:
            position = place + len(sentence)
    assert lost == []
    assert [one for one in expected(LETTERS[letter]) if len(one) >= DOUBLED and view.count(one) > 1] == []


@cases
def test_every_footnote_comes_back_whole_and_apart(read: Callable[[str, str], Read], letter: str, form: str) -> None:
    """The words of a footnote are no part of the paragraph that refers to it, nor of another footnote."""
    lines = read(letter, form).lines
    wanted = list(map(fold, LETTERS[letter].notes))
    found = [[line for line in lines if note in line] for note in wanted]
    assert [note for note, where in zip(wanted, found, strict=True) if len(where) != 1] == []
    alone = re.compile(r"\[?\d{0,2}[\].]? ?")  # its number may stand before it
    assert [
        where[0]
        for note, where in zip(wanted, found, strict=True)
        if alone.sub("", where[0], 1) != alone.sub("", note, 1)
    ] == []


@cases
def test_the_cells_of_a_row_stay_together(read: Callable[[str, str], Read], letter: str, form: str) -> None:
    view = read(letter, form).view
    rows = [
        fold(" ".join(map(words, row)))
        for block in LETTERS[letter].blocks
        if isinstance(block, Table)
        for row in (block.columns, *block.rows)
    ]
    assert [row for row in rows if row not in view] == []


@cases
def test_the_words_around_a_letter_are_left_out(read: Callable[[str, str], Read], letter: str, form: str) -> None:
    view = read(letter, form).view
    assert [match.group() for pattern in FURNITURE for match in re.finditer(pattern, view)] == []


@cases
def test_the_head_is_that_of_the_letter(read: Callable[[str, str], Read], letter: str, form: str) -> None:
    head, wanted = read(letter, form).head, LETTERS[letter]
    assert head.date == wanted.date
    assert head.chamber == "TK"
    assert head.ministry == read(letter, "text").head.ministry
    assert [one.office for one in head.signatories] == list(wanted.signatories)
    if form in ("xml", "html-publication") or form.startswith("pdf-print"):
        assert head.own_paper == wanted.published.id


@cases
def test_the_commitments_are_the_same(read: Callable[[str, str], Read], letter: str, form: str) -> None:
    found, wanted = read(letter, form).commitments, read(letter, "text").commitments
    assert sorted((wanted - found).elements()) == []
    assert sorted((found - wanted).elements()) == []


@pytest.mark.parametrize("style", pdf.STYLES)
def test_every_line_lies_where_its_words_are(style: str) -> None:
    """What PDFium finds in the box of a line is its words; a letter of another line may reach into the box."""
    for letter in LETTERS.values():
        data = FORMATS[f"pdf-{style}"](letter)
        source = read_bytes(data, "brief")
        document = pypdfium2.PdfDocument(data)
        sheets = [(page, page.get_textpage()) for page in document]
        assert len(sheets) == len(source.pages)
        assert letters_of("".join(source.text[line.start : line.end] for line in source.lines)) == letters_of(
            source.text
        )
        for line in source.lines:
            page, words_on_it = sheets[line.page - 1]
            low, high = page.get_height() - line.bottom - 1, page.get_height() - line.top + 1
            inside = letters_of(words_on_it.get_text_bounded(line.left - 1, low, line.right + 1, high))
            wanted = letters_of(source.text[line.start : line.end])
            assert not Counter(wanted) - Counter(inside), source.text[line.start : line.end]
            assert len(inside) - len(wanted) <= 2, source.text[line.start : line.end]


def letters_of(words: str) -> str:
    """Letters and digits only, ligatures apart."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum())


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_letter_gives_the_same_file(form: str) -> None:
    """So that what fails here fails everywhere."""
    letter = LETTERS["voetnoten-jenv"]
    one, other = FORMATS[form](letter), FORMATS[form](letter)
    assert one == other
