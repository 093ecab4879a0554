"""What stands under a label at the top of a letter: Datum, Betreft or Onderwerp, Ons kenmerk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters.dates import PrintedDate, date_at, only_date
from toezeggingen.letters.lines import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.letters.lines import Line

SUBJECT_LINES = 6
"""Lines that a subject may run over."""

FULL_LINE = 40
"""Characters that a line of a subject has at least where the next belongs to it though it begins with a capital."""

KENMERK_LENGTH = 60
"""Characters of the longest kenmerk; what is longer is a column of running text beside the label."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label on line number `line` and what stands behind it there, from character `start` on; `value` may be empty.

    `kind` is "date", "subject", "reference" or "other": a label of which nothing is read, but where a value ends.
    """

    kind: str
    label: str
    line: int
    value: str
    start: int
    colon: bool


@dataclass(frozen=True, slots=True)
class Value:
    """What a label says, with its place in the source."""

    text: str
    start: int
    end: int


def fields(lines: Sequence[Line]) -> list[Field]:
    """The labelled fields of `lines`, in order; a line that was two columns may hold two."""
    found: list[Field] = []
    for index, line in enumerate(lines):
        first = _label().match(line.text)
        if first is None and " Datum" not in line.text:
            continue
        labels = [first] if first else []
        labels += _second_label().finditer(line.text, first.end() if first else 0)
        ends = [match.start() for match in labels[1:]] + [len(line.text)] if labels else []
        for match, end in zip(labels, ends, strict=True):
            kind = match.lastgroup or "other"
            value = line.text[match.end() : end].rstrip()
            found.append(Field(kind, match[kind], index, value, line.start + match.end(), ":" in match[0]))
    return found


def labelled_date(lines: Sequence[Line], found: Sequence[Field], source: str) -> PrintedDate | None:
    """The date behind or below the label Datum, also where a column of labels stands above a column of values."""
    for field in found:
        if field.kind != "date":
            continue
        if not field.value:
            date = _date_below(lines, found, field, source)
        else:
            place = _place().match(source, field.start)
            date = date_at(source, place.end() if place else field.start)
        if date:
            return date
    return None


def _date_below(lines: Sequence[Line], found: Sequence[Field], field: Field, source: str) -> PrintedDate | None:
    """The date in the lines below the labels; where labels share a line, the only date of the line below them."""
    first, below = _run(found, field)
    for line in lines[below : below + below - first]:
        if date := date_at(source, line.start, line.end):
            return date
    beside = [other.label for other in found if other.line == field.line]
    if len(beside) < 2 or below >= len(lines) or any(label.startswith(("Uw brief", "Datum ")) for label in beside):
        return None
    return only_date(source, lines[below].start, lines[below].end)


def _run(found: Sequence[Field], field: Field) -> tuple[int, int]:
    """The line where the run of empty labels begins that holds `field`, and the line below its last label."""
    empty = {other.line for other in found if not other.value}
    filled = {other.line for other in found if other.value}
    first, below = field.line, field.line + 1
    while first - 1 in empty - filled:
        first -= 1
    while below in empty - filled:
        below += 1
    return first, below


def subject(lines: Sequence[Line], found: Sequence[Field], source: str) -> Value | None:
    """The words behind or below Betreft or Onderwerp, over as many lines as they run."""
    for field in found:
        if field.kind != "subject":
            continue
        index: int | None = field.line
        if not field.value:
            index = _line_of_value(lines, found, field)
        if index is None:
            continue
        value = _subject_from(lines, {other.line for other in found}, index, field, source)
        if sum(c.isalpha() for c in value.text) > 2:
            return value
    return None


def _line_of_value(lines: Sequence[Line], found: Sequence[Field], field: Field) -> int | None:
    """The line that holds the value of a label: the next one, or in a column as far down as the label is in its own."""
    first, below = _run(found, field)
    if below - first == 1:
        index = below
    elif all(other.kind != "other" for other in found if first <= other.line < below):
        index = below + field.line - first
    else:
        return None
    labelled = {other.line for other in found}
    return index if index < len(lines) and index not in labelled else None


def _subject_from(lines: Sequence[Line], labelled: set[int], index: int, field: Field, source: str) -> Value:
    """The subject that begins on line `index`: behind its label, or at the start of the line."""
    start = field.start if field.value else lines[index].start
    parts = [_cut(field.value or lines[index].text)]
    end = start + len(parts[0])
    for number in range(index + 1, min(index + SUBJECT_LINES, len(lines))):
        line, last = lines[number], parts[-1]
        new_paragraph = source.count("\n", lines[number - 1].end, line.start) > 1
        if number in labelled or new_paragraph or _furniture().match(line.text):
            break
        if len(last) < FULL_LINE and not line.text[0].islower() and not _unfinished().search(last):
            break
        parts.append(_cut(line.text))
        end = line.start + len(parts[-1])
    return Value(one_line("\n".join(parts)), start, end)


def _cut(words: str) -> str:
    """`words` up to an address that stands beside them in another column."""
    match = _column().search(words)
    return (words[: match.start()] if match else words).rstrip()


def reference(lines: Sequence[Line], found: Sequence[Field]) -> Value | None:
    """The letter's own kenmerk, behind or below its label; never that of the reader's letter."""
    labelled = {field.line for field in found}
    for field in found:
        if field.kind != "reference":
            continue
        words, start = field.value, field.start
        if not words:
            first, below = _run(found, field)
            beside = sum(other.line == field.line for other in found) > 1
            if beside or below - first > 1 or below >= len(lines) or below in labelled:
                continue
            words, start = lines[below].text, lines[below].start
        if kenmerk := _kenmerk(words):
            return Value(kenmerk, start, start + len(kenmerk))
    return None


def _kenmerk(words: str) -> str | None:
    """The kenmerk at the start of `words`, or None where they are something else."""
    column = _gap().search(words)
    words = (words[: column.start()] if column else words).rstrip(" .;")
    if not 3 <= len(words) <= KENMERK_LENGTH or len(words.split()) > 6 or not any(c.isdigit() for c in words):
        return None
    date = date_at(words, 0)
    if _no_kenmerk().match(words) or (date and date.end == len(words)):
        return None
    return words


@cache
def _label() -> re.Pattern[str]:
    """A label at the start of a line: those of other fields first, for they hold words of ours (Datum document)."""
    return re.compile(
        r"""(?=[A-Z])
        (?: (?P<other> Uw\s(?:kenmerk|brief|bericht|referentie|nummer|e-?mail)(?:\s\(?(?:van|kenmerk|d\.d\.)\)?)?
                     | Datum\s(?:document|ontvangst|ontvangen|uw|van|brief|bericht|publicatie)
                     | Bijlage (?:\(n\)|n)? | Contactpersoon (?:\(?en\)?)? | Behandeld\sdoor | Doorkiesnummer | Telefoon
                     | Fax | E-?mail | Bezoekadres | Postadres | Retouradres | Correspondentieadres
                     | Directie | Afdeling | Directoraat(?:-[Gg]eneraal)? | Projectnaam | Kopie\saan | Afschrift\saan
                     | Kenmerk\s(?:indiener|afzender) | Aantal\spagina'?s | Auteur
                     | Dossier(?:nummer)? | Zaaknummer | Rubricering )
          | (?P<date>      Datum | DATUM | Dagtekening )
          | (?P<subject>   Betreft | BETREFT | Betreffende | Onderwerp | ONDERWERP | Inzake )
          | (?P<reference> (?:Ons|Onze|ONS|ONZE)\s(?:[Kk]enmerk|KENMERK|[Rr]eferentie|REFERENTIE|[Nn]ummer)
                         | Kenmerk | KENMERK | Referentie | REFERENTIE | Briefnummer )
        )
        (?: \s*/\s*Our\sreference )? (?![\w-]) (?:\*|_|\||:|\s|</?b>|</?strong>){0,40}""",
        re.VERBOSE,
    )


@cache
def _second_label() -> re.Pattern[str]:
    """A label farther along a line, where two columns were read as one; only those that no subject would hold."""
    return re.compile(
        r"""(?<=\s)
        (?: (?P<other> Uw\s(?:kenmerk|brief|referentie)\b | Contactpersoon\b )
          | (?P<date> Datum (?=:?\s*\d|\s*$) )
          | (?P<subject> (?:Betreft|Onderwerp) (?=:|\s+\S) )
          | (?P<reference> (?:Ons\s[Kk]enmerk|Onze\s[Rr]eferentie) \b )
        ) (?::|\*|\s){0,40}""",
        re.VERBOSE,
    )


@cache
def _place() -> re.Pattern[str]:
    """A place before the date, behind the label: Datum: Den Haag, 3 mei 1994."""
    return re.compile(r"['’‘]?[^\W\d_][^\W\d_’'-]{1,15}(?:[ -][^\W\d_]{2,15})?,?\s{1,3}(?=\d|[a-z]{4,6}dag\b)")


@cache
def _furniture() -> re.Pattern[str]:
    """The start of a line that is no more of a subject: greeting, body, address, page number."""
    return re.compile(
        r"""(?:Zeer\s(?:hoog)?g|Hoogg|G)eachte?\b | Mijnheer\b | Excellentie
          | Hierbij\b | Hiermee\b | Met\s(?:deze|mijn|dit)\b
          | In\santwoord\sop\b | Naar\saanleiding\b | Bij\s(?:brief|beantwoording)\b | (?:Op|In)\s\d | Pagina\s\d
          | Directoraat | Directie | Bestuurskern | Bestuursdepartement | Ministerie\svan | Postbus | www\. | T\s+0\d\d
          | \d{4}\s?[A-Z]{2}\b | [A-Z][\w.’'-]{2,25}(?:straat|laan|weg|plein|markt|kade|hof|singel|gracht)\s\d
          | Den\sHaag | Aan\sde\b | De\s[Vv]oorzitter | (?:1\.?\s+)?Inleiding$ | \d{1,3}$
        """,
        re.VERBOSE,
    )


@cache
def _unfinished() -> re.Pattern[str]:
    """The end of a line that cannot be the end of a subject."""
    function = "van|voor|de|het|een|en|of|op|in|aan|bij|met|over|door|uit|tot|te|inzake|der|naar|om|als|dat|die"
    return re.compile(rf"(?:[-–,:(«“]|\b(?:{function}))$")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"\s{3}|\t")


@cache
def _column() -> re.Pattern[str]:
    """Where another column begins on the same line."""
    return re.compile(r"\s(?:\d{4}\s?[A-Z]{2}\s+[A-Z]|Postbus\s\d|Pagina\s\d|Bezoekadres\b|www\.)|\s{4}\S|\t")


@cache
def _no_kenmerk() -> re.Pattern[str]:
    """What has digits but is no kenmerk: the number of a question or Kamerstuk, a postcode, a telephone, a street."""
    return re.compile(
        r"""\d{4}\s?[ZD]\s?\d{5} | \d{2}\s?\d{3}\b[^\d]{0,12}\bnr\b | \d{4}\s?[A-Z]{2}\s+[A-Z]
          | [TF]\s+\(?0\d | \+31 | Pagina\s | Bijlage | Postbus\s
          | [A-Z][\w.’'-]{2,25}(?:straat|laan|weg|plein|markt|kade|hof|singel|gracht)\s""",
        re.VERBOSE,
    )
