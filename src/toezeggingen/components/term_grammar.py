"""The grammar of terms that a calendar knows: "uiterlijk eind mei", "in het derde kwartaal van 2026", "na het reces".

A term is an operator and a core. Cores are regular expressions over word classes (CAPITALS, see `term_words`), put
together from named bricks (`<brick>`), each with the form it covers; every repetition is bounded. A core that matched
is read into a `Moment`: what it says, not yet which days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toezeggingen.components.term_reading import READERS, Reading
from toezeggingen.components.term_words import without_names
from toezeggingen.values.period import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.components.term_words import Coded, TermWords
    from toezeggingen.values.moment import Moment
    from toezeggingen.values.period import Operator

BRICKS = {
    # ---- bricks of cores -------------------------------------------------------------------------------------------
    # "2026", "van 2026", "volgend jaar", "van dit jaar", "van het jaar"
    "year_of": r"""(?: OF? (?P<year> YEAR | NOTED_YEAR )
        | OF? ARTICLE? (?P<year_rel> [THIS NEXT COMING NEW] ) YEAR_WORD
        | OF ARTICLE (?P<same_year>YEAR_WORD) )""",
    # "eind", "mid-", "het begin van", "de start van", "de eerste helft van", "de laatste maanden van", "de laatste
    # week van"
    "part": r"""(?: ARTICLE? (?P<part>PART) -? (?: OF ARTICLE? )? | ARTICLE? (?P<start_of>START) OF ARTICLE?
        | ARTICLE? (?P<half_of>ORDINAL) HALF_WORD OF? ARTICLE?
        | ARTICLE? (?P<units_of>ORDINAL) UNITS OF ARTICLE?
        | ARTICLE? (?P<week_of>ORDINAL) WEEK_WORD OF ARTICLE? )""",
    # "dit", "het komende", "volgende"
    "rel": r"(?: ARTICLE? (?P<rel> [THIS NEXT COMING] ) )",
    # between two of a kind: "mei/juni", "mei of juni", "13 t/m 15", "13 tot en met 15"
    "to": r"(?: - | / | AND | OR | THROUGH | UNTIL AND WITH )",
    # ---- cores ---------------------------------------------------------------------------------------------------
    # "26 september", "donderdag 26 sept. 2026", "13 t/m 15 mei", "1 juli van dit jaar"
    "day": r"""(?: WEEKDAY ,? )? ARTICLE? (?P<day>DAYNUM) (?: <to> (?P<day2>DAYNUM) )?
        (?P<month> MONTH | MONTH_ABBR :? ) <year_of>?""",
    # "01-07-2026", "1/7/2026", "1.7.2026", "2026-07-01"
    "numeric": r"""(?P<dmy> DAYNUM (?: -DAYNUM- | /DAYNUM/ | \.DAYNUM\. ) YEAR ) | (?P<ymd> YEAR -DAYNUM-DAYNUM )""",
    # "morgen", "komende dinsdag", "volgende week dinsdag", "dinsdag volgende week", "dinsdag a.s."
    "weekday": r"""(?P<tomorrow>TOMORROW) | COMING (?P<weekday>WEEKDAY) | (?P<weekday_marked>WEEKDAY) (?= COMING_MARK )
        | NEXT WEEK_WORD (?P<weekday_next>WEEKDAY) | (?P<next_weekday>WEEKDAY) NEXT WEEK_WORD""",
    # "volgende week", "eind deze week", "week 40", "week 40 van 2026", "de week van 12 mei"
    "week": r"""(?: ARTICLE? (?P<part>PART) OF? )? <rel> WEEK_WORD
        | WEEK_WORD (?P<number>DAYNUM|NUM) <year_of>?
        | ARTICLE WEEK_WORD OF (?P<week_of_day> DAYNUM MONTH YEAR? )""",
    # "mei", "eind mei 2026", "de maand mei", "mei/juni 2026", "begin juni of eind juli", "volgende maand", "nov. 2026"
    "month": r"""<part>? (?: <rel> MONTH_WORD
        | <rel_month>? (?: ARTICLE? MONTH_WORD )? (?P<month>MONTH) <year_of>?
          (?: <to> (?P<second> PART? MONTH YEAR? ) )?
        | (?P<abbreviated>MONTH_ABBR) :? <year_only> )""",
    "rel_month": r"(?: ARTICLE? (?P<rel_month> [THIS NEXT COMING] ) )",
    "year_only": r"(?P<year_short>YEAR)",
    # "het eerste kwartaal van 2026", "Q1 2026", "Q3/Q4", "2026-Q1", "volgend kwartaal", "eind van het tweede of derde
    # kwartaal"
    "quarter": r"""<part>? (?: <rel> QUARTER_WORD
        | ARTICLE? (?P<number>ORDINAL) (?: <to> ARTICLE? (?P<number2>ORDINAL) )? QUARTER_WORD <year_of>?
        | (?P<code>QUARTER_CODE) (?: <to> (?P<code2>QUARTER_CODE) )? (?: -? <year_after> )?
        | (?P<year_before>YEAR) -? (?P<code_after>QUARTER_CODE) )""",
    "year_after": r"(?: OF? (?P<year_after>YEAR) | OF? ARTICLE? (?P<rel_after> [THIS NEXT COMING] ) YEAR_WORD )",
    # "de eerste helft van 2026", "het tweede halfjaar van 2026", "het eerste half jaar", "volgend halfjaar"
    "half": r"""ARTICLE? (?P<number>ORDINAL) (?: HALF_WORD <year_of> | <half_year> <year_after>? )
        | ARTICLE? (?P<rel> [THIS NEXT] ) <half_year>""",
    "half_year": r"(?: HALF_YEAR | PART YEAR_WORD )",
    # "het schooljaar 2026-2027", "komend schooljaar", "het begin van het nieuwe studiejaar"
    "school": r"""<part>? (?: ARTICLE? (?P<rel> [THIS NEXT COMING NEW] ) | ARTICLE )? (?P<school>SCHOOL_YEAR)
        (?: (?P<year>YEAR) (?: [-/] (?: YEAR | NUM | DAYNUM ) )? )?""",
    # "het voorjaar van 2026", "dit najaar", "eind van de zomer", "winter 2026/2027", "het vroege voorjaar van volgend
    # jaar"
    "season": r"""<part>? (?: <rel> | ARTICLE )? ADJ? (?P<season>SEASON)
        (?: (?P<winter>YEAR) [-/] (?: YEAR | NUM | DAYNUM ) | <year_of> )?""",
    # "het zomerreces", "het komende reces", "het kerstreces van 2026"
    "recess": r"<part>? (?: <rel> | ARTICLE )? (?P<recess>RECESS) <year_of>?",
    # "Prinsjesdag", "de Miljoenennota 2027", "de jaarwisseling"
    "named": r"(?: <rel> | ARTICLE )? (?P<named> NAMED_DAY | NOTA ) <year_of>?",
    # "2026", "medio 2026", "het jaar 2026", "2026/2027", "eind 2026/begin 2027", "volgend jaar", "eind dit jaar",
    # "jaareinde"
    "year": r"""<part>? (?: (?: ARTICLE YEAR_WORD )? (?P<year>YEAR)
          (?: (?: - | / | AND | OR ) (?P<second> PART? YEAR ) )?
        | ARTICLE? (?P<rel> [THIS NEXT COMING NEW] ) YEAR_WORD )
        | (?: ARTICLE? (?P<year_part>PART) OF )? ARTICLE (?P<this_year>YEAR_WORD)
        | (?P<year_end>YEAR_END)""",
    # ---- operators -------------------------------------------------------------------------------------------------
    "loop": r"(?: ARTICLE LOOP OF )",
    # "uiterlijk", "uiterlijk in", "niet later dan", "ten laatste op", "op zijn laatst", "tot en met", "t/m"
    "by": r"""(?: BY (?: [IN ON WITH AT TO PER AROUND] <loop>? )? | NOT LATER THAN [IN ON WITH]?
        | (?: TEN ORDINAL | ON AUXILIARY LATEST ) [IN ON]?
        | BY? UNTIL AND WITH | THROUGH )""",
    # "voor", "vóór", "nog voor", "kort voor", "voorafgaand aan", "tot", "in aanloop naar"
    "before": r"(?: [BY STILL NEAR]{0,2} (?: BEFORE | BEFORE_CLEAR ) | PRIOR TO | UNTIL | IN ARTICLE? RUNUP TOWARD )",
    # "na", "kort na", "zo spoedig mogelijk na"
    "after": r"(?: (?: SHORT NEAR POSSIBLE )? NEAR? AFTER )",
    "around": r"(?: IN? AROUND )",
    # "vanaf", "met ingang van", "per", "beginnend in", "niet eerder dan", "op zijn vroegst in"
    "from": r"""(?: FROM | WITH EFFECT OF | PER | STARTING [IN ON WITH]? | NOT ALREADY THAN [IN ON WITH]?
        | (?: TEN | ON AUXILIARY ) EARLIEST [IN ON]? )""",
    # "in", "op", "tijdens", "nog", "later", "in de loop van", "aan", "met", "bij", "nog in", "in de periode"
    "in": r"""(?: [IN DURING] ARTICLE SPAN_WORD OF? | STILL? (?: [IN DURING ON AT WITHIN TO] | TOGETHER? WITH ) <loop>?
        | STILL? LATER IN? | STILL )""",
    "operator": r"""(?: (?P<by><by>) | (?P<before><before>) | (?P<after><after>) | (?P<around><around>)
        | (?P<from><from>) | (?P<in><in>) )""",
}

CORES = (
    *("day", "numeric", "weekday", "week", "month", "quarter", "half", "school", "season", "recess", "named"),
    "year",
)
"""In the order in which they are tried: the longer form before the one that is a part of it."""

OPERATORS: tuple[Operator, ...] = ("by", "before", "after", "around", "from", "in")

_STARTERS = """BY NOT TEN SHORT TOGETHER UNTIL THROUGH STILL NEAR BEFORE BEFORE_CLEAR PRIOR AFTER IN AROUND FROM WITH
    PER STARTING DURING ON AT WITHIN TO LATER ARTICLE THIS NEXT COMING PART ORDINAL BETWEEN OF DAYNUM"""
_ANCHORS = """MONTH MONTH_ABBR SEASON QUARTER_WORD QUARTER_CODE HALF_WORD HALF_YEAR YEAR_WORD YEAR_END SCHOOL_YEAR
    MONTH_WORD WEEK_WORD RECESS NAMED_DAY NOTA WEEKDAY TOMORROW YEAR"""

# classes that tell one form of a core from another
_DATING = frozenset({"YEAR", "NOTED_YEAR", "PART", "START", "THIS", "NEXT", "COMING", "NEW"})
_PURPOSE = frozenset({"THIS", "NEXT", "COMING", "NEW", "YEAR_WORD"})
_TELLING = sorted(_DATING | _PURPOSE | {"YEAR_END"})

# cores that may stand without an operator, given a year or another word that dates them
_BARE = frozenset({"day", "numeric", "weekday", "week", "month", "quarter", "half", "school", "season", "year"})


@dataclass(frozen=True, slots=True)
class Core:
    """A core that was read: the rule's name, where its codes stand and what it says."""

    rule: str
    start: int
    end: int
    moment: Moment | Range


