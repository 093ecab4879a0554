"""The verbs of the corpus: `check` and `corpus add`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toezeggingen.cli.guard import say
from toezeggingen.cli.options import example

_corpus = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Give the program these verbs."""
    app.command(epilog=example("toezeggingen check corpus/", "toezeggingen check reviewed.jsonl"))(check)
    _corpus.command(epilog=example("toezeggingen corpus add reviewed.jsonl --to corpus/train"))(add)
    app.add_typer(_corpus, name="corpus", help=_CORPUS, epilog=example("toezeggingen corpus add reviewed.jsonl"))


_CORPUS = "Work on the corpus: letters with all that was found in them by careful reading."


def check(
    corpus: Annotated[
        str,
        typer.Argument(metavar="CORPUS", help='A folder with *.jsonl at any depth, a file, "-" for standard input.'),
    ],
) -> None:
    """Check every line of the corpus.

    Each problem is one line, file:line: part: what. A span off its characters, an unknown label or key, the same span
    or letter twice, a near miss that overlaps a commitment, a term whose days are not those of its words.
    """
    from toezeggingen.corpus.check import check as check_all

    letters = problems = 0
    for checked in check_all(corpus):
        letters += 1
        problems += len(checked.problems)
        for problem in checked.problems:
            typer.echo(str(problem))
    say(f"{letters} letter{'' if letters == 1 else 's'}, {problems} problem{'' if problems == 1 else 's'}")
    if problems:
        raise typer.Exit(1)


def add(
    file: Annotated[str, typer.Argument(metavar="FILE", help='Reviewed letters (JSONL); "-" for standard input.')],
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="The set of the corpus that gets them.")] = Path(
        "corpus/train"
    ),
) -> None:
    """Add reviewed letters to the corpus.

    A reviewed letter is a line of the corpus with a decision (accepted, changed, rejected) on each commitment and near
    miss. What fails the check, or stands in the corpus already, is told and left out; the others are added in one go.
    """
    from toezeggingen.corpus.adding import add as add_all

    added, wrong = add_all(file, to)
    for problem in wrong:
        say(str(problem))
    say(f"{len(added)} letter{'' if len(added) == 1 else 's'} added to {to}")
    if wrong:
        raise typer.Exit(1)
