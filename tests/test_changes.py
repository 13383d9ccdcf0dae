"""What changed: levels between two days, and everything that is new since one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from analysis_tables import FewPlaces, figure, figures, hectares, incident, incidents
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from geotrack.analysis import Changes, Ledger, changes_since, level_changes, merge_incidents
from geotrack.errors import UnknownPlaceError, UsageError

HA = 10_000.0


def ledger(*rows: dict[str, Any]) -> Ledger:
    """Return the ledger of some figures."""
    return Ledger(figures(*rows), FewPlaces())


def level(figure_id: str, value: float, as_of: str, places: str = "UA", **more: Any) -> dict[str, Any]:
    """Return contaminated land in hectares at a day."""
    return hectares(
        figure_id, value, places, f"/{as_of}", **{"measure": "area_contaminated", "basis": "stock", **more}
    )


def changed(book: Ledger, **more: Any) -> list[dict[str, Any]]:
    """Return the changes of contaminated land."""
    return level_changes(book, measure="area_contaminated", **more).to_dict("records")


EARLIER, LATER = level("a", 15_613, "2024-04-01"), level("b", 13_511, "2025-04-01")


class TestLevels:
    """A level at two days is a change, with its age and what happened meanwhile."""

    def test_the_change_of_a_level_and_its_age(self) -> None:
        """A year between the two, told sixty days after the later."""
        (row,) = changed(ledger(EARLIER, LATER), on=dt.date(2025, 5, 31))
        assert (row["change"], row["days"], row["age_days"]) == (-2102 * HA, 365, 60)
        assert row["per_year"] == pytest.approx(-2102 * HA * 365.2425 / 365)
        assert (row["qualifier"], row["slack"], row["reasons"]) == ("exact", 0.0, [])

    def test_roundings_of_both_make_the_change_uncertain(self) -> None:
        """Two numbers in thousands of hectares: half a thousand each."""
        (row,) = changed(ledger(level("a", 17_000, "2023-04-01"), level("b", 16_000, "2024-04-01")))
        assert (row["change"], row["slack"]) == (-1000 * HA, 1000 * HA)

    @pytest.mark.parametrize(
        ("before", "after", "qualifier"),
        [
            ("exact", "at_least", "at_least"),
            ("at_least", "exact", "at_most"),
            ("at_most", "exact", "at_least"),
            ("exact", "at_most", "at_most"),
            ("approx", "exact", "approx"),
            ("at_least", "at_least", "approx"),
        ],
    )
    def test_a_change_between_bounds_is_bounded_where_they_agree(
        self, before: str, after: str, qualifier: str
    ) -> None:
        """Two bounds on one side say nothing of their difference."""
        (row,) = changed(ledger(EARLIER | {"qualifier": before}, LATER | {"qualifier": after}))
        assert row["qualifier"] == qualifier

    @pytest.mark.parametrize("other", [{"place_ids": ["UA-63"]}, {"done_by": ["A"]}, {"part": "water"}])
    def test_another_place_reporter_or_part_is_another_series(self, other: dict[str, Any]) -> None:
        """Only like levels are compared."""
        assert changed(ledger(EARLIER, LATER | other)) == []

    def test_what_was_cleared_meanwhile_explains_a_part(self) -> None:
        """Clearance of 526 of 2,102 ha: about a quarter; what straddles the days or came before does not."""
        book = ledger(
            EARLIER,
            LATER,
            hectares("c", 525.5, "UA", "2024-05-01/2024-12-31"),
            hectares("s", 4204, "UA-63", "2024-05-01/2024-06-30", measure="area_surveyed"),
            hectares("old", 900, "UA", "2024-03-01/2024-04-01"),
            hectares("across", 900, "UA", "2025-03-01/2025-04-02"),
        )
        (row,) = changed(book)
        told = [(one["kind"], one["value"], one["share"], one["figure_ids"]) for one in row["reasons"]]
        assert told == [("clearance", 525.5 * HA, 0.25, ["c"]), ("survey", 4204 * HA, 2.0, ["s"])]

    def test_a_rise_has_no_share(self) -> None:
        """Survey beside a rise is told, and explains no fall."""
        book = ledger(
            LATER | {"end": dt.date(2024, 4, 1)},
            EARLIER | {"end": dt.date(2025, 4, 1)},
            hectares("s", 10, "UA", "2024-05-01/2024-06-30", measure="area_surveyed"),
        )
        (row,) = changed(book)
        assert [(one["kind"], one["share"]) for one in row["reasons"]] == [("survey", None)]

    def test_places_inside_are_asked_for_with_the_place(self) -> None:
        """An oblast's levels are of the country, not the other way round."""
        rows = [one | {"place_ids": ["UA-63"]} for one in (EARLIER, LATER)]
        assert len(changed(ledger(*rows), place_id="UA")) == 1
        assert changed(ledger(EARLIER, LATER), place_id="UA-63") == []

    def test_what_is_no_level_or_place_is_refused(self) -> None:
        """With an error that says what to ask for."""
        with pytest.raises(UsageError, match="area_contaminated"):
            level_changes(ledger(), measure="area_cleared")
        with pytest.raises(UnknownPlaceError):
            changed(ledger(), place_id="UA-NOWHERE")


