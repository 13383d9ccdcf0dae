"""Where reports of one explosion or quantity disagree: cards, lists, exports, with the real cause."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import app_samples as samples
import fiona
import pytest
from analysis_tables import FewPlaces, figure, figures, incident, incidents
from app_samples import fresh_caches, opened, plain  # noqa: F401 - the first by its name

from geotrack.app import certainty, links
from geotrack.app.cards import by_sentence, quote
from geotrack.export import ExportContent, export
from geotrack.maps import MapStyle
from geotrack.models import Document, Reading, Source, fact_id
from geotrack.store import Review, Store

STYLE = MapStyle("area_cleared", "AZ", "adm1", dt.date(2024, 1, 1), dt.date(2024, 1, 31))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database whose two reports of one explosion disagree on how many it injured."""
    path = tmp_path / "app.db"
    samples.fill(path)
    text = "A mine went off in Qarvand on 7 May 2024, and three farmers were hurt."
    third = Document(text=text, source=Source("Gazette", dt.date(2024, 5, 9)))
    words = (text.index("mine went"), text.index(" in Qarvand"))
    with Store.open(path) as store:
        known = store.document(store.incidents()["document_id"].iloc[0]).reading.incidents[0]
        told = replace(
            known,
            id=fact_id(third.id, "incident", words),
            injured=3,
            text=text[slice(*words)],
            span=words,
            sentence=text,
            sentence_span=(0, len(text)),
        )
        store.add(third, Reading(third.id, incidents=(told,), rules_version="1"))
        store.review(Review(told.id, "linked", "Aysel", {"same_as": known.id}))
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


@pytest.mark.usefixtures("database")
def test_the_card_and_the_list_of_incidents_say_where_reports_disagree() -> None:
    """Each value with its sources, the one that is used with the reason, and who linked what."""
    app = opened(links.INCIDENTS)
    assert not app.exception
    assert app.dataframe[0].value["Reports disagree on"].tolist() == ["people injured"]
    told = plain(app)
    assert "Where reports disagree" in told
    assert re.search(r"People injured: 1 \(.*Daily\); 3 \(Gazette\)\. Used here: 1 \(it is of", told)
    assert re.search(r"Linked by Aysel on \d{4}-\d\d-\d\d\.", told)


@pytest.mark.usefixtures("database")
def test_new_incidents_are_on_the_page_of_what_is_new() -> None:
    """The explosion that no report had told of before, with its sentences."""
    app = opened(links.CHECK, view="new", country="AZ", since="2024-01-01")
    assert not app.exception
    assert any("New" in one.label and "Qarvand" in one.label for one in app.expander)
    told = plain(opened(links.CHECK, view="new", country="AZ", since="2024-05-09"))
    assert "Listed here because: its reports disagree now." in told


def rows(kind: str = "exact", place: str = "AZ-AGM", end: int = 31, **more: Any) -> list[dict[str, Any]]:
    """Return the one observation that a total of January rests on."""
    days = {"start": dt.date(2024, 1, 1), "end": dt.date(2024, 1, end)}
    return [{"observation_id": "a", "qualifier": kind, "place_ids": [place], "derived": "", **days, **more}]


@pytest.mark.parametrize(
    ("qualifier", "used", "disputed", "causes"),
    [
        ("exact", rows(), "", ["Exact: reports that"]),
        ("at_least", rows("at_least"), "a", ["At least: reports disagree"]),
        ("at_least", rows("at_least"), "", ["At least: a report gives its number as a lower limit"]),
        ("at_least", rows(end=30), "", ["At least: reports cover a part"]),
        ("at_least", rows(place="gn:2"), "", ["At least: reports cover a part"]),
        ("at_least", rows("at_least", end=9), "a", ["At least: reports disagree", "At least: reports cover"]),
        ("at_least", rows(), "", ["At least: other reports of the same days"]),
        ("approx", rows("approx"), "", ["About: a report gives this number as approximate"]),
        ("approx", rows("approx"), "a", ["About: reports disagree"]),
        ("approx", rows("approx", derived="split"), "", ["About: a share"]),
        (None, [], "", []),
    ],
)
def test_the_real_cause_of_a_bound(
    qualifier: str | None, used: list[dict[str, Any]], disputed: str, causes: list[str]
) -> None:
    """A contradiction is no missing report, and neither is a lower limit."""
    said = certainty.reasons(qualifier, used, disputed, "AZ-AGM", STYLE)
    assert len(said) == len(causes)
    assert all(one.startswith(cause) for one, cause in zip(said, causes, strict=True))
    level = replace(STYLE, measure="area_contaminated", start=None, end=None)
    assert "part of the period" not in "".join(
        certainty.reasons("at_least", rows("at_least"), "", "AZ-AGM", level)
    )


def test_a_sentence_of_two_numbers_is_shown_once_with_both_marked() -> None:
    """Words that overlap are one mark, markup in a text is text, other sentences stay apart."""
    sentence = "From <b>34</b> to 99 mines were found."

    def stated(words: str, **more: Any) -> dict[str, Any]:
        at = sentence.index(words)
        span = {"span_start": 100 + at, "span_end": 100 + at + len(words), "sentence_start": 100}
        return figure(words, 1, "AZ-AGM", document_id="d", sentence=sentence, **span, **more)

    facts = [stated("99 mines"), stated("34"), stated("99"), figure("else", 5, "AZ-AGM")]
    told, other = by_sentence(figures(*facts).to_dict("records"))
    assert (len(told), len(other)) == (3, 1)
    html = str(quote(told, "figure"))
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", html) == ["34", "99 mines"]
    assert re.sub(r"</?mark[^>]*>", "", html).count("From &lt;b&gt;34&lt;/b&gt; to 99 mines were found.") == 1


@pytest.mark.parametrize("file_format", ["geojson", "csv", "gpkg"])
def test_exports_tell_where_tellings_of_one_explosion_disagree(tmp_path: Path, file_format: str) -> None:
    """Each telling carries its explosion's id, and each disagreement its values with their sources."""
    told = [
        incident("a", "2023-05-01", "gn:2", killed=1, publisher="A"),
        incident("b", "2023-05-01", "gn:2", killed=2, publisher="B"),
        incident("c", "2023-08-01", "gn:3", killed=1, publisher="C"),
        incident("d", "2023-08-01", "gn:3", killed=1, publisher="C", review="rejected"),
    ]
    content = ExportContent(figures(), incidents(*told), FewPlaces(), (), dt.date(2024, 5, 6))
    export(content, tmp_path, file_format)
    found = {row["incident_id"]: row for row in _read(tmp_path, file_format)}
    why = "it is of the report that claims least"
    said = f"killed: 1 (A) or 2 (B), of which 1 is preferred: {why}"
    assert [found[name]["event_id"] for name in "abc"] == ["a", "a", "c"]
    assert [_list(found[name]["disagreements"]) for name in "abc"] == [[said], [said], []]


def _read(folder: Path, file_format: str) -> list[dict[str, Any]]:
    if file_format == "geojson":
        features = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))["features"]
        return [one["properties"] for one in features]
    if file_format == "csv":
        with (folder / "incidents.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    with fiona.open(folder / "geotrack.gpkg", layer="incidents") as layer:
        return [dict(one["properties"]) for one in layer]


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        return json.loads(value) if value.startswith("[") else list(filter(None, [value]))
    return list(value)
