"""What does not fit between two facts that a person calls one: it is done, and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geotrack.analysis.agreement import period_of, same_period, same_value
from geotrack.analysis.discrepancies import amount, days, places
from geotrack.analysis.likeness import dates_agree, dates_near, devices_agree, victims_agree
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.statements import Statement, as_list, nowhere, refusal, statement
from geotrack.analysis.tables import records
from geotrack.analysis.tellings import COUNTS, Telling, days_of, telling


def link_misfits(facts: pd.DataFrame, one: str, other: str, gazetteer: PlaceIndex) -> list[str]:
    """Return why two facts do not look like one: values, days, places and the like that differ.

    Empty where all fits. A link is kept either way: this is what a person should look at again.

    Parameters
    ----------
    facts
        The store's figures or its incidents; not changed.
    one, other
        The ids of two of them; those that are not there fit anything.
    gazetteer
        Answers `place` and `contains`.

    Notes
    -----
    What fits is what reconciling would merge (`merging`, `likeness`), rounding, days and spellings included.
    Cost: linear in facts.
    """
    kind = "figure" if "figure_id" in facts.columns else "incident"
    pair = records(facts[facts[f"{kind}_id"].isin([one, other])])
    nesting = Nesting(gazetteer)
    if len(pair) != len({one, other}) or one == other:
        return []
    refuse = refusal if kind == "figure" else _refused
    gone = [(row[f"{kind}_id"], refuse(row, nesting)) for row in pair]
    if any(why for _, why in gone):
        return [_why_gone(str(fact_id), why) for fact_id, why in gone if why]
    pair.sort(key=lambda row: str(row[f"{kind}_id"]) != one)
    if kind == "figure":
        return _between_figures(statement(pair[0]), statement(pair[1]), nesting)
    return _between_incidents(telling(pair[0]), telling(pair[1]), nesting)


def _why_gone(fact_id: str, why: str) -> str:
    return f"{fact_id} is left out, {why}"


def _refused(row: Mapping[str, Any], nesting: Nesting) -> str | None:
    rejected = "rejected in review" if row.get("review") == "rejected" else None
    return rejected or nowhere(as_list(row["place_ids"]), nesting)


def _between_figures(one: Statement, other: Statement, nesting: Nesting) -> list[str]:
    if one.measure != other.measure or one.unit != other.unit:
        return ["the measures differ, so that they stay two"]
    values, when, where = zip(*(_said(each, nesting) for each in (one, other)), strict=True)
    who = [", ".join(sorted(each.done_by)) for each in (one, other)]
    same_days = same_period(*(period_of(each, stock=each.is_stock) for each in (one, other)))
    same_places = nesting.nested(one.place_ids, other.place_ids, one.end or one.start)
    same_actors = one.done_by == other.done_by or not one.done_by or not other.done_by
    found = (
        (same_value(one, other), f"the values differ, {values[0]} and {values[1]}"),
        (same_days, f"the days differ, {when[0]} and {when[1]}"),
        (same_places, f"the places differ, {where[0]} and {where[1]}"),
        (same_actors, f"those who did it differ, {who[0]} and {who[1]}"),
        (one.part == other.part, f"the parts differ, {one.part or 'all'} and {other.part or 'all'}"),
    )
    return [why for fits, why in found if not fits]


def _said(one: Statement, nesting: Nesting) -> tuple[str, str, str]:
    return amount(one.value, one.unit), days(one.start, one.end), places(one.place_ids, nesting)


def _between_incidents(one: Telling, other: Telling, nesting: Nesting) -> list[str]:
    where = [places(each.place_ids, nesting) for each in (one, other)]
    same_days = dates_agree(one.date, other.date) or dates_near(one, other)
    same_places = nesting.nested(one.place_ids, other.place_ids, days_of(one.date)[1])
    found = (
        (same_days, f"the days differ, {one.date or '…'} and {other.date or '…'}"),
        (same_places, f"the places differ, {where[0]} and {where[1]}"),
        (victims_agree(one, other), f"the victims differ, {_toll(one)} and {_toll(other)}"),
        (devices_agree(one.device, other.device), f"the devices differ, {one.device} and {other.device}"),
    )
    return [why for fits, why in found if not fits]


def _toll(one: Telling) -> str:
    """Return the counts of a telling: `killed 1, injured 2`."""
    return ", ".join(f"{name} {count}" for name in COUNTS if (count := getattr(one, name)) is not None)
