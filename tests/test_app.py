"""Every page of the app, run without a browser: what it shows, its links, its empty state, its errors."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path

import app_samples as samples
import pytest
import saved_maps
import streamlit as st
from app_samples import fresh_caches, opened, plain, shown  # noqa: F401 - the first by its name
from streamlit.testing.v1 import AppTest

from geotrack.app import downloads, links, notes, reads, state, texts
from geotrack.config import Settings
from geotrack.export import ExportFilter
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.maps import MapStyle
from geotrack.maps.words import RETOLD
from geotrack.models import Document, Source
from geotrack.store import Review, Store

Opener = Callable[..., AppTest]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database with the two sample reports, and name it to the app."""
    path = tmp_path / "app.db"
    samples.fill(path)
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("page", links.PAGES, ids=lambda page: page.name)
def test_every_page_runs(page: links.PageFile) -> None:
    """No page fails on a database with reports, and each has its heading."""
    app = opened(page)
    assert [error.value for error in app.exception] == []
    assert "<h1>" in shown(app)
    assert "cannot be shown" not in shown(app)


@pytest.mark.usefixtures("database")
def test_map_opens_on_a_measure_that_is_reported() -> None:
    """Without a link the map shows what reports speak of, and says in the address what that is."""
    app = opened(links.MAP)
    assert app.query_params["country"] == "AZ"
    assert "Azerbaijan" in plain(app)
    assert app.selectbox(key="map measure").value in {"ap_mines_found", "area_cleared"}


@pytest.mark.usefixtures("database")
def test_linked_unit_shows_total_and_sentence() -> None:
    """A link to a district shows its total, the words it rests on, who said them, and the way to the text."""
    app = opened(links.MAP, country="AZ", measure="area_cleared", selected="AZ-AGM")
    assert "at least 250 ha" in plain(app)
    assert '<mark class="figure">250 ha</mark>' in shown(app)
    assert "1 June 2024" in plain(app)
    assert "documents" in {link.proto.page for link in app.get("page_link")}


@pytest.mark.usefixtures("database")
def test_group_figure_is_listed_and_not_split() -> None:
    """A number for two districts stands beside the map; neither district wears it."""
    app = opened(links.MAP, country="AZ", measure="ap_mines_found")
    assert "Figures for several districts together" in plain(app)
    assert "31" in app.expander[0].label
    app = opened(links.MAP, country="AZ", measure="ap_mines_found", selected="AZ-FUZ")
    assert "No figure of its own" in plain(app)
    assert "Shared with other districts" in plain(app)


@pytest.mark.usefixtures("database")
def test_incident_tells_every_source() -> None:
    """Two reports of one explosion are one incident, with both sentences; the retold one says so."""
    app = opened(links.INCIDENTS)
    assert app.dataframe[0].value["Reports"].tolist() == [2]
    assert shown(app).count('class="gt-quote"') == 2
    assert shown(app).count(RETOLD) == 1


@pytest.mark.usefixtures("database")
def test_changed_control_is_written_into_the_address() -> None:
    """Every view is a link: the address follows the controls."""
    app = opened(links.MAP, country="AZ", measure="area_cleared")
    app.selectbox(key="map measure").set_value("incidents").run()
    assert app.query_params["measure"] == "incidents"
    assert "Incidents: Azerbaijan" in plain(app)


@pytest.mark.usefixtures("database")
def test_nonsense_in_the_address_is_said_and_left_out() -> None:
    """An address that nobody could have got from the app shows the ordinary view, and what it left out."""
    params = {
        "country": "XX",
        "measure": "<b>",
        "level": "9",
        "from": "soon",
        "classes": "0",
        "selected": "x",
        "month": "13",
    }
    app = opened(links.MAP, **params)
    assert [error.value for error in app.exception] == []
    assert app.query_params["country"] == "AZ"
    assert "selected" not in app.query_params
    told = ", ".join(f"{name}={value}" for name, value in sorted(params.items()))
    said = re.search("left out: (.*?)\\.<", shown(app))
    assert said
    assert ", ".join(sorted(unescape(said[1]).split(", "))) == told
    app.run()
    assert "left out: " in plain(app)
    app.selectbox(key="map measure").set_value("incidents").run()
    assert "left out: " not in plain(app)


