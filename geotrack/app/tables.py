"""Tables that pages show, made from the tables of the library."""

from __future__ import annotations

import pandas as pd

from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps import Scene, evidence
from geotrack.maps.words import capitalised

_QUALIFIERS = {
    "exact": n_("exactly"),
    "at_least": n_("at least"),
    "at_most": n_("at most"),
    "approx": n_("about"),
}


def units(scene: Scene) -> pd.DataFrame:
    """Return one row for each unit with a value, the greatest first; `place_id` and what is printed."""
    known = scene.content.totals.reindex(scene.content.polygons.index).dropna(subset=["value"])
    known = known.sort_values("value", ascending=False)
    unit = scene.total_scale.unit_label
    return pd.DataFrame(
        {
            "place_id": known.index.astype("object"),
            capitalised(scene.unit_name): scene.content.polygons["name"].reindex(known.index).to_numpy(),
            _("Exactness"): [_(_QUALIFIERS.get(one, "")) for one in known["qualifier"]],
            unit or _("Value"): [scene.total_scale.shown(value) for value in known["value"]],
            _("As of"): [evidence.day(day) for day in known["as_of"]],
            _("Reports"): known["n_documents"].to_numpy(),
        }
    )
