"""`geotrack map`: from the database to one file."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
import saved_maps
from typer.testing import CliRunner

from geotrack.boundaries import ImportOptions, import_layer, layer
from geotrack.cli import app
from geotrack.config import Settings
from geotrack.errors import BoundaryError, OutputError, StoreError, UsageError
from geotrack.maps.saving import carried
from geotrack.models import Document, Figure, Incident, Place, Reading, Source, fact_id
from geotrack.store import Store

TEXT = "In Aghdam 123 ha were cleared last week. Elvin Aliyev, born in 1987, was killed by a mine in Fuzuli."
AGHDAM = Place("AZ-AGM", "Aghdam", "adm1", "AZ", "AZ-AGM")
FUZULI = Place("AZ-FUZ", "Fuzuli", "adm1", "AZ", "AZ-FUZ")


def reading(document: Document) -> Reading:
    """Return what the text states: a figure of one district and an incident in another."""
    first, second = TEXT.split(". ", 1)
    start = TEXT.index("123 ha")
    figure = Figure(
        id=fact_id(document.id, "figure", (start, start + 6), "area_cleared"),
        measure="area_cleared",
        value=123,
        unit="ha",
        value_si=1_230_000,
        unit_si="m2",
        qualifier="exact",
        basis="period",
        places=(AGHDAM,),
        start=dt.date(2024, 4, 29),
        end=dt.date(2024, 5, 5),
        text="123 ha",
        span=(start, start + 6),
        sentence=f"{first}.",
        sentence_span=(0, len(first) + 1),
        confidence=0.9,
        rule="test",
    )
    begin = TEXT.index(second)
    killed = TEXT.index("was killed by a mine")
    incident = Incident(
        id=fact_id(document.id, "incident", (killed, killed + 20)),
        date="2024-05-01",
        places=(FUZULI,),
        killed=1,
        injured=None,
        casualties=None,
        device="mine",
        victims=("Elvin Aliyev, born in 1987",),
        text="was killed by a mine",
        span=(killed, killed + 20),
        sentence=second,
        sentence_span=(begin, len(TEXT)),
        confidence=0.9,
        rule="test",
    )
    return Reading(document.id, figures=(figure,), incidents=(incident,), rules_version="1")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database with one report, in a home of its own."""
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    path = tmp_path / "facts.db"
    document = Document(TEXT, "Weekly report", source=Source("The Agency", dt.date(2024, 5, 6)))
    with Store.open(path) as store:
        store.add(document, reading(document))
    return path


