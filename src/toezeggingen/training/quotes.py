"""Where the words of a quote stand in a text.

White space and hyphens do not count: a dump breaks lines and words where the annotator did not. Spans are characters of
the text, half open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Span = tuple[int, int]
"""Characters of a text, half open."""

_HYPHENS = "-\u00ad\u2010\u0002\ufffe"


class _Squeezed:
    """A text without white space and hyphens, and where each character of that stood."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places = [place for place, char in enumerate(text) if _counts(char)]
        self._ink = "".join([text[place] for place in self._places])

    def occurrences(self, quote: str) -> Iterator[Span]:
        """Every place of the quote, overlapping ones too, in order."""
        wanted = ink(quote)
        at = self._ink.find(wanted) if wanted else -1
        while at >= 0:
            yield self._places[at], self._places[at + len(wanted) - 1] + 1
            at = self._ink.find(wanted, at + 1)

    def stands_alone(self, span: Span) -> bool:
        """Whether neither end of the span cuts through a word."""
        return not (self._inside_word(span[0]) or self._inside_word(span[1]))

    def _inside_word(self, place: int) -> bool:
        return 0 < place < len(self.text) and self.text[place - 1].isalnum() and self.text[place].isalnum()


def ink(text: str) -> str:
    """The characters of a text that count."""
    return "".join(filter(_counts, text))


def _counts(char: str) -> bool:
    return char not in _HYPHENS and not char.isspace()


_squeezed: Callable[[str], _Squeezed] = lru_cache(maxsize=4)(_Squeezed)  # a letter is asked for all its quotes in a row


def locate_all(text: str, quote: str) -> list[Span]:
    """All places of a quote as whole words; where there are none, those inside glued words ("2024Tweede Kamer")."""
    squeezed = _squeezed(text)
    found = list(squeezed.occurrences(quote))
    return [span for span in found if squeezed.stands_alone(span)] or found


def locate(text: str, quote: str, occurrence: int = 1) -> Span | None:
    """The n-th place of a quote as whole words, else the n-th place, else the first; None where there is none."""
    squeezed = _squeezed(text)
    found = list(squeezed.occurrences(quote))
    for places in ([span for span in found if squeezed.stands_alone(span)], found):
        if len(places) >= occurrence:
            return places[occurrence - 1]
    return found[0] if found else None
