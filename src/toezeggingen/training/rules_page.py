"""docs/rules.md: the rules for deadlines, citations and families of bodies, and the cues, from their lexicons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toezeggingen import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN_WORDS = 12

_HEAD = """\
# Rules

Written by `make docs` from the lexicons; do not edit.

Every finding in a record names the rule that made it in `found_by`. This page lists the rules by that name, with what
each covers and a made-up example. `toezeggingen explain` prints one of them with all its settings, and the single words
and names that are too many for a page. Promises have a page of their own: [the list of formulas](formulas.md).
"""

_DEADLINES = """\
## Deadlines

A term is read as operator and days: `from` and `until` are inclusive, a dash is "not known". Examples are read as in a
letter of the day in brackets. Words of terms (months, operators, events) stand in `lexicons/terms.jsonl`, recesses and
named days in `lexicons/calendar.jsonl`.

"""

_CITATIONS = """\
## Citations

Found on characters, across line breaks and page furniture; ids are those under which the papers are published.

"""

_FAMILIES = """\
## Families of bodies

{bodies} bodies are known by name (`lexicons/bodies.jsonl`), and {ministries} ministries with their offices, short and
old names (`lexicons/ministries.jsonl`). The families find those that are not: a head word with a name. A dash before a
head word means that it is the end of a compound.

| type | known by name |
|---|---:|
{types}

"""

_CUES = """\
## Cues

Words around a promise that decide whether it is one, and its status and strength.

"""


def page() -> str:
    """docs/rules.md."""
    rules = explain.rules()
    bodies = [rule.line for rule in rules if rule.family == "bodies" and "government" in rule.line]
    named = [line for line in bodies if "heads" not in line]
    types = Counter(str(line["type"]) for line in named)
    families = _FAMILIES.format(
        bodies=len(named),
        ministries=sum(rule.family == "bodies" and "short" in rule.line for rule in rules),
        types="\n".join(f"| {name} | {number} |" for name, number in sorted(types.items())),
    )
    return "\n".join(
        (
            _HEAD,
            _DEADLINES + _table(("rule", "what", "example", "reads as"), map(_deadline, _of(rules, "deadline"))),
            _CITATIONS + _table(("rule", "form", "what", "example", "ids"), map(_citation, _of(rules, "citation"))),
            families + _table(("rule", "head words", "type", "example"), map(_family, _of(rules, "bodies", "heads"))),
            _CUES + _table(("cue", "what", "words", "example"), map(_cue, _of(rules, "cue"))),
        )
    )


def _of(rules: Iterable[explain.Rule], family: str, key: str = "id") -> list[explain.Rule]:
    """The rules of a family whose line has a key."""
    return [rule for rule in rules if rule.family == family and key in rule.line]


def _deadline(rule: explain.Rule) -> tuple[str, ...]:
    line = rule.line
    value = line["value"]
    days = f"{value['from'] or '–'} .. {value['until'] or '–'}"
    example = f"{_marked(line['example'], line['term'])} ({line['written']})"
    return f"`{rule.name}`", line["meaning"], example, f"{value['operator']}, {days}"


def _marked(sentence: str, term: str) -> str:
    return sentence.replace(term, f"*{term}*", 1)


def _citation(rule: explain.Rule) -> tuple[str, ...]:
    line = rule.line
    return f"`{rule.name}`", line["form"], line["meaning"], line["example"], _words(line["ids"], code=True)


def _family(rule: explain.Rule) -> tuple[str, ...]:
    line = rule.line
    return f"`{rule.name}`", _words(line["heads"]), line["type"], line["example"]


def _cue(rule: explain.Rule) -> tuple[str, ...]:
    line = rule.line
    return f"`{rule.name}`", line["meaning"], _words(line["words"]), line["example"]


def _words(words: Sequence[str], *, code: bool = False) -> str:
    """Words in a row, the first few of a long list."""
    shown = [f"`{word}`" if code else word for word in words[:_SHOWN_WORDS]]
    more = len(words) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table of text; bars inside a cell are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
