"""What officials say of the years ahead: a small gold set with a floor, and the ways of a claim."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from geotrack.export import ExportContent, export
from geotrack.extraction import Reader
from geotrack.models import Claim, Document, Source
from geotrack.store import Store

pytest_plugins = ("readers",)

GOLD = Path(__file__).parent / "gold" / "claims" / "claims.jsonl"
PUBLISHED = dt.date(2024, 6, 1)
# Sentences with exactly the claims, and with the places too.
FLOOR, PLACED = 0.96, 0.96


def read(reader: Reader, text: str, language: str = "en") -> tuple[Claim, ...]:
    """Return the claims of a report published on a known day."""
    return reader.read(Document(text=text, language=language, source=Source(published=PUBLISHED))).claims


def told(claim: Claim) -> dict[str, Any]:
    """Return what the gold set says of a claim."""
    values: dict[str, Any] = {
        "years": claim.years,
        "years_max": claim.years_max,
        "until": claim.until,
        "share": claim.share,
        "qualifier": claim.qualifier,
        "condition": bool(claim.condition),
        "places": [p.id for p in claim.places],
    }
    return {name: value for name, value in values.items() if value not in (None, False)}


def rows() -> list[dict[str, Any]]:
    """Return the annotated sentences."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def test_the_gold_set_is_read_as_annotated(reader: Reader) -> None:
    """Half of it are traps: costs, lessons, ages, other countries, what was done in so many years."""
    assert len(rows()) >= 40
    right = placed = 0
    wrong = []
    for row in rows():
        found = [told(one) for one in read(reader, row["text"], row["language"])]
        bare = [{k: v for k, v in one.items() if k != "places"} for one in found]
        if bare == [{k: v for k, v in one.items() if k != "places"} for one in row["claims"]]:
            right += 1
        else:
            wrong.append((row["id"], found))
        placed += found == row["claims"]
    assert right / len(rows()) >= FLOOR, wrong
    assert placed / len(rows()) >= PLACED


def test_traps_claim_nothing(reader: Reader) -> None:
    """No sentence without a claim gives one."""
    traps = [row for row in rows() if not row["claims"]]
    assert len(traps) >= len(rows()) * 2 // 5
    found = {row["id"]: read(reader, row["text"], row["language"]) for row in traps}
    assert {name: one for name, one in found.items() if one} == {}


def test_a_claim_quotes_its_words(reader: Reader) -> None:
    """The span is the years as written; speaker and condition are words of the report, too."""
    text = "At the current pace, clearing Ukraine of mines will take 70 years, said the minister."
    (claim,) = read(reader, text)
    assert text[claim.span[0] : claim.span[1]] == claim.text == "70 years"
    assert (claim.speaker, claim.condition) == ("the minister", "At the current pace")
    assert claim.sentence == text


@pytest.mark.parametrize(
    "text",
    [
        "The deminers needed more than two years to clear the fields of Kherson region of mines.",
        "The road to Shusha will be cleared of mines within two years.",
        "Mines must be cleared: the ministry will spend 3 million dollars in the next five years.",
        "The clearance of Kharkiv region began two years ago.",
        "In ten years of war Ukraine has to clear many mines.",
    ],
)
def test_no_claims(reader: Reader, text: str) -> None:
    """The past, a single road, money and a war."""
    assert read(reader, text) == ()


def test_a_claim_is_told_once_and_adds_no_figure(reader: Reader) -> None:
    """The lead repeats the headline: one claim; years are no figure."""
    text = "Demining of Ukraine will take 30 years.\n\nDemining Ukraine will take 30 years, a minister said."
    reading = reader.read(Document(text=text, language="en", source=Source(published=PUBLISHED)))
    assert len(reading.claims) == 1
    assert reading.figures == ()


def test_a_claim_is_kept_listed_and_exported(reader: Reader, tmp_path: Path) -> None:
    """The store gives it back as it was read; `claims.csv` quotes its sentence."""
    document = Document(
        text="Clearing Ukraine of mines will take 70 years, said the minister.",
        language="en",
        source=Source(published=PUBLISHED),
    )
    with Store.open(tmp_path / "claims.db") as store:
        store.add(document, reader.read(document))
        assert store.reading(document.id).claims == reader.read(document).claims
        table, figures, incidents = store.claims(), store.figures(), store.incidents()
    assert table[["years", "speaker", "place_ids"]].to_numpy().tolist() == [[70.0, "the minister", ["UA"]]]
    content = ExportContent(figures, incidents, reader.gazetteer, (), PUBLISHED, claims=table)
    assert "claims.csv" in [path.name for path in export(content, tmp_path / "out", "csv")]
    assert "will take 70 years" in (tmp_path / "out" / "claims.csv").read_text(encoding="utf-8")
