"""docs/output.md: the extraction record key by key, from its types, and that of one of the project's own letters."""

from __future__ import annotations

import json
from typing import Any

from toezeggingen import records
from toezeggingen.training.gold import checkout

EXAMPLE = "examples/moties-toezeggingen-vws-2021.txt"
_SHOWN_TEXT = 160
_ABOUT_ENTITIES = "What was found in the text; its label tells what `value` holds."

_HEAD = """\
# The extraction record

Written by `make docs` from `src/toezeggingen/records.py`; do not edit.

`toezeggingen extract` writes one JSON object a line, one line a letter: schema `{schema}`.
`toezeggingen schema` prints the JSON Schema, `toezeggingen validate out.jsonl` checks a file against it and against
what a schema cannot say (quotes are the text's own characters, references name entities of the same record).

- `start` and `end` count Unicode code points of `text`, half open; `text[start:end]` is the quoted text, always. For
  plain text and Markdown `text` is the file as decoded, not one character changed.
- Dates are ISO days and inclusive. What is not known is null; nothing is guessed to fill a field.
- Keys may be added, a key is renamed or dropped only with a new schema number: pass over keys you do not know.
- The same letter, options and version give the same bytes.
"""

# What a key means beyond its name and type. A test holds this against the types: no key is missing, none is left over.
KEYS: dict[str, dict[str, str]] = {
    "Record": {
        "schema": "name and number of this contract",
        "id": "made of the letter's bytes: the first 16 digits of their SHA-256",
        "source": "the file",
        "letter": "what its head says",
        "text": "the whole text, as read",
        "pages": "where its pages are",
        "entities": "citations and bodies, and the deadlines that bind a commitment, in order of place",
        "commitments": "what is promised, in order of place",
        "producer": "what made the record",
        "warnings": "what a reader should know about it",
    },
    "Source": {
        "path": "as it was given",
        "sha256": "of the bytes of the file",
        "media_type": "`text/plain`, `text/markdown`",
        "pages": "how many; 1 where the format has none",
    },
    "Letter": {
        "date": "of the letter, or the one given with `--letter-date`",
        "date_found": "how the date was found: `printed`, `received`, `given`, ...",
        "ministry": "its short name in the year of the letter (`VWS`)",
        "chamber": "who it is addressed to: `TK`, `EK`, or `VV` for both",
        "reference": "the kenmerk of the sender",
        "subject": "what stands behind Betreft or Onderwerp",
        "signatories": "who signed, in order",
        "own_paper": "the number under which the letter itself was published",
        "found": "per key of `letter`, how it was found",
    },
    "Signatory": {"name": "of the person", "office": 'such as "minister van Financiën"'},
    "Page": {
        "number": "from 1",
        "start": "its first character",
        "end": "the character after its last",
        "width": "in points (1/72 inch), where the format has sheets (PDF)",
        "height": "in points",
        "ocr": "whether its words were recognised in a picture",
    },
    "Box": {
        "page": "the page it lies on",
        "left": "points from the left edge of the page as it is shown",
        "top": "points from its top edge",
        "right": "points from the left edge",
        "bottom": "points from the top edge",
    },
    "entity": {
        "id": "unique in the record: `e1`, `e2`, ...",
        "start": "its first character in `text`",
        "end": "the character after its last",
        "text": "the characters themselves",
        "page": "the page it begins on",
        "found_by": "the [rules](rules.md) that found it; `model:recogniser`, `model:nl_core_news_md`: only that did",
        "score": "how sure the rule is, from 0 to 1",
    },
    "DeadlineValue": {
        "operator": "how the term binds",
        "from": "the first day that counts",
        "until": "the last day that still counts",
        "edtf": "the same in the Extended Date/Time Format (ISO 8601-2)",
        "granularity": "how precise the words are: `day`, `month`, `season`, ...",
        "event": "the event or document that is waited for, in the letter's words",
        "approximate": "whether a day follows from a rule and was not published, or the words themselves say roughly",
        "kind": "what sort of term: days, a vague one, one that comes again, or an event that is waited for",
        "source": "of a recess or a day with a name: whether it was published or follows from the rule",
    },
    "CitationValue": {
        "kind": "`kamerstuk`, `handelingen`, `aanhangsel`, `dossier`, ...",
        "ids": "the official ids, one or more where the paper has one",
        "urls": "where the papers stand, in the order of `ids`",
        "chamber": "`I` for the Eerste Kamer, `II` for the Tweede Kamer",
        "session": "the parliamentary year, where it is written",
        "dossiers": "all dossiers that are named",
        "numbers": "all numbers in the dossier that are named",
        "role": "why it is cited: `origin` of an earlier promise, `replaces`, `annex`, `motion`, or just `reference`",
        "flags": "what is odd about it",
        "refs": "ids of other publications and registers: Staatsblad, ECLI, case numbers, ...",
    },
    "BodyValue": {
        "name": "the full name",
        "type": "what kind of body it is",
        "tooi": "its address in the government's register of organisations",
        "government": "whether it binds the government when it acts",
        "ministry": "short name of the ministry it is, or belongs to as an office",
        "office": "the office, of a minister or state secretary",
    },
    "Commitment": {
        "start": "its first character in `text`",
        "end": "the character after its last",
        "text": "the clause or sentence that makes the promise",
        "id": "made of the letter's id and the words: the same in every run",
        "page": "the page it begins on",
        "zone": "the part of the letter it stands in",
        "kind": "`inform` where parliament will receive something, `act` for everything else",
        "status": "new here, restated, its term moved, or discharged",
        "strength": "firm, an intention, or under a condition",
        "actor": "who is bound",
        "recipient": "id of the house of parliament it is for",
        "action": "what is promised, as a Dutch infinitive",
        "object": "the thing that is to be sent, told, looked into or done",
        "deadline": "id of its term",
        "bodies": "ids of the bodies named in it",
        "citations": "ids of the citations in it",
        "formula": "number in the [list of formulas](formulas.md)",
        "found_by": "the rule that found it, and `model:judge` where the trained judge let it stand or added it",
        "score": "how sure the judge is, from 0 to 1, calibrated: of those with 0.8 some 80% are promises",
        "boxes": "where its lines lie on the page (PDF), for a picture of the page",
    },
    "Actor": {
        "text": "the words, empty where nobody is named",
        "who": "`ik`, `wij`, `kabinet`, `passive`; `minister:`, `staatssecretaris:`, `ministerie:`, `agency:` and name",
        "office": "of the minister or state secretary, where known",
        "body": "id of the body that is named",
    },
    "Object": {
        "start": "its first character",
        "end": "the character after its last",
        "text": "the characters themselves",
    },
    "Producer": {
        "name": "of the program",
        "version": "of the program",
        "pipeline": "name of the pipeline",
        "pipeline_version": "version of the pipeline, and behind a plus that of the base model it stands on, if any",
    },
    "Warned": {"code": "to count by", "message": "to read"},
}

