"""XML: papers of all years with what they state, XML of other sorts, and XML that means harm."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from growth import assert_grows
from readings import PATH, assert_only_letter_errors, assert_sound, markers, zones
from toezeggingen.errors import LetterError
from toezeggingen.letters.read import read_bytes
from toezeggingen.letters.readers import markup
from toezeggingen.letters.readers.xml import read
from toezeggingen.letters.signatures import Signatory
from toezeggingen.letters.source import Options, Source

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "https://zoek.officielebekendmakingen.nl/{}/metadata.xml"
NOTE = '<noot id="{0}" type="voet"><noot.nr>{0}</noot.nr><noot.al>{1}</noot.al></noot>'


def xml(data: str | bytes) -> Source:
    """What is read of a document, by its bytes."""
    data = data.encode() if isinstance(data, str) else data
    source = read_bytes(data, PATH)
    assert source.media_type == "application/xml"
    assert_sound(read(data, PATH, Options()))
    return source


def paper(words: str, signature: str = "", date: str = "", record: str = "kst-99111-XV-12") -> str:
    """A letter as published since 2010."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<officiele-publicatie xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <metadata><meta name="OVERHEIDop.externMetadataRecord" scheme="" content="{RECORD.format(record)}" /></metadata>
  <kamerstuk>
    <kamerstukkop>
      <tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031</tekstregel>
      <tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
      <tekstregel inhoud="kamernummer">2</tekstregel>
    </kamerstukkop>
    <dossier><dossiernummer><dossiernr>99 111</dossiernr><begrotingshoofdstuk>XV</begrotingshoofdstuk></dossiernummer>
      <titel>Sluizen en ponten</titel></dossier>
    <stuk><stuknr>Nr. <ondernummer kamer="2">12</ondernummer></stuknr><titel>BRIEF VAN DE MINISTER VAN DEFENSIE</titel>
      {date}<algemeen><vrije-tekst><tekst status="goed">{words}</tekst></vrije-tekst>
      <tekst-sluiting>{signature}</tekst-sluiting></algemeen></stuk>
  </kamerstuk>
