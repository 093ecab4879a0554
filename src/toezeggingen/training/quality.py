"""`make quality`: the extraction scored on all letters that have gold, letter by letter, printed and written to a page.

The figures that may not be lost stand in tests/ratchet.json; a test measures again and fails where one drops below.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - typer reads the annotation at run time
from typing import TYPE_CHECKING, Annotated

import typer

from toezeggingen.training import findings, gold
from toezeggingen.training.scores import FIELDS, ROWS, Row, Score, score, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language

_SHOWN = ("commitments inform", "commitments all", "deadline interval", "citations", "bodies")
"""The rows that are shown per letter."""
_RATCHET_STEP = 1000
SHARED = "shared"
"""The set of real letters, which are no part of the repository."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a set of letters, by letter, in order."""

    name: str
    letters: dict[str, Score]

    @property
    def total(self) -> Score:
        """All letters added up."""
        return total(self.letters.values())


def measure(nlp: Language, letters: gold.LetterSet) -> Measured:
    """What the pipeline finds in a set of letters, scored."""
    from toezeggingen.pipeline import record_of

    scores: dict[str, Score] = {}
    for letter in letters.letters:
        record = record_of(letter.source, nlp=nlp)
        scores[letter.name] = score(letter.name, findings.of_record(record), letter.gold)
    return Measured(letters.name, scores)


# --- the ratchet -----------------------------------------------------------------------------------------------------


def figures(measured: Measured) -> dict[str, float]:
    """What the ratchet holds of a set: F1 of every row, accuracy of every field; rounded down to a thousandth."""
    whole = measured.total
    exact = {name: whole.rows[name].f1 for name in ROWS}
    exact |= {name: accuracy for name in FIELDS if (accuracy := whole.accuracy(name)) is not None}
    return {name: math.floor(figure * _RATCHET_STEP + 1e-9) / _RATCHET_STEP for name, figure in exact.items()}


def dropped(floor: dict[str, dict[str, float]], measured: Iterable[Measured]) -> list[str]:
    """What is worse than `floor` (set -> row -> figure) has it, a line each; sets that are not there are left out."""
    worse: list[str] = []
    for one in measured:
        now = figures(one)
        for name, before in floor.get(one.name, {}).items():
            if now.get(name, 0.0) < before:
                worse.append(f"{one.name}, {name}: {now.get(name, 0.0):.3f}, was {before:.3f}")
    return worse


def ratchet_path() -> Path:
    """The file that holds the floor."""
    return gold.checkout() / "tests" / "ratchet.json"


def read_ratchet() -> dict[str, dict[str, float]]:
    """The floor: set -> row or field -> figure."""
    floor: dict[str, dict[str, float]] = json.loads(ratchet_path().read_text(encoding="utf-8"))
    return floor


def _write_ratchet(measured: Iterable[Measured]) -> None:
    path = ratchet_path()
    before = read_ratchet() if path.is_file() else {}
    kept = {name: floor for name, floor in before.items() if name == SHARED}  # these letters may not be at hand
    floor = kept | {one.name: figures(one) for one in measured}
    path.write_text(json.dumps(floor, indent=2) + "\n", encoding="utf-8")


# --- tables ----------------------------------------------------------------------------------------------------------


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def totals(measured: Measured) -> list[str]:
    """The table of a set: its rows with counts, precision, recall and F1, and its fields with their accuracy."""
    whole = measured.total
    rows = [
        (name, f"{r.gold}", f"{r.found}", f"{r.right}", f"{r.precision:.3f}", f"{r.recall:.3f}", f"{r.f1:.3f}")
        for name, r in whole.rows.items()
    ]
    lines = table(("", "gold", "found", "right", "P", "R", "F1"), rows)
    fields = [
        (name, f"{whole.fields[name].gold}", f"{whole.fields[name].right}", f"{accuracy:.3f}")
        for name in FIELDS
        if (accuracy := whole.accuracy(name)) is not None
    ]
    return [*lines, "", *table(("field", "of", "right", "accuracy"), fields)]


def per_letter(measured: Measured) -> list[str]:
    """The table of precision / recall letter by letter; a dash where there is nothing to be right about."""
    head = ("letter", *(name.removeprefix("commitments ") for name in _SHOWN))
    rows = [(_short(stem), *(_shares(one.rows[name]) for name in _SHOWN)) for stem, one in measured.letters.items()]
    return table(head, rows)


def _short(stem: str) -> str:
    """The name of a letter without its title: 04_IenW_2022."""
    return "_".join(stem.split("_")[:3])


def _shares(row: Row) -> str:
    precision = f"{row.precision:.2f}" if row.found else "–"
    recall = f"{row.recall:.2f}" if row.gold else "–"
    return "–" if not (row.found or row.gold) else f"{precision} / {recall}"


def error_classes(measured: Iterable[Measured]) -> list[str]:
    """The table of errors by class, a column a set."""
    counts = {one.name: Counter(fault.what for fault in one.total.errors) for one in measured}
    classes = sorted({what for count in counts.values() for what in count})
    return table(("error", *counts), [(what, *(str(c[what]) for c in counts.values())) for what in classes])


