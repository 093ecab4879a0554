"""What can be seen of a letter at its top and its end, before anything is decided about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toezeggingen.letters import appendix, chambers, letterhead, publication
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.lines import lines_from
from toezeggingen.letters.signatures import signatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.letters.appendix import Answers
    from toezeggingen.letters.letterhead import Field, Value
    from toezeggingen.letters.lines import Line
    from toezeggingen.letters.publication import Kamerstuk
    from toezeggingen.letters.signatures import Signatures
    from toezeggingen.letters.source import Mark

HEAD_LINES = 60
"""Lines with ink among which the head of a letter stands."""

PAGE_LINES = 120
"""Lines of a first page whose margin, with labels in it, was read behind its body."""

HEAD_REACH = 16_000
"""Characters beyond which nothing is looked for as head, however long the lines are."""

NEAR_LINES = 6
"""Lines within which the label of the subject stands of that of the date or of the greeting."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was seen of a letter, from which each field is decided."""

    text: str
    page: list[Line]
    labels: list[Field]
    greeting: int | None
    heading: Value | None
    address: Value | None
    signed: Signatures | None
    answers: Answers | None
    kamerstuk: Kamerstuk | None

    @property
    def lines(self) -> list[Line]:
        """The lines among which the head stands."""
        return self.page[:HEAD_LINES]

    @property
    def top(self) -> list[Line]:
        """The lines above the one that greets the reader."""
        return self.page[: HEAD_LINES if self.greeting is None else self.greeting]

    @property
    def appendix(self) -> Answers | None:
        """The heading of questions and answers in the Aanhangsel; a mere title ("Antwoorden van ... op") is none."""
        named = self.answers and (self.answers.received or any(writer.name for writer in self.answers.writers))
        return self.answers if named else None

    @property
    def is_letter(self) -> bool:
        """Whether anything shows that the top of a letter is here: in a fragment prose may look like a label."""
        kinds = {label.kind for label in self.labels}
        return self.greeting is not None or self.address is not None or ("date" in kinds and len(kinds) > 1)

    @property
    def greets_a_chamber(self) -> bool:
        """Whether the greeting is for the president or the members of a chamber, or for nobody in particular."""
        if self.greeting is None:
            return True
        words = self.page[self.greeting].text.lower()
        return any(word in words for word in ("voorzitter", "leden", "excellentie")) or len(words.split()) < 3

    def labels_of_subject(self) -> list[Field]:
        """The labels above the greeting, without subjects that may be prose: far from the others, and no colon."""
        anchors = [one.line for one in self.labels if one.kind in ("date", "reference")]
        if self.greeting is not None:
            anchors.append(self.greeting)
        return [
            one
            for one in self.labels
            if one.line < len(self.top)
            and (one.kind != "subject" or one.colon or any(abs(one.line - line) <= NEAR_LINES for line in anchors))
        ]


def look_at(text: str, marks: Sequence[Mark] = ()) -> Sheet:
    """The `Sheet` of a letter's raw source; `marks` are what its file says of its lines."""
    page = lines_from(text, 0, count=PAGE_LINES, reach=HEAD_REACH)
    lines = page[:HEAD_LINES]
    heading = chambers.named_in_heading(lines)
    answers = appendix.answers(text)
    return Sheet(
        text=text,
        page=page,
        labels=letterhead.fields(page),
        greeting=next((i for i, line in enumerate(lines) if _salutation().match(line.text)), None),
        heading=heading,
        address=chambers.addressed(lines, text),
        signed=signatures(_without(text, marks)),
        answers=answers,
        kamerstuk=publication.kamerstuk(lines, text, heading.text if heading else None),
    )


def _without(text: str, marks: Sequence[Mark]) -> str:
    """The text with blanks for what its file says is furniture or footnote: signatures go on behind it."""
    apart = [mark for mark in marks if mark.zone in (Zone.FURNITURE, Zone.FOOTNOTE)]
    if not apart:
        return text
    parts: list[str] = []
    reached = 0
    for mark in apart:
        parts += (text[reached : mark.start], " " * (mark.end - mark.start))
        reached = mark.end
    return "".join((*parts, text[reached:])).replace("\f", "\n")


@cache
def _salutation() -> re.Pattern[str]:
    """The start of a greeting; "geacht" without a capital goes on with a sentence."""
    return re.compile(
        r"(?:Zeer\s(?:hoog)?g|Hoogg|G)eachte?\b|GEACHTE\b|(?:Mijnheer|Mevrouw|Meneer)\sde\s[Vv]oorzitter|Excellentie\b"
    )
