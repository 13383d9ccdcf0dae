"""Figures: every quantity of a document that has a measure, with its places and its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geotrack.extraction.abroad import speaks_of_the_world
from geotrack.extraction.casualties import is_about_ordnance, names_other_cause
from geotrack.extraction.confidence import confidence
from geotrack.extraction.continuations import Retold, Told, context_of
from geotrack.extraction.drafts import PEOPLE_MEASURES, Draft, draft_figures, is_listed, lead_predicate
from geotrack.extraction.flags import mark_flags
from geotrack.extraction.labels import Label, is_label, label_of, leads_list
from geotrack.extraction.lenders import lend_places
from geotrack.extraction.lexicon import Lexicon
from geotrack.extraction.passages import Passage
from geotrack.extraction.periods import FigurePeriod, figure_period
from geotrack.extraction.predicates import FAR
from geotrack.extraction.quantities import AREA_UNITS
from geotrack.extraction.scene import Scene
from geotrack.extraction.scenes import only_site
from geotrack.extraction.scopes import is_compared
from geotrack.extraction.tables import Table
from geotrack.extraction.tagging import TaggedSentence
from geotrack.extraction.topics import ECHOES_WITHIN, Topic
from geotrack.extraction.totals import (
    Counting,
    counts_people,
    ordnance_did_it,
    people_refusal,
    speaks_on_of_the_world,
    whole_of,
)
from geotrack.extraction.whereabouts import Whereabouts
from geotrack.extraction.words import fold
from geotrack.models import Document, Figure, Flag, Place, Refusal, fact_id

if TYPE_CHECKING:
    from geotrack.extraction.reader import Reader

# A figure lends its measure to one of its kind that stands open this many passages later.
LENDS_WITHIN = 4
# A count this small may be one event's.
_SMALL = 5


def read_figures(
    document: Document, passages: Sequence[Passage], scenes: Sequence[Scene], told: set[int], reader: Reader
) -> tuple[list[Figure], list[Refusal]]:
    """Return the figures of a document and what was refused; `told` are the passages that tell incidents."""
    figures: list[Figure] = []
    refused: list[Refusal] = []
    document_id = document.id  # hashes the whole text: once
    stated: list[Draft] = []
    about = is_about_ordnance(passages, _title(document))
    named = zip(passages, (s.groups for s in scenes), strict=True)
    worldly = speaks_of_the_world(named, reader.covered)
    site = "" if told else only_site(scenes)
    where = Whereabouts(
        reader.covered, min(told, default=None), worldly, document.source.published, site, reader.described
    )
    drafter = _Drafter(Topic(about=about))
    last: Told | None = None
    again_told = Retold()
    for passage, scene in zip(passages, scenes, strict=True):
        stated = [d for d in stated if passage.number - d.passage.number <= LENDS_WITHIN]
        drafts = drafter.drafts(passage, scene, stated)
        if is_label(passage) and _opens_block(passage, passages):
            last = None
        if speaks_on_of_the_world(passage, passages):
            drafts = [replace(d, refusal=d.refusal or "speaks of the world") for d in drafts]
        for draft in drafts:
            reason = draft.refusal or _refusal(
                draft, passages, told, about=about, counting=counts_people(draft, stated)
            )
            if draft.measure is None or reason is not None:
                refused.extend(_refused(draft, reason))
                continue
            whole = whole_of(draft, stated, figures)
            echoed = _echoed(draft, scene, scenes)
            places, placed = (whole.places, True) if whole else where.of(draft, echoed)
            reason = where.refusal(draft, scene, places, placed=placed)
            if reason is not None:
                refused.extend(_refused(draft, reason))
                continue
            period = figure_period(
                passage,
                draft.anchors,
                draft.measure,
                document.source.published,
                context_of(draft, places, last, scene),
            )
            if (again := again_told.period_of(draft, period)) is not None:
                period, last = again, Told(passage.number, again, draft, places)
            own = _own_share(draft, places, period, figures)
            figures.append(_figure((document_id, document.text), own, places, period, placed=placed))
            stated.append(draft)
            last = _told_after(last, draft, places, period)
    lend_places(figures, passages, scenes)
    return mark_flags(figures, document.text), refused


def _told_after(
    last: Told | None, draft: Draft, places: tuple[Place, ...], period: FigurePeriod
) -> Told | None:
    """Return the last figure that stated its period, behind one more; what went on with it keeps it near."""
    passage = draft.passage
    if last is not None and _looks_back(last, draft, period):
        return replace(last, number=passage.number)
    aside = draft.quantity.bracketed and last is not None and last.number == passage.number
    if period.stated and not (aside or draft.echoes or is_compared(passage, draft.quantity.first)):
        return Told(passage.number, period, draft, places)
    if last is not None and period.inherited and last.period.is_of_the_days_of(period):
        return replace(last, number=passage.number)
    return last


def _looks_back(last: Told, draft: Draft, period: FigurePeriod) -> bool:
    """Tell whether a figure only says what it had been before: "40 ha in May. In April it was 30"."""
    told_again = draft.governor is not None and draft.governor.inherited
    start, end = last.period.start, period.end
    alone = draft.passage.number == last.number + 1 and len(draft.passage.quantities) == 1
    return alone and told_again and start is not None and end is not None and end < start


@dataclass(slots=True)
class _Drafter:
    """Drafts the figures of one passage after the other: under its label, in its table or its list."""

    topic: Topic
    label: Label | None = None
    carried: str | None = None
    table: Table | None = None

    def drafts(self, passage: Passage, scene: Scene, stated: Sequence[Draft]) -> list[Draft]:
        """Return the drafts of a passage; `stated` are the figures of those just before."""
        if leads_list(passage):
            self.label = label_of(passage.tagged)
        if passage.sentence.kind == "row":
            self.table = self.table or Table(self.label, self.carried)
            return self.table.drafts(passage, scene)
        self.table = None
        carried = self.carried if _goes_on(passage) else None
        drafts = draft_figures(passage, carried, stated, self.label)
        self.carried = lead_predicate(passage, drafts, self.carried)
        return self.topic.complete(passage, drafts)


def _title(document: Document) -> TaggedSentence:
    """Return the words of a document's title."""
    title = document.title or ""
    return TaggedSentence.of(title, fold(title), Lexicon.load(document.language))


