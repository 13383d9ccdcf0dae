"""Claims: how long clearance will last, in the words of officials and the press.

"It will take 30 years to clear Karabakh", "Ukraine is to be free of mines by 2033" are statements of a
document: kept with their sentence, never added to anything. A claim needs a span of years or a year to
come, clearance of land, and a verb that says that it lasts, needs or is meant to be done so long. What was
done in so many years, lessons, projects, sentences, money and single roads are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geotrack.extraction.casualties import is_about_ordnance
from geotrack.extraction.days import is_year
from geotrack.extraction.lexicon import Lexicon
from geotrack.extraction.nouns import EXPLOSIVE, PEOPLE
from geotrack.extraction.numbers import Number, find_numbers
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup
from geotrack.extraction.scene import Scene
from geotrack.extraction.speakers import speaker_of
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.extraction.words import fold
from geotrack.models import Claim, Document, Place, Qualifier, fact_id

CLEARANCE = (
    "predicate.cleared.base",
    "predicate.cleared.doing",
    "predicate.cleared.noun",
    "claim.aim",
)
_DONE = ("predicate.cleared.base", "predicate.cleared.done")
_AHEAD = ("modality.plan", "modality.maybe", "modality.need", "modality.goal", "modality.planned")
_DECADE = 10
# "Decades", "dozens of years" are twenty at least, "hundreds of years" two hundred.
_PLURAL, _HUNDREDS = 20, 200
_LONGEST = 1500
_QUALIFIERS: tuple[Qualifier, ...] = ("approx", "at_least", "at_most")
_DIGITS = 4  # of a year
_AT_LEAST = {("at", "the", "very", "least"), ("at", "the", "least"), ("at", "least")}
_CALLED = ("demin", "mine")
# Words from a verb to its modal, from a verb to its years, from "is to be" to "cleared".
_MODAL, _OBJECT, _MEANT = 3, 6, 4
# Words from clearance to what is cleared.
_CLEARED = 8
# Not calibrated: what stands in one sentence, and what was taken from another.
_SURE, _INFERRED = 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of years: `words[first:last]`, its qualifier among them."""

    first: int
    last: int
    years: float
    years_max: float | None
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class _Found:
    """What a passage claims: `words[first:last]`, and where clearance is named."""

    first: int
    last: int
    rule: str
    cleared: int
    years: float | None = None
    years_max: float | None = None
    until: str | None = None
    qualifier: Qualifier = "exact"
    share: float | None = None


def read_claims(
    document: Document, passages: Sequence[Passage], scenes: Sequence[Scene], covered: frozenset[str]
) -> tuple[Claim, ...]:
    """Return the claims of a document in order, each of them once."""
    if not any(_may_claim(p) for p in passages):
        return ()
    title = document.title or ""
    named = TaggedSentence.of(title, fold(title), Lexicon.load(document.language))
    if not is_about_ordnance(passages, named) and not any(_names_mines(p.tagged) for p in passages):
        return ()
    claims: dict[tuple[object, ...], Claim] = {}
    published = document.source.published
    document_id = document.id
    at_home = any(m.place.adm0 in covered for p in passages for m in p.mentions)
    for number, (passage, scene) in enumerate(zip(passages, scenes, strict=True)):
        if not _may_claim(passage):
            continue
        before = passages[number - 1] if number else None
        found = _found(passage, before, published.year if published else None)
        if found is None:
            continue
        places, placed = _places(passage, scene, found, covered)
        if not places or not (placed or at_home) or any(p.adm0 not in covered for p in places):
            continue  # the land of others, or of a country that nobody names
        claim = _claim((document_id, document.text), passage, found, places, placed=placed)
        key = (claim.years, claim.years_max, claim.until, claim.share, tuple(p.id for p in places))
        claims.setdefault(key, claim)
    return tuple(claims.values())


def _may_claim(passage: Passage) -> bool:
    """Tell whether a passage holds the words of a claim: years to come, and a verb of theirs."""
    seen = passage.tagged.seen
    return not seen.isdisjoint(_AHEAD) and (
        not seen.isdisjoint({"time.unit.year", "time.unit.decade"}) or bool(passage.times)
    )


def _names_mines(tagged: TaggedSentence) -> bool:
    """Tell whether a sentence speaks of mines: by their name, or land or work called after them."""
    named = tagged.find_within(
        "head.mine", "head.ap_mine", "head.at_mine", "head.uxo", "predicate.contaminated"
    )
    return bool(named) or any(word.startswith(_CALLED) for word in tagged.folded)


def _found(passage: Passage, before: Passage | None, published: int | None) -> _Found | None:
    """Return what a passage claims, or None."""
    tagged = passage.tagged
    cleared = [p.first for p in tagged.find_within(*CLEARANCE) if not _is_of_a_part(tagged, p)]
    durations = list(_durations(tagged))
    for duration in durations:
        verb = _lasting(tagged, duration)
        if verb is None or _is_of_other_work(tagged, min(verb.first, duration.first)):
            continue
        told = cleared or ([-1] if _goes_on(passage, before) else [])
        if told:
            near = min(told, key=lambda at: abs(at - duration.first))
            years = duration.years, duration.years_max
            return _Found(duration.first, duration.last, "lasts", near, *years, qualifier=duration.qualifier)
    return _deadline(passage, durations, published)


