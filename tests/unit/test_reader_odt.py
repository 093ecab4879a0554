"""OpenDocument texts: blocks, lists, notes, pages, frames, headers, and files that are none."""

from __future__ import annotations

import pytest

from growth import assert_grows
from readings import PATH, assert_only_letter_errors, assert_sound, markers, packed, zones
from toezeggingen.errors import LetterError
from toezeggingen.letters.read import read_bytes
from toezeggingen.letters.readers.odt import read
from toezeggingen.letters.source import Options, Page

URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = ("office", "text", "style", "table", "manifest")
NAMES = " ".join(f'xmlns:{name}="{URN}{name}:1.0"' for name in SPACES) + (
    f' xmlns:draw="{URN}drawing:1.0" xmlns:fo="{URN}xsl-fo-compatible:1.0" xmlns:svg="{URN}svg-compatible:1.0"'
)
TYPE = "application/vnd.oasis.opendocument.text"


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def text(body: str, styles: str = "", common: str = "") -> bytes:
    """A text with this body, automatic styles and common styles."""
    parts: dict[str, str | bytes] = {"mimetype": TYPE, "content.xml": content(body, styles)}
    if common:
        parts["styles.xml"] = f"<office:document-styles {NAMES}>{common}</office:document-styles>"
    return packed(parts)


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{words and p(words)}</table:table-cell>"


def table(*rows: str) -> str:
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"


def frame(words: str) -> str:
    return f"<draw:frame><draw:text-box>{p(words)}</draw:text-box><svg:title>Een kader</svg:title></draw:frame>"


def note(label: str, words: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body>{p(words)}</text:note-body></text:note>"
    )


