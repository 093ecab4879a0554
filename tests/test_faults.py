"""What goes wrong around a run: bad files, full disks, closed pipes, interruptions. The real program runs."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import toezeggingen
from drawn import Sheet, pdf
from growth import Call, assert_grows, filled
from toezeggingen.letters.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

PROGRAM = Path(sys.executable).parent / "toezeggingen"
HEAD = "Den Haag, 6 maart 2026\n\nGeachte voorzitter,\n\n"
PROMISE = "Ik informeer uw Kamer voor 1 juli 2026 over de sluis bij Rijnstad. "
FULL = Path("/dev/full")

needs_full_device = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")
posix = pytest.mark.skipif(os.name != "posix", reason="limits and signals of POSIX")


def call(
    *arguments: str | Path, cwd: Path, stdout: Any = subprocess.PIPE, preexec_fn: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        [PROGRAM, *arguments],
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=300,
        check=False,
        preexec_fn=preexec_fn,
    )


def letter(path: Path, body: str = PROMISE) -> Path:
    path.write_text(f"{HEAD}{body}\n", encoding="utf-8")
    return path


# --- letters that cannot be read -------------------------------------------------------------------------------------

# Name to what makes it; each must end as one line that says this.
BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing.txt": (lambda path: None, "no such file"),
    "empty.txt": (lambda path: path.touch(), "empty"),
    "blank.txt": (lambda path: path.write_text(" \n\f\n"), "white space"),
    "picture.txt": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500)), "picture"),
    "binary.txt": (lambda path: path.write_bytes(bytes(range(1, 128)) * 50), "not text"),
    "nul.txt": (lambda path: path.write_bytes(f"{HEAD}{PROMISE}\0\n".encode()), "NUL"),
    "huge.txt": (lambda path: _sparse(path, 200 * 1024**2), "larger than a letter"),
    "folder.txt": (lambda path: path.mkdir(), "no letters in this folder"),
    "pipe.txt": (lambda path: os.mkfifo(path), "not a regular file"),
    "no*match.txt": (lambda path: None, "no file matches"),
    "secret.txt": (lambda path: letter(path).chmod(0), "may not be read"),
}
DAC_OVERRIDE, DAC_READ_SEARCH, DROP_FROM_BOUNDING_SET = 1, 2, 24  # linux/capability.h, linux/prctl.h


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One run over every bad letter, with good ones before, between and after them."""
    folder = tmp_path_factory.mktemp("mixed")
    names = [str(letter(folder / "first.txt").name)]
    for number, (name, (make, _)) in enumerate(BAD.items()):
        make(folder / name)
        names += [name, letter(folder / f"good{number}.txt", f"{PROMISE}Nummer {number}.").name]
    return call("extract", *names, cwd=folder, preexec_fn=_obey_permissions)


def _obey_permissions() -> None:
    """Root too may then read only what its permissions say."""
    if os.geteuid() == 0:
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            # refused where root is already held to permissions
            ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)


def test_good_letters_go_on_between_bad_ones(mixed: subprocess.CompletedProcess[str]) -> None:
    found = [json.loads(line) for line in mixed.stdout.rstrip().split("\n")]
    paths = [record["source"]["path"] for record in found]
    assert paths[0] == "first.txt"
    assert paths[1:] == sorted(paths[1:], key=lambda path: int("".join(filter(str.isdigit, path))))
    assert len(paths) == len(BAD) + 1
    assert all(record["commitments"] for record in found)
    assert mixed.returncode == 1


@pytest.mark.parametrize("name", BAD)
def test_a_bad_letter_is_one_line_that_names_it(mixed: subprocess.CompletedProcess[str], name: str) -> None:
    (line,) = (line for line in mixed.stderr.splitlines() if line.startswith(f"{name}: "))
    assert BAD[name][1] in line
    assert "; " in line, "it does not say what to do"
    assert len(line) < 200


