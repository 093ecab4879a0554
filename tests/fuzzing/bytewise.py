"""What can happen to any file: bytes that change, get lost, come twice or come from another file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

Mutation = Callable[[Random, bytes, bytes], bytes]
"""Takes the source of chance, the bytes of a file and those of another, and gives bytes."""

NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2",
    b"255",
    b"65536",
    b"2147483647",
    b"4294967296",
    b"999999999999",
    b"1e309",
    b"0.0001",
)


def _flip(chance: Random, data: bytes, other: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40)) if made else 0):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _truncate(chance: Random, data: bytes, other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _behead(chance: Random, data: bytes, other: bytes) -> bytes:
    return data[chance.randrange(len(data) + 1) :]


def _stretch(chance: Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 4, 30, 300, 5000)))


def _remove(chance: Random, data: bytes, other: bytes) -> bytes:
    start, end = _stretch(chance, data)
    return data[:start] + data[end:]


def _repeat(chance: Random, data: bytes, other: bytes) -> bytes:
    start, end = _stretch(chance, data)
    return data[:start] + data[start:end] * chance.choice((2, 3, 50)) + data[end:]


def _splice(chance: Random, data: bytes, other: bytes) -> bytes:
    start, end = _stretch(chance, other)
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _cross(chance: Random, data: bytes, other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _noise(chance: Random, data: bytes, other: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 10, 200))) + data[at:]


def _number(chance: Random, data: bytes, other: bytes) -> bytes:
    """Another number for one that stands there."""
    places = list(digits().finditer(data, 0, 100_000))
    if not places:
        return data
    place = chance.choice(places)
    return data[: place.start()] + chance.choice(NUMBERS) + data[place.end() :]


ANY: tuple[Mutation, ...] = (_flip, _flip, _truncate, _behead, _remove, _repeat, _splice, _cross, _noise, _number)


@cache
def digits() -> re.Pattern[bytes]:
    """A number."""
    return re.compile(rb"\d{1,12}")
