"""The words: one JSON object a line, read and checked by `read`.

Every line has an `id` that is unique in its file. What else a line must have is said by the reader's caller, so that
each kind of lexicon has its own frozen dataclass next to the code that uses it.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

from toezeggingen.errors import LexiconError


def source(name: str) -> bytes:
    """The bytes of the lexicon `name` ("bodies"), as shipped."""
    return (files(__name__) / f"{name}.jsonl").read_bytes()


def digest(name: str) -> str:
    """SHA-256 of the lexicon `name`, hexadecimal: what a model folder is stamped with."""
    return hashlib.sha256(source(name)).hexdigest()


def read(
    name: str, *, required: frozenset[str] = frozenset(), optional: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """The lines of the lexicon `name` as dictionaries, in file order; see `parse` for what is checked."""
    return parse(source(name).decode("utf-8"), file=f"{name}.jsonl", required=required, optional=optional)


def parse(
    text: str, *, file: str, required: frozenset[str] = frozenset(), optional: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Lines of JSON as dictionaries.

    Raises LexiconError (file and line) on a line that is no JSON object, lacks `id` or a required key, has a key that
    is neither required nor optional, or repeats an id. Empty lines are passed over.
    """
    known = required | optional | {"id"}
    entries: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise LexiconError(file, number, f"not JSON ({error})") from error
        if not isinstance(entry, dict):
            raise LexiconError(file, number, "not a JSON object")
        if missing := sorted((required | {"id"}) - entry.keys()):
            raise LexiconError(file, number, f"lacks {', '.join(missing)}")
        if unknown := sorted(entry.keys() - known):
            raise LexiconError(file, number, f"has unknown {', '.join(unknown)}")
        if entry["id"] in seen:
            raise LexiconError(file, number, f"repeats id {entry['id']!r}")
        seen.add(entry["id"])
        entries.append(entry)
    return entries
