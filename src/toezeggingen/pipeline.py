"""The whole trip of one letter: file to record."""

from __future__ import annotations

import bisect
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import spacy
from spacy.util import load_config

from toezeggingen import news_model, records
from toezeggingen.commitments import Link, link
from toezeggingen.components.spans import found_in
from toezeggingen.fit import check_fit, code_version, stamp
from toezeggingen.letters.clean import View, clean
from toezeggingen.letters.head import Head, head
from toezeggingen.letters.read import read
from toezeggingen.letters.source import MAX_BYTES, Source
from toezeggingen.letters.zones import zones

if TYPE_CHECKING:
    import datetime as dt

    from spacy.language import Language
    from spacy.tokens import Doc

    from toezeggingen.components.deadlines import DeadlineFinder
    from toezeggingen.components.judge import Judge
    from toezeggingen.components.recogniser import Recogniser
    from toezeggingen.components.spans import Found
    from toezeggingen.letters.source import Page
    from toezeggingen.profiles import Profile

PIPELINE: Final = "nl_toezeggingen"
_TYPES: dict[str, type[records.Citation | records.Body | records.Deadline]] = {
    "CITATION": records.Citation,
    "BODY": records.Body,
    "DEADLINE": records.Deadline,
}


def folder(name: str) -> Path:
    """The folder `pipelines` or `models`: inside the package where it is installed, beside `src` in a checkout."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parents[1] / name


def load(
    path: Path | str | None = None,
    *,
    calendar: Path | str | None = None,
    profile: Profile = "default",
    threshold: float | None = None,
    pipeline: news_model.Pipeline = PIPELINE,
) -> Language:
    """The pipeline: that of the model folder `path`, or the package's own. A spaCy Language like any other.

    `pipeline` "nl_core_news_md" puts the package's own on top of that base model, which must be installed.

    `nlp(text)` fills `doc.spans` ("promises", "deadlines", "bodies", "citations"); what the spans mean stands in
    `doc.spans[key].attrs["found"]`. For a letter with furniture, zones and a date, use `extract`. The lines of a user's
    own `calendar` file go before those of the package.

    `profile` says for whom promises are kept: "clerk" misses few, "tracker" keeps what is nearly certain. A `threshold`
    (0 to 1) goes before it: the score from which a promise is kept, whoever found it.

    Raises ModelError where the folder is not there, or was made by another version or from other lexicons, or where the
    base model is not that model (MissingModelError: not installed); OptionError where the calendar cannot be read,
    LexiconError on a line of it that is wrong.
    """
    where = Path(path) if path is not None else folder("models") / PIPELINE
    check_fit(where)
    if path is None and pipeline == news_model.NAME:
        nlp = assemble(folder("pipelines") / f"{news_model.NAME}.cfg")
    else:
        nlp = spacy.load(where)
    nlp.max_length = MAX_BYTES  # spaCy's own limit is for parsers; ours is the size of the file
    if calendar is not None:
        finder: DeadlineFinder = nlp.get_pipe("deadlines")  # type: ignore[assignment]
        finder.use_calendar(calendar)
    if "judge" in nlp.pipe_names:
        judge: Judge = nlp.get_pipe("judge")  # type: ignore[assignment]
        judge.profile, judge.threshold = profile, threshold
    return nlp


def assemble(config: Path | str | None = None, *, trained: bool = True) -> Language:
    """A pipeline made anew from a config (default pipelines/toezeggingen.cfg) and the package's lexicons.

    With `trained`, the parts that are learned come from the package's own model folder.
    """
    wiring = load_config(config if config is not None else folder("pipelines") / "toezeggingen.cfg")
    base = news_model.find() if "base" in wiring.get("paths", {}) else None
    if base is not None:
        wiring["paths"]["base"] = str(base.folder)  # not by its name: spaCy would run the package's code
    nlp = spacy.util.load_model_from_config(wiring, auto_fill=True, validate=True)
    with nlp.select_pipes(enable=[name for name, part in wiring["components"].items() if "factory" in part]):
        nlp.initialize()  # what comes from a base model is trained
    if trained and "judge" in nlp.pipe_names:
        judge: Judge = nlp.get_pipe("judge")  # type: ignore[assignment]
        judge.take(folder("models") / PIPELINE / "judge")
    if trained and "recogniser" in nlp.pipe_names:
        recogniser: Recogniser = nlp.get_pipe("recogniser")  # type: ignore[assignment]
        recogniser.take(folder("models") / PIPELINE / "recogniser")
    nlp.max_length = MAX_BYTES
    nlp.meta["name"] = PIPELINE.removeprefix("nl_")
    nlp.meta["version"] = code_version()
    nlp.meta["toezeggingen"] = stamp()
    if base is not None:
        nlp.config["paths"]["base"] = news_model.NAME  # of no machine, where this is stored
        nlp.meta["name"] += f"_{news_model.NAME.removeprefix('nl_')}"
        nlp.meta["version"] += f"+{news_model.NAME}.{base.version}"
    return nlp


def extract(path: Path | str, *, nlp: Language | None = None, letter_date: dt.date | None = None) -> records.Record:
    """The record of the letter in the file `path`.

    `letter_date` stands in where the letter prints none. Raises LetterError where the file cannot be read.
    """
    return record_of(read(Path(path)), nlp=nlp if nlp is not None else load(), letter_date=letter_date)


def prepare(nlp: Language, source: Source, *, letter_date: dt.date | None = None) -> tuple[Doc, View, Head]:
    """The tokenised Doc of a letter's cleaned view, told its date and zones, with the view and the head."""
    view = clean(source.text, zones(source.text, source.marks, source.markers), source.markers)
    top = head(source.text, source.metadata, source.marks)
    doc = nlp.make_doc(view.text)
    written = top.date or letter_date
    doc.user_data["letter"] = {
        "text": view.text,
        "ministry": top.ministry,
        "date": written.isoformat() if written else None,
        "zones": [(str(block.zone), block.start, block.end) for block in view.blocks],
    }
    return doc, view, top