def run(*arguments: object) -> str:
    """Run `geotrack map` and return what it printed; errors are raised."""
    result = CliRunner().invoke(app, ["map", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_map_is_written_with_its_sentences(database: Path, tmp_path: Path) -> None:
    """The file holds the district's value, the sentence behind it, and no victim's name."""
    out = tmp_path / "maps" / "map.html"
    said = run("--measure", "area_cleared", "--country", "az", "--db", database, "--out", out)
    page = saved_maps.told(out)
    assert "1 of 77 districts have a value of their own" in said
    assert '"before": "In Aghdam ", ' in page
    assert '"mark": "123 ha"' in page
    assert "Aliyev" not in page
    assert out.stat().st_size < 1_500_000


def test_full_sentences_come_with_a_warning(database: Path, tmp_path: Path) -> None:
    """Who asks for full sentences is told what they hold."""
    out = tmp_path / "map.html"
    said = run(
        "--measure", "incidents", "--country", "AZ", "--db", database, "--out", out, "--full-sentences"
    )
    assert "names, ages and birth years of victims" in said
    assert "Aliyev" in saved_maps.told(out)


def test_window_cuts(database: Path, tmp_path: Path) -> None:
    """A window after the report leaves no value."""
    out = tmp_path / "map.html"
    window = ("--from", "2025-01-01", "--to", "2025-12-31")
    assert "0 of 77" in run("--measure", "killed", "--country", "AZ", "--db", database, "--out", out, *window)
    assert "1 January \N{EN DASH} 31 December 2025" in saved_maps.told(out)


def test_map_says_whose_boundaries_it_shows(database: Path, tmp_path: Path) -> None:
    """After an import the map names the user's source and licence in place of the shipped one's."""
    settings = Settings.read()
    official = tmp_path / "official.geojson"
    layer(settings, "AZ", "adm1").loc[["AZ-AGM", "AZ-FUZ"], ["name", "geometry"]].to_file(official)
    import_layer(
        settings, official, "AZ", "adm1", ImportOptions(source="State cadastre", licence="CC BY 4.0")
    )
    out = tmp_path / "map.html"
    assert "1 of 2 districts" in run(
        "--measure", "area_cleared", "--country", "AZ", "--db", database, "--out", out
    )
    page = saved_maps.told(out)
    assert "Boundaries: State cadastre (CC BY 4.0), imported on 20" in page
    assert "Natural Earth" not in page


@pytest.mark.parametrize(
    ("changed", "error", "part"),
    [
        ({"--out": "."}, OutputError, "Choose another file with --out"),
        ({"--measure": "hope"}, UsageError, "Measures: "),
        ({"--country": "QQ"}, BoundaryError, "Countries that are there: AZ"),
        ({"--level": "adm2"}, BoundaryError, "Layers that are there"),
        ({"--breaks": "a,b"}, UsageError, "--breaks takes numbers"),
        ({"--from": "2025-01-02", "--to": "2025-01-01"}, UsageError, "before it starts"),
        ({"--db": "nowhere.db"}, StoreError, "nowhere.db"),
    ],
)
def test_wrong_requests_say_what_is_right(
    database: Path, tmp_path: Path, changed: dict[str, str], error: type[Exception], part: str
) -> None:
    """Each wrong option is one clear error, and no file appears."""
    out = tmp_path / "map.html"
    asked = {"--measure": "killed", "--country": "AZ", "--db": str(database), "--out": str(out)} | changed
    with pytest.raises(error, match=part):
        run(*(word for pair in asked.items() for word in pair))
    assert not out.exists()


def test_a_map_speaks_of_its_units_by_their_name(database: Path, tmp_path: Path) -> None:
    """Districts in one country, raions in another: never first-level units."""
    out = tmp_path / "map.html"
    asked = ("--measure", "killed", "--db", database, "--out", out)
    assert "of 138 raions" in run(*asked, "--country", "UA", "--level", "adm2")
    page = saved_maps.told(out)
    assert [text in page for text in ("all reported periods, by raion", "All raions")] == [True, True]
    data = json.dumps(carried(out.read_text(encoding="utf-8")))
    assert [text in data for text in ("{unit", "first-level", "several units")] == [False] * 3


def test_a_fact_of_a_vanished_place_is_a_warning(database: Path, tmp_path: Path) -> None:
    """Packs may lose a place that a stored fact names: the map is drawn without it, and says so."""
    document = Document(f"{TEXT} Long ago.", source=Source("The Agency"))
    (figure,) = reading(document).figures
    gone = replace(figure, id="gone", places=(Place("AZ-OLD", "Oldham", "adm1", "AZ", "AZ-OLD"),))
    with Store.open(database) as store:
        store.add(document, Reading(document.id, figures=(gone,), rules_version="1"))
    out = tmp_path / "map.html"
    said = run("--measure", "area_cleared", "--country", "AZ", "--db", database, "--out", out)
    assert "1 of 77 districts" in said
    assert "1 fact names a place that no pack knows (AZ-OLD), left out." in said
    assert "no pack knows (AZ-OLD)" in saved_maps.told(out)


@pytest.mark.parametrize(
    ("measure", "documents"),
    [
        ("incidents", []),
        ("area_cleared", [Document("Nothing happened at all.")]),
        ("mines_recorded", []),
        ("share_contaminated", [Document("Nothing happened at all.")]),
    ],
)
def test_a_database_without_facts_is_a_map_without_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measure: str, documents: list[Document]
) -> None:
    """Empty, or with reports that state nothing: every district is there, none has a value."""
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    database, out = tmp_path / "facts.db", tmp_path / "map.html"
    with Store.open(database) as store:
        for document in documents:
            store.add(document, Reading(document.id, rules_version="1"))
    assert "0 of 77 districts" in run("--measure", measure, "--country", "AZ", "--db", database, "--out", out)
