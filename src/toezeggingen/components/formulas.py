"""The numbered list of promise formulas: which verb groups promise something, and what kind of thing.

The list itself is `lexicons/formulas.jsonl`, published as docs/formulas.md; here stands how a line of it is read. The
first line that fits a verb group wins, so the order of the lines is part of the standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toezeggingen.components.units import GOVERNMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


SURE = 0.5
"""A formula scored lower only suggests: what fits it is a promise where the trained judge says so."""


@dataclass(frozen=True, slots=True)
class Formula:
    """One line of the list. Empty `verbs` means any verb of the `classes`; "*" means any at all.

    `needs` must all hold, and one of `any_of` where there are any; `kind` is inform or act, or names the feature that
    makes it inform ("recipient", "document", "parliament", "report").
    """

    id: str
    name: str
    frames: frozenset[str]
    classes: frozenset[str]
    verbs: frozenset[str]
    subjects: frozenset[str]
    needs: frozenset[str]
    any_of: frozenset[str]
    kind: str
    score: float

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> Formula:
        """The formula of a lexicon line; "government" among the subjects stands for all of GOVERNMENT."""
        subjects = frozenset(line["subjects"])
        return cls(
            id=line["id"],
            name=line["name"],
            frames=frozenset(line["frames"]),
            classes=frozenset(line["classes"]),
            verbs=frozenset(line["verbs"]),
            subjects=subjects | GOVERNMENT if "government" in subjects else subjects,
            needs=frozenset(line["needs"]),
            any_of=frozenset(line["any_of"]),
            kind=line["kind"],
            score=line["score"],
        )

    def fits(self, frame: str, verb: str, cls: str, subject: str, features: Collection[str]) -> bool:
        """Whether a verb group with these properties is an instance of this formula."""
        return (
            (frame in self.frames or "*" in self.frames)
            and (cls in self.classes or "*" in self.classes)
            and (not self.verbs or verb in self.verbs)
            and (subject in self.subjects or "*" in self.subjects)
            and self.needs.issubset(features)
            and (not self.any_of or not self.any_of.isdisjoint(features))
        )


class FormulaList:
    """The formulas in order."""

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        self.formulas = tuple(Formula.from_line(line) for line in lines)
        self._by_frame: dict[str, tuple[Formula, ...]] = {}

    def first(
        self, frame: str, verb: str, cls: str, subject: str, features: Collection[str], *, doubtful: bool = False
    ) -> Formula | None:
        """The first formula that fits, or None; of a `doubtful` clause only formulas that merely suggest are asked."""
        candidates = self._by_frame.get(frame)
        if candidates is None:
            candidates = tuple(f for f in self.formulas if frame in f.frames or "*" in f.frames)
            self._by_frame[frame] = candidates
        return next(
            (f for f in candidates if (not doubtful or f.score < SURE) and f.fits(frame, verb, cls, subject, features)),
            None,
        )
