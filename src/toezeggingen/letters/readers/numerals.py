"""The numbers of items: 3, c, iii, as lists count them."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """`number` in the form "1", "a", "A", "i" or "I"; in figures where the form has no sign for it."""
    if form in ("a", "A") and 0 < number < 100_000:
        written = _letters(number)
    elif form in ("i", "I") and 0 < number < 4000:
        written = _roman(number)
    else:
        return str(number)
    return written.upper() if form.isupper() else written


def _letters(number: int) -> str:
    """The letters a to z, then aa to az, ba ..."""
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("a") + rest) + written
    return written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written
