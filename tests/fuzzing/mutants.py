"""Mutants: what a broken download, a broken program or somebody with bad intent makes of a file.

The same seed and the same files give the same mutant.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from fuzzing.bytewise import ANY
from fuzzing.mailed import MAILED
from fuzzing.printed import PDF
from fuzzing.tagged import TAGGED, character, encoding, tree
from fuzzing.zipped import ZIPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fuzzing.bytewise import Mutation

_MOST = 400_000
"""Bytes of a mutant, so that duplicating does not go on for ever."""

OWN: dict[str, tuple[Mutation, ...]] = {
    "pdf": PDF,
    "docx": ZIPPED,
    "odt": ZIPPED,
    "zip": ZIPPED,
    "html": TAGGED,
    "xml": (*TAGGED, tree, tree, tree, tree, tree, tree),
    "mail": MAILED,
    "text": (encoding, character),
}
_BRITTLE = frozenset({"docx", "odt", "xml", "zip"})
"""Formats of which little is left to read when any byte changes."""


def mutant(seed: str, files: Sequence[bytes], form: str) -> bytes:
    """The mutant of that seed: one of the files, the first ones most, mutated up to four times."""
    chance = Random(seed)
    data, other = (files[int(chance.random() ** 2 * len(files))] for _ in range(2))
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        own = chance.random() < (0.85 if form in _BRITTLE else 0.6)
        mutate = chance.choice(OWN[form] if own else ANY)
        data = mutate(chance, data, other)[:_MOST]
    return data