def _opens_block(passage: Passage, passages: Sequence[Passage]) -> bool:
    """Tell whether a passage is the first of its paragraph: a list under it is another than the last."""
    return passage.number == 0 or (
        passages[passage.number - 1].sentence.paragraph != passage.sentence.paragraph
    )


def _echoed(draft: Draft, scene: Scene, scenes: Sequence[Scene]) -> Scene:
    """Return the scene of people whom a clause only counts: the places of the passage that told of them."""
    passage = draft.passage
    if not draft.echoes or draft.measure not in PEOPLE_MEASURES:
        return scene
    for before in reversed(scenes[max(0, passage.number - ECHOES_WITHIN) : passage.number]):
        told = (g.places for g in before.groups if not (g.nation or g.actor))
        named = [places for places in told if all(p.level != "country" for p in places)]
        if named:
            return scene._replace(places=named[-1], places_from=passage.sentence.paragraph)
    return scene


def _goes_on(passage: Passage) -> bool:
    """Tell whether a passage can go on with the verb of the one before: a list item or "of these"."""
    return (
        passage.sentence.kind == "item"
        or passage.tagged.has(0, "continuation", "subset.strict")
        or is_listed(passage)
    )


def _refusal(
    draft: Draft, passages: Sequence[Passage], told: set[int], *, about: bool, counting: Counting
) -> str | None:
    """Return why a draft with a measure is still no figure."""
    quantity = draft.quantity
    if quantity.number.value <= 0:
        return "nothing was counted"
    if quantity.unit in {"count", "people"} and quantity.number.value % 1 and not quantity.number.malformed:
        return "what is counted comes in whole numbers"
    if draft.measure == "people_at_risk" and not ordnance_did_it(draft, passages, about=about):
        return "not said to be at risk from explosive ordnance"
    if draft.measure in PEOPLE_MEASURES:
        return people_refusal(draft, passages, told, about=about, counting=counting)
    return None


