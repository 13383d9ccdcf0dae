"""`geotrack timeline`, `changes`, `outlook`, `silent`: from the database to a table, or to JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.errors import GeotrackError
from geotrack.gazetteer import Gazetteer
from geotrack.languages import speaking
from geotrack.models import Document, Figure, Mention, Place, Reading, Source, fact_id
from geotrack.store import Store

KHARKIV = Place("UA-63", "Kharkiv oblast", "adm1", "UA", "UA-63")
SUMY = Place("UA-59", "Sumy oblast", "adm1", "UA", "UA-59")
HA = 10_000


def figure(document: Document, words: str, measure: str, period: str, place: Place = KHARKIV) -> Figure:
    """Return a figure of some hectares that the document states in these words; `period` is `start/end`."""
    start = document.text.index(words)
    span = (start, start + len(words))
    first, last = (dt.date.fromisoformat(one) if one else None for one in period.split("/"))
    value = float(words.split(maxsplit=1)[0].replace(",", ""))
    return Figure(
        id=fact_id(document.id, "figure", span, measure),
        measure=measure,  # type: ignore[arg-type]  # each is one
        value=value,
        unit="ha",
        value_si=value * HA,
        unit_si="m2",
        qualifier="exact",
        basis="period" if first else "stock",
        places=(place,),
        start=first,
        end=last,
        text=words,
        span=span,
        sentence=document.text,
        sentence_span=(0, len(document.text)),
        confidence=0.9,
        rule="test",
    )


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Return a database of two reports on an oblast, the second of which also names another."""
    old = Document(
        "Contaminated: 4,000 ha. Cleared in 2023: 800 ha.", source=Source("A", dt.date(2024, 1, 5))
    )
    new = Document(
        "Contaminated: 3,100 ha. In January 90 ha, in Sumy none.", source=Source("B", dt.date(2024, 7, 5))
    )
    at = new.text.index("Sumy")
    readings = (
        Reading(
            old.id,
            figures=(
                figure(old, "4,000 ha", "area_contaminated", "/2024-01-01"),
                figure(old, "800 ha", "area_cleared", "2023-01-01/2023-12-31"),
            ),
            rules_version="1",
        ),
        Reading(
            new.id,
            mentions=(Mention((at, at + 4), "Sumy", SUMY, 0.9, (), "an oblast named"),),
            figures=(
                figure(new, "3,100 ha", "area_contaminated", "/2024-07-01"),
                figure(new, "90 ha", "area_cleared", "2024-01-02/2024-01-31"),
            ),
            rules_version="1",
        ),
    )
    file = tmp_path / "facts.db"
    with Store.open(file) as store:
        for document, reading in zip((old, new), readings, strict=True):
            store.add(document, reading)
    return str(file)


def told(database: str, *words: str) -> str:
    """Return what a command prints."""
    answer = CliRunner().invoke(app, [*words, "--db", database], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def json_of(database: str, *words: str) -> Any:
    """Return what a command prints for programs."""
    return json.loads(told(database, *words, "--format", "json"))


def test_a_year_is_a_band_over_its_quarters(database: str) -> None:
    """The table says at most and that nothing is known inside; JSON has nulls."""
    asked = ("timeline", "--measure", "area_cleared", "--place", "Kharkiv oblast", "--by", "quarter")
    rows = json_of(database, *asked)["bins"]
    assert [(row["bin"], row["lower"], row["upper"]) for row in rows] == [
        *((f"2023Q{n}", None, 800.0 * HA) for n in range(1, 5)),
        ("2024Q1", 90.0 * HA, 90.0 * HA),
    ]
    assert "2023Q1" in (table := told(database, *asked))
    assert "800 ha" in table


def test_a_rate_and_running_sums(database: str) -> None:
    """Per day of the year, and all since the first."""
    asked = ("timeline", "--measure", "area_cleared", "--place", "UA-63", "--by", "year", "--view")
    assert json_of(database, *asked, "rate")["bins"][0]["lower"] == 800 * HA / 365
    assert [row["lower"] for row in json_of(database, *asked, "cumulative")["bins"]] == [
        800.0 * HA,
        890.0 * HA,
    ]
    assert "nothing known" in told(database, "timeline", "--measure", "killed", "--place", "UA-63")


def test_what_changed_since_a_day(database: str) -> None:
    """One report, two quantities, and a level that fell by 900 ha, a tenth of it by clearance."""
    found = json_of(database, "changes", "--since", "2024-07-01")
    assert (len(found["documents"]), len(found["observations"]), found["conflicts"]) == (1, 2, [])
    (row,) = found["levels"]
    assert (row["change"], row["days"], row["age_days"]) == (-900.0 * HA, 182, 4)
    assert [(one["kind"], one["share"]) for one in row["reasons"]] == [("clearance", 0.1)]
    assert "(10%" in told(database, "changes", "--since", "2024-07-01")
    narrowed = ("changes", "--since", "2024-07-01", "--place", "UA-59", "--measure", "area_cleared")
    assert json_of(database, *narrowed)["documents"] == []


def test_the_outlook_says_that_it_is_no_forecast(database: str) -> None:
    """3,100 ha at 800 ha a year; the month of 2024 tells too little of its year."""
    found = json_of(database, "outlook", "--place", "UA", "--on", "2024-07-11")
    (row,) = found["rows"]
    assert row["years_most"] == pytest.approx(3100 / 800, rel=1e-3)
    assert (row["place_id"], row["age_days"], row["n_bins"]) == ("UA-63", 10, 1)
    table = told(database, "outlook", "--place", "UA")
    assert "not a forecast" in table
    assert "3.87" in table
    assert "Nothing to divide" in told(database, "outlook", "--place", "AZ")


def test_silent_districts(database: str) -> None:
    """Sumy is named without a figure; Kharkiv has some; a country can be chosen."""
    assert [row["place_id"] for row in json_of(database, "silent")] == ["UA-59"]
    assert "UA-59" in told(database, "silent", "--country", "UA")
    assert "has a figure" in told(database, "silent", "--country", "AZ")


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "--measure", "area_contaminated", "--place", "UA-63"),
        ("timeline", "--measure", "hope", "--place", "UA-63"),
        ("changes", "--since", "2024-07-01", "--place", "Nowhereville"),
        ("silent", "--country", "QQ"),
    ],
)
def test_what_cannot_be_answered_is_an_expected_error(database: str, words: tuple[str, ...]) -> None:
    """With a message that says what to do."""
    with pytest.raises(GeotrackError):
        told(database, *words)


