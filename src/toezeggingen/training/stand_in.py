"""A stand-in for nl_core_news_md: a package of that name with the same components, labels and shapes, made here.

The real one is on its project's release page, which a build environment may not reach. What it finds cannot be had
otherwise; how it is put together, how long it takes and what our code makes of its annotation can. `stand_in.json` has
its labels as published; trees of the lemmatizer and rows of the vectors are as many as it has. Weights are random, or
taught from a few sentences, so that a test can tell what will be found.
"""

from __future__ import annotations

import json
import random
import warnings
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from toezeggingen import training
from toezeggingen.news_model import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.training import Example
    from thinc.api import Model

VERSION = "3.8.0"
DESCRIPTION = f"A stand-in for {NAME}, with the same components and labels; it has learned nothing of Dutch."
_SEED = 0
_RANDOM = 0.3
_STEPS, _LEARN_RATE = 40, 0.01
_LEFT, _RIGHT, _BREAK = 2, 3, 4  # the parser's moves that have a label
_INIT = """\
from spacy.util import load_model_from_init_py


def load(**overrides):
    return load_model_from_init_py(__file__, **overrides)
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How large: as published by default. `trees` of the lemmatizer, `vectors` rows of `vector_width` numbers."""

    width: int = 96
    depth: int = 4
    rows: tuple[int, int, int, int] = (5000, 1000, 2500, 2500)
    vectors: int = 20_000
    vector_width: int = 300
    trees: int = 1_060
    hidden: int = 64


FULL = Size()
SMALL = Size(width=32, depth=2, rows=(500, 200, 200, 200), vectors=50, vector_width=8, trees=0)


def labels() -> dict[str, list[str]]:
    """The labels of the real one, by component."""
    text = files(training).joinpath("stand_in.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found


def write(
    folder: Path,
    *,
    size: Size = FULL,
    taught: Sequence[Mapping[str, Any]] = (),
    words: Iterable[str] = (),
) -> Path:
    """Write the package into `folder`, from where it can be imported; gives the folder of its data.

    `taught` are sentences as `Example.from_dict` takes them, "words" among them, that it learns; without them its
    weights are random. `words` have vectors.
    """
    nlp = _assembled(size, words)
    _teach(nlp, _examples(nlp, size, taught), steps=_STEPS if taught else 0)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add(patterns=[[{"IS_SPACE": True}]], attrs={"TAG": "_SP", "POS": "SPACE"})
    nlp.disable_pipe("senter")
    nlp.meta |= {"name": NAME.removeprefix("nl_"), "version": VERSION, "description": DESCRIPTION}
    package = folder / NAME
    data = package / f"{NAME}-{VERSION}"
    package.mkdir(parents=True)
    nlp.to_disk(data)
    (package / "meta.json").write_bytes((data / "meta.json").read_bytes())
    (package / "__init__.py").write_text(_INIT, encoding="utf-8")
    about = folder / f"{NAME}-{VERSION}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n", encoding="utf-8")
    return data


def _assembled(size: Size, words: Iterable[str]) -> Language:
    """The pipeline with its labels, not yet initialised."""
    import numpy
    import spacy
    from spacy.vocab import Vectors  # type: ignore[attr-defined]  # of spacy.vectors, which has no types

    nlp = spacy.blank("nl")
    numbers = numpy.random.default_rng(_SEED).normal(size=(size.vectors, size.vector_width)).astype("float32")
    keys = list(dict.fromkeys(words))[: size.vectors]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=numbers, name="nl_vectors")
    for row, word in enumerate(keys):
        nlp.vocab.vectors.add(word, row=row)
    hears = {"@architectures": "spacy.Tok2VecListener.v1", "width": size.width, "upstream": "tok2vec"}
    tags = {"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": hears, "nO": None, "normalize": False}}
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(size)})
    nlp.add_pipe("morphologizer", config=tags)
    nlp.add_pipe("tagger", config=tags)
    nlp.add_pipe("parser", config={"model": _transitions("parser", hears, size), "min_action_freq": 1})
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config=tags | {"min_tree_freq": 1})
    nlp.add_pipe("senter")
    nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec(size), size)})
    known = labels()
    for name in ("morphologizer", "tagger", "ner"):
        pipe: Any = nlp.get_pipe(name)
        for label in known[name]:
            pipe.add_label(label)
    parser: Any = nlp.get_pipe("parser")
    for label in known["parser"]:
        for move in (_BREAK,) if label == "ROOT" else (_LEFT, _RIGHT):
            parser.moves.add_action(move, label)
    return nlp


def _tok2vec(size: Size) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2", "width": size.width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": list(size.rows), "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": size.width, "depth": size.depth,
            "window_size": 1, "maxout_pieces": 3,
        },
    }  # fmt: skip


def _transitions(kind: str, tok2vec: dict[str, Any], size: Size) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": False,
        "hidden_width": size.hidden, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": tok2vec,
    }  # fmt: skip


def _examples(nlp: Language, size: Size, taught: Sequence[Mapping[str, Any]]) -> list[Example]:
    """What it is initialised with: the sentences it is taught, and words enough to make the trees of the lemmatizer."""
    from spacy.tokens import Doc
    from spacy.training import Example

    rows = [dict(row) for row in taught]
    if size.trees:  # each ending that another takes the place of is a tree of its own
        endings = [f"{first}{second}" for first in "abcdefghijklmnopqrstuvwxyz" for second in "bcdfghklmnprstvwxyz"]
        pairs = [(f"st{ending}", f"st{endings[-place % 7]}q") for place, ending in enumerate(endings)]
        pairs += [(f"st{ending}e", f"st{endings[-place % 7]}x") for place, ending in enumerate(endings)]
        pairs += [(f"st{ending}en", f"st{endings[-place % 7]}z") for place, ending in enumerate(endings)]
        words, lemmas = zip(*pairs[: size.trees], strict=True)
        rows.append({"words": list(words), "lemmas": list(lemmas)})
    return [Example.from_dict(Doc(nlp.vocab, words=row["words"], spaces=row.get("spaces")), row) for row in rows]


def _teach(nlp: Language, examples: list[Example], steps: int) -> None:
    """Initialise, and learn the examples in `steps` steps; in none, draw the weights that would be nought."""
    from thinc.api import fix_random_seed

    fix_random_seed(_SEED)
    order = random.Random(_SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of too few examples
        optimizer = nlp.initialize(lambda: examples)
        optimizer.learn_rate = _LEARN_RATE
        for _ in range(steps):
            order.shuffle(examples)
            nlp.update(examples, sgd=optimizer, drop=0.1)
    if not steps:
        for _, pipe in nlp.pipeline:
            if hasattr(pipe, "model"):
                _draw(pipe.model)


def _draw(model: Model[Any, Any]) -> None:
    """Weights in the place of those that are nought before training: else the first label always wins."""
    import numpy

    generator = numpy.random.default_rng(_SEED)
    for node in model.walk():
        for name in node.param_names:
            weights: Any = node.get_param(name) if node.has_param(name) else None
            if weights is not None and not weights.any():
                node.set_param(name, generator.normal(scale=_RANDOM, size=weights.shape).astype("float32"))


__all__ = ["DESCRIPTION", "FULL", "SMALL", "VERSION", "Size", "labels", "write"]
