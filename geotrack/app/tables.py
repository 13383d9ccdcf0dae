"""Tables that pages show, made from the tables of the library."""

from __future__ import annotations

import pandas as pd

from geotrack.app.cards import LOCALE
from geotrack.maps import Scene, evidence

VALUE = "Value"
_QUALIFIERS = {"exact": "exactly", "at_least": "at least", "at_most": "at most", "approx": "about"}


def units(scene: Scene) -> pd.DataFrame:
    """Return one row for each unit with a value, the greatest first; `place_id` and what is printed."""
    known = scene.content.totals.reindex(scene.content.polygons.index).dropna(subset=["value"])
    known = known.sort_values("value", ascending=False)
    unit = scene.total_scale.unit_label
    return pd.DataFrame(
        {
            "place_id": known.index.astype("object"),
            scene.unit_name.capitalize(): scene.content.polygons["name"].reindex(known.index).to_numpy(),
            "": [_QUALIFIERS.get(one, "") for one in known["qualifier"]],
            unit or VALUE: [scene.total_scale.shown(value) for value in known["value"]],
            "As of": [evidence.day(day, LOCALE) for day in known["as_of"]],
            "Reports": known["n_documents"].to_numpy(),
        }
    )
