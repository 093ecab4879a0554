"""Word documents: changes accepted, numbers counted, notes, text boxes, headers, and files that are none."""

from __future__ import annotations

import io
import zipfile

import pytest

from growth import assert_grows
from readings import PATH, assert_only_letter_errors, assert_sound, markers, packed, zones
from toezeggingen.errors import LetterError
from toezeggingen.letters.read import read_bytes
from toezeggingen.letters.readers.docx import read
from toezeggingen.letters.source import Options, Source

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(name: str, words: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMES}>{words}</w:{name}>'


def document(body: str, **parts: str) -> bytes:
    """A document with this body; `parts` are what its other parts hold ("styles", "header1")."""
    kinds = {"numbering": "numbering", "styles": "styles", "settings": "settings"}
    kinds |= {"footnotes": "footnotes", "endnotes": "endnotes"}
    files: dict[str, str | bytes] = {"word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    relations = ""
    for name, words in parts.items():
        kind = kinds.get(name) or ("hdr" if name.startswith("header") else "ftr")
        files[f"word/{name}.xml"] = part(kind, words)
        relation = {"hdr": "header", "ftr": "footer"}.get(kind, kind)
        relations += f'<Relationship Id="{name}" Type="{OFFICE}/relationships/{relation}" Target="{name}.xml"/>'
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
    return packed(files)


def word(body: str, **parts: str) -> Source:
    """What is read of a document, by its bytes."""
    source = read_bytes(document(body, **parts), PATH)
    assert source.media_type.endswith("wordprocessingml.document")
    assert_sound(read(document(body, **parts), PATH, Options()))
    return source


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def t(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def box(words: str) -> str:
    return f"<w:txbxContent>{p(t(words))}</w:txbxContent>"


def wide(columns: str) -> str:
    return f'<w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>'


OWN_MARK = 'w:customMarkFollows="1"'
DELETED = "<w:rPr><w:del/></w:rPr>"
BLOCKS: dict[str, tuple[str, str]] = {
    "paragraphs": (
        p(t("De po") + t("nt", "<w:b/>") + t(" vaart. ")) + p("") + p(t("Weer.")),
        "De pont vaart.\n\nWeer.\n",
    ),
    "a paragraph in capitals of the font": (p(t("De pont", "<w:caps/>")), "De pont\n"),
    "inserted words": (p(t("De ") + f"<w:ins>{t('nieuwe ')}</w:ins>" + t("pont")), "De nieuwe pont\n"),
    "deleted words": (p(t("De ") + "<w:del><w:r><w:delText>oude </w:delText></w:r></w:del>" + t("pont")), "De pont\n"),
    "moved words": (
        p(f"<w:moveFrom>{t('weg')}</w:moveFrom>" + t("De ") + f"<w:moveTo>{t('pont')}</w:moveTo>"),
        "De pont\n",
    ),
    "a deleted paragraph mark": (p(t("De "), DELETED) + p(t("pont "), DELETED) + p(t("vaart")), "De pont vaart\n"),
    "a deleted mark at the end": (p(t("De pont")) + p(t("vaart"), DELETED), "De pont\n\nvaart\n"),
    "a deleted mark before a table": (
        p(t("De "), DELETED) + f"<w:tbl>{row(p(t('a')), p(t('b')))}</w:tbl>",
        "De\n\na\tb\n",
    ),
    "an inserted paragraph mark": (p(t("De pont"), "<w:rPr><w:ins/></w:rPr>") + p(t("vaart")), "De pont\n\nvaart\n"),
    "an older form of a paragraph": (
        p(t("pont"), '<w:pPrChange><w:pPr><w:pStyle w:val="x"/></w:pPr></w:pPrChange>'),
        "pont\n",
    ),
    "hidden words": (p(t("De ") + t("oude ", "<w:vanish/>") + t("pont", '<w:vanish w:val="0"/>')), "De pont\n"),
    "a content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{p(t('De pont'))}</w:sdtContent></w:sdt>", "De pont\n"),
    "a control in a line": (p(t("De ") + f"<w:sdt><w:sdtContent>{t('pont')}</w:sdtContent></w:sdt>"), "De pont\n"),
    "a link": (p(f'<w:hyperlink r:id="weg">{t("De pont")}</w:hyperlink>' + t(" vaart")), "De pont vaart\n"),
    "a field": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + t("12") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        "12\n",
    ),
    "a simple field": (p(t("Pagina ") + f'<w:fldSimple w:instr="PAGE">{t("3")}</w:fldSimple>'), "Pagina 3\n"),
    "hyphens": (
        p("<w:r><w:t>36410</w:t><w:noBreakHyphen/><w:t>XV toe</w:t><w:softHyphen/><w:t>zegging</w:t></w:r>"),
        "36410-XV toezegging\n",
    ),
    "tabs and breaks": (
        p("<w:r><w:t>De</w:t><w:tab/><w:t>pont</w:t><w:br/><w:t>vaart</w:t><w:br w:type='page'/><w:t>niet</w:t></w:r>"),
        "De pont\nvaart\nniet\n",
    ),
    "symbols": (
        p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Times" w:char="20AC"/>'
            '<w:sym w:font="X" w:char="F0FF"/></w:r>'
        ),
        "🡪€\n",
    ),
    "a formula": (p(t("Dan ") + "<m:oMath><m:r><m:t>a=</m:t></m:r><m:r><m:t>b</m:t></m:r></m:oMath>"), "Dan a=b\n"),
    "a table": (
        "<w:tbl>"
        + row(p(t("Motie")), p(t("Stand")))
        + row(p(t("een")) + p(t("twee")), p("<w:r><w:t>af</w:t><w:br/><w:t>gedaan</w:t></w:r>"))
        + "</w:tbl>",
        "Motie\tStand\neen twee\taf gedaan\n",
    ),
    "cells over rows and columns": (
        "<w:tbl>"
        + row('<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p(t("a")), wide("2") + p(t("b")), p(t("c")))
        + row("<w:tcPr><w:vMerge/></w:tcPr>" + p(""), p(t("d")), p(t("e")), p(t("f")))
        + "</w:tbl>",
        "a\tb\t\tc\n\td\te\tf\n",
    ),
    "a width that is no number": (f"<w:tbl>{row(wide('x') + p(t('a')), p(t('b')))}</w:tbl>", "a\tb\n"),
    "a deleted row and cell": (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(t('weg'))}</w:tc></w:tr>"
        + row("<w:tcPr><w:cellDel/></w:tcPr>" + p(t("weg")), p(t("a")), p(t("b")))
        + "</w:tbl>",
        "a\tb\n",
    ),
    "a text box": (
        p(t("De pont") + f"<w:r><w:pict><v:textbox>{box('In de marge')}</v:textbox></w:pict></w:r>" + t(" vaart")),
        "De pont vaart\n\nIn de marge\n",
    ),
    "text boxes in two forms": (
        p(
            t("De pont")
            + f'<mc:AlternateContent><mc:Choice Requires="wps">{box("een")}{box("twee")}</mc:Choice>'
            + f"<mc:Fallback>{box('een')}{box('twee')}</mc:Fallback></mc:AlternateContent>"
        ),
        "De pont\n\neen\n\ntwee\n",
    ),
    "a picture": (p("<w:r><w:drawing><x xmlns='x'>geen woord</x></w:drawing></w:r>" + t("pont")), "pont\n"),
    "a comment": (p(t("De pont") + '<w:r><w:commentReference w:id="1"/></w:r>'), "De pont\n"),
    "a note that is not there": (p(t("De pont") + '<w:r><w:footnoteReference w:id="9"/></w:r>'), "De pont\n"),
}


