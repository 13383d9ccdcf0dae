"""The tracker answers as its parts do, by names, and notices that its database has changed."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geotrack import Document, Tracker, seeds_folder
from geotrack.analysis import Ledger, total
from geotrack.errors import StoreError, UnknownPlaceError, UsageError

FIRST, LAST = dt.date(2020, 11, 10), dt.date(2025, 12, 31)


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    """Give a tracker of the example reports."""
    with Tracker.open(tmp_path_factory.mktemp("tracker") / "one.db") as opened:
        opened.ingest(seeds_folder())
        yield opened


def test_a_total_is_that_of_its_parts(tracker: Tracker) -> None:
    """The place by name in any language, the facts reconciled once."""
    ledger = Ledger(tracker.store.figures(), tracker.gazetteer, incidents=tracker.store.incidents())
    expected = total(ledger, measure="uxo_found", place_id="AZ", start=FIRST, end=LAST)
    for name in ("AZ", "Azerbaijan", "Azərbaycan", "Азербайджан"):
        found = tracker.total("uxo_found", name, start=FIRST, end=LAST)
        assert found.to_dict() == expected.to_dict()
        assert found.value_si
    assert tracker.ledger() is tracker.ledger()


def test_what_is_stated_and_when(tracker: Tracker) -> None:
    """Observations, bands of a measure, and incidents of a place."""
    stated = tracker.observations("uxo_found", "Azerbaijan")
    assert {one.measure for one in stated.items} == {"uxo_found"}
    assert len(tracker.timeline("uxo_found", "Azerbaijan").bands) >= len(stated.items)
    assert set(tracker.timeline("incidents", "Ukraine").bands["place_ids"].map(len)) == {1}
    sure = tracker.observations("uxo_found", "Azerbaijan", min_confidence=0.99)
    assert len(sure.items) < len(stated.items)


def test_a_map_is_a_table_and_a_page(tracker: Tracker, tmp_path: Path) -> None:
    """Its table has all units with their outlines; its page is the one that is saved."""
    found = tracker.choropleth("area_contaminated", "AZ")
    assert found.table.crs == "EPSG:4326"
    assert found.table["value"].notna().any()
    assert found.table["value"].isna().any()
    assert found.table.attrs["unit"]
    saved = found.save(tmp_path / "map.html").read_text("utf-8")
    assert saved.startswith("<!DOCTYPE html>")
    shown = re.search(r'<iframe src="data:text/html;charset=utf-8;base64,([^"]+)"', found._repr_html_())
    assert shown
    assert base64.b64decode(shown[1]).decode().strip() == saved.strip()


def test_an_export_has_what_was_asked_for(tracker: Tracker, tmp_path: Path) -> None:
    """The country and the day that metadata state."""
    written = tracker.export(tmp_path, country="Ukraine", built_on=dt.date(2026, 1, 1))
    assert {path.suffix for path in written} == {".geojson", ".json"}
    about = json.loads((tmp_path / "metadata.json").read_text("utf-8"))
    assert "2026-01-01" in json.dumps(about)
    rows = json.loads((tmp_path / "incidents.geojson").read_text("utf-8"))["features"]
    assert rows
    assert all("UA" in json.dumps(row["properties"]) for row in rows)


def test_it_notices_what_came_in(tmp_path: Path) -> None:
    """A text is read without being stored; a file is stored, and counts from then on."""
    text = "In May 2024, 31 anti-tank mines were found in Aghdam district."
    with Tracker.open(tmp_path / "one.db") as tracker:
        assert [one.value for one in tracker.read(Document(text)).figures] == [31]
        assert tracker.total("at_mines_found", "Aghdam").value_si is None
        (tmp_path / "may.txt").write_text(text)
        assert tracker.ingest(tmp_path / "may.txt").new == 1
        assert tracker.total("at_mines_found", "Ağdam").value_si == 31
    with Tracker.open(tmp_path / "one.db", read_only=True) as tracker:
        assert len(tracker.store.documents()) == 1


def test_what_makes_no_sense_is_told(tracker: Tracker, tmp_path: Path) -> None:
    """No measure, no place, no database."""
    with pytest.raises(UsageError, match="No measure 'mines'"):
        tracker.total("mines", "AZ")
    with pytest.raises(UnknownPlaceError, match="Aghdam"):
        tracker.total("killed", "Agdhamm")
    with pytest.raises(StoreError, match="does not exist"):
        Tracker.open(tmp_path / "none.db", read_only=True)
