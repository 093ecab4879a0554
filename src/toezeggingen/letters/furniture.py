"""Page furniture: what printing put on the pages and nobody wrote in the letter.

Running heads and feet, publication ids, page numbers; also where a dump glued them to the text on the same line.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Line, Zone, cut_out
from toezeggingen.letters.margins import mark_margins, without_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 170
"""Characters: a line of furniture is not longer."""

_SMALL_BEGINNINGS = (
    "pagina",
    "blad",
    "pag.",
    "vervolg",
    "kst-",
    "ah-",
    "ek-",
    "h-",
    "blg-",
    "nds-",
    "kv-",
    "stb-",
    "stcrt-",
    "trb-",
    "s-G",
    "s G",
)
_OPENING = "([«“‘\"'/"


def mark(lines: list[Line], start: int) -> list[Line]:
    """The lines, all furniture from line `start` on marked, and cut in two where furniture is glued to text.

    `page` is set on the line that follows the foot of a page.
    """
    lines = [*lines[:start], *_unglued(lines[start:])]
    whole, foot = _whole_line(), _foot()
    for number in range(start, len(lines)):
        line = lines[number]
        text = line.text
        if line.mark and line.zone is not Zone.FURNITURE:
            continue
        if len(text) > _LONGEST or (text[0].islower() and not text.startswith(_SMALL_BEGINNINGS)):
            continue
        if line.zone is Zone.FURNITURE or whole.match(text):
            line.zone = Zone.FURNITURE
            if number + 1 < len(lines) and foot.match(line.text):
                lines[number + 1].page = True
    mark_margins(lines, start)
    _mark_page_numbers(lines, start)
    _mark_repeated(lines, start)
    return list(without_reference(lines, start))


def _bricks(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, verbose, with `<NAME>` replaced by the brick of that name."""
    bricks = {
        "<CHAMBER>": r"(?: (?:Tweede|Eerste)\ Kamer (?:\ der\ Staten-Generaal)? )",
        # 2023–2024 · 1980-1981 · 2024/25
        "<YEAR>": r"(?: (?:18|19|20)\d\d \s?[-–/]\s? (?:(?:18|19|20)?\d\d) )",
        # 29 282, nr. 5 · 16400 hoofdstuk XVI, nr. 126 · 22 800 XIV, nr. 36 · 36 410 VIII, A
        "<PAPER>": r"""(?: \d[\d\ ]{3,6} (?:[-\ ]{1,3}\(?[IVXLA-H0-9]{1,6}\)?)? (?:\ hoofdstuk\ [IVXLA-H]{1,6})?
            ,?\ (?: nrs?\.?\ ?\d{1,4}[A-Z]?(?![a-z]) | [A-Z]{1,3}(?![A-Za-z]) ) )""",
        # kst-29282-5 · ah-tk-20242025-546
        "<ID>": r"""(?: (?:kst|ah-tk|ah-ek|h-tk|h-ek|blg|nds-tk|kv-tk|stb|stcrt|trb)
            -\d[\d-]{2,20}(?:-[IVXLA-H]{1,5})?(?:-\d{1,4})? )""",
        # 312808F ISSN0921 -7371
        "<ISSN>": r"(?: (?:\d{5,6}[A-Z]?\s{0,3})? ISSN\s?\d{4}\s?-?\s?\d{3}[\dXx] )",
        "<PLACE>": r"(?: ['’‘´`]?\s?s[-\ ]?Gravenhage\s?(?:19|20)\d\d )",
        "<FOOT>": r"""(?: <CHAMBER>,?\ (?:vergaderjaar|zitting(?:sjaar)?)\ ?<YEAR>,?\s?
            (?:<PAPER>|Aanhangsel(?:\ van\ de\ Handelingen)?) )""",
        "<HEAD>": r"(?: Vergaderjaar\ <YEAR>,?\ Aanhangsel(?:\ van\ de\ Handelingen)? )",
        "<PAGE>": r"(?: \s\d{1,3} (?![\d.,\w]) )",
    }
    for name in reversed(bricks):
        pattern = pattern.replace(name, bricks[name])
    return re.compile(pattern, re.VERBOSE)


@functools.cache
def _whole_line() -> re.Pattern[str]:
    """A line that is furniture whatever stands around it."""
    return _bricks(
        r"""
        (?: [*_>\ ]{0,4}[Pp]agina:?\ ?\d{1,4}(?:\s?(?:van|/|uit)\s?\d{1,4})?[*_]{0,3}     # Pagina 3 van 5
          | (?:[Bb]lad(?:zijde|nummer)?|[Pp]ag\.)\ ?\d{1,4}(?:\s?(?:van|/)\s?\d{1,4})?
          | [-–—]\ ?\d{1,3}\ ?[-–—]                                                   # - 3 -
          | [Vv]ervolg(?:blad|\ van\ blad(?:zijde)?)\ ?\d{0,3}
          | <FOOT><PAGE>?
          | <CHAMBER>,?\ (?:vergaderjaar|zitting(?:sjaar)?)\ <YEAR>[^.!?\n]{0,60}
          | <CHAMBER>\s?\d?
          | (?:<HEAD>|(?:Vergaderjaar|Zitting)\ <YEAR>)(?:\s\d{1,4})?
          | Aanhangsel\ van\ de\ Handelingen
          | <ID>(?:\s?<ISSN>)?(?:\s?<PLACE>)?
          | <ISSN>[^\n]{0,80}
          | <PLACE>
          | (?:Sdu|SDU|Staatsuitgeverij|Staatsdrukkerij)\b[^\n]{0,60}
          | \|?(?:\ {0,3}:?-{2,40}:?\ {0,3}\|){1,40}(?:\ {0,3}:?-{2,40}:?)?   # the rule below the head of a table
          | (?:-{3,}|_{3,}|\*{3,}|={3,}|(?:-\ ){3,}-?)                                # a rule across the page
          | <!--[^\n]{0,120}-->
          | !\[[^\]\n]{0,80}\]\([^)\n]{0,120}\)                                       # a picture
        )\Z
        """.replace("<!--", r"\<!--")
    )


