"""Which fact a person should look at first: the one in doubt that changes most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geotrack.analysis.nesting import PlaceIndex
from geotrack.analysis.tables import typed

INCIDENTS = "incidents"
PRIORITY_COLUMNS = {
    "fact_id": "object",
    "kind": "object",
    "document_id": "object",
    "span_start": "int64",
    "measure": "object",
    "publisher": "object",
    "adm0": "object",
    "place_id": "object",
    "confidence": "float64",
    "share": "float64",
    "n_documents": "int64",
    "disputed": "bool",
    "priority": "float64",
}
# How much of its credit a fact loses: contradicted by another report, a number that its own text belies or
# that is written wrongly, a place or a day that its own sentence does not say.
_LOSSES = {"disputed": 0.3, "conflict": 0.4, "malformed": 0.5, "approximate_place": 0.1}
_UNPLACED, _INFERRED_PLACE, _INFERRED_DAY = 0.2, 0.15, 0.1
# Every fact weighs something; then comes its share in what is told of its place, and whether it alone
# decides on the colour of that place; then how many documents repeat it.
_LEAST, _SHARE, _DECIDES, _REPEATED = 0.1, 0.5, 0.15, 0.25
DECIDING = 0.5
_MANY_DOCUMENTS, _MANY_HARMED = 16, 5
# What repeats another number, or is a part of one, is added to nothing.
_NOT_ADDED, _ASIDE = frozenset({"alt", "restatement", "subset"}), 0.3


def priorities(figures: pd.DataFrame, incidents: pd.DataFrame, places: PlaceIndex) -> pd.DataFrame:
    """Return the facts that no person has judged, those first that deserve it most: doubt times weight.

    Doubt is what is left of certainty after the fact's confidence, contradictions, flags, and whether place
    and period were worked out from the text around. Weight is what the fact changes: its share in what is
    told of its measure in its place, whether that decides on the place's colour, how many documents repeat
    it; of an incident, how many it harmed.

    Parameters
    ----------
    figures, incidents
        The store's tables; not changed.
    places
        Knows the places of the facts; of a place that it lacks no country is known.

    Returns
    -------
    queue
        `PRIORITY_COLUMNS`, one row a fact. `place_id` is the first-level unit, else the country, that the
        fact counts for, None where it names no place; `share` (0 to 1) the fact's value in what is told of
        the measure there: the greater of the highest running total and the sum of the others, each value of a
        period once; NaN for incidents and percents. `measure` is "incidents" for these. `n_documents` state
        the same; `disputed`: another report gives another value for the same places and days.
    """
    told = [_figures(figures, places), _incidents(incidents, places)]
    found = pd.concat([one for one in told if len(one)] or told[:1], ignore_index=True)
    order = ["priority", "document_id", "span_start", "fact_id"]
    return found.sort_values(order, ascending=[False, True, True, True], ignore_index=True)


def _figures(figures: pd.DataFrame, places: PlaceIndex) -> pd.DataFrame:
    if figures.empty:
        return typed((), PRIORITY_COLUMNS)
    facts = _located(figures, places).assign(where=figures["place_ids"].map(tuple))
    facts["disputed"] = _disputed(facts)
    facts["share"] = _shares(facts)
    same = ["measure", "where", "value_si", "start", "end"]
    facts["n_documents"] = facts.groupby(same, dropna=False)["document_id"].transform("nunique")
    weight = _LEAST + _SHARE * facts["share"].fillna(0) + _DECIDES * (facts["share"] >= DECIDING)
    weight += _REPEATED * _part(np.log2(facts["n_documents"]), np.log2(_MANY_DOCUMENTS))
    weight = weight.where(~_any_of(facts["flags"], _NOT_ADDED), weight * _ASIDE)
    return _rows(facts, "figure", weight)


def _incidents(incidents: pd.DataFrame, places: PlaceIndex) -> pd.DataFrame:
    if incidents.empty:
        return typed((), PRIORITY_COLUMNS)
    facts = _located(incidents, places).assign(
        where=incidents["place_ids"].map(tuple), measure=INCIDENTS, share=np.nan, disputed=False
    )
    facts["n_documents"] = facts.groupby(["where", "date"], dropna=False)["document_id"].transform("nunique")
    harmed = facts[["killed", "injured", "casualties"]].astype("Float64").fillna(0).astype("float64")
    # One person killed weighs as two who were hurt.
    weight = _LEAST + _SHARE * _part(harmed.sum(axis=1) + harmed["killed"], _MANY_HARMED)
    weight += _REPEATED * _part(np.log2(facts["n_documents"]), np.log2(_MANY_DOCUMENTS))
    return _rows(facts, "incident", weight)


def _rows(facts: pd.DataFrame, kind: str, weight: pd.Series) -> pd.DataFrame:
    found = facts.assign(fact_id=facts[f"{kind}_id"], kind=kind, priority=_doubt(facts) * weight)
    return found.loc[found["review"].isna(), list(PRIORITY_COLUMNS)].astype(PRIORITY_COLUMNS)


def _doubt(facts: pd.DataFrame) -> pd.Series:
    """Return how little is certain of facts, 0 to 1."""
    certain = facts["confidence"] * np.where(facts["disputed"], 1 - _LOSSES["disputed"], 1)
    for flag in ("conflict", "malformed", "approximate_place"):
        certain *= np.where(_any_of(facts["flags"], {flag}), 1 - _LOSSES[flag], 1)
    certain *= np.where(_any_of(facts["inferred"], {"places"}), 1 - _INFERRED_PLACE, 1)
    certain *= np.where(_any_of(facts["inferred"], {"start", "end", "date"}), 1 - _INFERRED_DAY, 1)
    certain *= np.where(facts["place_id"].isna(), 1 - _UNPLACED, 1)
    return 1 - certain


def _located(facts: pd.DataFrame, places: PlaceIndex) -> pd.DataFrame:
    """Add the country of facts, and the first-level unit or the country that each counts for."""
    first = facts["place_ids"].str[0]
    known = {one: places.place(one) for one in first.dropna().unique() if one in places}
    adm0 = first.map({one: place.adm0 for one, place in known.items()})
    unit = first.map({one: place.adm1 or place.adm0 for one, place in known.items()})
    alone = facts["place_ids"].str.len() == 1
    return facts.assign(adm0=_or_none(adm0), place_id=_or_none(unit.where(alone, adm0)))


def _or_none(column: pd.Series) -> pd.Series:
    return column.astype("object").where(column.notna(), None)


def _disputed(facts: pd.DataFrame) -> pd.Series:
    """Tell of which figures another report gives another value, for the same places and days."""
    aside = _any_of(facts["flags"], _NOT_ADDED) | facts["part"].notna() | facts["end"].isna()
    same = ["measure", "where", "start", "end", "basis"]
    values = facts[~aside].groupby(same, dropna=False)["value_si"].transform("nunique")
    return (values > 1).reindex(facts.index, fill_value=False)


def _shares(facts: pd.DataFrame) -> pd.Series:
    """Return each figure's share in what is told of its measure in its place; NaN where none is meant."""
    counted = facts[~_any_of(facts["flags"], _NOT_ADDED) & facts["place_id"].notna()]
    of_unit = ["measure", "place_id"]
    once = counted.drop_duplicates([*of_unit, "where", "value_si", "start", "end"])
    running = once["basis"] != "period"
    highest = once[running].groupby(of_unit)["value_si"].max().rename("highest")
    total = once[~running].groupby(of_unit)["value_si"].sum().rename("total")
    told = pd.concat([highest, total], axis=1).max(axis=1).rename("known").reset_index()
    whole = facts[of_unit].merge(told, on=of_unit, how="left")["known"].set_axis(facts.index)
    share: pd.Series = (facts["value_si"] / whole.where(whole > 0)).clip(upper=1)
    return share.where(facts["unit_si"] != "percent").reindex(facts.index)


