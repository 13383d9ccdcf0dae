"""Rows of other databases become facts that quote their row; bad rows are listed, good rows go in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geotrack.analysis import merge_incidents
from geotrack.cli import app
from geotrack.documents import Refused
from geotrack.errors import UnreadableDocumentError, UsageError
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Reading
from geotrack.records import RecordReader, mapping, read_records
from geotrack.store import Store
from geotrack.store.ingest import ingest_documents

FIXTURE = Path(__file__).parent / "gazetteer_fixture"
ACLED = (
    "event_id_cnty,event_date,time_precision,sub_event_type,country,admin1,admin2,location,latitude,longitude,"
    "source,notes,fatalities\n"
)
MINE = "Remote explosive/landmine/IED"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the small gazetteer of the tests."""
    return Gazetteer.load(FIXTURE)


@pytest.fixture(scope="module")
def reader(gazetteer: Gazetteer) -> RecordReader:
    """Return what reads records."""
    return RecordReader(gazetteer)


def taken(path: Path, reader: RecordReader, layout: Any = None) -> tuple[list[Reading], list[str]]:
    """Return the readings of a file's good rows, and what is told of the bad ones."""
    items = list(read_records(path, reader, layout))
    readings = [reader.read(one) for one in items if isinstance(one, Document)]
    return readings, [str(one.error) for one in items if isinstance(one, Refused)]


def write(folder: Path, name: str, text: str) -> Path:
    """Return a new file."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_acled_rows_are_incidents_that_quote_their_row(tmp_path: Path, reader: RecordReader) -> None:
    """The day, the unit and the dead are the row's; other events are passed over."""
    rows = (
        f'AZE1,2024-05-07,1,{MINE},Azerbaijan,Agdam,,Aghdam,39.99,46.93,Trend,"A mine, they say.",2\n'
        f"AZE2,07 May 2024,3,{MINE},Azerbaijan,,,Aghdam,39.99,46.93,Trend,,0\n"
        "AZE3,2024-05-08,1,Peaceful protest,Azerbaijan,Baku,,Baku,40.4,49.9,Trend,,0\n"
    )
    (first, second), bad = taken(write(tmp_path, "acled.csv", ACLED + rows), reader)
    (one,) = first.incidents
    assert (one.date, one.killed, one.injured, one.device) == ("2024-05-07", 2, None, "unknown")
    assert {place.adm1 for place in one.places} == {"AZ-AGM"}
    assert "notes: A mine, they say." in one.text
    assert (second.incidents[0].date, bad) == ("2024-05", [])


def test_bad_rows_are_listed_with_line_and_reason(tmp_path: Path, reader: RecordReader) -> None:
    """Each says what is wrong; the good row between them goes in."""
    rows = (
        f"A1,2024-13-07,1,{MINE},Azerbaijan,,,Aghdam,39.99,46.93,,,0\n"
        f"A2,2024-05-07,1,{MINE},Atlantis,,,Aghdam,39.99,46.93,,,0\n"
        f"A3,2024-05-07,1,{MINE},Azerbaijan,,,Nowhereville,39.99,46.93,,,0\n"
        f"A4,2024-05-07,1,{MINE},Azerbaijan,,,Aghdam,39.99,460,,,0\n"
        f"A5,2024-05-07,1,{MINE},Azerbaijan,,,Aghdam,39.99,46.93,,,1\n"
        f"A6,2024-05-07,1,{MINE},Azerbaijan,,,Aghdam,39.99,46.93,,,some\n"
        f"A5,2024-05-07,1,{MINE},Azerbaijan,,,Aghdam,39.99,46.93,,,1\n"
    )
    readings, bad = taken(write(tmp_path, "acled.csv", ACLED + rows), reader)
    assert len(readings) == 1
    told = [one.removeprefix(f"{tmp_path / 'acled.csv'} ").partition(". ")[0] for one in bad]
    assert told == [
        "line 2: no day: '2024-13-07'",
        "line 3: no pack has the country 'Atlantis'",
        "line 4: no place is found: 'Nowhereville'",
        "line 5: the coordinates are none: 460, 39.99",
        "line 7: killed is no number: 'some'",
        "line 8: the same record stands at line 6",
    ]


