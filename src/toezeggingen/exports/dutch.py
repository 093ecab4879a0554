"""A record in the words of a Dutch reader: dates, terms, who is bound and to whom, and the codes of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toezeggingen.records import Body, Deadline

if TYPE_CHECKING:
    import datetime as dt

    from toezeggingen.records import Commitment, Record, Warned

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
KIND = {"inform": "informeren", "act": "handelen"}
STATUS = {"made": "nieuw", "repeated": "herhaald", "postponed": "uitgesteld", "fulfilled": "nagekomen"}
STRENGTH = {"firm": "vast", "intended": "voorgenomen", "conditional": "voorwaardelijk"}
CHAMBER = {"TK": "Tweede Kamer", "EK": "Eerste Kamer", "VV": "Verenigde Vergadering"}
ZONE = {
    "heading": "kop", "footnote": "voetnoot", "table": "tabel", "list": "opsomming", "question": "vraag",
    "answer": "antwoord", "furniture": "paginarand", "head": "briefhoofd", "signature": "ondertekening",
}  # fmt: skip
BODY = "tekst"
UNSAID = "niet genoemd"
NO_TERM = "geen termijn"

_WARNINGS = {
    "not-parsed": "de brief is te lang voor nl_core_news_md en is zonder dat model gelezen.",
    "no-letter-date": "de brief noemt geen datum, dus termijnen die daarvan afhangen zijn niet uitgerekend; "
    "geef de datum met --letter-date",
    "encoding": "het bestand is niet in UTF-8 opgeslagen; vreemde tekens kunnen daarvan komen",
}

_AFTER_A_HYPHEN = frozenset({"en", "of", "tot", "en/of", "respectievelijk", "dan"})


def day(date: dt.date) -> str:
    """A date in full: "30 juni 2026"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def days(first: dt.date, last: dt.date) -> str:
    """A range, both days included, that says nothing twice: "1 t/m 15 december 2019", "1 maart t/m 31 mei 2023"."""
    if first == last:
        return day(last)
    if first.year != last.year:
        return f"{day(first)} t/m {day(last)}"
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} t/m {day(last)}"


def deadline_of(commitment: Commitment, record: Record) -> Deadline | None:
    """The term of a commitment, None where it has none."""
    found = record.entity(commitment.deadline) if commitment.deadline else None
    return found if isinstance(found, Deadline) else None


def term(deadline: Deadline | None) -> str:
    """When a commitment is due: "uiterlijk 30 juni 2026", "geen termijn", "termijn zonder datum: binnenkort"."""
    if deadline is None:
        return NO_TERM
    value = deadline.value
    return due(value.operator, value.from_, value.until, deadline.text, approximate=value.approximate)


def due(operator: str, first: dt.date | None, last: dt.date | None, words: str, *, approximate: bool = False) -> str:
    """The same from the parts of a term: its operator, its first and last day, and the letter's words."""
    about = ", bij benadering" if approximate and operator != "around" else ""
    if last is None:
        if first is not None:
            return f"vanaf {day(first)}{about}"
        return f"{'terugkerend' if operator == 'recurring' else 'termijn zonder datum'}: {folded(words)}"
    if first is None or operator in ("before", "by", "within"):
        return f"uiterlijk {day(last)}{about}"
    lead = "rond " if operator == "around" else "op " if first == last else ""
    return f"{lead}{days(first, last)}{about}"


def term_with_words(deadline: Deadline | None) -> str:
    """`term`, and the letter's own words behind it where they are not in it already."""
    said = term(deadline)
    if deadline is None or folded(deadline.text) in said:
        return said
    return f"{said} ({quoted(deadline.text)})"


def who(commitment: Commitment, record: Record) -> str:
    """Who is bound, with the office where it is known: "ik (minister van Defensie)", "het kabinet", "niet genoemd"."""
    actor = commitment.actor
    office = _lowered(actor.office) if actor.office else None
    if actor.who in ("ik", "wij"):
        return f"{actor.who} ({office})" if office else actor.who
    if ":" not in actor.who:
        return bound(actor.who)
    name = _name(actor.body, record) if actor.body is not None else ""
    if office or not name:
        return office or bound(actor.who)
    if actor.who.startswith("ministerie:") and "ministerie" not in name.lower():
        return f"ministerie van {name}"
    return _lowered(name)


