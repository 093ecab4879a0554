"""HTML: blocks, footnotes, tables and lists of pages by all sorts of programs, and papers with their metadata."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_grows
from readings import PATH, assert_only_letter_errors, assert_sound, markers, zones
from toezeggingen.errors import LetterError
from toezeggingen.letters.read import read_bytes
from toezeggingen.letters.readers import markup
from toezeggingen.letters.readers.html import read
from toezeggingen.letters.signatures import Signatory
from toezeggingen.letters.source import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from toezeggingen.letters.source import Reading


def page(body: str, head: str = "") -> Reading:
    """What is read of a page with this body."""
    data = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    reading = read(data.encode(), PATH, Options())
    assert_sound(reading)
    return reading


BLOCKS: dict[str, tuple[str, str]] = {
    "paragraphs": ("<p>De pont\n   vaart. </p><p>Weer.</p>", "De pont vaart.\n\nWeer.\n"),
    "words without a paragraph": ("De pont<div>vaart</div>niet", "De pont\n\nvaart\n\nniet\n"),
    "inline elements": ("<p>De <b>po</b>nt <i>vaart</i>\n<u>.</u></p>", "De pont vaart .\n"),
    "no-break spaces": ("<p>&nbsp; 29&nbsp;282 &nbsp;</p><p>&nbsp;</p>", "29\u00a0282\n"),
    "what has no width": ("<p>toe&shy;zeg\u200bging\ufeff</p>", "toezegging\n"),
    "other blanks": ("<p>de\u2003pont\u2028vaart&#133;</p>", "de pont vaart…\n"),
    "characters by their number in windows-1252": ("<p>&#147;pont&#148; &#150;</p>", "“pont” –\n"),
    "line breaks": ("<p>De pont<br>vaart<br/><br>niet<br></p>", "De pont\nvaart\n\nniet\n"),
    "headings": ("<h1>Kop</h1><h3>Kop <em>twee</em></h3>", "Kop\n\nKop twee\n"),
    "written as it is": ("<pre>De  pont\n\tvaart\n\n\nniet</pre>", "De pont\nvaart\n\nniet\n"),
    "a list": ("<ul><li>een<li>twee</ul>na", "- een\n- twee\n\nna\n"),
    "a list in an item": ("<ul><li>een<ul><li>a</li></ul>rest</li><li>twee</li></ul>", "- een\n- a\nrest\n- twee\n"),
    "paragraphs in an item": ("<ol><li><p>een</p><p>nog</p></li><li>twee</ol>", "1. een\nnog\n2. twee\n"),
    "numbers": ('<ol start="3" type="a"><li>een<li value=7>twee<li>drie</ol>', "c. een\ng. twee\nh. drie\n"),
    "numbers by style": ('<ol style="list-style-type: upper-roman"><li>een<li>twee</ol>', "I. een\nII. twee\n"),
    "numbers downwards": ("<ol reversed><li>een<li>twee</ol>", "2. een\n1. twee\n"),
    "numbers written out": ("<ul><li>a. een<li><p><span>b.</span> twee</ul>", "a. een\nb. twee\n"),
    "an empty item": ("<ul><li></li></ul><p>na</p>", "na\n"),
    "terms": ("<dl><dt>pont<dd>een veerboot</dl>", "pont\neen veerboot\n"),
    "a table": (
        "<table><tr><th>Motie<th>Stand</tr><tr><td><p>Een</p><p>twee</p><td>af<br>gedaan</tr></table>",
        "Motie\tStand\nEen twee\taf gedaan\n",
    ),
    "cells over more rows and columns": (
        "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f<tr><td>g<td><td>h</table>",
        "a\tb\t\tc\n\td\te\tf\ng\t\th\n",
    ),
    "empty rows and cells": ("<table><tr><td><td></tr><tr><td>a<td>b<td> <td></table>", "a\tb\n"),
    "a list in a cell": ("<table><tr><td>a<td><ul><li>b<li>c</ul></table>", "a\t- b - c\n"),
    "one column is no table": ("<table><tr><td><p>De pont</p><p>vaart.</table>", "De pont\n\nvaart.\n"),
    "a page in a table": (
        "<table><tr><td> <td><p>De pont</p><table><tr><td>a<td>b</table></table>",
        "De pont\n\na\tb\n",
    ),
    "a caption": ("<table><caption>Stand</caption><tr><td>a<td>b</table>", "Stand\n\na\tb\n"),
    "scripts and styles": ("<p>pont</p><script>x<y</script><style>p{}</style><noscript>aan</noscript>", "pont\n"),
    "what is hidden": ('<p hidden>x<p style="Display: None">y</p><p>pont<i style="mso-hide:all">z</i>', "pont\n"),
    "deleted and inserted": ("<p>De <del>oude</del><ins>nieuwe</ins> pont</p>", "De nieuwe pont\n"),
    "comments": ("<p>De <!-- oude --> pont<![if !vml]>!<![endif]></p>", "De pont!\n"),
    "items as Word writes them": (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
        "·<span style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>een<o:p></o:p></p>"
        "<p style='mso-list:l0'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>twee</p>",
        "- een\n2. twee\n",
    ),
    "a menu, and a head and foot around the page": (
        "<nav>Menu</nav><header>Site</header><main><header>Brief</header><p>De pont</p></main><footer>Onder</footer>",
        "Brief\n\nDe pont\n",
    ),
    "a page without a main part": ("<header>Site</header><p>De pont</p><footer>Op", "Site\n\nDe pont\n\nOp\n"),
    "the only article": ("<div>Ook gelezen</div><article><p>De pont</p></article>", "De pont\n"),
    "a picture in the page": (f'<p>De <img src="data:image/png;base64,{"A" * 300}"> pont</p>', "De pont\n"),
}


@pytest.mark.parametrize(("body", "text"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(body: str, text: str) -> None:
    assert page(body).text == text


def test_zones() -> None:
    reading = page("<header>Site</header><h2>Kop</h2><p>De pont</p><table><tr><td>a<td>b</table><footer>Onder</footer>")
    assert zones(reading) == {"Site": "furniture", "Kop": "heading", "a\tb": "table", "Onder": "furniture"}


# --- footnotes -------------------------------------------------------------------------------------------------------

NOTES = {
    "mammoth": (
        '<p>De pont<sup><a href="#footnote-2" id="footnote-ref-2">[1]</a></sup> vaart.</p>'
        '<ol><li id="footnote-2"><p>Zie de brief. <a href="#footnote-ref-2">↑</a></p></li></ol>'
    ),
    "pandoc": (
        '<p>De pont<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a> vaart.</p><section>'
        '<ol><li id="fn1"><p>Zie de brief.<a href="#fnref1" class="footnote-back">↩︎</a></p></li></ol></section>'
    ),
    "Word": (
        '<p>De pont <a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span>[1]</span></a> vaart.</p>'
        '<div style="mso-element:footnote-list"><hr><div style="mso-element:footnote" id=ftn1><p class=MsoFootnoteText>'
        '<a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Zie de</p><p>brief.</p></div></div>'
    ),
    "LibreOffice": (
        '<p>De pont<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> vaart.</p>'
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>'
        "Zie de brief.</p></div>"
    ),
    "the official publications": (
        '<p>De pont <a class="nootnum supernote-click-ID-1-d2" href="#ID-1-d2">1</a> vaart.</p><div id="noten"><hr>'
        '<div class="voet noot" id="supernote-note-ID-1-d2"><h5 class="note-close"><a href="#c">X</a> Noot</h5><sup>'
        '<span class="nootnum"><a id="ID-1-d2"></a>1</span></sup><p>Zie de brief.</p></div></div>'
    ),
    "a site": '<p>De pont<sup><a href="#noot1">1</a></sup> vaart.</p><p id="noot1">1. Zie de brief.</p>',
    "a note before its marker": (
        '<div class="footnote" id="a"><p>[1] Zie de brief.</p></div><p>De pont<a href="#a">1</a> vaart.</p>'
    ),
}


@pytest.mark.parametrize("body", NOTES.values(), ids=NOTES)
def test_footnotes(body: str) -> None:
    reading = page(body)
    assert reading.text == "De pont1 vaart.\n\n1 Zie de brief.\n"
    assert markers(reading) == [(1, "pont1")]
    assert [(str(mark.zone), mark.note) for mark in reading.marks] == [("footnote", 1)]


def test_notes_outside_the_main_part_and_with_other_labels() -> None:
    reading = page(
        '<main><p>De pont<a href="#fn1">*</a> <a href="#fn2">2</a>, zie <a href="#kop">3</a>, <a href="#fn9">9</a>.</p>'
        '<h2 id="kop">Kop</h2></main><p id="fn1">* Ster.</p><p id="fn2">2 Twee.</p>'
    )
    assert reading.text == "De pont3 2, zie 3, 9.\n\nKop\n\n3 Ster.\n2 Twee.\n"
    assert [one.number for one in reading.markers] == [3, 2]


def test_a_link_back_and_forth_between_headings_is_no_footnote() -> None:
    body = '<p id="t1"><a href="#h1" id="l1">1</a> Pont</p><h2><a id="h1" href="#l1">1</a> Pont</h2>'
    assert page(body).text == "1 Pont\n\n1 Pont\n"


# --- encodings -------------------------------------------------------------------------------------------------------

WORDS = "geëerde schipper – “één”"
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
ENCODINGS: dict[str, tuple[bytes, int]] = {
    "UTF-8": (f"<html><p>{WORDS}".encode(), 0),
    "UTF-8 with a mark": (f"\ufeff<html><p>{WORDS}".encode(), 0),
    "UTF-16 with a mark": (f"<html><p>{WORDS}".encode("utf-16"), 0),
    "UTF-16 without": (f"<html><p>{WORDS}".encode("utf-16-le"), 0),
    "Latin-1, which means windows-1252": (f"<html>{META.format('ISO-8859-1')}<p>{WORDS}".encode("cp1252"), 0),
    "named in a declaration": (f'<?xml version="1.0" encoding="cp1252"?><html><p>{WORDS}</p>'.encode("cp1252"), 0),
    "UTF-8 that is windows-1252": (f"<html>{META.format('utf-8')}<p>{WORDS}".encode("cp1252"), 1),
    "nothing said": (f"<html><p>{WORDS}".encode("cp1252"), 1),
    "no name of an encoding": (f"<html>{META.format('rot13')}<p>{WORDS}".encode(), 0),
}


@pytest.mark.parametrize(("data", "warnings"), ENCODINGS.values(), ids=ENCODINGS)
def test_encodings(data: bytes, warnings: int) -> None:
    source = read_bytes(data, PATH)
    assert source.media_type == "text/html"
    assert source.text == f"{WORDS}\n"
    assert [code for code, _ in source.warnings] == ["encoding"] * warnings


def test_one_broken_character_does_not_spoil_the_others() -> None:
    reading = read(f"<html><p>{WORDS} \N{EM DASH}".encode() + b"\xe9 " + WORDS.encode(), PATH, Options())
    assert reading.text == f"{WORDS} —\ufffd {WORDS}\n"
    assert "1 characters" in reading.warnings[0][1]


@pytest.mark.parametrize(
    "piece", ["<p>De pont</p>", "<div class=x><p>De pont</div>\n", "<META charset=utf-8><p>De pont<br>"]
)
def test_a_piece_of_a_page_is_a_page(piece: str) -> None:
    assert read_bytes(piece.encode(), "pont.txt").media_type == "text/html"


@pytest.mark.parametrize("text", ["<p> is geen pagina", "<sup>1</sup> De pont <b>vaart</b>", "<De pont>"])
def test_text_that_begins_like_a_tag_is_text(text: str) -> None:
    assert read_bytes(text.encode(), "pont.txt").media_type == "text/plain"


# --- publications ----------------------------------------------------------------------------------------------------

PAPER = """<div id="header"><p>Zoeken</p></div><div id="broodtekst" class="stuk broodtekst-container">
<h1 class="dossiertitel"><span class="dossiernummer">99 111</span>Sluizen</h1>
<h1 class="stuktitel no-toc"><span class="stuknummer">Nr. 12</span>BRIEF VAN DE MINISTER VAN DEFENSIE</h1>
<p class="kamerstukdatum">Ontvangen 5 maart 2031</p><p>Den Haag, 4 maart 2031</p>
<div class="vraag"><h2 class="stuktitel no-toc"><a id="d1"></a>Vraag 1</h2><p>Vaart de pont?</p></div>
<ul class="expliciet"><li class="li"><p class="labeled"><span class="ol">a. </span>een</p></li></ul>
<p class="ondertekening"><span class="functie">De Minister van Defensie,</span><span class="naam"><span
 class="voornaam">A.B.</span><span class="achternaam">Schipper</span></span></p></div><div id="sidebar">Zie ook</div>"""


def metadata(**said: str) -> dict[str, Any]:
    """The metadata of a page with these names; two underlines stand for a point."""
    head = "".join(f'<meta name="{name.replace("__", ".")}" content="{value}">' for name, value in said.items())
    return dict(page(PAPER, head).metadata)


def test_a_paper() -> None:
    reading = page(PAPER, '<meta name="DC.identifier" content="kst-99111-12">')
    assert reading.text == (
        "99 111 Sluizen\n\nNr. 12 BRIEF VAN DE MINISTER VAN DEFENSIE\n\nOntvangen 5 maart 2031\n\n"
        "Den Haag, 4 maart 2031\n\nVraag 1\n\nVaart de pont?\n\na. een\n\nDe Minister van Defensie,\nA.B. Schipper\n"
    )
    assert zones(reading) == {
        "99 111 Sluizen": "head",
        "Nr. 12 BRIEF VAN DE MINISTER VAN DEFENSIE": "head",
        "Ontvangen 5 maart 2031": "head",
        "Vraag 1": "heading",
    }


NUMBERED = {"DC__identifier": "kst-1234567"}
SIGNED = {"signatories": (Signatory("A.B. Schipper", "Minister van Defensie"),), "ministry": "DEF"}


def test_metadata_of_a_paper() -> None:
    found = metadata(
        DC__identifier="kst-99111-12",
        DC__creator="Tweede Kamer der Staten-Generaal",
        OVERHEIDop__documenttitel="Brief regering; Stand van de sluizen",
        OVERHEIDop__datumBrief="2031-03-04",
        DCTERMS__issued="2031-03-11",
    )
    assert found == SIGNED | {
        "own_paper": "kst-99111-12",
        "chamber": "TK",
        "subject": "Stand van de sluizen",
        "date": dt.date(2031, 3, 4),
    }


@pytest.mark.parametrize(
    ("said", "paper"),
    [
        (NUMBERED | {"OVERHEIDop__dossiernummer": "99111-XV", "OVERHEIDop__ondernummer": "3"}, "kst-99111-XV-3"),
        (NUMBERED, "kst-1234567"),
        ({"dcterms__identifier": "ah-tk-20302031-546"}, "ah-tk-20302031-546"),
        ({"DC__identifier": "kst-99111-K", "DC__creator": "Eerste Kamer der Staten-Generaal"}, "kst-99111-K"),
    ],
)
def test_ids(said: dict[str, str], paper: str) -> None:
    assert metadata(**said)["own_paper"] == paper


@pytest.mark.parametrize(
    "said",
    [
        {"DC__identifier": "kst-99111-12", "DCTERMS__issued": "2031-03-11", "DCTERMS__available": "2031-03-12"},
        {"DC__identifier": "kst-99111-12", "OVERHEIDop__datumOntvangst": "2031-03-11"},
        {"DC__identifier": "kst-99111-12", "OVERHEIDop__datumBrief": "4 maart 2031"},
        {"DC__identifier": "kst-99111-12", "DC__creator": "Staten-Generaal", "OVERHEIDop__documenttitel": "Brief"},
    ],
)
def test_what_is_not_stated_is_left_out(said: dict[str, str]) -> None:
    assert metadata(**said) == SIGNED | {"own_paper": "kst-99111-12"}


def test_the_day_on_which_answers_were_received_is_theirs() -> None:
    found = metadata(DC__identifier="ah-tk-20302031-546", OVERHEIDop__datumOntvangst="2031-02-03")
    assert found["date"] == dt.date(2031, 2, 3)


def test_a_page_without_an_id_of_a_paper_has_no_metadata() -> None:
    assert metadata(DC__identifier="gmb-2031-1", DC__creator="Tweede Kamer der Staten-Generaal") == {}


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html>", "empty"),
        (b"<div>" * 3000, "nested over 2,000 deep"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(900)) + b">pont", "over 500 attributes"),
        (b"<p>" * (markup.MAX_TAGS + 1), "more tags than a letter can have"),
    ],
)
def test_bad_pages(data: bytes, found: str) -> None:
    with pytest.raises(LetterError, match=found):
        read(data, PATH, Options())


@pytest.mark.parametrize("depth", [10, 255, 300, 1900])
def test_nothing_deep_is_lost(depth: int) -> None:
    assert page("<div>" * depth + "pont" + "</div>" * depth + "<p>na").text == "pont\n\nna\n"


def test_a_long_text_is_not_cut() -> None:
    words = "pont " * 2_100_000  # libxml2 stops at ten million characters where nobody looks
    assert len(page(f"<p>{words}</p><p>na").text) == len(words) + len("\nna\n")


def _filled(unit: str) -> Callable[[int], Callable[[], object]]:
    def prepare(size: int) -> Callable[[], object]:
        data = b"<html>" + (unit * (size // len(unit))).encode()

        def call() -> None:
            with contextlib.suppress(LetterError):  # refusing takes time too
                read(data, PATH, Options())

        return call

    return prepare


@pytest.mark.parametrize(
    "unit",
    [
        "<p>De pont <b>vaart</b></p>",
        "<li>a",
        "<br>",
        '<a href="#n" id="n">1</a>',
        '<p id="fn1"><a href="#fn1">1</a>',
        "<table><tr><td>a<td rowspan=9 colspan=9>b</table>",
        "<!--",
        "&amp",
        '<p x="',
    ],
)
def test_time_grows_with_the_page(unit: str) -> None:
    assert_grows(_filled(unit), 20_000, 160_000)


@given(st.text(alphabet='<>/"=ab ul li table tr td p&;#1', max_size=120))
def test_any_tags_are_read(text: str) -> None:
    try:
        reading = read(f"<html>{text}".encode(), PATH, Options())
    except LetterError:
        return
    assert_sound(reading)


def test_broken_pages() -> None:
    body = PAPER + "".join(NOTES.values()) + "".join(body for body, _ in BLOCKS.values())
    data = f'<html><head><meta name="DC.identifier" content="kst-99111-12"></head><body>{body}</body></html>'
    assert_only_letter_errors(read, data.encode(), "pagina")
