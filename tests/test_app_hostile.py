"""Names that come from outside otherwise than in a report's fields stay words on pages that tell them."""

from __future__ import annotations

import re
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import HOSTILE, fresh_caches, opened, plain, shown  # noqa: F401 - the second by its name
from document_files import ARTICLE, zip_of
from openid import COOKIE_SECRET
from streamlit.testing.v1 import AppTest

from geotrack.app import additions, links, mapview
from geotrack.boundaries import ImportOptions, import_layer, layer
from geotrack.config import Settings, app_script
from geotrack.documents import Options, Refused
from geotrack.store import Store
from geotrack.store.ingest import Step

# What of HOSTILE would be an element, had it not been escaped.
_GROWN = re.compile(r"<script>window|<img src=x|<svg/onload")
_MARKED = re.compile(r"(?<!\\)\[link(?<!\\)\]|(?<!\\):red(?<!\\)\[")
SECONDS = samples.SECONDS


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database of two reports, and name it to the app."""
    samples.fill(tmp_path / "app.db")
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "app.db"))
    return tmp_path / "app.db"


def _is_plain(app: AppTest, words: str) -> bool:
    """Tell whether the words are there, and are words."""
    assert [error.value for error in app.exception] == []
    labels = [one.proto.label for one in app.get("page_link")] + [one.value for one in app.markdown]
    assert _GROWN.findall(shown(app)) == []
    assert [one for one in labels if _MARKED.search(one)] == []
    return words in plain(app)


def test_names_of_files_that_could_not_be_read(database: Path) -> None:
    """The name, the row's id, the reason and the way out of what somebody added."""
    with Store.open(database) as store:
        store.note_unread(f"upload://{HOSTILE}.pdf", [(HOSTILE, HOSTILE, HOSTILE)])
    assert _is_plain(opened(links.CHECK, view="unreadable"), "window.hacked")


@pytest.mark.usefixtures("database")
def test_names_of_files_just_added() -> None:
    """What an upload, or a member of a zip file in it, is called."""
    name = HOSTILE.replace("/", "\u2044")
    packed = zip_of({f"{name}.txt": ARTICLE, f"{name}.pdf": b"x"})
    upload = type("Upload", (), {"name": f"{name}.zip", "getvalue": lambda _: packed})()
    offer = additions._uploads([upload], Options())
    refused = [one for one in offer.read(offer.names) if isinstance(one, Refused)]
    assert len(refused) == 2
    app = AppTest.from_file(str(app_script()), default_timeout=SECONDS)
    app.session_state[additions._STEPS] = [
        *(Step(one.path, "refused", reason=str(one.error)) for one in refused),
        Step(f"upload://{name}.zip/{name}.txt", "refused", reason=f"{name}: no text"),
    ]
    app.switch_page(str(links.ADD.path))
    assert _is_plain(app.run(), "window.hacked")


@pytest.mark.usefixtures("database")
def test_sources_of_outlines_that_somebody_imported(tmp_path: Path) -> None:
    """Who drew them, under which licence, in which file: on the map and on the page About."""
    settings = Settings.read()
    file = tmp_path / f"{HOSTILE.replace('/', '')[:60]}.geojson"
    layer(settings, "AZ", "adm1").reset_index()[["place_id", "name", "geometry"]].to_file(file)
    options = ImportOptions(code_column="place_id", source=HOSTILE, licence=HOSTILE)
    import_layer(settings, file, "AZ", "adm1", options, lambda _: True)
    assert _is_plain(opened(links.ABOUT), "window.hacked")
    assert _is_plain(opened(links.MAP, country="AZ"), "")


@pytest.mark.usefixtures("database")
def test_the_name_of_a_login() -> None:
    """What a provider calls a person."""
    app = AppTest.from_file(str(app_script()), default_timeout=SECONDS)
    app.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": COOKIE_SECRET}
    app.user.update({"is_logged_in": True, "email": HOSTILE})
    app.session_state[mapview.PAINTED] = True
    app.switch_page(str(links.REVIEW.path))
    assert _is_plain(app.run(), "Logged in as <script>window.hacked=1".replace("<script>", "&lt;script&gt;"))
