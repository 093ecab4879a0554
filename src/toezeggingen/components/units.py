"""What the clause grammar works on: a sentence as units, and a finite verb with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toezeggingen.components.verbs import Verb

GOVERNMENT = frozenset({"ik", "wij", "cabinet", "minister", "ministry", "agency"})
"""The subjects that can be bound: the writer, and what bodies play as `role`."""

STOPS = frozenset(";:?!")
"""Marks that end a clause within a sentence."""


@dataclass(slots=True)
class Unit:
    """A word or mark (`kind` "word", "mark") or a found span ("body", "term", "cite"), at characters `start` to `end`.

    `low` is the text in lower case. `role` says what a body is to a promise (one of GOVERNMENT, "parliament" or
    "third") or what kind of term it is ("calendar", "vague", "event", "recurring"); `ref` is its index in the list of
    its component.
    """

    low: str
    start: int
    end: int
    kind: str = "word"
    role: str = ""
    ref: int = -1

    @property
    def is_word(self) -> bool:
        """Whether this is a plain word."""
        return self.kind == "word"

    @property
    def is_stop(self) -> bool:
        """Whether a clause ends here."""
        return self.kind == "mark" and self.low in STOPS


@dataclass(slots=True)
class Group:
    """A finite verb with what belongs to it. Numbers are of units; `last` is that of the last verb.

    `frame`: present, future, going, passive, future_passive, may, may_passive, want, let, intention, aim, purpose,
    promise, decided, stay, perfect, past, must, be. `subject`: one of GOVERNMENT, "he", "u", "parliament", "third", or
    "thing" (any other noun). `subordinate`: the unit that opens the clause, -1 in a main clause. `start`, `end`: the
    units of the clause, half open. `modals`: the modal infinitives between the finite and the main verb.
    """

    frame: str
    at: int
    verb: Verb | None
    subject: str
    subject_unit: int
    last: int
    subordinate: int = -1
    start: int = 0
    end: int = 0
    modals: tuple[str, ...] = ()