@pytest.mark.parametrize(("body", "text"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(body: str, text: str) -> None:
    assert word(body).text == text


def test_the_strict_dialect() -> None:
    data = document(p(t("De pont"), '<w:outlineLvl w:val="0"/>'))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strict = archive.read("word/document.xml").replace(
            WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        )
    source = read_bytes(packed({"word/document.xml": strict}), PATH)
    assert (source.text, [str(mark.zone) for mark in source.marks]) == ("De pont\n", ["heading"])


def test_a_text_under_another_name() -> None:
    relation = f'<Relationship Id="a" Type="{OFFICE}/relationships/officeDocument" Target="/word/document2.xml"/>'
    data = packed(
        {
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>',
            "word/styles.xml": part("styles", ""),
            "word/document2.xml": part("document", f"<w:body>{p(t('De pont'))}</w:body>"),
        }
    )
    assert read_bytes(data, PATH).text == "De pont\n"


# --- numbers ---------------------------------------------------------------------------------------------------------


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%2)")
    + level(2, "decimal", "%1.%3")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">' + level(0, "bullet", "\uf0b7") + level(1, "bullet", "o") + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2">'
    + level(0, "upperRoman", "Deel %1", '<w:pStyle w:val="Kop1"/>')
    + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="3">' + level(0, "none", "") + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="3"/></w:numPr>'
    '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen kop"/><w:basedOn w:val="Kop1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lus"><w:name w:val="Lus"/><w:basedOn w:val="Lus"/></w:style>'
)


