"""The legend of a map: what each colour and mark on it means, and nothing that is not on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from geotrack.maps import words
from geotrack.maps.classes import Classes
from geotrack.maps.marks import Ground
from geotrack.maps.ramps import DEVICES, NO_DATA, ZERO

Units = Mapping[str, Mapping[str, Any]]


def fills(classes: Classes, units: Units, ground: Ground) -> dict[str, Any]:
    """Return the part about units: colours with their limits, zero, no data, shared figures, borders."""
    painted = [unit for unit in units.values() if not unit["bare"]]
    plain = any(unit["fill"] == NO_DATA and not unit["hatched"] for unit in painted)
    return {
        "corner": ground.corner,
        "unit": classes.scale.unit_label,
        "classes": [{"colour": item.colour, "label": item.label} for item in classes.items],
        "zero": ZERO if any(unit["fill"] == ZERO for unit in painted) else None,
        "noData": NO_DATA if plain else None,
        "hatched": any(unit["hatched"] for unit in painted),
        "approximate": bool(ground.polygons["approximate"].any()),
    }


def marks(devices: Collection[str], points: Collection[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the part about incidents: the devices that points show, and whether people were killed."""
    present = {point["colour"] for point in points}
    return {
        "devices": [
            {"colour": colour, "label": words.device(device)}
            for device, colour in DEVICES.items()
            if device in devices and colour in present
        ],
        "fatal": any(point["fatal"] for point in points),
    }
