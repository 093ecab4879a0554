"""Options and arguments that verbs share, and the example that each help text ends in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from toezeggingen.batch.limits import LEAST_MEMORY
from toezeggingen.news_model import Pipeline
from toezeggingen.profiles import Profile


def _date(text: str) -> dt.date:
    try:
        if len(text) != len("YYYY-MM-DD"):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write YYYY-MM-DD, as in 2024-05-31") from None


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"toezeggingen {version('toezeggingen')}")
        raise typer.Exit


def _remember(ctx: typer.Context, value: bool) -> bool:
    ctx.meta["debug"] = value
    return value


def example(*lines: str) -> str:
    """The end of a help text, its lines kept apart."""
    return "\n".join(("\b", "Example:", *(f"  {line}" for line in lines)))


LetterDate = Annotated[
    dt.date | None,
    typer.Option(metavar="DATE", parser=_date, help="Date of the letter (YYYY-MM-DD), for letters that print none."),
]
Calendar = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Recesses and named days of your own (JSONL), to go before the built-in ones."),
]
For = Annotated[
    Profile,
    typer.Option(help="Keep more (clerk: misses few) or less (tracker: nearly certain) than by default."),
]
Threshold = Annotated[
    float | None,
    typer.Option(metavar="SCORE", min=0, max=1, help="Keep promises with this score or more; goes before --profile."),
]
On = Annotated[
    Pipeline,
    typer.Option(help="The pipeline that ships, or the same on top of the base model nl_core_news_md, if installed."),
]
MaxBytes = Annotated[int, typer.Option(metavar="N", min=1, help="Refuse files larger than this: they are no letters.")]
MaxPages = Annotated[int, typer.Option(metavar="N", min=1, help="Refuse letters of more pages than this.")]
MaxSeconds = Annotated[
    float, typer.Option(metavar="N", min=0.001, help="Stop reading a letter (PDF, Word, ...) that takes longer.")
]
MaxMemory = Annotated[
    int, typer.Option(metavar="MB", min=LEAST_MEMORY, help="Stop reading a letter that needs more memory than this.")
]
Ocr = Annotated[
    bool,
    typer.Option("--ocr", help="Recognise the words of pages that are only a picture (tesseract).", show_default=False),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=_remember, help="Show the traceback of an internal error.", show_default=False),
]
Version = Annotated[
    bool,
    typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.", show_default=False),
]
Letter = Annotated[
    str, typer.Argument(metavar="LETTER", help='The file of the letter or letters; "-" for standard input.')
]
Records = Annotated[str, typer.Argument(metavar="RECORDS", help='What `extract` wrote; "-" for standard input.')]