</officiele-publicatie>"""


HEAD = (
    "Vergaderjaar 2030-2031\nTweede Kamer der Staten-Generaal\n2\n\n99 111 XV Sluizen en ponten\n\n"
    "Nr. 12 BRIEF VAN DE MINISTER VAN DEFENSIE\n\n"
)
SIGNED = (
    "<ondertekening><functie>De Minister van Defensie,</functie><naam><voornaam>A.B.</voornaam>"
    "<achternaam>Schipper</achternaam></naam></ondertekening>"
)
BLOCKS: dict[str, tuple[str, str]] = {
    "paragraphs": ("<al>De\n  pont <nadruk type='vet'>vaart</nadruk>.</al><al>Weer.</al>", "De pont vaart.\n\nWeer.\n"),
    "a word with an instruction in it": ("<al>veer<?xpp afbreek?>pont<!-- oud --></al>", "veerpont\n"),
    "a reference": (
        "<al>Zie <extref doc='kst-99110-3' soort='document'>99 110, nr. 3</extref>.</al>",
        "Zie 99 110, nr. 3.\n",
    ),
    "a group": ("<al-groep><al>een</al><al>twee</al></al-groep>", "een\n\ntwee\n"),
    "headings": (
        "<tussenkop kopopmaak='cur'>Kop</tussenkop><divisie><kop><nr>1.</nr><titel>Deel</titel></kop>"
        "<al>x</al></divisie>",
        "Kop\n\n1. Deel\n\nx\n",
    ),
    "a line break": ("<al>een<br/>twee</al>", "een\ntwee\n"),
    "a list": (
        "<lijst type='expliciet'><li><li.nr>–</li.nr><al>een</al></li><li><li.nr>b.</li.nr><al>twee</al><al>nog</al>"
        "<lijst type='expliciet'><li><li.nr>1°</li.nr><al>diep</al></li></lijst></li></lijst><al>na</al>",
        "- een\nb. twee\nnog\n1° diep\n\nna\n",
    ),
    "numbers that are not written": (
        "<lijst type='a' start='3'><li><al>een</al></li><li>twee</li></lijst>",
        "c. een\nd. twee\n",
    ),
    "bullets that are not written": ("<lijst type='ndash'><li><al>een</al></li></lijst>", "- een\n"),
    "definitions": (
        "<definitielijst><definitie-item><term>pont:</term><definitie><al>boot</al></definitie></definitie-item></definitielijst>",
        "pont:\nboot\n",
    ),
    "clauses": (
        "<artikel><kop><label>Artikel</label><nr>1</nr></kop><lid><lidnr>1.</lidnr><al>een</al></lid></artikel>",
        "Artikel 1\n\n1. een\n",
    ),
    "a table": (
        "<table><title>Stand</title><tgroup cols='3'><colspec colnum='1' colname='c1'/>"
        "<colspec colnum='2' colname='c2'/>"
        "<colspec colnum='3' colname='c3'/><thead><row><entry colname='c1'><al>Motie</al></entry>"
        "<entry namest='c2' nameend='c3'>"
        "<al>Stand</al></entry></row></thead><tbody><row><entry colname='c1' morerows='1'><al>a</al></entry>"
        "<entry colname='c2'>"
        "<al>b</al><al>c</al></entry><entry colname='c3'><al>d</al></entry></row><row>"
        "<entry colname='c3'><al>e</al></entry>"
        "</row></tbody></tgroup></table>",
        "Stand\n\nMotie\tStand\na\tb c\td\n\t\te\n",
    ),
    "a frame": (
        "<table><tgroup cols='1'><tbody><row><entry><al>een</al><al>twee</al></entry></row></tbody></tgroup></table>",
        "een\n\ntwee\n",
    ),
    "a picture": ("<plaatje><illustratie naam='a.png'/><bijschrift>De pont</bijschrift></plaatje>", "De pont\n"),
    "an element that nobody knows": (
        "<al>De <nieuw>pont</nieuw> vaart</al><doos><iets>een</iets><iets>twee</iets></doos>",
        "De pont vaart\n\neen\n\ntwee\n",
    ),
    "words beside blocks": ("De pont <nadruk>vaart</nadruk><al>niet</al>", "De pont vaart\n\nniet\n"),
}


@pytest.mark.parametrize(("words", "text"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(words: str, text: str) -> None:
    assert xml(paper(words)).text == HEAD + text


def test_a_letter() -> None:
    words = (
        "<al>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</al><al>Den Haag, 4 maart 2031</al>"
        f"<al>De pont{NOTE.format(1, 'Zie <extref>99 110</extref>.')} vaart {NOTE.format(2, 'Twee.')} weer.</al>"
    )
    reading = read(paper(words, SIGNED).encode(), PATH, Options())
    assert reading.text.removeprefix(HEAD) == (
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDen Haag, 4 maart 2031\n\n"
        "De pont1 vaart2 weer.\n\n"
        "De Minister van Defensie,\nA.B. Schipper\n\n1 Zie 99 110.\n2 Twee.\n"
    )
    assert markers(reading) == [(1, "pont1"), (2, "vaart2")]
    assert set(zones(reading).values()) == {"head", "footnote"}
    assert reading.metadata == {
        "own_paper": "kst-99111-XV-12",
        "chamber": "TK",
        "signatories": (Signatory("A.B. Schipper", "Minister van Defensie"),),
        "ministry": "DEF",
    }


def test_notes_in_titles_tables_and_with_numbers_taken() -> None:
    row = f"<row><entry><al>a</al></entry><entry>b{NOTE.format(1, 'In de tabel.')}</entry></row>"
    words = (
        f"<tussenkop>Kop{NOTE.format(1, 'Bij de kop.')}</tussenkop><table><tgroup><tbody>{row}</tbody></tgroup></table>"
    )
    assert xml(paper(words)).text == f"{HEAD}Kop1\n\na\tb2\n\n1 Bij de kop.\n2 In de tabel.\n"


DAY = '<datum isodatum="2031-03-04">4 maart 2031</datum>'
DATES: dict[str, tuple[str, str, str, dt.date | None]] = {
    "in the signature": ("", f"<ondertekening><plaats>Den Haag</plaats>{DAY}</ondertekening>", "", dt.date(2031, 3, 4)),
    "behind the place": (f"<al>Den Haag, {DAY}</al>", "", "", dt.date(2031, 3, 4)),
    "in a sentence": (f"<al>Het debat van {DAY} ging over ponten.</al>", "", "", None),
    "in words only": ("<al>Den Haag, 4 maart 2031</al>", "", "", None),
    "received": ("<al>De pont.</al>", "", f"<datumtekst>Ontvangen {DAY}</datumtekst>", dt.date(2031, 3, 4)),
    "proposed": ("<al>De pont.</al>", "", f"<datumtekst>Voorgesteld {DAY}</datumtekst>", None),
    "received, and in words": (
        "<al>Den Haag, 1 maart 2031</al>",
        "",
        f"<datumtekst>Ontvangen {DAY}</datumtekst>",
        None,
    ),
    "no day": ('<al>Den Haag, <datum isodatum="2031-02-31">x</datum></al>', "", "", None),
}


@pytest.mark.parametrize(("words", "signature", "date", "day"), DATES.values(), ids=DATES)
def test_dates(words: str, signature: str, date: str, day: dt.date | None) -> None:
    assert xml(paper(words, signature, date)).metadata.get("date") == day


SIGNATURES: dict[str, tuple[str, list[tuple[str | None, str]]]] = {
    "two": (
        "<ondertekening><functie>De Minister van Defensie,</functie><naam>A. Schipper</naam></ondertekening>"
        "<ondertekening><functie>De Staatssecretaris van Defensie,</functie><naam>B. Stuurman</naam></ondertekening>",
        [("A. Schipper", "Minister van Defensie"), ("B. Stuurman", "Staatssecretaris van Defensie")],
    ),
    "offices before names": (
        "<ondertekening><functie>De Minister van Defensie,</functie><functie>De Minister van Financiën,</functie>"
        "<naam>A. Schipper</naam><naam>B. Stuurman</naam></ondertekening>",
        [("A. Schipper", "Minister van Defensie"), ("B. Stuurman", "Minister van Financiën")],
    ),
    "one name for two offices": (
        "<ondertekening><functie>De Minister van Defensie,</functie><functie>de Minister van Financiën,</functie>"
        "<naam>A. Schipper</naam></ondertekening>",
        [(None, "Minister van Defensie"), (None, "Minister van Financiën")],
    ),
    "an office in two parts": (
        "<ondertekening><functie>De Minister</functie> voor Rechtsbescherming,<naam>A. Schipper</naam></ondertekening>",
        [("A. Schipper", "Minister voor Rechtsbescherming")],
    ),
    "for another": (
        "<ondertekening><functie>Mede namens de Minister van Defensie,</functie>"
        "<functie>De Minister van Financiën,</functie>"
        "<naam>A. Schipper</naam></ondertekening>",
        [("A. Schipper", "Minister van Financiën")],
    ),
    "none": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("signature", "signed"), SIGNATURES.values(), ids=SIGNATURES)
def test_signatories(signature: str, signed: list[tuple[str | None, str]]) -> None:
    found = xml(paper("<al>De pont.</al>", signature)).metadata
    assert [(one.name, one.office) for one in found.get("signatories", ())] == signed
    assert ("ministry" in found) == bool(signed)


def test_the_signature_of_an_annex_is_not_the_letters() -> None:
    annex = f"<bijlage><kop><titel>Bijlage</titel></kop>{SIGNED}</bijlage>"
    assert "signatories" not in xml(paper(f"<al>De pont.</al>{annex}")).metadata


@pytest.mark.parametrize(
    ("record", "found"),
    [("kst-99111-XV-12", "kst-99111-XV-12"), ("kst-1234567", "kst-1234567"), ("iets", "kst-99111-XV-12")],
)
def test_ids(record: str, found: str) -> None:
    assert xml(paper("<al>De pont.</al>", record=record)).metadata["own_paper"] == found


ANSWERS = """<officiele-publicatie><metadata/><kamervragen><kamervraagkop>
<tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031</tekstregel>
<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
<tekstregel inhoud="kamernummer">2</tekstregel><tekstregel inhoud="documenttype">Aanhangsel</tekstregel></kamervraagkop>
<kamervraagnummer>546</kamervraagnummer>
<kamervraagomschrijving>Vragen van het lid <naam><achternaam>Roeier</achternaam></naam> (XYZ) aan de
 <organisatie>Minister van Defensie</organisatie> over <kamervraagonderwerp>de veerpont<noot><noot.nr>1</noot.nr>
 <noot.al>Krant.</noot.al></noot></kamervraagonderwerp> (ingezonden
 <datum isodatum="2031-01-02">2 januari 2031</datum>).
 </kamervraagomschrijving>
