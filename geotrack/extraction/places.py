"""Which places a statement speaks of: the words that govern it, else the scene, else the country.

Rulings: docs/reading.md, "Which place".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geotrack.extraction.asides import is_aside
from geotrack.extraction.chains import JOINED, as_units, narrowest, together
from geotrack.extraction.heads import opens_with_whole
from geotrack.extraction.lexicon import Tags
from geotrack.extraction.passages import Passage, is_summed
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Mention, Place

# Roles in which a name is no scene of what happened (`Mention.role`).
NO_SCENE = frozenset({"office", "event-name", "byline", "meeting"})
ACTOR_COST, NATION_COST, COUNTRY_COST = 7.0, 6.0, 2.5
STRONG, WEAK = 6.0, 1.0
# A document with more than this share of its names in a country is about that country.
_FOREIGN = 0.66

# What may stand behind a "there" that points to a place.
_AFTER_THERE = (
    "located",
    "time",
    "list",
    "number",
    "barrier",
    "subset",
    "causes",
    "qualifier",
    "continuation",
    "further",
)
# What stands before the name of a conflict whose land is meant: "in the zone of the Karabakh conflict".
_ZONE = frozenset({("zone", "of", "the"), ("area", "of", "the")})
_ZONE_BEHIND = frozenset({("conflict", "zone"), ("war", "zone"), ("combat", "zone")})
# Words from a superlative to the country in which it holds: "the most heavily mined district in Azerbaijan".
_RANKED = 5
# Words between the kind of a body and its country: "State Service for Emergency Situations of Ukraine".
_NAME_WORDS = 4
# What points back at a place told of before: "the region", "our district", "the whole country".
_POINTERS = frozenset({"the", "this", "that", "our", "my", "same", "whole", "entire"})
# The same for several: "these districts", "both oblasts", "all three regions".
_POINTERS_TO_SEVERAL = frozenset({"these", "those", "both", "said", "same", "named", "listed", "mentioned"})
_BEFORE_A_NUMBER = frozenset({"the", "these", "those", "all"})
# What makes "the district" an office or, where no preposition stands before, a person: "the district police".
_OF_AN_OFFICE = ("regional_office", "organisation_part", "title_word")
_OF_A_PERSON = ("head.person", "person", "name_part")

Contains = Callable[[str, str], bool]
# What "the country", "the region", "there" mean.
Referents = Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places named together by the words `first` to `last` of a passage; of a chain, the most specific."""

    first: int
    last: int
    places: tuple[Place, ...]
    nation: bool = False
    actor: bool = False
    site: bool = False

    @property
    def country_only(self) -> bool:
        """Whether the group names nothing below a country."""
        return all(p.level == "country" for p in self.places)