_SECTIONS = (
    ("Record", "The record"),
    ("Source", "`source`"),
    ("Letter", "`letter`"),
    ("Signatory", "One of `letter.signatories`"),
    ("Page", "One of `pages`"),
    ("entity", "One of `entities`"),
    ("DeadlineValue", "`value` of a DEADLINE"),
    ("CitationValue", "`value` of a CITATION"),
    ("BodyValue", "`value` of a BODY"),
    ("Commitment", "One of `commitments`"),
    ("Actor", "`actor` of a commitment"),
    ("Object", "`object` of a commitment"),
    ("Producer", "`producer`"),
    ("Warned", "One of `warnings`"),
)


def types() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each type by its name, that of the whole record as "Record"."""
    schema = records.json_schema()
    return {"Record": schema, **schema["$defs"]}


def page() -> str:
    """docs/output.md."""
    known = types()
    parts = [_HEAD.format(schema=records.SCHEMA)]
    for name, title in _SECTIONS:
        schema = known["Body" if name == "entity" else name]
        about = (
            "What was found in the text; its label tells what `value` holds."
            if name == "entity"
            else schema["description"]
        )
        parts.append(f"\n## {title}\n\n{about}\n\n| key | type | what |\n|---|---|---|\n")
        parts += [f"| `{key}` | {_type(schema['properties'][key])} | {what} |\n" for key, what in KEYS[name].items()]
        if name == "entity":
            parts.append("| `label` | `DEADLINE`, `CITATION`, `BODY` | what was found |\n")
            parts.append("| `value` | object | what it means, by label: see below |\n")
    parts += ["\n## An example\n\n", _example()]
    return "".join(parts)


def _type(schema: dict[str, Any]) -> str:
    """The type of a value in words."""
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return "object"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        items = schema.get("items", {})
        return "list" if "oneOf" in items else f"list of {_plural(_type(items))}"
    if schema.get("format") == "date":
        return "day"
    return str(schema.get("type", "value"))


def _plural(name: str) -> str:
    return f"{name}s" if name.isalpha() else name


def _example() -> str:
    """A commitment of a letter of the corpus with all it refers to, and what else the record of that letter holds."""
    from toezeggingen.pipeline import assemble, extract

    record = extract(checkout() / EXAMPLE, nlp=assemble())
    whole = json.loads(records.to_line(record))
    whole["source"]["path"] = EXAMPLE
    best = max(
        whole["commitments"], key=lambda c: (c["deadline"] is not None, c["recipient"] is not None, len(_named(c)))
    )
    entities = [entity for entity in whole["entities"] if entity["id"] in _named(best)]
    counts = f"{len(whole['entities'])} entities and {len(whole['commitments'])} commitments"
    whole |= {"text": f"{whole['text'][:_SHOWN_TEXT]}...", "entities": entities, "commitments": [best]}
    shown = json.dumps(whole, ensure_ascii=False, indent=1)
    return (
        f"From the record of `{EXAMPLE}`,\na letter written for this project: one of its commitments with "
        f"the entities that it refers to.\nThe whole record has {counts}; its text is cut off here.\n\n"
        f"```json\n{shown}\n```\n"
    )


def _told(commitment: dict[str, Any]) -> tuple[int, int]:
    """How much a commitment has to show, the shorter one first where two have as much."""
    return sum(commitment[key] is not None for key in ("deadline", "recipient", "object")), -len(commitment["text"])


def _named(commitment: dict[str, Any]) -> set[str]:
    """The ids of the entities that a commitment refers to."""
    names = {commitment["recipient"], commitment["deadline"], commitment["actor"]["body"]}
    return {name for name in (*names, *commitment["bodies"], *commitment["citations"]) if name is not None}
