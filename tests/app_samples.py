"""A database for tests of the app: a report with hostile words in every field, and one that is retold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from store_samples import AGHDAM, QARVAND, TEXT, document, reading
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from geotrack.app import links, mapview
from geotrack.config import app_script
from geotrack.gazetteer import Gazetteer
from geotrack.gazetteer.imported import imported_files
from geotrack.models import Document, Figure, Reading, Source, fact_id
from geotrack.store import Store

SECONDS = 60
HOSTILE = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1> ${window.hacked=1} {{7*7}} "
    "[link](https://evil.example/x) ![shot](https://evil.example/y.png) :red[x] $a_b$ \u202egnp.exe "
    "<svg/onload=1>"
)
LAND = "Clearance teams returned 250 ha of land in Aghdam to its people in April 2024"
LINES = f"{TEXT} {HOSTILE}\n{LAND} {HOSTILE}."


# Read once: shipped places stay as they are. Streamlit would look for components in all packages at each run.
_shipped_places = cache(Gazetteer.load)


def _loaded(_folder: Path | None = None, imported: Path | None = None) -> Gazetteer:
    assert not imported_files(imported or Path())
    return _shipped_places()


@pytest.fixture(autouse=True)
def fresh_caches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no test of the app see what another one's database held; for modules that import it."""
    monkeypatch.setattr(Gazetteer, "load", staticmethod(_loaded))
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()


def opened(page: links.PageFile, **params: str) -> AppTest:
    """Run the app at one page and address, as it is once a map has been painted."""
    app = AppTest.from_file(str(app_script()), default_timeout=SECONDS)
    app.query_params.update(params)
    app.session_state[mapview.PAINTED] = True
    if page is not links.MAP:
        app.switch_page(str(page.path))
    return app.run()


def shown(app: AppTest) -> str:
    """Return all HTML that a run showed."""
    return "\n".join(element.proto.body for element in app.get("html"))


def plain(app: AppTest) -> str:
    """Return the words that a run showed, without their markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", shown(app)))


def hostile_document() -> Document:
    """Return a report whose title, publisher, address and text try to become markup."""
    made = document(LINES, publisher=f"Agency {HOSTILE}", url="javascript:window.hacked=1")
    return replace(made, title=f"Mines found in May {HOSTILE}", furniture=())


def _land(of: Document) -> Figure:
    start = of.text.index("250 ha")
    first, end = of.text.index(LAND), len(of.text)
    return Figure(
        id=fact_id(of.id, "figure", (start, start + 6), "area_cleared"),
        measure="area_cleared",
        value=250,
        unit="ha",
        value_si=2_500_000,
        unit_si="m2",
        qualifier="exact",
        basis="period",
        places=(AGHDAM,),
        start=dt.date(2024, 4, 1),
        end=dt.date(2024, 4, 30),
        text="250 ha",
        span=(start, start + 6),
        sentence=of.text[first:end],
        sentence_span=(first, end),
        confidence=0.9,
        rule="returned",
    )


def hostile_reading(of: Document) -> Reading:
    """Return what is read in the hostile report: figures, an incident in a village, a place, a refusal."""
    plain = reading(of)
    return replace(plain, figures=(*plain.figures, _land(of)))


def _retold() -> Document:
    text = "A mine went off in Qarvand on 7 May 2024, and a farmer was hurt."
    source = Source(
        "Daily", dt.date(2024, 5, 8), None, "/seeds/2.md", retold=True, origin="Daily, 8 May 2024"
    )
    return Document(text=text, title="A mine in Qarvand", source=source)


def _retold_reading(of: Document) -> Reading:
    words = "mine went off"
    start = of.text.index(words)
    told = reading(document()).incidents[0]
    incident = replace(
        told,
        id=fact_id(of.id, "incident", (start, start + len(words))),
        places=(QARVAND,),
        text=words,
        span=(start, start + len(words)),
        sentence=of.text,
        sentence_span=(0, len(of.text)),
    )
    return Reading(of.id, incidents=(incident,), rules_version="1")


def fill(database: Path) -> None:
    """Write both reports into a new database."""
    with Store.open(database) as store:
        for made, read in ((hostile_document(), hostile_reading), (_retold(), _retold_reading)):
            store.add(made, read(made))