def item(number: int, words: str, at: int = 0, more: str = "") -> str:
    return p(t(words), f'{more}<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(name: str, words: str) -> str:
    return p(t(words), f'<w:pStyle w:val="{name}"/>')


NUMBERED: dict[str, tuple[str, str]] = {
    "numbers": (item(1, "een") + item(1, "twee"), "1. een\n2. twee\n"),
    "bullets": (item(2, "een") + item(2, "dieper", 1), "- een\n- dieper\n"),
    "levels": (
        item(1, "een") + item(1, "a", 1) + item(1, "b", 1) + item(1, "diep", 2) + item(1, "twee") + item(1, "a", 1),
        "1. een\na) a\nb) b\n1.1 diep\n2. twee\na) a\n",
    ),
    "on after other words": (item(1, "een") + p(t("Antwoord")) + item(1, "twee"), "1. een\n\nAntwoord\n\n2. twee\n"),
    "begun at another number": (item(1, "een") + item(5, "zeven") + item(5, "acht"), "1. een\n7. zeven\n8. acht\n"),
    "an empty item counts": (item(1, "een") + item(1, "") + item(1, "drie"), "1. een\n3. drie\n"),
    "taken away": (item(1, "een") + item(0, "geen") + item(4, "niets"), "1. een\n\ngeen\n\nniets\n"),
    "a list that is not there": (item(99, "een"), "een\n"),
    "headings of a style": (
        styled("Kop1", "een") + p(t("tekst")) + styled("Eigen", "twee"),
        "Deel I een\n\ntekst\n\nDeel II twee\n",
    ),
    "headings below": (styled("Kop1", "een") + item(3, "a", 1, '<w:outlineLvl w:val="1"/>'), "Deel I een\n\n1.1 a\n"),
    "very deep": (
        item(1, "een") + "".join(item(1, f"n{n}", n) for n in range(1, 9)),
        "1. een\na) n1\n1.1 n2\n\nn3\n\nn4\n\nn5\n\nn6\n\nn7\n\nn8\n",
    ),
    "letters after z": (
        "".join(item(1, str(n), 1) for n in range(28)),
        "".join(f"{chr(97 + n)}) {n}\n" for n in range(26)) + "aa) 26\nbb) 27\n",
    ),
    "a style that is its own parent": (styled("Lus", "een"), "een\n"),
}


@pytest.mark.parametrize(("body", "text"), NUMBERED.values(), ids=NUMBERED)
def test_numbers(body: str, text: str) -> None:
    assert word(body, numbering=NUMBERING, styles=STYLES).text == text


def test_headings() -> None:
    body = (
        styled("Titel", "Pont")
        + styled("Eigen", "Vaart")
        + p(t("Sluis"), '<w:outlineLvl w:val="2"/>')
        + p(t("x"), '<w:outlineLvl w:val="9"/>')
    )
    source = word(body, numbering=NUMBERING, styles=STYLES)
    assert zones(read(document(body, styles=STYLES), PATH, Options())) == dict.fromkeys(
        ("Pont", "Vaart", "Sluis"), "heading"
    )
    assert source.text == "Pont\n\nDeel I Vaart\n\nSluis\n\nx\n"


# --- notes, headers and footers --------------------------------------------------------------------------------------


def note(kind: str, number: int, words: str) -> str:
    return f'<w:{kind} w:id="{number}">{words}</w:{kind}>'


def reference(kind: str, number: int, more: str = "", mark: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}" {more}/>{mark}</w:r>'


def test_footnotes_and_endnotes() -> None:
    body = (
        p(t("De pont ") + reference("footnote", 2) + t(" vaart") + reference("endnote", 3) + t("."))
        + f"<w:tbl>{row(p(t('a') + reference('footnote', 5, OWN_MARK, '<w:t>*</w:t>')), p(t('b')))}</w:tbl>"
    )
    footnotes = (
        note("footnote", -1, p("<w:r><w:separator/></w:r>")).replace("<w:footnote ", '<w:footnote w:type="separator" ')
        + note("footnote", 5, p(t("In een tabel.")))
        + note(
            "footnote",
            2,
            p("<w:r><w:footnoteRef/></w:r>" + t(" Zie "))
            + p("<w:ins>" + t("de brief.") + "</w:ins><w:del>" + t("weg") + "</w:del>"),
        )
    )
    endnotes = note("endnote", 3, p(t("Aan het eind.")))
    source = word(body, footnotes=footnotes, endnotes=endnotes)
    assert source.text == "De pont1 vaart2.\n\na3\tb\n\n1 Zie de brief.\n2 Aan het eind.\n3 In een tabel.\n"
    assert markers(read(document(body, footnotes=footnotes, endnotes=endnotes), PATH, Options())) == [
        (1, "pont1"),
        (2, "vaart2"),
        (3, "a3"),
    ]


def section(title_page: bool, **parts: str) -> str:
    """A section with its headers and footers: the kind of each ("first_header"), and the part that holds it."""
    references = "".join(
        f'<w:{kind.split("_")[1]}Reference w:type="{kind.split("_")[0]}" r:id="{name}"/>'
        for kind, name in parts.items()
    )
    return f"<w:sectPr>{references}{'<w:titlePg/>' if title_page else ''}</w:sectPr>"


def test_what_tops_the_first_page_is_head_and_the_rest_furniture() -> None:
    body = p(t("De pont vaart.")) + section(
        True,
        first_header="header1",
        default_header="header2",
        even_header="header3",
        first_footer="footer1",
        default_footer="footer2",
    )
    letterhead = f"<w:tbl>{row(p(t('Datum')), p(t('4 maart 2031')))}</w:tbl>"
    parts = {
        "header1": p(t("Ministerie van Sluizen")) + letterhead,
        "header2": p(t("Ons kenmerk 12")),
        "header3": p(t("Vertrouwelijk")),  # of even pages, which are not told apart here
        "footer1": p(t("Pagina 1 van 2")),
        "footer2": p(t("7")),
    }
    reading = read(document(body, **parts), PATH, Options())
    assert (
        reading.text
        == "Ministerie van Sluizen\n\nDatum\t4 maart 2031\n\nDe pont vaart.\n\nOns kenmerk 12\n\nPagina 1 van 2\n"
    )
    assert zones(reading) == {
        "Ministerie van Sluizen": "head",
        "Datum\t4 maart 2031": "head",
        "Ons kenmerk 12": "furniture",
        "Pagina 1 van 2": "furniture",
    }


def test_headers_of_later_sections() -> None:
    first = p("", section(False, default_header="header1", default_footer="footer1"))
    body = p(t("een")) + first + p(t("twee")) + section(True, first_header="header2", even_header="header3")
    parts = {name: p(t(f"in {name}")) for name in ("header1", "header2", "header3", "footer1")}
    reading = read(document(body, settings="<w:evenAndOddHeaders/>", **parts), PATH, Options())
    assert reading.text == "in header1\n\neen\n\ntwee\n\nin footer1\n\nin header2\n\nin header3\n"


# --- bad input -------------------------------------------------------------------------------------------------------

ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
GOOD = document(p(t("De pont")))
BAD: dict[str, tuple[bytes, str]] = {
    "no document": (packed({"word/styles.xml": part("styles", "")}), "no word/document.xml"),
    "an empty document": (packed({"word/document.xml": part("document", "")}), "no document"),
    "no XML": (packed({"word/document.xml": "x"}), "word/document.xml that is not well-formed (line 1: "),
    "broken off": (GOOD[: len(GOOD) // 2], "breaks off, or was damaged"),
    "damaged": (GOOD.replace(b"PK\x03\x04", b"PK\x03\x05", 1), "word/document.xml that is damaged"),
    "entities": (packed({"word/document.xml": ENTITY}), "declares entities"),
    "entities in UTF-16": (packed({"word/document.xml": ENTITY.encode("utf-16")}), "declares entities"),
    "entities in the styles": (
        packed({"word/document.xml": part("document", "<w:body/>"), "word/styles.xml": ENTITY}),
        "declares entities",
    ),
    "tables in tables": (
        document("<w:tbl><w:tr><w:tc>" * 70 + p(t("diep")) + "</w:tc></w:tr></w:tbl>" * 70),
        "too deep",
    ),
}


@pytest.mark.parametrize(("data", "found"), BAD.values(), ids=BAD)
def test_bad_documents(data: bytes, found: str) -> None:
    with pytest.raises(LetterError) as raised:
        read(data, PATH, Options())
    assert str(raised.value).startswith(f"{PATH}: this ")
    assert found in str(raised.value)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed({"a": "", "word/document.xml": part("document", " " * 60_000_000)})
    assert len(bomb) < 100_000
    with pytest.raises(LetterError, match="unpacks to more than a letter can be"):
        read(bomb, PATH, Options())


def test_pictures_are_not_unpacked() -> None:
    data = packed(
        {
            "word/document.xml": part("document", f"<w:body>{p(t('pont'))}</w:body>"),
            "word/media/a.png": bytes(60_000_000),
        }
    )
    assert read(data, PATH, Options()).text == "pont\n"


def test_a_size_that_is_a_lie() -> None:
    data = bytearray(
        packed({"a": "", "word/document.xml": part("document", f"<w:body>{p(t('pont ' * 9000))}</w:body>")})
    )
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[at + 24 : at + 28] = (99).to_bytes(4, "little")
    with pytest.raises(LetterError, match=r"word/document\.xml that is (damaged|not well-formed)"):
        read(bytes(data), PATH, Options())


def test_time_grows_with_the_document() -> None:
    def prepare(size: int) -> object:
        data = document((p(t("De pont") + t(" vaart")) + item(1, "een")) * size, numbering=NUMBERING)
        return lambda: read(data, PATH, Options())

    assert_grows(prepare, 100, 800)  # type: ignore[arg-type]


def test_broken_documents() -> None:
    body = "".join(body for body, _ in (*BLOCKS.values(), *NUMBERED.values()))
    data = document(
        body + section(True, first_header="header1"), numbering=NUMBERING, styles=STYLES, header1=p(t("Brief"))
    )
    assert_only_letter_errors(read, data, "document")
