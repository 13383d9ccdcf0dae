"""The scores are those of `gold/score.py`, written apart from the package and kept as it was given."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import json
import random
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_gold import GOLD, SETS, documents

from geotrack.evaluation import Evaluation, Score, evaluate, load_gold
from geotrack.evaluation.matching import is_place
from geotrack.extraction import Reader, to_row
from geotrack.extraction.contract import place_row
from geotrack.models import Document, Figure, Incident, Place, Reading, Source

pytest_plugins = ("readers",)

Pairs = list[tuple[Document, Reading]]
# The parts that only check stay out: nothing of them is looked at but their scores.
DEVELOPED = ("seeds", "dev")
# Of many documents so many are enough to meet each kind of gold.
MOST_DOCUMENTS = 120


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """Give the reference, which is a script of its own."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def read(reader: Reader) -> Callable[[str], Pairs]:
    """Give the documents of a gold set with their readings, each set read once."""
    held: dict[str, Pairs] = {}

    def pairs(name: str) -> Pairs:
        if name not in held:
            every = list(documents(SETS[name][1]))
            some = every[:: len(every) // MOST_DOCUMENTS + 1]
            held[name] = [(one, reader.read(one)) for one in some]
        return held[name]

    return pairs


def said_by_reference(reference: ModuleType, gold: Path, pairs: Pairs, folder: Path) -> list[str]:
    """Return the lines that the reference prints; those of measures with equal gold may come in any order."""
    predicted = folder / "predicted.jsonl"
    rows = [to_row(document, reading) for document, reading in pairs]
    predicted.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    printed = io.StringIO()
    with (
        patch.object(sys, "argv", ["score.py", str(gold), str(predicted)]),
        redirect_stdout(printed),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", ResourceWarning)  # the script leaves its files to be closed at exit
        reference.main()
    return sorted(printed.getvalue().splitlines())


def said_by_package(evaluation: Evaluation) -> list[str]:
    """Write an evaluation as the reference does."""
    qualifiers = evaluation.qualifiers()
    lines = [
        f"documents {len(evaluation.documents)}  without output {len(evaluation.without_document)}",
        f"figures value    {_shares(evaluation.score('value'))}",
        f"figures +place   {_shares(evaluation.score('place'))}",
        f"figures +period  {_shares(evaluation.score('period'))}",
        f"qualifier right {qualifiers.right}/{qualifiers.gold}",
        f"incidents event  {_shares(evaluation.score('incidents'))}",
        f"incidents all fields right {_shares(evaluation.score('incident_fields'))}",
    ]
    # The reference counts what was read under its own measure, also where it answers gold of another.
    own = Counter(one.got.measure for one in evaluation.figures if one.counted and one.got)
    scores = evaluation.by_measure("value")
    for measure in {*own, *(name for name, score in scores.items() if score.gold)}:
        here = scores.get(measure, Score(0, 0, 0))
        score = Score(here.right, own[measure], here.gold)
        lines.append(f"  {measure:<20} {_shares(score, 2)}  (gold {score.gold}, predicted {score.predicted})")
    return sorted(lines)


def _shares(score: Score, digits: int = 3) -> str:
    return f"P {score.precision:.{digits}f} R {score.recall:.{digits}f} F1 {score.f1:.{digits}f}"


@pytest.mark.parametrize("name", DEVELOPED)
def test_gold_sets_score_as_in_the_reference(
    name: str, read: Callable[[str], Pairs], reference: ModuleType, tmp_path: Path
) -> None:
    """What the reader reads of each gold set has the reference's scores, at every level and measure."""
    gold, pairs = SETS[name][0], read(name)
    expected = said_by_reference(reference, gold, pairs, tmp_path)
    assert said_by_package(evaluate(load_gold(gold), pairs)) == expected


@pytest.mark.parametrize("name", DEVELOPED)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), harm=st.sampled_from([0.1, 0.4, 0.9]))
def test_damaged_readings_score_as_in_the_reference(
    name: str,
    read: Callable[[str], Pairs],
    reference: ModuleType,
    tmp_path: Path,
    seed: int,
    harm: float,
) -> None:
    """Facts lost, doubled, moved and changed, and documents lost: both scorers still say the same."""
    gold = SETS[name][0]
    pairs = damaged(read(name), random.Random(seed), harm)  # noqa: S311 - no secrets
    expected = said_by_reference(reference, gold, pairs, tmp_path)
    assert said_by_package(evaluate(load_gold(gold), pairs)) == expected