<kamervraagomschrijving>Antwoord van Minister <naam><achternaam>Schipper</achternaam></naam> (Defensie) (ontvangen
 <datum isodatum="2031-02-03">3 februari 2031</datum>).</kamervraagomschrijving>
<vraag><nr>Vraag 1</nr><al>Vaart de pont?</al></vraag><antwoord><nr>Antwoord 1</nr><al>Ja.</al></antwoord>
</kamervragen></officiele-publicatie>"""


def test_questions_and_answers() -> None:
    source = xml(ANSWERS)
    assert source.text == (
        "Vergaderjaar 2030-2031\nTweede Kamer der Staten-Generaal\n2\nAanhangsel\n\n546\n\n"
        "Vragen van het lid Roeier (XYZ) aan de Minister van Defensie over de veerpont1 "
        "(ingezonden 2 januari 2031).\n\n"
        "Antwoord van Minister Schipper (Defensie) (ontvangen 3 februari 2031).\n\n"
        "Vraag 1\n\nVaart de pont?\n\nAntwoord 1\n\nJa.\n\n1 Krant.\n"
    )
    assert source.metadata == {
        "own_paper": "ah-tk-20302031-546",
        "chamber": "TK",
        "subject": "de veerpont",
        "date": dt.date(2031, 2, 3),
    }
    assert [source.text[mark.start : mark.end].strip() for mark in source.marks if str(mark.zone) == "heading"] == [
        "Vraag 1",
        "Antwoord 1",
    ]


OLD = """<kamerwrk kamer="2" publtype="meto"><metadata/><kop><titel>Eerste Kamer der Staten-Generaal</titel>
<subtitel>1</subtitel><subtitel>Vergaderjaar 1999-2000</subtitel></kop><frontm><versie/><ordernr>KST1</ordernr>
<vergjaar>1999-2000</vergjaar><onderw><nummer>99 112</nummer><naam>De pont</naam></onderw></frontm><body><stuk>
<ltrlabel>Nr. </ltrlabel><nummer>12a</nummer><titel>BRIEF VAN DE MINISTER VAN DEFENSIE</titel><al>De pont vaart<voetref
 refid="v1" nr="1"/>.</al><witreg/><tuskop letat="vet">Kop</tuskop><al>Weer<voetref nr="2"/>.</al><ondtek>
