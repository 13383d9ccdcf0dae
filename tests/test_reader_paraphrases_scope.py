"""What a number inherits from what was told before it, and how far plans, hopes and denials reach."""

from __future__ import annotations

import pytest
from readings import report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer

PARAPHRASES = [
    # a clause that says nothing of its own takes up what was told just before
    ("How much land was cleared in Izium in May? The answer is 124 hectares.", ["area_cleared 124"]),
    ("Demining of fields went on in Izium in May. Officials give 124 hectares.", ["area_cleared 124"]),
    ("Teams are surveying farmland in Izium. In April they did 89 hectares.", ["area_surveyed 89"]),
    ("Land cleared in Izium in April\n\nWe have 89 hectares.", ["area_cleared 89"]),
    ("What did sappers find in Izium last week? It was 40 shells.", ["uxo_found 40"]),
    (
        "The removal of ordnance goes on in Izium. The list names 17 shells and 5 anti-tank mines.",
        ["uxo_found 17", "at_mines_found 5"],
    ),
    (
        "Mines go on claiming victims in Izium. For 2023 the data give 13 children and 127 adults.",
        ["casualties 13", "casualties 127"],
    ),
    ("People keep dying on mines in Izium. In 2023 there were 34.", ["killed 34"]),
    ("A fire broke out in the fields of Izium in May. The result is 124 hectares.", []),
    ("Police searched houses in Izium last week. They were 40 shells.", []),
    ("Shelling goes on claiming victims in Izium. In 2023 there were 127.", []),
    ("Mines go on claiming victims in Izium. In 2023 they were taught by 127 teachers.", []),
    ("Mines go on claiming victims in Izium. 127 people were evacuated.", []),
    ("Teams are surveying farmland in Izium. They have a contract for 89 hectares.", []),
    ("Teams are surveying farmland in Izium. They want to do 89 hectares in June.", []),
    ("Teams are surveying farmland in Izium. Wheat was sown on 89 hectares.", []),
    # a number put first, or told by a verb that only sums
    ("138 is the number of shells that sappers made safe in Izium in May.", ["uxo_found 138"]),
    ("138 - that is how many mines sappers lifted in Izium in May.", ["mines_found 138"]),
    ("At 138, the number of shells defused in Izium in May was high.", ["uxo_found 138"]),
    ("Explosive devices made safe in Izium in May total 138.", ["items_found 138"]),
    ("Mines, 138 of them, were defused in Izium in May.", ["mines_found 138"]),
    ("The shells defused in Izium in May are 138 in number.", ["uxo_found 138"]),
    ("138 is the number of accidents with mines in Izium in May.", []),
    ("138 is the number of shells that hit Izium in May.", []),
    (
        "In May sappers surveyed of territory 57.8 hectares and of fields 3287.3 in Izium.",
        ["area_surveyed 57.8", "area_surveyed 3287.3"],
    ),
    # what was possible was done; what is only hoped, promised or denied was not
    ("It was possible to clear 124 hectares in Izium in May.", ["area_cleared 124"]),
    ("Sappers had time to lift 124 mines in Izium.", ["mines_found 124"]),
    ("It must be said that sappers cleared 124 hectares in Izium in May.", ["area_cleared 124"]),
    ("As planned, 124 hectares were cleared in Izium in May.", ["area_cleared 124"]),
    ("In Izium 12 hectares were cleared in May, the plan for the year over 124.", ["area_cleared 12"]),
    ("Under the plan for May 124 hectares were cleared in Izium.", ["area_cleared 124"]),
    ("It will be possible to clear 124 hectares in Izium.", []),
    ("Nobody managed to clear 124 hectares in Izium.", []),
    ("The service promised to clear 124 hectares in Izium.", []),
    ("Sappers in Izium began clearing 124 hectares in May.", []),
    ("Sappers in Izium are clearing 124 hectares.", []),
    ("In Izium clearing of fields continues. The governor put the figure at 61 ha.", ["area_cleared 61"]),
    ("In Izium clearing of fields continues. It could be 61 hectares.", []),
    ("How much land is mined in Izium? It could be 61 hectares.", ["area_contaminated 61"]),
    ("Some 6,000 mines are thought to be in the ground in Izium.", ["mines_recorded 6000"]),
    ("The occupied part of Izium has 300 hectares of mined land.", ["area_contaminated 300"]),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


@pytest.mark.parametrize(("text", "expected"), PARAPHRASES)
def test_discourse_decides_what_is_taken(reader: Reader, text: str, expected: list[str]) -> None:
    """Each text of one to three sentences gives its figures and no other."""
    assert expected == [f"{f.measure} {f.value:.10g}" for f in reader.read(report(text)).figures]
