"""The grammar of terms that are an event or a paper: "na afronding van het onderzoek", "in de volgende
voortgangsrapportage".

Their days are not known, unless the words hold a date of their own ("tijdens het debat op 3 juni"). Where such a term
ends is told by the look of words alone: a noun phrase is an article, adjectives in -e and one noun with the names
behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toezeggingen.components.term_grammar import CalendarGrammar, Core
    from toezeggingen.components.term_words import Coded, TermWords
    from toezeggingen.values.period import Operator

EVENT_BRICKS = {
    "determiner": r"[ARTICLE POSSESSIVE ONE SUCH]",
    # "definitieve", "reeds toegezegde", "eerstvolgende", "tweede"
    "modifier": r"(?: ALREADY? [ADJ SERIES NEXT COMING NEW ORDINAL LENGTH] )",
    "noun": r"""(?: [WORD NAME ADJ PROCESS POINT START] - )?
        [WORD NAME ADJ ING PROCESS POINT START MEETING DOCUMENT PAPER BUDGET NOTA SCHOOL_YEAR YEAR_WORD UNITS TENURE
         TERM_WORD PHRASE_END]""",
    # "het onafhankelijke onderzoek", "uw Kamer", "de Raad Buitenlandse Zaken", "dit advies"
    "phrase": r"(?: (?: <determiner> | THIS )? <modifier>{0,3} <noun> NAME{0,4} YEAR? )",
    "complement": r"(?: [OF ABOUT AGENT] <phrase> )",
    "talk": r"(?: [OF ABOUT WITH] <phrase> )",
    "about": r"(?: [OF ABOUT ON TO] <phrase> )",
    # "op 3 juni", "van 3 juni 2026 jl.", "in september jl."
    "on_day": r"""(?: (?: [ON OF] (?P<date> (?: WEEKDAY ,? )? DAYNUM [MONTH MONTH_ABBR] YEAR? )
          | [IN OF] (?P<month> MONTH YEAR? ) ) (?P<gone>GONE)? )""",
    "compound": r"(?: [WORD NAME ADJ] - )",
    "before": r"(?: PRIOR TO | [STILL NEAR BY]? BEFORE_CLEAR | [STILL NEAR BY] BEFORE )",
    # "na", "kort na", "zo snel mogelijk na"
    "after": r"(?P<after> (?: SHORT NEAR POSSIBLE )? NEAR? AFTER )",
    # "binnen zes weken", "uiterlijk een maand", "kort"; "na ..." follows
    "lead": r"""(?: (?: (?P<within> BY? WITHIN | BY ) | NEAR )? [ONE NUMBER DAYNUM]
        [UNITS WEEK_WORD MONTH_WORD DAY_WORD YEAR_WORD] )""",
    # "bij", "uiterlijk bij", "tijdens"
    "by": r"(?P<by>BY)?",
    # "in", "via", "tegelijk met"
    "with": r"(?: VIA | TOGETHER? WITH )",
    # ---- forms -----------------------------------------------------------------------------------------------------
    # "na afronding van het onderzoek", "bij de verdere uitwerking van het plan", "binnen zes weken na ontvangst van
    # het advies"
    "process": r"""<lead>? (?: <after> | (?P<before> <before> | BEFORE (?= <determiner>? [POINT START] ) )
          | <by> (?P<in> [DURING AT] (?! THIS ) ) )
        (?P<what> (?: <determiner> | THIS )? <modifier>{0,3} <compound>?
          (?: [PROCESS POINT START] (?! AFTER ) | ING (?= OF ) ) <complement>{0,2} <on_day>? )""",
    # "tijdens het tweeminutendebat", "na mijn gesprek met de bonden op 3 juni", "op de Europese top", "morgen tijdens
    # het debat"
    "meeting": r"""(?P<day> TOMORROW )? (?: <after> | (?P<before> <before> | BEFORE )
          | <by> (?P<in> [DURING AT ON] | IN ARTICLE? RUNUP TOWARD | IN (?= <determiner>? [NEXT COMING SUCH] ) ) )
        (?P<what> (?: <determiner> | THIS )? <modifier>{0,3} <compound>? MEETING NAME{0,4} <talk>{0,2} <on_day>? )""",
    # "in de kabinetsreactie op het advies", "bij het jaarverslag 2026", "in de tweede voortgangsrapportage van 2026"
    "document": r"""(?: <by> (?P<in> IN | AT | <with> ) | <after> )
        (?P<what> <determiner>? <modifier>{0,3} <compound>? DOCUMENT NAME{0,3} (?: OF? (?P<year>YEAR) )?
          <about>{0,2} <on_day>? )""",
    # "bij de begroting", "in de begroting 2027"
    "budget": r"""(?: <by> (?P<in> AT | <with> | IN (?= .{0,3} BUDGET YEAR ) ) | <after> | (?P<before> <before> ) )
        (?P<what> <determiner>? <modifier>{0,2} BUDGET (?: NAME{1,2} )? (?P<year>YEAR)? (?: OF NAME )? )""",
    # "in die brief", "met de eerstvolgende rapportage", "in een aparte brief over de kade", "bij het concept-besluit"
    "paper": r"""<by> (?P<in> IN | AT | <with> )
        (?P<what> (?: SUCH <modifier>{0,2} <compound>? [PAPER DOCUMENT]
            | <determiner>? ALREADY? [NEXT COMING NEW SERIES] <modifier>{0,2} <compound>? [PAPER DOCUMENT PROCESS]
            | <determiner>? DRAFT - (?: WORD | PROCESS | PAPER ) )
          (?: [OF ABOUT] <phrase> )? )""",
    # "in de brief van dit najaar"
    "dated_paper": r"""(?P<in> [IN AT WITH VIA] ) (?P<what> <determiner>? <modifier>{0,2} <compound>? [PAPER DOCUMENT]
        [OF IN] (?P<date> (?: ARTICLE? [THIS COMING NEXT] (?: SEASON | YEAR_WORD | QUARTER_WORD | MONTH_WORD )
          | ARTICLE? SEASON (?: OF? YEAR )? ) ) )""",
    # "zodra het onderzoek is afgerond", "alvorens het wordt besloten"; ends at a mark, or before "zal ik",
    # "informeer ik"
    "clause": r"""(?P<when> WHEN | ON ARTICLE MOMENT SUCH ) (?P<what> [^|,:]{2,28}? ) (?= [|,:] | \Z
        | [FINITE AUXILIARY PERFECT WORD ADJ] PRONOUN | [FINITE AUXILIARY] [ARTICLE POSSESSIVE NAME] )""",
}
_APPEARS = {
    "document": 1,
    "budget": -1,
}  # a report on a year comes out in the year after it, a budget in the one before
_LOOSE = 0.6  # "wanneer dat zo is" and "bij de uitvoering" are mostly no terms
_FORMS = ("process", "meeting", "document", "budget", "dated_paper", "paper", "clause")
_OPERATORS: tuple[Operator, ...] = ("within", "by", "before", "after", "in")


class EventTerm(NamedTuple):
    """A term as found: codes `start` to `end`, the rule, the operator, the event's words, and the date that they hold.

    `appears` is the last year in which a paper that bears a year may come out; `gone`: "jl." or the like follows;
    `sure` (0..1) is how likely it is a term at all.
    """

    start: int
    end: int
    rule: str
    operator: Operator
    event: str
    date: Core | None
    appears: int | None
    gone: bool
    sure: float


class EventGrammar:
    """Finds events and papers that serve as terms, in coded text."""

    def __init__(self, words: TermWords, calendar: CalendarGrammar) -> None:
        def compiled(pattern: str) -> re.Pattern[str]:
            return re.compile(words.expand(pattern, EVENT_BRICKS), re.VERBOSE)

        self._values = words.values
        self._calendar = calendar
        self._forms = {form: compiled(f"<{form}>") for form in _FORMS}
        self._start = compiled(
            """WHEN | ON (?= ARTICLE MOMENT SUCH ) | [SHORT TOGETHER BY STILL NEAR BEFORE BEFORE_CLEAR PRIOR AFTER
            DURING AT ON IN WITH VIA WITHIN ONE NUMBER DAYNUM TOMORROW] (?= [^|]{0,9} [PROCESS POINT START MEETING
            DOCUMENT PAPER BUDGET DRAFT] | AFTER [^|]{0,6} ING )
            """
        )
        self._at_code = words.names["AT"]
        self._verb = compiled("[AUXILIARY PERFECT FINITE INFINITIVE_MARK]")
        self._ready = compiled(
            "READY [AUXILIARY PERFECT]? (?: [|,:] | \\Z ) | [AUXILIARY PERFECT] READY | READY [AUXILIARY PERFECT]"
        )
        self._denied = compiled("[PAST_AUXILIARY NOT]")
        self._looks_back = compiled("[PAST_AUXILIARY PERFECT] | [OF ON]? ARTICLE? PAST")

    def find(self, coded: Coded) -> Iterator[EventTerm]:
        """The events, in order and without overlap, save those that plainly lie in the past ("in het debat heb ik
        ...").
        """
        end = 0
        for start in self._start.finditer(coded.codes):
            if start.start() < end:
                continue
            found = self._at(coded, start.start())
            if found is not None:
                end = found.end
                yield found

    def _at(self, coded: Coded, at: int) -> EventTerm | None:
        matches = [(match.end(), form, match) for form, p in self._forms.items() if (match := p.match(coded.codes, at))]
        if not matches:
            return None
        end, form, match = max(matches, key=lambda found: found[0])
        groups = match.groupdict()
        if form == "clause":
            operator = self._of_clause(coded, match)
        else:
            operator = next(op for op in _OPERATORS if groups.get(op))
            if self._looks_back.match(coded.codes, end):
                return None
        if operator is None:
            return None
        date = None
        for group in ("date", "month", "day"):
            if groups.get(group):
                date = self._calendar.core(coded, *match.span(group))
        appears = int(coded.word(match.start("year"))) + _APPEARS.get(form, 0) if groups.get("year") else None
        first, last = coded.span(*match.span("what"))
        event = " ".join(coded.text[first:last].split())
        at_work = form == "process" and groups.get("in") == self._at_code
        sure = _LOOSE if operator == "in" and (form == "clause" or at_work) else 1.0
        rule = "document" if form in ("budget", "paper", "dated_paper") else form
        return EventTerm(at, end, rule, operator, event, date, appears, bool(groups.get("gone")), sure)

    def _of_clause(self, coded: Coded, match: re.Match[str]) -> Operator | None:
        """The operator of a clause; None where it tells of the past, denies, has no verb, or is but a condition
        ("als dat nodig is").
        """
        what = match.span("what")
        if self._denied.search(coded.codes, *what) or not self._verb.search(coded.codes, *what):
            return None
        ready = self._ready.search(coded.codes, *what) is not None
        meaning = self._values.get(coded.word(match.start("when")), "when")
        if meaning == "if":  # "als het onderzoek is afgerond", not "als dat nodig is"
            return "after" if ready else None
        if meaning == "when":
            return "after" if ready else "in"
        operator: Operator = meaning
        return operator
