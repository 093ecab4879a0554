"""Reading in a process of its own: what takes too much is ended and told, and the rest goes on."""

from __future__ import annotations

import functools
import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest

from drawn import Sheet, pdf
from toezeggingen.batch.guarded import MOST_ENDS, Reader, Unforeseen
from toezeggingen.batch.limits import Limits
from toezeggingen.errors import LetterError
from toezeggingen.letters.read import letters_in
from toezeggingen.letters.source import Options, PassedOver, Source

GOOD = b"De pont vaart."
PROC = Path("/proc/self/stat")

posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
needs_proc = pytest.mark.skipif(not PROC.exists(), reason="no /proc on this system")
limits_memory = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to RLIMIT_AS")


def archive(*files: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            made.writestr(name, content)
    return data.getvalue()


def paper(pages: int) -> bytes:
    lines = [f"De pont vaart op dag {n} van de maand niet, en de sluis {n} blijft dan ook dicht." for n in range(55)]
    return pdf(*(Sheet().lines(70, 80, *lines) for _ in range(pages)))


@functools.cache
def seconds_a_page() -> float:
    pages = 10
    with Reader() as reader:
        list(reader.letters(paper(1), "warm.pdf"))
        began = time.monotonic()
        list(reader.letters(paper(pages), "brief.pdf"))
    return (time.monotonic() - began) / pages


@functools.cache
def lasting(seconds: float) -> bytes:
    """A letter that takes about so long to read on this machine."""
    return paper(int(seconds / seconds_a_page()) + 1)


def long_text(size: int) -> bytes:
    """A letter that does not unpack to more than 500 times its packed size."""
    return b"".join(b"De pont vaart op dag %d niet. " % n for n in range(size // 30))[:size]


def told(reader: Reader, data: bytes, path: str = "a.zip") -> list[str]:
    """Each letter by its path, each error as its line."""
    return [each.path if isinstance(each, Source | PassedOver) else str(each) for each in reader.letters(data, path)]


# --- nothing is lost on the way --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        b"",
        b"\x89PNG",
        paper(2),
        b"%PDF-1.7 that is all",
        archive(("a.txt", GOOD), ("map/b.pdf", paper(1)), ("logo.png", b"\x89PNG"), ("c.doc", b"\xd0\xcf\x11\xe0")),
        archive(),
        archive(("in.zip", archive(("a.txt", GOOD), ("b.txt", b"")))),
    ],
    ids=["text", "nothing", "a picture", "a PDF", "half a PDF", "an archive", "an empty one", "one in another"],
)
def test_what_is_read_is_what_would_be_read_here(data: bytes) -> None:
    with Reader() as reader:
        there = list(reader.letters(data, "brief"))
        again = list(reader.letters(data, "brief"))
    here = [str(each) for each in letters_in(data, "brief")]  # of a letter all its fields
    assert [str(each) for each in there] == [str(each) for each in again] == here != []


def test_plain_text_needs_no_process() -> None:
    with Reader() as reader:
        for data in (GOOD, b"", b"\x89PNG", "De pont".encode("utf-16")):
            list(reader.letters(data, "brief.txt"))
        assert not reader.pid
        list(reader.letters(archive(("a.txt", GOOD)), "a.zip"))
        first = reader.pid
        assert first is not None
        list(reader.letters(archive(("a.txt", GOOD)), "b.zip"))
        assert reader.pid == first


def test_letters_come_as_they_are_read() -> None:
    """The first one before the last one could have been."""
    data = archive(("a.txt", GOOD), ("b.pdf", lasting(1)))
    with Reader() as reader:
        began = time.monotonic()
        letters = reader.letters(data, "a.zip")
        assert isinstance(next(letters), Source)
        first = time.monotonic() - began
        assert isinstance(next(letters), Source)
        assert first < (time.monotonic() - began) / 2


def test_who_wants_no_more_gets_no_more() -> None:
    with Reader() as reader:
        for _ in range(2):
            letters = reader.letters(archive(("a.txt", GOOD), ("b.txt", GOOD)), "a.zip")
            next(letters)
            letters.close()  # type: ignore[attr-defined]
        assert told(reader, archive(("c.txt", GOOD))) == ["a.zip!c.txt"]


def test_the_process_loads_nothing_heavy() -> None:
    code = "import sys, toezeggingen.batch.reader_process; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"spacy", "thinc", "numpy", "pandas", "pydantic", "typer"}.isdisjoint(loaded)


# --- time ------------------------------------------------------------------------------------------------------------


def test_what_takes_too_long_is_ended_and_the_rest_goes_on() -> None:
    data = archive(("a.txt", GOOD), ("b.pdf", lasting(4)), ("c.txt", GOOD), ("map/d.pdf", paper(1)))
    with Reader(limits=Limits(seconds=1)) as reader:
        assert told(reader, data) == [
            "a.zip!a.txt",
            "a.zip!b.pdf: reading took longer than 1 s; split the file, or raise the limit (--max-seconds)",
            "a.zip!c.txt",
            "a.zip!map/d.pdf",
        ]
        assert told(reader, archive(("e.txt", GOOD))) == ["a.zip!e.txt"]


def test_a_file_that_is_always_too_slow_is_left() -> None:
    slow = lasting(4)
    data = archive(*((f"{n}.pdf", slow) for n in range(MOST_ENDS + 2)), ("a.txt", GOOD))
    with Reader(limits=Limits(seconds=0.4)) as reader:
        lines = told(reader, data)
    assert [line.partition(":")[0] for line in lines] == [*(f"a.zip!{n}.pdf" for n in range(MOST_ENDS)), "a.zip"]
    assert f"broke off {MOST_ENDS} times" in lines[-1]


def test_each_letter_has_its_own_time() -> None:
    """Together these take longer than the limit."""
    count = 5
    with Reader(limits=Limits(seconds=1.5)) as reader:
        assert told(reader, archive(*((f"{n}.pdf", lasting(0.4)) for n in range(count)))) == [
            f"a.zip!{n}.pdf" for n in range(count)
        ]


# --- memory ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bare() -> int:
    """Megabytes of address space that the process fills before it reads anything."""
    with Reader() as reader:
        list(reader.letters(archive(("a.txt", GOOD)), "a.zip"))
        lines = Path(f"/proc/{reader.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmPeak:")) // 1000 + 1


