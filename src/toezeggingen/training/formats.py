"""The same letter as a file and as text: what its format costs, row by row of the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.letters.read import read
from toezeggingen.training import gold
from toezeggingen.training.quality import measure, table
from toezeggingen.training.scores import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language

    from toezeggingen.training.quality import Measured

ALLOWED = 0.02
"""F1 that a file may be behind its text in any row."""

HEAD = """\
## The same letters as files

Real letters of which both the file and its text are at hand: F1 of the text / of the file, row by row; the file should
be within {allowed} of the text or better. A dash where gold asks for nothing. The gold is the same for both.
"""


def pairs(shared: Path | None = None) -> tuple[gold.LetterSet, gold.LetterSet]:
    """The letters that are there as text and as file: first as text, then as file. Empty where they are not there."""
    real = next((one for one in gold.sets(shared) if one.name == "shared"), gold.LetterSet("shared", ()))
    folder = (shared or gold.checkout().parent / "shared") / "letters" / "files"
    files = {path.stem: path for path in sorted(folder.iterdir())} if folder.is_dir() else {}
    both = [one for one in real.letters if one.name in files]
    as_files = tuple(gold.Example(one.name, read(files[one.name]), one.gold) for one in both)
    return gold.LetterSet("text", tuple(both)), gold.LetterSet("file", as_files)


def behind(text: Measured, file: Measured) -> list[str]:
    """The rows in which a file is further behind its text than it may be, a line each."""
    found: list[str] = []
    for stem, one in text.letters.items():
        for name in ROWS:
            before, now = one.rows[name], file.letters[stem].rows[name]
            if before.gold and now.f1 < before.f1 - ALLOWED:
                found.append(f"{stem}, {name}: text {before.f1:.3f}, file {now.f1:.3f}")
    return found


def section(nlp: Language, shared: Path | None = None) -> Sequence[str]:
    """The part of docs/quality.md on formats; nothing where the files are not at hand."""
    as_text, as_file = pairs(shared)
    if not as_text.letters:
        return []
    text, file = measure(nlp, as_text), measure(nlp, as_file)
    rows = []
    for example in as_file.letters:
        shown = [
            f"{before.f1:.3f} / {now.f1:.3f}" if before.gold else "–"
            for before, now in (
                (text.letters[example.name].rows[name], file.letters[example.name].rows[name]) for name in ROWS
            )
        ]
        suffix = example.source.path.rsplit(".", 1)[-1]
        rows.append(("_".join(example.name.split("_")[:3]) + f".{suffix}", *shown))
    return [HEAD.format(allowed=ALLOWED), *table(("letter", *ROWS), rows), ""]
