"""The reports of a month on a place: what a cell of a timeline's strip stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geotrack.analysis.statements import as_date
from geotrack.analysis.tables import records
from geotrack.app import links, reads
from geotrack.app.cards import html
from geotrack.app.reads import Edition
from geotrack.charts.compared import Subject
from geotrack.charts.comparisons import reports_pick
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words
from geotrack.maps import evidence, words


def picks(subjects: Iterable[Subject]) -> set[str]:
    """Return what the strip's cells with reports pick out."""
    return {
        reports_pick(subject.place_id, row["month"])
        for subject in subjects
        for row in records(subject.known.coverage)
        if row["n_documents"]
    }


def show(edition: Edition, subjects: Sequence[Subject], pick: str) -> bool:
    """Show links to the reports of a month on a place, if it is that which is picked out."""
    for subject in subjects:
        for month in subject.known.coverage["month"]:
            if reports_pick(subject.place_id, month) != pick:
                continue
            told = _("{place}: reports published in {month}")
            html("<h3>{}</h3>", told.format(place=subject.name, month=month_in_words(month)))
            named = {one for documents in subject.known.bands["document_ids"] for one in documents}
            for row in records(reads.documents(edition)):
                day = as_date(row["published"])
                if row["document_id"] in named and day and day.replace(day=1) == month:
                    parts = (row["publisher"] or _(words.NO_PUBLISHER), evidence.day(day), row["title"])
                    links.document_link(row["document_id"], None, " · ".join(part for part in parts if part))
            return True
    return False
