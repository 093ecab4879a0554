"""Mails: their own words, what is attached, and headers and parts as bad as they come."""

from __future__ import annotations

import base64
import datetime as dt
import email
import hashlib
import io
import quopri
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import Call, assert_grows
from toezeggingen.errors import LetterError
from toezeggingen.letters.layout import Zone
from toezeggingen.letters.read import letters_in, read_bytes
from toezeggingen.letters.readers.mail import headers
from toezeggingen.letters.readers.mail.words import decoded, joined, unflowed
from toezeggingen.letters.source import Mark, Marker, Options, PassedOver, Reading, Source

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "De pont vaart."
TOP = "From: veer@example.org\nMIME-Version: 1.0\n"
PICTURE = b"\x89PNG\r\n\x1a\n"


def mail(*parts: str, kind: str = "mixed", top: str = "", edge: str = "grens") -> bytes:
    """A mail of several parts, each with its own headers."""
    body = "".join(f"--{edge}\n{part}\n" for part in parts)
    text = f"{TOP}{top}Content-Type: multipart/{kind}; boundary={edge}\n\n{body}--{edge}--\n"
    return text.encode("utf-8", "surrogateescape").replace(b"\n", b"\r\n")


def plain(words: str = WORDS, *, name: str = "") -> str:
    return f"Content-Type: text/plain; charset=utf-8\n{name}\n{words}"


def page(words: str = WORDS) -> str:
    return f"Content-Type: text/html; charset=utf-8\n\n<html><body><p>{words}</p></body></html>"


def attached(data: bytes, name: str | None = "brief.txt", kind: str = "application/octet-stream") -> str:
    said = f'; filename="{name}"' if name else ""
    return (
        f"Content-Type: {kind}\nContent-Disposition: attachment{said}\nContent-Transfer-Encoding: base64\n\n"
        f"{base64.encodebytes(data).decode()}"
    )


def single(body: bytes, top: str) -> bytes:
    return f"{TOP}{top}\n\n".encode() + body


def told(data: bytes) -> list[tuple[str, str]]:
    """Each letter with its text, each error with what was found, each file passed over with what it is."""
    found = []
    for each in letters_in(data, "m.eml"):
        if isinstance(each, Source):
            found.append((each.path, each.text.strip()))
        elif isinstance(each, LetterError):
            found.append((each.path, f"! {each.found}"))
        else:
            found.append((each.path, f"- {each.what}"))
    return found


def first(data: bytes) -> Source:
    return read_bytes(data, "m.eml")


# --- the words -------------------------------------------------------------------------------------------------------


def test_the_words_of_a_mail_are_a_letter() -> None:
    data = single(b"De pont vaart.\r\n\r\n  Niet op zondag.  \r\n", "Content-Type: text/plain")
    letter = first(data)
    assert letter.text == "De pont vaart.\n\n  Niet op zondag.\n"
    assert (letter.path, letter.media_type) == ("m.eml", "message/rfc822")
    assert letter.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (mail(plain("Kaal."), page("Opgemaakt."), kind="alternative"), "Kaal."),
        (mail(plain(" "), page("Opgemaakt."), kind="alternative"), "Opgemaakt."),
        (mail(page("Opgemaakt."), kind="alternative"), "Opgemaakt."),
        (mail(page("Opgemaakt."), plain("Kaal."), kind="alternative"), "Kaal."),
        (mail(plain("Een."), plain("Twee.")), "Een.\n\nTwee."),
        (mail(page("Opgemaakt."), plain("Let op: van buiten.")), "Opgemaakt.\n\nLet op: van buiten."),
        (mail(page("Opgemaakt."), attached(PICTURE, "l.png", "image/png"), kind="related"), "Opgemaakt."),
        (mail(plain(), "Content-Type: text/calendar\n\nBEGIN:VCALENDAR", kind="alternative"), WORDS),
        (single(WORDS.encode(), ""), WORDS),
        (single(WORDS.encode(), "Content-Type: flauwekul"), WORDS),
        (single(b"<p>De pont vaart.", "Content-Type: TEXT/HTML"), WORDS),
    ],
    ids=[
        *("both", "empty plain", "page only", "other order", "two", "page and plain", "related", "calendar"),
        *("no type", "nonsense", "page alone"),
    ],
)
def test_which_words_count(data: bytes, words: str) -> None:
    assert first(data).text.strip() == words


