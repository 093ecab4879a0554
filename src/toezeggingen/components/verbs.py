"""The verbs of promises with their forms, the auxiliaries and fixed phrases: words of the lexicons, made findable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: `id` is its infinitive as a reader sees it, `cls` its class of act, `particle` what comes off it."""

    id: str
    cls: str
    particle: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a finite form: `role` "lexical" or that of an auxiliary; `form` ik, hij or wij.

    `joined` where the particle is still attached, as it is in a subordinate clause ("die ik toestuur").
    """

    role: str
    form: str
    verb: Verb | None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that make a verb mean something of its own: "in gesprek" with gaan."""

    id: str
    verb: str
    words: str
    cls: str


@dataclass(slots=True)
class Vocabulary:
    """All forms by their lower-case spelling."""

    finite: dict[str, list[Reading]] = field(default_factory=dict)
    lexical: dict[str, list[Reading]] = field(default_factory=dict)
    infinitives: dict[str, list[Verb]] = field(default_factory=dict)
    participles: dict[str, list[Verb]] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    let_verbs: dict[str, Verb] = field(default_factory=dict)
    """Infinitives that with laten mean an act of the subject's own: "laat ik u weten"."""

    @classmethod
    def build(
        cls,
        verbs: Iterable[Mapping[str, Any]],
        auxiliaries: Iterable[Mapping[str, Any]],
        phrases: Iterable[Mapping[str, Any]],
        word_classes: Iterable[Mapping[str, Any]],
    ) -> Vocabulary:
        """The vocabulary of the lexicons of these names."""
        self = cls()
        for line in verbs:
            self._add_verb(line)
        for line in auxiliaries:
            for form in line["forms"]:
                self.finite.setdefault(form, []).append(Reading(line["role"], "", None))
            infinitive = self.infinitives.setdefault(line["id"], [])
            infinitive.append(Verb(line["id"], "stance", None))
        for line in phrases:
            phrase = Phrase(line["id"], line["verb"], line["words"], line["class"])
            self.phrases.setdefault(phrase.verb, []).append(phrase)
            if phrase.verb == "laten":
                self.let_verbs[phrase.words] = Verb(phrase.id, phrase.cls, None)
        self.classes = {line["id"]: frozenset(line["words"]) for line in word_classes}
        return self

    def _add_verb(self, line: Mapping[str, Any]) -> None:
        verb = Verb(line["id"].removesuffix(" (in gesprek)"), line["class"], line["particle"])
        particle = verb.particle or ""
        for form in ("ik", "hij", "wij"):
            reading = Reading("lexical", form, verb)
            for table in (self.finite, self.lexical):
                table.setdefault(line[form], []).append(reading)
                if particle:
                    table.setdefault(particle + line[form], []).append(Reading("lexical", form, verb, joined=True))
        self.infinitives.setdefault(particle + line["wij"], []).append(verb)
        self.participles.setdefault(line["participle"], []).append(verb)
