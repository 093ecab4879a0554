"""A letter as a page: a plain one, as Word saves it, and as officielebekendmakingen.nl shows its publication."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from rendering.letter import GREETING, Block, Heading, Items, Letter, Paragraph, Table, Turn, parts
from rendering.mastheads import asked, session

if TYPE_CHECKING:
    from collections.abc import Iterable

SITE = "https://zoek.officielebekendmakingen.nl"


@dataclass(frozen=True, slots=True)
class _Marks:
    """How a kind of page writes things: {} stands for the words, in `reference` for the number of the footnote.

    In `turn` the first one stands for its kind.
    """

    reference: str
    heading: str = "<h2>{}</h2>"
    label: str = "<p><b>{}</b></p>"
    paragraph: str = "<p>{}</p>"
    cell: str = "<td>{}</td>"
    turn: str = "{1}"


def render_page(letter: Letter) -> bytes:
    """A plain page, with the site's own lines around the letter."""
    marks = _Marks('<sup id="fnref{0}"><a href="#fn{0}">{0}</a></sup>')
    notes = "".join(
        f'<li id="fn{number}"><p>{escape(text)} <a href="#fnref{number}" class="footnote-back">↩</a></p></li>\n'
        for number, text in enumerate(letter.notes, start=1)
    )
    head = (
        f"<p>{escape(letter.ministry)}</p>\n<p>De voorzitter van de Tweede Kamer<br>der Staten-Generaal<br>"
        f"Postbus 20018<br>2500 EA DEN HAAG</p>\n<p>Datum {letter.day}<br>Betreft {escape(letter.subject)}<br>"
        f"Ons kenmerk {escape(letter.reference)}</p>\n<p>{GREETING}</p>"
    )
    closing = "\n".join(f"<p>{line}</p>" for line in ("Hoogachtend,", *letter.closing))
    foot = f'<section class="footnotes" role="doc-endnotes"><hr><ol>\n{notes}</ol></section>' if notes else ""
    return f"""<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>{escape(letter.subject)}</title>
<style>p {{ margin: 1em }}</style><script>var geteld = "<p>Geen woord van de brief.</p>";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/brieven">Brieven</a></li></ul></nav>
<main>
{head}
{_blocks(letter.blocks, marks)}
{closing}
{foot}
</main></body></html>
""".encode()


def render_word(letter: Letter) -> bytes:
    """A page as Word saves it: windows-1252, lines broken anywhere, footnotes with numbers in brackets."""
    marks = _Marks(
        '<a style="mso-footnote-id:ftn{0}" href="#_ftn{0}" name="_ftnref{0}">'
        "<span class=MsoFootnoteReference>[{0}]</span></a>",
        heading="<h1>{}</h1>",
        paragraph="<p class=MsoNormal>{}<o:p></o:p></p>",
        cell="<td valign=top><p class=MsoNormal>{}</p></td>",
    )
    notes = "\n".join(
        f'<div style="mso-element:footnote" id=ftn{number}><p class=MsoFootnoteText>'
        f'<a style="mso-footnote-id:ftn{number}" href="#_ftnref{number}" name="_ftn{number}">'
        f"<span class=MsoFootnoteReference>[{number}]</span></a> {escape(text)}</p></div>"
        for number, text in enumerate(letter.notes, start=1)
    )
    head = [
        letter.ministry,
        "De voorzitter van de Tweede Kamer",
        "der Staten-Generaal",
        "Postbus 20018",
        "2500 EA DEN HAAG",
    ]
    head += [f"Datum {letter.day}", f"Betreft {letter.subject}", f"Ons kenmerk {letter.reference}", GREETING]
    lines = [f"<p class=MsoNormal>{escape(line)}</p>" for line in head]
    closing = [f"<p class=MsoNormal>{line}</p>" for line in ("Hoogachtend,", *letter.closing)]
    body = "\n".join([*lines, _blocks(letter.blocks, marks), *closing])
    wrapped = "\r\n".join(
        part
        for line in body.split("\n")
        for part in textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False)
    )
    page = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><title>Brief</title>
<!--[if gte mso 9]><xml><o:Words>Geen woord van de brief.</o:Words></xml><![endif]--></head>
<body lang=NL><div class=WordSection1>
{wrapped}
</div><div style="mso-element:footnote-list"><br clear=all><hr align=left size=1 width="33%">
{notes}
</div></body></html>
"""
    return page.encode("cp1252", errors="xmlcharrefreplace")


def render_publication(letter: Letter) -> bytes:
    """The page of the official publication."""
    of = letter.published
    number = "ID-" + of.id + "-d37e{0}"
    marks = _Marks(
        f'<sup><a class="nootnum supernote-click-{number}" href="#{number}">{{0}}</a></sup>',
        heading='<h2 class="divisiekop1 no-toc">{}</h2>',
        label='<h2 class="stuktitel no-toc">{}</h2>',
        cell='<td class="align-left"><p>{}</p></td>',
        turn='<div class="{}">{}</div>',
    )
    notes = "".join(
        f'<div class="voet noot snp-mouseoffset snb-pinned notedefault" id="supernote-note-{number.format(index)}">\n'
        f'<h5 class="note-close"><a class="note-close" href="#close-{number.format(index)}">X</a> Noot\n</h5>'
        f'<sup><span class="nootnum"><a id="{number.format(index)}" name="{number.format(index)}"></a>{index}</span>'
        f"</sup><p>{escape(text)}</p></div>\n"
        for index, text in enumerate(letter.notes, start=1)
    )
    issued = (letter.date + timedelta(days=6)).isoformat()
    chamber = '<p class="kamerstukkop">Tweede Kamer der Staten-Generaal</p>' if letter.paper else ""
    return f"""<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="nl-NL"><head>