UMLAUTS = "Coördinatie – één café, € 5"
TEXT = "Content-Type: text/plain"
PACKED = "Content-Transfer-Encoding"


@pytest.mark.parametrize(
    ("body", "top"),
    [
        (UMLAUTS.encode(), f"{TEXT}; charset=utf-8"),
        (UMLAUTS.encode(), f'{TEXT}; charset="UTF-8"; format=fixed'),
        (UMLAUTS.encode("cp1252"), f"{TEXT}; charset=windows-1252"),
        (UMLAUTS.encode("cp1252"), f"{TEXT}; charset=iso-8859-1"),
        (UMLAUTS.encode("utf-16"), f"{TEXT}; charset=utf-16\n{PACKED}: binary"),
        (quopri.encodestring(UMLAUTS.encode()), f"{TEXT}; charset=utf-8\n{PACKED}: quoted-printable"),
        (quopri.encodestring(UMLAUTS.encode("cp1252")), f"{TEXT}; charset=cp1252\n{PACKED}: Quoted-Printable"),
        (base64.encodebytes(UMLAUTS.encode()), f"{TEXT}; charset=utf-8\n{PACKED}: BASE64"),
        (base64.encodebytes(UMLAUTS.encode())[:-2], f"{TEXT}; charset=utf-8\n{PACKED}: base64"),
        (UMLAUTS.encode(), f"{TEXT}; charset*=us-ascii'en'utf-8"),
        (UMLAUTS.encode(), TEXT),
        (UMLAUTS.encode("cp1252"), TEXT),
        (UMLAUTS.encode(), f"{TEXT}; charset=us-ascii"),
        (b"\xef\xbb\xbf" + UMLAUTS.encode(), f"{TEXT}; charset=utf-8"),
    ],
)
def test_words_are_decoded(body: bytes, top: str) -> None:
    letter = first(single(body, top))
    assert letter.text.strip() == UMLAUTS
    assert letter.warnings == ()


def test_a_page_is_decoded_by_what_the_mail_says() -> None:
    """Its own <meta> is of before the journey."""
    body = b'<html><head><meta charset="iso-8859-1"></head><p>' + UMLAUTS.encode() + b"</p></html>"
    assert first(single(body, "Content-Type: text/html; charset=utf-8")).text.strip() == UMLAUTS


@pytest.mark.parametrize("charset", ["utf-8", "iso-9999-1", "base64", "rot13", "undefined", "utf-16-le"])
def test_words_in_another_coding_than_they_say_are_read_with_a_warning(charset: str) -> None:
    text, ((code, message),) = decoded("De één vaart wel".encode("cp1252") + b"\x81", charset)
    assert text in ("De één vaart wel\x81", "De één vaart wel\ufffd")
    assert code == "encoding"
    assert charset in message


@given(
    st.binary(max_size=60), st.sampled_from(["", "utf-8", "utf-16", "utf-7", "ascii", "big5", "unicode_escape", "idna"])
)
def test_any_bytes_become_words(data: bytes, charset: str) -> None:
    text, _ = decoded(data, charset)
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\0" not in text


def test_paragraphs_that_were_wrapped_for_the_journey_are_whole() -> None:
    body = b"De pont \r\nvaart \r\nniet.\r\n\r\nDe sluis \r\nwel.\r\n-- \r\nDe schipper\r\n"
    letter = first(single(body, "Content-Type: text/plain; format=flowed"))
    assert letter.text == "De pont vaart niet.\n\nDe sluis wel.\n--\nDe schipper\n"
    kept = first(single(body, "Content-Type: text/plain"))
    assert kept.text.startswith("De pont\nvaart\nniet.\n")


