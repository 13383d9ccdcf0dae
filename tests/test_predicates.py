"""Which verb governs which number, on both sides, and how far it happened."""

from __future__ import annotations

import pytest
from readings import PUBLISHED, tagged

from geotrack.extraction.modalities import modality_of
from geotrack.extraction.predicates import find_governors, measure_of
from geotrack.extraction.quantities import find_quantities
from geotrack.extraction.times import Clock, TimeReader


def governed(text: str) -> list[str]:
    """Return for each quantity the predicate that governs it best, with its modality."""
    sentence = tagged(text)
    quantities = find_quantities(sentence, TimeReader(sentence, Clock(PUBLISHED)).read())
    best = [next(iter(find_governors(sentence, q, quantities)), None) for q in quantities]
    return [f"{b.name} {b.modality}" if b else "nothing" for b in best]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sappers cleared 10 ha.", ["cleared done"]),
        ("10 ha were cleared by sappers.", ["cleared done"]),
        ("An area of 10 ha has been surveyed.", ["surveyed done"]),
        ("Sappers found 31 mines and cleared 10 ha.", ["found done", "cleared done"]),
        ("31 mines were found and 10 ha were cleared.", ["found done", "cleared done"]),
        ("31 anti-tank mines, 40 anti-personnel mines and 5 shells were destroyed.", ["found done"] * 3),
        ("They surveyed 60 hectares and destroyed 245 explosive items.", ["surveyed done", "found done"]),
        ("Two people were killed and three were injured by mines.", ["killed done", "injured done"]),
        ("The blast killed two people and injured three.", ["killed done", "injured done"]),
        ("A blast, killing two people and injuring one.", ["killed done", "injured done"]),
        ("174,000 km² are contaminated, while 500 ha were surveyed.", ["contaminated done", "surveyed done"]),
        ("Clearance of 50 ha was completed.", ["cleared done"]),
        ("134,000 hectares were demined (inspected).", ["cleared done"]),
    ],
)
def test_the_nearest_fitting_verb_governs(text: str, expected: list[str]) -> None:
    """Active and passive verbs, lists and lists of clauses keep their own numbers; a gloss changes nothing."""  # noqa: E501 one case a line
    assert governed(text) == expected


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("ANAMA will clear 10 ha.", "plan"),
        ("ANAMA plans to clear 10 ha.", "plan"),
        ("Some 10 ha are to be cleared.", "plan"),
        ("10 ha must be cleared.", "need"),
        ("10 ha still need to be cleared.", "need"),
        ("Sappers could clear 10 ha.", "maybe"),
        ("10 ha were not cleared.", "neg"),
        ("10 ha were cleared.", "done"),
        ("Sappers managed to clear 10 ha.", "done"),
    ],
)
def test_plans_needs_and_denials_are_told_from_what_happened(text: str, modality: str) -> None:
    """The helper verb before a verb says how far it happened."""
    assert governed(text) == [f"cleared {modality}"]


def test_a_helper_belongs_to_its_own_clause() -> None:
    """What will be done does not unmake what was done in the clause before."""
    sentence = tagged("10 ha were cleared, and the rest will be surveyed")
    verbs = {
        name: modality_of(sentence, phrase, name)
        for phrase in sentence.find("predicate")
        for name in ("cleared", "surveyed")
        if phrase.has(f"predicate.{name}")
    }
    assert verbs == {"cleared": "done", "surveyed": "plan"}


@pytest.mark.parametrize(
    ("head", "predicate", "measure"),
    [
        ("area", "cleared", "area_cleared"),
        ("area", "surveyed", "area_surveyed"),
        ("area", "released", "area_released"),
        ("area", "contaminated", "area_contaminated"),
        ("area", "need", "area_contaminated"),
        ("percent", "contaminated", "share_contaminated"),
        ("ap_mine", "found", "ap_mines_found"),
        ("at_mine", "found", "at_mines_found"),
        ("mine", "found", "mines_found"),
        ("mine", "recorded", "mines_recorded"),
        ("uxo", "found", "uxo_found"),
        ("item", "found", "items_found"),
        ("person", "killed", "killed"),
        ("person", "injured", "injured"),
        ("person", "casualty", "casualties"),
        ("person", "at_risk", "people_at_risk"),
        ("area", "killed", None),
        ("person", "cleared", None),
    ],
)
def test_the_measure_follows_from_what_is_counted_and_what_happened(
    head: str, predicate: str, measure: str | None
) -> None:
    """The table of measures holds the rulings."""
    assert measure_of(head, predicate) == measure
