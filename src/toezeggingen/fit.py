"""Whether a pipeline's folder fits this code: it was made by this version, from these lexicons."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from toezeggingen import lexicons
from toezeggingen.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


@cache
def code_version() -> str:
    """The package's version; asking the environment takes a millisecond, so it is asked once."""
    return version("toezeggingen")


def stamp() -> dict[str, Any]:
    """What a pipeline is made from: the SHA-256 of each lexicon. Stands in its meta under "toezeggingen"."""
    names = (entry.name for entry in files(lexicons).iterdir() if entry.name.endswith(".jsonl"))
    return {"lexicons": {name: lexicons.digest(name) for name in sorted(n.removesuffix(".jsonl") for n in names)}}


def check_fit(model: Path) -> None:
    """Raise ModelError where the pipeline in the folder `model` was not made by this code from these lexicons."""
    try:
        meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(str(model), "no pipeline in this folder (meta.json)", "make it: make model") from error
    ours, theirs = code_version(), meta.get("version")
    if str(theirs).partition("+")[0] != ours:  # behind the plus stands the base model, where it is built on one
        raise ModelError(str(model), f"made by version {theirs}, and this is {ours}", "make it anew: make model")
    if (meta.get("toezeggingen") or {}).get("lexicons") != stamp()["lexicons"]:
        raise ModelError(str(model), "made from other lexicons than those of this code", "make it anew: make model")