@pytest.mark.parametrize(
    ("text", "spaces", "whole"),
    [
        ("een \ntwee", True, "een twee"),
        ("een \ntwee", False, "eentwee"),
        ("> een \n> twee\ndrie", True, "> een twee\ndrie"),
        ("> een \n>> twee \n>> drie", True, "> een\n>> twee drie"),
        (" >geen aanhaling \nmaar wel", True, ">geen aanhaling maar wel"),
        ("een \n-- \ntwee", True, "een\n--\ntwee"),
        ("een \n\ntwee", True, "een\n\ntwee"),
        ("een ", True, "een"),
        ("", True, ""),
    ],
)
def test_flowed_lines(text: str, spaces: bool, whole: str) -> None:
    assert unflowed(text, spaces=spaces) == whole


def test_parts_are_joined_with_what_is_marked_in_them() -> None:
    one = Reading(
        "Kop\nTekst1\n", marks=(Mark(Zone.HEADING, 0, 4),), markers=(Marker(1, 9, 10),), warnings=(("a", "b"),)
    )
    whole = joined([one, one, Reading("los"), Reading("einde")])
    assert whole.text == "Kop\nTekst1\n\nKop\nTekst1\n\nlos\n\neinde"
    assert [whole.text[mark.start : mark.end] for mark in whole.marks] == ["Kop\n", "Kop\n"]
    assert [whole.text[marker.start : marker.end] for marker in whole.markers] == ["1", "1"]
    assert whole.warnings == (("a", "b"),)


# --- date and subject ------------------------------------------------------------------------------------------------

SENT = "Date: Fri, 6 Mar 2026 23:30:00 +0100\nSubject: "


def metadata(subject: str, words: str = "Ik stuur u voor de zomer de kaart.") -> dict[str, Any]:
    return dict(first(mail(plain(words), top=f"{SENT}{subject}\n")).metadata)


def test_the_words_have_the_date_of_the_mail() -> None:
    assert metadata("De pont") == {"date": dt.date(2026, 3, 6), "subject": "De pont"}


def test_a_letter_with_a_date_of_its_own_keeps_it() -> None:
    words = "Den Haag, 2 februari 2026\n\nBetreft: de sluis\n\nGeachte voorzitter,\n\nIk stuur u de kaart."
    assert metadata("De pont", words) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Ter info.\n\n-----Oorspronkelijk bericht-----\nVan: veer\n\nIk stuur u in mei de kaart.",
        "Ter info.\n\n---------- Forwarded message ---------\nFrom: veer\n\nIk stuur u in mei de kaart.",
        "Ter info.\n\nVan: veer\nVerzonden: maandag 2 februari 2026 10:00\nAan: sluis\nOnderwerp: kaart\n\nIn mei.",
        "Ter info.\n\nOp ma 2 feb 2026 om 10:00 schreef de veerdienst:\n\nIk stuur u in mei de kaart.",
        "Ter info.\n\n> Ik stuur u in mei de kaart.",
    ],
)
def test_words_of_another_mail_have_no_date(words: str) -> None:
    assert "date" not in metadata("De pont", words)


def test_what_is_attached_does_not_have_the_date_of_the_mail() -> None:
    _, letter = letters_in(mail(plain(), attached(WORDS.encode()), top=f"{SENT}x\n"), "m.eml")
    assert isinstance(letter, Source)
    assert letter.metadata == {}


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("De pont", "De pont"),
        ("FW: RE: Antw: De pont: een plan", "De pont: een plan"),
        ("=?utf-8?q?Co=C3=B6rdinatie?= =?iso-8859-1?b?Y2Fm6Q==?= x", "Coördinatiecafé x"),
        ("Coördinatie", "Coördinatie"),
        ("De pont\n en de sluis", "De pont en de sluis"),
        ("=?utf-8?b?_kapot?=", "=?utf-8?b?_kapot?="),
        ("=?geen?q?caf=E9?=", "café"),
        ("Re:", None),
        ("", None),
    ],
)
def test_subjects(written: str, subject: str | None) -> None:
    assert metadata(written).get("subject") == subject