def _refused(draft: Draft, reason: str | None) -> list[Refusal]:
    if reason is None:
        return []
    words = draft.quantity.first, draft.quantity.last
    return [Refusal(draft.passage.quoted(*words), draft.passage.span(*words), reason)]


def _own_share(
    draft: Draft, places: Sequence[Place], period: FigurePeriod, before: Sequence[Figure]
) -> Draft:
    """Return a part as a figure of its own where its whole is none, or of other places or days."""
    if not draft.subset:
        return draft
    whole = next((f for f in reversed(before) if f.measure == draft.measure), None)
    elsewhere = whole is None or {p.id for p in whole.places} != {p.id for p in places}
    here = whole is not None and whole.sentence_span == draft.passage.sentence.span
    apart = here and period.stated and (whole.start, whole.end) != (period.start, period.end)  # type: ignore[union-attr]
    return replace(draft, subset=False) if elsewhere or apart else draft


def _figure(
    source: tuple[str, str], draft: Draft, places: tuple[Place, ...], period: FigurePeriod, *, placed: bool
) -> Figure:
    """Return the figure of a draft; `source` is the document's id and text."""
    document_id, text = source
    assert draft.measure is not None
    quantity = draft.quantity
    span = draft.passage.span(quantity.first, quantity.last)
    sentence = draft.passage.sentence
    value, unit = quantity.number.value, quantity.unit
    if quantity.head == "bare":
        unit = "people" if draft.measure in PEOPLE_MEASURES else "count"
    flags: list[Flag] = []
    if quantity.number.malformed:
        flags.append("malformed")
    if draft.subset:
        flags.append("subset")
    if period.rolling:
        flags.append("rolling")
    inferred = (*(() if placed else ("places",)), *period.inferred)
    return Figure(
        id=fact_id(document_id, "figure", span, draft.measure),
        measure=draft.measure,
        value=value,
        unit=unit,
        value_si=value * AREA_UNITS.get(unit, 1.0),
        unit_si="m2" if unit in AREA_UNITS else unit,  # type: ignore[arg-type]
        qualifier=quantity.qualifier,
        basis=period.basis,
        places=places,
        start=period.start,
        end=period.end,
        text=text[span[0] : span[1]],
        span=span,
        sentence=text[sentence.start : sentence.end],
        sentence_span=sentence.span,
        confidence=confidence("figure", _doubts(draft, places, period, placed=placed)),
        rule=_rule(draft),
        value_max=quantity.number.value_max,
        part=_part(draft),
        flags=tuple(flags),
        inferred=inferred,
    )


def _doubts(draft: Draft, places: Sequence[Place], period: FigurePeriod, *, placed: bool) -> list[str]:
    """Return what makes a figure less sure; the names are those of `confidence.DOUBTS`."""
    governor, number = draft.governor, draft.quantity.number
    alone = governor is None or governor.name == "noun"
    far = governor is not None and governor.cost > FAR
    inherited = governor is not None and governor.inherited and not alone
    told = {
        "no_predicate": alone,
        "topic_predicate": draft.echoes and not alone,
        "inherited_predicate": inherited and not far,
        "far_predicate": far and not inherited and not alone,
        "inferred_places": not placed,
        "inferred_period": not period.stated,
        "malformed": number.malformed,
        "small_number": number.value <= _SMALL,
        "village": all(p.level == "settlement" for p in places),
        "other_cause": names_other_cause(draft.passage),
        "glossed": draft.passage.tagged.lexicon.glossary is not None,
    }
    return [name for name, doubtful in told.items() if doubtful]


def _rule(draft: Draft) -> str:
    name = draft.governor.name if draft.governor else "part"
    return f"{draft.quantity.head}+{name}" + ("+list" if draft.governor and draft.governor.inherited else "")


def _part(draft: Draft) -> str | None:
    """Return the label of a part such as "water", where the quantity's own words name one."""
    quantity, tagged = draft.quantity, draft.passage.tagged
    for k in range(quantity.last, min(quantity.last + 4, len(tagged.words))):
        if tagged.has(k, "barrier.strong") or tagged.folded[k] == ",":
            break
        phrase = tagged.phrase_at[k]
        if phrase is not None and phrase.has("part"):
            return next(t.split(".")[1] for t in sorted(phrase.tags) if t.startswith("part."))
    return None