<functie>De Minister van Defensie,</functie><naam>A. Schipper</naam></ondtek></stuk></body>
<voetnoot id="v1" nr="1"><al>Een.</al></voetnoot><voetnoot nr="2"><al>Twee.</al></voetnoot></kamerwrk>"""


def test_an_old_paper() -> None:
    reading = read(OLD.encode(), PATH, Options())
    assert reading.text == (
        "Eerste Kamer der Staten-Generaal\n\n1\nVergaderjaar 1999-2000\n\n99 112 De pont\n\n"
        "Nr. 12a BRIEF VAN DE MINISTER VAN DEFENSIE\n\nDe pont vaart1.\n\nKop\n\nWeer2.\n\n"
        "De Minister van Defensie,\nA. Schipper\n\n1 Een.\n2 Twee.\n"
    )
    assert reading.metadata["chamber"] == "EK"
    assert reading.metadata["own_paper"] == "kst-99112-12a"
    assert zones(reading)["Eerste Kamer der Staten-Generaal"] == "head"
    assert zones(reading)["Kop"] == "heading"


# --- other XML -------------------------------------------------------------------------------------------------------


def test_other_xml_is_read_with_a_warning() -> None:
    source = xml(
        '<?xml version="1.0"?><brief xmlns="urn:brief"><kop><datum>4 maart 2031</datum></kop><lijf>De pont '
        "<i>vaart</i>."
        "<ul><li>een</li><li>twee</li></ul></lijf><ol><li>drie</li></ol></brief>"
    )
    assert source.text == "4 maart 2031\n\nDe pont vaart.\n\n- een\n- twee\n\n1. drie\n"
    assert [code for code, _ in source.warnings] == ["unknown-xml"]
    assert "<brief>" in source.warnings[0][1]
    assert source.metadata == {}


def test_a_page_saved_as_xml() -> None:
    data = (
        b'<?xml version="1.0"?><x:html xmlns:x="http://www.w3.org/1999/xhtml"><x:body><x:p>pont</x:p></x:body></x:html>'
    )
    assert "pont" in read(data, PATH, Options()).text


@pytest.mark.parametrize("name", ["metadata_gegevens", "owms-metadata"])
def test_metadata_is_no_letter(name: str) -> None:
    with pytest.raises(LetterError, match="metadata of a publication"):
        read(f'<{name}><metadata name="DC.title" content="De pont"/></{name}>'.encode(), PATH, Options())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    source = xml(f'<?xml version="1.0" encoding="{name}"?><kamerstuk><al>één</al></kamerstuk>'.encode(encoding))
    assert source.text == "één\n"


def test_blank_lines_before_the_declaration() -> None:
    assert xml('\n\n<?xml version="1.0"?><kamerstuk><al>pont</al></kamerstuk>').text == "pont\n"


def test_entities_that_nobody_declared() -> None:
    data = '<?xml version="1.0"?><!DOCTYPE kamerstuk SYSTEM "op.dtd"><kamerstuk>'
    data += "<al>E&eacute;n&nbsp;p&ouml;nt &abc;&#233;</al></kamerstuk>"
    assert xml(data).text == "Eén\u00a0pönt &abc;é\n"


# --- XML that means harm ---------------------------------------------------------------------------------------------

SECRET = "GEHEIM-7f3a"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HARM: dict[str, str] = {
    "a billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a><al>&l9;</al></a>',
    "in an attribute": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l9;"><al>pont</al></a>',
    "as a value by default": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}<!ATTLIST a b CDATA "&l9;">]><a><al>pont</al></a>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY b "{"x" * 100_000}">]><a><al>{"&b;" * 10_000}</al></a>',
    "a file": '<!DOCTYPE a [<!ENTITY b SYSTEM "{file}">]><a><al>&b;</al></a>',
    "a file by a parameter": '<!DOCTYPE a [<!ENTITY % b SYSTEM "{file}">%b;]><a><al>pont</al></a>',
    "in small steps": "<!DOCTYPE a [<!ENTITY % b '&#60;!ENTITY c SYSTEM \"{file}\">'>%b;]><a><al>&c;</al></a>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("data", HARM.values(), ids=HARM)
def test_entities_are_refused(data: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "geheim").write_text(SECRET)
    words = f'<?xml version="1.0" encoding="{encoding}"?>' + data.replace("{file}", (tmp_path / "geheim").as_uri())
    with pytest.raises(LetterError, match="declares entities") as raised:
        read(words.encode(encoding), PATH, Options())
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "words",
    [
        '<!DOCTYPE a SYSTEM "{file}"><a><al>pont &b;</al></a>',
        '<a xmlns:xi="http://www.w3.org/2001/XInclude"><al>pont</al><xi:include href="{file}" parse="text"/></a>',
    ],
    ids=["a DTD", "an inclusion"],
)
def test_no_other_file_is_read(words: str, tmp_path: Path) -> None:
    (tmp_path / "geheim").write_text(f'<!ENTITY b "{SECRET}">')
    source = xml('<?xml version="1.0"?>' + words.replace("{file}", (tmp_path / "geheim").as_uri()))
    assert "pont" in source.text
    assert SECRET not in source.text


BAD: dict[str, tuple[bytes, str]] = {
    "broken off": (b"<a>\n<al>pont</al>\n", "not well-formed (line 3: "),
    "not closed": (b"<a>\n<al>pont</a>", "not well-formed (line 2: "),
    "no root": (b"<?xml version='1.0'?>", "not well-formed"),
    "an encoding that is none": (b"<?xml version='1.0' encoding='rot13'?><a/>", "not well-formed"),
    "no UTF-8": (b"<?xml version='1.0'?><a>\xe9\xe9</a>", "not well-formed"),
    "too deep": (b"<a>" * 5000 + b"</a>" * 5000, "not well-formed (line 1: Excessive depth"),
    "too many tags": (b"<a>" + b"<b/>" * markup.MAX_TAGS + b"</a>", "more tags than a letter can have"),
}


@pytest.mark.parametrize(("data", "found"), BAD.values(), ids=BAD)
def test_bad_documents(data: bytes, found: str) -> None:
    with pytest.raises(LetterError) as raised:
        read(data, PATH, Options())
    assert str(raised.value).startswith(f"{PATH}: this XML ")
    assert found in str(raised.value)


@pytest.mark.parametrize(
    "unit",
    [
        f"<al>De pont{NOTE.format(1, 'vaart')}</al>",
        "<lijst><li><li.nr>1.</li.nr><al>a</al></li></lijst>",
        "<x>y</x>",
        "<table><row><entry morerows='9'>a</entry><entry>b</entry></row></table>",
        "<stuk><stuknr>1</stuknr><titel>b</titel></stuk>",
    ],
)
def test_time_grows_with_the_document(unit: str) -> None:
    def prepare(size: int) -> Any:
        data = f"<kamerstuk>{unit * size}</kamerstuk>".encode()
        return lambda: read(data, PATH, Options())

    assert_grows(prepare, 300, 2_400)


@pytest.mark.parametrize(
    "data",
    [paper("".join(words for words, _ in BLOCKS.values()) + NOTE.format(1, "Noot."), SIGNED), ANSWERS, OLD],
    ids=["a letter", "answers", "an old paper"],
)
def test_broken_papers(data: str) -> None:
    assert_only_letter_errors(read, data.encode(), "stuk")
