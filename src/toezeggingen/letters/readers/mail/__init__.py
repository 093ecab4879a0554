"""A mail: its own words as a letter, and the files attached to it.

Parsed by the standard library under its old policy (compat32): the newer one breaks on bad headers while it parses, and
takes fifteen times as long. So what stands in headers is decoded here, in `headers`.
"""

from __future__ import annotations

import base64
import email
import email.policy
import io
from email.generator import BytesGenerator
from typing import TYPE_CHECKING, cast

from toezeggingen.errors import LetterError
from toezeggingen.letters.formats import FORMATS
from toezeggingen.letters.member_names import Names
from toezeggingen.letters.readers.mail import headers, words
from toezeggingen.letters.source import INSIDE, Member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from toezeggingen.letters.source import Options

MAX_DEPTH = 50
"""Parts inside parts of one mail; what lies deeper is left."""

_AGAIN = "save it again from your mail program"
_SIGNATURES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    }
)
_TECHNICAL = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"})
_OTHER_WORDS = frozenset({"text/calendar", "text/x-amp-html", "text/enriched", "text/richtext", "text/x-watch-html"})


def members(data: bytes, path: str, options: Options) -> Iterator[Member]:
    """The words of a mail under the name "", and its attachments by their names, attached mails among them.

    Of words in several forms the plain text is taken. Passed over are signatures and the pictures among the words. An
    attachment without a name gets one by its place.

    Raises LetterError where nothing can be made of it, or it is encrypted.
    """
    if _is_mailbox(data):
        raise LetterError(path, "this is a mailbox of several mails", "save each as .eml and name those")
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)
        body, attached = _sorted(message, path)
    except (LetterError, MemoryError):
        raise
    except Exception as error:  # RecursionError, and what bad headers may still do
        raise LetterError(path, "this mail is damaged", _AGAIN) from error
    own = words.read(message, body, data, path, options)
    if own is not None:
        yield own
    names = Names()
    for number, part in enumerate(attached, start=1):
        name = names.new(_name(part, number))
        yield Member(name, _content(part, f"{path}{INSIDE}{name}"))


def _is_mailbox(data: bytes) -> bool:
    """Whether a second line "From ..." stands before a block of headers, as it did at the start."""
    at = data.find(b"\nFrom ") if data.startswith(b"From ") else -1
    while at >= 0:
        name, colon, _ = data[at + 1 : at + 2000].partition(b"\n")[2].partition(b":")
        if colon and name.replace(b"-", b"").isalnum():
            return True
        at = data.find(b"\nFrom ", at + 1)
    return False


def _sorted(part: Message, path: str, depth: int = 0) -> tuple[list[Message], list[Message]]:
    """The parts that are the words of a mail, and those attached to it. Raises LetterError where it is encrypted."""
    kind = headers.kind(part)
    if kind == "multipart/encrypted":
        raise LetterError(path, "this mail is encrypted", "save it opened from your mail program")
    if depth > MAX_DEPTH or kind in _SIGNATURES:
        return [], []
    if kind.startswith("multipart/") and part.is_multipart():
        both = [_sorted(each, path, depth + 1) for each in cast("list[Message]", part.get_payload())]
        attached = [each for _, found in both for each in found]
        if kind == "multipart/alternative":
            return words.best([found for found, _ in both]), attached
        return [each for found, _ in both for each in found], attached
    if _is_attached(part, kind):
        return [], [part]
    return ([part], []) if kind in ("text/plain", "text/html") else ([], [])


def _is_attached(part: Message, kind: str) -> bool:
    """Whether a part stands beside the words: it is not the words themselves, nor a picture among them."""
    how = headers.disposition(part)
    if kind.startswith("image/"):
        return how == "attachment"
    if kind in ("text/plain", "text/html"):
        return how == "attachment" or headers.file_name(part) is not None
    return how == "attachment" or kind not in _TECHNICAL | _OTHER_WORDS


def _name(part: Message, number: int) -> str:
    """What an attachment is called, or "attachment-2.pdf" where it has no name."""
    name = headers.file_name(part)
    if name:
        return name
    kind = headers.kind(part)
    suffix = next((form.suffixes[0] for form in FORMATS if form.media_type == kind and form.suffixes), "")
    if not suffix and kind.startswith("image/"):
        suffix = f".{kind.removeprefix('image/')}"
    return f"attachment-{number}{suffix}"


def _content(part: Message, path: str) -> bytes | LetterError:
    """The bytes of an attachment, or what is wrong with it."""
    try:
        if part.get_content_maintype() != "message":
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else b""
        inner = part.get_payload()
        mail = inner[0] if isinstance(inner, list) else inner
        if isinstance(mail, str):
            return mail.encode("ascii", "surrogateescape")
        if headers.encoding(part) == "base64":  # against the rules, and done
            return base64.b64decode(str(mail.get_payload()))
        written = io.BytesIO()
        BytesGenerator(written, mangle_from_=False, maxheaderlen=0).flatten(mail)
        return written.getvalue()
    except MemoryError:
        raise
    except Exception:  # a damaged attachment raises all sorts
        return LetterError(path, "this attachment is damaged", _AGAIN)