DELETION = f"<text:changed-region><text:deletion>{p('weg')}</text:deletion></text:changed-region>"
BLOCKS: dict[str, tuple[str, str]] = {
    "paragraphs": (p("De\n <text:span>po</text:span>nt vaart. ") + p("") + p("Weer."), "De pont vaart.\n\nWeer.\n"),
    "headings": ('<text:h text:outline-level="1">Kop</text:h>' + p("tekst"), "Kop\n\ntekst\n"),
    "blanks": (p('De<text:s text:c="4"/>pont<text:tab/>vaart'), "De pont vaart\n"),
    "line breaks": (p("De pont<text:line-break/>vaart"), "De pont\nvaart\n"),
    "soft hyphens": (p("toe\u00adzegging"), "toezegging\n"),
    "changes": (
        f"<text:tracked-changes>{DELETION}</text:tracked-changes>"
        + p('De <text:change text:change-id="a"/><text:change-start/>nieuwe<text:change-end/> pont'),
        "De nieuwe pont\n",
    ),
    "comments": (p("De<office:annotation><text:p>Kan dit?</text:p></office:annotation> pont"), "De pont\n"),
    "fields and links": (p("Blz. <text:page-number>3</text:page-number> <text:a>hier</text:a>"), "Blz. 3 hier\n"),
    "sections": (f"<text:section>{p('een')}</text:section>" + p("twee"), "een\n\ntwee\n"),
    "a hidden section": (f'<text:section text:display="none">{p("een")}</text:section>' + p("twee"), "twee\n"),
    "hidden words": (p("De <text:span text:style-name='V'>oude </text:span>pont") + p("weg", "VP"), "De pont\n"),
    "a table of contents": (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Sjabloon"
        "</text:index-title-template></text:table-of-content-source><text:index-body>"
        + p("1 Pont")
        + "</text:index-body></text:table-of-content>",
        "1 Pont\n",
    ),
    "ruby": (
        p("<text:ruby><text:ruby-base>pont</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>"),
        "pont\n",
    ),
    "a frame": (
        p(f"De {frame('In de marge')}pont{frame('Daaronder')} vaart."),
        "De pont vaart.\n\nIn de marge\n\nDaaronder\n",
    ),
    "a frame in a frame": (
        p(f"een<draw:frame><draw:text-box>{p('twee' + frame('drie'))}</draw:text-box></draw:frame>"),
        "een\n\ntwee\n\ndrie\n",
    ),
    "words in a drawing": (p(f"een<draw:custom-shape>{p('twee')}</draw:custom-shape> nog"), "een nog\n\ntwee\n"),
    "a picture": (p("een<draw:frame><draw:image/><svg:desc>Een boot</svg:desc></draw:frame>"), "een\n"),
    "a table": (table(cell("Motie") + cell("Stand"), cell("een") + cell("af")), "Motie\tStand\neen\taf\n"),
    "merged cells": (
        table(
            cell("a", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>" + cell("b"),
            cell("") + cell("c"),
        ),
        "a\t\tb\n\tc\n",
    ),
    "repeated cells": (table(cell("", 'table:number-columns-repeated="3"') + cell("a") + cell("b")), "\t\t\ta\tb\n"),
    "paragraphs in a cell": (
        table(f"<table:table-cell>{p('een')}{p('twee<text:line-break/>drie')}</table:table-cell>" + cell("b")),
        "een twee drie\tb\n",
    ),
    "one column is no table": (table(f"<table:table-cell>{p('een')}{p('twee')}</table:table-cell>"), "een\n\ntwee\n"),
    "an entity of a name that all know": (p("één&#160;pont"), "één\u00a0pont\n"),
}
HIDDEN = (
    '<style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="VP" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
)


@pytest.mark.parametrize(("body", "words"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(body: str, words: str) -> None:
    source = read_bytes(text(body, HIDDEN), PATH)
    assert (source.text, source.media_type) == (words, TYPE)
    assert_sound(read(text(body, HIDDEN), PATH, Options()))


def test_zones() -> None:
    body = '<text:h text:outline-level="2">Kop</text:h>' + p("pont") + table(cell("a") + cell("b"))
    assert zones(read(text(body), PATH, Options())) == {"Kop": "heading", "a\tb": "table"}


# --- lists -----------------------------------------------------------------------------------------------------------


def number(level: int, form: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" {more}/>'


LISTS = (
    '<text:list-style style:name="G">'
    + number(1, "1", 'style:num-suffix="."')
    + number(2, "a", 'style:num-prefix="(" style:num-suffix=")"')
    + number(3, "1", 'style:num-suffix="." text:display-levels="3"')
    + '</text:list-style><text:list-style style:name="B">'
    '<text:list-level-style-bullet text:level="1"/></text:list-style>'
    '<text:list-style style:name="N">' + number(1, "") + "</text:list-style>"
)


def items(*words: str, style: str = "G", more: str = "") -> str:
    inner = "".join(one if one.startswith("<") else f"<text:list-item>{p(one)}</text:list-item>" for one in words)
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


def deeper(words: str, *inner: str) -> str:
    return f"<text:list-item>{words and p(words)}<text:list>{items(*inner).partition('>')[2]}</text:list-item>"


NUMBERED: dict[str, tuple[str, str]] = {
    "numbers": (items("een", "twee") + p("na"), "1. een\n2. twee\n\nna\n"),
    "bullets": (items("een", "twee", style="B"), "- een\n- twee\n"),
    "no numbers": (items("een", style="N"), "een\n"),
    "a style that is not there": (items("een", style="X"), "- een\n"),
    "levels": (
        items("een", deeper("twee", "a", deeper("b", "diep")), "drie"),
        "1. een\n2. twee\n(a) a\n(b) b\n2.b.1. diep\n3. drie\n",
    ),
    "a level without its own item": (items(deeper("", "a", "b"), "een"), "(a) a\n(b) b\n1. een\n"),
    "on after other words": (
        items("een") + p("Antwoord") + items("twee", more='text:continue-numbering="true"'),
        "1. een\n\nAntwoord\n\n2. twee\n",
    ),
    "on from another list": (
        items("een", more='xml:id="l1"') + items("x", style="B") + items("twee", more='text:continue-list="l1"'),
        "1. een\n\n- x\n\n2. twee\n",
    ),
    "anew": (items("een") + p("-") + items("een"), "1. een\n\n-\n\n1. een\n"),
    "from a number": (
        items('<text:list-item text:start-value="7"><text:p>zeven</text:p></text:list-item>', "acht"),
        "7. zeven\n8. acht\n",
    ),
    "a header": (items("<text:list-header><text:p>kop</text:p></text:list-header>", "een"), "kop\n1. een\n"),
    "more paragraphs": (
        items(f"<text:list-item>{p('een')}{p('nog')}</text:list-item>", "twee"),
        "1. een\nnog\n2. twee\n",
    ),
}


@pytest.mark.parametrize(("body", "words"), NUMBERED.values(), ids=NUMBERED)
def test_lists(body: str, words: str) -> None:
    assert read_bytes(text(body, LISTS), PATH).text == words


def test_numbered_headings() -> None:
    levels = "".join(
        f'<text:outline-level-style text:level="{n}" style:num-format="1" text:display-levels="{n}"/>' for n in (1, 2)
    )
    heads = "".join(
        f'<text:h text:outline-level="{n}" {more}>kop</text:h>'
        for n, more in ((1, ""), (2, ""), (2, 'text:is-list-header="true"'), (1, ""), (2, ""), (3, ""))
    )
    common = f"<office:styles><text:outline-style>{levels}</text:outline-style></office:styles>"
    assert read_bytes(text(heads, common=common), PATH).text.split("\n\n") == [
        "1 kop",
        "1.1 kop",
        "kop",
        "2 kop",
        "2.1 kop",
        "kop\n",
    ]


# --- notes and pages -------------------------------------------------------------------------------------------------


def test_footnotes_and_endnotes() -> None:
    body = p(f"De pont {note('1', 'Zie<text:line-break/>de brief.')} vaart{note('i', 'Aan het eind.', 'endnote')}.")
    body += table(cell(f"a{note('2', 'In een tabel.')}") + cell("b"))
    reading = read(text(body), PATH, Options())
    assert reading.text == "De pont1 vaart3.\n\na2\tb\n\n1 Zie de brief.\n3 Aan het eind.\n2 In een tabel.\n"
    assert markers(reading) == [(1, "pont1"), (3, "vaart3"), (2, "a2")]
    assert [mark.note for mark in reading.marks if mark.note] == [1, 3, 2]


BREAKS = (
    '<style:style style:name="P" style:family="paragraph" style:parent-style-name="Q"/>'
    '<style:style style:name="Q" style:family="paragraph">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
    '<style:style style:name="A" style:family="paragraph">'
    '<style:paragraph-properties fo:break-after="page"/></style:style>'
    '<style:style style:name="M" style:family="paragraph" style:master-page-name="Bijlage"/>'
)


def test_pages() -> None:
    body = (
        p("een", "P")
        + p("twee <text:soft-page-break/>drie", "A")
        + p("vier")
        + p("vijf", "M")
        + "<text:soft-page-break/>"
    )
    reading = read(text(body, BREAKS), PATH, Options())
    assert_sound(reading)
    assert reading.text == "een\n\ntwee drie\n\nvier\n\nvijf\n"
    assert [reading.text[page.start : page.end] for page in reading.pages] == [
        "een\n\ntwee",
        " drie\n\n",
        "vier\n\n",
        "vijf\n",
    ]


def test_no_pages_where_the_program_that_saved_it_says_none() -> None:
    source = read_bytes(text(p("een", "P") + p("twee", "P"), BREAKS), PATH)
    assert source.pages == (Page(1, 0, len("een\n\ntwee\n")),)


def master(name: str, more: str = "", **parts: str) -> str:
    inner = "".join(
        f"<style:{part.replace('_', '-')}>{words and p(words)}</style:{part.replace('_', '-')}>"
        for part, words in parts.items()
    )
    return f'<style:master-page style:name="{name}" {more}>{inner}</style:master-page>'


MASTERS: dict[str, tuple[str, dict[str, str]]] = {
    "one kind of page": (
        master("Standard", header="Ministerie", footer="Pagina 1"),
        {"Ministerie": "head", "Pagina 1": "furniture"},
    ),
    "a first page of its own": (
        master("Standard", header="Ons kenmerk", header_first="Ministerie", footer="9"),
        {"Ministerie": "head", "Ons kenmerk": "furniture"},
    ),
    "a kind that follows": (
        master("Standard", 'style:next-style-name="Volg"', header="Ministerie") + master("Volg", header="Ons kenmerk"),
        {"Ministerie": "head", "Ons kenmerk": "furniture"},
    ),
    "a kind that is not used": (
        master("Standard", header="Ministerie") + master("Envelop", header="Aan"),
        {"Ministerie": "head"},
    ),
    "the same words twice": (
        master("Standard", 'style:next-style-name="Volg"', header="Ministerie") + master("Volg", header="Ministerie"),
        {"Ministerie": "head"},
    ),
    "no header on the first page": (
        master("Standard", 'style:next-style-name="Volg"') + master("Volg", header="Ons kenmerk", footer="Pagina 2"),
        {"Ons kenmerk": "furniture", "Pagina 2": "furniture"},
    ),
}


@pytest.mark.parametrize(("masters", "found"), MASTERS.values(), ids=MASTERS)
def test_headers_and_footers(masters: str, found: dict[str, str]) -> None:
    reading = read(
        text(p("De pont vaart."), common=f"<office:master-styles>{masters}</office:master-styles>"), PATH, Options()
    )
    assert zones(reading) == found
    head = "".join(f"{words}\n\n" for words, zone in found.items() if zone == "head")
    foot = "".join(f"\n\n{words}" for words, zone in found.items() if zone == "furniture")
    assert reading.text == f"{head}De pont vaart.{foot}\n"


def test_the_kind_of_page_that_the_first_block_begins_is_the_first() -> None:
    masters = master("Standard", header="Volgblad") + master(
        "Bijlage", 'style:next-style-name="Standard"', header="Voorblad"
    )
    common = f"<office:master-styles>{masters}</office:master-styles>"
    reading = read(text(p("pont", "M"), BREAKS, common), PATH, Options())
    assert zones(reading) == {"Voorblad": "head", "Volgblad": "furniture"}


# --- files -----------------------------------------------------------------------------------------------------------

BODY = content(p("De pont"))
ENCRYPTED = f"<manifest:manifest {NAMES}><manifest:encryption-data/></manifest:manifest>"
BAD: dict[str, tuple[bytes, str]] = {
    "no text in it": (packed({"mimetype": TYPE}), "has no content.xml"),
    "another body": (
        packed({"mimetype": TYPE, "content.xml": f"<office:document-content {NAMES}/>"}),
        "no OpenDocument text",
    ),
    "no XML": (packed({"mimetype": TYPE, "content.xml": "x"}), "content.xml that is not well-formed (line 1: "),
    "broken off": (text(p("De pont"))[:-40], "breaks off, or was damaged"),
    "encrypted": (
        packed({"mimetype": TYPE, "content.xml": b"\x8f\x01", "META-INF/manifest.xml": ENCRYPTED}),
        "is encrypted",
    ),
    "encrypted as a whole": (packed({"mimetype": TYPE, "encrypted-package": b"\x8f\x01"}), "is encrypted"),
    "entities": (
        packed({"mimetype": TYPE, "content.xml": f'<!DOCTYPE a [<!ENTITY b "c">]>{BODY}'}),
        "declares entities",
    ),
    "entities in the styles": (
        packed({"mimetype": TYPE, "content.xml": BODY, "styles.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
        "declares entities",
    ),
    "a bomb": (packed({"mimetype": TYPE, "content.xml": " " * 60_000_000}), "unpacks to more"),
}


@pytest.mark.parametrize(("data", "found"), BAD.values(), ids=BAD)
def test_bad_files(data: bytes, found: str) -> None:
    with pytest.raises(LetterError) as raised:
        read_bytes(data, PATH)
    assert str(raised.value).startswith(f"{PATH}: this ")
    assert found in str(raised.value)


@pytest.mark.parametrize(
    "data",
    [
        packed({"content.xml": BODY, "mimetype": TYPE}),
        packed(
            {"META-INF/manifest.xml": f"<manifest:manifest {NAMES}/>", "mimetype": f"{TYPE}\n", "content.xml": BODY}
        ),
        BODY.replace("document-content", "document").encode(),
    ],
    ids=["in another order", "with a manifest first", "in one file"],
)
def test_other_ways_to_pack_a_text(data: bytes) -> None:
    assert read_bytes(data, "pont.zip").text == "De pont\n"


def test_a_spreadsheet_is_none() -> None:
    data = packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": BODY})
    with pytest.raises(LetterError, match="this is a spreadsheet"):
        read_bytes(data, PATH)


@pytest.mark.parametrize(
    "unit", [p(f"De {frame('pont')}"), items("een"), p(f"De{note('1', 'pont')}"), table(cell("a") + cell("b"))]
)
def test_time_grows_with_the_text(unit: str) -> None:
    def prepare(size: int) -> object:
        data = text(unit * size, LISTS)
        return lambda: read(data, PATH, Options())

    assert_grows(prepare, 200, 1_600)  # type: ignore[arg-type]


def test_broken_texts() -> None:
    body = "".join(body for body, _ in (*BLOCKS.values(), *NUMBERED.values())) + p(
        note("1", "Noot.") + "<text:soft-page-break/>"
    )
    masters = f"<office:master-styles>{master('Standard', header='Brief')}</office:master-styles>"
    assert_only_letter_errors(read, text(body, LISTS + HIDDEN + BREAKS, masters), "tekst")
