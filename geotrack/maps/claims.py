"""Claims of the years ahead in a few words, in the language spoken."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, percent
from geotrack.languages import no_translation as n_
from geotrack.maps import words
from geotrack.models import Claim

_WHOLE = 100  # years: from here on no digits behind the point
_SOON = 0.1  # years: less is told as less, for nobody reports land to the day
_MOST = 1000  # years: more is told as more, for it says of a pace only that it is next to none
TOO_SLOW = n_(
    "More than a thousand years, or never, is no forecast: in one of these periods little was done, or "
    "little of it was reported."
)


def years(low: float, high: float | None) -> str:
    """Return a span of years, or one from low to high."""
    if high is None:
        return ngettext("{n} year", "{n} years", math.ceil(low)).format(n=number(round(low, 1)))
    span = _("{low} to {high}").format(low=number(round(low, 1)), high=number(round(high, 1)))
    return ngettext("{n} year", "{n} years", math.ceil(high)).format(n=span)


def lasting(row: Mapping[str, Any], *, spelled: bool = False) -> str:
    """Return how long what remains would last, a row of `Outlook.table`, at the fastest to the slowest pace.

    No more digits than a division of reported numbers bears, and beyond a thousand years no number; `or
    never` where nothing was done in one of the periods. With `spelled` the word for years stands behind.
    """
    ends = [one for one in (row["years_least"], row["years_most"]) if not math.isnan(one)]
    if not ends:
        return _("never at this pace")
    plain = [*dict.fromkeys(map(_plain, ends))]
    told = _("{low} to {high}").format(low=plain[0], high=plain[-1]) if len(plain) > 1 else plain[0]
    if spelled:
        told = ngettext("{n} year", "{n} years", min(math.ceil(ends[-1]), _MOST)).format(n=told)
    told = _("{years}, or never").format(years=told) if len(ends) == 1 else told
    return words.qualified(told, _exactness(ends, row["years_qualifier"]))


def is_too_slow(row: Mapping[str, Any]) -> bool:
    """Tell whether the slowest pace, of a row of `Outlook.table`, is next to none."""
    return not row["years_most"] <= _MOST


def _exactness(ends: Sequence[float], qualifier: str) -> str:
    """Return what is said of spans of years of which the ends may be open already."""
    if ends[-1] < _SOON or ends[0] > _MOST:
        return "exact"
    return "approx" if ends[-1] > _MOST else qualifier


def _plain(years: float) -> str:
    if years < _SOON:
        return _("less than {years}").format(years=number(_SOON))
    if years > _MOST:
        return _("more than {years}").format(years=number(_MOST))
    return number(round(years) if years >= _WHOLE else float(f"{years:.3g}"))


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
