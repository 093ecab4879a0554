"""What the styles of an OpenDocument text say of its words: page ends, what is hidden, numbers of items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toezeggingen.letters.readers.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT = _URN + "text:1.0}"
STYLE = _URN + "style:1.0}"
TABLE = _URN + "table:1.0}"
DRAW = _URN + "drawing:1.0}"
OFFICE = _URN + "office:1.0}"
FO = _URN + "xsl-fo-compatible:1.0}"
SVG = _URN + "svg-compatible:1.0}"

LEVELS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of a level of a list are numbered; `form` is None for bullets and "" for nothing."""

    form: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1  # how many levels a number shows: 3 for "1.2.1"


@dataclass(slots=True)
class _Style:
    parent: str = ""
    ends_before: bool = False  # a page ends before it
    ends_after: bool = False
    hidden: bool = False
    master: str = ""


@dataclass(slots=True)
class Styles:
    """The styles of a document, by what they are for and name."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)
    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)

    def read(self, root: Element) -> None:
        """Take in the styles that `root` holds."""
        for one in root.iter(STYLE + "style"):
            key = (one.get(STYLE + "family", ""), one.get(STYLE + "name", ""))
            self._styles[key] = _style(one)
        for one in root.iter(TEXT + "list-style"):
            self.lists[one.get(STYLE + "name", "")] = _levels(one)
        for one in root.iter(TEXT + "outline-style"):
            self.outline = {at: level for at, level in _levels(one).items() if level.form}

    def page_ends(self, family: str, name: str) -> tuple[bool, bool]:
        """Whether a page ends before, and after, what has this style."""
        chain = list(self._chain(family, name))
        return any(one.ends_before for one in chain), any(one.ends_after for one in chain)

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether what has this style is not shown."""
        return any(one.hidden for one in self._chain(family, name))

    def master(self, family: str, name: str) -> str:
        """The kind of page that what has this style begins, or ""."""
        return next((one.master for one in self._chain(family, name) if one.master), "")

    def masters(self) -> list[str]:
        """The kinds of pages that any style begins."""
        return [one.master for one in self._styles.values() if one.master]

    def _chain(self, family: str, name: str) -> Iterator[_Style]:
        for _ in range(20):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent


def label(levels: dict[int, Level], counters: dict[int, int], at: int) -> str:
    """The number of an item at level `at` (from 1), with the blank behind it; "- " for a bullet, "" for none."""
    level = levels.get(at)
    if level is None or level.form is None:
        return "- "
    if not level.form:
        return ""
    shown = range(max(1, at - level.shown + 1), at + 1)
    numbers = [numeral(counters.get(one, 1), levels[one].form or "1") for one in shown if one in levels]
    written = f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()
    return f"{written} "


def count(levels: dict[int, Level], counters: dict[int, int], at: int, start: int | None = None) -> None:
    """One more item at level `at`, or the one with number `start`; deeper levels begin anew."""
    first = levels[at].start if at in levels else 1
    counters[at] = start if start is not None else counters[at] + 1 if at in counters else first
    for deeper in [one for one in counters if one > at]:
        del counters[deeper]


def integer(written: str | None) -> int | None:
    """A number that a file writes; None where it is none, or no letter's."""
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 6 else None


def _style(element: Element) -> _Style:
    made = _Style(
        parent=element.get(STYLE + "parent-style-name", ""), master=element.get(STYLE + "master-page-name", "")
    )
    made.ends_before = bool(made.master)
    for properties in element:
        made.ends_before = made.ends_before or properties.get(FO + "break-before") == "page"
        made.ends_after = made.ends_after or properties.get(FO + "break-after") == "page"
        made.hidden = made.hidden or properties.get(TEXT + "display") == "none"
    return made


def _levels(parent: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for one in parent:
        at = integer(one.get(TEXT + "level")) if isinstance(one.tag, str) else None
        if at is None or not 0 < at <= LEVELS:
            continue
        if one.tag in (TEXT + "list-level-style-number", TEXT + "outline-level-style"):
            found[at] = Level(
                form=one.get(STYLE + "num-format", ""),
                prefix=one.get(STYLE + "num-prefix", ""),
                suffix=one.get(STYLE + "num-suffix", ""),
                start=integer(one.get(TEXT + "start-value")) or 1,
                shown=integer(one.get(TEXT + "display-levels")) or 1,
            )
        else:
            found[at] = Level()
    return found
