"""`make bench`: how fast the whole trip of a letter is, against spaCy's blank Dutch tokeniser, on one core, in one run.

Both sides get the same letters, each letter once per pipeline: a round makes both pipelines anew, warms them on other
letters and then gives them the measured ones, first one side first and then the other. What counts is the processor
time of this process, and the median of the rounds, so that other work on the machine does little harm.
"""

from __future__ import annotations

import contextlib
import gc
import os
import platform
import time
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path  # noqa: TC003 - typer reads the annotation at run time
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from toezeggingen.training import gold, news_bench, reading
from toezeggingen.training.quality import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from toezeggingen.letters.source import Source

TARGET = 3.0
"""The whole trip may take this many times what tokenising takes."""
ROUNDS = 7
WARMED_ON = 3
"""Letters of each set that only warm the pipelines up."""


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of processor time that both sides took for the same words (runs of characters between white space)."""

    words: int
    tokenising: float
    trip: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on a set of letters: medians over the rounds; `parts` are shares of the trip."""

    name: str
    letters: int
    words: int
    tokenising: float
    trip: float
    ratio: float
    spread: tuple[float, float]
    parts: dict[str, float]


def one_core() -> bool:
    """Keep this process on one core; False where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return True


def trip(nlp: Language, source: Source) -> str:
    """What is measured: a letter in memory becomes a line of JSON."""
    from toezeggingen.pipeline import record_of
    from toezeggingen.records import to_line

    return to_line(record_of(source, nlp=nlp))


def _fresh(warmers: Sequence[Source]) -> tuple[Language, Language]:
    """A blank pipeline and ours, both new and warmed."""
    import spacy

    from toezeggingen.pipeline import assemble

    blank, ours = spacy.blank("nl"), assemble()
    for source in warmers:
        blank(source.text)
        trip(ours, source)
    gc.collect()
    return blank, ours


def _timed(call: Callable[..., object], *arguments: object) -> float:
    start = time.process_time()
    call(*arguments)
    return time.process_time() - start


def measure(sources: Sequence[Source], warmers: Sequence[Source]) -> Round:
    """One round: both sides over all letters, in turn."""
    blank, ours = _fresh(warmers)
    tokenising = whole = 0.0
    for number, source in enumerate(sources):
        if number % 2:
            tokenising += _timed(blank, source.text)
            whole += _timed(trip, ours, source)
        else:
            whole += _timed(trip, ours, source)
            tokenising += _timed(blank, source.text)
    return Round(sum(len(source.text.split()) for source in sources), tokenising, whole)


# --- where the time goes ---------------------------------------------------------------------------------------------


class _Stopwatch:
    """Adds up seconds by the name of a part."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed."""

        def timed(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return call(*arguments, **options)
            finally:
                self.seconds[name] += time.process_time() - start

        return timed


class _Watched:
    """A pipeline whose tokeniser and components are timed one by one; all else is that pipeline's."""

    def __init__(self, nlp: Language, watch: _Stopwatch) -> None:
        self._nlp = nlp
        self._components = [watch.around(name, component) for name, component in nlp.pipeline]
        self.make_doc = watch.around("tokenise", nlp.make_doc)

    def __call__(self, doc: Doc) -> Doc:
        for component in self._components:
            doc = component(doc)
        return doc

    def __getattr__(self, name: str) -> Any:
        return getattr(self._nlp, name)


@contextlib.contextmanager
def _watching(watch: _Stopwatch, module: Any, names: Sequence[str]) -> Iterator[None]:
    """Time functions that a module calls by name, as long as the block lasts."""
    before = {name: getattr(module, name) for name in names}
    for name, call in before.items():
        setattr(module, name, watch.around(name, call))
    try:
        yield
    finally:
        for name, call in before.items():
            setattr(module, name, call)


def parts(sources: Sequence[Source], warmers: Sequence[Source]) -> dict[str, float]:
    """Seconds of each part of the trip, in order, from a round of its own; "record" is what is left over."""
    from toezeggingen import pipeline
    from toezeggingen.records import to_line

    _, ours = _fresh(warmers)
    watch = _Stopwatch()
    watched = cast("Language", _Watched(ours, watch))
    write = watch.around("JSON", to_line)
    whole = 0.0
    with _watching(watch, pipeline, ("zones", "clean", "head", "link")):
        for source in sources:
            start = time.process_time()
            write(pipeline.record_of(source, nlp=watched))
            whole += time.process_time() - start
    order = ("zones", "clean", "head", "tokenise", *ours.pipe_names, "link")
    spent = {name: watch.seconds[name] for name in order}
    return {**spent, "record": whole - sum(watch.seconds.values()), "JSON": watch.seconds["JSON"]}


def figures(letters: gold.LetterSet, rounds: int) -> Figures:
    """The medians of a set of letters."""
    sources = [letter.source for letter in letters.letters]
    warmers, measured = sources[:WARMED_ON], sources[WARMED_ON:]
    done = [measure(measured, warmers) for _ in range(rounds)]
    ratios = [one.trip / one.tokenising for one in done]
    spent = [parts(measured, warmers) for _ in range(min(rounds, 3))]
    middle = {name: median(one[name] for one in spent) for name in spent[0]}
    return Figures(
        name=letters.name,
        letters=len(measured),
        words=done[0].words,
        tokenising=done[0].words / median(one.tokenising for one in done),
        trip=done[0].words / median(one.trip for one in done),
        ratio=median(ratios),
        spread=(min(ratios), max(ratios)),
        parts={name: seconds / sum(middle.values()) for name, seconds in middle.items()},
    )


# --- the page and the command ----------------------------------------------------------------------------------------

_HEAD = """\
# Performance

Written by `make bench` (`python -m toezeggingen.training.bench`); do not edit. Another machine gives other words per
second; the ratio travels.

One process on one core. "Tokenising" is `spacy.blank("nl")` alone; the "whole trip" is a letter in memory to its line
of JSON: zones, cleaned view, head, tokens, all components, commitments, record. Both sides get the same letters, each
letter once per pipeline; a round makes both pipelines anew, warms them on {warmers} other letters of the set and
alternates which side goes first. Words are runs of characters between white space; time is processor time; figures are
medians of {rounds} rounds, the spread is that of the rounds. The whole trip should take at most {target} times what
tokenising takes. Parts are shares of the trip, in brackets times what tokenising takes.

Python {python}, spaCy {spacy}, {system}.
"""


def tables(measured: Sequence[Figures]) -> list[str]:
    """The table of speeds and the table of where the time goes."""
    speeds = [
        (
            *(one.name, f"{one.letters}", f"{one.words:,}", f"{one.tokenising:,.0f}", f"{one.trip:,.0f}"),
            *(f"{one.ratio:.2f}", f"{one.spread[0]:.2f}–{one.spread[1]:.2f}"),
        )
        for one in measured
    ]
    head = ("letters", "number", "words", "tokenising, words/s", "whole trip, words/s", "ratio", "spread")
    shares = [
        (name, *(f"{one.parts[name]:.0%} ({one.parts[name] * one.ratio:.2f})" for one in measured))
        for name in measured[0].parts
    ]
    return [*table(head, speeds), "", *table(("part of the trip", *(one.name for one in measured)), shares)]


def page(measured: Sequence[Figures], rounds: int) -> str:
    """docs/performance.md."""
    head = _HEAD.format(
        warmers=WARMED_ON,
        rounds=rounds,
        target=TARGET,
        python=platform.python_version(),
        spacy=version("spacy"),
        system=f"{platform.system()} on {platform.machine()}",
    )
    return "\n".join((head, *tables(measured), ""))


def main(
    shared: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder that holds letters/text and letters/gold.")
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = ROUNDS,
) -> None:
    """Time the whole trip against tokenising and a base model, print the figures and write docs/performance.md."""
    if not one_core():
        typer.echo("this system cannot keep a process on one core; the figures say so little", err=True)
    sets = gold.sets(shared)
    own = [letter for one in sets if one.name.startswith("corpus/") for letter in one.letters]
    real = [one for one in sets if not one.name.startswith("corpus/")]
    compared = (gold.LetterSet("corpus", tuple(own)), *real)
    measured = [figures(one, rounds) for one in compared]
    typer.echo("\n".join(tables(measured)))
    against = news_bench.section(compared, trip, rounds)
    typer.echo(f"\n{against}")
    target = gold.checkout() / "docs" / "performance.md"
    target.parent.mkdir(exist_ok=True)
    read = reading.section(reading.speeds(shared))
    typer.echo(f"\n{read}")
    target.write_text(f"{page(measured, rounds)}\n{against}\n{read}", encoding="utf-8")
    typer.echo(f"\nwritten: {target.relative_to(gold.checkout())}")


if __name__ == "__main__":
    typer.run(main)
