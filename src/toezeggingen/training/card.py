"""`python -m toezeggingen.training.card`: the model's card, README.md in its folder, from what was measured.

With `--measure` everything is measured first (`training.evaluate`), which takes some minutes.
"""

from __future__ import annotations

from importlib.metadata import metadata
from pathlib import Path  # noqa: TC003 - typer reads the annotation at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toezeggingen.training import evaluate, gold
from toezeggingen.training.assemble import CARD, model_folder
from toezeggingen.training.quality import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = """\
# nl_toezeggingen

Written by `python -m toezeggingen.training.card`; do not edit. The figures stand in `evaluation.json` beside it.

A spaCy pipeline for letters of Dutch ministers to parliament. It finds promises (toezeggingen), the terms that bind
them, bodies, and citations of parliamentary papers, and says of each what it means: kind, status, strength and actor of
a promise, days of a term, ids of a citation. Two halves: **rules** on words, read as a shallow grammar of Dutch
clauses, and a **trained judge** of what they find, which vetoes, takes up what formulas merely suggest, and adds what
no formula knows; a **trained recogniser** adds terms of open wording. Rules win on closed lists, dates and citations;
every finding says in `found_by` what made it.

| | |
|---|---|
| version | {version} |
| licence | {licence} |
| size | {size:.1f} MB |
| needs | spaCy alone; nothing is fetched at run time |
| learned from | {train} letters of `corpus/train`; scores calibrated and thresholds chosen on {dev} of `corpus/dev` |
| sources | the project's own corpus and lexicons, written for it; no text, vector or weight of others is in it |
| made by | `make train`: the same corpus, lexicons and seed give the same bytes on one machine |

`meta.json` has the SHA-256 of every lexicon and of the corpus. A folder made by another version of the code, or from
other lexicons, is refused.

## What each half brings

Precision / recall / F1. `corpus/test`: the project's own letters, made up, on which nothing was tuned; many are dense
with promises in unusual words. `shared`: real letters, not in the repository; the rules were tuned on them, so expect
less elsewhere. "Model only" is the same classifier, trained on sentences without a word of the rules, taking whole
sentences.

"""

_POINTS = """\

## Operating points

`--profile` and `--threshold` choose how sure the judge must be. Default: what a formula is sure of stays from a score
of {keep}, the rest is added from {add}. The others take one score for both, chosen on `corpus/dev` by whole
commitments: `clerk` for a recall of {recall} or more, `tracker` for a precision of {precision} or more. Figures are
precision / recall / F1 of all commitments.

"""

_RELIABILITY = """\

## Is a score what it says?

Clauses and sentences by the judge's score: how many, their mean score, and the share that is a promise. The calibration
was fitted on `corpus/dev`.

"""

_NOT_FOR = """\

## What it is not for

- Deciding anything without a reader: it proposes, a clerk or a tracker decides. The default profile misses promises and
  takes up some that are none, as the table of errors says.
- Speech, e-mail, laws, contracts, letters of municipalities, or letters in other languages than Dutch.
- Judging whether a promise was kept: it reads one letter at a time.
- Days that the letter does not tell: a term such as "binnenkort" or "na afronding" has none.

## Known weaknesses

Errors that remain, by class and number, with the default profile:

"""

_END = """\

- Sentences in the passive and of agencies, with a date and no writer ("wordt in maart vastgesteld"), make most false
  `act`s; in letters about the European Union above all.
- Terms of open wording are found less often than dates: most errors of `deadline` are of these.
- Promises in unusual words (first row of the first table): the corpus holds more of them than the post.
- Both annotators of the corpus follow the same rules alike, so that agreement between real clerks is lower than the
  corpus says.

## With nl_core_news_md

`--pipeline nl_core_news_md` puts the same components on top of spaCy's nl_core_news_md where that is installed. No
figure on this card was measured with it: it could not be had where this model was made. What was tested is the
assembly, with a stand-in of the same components and labels.
"""


def page(found: Mapping[str, Any]) -> str:
    """The card, Markdown, of what was measured."""
    folder = model_folder()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != CARD) / 1e6
    counts = {name: len(gold.corpus(gold.checkout() / "corpus" / name / "letters.jsonl")) for name in ("train", "dev")}
    facts = metadata("toezeggingen")
    keep, add = found["thresholds"]["default"]
    parts = [
        _HEAD.format(version=facts["Version"], licence=facts["License-Expression"], size=size, **counts),
        *(_scores(found, name) for name in found["letters"] if name != "corpus/dev"),
        _POINTS.format(
            keep=keep, add=add, recall=found["aims"]["clerk recall"], precision=found["aims"]["tracker precision"]
        ),
        _profiles(found),
        _RELIABILITY,
        *(_reliability(found, name) for name in found["reliability"]),
        _NOT_FOR,
        _errors(found),
        _END,
    ]
    return "".join(parts)


def _lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def _shares(row: Mapping[str, float]) -> str:
    return f"{row['precision']:.3f} / {row['recall']:.3f} / {row['f1']:.3f}"


def _scores(found: Mapping[str, Any], name: str) -> str:
    halves = found["scores"]
    rows = [(row, *(_shares(halves[half][name][row]) for half in halves)) for row in evaluate.ROWS]
    fields = [
        (field, *(f"{halves[half][name]['accuracy'][field]:.3f}" for half in halves))
        for field in halves["both"][name]["accuracy"]
    ]
    head = (f"{name} ({found['letters'][name]} letters)", *halves)
    return _lines(*table(head, [*rows, *fields]), "")


def _profiles(found: Mapping[str, Any]) -> str:
    rows = [
        (
            f"{profile} ({found['thresholds'][profile][0]}, {found['thresholds'][profile][1]})",
            *(_shares(by_set[name]) for name in found["letters"]),
        )
        for profile, by_set in found["profiles"].items()
    ]
    return _lines(*table(("profile (keep, add)", *found["letters"]), rows))


def _reliability(found: Mapping[str, Any], name: str) -> str:
    rows = [
        (f"{one['from']:.1f} to {one['to']:.1f}", f"{one['number']}", f"{one['score']:.2f}", f"{one['right']:.2f}")
        for one in found["reliability"][name]
    ]
    return _lines(*table((f"score, {name}", "number", "mean score", "promises"), rows), "")


def _errors(found: Mapping[str, Any]) -> str:
    names = [name for name in found["errors"] if name != "corpus/dev"]
    classes = sorted({what for name in names for what in found["errors"][name]})
    rows = [(what, *(str(found["errors"][name].get(what, 0)) for name in names)) for what in classes]
    return _lines(*table(("error", *names), rows))


def main(
    measure: Annotated[bool, typer.Option("--measure", help="Measure everything first.")] = False,
    shared: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder that holds letters/text and letters/gold.")
    ] = None,
) -> None:
    """Write the card of the model."""
    if measure:
        evaluate.write(evaluate.evaluation(shared))
    path = model_folder() / CARD
    path.write_text(page(evaluate.read()), encoding="utf-8", newline="\n")
    typer.echo(f"written: {path.relative_to(gold.checkout())}")


if __name__ == "__main__":
    typer.run(main)
