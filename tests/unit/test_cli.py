"""The command line: what it finds, prints and answers. Broken files have tests of their own (test_faults.py)."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from typer.testing import CliRunner, Result

from toezeggingen import cli, explain, records
from toezeggingen.batch import lines
from toezeggingen.batch.guarded import Unforeseen
from toezeggingen.batch.inputs import Inputs, find
from toezeggingen.batch.limits import Limits
from toezeggingen.batch.outcomes import Done, Failed, Noticed, broken, failed, one_line
from toezeggingen.batch.run import run
from toezeggingen.errors import LetterError, OptionError
from toezeggingen.letters.formats import SUFFIXES
from toezeggingen.letters.source import Options

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

VERBS = {
    *("extract", "show", "text", "demo", "table", "explain", "schema", "validate"),
    *("check", "corpus", "corpus add"),
}


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], env={"COLUMNS": "120"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with letters and other files in it."""
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/d.pdf", "sub/.hidden.txt", ".git/e.txt", "f.json"):
        path = tmp_path / "letters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Brief {name}.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def out(folder: Path, record: records.Record) -> Path:
    path = folder / "out.jsonl"
    path.write_text(f"{records.to_line(record)}\n\n", encoding="utf-8")
    return path


# --- help ------------------------------------------------------------------------------------------------------------


def test_every_verb_has_a_help_that_ends_in_an_example() -> None:
    texts = cli.help_texts()
    assert set(texts) == {"toezeggingen"} | {f"toezeggingen {verb}" for verb in VERBS}
    for name, text in texts.items():
        assert text.startswith(f"Usage: {name} ")
        _, _, examples = text.partition("\n  Example:\n")
        assert examples.strip(), name
        assert all("toezeggingen " in line for line in examples.strip().splitlines()), name
        assert max(map(len, text.splitlines())) <= cli.HELP_WIDTH, name


def test_help_texts_are_what_help_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = cli.help_texts()
    monkeypatch.setenv("COLUMNS", "40")
    assert cli.help_texts() == texts
    monkeypatch.setenv("COLUMNS", "102")
    for name, text in texts.items():
        words = name.split()[1:]
        result = CliRunner().invoke(cli.app, [*words, "--help"], prog_name="toezeggingen", terminal_width=100)
        assert result.stdout.strip() == text.strip()


def test_version() -> None:
    result = call("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("toezeggingen 0")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract"],
        ["fetch"],
        ["extract", "a.txt", "--letter-date", "2024-13-01"],
        ["extract", "a.txt", "--letter-date", "31-05-2024"],
        ["extract", "a.txt", "--max-bytes", "0"],
        ["table", "out.jsonl", "--sort", "size"],
        ["explain", "no-such-rule"],
        ["extract", "a.txt", "-o", "./a.txt"],
        ["extract", "a.txt", "--errors", "a.txt"],
        ["extract", "a.txt", "-o", "x", "--errors", "./x"],
        ["extract", "a.txt", "--errors", "-"],
        ["extract", "a.txt", "--max-seconds", "0"],
        ["extract", "a.txt", "--max-memory", "10"],
        ["text"],
        ["extract", "a.txt", "--calendar", "missing.jsonl"],
    ],
    ids=" ".join,
)
def test_a_command_that_is_not_understood_ends_in_2(folder: Path, arguments: list[str]) -> None:
    (folder / "a.txt").write_text("Brief.\n", encoding="utf-8")
    result = call(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert (folder / "a.txt").read_text(encoding="utf-8") == "Brief.\n"


# --- which letters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (["letters"], ["letters/a.md", "letters/b.txt", "letters/sub/c.TXT", "letters/sub/d.pdf"]),
        (["letters/b.txt", "letters"], ["letters/b.txt", "letters/a.md", "letters/sub/c.TXT", "letters/sub/d.pdf"]),
        (["letters/*.txt"], ["letters/b.txt"]),
        (["letters/**/*.[tT]*"], ["letters/b.txt", "letters/sub/c.TXT"]),
        (["letters/f.json"], ["letters/f.json"]),
        (["-", "letters/b.txt", "-"], ["-", "letters/b.txt"]),
        (["missing.txt"], ["missing.txt"]),
        (["letters/b.txt", "./letters/b.txt", "letters/sub/../b.txt"], ["letters/b.txt"]),
    ],
    ids=str,
)
def test_letters_are_found_in_order_and_once(folder: Path, names: list[str], letters: list[str]) -> None:
    assert [name.replace(os.sep, "/") for name in find(names).letters] == letters