@limits_memory
def test_what_takes_too_much_memory_is_told_and_the_rest_goes_on(bare: int) -> None:
    # one ship makes each of the 20 million characters take four bytes
    data = archive(("a.txt", GOOD), ("b.txt", "\U0001f6f3 ".encode() + long_text(20_000_000)), ("c.txt", GOOD))
    with Reader(limits=Limits(memory=bare + 80)) as reader:
        assert told(reader, data) == [
            "a.zip!a.txt",
            f"a.zip!b.txt: reading needs more than {bare + 80} MB of memory; "
            "split the file, or raise the limit (--max-memory)",
            "a.zip!c.txt",
        ]


@limits_memory
def test_a_file_that_does_not_fit_at_all(bare: int) -> None:
    noise = os.urandom(30_000_000)
    with Reader(limits=Limits(memory=bare + 30)) as reader:
        (line,) = told(reader, archive(("b.pdf", b"%PDF-1.7\n" + noise)))
        assert f"needs more than {bare + 30} MB" in line
        assert told(reader, archive(("c.txt", GOOD))) == ["a.zip!c.txt"]


@posix
def test_a_process_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with Reader() as reader:
        for path in ("a.zip", "b.zip"):
            (found,) = reader.letters(archive(("a.txt", GOOD)), path)
            assert isinstance(found, Unforeseen)
            assert found.path == path
            assert "does not start" in found.error
        monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
        (found,) = reader.letters(archive(("a.txt", GOOD)), "c.zip")
        assert isinstance(found, Unforeseen)
        assert str(tmp_path) in found.trace


# --- a process that breaks -------------------------------------------------------------------------------------------


