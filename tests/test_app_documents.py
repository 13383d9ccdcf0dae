"""The page of documents without a browser: the list in pieces, its filters, and the way through one text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import fresh_caches, opened, plain, shown  # noqa: F401 - the first by its name
from streamlit.testing.v1 import AppTest

from geotrack.app import documentlists, links, reads, texts
from geotrack.app.controls import Window
from geotrack.app.documentlists import DocumentFilter
from geotrack.config import Settings
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Reading, Source
from geotrack.store import Finding, Review, Store

UKRAINE = "Deminers cleared 40 hectares in Kharkiv oblast in May 2024."


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database with the sample reports, one of Ukraine, one without facts, and one not read."""
    path = tmp_path / "app.db"
    samples.fill(path)
    reader = Reader(Gazetteer.load())
    more = (
        Document(text=UKRAINE, title="Kharkiv", source=Source("Agency", dt.date(2024, 6, 3))),
        Document(text="Деміни немає.", title="Порожньо", source=Source("Газета"), language="uk"),
        Document(text="Una mina cerca de Aghdam.", title="Mina", source=Source("Diario"), language="es"),
    )
    with Store.open(path) as store:
        for document in more:
            store.add(document, reader.read(document))
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


def _titles(asked: DocumentFilter) -> list[str]:
    library = reads.open_library(Settings.read())
    return [title[:8] for title in documentlists.matching(library.edition, asked)["title"]]


@pytest.mark.usefixtures("database")
def test_each_filter_lets_through_what_it_says() -> None:
    """Country named, language, publisher, what was found, days and words; undated ones come last."""
    asked = {
        DocumentFilter(place="UA-63"): ["Kharkiv"],
        DocumentFilter(language="uk"): ["Порожньо"],
        DocumentFilter(publisher="Diario"): ["Mina"],
        DocumentFilter(only="unread"): ["Mina"],
        DocumentFilter(only="nothing"): ["Порожньо"],
        DocumentFilter(only="incidents", sort="oldest"): ["A mine i", "Mines fo"],
        DocumentFilter(only="figures", sort="facts"): ["Mines fo", "Kharkiv"],
        DocumentFilter(only="judged"): [],
        DocumentFilter(window=Window(dt.date(2024, 6, 2), dt.date(2024, 6, 30))): ["Kharkiv"],
        DocumentFilter("40 hect"): ["Kharkiv"],
    }
    assert {one: _titles(one) for one in asked} == asked
    assert set(_titles(DocumentFilter(only="undated"))) == {"Порожньо", "Mina"}


@pytest.mark.usefixtures("database")
def test_a_document_leads_back_to_the_list_as_it_was() -> None:
    """Filters are not lost by reading a text, and the words searched for are marked in it."""
    app = opened(links.DOCUMENTS, search="hectares", place="UA", only="figures")
    assert "1 document" in plain(app)
    next(one for one in app.button if one.label == "**Kharkiv**").click().run()
    assert [error.value for error in app.exception] == []
    assert app.query_params["search"] == "hectares"
    assert "1 found" in plain(app)
    assert '<mark class="figure found"' in shown(app)
    _button(app, "match next").click().run()
    assert app.query_params["match"] == "1"
    assert 'id="gt-chosen"' in shown(app)
    next(one for one in app.button if one.label == "All documents").click().run()
    assert {name: app.query_params[name] for name in app.query_params} == {
        "search": "hectares",
        "place": "UA",
        "only": "figures",
    }
    assert app.selectbox(key="documents only").value == "figures"


def _button(app: AppTest, key: str) -> AppTest:
    return app.button(key=key)


@pytest.mark.usefixtures("database")
def test_facts_are_gone_through_one_by_one() -> None:
    """Next goes to the next fact of the text and says which it is; the first has none before it."""
    document = samples.hostile_document()
    app = opened(links.DOCUMENTS, document=document.id)
    assert _button(app, "fact previous").disabled
    _button(app, "fact next").click().run()
    reading = samples.hostile_reading(document)
    first = min((*reading.figures, *reading.incidents), key=lambda one: one.span)
    assert app.query_params["fact"] == first.id
    assert "fact 1 of" in plain(app)
    assert 'class="gt-margin figure chosen"' in shown(app) or 'class="gt-margin incident chosen"' in shown(
        app
    )