def test_a_linked_letter_is_read_once(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "letters" / "b.txt")
    assert find(["link.txt", "letters/b.txt"]).letters == ("link.txt",)


def test_a_name_with_brackets_is_a_file_first(folder: Path) -> None:
    (folder / "brief[1].txt").write_text("Brief.", encoding="utf-8")
    (folder / "brief1.txt").write_text("Brief.", encoding="utf-8")
    assert find(["brief[1].txt"]).letters == ("brief[1].txt",)


def test_other_files_are_counted_and_named_on_one_line(folder: Path) -> None:
    found = find(["letters"])
    assert found.notices() == ["passed over 1 other file: letters/f.json"]
    for number in range(10):
        (folder / "letters" / f"{number}.png").touch()
    (line,) = find(["letters"]).notices()
    assert line.startswith("passed over 11 other files: letters/0.png, ")
    assert line.endswith(" and 6 more")


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".PDF"])
def test_every_form_of_letter_is_found_in_a_folder(folder: Path, suffix: str) -> None:
    (folder / "one").mkdir()
    (folder / "one" / f"brief{suffix}").touch()
    assert find(["one"]) == Inputs((os.path.join("one", f"brief{suffix}"),), (), ())  # noqa: PTH118 - as given


def test_folders_and_patterns_without_letters_are_errors(folder: Path) -> None:
    (folder / "empty").mkdir()
    found = find(["empty", "*.docx"])
    assert found.letters == ()
    assert [str(error).partition(":")[0] for error in found.errors] == ["empty", "*.docx"]


# --- the run ---------------------------------------------------------------------------------------------------------


def test_the_letter_date_stands_in_where_none_is_printed(folder: Path, nlp: Language) -> None:
    (folder / "letters" / "b.txt").write_text(
        "Ik stuur uw Kamer dit najaar het plan voor de sluis.\n", encoding="utf-8"
    )
    (done,) = run(["letters/b.txt"], nlp=nlp, letter_date=dt.date(2024, 5, 31))
    assert isinstance(done, Done)
    assert done.record.letter.date == dt.date(2024, 5, 31)
    assert records.from_line(done.line) == done.record


def test_what_nobody_foresaw_is_one_line_and_the_others_go_on(folder: Path) -> None:
    """A pipeline that breaks on one letter: any component that somebody adds may."""
    from spacy.language import Language as Pipeline

    from toezeggingen import pipeline

    @Pipeline.component("breaks_on_c")
    def breaks(doc: Any) -> Any:
        if "c.TXT" in doc.text:
            raise TypeError("two\nlines")
        return doc

    nlp = pipeline.assemble()
    nlp.add_pipe("breaks_on_c")
    first, second, third = run(["letters/b.txt", "letters/sub/c.TXT", "letters/a.md"], nlp=nlp)
    assert isinstance(first, Done)
    assert isinstance(third, Done)
    assert isinstance(second, Failed)
    assert second.told() == "letters/sub/c.TXT: internal error (TypeError: two lines); please report it"
    assert second.told(debug=True).startswith("Traceback")
    assert second.told(debug=True).endswith(second.told())