<meta charset="utf-8" /><title>{escape(letter.subject)} | Overheid.nl</title>
<meta name="DC.identifier" content="{of.id}" /><meta name="DC.creator" content="Tweede Kamer der Staten-Generaal" />
<meta name="OVERHEIDop.vergaderjaar" content="{of.session}" /><meta name="DCTERMS.issued" content="{issued}" />
</head><body>
<header class="header"><nav id="nav"><a href="/">Officiële bekendmakingen</a></nav></header>
<div id="content" role="main" class="content content--publication">
<div id="broodtekst" class="stuk broodtekst-container">
{chamber}<p class="vergaderjaar">Vergaderjaar {session(letter)}</p>
{_printed_head(letter)}
{_blocks(letter.blocks, marks)}
{_signed(letter)}
<div id="noten"><hr />
{notes}</div>
</div></div>
<div id="sidebar"><dl><dt>Publicatiedatum</dt><dd>{issued}</dd></dl></div>
<footer>Deze site is een dienst van het Kennis- en Exploitatiecentrum.</footer>
</body></html>
""".encode()


def _printed_head(letter: Letter) -> str:
    if letter.paper:
        dossier = f'<span class="dossiernummer">{letter.paper.dossier}</span> {escape(letter.paper.title)}'
        office = " EN ".join(f"DE {office.upper()}" for office in letter.signatories)
        title = f'<span class="stuknummer">Nr. {letter.paper.number}</span> BRIEF VAN {escape(office)}'
        return (
            f'<h1 class="dossiertitel">{dossier}</h1>\n<h1 class="stuktitel no-toc">{title}</h1>\n'
            '<div class="algemeen">\n<p>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</p>\n'
            f"<p>Den Haag, {letter.day}</p>"
        )
    assert letter.questions
    question, answer = asked(letter)
    return (
        f'<p>Aanhangsel van de Handelingen</p><p class="kamervraagnummer">{letter.questions.number}</p>\n'
        f'<h1 class="kamervraagomschrijving_kop no-toc">{escape(question)}</h1>\n'
        f'<h1 class="kamervraagomschrijving_kop no-toc">{escape(answer)}</h1>\n<div class="algemeen">'
    )


def _signed(letter: Letter) -> str:
    if letter.questions:
        return "</div>"
    lines = "<br />\n".join(f'<span class="functie">{line}</span>' for line in letter.closing)
    return f'<p class="ondertekening">{lines}</p>\n</div>'


def _blocks(blocks: Iterable[Block], marks: _Marks) -> str:
    return "\n".join(_block(block, marks) for block in blocks)


def _block(block: Block, marks: _Marks) -> str:
    match block:
        case Paragraph():
            return marks.paragraph.format(_run(block.sentences, marks))
        case Heading():
            return marks.heading.format(escape(block.text))
        case Items():
            items = "\n".join(f"<li>{_run(item, marks)}</li>" for item in block.items)
            name = {"bullet": "ul", "number": "ol", "letter": 'ol type="a"'}[block.marks]
            return f"<{name}>\n{items}\n</{name.split(' ')[0]}>"
        case Table():
            rows = [
                "<tr>" + "".join(marks.cell.format(_run((cell,), marks)) for cell in row) + "</tr>"
                for row in (block.columns, *block.rows)
            ]
            return f"<table><thead>{rows[0]}</thead><tbody>\n" + "\n".join(rows[1:]) + "\n</tbody></table>"
        case Turn():
            label = marks.label.format(block.label)
            paragraphs = "\n".join(marks.paragraph.format(_run(one, marks)) for one in block.paragraphs)
            return marks.turn.format("antwoord" if block.is_answer else "vraag", f"{label}\n{paragraphs}")


def _run(sentences: Iterable[str], marks: _Marks) -> str:
    """Sentences, with now and then a part that stands out and ends inside a word."""
    made = []
    for index, sentence in enumerate(sentences):
        words = [marks.reference.format(p) if isinstance(p, int) else _cut(p, index % 3 == 2) for p in parts(sentence)]
        made.append("".join(words))
    return " ".join(made)


def _cut(text: str, stands_out: bool) -> str:
    if not stands_out:
        return escape(text)
    middle = len(text) // 2
    return f"<em>{escape(text[:middle])}</em>{escape(text[middle:])}"
