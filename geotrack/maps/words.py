"""The words that maps print, in one place."""

from __future__ import annotations

MEASURES = {
    "area_contaminated": "Contaminated land",
    "share_contaminated": "Share of land contaminated",
    "mines_recorded": "Mines on minefield records",
    "people_at_risk": "People at risk",
    "area_surveyed": "Land surveyed",
    "area_cleared": "Land cleared",
    "area_released": "Land released",
    "ap_mines_found": "Anti-personnel mines found",
    "at_mines_found": "Anti-tank mines found",
    "mines_found": "Mines found",
    "uxo_found": "Unexploded ordnance found",
    "items_found": "Explosive items found",
    "killed": "People killed",
    "injured": "People injured",
    "casualties": "Casualties",
    "incidents": "Incidents",
}

PREFERRED = "The map shows {value}: {reason}."
CAVEAT = "Not for navigation or operations."
RETOLD = "Retold, not the publisher\N{RIGHT SINGLE QUOTATION MARK}s words."
NO_PUBLISHER = "Publisher unknown"
NO_DATE = "undated"
REDACTED = "Names, ages and birth years of victims are replaced by […]."

# What the map's own scripts print; they hold no words of their own. `{unit}` is the word for one unit of
# the map's level (district, oblast, raion), `{units}` for several.
_PAGE = {
    "noData": "No data",
    "zero": "Reported as zero",
    "group": "Only in a figure for several {units}",
    "groupShort": "in a group",
    "approximate": "Approximate border",
    "fatal": "… with people killed",
    "badge": "Incidents known by {unit} only",
    "incidents": "Incidents",
    "sources": "Where it is said",
    "groups": "Figures for several {units} together",
    "groupsNote": "One number for all of them: it is not split.",
    "coarser": "Figures for wider areas",
    "straddling": "Figures across the edge of the period",
    "unplaced": "Incidents not known to one {unit}",
    "units": "All {units}",
    "unit": "{unit}",
    "value": "Value",
    "bare": "No outline of this {unit} is known: it is not drawn.",
    "bareShort": "not drawn",
    "back": "Overview",
    "open": "Open the source",
    "nothing": "No report in the collection gives a figure for this {unit} alone.",
    "inGroup": "It is part of these figures for several {units}:",
    "conflicts": "Where reports disagree",
    "more": "more in the database",
    "choose": "Choose one of the {units} or an incident, on the map or in the list below.",
    "asOf": "as of",
    "reports": "reports",
    "report": "report",
    "about": "About this map",
}


def page(unit: str, units: str, least: float = 0.0) -> dict[str, str]:
    """Return what a map's scripts print, with the words for one and several of its units.

    `least` is the confidence below which facts are left out: then nothing told is not nothing reported.
    """
    told = {name: text.format(unit=unit, units=units) for name, text in _PAGE.items()}
    if least:
        told["nothing"] += f" Facts with a confidence below {least:g} are left out."
    return told | {"unit": told["unit"].capitalize()}
