"""What the files inside a file are called: as they are written there, fit to be shown, and no two the same."""

from __future__ import annotations

_LONGEST = 1_000


class Names:
    """Gives each file inside one file its name."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def new(self, written: str) -> str:
        """`written`, with what cannot be printed as U+FFFD; "brief (2).pdf" where "brief.pdf" was there before."""
        name = "".join(c if c.isprintable() else "\ufffd" for c in written[:_LONGEST]) or "\ufffd"
        given = name
        while given in self._taken:
            self._taken[name] += 1
            folder, slash, last = name.rpartition("/")
            stem, dot, suffix = last.rpartition(".")
            count = f" ({self._taken[name]})"
            given = f"{folder}{slash}{stem}{count}{dot}{suffix}" if stem else f"{folder}{slash}{last}{count}"
        self._taken[given] = 1
        return given
