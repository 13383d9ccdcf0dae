"""What a person says of which facts are one goes before what the facts say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from analysis_tables import FewPlaces, figure, figures, incident, incidents
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from geotrack.analysis import Ledger, incidents_by_place, link_misfits, merge_incidents, total
from geotrack.analysis.links import settled
from geotrack.cli import app
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Incident, Place, Reading, Source, fact_id
from geotrack.store import Store

SAID = {"linked_by": "Aysel", "linked_on": dt.date(2024, 5, 6)}
PLACES = FewPlaces()


def told(*rows: dict[str, Any]) -> list[list[str]]:
    """Return the incident ids of each event, sorted."""
    return sorted(merge_incidents(incidents(*rows), PLACES)["incident_ids"].tolist())


def blast(name: str, date: str = "2023-05-01", place: str = "gn:2", **more: Any) -> dict[str, Any]:
    """Return one telling of an explosion that killed one."""
    return incident(name, date, place, **{"killed": 1, **more})


class TestIncidents:
    """Links join, `--apart` keeps apart, whatever day, place and victims say."""

    def test_a_link_joins_what_nothing_else_would(self) -> None:
        """Other days, districts, victims: one explosion, with every disagreement named."""
        rows = [blast("a"), blast("b", "2023-06-09", "gn:3", killed=2, same_as="a", **SAID)]
        assert told(blast("a"), blast("b", "2023-06-09", "gn:3", killed=2)) == [["a"], ["b"]]
        event = merge_incidents(incidents(*rows), PLACES).iloc[0]
        assert event["incident_ids"] == ["a", "b"]
        assert [one["field"] for one in event["disagreements"]] == ["killed", "date", "place"]
        assert event["links"] == [
            {"incident_id": "a", "reason": "tells the same day, place, victims and device"},
            {"incident_id": "b", "reason": "linked by Aysel on 2024-05-06"},
        ]

    def test_one_that_is_kept_apart_is_an_explosion_of_its_own(self) -> None:
        """Copies of one text are two explosions when a person says so; without the word they are one."""
        assert told(blast("a"), blast("b")) == [["a", "b"]]
        rows = [blast("a"), blast("b", same_as="b", **SAID), blast("c")]
        assert told(*rows) == [["a", "c"], ["b"]]
        links = merge_incidents(incidents(*rows), PLACES).set_index("event_id")["links"]["b"]
        assert links == [{"incident_id": "b", "reason": "kept apart by Aysel on 2024-05-06"}]

    def test_a_link_moves_a_telling_out_of_the_event_that_it_fits(self) -> None:
        """It goes with the one named, not with its copy."""
        rows = [blast("a"), blast("b", same_as="far"), blast("far", "2023-08-08", "gn:3")]
        assert told(*rows) == [["a"], ["b", "far"]]

    def test_two_of_one_document_are_one_when_a_person_says_so(self) -> None:
        """Reconciling never merges what one document tells twice."""
        rows = [blast("a", document_id="d"), blast("b", document_id="d")]
        assert told(*rows) == [["a"], ["b"]]
        rows[1]["same_as"] = "a"
        assert told(*rows) == [["a", "b"]]

    def test_the_most_precise_telling_leads_whoever_was_linked_to_it(self) -> None:
        """A day and a village linked to a month and a district stand for the event."""
        rows = [blast("a", "2023-05", "AZ"), blast("b", "2023-06-09", "gn:3", same_as="a")]
        event = merge_incidents(incidents(*rows), PLACES).iloc[0]
        assert (event["date"], event["place_ids"]) == ("2023-06-09", ["gn:3"])

    def test_totals_maps_and_ledgers_follow(self) -> None:
        """Two dead of two explosions are one of one, in every answer that counts them."""
        apart = [blast("a"), blast("b", "2023-06-09")]
        joined = [blast("a"), blast("b", "2023-06-09", same_as="a")]
        dead = []
        for rows in (apart, joined):
            table = incidents(*rows)
            unit = incidents_by_place(table, PLACES, level="adm1", adm0="AZ").table.loc["AZ-AGM"]
            book = Ledger(figures(), PLACES, incidents=table)
            found = total(book, measure="killed", place_id="AZ-AGM").value_si
            dead.append((unit["n_incidents"], unit["killed"], found))
        assert dead == [(2, 2, 2), (1, 1, 1)]

    @pytest.mark.parametrize(
        "same_as", [{"b": "a", "c": "b"}, {"a": "b", "b": "c"}, {"a": "b", "b": "a", "c": "a"}]
    )
    def test_links_are_followed(self, same_as: dict[str, str]) -> None:
        """A goes with b and b with c, in any direction and round in a ring: all three are one."""
        rows = [
            blast(name, f"2023-0{at}-01", same_as=same_as.get(name)) for at, name in enumerate("abc", start=1)
        ]
        assert told(*rows) == [["a", "b", "c"]]

    def test_what_is_linked_to_a_rejected_one_stays_together_and_is_reconciled(self) -> None:
        """The word that two are one outlives the fact that it was said about."""
        rows = [
            blast("a", "2023-05-01"),
            blast("b", "2023-05-01", same_as="gone"),
            blast("c", "2023-09-01", same_as="gone"),
            blast("gone", "2023-07-01", review="rejected"),
        ]
        assert told(*rows) == [["a", "b", "c"]]


NAMES = "abcdef"


@given(
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from([*NAMES, "gone"])),
    st.permutations(NAMES),
    st.randoms(use_true_random=False),
)
def test_laws_of_links(same_as: dict[str, str], rows: list[str], dice: Any) -> None:
    """No order of rows matters; what links connect is in one event, and what stands alone meets no other."""
    kinds = {name: blast(name, f"2023-05-{1 + at // 2:02}") for at, name in enumerate(NAMES)}
    table = [{**kinds[name], "same_as": same_as.get(name)} for name in rows]
    found = told(*table)
    dice.shuffle(table)
    assert told(*table) == found
    event = {name: at for at, ids in enumerate(found) for name in ids}
    assert sorted(event) == sorted(NAMES)
    for name, other in same_as.items():
        if other in event:
            assert event[name] == event[other]
        if other == name:
            with_it = _connected(name, same_as)
            assert set(found[event[name]]) == with_it


def _connected(name: str, same_as: dict[str, str]) -> set[str]:
    found = {name}
    while more := {one for one, to in same_as.items() if to in found} - found:
        found |= more
    return found


class TestFigures:
    """The same laws hold for figures, and a link says who made it when."""

    WEEK = "2023-05-01/2023-05-07"

    @pytest.mark.parametrize(
        "same_as", [{"b": "a", "c": "b"}, {"a": "b", "b": "c"}, {"a": "b", "b": "a", "c": "a"}]
    )
    def test_links_are_followed(self, same_as: dict[str, str]) -> None:
        """In any direction, and round in a ring."""
        rows = [
            figure(name, 10**at, "AZ-AGM", self.WEEK, same_as=same_as.get(name))
            for at, name in enumerate("abc")
        ]
        for order in (rows, rows[::-1]):
            items = Ledger(figures(*order), PLACES).observations().items
            assert [one.figure_ids for one in items] == [("a", "b", "c")]

    def test_a_link_says_who_made_it_when(self) -> None:
        """By name and day."""
        rows = [
            figure("a", 34, "AZ-AGM", self.WEEK),
            figure("b", 99, "AZ-AGM", self.WEEK, same_as="a", **SAID),
            figure("c", 99, "AZ-AGM", self.WEEK, same_as="c", **SAID),
        ]
        links = Ledger(figures(*rows), PLACES).observations().links.set_index("figure_id")["reason"]
        assert links["b"] == "linked by Aysel on 2024-05-06"
        assert links["c"] == "kept apart by Aysel on 2024-05-06"


def test_what_is_not_linked_is_left_to_reconciling() -> None:
    """Links to what is not there free one fact, and hold the others to it."""
    assert settled({}, "ab") == {}
    assert settled({"a": "gone", "b": "gone", "c": "c"}, "bac") == {"a": "b", "c": "c"}


class TestMisfits:
    """What a link joins though it does not fit is named; what reconciling would join is not."""

    WEEK = "2023-05-01/2023-05-07"

    def between(self, *rows: dict[str, Any]) -> list[str]:
        """Return what does not fit between two facts, asked in both directions."""
        table = figures(*rows) if "figure_id" in rows[0] else incidents(*rows)
        there, back = (link_misfits(table, *pair, PLACES) for pair in ("ab", "ba"))
        assert [one.split(",")[0] for one in there] == [one.split(",")[0] for one in back]
        return there

    def test_figures(self) -> None:
        """Values, days and places."""
        one = figure("a", 34, "AZ-AGM", self.WEEK)
        assert self.between(one, figure("b", 34, "AZ", self.WEEK)) == []
        assert self.between(one, figure("b", 35, "AZ-FUZ", "2023-06-01/2023-06-07")) == [
            "the values differ, 34 and 35",
            "the days differ, 2023-05-01 to 2023-05-07 and 2023-06-01 to 2023-06-07",
            "the places differ, Aghdam and Fuzuli",
        ]
        other = figure("b", 34, "AZ-AGM", self.WEEK, measure="mines_found")
        assert self.between(one, other) == ["the measures differ, so that they stay two"]
        refused = self.between(one, {**one, "figure_id": "b", "review": "rejected"})
        assert refused == ["b is left out, rejected in review"]

    def test_incidents(self) -> None:
        """Days, places, victims and devices."""
        assert self.between(blast("a"), blast("b", "2023-05-02", "AZ-AGM")) == []
        assert self.between(blast("a"), blast("b", "2023-05-03", "gn:3", killed=2, device="UXO")) == [
            "the days differ, 2023-05-01 and 2023-05-03",
            "the places differ, Sarijali and Horadiz",
            "the victims differ, killed 1 and killed 2",
            "the devices differ, mine and UXO",
        ]
        assert link_misfits(incidents(blast("a")), "a", "gone", PLACES) == []


def test_the_command_links_undoes_and_warns(tmp_path: Path) -> None:
    """From the database to the events and back; what does not fit is told on stderr, and done."""
    days = (("2024-05-01", 1), ("2024-06-01", 2))
    texts = [f"A mine killed {killed} in Aghdam on {day}." for day, killed in days]
    documents = [Document(text, source=Source("Paper", dt.date(2024, 7, 1))) for text in texts]
    aghdam = Place("AZ-AGM", "Aghdam", "adm1", "AZ", "AZ-AGM")
    file = str(tmp_path / "facts.db")
    ids = []
    with Store.open(file) as store:
        for document, (day, killed) in zip(documents, days, strict=True):
            text = document.text
            one = Incident(
                id=fact_id(document.id, "incident", (0, len(text)), "incident"),
                date=day,
                places=(aghdam,),
                killed=killed,
                injured=None,
                casualties=None,
                victims=(),
                device="mine",
                text=text,
                span=(0, len(text)),
                sentence=text,
                sentence_span=(0, len(text)),
                confidence=0.9,
                rule="test",
            )
            store.add(document, Reading(document.id, incidents=(one,), rules_version="1"))
            ids.append(one.id)

    def told_by(*words: str) -> tuple[str, int]:
        answer = CliRunner().invoke(app, ["link", ids[1], *words, "--who", "Aysel", "--db", file])
        assert answer.exit_code == 0, answer.output
        with Store.open(file) as store:
            events = merge_incidents(store.incidents(), Gazetteer.load(Path("data/gazetteer")))
        return answer.stderr, len(events)

    warned, n_events = told_by("--to", ids[0])
    assert n_events == 1
    assert "the days differ, 2024-06-01 and 2024-05-01" in warned
    assert "the victims differ, killed 2 and killed 1" in warned
    assert "places" not in warned
    assert told_by("--undo") == ("", 2)
    assert told_by("--apart") == ("", 2)
