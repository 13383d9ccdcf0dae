"""The page Review without a browser: the queue, verdicts, corrections, undo, facts added, who may review."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import app_samples as samples
import pytest
from app_samples import fresh_caches, opened, plain, shown  # noqa: F401 - the first by its name
from streamlit.testing.v1 import AppTest

from geotrack.app import identity, links, reads, reviewforms, reviewlog, reviewqueue, reviewtexts
from geotrack.app.reviewqueue import QueueFilter
from geotrack.config import Settings
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source
from geotrack.store import Review, Store

ASTRAL = "\U0001d7db deminers 🦺 told: cafe\u0301 owners cleared 40 hectares near Aghdam in May 2024."


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database with the two sample reports, and name it to the app."""
    path = tmp_path / "app.db"
    samples.fill(path)
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


def _press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def _said(database: Path) -> list[tuple[str, str]]:
    with Store.open(database) as store:
        table = store.reviews()
    return list(zip(table["verdict"], table["fact_id"], strict=True))


def _queue(asks: QueueFilter | None = None) -> list[str]:
    library = reads.open_library(Settings.read())
    return list(reviewqueue.queue(library, asks or QueueFilter()).left["fact_id"])


def _land(database: Path) -> Any:
    with Store.open(database) as store:
        table = store.figures()
    return next(row for row in table.itertuples() if row.measure == "area_cleared")


def test_verdicts_go_through_the_queue_and_are_taken_back(database: Path) -> None:
    """Accept and reject write a word and take the next fact in hand; undo brings the fact and queue back."""
    first, second, *rest = _queue()
    app = opened(links.REVIEW)
    assert app.query_params["fact"] == first
    _press(app, "Accept")
    assert app.query_params["fact"] == second
    assert f"1 of {2 + len(rest)} looked at" in plain(app)
    _press(app, "Reject")
    assert _said(database) == [("accepted", first), ("rejected", second)]
    assert _queue() == rest
    _press(app, "Undo")
    assert app.query_params["fact"] == second
    assert _queue() == [second, *rest]
    assert not app.exception


@pytest.mark.usefixtures("database")
def test_skipped_fact_stays_and_is_found_again() -> None:
    """Skip goes on without a word, back comes back, and after the last fact the first left comes again."""
    order = _queue()
    app = opened(links.REVIEW)
    for fact_id in [*order[1:], order[0]]:
        _press(app, "Skip")
        assert app.query_params["fact"] == fact_id
    _press(app, "Back")
    assert app.query_params["fact"] == order[-1]
    assert _queue() == order


def test_corrected_fields_are_kept_with_their_value_in_si(database: Path) -> None:
    """A changed value is a correction, a second one keeps the first, and what is not changed is not told."""
    land = _land(database)
    app = opened(links.REVIEW, fact=land.figure_id)
    app.text_input(key=f"fact {land.figure_id} None value").set_value("300").run()
    _press(app, "Keep as corrected")
    assert _said(database) == [("corrected", land.figure_id)]
    assert "250 ha → 300 ha" in plain(app)
    row = _land(database)
    assert (row.value, row.value_si, row.review) == (300, 3_000_000, "corrected")
    with Store.open(database) as store:
        word = store.standing(land.figure_id)
    assert word is not None
    assert word.corrected == {"value": 300, "value_si": 3_000_000, "unit_si": "m2"}
    app = opened(links.REVIEW, fact=land.figure_id)
    key = f"fact {land.figure_id} {word.review_id}"
    assert app.text_input(key=f"{key} value").value == "300"
    app.selectbox(key=f"{key} qualifier").set_value("about").run()
    app.selectbox(key=f"{key} qualifier").set_value("approx").run()
    _press(app, "Keep as corrected")
    row = _land(database)
    assert (row.value, row.qualifier) == (300, "approx")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("value", "many", "is no number"),
        ("value", "", "needs a value"),
        ("value_max", "100", "ends below"),
    ],
)
def test_nonsense_is_said_in_place_and_not_written(
    database: Path, name: str, text: str, problem: str
) -> None:
    """What makes no sense is said beside the form, and the button writes nothing."""
    land = _land(database)
    app = opened(links.REVIEW, fact=land.figure_id)
    app.text_input(key=f"fact {land.figure_id} None {name}").set_value(text).run()
    assert problem in plain(app)
    _press(app, "Keep as corrected")
    assert _said(database) == []