def test_nothing_but_those_lines_is_said(mixed: subprocess.CompletedProcess[str]) -> None:
    lines = mixed.stderr.splitlines()
    assert len(lines) == len(BAD)
    assert "Traceback" not in mixed.stderr


# --- letters that are odd --------------------------------------------------------------------------------------------

ODD: dict[str, bytes] = {
    "windows.txt": f"{HEAD}{PROMISE}Het café aan de “dijk” kost € 5.\n".encode("cp1252"),
    "line.txt": (HEAD + "De sluis bij Rijnstad is in 1932 gebouwd en 120 meter lang. " * 18_000 + PROMISE).encode(),
    "brackets.txt": f"{HEAD}{PROMISE}{'(' * 100_000}{')' * 100_000}\n".encode(),
    "marks.txt": "\ufeff".encode() + f"{HEAD}{PROMISE}\x02\x1f\x85\u2028\u202e\n".replace("\n", "\r\n").encode(),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("odd")
    for name, content in ODD.items():
        (folder / name).write_bytes(content)
    done = call("extract", ".", "-o", "out.jsonl", cwd=folder)
    found = map(json.loads, (folder / "out.jsonl").read_bytes().splitlines())
    return done, {record["source"]["path"]: record for record in found}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_letter_gives_a_record(odd: tuple[subprocess.CompletedProcess[str], dict[str, Any]], name: str) -> None:
    done, found = odd
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    record = found[name]
    encoding = "cp1252" if name == "windows.txt" else "utf-8"
    assert record["text"] == ODD[name].decode(encoding)
    assert any("1 juli 2026" in commitment["text"] for commitment in record["commitments"])


def test_windows_1252_is_read_with_a_warning(odd: tuple[subprocess.CompletedProcess[str], dict[str, Any]]) -> None:
    codes = {name: [warned["code"] for warned in record["warnings"]] for name, record in odd[1].items()}
    assert "encoding" in codes["windows.txt"]
    assert "encoding" not in codes["line.txt"]


# --- places that cannot be written -----------------------------------------------------------------------------------


@needs_full_device
@pytest.mark.parametrize(
    "arguments", [("extract", "a.txt", "b.txt"), ("show", "a.txt"), ("schema",), ("explain",)], ids=" ".join
)
def test_a_full_disk_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    letter(tmp_path / "a.txt")
    letter(tmp_path / "b.txt")
    with FULL.open("w") as full:
        done = call(*arguments, cwd=tmp_path, stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith("standard output: cannot be written (")
    assert done.stderr.count("\n") == 1


def _small_files() -> None:
    """As on a disk that is nearly full: the first record fits, the second does not."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))


@posix
def test_a_disk_that_fills_up_leaves_no_half_file(tmp_path: Path) -> None:
    letters = [letter(tmp_path / "a.txt"), letter(tmp_path / "b.txt", PROMISE * 40)]
    done = call("extract", *letters, "-o", "out.jsonl", cwd=tmp_path, preexec_fn=_small_files)
    assert done.returncode == 1
    assert done.stderr.startswith("out.jsonl: cannot be written (")
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]

    (tmp_path / "out.jsonl").write_text("old\n", encoding="utf-8")
    call("extract", *letters, "-o", "out.jsonl", cwd=tmp_path, preexec_fn=_small_files)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old\n"


@posix
def test_a_disk_that_fills_up_leaves_no_half_line(tmp_path: Path) -> None:
    letters = [letter(tmp_path / "a.txt"), letter(tmp_path / "b.txt", PROMISE * 40)]
    with (tmp_path / "out.jsonl").open("wb") as out:
        done = call("extract", *letters, cwd=tmp_path, stdout=out, preexec_fn=_small_files)
    assert done.returncode == 1
    (line,) = (tmp_path / "out.jsonl").read_bytes().splitlines(keepends=True)
    assert line.endswith(b"}\n")
    assert json.loads(line)["source"]["path"] == str(letters[0])


@posix
@pytest.mark.parametrize("arguments", [("extract", "."), ("show", "a.txt")], ids=" ".join)
def test_a_closed_pipe_ends_quietly(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    for name in "abc":
        letter(tmp_path / f"{name}.txt", PROMISE * 2000)  # more than a pipe holds
    with subprocess.Popen(
        [PROGRAM, *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=120) == 1


@posix
def test_a_closed_standard_output_is_named(tmp_path: Path) -> None:
    letter(tmp_path / "a.txt")
    done = call("extract", "a.txt", cwd=tmp_path, stdout=None, preexec_fn=_close_stdout)
    assert done.returncode == 1
    assert done.stderr == "standard output: is closed; write to a file with -o\n"


def _close_stdout() -> None:
    os.close(1)


def test_an_installed_package_says_where_the_examples_are(tmp_path: Path) -> None:
    """As in a wheel: the package alone, without the corpus beside it."""
    package = tmp_path / "site" / "toezeggingen"
    shutil.copytree(Path(toezeggingen.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", "from toezeggingen.cli import main; main()", "demo"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(package.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "they come with the source" in done.stderr
    assert not (tmp_path / "demo.jsonl").exists()


# --- interruptions ---------------------------------------------------------------------------------------------------


@posix
def test_an_interruption_is_one_line_and_leaves_no_file(tmp_path: Path) -> None:
    """The letter from standard input never ends: whoever waits for it presses Ctrl-C."""
    letter(tmp_path / "a.txt")
    arguments = ["extract", "a.txt", "-"]
    with subprocess.Popen(
        [PROGRAM, *arguments],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # what a shell starts in the background ignores Ctrl-C, and so would all that it starts in turn
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        json.loads(running.stdout.readline())
        running.send_signal(signal.SIGINT)
        try:
            assert running.wait(timeout=120) == 130
        finally:
            running.kill()
        assert running.stderr.read() == b"toezeggingen: interrupted\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@posix
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc on this system")
def test_an_interruption_while_a_letter_is_read_leaves_no_process(tmp_path: Path) -> None:
    """As the terminal does it: Ctrl-C goes to all that the command started."""
    lines = [f"De pont vaart op dag {n} van de maand niet." for n in range(50)]
    (tmp_path / "long.pdf").write_bytes(pdf(*(Sheet().lines(70, 80, *lines) for _ in range(300))))
    with subprocess.Popen(
        [PROGRAM, "text", "long.pdf"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        try:
            assert _comes(lambda: bool(children.read_text()))
            reader = int(children.read_text())
            time.sleep(0.5)
            os.killpg(running.pid, signal.SIGINT)
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert (running.returncode, out, err) == (130, b"", b"toezeggingen: interrupted\n")
    assert _comes(lambda: not Path(f"/proc/{reader}").exists())


def _comes(is_so: Callable[[], bool]) -> bool:
    """Whether it is so within half a minute."""
    until = time.monotonic() + 30
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
    return is_so()


# --- growth ----------------------------------------------------------------------------------------------------------

HOSTILE = {
    "one line": "De sluis bij Rijnstad is in 1932 gebouwd en 120 meter lang. ",
    "promises": PROMISE,
    "one word": "a",
    "digits": "12 ",
    "brackets": "([",
    "numbers": "nr. ",
    "capitals": "Raad Voor De ",
    "citations": "Kamerstuk 36 123, nr. 4, ",
    "hyphens": "-\n",
}


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_of_the_whole_trip_grows_with_the_text(nlp: Language, piece: str) -> None:
    from toezeggingen.pipeline import record_of

    def prepare(size: int) -> Call:
        text = HEAD + filled(HOSTILE[piece], size)
        source = read_bytes(text.encode("utf-8"), "letter.txt")
        return lambda: record_of(source, nlp=nlp)

    assert_grows(prepare, 100_000, 400_000)
