"""A record on a terminal: the letter with its spans marked, and what is promised in it in plain Dutch.

On a terminal with colours the spans are coloured; anywhere else (a file, a pipe, NO_COLOR) brackets say the same, and
outside a terminal no line is wrapped, so that words can be searched for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from rich import box
from rich.table import Table
from rich.text import Text

from toezeggingen.exports import dutch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from rich.console import Console

    from toezeggingen.records import Commitment, Record


@dataclass(frozen=True, slots=True)
class _Mark:
    """How a label looks: its Dutch name, its style, and the brackets that stand for it without colours."""

    name: str
    style: str
    opening: str
    closing: str


_MARKS = {
    "PROMISE": _Mark("toezegging", "green underline", "«", "»"),
    "DEADLINE": _Mark("termijn", "bold yellow", "<", ">"),
    "BODY": _Mark("organisatie", "cyan", "{", "}"),
    "CITATION": _Mark("aangehaald stuk", "magenta", "[", "]"),
}
_LABELS = 14  # columns for the names of the fields
_TABLE = (  # columns of the table with their widths on a narrow and on a wide terminal; the quote takes what is left
    *(("Vóór wanneer", 14, 22), ("Toezegging", None, None), ("Wie, aan wie", 12, 20)),
    *(("Soort", 11, 11), ("Brief", 10, 15)),
)
_WIDE = 120
_PICTURES: dict[int, int] = {
    **{code: 0x2400 + code for code in range(0x20) if code != 0x09},  # the "symbols for" C0 controls; a tab stays
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),  # C1, bidirectional
    **dict.fromkeys((0x0A, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), 0x0A),
    0x7F: 0x2421,
}


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    label: str
    number: int = 0


def print_letter(record: Record, console: Console) -> None:
    """The letter with its spans marked and a legend above it; under it what it promises."""
    coloured = _coloured(console)
    subject, facts = dutch.heading(record)
    _line(console, Text(visible(subject), style="bold"))
    _line(console, Text(visible(facts)))
    _line(console, _legend(coloured))
    console.print()
    for line in (_painted(record) if coloured else Text(_bracketed(record))).split("\n", allow_blank=True):
        _line(console, line)
    console.print()
    print_commitments(record, console)


def print_commitments(record: Record, console: Console) -> None:
    """What a letter promises, numbered, with all that is known of each commitment, and warnings about the letter."""
    title = dutch.counted(len(record.commitments), "toezegging", "toezeggingen")
    _line(console, Text(title[0].upper() + title[1:], style="bold"))
    for number, commitment in enumerate(record.commitments, start=1):
        console.print()
        _numbered(console, number, dutch.quoted(commitment.text), "bold green")
        for label, value in _fields(commitment, record):
            _field(console, label, value)
    for warned in record.warnings:
        console.print()
        _line(console, Text(visible(f"Let op: {dutch.warning(warned)}."), style="yellow"))


def print_summary(record: Record, console: Console) -> None:
    """A letter in a few lines: subject, date and ministry, and per commitment the words, the term, who and to whom."""
    subject, facts = dutch.heading(record)
    _line(console, Text(visible(subject), style="bold"))
    _line(console, Text(visible(f"{facts} · {record.source.path}"), style="dim"))
    if not record.commitments:
        _line(console, Text("    Geen toezeggingen gevonden."))
    for number, commitment in enumerate(record.commitments, start=1):
        _numbered(console, number, dutch.quoted(commitment.text), "green")
        _columns(console, Text(" " * 3), _in_short(commitment, record), 3)
    console.print()


def _in_short(commitment: Commitment, record: Record) -> Text:
    """Term, who, to whom, and the status where it is not a new commitment, on one line."""
    parts = [("vóór wanneer", dutch.term(dutch.deadline_of(commitment, record)), "yellow")]
    parts.append(("wie", dutch.who(commitment, record), ""))
    if _has_recipient(commitment):
        parts.append(("aan wie", dutch.to_whom(commitment, record), ""))
    if commitment.status != "made":
        parts.append(("status", dutch.STATUS[commitment.status], ""))
    told = (Text.assemble((f"{name}: ", "dim"), (visible(said), style)) for name, said, style in parts)
    return Text(" · ").join(told)


def _has_recipient(commitment: Commitment) -> bool:
    """Whether it makes sense to say to whom: somebody is named, or parliament is to be informed."""
    return commitment.recipient is not None or commitment.kind == "inform"


def _fields(commitment: Commitment, record: Record) -> Iterator[tuple[str, str]]:
    """The fields of a commitment with their Dutch names, in the order in which they are read."""
    recipient = record.entity(commitment.recipient).text if commitment.recipient else ""
    to_whom = dutch.to_whom(commitment, record)
    yield "wie", dutch.who(commitment, record)
    if _has_recipient(commitment):
        yield "aan wie", to_whom if recipient in ("", to_whom) else f"{to_whom} ({dutch.quoted(recipient)})"
    yield "vóór wanneer", dutch.term_with_words(dutch.deadline_of(commitment, record))
    yield "soort", dutch.nature(commitment)
    yield "status", dutch.STATUS[commitment.status]
    yield "zekerheid", dutch.STRENGTH[commitment.strength]
    yield "formule", f"{commitment.formula} (score {dutch.score(commitment.score)})"
    place = dutch.place(commitment, record)
    if place:
        yield "plaats", place
    for number, name in enumerate(commitment.citations):
        citation = record.entity(name)
        urls = citation.value.urls if citation.label == "CITATION" else ()
        yield "" if number else "aangehaald", " ".join((dutch.folded(citation.text), *urls))


def _spans(record: Record) -> list[_Span]:
    spans = [_Span(c.start, c.end, "PROMISE", n) for n, c in enumerate(record.commitments, start=1)]
    return spans + [_Span(entity.start, entity.end, entity.label) for entity in record.entities]


def _painted(record: Record) -> Text:
    """The letter with coloured spans, the number of each commitment before it. Inner spans show through outer ones."""
    spans = sorted(_spans(record), key=lambda s: (s.start, -s.end))
    cuts = sorted({0, len(record.text), *(s.start for s in spans), *(s.end for s in spans)})
    painted = Text()
    open_spans: list[_Span] = []
    waiting = 0
    for start, end in pairwise(cuts):
        open_spans = [s for s in open_spans if s.end > start]
        while waiting < len(spans) and spans[waiting].start == start:
            open_spans.append(spans[waiting])
            if spans[waiting].number:
                painted.append(f" {spans[waiting].number} ", style="bold black on green")
                painted.append(" ")
            waiting += 1
        painted.append(visible(record.text[start:end]), style=" ".join(_MARKS[s.label].style for s in open_spans))
    return painted


def _bracketed(record: Record) -> str:
    """The letter with brackets around its spans, as in «1: {Ik} stuur {u} <in mei> het plan [Kamerstuk 1, nr. 2]»."""
    openings: dict[int, list[_Span]] = {}
    closings: dict[int, list[_Span]] = {}
    for span in _spans(record):
        openings.setdefault(span.start, []).append(span)
        closings.setdefault(span.end, []).append(span)
    parts: list[str] = []
    for start, end in pairwise(sorted({0, len(record.text), *openings, *closings, len(record.text) + 1})):
        parts += [_MARKS[s.label].closing for s in sorted(closings.get(start, ()), key=lambda s: -s.start)]
        for span in sorted(openings.get(start, ()), key=lambda s: -s.end):
            parts.append(_MARKS[span.label].opening + (f"{span.number}: " if span.number else ""))
        parts.append(visible(record.text[start:end]))
    return "".join(parts)


def _legend(coloured: bool) -> Text:
    if coloured:
        return Text("   ").join(Text(mark.name, style=mark.style) for mark in _MARKS.values())
    return Text("   ".join(f"{mark.opening}{mark.name}{mark.closing}" for mark in _MARKS.values()))


def visible(text: str) -> str:
    """Text that a terminal can be given: ends of lines and pages as line feeds, other control characters as pictures.

    A letter could otherwise move the cursor, turn the direction of a line, or set the title of the window.
    """
    return text.replace("\r\n", "\n").translate(_PICTURES)


def _coloured(console: Console) -> bool:
    return console.is_terminal and console.color_system is not None and not console.no_color


def _line(console: Console, text: Text) -> None:
    """One line of text; wrapped between words on a terminal, elsewhere left as it is, with its tabs."""
    if console.is_terminal:
        console.print(text, overflow="fold")
    else:
        console.file.write(f"{text.plain}\n")


def _numbered(console: Console, number: int, text: str, style: str) -> None:
    _columns(console, Text(f"{number}.".rjust(3), style="bold"), Text(visible(text), style=style), 3)


def _field(console: Console, label: str, value: str) -> None:
    _columns(console, Text(" " * 4 + label.ljust(_LABELS), style="dim"), Text(visible(value)), 4 + _LABELS)


def _columns(console: Console, name: Text, value: Text, width: int) -> None:
    """A name and a value side by side; on a terminal the value wraps within its own column."""
    if not console.is_terminal:
        _line(console, Text.assemble(name, " ", value))
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=width, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(name, value)
    console.print(grid)


def totals(records: Sequence[Record]) -> str:
    """One closing line over many letters: how many, what they promise, and how much of that has a date."""
    commitments = [(c, r) for r in records for c in r.commitments]
    terms = [term for c, r in commitments if (term := dutch.deadline_of(c, r)) is not None]
    dated = sum(1 for term in terms if term.value.from_ or term.value.until)
    told = sum(1 for c, _ in commitments if c.kind == "inform")
    letters = dutch.counted(len(records), "brief", "brieven")
    found = dutch.counted(len(commitments), "toezegging", "toezeggingen")
    kinds = f"{told} om te informeren en {len(commitments) - told} om te handelen"
    return f"{letters}, {found}: {kinds}; {len(terms)} met een termijn, waarvan {dated} met een datum."


def print_table(rows: pd.DataFrame, console: Console) -> None:
    """The rows of `table.frame` with the columns that a clerk asks for, over the width of the console."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, expand=True)
    for name, narrow, wide in _TABLE:
        width = wide if console.width >= _WIDE else narrow
        table.add_column(name, overflow="fold", width=width, ratio=None if width else 1)
    for row in cast("list[dict[str, Any]]", rows.astype(object).where(rows.notna(), None).to_dict("records")):
        status = "" if row["status"] == "made" else f", {dutch.STATUS[row['status']]}"
        to_whom = f", aan {row['recipient']}".removesuffix(" der Staten-Generaal") if row["recipient"] else ""
        day, file = row["letter_date"], row["path"].replace("\\", "/").rpartition("/")[2]
        cells = (
            _due(row),
            dutch.folded(row["quote"]),
            f"{dutch.bound(row['who'])}{to_whom}",
            f"{dutch.KIND[row['kind']]}{status}",
            f"{day:%d-%m-%Y} {row['ministry'] or ''}" if day is not None else file,
        )
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console.print(table)


def _due(row: Mapping[str, Any]) -> str:
    operator = row["deadline_operator"]
    if operator is None:
        return dutch.NO_TERM
    first, last = (row[name].date() if row[name] is not None else None for name in ("deadline_from", "deadline_until"))
    return dutch.due(operator, first, last, row["deadline_text"], approximate=bool(row["deadline_approximate"]))