def test_part_and_who_said_so_are_corrected(database: Path) -> None:
    """Which part, who did it and who says so are fields like others; emptied, they are nothing."""
    land = _land(database)
    app = opened(links.REVIEW, fact=land.figure_id)
    key = f"fact {land.figure_id} None"
    app.text_input(key=f"{key} part").set_value(" farmland ")
    app.text_input(key=f"{key} done_by").set_value("ANAMA; ; a partner").run()
    _press(app, "Keep as corrected")
    assert "Part: \N{EN DASH} → farmland; Done by: " in plain(app)
    row = _land(database)
    assert (row.part, list(row.done_by)) == ("farmland", ["ANAMA", "a partner"])
    with Store.open(database) as store:
        word = store.standing(land.figure_id)
    assert word is not None
    assert word.corrected.keys() == {"part", "done_by"}
    app = opened(links.REVIEW, fact=land.figure_id)
    app.text_input(key=f"fact {land.figure_id} {word.review_id} part").set_value("").run()
    _press(app, "Keep as corrected")
    row = _land(database)
    assert (row.part, list(row.done_by)) == (None, ["ANAMA", "a partner"])


def test_place_is_chosen_by_its_name(database: Path) -> None:
    """A name finds places with their districts; the one taken is among the fact's, and is kept."""
    land = _land(database)
    app = opened(links.REVIEW, fact=land.figure_id)
    key = f"fact {land.figure_id} None place_ids"
    app.text_input(key=f"{key} query").set_value("Fuzuly").run()
    app.button(key=f"{key} take AZ-FUZ").click().run()
    assert app.multiselect(key=key).value == ["AZ-AGM", "AZ-FUZ"]
    _press(app, "Keep as corrected")
    assert list(_land(database).place_ids) == ["AZ-AGM", "AZ-FUZ"]


def test_verdict_of_somebody_else_is_not_overwritten(database: Path) -> None:
    """Who judges what another has judged in the meantime is told so, and nothing is written."""
    first = _queue()[0]
    app = opened(links.REVIEW, fact=first)
    with Store.open(database) as store:
        store.review(Review(first, "rejected", "Oleh <b>"))
    _press(app, "Accept")
    assert "Oleh &lt;b&gt; has judged this fact in the meantime (rejected)" in plain(app)
    assert _said(database) == [("rejected", first)]
    _press(app, "Accept")
    assert _said(database) == [("rejected", first), ("accepted", first)]


@pytest.mark.usefixtures("database")
def test_filters_narrow_the_queue_and_stand_in_the_address() -> None:
    """Country, measure, publisher and document narrow the queue; one document comes in its own order."""
    app = opened(links.REVIEW, measure="area_cleared")
    assert "0 of 1 looked at" in plain(app)
    app.selectbox(key="review measure").set_value("incidents").run()
    assert app.query_params["measure"] == "incidents"
    document_id = samples.hostile_document().id
    library = reads.open_library(Settings.read())
    found = reviewqueue.queue(library, QueueFilter(document=document_id)).asked
    assert found["span_start"].is_monotonic_increasing
    assert set(found["document_id"]) == {document_id}


def test_queue_is_ordered_once_for_a_reading(database: Path) -> None:
    """A verdict leaves the order as it is; a new document makes another one."""
    library = reads.open_library(Settings.read())
    before = reviewqueue.order(library)
    with Store.open(database) as store:
        store.review(Review(before["fact_id"][0], "accepted", "Olena"))
        store.undo(before["fact_id"][0], "Olena")
    assert reviewqueue.order(reads.open_library(Settings.read())) is before
    _add(database, "Sappers cleared 12 hectares in Fuzuli in June 2024.")
    assert len(reviewqueue.order(reads.open_library(Settings.read()))) == len(before) + 1


def _add(database: Path, text: str) -> str:
    document = Document(text=text, source=Source("Agency"), language="en")
    with Store.open(database) as store:
        store.add(document, Reader(Gazetteer.load()).read(document))
    return document.id


