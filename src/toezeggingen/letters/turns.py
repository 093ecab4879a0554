"""Whose words a paragraph holds: a question put by members, the answer to it, a turn in a debate."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Line, Zone, begins_low, is_finished, split
from toezeggingen.letters.words import lexicon

if TYPE_CHECKING:
    from toezeggingen.letters.paragraphs import Paragraph

_NUMBERS = r"\d{1,3}[a-z]?(?:(?:\ ?[,;/–-]\ ?|\ en\ |\ t/m\ |\ tot\ en\ met\ ){1,2}(?:vraag\ )?\d{1,3}[a-z]?){0,30}"


@functools.cache
def _label() -> re.Pattern[str]:
    """Vraag 3 · Vragen 4 en 5: · Antwoord 2 · Antwoord op vraag 3, 4 en 5. · Antwoord vraag 9-14: · Antwoord"""
    return re.compile(
        rf"""
        [*_\#>\ ]{{0,6}}
        (?: (?P<question> (?:[Vv]ra(?:ag|gen)|VRA(?:AG|GEN)|Deelvraag) \ (?:nr\.\ |nummer\ )? (?P<asked>{_NUMBERS}) )
          | (?P<answer> (?:Antwoord(?:en)?|ANTWOORD(?:EN)?|Reactie|Mededeling)
                (?: \ (?:op\ )?(?:de\ )?(?:vra(?:ag|gen)\ )?(?:nr\.\ )?(?P<answered>{_NUMBERS})
                  | \ op\ (?:de\ )?vra(?:ag|gen) )? ) )
        (?P<after> [*_]{{0,3}}\ ?[.:)]?[*_]{{0,3}} )
        (?: \Z | (?P<rest> \s{{1,4}}(?=[A-Z'‘“"«(\[À-Þ]) ) )
        """,
        re.VERBOSE,
    )


@functools.cache
def _speaker() -> re.Pattern[str]:
    """De heer Jansen (XYZ): · Minister De Vries: · De voorzitter: — with or without the words on the same line."""
    return re.compile(
        r"""
        [*_]{0,3}
        (?: (?P<member> (?:De\ heer|Mevrouw|De\ dames?|Dhr\.|Mw\.|Het\ lid|Kamerlid)
                \ [A-ZÀ-Þa-z'’.\ -]{2,50} (?:\ \([A-Za-z0-9+ -]{1,25}\))? )
          | (?P<other> (?:De\ )? (?:[Vv]oorzitter | [Gg]riffier)
              | (?:De\ )? (?:Demissionair\ )? (?:[Mm]inister(?:-[Pp]resident)?|[Ss]taatssecretaris)
                (?: \ [A-ZÀ-Þ][A-ZÀ-Þa-z'’.\ -]{1,50} )? ) )
        [*_]{0,3} : [*_]{0,3} (?: \Z | (?P<rest>\s{1,4}(?=[A-Z«"“‘'(])) )
        """,
        re.VERBOSE,
    )


def _any_of(words: frozenset[str], *, capital: bool = False) -> str:
    """A pattern for any of `words`, with a small first letter or, where `capital`, with either."""
    forms = [f"[{word[0].upper()}{word[0]}]{word[1:]}" if capital else word for word in sorted(words)]
    return "(?:" + "|".join(form.replace(" ", r"\ ") for form in forms) + ")"


@functools.cache
def _asking() -> re.Pattern[str]:
    """How a question to a minister begins: Bent u ..., Klopt het ..., Welke stappen zet u ..."""
    return re.compile(
        rf"""
        (?: \d{{1,3}}[.)]?\ {{1,4}} )? ["“«‘'*_]{{0,3}} (?: Zo\ (?:ja|nee),\  )?
        (?: {_any_of(lexicon().asking, capital=True)} \ u\b
          | Klopt\ het | Is\ het\ (?:waar|juist|u\ bekend) | Is\ (?:bij\ )?u\ bekend | Wat\ (?:is|vindt)\ (?:uw?)\b
          | (?:Hoe|Waarom|Wanneer|Welke|Wat|Op\ welke\ wijze|In\ hoeverre|Hoeveel)\ [^.?!\n]{{1,120}}\ (?:u|uw)\b )
        """,
        re.VERBOSE,
    )


@functools.cache
def _of_members() -> re.Pattern[str]:
    """A paragraph that tells what members ask or find: De leden van de XYZ-fractie ..., Ook deze leden vragen ..."""
    words = lexicon()
    return re.compile(
        rf"""
        ["“«*_•–-]{{0,3}}\s? (?: {_any_of(words.opening)} \ (?: {_any_of(words.of_members)} \  )? )?
        {_any_of(words.naming, capital=True)} (?: \ (?:hier\ )?aan\ het\ woord\ zijnde )? \ (?: leden | lid )
        (?: \ van\ (?:de\ )? [^.,:;\n]{{0,50}} (?:fractie|fracties) \b | \ {_any_of(words.of_members)} \b )
        """,
        re.VERBOSE,
    )


@functools.cache
def _section() -> re.Pattern[str]:
    """The two halves of a report of written consultation."""
    return re.compile(
        r"""
        [*_\#\ ]{0,6} (?:[IVX]{1,4}\.?|\d{1,2}\.?|[A-C]\.)?\s{0,4}
        (?: (?P<question> Vragen\ en\ opmerkingen | (?:Inbreng|Vragen)\ (?:van|vanuit)\ de\ (?:leden|fracties) )
          | (?P<answer> (?:Antwoord(?:en)?|Reactie|Beantwoording)\ (?:van|door|op|/) ) )
        [^.?!\n]{0,120} \Z
        """,
        re.VERBOSE,
    )


def cut_labels(lines: list[Line], start: int) -> list[Line]:
    """The lines, with labels of questions and answers and names of speakers as lines of their own, their `label` set.

    A label is "question", "answer", "member" (of parliament, speaking) or "other" (chair or government, speaking).
    """
    label, speaker = _label(), _speaker()
    found: list[Line] = lines[:start]
    for line in lines[start:]:
        match = None
        if line.zone is None and line.text[0] in _LABEL_FIRST:
            match = label.match(line.text) or speaker.match(line.text)
        if match is None:
            found.append(line)
            continue
        groups = match.groupdict()
        kind = next(kind for kind in ("question", "answer", "member", "other") if groups.get(kind))
        if match["rest"] is not None:
            first, rest = split(line, [match.end()])
            first.label = kind
            found += [first, rest]
        else:
            line.label = kind
            found.append(line)
    _take_back_stray(found)
    _label_bare_numbers(found, start)
    return found


_LABEL_FIRST = frozenset("VvAaRDdMmSsHKGg*#_> ")


def _take_back_stray(lines: list[Line]) -> None:
    """Labels that stand alone are none: one speaker is no debate, "Reactie" without questions no answer."""
    labels = [line.label for line in lines if line.label]
    speakers = sum(label in ("member", "other") for label in labels)
    answers = sum(line.label == "answer" and "ntwoord" in line.text.lower() for line in lines)
    for line in lines:
        if (line.label in ("member", "other") and speakers < 2) or (
            line.label == "answer" and "question" not in labels and not answers
        ):
            line.label = ""


def _label_bare_numbers(lines: list[Line], start: int) -> None:
    """Numbers alone on a line that count up and have "Antwoord" after them: labels of questions."""
    if not any(line.label == "answer" for line in lines) or any(line.label == "question" for line in lines):
        return
    asking = _asking()
    expected = 1
    for number in range(start, len(lines) - 1):
        line = lines[number]
        if line.zone is None and line.text.rstrip(".)") == str(expected) and not begins_low(lines[number + 1].text):
            if expected == 1 and not (asking.match(lines[number + 1].text) or lines[number + 1].text[-1:] == "?"):
                continue
            line.label = "question"
            expected += 1


def mark_words(found: list[Paragraph]) -> None:
    """Give every paragraph its zone: that of its kind, and question or answer by who has the word."""
    state = Zone.BODY
    answered = _answered(found)
    section = _section()
    numbered = any(p.kind == "label" and p.lines[0].label == "answer" for p in found)
    expected = 1  # the number of the next question where questions are numbered items
    unanswered = False  # the question at hand has no label of an answer: that follows without one
    written = False  # a report of written consultation
    for place, paragraph in enumerate(found):
        first = paragraph.lines[0]
        if paragraph.kind == "label":
            paragraph.zone = Zone.BODY if first.label == "salutation" else Zone.HEADING
            if first.label != "salutation":
                state = _state_after(first)
                unanswered = first.label == "question" and _is_unanswered(first, answered)
            continue
        match = section.match(first.text) if paragraph.kind in _SHORT_KINDS and len(paragraph.lines) < 4 else None
        written = written or (match is not None and bool(match["question"]))
        if match and written:
            state = Zone.QUESTION if match["question"] else Zone.ANSWER
            paragraph.zone = Zone.HEADING
            continue
        if unanswered and state is Zone.QUESTION and _is_answer(paragraph, found[place - 1]):
            state, unanswered = Zone.ANSWER, False
        if numbered and (count := _question_number(paragraph, expected)):
            state, expected = Zone.QUESTION, count + 1
        paragraph.zone = _zone(paragraph, state)


_SHORT_KINDS = ("heading", "text", "item")


def _zone(paragraph: Paragraph, state: Zone) -> Zone:
    kind, text = paragraph.kind, paragraph.lines[0].text
    if state is Zone.QUESTION:
        return Zone.QUESTION
    if kind in ("text", "item"):
        if " l" in text[:120] and _of_members().match(text):
            if (place := _own_words(paragraph)) is not None:
                paragraph.turn = (place, state)
            return Zone.QUESTION
        if is_question(paragraph) and _asking().match(text):
            return Zone.QUESTION
    return {"heading": Zone.HEADING, "item": Zone.LIST, "row": Zone.TABLE, "columns": Zone.TABLE}.get(kind, state)


@functools.cache
def _own_sentence() -> re.Pattern[str]:
    """The beginning of a sentence in which the one who answers speaks of himself: Ik ..., Daarom zal ik ..."""
    return re.compile(
        rf"""
        (?: (?<=[.?!]\ ) | (?<=[.?!][)”’»]\ ) | ^ )
        (?: Ik\b | (?:[A-Z][^.?!]{{0,90}}?\ ) {_any_of(lexicon().own_words)} \ ik\b )
        """,
        re.VERBOSE,
    )


def _own_words(paragraph: Paragraph) -> int | None:
    """Where, after what members ask, the one who answers begins to speak of himself; None where he does not."""
    pattern = _own_sentence()
    for number, line in enumerate(paragraph.lines):
        for match in pattern.finditer(line.text):
            begins_line = match.start() == 0
            if begins_line and (number == 0 or not is_finished(paragraph.lines[number - 1].text)):
                continue
            if not re.search(r"\b(?:leden|lid|vragen|vraagt|verzoek\w*|zij)\b", match[0]):
                return line.start + line.indent + match.start()
    return None


def is_question(paragraph: Paragraph) -> bool:
    """Whether the paragraph ends in a question mark, closing marks and footnote markers apart."""
    return paragraph.last.text.rstrip("0123456789\"'”’»)*_ ,")[-1:] == "?"


def _state_after(label: Line) -> Zone:
    return {"question": Zone.QUESTION, "answer": Zone.ANSWER, "member": Zone.QUESTION}.get(label.label, Zone.BODY)


def _numbers(label: Line) -> set[int]:
    """The numbers a label names: {3, 4, 5} of "Vraag 3 t/m 5"."""
    found: set[int] = set()
    last = 0
    for part in re.split(r"(\d{1,3})", label.text):
        if part.isdecimal():
            number = int(part)
            found.update(range(last, number + 1) if last and last < number < last + 200 else (number,))
            last = 0
        elif part.strip() in ("-", "–", "t/m", "tot en met") and found:
            last = max(found)
    return found


def _answered(found: list[Paragraph]) -> set[int] | None:
    """The numbers that labels of answers name; None where they name none, and answer what was asked last."""
    labels = [p.lines[0] for p in found if p.kind == "label" and p.lines[0].label == "answer"]
    numbers: set[int] = set()
    for label in labels:
        numbers |= _numbers(label)
    return numbers or (None if labels else set())


def _is_unanswered(label: Line, answered: set[int] | None) -> bool:
    """Whether no label of an answer names the question, so that its answer just follows."""
    return answered is not None and not _numbers(label) & answered


def _is_answer(paragraph: Paragraph, before: Paragraph) -> bool:
    """Whether an answer without a label begins with this paragraph: the one before it was the question."""
    return paragraph.gap and is_question(before) and "?" not in paragraph.text


def _question_number(paragraph: Paragraph, expected: int) -> int:
    """The number of a question that begins "7. Vindt u ...?", if it is the one that is due; or else 0."""
    digits = paragraph.lines[0].text[:4].partition(".")[0].partition(" ")[0].rstrip(")")
    if not digits.isdecimal() or not expected <= int(digits) <= expected + 2 or paragraph.lines[0].text == digits:
        return 0
    return int(digits) if is_question(paragraph) else 0