def _zip(path: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


PROMISE = "Ik stuur uw Kamer voor 1 mei 2026 de kaart van de sluis."


def test_a_file_of_several_letters_gives_a_record_of_each(folder: Path, nlp: Language) -> None:
    _zip(folder / "a.zip", {"x/b.txt": f"{PROMISE}\n", "leeg.txt": "", "logo.png": "\x89PNG", "c.txt": "De sluis.\n"})
    first, second, third, fourth = run(["a.zip"], nlp=nlp)
    assert isinstance(first, Done)
    assert first.path == first.record.source.path == "a.zip!x/b.txt"
    assert [commitment.kind for commitment in first.record.commitments] == ["inform"]
    assert isinstance(second, Failed)
    assert second.path == "a.zip!leeg.txt"
    assert isinstance(third, Done)
    assert fourth == Noticed("a.zip", "a.zip: passed over 1 other file: logo.png")


def test_limits_and_options_reach_the_reader(folder: Path, nlp: Language) -> None:
    _zip(folder / "a.zip", {"b.txt": PROMISE})
    for options, limits, said in (
        (Options(max_bytes=20), Limits(), "--max-bytes"),
        (Options(), Limits(seconds=0.001), "--max-seconds"),
    ):
        found = list(run(["a.zip"], nlp=nlp, options=options, limits=limits))
        # The process that takes over after a time-out can run out of a millisecond too, and says so for itself.
        assert found
        for one in found:
            assert isinstance(one, Failed)
            assert said in one.remedy


def test_the_whole_of_a_failure_stands_in_its_line() -> None:
    unforeseen = Unforeseen("a.zip!b\udce9.pdf", "TypeError: two\nlines", "Traceback...")
    error = LetterError("x\n.pdf", "this is\nodd", "leave it")
    for one, path, stage, found, remedy in (
        (broken(unforeseen), "a.zip!b\\udce9.pdf", "read", "internal error (TypeError: two lines)", "please report it"),
        (failed(error, "x\n.pdf"), "x\n.pdf", "read", "this is odd", "leave it"),
        (failed(error, "x\n.pdf", "find"), "x\n.pdf", "find", "this is odd", "leave it"),
    ):
        told = json.loads(one.line())
        assert (told["path"], told["stage"], told["found"], told["remedy"]) == (path, stage, found, remedy)
        assert told["message"] == one.told() == f"{one_line(one.path)}: {found}; {remedy}"
        assert told["schema"] == "toezeggingen.error/1"
        assert len(told) == 6


def test_what_failed_is_written_to_a_file_too(folder: Path) -> None:
    _zip(folder / "a.zip", {"goed.txt": PROMISE, "leeg.txt": "", "oud.doc": "\xd0"})
    (folder / "letters" / "b.txt").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    result = call("extract", "letters/b.txt", "no*.pdf", "a.zip", "-o", "out.jsonl", "--errors", "errors.jsonl")
    assert result.exit_code == 1
    told = [json.loads(line) for line in (folder / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["path"], one["stage"]) for one in told] == [
        ("no*.pdf", "find"),
        ("letters/b.txt", "read"),
        ("a.zip!leeg.txt", "read"),
    ]
    assert [one["message"] for one in told] == [
        line for line in result.stderr.splitlines() if "passed over" not in line
    ]
    assert len((folder / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_the_file_of_failures_is_empty_where_nothing_failed(folder: Path) -> None:
    (folder / "errors.jsonl").write_text("of the last run\n", encoding="utf-8")
    _zip(folder / "a.zip", {"goed.txt": PROMISE, "logo.png": "\x89PNG", "stijl.css": "p {}"})
    result = call("extract", "a.zip", "-o", "out.jsonl", "--errors", "errors.jsonl")
    assert (result.exit_code, result.stderr) == (0, "a.zip: passed over 2 other files: logo.png, stijl.css\n")
    assert (folder / "errors.jsonl").read_text(encoding="utf-8") == ""
    result = call("extract", "none.pdf", "letters/*.odt", "-o", "none.jsonl", "--errors", "errors.jsonl")
    assert result.exit_code == 1
    assert (folder / "errors.jsonl").read_text(encoding="utf-8").count("\n") == 2
    assert not (folder / "none.jsonl").exists()


def test_show_and_text_print_every_letter_in_a_file(folder: Path) -> None:
    _zip(folder / "a.zip", {"b.txt": PROMISE, "c.txt": "De sluis.", "leeg.txt": "", "d.txt": "De pont."})
    for verb in ("show", "text"):
        result = call(verb, "a.zip")
        assert result.exit_code == 1
        assert [words for words in (PROMISE.split()[-2], "De sluis", "De pont") if words not in result.stdout] == []
        assert result.stderr.startswith("a.zip!leeg.txt: ")
        assert result.stderr.count("\n") == 1


def test_a_letter_is_read_from_standard_input_whatever_it_is(folder: Path) -> None:
    _zip(folder / "a.zip", {"b.txt": PROMISE})
    for data, path in (((folder / "a.zip").read_bytes(), "-!b.txt"), (PROMISE.encode(), "-")):
        result = CliRunner().invoke(cli.app, ["text", "-"], input=data)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"{path}\ntext/plain\n")
        assert PROMISE in result.stdout


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\nb", "a b"), ("rood \x1b[31m", "rood \\x1b[31m"), ("\ud800", "\\ud800"), ("één  €", "één €")],
    ids=ascii,
)
def test_a_line_for_a_terminal(text: str, line: str) -> None:
    assert one_line(text) == line


# --- lines in and out ------------------------------------------------------------------------------------------------


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old\n", encoding="utf-8")
    with lines.sink(str(target)) as sink:
        sink.write("één")
        assert target.read_text(encoding="utf-8") == "old\n"
        sink.write("twee")
    assert target.read_bytes() == "één\ntwee\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_what_stood_there(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), lines.sink(str(target)) as sink:  # noqa: PT012 - what is interrupted
        sink.write("new")
        raise KeyboardInterrupt
    with lines.sink(str(target)):
        pass  # no letter gave a record
    assert target.read_text(encoding="utf-8") == "old\n"
    assert list(tmp_path.iterdir()) == [target]
    with lines.sink(str(target), even_empty=True):
        pass
    assert target.read_text(encoding="utf-8") == ""


def test_a_link_keeps_pointing_and_a_file_keeps_its_mode(tmp_path: Path) -> None:
    target, link = tmp_path / "out.jsonl", tmp_path / "link.jsonl"
    target.touch(mode=0o600)
    link.symlink_to(target)
    with lines.sink(str(link)) as sink:
        sink.write("new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new\n"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_device_is_written_as_it_is() -> None:
    with lines.sink(os.devnull) as sink:
        sink.write("gone")
    assert not os.path.isfile(os.devnull)  # noqa: PTH113 - a device, not a path of ours


@pytest.mark.parametrize("target", ["no/such/out.jsonl", "."])
def test_a_place_that_cannot_be_written_is_named(folder: Path, target: str) -> None:
    with pytest.raises(lines.FileError, match=rf"^{target}: "), lines.sink(target):
        pass


def test_an_output_is_none_of_the_letters(folder: Path) -> None:
    lines.keep_apart(None, ["letters/b.txt"])
    lines.keep_apart("-", ["-"])
    lines.keep_apart("letters/g.txt", ["letters/b.txt", "-"])
    lines.keep_apart("out.jsonl", ["letters/b.txt"], "errors.jsonl")
    for output, errors in (("letters/sub/../b.txt", None), ("out.jsonl", "./letters/b.txt")):
        with pytest.raises(OptionError, match="one of the letters"):
            lines.keep_apart(output, ["letters/b.txt"], errors)
    for records_to, failures_to in ((None, "-"), ("-", "-"), ("out.jsonl", "letters/../out.jsonl")):
        with pytest.raises(OptionError, match="the records go there"):
            lines.keep_apart(records_to, ["letters/b.txt"], failures_to)


# --- verbs on records ------------------------------------------------------------------------------------------------


def test_validate_counts_good_records(out: Path) -> None:
    result = call("validate", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 record, all valid\n")


def test_validate_reports_every_bad_line(out: Path, record: records.Record) -> None:
    good = records.to_line(record)
    shifted = good.replace('"text":"uw Kamer"', '"text":"de Kamer"')
    assert shifted != good
    bad = ["{", "[]", "{}", shifted, good.replace("toezeggingen.letter/1", "toezeggingen.letter/9")]
    out.write_bytes("\n".join([good, *bad]).encode() + b"\n\xff\n" + good.encode())
    result = call("validate", out)
    assert result.exit_code == 1
    reported = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in reported[:-1]] == [f"{out}:{number}" for number in range(2, 8)]
    assert reported[-1] == "8 records, 6 of them wrong"


@pytest.mark.parametrize("verb", ["validate", "table"])
@pytest.mark.parametrize("name", ["missing.jsonl", "letters"])
def test_records_that_cannot_be_read_are_one_line(folder: Path, verb: str, name: str) -> None:
    result = call(verb, name)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name}: ")
    assert result.stderr.count("\n") == 1


def test_table_prints_rows_and_writes_csv(out: Path) -> None:
    shown = call("table", out)
    assert shown.exit_code == 0
    assert "Vóór wanneer" in shown.stdout
    assert call("table", out, "--csv", out.with_name("out.csv")).exit_code == 0
    rows = out.with_name("out.csv").read_bytes().split(b"\r\n")
    assert rows[0].startswith(b"letter,letter_date,")
    assert len(rows) == 6
    assert call("table", out, "--csv", out.with_name("out.csv"), "--sort", "deadline").exit_code == 0
    resorted = out.with_name("out.csv").read_bytes().split(b"\r\n")
    assert resorted != rows
    assert sorted(resorted) == sorted(rows)


def test_table_names_a_line_that_is_no_record(out: Path) -> None:
    out.write_text("{}\n", encoding="utf-8")
    result = call("table", out)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{out}:1: ")


def test_schema_is_that_of_the_records(record: records.Record) -> None:
    result = call("schema")
    schema = json.loads(result.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(records.to_line(record)), schema)


# --- explain ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("promise:F03", ["promise:F03", "pattern", "meaning", "example"]),
        ("f03", ["promise:F03"]),
        ("deadline:recess", ["deadline:recess", "example", "until "]),
        ("citation:kamerstuk", ["citation:kamerstuk", "example", "kst-"]),
        ("bodies:tweede-kamer", ["bodies:tweede-kamer", "parliament"]),
        ("cue:negation", ["cue:negation", "niet"]),
    ],
)
def test_explain_tells_what_a_rule_matches(name: str, said: list[str]) -> None:
    result = call("explain", name)
    assert result.exit_code == 0
    assert [each for each in said if each not in result.stdout] == []


def test_explain_without_a_rule_lists_the_kinds() -> None:
    result = call("explain")
    counted = dict(line.split()[:2] for line in result.stdout.splitlines()[2:])
    assert {"promise", "deadline", "citation", "bodies", "cue"} <= set(counted)
    assert sum(map(int, counted.values())) == len(explain.rules())


def test_explain_knows_every_name_once() -> None:
    names = [rule.name for rule in explain.rules()]
    assert len(names) == len(set(names))


def test_explain_proposes_names_that_are_near() -> None:
    result = call("explain", "deadline:reces")
    assert result.exit_code == 2
    assert "did you mean deadline:recess" in result.stderr


def test_what_the_pipeline_found_can_be_explained(nlp: Language, folder: Path) -> None:
    text = (
        "Den Haag, 6 maart 2026\n\nIn reactie op Kamerstuk 36 123, nr. 4 informeer ik de Tweede Kamer voor het "
        "zomerreces over de havens. De gemeente Zwolle en het RIVM sturen kaarten.\n"
    )
    (folder / "letters" / "b.txt").write_text(text, encoding="utf-8")
    (done,) = run(["letters/b.txt"], nlp=nlp)
    assert isinstance(done, Done)
    found = {name for part in (*done.record.entities, *done.record.commitments) for name in part.found_by}
    assert len(found) >= 4
    for name in found:
        assert explain.explain(name).startswith(f"{name}\n")
