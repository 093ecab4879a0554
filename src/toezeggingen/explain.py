"""What a rule matches: the name in `found_by` to the line of the lexicon that it comes from."""

from __future__ import annotations

import difflib
import json
import textwrap
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from toezeggingen import lexicons
from toezeggingen.errors import OptionError
from toezeggingen.news_model import RULE as NEWS_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# How names are made of the ids in a file; a file that is not here gives its own name ("verbs:informeren").
_NAMES = {
    "formulas": "promise:{}",
    "deadline_rules": "{}",
    "citations": "citation:{}",
    "bodies": "bodies:{}",
    "ministries": "bodies:{}",
    "body_families": "bodies:family-{}",
    "cues": "cue:{}",
}
_FIRST = ("name", "short", "form", "pattern", "meaning")
_LAST = ("score", "example", "written", "term", "value", "ids")
_LABELS = {"written": "letter of", "value": "means", "ids": "means", "tooi": "TOOI", "any_of": "needs one of"}
_WIDTH = 100
_LABEL = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name as in `found_by` ("promise:F03") and what its line says."""

    name: str
    line: Mapping[str, Any]

    @property
    def family(self) -> str:
        """What stands before the colon."""
        return self.name.partition(":")[0]

    def text(self) -> str:
        """Name, then field by field what the line says, the example last."""
        keys = [key for key in self.line if key not in (*_FIRST, *_LAST, "id")]
        ordered = (*(k for k in _FIRST if k in self.line), *keys, *(k for k in _LAST if k in self.line))
        fields = ((_LABELS.get(key, key.replace("_", " ")), _shown(self.line[key])) for key in ordered)
        return "\n".join([self.name, *(_field(label, shown) for label, shown in fields if shown)])


TRAINED = (
    Rule(
        "model:judge",
        {
            "id": "judge",
            "name": "the trained judge of sentences",
            "meaning": "beside a rule: it let the promise stand; alone: it added one that no formula knows (F00)",
            "example": "Een bijgewerkte lijst van de sluizen kunt u in maart van mij tegemoetzien.",
        },
    ),
    Rule(
        "model:recogniser",
        {
            "id": "recogniser",
            "name": "the trained recogniser of terms",
            "meaning": "a term that no grammar knows, in a promise for which no rule found one; it never has days",
            "example": "Bij gelegenheid van de opening van de sluis spreek ik met de schippers.",
        },
    ),
    Rule(
        NEWS_MODEL,
        {
            "id": "nl_core_news_md",
            "name": "the names of the base model nl_core_news_md",
            "meaning": "an organisation that its NER names and no rule knows; with --pipeline nl_core_news_md only",
            "example": "Kaasmakerij Noordvlas kreeg een vergunning.",
        },
    ),
)
"""What is learned and stands in no lexicon."""


def rules() -> list[Rule]:
    """Every rule of every lexicon, those that `found_by` can name first, and what is learned."""
    stems = sorted(
        file.name.removesuffix(".jsonl") for file in files(lexicons).iterdir() if file.name.endswith(".jsonl")
    )
    return [*(rule for stem in sorted(stems, key=_rank) for rule in _of(stem)), *TRAINED]


def _rank(stem: str) -> int:
    return list(_NAMES).index(stem) if stem in _NAMES else len(_NAMES)


def _of(stem: str) -> Iterator[Rule]:
    pattern = _NAMES.get(stem, f"{stem.replace('_', '-')}:{{}}")
    for line in lexicons.source(stem).decode("utf-8").splitlines():
        if line.strip():
            fields = json.loads(line)
            yield Rule(pattern.format(fields["id"]), fields)


def explain(name: str) -> str:
    """What the rule `name` matches; the part before the colon may be left out ("F03").

    Raises OptionError, with names that are near, where there is no such rule.
    """
    known = rules()
    wanted = name.strip().lower()
    found = [rule for rule in known if rule.name.lower() == wanted]
    found = found or [rule for rule in known if rule.name.lower().partition(":")[2] == wanted]
    if found:
        return "\n\n".join(rule.text() for rule in found)
    names = {rule.name.lower(): rule.name for rule in known}
    bare = {low.partition(":")[2]: full for low, full in reversed(names.items())}
    near = [names[low] for low in difflib.get_close_matches(wanted, names, n=3)]
    near += [bare[low] for low in difflib.get_close_matches(wanted, bare, n=3) if bare[low] not in near]
    hint = f"did you mean {', '.join(near[:4])}?" if near else "`toezeggingen explain` lists the kinds of rules"
    raise OptionError(f"there is no rule {name!r}; {hint}")


def families() -> str:
    """The kinds of rules with how many there are of each, and one name to try."""
    counts: dict[str, list[Rule]] = {}
    for rule in rules():
        counts.setdefault(rule.family, []).append(rule)
    width = max(map(len, counts))
    lines = (f"{family:<{width}}  {len(found):>5}  e.g. {found[0].name}" for family, found in counts.items())
    return "\n".join(("Kinds of rules, how many there are, and one to try:", "", *lines))


def _field(label: str, shown: str) -> str:
    indent = " " * (_LABEL + 3)
    wrapped = textwrap.fill(shown, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return f"  {label:<{_LABEL}} {wrapped.lstrip()}"


def _shown(value: object) -> str:
    """A value of a lexicon line as words; empty where it says nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(filter(None, map(_shown, value)))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items() if _shown(inner))
    return str(value)