def _goes_on(passage: Passage, before: Passage | None) -> bool:
    """Tell whether "it will take ten years" goes on with clearance of the sentence before."""
    if before is None or before.sentence.paragraph != passage.sentence.paragraph:
        return False
    opens = passage.tagged.has(0, "claim.it") or passage.tagged.has(1, "claim.it")
    return opens and bool(before.tagged.find_within(*CLEARANCE))


# spans of years -------------------------------------------------------------------------------------


def _durations(tagged: TaggedSentence) -> Iterator[Duration]:
    """Yield the spans of years of a sentence that are no age, no past and no date."""
    units = tagged.find_within("time.unit.year", "time.unit.decade")
    if not units:
        return
    numbers = find_numbers(tagged.words, tagged.text, tagged.lexicon, set())
    for unit in units:
        read = _counted(tagged, unit, numbers)
        if read is None:
            continue
        first, low, high, vague = read
        start, qualifier = _qualified(tagged, first, unit.last)
        if _is_of_the_past(tagged, start, unit.last) or not 1 <= low < _LONGEST:
            continue
        yield Duration(start, unit.last, low, high, "at_least" if vague else qualifier)


def _counted(
    tagged: TaggedSentence, unit: Phrase, numbers: Sequence[Number]
) -> tuple[int, float, float | None, bool] | None:
    """Return where the number of a unit of time begins, its years, those of a range, and if it is vague."""
    scale = _DECADE if unit.has("time.unit.decade") else 1
    at = unit.first - 1 if tagged.has(unit.first - 1, "claim.more") else unit.first
    number = next((n for n in numbers if n.last == at), None)
    if number is None:
        if scale == 1:
            return None
        if tagged.folded[at - 1 : at] in {("a",), ("one",)}:
            return at - 1, float(_DECADE), None, False
        return (at, float(_PLURAL), None, True) if tagged.has(unit.first, "time.several") else None
    if number.vague:
        round_ = {20.0, 24.0}
        vague = _HUNDREDS if number.value >= _HUNDREDS else _PLURAL if number.value in round_ else 0
        return (number.first, float(vague), None, True) if vague else None
    if number.value_max is None:
        low = next((n for n in numbers if n.last == number.first - 1 and n.value < number.value), None)
        if low is not None and tagged.has(low.last, "number.range") and not is_year(low.value):
            return low.first, low.value * scale, number.value * scale, False
    high = number.value_max * scale if number.value_max else None
    return number.first, number.value * scale, high, False


def _qualified(tagged: TaggedSentence, first: int, last: int) -> tuple[int, Qualifier]:
    """Return where the words of a number begin, and what they say of it."""
    if tagged.has(first - 1, "number.from", "number.between"):
        first -= 1
    for qualifier in _QUALIFIERS:
        if tagged.has(first - 1, f"qualifier.{qualifier}"):
            phrase = tagged.phrase_at[first - 1]
            return (phrase.first if phrase else first), qualifier
    behind = any(tagged.folded[last : last + length] in _AT_LEAST for length in (2, 3, 4))
    return first, "at_least" if behind else "exact"


