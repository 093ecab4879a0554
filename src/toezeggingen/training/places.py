"""Where gold stands in the cleaned view of a letter, and when it is what was found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toezeggingen.letters.view import View

Place = tuple[int, int]
"""Characters, half open."""

_SHARE = 0.5
"""Of the shorter of two places: from here on they are the same, as in the score."""


def in_view(view: View, place: Place) -> Place | None:
    """The characters of the view that characters of the source stand on; None where the view left them out."""
    kept = [at for at in map(view.to_view, range(*place)) if at is not None]
    return (min(kept), max(kept) + 1) if kept else None


def same(one: Place, other: Place) -> bool:
    """Whether two places share at least half of the shorter."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both >= _SHARE * min(one[1] - one[0], other[1] - other[0])
