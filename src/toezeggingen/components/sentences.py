"""Tokens to sentences: where one ends in a letter, by its marks, its line breaks and a list of abbreviations.

The cleaned view of a letter holds a paragraph, a heading, a list item or a table cell on a line of its own, so a line
break always ends a sentence; within a line a full stop does, unless it belongs to an abbreviation or an initial.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from toezeggingen import lexicons
from toezeggingen.components.spans import text_of
from toezeggingen.components.worded import Worded

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BOUNDARY = r"""
    \n+                                  # the end of a line of the view
  | (?<= [^\s.] ) [.!?…]+ ["'”’»)\]]*    # marks that end a sentence, with what closes behind them,
    [^\S\n]+                             # white space, and the start of another:
    (?= [«"“‘'(\[]* [A-ZÀ-Þ0-9•–] )
"""
_WORD_BEFORE = r"[^\s(\[«\"“]+\Z"


class SentenceSplitter(Worded):
    """Sets `token.is_sent_start`, true on the first token of each sentence and false on the others."""

    names = ("abbreviations",)

    def __init__(self) -> None:
        super().__init__()
        self._boundary = re.compile(_BOUNDARY, re.VERBOSE)
        self._word_before = re.compile(_WORD_BEFORE)
        self._abbreviations: frozenset[str] = frozenset()  # never the end of a sentence before a capital: "nr.", "drs."
        self._enders: frozenset[str] = frozenset()  # may well be: "jl.", "c.s."

    def load(self, texts: dict[str, str]) -> None:
        """Load the abbreviations."""
        lines = lexicons.parse(
            texts["abbreviations"], file="abbreviations.jsonl", required=frozenset({"ends", "example"})
        )
        self._abbreviations = frozenset(line["id"] for line in lines if not line["ends"])
        self._enders = frozenset(line["id"] for line in lines if line["ends"])

    def find(self, text: str) -> list[int]:
        """Characters at which a sentence starts, in order, 0 included."""
        self.ready()
        starts = [0]
        for match in self._boundary.finditer(text):
            if match[0][0] != "\n" and self._is_no_end(text, match.start()):
                continue
            starts.append(match.end())
        return starts

    def _is_no_end(self, text: str, mark: int) -> bool:
        """Whether the full stop at `mark` belongs to the word before it."""
        if text[mark] != ".":
            return False
        before = self._word_before.search(text, max(0, mark - 20), mark)
        if before is None:
            return False
        word = before[0].lower()
        if word in self._enders:
            return False
        is_initial = len(word) == 1 and word.isalpha()
        is_initials = len(word) <= 6 and "." in word and all(len(part) == 1 for part in word.split("."))
        return word in self._abbreviations or is_initial or is_initials

    def set_annotations(self, doc: Doc, starts: list[int]) -> None:
        """Mark the tokens at or after each of `starts` as sentence starts."""
        if len(doc) == 0:
            return
        widths = doc.to_array(["LENGTH", "SPACY"]).sum(axis=1)
        ends = np.cumsum(widths)
        marks = np.full(len(doc), -1, dtype=np.int64)
        firsts = np.searchsorted(ends, np.asarray(starts, dtype=ends.dtype), side="right")
        marks[firsts[firsts < len(doc)]] = 1
        marks[0] = 1
        # All at once: spaCy's setter of one token looks at every other token of the Doc.
        doc.from_array(["SENT_START"], marks.astype(np.uint64))  # type: ignore[arg-type]  # one column may be flat

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its sentences marked."""
        self.set_annotations(doc, self.find(text_of(doc)))
        return doc


@Language.factory("toezeggingen_sentences", assigns=["token.is_sent_start", "doc.sents"])
def create(nlp: Language, name: str) -> SentenceSplitter:
    """The component as a config names it."""
    return SentenceSplitter()
