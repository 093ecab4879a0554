"""Lines to paragraphs: which lines go on with the one before, over blank lines, page feet and footnotes too."""

from __future__ import annotations

import functools
import re

from toezeggingen.letters.layout import WIDEST, Line, Zone, begins_low, is_finished
from toezeggingen.letters.words import lexicon


class Paragraph:
    """Lines that belong together.

    `kind`: text, item (of a list), row (of a table), columns (rows without tabs, one a line), label, or heading.
    Furniture and footnotes between its lines are not among them. `gap`: a blank line or page end stands before it.
    """

    __slots__ = ("gap", "kind", "lines", "turn", "zone")

    def __init__(self, kind: str, line: Line) -> None:
        self.kind = kind
        self.lines = [line]
        self.gap = line.gap or line.page
        self.zone: Zone | None = None
        self.turn: tuple[int, Zone] | None = None
        """Where in the source another takes the word, and the zone from there on."""

    @property
    def text(self) -> str:
        """The words of a short paragraph, on one line."""
        return " ".join(line.text for line in self.lines if not line.marker)

    @property
    def last(self) -> Line:
        """The last line that is not a lone footnote marker."""
        return next((line for line in reversed(self.lines) if not line.marker), self.lines[-1])


def paragraphs(width: int, lines: list[Line]) -> list[Paragraph]:
    """The lines that have no zone yet, in paragraphs, in order; `width` is that of the letter's layout."""
    found: list[Paragraph] = []
    current: Paragraph | None = None
    before: Line | None = None  # the last line of the running text
    broken = False  # furniture or a note stands between it and this one
    gap = False
    for number, line in enumerate(lines):
        if line.zone is not None:
            broken = True
            gap = gap or line.gap
            if line.zone is Zone.SIGNATURE or (line.zone is Zone.TABLE and line.mark):
                current = before = None
            continue
        if line.marker and current is not None:
            current.lines.append(line)
            gap = gap or line.gap
            continue
        kind = _kind(line, before, current)
        gap = gap or line.gap
        following = lines[number + 1] if number + 1 < len(lines) else None
        if (
            current is None
            or before is None
            or _begins(kind, line, before, current, width, gap=gap, broken=broken)
            or _is_heading_between(line, before, following, width)
            or line.heading != before.heading
        ):
            current = Paragraph(kind, line)
            current.gap = gap or line.page
            found.append(current)
        else:
            current.lines.append(line)
        before, broken, gap = line, False, False
    _find_columns(found)
    _find_headings(found, width)
    return found


@functools.cache
def _item() -> re.Pattern[str]:
    """The mark a list item begins with."""
    return re.compile(
        r"""
        (?: (?P<bullet> [•●▪◦■□‣⁃·➢✓►❖○♦\uf0b7\uf0a7\uf02d\uf0d8\u2219] )
          | (?P<dash> [–—*+o-] ) (?=\s)
          | (?P<number> \(?\d{1,2}(?:[.)]|\.\d{1,2}\.?(?=\s)) | \(?[a-z][.)] | \(?[ivx]{2,4}[.)] ) (?=[\s*A-Z])
        )
        """,
        re.VERBOSE,
    )


@functools.cache
def _gaps() -> re.Pattern[str]:
    """Columns set apart by blanks."""
    return re.compile(r"\S\ {3,}\S")


def _kind(line: Line, before: Line | None, current: Paragraph | None) -> str:
    """What the beginning of `line` says of it."""
    text = line.text
    first = text[0]
    if line.label:
        return "label"
    if first == "#" and text.lstrip("#")[:1] == " ":
        return "heading"
    if "\t" in text or (first == "|" and text[-1] == "|" and len(text) > 2):
        return "row"
    if (
        first == "*"
        and text.startswith("**")
        and text.endswith(("**", "**:"))
        and text.count("**") == 2
        and len(text) < 200
    ):
        return "heading"
    if first in _ITEM_FIRST or first.isdecimal() or text[1:2] in ".)" or (first in "(ivx" and ")" in text[:6]):
        match = _item().match(text)
        if match is None:
            return "text"
        if match["dash"] and before is not None and not _can_be_dash_item(before, current):
            return "text"
        if match["number"] and before is not None and _goes_on_into_number(before, line):
            return "text"
        return "item"
    return "text"


_ITEM_FIRST = frozenset("•●▪◦■□‣⁃·➢✓►❖○♦\uf0b7\uf0a7\uf02d\uf0d8\u2219–—*+o-")


def _can_be_dash_item(before: Line, current: Paragraph | None) -> bool:
    """A dash at the beginning of a line can also be one within a sentence."""
    return (
        current is None
        or current.kind in ("item", "label", "heading")
        or before.text[-1] in ".:;?!"
        or is_finished(before.text)
    )


def _goes_on_into_number(before: Line, line: Line) -> bool:
    """Whether "5." or "a)" at the beginning of a line is the end of "artikel 5." on the line before."""
    return not line.gap and before.text.rsplit(None, 1)[-1] in lexicon().dangling


