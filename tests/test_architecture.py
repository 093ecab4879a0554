"""The house holds: imports only go down, nothing happens at import, and help costs no spaCy."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import toezeggingen

ROOT = Path(__file__).resolve().parents[1]
VERBS = ("check", "corpus", "demo", "explain", "extract", "schema", "show", "table", "text", "validate")
HEAVY = frozenset({"spacy", "thinc", "numpy", "pandas"})

# In a process of its own: imports every module, prints what they did meanwhile. `control`: does the watch see at all?
IMPORT_EVERYTHING = """
import importlib, json, logging, pkgutil, re, sys
from pathlib import Path

import spacy  # first, so that what it does is not laid at our door
import toezeggingen

package = Path(toezeggingen.__file__).parent
checkout = package.parents[1]
opened, compiled = [], []

def watch_files(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        path = Path(arguments[0])
        if path.is_relative_to(checkout) and path.suffix not in (".py", ".pyc"):
            inside = path.relative_to(checkout)
            if not inside.parts[0].startswith("."):  # the environment
                opened.append(str(inside))

def watch_patterns(compile_pattern):
    def watched(pattern, flags):
        frame = sys._getframe(1)
        while frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        if frame.f_code.co_filename.startswith(str(package)):
            compiled.append(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        return compile_pattern(pattern, flags)
    return watched

sys.addaudithook(watch_files)
re._compile = watch_patterns(re._compile)
handlers = list(logging.getLogger().handlers)
for module in pkgutil.walk_packages([str(package)], "toezeggingen."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

from spacy.tokens.underscore import Underscore

ours = [name for name in logging.root.manager.loggerDict if name.startswith("toezeggingen")]
loggers = [name for name in ours if logging.getLogger(name).handlers]
found = {
    "files": list(opened),
    "patterns": list(compiled),
    "extensions": [*Underscore.doc_extensions, *Underscore.span_extensions, *Underscore.token_extensions],
    "loggers": loggers if logging.getLogger().handlers == handlers else [*loggers, "root"],
}
(package / "py.typed").read_text()
exec(compile("import re; re.search('a{2}', 'aa')", str(package / "control.py"), "exec"))
found["control"] = [len(opened) - len(found["files"]), len(compiled) - len(found["patterns"])]
print(json.dumps(found))
"""

# Prints which heavy modules are loaded after the command line ran with the given arguments.
RUN_AND_LIST = """
import json, sys
from toezeggingen.cli import main

sys.argv = ["toezeggingen", *sys.argv[1:]]
try:
    main()
except SystemExit as stop:
    if stop.code:
        raise
finally:
    print("\\n" + json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def _python(code: str, *arguments: str) -> str:
    """What the code prints, run by a fresh interpreter away from the checkout."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT.anchor,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def at_import() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = json.loads(_python(IMPORT_EVERYTHING).splitlines()[-1])
    return found


def _modules() -> list[str]:
    """Every module and package right under `toezeggingen`."""
    return sorted(module.name for module in pkgutil.iter_modules(toezeggingen.__path__))


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_every_module_has_its_place_in_the_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {name.strip().removeprefix("toezeggingen.") for layer in layers for name in layer.split("|")}
    assert set(_modules()) - {"__main__"} <= placed


@pytest.mark.parametrize("effect", ["files", "patterns", "extensions", "loggers"])
def test_nothing_happens_at_import(at_import: dict[str, list[Any]], effect: str) -> None:
    assert at_import["control"] == [1, 1], "the watch itself sees nothing"
    assert at_import[effect] == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    printed = _python("import toezeggingen, sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))")
    assert HEAVY.isdisjoint(printed.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([verb, "--help"] for verb in VERBS)], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    loaded = json.loads(_python(RUN_AND_LIST, *arguments).splitlines()[-1])
    assert HEAVY.isdisjoint(loaded)


def test_a_letter_is_read_without_what_is_heavy(tmp_path: Path) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text("De pont vaart.", encoding="utf-8")
    loaded = json.loads(_python(RUN_AND_LIST, "text", str(letter)).splitlines()[-1])
    assert HEAVY.isdisjoint(loaded)


def test_help_names_every_verb() -> None:
    printed = _python(RUN_AND_LIST, "--help")
    assert [verb for verb in VERBS if f" {verb} " not in printed] == []
