"""Ministries: offices and departments as written, and the lexicon they are known by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toezeggingen.errors import LexiconError
from toezeggingen.values.body import TOOI_BASE
from toezeggingen.values.ministry import (
    MinistryNames,
    ministry_of,
    name_keys,
    read_ministries,
    short_of,
    word_key,
)

WRITTEN = [
    ("minister van Volksgezondheid, Welzijn en Sport", "VWS"),
    ("de Minister van VWS", "VWS"),
    ("MINISTERIE VAN VOLKSGEZONDHEID,\n  WELZIJN EN SPORT", "VWS"),
    ("Volksgezondheid Welzijn & Sport", "VWS"),
    ("minister van Langdurige Zorg, Jeugd en Sport", "VWS"),
    ("minister voor Medische Zorg en Sport", "VWS"),
    ("staatssecretaris Jeugd, Preventie en Sport", "VWS"),
    ("minister voor Rechtsbescherming", "JenV"),
    ("minister van Justitie", "JenV"),
    ("Ministerie van Veiligheid en Justitie", "JenV"),
    ("J&V", "JenV"),
    ("V & J", "JenV"),
    ("MINISTER VAN SOCIALE ZAKEN EN WERKGELEGEN-HEID", "SZW"),
    ("minister van Sociale Zaken en Werkgele-\ngenheid", "SZW"),
    ("minister voor Armoedebeleid, Participatie en Pensioenen", "SZW"),
    ("staatssecretaris van Financiën – Fiscaliteit en Belastingdienst", "FIN"),
    ("staatssecretaris van Financien (Toeslagen en Douane)", "FIN"),
    ("minister van Landbouw, Natuurbeheer en Visserij", "LNV"),
    ("minister voor Natuur en Stikstof", "LNV"),
    ("LANDBOUW, NATUURBEHEER EH VISSFRIJ", "LNV"),  # as read from a scan
    ("minister van Landbouw, Visserij, Voedselzekerheid en Natuur", "LVVN"),
    ("minister van Cultuur, Recreatie en Maatschappelijk Werk", "CRM"),
    ("staatssecretaris van Welzijn, Volksgezondheid en Cultuur", "WVC"),
    ("minister van Economische Zaken", "EZ"),
    ("minister van Economische Zaken en Klimaat", "EZK"),
    ("staatssecretaris Mijnbouw", "EZK"),
    ("minister van Economische Zaken, Landbouw en Innovatie", "EL&I"),
    ("minister van Klimaat en Groene Groei", "KGG"),
    ("minister van Infrastructuur en Milieu", "IenW"),
    ("minister van Verkeer en Waterstaat", "VenW"),
    ("minister van Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer", "VROM"),
    ("minister van Volkshuisvesting en Ruimtelijke Ordening", "VRO"),
    ("minister voor Basis- en Voortgezet Onderwijs en Media", "OCW"),
    ("minister van Onderwijs en Wetenschappen", "OCW"),
    ("minister voor Buitenlandse Handel en Ontwikkelingssamenwerking", "BHO"),
    ("minister van Binnenlandse Zaken en Koninkrijkrelaties", "BZK"),
    ("minister van Asiel en Migratie", "AenM"),
    ("minister Roeper (Klimaat en Groene Groei)", "KGG"),
    ("Staatssecretaris Van der Boot-Linde (Binnenlandse Zaken en Koninkrijksrelaties)", "BZK"),
    ("de minister-president", "AZ"),
    ("MINISTER-PRESIDENT, MINISTER VAN ALGEMENE ZAKEN", "AZ"),
    ("Ministerie van Defensie\nDirectie Materieel", "DEF"),
    ("minister van Kermissen en Braderieën", None),
    ("gemeente Justitie", None),
    ("minister", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "short"), WRITTEN)
def test_an_office_or_department_leads_to_its_ministry(written: str, short: str | None) -> None:
    assert short_of(written) == short


def test_every_name_in_the_lexicon_leads_to_its_line() -> None:
    lost = [
        (entry.id, name)
        for entry in read_ministries()
        for name in (entry.name, *entry.names, *entry.spellings, *entry.shorts, *entry.alone, *entry.portfolios)
        if ministry_of(f"minister van {name}") != entry
    ]
    # A name that two lines share leads to the first: none may.
    assert lost == []


def test_ids_of_the_register_become_addresses() -> None:
    vws = next(entry for entry in read_ministries() if entry.id == "vws")
    assert vws.tooi == f"{TOOI_BASE}ministerie/mnre1025"
    assert all(
        entry.tooi is None or entry.tooi.startswith(f"{TOOI_BASE}ministerie/mnre") for entry in read_ministries()
    )


def test_a_line_that_lacks_its_name_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"ministries\.jsonl:1: lacks name"):
        read_ministries('{"id": "x", "short": "X", "tooi": null, "example": "X."}')


def test_the_longest_name_wins_and_commas_are_passed_over_inside_it() -> None:
    names = MinistryNames(read_ministries())
    keys = ["economische", "zaken", "", "landbouw", "en", "innovatie", "", "en"]
    end, found = names.longest(keys) or (0, None)
    assert end == 6
    assert found is not None
    assert found.ministry.short == "EL&I"
    assert names.longest(["", "economische", "zaken"]) is None


def test_words_are_compared_without_what_writers_vary() -> None:
    assert name_keys("Financiën, Werkgele-\n genheid & EL&I") == ["financien", "werkgelegenheid", "en", "eleni"]
    assert word_key(",") == ""


@given(st.text(max_size=80))
def test_any_text_has_a_ministry_or_none(text: str) -> None:
    short = short_of(text)
    assert short is None or short.isprintable()


@given(st.sampled_from([entry.name for entry in read_ministries()]), st.sampled_from([" ", "\n", "  ", "\t"]))
def test_case_and_white_space_make_no_difference(name: str, space: str) -> None:
    assert ministry_of(name.upper().replace(" ", space)) == ministry_of(name)
