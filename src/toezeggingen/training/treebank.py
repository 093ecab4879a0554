"""A treebank (CoNLL-U) as a teacher: words with part of speech and features; the judge's sentences as plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from spacy.training.converters.conllu_to_docs import conllu_to_docs

from toezeggingen.errors import ToezeggingenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_STAND_INS = {"§term": "morgen", "§cite": "brief"}
"""A word that can stand where the judge reads only what kind of span was found."""

_BODY = "minister"

_CLAUSE = ("<c>", "</c>")
"""The marks of the clause that is judged."""

_OPEN = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "NUM", "X", "SYM"})
"""The parts of speech that have too many words for an outline."""


class TreebankError(ToezeggingenError):
    """A treebank cannot be read: `folder: what was found`."""

    def __init__(self, folder: str, found: str) -> None:
        super().__init__(f"{folder}: {found}")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence, and of each word its part of speech and features ("VERB|Number=Sing|Tense=Past|VerbForm=Fin")."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Treebank:
    """`old` has the conventions of before UD 2.0, `new` those of the `held_out` sentences; none stands in two."""

    old: tuple[Tagged, ...]
    new: tuple[Tagged, ...]
    held_out: tuple[Tagged, ...]


def read(folder: Path) -> Treebank:
    """The treebank of a folder: what is called `*old-train`, `*-dev` and `*-test`. Raises TreebankError.

    The test parts are held out, and what stands there too is left out of the others. The dev parts count as new: the
    training parts of the same release are not there.
    """
    parts: dict[str, list[Tagged]] = {}
    for name in ("test", "dev", "old-train"):
        files = sorted(folder.glob(f"*-{name}.conllu"))
        if not files:
            raise TreebankError(str(folder), f"no *-{name}.conllu here; give the folder of the treebank")
        parts[name] = [one for file in files for one in parse(file.read_text(encoding="utf-8"))]
    seen: set[str] = set()
    held_out, new, old = (distinct(parts[name], seen) for name in ("test", "dev", "old-train"))
    return Treebank(old, new, held_out)


def parse(conllu: str) -> tuple[Tagged, ...]:
    """The sentences of a CoNLL-U text."""
    docs = conllu_to_docs(conllu, n_sents=1, no_print=True)  # type: ignore[no-untyped-call]
    return tuple(
        Tagged(tuple(word.text for word in doc), tuple(f"{word.pos_}|{word.morph}".rstrip("|") for word in doc))
        for doc in docs
    )


def distinct(sentences: Iterable[Tagged], seen: set[str]) -> tuple[Tagged, ...]:
    """The sentences whose joined words are not in `seen`, to which they are added."""
    kept: list[Tagged] = []
    for one in sentences:
        joined = " ".join(one.words)
        if joined not in seen:
            seen.add(joined)
            kept.append(one)
    return tuple(kept)


def lowered(sentence: Tagged) -> Tagged:
    """A sentence as the judge would read its words: in lower case, each digit a 0."""
    return Tagged(tuple(_digit().sub("0", word.lower()) for word in sentence.words), sentence.tags)


def plain(words: Sequence[str]) -> list[str]:
    """A sentence of the judge without what the rules know of it: a common word for each body, term and citation.

    A clause that is judged in a sentence stands between two marks.
    """
    return [_STAND_INS.get(word, _BODY) if _is_span(word) else word for word in _inner(words)]


def outline(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """A sentence of the judge with nouns, adjectives, verbs and numbers as what they are; `tags` of its plain words."""
    told = ["<t>"]
    for word, tag in zip(_inner(words), tags, strict=True):
        part, _, features = tag.partition("|")
        keep = word in _CLAUSE or _is_span(word) or part not in _OPEN
        told.append(f"={word}" if keep else f"={part}{features if part == 'VERB' else ''}")
    return [*told, "</t>"]


def _inner(words: Sequence[str]) -> list[str]:
    """The words of the sentence; a mark where the clause begins that is judged, and where it ends."""
    inner: list[str] = []
    sentence = words[words.index("<s>") + 1 : -1]
    before = any(_is_outside(word) for word in sentence)
    for word in sentence:
        outside = _is_outside(word)
        if outside != before:
            inner.append(_CLAUSE[outside])
        before = outside
        inner.append(word[1:] if outside else word)
    return inner


def _is_outside(word: str) -> bool:
    return word.startswith("~") and len(word) > 1


def _is_span(word: str) -> bool:
    return word.startswith("§") and len(word) > 1


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(r"\d")
