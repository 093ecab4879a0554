"""Options and arguments that verbs share, and the example that each help text ends in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


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
MaxBytes = Annotated[int, typer.Option(metavar="N", min=1, help="Refuse files larger than this: they are no letters.")]
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=_remember, help="Show the traceback of an internal error.", show_default=False),
]
Version = Annotated[
    bool,
    typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.", show_default=False),
]
Records = Annotated[str, typer.Argument(metavar="RECORDS", help='What `extract` wrote; "-" for standard input.')]
