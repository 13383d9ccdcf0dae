"""What pages read of a library: the same as is told fact by fact."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from app_samples import fill, fresh_caches

from geotrack.analysis.nesting import Nesting
from geotrack.app import reads
from geotrack.config import Settings
from geotrack.store import Review, Store

__all__ = ["fresh_caches"]


def test_facts_are_counted_as_one_by_one(tmp_path: Path) -> None:
    """Each fact counts once for every country, and once for every unit, that its places lie in."""
    settings = Settings.read(str(tmp_path / "g.db"))
    fill(Path(settings.database))
    edition = reads.open_library(settings).edition
    nesting = Nesting(reads.gazetteer())
    told = [*zip(reads.figures(edition)["measure"], reads.figures(edition)["place_ids"], strict=True)]
    told += [("incidents", places) for places in reads.events(edition)["place_ids"]]
    countries: dict[str, Counter[str]] = {}
    units: dict[str, Counter[str]] = {}
    for measure, places in told:
        for adm0 in {nesting.place(one).adm0 for one in places}:
            countries.setdefault(adm0, Counter())[measure] += 1
        for unit in {unit for one in places for unit in nesting.chain(one)}:
            if nesting.place(unit).level != "settlement":
                units.setdefault(unit, Counter())[measure] += 1
    assert len(told) > 1
    assert reads.facts_by_country(edition) == countries
    assert reads.facts_by_place(edition) == units


def test_after_a_verdict_only_its_document_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pages then read is what a server that has just started reads."""
    settings = Settings.read(str(tmp_path / "g.db"))
    fill(Path(settings.database))
    first = reads.open_library(settings)
    reads.ledger(first.edition).standing("area_cleared")
    figure = reads.figures(first.edition).iloc[0]
    asked: list[object] = []
    figures = Store.figures

    def noted(store: Store, document_ids: object = None) -> pd.DataFrame:
        asked.append(document_ids)
        return figures(store, document_ids)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "figures", noted)
    for verdict in ("rejected", "accepted"):
        first.store.review(Review(figure["figure_id"], verdict, "Test"))
        edition = reads.open_library(settings).edition
        table, book = reads.figures(edition), reads.ledger(edition)
        pd.testing.assert_frame_equal(table, figures(first.store))
        pd.testing.assert_frame_equal(reads.incidents(edition), first.store.incidents())
        told = {figure["figure_id"]} & {*book.refused()["figure_id"]}
        assert bool(told) is (verdict == "rejected")
    assert asked == [{figure["document_id"]}] * 2
