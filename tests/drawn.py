"""PDFs drawn word for word: text at a place in points from the top left corner, rules, images, turned pages."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass
class Sheet:
    """A page to draw on: A4, places in points from its top left corner before it is turned."""

    rotate: int = 0
    drawn: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: str, size: float = 10, *, spacing: float = 0, turn: str = "1 0 0 1"
    ) -> Sheet:
        """Words with their baseline at `y`; `turn` is the matrix that turns them."""
        data = (
            words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").decode("latin-1")
        )
        self.drawn.append(f"BT /F1 {size} Tf {spacing} Tc {turn} {x} {HEIGHT - y} Tm ({data}) Tj ET")
        return self

    def lines(self, x: float, y: float, *lines: str, size: float = 10, step: float = 12) -> Sheet:
        """Lines under each other."""
        for number, line in enumerate(lines):
            self.text(x, y + number * step, line, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A thin line."""
        self.drawn.append(f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        """The rules of a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def image(self) -> Sheet:
        """A grey picture over the whole page."""
        self.drawn.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q")
        return self


def pdf(*sheets: Sheet) -> bytes:
    """The file that holds `sheets`."""
    count = len(sheets)
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(count))
    pixels = zlib.compress(bytes([200]))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixels), pixels),
    ]
    for number, sheet in enumerate(sheets):
        content = "\n".join(sheet.drawn).encode("latin-1")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {sheet.rotate}"
            f" /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(data)
