"""What holds of everything a reader gives, how a reading looks in a test, and broken copies of a file to read."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from fuzzing.invariants import faults
from toezeggingen.errors import LetterError
from toezeggingen.letters.source import Options, Page, Source

if TYPE_CHECKING:
    from toezeggingen.letters.source import Reading

PATH = "brieven/pont"
MUTANTS = 200
TOKENS = (
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<!--",
    b"</p>",
    b"<table>",
    b"\0",
    b"\xff",
    b"&#x0;",
    b"<!DOCTYPE a>",
    b"xmlns",
    b'"',
)

Read = Callable[[bytes, str, Options], "Reading"]


def zones(reading: Reading) -> dict[str, str]:
    """The marked lines of a reading: their words, and the zone they are marked with."""
    return {reading.text[mark.start : mark.end].rstrip("\n"): str(mark.zone) for mark in reading.marks}


def markers(reading: Reading) -> list[tuple[int, str]]:
    """The footnote markers of a reading: their number, and the words they are glued to."""
    return [(one.number, reading.text[: one.end].split()[-1]) for one in reading.markers]


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip with these parts; the first one is stored, as that of an OpenDocument has to be."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, part) in enumerate(parts.items()):
            archive.writestr(name, part, compress_type=zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
    return data.getvalue()


def assert_sound(reading: Reading) -> None:
    """That marks and markers lie inside the text, in order, and that pages cover it."""
    if not reading.text:
        assert not reading.marks
        assert not reading.markers
        return
    source = Source(
        path=PATH,
        sha256="",
        media_type="",
        text=reading.text,
        pages=reading.pages or (Page(1, 0, len(reading.text)),),
        warnings=reading.warnings,
        marks=reading.marks,
        markers=reading.markers,
        metadata=reading.metadata,
    )
    assert faults(source) == []
    assert all(line == line.rstrip(" \t\u00a0") for line in reading.text.split("\n"))
    assert "\n\n\n" not in reading.text


def assert_only_letter_errors(read: Read, data: bytes, seed: str) -> None:
    """That of broken copies of `data` each is read, or refused in one line."""
    refused = 0
    for mutant in _mutants(data, seed):
        outcome = _outcome(read, mutant)
        if isinstance(outcome, LetterError):
            refused += 1
            assert str(outcome).startswith(f"{PATH}: this ")
            assert len(str(outcome).splitlines()) == 1
        else:
            assert_sound(outcome)
    assert refused < MUTANTS, "nothing was read: the copies are too broken to show anything"


def _outcome(read: Read, data: bytes) -> Reading | LetterError:
    try:
        return read(data, PATH, Options())
    except LetterError as error:
        return error


def _mutants(data: bytes, seed: str) -> Iterator[bytes]:
    """Broken copies of a file; of a zip one half has a broken part, and the other is broken itself."""
    chance = random.Random(seed)
    is_zip = data.startswith(b"PK")
    for number in range(MUTANTS):
        if is_zip and number % 2:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
            name = chance.choice([name for name in parts if name.endswith(".xml")])
            part = parts[name]
            parts[name] = _break(part if isinstance(part, bytes) else part.encode(), chance)
            yield packed(parts)
        else:
            yield _break(data, chance)


def _break(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, to = sorted(chance.randrange(len(made) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0:
                made[at:at] = chance.choice(TOKENS)
            case 1:
                made[at : at + chance.randint(1, 30)] = b""
            case 2:
                made[at:at] = made[at : min(to, at + 200)]
            case 3 if at < len(made):
                made[at] = chance.randrange(256)
            case 4 if chance.random() < 0.3:
                del made[to:]
            case _:
                made[to:to] = made[at : at + 20]
    return bytes(made)
