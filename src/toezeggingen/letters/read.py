"""A file in, its letters out: one, or each that an archive or a mail holds.

What a file is, its first bytes say (`toezeggingen.letters.formats`). A file inside an archive is read like any other;
one that is no letter, such as a picture, is passed over.
"""

from __future__ import annotations

import hashlib
import stat
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError
from toezeggingen.letters.formats import SUFFIXES, form_of
from toezeggingen.letters.source import INSIDE, Options, Page, PassedOver, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from toezeggingen.letters.formats import Format
    from toezeggingen.letters.source import Member, Reading

MAX_DEPTH = 4
"""Archives inside archives: deeper ones are not opened."""

MAX_FILES = 2_000
"""Files inside one file that are looked at, those in its inner archives included."""

MAX_UNPACKED = 10
"""The files inside one file may be this many times as large together as one file may be."""

_BLANK = "\ufeff \t\n\r\f\v\u00a0"
_LONGEST_SUFFIX = 5


def read(path: Path, options: Options = Options()) -> Source:  # noqa: B008 - frozen
    """The letter in the file `path`, the first one where it holds more.

    Raises LetterError where there is no such file, it may not be read, is too large, or holds nothing to be read.
    """
    return _first(letters(path, options), str(path))


def read_bytes(data: bytes, path: str, options: Options = Options()) -> Source:  # noqa: B008 - frozen
    """The letter in `data`, called `path` in the record and in errors. Raises LetterError as `read` does."""
    return _first(letters_in(data, path, options), path)


def letters(path: Path, options: Options = Options()) -> Iterator[Source | LetterError | PassedOver]:  # noqa: B008
    """The letters in the file `path`: one, or each in an archive or mail; what cannot be read comes as its error."""
    try:
        data = load(path, options)
    except LetterError as error:
        yield error
        return
    yield from letters_in(data, str(path), options)


