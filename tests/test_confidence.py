"""Facts that are not sure enough are left out of every answer and counted; those that a person took stay."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import fiona
import geopandas as gpd
import map_samples
import pandas as pd
import pytest
import saved_maps
from analysis_tables import FewPlaces, figure, figures, incident, incidents
from app_samples import fill
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from geotrack.analysis import (
    incident_timeline,
    incidents_by_place,
    merge_incidents,
    observations,
    timeline,
    totals_by_place,
)
from geotrack.analysis.confidence import left_out_note, less_sure
from geotrack.cli import app
from geotrack.errors import UsageError
from geotrack.export import Districts, ExportContent, ExportFilter, export
from geotrack.maps import MapStyle, Scene, gather, save_map
from geotrack.store import Review, Store

PLACES = FewPlaces()
NO_CONFIDENCES = [-0.1, 1.1, 7, float("nan")]
sure = st.floats(0, 1)
verdicts = st.sampled_from([None, None, "accepted", "corrected", "rejected"])


def reports() -> pd.DataFrame:
    """Return a figure told surely by one paper and less so by another, and three others of one district."""
    week = "2023-01-02/2023-01-08"
    return figures(
        figure("sure", 12, "AZ-AGM", week, confidence=0.9),
        figure("unsure", 12, "AZ-AGM", week, confidence=0.6, publisher="p-sure"),
        figure("doubtful", 40, "AZ-AGM", "2023-02-01/2023-02-28", confidence=0.6),
        figure("accepted", 5, "AZ-AGM", "2023-03-01/2023-03-31", confidence=0.1, review="accepted"),
        figure("corrected", 3, "AZ-FUZ", "2023-03-01/2023-03-31", confidence=0.1, review="corrected"),
        figure("rejected", 99, "AZ-FUZ", "2023-04-01/2023-04-30", confidence=0.1, review="rejected"),
    )


def tellings() -> pd.DataFrame:
    """Return an explosion told surely and less so, and one that is told less surely only."""
    return incidents(
        incident("i1", "2023-05-01", "AZ-AGM", killed=1, confidence=0.95),
        incident("i2", "2023-05-01", "AZ-AGM", killed=1, confidence=0.4),
        incident("i3", "2023-06-01", "AZ-FUZ", injured=2, confidence=0.4),
        incident("i4", "2023-07-01", "AZ-FUZ", injured=1, confidence=0.4, review="accepted"),
    )


def totals(least: float) -> dict[str, float]:
    """Return what was found in each district as far as it is known."""
    found = totals_by_place(
        reports(), PLACES, measure="items_found", level="adm1", adm0="AZ", min_confidence=least
    )
    return found.table["value"].dropna().to_dict()


def test_totals_count_what_is_sure_enough_and_what_a_person_took() -> None:
    """Less sure figures add nothing; accepted and corrected ones do, however unsure; rejected never."""
    assert totals(0) == {"AZ-AGM": 57, "AZ-FUZ": 3}
    assert totals(0.7) == {"AZ-AGM": 17, "AZ-FUZ": 3}
    assert totals(0.95) == {"AZ-AGM": 5, "AZ-FUZ": 3}


def test_what_is_left_out_says_why() -> None:
    """Each figure that a filter leaves out is listed with its confidence; a rejected one keeps its reason."""
    found = observations(reports(), PLACES, min_confidence=0.7)
    assert found.left_out.to_dict("split")["data"] == [
        ["doubtful", "confidence 0.6 is below 0.7"],
        ["rejected", "rejected in review"],
        ["unsure", "confidence 0.6 is below 0.7"],
    ]
    assert [one.figure_ids for one in found.items] == [("sure",), ("accepted",), ("corrected",)]


def test_bands_of_a_timeline_are_sure_enough() -> None:
    """A place over time shows no less sure band, of figures or of incidents."""
    bands = timeline(reports(), PLACES, place_id="AZ-AGM", measure="items_found", min_confidence=0.7).bands
    assert bands["figure_ids"].tolist() == [["sure"], ["accepted"]]
    told = incident_timeline(tellings(), PLACES, place_id="AZ", min_confidence=0.7).bands
    assert told["incident_ids"].tolist() == [["i1"], ["i4"]]


def test_an_explosion_stands_while_one_report_of_it_is_sure_enough() -> None:
    """Less sure tellings leave their event; one that has no other is gone, and listed with its reason."""
    assert merge_incidents(tellings(), PLACES)["incident_ids"].tolist() == [["i1", "i2"], ["i3"], ["i4"]]
    found = incidents_by_place(tellings(), PLACES, level="adm1", adm0="AZ", min_confidence=0.7)
    assert found.table["n_incidents"].dropna().to_dict() == {"AZ-AGM": 1, "AZ-FUZ": 1}
    assert found.left_out.to_dict("split")["data"] == [
        ["i2", "confidence 0.4 is below 0.7"],
        ["i3", "confidence 0.4 is below 0.7"],
    ]


@given(st.lists(st.tuples(sure, verdicts), max_size=8), sure)
def test_a_filter_is_the_same_as_the_facts_without_those_below_it(
    drawn: list[tuple[float, str | None]], least: float
) -> None:
    """Filtering comes before merging: nothing left out has a say in what stands."""
    rows = [
        figure(f"f{n}", 10 + n % 3, "AZ-AGM", confidence=one, review=verdict)
        for n, (one, verdict) in enumerate(drawn)
    ]
    table = figures(*rows)
    gone = less_sure(table, least)
    kept = table.drop(index=gone.index)
    assert observations(table, PLACES, min_confidence=least).items == observations(kept, PLACES).items
    assert gone["review"].isna().all()
    assert (gone["confidence"] < least).all()
    assert ((kept["confidence"] >= least) | kept["review"].notna()).all()


@given(st.lists(sure, max_size=8), sure, sure)
def test_a_higher_demand_never_brings_a_fact_back(drawn: list[float], one: float, other: float) -> None:
    """What is left out at one confidence is left out at every higher one."""
    table = figures(*(figure(f"f{n}", 1, "AZ-AGM", confidence=each) for n, each in enumerate(drawn)))
    low, high = sorted((one, other))
    assert set(less_sure(table, low)["figure_id"]) <= set(less_sure(table, high)["figure_id"])


def test_a_fact_without_a_confidence_is_as_sure_as_nothing() -> None:
    """It stands while all facts are asked for, and never beside those that are sure."""
    table = figures(figure("f", 1, "AZ-AGM", confidence=None))
    assert len(observations(table, PLACES).items) == 1
    assert observations(table, PLACES, min_confidence=0.01).items == ()
    assert less_sure(table, 0.01)["figure_id"].tolist() == ["f"]


@pytest.mark.parametrize("least", NO_CONFIDENCES)
def test_what_is_no_confidence_is_refused(least: float) -> None:
    """Everything that takes one says that it goes from 0 to 1."""
    with pytest.raises(UsageError, match="from 0"):
        observations(reports(), PLACES, min_confidence=least)
    with pytest.raises(UsageError, match="from 0"):
        merge_incidents(tellings(), PLACES, min_confidence=least)
    with pytest.raises(UsageError, match="from 0"):
        ExportFilter(min_confidence=least)
    with pytest.raises(UsageError, match="from 0"):
        drawn(least)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 0), "1 figure with a confidence below 0.7 is left out."),
        ((0, 2), "2 reports of incidents with a confidence below 0.7 are left out."),
        ((1200, 1), "1,200 figures and 1 report of an incident with a confidence below 0.7 are left out."),
        ((0, 0), "No fact is left out: all have a confidence of 0.7 or more."),
    ],
)
def test_what_is_left_out_is_told_in_words(counts: tuple[int, int], told: str) -> None:
    """A sentence counts figures and reports of incidents; without a filter there is none."""
    assert left_out_note(*counts, min_confidence=0.7) == told
    assert left_out_note(*counts, min_confidence=0) == ""


def squares() -> Districts:
    """Return the outline of one district."""
    units = gpd.GeoDataFrame(
        {"name": ["Aghdam"], "approximate": [False], "source": "drawn by hand", "area_km2": [9500.0]},
        geometry=map_samples.polygons().geometry.iloc[:1].to_list(),
        index=pd.Index(["AZ-AGM"], name="place_id"),
        crs="EPSG:4326",
    )
    return Districts("AZ", "adm1", units, "drawn by hand", "CC0")


def content(least: float) -> ExportContent:
    """Return what to export of facts that are sure enough."""
    return ExportContent(
        reports(),
        tellings(),
        PLACES,
        (squares(),),
        dt.date(2024, 5, 6),
        ExportFilter("AZ", min_confidence=least),
    )


def test_an_export_holds_what_is_sure_enough_and_says_so(tmp_path: Path) -> None:
    """Rows and totals lack what is less sure; the metadata says what was asked for and how much is gone."""
    export(content(0.7), tmp_path, "csv")
    assert sorted(pd.read_csv(tmp_path / "figures.csv")["figure_id"]) == ["accepted", "corrected", "sure"]
    assert sorted(pd.read_csv(tmp_path / "incidents.csv")["incident_id"]) == ["i1", "i4"]
    units = pd.read_csv(tmp_path / "districts_AZ_adm1.csv").set_index("measure")["value"]
    assert (units["items_found"], units["n_incidents"]) == (17, 1)
    told = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    assert told["filters"]["min_confidence"] == 0.7
    assert told["left_out_by_confidence"] == {"figures": 2, "incidents": 2}
    assert told["counts"]["figures"] == 3
    said = "2 figures and 2 reports of incidents with a confidence below 0.7 are left out."
    assert [notice for notice in told["notices"] if notice.startswith(said)] != []


def test_every_format_says_what_it_leaves_out(tmp_path: Path) -> None:
    """The GeoJSON member and the table of the GeoPackage tell it as the file beside them does."""
    export(content(0.7), tmp_path, "geojson")
    told = json.loads((tmp_path / "figures.geojson").read_text(encoding="utf-8"))["metadata"]
    assert told["left_out_by_confidence"] == {"figures": 2, "incidents": 2}
    export(content(0.7), tmp_path, "gpkg")
    with fiona.open(tmp_path / "geotrack.gpkg", layer="about") as rows:
        about = {row["properties"]["key"]: row["properties"]["value"] for row in rows}
    assert json.loads(about["left_out_by_confidence"]) == {"figures": 2, "incidents": 2}
    assert json.loads(about["filters"])["min_confidence"] == 0.7


def test_an_export_of_all_facts_names_no_filter(tmp_path: Path) -> None:
    """Without the filter nothing is left out for its confidence, and nothing is said of it."""
    export(content(0), tmp_path, "csv")
    told = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    assert told["filters"]["min_confidence"] is None
    assert told["left_out_by_confidence"] == {"figures": 0, "incidents": 0}
    assert "confidence" not in " ".join(told["notices"])


def drawn(least: float, **style: Any) -> Scene:
    """Return a map of the mines found in Azerbaijan."""
    asked = MapStyle("items_found", "AZ", "adm1", min_confidence=least, **style)
    return Scene(gather(reports(), tellings(), PLACES, squares().units, asked), asked)


def test_a_map_shows_what_is_sure_enough_and_says_so(tmp_path: Path) -> None:
    """Colours, incidents and lists lack what is less sure; title line and notes say what is left out."""
    scene = drawn(0.7)
    assert scene.drawn.dropna().to_dict() == {"AZ-AGM": 17, "AZ-FUZ": 3}
    assert scene.content.events["incident_ids"].tolist() == [["i1"], ["i4"]]
    said = "2 figures and 2 reports of incidents with a confidence below 0.7 are left out."
    assert (scene.subtitle, scene.content.left_out) == (
        "all reported periods, by district, confidence 0.7 or more",
        said,
    )
    page = saved_maps.told(save_map(tmp_path / "map.html", scene))
    assert said in page
    assert drawn(0).subtitle == "all reported periods, by district"
    assert drawn(0).content.left_out == ""


def test_a_map_counts_what_is_left_out_of_its_own_days() -> None:
    """Less sure facts of other days are not missing from this map."""
    window = {"start": dt.date(2023, 2, 1), "end": dt.date(2023, 5, 31)}
    said = "1 figure and 1 report of an incident with a confidence below 0.7 are left out."
    assert drawn(0.7, **window).content.left_out == said


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database with figures at 0.9 and two reports of an incident at 0.8, in a home of its own."""
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    fill(tmp_path / "facts.db")
    return tmp_path / "facts.db"