def test_a_text_says_what_a_person_said_of_its_facts(database: Path) -> None:
    """A rejected figure is told as such where it stands: it is counted nowhere."""
    document = samples.hostile_document()
    fact = samples.hostile_reading(document).figures[1].id
    with Store.open(database) as store:
        store.review(Review(fact, "rejected", "Ana"))
    app = opened(links.DOCUMENTS, document=document.id)
    assert "1 judged by a person" in plain(app)
    assert "rejected by a person" in plain(app)
    assert 'class="gt-margin figure rejected"' in shown(app)


def test_a_long_list_comes_in_pieces(database: Path) -> None:
    """The page sends a piece of the list, whatever its length."""
    with Store.open(database) as store:
        for n in range(documentlists.ROWS):
            document = Document(text=f"Nothing to tell, {n}.", title=f"Empty {n}", source=Source("Desk"))
            store.add(document, Reading(document.id, rules_version="1"))
    app = opened(links.DOCUMENTS)
    assert shown(app).count("gt-note'><bdi>") == documentlists.ROWS
    next(one for one in app.button if one.label == "Next").click().run()
    assert app.query_params["page"] == "2"
    assert shown(app).count("gt-note'><bdi>") == 5
    first, last = documentlists.ROWS + 1, documentlists.ROWS + 5
    assert f"{first} to {last} of {last}" in plain(app)


def test_a_long_text_is_shown_in_parts_that_lose_nothing() -> None:
    """Every word is in one part, and no paragraph is cut."""
    lines = [f"Paragraph {n} speaks of a mine near Aghdam." for n in range(4000)]
    document = Document(text="\n".join(lines))
    parts = texts.parts(document)
    assert len(parts) == 3
    assert "".join(document.text[start:end] for start, end in parts) == document.text
    assert all(document.text[start:].startswith("Paragraph") for start, _end in parts)
    hits = texts.found(document.text, '"near agh"')
    assert len(hits) == len(lines)
    assert {document.text[slice(*hit.span)] for hit in hits} == {"near Aghdam"}
    last = texts.render(document, hits, [], hits[-1].fact_id, parts[-1])
    assert last.count('id="gt-chosen"') == 1
    assert last.striptags().startswith(document.text[parts[-1][0] :][:20])


def test_what_a_person_added_stands_in_the_text(database: Path) -> None:
    """A fact that the reader missed is marked and noted like others, with who it is from."""
    text = "Una mina cerca de Aghdam."
    with Store.open(database) as store:
        document_id = Document(text).id
        finding = Finding("incident", (0, 8), "Una mina", {"place_ids": ["AZ-AGM"], "injured": 1})
        fact = store.add_fact(document_id, finding, "aysel", gazetteer=Gazetteer.load())
        store.add_fact(document_id, Finding("incident", (4, 8), "mina", {"killed": 1}), "aysel")
    app = opened(links.DOCUMENTS, document=document_id, fact=fact)
    assert "added by a person, " in shown(app)
    assert "2 incidents" in plain(app)
    assert texts.CHOSEN_ID in shown(app)


def test_a_document_says_who_went_through_it(database: Path) -> None:
    """Whoever judged the whole of it stands above the text, and such documents can be listed."""
    document = samples.hostile_document()
    with Store.open(database) as store:
        store.complete(document.id, "Aysel")
    assert "Gone through by Aysel, " in plain(opened(links.DOCUMENTS, document=document.id))
    assert _titles(DocumentFilter(only="complete")) == ["Mines fo"]


@pytest.mark.usefixtures("database")
def test_a_document_or_fact_that_is_no_more_is_told_of() -> None:
    """An old link leads to the list, or to the document without its fact, and says so."""
    app = opened(links.DOCUMENTS, document="gone")
    assert "left out: document=gone." in plain(app)
    assert "5 documents" in plain(app)
    here = reads.documents(reads.open_library(Settings.read()).edition)["document_id"].iloc[0]
    assert "This text states no such fact any more." in plain(
        opened(links.DOCUMENTS, document=here, fact="gone")
    )
    app = opened(links.DOCUMENTS, document=here)
    assert "no such fact" not in plain(app)
