"""Words of strangers in what leaves the app: exports stay whole, sheets run and charts compute nothing."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import altair as alt
import analysis_tables
import geopandas as gpd
import pandas as pd
import pytest
import shapely
from analysis_tables import FewPlaces, figure, figures, incident, incidents

from geotrack.analysis import timeline
from geotrack.charts import coverage_field, timeline_chart
from geotrack.export import Districts, ExportContent, export

FORMULA = '=HYPERLINK("http://evil.example";1)'
HOSTILE = (
    FORMULA + " ${alert(1)} {{7*7}} <script>alert(1)</script><svg/onload=alert(1)> [x](javascript:alert(1)) "
    '\\" \u202e\u2066 \u0000\x1b[31m \r\n;=1+1 datum.x event.view.alert(1) #{x}'
)
FIELDS = ("publisher", "title", "url", "text", "sentence", "origin")
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")


class HostilePlaces(FewPlaces):
    """A gazetteer whose names, as those of imported outlines, were made to do harm."""

    def __init__(self) -> None:
        self._places = {one.id: replace(one, name=f"{HOSTILE} {one.id}") for one in analysis_tables.PLACES}


@pytest.fixture(scope="module")
def content() -> ExportContent:
    """Return facts, places and outlines in which every text is hostile."""
    told = dict.fromkeys(FIELDS, HOSTILE)
    units = gpd.GeoDataFrame(
        {"name": [HOSTILE], "approximate": [False], "source": [HOSTILE], "area_km2": [95.0]},
        geometry=[shapely.MultiPolygon([shapely.box(46, 39, 47, 40)])],
        index=pd.Index(["AZ-AGM"], name="place_id"),
        crs="EPSG:4326",
    )
    return ExportContent(
        figures=figures(figure("f1", 30, "AZ-AGM", "2023-02-01/2023-02-28", **told)),
        incidents=incidents(incident("i1", "2023-05-01", "gn:2", killed=1, victims=[HOSTILE], **told)),
        places=HostilePlaces(),  # type: ignore[arg-type] - as much of a gazetteer as is asked for
        districts=(Districts("AZ", "adm1", units, HOSTILE, HOSTILE),),
        built_on=dt.date(2024, 5, 6),
        redacted=False,
    )


def test_no_cell_of_any_sheet_begins_as_a_formula(content: ExportContent, tmp_path: Path) -> None:
    """Names of places, titles, publishers, addresses, victims: each is there, and none is run."""
    export(content, tmp_path, "csv", hxl=True)
    seen = 0
    for file in tmp_path.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as held:
            cells = [one for row in csv.reader(held) for one in row]
        assert [
            one for one in cells if one.startswith(_RUN) and not one.lstrip("-").replace(".", "").isdigit()
        ] == []
        seen += sum("HYPERLINK" in one for one in cells)
    assert seen >= 2 * len(FIELDS)


def test_geojson_says_what_was_said(content: ExportContent, tmp_path: Path) -> None:
    """Each file is JSON, and its texts are the very ones."""
    export(content, tmp_path, "geojson")
    words: list[str] = []
    for file in tmp_path.glob("*json"):
        words += _texts(json.loads(file.read_text(encoding="utf-8")))
    assert words.count(HOSTILE) >= 2 * len(FIELDS)


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from _texts(one)


def _computed(spec: Any) -> Iterator[str]:
    """Yield what a chart computes, fetches or links to, wherever in it."""
    if isinstance(spec, list):
        for one in spec:
            yield from _computed(one)
    elif isinstance(spec, dict):
        for name, one in spec.items():
            if name in (
                "expr",
                "signal",
                "calculate",
                "filter",
                "test",
                "href",
                "url",
                "labelExpr",
                "field",
                "update",
            ):
                yield json.dumps(one)
            yield from _computed(one)


def test_charts_show_words_and_compute_none() -> None:
    """A stranger's words are data or a title; no expression, filter, link or name of a field holds them."""
    rows = [figure("a", 3, "AZ-AGM", "2023-01-01/2023-01-31", **dict.fromkeys(FIELDS, HOSTILE))]
    months = pd.DataFrame(
        {"month": [pd.Timestamp("2023-01-01").date()], "key": [HOSTILE], "n_documents": [1]}
    )
    told = timeline(figures(*rows), HostilePlaces(), place_id="AZ-AGM", measure="items_found")  # type: ignore[arg-type]
    charts: list[alt.TopLevelMixin] = [
        timeline_chart(told, title=HOSTILE),
        coverage_field(months, {HOSTILE: HOSTILE}, "Publisher"),
    ]
    for chart in charts:
        spec = chart.to_dict()
        assert any("HYPERLINK" in one for one in _texts(spec))
        assert [one for one in _computed(spec) if "HYPERLINK" in one] == []
