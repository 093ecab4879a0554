"""What can be wrong in a PDF: numbers that lie, references in circles, drawing without end."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fuzzing.bytewise import NUMBERS, Mutation, digits

if TYPE_CHECKING:
    from random import Random


def _pdf_value(chance: Random, data: bytes, other: bytes) -> bytes:
    """Another number for a key that counts, measures or points."""
    places = list(_pdf_keys().finditer(data))
    if not places:
        return data
    place = chance.choice(places)
    return data[: place.start(1)] + chance.choice(NUMBERS) + data[place.end(1) :]


def _pdf_reference(chance: Random, data: bytes, other: bytes) -> bytes:
    """A reference to another object: loops, and objects of a kind that is not looked for there."""
    places = list(_pdf_references().finditer(data))
    if not places:
        return data
    place, target = chance.choice(places), chance.choice(places)
    return data[: place.start(1)] + target[1] + data[place.end(1) :]


def _pdf_previous(chance: Random, data: bytes, other: bytes) -> bytes:
    """A cross-reference table that goes back to itself, or to anywhere."""
    start = data.rfind(b"startxref")
    place = digits().search(data, max(start, 0))
    at = place[0] if place and chance.random() < 0.5 else str(chance.randrange(len(data) + 1)).encode()
    return _trailers().sub(rb"\g<0> /Prev " + at + b" ", data, count=1)


def _pdf_stream(chance: Random, data: bytes, other: bytes) -> bytes:
    """The operators of a stream that is not packed, shuffled or repeated."""
    streams = list(_pdf_streams().finditer(data))
    if not streams:
        return data
    stream = chance.choice(streams)
    lines = stream[1].split(b"\n")
    if chance.random() < 0.5:
        chance.shuffle(lines)
    else:
        lines = lines[: len(lines) // 2] + [chance.choice(lines)] * chance.choice((10, 300)) + lines[len(lines) // 2 :]
    return data[: stream.start(1)] + b"\n".join(lines) + data[stream.end(1) :]


PDF: tuple[Mutation, ...] = (_pdf_value, _pdf_value, _pdf_reference, _pdf_reference, _pdf_previous, _pdf_stream)


@cache
def _trailers() -> re.Pattern[bytes]:
    return re.compile(rb"trailer\s*<<")


@cache
def _pdf_keys() -> re.Pattern[bytes]:
    return re.compile(
        rb"/(?:Count|Length1?|Size|Index|W|Prev|First|N|Columns|Predictor|Colors|BitsPerComponent|Width|Height|Rotate"
        rb"|FirstChar|LastChar|MissingWidth|MediaBox|CropBox|FontBBox|UserUnit|Type|Kids|Parent|Root)\s*\[?\s*(-?\d+)"
    )


@cache
def _pdf_references() -> re.Pattern[bytes]:
    return re.compile(rb"(?<!\d)(\d{1,6} 0) R\b")


@cache
def _pdf_streams() -> re.Pattern[bytes]:
    return re.compile(rb"stream\r?\n((?:(?!endstream)[\t\n\r -~\x80-\xff]){20,60000})endstream")
