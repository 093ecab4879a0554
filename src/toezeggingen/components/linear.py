"""spaCy's linear text classifier, asked without Docs.

As Docs, every new word would stay in the vocabulary for good; its linear layer takes keys of words just as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.pipeline.textcat_multilabel import MultiLabel_TextCategorizer


def likely(classifier: MultiLabel_TextCategorizer, rows: Sequence[NDArray[np.uint64]]) -> NDArray[np.float64]:
    """How likely each label is, a row for each row of keys (hashes of words or of runs of words), a column a label.

    A key that stands in a row twice counts twice. There must be one row at least.
    """
    keys: Any = np.concatenate(rows)
    lengths = np.asarray([len(row) for row in rows], dtype=np.int32)
    odds = classifier.model.get_ref("output_layer").predict((keys, np.ones(len(keys), dtype=np.float32), lengths))
    told: NDArray[np.float64] = 1 / (1 + np.exp(-odds.astype(np.float64)))
    return told


def to_disk(classifier: MultiLabel_TextCategorizer, folder: Path) -> None:
    """Write a classifier into a folder, its labels with a newline at the end as text files have it."""
    classifier.to_disk(folder, exclude=["vocab"])
    labels = folder / "cfg"
    labels.write_text(labels.read_text(encoding="utf-8").rstrip() + "\n", encoding="utf-8", newline="\n")
