"""Nothing in README.md and docs/ is untrue: pages are up to date, code runs, commands exist, links lead somewhere."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from toezeggingen import explain
from toezeggingen.cli import app
from toezeggingen.training import docs, record_page
from toezeggingen.training.gold import checkout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = checkout()
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(toezeggingen [^`]+)`")
MAKE = re.compile(r"\bmake ([a-z]+)(?=[`\s)]|$)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
SHELLS = frozenset({"console", "sh", "bash", "shell"})


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """The language and the text of each fenced block."""
    for match in FENCED.finditer(page.read_text(encoding="utf-8")):
        yield match[1], match[2]


def commands(page: Path) -> Iterator[list[str]]:
    """The words of every command line of ours in a block, without what is piped in, piped out or redirected."""
    for language, block in blocks(page):
        for line in block.splitlines() if language in SHELLS else ():
            yield from of_ours(line.removeprefix("$ "))


def of_ours(line: str) -> Iterator[list[str]]:
    words = shlex.split(line, comments=True)
    for place, word in enumerate(words):
        if word.rpartition("/")[2] == "toezeggingen" and (place == 0 or words[place - 1] in ("|", "&&")):
            rest = words[place + 1 :]
            stops = [at for at, later in enumerate(rest) if later in ("|", ">", "<", "2>", "&&", ";")]
            yield rest[: min(stops, default=len(rest))]


def accept(arguments: list[str]) -> None:
    """Parse a command line as the program would, running nothing. Raises what the program would complain about."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    try:
        context = root.make_context("toezeggingen", list(arguments))
        with context:
            name, verb, rest = root.resolve_command(context, arguments)
            assert verb is not None
            verb.make_context(name, rest, parent=context)
    except typer.Exit:  # --help and --version say their piece and leave
        pass


# --- pages -----------------------------------------------------------------------------------------------------------


def test_generated_pages_are_up_to_date() -> None:
    assert docs.stale() == [], "run: make docs"


def test_every_key_of_the_record_is_explained_and_no_other() -> None:
    types = record_page.types()
    of_entity = set.intersection(*(set(types[name]["properties"]) for name in ("Deadline", "Citation", "Body")))
    explained = {name: set(keys) for name, keys in record_page.KEYS.items()}
    assert explained.pop("entity") == of_entity - {"label", "value"}
    wanted = {name: set(schema["properties"]) for name, schema in types.items()}
    assert explained == {name: keys for name, keys in wanted.items() if name not in ("Deadline", "Citation", "Body")}


def test_every_formula_stands_in_the_list() -> None:
    listed = re.findall(r'^<a id="(F\d\d)"></a>\n## (F\d\d) ', docs.formulas(), re.MULTILINE)
    known = sorted(rule.name.removeprefix("promise:") for rule in explain.rules() if rule.family == "promise")
    assert [one for one, _ in listed] == [other for _, other in listed] == known


def test_the_pages_that_are_made_by_hand_are_there() -> None:
    assert {"docs/pipeline.md", "docs/glossary.md", *(f"docs/{name}" for name in docs.pages())} <= set(NAMES)


# --- what stands in them ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All blocks of a page, one after the other, in a folder with the examples and a letter.txt."""
    code = [block for language, block in blocks(page) if language == "python"]
    if code:
        shutil.copytree(ROOT / "examples", tmp_path / "examples")
        shutil.copy(min((ROOT / "examples").glob("*.txt")), tmp_path / "letter.txt")
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for block in code:
            exec(compile(block, str(page), "exec"), space)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_are_real(page: Path) -> None:
    for arguments in commands(page):
        accept(arguments)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_what_a_command_is_said_to_print_is_what_it_prints(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text block right behind a block with one command of ours holds lines of its output."""
    monkeypatch.chdir(ROOT)
    both = list(zip(list(blocks(page)), list(blocks(page))[1:], strict=False))
    for (language, block), (next_language, shown) in both:
        if language not in SHELLS or next_language != "text":
            continue
        called = [words for line in block.splitlines() for words in of_ours(line.removeprefix("$ "))]
        if len(called) == 1:
            done = CliRunner(env={"COLUMNS": "120", "NO_COLOR": "1"}).invoke(app, called[0])
            assert done.exit_code == 0, done.output
            printed = {line.strip() for line in done.output.splitlines()}
            assert [line for line in shown.splitlines() if line.strip() and line.strip() not in printed] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_json_blocks_are_json(page: Path) -> None:
    for language, block in blocks(page):
        if language == "json":
            json.loads(block)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_in_the_text_name_real_verbs_and_options(page: Path) -> None:
    helps = {name.partition(" ")[2]: text for name, text in docs_help().items()}
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    for match in INLINE.finditer(text):
        verb, *rest = match[1].split()[1:]
        assert verb.startswith("-") or verb in helps, match[1]
        options = [word.strip("[]") for word in (verb, *rest) if word.strip("[]").startswith("-") and word != "-"]
        shown = helps[verb if verb in helps else ""]
        assert [option for option in options if not re.search(rf"{re.escape(option)}\b", shown)] == [], match[1]


def docs_help() -> dict[str, str]:
    from toezeggingen.cli import help_texts

    return help_texts()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_targets_of_make_exist(page: Path) -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    text = page.read_text(encoding="utf-8")
    marked = "\n".join([*re.findall(r"`([^`\n]+)`", text), *(block for _, block in FENCED.findall(text))])
    assert set(MAKE.findall(marked)) - set(phony.split()) == set()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        other = page.parent / path if path else page
        if not other.exists() or (anchor and anchor not in anchors(other)):
            broken.append(target)
    assert broken == []


def anchors(page: Path) -> set[str]:
    """What a link into a page may name: its headings, as they become anchors, and its own marks."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    headings = (re.sub(r"[^\w\- ]", "", title.lower()) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE))
    return {title.strip().replace(" ", "-") for title in headings} | set(re.findall(r'<a id="([^"]+)">', text))


# --- the tests can fail ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("toezeggingen extract letters/ -o out.jsonl", [["extract", "letters/", "-o", "out.jsonl"]]),
        ("cat a.txt | .venv/bin/toezeggingen extract - > b  # one", [["extract", "-"]]),
        ("cd toezeggingen", []),
        ("make demo", []),
    ],
)
def test_commands_are_recognised(line: str, expected: list[list[str]]) -> None:
    assert list(of_ours(line)) == expected


@pytest.mark.parametrize("arguments", ["extract", "extract a.txt --fast", "extrude a.txt", "table a --sort size"])
def test_command_lines_that_are_not_real_are_refused(arguments: str) -> None:
    with pytest.raises(Exception, match=r"(?i)missing|no such|not one of|invalid"):
        accept(arguments.split())
