"""A treebank as a teacher: what is read of it, what stands in one part only, and sentences as plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toezeggingen.training import treebank
from toezeggingen.training.treebank import Tagged, TreebankError

if TYPE_CHECKING:
    from pathlib import Path

CONLLU = """\
# sent_id = own-1
# text = De brug gaat 's nachts dicht.
1\tDe\tde\tDET\tLID|bep\tDefinite=Def\t2\tdet\t_\t_
2\tbrug\tbrug\tNOUN\tN|soort|ev\tGender=Com|Number=Sing\t3\tnsubj\t_\t_
3\tgaat\tgaan\tVERB\tWW|pv|tgw\tNumber=Sing|Tense=Pres|VerbForm=Fin\t0\troot\t_\t_
3.1\tgaat\tgaan\tVERB\tWW|pv|tgw\t_\t_\t_\t0:root\t_
4-5\t's nachts\t_\t_\t_\t_\t_\t_\t_\t_
4\t's\t's\tDET\tLID|bep\t_\t5\tdet\t_\t_
5\tnachts\tnacht\tNOUN\tN|soort|ev\t_\t3\tobl\t_\t_
6\tdicht\tdicht\tADJ\tADJ|vrij\tDegree=Pos\t3\tcompound:prt\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\tLET\t_\t3\tpunct\t_\t_

"""


def conllu(*sentences: str) -> str:
    """Sentences of which every word is a noun."""
    each = (
        "".join(f"{n}\t{w}\t{w}\tNOUN\t_\t_\t{n - 1}\t_\t_\t_\n" for n, w in enumerate(s.split(), 1)) for s in sentences
    )
    return "\n".join(each) + "\n"


def tagged(sentence: str) -> Tagged:
    return Tagged(tuple(sentence.split()), ("NOUN",) * len(sentence.split()))


def test_words_have_their_part_of_speech_and_features_in_one() -> None:
    (one,) = treebank.parse(CONLLU)
    assert dict(zip(one.words, one.tags, strict=True)) == {
        "De": "DET|Definite=Def",
        "brug": "NOUN|Gender=Com|Number=Sing",
        "gaat": "VERB|Number=Sing|Tense=Pres|VerbForm=Fin",
        "'s": "DET",
        "nachts": "NOUN",
        "dicht": "ADJ|Degree=Pos",
        ".": "PUNCT",
    }


def test_no_sentence_stands_in_two_parts_or_twice_in_one(tmp_path: Path) -> None:
    parts = {
        "a-test": conllu("sluis vijf", "kade twee"),
        "b-test": conllu("gemaal drie"),
        "a-dev": conllu("haven een", "kade twee"),
        "a-2017-old-train": conllu("gemaal drie", "dijk acht", "dijk acht", "haven een", "Dijk acht"),
    }
    for name, text in parts.items():
        (tmp_path / f"{name}.conllu").write_text(text, encoding="utf-8")
    read = treebank.read(tmp_path)
    assert read.held_out == (tagged("sluis vijf"), tagged("kade twee"), tagged("gemaal drie"))
    assert read.new == (tagged("haven een"),)
    assert read.old == (tagged("dijk acht"), tagged("Dijk acht"))


def test_a_folder_without_a_treebank_is_told(tmp_path: Path) -> None:
    (tmp_path / "a-test.conllu").write_text(conllu("sluis vijf"), encoding="utf-8")
    with pytest.raises(TreebankError, match=r"no \*-dev\.conllu here"):
        treebank.read(tmp_path)


def test_words_are_lowered_as_the_judge_reads_them() -> None:
    assert treebank.lowered(tagged("Op 12 Mei")).words == ("op", "00", "mei")


WORDS = ("zone=body", "promise:F00", "<s>", "de", "§agency", "stuurt", "§term", "§", "0", "(", "§cite", "</s>")


def test_plain_words_have_a_word_for_each_span_and_nothing_of_the_rules() -> None:
    assert treebank.plain(WORDS) == ["de", "minister", "stuurt", "morgen", "§", "0", "(", "brief"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("~als ~§third ~belt ik kom ~.", "als minister belt <c> ik kom </c> ."),
        ("ik kom ~§term ~.", "<c> ik kom </c> morgen ."),
        ("~nu kom ik", "nu <c> kom ik"),
        ("~nu kom ik ~en dan ga ik", "nu <c> kom ik </c> en <c> dan ga ik"),
        ("~ 0 %", "~ 0 %"),
    ],
)
def test_the_clause_that_is_judged_stands_between_marks(words: str, expected: str) -> None:
    assert " ".join(treebank.plain(["zone=body", "<s>", *words.split(), "</s>"])) == expected


def test_an_outline_keeps_small_words_spans_and_marks_only() -> None:
    said = [
        "DET|Definite=Def",
        "NOUN|Number=Sing",
        "VERB|Tense=Pres",
        "NOUN|Number=Sing",
        "SYM",
        "NUM",
        "PUNCT",
        "NOUN",
    ]
    told = ["=de", "=§agency", "=VERBTense=Pres", "=§term", "=SYM", "=NUM", "=(", "=§cite"]
    assert treebank.outline(WORDS, said) == ["<t>", *told, "</t>"]
    clause = ("<s>", "~huizen", "kom", "</s>")
    assert treebank.outline(clause, ["NOUN|Number=Plur", "X", "VERB|Tense=Pres"]) == [
        "<t>", "=NOUN", "=<c>", "=VERBTense=Pres", "</t>"
    ]  # fmt: skip
