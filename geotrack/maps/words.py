"""The words that maps print, in one place, each in the language spoken when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from geotrack.languages import gettext as _
from geotrack.languages import listed, ngettext, number, pgettext
from geotrack.languages import no_translation as n_

MEASURES = {
    "area_contaminated": n_("Contaminated land"),
    "share_contaminated": n_("Share of land contaminated"),
    "mines_recorded": n_("Mines on minefield records"),
    "people_at_risk": n_("People at risk"),
    "area_surveyed": n_("Land surveyed"),
    "area_cleared": n_("Land cleared"),
    "area_released": n_("Land released"),
    "ap_mines_found": n_("Anti-personnel mines found"),
    "at_mines_found": n_("Anti-tank mines found"),
    "mines_found": n_("Mines found"),
    "uxo_found": n_("Unexploded ordnance found"),
    "items_found": n_("Explosive items found"),
    "killed": n_("People killed"),
    "injured": n_("People injured"),
    "casualties": n_("Casualties"),
    "incidents": n_("Incidents"),
}
DEVICE_NAMES = {
    "anti-personnel mine": n_("anti-personnel mine"),
    "anti-tank mine": n_("anti-tank mine"),
    "mine": n_("mine"),
    "UXO": n_("UXO"),
    "IED": n_("IED"),
    "cluster munition": n_("cluster munition"),
    "unknown": n_("device unknown"),
}

CHECKS = {
    "component": n_("Parts and their whole do not agree"),
    "monotonic": n_("A running total falls"),
    "inside": n_("More than what holds it: a longer time, or a wider place"),
    "unit_slip": n_("Perhaps a slip of a unit or a digit"),
    "scope": n_("A series speaks of other places or operators from a day on"),
}

CAVEAT = n_("Not for navigation or operations.")
SPLITS = {
    "equal": n_("Numbers for several places are split into equal parts, which no report states."),
    "area": n_("Numbers for several places are split by their land, which no report states."),
}
RETOLD = n_("Retold, not the publisher\N{RIGHT SINGLE QUOTATION MARK}s words.")
NO_PUBLISHER = n_("Publisher unknown")
NO_DATE = n_("undated")
REDACTED = n_("Names, ages and birth years of victims are replaced by […].")


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a map's units are called: one (district, oblast), several, and both as they follow `of`.

    A translation takes the form that its sentence needs.
    """

    unit: str
    units: str
    of_unit: str
    of_units: str

    def put_into(self, text: str, **others: str) -> str:
        """Return a text with the words for units, and what else it needs, in their gaps."""
        return text.format(
            unit=self.unit, units=self.units, of_unit=self.of_unit, of_units=self.of_units, **others
        )


def measure(name: str) -> str:
    """Return a measure in words."""
    return _(MEASURES[name]) if name in MEASURES else name


def device(name: str) -> str:
    """Return a device in words, as cards, tables and legends print it."""
    return _(DEVICE_NAMES[name]) if name in DEVICE_NAMES else name


def check(name: str) -> str:
    """Return what a check finds, in words."""
    return _(CHECKS[name]) if name in CHECKS else name


def qualified(text: str, qualifier: str) -> str:
    """Return a value with what is said of its exactness, as `at least 1,234 ha`."""
    said = {
        "at_least": _("at least {value}"),
        "at_most": _("at most {value}"),
        "approx": _("about {value}"),
    }
    return said.get(qualifier, "{value}").format(value=text)


def capitalised(text: str) -> str:
    """Return a text with its first letter large; Azerbaijani's i becomes İ."""
    from geotrack.languages import spoken

    first = "İ" if text.startswith("i") and spoken().startswith("az") else text[:1].upper()
    return first + text[1:]


def unless_sure(least: float) -> str:
    """Return what is added to a word of absence while facts are left out as not sure enough."""
    if not least:
        return ""
    return " " + _("Facts with a confidence below {least} are left out.").format(least=number(least))


def not_judged(figures: int, incidents: int) -> str:
    """Say how many facts are left out because no person has judged them."""
    if not figures and not incidents:
        return _("Only what people have reviewed is shown.")
    return ngettext(
        "{facts} that nobody has reviewed is left out.",
        "{facts} that nobody has reviewed are left out.",
        figures + incidents,
    ).format(facts=_facts(figures, incidents))


def left_out(figures: int, incidents: int, least: float) -> str:
    """Say how many facts a filter by confidence leaves out; without a filter say nothing."""
    if least <= 0:
        return ""
    shown = number(least)
    if not figures and not incidents:
        return _("No fact is left out: all have a confidence of {least} or more.").format(least=shown)
    return ngettext(
        "{facts} with a confidence below {least} is left out.",
        "{facts} with a confidence below {least} are left out.",
        figures + incidents,
    ).format(facts=_facts(figures, incidents), least=shown)


