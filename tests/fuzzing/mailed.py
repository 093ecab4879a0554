"""What can be wrong in a mail: headers, and mails in mails."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fuzzing.tagged import character

if TYPE_CHECKING:
    from random import Random

    from fuzzing.bytewise import Mutation


def _mail_header(chance: Random, data: bytes, other: bytes) -> bytes:
    """A header left out, repeated or with another value."""
    headers = list(_mail_headers().finditer(data, 0, 100_000))
    if not headers:
        return data
    header = chance.choice(headers)
    value = chance.choice(
        (b"", b"multipart/mixed; boundary=", b"multipart/mixed", b'text/html; charset="klingon"', b"message/rfc822",
         b"base64", b"quoted-printable", b"uuencode", b"x" * 5000, b"=?utf-8?b?" + b"A" * 999 + b"?=", b"=?x?q?=FF?=",
         b"attachment; filename*0*=utf-8''%FF; filename*1=x", b"\xff\xfe", b"text/plain; charset=utf-7", b"8bit")
    )  # fmt: skip
    return data[: header.start(1)] + value + data[header.end(1) :]


def _mail_depth(chance: Random, data: bytes, other: bytes) -> bytes:
    """A mail in a mail in a mail."""
    head = b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    return head * chance.choice((2, 10, 100)) + data


MAILED: tuple[Mutation, ...] = (_mail_header, _mail_header, _mail_depth, character)


@cache
def _mail_headers() -> re.Pattern[bytes]:
    return re.compile(rb"^[A-Za-z][\w-]{2,40}: ?([^\r\n]*)", re.MULTILINE)
