"""What a user installs: the built wheel, in an empty environment, away from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = {"src/toezeggingen": "toezeggingen", "pipelines": "toezeggingen/pipelines", "models": "toezeggingen/models"}

# One worker builds and installs it, once.
pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


def _run(*command: str | Path, cwd: Path) -> str:
    """What the command prints, without the settings that would lead it back to this environment."""
    settings = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }
    done = subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment that holds the pinned runtime dependencies and the wheel, and nothing else."""
    found = shutil.which("uv", path=f"{ROOT / '.tools' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert found is not None, "no uv in .tools or on the path: run the tests by `make test`"
    uv = Path(found)
    home = tmp_path_factory.mktemp("home")
    environment = home / "env"
    into = ("pip", "install", "--quiet", "--no-deps", "--python", environment)
    _run(uv, "venv", "--quiet", "--python", sys.executable, environment, cwd=home)
    _run(uv, *into, "--require-hashes", "--requirement", ROOT / "requirements" / "runtime.txt", cwd=home)
    _run(uv, *into, wheel, cwd=home)
    _run(uv, "pip", "check", "--quiet", "--python", environment, cwd=home)
    return environment / "bin"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A copy of one of the project's own letters."""
    original = ROOT / "examples" / "voortgangsrapportage-szw-2017.txt"
    return Path(shutil.copy(original, tmp_path))


def test_wheel_holds_all_that_is_shipped_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        f"{target}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, target in SHIPPED.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == expected


@pytest.mark.parametrize(
    "pattern",
    ["toezeggingen/lexicons/*.jsonl", "toezeggingen/pipelines/*.cfg", "toezeggingen/models/*", "toezeggingen/py.typed"],
)
def test_wheel_holds(wheel: Path, pattern: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(Path(name).match(pattern) for name in archive.namelist())


def test_wheel_carries_licence_and_description(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        licence = next(name for name in archive.namelist() if name.endswith("/licenses/LICENSE"))
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("/METADATA"))).decode()
        assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()
    assert "\nLicense-Expression: EUPL-1.2\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\n\n# " in metadata, "the README is not in it"


def test_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    printed = _run(installed / "python", "-c", "import toezeggingen; print(toezeggingen.__file__)", cwd=tmp_path)
    assert Path(printed.strip()).is_relative_to(installed.parent)


def test_installed_command_tells_its_version(installed: Path, wheel: Path, tmp_path: Path) -> None:
    version = wheel.name.split("-")[1]
    assert version in _run(installed / "toezeggingen", "--version", cwd=tmp_path)


def test_installed_command_extracts_what_the_checkout_extracts(installed: Path, letter: Path) -> None:
    arguments = ("extract", letter.name, "-o")
    _run(installed / "toezeggingen", *arguments, "wheel.jsonl", cwd=letter.parent)
    _run(Path(sys.executable).parent / "toezeggingen", *arguments, "checkout.jsonl", cwd=letter.parent)

    (line,) = (letter.parent / "wheel.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert record["schema"] == "toezeggingen.letter/1"
    assert record["text"] == letter.read_bytes().decode("utf-8")
    assert record["commitments"]
    assert (letter.parent / "checkout.jsonl").read_text(encoding="utf-8").splitlines() == [line]


def test_installed_factories_are_known_to_spacy(installed: Path, tmp_path: Path) -> None:
    code = """
        import spacy, toezeggingen
        nlp = toezeggingen.load()
        assert isinstance(nlp, spacy.language.Language), nlp
        for name in ("sentences", "citations", "deadlines", "bodies", "promises"):
            assert spacy.blank("nl").has_factory("toezeggingen_" + name), name
        nlp.to_disk("saved")
        print(*spacy.load("saved").pipe_names)
    """
    printed = _run(installed / "python", "-c", f"if True:{code}", cwd=tmp_path)
    assert "promises" in printed
