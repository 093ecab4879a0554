"""`make peers`: what a user would have without this project, on the same letters, by the same score.

- nllegalcit 0.0.4 for citations: each citation it returns, at every place where its words stand in the letter.
- A search for keywords for commitments: the sentences that hold one, of kind inform where they also speak of telling
  parliament.
- dateparser's search for terms: the first date in a sentence that the keywords find; and, so that it is also judged on
  the terms alone, the first date in each gold commitment, as if the promises were known.

Each is used as a programmer would after reading its documentation, in its favour where there is a choice. Runs in the
environment of requirements/peers.txt and writes docs/peers.json, which `make quality` shows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import io
import json
import re
from calendar import monthrange
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path  # noqa: TC003 - typer reads the annotation at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toezeggingen.training import gold
from toezeggingen.training.findings import Findings, Promise, Term
from toezeggingen.training.quotes import locate
from toezeggingen.training.scores import Row, score, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toezeggingen.training.gold import Gold
    from toezeggingen.training.quotes import Span

PROMISING = (
    "zal",
    "zullen",
    "toegezegd",
    "toezegging",
    "toezeggen",
    "zeg toe",
    "ga ik",
    "gaan wij",
    "gaan we",
    "voornemens",
)
INFORMING = (
    *(
        "informeer",
        "informeren",
        "geïnformeerd",
        "stuur",
        "sturen",
        "gestuurd",
        "toesturen",
        "toezenden",
        "toegezonden",
    ),
    *(
        "ontvangt",
        "ontvangen",
        "bericht",
        "berichten",
        "toekomen",
        "rapporteer",
        "rapporteren",
        "kom ik terug",
        "terugkomen",
    ),
)
_MOST_TIMES = 50


# --- commitments -----------------------------------------------------------------------------------------------------


@cache
def _sentence_end() -> re.Pattern[str]:
    """A full stop and its like before a capital, or an empty line."""
    return re.compile(r"[.!?:;][\"'”’)]{0,2}\s{1,9}(?=[A-Z'\"“‘])|\n[ \t]{0,20}\n")


@cache
def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text, as a simple rule has them."""
    start = 0
    for end in (*(match.end() for match in _sentence_end().finditer(text)), len(text)):
        held = text[start:end]
        if held.strip():
            yield start + len(held) - len(held.lstrip()), start + len(held.rstrip())
        start = end


def keyword_promises(text: str) -> list[Promise]:
    """The sentences, questions left out, that hold a keyword."""
    found: list[Promise] = []
    for start, end in sentences(text):
        held = text[start:end]
        if held.endswith("?"):
            continue
        informing = _any_of(INFORMING).search(held) is not None
        if informing or _any_of(PROMISING).search(held):
            told = informing and _any_of(("u", "uw Kamer", "de Kamer", "Tweede Kamer", "Eerste Kamer")).search(held)
            found.append(Promise((start, end), "inform" if told else "act"))
    return found


# --- terms -----------------------------------------------------------------------------------------------------------


def first_date(text: str, span: Span, letter_date: dt.date | None) -> Term | None:
    """The first date that dateparser finds in a span, as wide as it says that date is: a day, a month or a year."""
    dates: Any = importlib.import_module("dateparser.date")
    search: Any = importlib.import_module("dateparser.search")
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "future"}
    if letter_date is not None:
        settings["RELATIVE_BASE"] = dt.datetime.combine(letter_date, dt.time())
    held = text[span[0] : span[1]]
    for words, moment in search.search_dates(held, languages=["nl"], settings=settings) or ():
        at = held.find(words)
        if at >= 0:
            period = dates.DateDataParser(languages=["nl"], settings=settings).get_date_data(words).period
            place = span[0] + at, span[0] + at + len(words)
            return Term(place, "in", *_bounds(moment.date(), period or "day"))
    return None


