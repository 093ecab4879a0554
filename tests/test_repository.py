"""What every file of the repository keeps to, whoever wrote it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import srsly
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "toezeggingen"
MEGABYTE = 1_000_000
MODULE_LINES = 330

# Modules past the length, with the lines they may have. It only goes down: a shorter module is written off here too.
LONGER_MODULES: dict[str, int] = {"records.py": 363}  # the contract stands in one place

# Sites that a text may name: identifiers and publications of the state, and vocabularies. Nothing is fetched from them.
NAMED_SITES = (
    *("overheid.nl", "officielebekendmakingen.nl", "tweedekamer.nl", "eerstekamer.nl", "rijksoverheid.nl"),
    *(
        "w3.org",
        "json-schema.org",
        "schema.org",
        "purl.org",
        "purl.oclc.org",
        "openxmlformats.org",
        "example.org",
        "example.com",
    ),
)
# In parts, so that this file names none of them.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        *(("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("crates", "io")),
        *(("anaconda", "org"), ("huggingface", "co"), ("pytorch", "org")),
    )
)
INDEX_OPTIONS = tuple("-".join(parts) for parts in (("index", "url"), ("find", "links"), ("trusted", "host")))
LOCK_FILES = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"}
ARCHIVE = re.compile(r"\.(whl|tar|tgz|gz|zip|bz2|xz|7z|exe|msi|deb|rpm|dmg|jar|bin|safetensors)$")
MACHINE_PATH = re.compile(
    r"(?<![\w./~$<>}-])/(?:home|root|work|tmp|mnt|media|Users|private|var/folders)/[\w.]|\b[A-Z]:\\\\?Users\b"
)
ADDRESS = re.compile(r"https?://([\w.-]+)([^\s\"'<>)\]}]*)")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks or would track. Outside a checkout there is nothing to ask."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    files = tuple(ROOT / name for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file())
    assert ROOT / "pyproject.toml" in files
    return files


@cache
def texts() -> dict[str, str]:
    """The tracked text files, by their path in the repository."""
    found = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found[str(path.relative_to(ROOT))] = content.decode("utf-8", errors="replace")
    return found


def _places(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {match.group()}" for name, text in texts().items() for match in pattern.finditer(text)]


def test_no_file_names_a_registry_or_an_index() -> None:
    words = (*REGISTRIES, *INDEX_OPTIONS)
    assert _places(re.compile("|".join(map(re.escape, words)), re.IGNORECASE)) == []


def test_addresses_are_of_known_sites_and_never_a_download() -> None:
    strange = [
        f"{name}: {match.group()}"
        for name, text in texts().items()
        for match in ADDRESS.finditer(text)
        if not match[1].lower().endswith(NAMED_SITES) or ARCHIVE.search(match[2].rstrip(".,;").lower())
    ]
    assert strange == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert _places(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see " + "/ho" + "me/someone/letters", True),
        ('open("' + "/tm" + 'p/out.jsonl")', True),
        ("https://example.org/" + "work/page", False),
        ("../wo" + "rk/main", False),
    ],
)
def test_paths_of_one_machine_are_recognised(line: str, found: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) is found


def test_no_lock_file() -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.name in LOCK_FILES] == []


def test_only_models_and_corpus_are_large() -> None:
    large = [path.relative_to(ROOT) for path in tracked() if path.stat().st_size > MEGABYTE]
    assert [str(path) for path in large if path.parts[0] not in ("models", "corpus")] == []


def test_text_files_are_utf8_with_unix_line_ends() -> None:
    """Letters excepted: they may be what letters are."""
    outside = {
        name: text for name, text in texts().items() if not name.startswith(("corpus/", "examples/", "tests/letters/"))
    }
    assert [name for name, text in outside.items() if "\ufffd" in text or "\r" in text] == []
    assert [name for name, text in outside.items() if text and not text.endswith("\n")] == []


def _sources() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    assert found
    return found


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in _sources() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_modules_stay_short() -> None:
    lines = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8").count("\n") for path in _sources()}
    too_long = {name: count for name, count in lines.items() if count > LONGER_MODULES.get(name, MODULE_LINES)}
    assert too_long == {}, f"past {MODULE_LINES} lines a module does a second thing: give that a room of its own"
    assert {name for name, allowed in LONGER_MODULES.items() if lines.get(name, 0) < allowed} == set()


def test_no_attic() -> None:
    attics = {"utils", "util", "helpers", "common", "core", "base", "misc", "scripts"}
    assert [str(path.relative_to(PACKAGE)) for path in _sources() if attics & {path.stem, path.parent.name}] == []


@cache
def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def _pins(name: str) -> dict[str, list[Requirement]]:
    """The pinned requirements of a file by distribution; more than one where a marker chooses."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins: dict[str, list[Requirement]] = {}
    for entry in text.replace("\\\n", " ").splitlines():
        line, *hashes = entry.split("--hash=")
        pin = Requirement(line.strip())
        assert [one.operator for one in pin.specifier] == ["=="], line
        assert hashes, f"{line}: no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest.strip()) for digest in hashes), line
        assert pin.url is None, line
        pins.setdefault(pin.name.lower(), []).append(pin)
    return pins