def bound(code: str) -> str:
    """An actor's code as words: "minister:Defensie" is "minister van Defensie", "passive" is "niet genoemd"."""
    kind, _, name = code.partition(":")
    if not name:
        return {"kabinet": "het kabinet", "passive": UNSAID}.get(kind, kind)
    return name if kind == "agency" else f"{kind} van {name}"


def recipient(commitment: Commitment, record: Record) -> str | None:
    """The name of who is to be told or sent something ("Tweede Kamer der Staten-Generaal"), None where nobody is."""
    return _name(commitment.recipient, record) if commitment.recipient else None


def to_whom(commitment: Commitment, record: Record) -> str:
    """The same in short, for a reader: "Tweede Kamer", "niet genoemd".

    Who informs parliament without naming it ("u", or a passive) informs the chamber that the letter is written to.
    """
    named = recipient(commitment, record)
    if named is None and commitment.kind == "inform" and record.letter.chamber is not None:
        return f"{CHAMBER[record.letter.chamber]} (geadresseerde)"
    return (named or UNSAID).removesuffix(" der Staten-Generaal")


def nature(commitment: Commitment) -> str:
    """Kind and act: "informeren (toesturen)"; the act only where it adds something."""
    kind = KIND[commitment.kind]
    return kind if commitment.action in ("", kind) else f"{kind} ({commitment.action})"


def place(commitment: Commitment, record: Record) -> str | None:
    """Where it stands, as far as that tells something: "bladzijde 3, voetnoot"; None in the body of a single page."""
    parts = [f"bladzijde {commitment.page}"] if len(record.pages) > 1 else []
    if commitment.zone in ZONE:
        parts.append(ZONE[commitment.zone])
    return ", ".join(parts) or None


def zone(name: str, note: int = 0) -> str:
    """A zone of a letter, with the number of a footnote: "tekst", "voetnoot 3"."""
    word = ZONE.get(name, BODY)
    return f"{word} {note}" if note else word


def heading(record: Record) -> tuple[str, str]:
    """Subject, and date, ministry, chamber and reference on one line, of what the letter gives of them."""
    letter = record.letter
    facts = [
        day(letter.date) if letter.date else "geen datum",
        letter.ministry or "ministerie onbekend",
        f"aan de {CHAMBER[letter.chamber]}" if letter.chamber else "",
        f"kenmerk {folded(letter.reference)}" if letter.reference else "",
    ]
    return folded(letter.subject) if letter.subject else "Zonder onderwerp", " · ".join(fact for fact in facts if fact)


def warning(warned: Warned) -> str:
    """What a reader should know about the letter; of a code that is not known here, the message itself."""
    return _WARNINGS.get(warned.code, warned.message)


def score(value: float) -> str:
    """A score with a decimal comma: "0,94"."""
    return f"{value:.2f}".replace(".", ",")


def counted(number: int, one: str, more: str) -> str:
    """A count with its noun: "1 brief", "2 brieven", "geen brieven"."""
    return f"{number or 'geen'} {one if number == 1 else more}"


def folded(text: str) -> str:
    """Text on one line: every run of white space as one space; no other character is touched.

    A word that was broken off at the end of a line is put together, hyphen and all: "vol-gende", but "op- en overslag".
    """
    whole = ""
    for line in text.splitlines():
        words = line.split()
        if words and whole:
            broken = whole[-1] in "-\u00ad" and whole[-2:-1].isalpha() and words[0][0].islower()
            whole += "" if broken and words[0] not in _AFTER_A_HYPHEN else " "
        whole += " ".join(words)
    return whole


def quoted(text: str) -> str:
    """Folded text between quotation marks."""
    return f"“{folded(text)}”"


def _name(body: str, record: Record) -> str:
    found = record.entity(body)
    return found.value.name if isinstance(found, Body) else folded(found.text)


def _lowered(office: str) -> str:
    """An office as it stands inside a sentence: "Minister van" is "minister van"; other names keep their capital."""
    return office[0].lower() + office[1:] if office.startswith(("Minister", "Staatssecretaris")) else office