def _bounds(day: dt.date, period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of the period around a day."""
    if period == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    if period == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day


# --- citations -------------------------------------------------------------------------------------------------------


def cited(text: str) -> list[tuple[Span, tuple[str, ...]]]:
    """The citations that nllegalcit finds, with their official ids."""
    nllegalcit: Any = importlib.import_module("nllegalcit")
    with contextlib.redirect_stdout(io.StringIO()):  # it prints its parse trees
        citations = nllegalcit.parse_citations(text)
    found: dict[tuple[Span, str], None] = {}
    for citation in citations:
        id_, words = official_id(citation), citation.matched_text
        at = text.find(words)
        for _ in range(_MOST_TIMES):
            if not id_ or at < 0:
                break
            found[(at, at + len(words)), id_] = None
            at = text.find(words, at + 1)
    return [(span, (id_,)) for span, id_ in found]


def official_id(citation: Any) -> str | None:
    """The id in the form of the record; None for what the gold does not hold (court decisions)."""
    kind = type(citation).__name__
    if kind == "KamerstukCitation":
        parts = (citation.dossiernummer, citation.rijksdossiernummer, citation.ondernummer)
        return "-".join(("kst", *(str(part) for part in parts if part)))
    if kind == "HandelingCitation" and citation.vergaderingnummer and citation.itemnummer:
        chamber = "ek" if citation.kamer == "I" else "tk"
        session = str(citation.vergaderjaar).replace("-", "")
        return f"h-{chamber}-{session}-{citation.vergaderingnummer}-{citation.itemnummer}"
    return None


# --- the whole -------------------------------------------------------------------------------------------------------


def _only_citations(text: str, _: Gold) -> Findings:
    return Findings(text, citations=tuple(cited(text)))


def _keywords(text: str, wanted: Gold) -> Findings:
    date = wanted.letter.date
    return Findings(
        text,
        promises=tuple(replace(p, term=first_date(text, p.span, date)) for p in keyword_promises(text)),
    )


def _known_promises(text: str, wanted: Gold) -> Findings:
    """The gold commitments with what dateparser finds in them."""
    placed = ((c, locate(text, c.quote, c.occurrence)) for c in wanted.commitments)
    return Findings(
        text,
        promises=tuple(
            Promise(span, c.kind, c.status, c.strength, first_date(text, span, wanted.letter.date))
            for c, span in placed
            if span is not None
        ),
    )


def peers() -> list[tuple[str, Callable[[str, Gold], Findings], tuple[str, ...]]]:
    """Name, how it finds, and the rows it is scored in."""
    nllegalcit, dateparser = (f"{name} {version(name)}" for name in ("nllegalcit", "dateparser"))
    return [
        (nllegalcit, _only_citations, ("citations",)),
        ("keywords", _keywords, ("commitments inform", "commitments all")),
        (f"keywords and {dateparser}", _keywords, ("deadline span", "deadline interval")),
        (f"{dateparser} in the gold commitments", _known_promises, ("deadline span", "deadline interval")),
    ]


def measure(sets: Sequence[gold.LetterSet]) -> list[dict[str, str | int]]:
    """A row per peer, set of letters and row of the score; each finder reads each letter once."""
    rows: list[dict[str, str | int]] = []
    for one in sets:
        read = [(letter.source.text, letter.gold) for letter in one.letters]
        scored: dict[Callable[[str, Gold], Findings], dict[str, Row]] = {}
        for name, find, names in peers():
            if find not in scored:
                scored[find] = total(score("", find(text, wanted), wanted) for text, wanted in read).rows
            for row in names:
                figure = scored[find][row]
                counts = {"gold": figure.gold, "found": figure.found, "right": figure.right}
                rows.append({"set": one.name, "peer": name, "row": row, **counts})
    return rows


def main(
    shared: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder that holds letters/text and letters/gold.")
    ] = None,
) -> None:
    """Score the peers, print the figures and write docs/peers.json."""
    rows = measure(gold.sets(shared))
    typer.echo(f"{'':44}{'letters':14}{'row':22}{'P':>7}{'R':>7}{'F1':>7}")
    for row in rows:
        figure = Row(int(row["gold"]), int(row["found"]), int(row["right"]))
        shares = f"{figure.precision:7.3f}{figure.recall:7.3f}{figure.f1:7.3f}"
        typer.echo(f"{row['peer']:44}{row['set']:14}{row['row']:22}{shares}")
    target = gold.checkout() / "docs" / "peers.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n", encoding="utf-8")
    typer.echo(f"written: {target.relative_to(gold.checkout())}")


if __name__ == "__main__":
    typer.run(main)
