"""The numbers of items and headings in a Word document, which its text does not hold: counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.readers.docx_names import W, is_on, value
from toezeggingen.letters.readers.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEVELS = 9
BULLET = "-"
"""The label of an item of a list without numbers."""

_FORMS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of a level are numbered; `text` is "%1.%2." for the numbers of two levels."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""
    plain: bool = False  # all numbers in figures
    restarts: bool = True


@dataclass(slots=True)
class _Style:
    """What a paragraph style says, if anything: its list, its level in it, whether it is a heading."""

    parent: str = ""
    name: str = ""
    number: str | None = None
    level: int | None = None
    outline: int | None = None


@dataclass(slots=True)
class _Counter:
    """How far each level of a list has come."""

    numbers: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists and styles of a document, and how far its lists have come; paragraphs are shown to it in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = dict(_styles(styles))
        self._lists: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}  # list -> the style of the list that it is the same as
        self._numbers: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._counters: dict[str, _Counter] = {}
        self._used: set[str] = set()
        if numbering is not None:
            self._read(numbering)

    def heading(self, properties: Element | None) -> int | None:
        """The level (1 to 6) of the heading that a paragraph with these properties is; None for other paragraphs."""
        outline = _number(properties.find(W + "outlineLvl")) if properties is not None else None
        for style in self._chain(_style_of(properties)):
            if style.name.lower() in ("title", "titel", "subtitle", "ondertitel"):
                return 1
            outline = style.outline if outline is None else outline
        return min(outline + 1, 6) if outline is not None and outline < LEVELS else None

    def item(self, properties: Element | None) -> tuple[int, str] | None:
        """The level (from 0) and the label ("1.", "a)", BULLET, "") of a paragraph; None where it is no item."""
        number, level = self._place(properties)
        if number is None or number == "0" or number not in self._numbers:
            return None
        list_, starts, changed = self._numbers[number]
        levels = self._lists.get(self._same(list_), {}) | changed
        at = level if level is not None else self._level_of(levels, _style_of(properties))
        if at not in levels:
            return None
        counter = self._counters.setdefault(self._same(list_), _Counter()).numbers
        if number not in self._used:
            self._used.add(number)
            for changed_level in starts:
                counter.pop(changed_level, None)
        start = starts.get(at, levels[at].start)
        counter[at] = counter[at] + 1 if at in counter else start
        for deeper in [one for one in counter if one > at and levels.get(one, _Level()).restarts]:
            del counter[deeper]
        return at, _label(levels, counter, at)

    def _place(self, properties: Element | None) -> tuple[str | None, int | None]:
        """The list and the level of a paragraph: its own, or that of its style."""
        own = properties.find(W + "numPr") if properties is not None else None
        number = value(own.find(W + "numId")) if own is not None else None
        level = _number(own.find(W + "ilvl")) if own is not None else None
        for style in self._chain(_style_of(properties)) if number is None else ():
            number = style.number if number is None else number
            level = style.level if level is None else level
        return number, level

    def _level_of(self, levels: dict[int, _Level], style: str) -> int:
        """The level that is bound to a style; the first one where none is."""
        return next((at for at, level in levels.items() if style and level.style == style), 0)

    def _chain(self, id_: str) -> list[_Style]:
        """A style and those it is based on."""
        found: list[_Style] = []
        while id_ in self._styles and len(found) < 20:
            found.append(self._styles[id_])
            id_ = found[-1].parent
        return found

    def _same(self, list_: str) -> str:
        """The list whose levels a list uses: its own, or that of the style it is linked to."""
        for _ in range(5):
            style = self._links.get(list_)
            number = self._styles[style].number if style in self._styles else None
            if number is None or number not in self._numbers or self._numbers[number][0] == list_:
                break
            list_ = self._numbers[number][0]
        return list_

    def _read(self, numbering: Element) -> None:
        for one in numbering.iterchildren(W + "abstractNum"):
            id_ = value(one, "abstractNumId") or ""
            self._lists[id_] = _levels(one)
            if link := value(one.find(W + "numStyleLink")):
                self._links[id_] = link
        for one in numbering.iterchildren(W + "num"):
            starts: dict[int, int] = {}
            changed: dict[int, _Level] = {}
            for override in one.iterchildren(W + "lvlOverride"):
                start = _number(override.find(W + "startOverride"))
                if (at := _integer(value(override, "ilvl"))) is not None and start is not None:
                    starts[at] = start
                changed |= _levels(override)
            self._numbers[value(one, "numId") or ""] = (value(one.find(W + "abstractNumId")) or "", starts, changed)


def _label(levels: dict[int, _Level], counter: dict[int, int], at: int) -> str:
    level = levels[at]
    if level.form == "bullet":
        return BULLET

    def number(match: re.Match[str]) -> str:
        above = int(match[1]) - 1
        one = levels.get(above, _Level())
        return _written(counter.get(above, one.start), "decimal" if level.plain else one.form)

    return _placeholder().sub(number, level.text).strip()


def _written(number: int, form: str) -> str:
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        return f"{number}e"
    if form in ("lowerLetter", "upperLetter") and 26 < number < 1000:  # Word goes on with aa, bb, cc
        letter = chr(ord(_FORMS[form]) + (number - 1) % 26)
        return letter * ((number - 1) // 26 + 1)
    return numeral(number, _FORMS.get(form, "1"))


def _levels(parent: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for one in parent.iterchildren(W + "lvl"):
        at = _integer(value(one, "ilvl"))
        if at is None or not 0 <= at < LEVELS:
            continue
        start = _number(one.find(W + "start"))
        found[at] = _Level(
            start=1 if start is None else start,
            form=value(one.find(W + "numFmt")) or "decimal",
            text=value(one.find(W + "lvlText")) or "",
            style=value(one.find(W + "pStyle")) or "",
            plain=is_on(one.find(W + "isLgl")),
            restarts=value(one.find(W + "lvlRestart")) != "0",
        )
    return found


def _styles(styles: Element | None) -> list[tuple[str, _Style]]:
    found: list[tuple[str, _Style]] = []
    for one in styles.iterchildren(W + "style") if styles is not None else ():
        properties = one.find(W + "pPr")
        in_list = properties.find(W + "numPr") if properties is not None else None
        style = _Style(
            parent=value(one.find(W + "basedOn")) or "",
            name=value(one.find(W + "name")) or "",
            number=value(in_list.find(W + "numId")) if in_list is not None else None,
            level=_number(in_list.find(W + "ilvl")) if in_list is not None else None,
            outline=_number(properties.find(W + "outlineLvl")) if properties is not None else None,
        )
        found.append((value(one, "styleId") or "", style))
    return found


def _style_of(properties: Element | None) -> str:
    return (value(properties.find(W + "pStyle")) or "") if properties is not None else ""


def _number(element: Element | None) -> int | None:
    return _integer(value(element))


def _integer(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 6 else None


@cache
def _placeholder() -> re.Pattern[str]:
    return re.compile(r"%([1-9])")
