"""Zip archives: every letter in them, what they may hold besides, and every way in which they can be bad or mean."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import Call, assert_grows
from toezeggingen.errors import LetterError
from toezeggingen.letters.read import MAX_DEPTH, MAX_FILES, MAX_UNPACKED, letters_in, read_bytes
from toezeggingen.letters.readers.archive import RATIO
from toezeggingen.letters.source import Options, PassedOver, Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WORDS = "De pont vaart."
PICTURE = b"\x89PNG\r\n\x1a\n"


def packed(
    files: Mapping[str, Any] | Iterable[tuple[str | zipfile.ZipInfo, str | bytes]],
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, content)
    return data.getvalue()


def told(data: bytes, options: Options = Options()) -> list[tuple[str, str]]:  # noqa: B008 - frozen
    """Each letter with its text, each error with what was found, each file passed over with what it is."""
    found = []
    for each in letters_in(data, "a.zip", options):
        if isinstance(each, Source):
            found.append((each.path, each.text))
        elif isinstance(each, LetterError):
            found.append((each.path, f"! {each.found}"))
        else:
            found.append((each.path, f"- {each.what}"))
    return found


# --- what is in them -------------------------------------------------------------------------------------------------


def test_every_letter_in_the_order_of_the_archive() -> None:
    data = packed({"pad/brief.txt": "Een.", "a.md": "Twee.", "los": "Drie.", "brief nr. 4": "Vier."})
    assert told(data) == [
        ("a.zip!pad/brief.txt", "Een."),
        ("a.zip!a.md", "Twee."),
        ("a.zip!los", "Drie."),
        ("a.zip!brief nr. 4", "Vier."),
    ]
    letter = next(letters_in(data, "a.zip"))
    assert isinstance(letter, Source)
    assert letter.sha256 == read_bytes(b"Een.", "x").sha256


def test_an_archive_in_an_archive() -> None:
    inner = packed({"brief.txt": WORDS})
    assert told(packed({"map/in.zip": inner})) == [("a.zip!map/in.zip!brief.txt", WORDS)]
    assert told(packed({"naamloos.bin": inner})) == [("a.zip!naamloos.bin!brief.txt", WORDS)]


@pytest.mark.parametrize(
    "name",
    [
        *("../brief.txt", "../../etc/brief.txt", "/brief.txt", "C:\\brief.txt", "map\\brief.txt", "a/../brief.txt"),
        *("brief één.txt", "брiф.txt", "a!b.txt", "..\\..\\brief.txt", "a//brief.txt", "~/brief.txt"),
    ],
)
def test_a_name_stands_as_it_is_written(name: str) -> None:
    assert told(packed({name: WORDS})) == [(f"a.zip!{name}", WORDS)]


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in" / "in"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    told(packed({"../brief.txt": WORDS, "brief.txt": WORDS, f"{tmp_path}/abs.txt": WORDS, "map/": ""}))
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["in", "in/in"]


def test_what_cannot_be_shown_of_a_name_is_replaced() -> None:
    data = packed({"a#b.txt": WORDS}).replace(b"a#b.txt", b"a\0b.txt")
    assert told(data) == [("a.zip!a\ufffdb.txt", WORDS)]
    assert told(packed({"a\n\x1b[31m.txt": WORDS})) == [("a.zip!a\ufffd\ufffd[31m.txt", WORDS)]


@pytest.mark.parametrize(
    ("written", "name"), [("één".encode(), "één"), ("één".encode("cp437"), "één"), ("één".encode("cp850"), "één")]
)
def test_names_without_a_mark_for_utf_8(written: bytes, name: str) -> None:
    data = packed({"x" * len(written): WORDS}).replace(b"x" * len(written), written)
    assert told(data) == [(f"a.zip!{name}", WORDS)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_with_one_name() -> None:
    pairs = [("b.txt", "1"), ("b.txt", "2"), ("b (2).txt", "3"), ("b.txt", "4"), ("map/.b.d/c", "5"), ("los", "6")]
    assert told(packed([*pairs, ("los", "7")])) == [
        ("a.zip!b.txt", "1"),
        ("a.zip!b (2).txt", "2"),
        ("a.zip!b (2) (2).txt", "3"),
        ("a.zip!b (3).txt", "4"),
        ("a.zip!los", "6"),
        ("a.zip!los (2)", "7"),
    ]


@pytest.mark.parametrize(
    "name", ["map/", "map\\", "__MACOSX/._brief.txt", ".DS_Store", "map/.brief.txt", "map\\.brief.txt", "Thumbs.db"]
)
def test_folders_and_hidden_files_are_not_mentioned(name: str) -> None:
    assert told(packed({name: "", "brief.txt": WORDS})) == [("a.zip!brief.txt", WORDS)]


def test_links_are_not_mentioned() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert told(packed([(link, "/etc/passwd"), ("brief.txt", WORDS)])) == [("a.zip!brief.txt", WORDS)]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("logo.png", PICTURE, "a picture"),
        ("logo", PICTURE, "a picture"),
        ("cijfers.xlsx", packed({"xl/workbook.xml": "x"}), "a spreadsheet"),
        ("metadata.xml", b'<?xml version="1.0"?><metadata_gegevens/>', "the metadata of a publication"),
        ("stijl.css", b"p { color: red }", ""),
        ("leeg.js", b"", ""),
        ("film.mp4", b"\0\0\0\x18ftyp", ""),
        ("groot.mp4", b"\1" * 3000, ""),  # larger than what may be read
    ],
)
def test_what_is_no_letter_is_passed_over(name: str, content: bytes, what: str) -> None:
    data = packed({name: content, "brief.txt": WORDS})
    assert told(data, Options(max_bytes=2000)) == [(f"a.zip!{name}", f"- {what}"), ("a.zip!brief.txt", WORDS)]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("oud.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old Word document (.doc) or Outlook mail (.msg)"),
        ("brief.txt", PICTURE, "this is a picture"),
        ("brief.txt", b"", "this file is empty"),
        ("brief.tar.gz", b"\x1f\x8b\x08", "this is a compressed file"),
    ],
)
def test_what_may_well_be_a_letter_is_an_error(name: str, content: bytes, found: str) -> None:
    data = packed({name: content, "goed.txt": WORDS})
    assert told(data) == [(f"a.zip!{name}", f"! {found}"), ("a.zip!goed.txt", WORDS)]


# --- bad ones --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (packed({}), "this holds no files"),
        (packed({"map/": ""}), "this holds no files"),
        (packed({"logo.png": PICTURE}), "this holds no letters"),
        (packed({"brief.txt": WORDS})[:-4], "this zip archive is damaged or not complete"),
        (packed({"brief.txt": WORDS})[:40], "this zip archive is damaged or not complete"),
        (b"PK\x03\x04", "this zip archive is damaged or not complete"),
    ],
    ids=["nothing", "a folder", "no letters", "no end", "half", "a mark"],
)
def test_an_archive_of_which_nothing_comes(data: bytes, found: str) -> None:
    assert told(data)[-1] == ("a.zip", f"! {found}")
    with pytest.raises(LetterError, match=found):
        read_bytes(data, "a.zip")


def test_an_archive_without_letters_inside_another_is_no_error() -> None:
    inner = packed({"logo.png": PICTURE})
    assert told(packed({"fotos.zip": inner, "brief.txt": WORDS})) == [
        ("a.zip!fotos.zip!logo.png", "- a picture"),
        ("a.zip!brief.txt", WORDS),
    ]


def _flags(data: bytes, flags: int) -> bytes:
    """The archive with these flags on its first file, in both places where they stand."""
    directory = data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[6:8] = changed[directory + 8 : directory + 10] = struct.pack("<H", flags)
    return bytes(changed)


def _method(data: bytes, method: int) -> bytes:
    directory = data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[8:10] = changed[directory + 10 : directory + 12] = struct.pack("<H", method)
    return bytes(changed)


TWO = {"slecht.txt": WORDS * 9, "goed.txt": "De sluis niet."}
STORED = packed(TWO, zipfile.ZIP_STORED)
DAMAGED = "this is damaged: it cannot be unpacked whole"
BAD = [
    ("encrypted", _flags(STORED, 1), "this is encrypted"),
    ("changed", STORED.replace(b"pont", b"boot", 1), DAMAGED),
    ("another method", _method(STORED, 9), "this is packed in a way that cannot be read here (method 9)"),
    ("no method", _method(STORED, 77), "this is packed in a way that cannot be read here (method 77)"),
    ("not so packed", _method(STORED, 8), DAMAGED),
    ("not so packed at all", _method(STORED, 14), DAMAGED),
]


@pytest.mark.parametrize(("data", "found"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_file_is_an_error_and_the_others_go_on(data: bytes, found: str) -> None:
    assert told(data) == [("a.zip!slecht.txt", f"! {found}"), ("a.zip!goed.txt", "De sluis niet.")]


def test_a_name_that_the_archive_gives_twice_differently() -> None:
    assert told(STORED.replace(b"slecht.txt", b"anders.txt", 1))[0] == ("a.zip!slecht.txt", f"! {DAMAGED}")


# --- mean ones -------------------------------------------------------------------------------------------------------


def _said_size(data: bytes, size: int) -> bytes:
    """The archive with another size of its first file, unpacked, in its directory."""
    directory = data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[directory + 24 : directory + 28] = struct.pack("<I", size)
    return bytes(changed)


def test_a_file_that_says_it_is_too_large_is_not_unpacked() -> None:
    data = _said_size(STORED, 3_000_000_000)
    assert told(data)[0] == ("a.zip!slecht.txt", "! this unpacks to more than a letter can be (over 50,000,000 bytes)")
    assert told(data)[1] == ("a.zip!goed.txt", "De sluis niet.")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_lies_about_its_size_is_not_unpacked_further(method: int) -> None:
    data = packed({"brief.txt": b" " * 100_000}, method)
    assert (
        told(data, Options(max_bytes=99_999))[0][1] == "! this unpacks to more than a letter can be (over 99,999 bytes)"
    )
    assert told(_said_size(data, 50), Options(max_bytes=99_999))[0][1] == f"! {DAMAGED}"


def test_what_unpacks_to_hundreds_of_times_its_size_is_refused() -> None:
    data = packed({"bom.txt": b"a" * 20_000_000, "goed.txt": WORDS})
    found = f"! this unpacks to more than {RATIO} times its packed size, as no letter does"
    assert told(data) == [("a.zip!bom.txt", found), ("a.zip!goed.txt", WORDS)]


def test_all_files_together_may_not_be_too_large() -> None:
    text = b"De pont vaart in mei. " * 4000
    data = packed([(f"{n}.txt", text) for n in range(2 * MAX_UNPACKED)])
    found = told(data, Options(max_bytes=100_000))
    assert [given for _, given in found[:-1]] == [text.decode()] * (MAX_UNPACKED * 100_000 // len(text))
    assert found[-1] == ("a.zip", f"! this unpacks to more than {MAX_UNPACKED * 100_000:,} bytes")


def test_all_archives_together_may_not_hold_too_many_files() -> None:
    inner = packed([(f"{n}.txt", WORDS) for n in range(MAX_FILES // 2)])
    found = told(packed({"1.zip": inner, "2.zip": inner, "3.zip": inner}))
    assert sum(text == WORDS for _, text in found) < MAX_FILES
    assert found[-1] == ("a.zip!2.zip", f"! this holds more than {MAX_FILES:,} files")


def test_archives_in_archives_have_an_end() -> None:
    data = packed({"brief.txt": WORDS})
    for _ in range(MAX_DEPTH - 1):
        data = packed({"in.zip": data})
    assert told(data)[0][1] == WORDS
    ((path, found),) = told(packed({"in.zip": data}))
    assert path == "a.zip" + "!in.zip" * MAX_DEPTH
    assert found == f"! archives inside archives, more than {MAX_DEPTH} deep"


def test_files_that_share_their_bytes_count_each_time() -> None:
    """The bomb that needs no archive in it: a thousand files of the directory are one and the same place."""
    text = b"De pont vaart op woensdag. " * 30_000
    data = packed({"0.txt": text})
    at = data.index(b"PK\x01\x02")
    entry = data[at : data.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, 1000 * len(entry), at, 0)
    options = Options(max_bytes=1_000_000)
    found = told(data[:at] + entry * 1000 + end, options)
    assert found[-1] == ("a.zip", "! this unpacks to more than 10,000,000 bytes")
    assert len(found) < 20


def test_a_long_directory_is_not_opened() -> None:
    data = packed({"0.txt": WORDS})
    at = data.index(b"PK\x01\x02")
    entry = data[at : data.index(b"PK\x05\x06")]
    ((_, found),) = told(data[:at] + entry * 200_000 + data[-22:])
    assert found == "! this zip archive holds more files than anybody wrote letters"


def test_an_archive_of_the_large_form() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, archive.open("brief.txt", "w", force_zip64=True) as file:
        file.write(WORDS.encode())
    assert told(data.getvalue()) == [("a.zip!brief.txt", WORDS)]


@given(st.data())
def test_a_changed_archive_gives_letters_and_errors_and_nothing_else(data: st.DataObject) -> None:
    files = {"brief.txt": WORDS, "map/brief.md": WORDS * 50, "in.zip": packed({"x.txt": WORDS}), "logo.png": PICTURE}
    changed = bytearray(packed(files))
    for at, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(changed) - 1), st.integers(0, 255)), min_size=1, max_size=6)
    ):
        changed[at] = value
    cut = data.draw(st.integers(4, len(changed)))
    if not changed.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return
    for each in letters_in(bytes(changed[:cut]), "a.zip", Options(max_bytes=100_000)):
        assert isinstance(each, Source | LetterError | PassedOver)
        assert each.path.startswith("a.zip")


def test_the_time_grows_with_the_number_of_files() -> None:
    def prepare(count: int) -> Call:
        data = packed([("brief.txt" if n % 2 else f"{n}.txt", WORDS) for n in range(count)])
        return lambda: list(letters_in(data, "a.zip"))

    with pytest.warns(UserWarning, match="Duplicate name"):
        assert_grows(prepare, 250, 1900)
