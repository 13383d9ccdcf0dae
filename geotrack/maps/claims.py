"""Claims of the years ahead in a few words, in the language spoken."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, percent
from geotrack.maps import words
from geotrack.models import Claim


def years(low: float, high: float | None) -> str:
    """Return a span of years, or one from low to high."""
    if high is None:
        return ngettext("{n} year", "{n} years", math.ceil(low)).format(n=number(round(low, 1)))
    span = _("{low} to {high}").format(low=number(round(low, 1)), high=number(round(high, 1)))
    return ngettext("{n} year", "{n} years", math.ceil(high)).format(n=span)


def claimed(row: Mapping[str, Any]) -> str:
    """Return a claim, a row of `Store.claims`, in a few words: years or end, share of the land, condition."""
    if row["until"]:
        told = _("by {year}").format(year=row["until"])
    else:
        high = None if math.isnan(row["years_max"]) else row["years_max"]
        told = words.qualified(years(row["years"], high), row["qualifier"])
    if not math.isnan(row["share"]):
        told = _("{claim}, {share} of the land").format(claim=told, share=percent(row["share"] / 100))
    return f"{told} ({row['condition']})" if row["condition"] else told


def claim_told(claim: Claim) -> str:
    """Return a claim in a few words, in the language spoken."""
    numbers = {"years": claim.years, "years_max": claim.years_max, "share": claim.share}
    return claimed(
        {"until": claim.until, "qualifier": claim.qualifier, "condition": claim.condition}
        | {name: math.nan if value is None else value for name, value in numbers.items()}
    )
