"""What a promise says: its kind, status and strength, and what its neighbours in the letter make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toezeggingen.components.spans import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toezeggingen.components.evidence import Evidence
    from toezeggingen.components.formulas import Formula
    from toezeggingen.components.units import Group, Unit


def promise_value(
    units: Sequence[Unit], groups: Sequence[Group], evidence: Evidence, formula: Formula
) -> dict[str, Any]:
    """What a promise says, as JSON values; `subject_span`, `verb` and `first_verb` are characters of the Doc.

    A term before `first_verb` holds for the promise though it stands outside its clause: that is the first verb of the
    sentence, or the verb before it under the same finite one.
    """
    group = evidence.group
    subject = units[group.subject_unit] if group.subject_unit >= 0 else None
    first, last = min(group.at, group.last), max(group.at, group.last)
    shared = [g.last for g in groups if g.at == group.at and g.last < group.last]  # "wordt in mei af en u gestuurd"
    return {
        "formula": formula.id,
        "kind": _kind(evidence, formula),
        "action": evidence.verb,
        "frame": group.frame,
        "subject": evidence.subject,
        "subject_span": [subject.start, subject.end] if subject else None,
        "verb": [units[first].start, units[last].end],
        "first_verb": units[max([groups[0].at, *shared])].start,
        "relative": evidence.opener in ("die", "dat", "welke"),
        "status": _status(evidence),
        "strength": _strength(evidence),
        "doubt": evidence.doubt,
    }


def _kind(evidence: Evidence, formula: Formula) -> str:
    """Inform where parliament will get it, act for all else: by formula, verb and who else is addressed."""
    features, cls, subject = evidence.features, evidence.cls, evidence.subject
    told = "recipient" in features
    if not told and (subject == "agency" or "elsewhere" in features):
        return "inform" if formula.kind == "inform" and cls in ("receive", "arrive", "discharge", "follow") else "act"
    if cls == "come" and formula.kind == "paper":
        told = "parliament" in features or evidence.verb == "volgen"
        return "inform" if told or ("paper" in features and evidence.verb == "verschijnen") else "act"
    if formula.kind == "inform":
        return "act" if cls == "answer" and not told and "asked" not in features and "paper" in features else "inform"
    if formula.kind in features or (formula.kind == "told" and (told or "paper" in features)):
        return "inform"
    if cls == "send" or (cls == "inform" and (told or subject in ("ik", "wij"))):
        return "inform"
    return "inform" if cls == "answer" and not features.isdisjoint({"asked", "recipient"}) else "act"


def _status(evidence: Evidence) -> str:
    """made, repeated, postponed or fulfilled, by the cues of the sentence."""
    features, cues = evidence.features, evidence.near_cues
    if "discharge" in features or (evidence.frame == "perfect" and "origin" in features):
        return "fulfilled"
    here = not evidence.cues.isdisjoint({"this_letter", "hereby"})
    undated = evidence.frame == "present" and features.isdisjoint({"term", "event", "document"})
    if "origin" in evidence.sentence_cues and (here or ("origin" in cues and undated)):
        return "fulfilled"
    moved = "moved" in features and evidence.frame in ("present", "passive", "may", "future", "aim", "purpose")
    if moved or ("postponed" in cues and "conditional" not in cues):
        return "postponed"
    return "repeated" if "origin" in cues or "again" in cues else "made"


def _strength(evidence: Evidence) -> str:
    """firm, intended or conditional, by the frame and the cues of the sentence."""
    if "conditional" in evidence.near_cues or "consequence" in evidence.features:
        return "conditional"
    awaited = evidence.frame == "may_passive" and evidence.cls != "receive"  # "kan tegemoet worden gezien" is firm
    if evidence.frame in ("want", "intention", "aim", "purpose") or awaited or "intended" in evidence.near_cues:
        return "intended"
    if evidence.verb == "verwachten":
        return "intended"  # "worden eind mei verwacht"
    return "firm"


def retold_settled(text: str, promises: list[Found], done_words: Sequence[str]) -> list[Found]:
    """The promises, with those that a table only tells again ("De minister zegt toe ...") settled by their row.

    Where the row holds a live promise the retelling goes; where it says that the promise is done ("Afgedaan met de
    brief van ...") that sentence is its discharge. `done_words` are in lower case.
    """
    settled: list[Found] = []
    for promise in promises:
        retold = promise.value["frame"] == "promise" and promise.value["subject"] == "minister"
        if not retold or promise.value["zone"] != "table":
            settled.append(promise)
            continue
        first = text.rfind("\n\n", 0, promise.start) + 1
        last = text.find("\n\n", promise.end)
        last = len(text) if last < 0 else last
        if any(p is not promise and first <= p.start and p.end <= last for p in promises):
            continue
        done = _settled_at(text, first, last, done_words)
        if done >= 0:
            end = min(p for p in (text.find(". ", done), text.find("\n", done), len(text)) if p >= 0)
            value = {**promise.value, "status": "fulfilled", "kind": "inform", "object": None, "verb": [done, end]}
            promise = Found(done, end, promise.rule, value, promise.score)
        settled.append(promise)
    return settled


def _settled_at(text: str, first: int, last: int, words: Sequence[str]) -> int:
    """Where in a row a sentence or cell begins with a word of settling, or -1."""
    row = text[first:last].lower()
    for word in words:
        at = row.find(word)
        while at >= 0:
            if row[max(0, at - 2) : at] in ("", ". ") or row[max(0, at - 1) : at] == "\n":
                return first + at
            at = row.find(word, at + 1)
    return -1


def repeats_marked(text: str, promises: list[Found]) -> list[Found]:
    """The promises; the same act in nearly the same words as earlier in the letter is a repetition."""
    seen: list[tuple[str, frozenset[str]]] = []
    marked: list[Found] = []
    for promise in promises:
        words = frozenset(w for w in text[promise.start : promise.end].lower().split() if len(w) > 4)
        action = promise.value["action"]
        again = any(action == other and len(words & said) >= 0.75 * max(len(words | said), 1) for other, said in seen)
        seen.append((action, words))
        if again and promise.value["status"] == "made":
            value = {**promise.value, "status": "repeated"}
            promise = Found(promise.start, promise.end, promise.rule, value, promise.score)
        marked.append(promise)
    return marked
