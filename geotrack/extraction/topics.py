"""What a report is telling of where a number stands: the measure of a count that no verb governs.

In a report on clearance most counts of ordnance and pieces of land that stand without a verb of their
own ("in Kherson region it was 3,700 hectares", "another 40 shells at the river") go on with what was
told just before. Such a figure is right more often than wrong; its confidence says that it is a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from geotrack.extraction.casualties import names_ordnance, names_other_cause
from geotrack.extraction.clauses import says_nothing
from geotrack.extraction.drafts import UNGOVERNED, Draft, share_beside
from geotrack.extraction.heads import opens_with_whole
from geotrack.extraction.modalities import Modality, is_wanted, modality_of
from geotrack.extraction.nouns import EXPLOSIVE, Head, head_of
from geotrack.extraction.parts import follows_part
from geotrack.extraction.passages import Passage
from geotrack.extraction.predicates import FAR, Governor, find_governors, measure_of, predicates_of
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.results import may_count_places
from geotrack.extraction.rulings import settle
from geotrack.extraction.stores import seizes
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Measure

# What was told this many passages before is still the topic.
_HOLDS_WITHIN = 3
# A clause that says nothing of its own takes up what was told this many passages before.
ECHOES_WITHIN = 2
# "The week's result: 40 ha, 12 mines" tells of clearance.
_RESULT = {"land": "cleared", "ordnance": "found"}
# So few, in words, are the mines of a story and no result.
_STORY = 2
# What may be is a level of these, and no result.
_LEVELS = frozenset({"contaminated", "recorded"})
_LAND = ("cleared", "released", "surveyed", "contaminated")
_ORDNANCE = {
    "found": "found",
    "cleared": "found",
    "surveyed": "found",
    "recorded": "recorded",
    "contaminated": "recorded",
}


_EXPLOSIVE_HEADS = tuple(f"head.{head}" for head in sorted(EXPLOSIVE))
_HARM = ("killed", "injured", "casualty")
# What nouns of people who came to harm say of them.
_HARMED = {"victim": "casualty", "fatality": "killed", "injury": "injured"}
_TELLS_HARM = ("predicate", *(f"head.{head}" for head in _HARMED))


class Heard(NamedTuple):
    """What a verb or a noun has told: the predicate, the number of its passage, and where it stands."""

    name: str
    number: int
    sentence: TaggedSentence | None = None
    phrase: Phrase | None = None

    def modality(self) -> Modality:
        """Return how far it happened: "what must be cleared is huge", "sappers plan to clear"."""
        if self.sentence is None or self.phrase is None:
            return "done"
        return modality_of(self.sentence, self.phrase, self.name)


# What was seized, stored or fired lies in no ground.
_APART = "apart"
_NOTHING = Heard("", -_HOLDS_WITHIN - 1)


@dataclass(slots=True)
class Topic:
    """What the passages before have told of land, of ordnance and of people, by figures and by verbs."""

    figures: dict[str, Heard] = field(default_factory=dict)
    verbs: dict[str, Heard] = field(default_factory=dict)
    about: bool = False
    named: tuple[Head, int] | None = None

    def complete(self, passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts of a passage, those that nothing governs with the measure of the topic.

        Verbs alone make a topic only where the document is `about` ordnance, or for a clause that says
        nothing of its own.
        """
        self._hear(passage)
        completed: list[Draft] = []
        for draft in drafts:
            draft = self._completed(draft)  # noqa: PLW2901 - the same draft with its measure
            if draft.quantity.head == "percent" and draft.measure is None and draft.refusal == UNGOVERNED:
                draft = share_beside(passage, draft.quantity, completed) or draft  # noqa: PLW2901 - so here
            kind = _kind(draft.quantity.head)
            if kind and draft.measure is not None and draft.governor is not None:
                self.figures[kind] = Heard(draft.governor.name, passage.number)
            completed.append(draft)
        self._name(passage)
        return completed

    def _name(self, passage: Passage) -> None:
        """Note the last ordnance that a passage names, if it counts none."""
        nouns = passage.tagged.find(*_EXPLOSIVE_HEADS)
        if any(q.head in EXPLOSIVE for q in passage.quantities):
            self.named = None
        elif nouns and (head := head_of(nouns[-1], adjacent=False)) is not None:
            self.named = head[0], passage.number
        elif any(_ends_with_mines(passage.tagged, p) for p in passage.tagged.find("predicate.contaminated")):
            self.named = "mine", passage.number

    def _hear(self, passage: Passage) -> None:
        """Note what the words of a passage say of land, of ordnance and of people."""
        tagged = passage.tagged
        if tagged.find("stored.word") or seizes(passage):
            self.verbs = {"ordnance": Heard(_APART, passage.number)}
            return
        for phrase in tagged.find("predicate"):
            for name in predicates_of(phrase.tags):
                here = Heard(name, passage.number, tagged, phrase)
                if name in _LAND:
                    self.verbs["land"] = here
                elif name == "found":
                    self.verbs.setdefault("land", Heard("cleared", passage.number))
                if name in _ORDNANCE:
                    self.verbs["ordnance"] = here._replace(name=_ORDNANCE[name])
        if names_other_cause(passage) and not tagged.find("predicate.found", "predicate.cleared"):
            self.verbs["ordnance"] = Heard(_APART, passage.number)
        harm = _harm_told(tagged)
        if harm is not None and names_other_cause(passage) and not names_ordnance(passage):
            self.verbs.pop("people", None)
        elif harm is not None:
            self.verbs["people"] = Heard(harm, passage.number)

    def _completed(self, draft: Draft) -> Draft:
        quantity, passage = draft.quantity, draft.passage
        kind = _kind(quantity.head)
        if draft.measure is not None or draft.refusal not in {None, UNGOVERNED}:
            return draft
        if kind is None:
            return self._of_ordnance(draft) or self._of_people(draft)
        tagged = passage.tagged
        few = quantity.number.spelled and quantity.number.value <= _STORY
        if may_count_places(tagged, quantity) and tagged.find("predicate.surveyed", "predicate.cleared"):
            return draft
        if (
            few
            or _has_part(passage, quantity)
            or tagged.find(f"beside.{kind}", "treaty")
            or tagged.has(quantity.first - 1, "whole_of")
            or follows_part(tagged, quantity, passage.quantities)
        ):
            return draft
        perhaps = is_wanted(tagged, quantity.first, "modality.maybe")
        for name in (*self._estimated(passage, quantity, kind), *self._told(passage, quantity, kind)):
            if perhaps and name not in _LEVELS:
                continue  # "it could be 40 ha"
            measure = measure_of(quantity.head, name)
            if measure is not None:
                return _with(draft, quantity, measure, name)
        return draft

    def _of_ordnance(self, draft: Draft) -> Draft | None:
        """Read "50,000 of them remain" of the ordnance that the passage before named and did not count."""
        quantity, passage = draft.quantity, draft.passage
        near = self.named is not None and passage.number - self.named[1] == 1
        few = quantity.number.spelled and quantity.number.value <= _STORY
        if not near or self.named is None or few or not quantity.partitive or quantity.head != "bare":
            return None
        counted = replace(quantity, head=self.named[0], subset=False)
        own = settle(passage, counted, find_governors(passage.tagged, counted, passage.quantities))
        measure = measure_of(counted.head, own.name) if isinstance(own, Governor) else None
        return Draft(passage, counted, measure, own) if measure and isinstance(own, Governor) else None

    def _of_people(self, draft: Draft) -> Draft:
        """Read people whom a clause only counts as those told before: "In 2023 they were 127"."""
        quantity, passage = draft.quantity, draft.passage
        told = self.verbs.get("people", _NOTHING)
        since = max((heard.number for heard in self.figures.values()), default=-1)
        near = passage.number - told.number <= ECHOES_WITHIN and since <= told.number
        dated = any(t.days is None or t.days.precision not in {"day", "clock"} for t in passage.times)
        if not near or quantity.head not in {"bare", "person"} or quantity.bracketed or not dated:
            return draft
        measure = measure_of("person", told.name)
        perhaps = is_wanted(passage.tagged, quantity.first, "modality.maybe")
        if measure is None or perhaps or not says_nothing(passage, quantity):
            return draft
        return _with(draft, replace(quantity, unit="people"), measure, told.name)

    def _estimated(self, passage: Passage, quantity: Quantity, kind: str) -> tuple[str, ...]:
        """Return that land is contaminated where it is only estimated: what was cleared is known."""
        heard = self.verbs.get("land", _NOTHING)
        mined = heard.name == "contaminated" and passage.number - heard.number <= _HOLDS_WITHIN
        told = (self.about or bool(self.figures) or mined) and kind == "land"
        own = any(p.last <= quantity.first for p in passage.tagged.find("predicate"))
        return ("contaminated",) if told and not own and passage.tagged.find_within("estimate") else ()

    def _told(self, passage: Passage, quantity: Quantity, kind: str) -> Iterator[str]:
        """Yield what may be told of a quantity: by a verb before it, by earlier figures, by other verbs."""
        own = [p for p in passage.tagged.find("predicate") if p.last <= quantity.first]
        verbs = [name for p in reversed(own) for name in predicates_of(p.tags)]
        verb = self.verbs.get(kind, _NOTHING)
        echoed = passage.number - verb.number <= ECHOES_WITHIN and says_nothing(passage, quantity)
        if echoed and verb.name == _APART:
            return  # "Police searched houses. They were 40 shells"
        heard = self.about or bool(self.figures) or echoed
        if heard:
            yield from (v for v in verbs[:1] if v in (_LAND if kind == "land" else _ORDNANCE))
        on_it = kind == "land" and verbs[:1] == ["found"]  # "40 shells were destroyed on an area of 3 ha"
        line = passage.tagged.folded[quantity.first - 1] == ":" and passage.tagged.has(
            quantity.first - 2, "head"
        )
        counted = kind == "ordnance" and self.about and line
        listed = kind == "ordnance" and _is_reported(passage, quantity)
        if not own and heard and (counted or listed or passage.tagged.find("result")):
            yield _RESULT[kind]
        counted_last = self.figures.get(kind, _NOTHING)
        told_last = [counted_last, verb if heard else _NOTHING]
        if echoed and verb.number > counted_last.number:
            told_last.reverse()  # "257 ha were surveyed. Most was cleared in these regions: …"
        for told in told_last:
            if on_it and (told is verb or told.name not in {"surveyed", "released"}):
                yield "cleared"
            elif passage.number - told.number <= (1 if _is_generic(passage, quantity) else _HOLDS_WITHIN):
                modality = told.modality()
                if kind == "land" and (modality == "need" or (modality == "plan" and not echoed)):
                    yield "contaminated"
                elif modality not in {"plan", "neg"} or not echoed:
                    yield told.name


