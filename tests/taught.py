"""Sentences for the stand-in of nl_core_news_md to learn: a few patterns, filled with subjects, so that it parses them.

A word is its form, its lemma, its part of speech and its arc; what a phrase hangs on, the pattern says.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, NamedTuple

TAGS = {
    "DET": "LID|bep|stan|rest", "NOUN": "N|soort|ev|basis|zijd|stan", "PROPN": "SPEC|deeleigen", "ADP": "VZ|init",
    "VERB": "WW|pv|tgw|ev", "AUX": "WW|pv|tgw|mv", "PRON": "VNW|pers|pron|nomin|vol|1|ev", "PUNCT": "LET",
}  # fmt: skip


MORPHS = {
    "DET": "Definite=Def", "NOUN": "Gender=Com|Number=Sing", "PROPN": "Number=Sing", "ADP": "",
    "VERB": "Number=Sing|Tense=Pres|VerbForm=Fin", "AUX": "Number=Plur|Tense=Pres|VerbForm=Fin",
    "PRON": "Case=Nom|Person=1|PronType=Prs", "PUNCT": "",
}  # fmt: skip


class Phrase(NamedTuple):
    """Words with a head among them, and the entity of two words that they name."""

    words: tuple[tuple[str, str, str, str], ...]
    head: int
    entity: str = ""


def _noun(article: str, form: str, lemma: str) -> Phrase:
    return Phrase(((article, article.lower(), "DET", "det"), (form, lemma, "NOUN", "head")), 1)


def _name(first: str, second: str) -> Phrase:
    return Phrase(((first, first, "PROPN", "head"), (second, second, "PROPN", "flat")), 0, "ORG")


NAMES = [
    _name(a, b) for a in ("Kaasmakerij", "Touwslagerij", "Zeilmakerij") for b in ("Noordvlas", "Waterlust", "Ooster")
]
PLURALS = [_noun("de", f"{word}s", word) for word in ("schipper", "molenaar", "provincie", "veerman", "bakker")]
THINGS = [_noun("het", word, word) for word in ("rapport", "plan", "boek", "verslag")]
MAY = (("in", "in", "ADP", "case"), ("mei", "mei", "NOUN", "obl"))


def sentences() -> list[dict[str, Any]]:
    """What it learns, each as `Example.from_dict` takes it."""
    rows: list[dict[str, Any]] = []
    for subject in (*NAMES, *PLURALS, *THINGS):
        rows += [_comes(subject), _comes(subject, behind=True)]
    for number, plural in enumerate(PLURALS):
        rows += [_thanks(plural, THINGS[number % len(THINGS)]), _with(NAMES[number])]
        rows.append(_thanks(plural, THINGS[number % len(THINGS)], own=True))
    return rows


def _row(parts: list[tuple[Phrase | tuple[str, str, str, str], int, str]]) -> dict[str, Any]:
    """A sentence of phrases and words, each with the number of the part it hangs on and the arc of its head."""
    starts: list[int] = []
    words: list[tuple[str, str, str, str]] = []
    for part, _, _ in parts:
        starts.append(len(words))
        words += part.words if isinstance(part, Phrase) else (part,)
    tops = [
        start + part.head if isinstance(part, Phrase) else start
        for start, (part, _, _) in zip(starts, parts, strict=True)
    ]
    heads, arcs, entities = [0] * len(words), [""] * len(words), ["O"] * len(words)
    for (part, on, arc), start, top in zip(parts, starts, tops, strict=True):
        inner = part.words if isinstance(part, Phrase) else (part,)
        for place, word in enumerate(inner, start):
            heads[place], arcs[place] = (tops[on], arc) if place == top else (top, word[3])
            if isinstance(part, Phrase) and part.entity:
                entities[place] = f"{'B' if place == start else 'L'}-{part.entity}"
    first = words[0]
    words[0] = (first[0][0].upper() + first[0][1:], *first[1:])
    pos = [word[2] for word in words]
    return {
        "words": [word[0] for word in words], "lemmas": [word[1] for word in words], "pos": pos,
        "tags": [TAGS[one] for one in pos], "morphs": [MORPHS[one] for one in pos],
        "heads": heads, "deps": arcs, "entities": entities,
    }  # fmt: skip


_WITH_PLAN = Phrase((("met", "met", "ADP", "case"), ("een", "een", "DET", "det"), ("plan", "plan", "NOUN", "head")), 2)
_IN_MAY = Phrase(MAY, 1)
_STOP = (".", ".", "PUNCT", "punct")
_GOVERNMENT = _noun("het", "kabinet", "kabinet")


def _comes(subject: Phrase, *, behind: bool = False) -> dict[str, Any]:
    """A subject that comes in May with a plan, before or behind the verb."""
    verb = ("komen" if subject in PLURALS else "komt", "komen", "VERB", "ROOT")
    if behind:
        return _row(
            [(_IN_MAY, 1, "obl"), (verb, 1, "ROOT"), (subject, 1, "nsubj"), (_WITH_PLAN, 1, "obl"), (_STOP, 1, "punct")]
        )
    return _row(
        [(subject, 1, "nsubj"), (verb, 1, "ROOT"), (_IN_MAY, 1, "obl"), (_WITH_PLAN, 1, "obl"), (_STOP, 1, "punct")]
    )


def _thanks(plural: Phrase, thing: Phrase, *, own: bool = False) -> dict[str, Any]:
    """ "Dankzij het kabinet zullen de schippers ... sturen"; with `own` the cabinet sends it itself."""
    shall, send = ("zullen", "zullen", "AUX", "aux"), ("sturen", "sturen", "VERB", "ROOT")
    if own:
        shall = ("zal", "zullen", "AUX", "aux")
        return _row(
            [
                (_GOVERNMENT, 4, "nsubj"),
                (shall, 4, "aux"),
                (_IN_MAY, 4, "obl"),
                (thing, 4, "obj"),
                (send, 4, "ROOT"),
                (_STOP, 4, "punct"),
            ]
        )
    thanks = Phrase((("dankzij", "dankzij", "ADP", "case"), *_GOVERNMENT.words), 2)
    return _row(
        [
            (thanks, 5, "obl"),
            (shall, 5, "aux"),
            (plural, 5, "nsubj"),
            (_IN_MAY, 5, "obl"),
            (thing, 5, "obj"),
            (send, 5, "ROOT"),
            (_STOP, 5, "punct"),
        ]
    )


def _with(name: Phrase) -> dict[str, Any]:
    """A talk with somebody who has a name."""
    spoke, i = ("sprak", "spreken", "VERB", "ROOT"), ("ik", "ik", "PRON", "nsubj")
    other = Phrase((("met", "met", "ADP", "case"), *name.words), 1, "")
    row = _row([(_IN_MAY, 1, "obl"), (spoke, 1, "ROOT"), (i, 1, "nsubj"), (other, 1, "obl"), (_STOP, 1, "punct")])
    at = row["words"].index(name.words[0][0])
    row["entities"][at], row["entities"][at + 1] = "B-ORG", "L-ORG"
    return row


def words() -> list[str]:
    """The words of all sentences."""
    return list(chain.from_iterable(row["words"] for row in sentences()))