def run(*words: object) -> tuple[int, str, str]:
    """Run a command; return its exit code and what it printed on stdout and stderr."""
    answer = CliRunner().invoke(app, [*map(str, words)], env={"COLUMNS": "200"})
    return answer.exit_code, answer.stdout, answer.stderr


def test_export_counts_what_it_leaves_out(database: Path, tmp_path: Path) -> None:
    """`--min-confidence` is told on stderr, and a report that a person accepted comes back."""
    words = ("export", "--format", "csv", "--db", database, "--out", tmp_path, "--min-confidence", "0.85")
    code, printed, said = run(*words)
    assert (code, said) == (
        0,
        "geotrack: 2 reports of incidents with a confidence below 0.85 are left out.\n",
    )
    assert "incidents.csv" in printed
    assert len(pd.read_csv(tmp_path / "incidents.csv")) == 0
    assert len(pd.read_csv(tmp_path / "figures.csv")) == 2
    with Store.open(database) as store:
        first = store.incidents()["incident_id"].iloc[0]
        store.review(Review(first, "accepted", "Ana"))
    assert "1 report of an incident with" in run(*words)[2]
    assert pd.read_csv(tmp_path / "incidents.csv")["incident_id"].tolist() == [first]


def test_map_counts_what_it_leaves_out(database: Path, tmp_path: Path) -> None:
    """`--min-confidence` is told on stderr and in the file."""
    out = tmp_path / "map.html"
    words = ("map", "--measure", "area_cleared", "--country", "AZ", "--db", database, "--out", out)
    code, _, said = run(*words, "--min-confidence", "0.95")
    told = "2 reports of incidents with a confidence below 0.95 are left out."
    assert (code, said) == (0, f"geotrack: 1 figure and {told}\n")
    assert f"1 figure and {told}" in saved_maps.told(out)
    assert run(*words)[2] == ""


@pytest.mark.parametrize("command", ["export", "map"])
@pytest.mark.parametrize("least", ["7", "-0.1", "70%", "nan", "high"])
def test_a_confidence_goes_from_0_to_1(command: str, least: str) -> None:
    """Anything else is told with how to write one."""
    code, _, said = run(command, f"--min-confidence={least}")
    assert code == 2
    assert f"'{least}' is no confidence; write a number from 0 (all facts) to 1, as 0.7." in said
