"""A saved map of a country: every view says what the analysis says, once, in a file of bounded size."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import map_samples as samples
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geotrack.analysis import Ledger, incidents_by_place, total
from geotrack.analysis.tables import typed
from geotrack.analysis.windows import Window
from geotrack.config import data_folder
from geotrack.gazetteer import Gazetteer
from geotrack.maps import Atlas, Country, Ground, MapStyle, Scene, save_map, saving
from geotrack.maps.bundle import Bundle, Limits
from geotrack.maps.folding import fold, pack, unfold, unpack
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.saving import carried, external_references, page
from geotrack.maps.steps import ALL, tracks
from geotrack.models import Measure
from geotrack.store.frames import FIGURE_COLUMNS, INCIDENT_COLUMNS

DAY = dt.timedelta(days=1)
FIRST = dt.date(2022, 1, 1)
PLACES = ("AZ", "AZ-AGM", "AZ-FUZ", "AZ-CAB", "AZ-XVD")
PLAIN: tuple[Measure, ...] = ("mines_found", "area_cleared", "area_contaminated", "killed")
scalars = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False, allow_infinity=False)
trees = st.recursive(
    scalars | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=30,
)


@given(trees)
def test_what_is_folded_comes_out_as_it_was(value: object) -> None:
    """Equal parts are one row, 1 and True and 1.0 are not equal, and nothing is lost."""
    assert json.dumps(unfold(fold(value))) == json.dumps(value)
    assert json.dumps(unpack(pack(value))) == json.dumps(value)


def test_equal_parts_are_written_once() -> None:
    """A unit that looks the same in a hundred views costs one row."""
    unit = {"name": "Aghdam", "fill": "#fff"}
    folded = fold([dict(unit) for _ in range(100)])
    assert folded["keys"] == [("name", "fill")]
    assert len(folded["rows"]) == 4


@pytest.mark.parametrize(
    ("last", "asked", "expected"),
    [
        (dt.date(2024, 3, 1), Window(), [("year", 3, True), ("quarter", 9, False)]),
        (dt.date(2040, 3, 1), Window(), [("year", 8, True), ("quarter", 29, False)]),
        (dt.date(2022, 8, 1), Window(), [("quarter", 3, True), ("month", 8, True)]),
        (FIRST, Window(), []),
        (
            dt.date(2024, 3, 1),
            Window(dt.date(2023, 2, 1), dt.date(2023, 12, 31)),
            [],
        ),
    ],
)
def test_steps_are_what_the_facts_bear(
    last: dt.date, asked: Window, expected: list[tuple[str, int, bool]]
) -> None:
    """Years and quarters, or finer ones; of many years the last; none for one day or outside the window."""
    found = tracks([(None, FIRST), (FIRST, last)], asked)
    assert [(one.by, len(one.steps), one.spans) for one in found] == expected


def test_steps_keep_to_the_days_asked_for() -> None:
    """A window that begins within a year cuts that year; spans are rows of neighbours."""
    asked = Window(dt.date(2022, 5, 10), dt.date(2024, 6, 30))
    years = tracks([(None, dt.date(2022, 6, 1)), (None, dt.date(2024, 6, 1))], asked)[0]
    assert (years.steps[0].start, years.steps[-1].end) == (asked.start, asked.end)
    assert len([*years.windows()]) == 6


def figure(
    number: int, measure: Measure, place: str, value: float, start: dt.date, end: dt.date
) -> dict[str, Any]:
    """Return a row of the store's figures."""
    unit = "m2" if measure.startswith("area") else "people" if measure == "killed" else "count"
    sentence = f"In all {value:g} of {measure} were reported by team {number}."
    return {
        **dict.fromkeys(FIGURE_COLUMNS),
        "figure_id": f"f{number:05}",
        "measure": measure,
        "value": value,
        "value_max": float("nan"),
        "unit": unit,
        "value_si": value,
        "unit_si": unit,
        "qualifier": "exact",
        "basis": "stock" if measure == "area_contaminated" else "period",
        "place_ids": [place],
        "start": None if measure == "area_contaminated" else start,
        "end": end,
        "confidence": 0.9,
        "rule": "made",
        **samples.quoted(sentence, f"{value:g}"),
        "document_id": f"d{number // 4}",
        **{name: [] for name in ("flags", "inferred", "done_by", "reported_by")},
    }


