"""The pipeline that a command line asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.cli.guard import say
from toezeggingen.errors import MissingModelError

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from toezeggingen.news_model import Pipeline
    from toezeggingen.profiles import Profile


def load(*, calendar: Path | None, profile: Profile, threshold: float | None, pipeline: Pipeline) -> Language:
    """The pipeline asked for; where its base model is not installed, a line tells how to, and the shipped one goes on.

    Raises as `toezeggingen.load` does, ModelError too where what is installed is not that base model.
    """
    from toezeggingen.pipeline import PIPELINE
    from toezeggingen.pipeline import load as load_pipeline

    try:
        return load_pipeline(calendar=calendar, profile=profile, threshold=threshold, pipeline=pipeline)
    except MissingModelError as error:
        say(f"{error}; going on with {PIPELINE}")
        return load_pipeline(calendar=calendar, profile=profile, threshold=threshold)
