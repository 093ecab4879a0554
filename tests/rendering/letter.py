"""A letter as a structure that knows nothing of formats: `letters/*.json`, and what it says sentence by sentence.

In the words of a letter `[^3]` is a reference to its third footnote.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "letters"
GREETING = "Geachte voorzitter,"
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)
_REFERENCE = re.compile(r"\[\^(\d+)\]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences, one after another."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above what follows; `spaced` where its letters stand apart in print."""

    text: str
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `marks` is bullet, number or letter. An item holds sentences."""

    marks: str
    items: tuple[tuple[str, ...], ...]

    def mark(self, index: int) -> str:
        """What stands before the item at `index` (from 0), in plain text."""
        return {"bullet": "-", "number": f"{index + 1}.", "letter": f"{chr(ord('a') + index)}."}[self.marks]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below a row of column heads; `widths` are parts of a hundred."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of members or the answer to it, below its label; `paragraphs` hold sentences."""

    is_answer: bool
    label: str
    paragraphs: tuple[tuple[str, ...], ...]


Block = Paragraph | Heading | Items | Table | Turn


@dataclass(frozen=True, slots=True)
class Paper:
    """What the official publication of a letter adds: the session, its dossier, and its number there."""

    session: str
    dossier: str
    title: str
    number: str

    @property
    def id(self) -> str:
        """The publication id: "kst-38412-57"."""
        return f"kst-{self.dossier.replace(' ', '')}-{self.number}"


@dataclass(frozen=True, slots=True)
class Questions:
    """Where and when the questions were put, by whom to whom, what they are about, and the number of the answers.

    `member` and `minister` are surnames as print has them, of nobody who lives.
    """

    session: str
    number: str
    asked: date
    member: str
    minister: str
    about: str

    @property
    def id(self) -> str:
        """The publication id: "ah-tk-20302031-1187"."""
        return f"ah-tk-{self.session.replace('-', '')}-{self.number}"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a minister to the Tweede Kamer; answers to questions have `questions`, all others a `paper`."""

    name: str
    date: date
    ministry: str
    directorate: str
    address: tuple[str, ...]
    post: str
    reference: str
    subject: str
    signatories: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    paper: Paper | None = None
    questions: Questions | None = None

    @property
    def published(self) -> Paper | Questions:
        """Where its official publication stands."""
        of = self.paper or self.questions
        if of is None:
            raise ValueError(f"{self.name} has neither paper nor questions")
        return of

    @property
    def day(self) -> str:
        """Its date in words: "14 februari 2031"."""
        return in_words(self.date)

    @property
    def closing(self) -> tuple[str, ...]:
        """The lines that sign it, one for each office."""
        return tuple(f"De {office}," for office in self.signatories)


def in_words(day: date) -> str:
    """A day as letters print it: "14 februari 2031"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@cache
def letters() -> tuple[Letter, ...]:
    """All letters, by name."""
    return tuple(_letter(path) for path in sorted(FOLDER.glob("*.json")))


def parts(sentence: str) -> Iterator[str | int]:
    """The words of a sentence as runs of text, with the numbers of the footnotes it refers to at their places."""
    for index, part in enumerate(_REFERENCE.split(sentence)):
        if index % 2:
            yield int(part)
        elif part:
            yield part


def words(sentence: str) -> str:
    """What a sentence says, without its references."""
    return _REFERENCE.sub("", sentence)


def in_paragraphs(cell: str) -> list[str]:
    """The words of a cell with a paragraph for each sentence, as tables of letters have them."""
    return re.split(r"(?<=\.) (?=[A-Z])", cell)


def sentences(block: Block) -> Iterator[str]:
    """What a block says, in order: sentences, headings and labels, and table rows as their cells one after another."""
    match block:
        case Paragraph():
            yield from map(words, block.sentences)
        case Heading():
            yield block.text
        case Items():
            for item in block.items:
                yield from map(words, item)
        case Table():
            for row in (block.columns, *block.rows):
                yield " ".join(map(words, row))
        case Turn():
            yield block.label
            for paragraph in block.paragraphs:
                yield from map(words, paragraph)


def _letter(path: Path) -> Letter:
    read = json.loads(path.read_text(encoding="utf-8"))
    questions = read.get("questions")
    return Letter(
        name=path.stem,
        date=date.fromisoformat(read["date"]),
        ministry=read["ministry"],
        directorate=read["directorate"],
        address=tuple(read["address"]),
        post=read["post"],
        reference=read["reference"],
        subject=read["subject"],
        signatories=tuple(read["signatories"]),
        blocks=tuple(map(_block, read["blocks"])),
        notes=tuple(read["notes"]),
        paper=Paper(**read["paper"]) if "paper" in read else None,
        questions=Questions(**questions | {"asked": date.fromisoformat(questions["asked"])}) if questions else None,
    )


def _block(read: dict[str, Any]) -> Block:
    match read["kind"]:
        case "paragraph":
            return Paragraph(tuple(read["sentences"]))
        case "heading":
            return Heading(read["text"], read.get("spaced", False))
        case "list":
            return Items(read["marks"], tuple(map(tuple, read["items"])))
        case "table":
            return Table(tuple(read["columns"]), tuple(map(tuple, read["rows"])), tuple(read["widths"]))
        case "question":
            return Turn(False, read["label"], (tuple(read["sentences"]),))
        case "answer":
            return Turn(True, read["label"], tuple(map(tuple, read["paragraphs"])))
    raise ValueError(f"a block of kind {read['kind']!r}")
