"""The names of WordprocessingML, as they are once the strict dialect of the standard is made the common one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    "http://purl.oclc.org/ooxml/officeDocument/math": MATH,
}


def make_common(root: Element) -> None:
    """Give the elements and attributes of a strict document the names that all others have."""
    if not any(uri in _STRICT for uri in root.nsmap.values()):
        return
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = _common(element.tag)
            for name, value in list(element.attrib.items()):
                if (common := _common(str(name))) != name:
                    del element.attrib[name]
                    element.set(common, value)


def _common(name: str) -> str:
    uri, brace, local = name.rpartition("}")
    return _STRICT[uri[1:]] + local if brace and uri[1:] in _STRICT else name


def value(element: Element | None, name: str = "val") -> str | None:
    """The attribute w:`name` of an element; None where there is no element, or no such attribute."""
    return element.get(W + name) if element is not None else None


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
