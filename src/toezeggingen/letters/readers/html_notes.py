"""The footnotes of a page: links that lead to a note, and the notes, as Word, mammoth and others write them.

A marker is a link with a number for its words. It leads to a note if what it leads to says that it is one, by its class
or id, or links back to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

LABEL_LENGTH = 8
"""Characters of the longest label of a note, brackets included."""

NOTE_LINKS = 60
"""Links that a note holds at most; what holds more is a part of the page."""

_NOTE_BLOCKS = frozenset({"li", "p", "div", "td", "dd", "aside"})
_INLINE = frozenset({"a", "sup", "span", "b", "i", "em", "strong", "small", "font", "u"})


@dataclass(frozen=True, slots=True)
class Notes:
    """The markers and the notes of a page, each with the key that joins them and its label; what else to leave out."""

    markers: dict[Element, tuple[str, str]] = field(default_factory=dict)
    notes: dict[Element, tuple[str, str]] = field(default_factory=dict)
    left_out: set[Element] = field(default_factory=set)


def find_notes(root: Element) -> Notes:
    """The footnotes of the page `root`."""
    found = Notes()
    links = [(a, unquote(a.get("href", "")[1:])) for a in root.iter("a") if a.get("href", "").startswith("#")]
    targets = _targets(root, {name for _, name in links}) if links else {}
    back: dict[str, list[Element]] = {}
    for link, name in links:
        back.setdefault(name, []).append(link)
    for link, target_name in links:
        target = targets.get(target_name) if link not in found.left_out else None
        label = _label(link) if target is not None else None
        note = _note(target) if target is not None and label else None
        if note is None or not label or _is_within(link, note):
            continue
        candidates = [one for name in _names(link) for one in back.get(name, ())[:NOTE_LINKS] if one is not link]
        backlinks = [one for one in candidates if _is_within(one, note)]
        if not backlinks and not _says_note(note) and not _says_note(target):
            continue
        key = found.notes.setdefault(note, (target_name, label))[0]
        found.markers[link] = (key, label)
        found.left_out.update(backlinks)
        if target is not note and target is not None and _label(target) == label:
            found.left_out.add(target)
    for note, (_, label) in found.notes.items():
        found.left_out.update(_numbering(note, label))
    return found


def without_label(words: str, label: str) -> str:
    """The first words of a note without the label before them: "[1] Zie ...", "1. Zie ...", "1 Zie ..."."""
    bare = label.strip("[]() \u00a0")
    match = re.match(rf"\s*(?:\[{re.escape(bare)}\]|\({re.escape(bare)}\)|{re.escape(bare)}[.)]?(?=\s|\Z))", words)
    return words[match.end() :] if match else words


def _targets(root: Element, names: set[str]) -> dict[str, Element]:
    """The first element that has each of the names."""
    found: dict[str, Element] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name in names:
                found.setdefault(name, element)
    return found


def _names(link: Element) -> set[str]:
    """The names by which one can link to a marker: its own, or that of the <sup> around it."""
    around = [link]
    parent = link.getparent()
    while parent is not None and parent.tag in _INLINE and len(around) < 4:
        around.append(parent)
        parent = parent.getparent()
    around += list(link.iter("a", "span"))[:4]
    return {name for element in around for name in (element.get("id"), element.get("name")) if name}


def _label(link: Element) -> str | None:
    """The words of a link if they can be the label of a note."""
    words = ""
    for piece in link.itertext():
        words += str(piece)
        if len(words) > 4 * LABEL_LENGTH:
            return None
    words = words.strip(" \t\r\n\u00a0")
    return words if _label_pattern().fullmatch(words) else None


def _note(target: Element) -> Element | None:
    """The whole of the note that holds `target`."""
    note = target
    while note.tag in _INLINE:
        parent = note.getparent()
        if parent is None:
            return None
        note = parent
    if note.tag not in _NOTE_BLOCKS:
        return None
    parent = note.getparent()
    while parent is not None and parent.tag in ("div", "li", "aside") and _says_note(parent):
        note, parent = parent, parent.getparent()
    return note if sum(1 for _ in islice(note.iter("a"), NOTE_LINKS)) < NOTE_LINKS else None


def _says_note(element: Element | None) -> bool:
    """Whether its class or id says that an element is one note."""
    if element is None:
        return False
    if not _NOTE_CLASSES.isdisjoint(element.get("class", "").lower().split()):
        return True
    return bool(_note_id().match(element.get("id") or element.get("name") or ""))


def _is_within(element: Element, other: Element) -> bool:
    at: Element | None = element
    while at is not None and at is not other:
        at = at.getparent()
    return at is not None


def _numbering(note: Element, label: str) -> Iterator[Element]:
    """The elements of a note that only repeat its number, or close it on a screen."""
    fresh = not (note.text or "").strip()
    for element in islice(note.iter(), 1, 12):
        classes = element.get("class", "").split()
        if (
            "nootnum" in classes
            or "note-close" in classes
            or (fresh and element.tag == "sup" and _label(element) == label)
        ):
            yield element
        fresh = fresh and not (element.text or "").strip()


_NOTE_CLASSES = frozenset({"noot", "voetnoot", "footnote", "endnote", "fn", "sdfootnote", "sdendnote"})


@cache
def _label_pattern() -> re.Pattern[str]:
    return re.compile(r"[\[(]?(?:\d{1,4}|\*{1,4}|[†‡§]{1,3}|[ivxlc]{1,6}|[a-z])[\])]?")


@cache
def _note_id() -> re.Pattern[str]:
    """ftn3 | _edn1 | fn:2 | footnote-4 | sdfootnote1sym | voetnoot_2 | cite_note-5"""
    return re.compile(r"[_-]?(?:ftn|edn|fn|(?:sd)?(?:foot|end)note|voetnoot|noot|cite_note)[-_:]?\d", re.IGNORECASE)
