"""The part of corpus/README.md that is counted: what each set holds, and how far two readers agree.

    python -m toezeggingen.training.corpus_page

It writes anew what stands between the two marks of the page and leaves the rest, which is written by hand.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

import typer

from toezeggingen.corpus.form import NEAR_MISS_CLASSES
from toezeggingen.records import BodyType, Kind, Status, Strength
from toezeggingen.training import agreement, gold
from toezeggingen.training.quality import table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toezeggingen.corpus.form import Letter

BEGIN = "<!-- counted: written by `python -m toezeggingen.training.corpus_page` -->\n"
END = "<!-- end of what is counted -->\n"


def counts(letters: Sequence[Letter]) -> dict[str, int]:
    """What letters hold, by the name of the thing, in the order of the page."""
    promised = [commitment for letter in letters for commitment in letter.commitments]
    misses: Counter[str] = Counter(miss.class_ for letter in letters for miss in letter.near_misses)
    bodies: Counter[str] = Counter(body.type for letter in letters for body in letter.bodies)
    found = {
        "letters": len(letters),
        "words": sum(len(letter.text.split()) for letter in letters),
        "commitments": len(promised),
        "of which optional": sum(c.optional for c in promised),
    }
    for name, labels in (("kind", get_args(Kind)), ("status", get_args(Status)), ("strength", get_args(Strength))):
        values = Counter(getattr(c, name) for c in promised)
        found |= {f"{name} `{label}`": values[label] for label in labels}
    dated = [c.deadline for c in promised if c.deadline is not None]
    found |= {
        "with a deadline": len(dated),
        "of which with days": sum(bool(term.from_ or term.until) for term in dated),
        "near misses": misses.total(),
    }
    found |= {f"class `{label}`": misses[label] for label in NEAR_MISS_CLASSES}
    found |= {
        "citations": sum(len(letter.citations) for letter in letters),
        "places where a letter names itself": sum(len(letter.self_) for letter in letters),
        "mentions of bodies": bodies.total(),
    }
    return found | {f"type `{label}`": bodies[label] for label in get_args(BodyType)}


def counted(corpus: Path) -> str:
    """The counted part of the page for a corpus, Markdown."""
    sets = {name: counts(gold.corpus(corpus / name / "letters.jsonl")) for name in gold.SETS}
    names = next(iter(sets.values()))
    rows = [
        (name, *(f"{held[name]:,}" for held in sets.values()), f"{sum(held[name] for held in sets.values()):,}")
        for name in names
    ]
    agreed = agreement.compare(agreement.read_pairs(corpus))
    parts = [
        *("## Counts", "", *table(("", *gold.SETS, "all"), rows), ""),
        *("## Agreement", ""),
        f"{agreed.letters} letters were annotated a second time, without sight of the first annotation",
        "(`second/letters.jsonl`, `annotation` 2). `python -m toezeggingen.training.agreement` prints:",
        *("", *agreement.tables(agreed), ""),
    ]
    return "\n".join(parts)


def rewritten(page: str, part: str) -> str:
    """The page with another counted part. Raises GoldError where the marks are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise gold.GoldError("corpus/README.md", "", "the marks around what is counted are missing")
    return f"{before}{begin}\n{part}\n{end}{after}"


def main() -> None:
    """Write the counts of corpus/README.md anew."""
    corpus = gold.checkout() / "corpus"
    page = corpus / "README.md"
    page.write_text(rewritten(page.read_text(encoding="utf-8"), counted(corpus)), encoding="utf-8")
    typer.echo("written: corpus/README.md")


if __name__ == "__main__":
    typer.run(main)
