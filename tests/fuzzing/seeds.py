"""The files that mutants are made of: letters in every format, and the real ones where they lie beside the checkout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from email.message import EmailMessage
from functools import cache, partial
from pathlib import Path
from typing import overload

from rendering import docx, html, odt, pdf, text, xml
from rendering.letter import Letter, letters

REAL = Path(__file__).resolve().parents[3] / "shared" / "letters" / "files"
LARGEST = 60_000
"""Bytes: mutants of a larger real file take too long to make and to read."""

FORMATS = ("pdf", "docx", "odt", "html", "xml", "mail", "zip", "text")


class Seeds(Sequence[bytes]):
    """Files that are made when they are asked for."""

    def __init__(self, makers: Sequence[Callable[[], bytes]]) -> None:
        self._makers = [cache(make) for make in makers]

    def __len__(self) -> int:
        return len(self._makers)

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        return [make() for make in self._makers[index]] if isinstance(index, slice) else self._makers[index]()


@cache
def seeds(form: str) -> Seeds:
    """The files of a format: short ones first, made of the first blocks of a letter."""
    whole = [letter for letter in letters() if letter.name in ("moties-lvvn", "antwoorden-szw")]
    short = [replace(letter, blocks=letter.blocks[:4]) for letter in letters()]
    real = [path for path in sorted(REAL.glob(f"*.{form}")) if path.stat().st_size <= LARGEST]
    made = [partial(render, letter) for letter in (*short, *whole) for render in _RENDERERS[form]]
    return Seeds([*made, *(path.read_bytes for path in real)])


def _mail(letter: Letter) -> bytes:
    """A mail with the letter as its words, as a page and as a Word document."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "kamerbrieven@example.org", "griffie@example.org"
    mail["Subject"], mail["Date"] = letter.subject, "Fri, 14 Feb 2031 10:00:00 +0100"
    mail.set_content(text.render(letter).decode())
    mail.add_alternative(html.render_page(letter).decode(), subtype="html")
    mail.add_attachment(docx.render(letter), maintype="application", subtype="msword", filename="brief één.docx")
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"===============grens{number}==")
    return mail.as_bytes()


def _archive(letter: Letter) -> bytes:
    """An archive with a letter in two formats, one of them in an archive of its own."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("brief.odt"), odt.render(letter))
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("map/brief.html"), html.render_page(letter))
        archive.writestr(zipfile.ZipInfo("map/binnen.zip"), inner.getvalue())
    return outer.getvalue()


_RENDERERS: dict[str, tuple[Callable[[Letter], bytes], ...]] = {
    "pdf": (
        *(partial(pdf.render, style=pdf.STYLES[name]) for name in ("letter-justified", "print", "print-columns")),
        partial(pdf.render, style=pdf.STYLES["letter"], compressed=False),
    ),
    "docx": (docx.render, partial(docx.render, tracked=True)),
    "odt": (odt.render, partial(odt.render, tracked=True)),
    "html": (html.render_page, html.render_word, html.render_publication),
    "xml": (xml.render,),
    "mail": (_mail,),
    "zip": (_archive,),
    "text": (text.render,),
}