def load(path: Path, options: Options) -> bytes:
    """The bytes of a file. Raises LetterError where they cannot be had, are too many, or change while they are read."""
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise LetterError(name, "this is a folder", "name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise LetterError(name, "this is not a regular file", "save the letter as a file and name that")
        _check_size(status.st_size, name, options)
        with path.open("rb") as file:
            data = file.read(options.max_bytes + 1)
            after = path.stat()
    except FileNotFoundError as error:
        raise LetterError(name, "there is no such file", "check the path") from error
    except PermissionError as error:
        raise LetterError(name, "this file may not be read", "give yourself the right to read it") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise LetterError(name, f"this file cannot be read ({error})", "check the path and the disk") from error
    if (after.st_mtime_ns, after.st_size) != (status.st_mtime_ns, status.st_size) or len(data) != status.st_size:
        raise LetterError(name, "this file changed while it was read", "try again when it is complete")
    return data


def letters_in(
    data: bytes,
    path: str,
    options: Options = Options(),  # noqa: B008 - frozen
    begin: Callable[[str], bool] = lambda path: True,
) -> Iterator[Source | LetterError | PassedOver]:
    """The letters in the bytes of a file, as `letters` gives them.

    `begin` is called with the path of each letter before it is read; where it answers False, that letter is left out
    and an error stands in its place.
    """
    return _Trip(options, begin).letters(data, path)


class _Trip:
    """The way through one file and all files inside it, with what they have come to so far."""

    def __init__(self, options: Options, begin: Callable[[str], bool]) -> None:
        self._options, self._begin = options, begin
        self._files = self._unpacked = 0

    def letters(
        self, data: bytes, path: str, depth: int = 0, form: Format | None = None
    ) -> Iterator[Source | LetterError | PassedOver]:
        """The letters in a file inside `depth` others, which is of the given form."""
        try:
            _check_size(len(data), path, self._options)
            if not data:
                raise LetterError(path, "this file is empty", "check how it was made or downloaded")
            form = form or form_of(data)
            if form.reader is None:
                raise LetterError(path, f"this is {form.name}", form.remedy)
            if form.holds_files:
                yield from self._inside(data, path, depth, form)
            elif self._begin(path):
                reading = _module(form).read(data, path, self._options)
                yield _source(reading, data, path, form.media_type, self._options)
            else:
                raise LetterError(path, "this was left out", "ask for it again")
        except _EnoughError as error:
            if depth:
                raise
            yield LetterError(error.path, error.found, error.remedy)
        except LetterError as error:
            yield error

    def _inside(self, data: bytes, path: str, depth: int, form: Format) -> Iterator[Source | LetterError | PassedOver]:
        """The letters in the files inside a file. Raises LetterError where there are none or archives go too deep."""
        if depth >= MAX_DEPTH:
            raise LetterError(path, f"archives inside archives, more than {MAX_DEPTH} deep", "unpack it first")
        members = _module(form).members(data, path, self._options)
        passed_over = given = 0
        for member in members:
            self._count(member, path)
            for each in self._of(member, path, depth, form):
                passed_over += isinstance(each, PassedOver)
                given += 1
                yield each
        if not given:
            raise LetterError(path, "this holds no files", "check how it was made")
        if given == passed_over and not depth:
            raise LetterError(path, "this holds no letters", "name the file that does")

    def _count(self, member: Member, path: str) -> None:
        """Raise _EnoughError where this member is one too many, or one too large with those before it."""
        self._files += 1
        if self._files > MAX_FILES:
            raise _EnoughError(path, f"this holds more than {MAX_FILES:,} files", "unpack it and name the letters")
        if not isinstance(member.data, LetterError) and member.name:
            self._unpacked += len(member.data)
        if self._unpacked > MAX_UNPACKED * self._options.max_bytes:
            found = f"this unpacks to more than {MAX_UNPACKED * self._options.max_bytes:,} bytes"
            raise _EnoughError(path, found, "unpack it and name the letters, or raise the limit (--max-bytes)")

    def _of(self, member: Member, path: str, depth: int, outer: Format) -> Iterator[Source | LetterError | PassedOver]:
        """The letter or letters in a file inside another."""
        name = f"{path}{INSIDE}{member.name}" if member.name else path
        suffix = _suffix(member.name)
        if isinstance(member.data, LetterError):
            yield member.data if suffix in ("", *SUFFIXES) else PassedOver(name)
            return
        if member.reading is not None:
            try:
                yield _source(member.reading, member.data, name, outer.media_type, self._options)
            except LetterError as error:
                yield error
            return
        form = form_of(member.data)
        is_told = suffix in SUFFIXES and suffix not in form.suffixes  # it is not what its name says
        if form.is_no_letter and not is_told:
            yield PassedOver(name, form.name)
        elif suffix not in ("", *SUFFIXES) and form.reader == "plain":
            yield PassedOver(name)
        else:
            yield from self.letters(member.data, name, depth + 1, form)


class _EnoughError(LetterError):
    """All files inside a file together are too much: nothing more is taken from it."""


def _module(form: Format) -> ModuleType:
    return import_module(f"toezeggingen.letters.readers.{form.reader}")


def _suffix(name: str) -> str:
    """What the name of a file ends in, as ".pdf", or "": "brief nr. 12" has no suffix."""
    suffix = Path(name).suffix.lower()
    is_suffix = 1 < len(suffix) <= 1 + _LONGEST_SUFFIX and suffix[1:].isalnum() and not suffix[1:].isdecimal()
    return suffix if is_suffix else ""


def _source(reading: Reading, data: bytes, path: str, media_type: str, options: Options) -> Source:
    """What was read, with its name and hash. Raises LetterError where there is no ink in it."""
    if not reading.text.strip().strip(_BLANK):
        raise LetterError(path, "this file holds only white space", "a scan has to go through OCR first")
    if len(reading.text) > options.max_characters:
        found = f"its text is longer than a letter can be ({len(reading.text):,} characters)"
        raise LetterError(path, found, "split it into letters")
    if media_type == "text/plain" and Path(path).suffix.lower() in (".md", ".markdown"):
        media_type = "text/markdown"
    return Source(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        text=reading.text,
        pages=reading.pages or (Page(1, 0, len(reading.text)),),
        warnings=reading.warnings,
        lines=reading.lines,
        marks=reading.marks,
        markers=reading.markers,
        metadata=reading.metadata,
    )


def _first(found: Iterator[Source | LetterError | PassedOver], path: str) -> Source:
    """The first letter, and where there is none the first error."""
    wrong: LetterError | None = None
    for each in found:
        if isinstance(each, Source):
            return each
        if isinstance(each, LetterError):
            wrong = wrong or each
    raise wrong or LetterError(path, "this holds no letters", "check how it was made")


def _check_size(size: int, path: str, options: Options) -> None:
    if size > options.max_bytes:
        found = f"this file is larger than a letter can be (over {options.max_bytes:,} bytes)"
        raise LetterError(path, found, "split it, or raise the limit (--max-bytes)")
