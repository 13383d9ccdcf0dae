"""The page of checks without a browser: its views, how much is in each, and where each leads."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import fresh_caches, opened, plain, shown  # noqa: F401 - the first by its name
from streamlit.testing.v1 import AppTest

from geotrack.app import checks, links
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source
from geotrack.store import Store

TOLD = (
    ("Clearance teams returned 240 ha of land in Aghdam to its people in April 2024.", "Other", None),
    ("Clearance teams returned 15 ha of land in Aghdam to its people in April 2024.", "Third", None),
    ("Deminers have cleared 40 hectares in Kharkiv oblast.", "Agency", None),
    ("A mine killed a farmer in Fuzuli on 3 May 2024.", "Agency", dt.date(2024, 5, 4)),
    ("Nothing to tell.", "Agency", dt.date(2024, 6, 4)),
)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database in which something is open in every view."""
    path = tmp_path / "app.db"
    samples.fill(path)
    reader = Reader(Gazetteer.load())
    texts = [Document(text=text, source=Source(*told)) for text, *told in TOLD]
    texts.append(Document(text="Una mina mató a dos civiles.", source=Source("Diario"), language="es"))
    with Store.open(path) as store:
        for document in texts:
            store.add(document, reader.read(document))
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


def _labels(app: AppTest) -> list[str]:
    return [box.label for box in app.expander]


@pytest.mark.usefixtures("database")
def test_every_view_opens_and_says_how_much_is_in_it() -> None:
    """No view fails, with a country and without; the number beside its name is that of its list."""
    app = opened(links.CHECK)
    for country in ("", "AZ"):
        app.selectbox(key="check country").set_value(country).run()
        for view in checks.VIEWS:
            app.session_state["check view"] = view
            app.run()
            assert [error.value for error in app.exception] == [], (view, country)
            assert "left out" not in plain(app)
    told = dict(
        re.findall(r"^(.*) \((\d+)\)$", "\n".join(app.button_group(key="check view").options), re.MULTILINE)
    )
    assert told[checks.VIEWS["conflicts"]] == "1"
    assert told[checks.VIEWS["undated"]] == "2"


@pytest.mark.usefixtures("database")
def test_conflicts_are_told_by_their_kind() -> None:
    """Values near each other are one number told otherwise, those far apart perhaps a part and its whole."""
    app = opened(links.CHECK)
    both = _labels(app)
    kinds = app.selectbox(key="check kind")
    assert len(kinds.options) == 2
    assert "Perhaps a part and its whole (1)" in kinds.options
    app = opened(links.CHECK, kind="part")
    assert _labels(app) == both
    assert "the lower may be of a part of what the higher counts" in plain(app)
    app = opened(links.CHECK, kind="none")
    assert "left out: kind=none" in plain(app)


@pytest.mark.usefixtures("database")
def test_what_is_open_is_one_click_from_its_text() -> None:
    """Each entry shows its sentence, or leads to its document."""
    app = opened(links.CHECK)
    for view, kind, says in (
        ("undated", "figures", "40 hectares"),
        ("undated", "documents", "documents?only=undated"),
        ("empty", "nothing", "documents?document="),
        ("empty", "unread", "not read: no reading rules for the language 'es' yet"),
    ):
        app.query_params.clear()
        app.query_params.update({"view": view, "kind": kind})
        app.run()
        led = [f"{one.proto.page}?{one.proto.query_string} {one.proto.label}" for one in app.get("page_link")]
        assert says in shown(app) + " ".join(led).replace("\\", ""), (view, kind)


@pytest.mark.usefixtures("database")
def test_coverage_tells_months_series_and_units() -> None:
    """Each country has its reports and their months; the districts that nobody names are named."""
    app = opened(links.CHECK, view="coverage", country="AZ")
    table = app.dataframe[0].value
    assert table["Country"].tolist()[0] == "Azerbaijan"
    assert "Named by no report:" in plain(app)
    assert "Fuzuli" in app.dataframe[1].value["Place"].tolist()
    app.selectbox(key="check by").set_value("publisher").run()
    assert "Daily" in app.dataframe[0].value["Publisher"].tolist()
    assert app.query_params["by"] == "publisher"


@pytest.mark.usefixtures("database")
def test_all_that_is_new_is_shown_by_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that is cut short is shown as a whole by a switch, which stands in the address."""
    monkeypatch.setattr(checks, "ROWS", 1)
    asked = {"view": "new", "since": "2024-01-01"}
    cut = opened(links.CHECK, **asked)
    before = len(cut.expander)
    cut.toggle(key="check all").set_value(True).run()
    assert [error.value for error in cut.exception] == []
    assert len(cut.expander) > before
    assert cut.query_params["all"] == "1"
    linked = opened(links.CHECK, **asked, all="1")
    assert len(linked.expander) == len(cut.expander)
    assert "left out" not in plain(linked)
    linked.toggle(key="check all").set_value(False).run()
    assert len(linked.expander) == before
    assert "all" not in linked.query_params
