"""Finds promises, deadlines, bodies and Kamerstuk citations in Dutch ministers' letters to parliament.

>>> import toezeggingen
>>> nlp = toezeggingen.load()                    # a spaCy pipeline
>>> record = toezeggingen.extract("brief.txt")   # the record of a letter
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toezeggingen.pipeline import extract, load

__all__ = ["extract", "load"]


def __getattr__(name: str) -> Any:
    """`load` and `extract`, imported when first asked for: spaCy takes seconds."""
    if name in __all__:
        from toezeggingen import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