@pytest.mark.parametrize(
    "written", ["", "gisteren", "Fri, 99 Mar 2026 10:00:00 +0100", "Fri, 6 Mar 99999 10:00:00", "6 Mar", "\udce9", ","]
)
def test_a_date_that_is_none(written: str) -> None:
    data = mail(plain(), top=f"Date: {written}\n")
    assert "date" not in first(data).metadata


# --- what is attached ------------------------------------------------------------------------------------------------


def test_attachments_by_their_names() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.txt", "In het archief.")
    data = mail(
        plain("Zie de bijlage."),
        attached(b"Een.", "brief één.txt"),
        attached(b"<html><p>Twee.</p></html>", "brief.html", "text/html"),
        attached(inner.getvalue(), "alles.zip", "application/zip"),
        attached(b"Drie.", None, "text/plain"),
        attached(b"Vier.", "brief één.txt"),
    )
    assert told(data) == [
        ("m.eml", "Zie de bijlage."),
        ("m.eml!brief één.txt", "Een."),
        ("m.eml!brief.html", "Twee."),
        ("m.eml!alles.zip!b.txt", "In het archief."),
        ("m.eml!attachment-4.txt", "Drie."),
        ("m.eml!brief één (2).txt", "Vier."),
    ]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("attachment; filename=brief.txt", "brief.txt"),
        ('attachment; filename="=?utf-8?q?briefje=C3=A9?=.txt"', "briefjeé.txt"),
        ("attachment; filename*=utf-8''brief%20%C3%A9.txt", "brief é.txt"),
        ("attachment; filename*0*=iso-8859-1''bri%E9; filename*1=f.txt", "briéf.txt"),
        ('attachment; filename="../../brief.txt"', "../../brief.txt"),
        ('attachment; filename="C:\\\\map\\\\brief.txt"', "C:\\map\\brief.txt"),
        ('ATTACHMENT; FILENAME="brief.txt"', "brief.txt"),
        ('inline; filename="brief.txt"', "brief.txt"),
        ("attachment; filename=", "attachment-1.txt"),
        ('attachment; filename="  "', "attachment-1.txt"),
        ("attachment", "attachment-1.txt"),
        ("attachment; filename*=utf-8''%E9%00.txt", "\ufffd\ufffd.txt"),
    ],
)
def test_names_of_attachments(said: str, name: str) -> None:
    part = f"Content-Type: text/plain\nContent-Disposition: {said}\n\nDe pont vaart."
    (_, (path, _)) = told(mail(plain(), part))
    assert path == f"m.eml!{name}"


def test_a_name_that_only_the_type_gives() -> None:
    part = 'Content-Type: text/plain; name="brief.txt"\n\nDe pont vaart.'
    assert told(mail(plain("Zie."), part)) == [("m.eml", "Zie."), ("m.eml!brief.txt", WORDS)]


def test_a_mail_in_a_mail() -> None:
    inner = mail(plain("Binnen."), attached(b"Diep.", "diep.txt"), top="Subject: Binnen\n", edge="in").decode()
    packed = base64.encodebytes(inner.encode()).decode()
    for part in (
        f"Content-Type: message/rfc822\n\n{inner}",
        f'Content-Type: message/rfc822; name="in.eml"\nContent-Disposition: attachment\n\n{inner}',
        f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{packed}",
        attached(inner.encode(), "in.eml"),
    ):
        found = told(mail(plain("Buiten."), part).replace(b"\r\r\n", b"\r\n"))
        name = "in.eml" if "in.eml" in part else "attachment-1.eml"
        assert found == [
            ("m.eml", "Buiten."),
            (f"m.eml!{name}", "Binnen."),
            (f"m.eml!{name}!diep.txt", "Diep."),
        ]


def test_words_that_begin_with_from_are_not_touched() -> None:
    inner = f"{TOP}Content-Type: text/plain\n\nFrom hier vaart de pont.\n"
    assert told(mail(plain(), f"Content-Type: message/rfc822\n\n{inner}"))[1][1] == "From hier vaart de pont."


