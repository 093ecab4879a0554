"""Page furniture: what printing put on the pages and nobody wrote in the letter.

Running heads and feet, publication ids, colophons, page numbers, the block with reference and date that stands in the margin of
every page; also where a dump glued them to the text on the same line.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from toezeggingen.letters.layout import Line, Zone, split

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
        if len(text) > _LONGEST or (text[0].islower() and not text.startswith(_SMALL_BEGINNINGS)):
            continue
        if line.zone is Zone.FURNITURE or whole.match(text):
            line.zone = Zone.FURNITURE
            if number + 1 < len(lines) and foot.match(line.text):
                lines[number + 1].page = True
    _mark_margins(lines, start)
    _mark_addresses(lines, start)
    _mark_departments(lines, start)
    _mark_page_numbers(lines, start)
    _mark_repeated(lines, start)
    return list(_without_reference(lines, start))


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
        "<ID>": r"(?: (?:kst|ah-tk|ah-ek|h-tk|h-ek|blg|nds-tk|kv-tk|stb|stcrt|trb) -\d[\d-]{2,20}(?:-[IVXLA-H]{1,5})?(?:-\d{1,4})? )",
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
          | \|?(?:\ {0,3}:?-{2,40}:?\ {0,3}\|){1,40}(?:\ {0,3}:?-{2,40}:?)?           # the rule below the head of a table
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
    """Furniture within a line: one or more bricks with nothing but blanks between them, and the page number at the end."""
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
        if len(line.text) > 20 and _has_trigger(line.text):
            matches = list(run.finditer(line.text))
            seen.update(_without_page(match) for match in matches if match["page"])
        found.append((line, matches))
    for line, matches in found:
        cuts: list[int] = []
        for match in matches:
            if _stands_out(match, repeated=seen[_without_page(match)] > 1):
                cuts += match.span()
        yield from _pieces(line, cuts)


def _pieces(line: Line, cuts: list[int]) -> Iterator[Line]:
    """`line` cut at the offsets `cuts` into its text: text, furniture, text, furniture..., the empty ones left out."""
    if not cuts:
        yield line
        return
    after_furniture = False
    for number, piece in enumerate(split(line, cuts)):
        is_furniture = number % 2 == 1
        if is_furniture:
            piece.zone = Zone.FURNITURE
        if piece.text:
            piece.page = piece.page or after_furniture
            yield piece
        after_furniture = is_furniture


def _without_page(match: re.Match[str]) -> str:
    return match[0].removesuffix(match["page"] or "").strip()


def _stands_out(match: re.Match[str], *, repeated: bool) -> bool:
    """Whether furniture within a line is furniture, and no citation in a sentence: it is glued to the words or at the line's ends."""
    text, start, end = match.string, match.start(), match.end()
    if repeated and match["page"]:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    ends_sentence = before.isspace() and text[max(0, start - 9) : start].rstrip()[-1:] in ".!?" and bool(match["page"])
    clear_before = not before or ends_sentence or not (before.isspace() or before in _OPENING or match[0][0].isspace())
    clear_after = not after or (after.isalpha() and not text[end - 1].isspace())
    return clear_before and clear_after


@functools.cache
def _margin_label() -> re.Pattern[str]:
    """A label of the block in the margin, alone on its line or with its value."""
    return re.compile(
        r"""
        [*_]{0,3}
        (?P<label> (?:Ons|Uw)\ kenmerk | (?:Onze|Uw)\ referentie | Kenmerk | Datum(?:\ document)? | Bijlagen? | Bijlage\(n\)
                 | Uw\ brief(?:\ \(kenmerk\))? | (?:Dossier|Zaak|Document)nummer | Behandeld\ door | Contactpersoon )
        [*_]{0,3} :? [*_]{0,3} (?P<value> \ {0,3}[^.\n]{0,50} ) \Z
        """,
        re.VERBOSE,
    )


def _mark_margins(lines: list[Line], start: int) -> None:
    """The margin block of a following page: a label that stands in the letter more than once, and the lines below it."""
    pattern = _margin_label()
    labels: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate(lines):
        if line.zone is None and len(line.text) <= 80 and (match := pattern.match(line.text)):
            labels.append((number, match))
    count = Counter(match["label"] for _, match in labels)
    for number, match in labels:
        label, value = match["label"], match["value"].strip()
        is_reference = label.startswith(("Ons k", "Onze r", "Uw k", "Uw r"))
        if number < start or not (count[label] > 1 or is_reference) or (value and not any(map(str.isdigit, value))):
            continue
        lines[number].zone = Zone.FURNITURE
        for below in lines[number + 1 : number + 4] if not value else ():
            if below.gap or below.zone is not None or len(below.text) > 60 or below.text[-1] in ".?!:":
                break
            below.zone = Zone.FURNITURE


