"""The operating points: how sure the judge must be for a clerk, who wants all, and for a tracker, who wants no error.

They are chosen on corpus/dev by the score of whole commitments, as a user gets them, and not by that of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toezeggingen.training import gold
from toezeggingen.training.quality import measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from toezeggingen.components.judge import Judge, Settings
    from toezeggingen.training.scores import Row

CLERK_RECALL = 0.92
"""What a clerk wants: of all promises at least this part, whatever else comes along."""

TRACKER_PRECISION = 0.95
"""What a tracker wants: of all that is found at least this part right."""

LEVELS = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.14, 0.2, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98)
"""The scores from which everything is kept or added that are tried."""


@dataclass(frozen=True, slots=True)
class Point:
    """What is found of all commitments where everything counts that the judge scores `level` or higher."""

    level: float
    row: Row


def tried(nlp: Language, letters: gold.LetterSet) -> list[Point]:
    """All levels on a set of letters, the lowest first."""
    judge: Judge = nlp.get_pipe("judge")  # type: ignore[assignment]
    before = judge.threshold
    found: list[Point] = []
    try:
        for level in LEVELS:
            judge.threshold = level
            found.append(Point(level, measure(nlp, letters).total.rows["commitments all"]))
    finally:
        judge.threshold = before
    return found


def choose(points: Sequence[Point]) -> tuple[float, float]:
    """The level for clerks, the highest with recall enough, and for trackers, the lowest with precision enough.

    Where none is good enough the outermost is taken.
    """
    clerk = max((p.level for p in points if p.row.recall >= CLERK_RECALL), default=points[0].level)
    tracker = min((p.level for p in points if p.row.precision >= TRACKER_PRECISION), default=points[-1].level)
    return clerk, tracker


def chosen(nlp: Language, settings: Settings) -> Settings:
    """The settings of the judge of `nlp` with the thresholds for clerk and tracker, chosen on corpus/dev."""
    dev = next(one for one in gold.sets() if one.name == "corpus/dev")
    clerk, tracker = choose(tried(nlp, dev))
    thresholds = dict(settings.thresholds) | {"clerk": (clerk, clerk), "tracker": (tracker, tracker)}
    return replace(settings, thresholds=tuple(thresholds.items()))
