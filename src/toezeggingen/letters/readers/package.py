"""The files inside a .docx or .odt: a zip of XML, read with limits on what it may unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError
from toezeggingen.letters.formats import has_many_entries
from toezeggingen.letters.readers.markup import parse_xml

if TYPE_CHECKING:
    from types import TracebackType

    from lxml.etree import _Element as Element

REASON_LENGTH = 120
"""Characters of what a library says that an error passes on."""

_AGAIN = "get it again, or save it anew from the program that made it"


class Package:
    """The parts of a zip, by name. Together those that are read may hold `max_bytes`; pictures are never unpacked."""

    def __init__(self, data: bytes, path: str, max_bytes: int) -> None:
        self._path = path
        self._limit = self._left = max_bytes
        if has_many_entries(data):
            raise LetterError(path, "this file holds far more parts than a document has", _AGAIN)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
            found = "this file breaks off, or was damaged (its table of contents cannot be read)"
            raise LetterError(path, found, _AGAIN) from error

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises LetterError where it is not there, is too large, damaged or encrypted."""
        info = self._names.get(name)
        if info is None:
            raise LetterError(self._path, f"this file has no {name}", _AGAIN)
        if info.flag_bits & 1:
            raise LetterError(self._path, f"this file has a {name} that is encrypted", "save it without a password")
        if info.file_size > self._left:
            raise self._too_large()
        try:
            with self._zip.open(info) as part:
                data = part.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise LetterError(
                self._path, f"this file has a {name} that is damaged ({reason(error)})", _AGAIN
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise self._too_large()
        return data

    def xml(self, name: str) -> Element:
        """The root of a part. Raises LetterError as `read` and `markup.parse_xml` do."""
        return parse_xml(self.read(name), self._path, name)

    def _too_large(self) -> LetterError:
        found = f"this file unpacks to more than a letter can be (over {self._limit:,} bytes)"
        return LetterError(
            self._path, found, "save it without what is not the letter, or raise the limit (--max-bytes)"
        )


def reason(error: BaseException) -> str:
    """What an error says, in a few words on one line: some hold half of the file."""
    return " ".join(str(error)[: 2 * REASON_LENGTH].split())[:REASON_LENGTH] or type(error).__name__
