"""One explosion told in many reports is one incident, in its unit."""

from __future__ import annotations

import math
from typing import Any

from analysis_tables import FewPlaces, day, incident, incidents
from hypothesis import given
from hypothesis import strategies as st

from geotrack.analysis import IncidentTotals, incidents_by_place, merge_incidents


def ids(*rows: dict[str, Any]) -> list[list[str]]:
    """Return the incident ids of each event."""
    return merge_incidents(incidents(*rows), FewPlaces())["incident_ids"].tolist()


def totals(*rows: dict[str, Any], level: str = "adm1", adm0: str = "AZ", window: str = "/") -> IncidentTotals:
    """Return the incidents of each unit within a window `start/end`."""
    start, end = map(day, window.split("/"))
    return incidents_by_place(incidents(*rows), FewPlaces(), level=level, adm0=adm0, start=start, end=end)


def test_tellings_that_agree_are_one_event_with_all_that_is_said() -> None:
    """The settlement, the day and every known count stand; the reports are its sources."""
    events = merge_incidents(
        incidents(
            incident("a", "2023-05-01", "AZ-AGM", killed=1, device="unknown"),
            incident("b", "2023-05-01", "gn:2", injured=2),
            incident("c", "2023-05", "AZ-AGM", killed=1),
        ),
        FewPlaces(),
    )
    row = events.iloc[0]
    assert len(events) == 1
    assert (row["date"], row["place_ids"], row["killed"], row["injured"], row["device"]) == (
        "2023-05-01",
        ["gn:2"],
        1,
        2,
        "mine",
    )
    assert row["incident_ids"] == ["a", "b", "c"]


def test_what_differs_in_date_place_or_victims_is_another_event() -> None:
    """Another day, another district and another count of dead are each another explosion."""
    first = incident("a", "2023-05-01", "AZ-AGM", killed=1)
    others = [
        incident("b", "2023-05-02", "AZ-AGM", killed=1),
        incident("c", "2023-05-01", "AZ-FUZ", killed=1),
        incident("d", "2023-05-01", "AZ-AGM", killed=2),
    ]
    assert len(ids(first, *others)) == 4


def test_two_incidents_of_one_document_stay_two_however_often_they_are_told() -> None:
    """A document that tells two blasts of a day tells two; a second one telling both adds none."""
    rows = [
        incident("a", "2023-05-01", "AZ-AGM", killed=1, document_id="d1"),
        incident("b", "2023-05-01", "AZ-AGM", injured=1, document_id="d1"),
        incident("c", "2023-05-01", "AZ-AGM", killed=1, document_id="d2"),
        incident("d", "2023-05-01", "AZ-AGM", injured=1, document_id="d2"),
    ]
    assert sorted(ids(*rows)) == [["a", "c"], ["b", "d"]]


def test_each_unit_has_a_row_and_no_report_is_not_zero() -> None:
    """Counts and victims are summed where someone says them; elsewhere they are NaN."""
    table = totals(
        incident("a", "2023-05-01", "gn:1", killed=1, injured=0),
        incident("b", "2023-05-09", "AZ-AGM", injured=3),
        incident("c", "2023-05-09", "AZ-FUZ"),
    ).table
    said = [tuple(None if math.isnan(cell) else cell for cell in row) for row in table.iloc[:, :4].to_numpy()]
    assert said == [(2, 1, 3, None), (1, None, None, None), *[(None,) * 4] * 2]
    assert (table.loc["AZ-AGM", "first"], table.loc["AZ-LAC", "first"]) == ("2023-05-01", None)


def test_what_cannot_be_put_into_a_unit_or_window_is_listed() -> None:
    """A country's incident, an undated one, a month across the edge and an old one each say why."""
    found = totals(
        incident("country", "2023-05-03", "AZ", killed=9),
        incident("undated", None, "AZ-AGM"),
        incident("month", "2023-05", "AZ-FUZ", killed=1),
        incident("old", "2020-01-01", "AZ-FUZ"),
        incident("rejected", "2023-05-03", "AZ-FUZ", review="rejected"),
        incident("abroad", "2023-05-03", "UA-63"),
        window="2023-05-02/2023-05-31",
    )
    assert list(found.coarser["event_id"]) == ["country"]
    assert list(found.straddling["event_id"]) == ["undated", "month"]
    assert found.left_out.to_numpy().tolist() == [
        ["old", "outside the window"],
        ["rejected", "rejected in review"],
    ]


@st.composite
def tellings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw incidents of a few days, places and documents."""
    counts = st.sampled_from([None, 0, 1, 2])
    rows = []
    for number in range(draw(st.integers(0, 7))):
        date = draw(st.sampled_from(["2023-05-01", "2023-05-02", "2023-05", "2023", None]))
        place = draw(st.sampled_from(["AZ-AGM", "gn:1", "gn:2", "AZ-FUZ", "AZ", "AZ:north"]))
        more = {name: draw(counts) for name in ("killed", "injured")}
        rows.append(incident(f"i{number}", date, place, document_id=f"d{draw(st.integers(0, 4))}", **more))
    return rows


@given(tellings(), st.data())
def test_the_order_of_incidents_changes_nothing(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """The same incidents in any order are the same events."""
    assert ids(*data.draw(st.permutations(rows))) == ids(*rows)


@given(tellings())
def test_a_second_copy_of_every_document_adds_no_event(rows: list[dict[str, Any]]) -> None:
    """The whole collection told again by others is as many events."""
    copies = [
        {**row, "incident_id": f"z{row['incident_id']}", "document_id": f"z{row['document_id']}"}
        for row in rows
    ]
    assert len(ids(*rows, *copies)) == len(ids(*rows))


def test_an_incident_at_a_place_that_no_pack_knows_stops_nothing() -> None:
    """It is left out with the id that is unknown; the others count."""
    rows = [incident("gone", "2023-05-01", "gn:999"), incident("here", "2023-05-01", "UA-30", injured=1)]
    found = totals(*rows, level="adm2", adm0="UA")
    assert found.left_out.values.tolist() == [["gone", "names a place that no pack knows: gn:999"]]
    assert (found.table.loc["UA-30", "n_incidents"], len(found.coarser)) == (1, 0)
    assert merge_incidents(incidents(*rows), FewPlaces())["event_id"].tolist() == ["here"]