def incident(number: int, place: str, date: str | None) -> dict[str, Any]:
    """Return a row of the store's incidents."""
    return {
        **dict.fromkeys(INCIDENT_COLUMNS),
        "incident_id": f"i{number:05}",
        "date": date,
        "place_ids": [place],
        "killed": 1,
        "injured": number % 4,
        "device": "mine",
        "victims": ["Elvin Aliyev"],
        "confidence": 0.9,
        "rule": "made",
        **samples.quoted(f"Elvin Aliyev died in blast {number} of a mine.", "died"),
        "document_id": f"i{number}",
        **{name: [] for name in ("flags", "inferred")},
    }


@cache
def gazetteer() -> Gazetteer:
    """Return the shipped gazetteer."""
    return Gazetteer.load(data_folder() / "gazetteer")


def made(figures: int = 120, incidents: int = 12, days: int = 1000) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return facts of days, weeks, months and years in a country and some of its districts."""
    chance = random.Random(7)  # noqa: S311 - made facts need no secret
    rows = []
    for number in range(figures):
        start = FIRST + chance.randrange(days) * DAY
        length = chance.choice((0, 6, 29, 364))
        place, measure = chance.choice(PLACES), chance.choice(PLAIN)
        value = float(chance.randrange(1, 900)) * (1e4 if measure.startswith("area") else 1)
        rows.append(figure(number, measure, place, value, start, start + length * DAY))
    told = [
        incident(number, chance.choice(PLACES[1:]), str(FIRST + chance.randrange(days) * DAY))
        for number in range(incidents)
    ]
    undated = incident(99999, "AZ-AGM", None)
    return typed(rows, FIGURE_COLUMNS), typed([*told, undated], INCIDENT_COLUMNS)


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Return the districts of Azerbaijan."""
    from geotrack import boundaries

    return Ground(boundaries.layer(data_folder() / "boundaries", "AZ", "adm1"), "Boundaries: ours.")


@pytest.fixture(scope="module")
def country(ground: Ground) -> Callable[..., Country]:
    """Return a maker of made countries."""

    def make(figures: pd.DataFrame, incidents: pd.DataFrame, **style: Any) -> Country:
        drawn = MapStyle(**({"measure": "mines_found", "adm0": "AZ", "level": "adm1"} | style))
        return Country(figures, incidents, gazetteer(), {"adm1": ground}, drawn, built_on=dt.date(2026, 1, 2))

    return make


@pytest.fixture(scope="module")
def atlas(country: Callable[..., Country]) -> Atlas:
    """Return an atlas of made facts."""
    return country(*made()).atlas()


def test_every_view_says_what_a_total_says(atlas: Atlas) -> None:
    """Value and qualifier of each unit, and of the country, are those of `geotrack total` for these days."""
    book = Ledger(atlas.figures, gazetteer(), incidents=atlas.incidents)
    compared = 0
    for number, (measure, level, name) in enumerate(sorted(atlas.views)):
        if measure == INCIDENTS or number % 3:
            continue
        view, window = atlas.views[measure, level, name], atlas.windows[name]
        for unit_id in ("AZ",) if level == "country" else PLACES[1:]:
            row = view.content.totals.loc[unit_id]
            asked = total(
                book,
                measure=cast("Measure", measure),
                place_id=unit_id,
                start=window.start,
                end=window.end,
            )
            known = None if pd.isna(row["value"]) else row["value"]
            assert (known, row["qualifier"]) == (asked.value_si, asked.qualifier), (measure, name, unit_id)
            text = view.paint["units"][unit_id]["text"]
            assert bool(text) == (known is not None)
            compared += known is not None
    assert compared > 50


def test_incidents_are_counted_by_the_analysis(atlas: Atlas) -> None:
    """So many incidents lie in each district and window as `incidents_by_place` finds."""
    for name, window in atlas.windows.items():
        view = atlas.views.get((INCIDENTS, "adm1", name), atlas.blanks[INCIDENTS, "adm1"])
        counted = incidents_by_place(
            atlas.incidents, gazetteer(), level="adm1", adm0="AZ", start=window.start, end=window.end
        ).table["n_incidents"]
        pd.testing.assert_series_equal(view.content.totals["value"], counted, check_names=False)


