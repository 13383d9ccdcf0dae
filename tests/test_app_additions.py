"""The page Add: what is read, what is refused, who may write, and who may not."""

from __future__ import annotations

from pathlib import Path

import app_samples as samples
import pytest
import store_samples
from app_samples import SECONDS, fresh_caches  # noqa: F401 - the second by its name
from document_files import ARTICLE, zip_of
from streamlit.testing.v1 import AppTest

from geotrack.app import additions, identity, links, reads
from geotrack.config import Settings, app_script
from geotrack.documents import Options, Refused
from geotrack.errors import StoreError
from geotrack.models import Document, Reading
from geotrack.store import Store

REPORT = "Deminers cleared 120 hectares in the Fuzuli district in May 2024, the agency ANAMA said."


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a database to the app, which is not there yet."""
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "app.db"))
    return tmp_path / "app.db"


def _opened(kind: str, secrets: dict[str, object] | None = None) -> AppTest:
    app = AppTest.from_file(str(app_script()), default_timeout=SECONDS)
    app.secrets.update(secrets or {})
    app.query_params["kind"] = kind
    app.switch_page(str(links.ADD.path))
    return app.run()


def _shown(app: AppTest) -> str:
    assert [error.value for error in app.exception] == []
    return "\n".join(element.proto.body for element in app.get("html"))


def _labelled(elements: object, label: str) -> object:
    return next(one for one in elements if one.label == label)  # type: ignore[attr-defined]


def _pasted(text: str, **fields: str) -> AppTest:
    app = _opened("text")
    app.text_area[0].set_value(text)
    for label, value in fields.items():
        _labelled(app.text_input, label).set_value(value)  # type: ignore[attr-defined]
    app.run()
    return _labelled(app.button, "Read").click().run()  # type: ignore[attr-defined, no-any-return]


def test_pasted_text_is_read_and_stored_with_what_was_said_of_it(database: Path) -> None:
    """An empty library takes a pasted report; it is listed with its figures, one click from its text."""
    app = _pasted(REPORT, Title="Land in <b>Fuzuli</b>", Publisher="ANAMA")
    assert "1 report was taken in, 0 were refused." in _shown(app)
    assert "1 figure" in _shown(app)
    assert app.text_area[0].value == ""
    with Store.open(database) as store:
        (row,) = store.documents().to_dict("records")
        (figure,) = store.figures().to_dict("records")
    assert (row["title"], row["publisher"], row["path"]) == ("Land in <b>Fuzuli</b>", "ANAMA", None)
    assert (figure["value"], figure["place_ids"]) == (120, ["AZ-FUZ"])


def test_the_same_text_again_is_there_already(database: Path) -> None:
    """Nothing is stored twice, and the page says so."""
    _pasted(REPORT)
    assert "was there already" in _shown(_pasted(REPORT))
    with Store.open(database) as store:
        assert len(store.documents()) == 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1:8501/", "not public"),
        ("file:///etc/passwd", "no web address"),
        ("/etc/passwd", "no web address"),
    ],
)
def test_an_address_opens_no_file_and_no_service_of_this_machine(address: str, problem: str) -> None:
    """What is typed as an address is fetched as one or refused; it never names a file."""
    app = _opened("address")
    app.text_input[-1].set_value(address).run()
    app = _labelled(app.button, "Read").click().run()  # type: ignore[attr-defined]
    assert problem in _shown(app)
    assert "0 reports were taken in, 1 was refused" in _shown(app)


@pytest.mark.usefixtures("database")
def test_hostile_text_stays_text() -> None:
    """Title and reason of a refusal go onto the page escaped."""
    app = _pasted(f"{REPORT} {samples.HOSTILE}", Title=samples.HOSTILE[:200])
    assert "<script" not in _shown(app).replace("<script>const", "").replace("<script>document", "")


def test_uploads_are_read_by_name_also_from_an_archive() -> None:
    """Files of one name do not hide each other; a zip's members are read; no source is a path."""
    held = [
        _Upload("june.txt", ARTICLE.encode()),
        _Upload("june.txt", REPORT.encode()),
        _Upload("more.zip", zip_of({"a/july.txt": ARTICLE + " Again.", "bad.pdf": b"x"})),
    ]
    offer = additions._uploads(held, Options())  # type: ignore[arg-type]
    assert list(offer.names) == ["june.txt", "june (2).txt", "more.zip"]
    found = list(offer.read(offer.names))
    paths = [one.source.path for one in found if isinstance(one, Document)]
    assert paths == ["upload://june.txt", "upload://june (2).txt", "upload://more.zip/a/july.txt"]
    assert [one.path for one in found if isinstance(one, Refused)] == ["upload://more.zip/bad.pdf"]
    assert [one.text for one in offer.read(["june (2).txt"]) if isinstance(one, Document)] == [REPORT]


class _Upload:
    """A file as Streamlit hands it over."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self._data = name, data

    def getvalue(self) -> bytes:
        return self._data


def test_a_read_only_app_writes_nothing(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is not offered, says so when it is run all the same, and the store cannot be written."""
    samples.fill(database)
    monkeypatch.setenv("GEOTRACK_READ_ONLY", "1")
    assert len(_opened("text").text_area) == 0
    writing = [links.ADD, links.REVIEW]
    assert links.offered(Settings.read()) == [page for page in links.PAGES if page not in writing]
    for page in writing:
        alone = AppTest.from_file(str(page.path), default_timeout=SECONDS).run()
        assert "for reading only" in _shown(alone)
        assert len(alone.text_input) + len(alone.button) == 0
    document = store_samples.document(REPORT)
    with pytest.raises(StoreError, match="no permission to write"):
        reads.open_library(Settings.read()).store.add(document, Reading(document.id))


@pytest.mark.usefixtures("database")
def test_where_a_login_is_set_up_nobody_writes_without_one() -> None:
    """With `[auth]` in the secrets the page asks to log in, and shows no input."""
    app = _opened("text", {"auth": {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "x"}})
    assert "Log in first" in _shown(app)
    assert len(app.text_area) == 0


def test_without_a_login_the_machine_s_user_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local use is by the operating system's user, under a name of its own where that has none."""
    monkeypatch.setenv("LOGNAME", "aysel")
    assert identity.person() == "aysel"
    monkeypatch.setattr("getpass.getuser", _nobody)
    assert identity.person() == "local"


def _nobody() -> str:
    raise KeyError
