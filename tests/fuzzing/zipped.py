"""What can be wrong in a zip and in the formats that are one: the files in it, their names, headers that lie."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING

from fuzzing.bytewise import ANY, Mutation
from fuzzing.tagged import TAGGED

if TYPE_CHECKING:
    from random import Random

_LARGEST = 400_000
"""Bytes of a file that is unpacked."""


def _member(chance: Random, data: bytes, other: bytes) -> bytes:
    """One of its files mutated as text in tags or as any file, and packed again."""
    files = _unpacked(data)
    if not files:
        return data
    likely = [name for name in files if name.endswith(("content.xml", "document.xml", "notes.xml", ".html", ".rels"))]
    name = chance.choice(likely or list(files)) if chance.random() < 0.8 else chance.choice(list(files))
    mutation = chance.choice((*TAGGED, *TAGGED, *ANY))
    files[name] = mutation(chance, files[name], chance.choice(list(files.values())))
    return _packed(files, chance)


def _directory(chance: Random, data: bytes, other: bytes) -> bytes:
    """Its files under other names, fewer of them, or one of them another file."""
    files = _unpacked(data)
    if not files:
        return data
    name = chance.choice(list(files))
    content = files.pop(name)
    match chance.randrange(4):
        case 0:
            files[chance.choice(("../../x.xml", "C:\\x", "a" * 5000, "", "é\u202e.html", "x/", "a.zip"))] = content
        case 1:
            files[name] = other
        case 2:
            files[name] = b""
    return _packed(files, chance)


def _header(chance: Random, data: bytes, other: bytes) -> bytes:
    """A header that lies about sizes, the way of packing, flags or places."""
    places = [match.start() for match in _zip_headers().finditer(data)]
    if not places:
        return data
    at = chance.choice(places) + chance.randrange(4, 30)
    lie = chance.choice((b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x01\x00", struct.pack("<I", chance.randrange(2**31))))
    return data[:at] + lie + data[at + len(lie) :]


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist() if info.file_size < _LARGEST}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return {}
    except struct.error:
        return {}


def _packed(files: dict[str, bytes], chance: Random) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number, (name, content) in enumerate(files.items()):
            how = zipfile.ZIP_STORED if not number or chance.random() < 0.1 else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return data.getvalue()


ZIPPED: tuple[Mutation, ...] = (_member, _member, _member, _directory, _header)


@cache
def _zip_headers() -> re.Pattern[bytes]:
    return re.compile(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06")
