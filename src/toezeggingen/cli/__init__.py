"""The command line: verbs that parse, call one function and print. What is heavy is imported inside the verb."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from toezeggingen.batch.limits import MAX_MEMORY, MAX_SECONDS, Limits
from toezeggingen.cli import corpus as corpus_verbs
from toezeggingen.cli.guard import Verbs, say, tell
from toezeggingen.cli.options import (
    Calendar,
    Debug,
    For,
    Letter,
    LetterDate,
    MaxBytes,
    MaxMemory,
    MaxPages,
    MaxSeconds,
    Ocr,
    On,
    Records,
    Threshold,
    Version,
    example,
)
from toezeggingen.letters.source import MAX_BYTES, MAX_PAGES, Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

HELP_WIDTH = 100
WIDE = 120  # columns for a table that goes to no terminal

app = typer.Typer(
    cls=Verbs,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": HELP_WIDTH},
)


def main() -> None:
    """The program, as the command `toezeggingen` starts it. Ends in SystemExit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what the terminal's encoding lacks is shown as an escape
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="toezeggingen")


def help_texts() -> dict[str, str]:
    """What `--help` prints, 100 columns wide, by the command it stands behind: "toezeggingen extract" and so on."""
    root = typer.main.get_command(app)
    with root.make_context("toezeggingen", [], resilient_parsing=True, terminal_width=HELP_WIDTH) as context:
        return dict(_helps("toezeggingen", root, context))


def _helps(name: str, command: Any, context: Any) -> Iterator[tuple[str, str]]:
    """The help of a command and of those below it."""
    yield name, command.get_help(context)
    for word, verb in getattr(command, "commands", {}).items():
        with verb.make_context(word, [], parent=context, resilient_parsing=True) as inner:
            yield from _helps(f"{name} {word}", verb, inner)


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, WIDE)
    return console


@app.callback(epilog=example("toezeggingen extract letters/ -o out.jsonl", "toezeggingen show letters/letter.txt"))
def _root(version: Version = False) -> None:
    """Find promises, deadlines, bodies and Kamerstuk citations in Dutch ministers' letters to parliament."""


@app.command(
    epilog=example(
        "toezeggingen extract letters/ -o out.jsonl",
        "toezeggingen extract 'letters/**/*.txt' --letter-date 2024-05-31 > out.jsonl",
        "cat letter.txt | toezeggingen extract -",
    )
)
def extract(
    letters: Annotated[
        list[str],
        typer.Argument(
            metavar="LETTER", help='Files, folders (the letters in them), quoted patterns, "-" for standard input.'
        ),
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.")
    ] = None,
    errors: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write what failed here too, as JSON, a line each.")
    ] = None,
    letter_date: LetterDate = None,
    calendar: Calendar = None,
    profile: For = "default",
    threshold: Threshold = None,
    pipeline: On = "nl_toezeggingen",
    max_bytes: MaxBytes = MAX_BYTES,
    max_pages: MaxPages = MAX_PAGES,
    max_seconds: MaxSeconds = MAX_SECONDS,
    max_memory: MaxMemory = MAX_MEMORY,
    ocr: Ocr = False,
    debug: Debug = False,
) -> None:
    """Write what letters hold as JSON records.

    One line a letter, in the order given. A letter is a PDF, .docx, .odt, HTML or XML file, plain text, or a mail; of a
    mail the words and what is attached, of a .zip every letter in it, named archive.zip!folder/letter.pdf.

    A letter that cannot be read is one line on standard error; the others go on, and the exit code is 1. The file of -o
    appears, complete, when all letters are done; it is left alone where none of them gave a record.
    """
    from toezeggingen.batch.inputs import find
    from toezeggingen.batch.lines import keep_apart
    from toezeggingen.batch.outcomes import failed, failures

    found = find(letters)
    keep_apart(output, found.letters, errors)
    for notice in found.notices():
        say(notice)
    count = len(found.errors)
    with failures(errors) as write:
        for error in found.errors:
            write(failed(error, error.path, "find"))
        if found.letters:
            from toezeggingen.batch.run import extract_to
            from toezeggingen.cli.loading import load

            count += extract_to(
                output,
                found.letters,
                nlp=load(calendar=calendar, profile=profile, threshold=threshold, pipeline=pipeline),
                letter_date=letter_date,
                options=Options(max_bytes=max_bytes, max_pages=max_pages, ocr=ocr),
                limits=Limits(max_seconds, max_memory),
                on_failure=write,
                debug=debug,
            )
    if count:
        raise typer.Exit(1)


