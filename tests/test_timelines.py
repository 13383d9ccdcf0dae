"""A timeline shows every observation of a place, and the reports that each month rests on."""

from __future__ import annotations

import datetime as dt

import pytest
from analysis_tables import FewPlaces, figure, figures, incident, incidents

from geotrack.analysis import incident_timeline, timeline
from geotrack.errors import UnknownPlaceError


def test_each_band_says_how_it_speaks_of_the_place() -> None:
    """The place's own, those inside it, groups with it, and wider ones; others are not there."""
    rows = [
        figure("own", 1, "AZ-AGM", "2023-01-01/2023-01-07"),
        figure("inside", 2, "gn:1", "2023-01-08/2023-01-08"),
        figure("group", 3, "AZ-AGM AZ-LAC", "2023-01-09/2023-01-15"),
        figure("region", 4, "AZ:north", "2023-01-16/2023-01-22"),
        figure("country", 5, "AZ", "2023-01-23/2023-01-29"),
        figure("elsewhere", 6, "AZ-LAC", "2023-01-23/2023-01-29"),
        figure("other", 7, "AZ-AGM", "2023-01-23/2023-01-29", measure="uxo_found"),
    ]
    bands = timeline(figures(*rows), FewPlaces(), place_id="AZ-AGM", measure="items_found").bands
    assert dict(zip(bands["observation_id"], bands["scope"], strict=True)) == {
        "own": "own",
        "inside": "inside",
        "group": "group",
        "region": "wider",
        "country": "wider",
    }


def test_a_month_without_reports_is_zero_and_undated_documents_are_counted_apart() -> None:
    """Coverage runs from the first month to the last; each document counts once."""
    rows = [
        figure("a", 1, "AZ-AGM", "2022-12-01/2022-12-31", published=dt.date(2022, 12, 31), document_id="d1"),
        figure("b", 2, "AZ-AGM", "2022-01-01/2022-12-31", published=dt.date(2022, 12, 31), document_id="d1"),
        figure("c", 3, "AZ-AGM", "2023-01-01/2023-01-31", published=dt.date(2023, 2, 3)),
        figure("d", 4, "AZ-AGM", "2023-02-01/2023-02-28", published=None),
    ]
    found = timeline(figures(*rows), FewPlaces(), place_id="AZ-AGM", measure="items_found")
    assert found.coverage.to_numpy().tolist() == [
        [dt.date(2022, 12, 1), 1],
        [dt.date(2023, 1, 1), 0],
        [dt.date(2023, 2, 1), 1],
    ]
    assert found.undated_documents == 1


def test_incidents_of_a_place_are_bands_too() -> None:
    """Those in the place and its settlements, merged."""
    rows = [
        incident("a", "2023-05-01", "gn:1", killed=1),
        incident("b", "2023-05-01", "AZ-AGM", killed=1),
        incident("c", "2023-05-01", "AZ", killed=9),
        incident("d", "2023-06-01", "AZ-FUZ"),
    ]
    found = incident_timeline(incidents(*rows), FewPlaces(), place_id="AZ-AGM")
    assert found.bands["incident_ids"].tolist() == [["a", "b"]]
    assert found.coverage["n_documents"].tolist() == [2]


def test_an_unknown_place_is_refused() -> None:
    """The error names the id."""
    with pytest.raises(UnknownPlaceError, match="AZ-NOPE"):
        timeline(figures(), FewPlaces(), place_id="AZ-NOPE", measure="items_found")