def test_typed_words_become_a_fact(database: Path) -> None:
    """Words that the text holds open the form, number and place filled in; add writes them as they are."""
    text = "Aghdam: the quantity that was reported is 77 hectares."
    document_id = _add(database, text)
    app = opened(links.REVIEW, view="text", document=document_id)
    app.text_input(key="review words").set_value("77  HECTARES").run()
    start = text.index("77 hectares")
    key = f"new {document_id} {start} {start + 11} figure"
    assert app.text_input(key=f"{key} value").value == "77"
    assert app.selectbox(key=f"{key} unit").value == "ha"
    assert app.multiselect(key=f"{key} place_ids").value == ["AZ-AGM"]
    app.selectbox(key=f"{key} measure").set_value("Land released").run()
    app.selectbox(key=f"{key} measure").set_value("area_released").run()
    _press(app, "Add")
    assert not app.exception
    with Store.open(database) as store:
        added = store.document(document_id).added
    assert [(one.text, one.span, one.value_si) for one in added] == [  # type: ignore[union-attr]  # a figure
        ("77 hectares", (start, start + 11), 770_000)
    ]
    assert "Added." in plain(app)


def test_document_is_called_complete_and_that_is_taken_back(database: Path) -> None:
    """Who says that a document is complete stands beside it, and can take it back."""
    document_id = samples.hostile_document().id
    app = opened(links.REVIEW, view="text", document=document_id)
    _press(app, "This document is complete")
    assert "went through it" in plain(app)
    with Store.open(database) as store:
        assert store.documents()["reviewed_by"].notna().sum() == 1
    packed = reviewlog.gold_zip(reads.open_library(Settings.read()))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert "gold.jsonl" in archive.namelist()
    _press(app, "It is not complete after all")
    with Store.open(database) as store:
        assert store.documents()["reviewed_by"].isna().all()


def test_what_was_said_is_listed_and_taken_back(database: Path) -> None:
    """The list tells who said what of which words; undo there takes the word back."""
    first = _queue()[0]
    with Store.open(database) as store:
        store.review(Review(first, "rejected", "Oleh <script>"))
    app = opened(links.REVIEW, view="done")
    assert "Rejected · Oleh &lt;script&gt;" in plain(app)
    _press(app, "Undo")
    assert first in _queue()
    assert "taken back since" in plain(app)


@pytest.mark.usefixtures("database")
def test_nobody_reviews_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where people log in, the page asks for it and shows nothing to judge."""
    monkeypatch.setattr(identity, "person", lambda: None)
    app = opened(links.REVIEW)
    assert "Log in first" in plain(app)
    assert "looked at" not in plain(app)


def test_read_only_app_has_no_review(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public app neither offers the page nor shows it, nor leads to it from a sentence."""
    land = _land(database)
    monkeypatch.setenv("GEOTRACK_READ_ONLY", "1")
    assert links.REVIEW not in links.offered(Settings.read())
    app = opened(links.MAP, country="AZ", measure="area_cleared", selected="AZ-AGM")
    assert "review" not in {link.proto.page for link in app.get("page_link")}
    assert land.review is None


@pytest.mark.usefixtures("database")
def test_hostile_words_stay_text() -> None:
    """Whatever a report says in its text, title or publisher is escaped in each view of the page."""
    document_id = samples.hostile_document().id
    for params in ({"document": document_id}, {"view": "text", "document": document_id}):
        app = opened(links.REVIEW, **params)
        assert not app.exception
        assert "<script>window.hacked" not in shown(app)
        assert "<img" not in shown(app)
        assert "<svg" not in shown(app)


def test_pieces_of_a_text_are_the_text(database: Path) -> None:
    """The text in which words are chosen is the stored one, its offsets code points, whatever its letters."""
    document_id = _add(database, f"{ASTRAL}\n\n{ASTRAL}")
    with Store.open(database) as store:
        stored = store.document(document_id)
    text = stored.document.text
    found = reviewtexts.paragraphs(stored, (0, len(text)), (2, 10))
    for start, pieces in found:
        words = "".join(words for words, _ in pieces)
        assert text[start : start + len(words)] == words
    marked = [words for _, pieces in found for words, kinds in pieces if "found" in kinds]
    assert marked == ["deminers"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234.5", 1234.5),
        ("5 600 000", 5_600_000),
        ("12", 12),
        ("-3", None),
        ("1e9", None),
        ("1,23,4", None),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: float | None) -> None:
    """Separators that are clear are taken; what is no number, or might be two, is not."""
    assert reviewforms.number_of(typed) == number


def test_identity_is_kept_with_a_word(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word says whose it is."""
    monkeypatch.setattr(identity, "person", lambda: "olena@example.org")
    _press(opened(links.REVIEW), "Accept")
    with Store.open(database) as store:
        assert set(store.reviews()["who"]) == {"olena@example.org"}
