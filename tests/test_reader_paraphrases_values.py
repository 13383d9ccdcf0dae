"""Figures on contamination, clearance, finds and recorded mines: paraphrases of one fact, and near misses."""

from __future__ import annotations

import pytest
from readings import report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer

PARAPHRASES = [
    ("In Izium it is found and withdrawn ammunition in number of 33 pieces.", ["uxo_found 33"]),
    ("In Izium are found: shells (caliber 122, 76 and 152 mm) - 4 units.", ["uxo_found 4"]),
    (
        "In Izium withdrew grenades F-1 - 7 pcs., mines mortar caliber 82 mm - 5.",
        ["uxo_found 7", "uxo_found 5"],
    ),
    ("In Izium found 32 thousand. 821 units. (for day - 59 units.) of ammunition.", ["uxo_found 32821"]),
    ("Revealed in Izium are almost 56 thousand of explosive subjects.", ["items_found 56000"]),
    ("In Izium district perished from mines 9 persons, suffered 12.", ["killed 9", "injured 12"]),
    ("From mines in Izium district suffered 21 people, died 9 of them.", ["casualties 21", "killed 9"]),
    ("Sappers searched the territory near Izium and found 164 mines.", ["mines_found 164"]),
    ("Police searched a garage in Izium and found 164 grenades.", []),
    ("In Izium district 8 and a half thousand hectares were cleared.", ["area_cleared 8500"]),
    ("Mines cover 230 hectares in Aghdam.", ["area_contaminated 230"]),
    ("Mines and shells litter 239 hectares of Aghdam.", ["area_contaminated 239"]),
    ("A fire covered 230 hectares in Aghdam. Mines went off.", []),
    ("The area to be demined in Izium covers 44 hectares.", ["area_contaminated 44"]),
    ("There remain 430 hectares to clear in Kherson region.", ["area_contaminated 430"]),
    ("In Izium, 785 square metres are affected by mines.", ["area_contaminated 785"]),
    ("Experts put the number of mines in Jabrayil at 512.", ["mines_recorded 512"]),
    ("The agency puts the number of shells found in Aghdam at 44.", ["uxo_found 44"]),
    ("It will take years to clear Aghdam of as many as a million landmines.", ["mines_recorded 1000000"]),
    ("More than 1.5 million mines and shells are still there in Aghdam.", ["mines_recorded 1500000"]),
    ("In Aghdam there were found antitank mines, 44 in all.", ["at_mines_found 44"]),
    ("Sappers detected 75 mines and other munitions in Izium in May.", ["items_found 75"]),
    ("Sappers neutralised 744 mines and PHSs in Aghdam in May.", ["items_found 744"]),
    ("Mines and cluster munitions dug up in Kherson region: 28", ["items_found 28"]),
    ("In Jabrayil 774 dud shells were blown up last week.", ["uxo_found 774"]),
    (
        "AP mines, AT mines and UXO cleared in Aghdam numbered 30, 40 and 50, respectively.",
        ["ap_mines_found 30", "at_mines_found 40", "uxo_found 50"],
    ),
    (
        "In Aghdam 12, 34 and 56 AP mines, AT mines and shells, respectively, were found in May.",
        ["ap_mines_found 12", "at_mines_found 34", "uxo_found 56"],
    ),
    ("Between 20 and 725 ha are surveyed in Kharkiv oblast each week.", []),
    ("Contamination in Izium is 63 square kilometres less than a year ago.", []),
    ("Sappers in Aghdam found 4,100 more mines than a year ago.", []),
    (
        "That is 44% of the 470,000 hectares of farmland chosen for demining in Ukraine.",
        ["area_contaminated 470000"],
    ),
    ("In Ukraine 24 857 thousand hectares have been inspected.", ["area_surveyed 24857"]),
    ("In June 2520.274 square metres were cleared in Aghdam.", ["area_cleared 2520.274"]),
    ("In Aghdam 593 ha were cleared in 2014, 666 in 2015.", ["area_cleared 593", "area_cleared 666"]),
    (
        "In 2014, 593 shells were found in Izium. In 2015 the figure was 666.",
        ["uxo_found 593", "uxo_found 666"],
    ),
    ("In Aghdam 593 mines were found. The number of sappers was 60.", ["mines_found 593"]),
    ("Mines were found in Aghdam (593) and Fuzuli (666).", ["mines_found 593", "mines_found 666"]),
    ("In Aghdam 593 mines were found in May: Fuzuli had 24 cases, Lachin 30.", ["mines_found 593"]),
    ("66 ha have been cleared in Aghdam and 59 ha remain.", ["area_cleared 66", "area_contaminated 59"]),
    (
        "Sappers cleared 66 ha in Aghdam, leaving 59 ha to be cleared.",
        ["area_cleared 66", "area_contaminated 59"],
    ),
    (
        "66 ha out of 125 ha of mined land in Aghdam were cleared.",
        ["area_cleared 66", "area_contaminated 125"],
    ),
    ("Contaminated land in Izium came to 666 ha, 593 ha less than in 2014.", ["area_contaminated 666"]),
    ("From 75 to 95 thousand mines were found in Izium.", ["mines_found 75000"]),
    ("Sappers in Izium found 75 thousand and 588 mines.", ["mines_found 75588"]),
    ("Its yearly target in Aghdam is 593 ha cleared.", []),
    ("Not one of the 75 mines reported in Izium was found.", []),
    (
        "Land contaminated by mines in Azerbaijan, km2\n\n| District | Area |\n|---|---|\n| Aghdam | 59 |\n",
        ["area_contaminated 59"],
    ),
    ("138 is the number of shells which sappers have made safe in Izium.", ["uxo_found 138"]),
    ("138 is how many mines were found in Izium.", ["mines_found 138"]),
    ("In Agstafa ammunition lay in bunkers, and the bunkers numbered 138.", []),
    ("In Izium what was cleared one cannot call safe, as mines were found.", []),
    ("It was possible in Izium to render harmless 326 explosive objects.", ["items_found 326"]),
    ("Out of 683 hectares in Izium, demining is finished on 104.", ["area_cleared 104"]),
    (
        "Sappers in Izium surveyed of territory 57.8 hectares and of fields 3287.3.",
        ["area_surveyed 57.8", "area_surveyed 3287.3"],
    ),
    (
        "Izium district, occupied in part before, still has 30 hectares of mined land.",
        ["area_contaminated 30"],
    ),
    ("Azerbaijan: Armenia planted a million mines in the years of occupation.", ["mines_recorded 1000000"]),
    (
        "HALO in Aghdam took out 38 AP mines, anti-tank mines to the number of 12 and 3 shells.",
        ["ap_mines_found 38", "at_mines_found 12", "uxo_found 3"],
    ),
    ("Sappers clear 40 hectares in Kherson region", ["area_cleared 40"]),
    ("Sappers hope to clear 40 hectares in Kherson region", []),
    ("Funds are sought for the clearance of 40 sq km in Kherson region.", []),
    ("The fields of Izium have yielded 110 shells.", ["uxo_found 110"]),
    ("There are 40 ha in Izium where nobody can set foot because of mines.", ["area_contaminated 40"]),
    ("Izium is believed to hide 1,100 landmines.", ["mines_recorded 1100"]),
    ("It was revealed in Izium 12 pcs. of anti-tank mines, they were neutralized.", ["at_mines_found 12"]),
    (
        "Izium reported 125 ha of hazardous area: 59 ha of CHA.",
        ["area_contaminated 125", "area_contaminated 59"],
    ),
    ("Cleared in Izium: hectares - 110, mines - 23.", ["area_cleared 110", "mines_found 23"]),
    ("In fact 1.5 million mines were put under earth in Aghdam.", ["mines_recorded 1500000"]),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


@pytest.mark.parametrize(("text", "expected"), PARAPHRASES)
def test_one_fact_is_told_in_many_ways(reader: Reader, text: str, expected: list[str]) -> None:
    """Each wording gives its figures and no other."""
    assert expected == [f"{f.measure} {f.value:.10g}" for f in reader.read(report(text)).figures]
