"""What reading one letter may take."""

from __future__ import annotations

from dataclasses import dataclass

MAX_SECONDS = 120
MAX_MEMORY = 2_000
LEAST_MEMORY = 100
"""Less does not hold the libraries that read letters."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and megabytes (a million bytes) of address space, for one letter that is not plain text."""

    seconds: float = MAX_SECONDS
    memory: int = MAX_MEMORY