@functools.cache
def _foot() -> re.Pattern[str]:
    """The furniture that ends a page."""
    return _bricks(r"(?: <FOOT> | <CHAMBER>,?\ (?:vergaderjaar|zitting) | [*_>\ ]{0,4}[Pp]agina | [Bb]lad )")


@functools.cache
def _run() -> re.Pattern[str]:
    """Furniture within a line: bricks with nothing but blanks between them, and the page number at the end."""
    return _bricks(
        r"""
        (?: (?: <FOOT> | <HEAD> | <ID> | <ISSN> | <PLACE> | <CHAMBER>(?<=Staten-Generaal) )\s{0,2} ){1,6}
        (?P<page> (?<=\s)\d{1,3}(?![\d.,/%-]) | \d{1,3}(?=[A-Z][a-z]) )?
        """
    )


def _has_trigger(text: str) -> bool:
    """Whether a word of furniture stands in `text` at all."""
    return (
        "ergaderjaar" in text
        or "Staten-Generaal" in text
        or "ISSN" in text
        or "kst-" in text
        or "ah-tk-" in text
        or "itting 1" in text
    )


def _unglued(lines: list[Line]) -> Iterator[Line]:
    """The lines with furniture that shares a line with text cut off as a line of its own, marked."""
    found: list[tuple[Line, list[re.Match[str]]]] = []
    seen: Counter[str] = Counter()
    run = _run()
    for line in lines:
        matches = []
        if not line.mark and len(line.text) > 20 and _has_trigger(line.text):
            matches = list(run.finditer(line.text))
            seen.update(_without_page(match) for match in matches if match["page"])
        found.append((line, matches))
    for line, matches in found:
        cuts: list[int] = []
        for match in matches:
            if _stands_out(match, repeated=seen[_without_page(match)] > 1):
                cuts += match.span()
        yield from cut_out(line, cuts)


def _without_page(match: re.Match[str]) -> str:
    return match[0].removesuffix(match["page"] or "").strip()


def _stands_out(match: re.Match[str], *, repeated: bool) -> bool:
    """Whether furniture within a line is no citation in a sentence: it is glued to the words or at the line's ends."""
    text, start, end = match.string, match.start(), match.end()
    if repeated and match["page"]:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    ends_sentence = before.isspace() and text[max(0, start - 9) : start].rstrip()[-1:] in ".!?" and bool(match["page"])
    clear_before = not before or ends_sentence or not (before.isspace() or before in _OPENING or match[0][0].isspace())
    clear_after = not after or (after.isalpha() and not text[end - 1].isspace())
    return clear_before and clear_after


def _mark_page_numbers(lines: list[Line], start: int) -> None:
    """Numbers alone on a line: right after the running foot, or at the edge of pages and counting up with them."""
    edges: list[tuple[int, int]] = []
    foot = _foot()
    has_feet = False
    ordinal = 1
    for number, line in enumerate(lines):
        ordinal += line.page
        has_feet = has_feet or (line.zone is Zone.FURNITURE and bool(foot.match(line.text)))
        if number < start or line.zone is not None or len(line.text) > 3 or not line.text.isdecimal():
            continue
        before = lines[number - 1] if number else None
        if before is not None and before.zone is Zone.FURNITURE and _is_open_foot(before.text):
            line.zone = Zone.FURNITURE
            if number + 1 < len(lines):
                lines[number + 1].page = True
        elif line.page or number + 1 == len(lines) or lines[number + 1].page:
            edges.append((number, int(line.text) - ordinal))
    offsets = Counter(offset for _, offset in edges)
    for number, offset in edges:
        if offsets[offset] > 1 and not has_feet:
            lines[number].zone = Zone.FURNITURE


def _is_open_foot(text: str) -> bool:
    """Whether `text` is the foot of a page without its number."""
    return "amer, " in text and not re.search(r"(?:Aanhangsel|nr\.? ?\d{1,4}[A-Z]?) \d{1,3}\Z", text)


def _mark_repeated(lines: list[Line], start: int) -> None:
    """Short lines that stand at the edge of several pages, or of one and in the head; their numbers may differ."""
    at_edge: set[int] = set()
    for number in range(start, len(lines)):
        if lines[number].page:
            at_edge.update(range(max(start, number - 3), min(len(lines), number + 5)))
    short = [n for n in sorted(at_edge) if lines[n].zone is None and 6 <= len(lines[n].text) <= 90]
    if not short:
        return
    digits = re.compile(r"\d{1,9}")
    keys = {number: digits.sub("#", lines[number].text) for number in short}
    count = Counter(keys.values())
    heads = {digits.sub("#", line.text) for line in lines if line.zone is Zone.HEAD}
    for number, key in keys.items():
        is_running = count[key] >= 3 or (key in heads and len(key) > 9)
        if is_running and key[-1] not in ".?!;:," and not key.startswith(_NOT_RUNNING) and not lines[number].label:
            lines[number].zone = Zone.FURNITURE


_NOT_RUNNING = ("Vraag", "Vragen", "Antwoord", "Kamerstuk", "Motie", "•", "–", "-")