@pytest.mark.usefixtures("database")
def test_window_that_ends_before_it_starts_is_said_in_place() -> None:
    """An impossible period is an error on the page with the way out, not a traceback."""
    app = opened(
        links.MAP, country="AZ", measure="area_cleared", **{"from": "2024-06-01", "to": "2024-01-01"}
    )
    assert [error.value for error in app.exception] == []
    assert "cannot be shown" in plain(app)


@pytest.mark.usefixtures("database")
def test_document_is_read_with_its_facts_marked() -> None:
    """Mentions, figures and incidents are marked in the text, and listed beside it."""
    document = samples.hostile_document()
    fact = samples.hostile_reading(document).figures[1].id
    app = opened(links.DOCUMENTS, document=document.id, fact=fact)
    text = shown(app)
    told = "Land cleared: 250 ha; Aghdam; 1 \u2013 30 April 2024"
    assert (
        f'<mark class="figure chosen" title="{told}" data-tip="{told}" tabindex="0" id="gt-chosen">' in text
    )
    assert '<mark class="incident"' in text
    assert '<mark class="place" title="Aghdam: district named"' in text
    assert "Land cleared" in plain(app)
    assert "a plan is no result" not in text
    app.toggle(key="documents refused").set_value(True).run()
    assert "a plan is no result" in shown(app)


def test_document_in_another_language_says_that_it_is_not_read(database: Path) -> None:
    """Where there are no reading rules, list and document say so instead of counting nothing."""
    text = "Una mina mató a dos civiles cerca de Aghdam el 3 de mayo de 2024, según las autoridades."
    document = Document(text=text, title="Desminado", source=Source("Diario"), language="es")
    reading = Reader(Gazetteer.load()).read(document)
    with Store.open(database) as store:
        store.add(document, reading)
    assert "not read: no reading rules for the language 'es' yet" in unescape(plain(opened(links.DOCUMENTS)))
    app = opened(links.DOCUMENTS, document=document.id)
    assert "Not read: no reading rules for the language 'es' yet." in unescape(plain(app))
    assert not app.toggle


@pytest.mark.usefixtures("database")
def test_unknown_document_is_said_in_place() -> None:
    """A link to a document that is not there says so, and leads to the list."""
    app = opened(links.DOCUMENTS, document="feedfeedfeedfeed")
    assert "left out: document=feedfeedfeedfeed" in plain(app)
    assert "2 documents" in plain(app)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("page", links.PAGES, ids=lambda page: page.name)
def test_no_document_becomes_markup(page: links.PageFile) -> None:
    """Tags, scripts and addresses from documents are shown as words, on every page and in every label."""
    document = samples.hostile_document()
    params = {"document": document.id} if page is links.DOCUMENTS else {}
    app = opened(page, **params, **({"selected": "AZ-AGM"} if page is links.MAP else {}))
    text = shown(app)
    assert re.findall(r"<(?:script>window|img|svg)|javascript:|\son\w+=(?![^<>]*&)", text) == []
    labels = [link.proto.label for link in app.get("page_link")]
    labels += [box.label for box in app.expander] + [button.label for button in app.button]
    assert [
        label for label in labels if re.search(r"(?<!\\)\]\(|(?<!\\)<|(?<!\\)!\[|(?<!\\):red", label)
    ] == []


def test_empty_database_offers_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a report the app names the command, and one click reads the examples."""
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "new" / "geotrack.db"))
    app = opened(links.MAP)
    assert "No reports yet" in plain(app)
    assert "geotrack ingest" in plain(app)
    app.button[0].click().run(timeout=60)
    assert [error.value for error in app.exception] == []
    assert app.selectbox(key="map country").value in {"AZ", "UA"}
    assert "With a value of their own" in plain(app)
    assert len(app.dataframe[0].value) >= 1


def test_database_that_is_no_database_is_said_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of another kind is an error in place that names the file."""
    path = tmp_path / "notes.txt"
    path.write_text("no database" * 1000, encoding="utf-8")
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    app = opened(links.MAP)
    assert [error.value for error in app.exception] == []
    assert "notes.txt" in plain(app)


def test_new_reports_are_seen_without_a_restart(database: Path) -> None:
    """What is ingested while the app runs is there on the next run."""
    app = opened(links.DOCUMENTS)
    assert "2 documents" in plain(app)
    with Store.open(database) as store:
        store.remove(samples.hostile_document().id)
    app.run()
    assert "1 document" in plain(app)
    assert "2 documents" not in plain(app)


