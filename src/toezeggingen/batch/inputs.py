"""Which letters are meant: files, folders, patterns and "-" on a command line, made into one list in a fixed order."""

from __future__ import annotations

import glob
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError
from toezeggingen.letters.formats import SUFFIXES
from toezeggingen.letters.read import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from toezeggingen.batch.guarded import Reader, Unforeseen
    from toezeggingen.letters.source import PassedOver, Source

STDIN = "-"

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found: paths of letters in the order given ("-" is standard input), each once.

    `passed_over` are the other files of the folders; `errors` tell of folders and patterns without letters.
    """

    letters: tuple[str, ...]
    passed_over: tuple[str, ...]
    errors: tuple[LetterError, ...]

    def notices(self) -> list[str]:
        """Lines for an operator: each error, and how many files were passed over, with the names of some."""
        lines = [str(error) for error in self.errors]
        if self.passed_over:
            lines.append(passed_over(self.passed_over))
        return lines


def passed_over(names: Sequence[str]) -> str:
    """How many files were passed over, and the names of some."""
    count = len(names)
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    return f"passed over {count} other file{'s' if count > 1 else ''}: {', '.join(names[:_NAMED])}{more}"


def find(names: Iterable[str]) -> Inputs:
    """The letters that `names` stand for.

    A folder stands for its files at any depth that end as a letter does (*.txt, *.pdf, ...), sorted; what is hidden
    (.name) is left alone. A file that is named itself may end in anything. A name with `*`, `?` or `[` that is no file
    itself is a pattern (`**` for any depth). A file that does not exist is kept: reading it tells what is wrong.
    """
    found = _Finding()
    for name in names:
        if name == STDIN:
            found.add(STDIN)
        elif glob.has_magic(name) and not os.path.lexists(name):
            matches = sorted(map(Path, glob.iglob(name, recursive=True)))  # noqa: PTH207 - the pattern may be absolute
            if not matches:
                found.errors.append(LetterError(name, "no file matches this pattern", "check the pattern"))
            for match in matches:
                found.add_path(match)
        else:
            found.add_path(Path(name))
    return Inputs(tuple(found.letters), tuple(found.passed_over), tuple(found.errors))


class _Finding:
    """The lists of `Inputs` in the making."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.passed_over: list[str] = []
        self.errors: list[LetterError] = []
        self._seen: set[str] = set()

    def add(self, path: str) -> None:
        """Add a letter, unless the same file was there under this or another name."""
        key = STDIN if path == STDIN else os.path.realpath(path)
        if key not in self._seen:
            self._seen.add(key)
            self.letters.append(path)

    def add_path(self, path: Path) -> None:
        """Add a file, or the letters of a folder."""
        if not path.is_dir():
            self.add(str(path))
            return
        errors = len(self.errors)
        letters = [file for file in self._files(path) if self._is_letter(file)]
        for letter in letters:
            self.add(str(letter))
        if not letters and len(self.errors) == errors:
            wanted = " ".join(f"*{suffix}" for suffix in SUFFIXES)
            self.errors.append(
                LetterError(str(path), f"no letters in this folder ({wanted})", "name the files themselves")
            )

    def _is_letter(self, file: Path) -> bool:
        if file.suffix.lower() in SUFFIXES:
            return True
        self.passed_over.append(str(file))
        return False

    def _files(self, folder: Path) -> list[Path]:
        """The files of a folder, at any depth, sorted; not those that are hidden or behind a link to a folder."""

        def complain(error: OSError) -> None:
            found = f"this folder cannot be read ({error.strerror})"
            self.errors.append(LetterError(str(error.filename), found, "give yourself the right to read it"))

        files: list[Path] = []
        for root, folders, names in os.walk(folder, onerror=complain):
            folders[:] = [name for name in folders if not name.startswith(".")]
            files += [Path(root, name) for name in names if not name.startswith(".")]
        return sorted(files)


def open_letters(
    path: str, reader: Reader, *, stdin: BinaryIO | None = None
) -> Iterator[Source | LetterError | PassedOver | Unforeseen]:
    """The letters in the file `path`, "-" for standard input, and in its place what cannot be read."""
    try:
        data = _bytes(path, reader, stdin)
    except LetterError as error:
        yield error
        return
    yield from reader.letters(data, path)


def _bytes(path: str, reader: Reader, stdin: BinaryIO | None) -> bytes:
    if path == STDIN:
        return (stdin if stdin is not None else sys.stdin.buffer).read(reader.options.max_bytes + 1)
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LetterError(path, "the name of this file is not UTF-8", "rename it") from error
    return load(Path(path), reader.options)


def examples() -> list[str]:
    """The example letters of a checkout, sorted. Raises LetterError where there are none: they are not in the wheel."""
    from toezeggingen.pipeline import folder

    place = folder("examples")
    letters = sorted(file for file in place.glob("*") if file.suffix in SUFFIXES)
    if not letters:
        raise LetterError(
            str(place), "no example letters here", "they come with the source: run `make demo` in a checkout"
        )
    here = Path.cwd()
    return [str(letter.relative_to(here) if letter.is_relative_to(here) else letter) for letter in letters]
