"""What the server makes ready before the first visitor comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_samples import fill, fresh_caches

from geotrack import charts
from geotrack.app import controls, reads, timelines
from geotrack.app.warming import warm
from geotrack.config import Settings
from geotrack.languages import spoken
from geotrack.maps import MapStyle
from geotrack.store import Store

__all__ = ["fresh_caches"]


def test_a_warm_library_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages find tables, ledger and the opening map where they look for them."""
    settings = Settings.read(str(tmp_path / "g.db"))
    fill(Path(settings.database))
    warm(settings)
    for name in ("figures", "incidents", "documents", "mentions"):
        monkeypatch.setattr(Store, name, lambda store: pytest.fail(f"{store} was read again"))
    edition = reads.open_library(settings).edition
    assert len(reads.figures(edition)) == len(reads.ledger(edition).observations().items) > 0
    assert reads.opening(edition, settings)[0] == "AZ"


def test_each_choice_of_the_map_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for another measure or for surer facts finds the map composed and the charts built."""
    settings = Settings.read(str(tmp_path / "g.db"))
    fill(Path(settings.database))
    warm(settings)
    monkeypatch.setattr(reads, "gather", lambda *_, **__: pytest.fail("a map was composed again"))
    for name in ("timeline_chart", "incident_chart"):
        monkeypatch.setattr(charts, name, lambda *_, **__: pytest.fail("a chart was built again"))
    edition = reads.open_library(settings).edition
    adm0, opening = reads.opening(edition, settings)
    level = reads.layers(settings)[adm0][0]
    asked = [(measure, 0.0) for measure in reads.facts_by_country(edition)[adm0]]
    for measure, least in (*asked, *((opening, one) for one in controls.CONFIDENCES)):
        style = MapStyle(measure, adm0, level, min_confidence=least, redacted=False)
        reads.composed(edition, style, reads.layer_key(settings, adm0, level))
        timelines.stated_charts(edition, adm0, measure, least, wider=True, locale=spoken())


@pytest.mark.parametrize("content", [None, b"no database"])
def test_what_cannot_be_read_is_left_to_the_page(tmp_path: Path, content: bytes | None) -> None:
    """An empty or a damaged library does not end the server: the page says what to do."""
    database = tmp_path / "g.db"
    if content is not None:
        database.write_bytes(content)
    warm(Settings.read(str(database)))