def test_windows_without_facts_are_blank(atlas: Atlas) -> None:
    """Where no view is held, the analysis knows nothing of any unit."""
    book = Ledger(atlas.figures, gazetteer(), incidents=atlas.incidents)
    missing = [
        (measure, name)
        for measure in PLAIN
        for name in atlas.windows
        if (measure, "adm1", name) not in atlas.views
    ]
    for measure, name in missing:
        window = atlas.windows[name]
        for place in PLACES:
            asked = total(book, measure=measure, place_id=place, start=window.start, end=window.end)
            assert asked.value_si is None
    assert all(not unit["text"] for blank in atlas.blanks.values() for unit in blank.paint["units"].values())


def test_single_steps_share_their_classes(atlas: Atlas) -> None:
    """A colour means the same in every year, and each value lies within its printed class."""
    years = [
        atlas.views["mines_found", "adm1", name]
        for name in atlas.windows
        if name[5:] in {f"01-01..{year}-12-31" for year in (2022, 2023, 2024)} and name[:4] == name[12:16]
    ]
    assert len(years) == 3
    assert len({json.dumps(year.paint["legend"]["classes"]) for year in years}) == 1
    whole = atlas.views["mines_found", "adm1", ALL]
    assert whole.paint["legend"]["classes"] != years[0].paint["legend"]["classes"]


def test_a_file_holds_all_of_it(atlas: Atlas, tmp_path: Path) -> None:
    """Views, steps, sentences, sources, notes; undated incidents in the whole period alone."""
    path = save_map(tmp_path / "map.html", atlas)
    held = carried(path.read_text(encoding="utf-8"))
    views = held["views"]
    assert [one["id"] for one in views["measures"]] == [
        *("area_contaminated", "area_cleared", "mines_found", "items_found", "killed"),
        "injured",
        "casualties",
        INCIDENTS,
    ]
    assert [one["by"] for one in views["tracks"]] == ["year", "quarter"]
    assert len(views["events"][ALL]) == 13
    assert sum(len(views["events"][f"{year}-01-01..{year}-12-31"]) for year in (2022, 2023, 2024)) == 12
    assert set(atlas.figures["figure_id"]) >= set(held["quotes"]["figures"]) - set(
        atlas.incidents["incident_id"]
    )
    assert "Made on 2 January 2026." in views["notes"]
    assert views["sources"]["publishers"][0]["name"] == "The Agency"
    assert views["sources"]["count"] == "43 reports"
    assert "Aliyev" not in json.dumps(held)


def test_the_same_facts_are_the_same_bytes(country: Callable[..., Country], atlas: Atlas) -> None:
    """Neither the order of rows nor chance is in the file."""
    figures, incidents = made()
    again = country(figures.sample(frac=1, random_state=1), incidents.sample(frac=1, random_state=1)).atlas()
    assert page(again) == page(atlas)


def test_breaks_unit_and_ramp_are_of_the_measure_asked_for(country: Callable[..., Country]) -> None:
    """`--unit ha --breaks 5,50` says nothing of counts of mines."""
    asked = country(
        *made(60), measure="area_cleared", unit="km2", scheme="manual", breaks=(1.0,), ramp="cividis"
    )
    views = asked.atlas().views
    assert [one["label"] for one in views["area_cleared", "adm1", ALL].paint["legend"]["classes"]] == [
        "up to 1 km²",
        "over 1 km²",
    ]
    assert views["mines_found", "adm1", ALL].style.ramp is None