def damaged(pairs: Pairs, chance: random.Random, harm: float) -> Pairs:
    """Return readings of which each fact is spoilt in some way with the probability `harm`."""
    readings = [reading for _, reading in pairs]
    figures = [one for reading in readings for one in reading.figures]
    incidents = [one for reading in readings for one in reading.incidents]
    found = []
    for document, reading in pairs:
        if chance.random() < harm / 10:
            continue
        told = [one for f in reading.figures for one in _spoilt_figures(f, figures, chance, harm)]
        events = [one for i in reading.incidents for one in _spoilt_incidents(i, incidents, chance, harm)]
        chance.shuffle(told)
        found.append((document, replace(reading, figures=tuple(told), incidents=tuple(events))))
    return found


def _spoilt_figures(
    one: Figure, others: Sequence[Figure], chance: random.Random, harm: float
) -> list[Figure]:
    if chance.random() > harm:
        return [one]
    other = chance.choice(others)
    return chance.choice(
        (
            [],
            [one, one],
            [one, other],
            [replace(one, measure=other.measure)],
            [replace(one, value=one.value * chance.choice((0.99, 1.004, 1.006, 100)))],
            [replace(one, unit=other.unit)],
            [replace(one, value=one.value * 100, unit="ha")],
            [replace(one, places=other.places)],
            [replace(one, places=one.places[1:])],
            [replace(one, places=(*one.places, *other.places[:1]))],
            [replace(one, start=other.start)],
            [replace(one, end=other.end)],
            [replace(one, qualifier=other.qualifier)],
            [replace(one, flags=("subset",))],
        )
    )


def _spoilt_incidents(
    one: Incident, others: Sequence[Incident], chance: random.Random, harm: float
) -> list[Incident]:
    if chance.random() > harm or not others:
        return [one]
    other = chance.choice(others)
    return chance.choice(
        (
            [],
            [one, one],
            [one, other],
            [replace(one, date=other.date)],
            [replace(one, date=one.date and one.date[:7])],
            [replace(one, places=other.places)],
            [replace(one, places=())],
            [replace(one, killed=other.killed, injured=other.injured)],
        )
    )


# one invented document, in which everything is near to everything ---------------------------------

PLACES = (
    Place("AZ-AGM", "Aghdam", "adm1", "AZ", "AZ-AGM"),
    Place("AZ", "Azerbaijan", "country", "AZ"),
    Place("AZ:liberated", "The liberated territories", "region", "AZ"),
    Place("AZ:karabakh", "Karabakh", "region", "AZ"),
    Place("AZ-AGM/qarvand", "Qarvand", "settlement", "AZ", "AZ-AGM"),
    Place("gn:1", "Gərvənd", "settlement", "AZ", "AZ-AGM"),
    Place("UA6304", "Izium Raion", "adm2", "UA", "UA-63", "UA6304"),
    Place("gn:707292", "Izium", "settlement", "UA", "UA-63", "UA6304"),
    Place("gn:2", "Izium", "settlement", "UA"),
    Place("katottg:karabakh", "Karabakh", "settlement", "UA"),
)
# For each label of gold the place that answers it, and one that nearly does.
ANSWERS = {
    "AZ-AGM": (PLACES[0], PLACES[1]),
    "AZ": (PLACES[1], PLACES[0]),
    "AZ:liberated": (PLACES[2], PLACES[3]),
    "AZ:Karabakh": (PLACES[3], PLACES[9]),
    "AZ-AGM/Qarvand": (PLACES[4], PLACES[5]),
    "AZ-AGM/Garvand": (PLACES[5], PLACES[0]),
    "UA-63/Izium raion": (PLACES[6], PLACES[7]),
    "UA-63/Izyum": (PLACES[7], PLACES[8]),
}
LABELS = tuple(ANSWERS)
MEASURES = ("area_cleared", "area_released", "killed", "share_contaminated")
UNITS = ("ha", "km2", "m2", "acre", "percent", "people", "count")
VALUES = (1, 100, 100.4, 10_000, 1_000_000)
DAYS = (None, "2024-01-01", "2024-01-31")
NEUTRAL = ("ambiguous", "subset", "restatement", "alt", "out_of_scope")