def test_pictures_among_the_words_and_signatures_are_not_mentioned() -> None:
    inline = "Content-Type: image/png; name=logo.png\nContent-Disposition: inline\nContent-ID: <a>\n\nPNG"
    bare = "Content-Type: image/gif\n\nGIF8"
    seal = attached(b"0\x80", "smime.p7s", "application/pkcs7-signature")
    assert told(mail(plain(), inline, bare, seal)) == [("m.eml", WORDS)]
    assert told(mail(plain(), seal, kind="signed")) == [("m.eml", WORDS)]


def test_what_is_attached_and_no_letter_is_passed_over() -> None:
    data = mail(
        plain(),
        attached(PICTURE, "scan.png", "image/png"),
        attached(b"BEGIN:VCARD", "kaartje.vcf", "text/vcard"),
        attached(PICTURE, None, "image/png"),
    )
    assert told(data)[1:] == [
        ("m.eml!scan.png", "- a picture"),
        ("m.eml!kaartje.vcf", "- "),
        ("m.eml!attachment-3.png", "- a picture"),
    ]


def test_a_mail_that_is_nothing_but_an_attachment() -> None:
    whole = f"{TOP}{attached(WORDS.encode())}".encode()
    assert told(whole) == [("m.eml!brief.txt", WORDS)]


# --- bad ones --------------------------------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    parts = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)]
    return (TOP + "".join(parts) + plain()).encode()