@app.command(epilog=example("toezeggingen show letters/letter.txt | less"))
def show(
    letter: Letter,
    letter_date: LetterDate = None,
    calendar: Calendar = None,
    profile: For = "default",
    threshold: Threshold = None,
    pipeline: On = "nl_toezeggingen",
    max_bytes: MaxBytes = MAX_BYTES,
    max_pages: MaxPages = MAX_PAGES,
    max_seconds: MaxSeconds = MAX_SECONDS,
    max_memory: MaxMemory = MAX_MEMORY,
    ocr: Ocr = False,
    debug: Debug = False,
) -> None:
    """Print a letter with its spans marked, in Dutch.

    Under it stands what it promises. Marks are colours on a terminal, brackets elsewhere and where NO_COLOR is set.
    """
    from toezeggingen.batch.outcomes import Done
    from toezeggingen.batch.run import run
    from toezeggingen.cli.loading import load
    from toezeggingen.exports.terminal import print_letter

    options, limits = Options(max_bytes=max_bytes, max_pages=max_pages, ocr=ocr), Limits(max_seconds, max_memory)
    console = _console()
    failed = 0
    for each in run(
        [letter],
        nlp=load(calendar=calendar, profile=profile, threshold=threshold, pipeline=pipeline),
        letter_date=letter_date,
        options=options,
        limits=limits,
    ):
        if isinstance(each, Done):
            print_letter(each.record, console)
        else:
            failed += tell(each, debug=debug)
    if failed:
        raise typer.Exit(1)


@app.command(epilog=example("toezeggingen text letters/letter.pdf | less"))
def text(
    letter: Letter,
    max_bytes: MaxBytes = MAX_BYTES,
    max_pages: MaxPages = MAX_PAGES,
    max_seconds: MaxSeconds = MAX_SECONDS,
    max_memory: MaxMemory = MAX_MEMORY,
    ocr: Ocr = False,
    debug: Debug = False,
) -> None:
    """Print a letter as it was read, in Dutch.

    Page by page, with the zone of each piece of text beside it: what is taken for body, footnote, table or page
    furniture.
    """
    from toezeggingen.batch.run import sources
    from toezeggingen.exports.reading import print_reading
    from toezeggingen.letters.source import Source
    from toezeggingen.letters.zones import zones

    options, limits = Options(max_bytes=max_bytes, max_pages=max_pages, ocr=ocr), Limits(max_seconds, max_memory)
    console = _console()
    failed = 0
    for each in sources([letter], options, limits):
        if isinstance(each, Source):
            print_reading(each, zones(each.text, each.marks, each.markers), console)
        else:
            failed += tell(each, debug=debug)
    if failed:
        raise typer.Exit(1)


@app.command(epilog=example("toezeggingen demo -o demo.jsonl"))
def demo(
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where the records go.")] = "demo.jsonl",
    debug: Debug = False,
) -> None:
    """Extract the example letters of the project.

    Prints in Dutch, letter by letter, what is promised, when, by whom and to whom. The letters come with the source.
    """
    from toezeggingen.batch.inputs import examples
    from toezeggingen.batch.lines import sink
    from toezeggingen.batch.outcomes import Done
    from toezeggingen.batch.run import run
    from toezeggingen.exports.terminal import print_summary, totals
    from toezeggingen.pipeline import load

    letters, console = examples(), _console()
    nlp = load()
    records = []
    with sink(output) as lines:
        for each in run(letters, nlp=nlp):
            if isinstance(each, Done):
                lines.write(each.line)
                records.append(each.record)
                print_summary(each.record, console)
            else:
                tell(each, debug=debug)
    console.print(f"{totals(records)} Alles staat in {output}.", soft_wrap=True)
    if len(records) < len(letters):
        raise typer.Exit(1)


@app.command(
    epilog=example("toezeggingen table out.jsonl --sort deadline", "toezeggingen table out.jsonl --csv out.csv")
)
def table(
    records: Records,
    csv: Annotated[
        str | None, typer.Option(metavar="FILE", help='Write all columns as CSV (UTF-8); "-" for standard output.')
    ] = None,
    sort: Annotated[
        Literal["letter", "deadline"],
        typer.Option(help="By letter, as the records come, or by the last day that counts, what has none at the end."),
    ] = "letter",
) -> None:
    """Print records as a table, a row a commitment."""
    from toezeggingen.batch.lines import read_records, sink
    from toezeggingen.exports.table import frame, ordered, to_csv
    from toezeggingen.exports.terminal import print_table

    rows = ordered(frame(read_records(records)), sort)
    if csv is None:
        print_table(rows, _console())
        return
    with sink(csv) as lines:
        lines.write(to_csv(rows).removesuffix("\n"))


@app.command(epilog=example("toezeggingen explain F03", "toezeggingen explain deadline:recess"))
def explain(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="RULE", help="A name from `found_by`; without it, the kinds are listed."),
    ] = None,
) -> None:
    """Tell what a rule matches, with an example."""
    from toezeggingen import explain as explaining

    typer.echo(explaining.families() if rule is None else explaining.explain(rule))


@app.command(epilog=example("toezeggingen schema > toezeggingen.schema.json"))
def schema() -> None:
    """Print the JSON Schema of a record."""
    from toezeggingen.records import schema_text

    typer.echo(schema_text(), nl=False)


@app.command(epilog=example("toezeggingen validate out.jsonl"))
def validate(records: Records) -> None:
    """Check every line of a file of records.

    Each line that is wrong is one line on standard error.
    """
    from toezeggingen.batch.lines import check

    good, errors = 0, 0
    for error in check(records):
        good += error is None
        errors += error is not None
        if error is not None:
            say(str(error))
    if errors:
        say(f"{good + errors} records, {errors} of them wrong")
        raise typer.Exit(1)
    say(f"{good} record{'' if good == 1 else 's'}, all valid")


corpus_verbs.register(app)