def _is_of_the_past(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Tell whether years are over, an age or somebody's experience: "ago", "the past 3 years", "of war"."""
    before = tagged.has(first - 1, "time.past", "claim.past") or (
        tagged.has(first - 1, "time.last") and not tagged.has(first - 2, *_AHEAD)
    )
    of = tagged.folded[last : last + 1] == ("of",) and not tagged.has(
        last + 1, *CLEARANCE, "work", "claim.it"
    )
    return before or of or tagged.has(last, "time.ago", "claim.past") or tagged.has(first - 1, "modality.neg")


# "it will take 30 years" ----------------------------------------------------------------------------


def _lasting(tagged: TaggedSentence, duration: Duration) -> Phrase | None:
    """Return the verb that says that something to come lasts or needs so many years."""
    if tagged.find("claim.took"):
        return None
    for verb in tagged.find_within("claim.lasts", "modality.need"):
        asked = verb.has("modality.need") and not _is_over(tagged, verb)
        ahead = asked or any(tagged.has(k, *_AHEAD) for k in range(verb.first - _MODAL, verb.first))
        denied = any(tagged.has(k, "modality.neg") for k in range(verb.first - _MODAL, verb.last + 1))
        if not ahead or denied:
            continue
        if verb.last <= duration.first and _reaches(tagged, verb.last, duration.first):
            return verb
        if duration.last <= verb.first and _is_asked(tagged, duration, verb.first):
            return verb
    return None


def _is_over(tagged: TaggedSentence, verb: Phrase) -> bool:
    """Tell whether a need is told of as one of the past: "needed two years", but "are needed"."""
    past = tagged.folded[verb.first : verb.last] in {("needed",), ("required",), ("demanded",)}
    return past and not tagged.has(verb.first - 1, "auxiliary", "level.copula", *_AHEAD)


def _reaches(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Tell whether the words between a verb and years leave them its object."""
    if last - first > _OBJECT:
        return False
    for k in range(first, last):
        if k == first and tagged.folded[k] == "for":
            continue
        if tagged.folded[k] == "," or tagged.has(k, "claim.within", "predicate", "claim.other"):
            return False
    return True


def _is_asked(tagged: TaggedSentence, duration: Duration, verb: int) -> bool:
    """Tell whether years stand before what asks for them: "30 years and 25 billion dollars are needed"."""
    if tagged.has(duration.first - 1, "claim.within") or verb - duration.last > _OBJECT:
        return False
    between = range(duration.last, verb)
    return all(
        tagged.has(k, "auxiliary", "level.copula", "number", "head.other.money", *_AHEAD, "claim.more")
        or tagged.folded[k][0].isdecimal()
        for k in between
    )


def _is_of_other_work(tagged: TaggedSentence, before: int) -> bool:
    """Tell whether what lasts is a project, lessons or rebuilding, and not clearance."""
    return any(p.first < before for p in tagged.find_within("claim.other"))


def _is_of_a_part(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether only a road or a field is cleared."""
    return any(tagged.has(k, "claim.part") for k in range(phrase.last, phrase.last + 4))


# "is to be cleared within five years", "by 2033" ----------------------------------------------------


def _deadline(passage: Passage, durations: Sequence[Duration], published: int | None) -> _Found | None:
    """Return the time within which, or the year by which, land is meant to be cleared."""
    tagged = passage.tagged
    if tagged.find_within("claim.other", "claim.took", "claim.past", "claim.part"):
        return None
    ends = [
        *tagged.find_within(*_DONE),
        *(p for p in tagged.find_within("claim.clean") if _is_of_mines(tagged, p)),
    ]
    cleared = next((p for p in ends if _is_meant(tagged, p)), None)
    if cleared is None:
        return None
    counted = {"area", *EXPLOSIVE, *PEOPLE}
    if any(q.head in counted for q in passage.quantities):
        return None
    share = next((q.number.value for q in passage.quantities if q.head == "percent"), None)
    for one in durations:
        if tagged.has(one.first - 1, "claim.within") or tagged.has(one.first, "claim.within"):
            return _Found(
                one.first, one.last, "within", cleared.first, one.years, one.years_max, None, "at_most", share
            )
    for time in passage.times:
        years = [int(w) for w in tagged.folded[time.first : time.last] if w.isdecimal() and len(w) == _DIGITS]
        year = years[-1] if years else None
        if year is not None and published is not None and year > published and time.kind != "since":
            return _Found(time.first, time.last, "until", cleared.first, until=str(year), share=share)
    return None


def _is_of_mines(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether land is to be free or clean "of mines"."""
    return any(
        tagged.has(k, "head.mine", "head.item", "head.uxo") for k in range(phrase.last, phrase.last + 3)
    )


def _is_meant(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a verb of clearance is planned or hoped for, and not denied."""
    near = range(phrase.first - _MEANT, phrase.first)
    if any(tagged.has(k, "modality.neg") for k in near) or any(tagged.has(k, "time.perfect") for k in near):
        return False
    if any(tagged.has(k, *_AHEAD) for k in near):
        return True
    return phrase.has("predicate.cleared.base") and bool(
        tagged.find("modality.planned", "modality.goal", "modality.plan")
    )


# places, and the claim itself -----------------------------------------------------------------------


def _places(
    passage: Passage, scene: Scene, found: _Found, covered: frozenset[str]
) -> tuple[tuple[Place, ...], bool]:
    """Return the places that a claim is of, and whether its sentence names them."""
    groups = [g for g in scene.groups if not g.nation]
    behind = [g for g in groups if 0 <= g.first - found.cleared <= _CLEARED and not g.actor]
    chosen: PlaceGroup | None = next(iter(behind), None)
    if chosen is None and groups:
        acting = sorted(groups, key=lambda g: (g.places[0].adm0 not in covered, g.actor))
        chosen = acting[0]
    if chosen is not None:
        return chosen.places, True
    if scene.abroad == passage.sentence.paragraph:
        return (), False
    return scene.wide or scene.places or scene.country, False


def _claim(
    source: tuple[str, str], passage: Passage, found: _Found, places: tuple[Place, ...], *, placed: bool
) -> Claim:
    document_id, text = source
    tagged, sentence = passage.tagged, passage.sentence
    span = passage.span(found.first, found.last)
    pace = next(iter(tagged.find("claim.pace")), None)
    return Claim(
        id=fact_id(document_id, "claim", span),
        years=found.years,
        years_max=found.years_max,
        until=found.until,
        share=found.share,
        qualifier=found.qualifier,
        condition=tagged.source(pace.first, pace.last) if pace else None,
        places=places,
        speaker=speaker_of(tagged),
        text=passage.quoted(found.first, found.last),
        span=span,
        sentence=text[sentence.start : sentence.end],
        sentence_span=sentence.span,
        confidence=_SURE if placed and found.cleared >= 0 else _INFERRED,
        rule=found.rule,
        inferred=() if placed else ("places",),
    )
