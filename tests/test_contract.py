"""The extraction contract: rows that keep its schema, quote their text and stay the same."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from readings import report

from geotrack.config import seeds_folder
from geotrack.documents import Options, Refused, read_paths
from geotrack.extraction import Reader, to_row
from geotrack.extraction.contract import json_schema
from geotrack.extraction.quantities import AREA_UNITS
from geotrack.models import Document

pytest_plugins = ("readers",)

Row = dict[str, Any]
TEXT = (
    "In May 2024, 31 to 35 anti-tank mines were found in Fuzuli district and over 1,234,560 m² (123 ha) "
    "were cleared. ANAMA plans to clear 500 ha. A farmer was injured when a mine exploded in Aghdam "
    "district on 2 June 2024."
)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Give a validator of the contract's schema."""
    return Draft202012Validator(json_schema(), format_checker=FormatChecker())


@pytest.fixture(scope="module")
def seeds() -> list[Document]:
    """Give the retold seeds as documents."""
    return [d for d in read_paths([seeds_folder()], Options()) if not isinstance(d, Refused)]


@pytest.fixture(scope="module")
def rows(reader: Reader, seeds: list[Document]) -> list[tuple[str, Row]]:
    """Give the text and the row of each seed and of a text with a fact of every kind."""
    documents = [
        *seeds,
        report(TEXT),
        report("Five mines were found in Lachin."),
        report("Mines.", None),
        report(""),
    ]
    return [(d.text, to_row(d, reader.read(d))) for d in documents]


def facts(row: Row) -> list[Row]:
    """Return the figures and incidents of a row."""
    return [*row["figures"], *row["incidents"]]


def test_the_schema_is_a_schema() -> None:
    """What `geotrack schema` prints is valid JSON Schema and can be printed."""
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_every_row_keeps_the_schema(rows: list[tuple[str, Row]], validator: Draft202012Validator) -> None:
    """Rows validate, and so they do after a way through JSON."""
    for _, row in rows:
        validator.validate(row)
        assert json.loads(json.dumps(row, ensure_ascii=False, allow_nan=False)) == row


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measure", "mines_eaten"),
        ("unit", "furlong"),
        ("basis", ""),
        ("span", [1]),
        ("confidence", 2),
        ("start", 5),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_know(
    rows: list[tuple[str, Row]], validator: Draft202012Validator, field: str, value: object
) -> None:
    """A measure, unit, basis, span, confidence or date of another kind is no valid row."""
    row = next(row for _, row in rows if row["figures"])
    broken = {**row, "figures": [{**row["figures"][0], field: value}]}
    with pytest.raises(ValidationError):
        validator.validate(broken)


def test_a_row_without_a_promised_field_is_refused(
    rows: list[tuple[str, Row]], validator: Draft202012Validator
) -> None:
    """Every promised field is required."""
    _, row = rows[0]
    with pytest.raises(ValidationError):
        validator.validate({k: v for k, v in row.items() if k != "refused"})


def test_a_file_that_could_not_be_read_keeps_the_schema(validator: Draft202012Validator) -> None:
    """The row of an unreadable file has an id, a path and an error."""
    validator.validate({"id": "a", "path": "a.pdf", "error": "no text layer"})


def test_the_sample_has_facts_of_every_kind(rows: list[tuple[str, Row]]) -> None:
    """The tests of this file look at figures, incidents, mentions and refusals that are there."""
    row = next(row for text, row in rows if text == TEXT)
    assert {k: bool(row[k]) for k in ("figures", "incidents", "mentions", "refused")} == dict.fromkeys(
        ("figures", "incidents", "mentions", "refused"), True
    )


def test_spans_quote_the_text(rows: list[tuple[str, Row]]) -> None:
    """Every quoted text is what stands at its span, and lies in its sentence."""
    for text, row in rows:
        for item in [*facts(row), *row["mentions"], *row["refused"]]:
            assert item["text"] == text[slice(*item["span"])] != ""
        for fact in facts(row):
            assert fact["sentence"] == text[slice(*fact["sentence_span"])]
            assert fact["sentence_span"][0] <= fact["span"][0] < fact["span"][1] <= fact["sentence_span"][1]


def test_ids_are_unique_and_stay_the_same(reader: Reader, seeds: list[Document]) -> None:
    """A second reading by a reader of its own gives the same rows, and no two facts share an id."""
    other = Reader(reader.gazetteer)
    for document in seeds:
        row = to_row(document, reader.read(document))
        assert to_row(document, other.read(document)) == row
        ids = [f["id"] for f in facts(row)]
        assert len(set(ids)) == len(ids)


def test_a_publication_date_changes_no_id(reader: Reader) -> None:
    """The id of a fact rests on the words, not on what was concluded from them."""
    rows = [to_row(d, reader.read(d)) for d in (report(TEXT), report(TEXT, dt.date(2024, 7, 1)))]
    assert [f["id"] for f in facts(rows[0])] == [f["id"] for f in facts(rows[1])]


def test_values_are_given_in_the_unit_of_the_si(rows: list[tuple[str, Row]]) -> None:
    """Areas are square metres in `value_si`; counts, people and percent stay what they are."""
    figures = [f for _, row in rows for f in row["figures"]]
    expected = [
        (
            pytest.approx(f["value"] * AREA_UNITS.get(f["unit"], 1)),
            "m2" if f["unit"] in AREA_UNITS else f["unit"],
        )
        for f in figures
    ]
    assert [(f["value_si"], f["unit_si"]) for f in figures] == expected
    assert {"m2", "count"} <= {f["unit_si"] for f in figures}


def test_a_second_unit_points_to_the_first(rows: list[tuple[str, Row]]) -> None:
    """A figure that is the same quantity in another unit names the figure that it renders."""
    _, row = next(pair for pair in rows if pair[0] == TEXT)
    first, second = (f for f in row["figures"] if f["measure"] == "area_cleared")
    assert (first["alt_of"], second["alt_of"], second["flags"]) == (None, first["id"], ["alt"])


def test_the_text_is_there_on_demand(reader: Reader) -> None:
    """`with_text` adds the stored text, and nothing else."""
    document = report(TEXT)
    plain, full = (to_row(document, reader.read(document), with_text=w) for w in (False, True))
    assert full == {**plain, "text": TEXT}


@pytest.mark.parametrize(
    ("row_id", "path", "expected"),
    [("r7", "in/rows.jsonl", "r7"), (None, "in/weekly.md", "weekly"), (None, None, report(TEXT).id)],
)
def test_a_row_has_the_id_of_the_input(
    reader: Reader, row_id: str | None, path: str | None, expected: str
) -> None:
    """The input's own id comes first, then the file's stem, then the document's id."""
    document = report(TEXT)
    document = replace(document, row_id=row_id, source=replace(document.source, path=path))
    assert to_row(document, reader.read(document))["id"] == expected
