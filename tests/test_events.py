"""One explosion told in many reports is one incident, in its unit."""

from __future__ import annotations

import math
from typing import Any

import pytest
from analysis_tables import FewPlaces, day, figures, incident, incidents
from hypothesis import given
from hypothesis import strategies as st

from geotrack.analysis import IncidentTotals, Ledger, conflicts, incidents_by_place, merge_incidents
from geotrack.analysis.disputes import (
    CLAIMS_LEAST,
    EARLIER,
    FIRST_DEVICE,
    FIRST_NAME,
    KNOWN_NAME,
    MORE_COMPLETE,
    MORE_PRECISE,
)
from geotrack.analysis.events import _Calendar


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


VILLAGE, OTHER_VILLAGE, TOWN = "AZ-AGM/qarvand", "AZ-AGM/garvend", "gn:1"


def one(incident_id: str, date: str = "2023-05-01", places: str = "gn:2", **more: Any) -> dict[str, Any]:
    """Return an incident of one day in a village, with one killed."""
    return incident(incident_id, date, places, **{"killed": 1, **more})


@pytest.mark.parametrize(
    ("rows", "field", "low", "high", "preferred", "reason"),
    [
        ([one("a"), one("b", killed=2)], "killed", 1, 2, 1, CLAIMS_LEAST),
        ([one("a", injured=3), one("b", killed=2)], "killed", 1, 2, 1, MORE_COMPLETE),
        (
            [one("a", places="AZ-AGM", injured=2), one("b", killed=2, injured=1)],
            *("killed", 1, 2, 2, MORE_PRECISE),
        ),
        ([one("a"), one("b", "2023-05-02")], "date", "2023-05-01", "2023-05-02", "2023-05-01", EARLIER),
        (
            [one("a"), one("b", "2023-04-30", "AZ-AGM")],
            *("date", "2023-04-30", "2023-05-01", "2023-05-01", MORE_PRECISE),
        ),
        (
            [one("a", places=VILLAGE), one("b", places=OTHER_VILLAGE)],
            *("place", OTHER_VILLAGE, VILLAGE, OTHER_VILLAGE, FIRST_NAME),
        ),
        (
            [one("a", places="AZ-AGM/sarijaly"), one("b", places="gn:2")],
            *("place", "AZ-AGM/sarijaly", "gn:2", "gn:2", KNOWN_NAME),
        ),
        (
            [one("a", device="anti-tank mine"), one("b", device="UXO")],
            *("device", "UXO", "anti-tank mine", "UXO", FIRST_DEVICE),
        ),
    ],
    ids=["count", "complete", "same toll", "day", "day of the news", "spelling", "known", "device"],
)
def test_one_explosion_with_a_disagreement_is_one_event_that_keeps_it(
    rows: list[dict[str, Any]], field: str, low: object, high: object, preferred: object, reason: str
) -> None:
    """Each value has its sources; the preferred one stands, with the reason, whatever the order."""
    for told in (rows, rows[::-1]):
        events = merge_incidents(incidents(*told), FewPlaces())
        assert events["incident_ids"].tolist() == [["a", "b"]]
        found = next(each for each in events["disagreements"][0] if each["field"] == field)
        assert [found[name] for name in ("low", "high", "preferred", "reason")] == [
            low,
            high,
            preferred,
            reason,
        ]
        assert {each["value"]: each["sources"] for each in found["sides"]}.keys() == {low, high}
        row = events.iloc[0]
        stands = {"place": row["place_ids"][0], "date": row["date"], "device": row["device"]}
        assert stands.get(field, row["killed"]) == preferred


@pytest.mark.parametrize(
    "others",
    [
        one("b", "2023-05-03"),
        one("b", "2023-05-02", killed=2),
        one("b", "2023-05-02", device="UXO"),
        one("b", "2023-05-02", killed=None, injured=1),
        one("b", "2023-05-02", "AZ"),
        one("b", places=TOWN, killed=2),
        one("b", places="AZ-AGM", killed=2),
        one("b", places="AZ-AGM", device="UXO"),
        one("b", places=TOWN),
        one("b", places="AZ-AGM/uzundara"),
        one("b", "2023-05", killed=2),
        one("b", killed=2, document_id="d-a"),
    ],
    ids=[
        *("two days", "day and count", "day and device", "day, no toll in common", "day and country"),
        *("two villages", "district and count", "district and device", "other village", "other name"),
        *("month and count", "one document"),
    ],
)
def test_what_differs_in_two_ways_or_is_not_precise_is_another_event(others: dict[str, Any]) -> None:
    """One disagreement at a precise place and day may be a report's; more are another explosion."""
    assert len(ids(one("a", device="mine"), others)) == 2


