"""The official publication of a letter as XML, in the vocabulary of officielebekendmakingen.nl."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from rendering.letter import Block, Heading, Items, Letter, Paragraph, Table, Turn, in_paragraphs, in_words, parts
from rendering.mastheads import session

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEMA = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:noNamespaceSchemaLocation="http://technische-documentatie.oep.overheid.nl/schema/op-xsd-2012-3"'
)


def render(letter: Letter) -> bytes:
    """A Kamerstuk, or the Aanhangsel where the letter answers questions."""
    of = letter.published
    writer = _Writer(letter.notes)
    record = f"https://zoek.officielebekendmakingen.nl/{of.id}/metadata.xml"
    meta = f'<metadata>\n<meta name="OVERHEIDop.externMetadataRecord" scheme="" content="{record}"/>\n</metadata>'
    body = _paper(letter, writer) if letter.paper else _answers(letter, writer)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie {_SCHEMA}>
{meta}
{body}
</officiele-publicatie>
""".encode()


def _paper(letter: Letter, writer: _Writer) -> str:
    assert letter.paper
    office = " EN ".join(f"DE {office.upper()}" for office in letter.signatories)
    head = "".join(f"<al>{line}</al>\n" for line in (
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", f"Den Haag, {letter.day}"
    ))  # fmt: skip
    signed = "".join(f"<ondertekening>\n<functie>{line}</functie>\n</ondertekening>\n" for line in letter.closing)
    return f"""<kamerstuk>
<kamerstukkop>
<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
<tekstregel inhoud="vergaderjaar">Vergaderjaar {session(letter)}</tekstregel>
</kamerstukkop>
<dossier>
<dossiernummer>
<dossiernr>{letter.paper.dossier}</dossiernr>
</dossiernummer>
<titel>{escape(letter.paper.title)}</titel>
</dossier>
<stuk>
<stuknr>Nr. <ondernummer kamer="2">{letter.paper.number}</ondernummer></stuknr>
<titel>BRIEF VAN {escape(office)}</titel>
<algemeen>
<vrije-tekst>
<tekst status="goed">
{head}{writer.blocks(letter.blocks)}
</tekst>
</vrije-tekst>
<tekst-sluiting>
{signed}</tekst-sluiting>
</algemeen>
</stuk>
</kamerstuk>"""


def _answers(letter: Letter, writer: _Writer) -> str:
    questions = letter.questions
    assert questions
    office = letter.signatories[0]
    lines = {
        "kameraanduiding": "Tweede Kamer der Staten-Generaal",
        "vergaderjaar": f"Vergaderjaar {session(letter)}",
        "publicatienaam": "Aanhangsel van de Handelingen",
        "ondertitel": "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden",
    }
    head = "\n".join(f'<tekstregel inhoud="{name}">{line}</tekstregel>' for name, line in lines.items())
    asked = f'<datum isodatum="{questions.asked.isoformat()}">{in_words(questions.asked)}</datum>'
    received = f'<datum isodatum="{letter.date.isoformat()}">{letter.day}</datum>'
    role, portfolio = office.split(" van ", 1)
    name, _, party = questions.member.partition(" ")
    member = f"<naam><achternaam>{name}</achternaam></naam> {party}"
    minister = f"{role} <naam><achternaam>{questions.minister}</achternaam></naam>"
    answered = f"Antwoord van {minister} (<organisatie>{portfolio}</organisatie>) (ontvangen {received})"
    about = f"<kamervraagonderwerp>{escape(questions.about)}</kamervraagonderwerp>"
    question = f"Vragen van het lid {member} aan de {office} over {about} (ingezonden {asked})"
    return f"""<kamervragen>
<kamervraagkop>
{head}
</kamervraagkop>
<kamervraagnummer>{questions.number}</kamervraagnummer>
<kamervraagomschrijving type="vraag">{question}.</kamervraagomschrijving>
<kamervraagomschrijving type="antwoord">{answered}.</kamervraagomschrijving>
{writer.blocks(letter.blocks)}
</kamervragen>"""


class _Writer:
    """Writes blocks as elements; a footnote stands where it is referred to."""

    def __init__(self, notes: tuple[str, ...]) -> None:
        self._notes = notes
        self._count = 0

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks, one after another."""
        return "\n".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return f"<al>{self._run(block.sentences)}</al>"
            case Heading():
                return f'<tussenkop kopopmaak="vet">{escape(block.text)}</tussenkop>'
            case Items():
                return self._items(block)
            case Table():
                return self._table(block)
            case Turn():
                name = "antwoord" if block.is_answer else "vraag"
                paragraphs = "\n".join(f"<al>{self._run(one)}</al>" for one in block.paragraphs)
                return f'<{name}>\n<nr status="officieel">{block.label}</nr>\n{paragraphs}\n</{name}>'

    def _items(self, items: Items) -> str:
        mark = {"bullet": "•"}
        kind = "ongemarkeerd" if items.marks == "bullet" else "expliciet"
        made = "\n".join(
            f"<li>\n<li.nr>{mark.get(items.marks, items.mark(index))}</li.nr>\n<al>{self._run(item)}</al>\n</li>"
            for index, item in enumerate(items.items)
        )
        return f'<lijst type="{kind}" start="1" level="single" nr-sluiting=".">\n{made}\n</lijst>'

    def _table(self, table: Table) -> str:
        columns = "\n".join(
            f'<colspec colnum="{number}" colname="col{number}" colwidth="{width}*"/>'
            for number, width in enumerate(table.widths, start=1)
        )
        head, *rows = (
            "<row>"
            + "".join(f'<entry colname="col{n}">{self._cell(c)}</entry>' for n, c in enumerate(row, start=1))
            + "</row>"
            for row in (table.columns, *table.rows)
        )
        body = "\n".join(rows)
        return (
            f'<table frame="all"><tgroup cols="{len(table.columns)}" colsep="1" rowsep="1">\n{columns}\n'
            f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</tgroup></table>"
        )

    def _cell(self, words: str) -> str:
        return "".join(f"<al>{self._run((one,))}</al>" for one in in_paragraphs(words))

    def _run(self, sentences: Iterable[str]) -> str:
        return " ".join(
            "".join(self._note(p) if isinstance(p, int) else self._words(p) for p in parts(sentence))
            for sentence in sentences
        )

    def _note(self, number: int) -> str:
        text = escape(self._notes[number - 1])
        return f'<noot id="n{number}" type="voet"><noot.nr>{number}</noot.nr><noot.al>{text}</noot.al></noot>'

    def _words(self, text: str) -> str:
        """A run, now and then with words that stand out, or an instruction to the printer inside a word."""
        self._count += 1
        middle = len(text) // 2
        head, tail = escape(text[:middle]), escape(text[middle:])
        if self._count % 4 == 0:
            return f'<nadruk type="cur">{head}</nadruk>{tail}'
        return f"{head}<?xpp afbm?>{tail}" if self._count % 5 == 0 else head + tail