def peer_rows(peers: Sequence[dict[str, str | int]], measured: Iterable[Measured]) -> list[str]:
    """The table of what others find, beside what we find on the same letters."""
    ours = {(one.name, name): row for one in measured for name, row in one.total.rows.items()}
    rows: list[tuple[str, ...]] = []
    for peer in peers:
        own = ours.get((str(peer["set"]), str(peer["row"])))
        if own is not None:
            theirs = Row(int(peer["gold"]), int(peer["found"]), int(peer["right"]))
            shares = (f"{r.precision:.3f} / {r.recall:.3f} / {r.f1:.3f}" for r in (theirs, own))
            rows.append((f"{peer['peer']}", str(peer["set"]), str(peer["row"]), *shares))
    return table(("without us", "letters", "row", "P / R / F1", "ours"), rows)


# --- the page --------------------------------------------------------------------------------------------------------

_HEAD = """\
# Quality

Written by `make quality` (`python -m toezeggingen.training.quality`); do not edit. The same command on the same letters
gives the same page. `--errors FILE` writes every miss and every extra with its words.

Letters: those of `corpus/` are the project's own, made up: see [corpus/README.md](../corpus/README.md). `shared` are
real letters to parliament of ministries and years of all kinds, as raw text; they are no part of the repository and are
looked for in `../shared/letters` beside the checkout (or with `--shared DIR`).{absent}

P is precision, R recall, F1 their harmonic mean. How findings and gold are matched stands in
`src/toezeggingen/training/scores.py`; in short: commitments by at least half of the shorter span, `inform` only among
those of that kind, deadlines by their commitment and the days they mean, citations by place and id, bodies by at least
half of the longer span. Gold that is marked optional is neither missed nor counted.

`corpus/train`, `corpus/dev` and `shared` were used to tune the rules. No rule was changed after an error on
`corpus/test`: what to expect of other letters is nearest to that set. It holds more promises in unusual words than the
post does; real letters hold fewer, in plainer words. What rules and model bring each stands in
[the model's card](../models/nl_toezeggingen/README.md).
"""

_PEERS = """\
## What a user would have without this project

On the same letters, by the same score, from `make peers` (`src/toezeggingen/training/peers.py` says how each is used).
"""


def page(measured: Sequence[Measured], peers: Sequence[dict[str, str | int]], more: Sequence[str] = ()) -> str:
    """The page of figures, Markdown; `more` are parts of other rooms."""
    names = [one.name for one in measured]
    absent = "" if SHARED in names else " They were not there when this page was written."
    parts = [_HEAD.format(absent=absent)]
    for one in measured:
        parts += [f"## Totals: {one.name} ({len(one.letters)} letters)\n", *totals(one), ""]
    if peers:
        parts += [_PEERS, *peer_rows(peers, measured), ""]
    parts += more
    for one in measured:
        parts += [f"## Letter by letter: {one.name}\n", "Precision / recall.\n", *per_letter(one), ""]
    parts += ["## Errors that remain\n", *error_classes(measured), ""]
    return "\n".join(parts)


def read_peers() -> list[dict[str, str | int]]:
    """What `make peers` measured last, as rows of set, peer, row, gold, found, right; empty where it never ran."""
    path = gold.checkout() / "docs" / "peers.json"
    if not path.is_file():
        return []
    rows: list[dict[str, str | int]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


# --- the command -----------------------------------------------------------------------------------------------------


def main(
    shared: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder that holds letters/text and letters/gold.")
    ] = None,
    errors: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every error there, tab separated.")] = None,
    ratchet: Annotated[bool, typer.Option("--ratchet", help="Make these figures the floor of the tests.")] = False,
) -> None:
    """Score the extraction on all letters with gold, print the figures and write docs/quality.md."""
    from toezeggingen.pipeline import assemble
    from toezeggingen.training import formats, tried, tried_terms

    nlp = assemble()
    measured = [measure(nlp, letters) for letters in gold.sets(shared)]
    for one in measured:
        typer.echo("\n".join((f"\n{one.name}: {len(one.letters)} letters\n", *totals(one), "", *per_letter(one))))
        for quote in one.total.unlocated:
            typer.echo(f"gold that the text does not hold: {quote}", err=True)
    if errors is not None:
        faults = (f"{one.name}\t{f.letter}\t{f.what}\t{f.text}\n" for one in measured for f in one.total.errors)
        errors.write_text("".join(faults), encoding="utf-8")
    if ratchet:
        _write_ratchet(measured)
    target = gold.checkout() / "docs" / "quality.md"
    target.parent.mkdir(exist_ok=True)
    more = [*formats.section(nlp, shared), *tried.section(), *tried_terms.section()]
    target.write_text(page(measured, read_peers(), more), encoding="utf-8")
    typer.echo(f"\nwritten: {target.relative_to(gold.checkout())}")


if __name__ == "__main__":
    typer.run(main)