def _begins(kind: str, line: Line, before: Line, current: Paragraph, width: int, *, gap: bool, broken: bool) -> bool:
    """Whether `line` begins a paragraph rather than going on with the current one, whose last line is `before`."""
    if kind == "row" and current.kind == "row" and line.text[0] != "|" and _is_torn_row(line, before):
        return False
    if kind != "text" or current.kind in ("label", "heading"):
        return True
    text = line.text
    low = begins_low(text) or (text[0] in "–—-" and text[1:2] == " ")
    last = before.text[-1]
    if last in _HYPHENS and (low or not gap):
        return False
    finished = is_finished(before.text)
    if low:
        if _is_abbreviated(before):
            return False
        if not finished:
            return line.page and bool(width) and len(before.text) < width // 2
        return gap or (last in ":;" and bool(width) and _is_short(before, text, width))
    if finished:
        if gap or broken or line.page or (line.indent and not before.indent) or not width:
            return not _is_abbreviated(before)
        return _is_short(before, text, width)
    if _is_dangling(before):
        return False
    if broken or line.page or gap:
        return not (broken or line.page) or not _is_full(before, width)
    if width and len(before.text) <= WIDEST:
        return _is_short(before, text, width) or (current.kind == "item" and _is_subheading(before.text))
    return len(before.text) < 80


_HYPHENS = "-\u2010\u00ad\u0002\ufffe"


def _is_torn_row(line: Line, before: Line) -> bool:
    """Whether a table row whose first cells are empty goes on with the row before, torn by the end of a page."""
    return line.indent > 0 and not is_finished(before.text) and (begins_low(line.text) or _is_dangling(before))


def _is_subheading(text: str) -> bool:
    """Whether `text` begins "2.1 " as subheadings do."""
    return text[0].isdecimal() and text[1:2] == "." and text[2:3].isdecimal()


def _is_heading_between(line: Line, before: Line, following: Line | None, width: int) -> bool:
    """Whether `line` is a heading without blank lines around it: too short to be wrapped, between whole sentences."""
    if not width or following is None or following.zone is not None or not line.text[0].isupper():
        return False
    if is_finished(line.text) or not is_finished(before.text) or not following.text[0].isupper():
        return False
    return _is_short(line, following.text, width) and not _is_dangling(line)


def _is_dangling(line: Line) -> bool:
    return line.text[-1] == "," or line.text.rsplit(None, 1)[-1] in lexicon().dangling


def _is_abbreviated(before: Line) -> bool:
    return before.text[-1] == "." and before.text.rsplit(None, 1)[-1] in lexicon().dangling


def _is_short(before: Line, text: str, width: int) -> bool:
    """Whether the first word of `text` would have fitted behind `before`: the line was ended on purpose."""
    word = text.split(None, 1)[0]
    return len(before.text) + before.indent + 1 + len(word) < 0.86 * width


def _is_full(before: Line, width: int) -> bool:
    return len(before.text) > 0.72 * width if width else len(before.text) > 100


def _find_columns(found: list[Paragraph]) -> None:
    """Rows whose columns are set apart by blanks, or that hold little but figures, where several follow each other."""
    gaps = _gaps()
    rows: list[Paragraph] = []
    cells: list[Paragraph] = []
    for paragraph in [*found, None]:
        if paragraph is not None and paragraph.kind == "text" and _is_row(paragraph, gaps):
            rows.append(paragraph)
            continue
        if len(rows) > 1 or (rows and len(rows[0].lines) > 1):
            for row in rows:
                row.kind = "columns"
        rows = []
        if paragraph is not None and paragraph.kind == "text" and _is_cell(paragraph):
            cells.append(paragraph)
            continue
        if len(cells) > 3:
            for cell in cells:
                cell.kind = "columns"
        cells = []


def _is_row(paragraph: Paragraph, gaps: re.Pattern[str]) -> bool:
    text = paragraph.lines[0].text
    if len(paragraph.lines) > 4 or len(text) > 200:
        return False
    if any("   " in line.text and gaps.search(line.text) for line in paragraph.lines):
        return True
    words = paragraph.text.split()
    figures = sum(word[0].isdecimal() or word in ("€", "-", "–") for word in words)
    return len(words) > 2 and figures * 2 >= len(words) and text[-1] not in ".;:,?"


def _is_cell(paragraph: Paragraph) -> bool:
    """A few words without an end, as the cells of a table come out one under another."""
    return len(paragraph.lines) == 1 and len(paragraph.lines[0].text) < 45 and not is_finished(paragraph.lines[0].text)


def _find_headings(found: list[Paragraph], width: int) -> None:
    """Short paragraphs that are no sentence, with something under them."""
    for place, paragraph in enumerate(found):
        if paragraph.lines[0].heading and paragraph.kind != "label":
            paragraph.kind = "heading"
        if paragraph.kind not in ("text", "item") or len(paragraph.lines) > 3 or place + 1 == len(found):
            continue
        text = paragraph.text
        if len(text) > 200 or not _can_be_heading(text):
            continue
        if paragraph.kind == "item":
            in_list = place > 0 and found[place - 1].kind == "item" and not paragraph.gap
            if in_list or not text[0].isdecimal() or found[place + 1].kind != "text":
                continue
        if (
            len(paragraph.lines) == 1
            and width
            and not paragraph.gap
            and not found[place + 1].gap
            and len(text) > 0.9 * width
        ):
            continue
        paragraph.kind = "heading"


@functools.cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[a-zà-ÿ)]{3}[.?!]\d{0,2}\s+[A-Z]")


def _can_be_heading(text: str) -> bool:
    first = text.lstrip("*_ ")[:1]
    if (
        not (first.isupper() or first.isdecimal() or first in "«‘“'\"(")
        or is_finished(text.rstrip("*_ "))
        or text[-1] in ",–-"
    ):
        return False
    words = text.split()
    if len(words) > 8 and _sentence_end().search(text):
        return False
    return words[-1] not in lexicon().dangling and not lexicon().sentence.intersection(words)