def test_what_is_in_no_bin_is_counted_and_listed_on_request(database: str) -> None:
    """Twelve numbers without days: ten lines and how many more; --all lists them."""
    text = ", ".join(f"{n} ha" for n in range(11, 23)) + " were cleared."
    document = Document(text, source=Source("C", dt.date(2024, 8, 1)))
    facts = tuple(figure(document, f"{n} ha", "area_cleared", "/") for n in range(11, 23))
    with Store.open(database) as store:
        store.add(document, Reading(document.id, figures=facts, rules_version="1"))
    asked = ("timeline", "--measure", "area_cleared", "--place", "UA-63")
    short, long = told(database, *asked), told(database, *asked, "--all")
    assert "In no bin: 12" in short
    assert "2 more: --all lists them." in short
    assert (short.count(" ha"), "--all" in long) == (long.count(" ha") - 2, False)
    assert len(json_of(database, *asked)["beside"]) == 12


def test_the_outlook_says_which_side_is_missing(database: str) -> None:
    """Of Kharkiv both are known; of Ukraine the land that remains is not, and what to add is said."""
    (row,) = json_of(database, "outlook", "--place", "UA")["missing"]
    assert (row["place_id"], row["missing"]) == ("UA", "remaining")
    table = " ".join(told(database, "outlook", "--place", "UA").split())
    assert "contaminated land is stated of parts" in table
    assert "Add a report that states its contaminated land as of a day." in table


COMMANDS = (
    ("total", "--measure", "area_cleared", "--place", "UA-63", "--to", "2023-12-31"),
    ("total", "--measure", "area_cleared", "--place", "UA"),
    ("observations", "--measure", "area_cleared", "--place", "UA-63"),
    ("timeline", "--measure", "area_cleared", "--place", "UA-63", "--by", "quarter"),
    ("timeline", "--measure", "killed", "--place", "UA-63"),
    ("changes", "--since", "2024-01-01"),
    ("outlook", "--place", "UA"),
    ("outlook", "--place", "AZ"),
    ("silent", "--country", "UA"),
    ("silent", "--country", "AZ"),
    ("checks",),
    ("conflicts",),
    ("documents", "list"),
)
# Ids, measures and options are typed as they are; names of places and papers are names.
KEPT = re.compile(
    r"area_\w+|killed|UA\w*|AZ|Kharkiv|Sumy|Ukraine|Azerbaijan|Oblast|json|format|all|[A-C]|\dQ|Q\d"
)


@pytest.fixture
def disputed(database: str) -> str:
    """Return the database with a third report, which contradicts the second and exceeds the first."""
    document = Document(
        "In January 70 ha; in 2023 once more 1,900 ha.", source=Source("C", dt.date(2024, 8, 1))
    )
    facts = (
        figure(document, "70 ha", "area_cleared", "2024-01-02/2024-01-31"),
        figure(document, "1,900 ha", "area_cleared", "2023-03-01/2023-03-31"),
    )
    with Store.open(database) as store:
        store.add(document, Reading(document.id, figures=facts, rules_version="1"))
    return database


@pytest.fixture
def _gazetteer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gazetteer, "of", lambda _settings: _gazetteer())


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.usefixtures("_gazetteer_once")
def test_what_programs_read_is_the_same_in_every_language(disputed: str) -> None:
    """JSON is in English, whoever asks."""
    told_in = {}
    for language in ("en", "uk"):
        with speaking(language):
            told_in[language] = [
                _wide(disputed, *words, "--format", "json") for words in COMMANDS if words[0] != "documents"
            ]
    assert told_in["en"] == told_in["uk"]


@pytest.mark.usefixtures("_gazetteer_once")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("language", ["uk", "ru", "az"])
def test_tables_are_told_in_the_language_spoken(disputed: str, words: tuple[str, ...], language: str) -> None:
    """No English heading, reason or quantity is left."""
    with speaking("en"):
        english = _wide(disputed, *words)
    with speaking(language):
        table = _wide(disputed, *words)
    found = set(re.findall(r"[A-Za-z_]{2,}", re.sub(r"\b[a-f\d]{8,}\b", "", table)))
    if language == "az":
        said = {one for one in set(re.findall(r"[A-Za-z_]{4,}", english)) if not KEPT.fullmatch(one)}
        assert said & found <= {"fact", "group"}
    else:
        assert {one for one in found if not KEPT.fullmatch(one)} <= {"ga"}


def _wide(database: str, *words: str) -> str:
    answer = CliRunner(env={"COLUMNS": "400"}).invoke(app, [*words, "--db", database], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output