@dataclass(frozen=True, slots=True)
class CalendarTerm:
    """A term as found: codes `start` to `end` (half open), the operator (None: it stands bare) and what was read.

    `prefix` holds the codes of the operator's words. `holds` is False where the words have the form of a term but "jl."
    follows, or they stand where they date something else: no other term is looked for inside them.
    """

    start: int
    end: int
    operator: Operator | None
    prefix: str
    core: Core
    holds: bool


class CalendarGrammar:
    """Finds calendar terms in coded text."""

    def __init__(self, words: TermWords) -> None:
        def compiled(pattern: str) -> re.Pattern[str]:
            return re.compile(words.expand(pattern, BRICKS), re.VERBOSE)

        self._values = words.values
        self._names = words.names
        self._cores = {rule: compiled(BRICKS[rule]) for rule in CORES}
        self.any_core = without_names("|".join(f"(?: {words.expand(BRICKS[rule], BRICKS)} )" for rule in CORES))
        self._term = compiled(f"<operator>? (?P<core> {self.any_core} ) (?: (?P<gone>GONE) | COMING_MARK | COMING )?")
        self._range = compiled(
            f"""(?P<opening> (?: [IN DURING] ARTICLE SPAN_WORD )? (?: BETWEEN | OF | FROM ) )
            (?P<first> {self.any_core} | DAYNUM )
            (?: AND | THROUGH | - | (?P<until>UNTIL) (?P<with> AND WITH )? )
            (?P<last> {self.any_core} )"""
        )
        self._range_starts = words.group("IN", "DURING", "BETWEEN", "OF", "FROM")
        # a word that may begin a term, with one that every term has not far behind it: all else is passed over
        self._start = compiled(f"[{_ANCHORS}] | [{_STARTERS}] (?= [^|]{{0,9}} [{_ANCHORS}] )")

    def find(self, coded: Coded) -> Iterator[CalendarTerm]:
        """The calendar terms, in order and without overlap; whether one is a deadline depends on the letter's date."""
        end = 0
        for start in self._start.finditer(coded.codes):
            if start.start() < end:
                continue
            term = self._range_at(coded, start.start()) or self._term_at(coded, start.start())
            if term is not None:
                end = term.end
                yield term

    def core(self, coded: Coded, start: int, end: int) -> Core | None:
        """What the codes `start` to `end` say, taken as one core; None where they say nothing."""
        for rule, pattern in self._cores.items():
            match = pattern.fullmatch(coded.codes, start, end)
            if match is not None:
                moment = READERS[rule](Reading(match, coded, self._values))
                return Core(rule, start, end, moment) if moment is not None else None
        return None

    def _term_at(self, coded: Coded, at: int) -> CalendarTerm | None:
        match = self._term.match(coded.codes, at)
        if match is None:
            return None
        core = self.core(coded, *match.span("core"))
        if core is None:
            return None
        operator = next((op for op in OPERATORS if match[op] is not None), None)
        prefix = coded.codes[at : core.start]
        holds = match["gone"] is None and self._is_term(coded, core, operator, prefix)
        return CalendarTerm(at, match.end(), operator, prefix, core, holds)

    def _range_at(self, coded: Coded, at: int) -> CalendarTerm | None:
        """The range that starts at a code: "tussen 3 en 7 juni", "van 1 mei tot en met 1 juli"."""
        match = self._range.match(coded.codes, at) if coded.codes[at] in self._range_starts else None
        if match is None:
            return None
        first, last = match.span("first"), self.core(coded, *match.span("last"))
        if last is None or isinstance(last.moment, Range):
            return None
        if coded.codes[first[0] : first[1]] == self._names["DAYNUM"]:
            moment = replace(last.moment, day=int(coded.word(first[0])), year=last.moment.year)
        else:
            core = self.core(coded, *first)
            if core is None or isinstance(core.moment, Range):
                return None
            moment = core.moment
        open_end = match["until"] is not None and match["with"] is None
        whole = Range(moment, last.moment, open_end)
        return CalendarTerm(at, match.end(), "in", match["opening"], Core(last.rule, first[0], last.end, whole), True)

    def _is_term(self, coded: Coded, core: Core, operator: Operator | None, prefix: str) -> bool:
        """Whether words of this form make a term at all, whatever the letter's date; "met 2024" and "begroting 2024"
        do not.
        """
        said = {name for name in _TELLING if self._names[name] in coded.codes[core.start : core.end]}
        dated, is_part = bool(said & _DATING), bool(said & {"PART", "START"})
        if core.rule == "year" and not is_part:
            if not dated:  # "het jaar" alone is none; "jaareinde" and "in de loop van het jaar" are
                return "YEAR_END" in said or self._names["LOOP"] in prefix
            if self._names["SPAN_WORD"] in prefix:
                return False  # "in de periode 2021-2024"
            dated = "YEAR" not in said
        if operator is None:
            certain = dated or core.rule in ("day", "numeric", "weekday")
            return certain and core.rule in _BARE and self._may_stand_bare(coded, core)
        if core.rule == "weekday":
            return operator in ("in", "by")
        if core.rule in ("named", "day", "numeric"):
            return True
        if operator == "before" and prefix[-1:] == self._names["BEFORE"] and not is_part:
            # "voor dit jaar", "voor het jaar 2026", "voor het schooljaar": what it is for
            return core.rule != "school" and not (core.rule == "year" and said & _PURPOSE)
        loose = operator == "in" and any(self._names[name] in prefix for name in ("ON", "AT", "WITH", "TO"))
        return not loose or is_part

    def _may_stand_bare(self, coded: Coded, core: Core) -> bool:
        """Not behind "van", "d.d.", "over", "sinds" or "afgelopen": there it names another thing's date."""
        before = coded.codes[core.start - 1 : core.start]
        if before in [self._names[name] for name in ("PAST", "SINCE", "DATED", "GONE")]:
            return False
        return before not in (self._names["OF"], self._names["ABOUT"])
