"""A short run of the fuzzer over every format, and that it sees what goes wrong. The long one: make fuzz."""

from __future__ import annotations

import datetime as dt
import math
import sys
from dataclasses import replace
from typing import Any

import pytest

from fuzzing.invariants import faults
from fuzzing.mutants import mutant
from fuzzing.seeds import FORMATS, seeds
from fuzzing.watch import Failure, watched
from toezeggingen.errors import LetterError
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.source import Mark, Marker, Page, PlacedLine, Source

EACH = 20
LIMIT = 30.0  # seconds for a mutant: on a busy machine a slow one is no hang
TEXT = "De pont vaart.1\n\nKop\n1 Noot.\n"
WHOLE = Source(
    path="brief",
    sha256="",
    media_type="application/pdf",
    text=TEXT,
    pages=(Page(1, 0, 17, 595, 842), Page(2, 17, len(TEXT), 595, 842)),
    lines=(PlacedLine(0, 15, 1, 70, 80, 200, 92), PlacedLine(17, 20, 2, 70, 80, 90, 92)),
    marks=(Mark(Zone.HEADING, 17, 21), Mark(Zone.FOOTNOTE, 21, 29, note=1)),
    markers=(Marker(1, 14, 15),),
    metadata={"date": dt.date(2031, 2, 14)},
    warnings=(("encoding", "not UTF-8"),),
)
BROKEN: dict[str, dict[str, Any]] = {
    "no words": {"text": "\n"},
    "half a character": {"text": TEXT[:-2] + "\ud800\n"},
    "a NUL": {"text": TEXT[:-2] + "\0\n"},
    "a hole between pages": {"pages": (Page(1, 0, 16), Page(2, 17, len(TEXT)))},
    "pages that end early": {"pages": (Page(1, 0, 17),)},
    "pages out of order": {"pages": (Page(2, 0, 17), Page(1, 17, len(TEXT)))},
    "a page without measure": {"pages": (Page(1, 0, 17, math.inf, 842), Page(2, 17, len(TEXT)))},
    "a line on no page": {"lines": (PlacedLine(0, 15, 3, 70, 80, 200, 92),)},
    "a line on another page": {"lines": (PlacedLine(0, 15, 2, 70, 80, 200, 92),)},
    "a line inside out": {"lines": (PlacedLine(0, 15, 1, 200, 80, 70, 92),)},
    "a line without a place": {"lines": (PlacedLine(0, 15, 1, math.nan, 80, 70, 92),)},
    "lines out of order": {"lines": (WHOLE.lines[1], WHOLE.lines[0])},
    "marks out of order": {"marks": (WHOLE.marks[1], WHOLE.marks[0])},
    "a mark of half a line": {"marks": (Mark(Zone.HEADING, 18, 21),)},
    "a mark that no file gives": {"marks": (Mark(Zone.ANSWER, 17, 21),)},
    "a mark outside": {"marks": (Mark(Zone.HEADING, 17, 99),)},
    "a marker without ink": {"markers": (Marker(1, 15, 17),)},
    "markers that overlap": {"markers": (Marker(1, 13, 15), Marker(2, 14, 15))},
    "a field that no head has": {"metadata": {"colour": "blue"}},
    "a date in words": {"metadata": {"date": "2031-02-14"}},
    "a warning of two lines": {"warnings": (("encoding", "not\nUTF-8"),)},
}

# What a child says, in the order of saying, that is to read the mutants 0 to 3, and what is to be told of it.
CHILDREN = {
    "well": ("say('ready'); say('begin 0'); say('begin 1'); say('begin 2'); say('done')", [], 3),
    "wrong": (
        "say('ready'); say('begin 0'); say('begin 1'); say('wrong 1 ' + repr('no\\nway')); say('done')",
        [(1, "no\nway")],
        2,
    ),
    "hang": ("say('ready'); say('begin 0'); say('begin 1'); time.sleep(99)", [(1, "hang")], 2),
    "late": ("say('ready'); say('begin 0'); time.sleep(99)", [(0, "hang")], 1),
    "never": ("sys.exit('no module of that name')", [(0, "it cannot begin: : exit code 1\nno module")], 0),
    "crash": ("say('ready'); say('begin 0'); say('begin 1'); os.abort()", [(1, "the process died: exit code -6")], 2),
}


@pytest.mark.parametrize("form", FORMATS)
def test_mutants_are_read(form: str) -> None:
    *failures, read = watched(form, "short", 0, EACH, limit=LIMIT)
    assert failures == []
    assert read == EACH


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_seed_gives_the_same_mutant(form: str) -> None:
    files = seeds(form)
    made = [mutant(f"same-{number}", files, form) for number in range(8)]
    assert made == [mutant(f"same-{number}", [*files[:]], form) for number in range(8)]
    assert len(set(made)) > 4, "the mutants are all the same"
    seeds.cache_clear()
    assert mutant("same-0", seeds(form), form) == made[0], "its file is not the same each time it is made"


def test_a_whole_source_has_no_faults() -> None:
    assert faults(WHOLE) == []
    assert faults(LetterError("brief", "this is a picture", "make it text first")) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_is_seen(name: str) -> None:
    assert faults(replace(WHOLE, **BROKEN[name]))


@pytest.mark.parametrize(
    ("found", "remedy"), [("two\nlines", "mend it"), ("", "mend it"), ("bad", ""), ("x" * 500, "y")]
)
def test_an_error_that_says_it_badly_is_seen(found: str, remedy: str) -> None:
    assert faults(LetterError("brief", found, remedy))


@pytest.mark.parametrize("name", CHILDREN)
def test_what_happens_to_a_child_is_told(name: str) -> None:
    says, wanted, count = CHILDREN[name]
    script = f"import os, sys, time\nsay = lambda line: print(line, flush=True)\n{says}"
    first = True

    def start(form: str, seed: str, begin: int, stop: int) -> list[str]:
        nonlocal first
        ends, first = (script if first else "print('ready'); print('done')"), False
        return [sys.executable, "-c", ends]

    *failures, read = watched("pdf", "0", 0, 3, limit=1, start_child=start)
    told = [failure for failure in failures if isinstance(failure, Failure)]
    assert [(one.index, one.what[: len(what)]) for one, (_, what) in zip(told, wanted, strict=True)] == wanted
    assert read == count
