"""What was found in a letter held against its gold: precision, recall and the list of errors.

How findings and gold are matched:

- Commitments one to one, best overlap first; they match where they share at least half of the shorter of the two. White
  space does not count. `commitments inform` compares only those of kind inform with each other, `commitments all`
  ignores the kind. What matches an optional gold commitment is left out of the count.
- Deadlines by their commitment: right where the matched commitment has a term that touches the gold words (`deadline
  span`), and the days are right too (`deadline interval`; terms around recesses and seasons have
  some leeway, see `corpus.terms`).
- Citations: pairs of a place and an id; right where the id is the same and the places touch. Places where a letter
  names itself are left out.
- Bodies: mentions that share at least half of the longer of the two, only in letters whose gold lists bodies. A form is
  asked for as often as the gold counts it; finding it more often is neither right nor wrong.
- Fields (kind, status, strength, operator) on what matched; date and ministry of the letter where the gold has them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from toezeggingen.corpus.terms import same_days
from toezeggingen.training.quotes import locate, locate_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from toezeggingen.training import gold
    from toezeggingen.training.findings import Findings, Promise
    from toezeggingen.training.gold import Gold
    from toezeggingen.training.quotes import Span

ROWS = ("commitments inform", "commitments all", "deadline span", "deadline interval", "citations", "bodies")
FIELDS = ("kind", "status", "strength", "deadline operator", "letter date", "ministry")


# --- figures ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """How many there are, how many were found, how many of those were right. A share of nothing is 0."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.found) if self.right else 0.0

    def __add__(self, other: Row) -> Row:
        return Row(self.gold + other.gold, self.found + other.found, self.right + other.right)


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of one letter: its class ("missed inform", "citation extra", ...) and the words it is about."""

    letter: str
    what: str
    text: str


@dataclass(slots=True)
class Score:
    """The figures of one letter, or of several added up. `unlocated` are gold quotes that the text does not hold."""

    rows: dict[str, Row] = field(default_factory=lambda: dict.fromkeys(ROWS, Row()))
    fields: dict[str, Row] = field(default_factory=lambda: dict.fromkeys(FIELDS, Row()))
    errors: list[Fault] = field(default_factory=list)
    unlocated: list[str] = field(default_factory=list)

    def accuracy(self, name: str) -> float | None:
        """The share of a field's values that are right; None where there was nothing to compare."""
        return self.fields[name].recall if self.fields[name].gold else None


def total(scores: Iterable[Score]) -> Score:
    """The figures of several letters added up, so that a letter counts by what it holds."""
    whole = Score()
    for one in scores:
        for name, row in one.rows.items():
            whole.rows[name] += row
        for name, row in one.fields.items():
            whole.fields[name] += row
        whole.errors += one.errors
        whole.unlocated += one.unlocated
    return whole


def score(letter: str, found: Findings, wanted: Gold) -> Score:
    """The figures of one letter; `letter` names it in the errors."""
    scoring = _Scoring(letter, found, wanted)
    scoring.commitments()
    scoring.citations()
    scoring.bodies()
    scoring.head()
    return scoring.score


# --- matching --------------------------------------------------------------------------------------------------------


class Ruler:
    """Measures spans of one text in characters that are not white space."""

    def __init__(self, text: str) -> None:
        self._before = [0, *accumulate(not char.isspace() for char in text)]

    def size(self, span: Span) -> int:
        """How long a span is."""
        return self._before[span[1]] - self._before[span[0]]

    def shared(self, a: Span, b: Span) -> int:
        """How much two spans have in common."""
        start, end = max(a[0], b[0]), min(a[1], b[1])
        return self.size((start, end)) if start < end else 0

    def touch(self, a: Span, b: Span) -> bool:
        """Whether two spans have anything in common."""
        return self.shared(a, b) > 0

    def pairs(self, wanted: Sequence[Span], found: Sequence[Span], *, of_longer: bool = False) -> dict[int, int]:
        """Indices of `wanted` with those of `found` they match: one to one, best share of the longer one first.

        They match where they share half of the shorter one, or of the longer one with `of_longer`.
        """
        candidates: list[tuple[float, int, int]] = []
        for w, a in enumerate(wanted):
            for f, b in enumerate(found):
                shared = self.shared(a, b)
                short, long = sorted((self.size(a), self.size(b)))
                if shared and 2 * shared >= (long if of_longer else short):
                    candidates.append((shared / long, w, f))
        matched: dict[int, int] = {}
        taken: set[int] = set()
        for _, w, f in sorted(candidates, reverse=True):
            if w not in matched and f not in taken:
                matched[w] = f
                taken.add(f)
        return matched


