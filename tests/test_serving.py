"""The server of features is read by clients of others, refuses what it does not know, and changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from owslib.ogcapi.features import Features
from test_export import content
from typer.testing import CliRunner

from geotrack.cli import app as commands
from geotrack.config import Settings
from geotrack.errors import StoreError
from geotrack.serving import Library, application
from geotrack.serving.library import Shelf
from geotrack.store import Store


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Return what is served of a few facts."""
    return Shelf.of(content())


@contextmanager
def served(shelf: Callable[[], Shelf]) -> Iterator[str]:
    """Serve on a free port of this machine; give the address."""
    config = uvicorn.Config(application(shelf, ["127.0.0.1"]), port=0, log_level="critical", ws="none")
    server, sockets = uvicorn.Server(config), [config.bind_socket()]
    sockets[0].listen()  # who comes before the server is ready waits
    thread = threading.Thread(target=server.run, args=(sockets,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()
        sockets[0].close()


@pytest.fixture(scope="module")
def address(shelf: Shelf) -> Iterator[str]:
    """Return where the facts are served."""
    with served(lambda: shelf) as at:
        yield at


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """Return a client of the facts."""
    with httpx.Client(base_url=address) as asking:
        yield asking


def ids(client: httpx.Client, asked: str) -> list[str]:
    """Return the ids of the features that an address answers with."""
    answer = client.get(f"/collections/{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json")
    return [one["id"] for one in answer.json()["features"]]


def test_owslib_reads_collections_items_and_one_feature(address: str) -> None:
    """The client of the standard finds the interface, filters and pages."""
    features = Features(address)
    assert features.feature_collections() == [
        "districts_AZ_adm1",
        "incidents",
        "figures",
        "totals_districts_AZ_adm1",
    ]
    assert any(one.endswith("/conf/core") for one in features.conformance()["conformsTo"])
    assert "/collections/figures/items" in features.api()["paths"]
    first = features.collection_items("figures", limit=1)
    assert (first["numberMatched"], first["numberReturned"]) == (3, 1)
    found = features.collection_items("figures", measure="items_found", place_ids="AZ-FUZ")
    assert [one["id"] for one in found["features"]] == ["f2"]
    one = features.collection_item("incidents", "i1")
    assert one["geometry"] == {"type": "Point", "coordinates": [46.95, 40.05]}
    assert one["caveat"] == "Not for navigation or operations."


def test_ogrinfo_reads_every_page_of_districts(address: str) -> None:
    """GDAL's own client finds the layer, counts its features, and filters by box."""
    if shutil.which("ogrinfo") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("ogrinfo is missing: install gdal-bin")
        pytest.skip("needs ogrinfo (gdal-bin)")
    command = ["ogrinfo", "-ro", "-al", "-oo", "PAGE_SIZE=2", f"OAPIF:{address}", "districts_AZ_adm1"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert (told.stdout.count("OGRFeature("), "MULTIPOLYGON" in told.stdout, told.stderr) == (3, True, "")
    inside = [*command, "-spat", "48.2", "39.2", "48.4", "39.4"]
    told = subprocess.run(inside, capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.count("OGRFeature(") == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("incidents/items?bbox=46,39,47,41", ["i1"]),
        ("incidents/items?bbox=46,39,0,47,41,100", ["i1"]),
        ("incidents/items?bbox=170,39,-170,41", []),
        ("incidents/items?datetime=2023-05-01", ["i1", "i2"]),
        ("incidents/items?datetime=2023-05-31T00:00:00Z/..", ["i2"]),
        ("incidents/items?datetime=../2022-12-31", []),
        ("incidents/items?killed=1", ["i1"]),
        ("incidents/items?killed=one", []),
        ("figures/items?retold=true", ["f3"]),
        ("figures/items?value=30&f=json", ["f2"]),
        ("districts_AZ_adm1/items?bbox=46.5,39.5,46.6,39.6", ["AZ-AGM"]),
        ("totals_districts_AZ_adm1/items?measure=area_cleared", ["AZ-AGM.area_cleared"]),
    ],
)
def test_features_are_filtered(client: httpx.Client, asked: str, expected: list[str]) -> None:
    """By box, by days, by any property; a fact of a group has no place in a box."""
    assert ids(client, asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        "bbox=1,2,3",
        "bbox=0,nan,1,1",
        "bbox=0,50,1,40",
        "datetime=yesterday",
        "datetime=2024-02-01/2024-01-01",
        "limit=0",
        "limit=-1",
        "limit=²",
        "offset=x",
        "limit=1&limit=2",
        "f=html",
        "pigs=1",
    ],
)
def test_what_an_address_must_not_ask_is_refused(client: httpx.Client, asked: str) -> None:
    """With status 400 and a sentence, as the standard has it."""
    answer = client.get(f"/collections/figures/items?{asked}")
    assert (answer.status_code, answer.json()["code"]) == (400, "400")
    assert answer.json()["description"].endswith(".")


def test_pages_follow_one_another(client: httpx.Client) -> None:
    """Links lead through all features, each of them once, and keep the filter."""
    seen, address = [], "/collections/figures/items?limit=2"
    answer = client.get(address).json()
    while True:
        seen += [one["id"] for one in answer["features"]]
        links = {one["rel"]: one["href"] for one in answer["links"]}
        if "next" not in links:
            break
        answer = client.get(links["next"]).json()
    assert (sorted(seen), "prev" in links) == (["f1", "f2", "f3"], True)


def test_what_is_not_there_is_told(client: httpx.Client) -> None:
    """Unknown collections and features are 404, and nothing can be written."""
    assert client.get("/collections/pigs").status_code == 404
    assert client.get("/collections/figures/items/f9").status_code == 404
    assert client.get("/pigs").json()["code"] == "404"
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, "/collections/figures/items").status_code == 405


