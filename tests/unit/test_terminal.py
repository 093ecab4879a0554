"""A record on a terminal and as plain text: what is said, in which words, and that no character is lost."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from toezeggingen.exports import dutch
from toezeggingen.exports.table import frame
from toezeggingen.exports.terminal import print_letter, print_summary, print_table, totals, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from toezeggingen.records import Record

BRACKETS = "«»<>{}[]"


def console(**options: Any) -> tuple[Console, io.StringIO]:
    written = io.StringIO()
    return Console(file=written, highlight=False, markup=False, emoji=False, _environ={}, **options), written


def plain(record: Record) -> str:
    where, written = console()
    print_letter(record, where)
    return written.getvalue()


def painted(record: Record, width: int = 100) -> str:
    where, written = console(force_terminal=True, color_system="standard", width=width)
    print_letter(record, where)
    return written.getvalue()


@pytest.mark.parametrize(
    ("operator", "first", "last", "approximate", "said"),
    [
        ("before", None, "2026-06-30", False, "uiterlijk 30 juni 2026"),
        ("by", None, "2026-07-02", True, "uiterlijk 2 juli 2026, bij benadering"),
        ("within", "2026-03-06", "2026-04-17", False, "uiterlijk 17 april 2026"),
        ("in", "2023-03-01", "2023-05-31", False, "1 maart t/m 31 mei 2023"),
        ("in", "2019-12-01", "2019-12-15", False, "1 t/m 15 december 2019"),
        ("in", "2025-12-01", "2026-02-28", False, "1 december 2025 t/m 28 februari 2026"),
        ("in", "2026-05-03", "2026-05-03", False, "op 3 mei 2026"),
        ("around", "2026-05-03", "2026-05-03", True, "rond 3 mei 2026"),
        ("around", "2026-06-11", "2026-06-20", False, "rond 11 t/m 20 juni 2026"),
        ("after", "2026-09-01", None, False, "vanaf 1 september 2026"),
        ("from", "2027-01-01", None, True, "vanaf 1 januari 2027, bij benadering"),
        ("in", None, None, False, "termijn zonder datum: zo snel mogelijk"),
        ("recurring", None, None, False, "terugkerend: zo snel mogelijk"),
    ],
)
def test_terms_in_words(operator: str, first: str | None, last: str | None, approximate: bool, said: str) -> None:
    since, until = (dt.date.fromisoformat(day) if day else None for day in (first, last))
    assert dutch.due(operator, since, until, "zo  snel\nmogelijk", approximate=approximate) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ik", "ik"),
        ("wij", "wij"),
        ("kabinet", "het kabinet"),
        ("passive", "niet genoemd"),
        ("minister:Defensie", "minister van Defensie"),
        ("staatssecretaris:Financiën", "staatssecretaris van Financiën"),
        ("ministerie:VWS", "ministerie van VWS"),
        ("agency:RIVM", "RIVM"),
    ],
)
def test_who_is_bound_in_words(code: str, said: str) -> None:
    assert dutch.bound(code) == said


@pytest.mark.parametrize(("number", "said"), [(0, "geen toezeggingen"), (1, "1 toezegging"), (2, "2 toezeggingen")])
def test_counts_agree_with_their_noun(number: int, said: str) -> None:
    assert dutch.counted(number, "toezegging", "toezeggingen") == said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("een\n  twee  drie\r\nvier", "een twee drie vier"),
        ("de vol-\ngende maand", "de vol-gende maand"),
        ("de op-\nen overslag", "de op- en overslag"),
        ("Zuid-\nHolland - het\nnoorden -\nook", "Zuid- Holland - het noorden - ook"),
        ("- \na", "- a"),
        ("\n", ""),
    ],
)
def test_a_quote_on_one_line(text: str, line: str) -> None:
    assert dutch.folded(text) == line


@given(st.text())
def test_folding_touches_white_space_only(text: str) -> None:
    assert "".join(dutch.folded(text).split()) == "".join(text.split())


def test_every_code_of_the_contract_has_a_word() -> None:
    from typing import get_args

    from toezeggingen import records

    for words, codes in (
        (dutch.KIND, records.Kind),
        (dutch.STATUS, records.Status),
        (dutch.STRENGTH, records.Strength),
    ):
        assert set(words) == set(get_args(codes))
    assert set(dutch.ZONE) == set(get_args(records.ZoneName)) - {"body"}


def test_a_commitment_is_told_field_by_field(record: Record) -> None:
    told = plain(record).split("4 toezeggingen\n")[1]
    first = told.split(" 2. ")[0].strip().splitlines()
    assert [line.strip() for line in first] == [
        "1. “Ik informeer uw Kamer voor de zomer over de sluis bij Rijnstad (Kamerstuk 36 700, nr. 12)”",
        "wie            ik (minister van Infrastructuur en Waterstaat)",
        "aan wie        Tweede Kamer (“uw Kamer”)",
        "vóór wanneer   uiterlijk 2 juli 2026, bij benadering (“voor de zomer”)",
        "soort          informeren",
        "status         nieuw",
        "zekerheid      vast",
        "formule        F01 (score 0,94)",
        "aangehaald     Kamerstuk 36 700, nr. 12 https://zoek.officielebekendmakingen.nl/kst-36700-12.html",
    ]
    assert "vóór wanneer   1 maart t/m 31 mei 2026 (“dit voorjaar”)" in told
    assert "soort          handelen (overleggen)" in told
    assert "wie            het kabinet" in told
    assert "vóór wanneer   termijn zonder datum: zo spoedig mogelijk" in told
    assert "zekerheid      voorwaardelijk" in told
    assert "vóór wanneer   geen termijn" in told
    assert "status         nagekomen" in told
    assert "plaats         voetnoot" in told
    assert "aan wie        Tweede Kamer (geadresseerde)" in told
    assert told.count("aan wie") == 2


def test_the_letter_is_marked_with_brackets_where_there_are_no_colours(record: Record) -> None:
    shown = plain(record)
    assert (
        "«1: Ik informeer {uw Kamer} <voor de zomer> over de sluis bij Rijnstad ([Kamerstuk 36 700, nr. 12])»." in shown
    )
    assert "<zo spoedig\nmogelijk>" in shown
    assert shown.startswith("Sluis bij Rijnstad\n6 maart 2026 · IenW · aan de Tweede Kamer · kenmerk IENW/2026-77\n")
    assert "«toezegging»   <termijn>   {organisatie}   [aangehaald stuk]" in shown
    assert "\x1b" not in shown


def test_the_letter_is_coloured_on_a_terminal(record: Record) -> None:
    shown = painted(record)
    assert "\x1b[" in shown
    assert "«" not in shown
    assert "voor de zomer" in shown


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_without_colours_a_terminal_gets_brackets(record: Record, environment: dict[str, str]) -> None:
    written = io.StringIO()
    where = Console(file=written, force_terminal=True, width=90, _environ=environment)
    print_letter(record, where)
    assert "«1: " in written.getvalue()
    assert "\x1b[3" not in written.getvalue()


@given(st.integers(min_value=30, max_value=200))
def test_wrapping_loses_no_character(record: Record, width: int) -> None:
    where, written = console(force_terminal=True, no_color=True, width=width)
    print_letter(record, where)
    shown = "".join(written.getvalue().replace("\x1b[1m", "").split())
    for commitment in record.commitments:
        assert "“" + "".join(commitment.text.split()) + "”" in shown.replace("\x1b[0m", "")


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_marking_adds_brackets_and_nothing_else(make_record: Callable[..., Record], text: str) -> None:
    promise = {"text": "Wij sturen de kaart", "action": "sturen"}
    shown = plain(make_record(f"{text} Wij sturen de kaart.", commitments=[promise]))
    _, _, letter = shown.partition("[aangehaald stuk]\n\n")
    assert letter.startswith(visible(f"{text} ") + "«1: Wij sturen de kaart».\n\n1 toezegging\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\x0cd", "a\nb\nc\nd"),
        ("rood \x1b[31m", "rood ␛[31m"),
        ("\x9b31m", "\ufffd31m"),
        ("om\u202egekeerd", "om\ufffdgekeerd"),
        ("tab\tblijft, é en €", "tab\tblijft, é en €"),
    ],
)
def test_a_letter_cannot_steer_the_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_warnings_are_told_in_dutch(make_record: Callable[..., Record]) -> None:
    warnings = ({"code": "no-letter-date", "message": "x"}, {"code": "strange", "message": "something new"})
    shown = plain(make_record("Niets.", date=None, warnings=warnings))
    assert "geen datum" in shown
    assert "Let op: de brief noemt geen datum, dus " in shown
    assert "Let op: something new." in shown
    assert "Geen toezeggingen\n" in shown


def test_a_summary_tells_when_who_and_to_whom(record: Record) -> None:
    where, written = console()
    print_summary(record, where)
    lines = written.getvalue().splitlines()
    assert lines[0] == "Sluis bij Rijnstad"
    assert lines[1].endswith(" · letters/brief.txt")
    assert lines[3].strip() == (
        "vóór wanneer: uiterlijk 2 juli 2026, bij benadering"
        " · wie: ik (minister van Infrastructuur en Waterstaat) · aan wie: Tweede Kamer"
    )
    assert lines[7].strip() == "vóór wanneer: termijn zonder datum: zo spoedig mogelijk · wie: het kabinet"
    assert lines[9].strip() == (
        "vóór wanneer: geen termijn · wie: niet genoemd · aan wie: Tweede Kamer (geadresseerde) · status: nagekomen"
    )


def test_totals_count_letters_commitments_and_terms(record: Record, make_record: Callable[..., Record]) -> None:
    assert totals([record, make_record("Niets.")]) == (
        "2 brieven, 4 toezeggingen: 2 om te informeren en 2 om te handelen; 3 met een termijn, waarvan 2 met een datum."
    )


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_of_a_terminal_is_in_dutch(record: Record, width: int) -> None:
    where, written = console(width=width)
    print_table(frame([record]), where)
    shown = written.getvalue()
    for said in ("Vóór wanneer", "Toezegging", "het kabinet", "handelen", "nagekomen", "06-03-2026", "IenW"):
        assert said in shown
    assert "nan" not in shown.lower().split()
    assert max(map(len, shown.splitlines())) <= width
