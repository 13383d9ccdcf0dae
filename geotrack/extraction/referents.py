"""What "the region", "the village", "there" refer back to: places named before, or the units around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup, Referents
from geotrack.gazetteer import Gazetteer
from geotrack.models import Place

# People from which on a settlement is no village.
_CITY = 100_000
# People from which on a settlement may be called a city.
_TOWN = 10_000
_RANKS = {
    "country": "country",
    "region": "region",
    "adm1": "region",
    "adm2": "district",
    "settlement": "settlement",
}


def with_offices(referents: Referents, passage: Passage, gazetteer: Gazetteer) -> Referents:
    """Let "the region" mean that whose office the passage names: "the Sumy governor says of the region"."""
    own = reporters_own(passage)
    if not own:
        return referents
    meant = dict(referents)
    refer(meant, own, gazetteer)
    return meant


def with_own(
    referents: Referents, passage: Passage, groups: Sequence[PlaceGroup], gazetteer: Gazetteer
) -> Referents:
    """Let "the region" mean that of the town named before it: "in Mykolaiv … in the fields of the region"."""
    units = passage.tagged.find("referent.region", "definite.region", "referent.district")
    before = [g for g in groups if units and not g.country_only and g.last <= units[-1].first]
    if not before:
        return referents
    own = referents_after({}, before[-1:], gazetteer)
    return {**referents, **{rank: own[rank] for rank in ("region", "district") if rank in own}}


def referents_after(referents: Referents, groups: Sequence[PlaceGroup], gazetteer: Gazetteer) -> Referents:
    """Return what "the region", "there" mean behind a passage that names some places.

    "There" is the village of "Dovhenke is a village in Kharkiv region".
    """
    meant, here = dict(referents), ""
    for group in groups:
        if not group.nation or any(p.level != "country" for p in group.places):  # "residents of A"
            there = meant.get("there", ())
            refer(meant, group.places, gazetteer)
            if len(group.places) == 1:
                meant["its"] = group.places
            if here and any(gazetteer.contains(p.id, here) for p in group.places):
                meant["there"] = there
            here = group.places[0].id
    return meant


def refer(referents: dict[str, tuple[Place, ...]], places: tuple[Place, ...], gazetteer: Gazetteer) -> None:
    """Let "the region", "the district", "there" mean places just named, or the units around them."""
    if any(p.level != "country" for p in places):
        referents["there"] = places
    if len(places) > 1:
        small = all(p.level == "settlement" for p in places)
        referents["settlements" if small else "several"] = places
        if any(p.level != "country" for p in places):
            referents.setdefault("settlements", places)
    meant: dict[str, dict[str, Place]] = {}
    for place in places:
        around = (place.adm1, place.adm2) if place.level in {"settlement", "adm2"} else ()
        for own in (*(gazetteer.place(i) for i in around if i), place):
            for rank in _ranks(own, gazetteer):
                meant.setdefault(rank, {})[own.id] = own
    if not _may_hold(places, referents.get("site", ())):
        del referents["site"]
    for rank, some in meant.items():
        if len(some) == 1 or rank not in referents:
            referents[rank] = tuple(some.values())[-1:]


def _may_hold(places: Sequence[Place], sites: Sequence[Place]) -> bool:
    """Tell whether sites told before may lie in some places: "the project" is none of another district."""
    if not sites or not all(p.level in {"adm1", "adm2"} for p in places):
        return True
    return any(p.id in {s.adm1, s.adm2} for p in places for s in sites)


def _ranks(place: Place, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the words that can mean a place later: "the village" is no city, "the district" no oblast."""
    if place.level != "settlement" or (place.population or 0) < _CITY:
        yield _RANKS[place.level]
    if place.level == "settlement":
        yield "site"
    if place.is_city or (place.population or 0) >= _TOWN:
        yield "city"
    if place.is_city:
        yield "settlement"
    elif place.level == "adm1" and not gazetteer.units(place.adm0, "adm2"):
        yield "district"


def reporters_own(passage: Passage) -> tuple[Place, ...]:
    """Return the unit whose office a passage names: "as per the Luhansk State Administration"."""
    offices = [m for m in passage.mentions if m.role == "office" and not m.place.is_city]
    if not offices:
        return ()
    regional = passage.tagged.find("regional_office")
    meant = [p for m in offices for p in (m.place, *(m.alternatives if regional else ()))]
    return next(((p,) for p in meant if p.level in {"adm1", "adm2"}), ())
