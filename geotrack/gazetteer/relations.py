"""How two places lie to each other, by what their own columns say of the units they are in."""

from __future__ import annotations

from geotrack.models import Place


def lies_in(place: Place, outer: Place, members: frozenset[str] = frozenset()) -> bool:
    """Whether a place lies in another one; `members` are the units of an outer region."""
    if place.id == outer.id:
        return False
    return outer.id in (place.adm2, place.adm1, place.adm0) or bool(
        members & {place.adm1, place.adm2, place.id}
    )


def are_beside(place: Place, other: Place) -> bool:
    """Whether two settlements are of one region: "Milove of the Balakliia community"."""
    settled = place.level == other.level == "settlement" and place.id != other.id
    return settled and place.adm1 is not None and place.adm1 == other.adm1