def test_ged_rows_are_taken_where_they_speak_of_mines(tmp_path: Path, reader: RecordReader) -> None:
    """A span of days is told as the month that they share."""
    head = (
        "id,relid,date_prec,date_start,date_end,where_coordinates,adm_1,country,latitude,longitude,best,"
        "source_headline\n"
    )
    rows = (
        "1,AZE-1,1,2024-05-07,2024-05-07,Aghdam,,Azerbaijan,39.99,46.93,1,Landmine kills one\n"
        "2,AZE-2,2,2024-05-07,2024-05-09,Aghdam,,Azerbaijan,39.99,46.93,1,IED found too late\n"
        "3,AZE-3,1,2024-05-07,2024-05-07,Aghdam,,Azerbaijan,39.99,46.93,5,Clashes at the border\n"
    )
    readings, bad = taken(write(tmp_path, "ged.csv", head + rows), reader)
    assert [one.incidents[0].date for one in readings] == ["2024-05-07", "2024-05"]
    assert bad == []


def test_hapi_rows_are_figures(tmp_path: Path, reader: RecordReader) -> None:
    """Codes of ISO 3166 name the places; a row of HXL tags is none of them; areas are converted."""
    text = (
        "location_code,admin1_code,measure,value,unit,reference_period_start,reference_period_end\n"
        "#country+code,#adm1+code,#indicator+code,#indicator+value,,#date+start,#date+end\n"
        "AZE,AZ-AGM,area_cleared,12.5,ha,2024-01-01,2024-01-31\n"
        "AZE,,mines_recorded,7,count,,2024-01-31\n"
        "AZE,AZ-AGM,area_cleared,12.5,people,2024-01-01,2024-01-31\n"
        "AZE,AZ-AGM,pigs,1,count,2024-01-01,2024-01-31\n"
        "AZE,AZ-AGM,items_found,1,count,2024-02-01,2024-01-31\n"
    )
    readings, bad = taken(write(tmp_path, "hapi.csv", text), reader)
    cleared, recorded = (one.figures[0] for one in readings)
    assert (cleared.value_si, cleared.unit_si, str(cleared.end)) == (125_000.0, "m2", "2024-01-31")
    assert (recorded.basis, [place.id for place in recorded.places]) == ("stock", ["AZ"])
    assert [one.partition(": ")[2][:9] for one in bad] == ["area_clea", "measure i", "it ends ("]


def test_a_mapping_file_says_which_column_is_what(tmp_path: Path, reader: RecordReader) -> None:
    """Any table can be taken in; a field that there is not, and no kind, are refused."""
    told = write(
        tmp_path,
        "ours.toml",
        'kind = "incident"\npublisher = "Our team"\n[columns]\nid = "No"\ndate = "Tag"\nlocation = "Ort"\n'
        'injured = "Verletzte"\n[constants]\ncountry = "AZ"\ndevice = "UXO"\n',
    )
    table = write(tmp_path, "ours.csv", "No;Tag;Ort;Verletzte\n1;07.05.2024;Aghdam;2\n")
    (reading,), bad = taken(table, reader, mapping(told))
    assert (reading.incidents[0].injured, reading.incidents[0].device, bad) == (2, "UXO", [])
    with pytest.raises(UsageError, match="pig"):
        mapping(write(tmp_path, "wrong.toml", 'kind = "incident"\n[columns]\npig = "x"\n'))
    with pytest.raises(UsageError, match="kind"):
        mapping(write(tmp_path, "wrong.toml", "[columns]\n"))
    with pytest.raises(UsageError, match="--mapping"):
        list(read_records(table, reader))