def record_of(source: Source, *, nlp: Language, letter_date: dt.date | None = None) -> records.Record:
    """The record of a letter that was read."""
    doc, view, top = prepare(nlp, source, letter_date=letter_date)
    with news_model.within_reach(nlp, view.text) as unread:
        doc = nlp(doc)
    return _Assembly(doc, source, view, top, letter_date, nlp.meta).record(unread)


def _found_by(promise: Found) -> tuple[str, ...]:
    """The rule that found a promise, and the judge where it let it stand."""
    return (promise.rule, "model:judge") if promise.value.get("judged") else (promise.rule,)


def _page(page: Page) -> records.Page:
    return records.Page(
        number=page.number,
        start=page.start,
        end=page.end,
        width=page.width or None,
        height=page.height or None,
        ocr=page.ocr,
    )


class _Assembly:
    """One record in the making: spans of the view become entities and commitments on the characters of the source."""

    def __init__(
        self, doc: Doc, source: Source, view: View, top: Head, letter_date: dt.date | None, meta: dict[str, Any]
    ) -> None:
        self.doc, self.source, self.view, self.head, self.given, self.meta = doc, source, view, top, letter_date, meta
        self.links = link(doc)
        self.found = {
            "CITATION": found_in(doc, "citations"),
            "BODY": found_in(doc, "bodies"),
            "DEADLINE": found_in(doc, "deadlines"),
        }

    def record(self, unread: tuple[str, ...] = ()) -> records.Record:
        """The record; `unread` tells what the letter was read without."""
        sha256 = self.source.sha256
        id_ = records.letter_id(sha256)
        entities, names = self._entities()
        return records.Record(
            id=id_,
            source=records.Source(
                path=self.source.path, sha256=sha256, media_type=self.source.media_type, pages=len(self.source.pages)
            ),
            letter=self._letter(),
            text=self.source.text,
            pages=tuple(_page(page) for page in self.source.pages),
            entities=entities,
            commitments=self._commitments(id_, names),
            producer=records.Producer(
                name="toezeggingen",
                version=code_version(),
                pipeline=f"{self.meta['lang']}_{self.meta['name']}",
                pipeline_version=self.meta["version"],
            ),
            warnings=(*self._warnings(), *(records.Warned(code="not-parsed", message=told) for told in unread)),
        )

    def _letter(self) -> records.Letter:
        top = self.head
        found = dict(top.found)
        if top.date is None and self.given is not None:
            found["date"] = "given"
        return records.Letter(
            date=top.date or self.given,
            date_found=found.get("date"),
            ministry=top.ministry,
            chamber=cast("records.Chamber | None", top.chamber),
            reference=top.reference,
            subject=top.subject,
            signatories=tuple(records.Signatory(name=s.name, office=s.office) for s in top.signatories),
            own_paper=top.own_paper,
            found=found,
        )

    def _page(self, start: int) -> int:
        before = bisect.bisect_right(self.source.pages, start, key=lambda page: page.start)
        return self.source.pages[max(0, before - 1)].number

    def _boxes(self, start: int, end: int) -> tuple[records.Box, ...]:
        """Where the lines lie that characters `start` to `end` stand on."""
        lines = self.source.lines
        first = bisect.bisect_right(lines, start, key=lambda line: line.end)
        last = bisect.bisect_left(lines, end, key=lambda line: line.start)
        return tuple(
            records.Box(page=one.page, left=one.left, top=one.top, right=one.right, bottom=one.bottom)
            for one in lines[first:last]
        )

    def _quoted(self, start: int, end: int) -> dict[str, Any]:
        first, last = self.view.to_source(start, end)
        return {"start": first, "end": last, "text": self.source.text[first:last]}

    def _entities(self) -> tuple[tuple[records.Entity, ...], dict[tuple[str, int], str]]:
        """All citations and bodies, and the terms that bind a commitment, numbered by place; and their ids by index."""
        bound = {each.deadline for each in self.links}
        wanted = [
            (self._quoted(found.start, found.end), label, index, found)
            for label, all_found in self.found.items()
            for index, found in enumerate(all_found)
            if label != "DEADLINE" or index in bound
        ]
        wanted.sort(key=lambda each: (each[0]["start"], each[1], each[2]))  # notes stand elsewhere in the view
        entities: list[records.Entity] = []
        names: dict[tuple[str, int], str] = {}
        for number, (quoted, label, index, found) in enumerate(wanted, start=1):
            names[label, index] = f"e{number}"
            entities.append(
                _TYPES[label].model_validate(
                    {
                        "id": f"e{number}",
                        "label": label,
                        **quoted,
                        "page": self._page(quoted["start"]),
                        "found_by": (found.rule,),
                        "score": found.score,
                        "value": found.value,
                    }
                )
            )
        return tuple(entities), names

    def _commitments(self, letter: str, names: dict[tuple[str, int], str]) -> tuple[records.Commitment, ...]:
        placed = [(self._quoted(each.promise.start, each.promise.end), each) for each in self.links]
        placed.sort(key=lambda pair: (pair[0]["start"], pair[0]["end"]))
        ids = records.commitment_ids(letter, self.source.text, [(q["start"], q["end"]) for q, _ in placed])
        made: list[records.Commitment] = []
        for id_, (quoted, each) in zip(ids, placed, strict=True):
            value = each.promise.value
            actor = self._quoted(*each.actor)["text"] if each.actor else ""
            made.append(
                records.Commitment(
                    id=id_,
                    **quoted,
                    page=self._page(quoted["start"]),
                    zone=value["zone"],
                    kind=value["kind"],
                    status=value["status"],
                    strength=value["strength"],
                    actor=records.Actor(
                        text=actor,
                        who=each.who,
                        office=self._office(each),
                        body=names["BODY", each.actor_body] if each.actor_body is not None else None,
                    ),
                    recipient=names["BODY", each.recipient] if each.recipient is not None else None,
                    action=value["action"],
                    object=records.Object(**self._quoted(*each.object)) if each.object else None,
                    deadline=names["DEADLINE", each.deadline] if each.deadline is not None else None,
                    bodies=tuple(names["BODY", i] for i in each.bodies),
                    citations=tuple(names["CITATION", i] for i in each.citations),
                    formula=value["formula"],
                    found_by=_found_by(each.promise),
                    score=each.promise.score,
                    boxes=self._boxes(quoted["start"], quoted["end"]),
                )
            )
        return tuple(made)

    def _office(self, each: Link) -> str | None:
        """The office of the actor: of a single signatory for "ik", of the minister who is named."""
        if each.who == "ik" and len(self.head.signatories) == 1:
            return self.head.signatories[0].office
        if each.actor_body is not None:
            office = self.found["BODY"][each.actor_body].value.get("office")
            return str(office) if office else None
        return None

    def _warnings(self) -> tuple[records.Warned, ...]:
        warnings = [records.Warned(code=code, message=message) for code, message in self.source.warnings]
        if self.head.date is None and self.given is None:
            warnings.append(
                records.Warned(
                    code="no-letter-date",
                    message="no date is printed; terms that need one stay unresolved; give it with --letter-date",
                )
            )
        return tuple(warnings)


__all__ = ["assemble", "extract", "folder", "load", "prepare", "record_of"]
