"""How far two readers of the same letters agree: the first annotation held against a second, blind one.

    python -m toezeggingen.training.agreement

Spans match as in the score (`training.scores`): commitments and near misses by half of the shorter, bodies by half of
the longer one, citations by place and id. A commitment that either reader marks as optional is left out on both sides,
as the score does. Fields are compared on commitments that match: the share that is equal, and Cohen's kappa, which
takes off what two readers who guess by their own habits would agree on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from toezeggingen.corpus.terms import same_days
from toezeggingen.training import gold
from toezeggingen.training.quality import table
from toezeggingen.training.scores import Row, Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from toezeggingen.corpus.form import Commitment, Letter, Quoted
    from toezeggingen.training.quotes import Span

ROWS = ("commitments", "inform", "near misses", "deadlines, place", "deadlines, place and days", "citations", "bodies")
FIELDS = ("kind", "status", "strength", "actor", "deadline or none", "operator", "class of near miss", "type of body")
SECOND = "second"


@dataclass
class Agreement:
    """What was compared: rows of spans, and for each field the pairs of values that the two readers gave."""

    letters: int = 0
    rows: dict[str, Row] = field(default_factory=lambda: dict.fromkeys(ROWS, Row()))
    fields: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {name: [] for name in FIELDS})


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of labels; None where both readers gave one and the same label throughout, or nothing."""
    if not pairs:
        return None
    number = len(pairs)
    equal = sum(one == other for one, other in pairs) / number
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / number**2
    return None if chance == 1 else (equal - chance) / (1 - chance)


def compare(pairs: Iterable[tuple[Letter, Letter]]) -> Agreement:
    """The agreement over letters, each with its first and its second annotation."""
    whole = Agreement()
    for first, second in pairs:
        whole.letters += 1
        _Comparing(first, second, whole).all()
    return whole


class _Comparing:
    """Two annotations of one letter."""

    def __init__(self, first: Letter, second: Letter, whole: Agreement) -> None:
        self.first, self.second, self.whole = first, second, whole
        self.ruler = Ruler(first.text)

    def all(self) -> None:
        """Compare everything; near misses and bodies where the second annotation has any."""
        self._commitments()
        self._citations()
        if self.second.near_misses:
            self._near_misses()
        if self.second.bodies:
            self._bodies()

    def _near_misses(self) -> None:
        self._count("near misses", self.first.near_misses, self.second.near_misses)
        for a, b in self._matched(self.first.near_misses, self.second.near_misses):
            self.whole.fields["class of near miss"].append(
                (self.first.near_misses[a].class_, self.second.near_misses[b].class_)
            )

    def _bodies(self) -> None:
        self._count("bodies", self.first.bodies, self.second.bodies, of_longer=True)
        for a, b in self._matched(self.first.bodies, self.second.bodies, of_longer=True):
            self.whole.fields["type of body"].append((self.first.bodies[a].type, self.second.bodies[b].type))

    def _matched(
        self, first: Sequence[Quoted], second: Sequence[Quoted], *, of_longer: bool = False
    ) -> list[tuple[int, int]]:
        matched = self.ruler.pairs([_span(one) for one in first], [_span(one) for one in second], of_longer=of_longer)
        return sorted(matched.items())

    def _add(self, name: str, first: int, second: int, both: int) -> None:
        self.whole.rows[name] += Row(first, second, both)

    def _count(self, name: str, first: Sequence[Quoted], second: Sequence[Quoted], *, of_longer: bool = False) -> None:
        self._add(name, len(first), len(second), len(self._matched(first, second, of_longer=of_longer)))

    def _commitments(self) -> None:
        everything = self._matched(self.first.commitments, self.second.commitments)
        loose = [
            (a, b) for a, b in everything if self.first.commitments[a].optional or self.second.commitments[b].optional
        ]
        left_out = {a for a, _ in loose}, {b for _, b in loose}
        first, second = (
            [c for n, c in enumerate(held) if not c.optional and n not in out]
            for held, out in zip((self.first.commitments, self.second.commitments), left_out, strict=True)
        )
        pairs = [(first[a], second[b]) for a, b in self._matched(first, second)]
        self._add("commitments", len(first), len(second), len(pairs))
        self._count("inform", [c for c in first if c.kind == "inform"], [c for c in second if c.kind == "inform"])
        for one, other in pairs:
            for name in ("kind", "status", "strength", "actor"):
                self.whole.fields[name].append((getattr(one, name), getattr(other, name)))
        asked, given = (sum(c.deadline is not None for c in held) for held in (first, second))
        terms = [self._terms(one, other) for one, other in pairs]
        self._add("deadlines, place", asked, given, sum(term[0] for term in terms))
        self._add("deadlines, place and days", asked, given, sum(term[1] for term in terms))

    def _terms(self, one: Commitment, other: Commitment) -> tuple[bool, bool]:
        """Whether the terms of two commitments that match are the same words, and the same days too."""
        a, b = one.deadline, other.deadline
        self.whole.fields["deadline or none"].append((str(a is not None), str(b is not None)))
        if a is None or b is None or not self.ruler.touch(_span(a), _span(b)):
            return False, False
        self.whole.fields["operator"].append((a.operator, b.operator))
        return True, same_days(a, b.from_, b.until) or same_days(b, a.from_, a.until)

    def _citations(self) -> None:
        first, second = (
            [(_span(one), id_) for one in held.citations for id_ in one.ids] for held in (self.first, self.second)
        )
        left = list(second)
        for span, id_ in first:
            hit = next((one for one in left if one[1] == id_ and self.ruler.touch(one[0], span)), None)
            if hit is not None:
                left.remove(hit)
        self._add("citations", len(first), len(second), len(second) - len(left))


def _span(quoted: Quoted) -> Span:
    return quoted.start, quoted.end


def read_pairs(corpus: Path) -> list[tuple[Letter, Letter]]:
    """The letters of a corpus that were annotated twice: first and second annotation of the same text.

    Raises GoldError where the first one is missing, CorpusError and FileError as reading does.
    """
    first = {letter.text: letter for name in gold.SETS for letter in gold.corpus(corpus / name / "letters.jsonl")}
    pairs: list[tuple[Letter, Letter]] = []
    for letter in gold.corpus(corpus / SECOND / "letters.jsonl"):
        if letter.text not in first:
            raise gold.GoldError(letter.name, "", "this letter has a second annotation and no first one")
        pairs.append((first[letter.text], letter))
    return pairs


def tables(found: Agreement) -> list[str]:
    """The table of spans and the table of fields, Markdown."""
    compared = {
        name: row for name, row in found.rows.items() if row.found
    }  # what the second reader left out tells nothing
    rows = [(name, f"{r.gold}", f"{r.found}", f"{r.right}", f"{r.f1:.3f}") for name, r in compared.items()]
    fields = []
    for name, pairs in found.fields.items():
        equal, beyond = sum(one == other for one, other in pairs), kappa(pairs)
        share = f"{equal / len(pairs):.3f}" if pairs else "–"
        fields.append((name, f"{len(pairs)}", f"{equal}", share, "–" if beyond is None else f"{beyond:.3f}"))
    spans = table(("spans", "first", "second", "both", "F1"), rows)
    return [*spans, "", *table(("field", "of", "equal", "share", "kappa"), fields)]


def main() -> None:
    """Print how far the two annotations of the letters in corpus/second agree."""
    found = compare(read_pairs(gold.checkout() / "corpus"))
    typer.echo("\n".join((f"{found.letters} letters, annotated twice", "", *tables(found))))


if __name__ == "__main__":
    typer.run(main)