def _ends_with_mines(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a phrase of contaminated land names the mines: "full of mines"."""
    return tagged.lexicon.contains(tagged.folded[phrase.last - 1 : phrase.last], "head.mine")


def _harm_told(tagged: TaggedSentence) -> str | None:
    """Return what a sentence says befell people: "how many were killed or injured" tells of casualties."""
    if tagged.seen.isdisjoint(_TELLS_HARM):
        return None
    named = {n for p in tagged.find("predicate") for n in predicates_of(p.tags) if n in _HARM}
    named |= {n for head, n in _HARMED.items() if f"head.{head}" in tagged.seen}
    if not named:
        return None
    return "casualty" if len(named) > 1 else next(iter(named))


def _with(draft: Draft, quantity: Quantity, measure: Measure, name: str) -> Draft:
    """Return a draft with the measure of the topic."""
    return Draft(draft.passage, quantity, measure, Governor(name, None, "done", FAR + 1, inherited=True))


def _has_part(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether only a part is told of: "there are 9,000 ha of farmland, and 40 ha of these are mined"."""
    after = [q for q in passage.quantities if q.first >= quantity.last and q.head == quantity.head]
    direct = "," not in passage.tagged.folded[: quantity.first]
    opens = direct and bool(after) and opens_with_whole(passage.tagged)
    behind = [
        q for q in passage.quantities if q.first >= quantity.last and q.head in {quantity.head, "other"}
    ]
    return opens or any(passage.tagged.has(q.last, "subset.relative") for q in behind)


def _is_reported(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether what was counted "was reported", as an agency has it of what it found."""
    tagged = passage.tagged
    behind = [p.first - 1 for p in tagged.find("report.verb") if p.first > quantity.first]
    return any(tagged.has(k, "auxiliary") and not tagged.has(k, "has") for k in behind)


def _is_generic(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a noun counts other things as well: "objects", "units"."""
    phrase = passage.tagged.phrase_at[quantity.last - 1]
    return phrase is not None and phrase.has("head.item") and phrase.has("head.other")


def _kind(head: Head) -> str | None:
    return "land" if head == "area" else "ordnance" if head in EXPLOSIVE else None
