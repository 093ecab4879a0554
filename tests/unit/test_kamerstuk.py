"""What a citation means: canonical ids, addresses, sessions, and the paper a running head names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toezeggingen.values.kamerstuk import canonical, own_paper, session_of, url_of

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "citations.jsonl").read_text(encoding="utf-8").splitlines()
]
FACTS = Path(__file__).parents[3] / "shared" / "facts" / "citation_ids.tsv"


@pytest.mark.parametrize("row", [row for row in ROWS if "name" in row], ids=lambda row: row["id"])
def test_canonical_is_the_one_publication_that_a_text_names(row: dict[str, Any]) -> None:
    assert canonical(row["name"]) == row["canonical"]


@pytest.mark.parametrize("row", [row for row in ROWS if "line" in row], ids=lambda row: row["id"])
def test_a_running_head_names_its_own_paper(row: dict[str, Any]) -> None:
    assert own_paper(row["line"]) == row["own_paper"]


@pytest.mark.shared
@pytest.mark.skipif(not FACTS.exists(), reason="needs shared/facts beside the checkout")
def test_every_published_id_is_in_the_table() -> None:
    published = {line.split("\t")[0] for line in FACTS.read_text(encoding="utf-8").splitlines()[1:]}
    assert published <= {row.get("name") for row in ROWS}


NAMES = st.sampled_from([row["name"] for row in ROWS if "name" in row])


@given(st.one_of(NAMES, st.text(max_size=40), st.from_regex(r"\A(kst|h-tk|ah-tk|blg|stb)-[0-9A-Z-]{1,20}\Z")))
@settings(deadline=None)
def test_canonical_of_canonical_is_itself(name: str) -> None:
    once = canonical(name)
    assert once is None or canonical(once) == once


@given(NAMES, st.sampled_from([" ", "\n", "\u00a0"]), st.sampled_from(["", "."]))
@settings(deadline=None)
def test_what_stands_around_a_name_does_not_matter(name: str, gap: str, stop: str) -> None:
    assert canonical(f"{gap}{name}{stop}{gap}") == canonical(name)


@pytest.mark.parametrize(
    ("written", "session"),
    [
        ("2022/23", "2022-2023"),
        ("2022-2023", "2022-2023"),
        ("2022–2023", "2022-2023"),
        ("2022 – ’23", "2022-2023"),
        ("1985/- 86", "1985-1986"),
        ("1999/00", "1999-2000"),
        ("1999-2000", "1999-2000"),
        ("20222023", "2022-2023"),
        ("24/25", "2024-2025"),
        ("2021/23", None),
        ("2022-2022", None),
        ("2022", None),
        ("1993/94-1996/97", None),
        ("", None),
    ],
)
def test_a_session_is_two_consecutive_years(written: str, session: str | None) -> None:
    assert session_of(written) == session


@given(st.integers(1900, 2098), st.sampled_from(["/", "-", "–"]), st.booleans())
def test_a_session_is_read_back(year: int, mark: str, short: bool) -> None:
    second = f"{(year + 1) % 100:02}" if short else str(year + 1)
    assert session_of(f"{year}{mark}{second}") == f"{year}-{year + 1}"


@pytest.mark.parametrize(
    "identifier",
    [
        "kst-29282-5",
        "kst-36410-XV-8",
        "kst-21501-02-3174",
        "kst-31700-VI-D",
        "kst-29282-5-h1",
        "kst-1268678",
        "h-tk-20182019-12-12",
        "h-tk-20072008-7909-7943",
        "ah-tk-20242025-546",
        "blg-1184123",
        "stb-2020-123",
    ],
)
def test_a_publication_has_an_address(identifier: str) -> None:
    assert url_of(identifier) == f"https://zoek.officielebekendmakingen.nl/{identifier}.html"


@pytest.mark.parametrize(
    "identifier", ["kst-29282", "kst-36600-VII", "kst-36600-V", "h-tk-20182019-12", "2024D40329", "TZ202309-010", ""]
)
def test_what_is_no_publication_has_none(identifier: str) -> None:
    assert url_of(identifier) is None
