"""Spans to promises: the verb groups of each sentence, held against the numbered list of formulas.

A promise is a clause whose subject is the government side (or a passive that hides it), whose verb is an act that can be
checked, and which nothing blocks: no denial, no condition it only states, no other actor, nothing done already or by this
very letter. The words are in the lexicons, the grammar in `clauses`, the list in `formulas`; here they meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.util import from_disk, to_disk

from toezeggingen import lexicons
from toezeggingen.components.clauses import Clauses
from toezeggingen.components.cues import Cues
from toezeggingen.components.formulas import Formula, FormulaList
from toezeggingen.components.spans import Found, annotate, found_in, text_of
from toezeggingen.components.units import GOVERNMENT, Group, Unit
from toezeggingen.components.verbs import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from spacy.tokens import Doc, Span
    from spacy.training import Example

LEXICONS = ("verbs", "auxiliaries", "phrases", "word_classes", "cues", "formulas")
_SILENT_ZONES = frozenset({"furniture", "head", "signature", "question", "heading"})
_DEAD_FRAMES = frozenset({"past", "must"})
_ROLES = {"cabinet": "cabinet", "minister": "minister", "ministry": "ministry", "parliament": "parliament"}


class PromiseFinder:
    """Finds promises; needs the sentences, and uses the bodies, deadlines and citations found before it."""

    def __init__(self, *, spans_key: str = "promises") -> None:
        self.spans_key = spans_key
        self._sources: dict[str, str] = {}

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]] | None = None,
        *,
        nlp: Language | None = None,
        lexicon: dict[str, str] | None = None,
    ) -> None:
        """Load the lexicons, from `lexicon` (name -> lines of JSON) or the package's own."""
        given = lexicon or {}
        self._load({name: given.get(name) or lexicons.source(name).decode("utf-8") for name in LEXICONS})

    def _load(self, sources: dict[str, str]) -> None:
        def lines(name: str, *keys: str) -> list[dict[str, Any]]:
            return lexicons.parse(sources[name], file=f"{name}.jsonl", required=frozenset(keys), optional=frozenset({"example"}))

        self._sources = sources
        vocabulary = Vocabulary.build(
            lines("verbs", "class", "particle", "ik", "hij", "wij", "participle"),
            lines("auxiliaries", "role", "forms"),
            lines("phrases", "verb", "words", "class"),
            lines("word_classes", "meaning", "words"),
        )
        self._vocabulary = vocabulary
        self._clauses = Clauses(vocabulary)
        self._cues = Cues(lines("cues", "meaning", "words"))
        self._formulas = FormulaList(
            lines("formulas", "name", "pattern", "meaning", "frames", "classes", "verbs", "subjects", "needs", "any_of", "kind", "score")
        )
        self._words = vocabulary.classes
        self._compounds = {
            name: (self._words[name], tuple(noun for noun in self._words[name] if len(noun) > 3)) for name in ("document", "product")
        }

    # --- finding ---------------------------------------------------------------------------------------------------

    def find(self, doc: Doc) -> list[Found]:
        """The promises of a Doc whose sentences are marked, as clauses of its text."""
        spans = [("body", found_in(doc, "bodies")), ("term", found_in(doc, "deadlines")), ("cite", found_in(doc, "citations"))]
        merged = sorted(
            ((f.start, f.end, kind, ref, f) for kind, found in spans for ref, f in enumerate(found)), key=lambda m: (m[0], -m[1])
        )
        zones = doc.user_data.get("letter", {}).get("zones", [])
        promises: list[Found] = []
        text = text_of(doc)  # built anew at every access
        finite = self._vocabulary.finite
        at_span = at_zone = 0
        for sentence in doc.sents:
            start, end = sentence.start_char, sentence.end_char
            while at_zone < len(zones) and zones[at_zone][2] <= start:
                at_zone += 1
            zone = zones[at_zone][0] if at_zone < len(zones) else "body"
            if zone in _SILENT_ZONES:
                continue
            while at_span < len(merged) and merged[at_span][1] <= start:
                at_span += 1
            words = [token.lower_ for token in sentence]
            if words and (words[-1] == "?" or (len(words) > 1 and words[-2] == "?")):
                continue
            if not any(word in finite for word in words):
                continue
            inside = [m for m in merged[at_span : at_span + 60] if m[0] >= start and m[1] <= end]
            promises += self._in_sentence(text, sentence, words, inside, zone)
        return self._mark_repeats(text, promises)

    def _units(
        self, text: str, sentence: Span, words: list[str], inside: list[tuple[int, int, str, int, Found]]
    ) -> list[Unit]:
        """The sentence as units: found spans as one unit each, what stands in brackets left out."""
        units: list[Unit] = []
        at = 0
        skip_to = -1
        depth = 0
        for token, low in zip(sentence, words, strict=True):
            start = token.idx
            if start < skip_to:
                continue
            while at < len(inside) and inside[at][0] < start:
                at += 1
            if low == "(":
                depth += 1
                continue
            if low == ")":
                depth = max(0, depth - 1)
                continue
            if depth or low.isspace():
                continue
            if at < len(inside) and inside[at][0] == start:
                begin, end, kind, ref, found = inside[at]
                if kind != "term" or end - begin < 120:
                    skip_to = end
                    role = self._role(found) if kind == "body" else found.value.get("kind", "") if kind == "term" else ""
                    units.append(Unit(text[begin:end].lower(), begin, end, kind, role, ref))
                    continue
            units.append(Unit(low, start, start + len(token), "word" if low[0].isalnum() else "mark"))
        return units

    @staticmethod
    def _role(found: Found) -> str:
        kind = found.value.get("type", "")
        if kind in _ROLES:
            return _ROLES[kind]
        return "agency" if found.value.get("government") else "third"

    def _in_sentence(
        self, text: str, sentence: Span, words: list[str], inside: list[tuple[int, int, str, int, Found]], zone: str
    ) -> list[Found]:
        units = self._units(text, sentence, words, inside)
        groups = self._clauses.find(units)
        if not groups:
            return []
        cues = self._cues.in_words(words)
        promises: list[Found] = []
        kept: list[tuple[Group, Formula, dict[str, Any]]] = []
        promised = self._promised(units, groups)
        for group in groups:
            if group.at in promised:
                continue
            decided = self._decide(units, group, groups, cues, promised.get(group.subordinate))
            if decided is not None:
                kept.append((group, *decided))
        for number, (group, formula, value) in enumerate(kept):
            start, end = self._span(units, group, groups, [g for g, _, _ in kept], number)
            if end <= start:
                continue
            value["zone"] = zone
            value["sentence"] = [sentence.start_char, sentence.end_char]
            value["first_verb"] = units[groups[0].at].start
            promises.append(Found(start, end, f"promise:{formula.id}", value, formula.score))
        return promises

    @staticmethod
    def _promised(units: list[Unit], groups: list[Group]) -> dict[int, Group]:
        """"zegt toe dat ...": the clause says what is promised. Maps the matrix verb and the unit "dat" to the matrix group."""
        found: dict[int, Group] = {}
        for group in groups:
            if group.frame == "promise" and group.verb is not None and group.verb.id == "toezeggen":
                said = next((g for g in groups if g.subordinate > group.at and units[g.subordinate].low == "dat"), None)
                if said is not None:
                    found[group.at] = found[said.subordinate] = group
        return found

    def _decide(
        self, units: list[Unit], group: Group, groups: list[Group], sentence_cues: frozenset[str], matrix: Group | None
    ) -> tuple[Formula, dict[str, Any]] | None:
        """The formula this verb group is an instance of, and what it says; None where it is no promise."""
        clause = units[group.start : group.end]
        words = [w for unit in clause for w in unit.low.split()]
        cues = self._cues.in_words(words)
        features = self._features(units, group, groups, clause, cues, sentence_cues)
        if group.frame in _DEAD_FRAMES:
            return None
        verb_id, cls = self._meaning(group, words)
        if cls in ("discharge", "follow") and "origin" in features and "future" not in group.frame:
            features.add("discharge")
        subject = group.subject
        if group.frame in ("passive", "future_passive", "may_passive"):
            agent = self._agent(clause)
            if agent == "third":
                return None
            subject = agent or ("hidden" if subject not in ("parliament", "u") else subject)
        if matrix is None and self._blocked(units, group, groups, cls, verb_id, cues, sentence_cues, features, subject):
            return None
        formula = self._formulas.first(group.frame, verb_id, cls, subject, features)
        if matrix is not None:
            formula = formula or self._formulas.first("promise", verb_id, cls, matrix.subject, features)
            subject, group.subject_unit = matrix.subject, matrix.subject_unit
        if formula is None:
            return None
        kind = formula.kind if formula.kind in ("inform", "act") else ("inform" if formula.kind in features else "act")
        if kind == "act" and cls in ("inform", "send") and "recipient" in features:
            kind = "inform"
        value = {
            "formula": formula.id, "kind": kind, "action": verb_id, "frame": group.frame, "subject": subject,
            "subject_span": [units[group.subject_unit].start, units[group.subject_unit].end] if group.subject_unit >= 0 else None,
            "verb": [units[group.at].start, units[group.last].end] if group.last >= group.at else [units[group.last].start, units[group.at].end],
            "status": self._status(features, sentence_cues, cues, group),
            "strength": self._strength(group, sentence_cues, cues),
        }  # fmt: skip
        return formula, value

    def _meaning(self, group: Group, words: list[str]) -> tuple[str, str]:
        """The verb as quoted to a reader and its class, a fixed phrase taken into account."""
        if group.verb is None:
            return "", "none"
        text = f" {' '.join(words)} "
        for phrase in self._vocabulary.phrases.get(group.verb.id, ()):
            if f" {phrase.words} " in text:
                return phrase.id, phrase.cls
        return group.verb.id, group.verb.cls

    def _features(
        self, units: list[Unit], group: Group, groups: list[Group], clause: list[Unit], cues: frozenset[str],
        sentence_cues: frozenset[str],
    ) -> set[str]:
        """What is true of the clause, by the names that formulas use."""
        features: set[str] = set()
        documents, products = self._compounds["document"], self._compounds["product"]
        preposition = 9
        if any(unit.kind == "term" and unit.role in ("calendar", "vague") for unit in units[: min(g.at for g in groups)]):
            features.add("term")  # a term before the first verb holds for all acts of the sentence
        for place, unit in enumerate(clause, start=group.start):
            is_subject = group.subject_unit >= 0 and unit is units[group.subject_unit]
            if unit.kind == "body" and unit.role == "parliament" or unit.low == "u":
                features.add("parliament")
                if not is_subject:
                    features.add("recipient")
            elif unit.kind == "body":
                features.add("third")
            elif unit.kind == "term":
                if unit.role in ("calendar", "vague"):
                    features |= {"term", "dated"} if unit.role == "calendar" else {"term"}
                elif unit.role == "recurring":
                    features.add("recurring")
                else:
                    features.add("event")
                if any(self._ends(word, *documents) for word in unit.low.split()):
                    features.add("document")
            elif unit.kind == "word":
                if unit.low in ("in", "bij", "via", "middels"):
                    preposition = 0
                else:
                    preposition += 1
                if unit.low == "met":
                    features.add("met")
                if place < group.last and unit.low in self._words["therein"]:
                    features.add("therein")
                if self._ends(unit.low, *documents):
                    if preposition <= 6:
                        features.add("document")
                    if "met" in features:
                        features |= {"with", "document"}
                if self._ends(unit.low, *products):
                    features.add("product")
                    if "met" in features:
                        features.add("with")
        if group.frame in ("passive", "future_passive") and group.subject in ("parliament", "u"):
            features.add("recipient")
        if "document" in features:
            features.add("report")
        if "origin" in sentence_cues:
            features.add("origin")
            if group.verb is not None and group.verb.cls != "promise" and "fulfils" in sentence_cues:
                features.add("fulfils")
        if "conditional" in sentence_cues:
            features.add("conditional")
        if group.verb is not None and group.verb.id in ("plannen", "voorzien", "inplannen"):
            features.add("planned")
        if "intended" in sentence_cues:
            features.add("expected")
        if any(unit.low == "er" for unit in clause[:12]):
            features.add("er")
        return features

    @staticmethod
    def _ends(word: str, nouns: frozenset[str], endings: tuple[str, ...]) -> bool:
        """Whether a word is one of the nouns or a compound that ends in one ("voortgangsbrief")."""
        return word in nouns or (len(word) > 7 and word.endswith(endings))

    @staticmethod
    def _agent(clause: list[Unit]) -> str:
        """Who a passive names behind "door": a government role, "third", or "" where nobody is named."""
        for place, unit in enumerate(clause[:-1]):
            if unit.low != "door" or unit.kind != "word":
                continue
            ahead = clause[place + 1]
            if ahead.low in ("middel", "te", "het", "de", "een", "deze", "mijn", "ons", "onze") and place + 2 < len(clause):
                if ahead.low in ("middel", "te"):
                    continue
                ahead = clause[place + 2]
            if ahead.kind == "body":
                return ahead.role if ahead.role in GOVERNMENT else "third"
            if ahead.low in ("mij", "ons"):
                return "ik" if ahead.low == "mij" else "wij"
            return "third"
        return ""

    def _blocked(
        self, units: list[Unit], group: Group, groups: list[Group], cls: str, verb: str, cues: frozenset[str],
        sentence_cues: frozenset[str], features: set[str], subject: str,
    ) -> bool:  # fmt: skip
        """Whether something in or around the clause keeps it from being a promise."""
        opener = units[group.subordinate].low if group.subordinate >= 0 else ""
        if "discharge" in features or (group.frame == "perfect" and "fulfils" in features):
            return self._is_negated(units, group) or (opener not in ("", "waarmee", "waarbij"))
        if opener in self._words["condition"]:
            return True
        if opener == "dat" and units[group.subordinate - 1].low in ("toezegging", "belofte"):
            return False
        told = cls in ("inform", "send", "receive", "answer") and "parliament" in features
        if opener and subject not in GOVERNMENT and not told and not (opener == "dat" and "expected" in features):
            return True
        if opener == "dat" and group.frame in ("present", "let", "stay") and not told and not features & {"term", "origin"}:
            return True
        if opener == "dat" and (group.frame == "want" or self._is_reported(units, group, groups)):
            return True
        if self._is_negated(units, group):
            return True
        if not self._words["dead_modal"].isdisjoint(group.modals):
            return True
        if cls == "receive" and subject in GOVERNMENT:
            return True
        if cls in ("stance", "none", "fact", "move") or (cls == "intend" and group.frame != "passive") or (cls == "attention" and "document" not in features):
            return True
        if cls == "work" and "product" not in features and "term" not in features:
            return True
        here = "this_letter" in cues or ("hereby" in cues and group.frame in ("present", "passive"))
        if here and "origin" not in sentence_cues:
            return True
        if group.frame in ("present", "passive") and self._names_this_letter(units[group.start : group.end]) and "origin" not in sentence_cues:
            return True
        if group.frame == "present" and verb in self._words["announcing"] and not features & {"term", "event"} and "origin" not in sentence_cues:
            return True
        if group.frame in ("present", "passive") and "now" in cues and not features & {"term", "recipient"}:
            return True
        return group.frame in ("present", "stay") and "standing" in cues and "term" not in features

    def _names_this_letter(self, clause: list[Unit]) -> bool:
        """Whether the clause speaks of "deze verzamelbrief", "dit verslag": what it does, it does now."""
        return any(
            before.low in ("deze", "dit") and unit.is_word and self._ends(unit.low, *self._compounds["document"])
            for before, unit in zip(clause, clause[1:], strict=False)
        )  # fmt: skip

    def _is_negated(self, units: list[Unit], group: Group) -> bool:
        """Whether the clause denies its verb; "niet alleen" and the like deny nothing."""
        low = min(group.at, group.subject_unit if group.subject_unit >= 0 else group.at)
        begin = group.start if group.subordinate < 0 else group.subordinate
        if group.subordinate < 0:  # what a subordinate clause in front denies is not denied here
            begin = next((p + 1 for p in range(low - 1, begin, -1) if units[p].low == ","), begin)
        inside = False
        words: list[str] = []
        for place in range(min(begin, low), min(len(units), max(group.last, group.at) + 2)):
            unit = units[place]
            if unit.kind == "mark":
                inside = False
                words.append(unit.low)
                continue
            if unit.low in ("dat", "die", "of", "omdat", "waar", "wat", "als", "indien", "waarin", "waarbij") and place > group.at + 1:
                inside = True
            if not inside:
                words.extend(unit.low.split())
        cues = self._cues.in_words(words)
        return "negation" in cues and "no_negation" not in cues

    def _is_reported(self, units: list[Unit], group: Group, groups: list[Group]) -> bool:
        """Whether a dat-clause hangs on a verb by which another asks, wants or thinks it."""
        matrix = next((g for g in reversed(groups) if g.at < group.subordinate), None)
        if matrix is None:
            return False
        if matrix.frame == "perfect" and matrix.subject not in GOVERNMENT:
            return True  # "is toegezegd dat", "is aangekondigd dat": told again, not promised
        if matrix.subject in GOVERNMENT:
            return matrix.frame in ("must", "may")
        words = [u.low for u in units[max(0, matrix.at - 6) : group.subordinate]]
        return "reported" in self._cues.in_words(words) and "expected" not in words

    @staticmethod
    def _status(features: set[str], sentence_cues: frozenset[str], cues: frozenset[str], group: Group) -> str:
        if "discharge" in features or (group.frame == "perfect" and "fulfils" in features):
            return "fulfilled"
        if "origin" in sentence_cues and (cues & {"this_letter", "hereby"} or (group.frame == "present" and not features & {"term", "event", "document"})):
            return "fulfilled"
        if "postponed" in sentence_cues:
            return "postponed"
        if "origin" in sentence_cues or "again" in sentence_cues:
            return "repeated"
        return "made"

    @staticmethod
    def _strength(group: Group, sentence_cues: frozenset[str], cues: frozenset[str]) -> str:
        if "conditional" in sentence_cues:
            return "conditional"
        if group.frame in ("want", "intention", "aim", "may_passive") or "intended" in sentence_cues:
            return "intended"
        return "firm"

    @staticmethod
    def _span(
        units: list[Unit], group: Group, groups: list[Group], kept: list[Group], number: int
    ) -> tuple[int, int]:
        """The characters of the clause; a clause beside it that promises nothing belongs to it where no stop divides them."""
        before = [g for g in groups if g.subordinate < 0 and g.at < group.at and g.subject != "thing" and g.verb is not None]
        first = max([p + 1 for p in range(min(group.at, group.last)) if units[p].is_stop], default=0)
        last = group.end
        if group.subordinate < 0 and before:
            first = max(first, group.start)
        if number:
            first = max(first, group.start, kept[number - 1].last + 1)
        if number + 1 < len(kept):
            following = kept[number + 1]
            last = min(last, following.start) if following.start > group.last else max(group.last + 1, min(last, following.at))
        while first < last and (units[first].kind == "mark" or units[first].low in ("en", "maar")):
            first += 1
        while last > first and (units[last - 1].kind == "mark" or units[last - 1].low in ("en", "maar", "of")):
            last -= 1
        if last <= first:
            return 0, 0
        return units[first].start, units[last - 1].end

    @staticmethod
    def _mark_repeats(text: str, promises: list[Found]) -> list[Found]:
        """The same act in nearly the same words as earlier in the letter is a repetition."""
        seen: list[tuple[str, frozenset[str]]] = []
        out: list[Found] = []
        for promise in promises:
            words = frozenset(w for w in text[promise.start : promise.end].lower().split() if len(w) > 4)
            repeated = any(
                action == promise.value["action"] and len(words & other) >= 0.6 * max(len(words | other), 1) for action, other in seen
            )
            if repeated and promise.value["status"] == "made":
                promise = Found(promise.start, promise.end, promise.rule, {**promise.value, "status": "repeated"}, promise.score)
            seen.append((promise.value["action"], words))
            out.append(promise)
        return out

    def set_annotations(self, doc: Doc, found: Iterable[Found]) -> None:
        """Put the promises into `doc.spans`."""
        annotate(doc, self.spans_key, "PROMISE", found)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its promises."""
        self.set_annotations(doc, self.find(doc))
        return doc

    # --- storing ---------------------------------------------------------------------------------------------------

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicons into the model folder."""
        writers = {f"{name}.jsonl": (lambda p, n=name: p.write_text(self._sources[n], encoding="utf-8")) for name in LEXICONS}
        to_disk(path, writers, exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> PromiseFinder:
        """Read the lexicons from the model folder."""
        sources: dict[str, str] = {}
        readers = {
            f"{name}.jsonl": (lambda p, n=name: sources.__setitem__(n, p.read_text(encoding="utf-8"))) for name in LEXICONS
        }
        from_disk(path, readers, exclude)
        self._load(sources)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The lexicons as bytes."""
        import srsly

        return bytes(srsly.msgpack_dumps(self._sources))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> PromiseFinder:
        """Load the lexicons from bytes."""
        import srsly

        self._load(srsly.msgpack_loads(data))
        return self


@Language.factory(
    "toezeggingen_promises",
    default_config={"spans_key": "promises"},
    requires=["doc.sents", "doc.spans"],
    assigns=["doc.spans"],
)
def create(nlp: Language, name: str, spans_key: str) -> PromiseFinder:
    """The component as a config names it."""
    return PromiseFinder(spans_key=spans_key)
