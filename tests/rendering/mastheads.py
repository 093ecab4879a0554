"""What stands around the words of a printed letter: letterhead, masthead, colophon in the margin, running feet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rendering.letter import GREETING, Letter, in_words
from rendering.typesetting import BOLD, ROMAN, Piece

if TYPE_CHECKING:
    from rendering.pages import Page

SITE = "www.rijksoverheid.nl"


def opening(letter: Letter, form: str) -> tuple[str, ...]:
    """The paragraphs before the first block."""
    if form == "letter":
        return (GREETING,)
    if letter.questions:
        return tuple(asked(letter))
    return "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", f"Den Haag, {letter.day}"


def closing(letter: Letter, form: str) -> tuple[str, ...]:
    """The paragraphs after the last block."""
    if form == "letter":
        return "Hoogachtend,", *letter.closing
    return () if letter.questions else letter.closing


def asked(letter: Letter) -> tuple[str, str]:
    """The paragraphs above printed answers: who asked what, and who answers."""
    questions = letter.questions
    assert questions
    office = letter.signatories[0]
    role, portfolio = office.split(" van ", 1)
    return (
        f"Vragen van het lid {questions.member} aan de {office} over {questions.about} "
        f"(ingezonden {in_words(questions.asked)}).",
        f"Antwoord van {role} {questions.minister} ({portfolio}) (ontvangen {letter.day}).",
    )


def session(letter: Letter) -> str:
    """The session as print has it: "2030–2031"."""
    return letter.published.session.replace("-", "–")


def running_foot(letter: Letter) -> str:
    """What stands at the foot of each printed page, but for its number."""
    if letter.paper:
        return f"Tweede Kamer, vergaderjaar {session(letter)}, {letter.paper.dossier}, nr. {letter.paper.number}"
    return f"Tweede Kamer, vergaderjaar {session(letter)}, Aanhangsel"


def furnish(page: Page, letter: Letter, form: str, size: tuple[float, float], number: int, count: int) -> None:
    """Draw what stands around the words of page `number` of `count`."""
    if form == "letter":
        _letter(page, letter, number, count)
    else:
        _print(page, letter, size, number)


def _letter(page: Page, letter: Letter, number: int, count: int) -> None:
    margin = 455
    if number == 1:
        page.text(300, 770, Piece(letter.ministry, ROMAN, 10))
        page.text(75, 715, Piece(f"> Retouradres {letter.post}", ROMAN, 6.5))
        addressee = ("De voorzitter van de Tweede Kamer", "der Staten-Generaal", "Postbus 20018", "2500 EA DEN HAAG")
        for index, line in enumerate(addressee):
            page.text(75, 680 - 13 * index, Piece(line, ROMAN, 9))
        page.text(75, 575, Piece("Datum", ROMAN, 9))
        page.text(115, 575, Piece(letter.day, ROMAN, 9))
        page.text(75, 562, Piece("Betreft", ROMAN, 9))
        page.text(115, 562, Piece(letter.subject, ROMAN, 9))
        colophon = [(letter.directorate, BOLD), *((line, ROMAN) for line in (*letter.address, SITE))]
        colophon += [("", ROMAN), ("Ons kenmerk", BOLD), (letter.reference, ROMAN)]
        colophon += [("", ROMAN), ("Bijlage(n)", BOLD), ("1", ROMAN)]
    else:
        colophon = [(letter.directorate, BOLD), ("", ROMAN), ("Datum", BOLD), (letter.day, ROMAN)]
        colophon += [("", ROMAN), ("Ons kenmerk", BOLD), (letter.reference, ROMAN)]
    at = 690.0
    for line, font in colophon:
        for part in _wrapped(line):
            page.text(margin, at, Piece(part, font, 6.5))
            at -= 9
        at -= 0 if line else 3
    page.text(margin, 40, Piece(f"Pagina {number} van {count}", ROMAN, 6.5))


def _wrapped(line: str) -> list[str]:
    """The line in parts narrow enough for the margin."""
    parts = [""]
    for word in line.split(" "):
        if len(parts[-1]) + len(word) > 30:
            parts.append(word)
        else:
            parts[-1] = f"{parts[-1]} {word}".strip()
    return parts


def _print(page: Page, letter: Letter, size: tuple[float, float], number: int) -> None:
    left, right, column = 40.0, size[0] - 40, 203.0
    if number == 1:
        page.text(left, 715, Piece("Tweede Kamer der Staten-Generaal", BOLD, 18))
        page.text(right - 34, 700, Piece("2", BOLD, 48))
        page.rules.append((left, 680, right, 680))
        page.text(left, 664, Piece(f"Vergaderjaar {session(letter)}", ROMAN, 9))
        page.rules.append((left, 620, right, 620))
        _title(page, letter, left, column)
        for index, line in enumerate((letter.published.id, "ISSN 0921 - 7371", f"’s-Gravenhage {letter.date.year}")):
            page.text(left, 52 - 7 * index, Piece(line, ROMAN, 5.5))
    page.text(column, 38, Piece(running_foot(letter), ROMAN, 9))
    page.text(right - 7, 38, Piece(str(number), ROMAN, 9))


def _title(page: Page, letter: Letter, left: float, column: float) -> None:
    """The bold lines below the masthead."""
    if letter.paper:
        page.text(left, 600, Piece(letter.paper.dossier, BOLD, 10))
        page.text(column, 600, Piece(letter.paper.title, BOLD, 10))
        page.text(left, 545, Piece(f"Nr. {letter.paper.number}", BOLD, 10))
        office = " EN ".join(f"DE {office.upper()}" for office in letter.signatories)
        for index, line in enumerate(_broken_title(f"BRIEF VAN {office}")):
            page.text(column, 545 - 12 * index, Piece(line, BOLD, 10))
        return
    page.text(column, 664, Piece("Aanhangsel van de Handelingen", BOLD, 10))
    page.text(column, 600, Piece("Vragen gesteld door de leden der Kamer, met de daarop", BOLD, 9))
    page.text(column, 589, Piece("door de regering gegeven antwoorden", BOLD, 9))
    if letter.questions:
        page.text(column, 530, Piece(letter.questions.number, BOLD, 12))


def _broken_title(title: str) -> list[str]:
    lines = [""]
    for word in title.split(" "):
        if len(lines[-1]) + len(word) > 40:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