def test_devices_that_may_be_one_are_no_disagreement() -> None:
    """Unknown fits any, a mine any mine; the kind that is told most precisely stands."""
    rows = [
        one(name, device=device)
        for name, device in zip("abc", ("unknown", "mine", "anti-tank mine"), strict=True)
    ]
    events = merge_incidents(incidents(*rows), FewPlaces())
    assert events[["device", "disagreements"]].to_numpy().tolist() == [["anti-tank mine", []]]


def test_a_third_report_joins_the_two_that_disagree() -> None:
    """The district's one killed agrees with the first report; that the second says two is known already."""
    assert ids(one("a"), one("b", killed=2), one("c", places="AZ-AGM")) == [["a", "b", "c"]]


def test_what_any_document_tells_as_two_is_two_for_all() -> None:
    """One document tells a blast with one dead and one with two: they are no disagreement of others."""
    rows = [one("a", document_id="d1"), one("b", killed=2, document_id="d1")]
    assert ids(*rows, one("c"), one("d", killed=2)) == [["a", "c"], ["b", "d"]]


def test_a_disputed_count_is_no_exact_observation() -> None:
    """The least is a lower bound of the killed; the disagreement is a conflict with both sides."""
    told = incidents(one("a"), one("b", killed=3))
    book = Ledger(figures(), FewPlaces(), incidents=told)
    (found,) = book.standing("killed")
    assert (found.value, found.qualifier) == (1, "at_least")
    (row,) = conflicts(book).to_dict("records")
    assert (row["measure"], row["low"], row["high"], row["incident_ids"]) == ("killed", 1, 3, ["a", "b"])
    assert [(side["value"], side["sources"]) for side in row["sides"]] == [(1, ["p-a"]), (3, ["p-b"])]


@st.composite
def tellings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw incidents of a few days, places and documents."""
    counts = st.sampled_from([None, 0, 1, 2])
    rows = []
    for number in range(draw(st.integers(0, 7))):
        date = draw(st.sampled_from(["2023-05-01", "2023-05-02", "2023-05-03", "2023-05", "2023", None]))
        places = draw(st.sampled_from(PLACES))
        more = {name: draw(counts) for name in ("killed", "injured")}
        more["device"] = draw(st.sampled_from(["mine", "unknown", "anti-tank mine", "UXO"]))
        rows.append(incident(f"i{number}", date, places, document_id=f"d{draw(st.integers(0, 4))}", **more))
    return rows


PLACES = ("AZ-AGM", "gn:1", "gn:2", "AZ-FUZ", "AZ", "AZ:north", "gn:2 AZ-FUZ", VILLAGE, OTHER_VILLAGE)


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


@given(tellings())
def test_the_calendar_leaves_out_no_event_that_fits(rows: list[dict[str, Any]]) -> None:
    """Held against every event, each telling joins the same one; and no event holds two of one document."""
    found = ids(*rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            _Calendar, "near", lambda self, _: sorted({n for known in self._inside.values() for n in known})
        )
        assert ids(*rows) == found
    documents = {row["incident_id"]: row["document_id"] for row in rows}
    assert all(len({documents[each] for each in event}) == len(event) for event in found)


def test_an_incident_at_a_place_that_no_pack_knows_stops_nothing() -> None:
    """It is left out with the id that is unknown; the others count."""
    rows = [incident("gone", "2023-05-01", "gn:999"), incident("here", "2023-05-01", "UA-30", injured=1)]
    found = totals(*rows, level="adm2", adm0="UA")
    assert found.left_out.values.tolist() == [["gone", "names a place that no pack knows: gn:999"]]
    assert (found.table.loc["UA-30", "n_incidents"], len(found.coarser)) == (1, 0)
    assert merge_incidents(incidents(*rows), FewPlaces())["event_id"].tolist() == ["here"]