def _when_busy(reader: Reader, do: int, seconds: float = 0.5) -> threading.Thread:
    """Send the process the signal `do` when it has worked for so many seconds: as a fault in a C library would."""

    def watch() -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            time.sleep(0.01)
            pid = reader.pid
            if pid is not None and _worked(pid) > seconds:
                os.kill(pid, do)
                return

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def _worked(pid: int) -> float:
    """Seconds of processor time."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


@posix
@needs_proc
@pytest.mark.parametrize(
    ("do", "found"),
    [
        (signal.SIGSEGV, "reading broke off (SIGSEGV)"),
        (signal.SIGABRT, "reading broke off (SIGABRT)"),
        (signal.SIGKILL, "reading was broken off by the system, perhaps for want of memory"),
    ],
    ids=["segfault", "abort", "killed"],
)
def test_a_process_that_dies_is_told_and_the_rest_goes_on(do: signal.Signals, found: str) -> None:
    data = archive(("b.pdf", lasting(4)), ("c.txt", GOOD))
    with Reader() as reader:
        thread = _when_busy(reader, do)
        first, second = reader.letters(data, "a.zip")
        thread.join()
    assert isinstance(first, LetterError)
    assert (first.path, first.found) == ("a.zip!b.pdf", found)
    assert isinstance(second, Source)


@posix
@needs_proc
def test_a_letter_is_not_blamed_for_those_before_it() -> None:
    """A process that dies over its second letter may have been broken by its first: the second gets a fresh one."""
    with Reader() as reader:
        list(reader.letters(paper(1), "eerst.pdf"))
        worked = _worked(reader.pid or 0)
        thread = _when_busy(reader, signal.SIGSEGV, worked + 0.2)
        (found,) = reader.letters(lasting(1), "dan.pdf")
        thread.join()
    assert isinstance(found, Source)


@posix
def test_a_process_that_died_between_two_files_is_not_missed() -> None:
    with Reader() as reader:
        for _ in range(3):
            assert told(reader, archive(("a.txt", GOOD))) == ["a.zip!a.txt"]
            os.kill(reader.pid or 0, signal.SIGKILL)


@posix
def test_a_process_that_stands_still_is_ended() -> None:
    with Reader(limits=Limits(seconds=0.5)) as reader:
        assert told(reader, archive(("a.txt", GOOD))) == ["a.zip!a.txt"]
        os.kill(reader.pid or 0, signal.SIGSTOP)
        (line,) = told(reader, archive(("a.txt", GOOD)))
        assert "took longer than 0.5 s" in line
        assert told(reader, archive(("a.txt", GOOD))) == ["a.zip!a.txt"]


def test_what_nobody_foresaw_has_its_traceback() -> None:
    """Options that no command line can give: our own code breaks on them."""
    options = Options(max_characters="many")  # type: ignore[arg-type]
    with Reader(options) as reader:
        found = list(reader.letters(archive(("a.txt", GOOD), ("logo.png", b"\x89PNG"), ("b.txt", GOOD)), "a.zip"))
    assert [each.path for each in found] == ["a.zip!a.txt", "a.zip!logo.png", "a.zip!b.txt"]
    for each in (found[0], found[2]):
        assert isinstance(each, Unforeseen)
        assert each.error.startswith("TypeError: ")
        assert each.trace.startswith("Traceback")


# --- no process is left behind ---------------------------------------------------------------------------------------


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def _is_gone(pid: int) -> bool:
    until = time.monotonic() + 30
    while _is_there(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not _is_there(pid)


@posix
@needs_proc
def test_the_process_ends_with_the_reader() -> None:
    with Reader() as reader:
        told(reader, archive(("a.txt", GOOD)))
        pid = reader.pid or 0
        assert _is_there(pid)
    assert not _is_there(pid)


ORPHAN = """
import sys
from pathlib import Path
from toezeggingen.batch.guarded import Reader

reader = Reader()
letters = reader.letters(Path(sys.argv[1]).read_bytes(), "a.zip")
next(letters)
print(reader.pid, flush=True)
next(letters)
"""


@posix
@needs_proc
@pytest.mark.parametrize("is_busy", [True, False], ids=["busy", "idle"])
def test_the_process_ends_when_who_started_it_is_gone(tmp_path: Path, is_busy: bool) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive(("a.txt", GOOD), ("b.pdf", lasting(2) if is_busy else GOOD)))
    with subprocess.Popen([sys.executable, "-c", ORPHAN, path], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        pid = int(started.stdout.readline())
        started.kill()
    assert _is_gone(pid)
