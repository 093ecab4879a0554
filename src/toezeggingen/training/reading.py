"""How fast files of each format are read, against spaCy's blank tokeniser on the text that was read."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError
from toezeggingen.letters.read import read
from toezeggingen.training import gold
from toezeggingen.training.quality import table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROUNDS = 3

HEAD = """\
## Reading

Each file is read {rounds} times, in this process, from disk to text with all that is known of it; the median counts.
"Ratio" is the time of reading against that of blank tokenising of the same text. PDF should do 20 pages a second.
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured for the files of one format in one place."""

    place: str
    suffix: str
    files: int
    pages: int
    words: int
    seconds: float
    tokenising: float

    def row(self) -> tuple[str, ...]:
        """A row of the table."""
        return (
            *(f"{self.place}, {self.suffix}", f"{self.files}", f"{self.pages}", f"{self.words:,}"),
            *(f"{self.pages / self.seconds:,.0f}", f"{self.words / self.seconds:,.0f}"),
            f"{self.seconds / self.tokenising:.2f}",
        )


def places(shared: Path | None = None) -> dict[str, list[Path]]:
    """The files to read: the project's examples, and the real ones beside the checkout if they are there."""
    root = gold.checkout()
    found = {"examples": sorted((root / "examples").glob("*.*"))}
    real = (shared or root.parent / "shared") / "letters" / "files"
    if real.is_dir():
        found["shared"] = sorted(real.iterdir())
    return found


def speeds(shared: Path | None = None) -> list[Speed]:
    """A `Speed` for every format in every place; files that hold no text are left out."""
    import spacy

    blank = spacy.blank("nl")
    found: list[Speed] = []
    for place, files in places(shared).items():
        by_suffix: defaultdict[str, list[Path]] = defaultdict(list)
        for file in files:
            by_suffix[file.suffix].append(file)
        for suffix, group in sorted(by_suffix.items()):
            measured = [one for one in map(_measure, group) if one is not None]
            texts = [text for text, _, _ in measured]
            if not texts:
                continue
            blank(texts[0])
            start = time.process_time()
            for text in texts:
                blank(text)
            tokenising = time.process_time() - start
            words = sum(len(text.split()) for text in texts)
            pages = sum(count for _, count, _ in measured)
            found.append(
                Speed(place, suffix, len(texts), pages, words, sum(spent for _, _, spent in measured), tokenising)
            )
    return found


def _measure(file: Path) -> tuple[str, int, float] | None:
    """The text of a file, its pages and the median seconds of reading it; None where it holds no text."""
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        try:
            source = read(file)
        except LetterError:
            return None
        times.append(time.process_time() - start)
    return source.text, len(source.pages), median(times)


def section(measured: Sequence[Speed]) -> str:
    """The part of docs/performance.md on reading."""
    head = ("files", "number", "pages", "words", "pages/s", "words/s", "ratio")
    return "\n".join((HEAD.format(rounds=ROUNDS), *table(head, [one.row() for one in measured]), ""))