SEALED = "Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64"
BAD = [
    ("nothing", single(b"", "Content-Type: text/plain"), ("m.eml", "! this holds no files")),
    ("blanks", single(b" \n\t\n", "Content-Type: text/plain"), ("m.eml", "! this holds no files")),
    ("only a picture", mail(attached(PICTURE, "l.png", "image/png")), ("m.eml", "! this holds no letters")),
    ("encrypted", mail(attached(b"x"), kind="encrypted"), ("m.eml", "! this mail is encrypted")),
    (
        "sealed",
        single(base64.encodebytes(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03xxxx"), SEALED),
        ("m.eml!smime.p7m", "! this is a signed or encrypted message (.p7m)"),
    ),
    (
        "packed by Outlook",
        mail(plain(), attached(b'x\x9f>"\x01', "winmail.dat", "application/ms-tnef")),
        ("m.eml!winmail.dat", "! this is attachments packed by Outlook (winmail.dat)"),
    ),
    ("an old document", mail(plain(), attached(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "b.doc")), None),
    (
        "a mailbox",
        b"From a Fri\n" + mail(plain()).replace(b"\r", b"") + b"\nFrom b Sat\n" + mail(plain()).replace(b"\r", b""),
        ("m.eml", "! this is a mailbox of several mails"),
    ),
    ("parts in parts", nested(3000), None),
]


@pytest.mark.parametrize(("data", "found"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_cannot_be_read_is_told(data: bytes, found: tuple[str, str] | None) -> None:
    last = told(data)[-1]
    assert last == found if found else last[1].startswith("! ")


ODD = [
    ("no end", mail(plain())[:-12], WORDS),
    ("no boundary said", single(b"--x\n\nDe pont vaart.\n--x--", "Content-Type: multipart/mixed"), None),
    ("no such boundary", single(WORDS.encode(), "Content-Type: multipart/mixed; boundary=nergens"), None),
    ("headers without end", TOP.encode() + b"Subject: x", None),
    ("an encoding that is none", single(WORDS.encode(), "Content-Transfer-Encoding: zip"), WORDS),
    ("base64 that is none", single(b"De pont vaart!", "Content-Transfer-Encoding: base64"), None),
    ("a byte in a header", single(WORDS.encode(), "Content-Type: text/plain; charset=\xff\nX: \xff"), WORDS),
    ("parameters without end", single(WORDS.encode(), "Content-Type: text/plain" + "; a=b" * 3000), WORDS),
    ("a type of 100 kB", single(WORDS.encode(), f"Content-Type: text/plain; charset={'x' * 100_000}"), WORDS),
    ("parameters in pieces", single(WORDS.encode(), "Content-Type: text/plain; name*0=a; name=b; name*1*=c"), None),
    ("a mark before it", b"\xef\xbb\xbf\r\n" + mail(plain()), WORDS),
    ("only returns", mail(plain()).replace(b"\r\n", b"\r"), WORDS),
    (
        "a mailbox of one",
        b"From a Fri\n" + mail(plain("From hier af.\nVaart de pont.")),
        "From hier af.\nVaart de pont.",
    ),
]


@pytest.mark.parametrize(("data", "words"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
def test_what_is_odd_is_read_or_told(data: bytes, words: str | None) -> None:
    found = told(data)
    assert found
    if words is not None:
        assert found == [("m.eml", words)]


@pytest.mark.parametrize(
    "written", ["", ";", "=?", "=?utf-8?q?", "a/b/c", '"', "attachment; filename*=''", "\udcff", "=" * 99]
)
def test_headers_that_say_nothing_do_no_harm(written: str) -> None:
    names = ("Content-Type", "Content-Disposition", "Content-Transfer-Encoding", "Subject", "Date")
    text = "".join(f"{name}: {written}\n" for name in names)
    message = email.message_from_bytes(text.encode("utf-8", "surrogateescape"))
    assert "/" in headers.kind(message)
    assert headers.disposition(message) in (None, "attachment", "") or written
    for ask in (headers.file_name, headers.subject, headers.date, headers.encoding):
        ask(message)
    assert headers.date(message) is None
    assert isinstance(headers.parameter(message, "charset"), str)


@given(st.data())
def test_a_changed_mail_gives_letters_and_errors_and_nothing_else(data: st.DataObject) -> None:
    whole = mail(
        mail(plain(), page(), kind="alternative", edge="in").decode().replace("\r", "").partition("\n")[2],
        attached(WORDS.encode(), "brief é.txt", "text/plain; charset*0*=utf-8''x; charset*1=y"),
        f"Content-Type: message/rfc822\n\n{TOP}Content-Type: text/plain; format=flowed\n\nDe \nsluis.",
        top=f"{SENT}=?utf-8?q?x?=\n",
    )
    changed = bytearray(whole)
    places = st.tuples(st.integers(0, len(whole) - 1), st.sampled_from(b"\";=*'?%<>()\\\xff\x00 \r\n-:"))
    for at, value in data.draw(st.lists(places, min_size=1, max_size=8)):
        changed[at] = value
    for each in letters_in(bytes(changed), "m.eml", Options(max_bytes=100_000)):
        assert isinstance(each, Source | LetterError | PassedOver)
        assert each.path.startswith("m.eml")


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "parts": lambda size: mail(*([plain("x")] * (size // 60))),
    "boundaries": lambda size: mail("--grens\n" * (size // 8)),
    "quotes": lambda size: single(b"> " * (size // 2), "Content-Type: text/plain; format=flowed"),
    "flowed": lambda size: single(b"x \n" * (size // 3), "Content-Type: text/plain; format=flowed"),
    "blanks": lambda size: single(b"x" + b"\n" * size, "Content-Type: text/plain"),
    "marks of quotation": lambda size: single(b"-----" * (size // 5), "Content-Type: text/plain"),
    "op schreef": lambda size: single(b"Op " * (size // 3), "Content-Type: text/plain"),
    "headers": lambda size: (TOP + "X: y\n" * (size // 5)).encode() + b"\nDe pont.",
    "a subject": lambda size: f"{TOP}Subject: {'Re: ' * (size // 4)}\n\nDe pont.".encode(),
    "encoded words": lambda size: f"{TOP}Subject: {'=?utf-8?q?a?= ' * (size // 14)}\n\nDe pont.".encode(),
    "attachments of one name": lambda size: mail(*([attached(b"x", "a.txt")] * (size // 160))),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_time_grows_with_the_mail(kind: str) -> None:
    def prepare(size: int) -> Call:
        data = HOSTILE[kind](size)
        return lambda: list(letters_in(data, "m.eml"))

    assert_grows(prepare, 20_000, 160_000)