@pytest.mark.parametrize("name", ["dev", "peers", "runtime", "tools"])
def test_requirements_are_pinned_with_hashes(name: str) -> None:
    assert _pins(name)


def test_requirements_satisfy_the_project() -> None:
    groups = _project()["dependency-groups"]
    needed = {
        "runtime": _project()["project"]["dependencies"] + groups["build"],
        "dev": _project()["project"]["optional-dependencies"]["dev"],
        "peers": groups["peers"],
        "tools": groups["tools"],
    }
    for name, lines in needed.items():
        for wanted in map(Requirement, lines):
            pins = _pins(name).get(wanted.name.lower(), [])
            assert pins, f"{wanted} is not in requirements/{name}.txt: make requirements"
            for pin in pins:
                assert wanted.specifier.contains(str(pin.specifier).removeprefix("==")), f"{pin}: make requirements"


@pytest.mark.parametrize("name", ["dev", "peers"])
def test_requirements_agree_on_versions(name: str) -> None:
    other = _pins(name)
    differing = [
        pin
        for pin, lines in _pins("runtime").items()
        if {one.specifier for one in lines} - {one.specifier for one in other.get(pin, [])}
    ]
    assert differing == []


def test_the_version_is_the_same_everywhere() -> None:
    version = _project()["project"]["version"]
    released = re.findall(r"^## \[(\d[^\]]*)\]", texts()["CHANGELOG.md"], re.MULTILINE)
    assert released[0] == version
    assert srsly.yaml_loads(texts()["publiccode.yml"])["softwareVersion"] == version


def test_publiccode_is_as_the_standard_wants_it() -> None:
    """The mandatory keys of version 0.4 and the limits it sets on them."""
    described = srsly.yaml_loads(texts()["publiccode.yml"])
    assert described["publiccodeYmlVersion"] == "0.4"
    for key in ("name", "url", "platforms", "categories", "developmentStatus", "softwareType", "localisation"):
        assert described[key], key
    assert described["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert described["legal"]["license"] == _project()["project"]["license"] == "EUPL-1.2"
    for language, description in described["description"].items():
        assert len(description["shortDescription"]) <= 150, language
        assert 150 <= len(description["longDescription"]) <= 10_000, language
        assert description["features"], language
    maintenance = described["maintenance"]
    assert maintenance["type"] in {"internal", "contract", "community", "none"}
    assert ("contacts" in maintenance) == (maintenance["type"] in {"internal", "community"})
    assert set(described["localisation"]) == {"localisationReady", "availableLanguages"}


def test_the_licence_is_whole() -> None:
    text = texts()["LICENSE"]
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    articles = [int(number) for number in re.findall(r"^(\d+)\.(?=[A-Z])", text, re.MULTILINE)]
    assert articles == list(range(1, 16))
    assert "production of a new EUPL version." in text.splitlines()[-1]


def test_every_target_of_the_makefile_is_explained_and_runs_what_exists() -> None:
    makefile = texts()["Makefile"]
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z]+):.*?## \w", makefile, re.MULTILINE)
    assert sorted(explained) == sorted(phony.split())
    run = re.findall(r"-m toezeggingen\.([\w.]+)", makefile)
    assert run
    assert [name for name in run if not (PACKAGE / f"{name.replace('.', '/')}.py").is_file()] == []


def test_ci_runs_the_tests_by_the_makefile() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert "make test" in lines