def _facts(figures: int, incidents: int) -> str:
    told = []
    if figures:
        told.append(ngettext("{n} figure", "{n} figures", figures).format(n=number(figures)))
    if incidents:
        harm = ngettext("{n} report of an incident", "{n} reports of incidents", incidents)
        told.append(harm.format(n=number(incidents)))
    return listed(told)


def reports(count: int) -> str:
    """Return a number of reports."""
    return ngettext("{n} report", "{n} reports", count).format(n=number(count))


def resting_on(count: int, as_of: str) -> str:
    """Return how many reports a value rests on, and of which day it is."""
    if not as_of:
        return reports(count)
    return _("{reports}, as of {day}").format(reports=reports(count), day=as_of)


def more(count: int) -> str:
    """Say how many entries of a list are in the database only."""
    if not count:
        return ""
    return ngettext("{n} more in the database", "{n} more in the database", count).format(n=number(count))


def groups_title(words: UnitWords) -> str:
    """Return the heading over figures for several units at once."""
    return words.put_into(_("Figures for several {of_units} together"))


def unplaced_title(words: UnitWords) -> str:
    """Return the heading over incidents that are not known to one unit."""
    return words.put_into(_("Incidents not known to one {of_unit}"))


def page(words: UnitWords, least: float = 0.0) -> dict[str, str]:
    """Return what a map's scripts print; they hold no words of their own.

    `least` is the confidence below which facts are left out: then nothing told is not nothing reported.
    """
    told = _of_units() | _plain()
    told = {name: words.put_into(text) for name, text in told.items()}
    told["nothing"] += unless_sure(least)
    return told | {"unit": capitalised(words.unit)}


def _of_units() -> dict[str, str]:
    return {
        "group": _("Only in a figure for several {of_units}"),
        "badge": _("Incidents known by {unit} only"),
        "groups": _("Figures for several {of_units} together"),
        "unplaced": _("Incidents not known to one {of_unit}"),
        "units": _("All {units}"),
        "bare": _("No outline of this {of_unit} is known: it is not drawn."),
        "nothing": _("No report in the collection gives a figure for this {of_unit} alone."),
        "inGroup": _("It is part of these figures for several {of_units}:"),
        "choose": _("Choose one of the {of_units} or an incident, on the map or in the list below."),
    }


def _plain() -> dict[str, str]:
    return {
        "noData": _("No data"),
        "zero": _("Reported as zero"),
        "groupShort": _("in a group"),
        "approximate": _("Approximate border"),
        "fatal": _("… with people killed"),
        "incidents": _("Incidents"),
        "cluster": _("Incidents close together, to be opened"),
        "sources": _("Where it is said"),
        "groupsNote": _("One number for all of them: it is not split."),
        "coarser": _("Figures for wider areas"),
        "straddling": _("Figures across the edge of the period"),
        "value": _("Value"),
        "bareShort": _("not drawn"),
        "back": _("Overview"),
        "rest": _("More"),
        "open": _("Open the source"),
        "conflicts": _("Where reports disagree"),
        "about": _("About this map"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "km": pgettext("unit of a map's scale", "km"),
        "m": pgettext("unit of a map's scale", "m"),
        "mi": pgettext("unit of a map's scale", "mi"),
        "ft": pgettext("unit of a map's scale", "ft"),
    }


def atlas() -> dict[str, str]:
    """Return what the controls of a saved map print."""
    return {
        "whole": _("Whole period"),
        "year": _("Years"),
        "quarter": _("Quarters"),
        "month": _("Months"),
        "first": _("First step"),
        "last": _("Last step"),
        "step": _("Step"),
        "play": _("Play"),
        "pause": _("Pause"),
        "previous": _("One step back"),
        "next": _("One step on"),
        "noFacts": _("No report gives figures of these days."),
        "sourcesTitle": _("Sources"),
        "reportsListed": _("The reports one by one"),
    }


def atlas_page() -> dict[str, str]:
    """Return what stands in the page of a saved map itself."""
    return {
        "measure_word": _("Measure"),
        "level_word": _("Units"),
        "period_word": _("Period"),
        "loading": _("Opening …"),
        "too_old": _(
            "This browser is too old to unpack the map. Open the file with Chrome or Edge 80, Firefox 113, "
            "Safari 16.4, or a newer one."
        ),
        "no_script": _("The map needs JavaScript; it runs from the file and asks the network for nothing."),
    }
