"""How a measure is told over time, in words: as reported or by bins, and what is shown of each bin."""

from __future__ import annotations

from geotrack.languages import no_translation as n_

BY = {
    "": n_("As reported"),
    "month": n_("By month"),
    "quarter": n_("By quarter"),
    "year": n_("By year"),
}
VIEWS = {"total": n_("Total"), "rate": n_("A day"), "cumulative": n_("Added up")}
