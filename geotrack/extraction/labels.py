"""Labels: what a heading, the words before a colon or the head of a column say that bare numbers count."""

from __future__ import annotations

from dataclasses import dataclass

from geotrack.extraction.nouns import EXPLOSIVE, Head, head_of
from geotrack.extraction.passages import Passage, once
from geotrack.extraction.predicates import measure_of, predicates_of
from geotrack.extraction.tagging import TaggedSentence
from geotrack.models import Unit

# Verbs that the lines of a list take from its lead.
CARRIED = frozenset(
    {"found", "cleared", "surveyed", "contaminated", "released", "killed", "injured", "casualty"}
)
_HARM = frozenset({"killed", "injured", "casualty"})


@dataclass(frozen=True, slots=True)
class Label:
    """What a heading, the words before a colon or the head of a column say that bare numbers count."""

    head: Head | None = None
    unit: Unit = "count"
    predicate: str | None = None


def label_of(tagged: TaggedSentence, first: int = 0, last: int | None = None) -> Label | None:
    """Return what some words of a sentence name to be counted, or None if they name nothing of ours."""
    end = len(tagged.words) if last is None else last
    phrases = [p for p in tagged.phrases if first <= p.first < end]
    heads = [found for p in phrases if (found := head_of(p, adjacent=True))]
    named: list[tuple[Head | None, Unit]] = [(head, unit) for head, unit in heads if head != "other"]
    predicates = [name for p in phrases for name in predicates_of(p.tags) if name in CARRIED]
    if not named and not predicates:
        return None
    harmed = any(name in _HARM for name in predicates)
    if harmed:  # "killed by mines: 40" counts no mines
        named = [(head, unit) for head, unit in named if head not in EXPLOSIVE]
    told = [h for h in named if h[0] in {"victim", "fatality", "injury"}]
    areas = [h for h in named if h[0] == "area"]
    unnamed: tuple[Head | None, Unit] = ("person", "people") if harmed else (None, "count")
    head, unit = (told or areas or named or [unnamed])[-1]
    fitting = [name for name in predicates if head is not None and measure_of(head, name)]
    predicate = next(iter(fitting or predicates), None)
    return Label(head, unit, predicate)


def leads_list(passage: Passage) -> bool:
    """Tell whether a passage stands over a list: a heading, or words ending in a colon, without a number."""
    over = passage.sentence.kind == "heading" or passage.tagged.folded[-1] == ":"
    return over and not passage.quantities


@once
def is_label(passage: Passage) -> bool:
    """Tell whether a passage only names what a list under it counts: "Devices found (pieces):"."""
    return leads_list(passage) and label_of(passage.tagged) is not None