class _Scoring:
    """One letter's score in the making."""

    def __init__(self, letter: str, found: Findings, wanted: Gold) -> None:
        self.letter, self.found, self.wanted, self.text = letter, found, wanted, found.text
        self.ruler = Ruler(found.text)
        self.score = Score()

    def _count(self, name: str, gold: int, found: int, right: int) -> None:
        self.score.rows[name] += Row(gold, found, right)

    def _compare(self, name: str, equal: bool) -> None:
        self.score.fields[name] += Row(1, 1, int(equal))

    def _tell(self, what: str, text: str) -> None:
        self.score.errors.append(Fault(self.letter, what, " ".join(text.split())[:300]))

    def _place(self, quote: str, occurrence: int) -> Span:
        span = locate(self.text, quote, occurrence)
        if span is None:
            self.score.unlocated.append(f"{self.letter}: {' '.join(quote.split())[:60]}")
        return span or (0, 0)

    def _quoted(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    def commitments(self) -> None:
        """Commitments of both rows, their fields and their terms."""
        placed = [(c, self._place(c.quote, c.occurrence)) for c in self.wanted.commitments]
        everything = self.ruler.pairs([span for _, span in placed], [p.span for p in self.found.promises])
        neutral = {f for w, f in everything.items() if placed[w][0].optional}
        wanted = [(c, span) for c, span in placed if not c.optional]
        found = [p for f, p in enumerate(self.found.promises) if f not in neutral]

        matched = self.ruler.pairs([span for _, span in wanted], [p.span for p in found])
        self._count("commitments all", len(wanted), len(found), len(matched))
        informing = [span for c, span in wanted if c.kind == "inform"], [p.span for p in found if p.kind == "inform"]
        self._count("commitments inform", len(informing[0]), len(informing[1]), len(self.ruler.pairs(*informing)))
        for w, (c, _) in enumerate(wanted):
            if w not in matched:
                self._tell(f"missed {c.kind}", c.quote)
        for f in sorted(set(range(len(found))) - set(matched.values())):
            self._tell(f"extra {found[f].kind}", self._quoted(found[f].span))

        pairs = [(c, span, found[matched[w]] if w in matched else None) for w, (c, span) in enumerate(wanted)]
        right = Counter(verdict for pair in pairs for verdict in self._verdicts(*pair))
        with_term = sum(p.term is not None for p in found)
        asked = sum(c.deadline is not None for c, _ in wanted)
        self._count("deadline span", asked, with_term, right["span"])
        self._count("deadline interval", asked, with_term, right["interval"])

    def _verdicts(self, wanted: gold.Commitment, span: Span, found: Promise | None) -> Iterator[str]:
        """What is right about the term of one gold commitment: "span", "interval". Compares its fields on the way."""
        if found is None:
            return
        for name in ("kind", "status", "strength"):
            self._compare(name, getattr(wanted, name) == getattr(found, name))
        term = wanted.deadline
        if term is None:
            return
        places = locate_all(self.text, term.text)
        places = [place for place in places if self.ruler.touch(place, span)] or places
        if found.term is None or not any(self.ruler.touch(place, found.term.span) for place in places):
            self._tell("deadline missed", term.text)
            return
        yield "span"
        self._compare("deadline operator", term.operator == found.term.operator)
        if same_days(term, found.term.from_, found.term.until):
            yield "interval"
        else:
            days = f"gold {term.from_}..{term.until}, found {found.term.from_}..{found.term.until}"
            self._tell("deadline interval", f"{term.text}: {days}")

    def citations(self) -> None:
        """Pairs of a place and an id."""
        seen: Counter[str] = Counter()
        wanted: list[tuple[Span, str]] = []
        for cited in self.wanted.citations:
            seen[cited.quote] += 1
            place = self._place(cited.quote, cited.occurrence or seen[cited.quote])
            wanted += [(place, id_) for id_ in cited.ids]
        own = [span for one in self.wanted.self_ if (span := locate(self.text, one.quote)) is not None]
        found = [
            (span, id_)
            for span, ids in self.found.citations
            if not any(self.ruler.touch(span, place) for place in own)
            for id_ in ids
        ]
        left = list(found)
        for place, id_ in wanted:
            hit = next((one for one in left if one[1] == id_ and self.ruler.touch(one[0], place)), None)
            if hit is not None:
                left.remove(hit)
            else:
                self._tell("citation missed", f"{id_}: {self._quoted(place)}")
        for span, id_ in left:
            self._tell("citation extra", f"{id_}: {self._quoted(span)}")
        self._count("citations", len(wanted), len(found), len(found) - len(left))

    def bodies(self) -> None:
        """Mentions of bodies, long forms first: a short form inside a long one is not asked for again."""
        if not self.wanted.bodies:
            return
        taken: list[Span] = []
        free = list(self.found.bodies)
        asked = right = 0
        for body in sorted(self.wanted.bodies, key=lambda body: len(body.quote), reverse=True):
            places = [place for place in locate_all(self.text, body.quote) if not self._any_touch(place, taken)]
            taken += places
            matched = self.ruler.pairs(places, free, of_longer=True)
            free = [span for f, span in enumerate(free) if f not in set(matched.values())]
            number = min(body.count, len(places))
            asked += number
            right += min(len(matched), number)
            for _ in range(number - len(matched)):
                self._tell("body missed", body.quote)
        for span in free:
            self._tell("body extra", self._quoted(span))
        self._count("bodies", asked, right + len(free), right)

    def _any_touch(self, place: Span, spans: Collection[Span]) -> bool:
        return any(self.ruler.touch(place, span) for span in spans)

    def head(self) -> None:
        """Date and ministry of the letter, where the gold has them."""
        if self.wanted.letter.date:
            self._compare("letter date", self.found.date == self.wanted.letter.date)
        if self.wanted.letter.ministry:
            self._compare("ministry", self.found.ministry == self.wanted.letter.ministry)
