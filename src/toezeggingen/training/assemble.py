"""`make model`: the pipeline, assembled from its config and the lexicons, as the folder that ships in the wheel.

The same code and lexicons give the same bytes, so `--check` (and a test) can tell whether the folder is up to date.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.metadata import metadata, requires
from pathlib import Path
from typing import Annotated

import typer

from toezeggingen.training.gold import checkout

DESCRIPTION = (
    "Promises (toezeggingen), deadlines, bodies and citations of parliamentary papers in Dutch ministers' letters to "
    "parliament, by rules and a trained judge. Spans stand in doc.spans, what they mean in their attrs."
)


SOURCES = [
    {"name": "corpus", "license": "EUPL-1.2", "author": "the toezeggingen project", "url": "corpus/README.md"},
    {"name": "lexicons", "license": "EUPL-1.2", "author": "the toezeggingen project", "url": "docs/rules.md"},
]
"""What the pipeline was made from, for its meta: all of it written for the project."""

CARD, EVALUATION = "README.md", "evaluation.json"
"""The model's card, and what it tells, as `training.card` and `training.evaluate` write them."""

TRAINED = ("judge/trained.json", "recogniser/trained.json")
"""What training wrote into the folder besides weights, and assembling leaves as it is."""


def model_folder() -> Path:
    """Where the pipeline stands in the checkout."""
    from toezeggingen.pipeline import PIPELINE

    return checkout() / "models" / PIPELINE


def write(target: Path) -> None:
    """Assemble the pipeline and write it to the folder `target`, in the place of what stood there.

    There is no vocabulary in it: the components carry their own words.
    """
    from toezeggingen.pipeline import assemble

    nlp = assemble()
    spacy = next(line for line in requires("toezeggingen") or () if line.startswith("spacy"))
    nlp.meta |= {
        "description": DESCRIPTION,
        "author": "the toezeggingen project",
        "license": metadata("toezeggingen")["License-Expression"],
        "spacy_version": ",".join(sorted(spacy.removeprefix("spacy").split(","), reverse=True)),
        "sources": SOURCES,
    }
    learned = json.loads((model_folder() / TRAINED[0]).read_text(encoding="utf-8"))
    nlp.meta["toezeggingen"]["corpus"] = learned["corpus"]
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / target.name
        nlp.to_disk(fresh, exclude=["vocab"])
        meta = json.loads((fresh / "meta.json").read_text(encoding="utf-8"))
        del meta["spacy_git_version"]  # tells of the machine that made it, not of the pipeline
        (fresh / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        config = fresh / "config.cfg"
        config.write_text(config.read_text(encoding="utf-8").rstrip() + "\n", encoding="utf-8")
        for name in (*TRAINED, CARD, EVALUATION):
            if (model_folder() / name).is_file():
                shutil.copyfile(model_folder() / name, fresh / name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(fresh, target)


def differences(folder: Path) -> list[str]:
    """The files of `folder` that are not as `write` would write them now, by their path; none: it is up to date."""
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / folder.name
        write(fresh)
        now, then = _files(fresh), _files(folder)
    return sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where the folder is not up to date.")
    ] = False,
) -> None:
    """Write the pipeline to models/."""
    folder = model_folder()
    if not check:
        write(folder)
        typer.echo(f"written: {folder.relative_to(checkout())}")
    elif stale := differences(folder):
        typer.echo(
            f"{folder.relative_to(checkout())} is not up to date ({', '.join(stale)}); run: make model", err=True
        )
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
