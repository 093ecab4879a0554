"""A zip archive: the files in it, one by one, in memory. Nothing is ever written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING

from toezeggingen.errors import LetterError
from toezeggingen.letters.formats import has_many_entries
from toezeggingen.letters.member_names import Names
from toezeggingen.letters.source import INSIDE, Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.letters.source import Options

RATIO = 500
"""What unpacks to more times its packed size, and to more than `RATIO_FROM` bytes, is no letter but a bomb."""

RATIO_FROM = 1_000_000

_STEP = 4096  # packed bytes unpacked at a time: with bzip2 even these can become 80 MB
_ENCRYPTED = 0x1
_UTF8 = 0x800
_JUNK = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_AGAIN = "download or pack it again"


def members(data: bytes, path: str, options: Options) -> Iterator[Member]:
    """The files of an archive in its own order, by their path in it; what cannot be unpacked as its error.

    Passed over are folders, links, what is hidden (.name) and what only a file manager wants. A path stands as it is
    written, "../" included; of two files with one path the second is called "name (2)".

    Raises LetterError where the archive has no directory that can be read.
    """
    names = Names()
    with _open(data, path) as archive:
        for info in archive.infolist():
            if not _is_passed_over(info):
                name = names.new(_name(info))
                yield Member(name, _unpacked(archive, info, f"{path}{INSIDE}{name}", options))


def _open(data: bytes, path: str) -> zipfile.ZipFile:
    if has_many_entries(data):
        raise LetterError(path, "this zip archive holds more files than anybody wrote letters", _AGAIN)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # besides BadZipFile: struct.error, ValueError, NotImplementedError, UnicodeDecodeError
        raise LetterError(path, "this zip archive is damaged or not complete", _AGAIN) from error


def _is_passed_over(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    if not parts or name.endswith("/") or stat.S_ISLNK(info.external_attr >> 16):
        return True
    return any(part in _JUNK or part.startswith(".") for part in parts)


def _name(info: zipfile.ZipInfo) -> str:
    """The path as written. Some programs write UTF-8 without saying so, which nearly no other coding looks like."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, options: Options) -> bytes | LetterError:
    """The bytes of a file, of which never more than the limit are unpacked, or what is wrong with it."""
    if info.flag_bits & _ENCRYPTED:
        return LetterError(path, "this is encrypted", "unpack it with its password and name the file")
    if info.file_size > options.max_bytes:
        return _too_large(path, options)
    data = bytearray()
    try:
        with archive.open(info) as file:
            while step := file.read(_STEP):
                data += step
                if len(data) > options.max_bytes:
                    return _too_large(path, options)
                if len(data) > max(RATIO_FROM, RATIO * info.compress_size):
                    found = f"this unpacks to more than {RATIO} times its packed size, as no letter does"
                    return LetterError(path, found, "unpack it and see what it is")
    except NotImplementedError:
        found = f"this is packed in a way that cannot be read here (method {info.compress_type})"
        return LetterError(path, found, "unpack it and name the file")
    except MemoryError:
        raise
    except Exception:  # BadZipFile, zlib.error, EOFError, OSError, ValueError...: what is damaged raises all sorts
        return LetterError(path, "this is damaged: it cannot be unpacked whole", f"{_AGAIN}: the archive is not sound")
    return bytes(data)


def _too_large(path: str, options: Options) -> LetterError:
    found = f"this unpacks to more than a letter can be (over {options.max_bytes:,} bytes)"
    return LetterError(path, found, "split it, or raise the limit (--max-bytes)")
