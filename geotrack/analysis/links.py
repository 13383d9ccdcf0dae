"""What people said of which facts are one: with which fact each goes, and in which words a link says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping


def settled(said: Mapping[str, str], order: Iterable[str]) -> dict[str, str]:
    """Return with which fact each linked one goes, itself where it was said to stand alone.

    Links are followed to their end: where a goes with b and b with c, all three are one. Facts that are not
    in the answer are reconciled by what they say. Such is the first of those whose links go round in a ring,
    or end at a fact that is not there; the others go with it. The order in which people spoke plays no part.

    Parameters
    ----------
    said
        The fact that each linked fact states the same as; itself, if it states the same as no other.
    order
        The facts that are there, those that lead first.

    Notes
    -----
    Cost: linear in facts, and for each linked one in the links that it is followed over.
    """
    known = list(order)
    here = set(known)
    leads: dict[str, str] = {}
    found: dict[str, str] = {}
    for one in known:
        if one not in said:
            continue
        end = _end(one, said)
        if end not in here or said.get(end, end) != end:
            lead = leads.setdefault(end, one)
            if lead == one:
                continue
            end = lead
        found[one] = end
    return found


def _end(fact_id: str, said: Mapping[str, str]) -> str:
    """Return the fact at which links end; of a ring the first by name."""
    passed: dict[str, None] = {}
    while fact_id in said and said[fact_id] != fact_id and fact_id not in passed:
        passed[fact_id] = None
        fact_id = said[fact_id]
    ring = [*passed][[*passed].index(fact_id) :] if fact_id in passed else [fact_id]
    return min(ring)


def why_linked(who: str | None, on: dt.date | None, *, alone: bool) -> str:
    """Say by whom and when a fact was linked, or kept apart."""
    if who is None or on is None:
        return "kept apart by a person" if alone else "linked by a person"
    return f"kept apart by {who} on {on}" if alone else f"linked by {who} on {on}"
