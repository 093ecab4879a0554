"""The body of a Word document made plain: as it reads with all changes accepted, in paragraphs, runs and tables only.

What mammoth leaves out or takes for something else is brought into words here: numbers of items, text boxes, formulas,
symbols, what stands in one form for new programs and in another for old ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from mammoth.docx.dingbats import dingbats

from toezeggingen.letters.readers.docx_names import MATH, MC, W, is_on, value
from toezeggingen.letters.readers.docx_numbering import BULLET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from toezeggingen.letters.readers.docx_numbering import Numbering

LABEL_STYLE = "ItemLabel"
"""The character style of the number of an item, which is no style of the document."""

BULLETS, NUMBERS = "1", "2"
"""The lists, with bullets and with numbers, of which all items are."""

DEEPEST_ITEM = 4
"""The level (from 0) of the deepest item that mammoth knows; deeper ones are made this."""

_UNWRAPPED = tuple(
    W + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdtContent", "sdt",
                 "ruby", "rubyBase")
)  # fmt: skip
_REMOVED = tuple(
    W + name
    for name in (
        "drawing", "pict", "object", "commentReference", "annotationRef", "permStart", "permEnd",
        "bookmarkStart", "bookmarkEnd", "proofErr", "instrText", "delInstrText", "delText", "fldChar", "softHyphen",
        "lastRenderedPageBreak", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr", "rt", "tblGrid",
        "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentRangeStart", "commentRangeEnd",
    )
)  # fmt: skip


def make_plain(root: Element, numbering: Numbering, notes: Iterable[str] = ()) -> None:
    """Make the document, header or list of notes `root` plain, in place.

    `numbering` counts on through all that it is shown. References to notes that are not among `notes` ("footnote 2")
    are left out.
    """
    _choose_forms(root)
    _lift_text_boxes(root)
    _write_formulas(root)
    for element in list(root.iter(*_REMOVED)):
        _remove(element)
    for element in list(root.iter(W + "del", W + "moveFrom")):
        if not _is_mark(element):
            _remove(element)
    for element in list(root.iter(*_UNWRAPPED)):
        _unwrap(element)
    _accept_deletions(root)
    for spans in list(root.iter(W + "gridSpan")):
        if not (value(spans) or "").isdecimal():
            _remove(spans)
    _make_runs_plain(root, frozenset(notes))
    for paragraph in root.iter(W + "p"):
        _make_paragraph_plain(paragraph, numbering)


def _choose_forms(root: Element) -> None:
    """Of what stands in two forms, keep the one for programs that know all."""
    for both in list(root.iter(MC + "AlternateContent")):
        form = both.find(MC + "Choice")
        form = form if form is not None else both.find(MC + "Fallback")
        for other in list(both):
            if other is not form:
                both.remove(other)
        if form is not None:
            _unwrap(form)
        _unwrap(both)


def _lift_text_boxes(root: Element) -> None:
    """Put the paragraphs of a text box behind the paragraph that it hangs from."""
    last: dict[Element, Element] = {}
    for box in list(root.iter(W + "txbxContent")):
        anchor = next(box.iterancestors(W + "p"), None)
        if anchor is None:
            continue
        at = last.get(anchor, anchor)
        for block in list(box):
            at.addnext(block)
            at = block
        last[anchor] = at


def _write_formulas(root: Element) -> None:
    """Make a formula the text of its signs, in order."""
    for formula in list(root.iter(MATH + "oMath")):
        words = "".join(sign.text or "" for sign in formula.iter(MATH + "t"))
        parent = formula.getparent()
        if parent is not None:
            parent.replace(formula, _run(words))
    for around in list(root.iter(MATH + "oMathPara")):
        _unwrap(around)


def _accept_deletions(root: Element) -> None:
    """Take out deleted rows and cells, and join paragraphs whose mark between them was deleted."""
    for mark in list(root.iter(W + "del", W + "cellDel")):
        place = mark.getparent()
        if place is not None and place.tag in (W + "trPr", W + "tcPr"):
            _remove(place.getparent())
    parents: dict[Element, None] = {}
    for properties in root.iter(W + "pPr"):
        if _has_deleted_mark(properties):
            paragraph = properties.getparent()
            parent = paragraph.getparent() if paragraph is not None else None
            if parent is not None:
                parents[parent] = None
    for parent in parents:
        _join_paragraphs(parent)


def _is_mark(element: Element) -> bool:
    """Whether an element says that a paragraph mark, a row or a cell was deleted; others hold words that were."""
    parent = element.getparent()
    return parent is not None and parent.tag in (W + "rPr", W + "trPr", W + "tcPr")


def _has_deleted_mark(properties: Element | None) -> bool:
    marks = properties.find(W + "rPr") if properties is not None else None
    return marks is not None and (marks.find(W + "del") is not None or marks.find(W + "moveFrom") is not None)


def _join_paragraphs(parent: Element) -> None:
    carried: list[Element] = []
    before: Element | None = None  # a paragraph whose words are carried on
    for block in list(parent):
        if block.tag != W + "p":
            if before is not None:
                before.extend(carried)
            carried, before = [], None
            continue
        if before is not None:
            parent.remove(before)
        properties = block.find(W + "pPr")
        if _has_deleted_mark(properties):
            carried += [child for child in block if child is not properties]
            before = block
        elif carried or before is not None:
            at = 0 if properties is None else 1
            block[at:at] = carried
            carried, before = [], None
    if before is not None:
        before.extend(carried)


def _make_runs_plain(root: Element, notes: frozenset[str]) -> None:
    for run in list(root.iter(W + "r")):
        properties = run.find(W + "rPr")
        if properties is not None:
            if is_on(properties.find(W + "vanish")):
                _remove(run)
                continue
            run.remove(properties)
        for child in list(run):
            _make_child_plain(run, child, notes)


def _make_child_plain(run: Element, child: Element, notes: frozenset[str]) -> None:
    tag = child.tag
    if tag in (W + "footnoteReference", W + "endnoteReference"):
        kind = "footnote" if tag == W + "footnoteReference" else "endnote"
        if f"{kind} {value(child, 'id')}" not in notes:
            run.remove(child)
        elif value(child, "customMarkFollows") not in (None, "0", "false"):
            for mark in list(child.itersiblings(W + "t", W + "sym")):
                run.remove(mark)
    elif tag == W + "noBreakHyphen":
        run.replace(child, _text("-"))
    elif tag == W + "sym":
        run.replace(child, _text(_symbol(child)))
    elif tag in (W + "br", W + "cr"):
        child.tag = W + "br"
        child.attrib.clear()
    elif tag == W + "ptab":
        child.tag = W + "tab"


def _symbol(element: Element) -> str:
    """The character of a font for symbols, or one of a font for text by its own number."""
    written = value(element, "char") or ""
    try:
        code = int(written, 16)
    except ValueError:
        return ""
    found = dingbats.get((value(element, "font"), code & 0xFF if code >= 0xF000 else code))
    return chr(found) if found else chr(code) if 32 <= code < 0xD800 else ""


def _join_runs(paragraph: Element) -> None:
    """Make runs and texts side by side one: there is nothing left to tell them apart, and mammoth pays for each."""
    last: Element | None = None
    for run in list(paragraph):
        if run.tag != W + "r":
            last = None
        elif last is None:
            last = run
        else:
            last.extend(list(run))
            paragraph.remove(run)
    for run in paragraph.iterchildren(W + "r"):
        text: Element | None = None
        for child in list(run):
            if child.tag != W + "t":
                text = None
            elif text is None:
                text = child
            else:
                text.text = (text.text or "") + (child.text or "")
                run.remove(child)


def _make_paragraph_plain(paragraph: Element, numbering: Numbering) -> None:
    _join_runs(paragraph)
    properties = paragraph.find(W + "pPr")
    heading = numbering.heading(properties)
    item = numbering.item(properties)
    if properties is not None:
        paragraph.remove(properties)
    made = etree.Element(W + "pPr")
    if heading is not None:
        etree.SubElement(made, W + "pStyle").set(W + "val", f"Heading{heading}")
    if item is not None:
        level, label = item
        if heading is None and label:
            place = etree.SubElement(made, W + "numPr")
            etree.SubElement(place, W + "ilvl").set(W + "val", str(min(level, DEEPEST_ITEM)))
            etree.SubElement(place, W + "numId").set(W + "val", BULLETS if label == BULLET else NUMBERS)
        if label and label != BULLET and _has_words(paragraph):
            paragraph.insert(0, _run(f"{label} ", LABEL_STYLE))
    paragraph.insert(0, made)


def _has_words(paragraph: Element) -> bool:
    """Whether anything stands in a paragraph; Word numbers an empty one too."""
    return any(text.text and not text.text.isspace() for text in paragraph.iter(W + "t"))


def _run(words: str, style: str = "") -> Element:
    run = etree.Element(W + "r")
    if style:
        etree.SubElement(etree.SubElement(run, W + "rPr"), W + "rStyle").set(W + "val", style)
    run.append(_text(words))
    return run


def _text(words: str) -> Element:
    text = etree.Element(W + "t")
    text.text = words
    return text


def _remove(element: Element | None) -> None:
    parent = element.getparent() if element is not None else None
    if element is not None and parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)
