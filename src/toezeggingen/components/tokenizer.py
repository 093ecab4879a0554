"""Text to tokens: words with their inner hyphens and apostrophes, every other mark apart.

spaCy's own Dutch tokeniser keeps `8)` (an emoticon) and `36410-XV` as one token, so that spans could not end where a
citation or a name ends. This one cuts at every mark that is not inside a word, and is faster besides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc
from spacy.util import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from spacy.language import Language
    from spacy.vocab import Vocab

_TOKEN = r"""
    (   [^\W\d_]+ (?: [-'’&] [^\W\d_]+ )*   # a word: werk-privé, zzp'ers, V&VN
      | \d+                                 # figures apart from what is glued to them
      | [^\S ]+                             # a run of line breaks, tabs, hard spaces
      | [\s\S]                              # any other character: a mark, or a space too many
    )
    (\ ?)                                   # the single space that spaCy keeps with the token before
"""


class LetterTokenizer:
    """Callable from text to Doc; `"".join(token.text_with_ws)` is the text, always."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._tokens = re.compile(_TOKEN, re.VERBOSE).findall

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`."""
        pieces: list[tuple[str, str]] = self._tokens(text)
        return Doc(self.vocab, words=[word for word, _ in pieces], spaces=[space == " " for _, space in pieces])

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """The Docs of `texts`, in order."""
        for text in texts:
            yield self(text)

    # There is nothing to store: the tokeniser is its grammar.
    def to_bytes(self, **_: Any) -> bytes:
        """No bytes."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> LetterTokenizer:
        """Itself."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing."""

    def from_disk(self, path: str | Path, **_: Any) -> LetterTokenizer:
        """Itself."""
        return self


@registry.tokenizers("toezeggingen.LetterTokenizer.v1")
def create() -> Callable[[Language], LetterTokenizer]:
    """The tokeniser as a config names it."""

    def make(nlp: Language) -> LetterTokenizer:
        return LetterTokenizer(nlp.vocab)

    return make
