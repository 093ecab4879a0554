"""How fast the whole trip is against the components of nl_core_news_md, on the same letters in one run."""

from __future__ import annotations

import gc
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from toezeggingen.training import stand_in
from toezeggingen.training.quality import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language

    from toezeggingen.letters.source import Source
    from toezeggingen.training import gold

TARGET = 4.0
"""The whole trip is to be faster by this."""
ROUNDS = 3
WARMED_ON = 3
"""Letters of each set that only warm both sides up."""

_HEAD = """\
## Against the components of nl_core_news_md

That model cannot be had where these figures are made, and was never timed. In its place stands a package of the same
components with as many labels, lemma trees and vectors, of the same shapes, and with random weights
(`training/stand_in.py`): it finds nothing of use, but has as much to compute. One side tokenises a letter as Dutch
spaCy does and runs {components} on it; the other makes the whole
trip of the pipeline that ships. Letter by letter in turn, in this process, processor time, medians of {rounds} rounds.
The whole trip should be {target} times as fast or more.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Words a second of both sides on a set of letters, and how many times as fast the trip is: median and spread."""

    name: str
    words: int
    theirs: float
    ours: float
    ratio: float
    spread: tuple[float, float]


def section(sets: Sequence[gold.LetterSet], trip: Callable[[Language, Source], str], rounds: int) -> str:
    """The part of docs/performance.md, measured now; `trip` is the whole trip of a letter in memory."""
    import spacy

    from toezeggingen.pipeline import assemble

    rounds = min(rounds, ROUNDS)
    words = Counter(word for one in sets for letter in one.letters for word in letter.source.text.split())
    with tempfile.TemporaryDirectory() as place:
        theirs = spacy.load(stand_in.write(Path(place), words=(word for word, _ in words.most_common())))
    ours = assemble()
    measured = [_figures(one, theirs, ours, trip, rounds) for one in sets]
    head = ("letters", "words", "components of nl_core_news_md, words/s", "whole trip, words/s", "times", "spread")
    rows = [
        (
            *(one.name, f"{one.words:,}", f"{one.theirs:,.0f}", f"{one.ours:,.0f}"),
            *(f"{one.ratio:.1f}", f"{one.spread[0]:.1f}–{one.spread[1]:.1f}"),
        )
        for one in measured
    ]
    names = ", ".join(theirs.pipe_names)
    intro = _HEAD.format(components=names, rounds=rounds, target=f"{TARGET:g}")
    return "\n".join((intro, *table(head, rows), ""))


def _figures(
    letters: gold.LetterSet, theirs: Language, ours: Language, trip: Callable[[Language, Source], str], rounds: int
) -> Figures:
    sources = [letter.source for letter in letters.letters]
    for source in sources[:WARMED_ON]:
        theirs(source.text)
        trip(ours, source)
    measured = sources[WARMED_ON:]
    done = [_round(measured, theirs, ours, trip) for _ in range(rounds)]
    ratios = [base / whole for base, whole in done]
    words = sum(len(source.text.split()) for source in measured)
    return Figures(
        name=letters.name,
        words=words,
        theirs=words / median(base for base, _ in done),
        ours=words / median(whole for _, whole in done),
        ratio=median(ratios),
        spread=(min(ratios), max(ratios)),
    )


def _round(
    sources: Sequence[Source], theirs: Language, ours: Language, trip: Callable[[Language, Source], str]
) -> tuple[float, float]:
    """Seconds of processor time of both sides, letter by letter in turn."""
    gc.collect()
    base = whole = 0.0
    for source in sources:
        start = time.process_time()
        theirs(source.text)
        between = time.process_time()
        trip(ours, source)
        base, whole = base + between - start, whole + time.process_time() - between
    return base, whole


__all__ = ["ROUNDS", "TARGET", "section"]
