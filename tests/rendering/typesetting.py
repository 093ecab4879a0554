"""Words to lines of print: fonts, widths, line breaks, hyphens. Lengths are in points."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from rendering.hyphenation import break_points, broken
from rendering.letter import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROMAN, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
_DRAWN_AS = {"\u2010": "-", "\u2011": "-", "\u202f": " ", "\u2009": " "}  # characters the fonts have no glyph for
_GHOSTS = {ord(sign): code for code in range(0x80, 0xA0) if (sign := bytes([code]).decode("cp1252", "ignore"))}
_LIGATURES = {"fi": "\ufb01", "fl": "\ufb02"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters in one font; `rise` above the line, `spacing` between them; `mark` where they are a footnote's number."""

    text: str
    font: str
    size: float
    rise: float = 0
    spacing: float = 0
    mark: bool = False

    @property
    def width(self) -> float:
        """Its width, the space after its last letter included."""
        return _width(self.text, self.font, self.size) + self.spacing * len(self.text)


@dataclass(frozen=True, slots=True)
class Word:
    """Pieces with no blank between them, and the numbers of the footnotes they refer to."""

    pieces: tuple[Piece, ...]
    notes: tuple[int, ...] = ()

    @property
    def width(self) -> float:
        """Its width."""
        return sum(piece.width for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, `indent` from the left edge. `gap` is the space between them, `before` the one above it.

    `mark` hangs left of the words. `keep`: the next line goes with it to another page.
    """

    words: tuple[Word, ...]
    leading: float
    gap: float
    indent: float = 0
    before: float = 0
    mark: Word | None = None
    keep: bool = False

    @property
    def notes(self) -> tuple[int, ...]:
        """The footnotes it refers to."""
        return tuple(note for word in self.words for note in word.notes)

    @property
    def height(self) -> float:
        """What it takes of a column, the space above it apart."""
        return self.leading


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set: `hyphen` ends a broken word (none: no word is broken), `ligatures` are drawn as one glyph.

    `drops_trema`: ge-ïnformeerd is printed ge-informeerd. `ghosts`: quotes, dashes and the euro are the control
    characters that stand at their place in windows-1252, and "Kamerstuk" is torn, as old programs do.
    """

    size: float
    leading: float
    font: str = ROMAN
    justified: bool = False
    hyphen: str = ""
    ligatures: bool = False
    drops_trema: bool = False
    spacing: float = 0
    ghosts: bool = False

    def word(self, text: str) -> Word:
        """One word in this setting."""
        return Word((self._piece(text),))

    def words(self, sentences: Iterable[str]) -> list[Word]:
        """The words of sentences; a reference belongs to the word before it."""
        found: list[Word] = []
        for sentence in sentences:
            glued = False
            for part in parts(sentence):
                if isinstance(part, int):
                    mark = Piece(str(part), self.font, self.size * 0.6, self.size * 0.38, mark=True)
                    found[-1] = Word((*found[-1].pieces, mark), (*found[-1].notes, part))
                    glued = True
                    continue
                for index, text in enumerate(part.split(" ")):
                    if index == 0 and glued and text:
                        found[-1] = Word((*found[-1].pieces, self._piece(text)), found[-1].notes)
                    elif text:
                        found.append(self.word(text))
                glued = not part.endswith(" ")
        return found

    def lines(self, words: Sequence[Word], width: float, *, indent: float = 0, before: float = 0) -> list[Line]:
        """`words` in lines of at most `width`, the last of which is not stretched."""
        blank = _width(" ", self.font, self.size)
        lines: list[Line] = []
        rest = list(words)
        while rest:
            taken, rest = self._fill(rest, width - indent, blank)
            slack = width - indent - sum(word.width for word in taken) - blank * (len(taken) - 1)
            stretched = self.justified and rest and len(taken) > 1
            gap = blank + slack / (len(taken) - 1) if stretched else blank
            lines.append(Line(tuple(taken), self.leading, gap, indent, 0 if lines else before))
        return lines

    def _fill(self, words: list[Word], width: float, blank: float) -> tuple[list[Word], list[Word]]:
        """The words that go on one line, and those that do not; the last may be broken."""
        used = 0.0
        for index, word in enumerate(words):
            start = used + (blank if index else 0)
            if start + word.width <= width + 0.01:
                used = start + word.width
                continue
            head, tail = self._broken(word, width - start)
            if head is not None and tail is not None:
                return [*words[:index], head], [tail, *words[index + 1 :]]
            if index:
                return words[:index], words[index:]
            raise ValueError(f"{word.pieces[0].text!r} is wider than {width:.0f} points")
        return words, []

    def _broken(self, word: Word, room: float) -> tuple[Word | None, Word | None]:
        """`word` in two, the first of which with its hyphen takes at most `room`; or None twice."""
        piece = word.pieces[0]
        plain = _plain(piece.text)
        core = plain.strip("“”‘’«»()[].,:;?!…")
        offset = plain.find(core)
        points = [offset + p for p in break_points(core)] if self.hyphen else []
        points += [
            place + 1 for place in range(1, len(plain) - 2) if plain[place] == "-" and plain[place - 1].isalpha()
        ]
        for point in sorted(set(points), reverse=True):
            head, tail = broken(plain, point, drops_trema=self.drops_trema)
            if not head.endswith("-"):
                head += self.hyphen
            first = replace(piece, text=self._drawn(head))
            if first.width <= room:
                return Word((first,)), Word((replace(piece, text=self._drawn(tail)), *word.pieces[1:]), word.notes)
        return None, None

    def _piece(self, text: str) -> Piece:
        return Piece(self._drawn(text), self.font, self.size, spacing=self.spacing)

    def _drawn(self, text: str) -> str:
        for letters, glyph in _LIGATURES.items() if self.ligatures else ():
            text = text.replace(letters, glyph)
        return text.replace("Kamerstuk", "Kamers tuk").translate(_GHOSTS) if self.ghosts else text


def _plain(text: str) -> str:
    for letters, glyph in _LIGATURES.items():
        text = text.replace(glyph, letters)
    return text


def _width(text: str, font: str, size: float) -> float:
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def register_fonts() -> None:
    """Make the bundled fonts known, with glyphs for characters that they draw as others."""
    for font in (ROMAN, BOLD, ITALIC):
        made = TTFont(font, str(Path(reportlab.__file__).parent / "fonts" / f"{font}.ttf"))
        glyphs, widths = made.face.charToGlyph, made.face.charWidths
        for code in (*map(ord, _DRAWN_AS), *range(0x100, 0x250)):
            like = ord(_DRAWN_AS.get(chr(code)) or unicodedata.normalize("NFD", chr(code))[0])
            if code not in glyphs and like in glyphs:
                glyphs[code], widths[code] = glyphs[like], widths[like]
        for sign, code in _GHOSTS.items():
            if sign in glyphs:
                glyphs[code], widths[code] = glyphs[sign], widths[sign]
        pdfmetrics.registerFont(made)
