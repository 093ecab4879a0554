"""PDF: characters with places in, words in reading order out, with what is known of them."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn import HEIGHT, WIDTH, Sheet, pdf
from toezeggingen.errors import LetterError
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.readers.pdf import read
from toezeggingen.letters.source import Options

if TYPE_CHECKING:
    from toezeggingen.letters.source import Reading

PROSE = (
    "Het onderhoud aan de sluizen vraagt dit jaar meer tijd dan",
    "vorig jaar was voorzien, omdat de aannemer later begon en de",
    "levering van staal langer duurt dan in het contract is gezet.",
    "De vaarwegbeheerder meldt dat de stremmingen in het najaar ten",
    "einde komen en dat schippers daarvan bericht zullen krijgen in",
    "de week daarvoor, zoals dat bij eerdere stremmingen ook ging.",
)
NARROW = (
    "De veerpont vaart elk half uur en",
    "neemt ook fietsers mee. In de winter",
    "vaart de pont niet na acht uur, want",
    "dan is het te donker op de rivier. De",
    "gemeente legt een tweede steiger aan",
    "zodra het hoge water is gezakt. Daar",
)
OTHER = (
    "De brug is sinds maart dicht. Het dek",
    "wordt vervangen en de leuningen gaan",
    "naar de werkplaats om te worden ver-",
    "zinkt. Voetgangers lopen om over de",
    "stuw, fietsers nemen de pont. Vanaf",
    "september kan alles weer over de brug",
)


def reading(*sheets: Sheet) -> Reading:
    """What is read from a PDF of these pages."""
    return read(pdf(*sheets), "brief.pdf", Options())


def marked(found: Reading) -> str:
    """The text with its marks and markers written in: <zone number>...</>, ^number^ before a marker."""
    inserts: list[tuple[int, int, str]] = []
    for mark in found.marks:
        inserts += [(mark.start, 1, f"<{mark.zone}{f' {mark.note}' if mark.note else ''}>"), (mark.end, 0, "</>")]
    inserts += [(marker.start, 2, f"^{marker.number}^") for marker in found.markers]
    text, last = "", 0
    for place, _, words in sorted(inserts):
        text += found.text[last:place] + words
        last = place
    return text + found.text[last:]


def _body(y: float = 100) -> Sheet:
    return Sheet().lines(70, y, *PROSE)


ORDERS = [
    pytest.param(
        Sheet().lines(60, 100, *NARROW).lines(320, 100, *OTHER),
        "\n".join(NARROW) + "\n\n" + "\n".join(OTHER),
        id="two columns on the same lines",
    ),
    pytest.param(
        Sheet().lines(60, 100, *NARROW).lines(320, 105, *OTHER, step=13),
        "\n".join(NARROW) + "\n\n" + "\n".join(OTHER),
        id="two columns on lines of their own",
    ),
    pytest.param(
        Sheet()
        .text(60, 60, "Bruggen en veren in de uiterwaarden: de stand van het werk", 14)
        .lines(60, 100, *NARROW)
        .lines(320, 100, *OTHER)
        .lines(60, 190, *PROSE),
        "Bruggen en veren in de uiterwaarden: de stand van het werk\n\n"
        + "\n".join(NARROW)
        + "\n\n"
        + "\n".join(OTHER)
        + "\n\n"
        + "\n".join(PROSE),
        id="columns between lines that cross them",
    ),
    pytest.param(
        Sheet().lines(320, 100, *OTHER).lines(60, 100, *NARROW),
        "\n".join(NARROW) + "\n\n" + "\n".join(OTHER),
        id="the right column drawn first",
    ),
    pytest.param(
        Sheet().lines(60, 100, "Datum", "Betreft").lines(130, 100, "3 april 2031", "Stremmingen op de rivier en de"),
        "Datum\t3 april 2031\nBetreft\tStremmingen op de rivier en de",
        id="labels and values",
    ),
    pytest.param(
        Sheet()
        .lines(60, 100, "Besluit:", size=10)
        .lines(160, 100, "De griffie legt het verslag aan", "alle leden voor.")
        .text(60, 124, "Noot:")
        .text(160, 124, "Ter vergadering."),
        "Besluit:\tDe griffie legt het verslag aan\nalle leden voor.\nNoot:\tTer vergadering.",
        id="a value of two lines",
    ),
    pytest.param(
        Sheet()
        .text(60, 100, "1)")
        .lines(90, 100, "Alle stukken over de pont die", "in het archief liggen.")
        .text(60, 124, "2)")
        .text(90, 124, "De kaarten van de uiterwaard."),
        "1) Alle stukken over de pont die\nin het archief liggen.\n2) De kaarten van de uiterwaard.",
        id="items with their numbers",
    ),
    pytest.param(
        Sheet()
        .text(60, 100, "B R I E F", 10)
        .text(60, 130, "BRIEF", 10, spacing=3)
        .text(60, 160, "AAN DE KAMER", 10, spacing=3),
        "B R I E F\n\nBRIEF\n\nAAN DE KAMER",
        id="letters spaced out are one word",
    ),
    pytest.param(
        Sheet().text(60, 100, "Kamer").text(60.4, 100, "Kamer").text(95, 100, "stuk"),
        "Kamer stuk",
        id="a word drawn twice to make it bold",
    ),
    pytest.param(
        Sheet().text(60, 100, "De ").text(75, 100, "brug").text(98, 100, "gen."),
        "De bruggen.",
        id="a word in pieces",
    ),
    pytest.param(
        Sheet()
        .lines(60, 100, "Ik meld u de gevolgen voor de", "veerpont.", step=12)
        .lines(60, 136, "Het werk ging door."),
        "Ik meld u de gevolgen voor de\nveerpont.\n\nHet werk ging door.",
        id="a blank line between paragraphs",
    ),
]


@pytest.mark.parametrize(("sheet", "text"), ORDERS)
def test_words_come_in_reading_order(sheet: Sheet, text: str) -> None:
    assert reading(sheet).text == text


def test_a_drawn_table_keeps_row_and_column_together() -> None:
    sheet = (
        Sheet()
        .lines(70, 80, "Stand van zaken van de moties over de rivier")
        .grid([60, 200, 380, 520], [100, 120, 160, 200])
        .text(65, 114, "Motie")
        .text(205, 114, "Stand van zaken")
        .text(385, 114, "Planning")
        .lines(65, 132, "Over de veer-", "pont")
        .lines(205, 132, "Het onderzoek loopt en", "wordt u gestuurd.")
        .text(385, 132, "mei 2031")
        .lines(65, 172, "Over de brug")
        .lines(205, 172, "Er is een plan", "gemaakt.")
        .lines(385, 172, "voor de", "zomer")
    )
    assert marked(reading(sheet)) == (
        "Stand van zaken van de moties over de rivier\n\n"
        "<table>Motie\tStand van zaken\tPlanning</>\n"
        "<table>Over de veer-\npont\tHet onderzoek loopt en\nwordt u gestuurd.\tmei 2031</>\n"
        "<table>Over de brug\tEr is een plan\ngemaakt.\tvoor de\nzomer</>"
    )


def test_a_frame_around_text_is_no_table() -> None:
    found = reading(_body().grid([60, 420], [80, 190]))
    assert found.marks == ()
    assert found.text == "\n".join(PROSE)


def test_the_margin_is_head_on_the_first_page_and_furniture_on_the_next() -> None:
    margin = ("Directie Rivieren", "Postbus 1", "Ons kenmerk", "R-31/04")
    first = _body().lines(440, 104, *margin, size=7, step=9)
    second = Sheet().lines(70, 100, *NARROW).lines(440, 104, *margin[2:], size=7, step=9)
    assert marked(reading(first, second)).split("\f") == [
        "\n".join(("<head>Directie Rivieren", "Postbus 1", "Ons kenmerk", "R-31/04</>", "", *PROSE)),
        "\n".join(("<furniture>Ons kenmerk", "R-31/04</>", "", *NARROW)),
    ]


def test_running_lines_are_furniture() -> None:
    pages = [
        _body(100 + 3 * n).text(70, 800, "Blad met de stand van het werk").text(500, 800, str(n)) for n in (1, 2, 3)
    ]
    found = reading(*pages)
    assert marked(found).count("<furniture>Blad met de stand van het werk\t") == 3
    assert [found.text[page.start : page.end][-1] for page in found.pages] == ["\f", "\f", "3"]


def test_footnotes_and_their_markers() -> None:
    sheet = (
        _body()
        .text(70, 172, "De brug is dicht")
        .text(145, 168, "1", 6)
        .text(150, 172, "en meet 40 m")
        .text(211, 168, "2", 6)
        .text(70, 184, "zoals u weet.")
        .text(130, 180, "2, 3", 6)
        .text(70, 700, "1", 5)
        .lines(74, 703, "Kamerstuk 29 990, nr. 7, met de", "bijlage.", size=7, step=8)
        .text(70, 716, "2", 5)
        .text(74, 719, "Zie de brief over de pont.", 7)
        .text(70, 724, "3", 5)
        .text(74, 727, "Kamerstuk 29 990, nr. 8.", 7)
    )
    assert marked(reading(sheet)).removeprefix("\n".join(PROSE) + "\n") == (
        "De brug is dicht^1^1 en meet 40 m2\n"
        "zoals u weet.^2^2^3^, 3\n\n"
        "<footnote 1>1 Kamerstuk 29 990, nr. 7, met de\nbijlage.</>\n"
        "<footnote 2>2 Zie de brief over de pont.</>\n"
        "<footnote 3>3 Kamerstuk 29 990, nr. 8.</>"
    )


def test_small_print_with_numbers_is_no_footnote_where_no_text_stands_above() -> None:
    notes = Sheet().lines(70, 100, "1 Een ieder kan vragen.", "2 Wie vraagt, krijgt antwoord.", size=7)
    assert Zone.FOOTNOTE not in {mark.zone for mark in reading(_body(), notes).marks}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_lines_know_their_place_on_the_page_as_shown(rotate: int) -> None:
    sheet = Sheet(rotate=rotate)
    places = {
        0: ("1 0 0 1", 100, 200),
        90: ("0 1 -1 0", 200, HEIGHT - 100),
        180: ("-1 0 0 -1", WIDTH - 100, HEIGHT - 200),
    }
    turn, x, y = places.get(rotate, ("0 -1 1 0", WIDTH - 200, 100))
    found = reading(sheet.text(x, y, "De pont vaart", turn=turn))
    (line,) = found.lines
    (page,) = found.pages
    assert (page.width, page.height) == ((WIDTH, HEIGHT) if rotate % 180 == 0 else (HEIGHT, WIDTH))
    assert found.text[line.start : line.end] == "De pont vaart"
    assert line.left == pytest.approx(100, abs=1)
    assert line.top < 200 < line.bottom
    assert line.right == pytest.approx(161, abs=3)


def test_a_page_drawn_sideways_is_read_and_its_boxes_are_as_shown() -> None:
    sheet = Sheet()
    for number, words in enumerate(PROSE):  # runs upwards, lines from left to right
        sheet.text(100 + 12 * number, 700, words, turn="0 1 -1 0")
    found = reading(sheet)
    assert found.text == "\n".join(PROSE)
    first = found.lines[0]
    assert first.right - first.left < 20 < first.bottom - first.top
    assert first.bottom == pytest.approx(700, abs=1)
    assert first.left < 100 < first.right + 1


def test_words_across_the_page_are_kept_apart_as_furniture() -> None:
    found = reading(_body().text(30, 500, "CONCEPT", turn="0 1 -1 0"))
    assert marked(found) == "\n".join(PROSE) + "\n\n<furniture>CONCEPT</>"


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ([Sheet().image()], "its page holds only an image; run OCR first (ocrmypdf -l nld), or use --ocr"),
        ([Sheet().image(), Sheet().image()], "all 2 pages hold only an image; run OCR first"),
        ([Sheet()], "its page holds no text"),
    ],
)
def test_a_file_without_words_is_an_error(sheets: list[Sheet], message: str) -> None:
    with pytest.raises(LetterError, match=re.escape(message)):
        reading(*sheets)


def test_a_scanned_page_among_others_is_told() -> None:
    found = reading(_body(), Sheet().image(), Sheet().image().text(500, 820, "3"))
    assert found.warnings == tuple(
        ("scanned-page", f"page {page} holds only an image; run OCR first (ocrmypdf -l nld), or use --ocr")
        for page in (2, 3)
    )
    assert len(found.pages) == 3


WORDS = st.lists(
    st.tuples(
        *(st.integers(20, 560), st.integers(20, 820), st.sampled_from([7, 10, 14])),
        st.from_regex(r"[a-z]{1,9}", fullmatch=True),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(WORDS, st.lists(st.tuples(st.integers(10, 500), st.integers(10, 800)), max_size=6))
def test_whatever_lies_where_no_letter_is_lost(
    words: list[tuple[int, int, int, str]], rules: list[tuple[int, int]]
) -> None:
    """But those of a word that lies on another one: there a letter can be taken for the shadow of the same one."""
    sheet = Sheet()
    for x, y, size, word in words:
        sheet.text(x, y, word, size)
    for x, y in rules:
        sheet.grid([x, x + 60, x + 90], [y, y + 60])
    found = reading(sheet)
    assert all(before.end <= after.start for before, after in pairwise(found.lines))
    placed = "".join(found.text[line.start : line.end] for line in found.lines)
    assert re.sub(r"\s", "", placed) == re.sub(r"\s", "", found.text)
    if not any(_overlap(one, other) for one, other in combinations(words, 2)):
        assert sorted(re.sub(r"\s", "", found.text)) == sorted("".join(word for *_, word in words))


def _overlap(one: tuple[int, int, int, str], other: tuple[int, int, int, str]) -> bool:
    return abs(one[0] - other[0]) < 14 * 9 and abs(one[1] - other[1]) < 14