def documents(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return the documents of some figures, published as their rows say."""
    seen = {row["document_id"]: row for row in rows}
    told = [
        {"document_id": one, "title": one, "publisher": row["publisher"], "published": row["published"]}
        for one, row in seen.items()
    ]
    return pd.DataFrame(told, columns=["document_id", "title", "publisher", "published"], dtype="object")


def since(day: str, *rows: dict[str, Any], **more: Any) -> Changes:
    """Return what is new in some figures since a day."""
    return changes_since(ledger(*rows), documents(*rows), since=dt.date.fromisoformat(day), **more)


def ids(table: pd.DataFrame, column: str) -> list[str]:
    """Return a column of ids."""
    return sorted(table[column])


MAY = dt.date(2025, 5, 2)
FEBRUARY = figure("feb", 30, "AZ-AGM", "2023-02-01/2023-02-28")


class TestSince:
    """New is what no earlier report states."""

    def test_a_repetition_is_a_new_report_and_no_new_observation(self) -> None:
        """The same quantity in a later paper was known before; another quantity was not."""
        again = FEBRUARY | {"figure_id": "again", "document_id": "later", "published": MAY}
        fresh = figure("mar", 40, "AZ-AGM", "2023-03-01/2023-03-31", published=MAY, document_id="later")
        found = since("2025-05-02", FEBRUARY, again, fresh)
        assert ids(found.documents, "document_id") == ["later"]
        assert ids(found.observations, "observation_id") == ["mar"]
        assert found.observations["first_stated"].tolist() == [MAY]

    def test_the_day_itself_is_new_and_the_day_before_is_not(self) -> None:
        """Since 2 May includes 2 May."""
        fresh = FEBRUARY | {"published": MAY}
        assert len(since("2025-05-02", fresh).observations) == 1
        assert len(since("2025-05-03", fresh).observations) == 0

    def test_levels_that_moved_are_told_and_those_repeated_are_not(self) -> None:
        """A level restated for a later day has not changed."""
        same = level("c", 13_511, "2025-04-30", published=MAY)
        later = LATER | {"published": MAY}
        assert since("2025-05-01", EARLIER, later, same).levels["later_id"].tolist() == ["b"]
        assert since("2025-05-01", EARLIER, LATER, same).levels.empty

    def test_a_conflict_is_new_when_a_new_report_makes_it(self) -> None:
        """Two old values have contradicted each other all along."""
        other = FEBRUARY | {"figure_id": "x", "document_id": "dx", "value": 37.0, "value_si": 37.0}
        assert len(since("2025-05-01", FEBRUARY, other | {"published": MAY}).conflicts) == 1
        assert since("2025-05-01", FEBRUARY, other).conflicts.empty

    def test_undated_reports_bring_nothing_new(self) -> None:
        """When they were published nobody knows; they are counted."""
        found = since("2020-01-01", FEBRUARY | {"published": None})
        assert (found.undated_documents, len(found.observations), len(found.documents)) == (1, 0, 0)

    def test_a_place_and_a_measure_narrow_it(self) -> None:
        """Only what speaks of them, and only reports that do."""
        lachin = figure("l", 4, "AZ-LAC", "2023-03-01/2023-03-31", measure="uxo_found")
        both = (FEBRUARY, lachin)
        assert ids(since("2023-01-01", *both, place_id="AZ-LAC").documents, "document_id") == ["d-l"]
        assert ids(since("2023-01-01", *both, measure="uxo_found").observations, "observation_id") == ["l"]
        assert len(since("2023-01-01", *both, place_id="AZ").observations) == 2

    def test_changes_go_into_json(self) -> None:
        """Days are ISO dates; an empty store has no changes."""
        told = since("2023-01-01", EARLIER, LATER).to_dict()
        assert isinstance(told["levels"], list)
        assert told["levels"][0]["later_as_of"] == "2025-04-01"
        assert since("2023-01-01").to_dict()["observations"] == []


@examples(60)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([30, 31, 500]), st.integers(0, 4)), max_size=8),
    st.integers(0, 4),
    st.data(),
)
def test_new_and_known_before_are_all(
    told: list[tuple[int, int, int]], cut: int, data: st.DataObject
) -> None:
    """What earlier reports alone state and what is new are, together, all that is stated; in any order."""
    days = [dt.date(2025, 5, 1) + dt.timedelta(days=n) for n in range(5)]
    rows = [
        figure(f"f{n}", value, "AZ-AGM", f"2023-0{month + 1}-01/2023-0{month + 1}-28", published=days[day])
        for n, (month, value, day) in enumerate(told)
    ]
    known = ledger(*(row for row in rows if row["published"] < days[cut])).observations().table
    whole = ledger(*rows).observations().table
    mixed = data.draw(st.permutations(rows))
    new = since(days[cut].isoformat(), *mixed).observations
    quantities = ["value", "start"]
    assert len(new) + len(known) == len(whole)
    assert not set(new[quantities].itertuples(index=False)) & set(known[quantities].itertuples(index=False))


class TestIncidents:
    """Explosions that are new since a day, told otherwise, or gone."""

    SINCE = dt.date(2024, 6, 1)
    OLD, NEW = dt.date(2024, 5, 10), dt.date(2024, 6, 10)

    def since(self, *rows: tuple[dict[str, Any], dt.date | None], **more: Any) -> Changes:
        """Return the changes of incidents whose documents were published on days."""
        table = incidents(*(row for row, _ in rows))
        published = [{"document_id": row["document_id"], "published": day} for row, day in rows]
        texts = {"title": None, "publisher": "A"}
        documents = pd.DataFrame([{**one, **texts} for one in published])
        book = Ledger(figures(), FewPlaces(), incidents=table)
        return changes_since(book, documents, **{"since": self.SINCE, **more})

    def told(self, *rows: tuple[dict[str, Any], dt.date | None], **more: Any) -> list[tuple[Any, ...]]:
        """Return change, ids, what was, and reason."""
        found = self.since(*rows, **more).incidents.to_dict("records")
        return [(row["change"], row["incident_ids"], row["was"], row["reason"]) for row in found]

    def blast(self, name: str, place: str = "gn:2", day: str = "2024-05-01", **more: Any) -> dict[str, Any]:
        """Return a telling of an explosion that killed one."""
        return incident(name, day, place, **{"killed": 1, **more})

    def test_one_that_no_report_told_before_is_new(self) -> None:
        """Whenever it happened; a second report of a known one brings nothing, nor does one without a day."""
        rows = [
            (self.blast("a"), self.OLD),
            (self.blast("b"), self.NEW),
            (self.blast("c", day="2023-01-01"), self.NEW),
            (self.blast("d", day="2023-02-02"), None),
        ]
        assert self.told(*rows) == [("new", ["c"], {}, "no report told of it before")]
        found = self.since(*rows).incidents
        assert found["first_stated"].tolist() == [self.NEW]
        assert self.since(*rows).to_dict()["incidents"][0]["injured"] is None

    def test_one_that_new_reports_tell_otherwise_has_changed(self) -> None:
        """The day that a new report adds, and a count that it disputes."""
        precise = [(self.blast("a", day="2024-05"), self.OLD), (self.blast("b"), self.NEW)]
        assert self.told(*precise) == [
            ("changed", ["a", "b"], {"date": "2024-05"}, "its reports tell it otherwise now")
        ]
        disputed = [(self.blast("a"), self.OLD), (self.blast("b", killed=3), self.NEW)]
        assert self.told(*disputed) == [("changed", ["a", "b"], {}, "its reports disagree now")]

    def test_two_that_turn_out_to_be_one_leave_one_gone(self) -> None:
        """A person's link since the day; one from before it changes nothing."""
        rows = [(self.blast("a"), self.OLD), (self.blast("b", "gn:3", "2024-04-04"), self.OLD)]
        for day, changed in ((self.NEW, ["changed", "gone"]), (self.OLD, [])):
            rows[1][0].update(same_as="a", linked_by="Aysel", linked_on=day)
            found = self.since(*rows).incidents
            assert found["change"].tolist() == changed
        rows[1][0].update(linked_on=self.NEW)
        gone = self.since(*rows).incidents.set_index("change").loc["gone"]
        assert (gone["into"], gone["reason"]) == ("a", "the same explosion as another incident")

    def test_one_that_a_person_keeps_apart_is_new_and_one_rejected_is_gone(self) -> None:
        """By the day of the word."""
        split = [(self.blast("a"), self.OLD), (self.blast("b"), self.OLD)]
        split[1][0].update(same_as="b", linked_on=self.NEW)
        assert self.told(*split) == [("new", ["b"], {}, "told apart from another incident")]
        for day, kinds in ((self.NEW, ["gone"]), (self.OLD, [])):
            rejected = self.blast("a", review="rejected", review_on=day)
            assert [row[0] for row in self.told((rejected, self.OLD))] == kinds

    def test_only_of_a_place_and_a_measure(self) -> None:
        """Incidents count for the numbers of victims that they tell, in the places that hold them."""
        rows = [(self.blast("a"), self.NEW), (self.blast("b", "UA6304", injured=1), self.NEW)]
        asked = {
            name: [row[1] for row in self.told(*rows, place_id=name)] for name in ("AZ-AGM", "UA", "AZ-FUZ")
        }
        assert asked == {"AZ-AGM": [["a"]], "UA": [["b"]], "AZ-FUZ": []}
        assert [row[1] for row in self.told(*rows, measure="injured")] == [["b"]]
        assert self.told(*rows, measure="area_cleared") == []
        assert self.since(*rows, measure="injured").documents["document_id"].tolist() == ["d-b"]

    @given(
        st.lists(st.sampled_from(["old", "new", "none"]), min_size=4, max_size=4), st.permutations(range(4))
    )
    @settings(deadline=None)
    def test_old_events_and_what_changed_make_those_of_now(self, ages: list[str], order: list[int]) -> None:
        """Then + new - gone = now, in whatever order facts come."""
        days = {"old": self.OLD, "new": self.NEW, "none": None}
        kinds = [
            self.blast("a", day="2024-05"),
            self.blast("b"),
            self.blast("c", "gn:3", "2024-05-01"),
            self.blast("d", "AZ-AGM", "2024-05-02", killed=2),
        ]
        rows = [(kinds[at], days[ages[at]]) for at in range(4)]
        found = self.told(*rows)
        assert found == self.told(*(rows[at] for at in order))
        then = [row for row, day in rows if day != self.NEW]
        n_then = len(merge_incidents(incidents(*then), FewPlaces()))
        n_now = len(merge_incidents(incidents(*(row for row, _ in rows)), FewPlaces()))
        kinds_of = [row[0] for row in found]
        assert n_then + kinds_of.count("new") - kinds_of.count("gone") == n_now
