"""What a report is telling of where a number stands: the measure of a count that no verb governs.

In a report on clearance most counts of ordnance and pieces of land that stand without a verb of their
own ("in Kherson region it was 3,700 hectares", "another 40 shells at the river") go on with what was
told just before. Such a figure is right more often than wrong; its confidence says that it is a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geotrack.extraction.drafts import UNGOVERNED, Draft
from geotrack.extraction.heads import opens_with_whole
from geotrack.extraction.modalities import modality_of
from geotrack.extraction.nouns import EXPLOSIVE, Head
from geotrack.extraction.passages import Passage
from geotrack.extraction.predicates import FAR, Governor, measure_of, predicates_of
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.rulings import may_count_places
from geotrack.extraction.tagging import Phrase, TaggedSentence

# What was told this many passages before is still the topic.
_HOLDS_WITHIN = 3
# "The week's result: 40 ha, 12 mines" tells of clearance.
_RESULT = {"land": "cleared", "ordnance": "found"}
# So few, in words, are the mines of a story and no result.
_STORY = 2
_LAND = ("cleared", "released", "surveyed", "contaminated")
_ORDNANCE = {
    "found": "found",
    "cleared": "found",
    "surveyed": "found",
    "recorded": "recorded",
    "contaminated": "recorded",
}


@dataclass(slots=True)
class Topic:
    """What the passages before have told: for land and for ordnance, the predicate and where it stood."""

    figures: dict[str, tuple[str, int]] = field(default_factory=dict)
    verbs: dict[str, tuple[str, int]] = field(default_factory=dict)
    # The verb heard last that can be said of land, and its sentence.
    of_land: tuple[TaggedSentence, Phrase] | None = None
    about: bool = False

    def complete(self, passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts of a passage, those that nothing governs with the measure of the topic.

        Verbs alone make a topic only where the document is `about` ordnance.
        """
        self._hear(passage)
        completed = []
        for draft in drafts:
            draft = self._completed(draft)  # noqa: PLW2901 - the same draft with its measure
            kind = _kind(draft.quantity.head)
            if kind and draft.measure is not None and draft.governor is not None:
                self.figures[kind] = draft.governor.name, passage.number
            completed.append(draft)
        return completed

    def _hear(self, passage: Passage) -> None:
        """Note what the verbs of a passage say of land and of ordnance."""
        for phrase in passage.tagged.find("predicate"):
            for name in predicates_of(phrase.tags):
                if name in _LAND:
                    self.verbs["land"] = name, passage.number
                    self.of_land = passage.tagged, phrase
                elif name == "found":
                    self.verbs.setdefault("land", ("cleared", passage.number))
                if name in _ORDNANCE:
                    self.verbs["ordnance"] = _ORDNANCE[name], passage.number

    def _completed(self, draft: Draft) -> Draft:
        quantity, passage = draft.quantity, draft.passage
        kind = _kind(quantity.head)
        if draft.measure is not None or draft.refusal not in {None, UNGOVERNED} or kind is None:
            return draft
        tagged = passage.tagged
        few = quantity.number.spelled and quantity.number.value <= _STORY
        if may_count_places(tagged, quantity) and tagged.find("predicate.surveyed", "predicate.cleared"):
            return draft
        if (
            few
            or _has_part(passage, quantity)
            or tagged.find(f"beside.{kind}", "treaty")
            or tagged.has(quantity.first - 1, "whole_of")
        ):
            return draft
        for name in self._told(passage, quantity, kind):
            measure = measure_of(quantity.head, name)
            if measure is not None:
                governor = Governor(name, None, "done", FAR + 1, inherited=True)
                return Draft(passage, quantity, measure, governor)
        return draft

    def _told(self, passage: Passage, quantity: Quantity, kind: str) -> Iterator[str]:
        """Yield what may be told of a quantity: by a verb before it, by earlier figures, by other verbs."""
        own = [p for p in passage.tagged.find("predicate") if p.last <= quantity.first]
        verbs = [name for p in reversed(own) for name in predicates_of(p.tags)]
        heard = self.about or bool(self.figures)
        if heard:
            yield from (v for v in verbs[:1] if v in (_LAND if kind == "land" else _ORDNANCE))
        on_it = kind == "land" and verbs[:1] == ["found"]  # "40 shells were destroyed on an area of 3 ha"
        line = passage.tagged.folded[quantity.first - 1] == ":" and passage.tagged.has(
            quantity.first - 2, "head"
        )
        counted = kind == "ordnance" and self.about and line
        if not own and (counted or passage.tagged.find("result")):
            yield _RESULT[kind]
        for told in (self.figures, self.verbs if heard else {}):
            name, number = told.get(kind, ("", -_HOLDS_WITHIN - 1))
            if on_it and (told is self.verbs or name not in {"surveyed", "released"}):
                yield "cleared"
            elif passage.number - number <= _HOLDS_WITHIN:
                needed = told is self.verbs and kind == "land" and self._is_needed(name)
                yield "contaminated" if needed else name

    def _is_needed(self, name: str) -> bool:
        """Tell whether the verb heard last says what is to be done: "What must be cleared is huge"."""
        return self.of_land is not None and modality_of(*self.of_land, name) == "need"


def _has_part(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether only a part is told of: "there are 9,000 ha of farmland, and 40 ha of these are mined"."""
    after = [q for q in passage.quantities if q.first >= quantity.last and q.head == quantity.head]
    direct = "," not in passage.tagged.folded[: quantity.first]
    opens = direct and bool(after) and opens_with_whole(passage.tagged)
    return opens or any(passage.tagged.has(q.last, "subset.relative") for q in after)


def _kind(head: Head) -> str | None:
    return "land" if head == "area" else "ordnance" if head in EXPLOSIVE else None