def test_geojson_points_are_records(tmp_path: Path, reader: RecordReader) -> None:
    """Properties are the columns, the point is where the location is looked for."""
    near = {"type": "Point", "coordinates": [46.93, 39.99]}
    properties = {
        "event_id_cnty": "A1",
        "event_date": "2024-05-07",
        "sub_event_type": MINE,
        "location": "Aghdam",
    }
    feature = {"type": "Feature", "geometry": near, "properties": properties}
    path = write(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (reading,), _ = taken(path, reader)
    assert {place.adm1 for place in reading.incidents[0].places} == {"AZ-AGM"}
    with pytest.raises(UnreadableDocumentError):
        list(read_records(write(tmp_path, "b.geojson", "[1]"), reader))


def test_columns_named_as_fields_need_no_mapping(tmp_path: Path, reader: RecordReader) -> None:
    """A date and a harm make incidents, a measure and a value figures; the file is who says so."""
    properties = {"ID": "7", "date": "2024-05-07", "location": "Aghdam", "Injured": 2, "device": None}
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [46.93, 39.99]},
        "properties": properties,
    }
    points = write(
        tmp_path, "patrols.geojson", json.dumps({"features": [{"properties": {"id": 1}}, feature]})
    )
    (reading,), bad = taken(points, reader)
    assert (reading.incidents[0].injured, reading.incidents[0].date) == (2, "2024-05-07")
    assert (len(bad), "feature 1" in bad[0]) == (1, True)
    figures = "date,measure,value,unit,admin1,country\n2024-05-07,area_cleared,12.5,ha,Aghdam,AZ\n"
    (reading,), _ = taken(write(tmp_path, "ours.csv", figures), reader)
    assert [(one.measure, one.value) for one in reading.figures] == [("area_cleared", 12.5)]


@pytest.mark.parametrize(
    "feature",
    [
        1,
        {"properties": 1},
        {"properties": {"location": "\ud800"}},
        {"geometry": {"type": "Point", "coordinates": ["x", []]}, "properties": {}},
        {"geometry": {"type": "Point"}, "properties": {"location": ["Aghdam", None]}},
    ],
)
def test_features_made_to_do_harm_are_bad_rows(tmp_path: Path, reader: RecordReader, feature: Any) -> None:
    """Each is told of by its number, and ends nothing."""
    told = write(
        tmp_path,
        "m.toml",
        'kind = "incident"\n[columns]\nlocation = "location"\nlon = "longitude"\nlat = "latitude"\n',
    )
    path = write(tmp_path, "a.geojson", json.dumps({"features": [feature]}))
    readings, bad = taken(path, reader, mapping(told))
    assert (readings, len(bad), "feature 1" in bad[0]) == ([], 1, True)


def test_a_table_with_an_endless_cell_is_refused(tmp_path: Path, reader: RecordReader) -> None:
    """The error names the file."""
    path = write(tmp_path, "acled.csv", ACLED + "x" * 200_000)
    with pytest.raises(UnreadableDocumentError, match=r"acled\.csv"):
        list(read_records(path, reader))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a new store."""
    with Store.open(tmp_path / "facts.db") as opened:
        yield opened


def test_a_record_and_a_report_of_one_explosion_are_one(
    tmp_path: Path, store: Store, reader: RecordReader, gazetteer: Gazetteer
) -> None:
    """Both are its sources; importing the file again changes nothing."""
    report = Document("On 7 May 2024 one person was killed by a mine in Aghdam district.", "A report")
    store.add(report, Reader(gazetteer).read(report))
    row = f"AZE1,2024-05-07,1,{MINE},Azerbaijan,Aghdam,,Aghdam,39.99,46.93,Trend,,1\n"
    path = write(tmp_path, "acled.csv", ACLED + row)

    def read(paths: Any) -> Iterator[Document | Refused]:
        yield from read_records(Path(paths[0]), reader)

    first, second = (ingest_documents(store, reader, [path], read) for _ in range(2))
    assert (first.new, first.incidents.added, second.unchanged, second.new) == (1, 1, 1, 0)
    (event,) = merge_incidents(store.incidents(), gazetteer).to_dict("records")
    assert (event["date"], event["killed"], len(event["document_ids"])) == ("2024-05-07", 1, 2)


def test_the_command_lists_bad_rows_and_takes_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code says that a part was refused."""
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    head = "location_code,admin1_code,measure,value,unit,reference_period_start,reference_period_end\n"
    rows = "AZE,AZ-AGM,items_found,3,count,2024-01-01,2024-01-31\nAZE,AZ-AGM,items_found,x,count,,\n"
    path, database = write(tmp_path, "rows.csv", head + rows), str(tmp_path / "facts.db")
    answer = CliRunner().invoke(app, ["records", "import", str(path), "--db", database])
    assert answer.exit_code == 1
    assert "value is no number: 'x'" in answer.output
    with Store.open(database) as opened:
        assert opened.figures()["value"].tolist() == [3.0]