def place_groups(passage: Passage, contains: Contains, referents: Referents) -> list[PlaceGroup]:
    """Return the groups of places that a passage names, in order; "the region" is one of `referents`."""
    runs: list[list[Mention]] = []
    for mention in passage.mentions:
        if (mention.role in NO_SCENE and not _is_told_where(passage, mention)) or is_aside(passage, mention):
            continue
        if runs and runs[-1][-1].role == mention.role and together(passage, runs[-1][-1], mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    groups = [_group(passage, run, contains) for run in runs]
    return sorted([*groups, *_definite(passage, groups, referents)], key=lambda g: g.first)


def _is_told_where(passage: Passage, mention: Mention) -> bool:
    """Tell whether a place that somebody visited is spoken of then: "visited Ukraine, where …"."""
    _, last = passage.words_of(mention.span)
    first, _ = passage.words_of(mention.span)
    folded = passage.tagged.folded
    zone = folded[last : last + 2] in _ZONE_BEHIND or folded[max(0, first - 3) : first] in _ZONE
    return (mention.role == "meeting" and "where" in folded[last : last + 2]) or zone


def _definite(passage: Passage, groups: Sequence[PlaceGroup], referents: Referents) -> Iterator[PlaceGroup]:
    """Yield what "the country", "our region", "nationwide" refer back to, where no name stands beside it."""
    for phrase in passage.tagged.find_within("definite", "referent"):
        rank = _rank_meant(phrase.tags)
        places = referents.get(rank, ())
        if not places:
            continue
        if rank in {"there", "its"}:
            before = [g for g in groups if not g.nation and g.first < phrase.last]
            if rank == "its" and before and before[-1].actor:
                places = before[-1].places  # "few are mined like Ukraine; 30 % of its territory"
            elif any(not g.actor for g in before) or (rank == "there" and _is_existential(passage, phrase)):
                continue
            yield PlaceGroup(phrase.first, phrase.last, places)
            continue
        if phrase.has("referent") and not _points_back(passage, phrase):
            continue
        if not any(
            g.first - 2 <= phrase.last and phrase.first <= g.last + 4 and not g.nation for g in groups
        ):
            yield PlaceGroup(phrase.first, phrase.last, places, site=rank == "site")


@cache
def _rank_meant(tags: Tags) -> str:
    """Return what a phrase refers to: the country, the region, a place ("there")."""
    if any(t.startswith("definite.there") for t in tags):
        return "there"
    return next(t.split(".")[1] for t in sorted(tags) if t.startswith(("definite.", "referent.")))


def _points_back(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a noun means what was told of before: "the oblast's forests", not "the oblast council"."""
    tagged, first = passage.tagged, phrase.first
    before = tagged.folded[max(0, first - 2) : first]
    if phrase.has("referent.several", "referent.settlements"):
        counted = tagged.has(first - 1, "number") and not _BEFORE_A_NUMBER.isdisjoint(before[:1])
        return counted or not _POINTERS_TO_SEVERAL.isdisjoint(before[-1:])
    if _POINTERS.isdisjoint(before[-1:]):
        return False
    if tagged.folded[first].endswith("'s") and tagged.has(phrase.last, "land"):
        return True
    located = tagged.has(first - 1, "located") or tagged.has(first - 2, "located")
    persons = () if located else _OF_A_PERSON
    return not tagged.has(phrase.last, *_OF_AN_OFFICE, *persons)


def _is_existential(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether "there" points nowhere: a verb follows, and no time or place: "there are mines"."""
    tagged = passage.tagged
    if phrase.last - phrase.first > 1 or phrase.last >= len(tagged.words):
        return False
    if tagged.has(phrase.first - 1, "predicate") and tagged.has(phrase.last, "level.verb"):
        return False  # "what has been cleared there comes to 40 ha"
    if tagged.has(phrase.last, "auxiliary", "level", "modality", "existential"):
        return True
    opens = phrase.first == 0 or not tagged.folded[phrase.first - 1].isalpha()
    opens = opens or tagged.has(phrase.first - 1, "number.and", "report.that", "barrier")
    verbal = opens or tagged.phrase_at[phrase.last] is not None  # "there lie buried"
    return verbal and tagged.folded[phrase.last].isalpha() and not tagged.has(phrase.last, *_AFTER_THERE)


def _group(passage: Passage, run: Sequence[Mention], contains: Contains) -> PlaceGroup:
    first, _ = passage.words_of(run[0].span)
    _, last = passage.words_of(run[-1].span)
    nation = run[0].role in {"demonym", "resident"} or _is_of_people(passage, run[0], first)
    places = most_specific(as_units(narrowest(passage, run)), contains)
    country = all(p.level == "country" for p in places)
    after_deed = _follows_deed(passage, first, run[0].place.level) or (
        country and passage.tagged.folded[first - 1 : first] == ("from",)
    )
    body = country and (passage.tagged.has(last, "organisation_part") or _is_of_a_body(passage, first))
    where = any(passage.tagged.folded[k : k + 1] == ("where",) for k in (last, last + 1))
    owner = country and passage.tagged.folded[last - 1].endswith("'s") and not _has_parts(passage, last)
    land = passage.tagged.folded[last - 1].endswith("'s") and _has_land(passage, last)
    located = where or land or (_is_located(passage, first) and not after_deed and not owner)
    actor = not nation and (body or (country and not located) or (after_deed and not where))
    return PlaceGroup(first, last, places, nation, actor)


def _is_of_a_body(passage: Passage, first: int) -> bool:
    """Tell whether a country is of a body: "the Ministry of Defence of Ukraine", "the OSCE in Ukraine"."""
    tagged = passage.tagged
    if not tagged.has(first - 1, "time.of"):
        return False
    body = tagged.source(first - 2, first - 1) if first > 1 else ""
    short = len(body) > 1 and body.isupper() and not tagged.has(first - 2, "head", "abbreviation")
    if short or tagged.folded[first - 2 : first - 1] == ("mission",):
        return True
    names = range(max(0, first - 1 - _NAME_WORDS), first - 1)
    return any(tagged.has(k, "organisation_part") and tagged.source(k, k + 1)[:1].isupper() for k in names)


def _has_parts(passage: Passage, last: int) -> bool:
    """Tell whether a part of a country is told of behind its name: "in Ukraine's eastern regions"."""
    parts = (
        "land",
        "predicate.contaminated.noun",
        "place_word",
        "direction",
        "head.other.place",
        "land.kind",
    )
    return any(passage.tagged.has(k, *parts) for k in range(last, last + 3))


def _has_land(passage: Passage, last: int) -> bool:
    """Tell whether a country is told to have land: "Ukraine's land", "Ukraine's total contaminated area"."""
    tagged = passage.tagged
    return any(tagged.has(k, "land", "predicate.contaminated.noun") for k in (last, last + 1)) and not (
        tagged.has(last, "head.person", "person", "organisation_part")
    )


def _is_of_people(passage: Passage, mention: Mention, first: int) -> bool:
    """Tell whether a country says whose people are meant: "70 nationals of Azerbaijan"."""
    tagged = passage.tagged
    people = tagged.has(first - 2, "head.person", "person", "head.victim")
    return mention.place.level == "country" and tagged.has(first - 1, "age.of") and people


def _follows_deed(passage: Passage, first: int, level: str) -> bool:
    """Tell whether a place belongs to an event: "the invasion of Ukraine", "the war in Karabakh".

    No war is only an oblast's: "since the beginning of the war in Kharkiv Oblast 54 died".
    """
    tagged = passage.tagged
    if "deed" not in tagged.seen or tagged.has(first - 2, "war.noun_follows"):
        return False  # "the conflict zone in Karabakh"
    if level in {"adm1", "adm2"} and tagged.has(first - 1, "site") and tagged.has(first - 2, "deed.war"):
        return False
    if any(tagged.has(first - k, "deed.war") for k in (2, 3)) or _is_fought_over(tagged, first):
        return True
    return any(tagged.has(first - k, "deed") for k in (2, 3)) and not tagged.has(first - 1, "site")


def _is_fought_over(tagged: TaggedSentence, first: int) -> bool:
    """Tell whether a place is what a conflict is about: "the clash with Armenia over Nagorno-Karabakh"."""
    at = first - 1
    while tagged.has(at, "time.article", "place_word", "time.of", "holder") and tagged.folded[at] != "over":
        at -= 1
    over = at >= 0 and tagged.folded[at] == "over" and first - at <= JOINED
    return over and any(tagged.has(k, "deed.war") for k in range(max(0, at - JOINED), at))


def _is_located(passage: Passage, first: int) -> bool:
    """Tell whether a preposition of place stands before a name."""
    return any(passage.tagged.has(first - k, "located") for k in (1, 2, 3))


def most_specific(places: Iterable[Place], contains: Contains) -> tuple[Place, ...]:
    """Drop the places that contain another one of the list, and repetitions."""
    unique = list({p.id: p for p in places}.values())
    return tuple(p for p in unique if not any(q is not p and contains(p.id, q.id) for q in unique))


def governing_group(
    passage: Passage, groups: Sequence[PlaceGroup], quantity: Quantity, anchors: Sequence[tuple[int, int]]
) -> PlaceGroup | None:
    """Return the group of places that governs a quantity: its own in a pairing, else the nearest."""
    parted = {g.places for g in groups if is_of_a_part(passage, g, quantity)}
    groups = [g for g in groups if g.places not in parted and not _is_of_another(passage, g, quantity)]
    groups = [g for g in groups if not _is_field(passage, g, groups)]
    if not groups:
        return None
    opened = _bracket_of(passage, quantity)
    headed = next((g for g in groups if g.last == opened), None)
    if headed is not None and not any(opened < g.first < quantity.first for g in groups):
        return headed  # "after Syria (834)", "Sumy (90 ha this year, of which 12 in May)"
    behind = _behind(passage, quantity)
    placed = [g for g in groups if g.first == behind]  # "in Ukraine: 3,700 ha in Kherson region"
    told_in = passage.tagged.folded[quantity.last : quantity.last + 1] == ("in",)
    wide = [g for g in placed if g.country_only and told_in]  # "Of 40 victims in Ukraine 12 died in Sumy"
    if wide or (placed and behind > quantity.last and is_further(passage.tagged, quantity)):
        return placed[0]
    own = next((g for g in groups if not placed and _heads_number(passage, g, quantity)), None)
    if own is not None:
        return _own_of_list(passage, own, quantity)
    respective = _respective(passage, groups, quantity.first)
    if respective is not None:
        return respective
    nearest = min(groups, key=lambda g: (min(_cost(passage, g, *anchor) for anchor in anchors), g.first))
    return _own_of_list(passage, nearest, quantity)


def _behind(passage: Passage, quantity: Quantity) -> int:
    """Return where a place behind a number would stand: "3,700 in A", "of which 1,500 are in A"."""
    tagged = passage.tagged
    at = quantity.last + tagged.has(quantity.last, "level.copula")
    if not tagged.has(at, "located", "pointing"):
        return quantity.last
    at = tagged.after(at)
    return at + tagged.has(at, "time.article")


def is_further(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a comma or "and" leads to a number: "12 in A, over 9 in B and 4 in C"."""
    phrase = tagged.phrase_at[quantity.first - 1]
    return phrase is not None and phrase.has("list.join", "number.and")


def _bracket_of(passage: Passage, quantity: Quantity) -> int:
    """Return the word that opens the brackets of a number, or -1."""
    depth = 0
    for k in range(quantity.first - 1, -1, -1):
        word = passage.tagged.folded[k]
        if word == "(" and not depth:
            return k
        depth += (word == ")") - (word == "(")
    return -1


def _heads_number(passage: Passage, group: PlaceGroup, quantity: Quantity) -> bool:
    """Tell whether a place stands right before its number in a list: "Sumy region - 12, Kherson - 40"."""
    tagged = passage.tagged
    words = range(group.last, quantity.first)
    between = [tagged.folded[k] for k in words if not tagged.has(k, "head.other.place", "referent")]
    return group.last <= quantity.first and between in ([], ["-"], [":"])


def _own_of_list(passage: Passage, group: PlaceGroup, quantity: Quantity) -> PlaceGroup:
    """Give each number its place where a sentence says so: "In A and B 120 and 64 ha respectively"."""
    numbers = [q for q in passage.quantities if q.group == quantity.group]
    if (
        not passage.tagged.find("time.respective")
        or len(numbers) != len(group.places)
        or quantity not in numbers
    ):
        return group
    return replace(group, places=(group.places[numbers.index(quantity)],))


def is_of_a_part(passage: Passage, group: PlaceGroup, whole: Quantity | None = None) -> bool:
    """Tell whether a group says where a part of a whole was: "500 mines, most of them in Lachin".

    Without a whole, tell whether any number or mark before the group makes it the place of a part.
    """
    tagged = passage.tagged
    start = whole.last if whole else 0
    if whole is not None and _is_itemised(passage, group, whole):
        return True
    marks = [p for p in tagged.find("partial", "subset.strict") if start <= p.first < group.first]
    if not marks or (whole is not None and marks[0].first == whole.last):
        return False
    mark = marks[-1]
    between = range(mark.last, group.first)
    if any(tagged.has(k, "barrier.strong") for k in between):
        return False
    done = any(tagged.has(k, "predicate", "auxiliary") for k in between)
    if mark.has("partial"):
        return not done
    parts = [q for q in passage.quantities if q.last == mark.first or mark.last <= q.first < group.first]
    numbered = bool(parts) and "," not in tagged.folded[parts[-1].last : group.first]
    return numbered and (not done or mark.has("subset.relative"))


def _is_of_another(passage: Passage, group: PlaceGroup, quantity: Quantity) -> bool:
    """Tell whether "of" ties a group to a later number with a verb between: "… and 30 ha of A district"."""
    tagged = passage.tagged
    later = [q for q in passage.quantities if q.first >= quantity.last]
    opens = quantity is passage.quantities[0] and opens_with_whole(tagged)
    if opens and len(later) > 1 and later[0].last < group.first:
        return True  # "Of 4,500 ha 3,700 lay in A, 430 in B"
    parted = ("level.copula", "pointing")
    if any(tagged.has(q.last, *parted) and _behind(passage, q) == group.first for q in later):
        return True  # "7,000 ha in all, and 1,500 are in A"
    tied = next((q for q in passage.quantities if q.last in {group.first - 1, group.first - 2}), None)
    if tied is None or tied.first < quantity.last or tagged.folded[tied.last] != "of":
        return False
    return any(tagged.has(k, "predicate") for k in range(quantity.last, tied.first))


def _is_field(passage: Passage, group: PlaceGroup, groups: Sequence[PlaceGroup]) -> bool:
    """Tell whether a country is only that among whose regions one ranks: "A is the most mined in Ukraine"."""
    tops = [p.last for p in passage.tagged.find("foremost.word") if p.last <= group.first <= p.last + _RANKED]
    return group.country_only and any(g.last < tops[-1] and not g.country_only for g in groups if tops)


def _is_itemised(passage: Passage, group: PlaceGroup, whole: Quantity) -> bool:
    """Tell whether a group is an item behind a whole: "4,500 ha: 3,700 in Kherson region, 430 in …"."""
    colon = next((k for k in range(whole.last, group.first) if passage.tagged.folded[k] == ":"), None)
    return colon is not None and any(colon < q.first and q is not whole for q in passage.quantities)


def _respective(passage: Passage, groups: Sequence[PlaceGroup], first: int) -> PlaceGroup | None:
    """Pair lists and places in order where each list has a place of its own before or behind it."""
    lists: dict[int, int] = {}
    for q in passage.quantities:
        if q.head != "other" and not is_summed(passage, q.first):
            lists.setdefault(q.group, q.first)
    scenes = [g for g in groups if not g.nation and not g.actor and not g.country_only]
    starts = list(lists.values())
    if len(starts) > 1 and len(scenes) == len(starts) + 1 and starts[0] < scenes[1].first:
        scenes = scenes[1:] if scenes[0].last <= starts[0] else scenes  # "In A and B: 3 ha in X and 2 in Y"
    if len(starts) < 2 or len(starts) != len(scenes):  # noqa: PLR2004 a pairing needs two pairs
        return None
    before = all(s.first < q for s, q in zip(scenes, starts, strict=True)) and all(
        q < s.first for q, s in zip(starts, scenes[1:], strict=False)
    )
    behind = all(q < s.first for q, s in zip(starts, scenes, strict=True)) and all(
        s.first < q for s, q in zip(scenes, starts[1:], strict=False)
    )
    if not before and not behind:
        return None
    own = max((q for q in starts if q <= first), default=starts[0])
    return scenes[starts.index(own)]


def _cost(passage: Passage, group: PlaceGroup, first: int, last: int) -> float:
    between = set(range(group.last, first) if group.first < first else range(last, group.first))
    between -= passage.place_words()
    cost = (
        NATION_COST
        if group.nation
        else ACTOR_COST
        if group.actor
        else COUNTRY_COST
        if group.country_only
        else 0.0
    )
    tags_at = passage.tagged.tags_at
    for k in between:
        cost += STRONG if "barrier.strong" in tags_at[k] else WEAK if "barrier.weak" in tags_at[k] else 0.3
    return cost


def country_in_focus(
    mentions: Iterable[Mention], title: Iterable[Mention], known: frozenset[str]
) -> str | None:
    """Return the country that a document names most; the title counts three times.

    A covered country is it wherever it is named, unless nearly all names are of another one.
    """
    votes: Counter[str] = Counter()
    for weight, some in ((1, mentions), (3, title)):
        for mention in some:
            votes[mention.place.adm0] += weight
    most = min(votes, key=lambda c: (-votes[c], c), default=None)
    if most is not None and votes[most] > _FOREIGN * votes.total():
        return most
    covered = [c for c in votes if c in known]
    return min(covered, key=lambda c: (-votes[c], c), default=None)
