"""Colours: one ramp for each family of measures, safe for the colour-blind, none of them reserved ones."""

from __future__ import annotations

from geotrack.errors import UsageError

# Reserved by the trade for suspected and confirmed hazardous areas; no ramp comes near them.
SHA_ORANGE = "#F4A718"
CHA_RED = "#FF0000"

NO_DATA = "#dde2e5"
ZERO = "#ffffff"

# ColorBrewer (Apache-2.0) and cividis, light to dark. YlOrBr leaves out its middle orange, which is SHA's;
# PuRd begins darker, so that its first class is not taken for "no data", and
# YlGnBu for zero by those who see no blue: tests hold all of them apart.
RAMPS = {
    "YlOrBr": ("#fff7bc", "#fee391", "#fec44f", "#cc4c02", "#993404", "#662506"),
    "YlGnBu": ("#f0f0a0", "#b5e2b6", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494"),
    "PuRd": ("#e6c5e6", "#d6a8d4", "#d07fbd", "#d94a9f", "#b8104f", "#74002f"),
    "cividis": ("#fee838", "#c8b866", "#96906f", "#6d6e72", "#414d6b", "#00224e"),
}
_CONTAMINATION = ("area_contaminated", "share_contaminated", "mines_recorded", "people_at_risk")
_HARM = ("killed", "injured", "casualties", "incidents")
_RAMP_OF = dict.fromkeys(_CONTAMINATION, "YlOrBr") | dict.fromkeys(_HARM, "PuRd")

# Okabe and Ito's palette without its orange, which is SHA's.
DEVICES = {
    "anti-personnel mine": "#D55E00",
    "anti-tank mine": "#0072B2",
    "mine": "#CC79A7",
    "UXO": "#009E73",
    "IED": "#F0E442",
    "cluster munition": "#56B4E9",
    "unknown": "#6b6b6b",
}


def ramp_of(measure: str) -> str:
    """Return the name of a measure's ramp; whatever is cleared, surveyed or found takes YlGnBu."""
    return _RAMP_OF.get(measure, "YlGnBu")


def colours(ramp: str, count: int) -> tuple[str, ...]:
    """Return `count` colours of a ramp, light to dark, as far apart as it allows.

    Raises
    ------
    UsageError
        If there is no such ramp, or it has fewer colours.
    """
    known = RAMPS.get(ramp)
    if known is None:
        raise UsageError(f"No colour ramp {ramp!r}. Ramps: {', '.join(RAMPS)}.")
    if count > len(known):
        raise UsageError(f"A map has at most {len(known)} classes, not {count}.")
    if count == 1:
        return (known[len(known) // 2],)
    return tuple(known[round(i * (len(known) - 1) / (count - 1))] for i in range(count))
