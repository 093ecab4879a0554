"""nl_core_news_md, the base model that a user may have installed: found, checked and named without running its code.

It is published on its project's release page only. A package of that name from elsewhere may be anything, so its data
are looked at before spaCy loads them, and its own Python is never imported.
"""

from __future__ import annotations

import json
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from toezeggingen.errors import MissingModelError, ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

Pipeline = Literal["nl_toezeggingen", "nl_core_news_md"]
"""What a user may ask for by name: the pipeline that ships, or its components on top of the base model."""

NAME = "nl_core_news_md"
INSTALL = f"python -m spacy download {NAME}"
RULE = f"model:{NAME}"
"""The name in `found_by` of what the base model added."""

COMPONENTS = ("tok2vec", "morphologizer", "tagger", "parser", "lemmatizer", "attribute_ruler", "ner")
"""What is taken of it; its senter is not needed, as sentences are ours."""

LABELS = {
    "parser": frozenset({"nsubj", "nsubj:pass", "obl", "obl:agent", "nmod", "aux", "aux:pass", "xcomp", "conj"}),
    "ner": frozenset({"ORG", "GPE", "PERSON", "NORP"}),
}
"""What our components look for in its annotation."""

LONGEST = 300_000
"""Characters of a letter that it is given, some hundred pages; that many take parser and NER a gigabyte of memory."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The base model as it was found: the folder of its data, which spaCy can load, and its version."""

    folder: Path
    version: str


def find() -> Installed:
    """The base model in this environment.

    Raises MissingModelError where there is none, ModelError where a package of that name is not that model.
    """
    spec = find_spec(NAME)
    if spec is None:
        raise MissingModelError(
            NAME,
            "this model is not installed",
            f"install it: {INSTALL} (it is on its project's release page only; look-alikes exist in package indexes)",
        )
    places = [Path(place) for place in spec.submodule_search_locations or ()]
    folder = next((data for place in places for data in sorted(place.glob(f"{NAME}-*")) if data.is_dir()), None)
    meta = _meta(folder) if folder is not None else {}
    wrong = _wrong(meta)
    if folder is None or wrong:
        where = str(folder or next(iter(places), NAME))
        raise ModelError(where, f"this is not {NAME}: {wrong}", f"uninstall it, and install the real one: {INSTALL}")
    return Installed(folder, str(meta["version"]))


def _meta(folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return meta if isinstance(meta, dict) else {}


def _wrong(meta: dict[str, Any]) -> str:
    """What keeps a pipeline with this meta from being the base model; empty where nothing does."""
    if not meta:
        return "it holds no pipeline (meta.json)"
    called = f"{meta.get('lang')}_{meta.get('name')}"
    if called != NAME:
        return f"it calls itself {called}"
    if not isinstance(meta.get("version"), str):
        return "it has no version"
    lacking = [name for name in COMPONENTS if name not in (meta.get("components") or ())]
    if lacking:
        return f"it lacks {', '.join(lacking)}"
    labels = meta.get("labels") or {}
    unknown = [label for name, wanted in LABELS.items() for label in sorted(wanted - set(labels.get(name) or ()))]
    return f"it lacks the labels {', '.join(unknown)}" if unknown else ""


@contextmanager
def within_reach(nlp: Language, text: str) -> Iterator[tuple[str, ...]]:
    """Within the block a text too long for the base model is read without it; gives what is to be told of that."""
    taken = [name for name in COMPONENTS if name in nlp.pipe_names] if len(text) > LONGEST else []
    told = f"more than {LONGEST:,} characters: read without {NAME}, by our own components only"
    with nlp.select_pipes(disable=taken) if taken else nullcontext():
        yield (told,) if taken else ()


__all__ = [
    "COMPONENTS",
    "INSTALL",
    "LABELS",
    "LONGEST",
    "NAME",
    "RULE",
    "Installed",
    "Pipeline",
    "find",
    "within_reach",
]
