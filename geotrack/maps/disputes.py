"""What the reports of one incident tell differently, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, retold
from geotrack.maps import evidence, words

FIELDS = {
    "killed": n_("people killed"),
    "injured": n_("people injured"),
    "casualties": n_("killed and injured together"),
    "date": n_("day"),
    "place": n_("place"),
    "device": n_("device"),
}


def told(dispute: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    """Return one disagreement: each value with those that tell it, and which one is used.

    Parameters
    ----------
    dispute
        One of an event's `disagreements` (`geotrack.analysis.merge_incidents`).
    name_of
        Gives a place's name.
    """

    def value(one: Any) -> str:  # noqa: ANN401 - a count, a day, a place or a device
        if dispute["field"] == "date":
            return evidence.dated(one)
        if dispute["field"] == "place":
            return name_of(one)
        return words.device(one) if dispute["field"] == "device" else number(one)

    name = FIELDS[dispute["field"]]
    sides = "; ".join(
        _("{value} ({sources})").format(value=value(side["value"]), sources=", ".join(side["sources"]))
        for side in dispute["sides"]
    )
    return _("{what}: {sides}. Used here: {value} ({reason}).").format(
        what=words.capitalised(_(name)),
        sides=sides,
        value=value(dispute["preferred"]),
        reason=retold(dispute["reason"]),
    )