def test_a_page_elsewhere_cannot_read_it(client: httpx.Client) -> None:
    """Another name in the address bar is refused; no answer allows other origins."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    answer = client.get("/", headers={"origin": "https://evil.example"})
    assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (200, False)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_each_answer_carries_the_caveat_and_no_victim(client: httpx.Client) -> None:
    """Landing page, collections, features and metadata say what the data are not for."""
    pages = ["/", "/collections", "/collections/figures/items", "/collections/incidents/items", "/metadata"]
    for page in pages:
        text = client.get(page).text
        assert ("Not for navigation or operations." in text, "Aliyev" in text) == (True, False)
    told = client.get("/metadata").json()
    assert (told["build_date"], told["boundaries"][0]["licence"]) == ("2024-05-06", "CC0")


def test_the_order_of_reading_changes_no_byte(client: httpx.Client) -> None:
    """The same facts give the same answers."""
    other = Shelf.of(content(backwards=True))
    assert client.get("/metadata").json() == other.metadata
    for name, held in other.collections.items():
        answer = client.get(f"/collections/{name}/items").json()
        assert answer["features"] == json.loads(json.dumps(held.features))


def test_a_failing_database_is_told_without_its_address() -> None:
    """Status 500; what it is called stays on the machine that serves."""

    def broken() -> Shelf:
        raise StoreError("/secret/path.db", "is damaged", "Restore it.")

    with served(broken) as at:
        answer = httpx.get(at)
    assert (answer.status_code, "secret" in answer.text) == (500, False)


def test_the_library_is_read_again_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between changes the same is served without being made again."""
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    database = tmp_path / "facts.db"
    Store.open(database).close()
    library = Library(Settings.read(str(database)))
    first = library.shelf()
    assert (library.shelf() is first, first.collections["figures"].features) == (True, ())
    monkeypatch.setattr(Store, "revision", property(lambda _: 7))
    assert library.shelf() is not first


def test_the_command_listens_on_this_machine_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says where it is, and gives the server the loopback address."""
    database = tmp_path / "facts.db"
    Store.open(database).close()
    asked: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda _, **options: asked.update(options))
    answer = CliRunner().invoke(commands, ["serve", "--db", str(database), "--port", "8090"])
    assert (answer.exit_code, asked["host"], asked["port"]) == (0, "127.0.0.1", 8090)
    assert "http://127.0.0.1:8090/" in answer.output