def test_downloads_name_no_victim_and_hold_every_format(database: Path) -> None:
    """Each format is a zip with files in it; the saved map is one page that asks for nothing."""
    library = reads.open_library(Settings.read(str(database)))
    for file_format in ("gpkg", "geojson", "csv"):
        packed = downloads.export_zip(library, ExportFilter("AZ"), file_format)
        names = zipfile.ZipFile(BytesIO(packed)).namelist()
        assert any(name.endswith(file_format) for name in names)
    page = downloads.map_page(library, MapStyle("area_cleared", "AZ", "adm1", redacted=False)).decode()
    assert "Names, ages and birth years of victims are replaced" in saved_maps.told(page)
    assert "<script>window.hacked" not in page


@pytest.mark.usefixtures("database")
def test_less_sure_facts_are_left_out_of_the_map_and_counted() -> None:
    """The control takes away what is less sure, says how much that is, and stands in the address."""
    app = opened(links.MAP, country="AZ", measure="incidents")
    assert app.selectbox(key="map min_confidence").value == 0
    assert "left out" not in plain(app)
    app.selectbox(key="map min_confidence").set_value(0.85).run()
    assert [error.value for error in app.exception] == []
    assert "2 reports of incidents with a confidence below 0.85 are left out." in plain(app)
    assert "confidence 0.85 or more" in plain(app)
    assert "Facts with a confidence below 0.85 are left out." in plain(app)
    assert app.query_params["min_confidence"] == "0.85"
    assert "Incidents (0)" in app.selectbox(key="map measure").options


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("measure", ["area_cleared", "incidents"])
def test_nothing_sure_enough_is_said_not_drawn(measure: str) -> None:
    """With every fact left out, map, card, timeline and table say that facts are left out."""
    app = opened(links.MAP, country="AZ", measure=measure, selected="AZ-AGM", min_confidence="1")
    assert [error.value for error in app.exception] == []
    assert plain(app).count("Facts with a confidence below 1 are left out.") == 3
    assert 'class="gt-quote"' not in shown(app)
    assert not app.dataframe


@pytest.mark.usefixtures("database")
def test_less_sure_incidents_are_left_out_of_the_list() -> None:
    """The table loses them, and the line above it counts their reports."""
    app = opened(links.INCIDENTS, min_confidence="0.9")
    assert "2 reports of incidents with a confidence below 0.9 are left out." in plain(app)
    assert "No incident matches" in plain(app)
    app.selectbox(key="incidents min_confidence").set_value(0.7).run()
    assert "No fact is left out: all have a confidence of 0.7 or more." in plain(app)
    assert app.dataframe[0].value["Reports"].tolist() == [2]
    assert "confidence 0.80" in plain(app)


def test_accepted_incident_stays_however_unsure(database: Path) -> None:
    """A person's word wins over the filter, and the card says so."""
    with Store.open(database) as store:
        store.review(Review(store.incidents()["incident_id"].iloc[0], "accepted", "Ana"))
    app = opened(links.INCIDENTS, min_confidence="0.9")
    assert app.dataframe[0].value["Reports"].tolist() == [1]
    assert "1 report of an incident with a confidence below 0.9 is left out." in plain(app)
    assert "accepted by a person" in plain(app)


def test_export_page_offers_what_is_sure_enough(database: Path) -> None:
    """What is downloaded is what the page says: the zip lacks the less sure facts, and says so, too."""
    app = opened(links.EXPORT, country="AZ", min_confidence="0.9")
    assert "2 reports of incidents with a confidence below 0.9 are left out." in plain(app)
    assert "Incidents" not in next(box for box in app.selectbox if box.label == "It opens on").options
    library = reads.open_library(Settings.read(str(database)))
    packed = downloads.export_zip(library, ExportFilter("AZ", min_confidence=0.9), "csv")
    files = zipfile.ZipFile(BytesIO(packed))
    assert files.read("incidents.csv").count(b"\r\n") == 1
    assert b'"incidents": 2' in files.read("metadata.json")
    app = opened(links.EXPORT, country="AZ", min_confidence="1")
    assert "Nothing is reported of this country. Facts with a confidence below 1 are left out." in plain(app)


