"""Characters that are not what was meant: ligatures of print, and windows-1252 bytes taken for control characters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.words import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u0132": "IJ", "\u0133": "ij",
}  # fmt: skip
_UNMEANT = "\x85"
"""A line end of old, and so left alone."""


def laid(text: str) -> Iterator[Edit]:
    """Edits that put letters for ligatures, and marks for the bytes of windows-1252 (U+0080 to U+009F)."""
    for match in _ghost().finditer(text):
        yield Edit(match.start(), match.end(), _meant()[match[0]])


@cache
def _meant() -> dict[str, str]:
    meant = dict(_LIGATURES)
    for code in range(0x80, 0xA0):
        character = bytes([code]).decode("cp1252", errors="ignore")
        if character and chr(code) != _UNMEANT:
            meant[chr(code)] = character
    return meant


@cache
def _ghost() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_meant())}]")