def _any_of(lists: pd.Series, wanted: frozenset[str] | set[str]) -> pd.Series:
    """Tell which lists hold one of some words."""
    return pd.Series([not wanted.isdisjoint(one) for one in lists], index=lists.index, dtype=bool)


def _part(value: pd.Series, whole: float) -> pd.Series:
    return (value / whole).clip(upper=1)


def doubts(fact: Mapping[str, object], row: Mapping[str, object]) -> Sequence[str]:
    """Return why a fact is in doubt, the gravest first: names of `_LOSSES`, `place`, `day`, `unplaced`.

    `fact` has the `flags` and `inferred` of the fact, `row` its `disputed` and `place_id` in the queue.
    """
    flags, inferred = set(_texts(fact["flags"])), set(_texts(fact["inferred"]))
    found = ["malformed"] if "malformed" in flags else []
    found += ["conflict"] if "conflict" in flags else []
    found += ["disputed"] if row["disputed"] else []
    found += ["unplaced"] if row["place_id"] is None else []
    found += ["place"] if "places" in inferred else []
    found += ["day"] if inferred & {"start", "end", "date"} else []
    return [*found, "approximate_place"] if "approximate_place" in flags else found


def _texts(value: object) -> Sequence[str]:
    return value if isinstance(value, list | tuple) else ()
