"""What all components share: lexicons that are loaded once and then travel inside the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

import srsly
from spacy.util import from_disk, to_disk

from toezeggingen import lexicons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from spacy.language import Language
    from spacy.training import Example


class Worded:
    """A component with words of its own: the lexicons `names`, as text, made into what it needs by `load`.

    A pipeline of rules need not be initialised: `ready` loads the package's own lexicons where none were given.
    """

    names: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def load(self, texts: dict[str, str]) -> None:
        """Make of the lexicons' texts, by name, what the component works with. Raises LexiconError on a bad line."""
        raise NotImplementedError

    def shipped(self, name: str) -> str:
        """The text of the package's own lexicon of that name."""
        return lexicons.source(name).decode("utf-8")

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]] | None = None,
        *,
        nlp: Language | None = None,
        lexicon: dict[str, str] | None = None,
    ) -> None:
        """Load the lexicons: those in `lexicon` (name to lines of JSON), for the others the package's own."""
        given = lexicon or {}
        self._take({name: given[name] if name in given else self.shipped(name) for name in self.names})

    def ready(self) -> None:
        """Load the package's own lexicons where none are loaded."""
        if not self.texts:
            self.initialize()

    def _take(self, texts: dict[str, str]) -> None:
        self.load(texts)
        self.texts = texts

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The lexicons as bytes."""
        self.ready()
        return bytes(srsly.msgpack_dumps(self.texts))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Load the lexicons of `to_bytes`."""
        self._take(srsly.msgpack_loads(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicons, one file each, into the component's folder `path`."""
        self.ready()

        def writer(text: str) -> Callable[[Path], None]:
            def write(file: Path) -> None:
                file.write_text(text, encoding="utf-8", newline="\n")

            return write

        to_disk(path, {f"{name}.jsonl": writer(text) for name, text in self.texts.items()}, tuple(exclude))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Load the lexicons that `to_disk` wrote."""
        texts: dict[str, str] = {}

        def reader(name: str) -> Callable[[Path], None]:
            return lambda file: texts.update({name: file.read_text(encoding="utf-8")})

        from_disk(path, {f"{name}.jsonl": reader(name) for name in self.names}, tuple(exclude))
        self._take(texts)
        return self