@functools.cache
def _address() -> re.Pattern[str]:
    """A line of a colophon that a dump put among the text."""
    return re.compile(
        r"""
        (?: (?:Bezoek|Post|Factuur|Retour)adres | Postbus\ \d{1,5} | \d{4}\ ?[A-Z]{2}\ +[A-Z]['A-Za-z -]{2,30}\Z | Overheidsidentificatienr
          | [TF]\ {1,3}(?:\(?0\d|\+31)[\d\ ()-]{6,16} | (?:https?://)?www\.[\w./-]{3,40}\Z | [\w.-]{2,40}@[\w.-]{3,40}\Z
          | Behandeld\ door | Contactpersoon | Doorkiesnummer | Inlichtingen\ bij )
        """,
        re.VERBOSE,
    )


def _mark_addresses(lines: list[Line], start: int) -> None:
    """Colophons in the middle of a letter: two such lines at least, near each other, and the short ones between them."""
    pattern = _address()
    last = -1
    for number in range(start, len(lines)):
        line = lines[number]
        if line.zone is not None or len(line.text) > 60 or not pattern.match(line.text):
            continue
        between = lines[last + 1 : number]
        if (
            last >= 0
            and len(between) <= 4
            and all(len(near.text) <= 45 and near.text[-1] not in ".:;?" for near in between)
        ):
            for near in (lines[last], *between, line):
                near.zone = near.zone or Zone.HEAD
        last = number


@functools.cache
def _department() -> re.Pattern[str]:
    return re.compile(
        r"(?:Directie|Directoraat|DG |Ministerie van|Afdeling|Bestuurskern|Programmadirectie)\b[^.:;?!\n]{0,60}\Z"
    )


def _mark_departments(lines: list[Line], start: int) -> None:
    """The department that stands in the margin, next to a page's foot or to what else is in the margin."""
    pattern = _department()
    for number in range(max(1, start), len(lines)):
        line = lines[number]
        if line.zone is not None or len(line.text) > 75 or not pattern.match(line.text):
            continue
        near = (lines[number - 1], *lines[number + 1 : number + 2])
        if line.page or any(
            other.zone in (Zone.FURNITURE, Zone.HEAD) for other in near if other is not lines[start - 1]
        ):
            line.zone = Zone.FURNITURE


def _mark_page_numbers(lines: list[Line], start: int) -> None:
    """Numbers alone on a line: right after the running foot, or at the edge of pages and counting up with them."""
    edges: list[tuple[int, int]] = []
    foot = _foot()
    has_feet = False
    ordinal = 1
    for number, line in enumerate(lines):
        ordinal += line.page
        has_feet = has_feet or (line.zone is Zone.FURNITURE and bool(foot.match(line.text)))
        if number < start or line.zone is not None or len(line.text) > 3 or not line.text.isdigit():
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


def _without_reference(lines: list[Line], start: int) -> Iterator[Line]:
    """The lines, the letter's own reference cut out where the margin of a page ran into the text at its top."""
    reference = _own_reference(lines)
    since_page = 99
    for number, line in enumerate(lines):
        since_page = 0 if line.page else since_page + (line.zone is None)
        if not reference or number < start or line.zone is not None or since_page > 8 or reference not in line.text:
            yield line
            continue
        at = line.text.index(reference)
        yield from _pieces(line, [at, at + len(reference)])


def _own_reference(lines: list[Line]) -> str:
    """What stands under, or behind, the label "Ons kenmerk"; "" where no letter with four digits does."""
    for number, line in enumerate(lines):
        if line.text.strip("*_: ").startswith(("Ons kenmerk", "Onze referentie")):
            value = line.text.strip("*_: ")[11:].strip(" :*_entie") or (
                lines[number + 1].text if number + 1 < len(lines) else ""
            )
            if 6 < len(value) < 45 and sum(map(str.isdigit, value)) > 3:
                return value
    return ""
