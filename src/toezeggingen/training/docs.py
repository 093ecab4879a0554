"""`make docs`: the pages of docs/ that are made from code and lexicons; `--check` tells which are not up to date."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toezeggingen import lexicons
from toezeggingen.training import record_page, rules_page
from toezeggingen.training.gold import checkout

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMULAS = """\
# The standard list of Dutch promise formulas

Written by `make docs` from `lexicons/formulas.jsonl`; do not edit.

A promise to parliament is made in a small number of ways. This is a numbered, published list of them: each formula is
one way to promise, with what it means and a made-up sentence that is an instance of it. Every commitment in an
extraction record names the formula it was found by (`"formula": "{first}"`, `"found_by": ["promise:{first}"]`), so
that a reader can see why a sentence was taken for a promise, count by formula, and agree or disagree with a formula
as a whole. Some parliaments keep such a list of the forms of words that make an assurance, as that of India does for
its committee on government assurances.

## How to cite it

By number, and by version where it matters: "formula {seventh}", "{seventh} of the list of toezeggingen {version}". A
number is never given to another formula. A formula that is dropped leaves its number unused; a new one gets the next
free number, so that numbers say nothing about order or weight. `toezeggingen explain {seventh}` prints the same entry
with all its settings.

## How to read it

- A plus sign joins the parts of a clause; the order of the parts is free, as Dutch word order is (*ik stuur u het
  plan*, *in mei stuur ik u het plan*, *dat ik u het plan in mei stuur*, *ik zal u het plan toesturen*). Square
  brackets hold what may be absent, round brackets other words that will do, a slash one of two.
- *ik/wij* stands for the government side: ik, wij, het kabinet, de regering, a minister or state secretary by office,
  a ministry, an agency of the central government.
- Kind is `inform` where parliament will receive something, `act` for everything else; "inform, with ..." is `inform`
  only where the clause holds that, else `act`.
- Where a clause fits more than one formula, the one that is tried first counts; the table gives the order.
- A formula alone makes no promise: a clause that is denied, past, hypothetical, asked for by others, about third
  parties, or that only says what this very letter does is left out ([rules](rules.md#cues)).
- A formula whose score is below 0.5 only suggests: what fits it, or what stands in a doubtful clause, is a promise
  where the trained judge says so. Rules alone leave it out.

## The formulas at a glance

"""

_NEEDED = {
    "recipient": "parliament as the recipient",
    "parliament": "parliament in it",
    "document": "a document as the place",
    "report": "a document or parliament in it",
}


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lexicons.source(name).decode("utf-8").splitlines() if line.strip()]


def formulas() -> str:
    """docs/formulas.md."""
    from importlib.metadata import version

    in_order = _lines("formulas")
    tried = {entry["id"]: place for place, entry in enumerate(in_order, start=1)}
    entries = sorted(in_order, key=lambda entry: str(entry["id"]))
    numbers = [entry["id"] for entry in entries]
    seventh = "F07" if "F07" in numbers else numbers[0]
    parts = [_FORMULAS.format(first=numbers[0], seventh=seventh, version=version("toezeggingen"))]
    parts.append("| number | name | kind | tried |\n|---|---|---|---:|\n")
    parts += [f"| [{e['id']}](#{e['id']}) | {e['name']} | {_kind(e['kind'])} | {tried[e['id']]} |\n" for e in entries]
    for entry in entries:
        parts.append(
            f'\n<a id="{entry["id"]}"></a>\n'
            f"## {entry['id']} {entry['name']}\n\n"
            f"`{entry['pattern']}`\n\n"
            f"{entry['meaning']}\n\n"
            f"> {entry['example']}\n"
        )
    return "".join(parts)


def _kind(kind: str) -> str:
    """The kind of a formula in words."""
    return kind if kind in ("inform", "act") else f"inform, with {_NEEDED.get(kind, kind)}"


_CLI = """\
# The command line

Written by `make docs` from the commands' own `--help`; do not edit.

Records go to standard output (or the file of `-o`), everything else to standard error. The exit code is 0 where all
went well, 1 where a letter or line failed or the output could not be written, 2 where the command was not understood,
and 130 where it was interrupted. Help and errors are in English; what `show`, `text` and `demo` print about a letter is
in Dutch.

## What is read

What a file is, its bytes say, not its name. In a folder the files are taken that end as below; the others are passed
over, which one line tells. The same holds inside an archive or a mail: a picture or a style sheet there is told and no
failure. Of a mail its own words are a letter, under the path of the mail, and each attachment is one,
`mail.eml!brief.pdf`. Nothing is ever unpacked to disk.

| what | in a folder |
|---|---|
{forms}

A file that is not plain text is read in a process of its own, which may take the time of `--max-seconds` and the memory
of `--max-memory` for each letter. A letter that takes more, or breaks that process, is told like any other that cannot
be read, and the next one gets a fresh process.

## What failed

Each failure is one line on standard error, and with `--errors FILE` of `toezeggingen extract` also one line of JSON in
that file, which is written anew in each run, empty where all went well:

```json
{failure}
```

`stage` is `find` (no such file, a folder without letters), `read` or `extract` (the letter was read, and our own code
broke on it); `path` is that of the letter, as in its record; `message` is what was said on standard error.
"""


def command_line() -> str:
    """docs/cli.md."""
    from toezeggingen.batch.outcomes import failed
    from toezeggingen.cli import help_texts
    from toezeggingen.errors import LetterError
    from toezeggingen.letters.formats import FORMATS

    error = LetterError("brieven.zip!map/brief.txt", "this file is empty", "check how it was made or downloaded")
    forms = [
        f"| {form.name} | {' '.join(f'`*{suffix}`' for suffix in form.suffixes)} |"
        for form in FORMATS
        if form.reader and form.suffixes
    ]
    intro = _CLI.format(forms="\n".join(forms), failure=failed(error, "brieven.zip").line())
    parts = [intro]
    parts += [f"\n## {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in help_texts().items()]
    return "".join(parts)


def pages() -> dict[str, Callable[[], str]]:
    """The generated pages by file name."""
    return {
        "cli.md": command_line,
        "formulas.md": formulas,
        "output.md": record_page.page,
        "rules.md": rules_page.page,
    }


def stale() -> list[str]:
    """The names of the pages that are not as they would be written now."""
    folder = checkout() / "docs"
    return [
        name
        for name, write in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != write()
    ]


def main(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail where a page is not up to date.")] = False,
) -> None:
    """Write the generated pages of docs/."""
    if not check:
        folder = checkout() / "docs"
        folder.mkdir(exist_ok=True)
        for name, write in pages().items():
            (folder / name).write_text(write(), encoding="utf-8")
            typer.echo(f"written: docs/{name}")
    elif names := stale():
        typer.echo(f"not up to date: {', '.join(f'docs/{name}' for name in names)}; run: make docs", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
