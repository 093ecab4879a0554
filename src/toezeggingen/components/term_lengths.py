"""The grammar of terms that count or stay vague: "binnen zes weken", "de komende tijd", "op korte termijn", "elk
kwartaal".

Written like `term_grammar`: regular expressions over word classes in named bricks. Phrases that stand in the lexicon
word for word ("te zijner tijd") are looked up, not parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from toezeggingen.components.term_reading import Reading
from toezeggingen.components.term_words import FIRST_CODE
from toezeggingen.values.period import Delay, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.components.term_words import Coded, TermWords
    from toezeggingen.values.period import Kind, Operator

LENGTH_BRICKS = {
    # "zes", "6", "een", "zes tot acht", "6-8", "een of twee"
    "count": r"(?: (?P<count> ONE | NUMBER | DAYNUM | NUM ) (?: [UNTIL OR -] (?P<count_to> NUMBER | DAYNUM ) )? )",
    # "weken", "maand", "half jaar"
    "unit": r"(?: (?P<half_unit> PART YEAR_WORD ) | (?P<unit> <one_unit> ) )",
    "one_unit": r"[UNITS DAY_WORD WEEK_WORD MONTH_WORD QUARTER_WORD HALF_YEAR YEAR_WORD]",
    # "enkele weken", "een paar maanden"
    "some": r"(?: ONE? FEW <one_unit> )",
    # "binnen zes weken", "uiterlijk binnen nu en een maand", "binnen een termijn van maximaal 14 dagen", "binnen
    # enkele weken"
    "within": r"""BY? WITHIN (?: NOW AND )? AT_MOST? (?: [ONE ARTICLE] TERM_WORD OF AT_MOST? )?
        (?: <some> | <count> <unit> ) (?P<after> (?= AFTER | WHEN | FROM ) )?""",
    # "de komende zes weken", "in het komende half jaar"
    "coming_count": r"""[IN WITHIN DURING]? ARTICLE? COMING
        (?: <count> <unit> | (?P<half_year> PART YEAR_WORD | HALF_YEAR ) )""",
    # "over twee maanden", "over enkele weken"
    "over": r"ABOUT AT_MOST? (?: <some> | <count> <unit> )",
    # "na twee jaar": after what, the words do not say
    "after_count": r"NEAR? AFTER (?: <some> | <count> <unit> )",
    # "de komende tijd", "in de komende weken", "voor de komende jaren", "deze kabinetsperiode"
    "coming": r"""(?: [IN WITHIN DURING BEFORE STILL]? <loop>? ARTICLE? COMING FEW? [UNITS SPAN_WORD TENURE]
        | STILL? [IN WITHIN DURING]? <loop>? (?: THIS | ARTICLE? NEXT ) TENURE
        | (?P<tenure_end> [STILL BY]? [BEFORE BEFORE_CLEAR] ARTICLE? PART OF [THIS ARTICLE] TENURE ) )""",
    "loop": r"(?: ARTICLE LOOP OF )",
    # "op korte termijn", "op een zo kort mogelijke termijn", "voor de langere termijn", "binnen afzienbare tijd"
    "horizon": r"""(?: ON [ONE ARTICLE]? SHORT? [LENGTH NEAR] POSSIBLE? TERM_WORD
        | (?P<distant> BEFORE ARTICLE LENGTH TERM_WORD )
        | (?P<horizon_within> WITHIN [ONE ARTICLE]? SHORT? [LENGTH NEAR ADJ] POSSIBLE? [TERM_WORD SPAN_WORD] ) )""",
    # "jaarlijks", "elk jaar in mei", "elk voorjaar", "iedere twee jaar", "om de drie jaar", "twee keer per jaar",
    # "eens in de vier jaar"
    "recurring": r"""(?: (?: YEARLY | EACH YEAR_WORD )
          (?: [IN ON WITH AROUND BEFORE] ARTICLE? PART? DAYNUM? [MONTH SEASON RECESS NAMED_DAY] )?
        | EACH (?: SEASON | MONTH | <one_unit> | PART YEAR_WORD | <number> <one_unit> )
        | EVERY ARTICLE? <number> <one_unit>
        | (?: <number> TIMES | TIMES_ONCE ) PER (?: <one_unit> | PART YEAR_WORD )
        | TIMES_ONCE IN ARTICLE <number> <one_unit>
        | PER [QUARTER_WORD HALF_YEAR] )""",
    "number": r"[ONE NUMBER DAYNUM]",
}
_FORMS = ("recurring", "horizon", "within", "coming_count", "coming", "over", "after_count")
_DISTANT = 0.6  # "voor de korte termijn" says as often what something is for
_THENCE = frozenset({"daarna", "hierna", "nadien", "erna"})
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class LengthTerm(NamedTuple):
    """A term as found: codes `start` to `end` (half open), the rule, what is said, and how sure it is a term (0..1)."""

    start: int
    end: int
    rule: str
    term: Term
    sure: float = 1.0


class LengthGrammar:
    """Finds terms that count from the letter, recur, or stay vague, in coded text."""

    def __init__(self, words: TermWords) -> None:
        def compiled(pattern: str) -> re.Pattern[str]:
            return re.compile(words.expand(pattern, LENGTH_BRICKS), re.VERBOSE)

        self._values = words.values
        self._phrases = words.phrases
        self._phrase_end = re.compile(f"[{words.phrase_ends}]")
        self._forms = {form: compiled(f"<{form}>") for form in _FORMS}
        self._start = compiled(
            """YEARLY | [EACH EVERY ONE NUMBER DAYNUM TIMES_ONCE] (?= .{0,5} <one_unit> | SEASON | MONTH | PART |
            TIMES ) | PER (?= [QUARTER_WORD HALF_YEAR] ) | ON (?= .{0,4} TERM_WORD ) | [BY WITHIN IN DURING ARTICLE
            COMING BEFORE BEFORE_CLEAR STILL ABOUT NEAR AFTER THIS NEXT] (?= .{0,9} [UNITS SPAN_WORD TENURE TERM_WORD
            DAY_WORD WEEK_WORD MONTH_WORD QUARTER_WORD HALF_YEAR YEAR_WORD] )
            """
        )
        self._not_before_yearly = frozenset(
            words.names[name] for name in ("ARTICLE", "ONE", "POSSESSIVE", "THIS", "SUCH")
        )
        self._not_before_over = words.names["SPREAD"]
        self._yearly = words.names["YEARLY"]

    def find(self, coded: Coded) -> Iterator[LengthTerm]:
        """The terms, in order; those of the lexicon's phrases come last and may overlap the others."""
        end = 0
        for start in self._start.finditer(coded.codes):
            if start.start() >= end and (found := self._at(coded, start.start())) is not None:
                end = found.end
                yield found
        yield from self._find_phrases(coded)

    def _at(self, coded: Coded, at: int) -> LengthTerm | None:
        before = coded.codes[at - 1 : at]
        for form, pattern in self._forms.items():
            match = pattern.match(coded.codes, at)
            if match is None:
                continue
            if form == "recurring" and coded.codes[at] == self._yearly and before in self._not_before_yearly:
                return None  # "het periodiek overleg"
            if form == "over" and before == self._not_before_over:
                return None  # "gespreid over vier jaar"
            rule, term = self._read(form, Reading(match, coded, self._values))
            if form in ("within", "over") and match.end() < len(coded.codes) and coded.word(match.end()) in _THENCE:
                rule, term = (
                    "event-delay",
                    Term("within", "event"),
                )  # "binnen een maand daarna": after what was said before
            return LengthTerm(at, match.end(), rule, term, _DISTANT if match.groupdict().get("distant") else 1.0)
        return None

    def _read(self, form: str, reading: Reading) -> tuple[str, Term]:
        match form:
            case "recurring":
                return "recurring", Term("recurring", "recurring")
            case "horizon":
                return "vague", Term("within" if reading.has("horizon_within") else "in", "vague")
            case "coming":
                return "coming", Term("before" if reading.has("tenure_end") else "in", "vague")
            case "after_count":
                return "event-delay", Term("after", "event")
            case "within" if reading.has("after"):
                return "event-delay", Term("within", "event")
        operator: Operator = "around" if form == "over" else "within"
        delay = _delay(reading)
        kind: Kind = "calendar" if delay else "vague"
        return ("over" if form == "over" else "within"), Term(operator, kind, delay)

    def _find_phrases(self, coded: Coded) -> Iterator[LengthTerm]:
        """Phrases by their last word, read backwards: first words like "op" and "in" are everywhere."""
        for last in self._phrase_end.finditer(coded.codes):
            node: dict[str, Any] | None = self._phrases
            at, longest = last.start(), None
            while node is not None and (node := node.get(coded.word(at))) is not None:
                if "" in node:
                    operator, sure = node[""]
                    longest = LengthTerm(at, last.end(), "vague", Term(operator, "vague"), sure)
                if at == 0 or coded.codes[at - 1] < FIRST_CODE:
                    break  # a comma or the like stands between
                at -= 1
            if longest is not None:
                yield longest


def _delay(reading: Reading) -> Delay | None:
    """How long; None for "enkele weken". Of "zes tot acht weken" the longer."""
    if reading.has("half_year"):
        return Delay(months=6, unit="half")
    if not reading.has("count"):
        return None
    group = "count_to" if reading.has("count_to") else "count"
    word = reading.word(group)
    count = float(word) if word.isdigit() else float(reading.value(group))
    if reading.has("half_unit"):
        return Delay(months=round(6 * count), unit="half")
    unit = reading.value("unit")
    if unit in _DAYS:
        return Delay(days=round(count * _DAYS[unit]), unit=unit)
    return Delay(months=round(count * _MONTHS[unit]), unit=unit)