def _some(of: Sequence[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(of), max_size=most, unique=True)


def _flagged(row: dict[str, Any], labels: list[str]) -> dict[str, Any]:
    return row | dict.fromkeys(labels, True)


GOLD_FIGURES = st.builds(
    _flagged,
    st.fixed_dictionaries(
        {
            "measure": st.sampled_from(MEASURES),
            "value": st.sampled_from(VALUES),
            "unit": st.sampled_from(UNITS),
            "places": _some(LABELS),
            "start": st.sampled_from(DAYS),
            "end": st.sampled_from(DAYS),
        },
        optional={
            "qualifier": st.sampled_from(["exact", "approx"]),
            "alt_measures": _some(MEASURES),
            "alt_places": _some(LABELS),
            "ambiguous_fields": _some(["places", "start", "end", "period"]),
        },
    ),
    _some(NEUTRAL, 1),
)
EVENT_DATES = (None, "2024", "2024-01", "2024-01-01", "2024-01-02", "2023-05-05")
GOLD_INCIDENTS = st.builds(
    _flagged,
    st.fixed_dictionaries(
        {
            "date": st.sampled_from(EVENT_DATES),
            "places": _some(LABELS),
            "killed": st.sampled_from([None, 0, 1]),
            "injured": st.sampled_from([None, 0, 1]),
        },
        optional={"ambiguous_fields": _some(["places", "date", "killed", "injured"])},
    ),
    _some(NEUTRAL, 1),
)
GOT_DAYS = st.sampled_from([None, dt.date(2024, 1, 1), dt.date(2024, 1, 31)])
SHARED = {
    "id": st.just("f"),
    "places": _some(PLACES).map(tuple),
    "text": st.just("x"),
    "span": st.just((0, 1)),
    "sentence": st.just("x."),
    "sentence_span": st.just((0, 2)),
    "confidence": st.sampled_from([0.5, 0.9, 1.0]),
    "rule": st.just("r"),
    "flags": _some(["subset", "alt", "malformed"]).map(tuple),
}
FIGURES = st.builds(
    Figure,
    **SHARED,
    measure=st.sampled_from(MEASURES),
    value=st.sampled_from(VALUES).map(float),
    unit=st.sampled_from(UNITS),
    value_si=st.just(1.0),
    unit_si=st.just("count"),
    qualifier=st.sampled_from(["exact", "approx"]),
    basis=st.just("period"),
    start=GOT_DAYS,
    end=GOT_DAYS,
)
INCIDENTS = st.builds(
    Incident,
    **SHARED,
    date=st.sampled_from(EVENT_DATES),
    killed=st.sampled_from([None, 0, 1]),
    injured=st.sampled_from([None, 0, 1]),
    casualties=st.none(),
    device=st.just("mine"),
    victims=st.just(()),
)


@pytest.mark.parametrize("label", LABELS)
def test_places_answer_labels_as_in_the_reference(reference: ModuleType, label: str) -> None:
    """Which places a label of gold means is the same to both scorers."""
    answers = {place.id for place in PLACES if is_place(label, place)}
    assert answers == {place.id for place in PLACES if reference.place_match(label, place_row(place))}
    assert answers >= {ANSWERS[label][0].id}


def _like(figure: Figure, row: dict[str, Any], likeness: int) -> Figure:
    """Return a figure that has what it had (0), gold's value (1), or gold's value and places.

    The places are those that answer gold's (2), or nearly do (3), or answer those that are also right (4).
    """
    if likeness == 0:
        return figure
    places = figure.places
    if likeness > 1:
        labels = row.get("alt_places", []) if likeness == 4 else row["places"]
        places = tuple(ANSWERS[label][likeness == 3] for label in labels)
    return replace(figure, measure=row["measure"], value=float(row["value"]), unit=row["unit"], places=places)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(GOLD_FIGURES, max_size=4),
    events=st.lists(GOLD_INCIDENTS, max_size=3),
    figures=st.lists(st.tuples(FIGURES, st.integers(0, 4)), max_size=5),
    incidents=st.lists(INCIDENTS, max_size=3),
)
def test_any_document_scores_as_in_the_reference(
    reference: ModuleType,
    tmp_path: Path,
    told: list[dict[str, Any]],
    events: list[dict[str, Any]],
    figures: list[tuple[Figure, int]],
    incidents: list[Incident],
) -> None:
    """Whatever gold allows and a reader may say of one document, both scorers say the same."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "one", "figures": told, "incidents": events}), "utf-8")
    document = Document("x.", source=Source(path="one.md"))
    likened = [_like(one, row, likeness) for (one, likeness), row in zip(figures, told, strict=False)]
    got = (*likened, *(one for one, _ in figures[len(told) :]))
    pairs = [(document, Reading(document.id, figures=got, incidents=tuple(incidents)))]
    expected = said_by_reference(reference, gold, pairs, tmp_path)
    assert said_by_package(evaluate(load_gold(gold), pairs)) == expected
