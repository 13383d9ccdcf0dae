"""The pages Export and About without a browser: what the files hold, and what the numbers rest on."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import fresh_caches, opened, plain  # noqa: F401 - the first by its name

from geotrack.app import downloads, links, reads
from geotrack.config import Settings
from geotrack.export import ExportFilter


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples.fill(tmp_path / "app.db")
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "app.db"))


def test_export_says_what_the_files_hold_and_are_not_for() -> None:
    """The counts are those of the files; where nothing matches it says what to do."""
    app = opened(links.EXPORT, country="AZ")
    library = reads.open_library(Settings.read())
    packed = zipfile.ZipFile(io.BytesIO(downloads.export_zip(library, ExportFilter("AZ"), "csv")))
    rows = {name: packed.read(f"{name}.csv").count(b"\r\n") - 1 for name in ("figures", "incidents")}
    told = f"{rows['figures']} figures and {rows['incidents']} reports of incidents"
    assert f"With these filters: {told}." in plain(app)
    assert "Not for navigation or operations." in plain(app)
    app = opened(links.EXPORT, country="AZ", **{"from": "1991-01-01", "to": "1991-02-01"})
    assert "Nothing matches" in plain(app)


def test_the_measure_that_the_map_to_send_opens_on_is_in_the_address() -> None:
    """The one asked for where it is reported of the country, else the first that is."""
    app = opened(links.EXPORT, country="AZ", measure="area_cleared")
    assert app.selectbox(key="export measure").value == "area_cleared"
    app.selectbox(key="export country").set_value("").run()
    assert "measure" not in app.query_params
    app = opened(links.EXPORT, country="AZ", measure="people_at_risk")
    assert app.query_params["measure"] == app.selectbox(key="export measure").value != "people_at_risk"


def test_hxl_tags_are_a_row_that_is_asked_for() -> None:
    """The switch stands in the address, and adds the row to each table."""
    app = opened(links.EXPORT, hxl="1")
    assert app.toggle(key="export hxl").value is True
    app.toggle(key="export hxl").set_value(False).run()
    assert "hxl" not in app.query_params
    library = reads.open_library(Settings.read())
    for hxl in (False, True):
        packed = downloads.export_zip(library, ExportFilter(), "csv", hxl=hxl)
        second = zipfile.ZipFile(io.BytesIO(packed)).read("incidents.csv").splitlines()[1]
        assert second.count(b"#") >= 5 if hxl else b"#" not in second


def test_about_tells_caveats_method_boundaries_and_state() -> None:
    """What a reader must know of a number, where borders come from, and which database is shown."""
    app = opened(links.ABOUT)
    for told in (
        "Not for navigation or operations.",
        "How a number comes about",
        "Natural Earth 1:10m, mended with GeoNames settlements",
        "It holds 2 documents",
    ):
        assert told in plain(app)
