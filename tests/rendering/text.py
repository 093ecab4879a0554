"""A letter as plain text: a paragraph is a line, a table row a line with tabs, the footnotes stand at the end."""

from __future__ import annotations

from rendering.letter import GREETING, Block, Heading, Items, Letter, Paragraph, Table, Turn, parts


def render(letter: Letter) -> bytes:
    """The letter in UTF-8."""
    head = (
        f"{letter.ministry}\n\nDe voorzitter van de Tweede Kamer\nder Staten-Generaal\nPostbus 20018\n2500 EA DEN HAAG",
        f"Datum {letter.day}\nBetreft {letter.subject}\nOns kenmerk {letter.reference}",
        GREETING,
    )
    notes = "\n".join(f"{number} {text}" for number, text in enumerate(letter.notes, start=1))
    blocks = (*head, *map(_block, letter.blocks), "Hoogachtend,", *letter.closing, notes)
    return ("\n\n".join(blocks) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _run(block.sentences)
        case Heading():
            return block.text
        case Items():
            return "\n".join(f"{block.mark(index)} {_run(item)}" for index, item in enumerate(block.items))
        case Table():
            return "\n".join("\t".join(_run((cell,)) for cell in row) for row in (block.columns, *block.rows))
        case Turn():
            return "\n".join((block.label, *map(_run, block.paragraphs)))


def _run(sentences: tuple[str, ...]) -> str:
    """Sentences with the numbers of their footnotes glued to the words before them."""
    return " ".join("".join(str(part) for part in parts(sentence)) for sentence in sentences)