@pytest.mark.usefixtures("database")
def test_every_page_asks_for_the_same_confidence() -> None:
    """What one page was set to holds on the others, a link that says nothing of it asks for all facts."""
    app = opened(links.MAP, country="AZ", measure="incidents")
    app.selectbox(key="map min_confidence").set_value(0.85).run()
    app.query_params.clear()
    app.switch_page(str(links.INCIDENTS.path)).run()
    assert app.selectbox(key="incidents min_confidence").value == 0.85
    app.selectbox(key="incidents min_confidence").set_value(0.5).run()
    app.query_params.clear()
    app.switch_page(str(links.DOCUMENTS.path)).run()
    app.query_params.clear()
    app.switch_page(str(links.MAP.path)).run()
    assert app.selectbox(key="map min_confidence").value == 0.5
    assert app.selectbox(key="map measure").value == "incidents"
    app.query_params.clear()
    app.query_params.update({"country": "AZ", "measure": "area_cleared"})
    app.run()
    assert app.selectbox(key="map min_confidence").value == 0


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("text", "held"), [("0.85", 0.85), ("1.5", 0), ("nan", 0), ("sure", 0)])
def test_confidence_in_an_address_is_one_or_is_left_out(text: str, held: float) -> None:
    """A link may ask for a confidence that is not among the choices, but not for what is none."""
    app = opened(links.MAP, country="AZ", measure="incidents", min_confidence=text)
    assert app.selectbox(key="map min_confidence").value == held
    assert ("left out: min_confidence=" in plain(app)) == (held == 0)


def test_document_says_how_sure_each_fact_is() -> None:
    """Beside a text each fact carries its confidence, and what was not taken has none."""
    document = samples.hostile_document()
    reading = samples.hostile_reading(document)
    beside = notes.notes(reading, None, refused=True)
    told = [note.body.striptags().count("confidence 0.") for note in beside]
    assert sum(told) == len(reading.figures) + len(reading.incidents)
    assert len(beside) == sum(told) + len(reading.refused)


def test_label_escapes_markdown() -> None:
    """Text in a label stays text: no link, no image, no colour, no icon, one line."""
    escaped = links.plain_label("![a](b)\n:red[c] `d` <e> www.f.g")
    assert escaped == r"\!\[a\]\(b\) \:red\[c\] \`d\` \<e\> www\.f\.g"


def test_rendered_text_is_the_stored_text() -> None:
    """Every word of a document is on its page, in order, whatever is marked in it."""
    document = samples.hostile_document()
    marks = texts.highlights(samples.hostile_reading(document), refused=True)
    rendered = texts.render(document, marks, [])
    words = "".join(document.text.split())
    assert "".join(rendered.striptags().split()) == words


def test_address_gives_way_to_a_moved_widget() -> None:
    """A value from outside is taken once; what the reader refuses is the default."""
    outside = state.Asked("page", {"level": "nine"}, fresh=True)
    key = outside.hold("level", "adm1", state.one_of(["adm1", "adm2"]))
    assert st.session_state[key] == "adm1"


@pytest.mark.usefixtures("database")
def test_a_timeline_by_month_is_a_band_chart() -> None:
    """Figures by month, quarter or year, as totals, a day or added up; incidents and levels have no bins."""
    app = opened(links.MAP, country="AZ", measure="area_cleared", selected="AZ-AGM")
    for by in ("month", "quarter", "year"):
        app.selectbox(key="map by").set_value(by).run()
        for view in ("total", "rate", "cumulative"):
            app.selectbox(key="map view").set_value(view).run()
            assert [error.value for error in app.exception] == []
            assert "The line is what is known" in plain(app)
    app.selectbox(key="map measure").set_value("area_contaminated").run()
    assert [one.key for one in app.selectbox if one.key == "map by"] == []


def test_check_shows_each_view_with_its_sentences(database: Path) -> None:
    """Values that differ stand side by side with their words; the other views open as well."""
    text = "Clearance teams returned 150 ha of land in Aghdam to its people in April 2024."
    document = Document(text=text, source=Source(publisher="Other"), language="en")
    with Store.open(database) as store:
        store.add(document, Reader(Gazetteer.load()).read(document))
    app = opened(links.CHECK)
    assert re.search(r"150.*250", app.expander[0].label)
    assert {"150 ha", "250 ha"} <= set(re.findall(r"<mark[^>]*>([^<]*)</mark>", shown(app)))
    for view in ("warnings", "silent", "new"):
        assert not opened(links.CHECK, view=view, country="AZ", since="2024-01-01").exception