def test_what_does_not_fit_is_left_out_and_told(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With less room there are fewer sentences, and lists and notes say how many are missing."""
    whole = save_map(tmp_path / "whole.html", atlas)
    room = whole.stat().st_size + saving._SPARE_BYTES - 6000
    monkeypatch.setattr(saving, "MAX_BYTES", room)
    cut = save_map(tmp_path / "cut.html", atlas)
    assert cut.stat().st_size <= room
    held, all_held = (carried(one.read_text(encoding="utf-8")) for one in (cut, whole))
    kept, known = len(held["quotes"]["figures"]), len(all_held["quotes"]["figures"])
    assert 0 < kept < known
    assert (
        f"{kept} of {known} sentences are in this file: of each number the first ones."
        in held["views"]["notes"]
    )
    units = held["views"]["views"]["mines_found"]["country"][ALL]["story"]["units"]["AZ"]
    before = all_held["views"]["views"]["mines_found"]["country"][ALL]["story"]["units"]["AZ"]
    assert len(units["figures"]) <= len(before["figures"])
    assert held["views"]["views"].keys() == all_held["views"]["views"].keys()


def test_the_newest_incidents_are_kept_and_the_rest_counted(atlas: Atlas) -> None:
    """Of more incidents than fit the newest stand on the map; the totals still count all."""
    views = Bundle(atlas, Limits(incidents=5)).views(10**6)
    dates = sorted(filter(None, atlas.grounds["adm1"].content.events["date"]))
    assert len(views["events"][ALL]) == 5
    assert "The newest 5 incidents are in this file; 8 older ones are in the database only." in views["notes"]
    kept = {row["event_id"]: row["date"] for row in atlas.grounds["adm1"].content.events.to_dict("records")}
    assert sorted(kept[one] for one in views["events"][ALL]) == dates[-5:]
    counted = atlas.views[INCIDENTS, "adm1", ALL].content.totals["value"].sum()
    assert counted == 13


def test_no_room_at_all_is_one_clear_error(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """A map that cannot be made small enough is refused with the way out."""
    monkeypatch.setattr(saving, "MAX_BYTES", 1000)
    with pytest.raises(Exception, match="Choose a shorter window"):
        page(atlas)


def test_hostile_words_stay_packed(tmp_path: Path) -> None:
    """Whatever documents say, of figures, incidents, sources or disagreements, the page's markup has none."""
    scene = Scene(samples.content(), samples.style())
    text = save_map(tmp_path / "map.html", scene).read_text(encoding="utf-8")
    assert "window.hacked" not in text
    assert [*external_references(text)] == []
    assert samples.HOSTILE in json.dumps(carried(text), ensure_ascii=False).replace('\\"', '"')


def test_one_scene_is_an_atlas_too() -> None:
    """A scene made by hand is saved as a file of one view."""
    held = carried(page(Scene(samples.content(), samples.style())))
    assert list(held["views"]["views"]) == ["area_cleared"]
    assert held["views"]["tracks"] == []
    assert held["quotes"]["events"]["e1"]["disputes"][0].startswith(
        "People injured: 0 (The Agency); 2 (A Wire"
    )


def test_other_languages_tell_steps_in_their_own(country: Callable[..., Country]) -> None:
    """Labels of quarters and the day it was made are written as the language writes them."""
    views = Bundle(country(*made(25, 0), locale="uk").atlas(), Limits()).views(10)
    assert views["tracks"][1]["labels"][0].endswith("кв. 2022")
    assert "Створено: 2 січня 2026" in " ".join(views["notes"])


def test_fewer_tracks_hold_fewer_windows(atlas: Atlas) -> None:
    """Without quarters and rows of years three years and the whole are left."""
    small = atlas.without(1, spans=False)
    assert len(small.windows) == len(small.tracks[0].steps) + 1
    assert {key[2] for key in small.views} <= small.windows.keys()
    assert replace(small, tracks=()).windows.keys() == {ALL}


def test_judged_facts_alone_are_added_up(country: Callable[..., Country], tmp_path: Path) -> None:
    """A map of what people judged holds these facts and their sentences alone, and counts the others."""
    figures, incidents = made()
    figures["review"] = ["accepted" if number % 3 == 0 else None for number in range(len(figures))]
    judged = figures[figures["review"] == "accepted"]
    atlas = country(figures, incidents, judged=True).atlas()
    text = save_map(tmp_path / "map.html", atlas).read_text()
    held = carried(text)
    assert set(held["quotes"]["figures"]) <= set(judged["figure_id"])
    assert held["quotes"]["events"] == {}
    book = Ledger(judged, gazetteer())
    view = atlas.opening
    for unit_id in PLACES[1:]:
        asked = total(book, measure="mines_found", place_id=unit_id)
        known = view.content.totals.loc[unit_id, "value"]
        assert (None if pd.isna(known) else known) == asked.value_si
    assert view.content.left_out
    assert "only what people have reviewed" in view.subtitle


def test_cuts_for_the_size_are_told(country: Callable[..., Country], atlas: Atlas, ground: Ground) -> None:
    """Units, steps and rows of steps that are left out for the size are named; a whole file names none."""
    levels = {"adm1": ground, "adm2": ground}
    two = replace(country(*made(80)), grounds=levels).atlas()
    least = Limits(tracks=0, other_levels=False)

    def notes(of: Atlas, limits: Limits) -> str:
        return " ".join(Bundle(of, limits).views(10)["notes"])

    assert "To keep this file small" not in notes(atlas, Limits())
    assert "by month" not in notes(two, least)
    for told in ("is left out", "these steps of time are left out: Years, Quarters"):
        assert told in notes(two, least)
    assert "one by one only" in notes(atlas, Limits(tracks=1, spans=False))
