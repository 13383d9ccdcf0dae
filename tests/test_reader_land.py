"""Land and ordnance: which verb of a sentence tells what a number counts, and what is no result."""

from __future__ import annotations

import pytest
from readings import number, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)

TITLE = "Azerbaijan: mine action"
TOLD = [
    # a verb that describes land gives way to the one that tells of it
    ("Mined areas of 2.4 km² and 4.8 km² of land strewn with shells were cleared.", "area_cleared 2.4, 4.8"),
    ("Some 30 hectares of territory polluted with mines were inspected.", "area_surveyed 30"),
    ("470 000 hectares of fields in freed areas have to be surveyed.", "area_contaminated 470000"),
    ("ANAMA starts in June by clearing 30 ha; it will clear 9 ha of mined land.", "area_cleared 30"),
    ("Of the 900 hectares surveyed, 120 proved to be mined.", "area_surveyed 900; area_contaminated 120"),
    ("Of 300 explosive objects found, 12 were aerial bombs.", "items_found 300; uxo_found 12"),
    # survey as the means, and as the deed
    ("Survey allowed 40 ha to be cancelled.", "area_released 40"),
    ("Through technical survey 3 km² were reduced.", "area_released 3"),
    ("A non-technical survey of 300 ha was carried out.", "area_surveyed 300"),
    ("The suspected area was brought down to 155 km².", "area_contaminated 155"),
    ("They marked 70 ha for clearance and sought funds for clearance of 30 ha.", "area_contaminated 70"),
    # the unit said once
    ("The teams surveyed 900 hectares and cleared 120.", "area_surveyed 900; area_cleared 120"),
    ("In May 120 ha were cleared, in June 64.", "area_cleared 120, 64"),
    # words of denial that deny nothing
    ("Not only were 40 ha cleared, 300 mines were lifted too.", "area_cleared 40; mines_found 300"),
    # a line without a verb
    ("Result of the week: 40 ha, 12 anti-tank mines.", "area_cleared 40; at_mines_found 12"),
    # numbers
    ("Half a million hectares are mined.", "area_contaminated 500000"),
    ("Several thousand square kilometres were cleared.", ""),
    # verbs in two parts
    ("This has given 180 km² of fields, forests and waters back to people.", "area_cleared 180"),
    ("A million mines were put by the army into the soil.", "mines_recorded 1000000"),
    ("Mines keep a third of the farmland out of use.", "share_contaminated 33.3"),
    # what is counted
    ("The land was cleared of 1,553 items of live UXO.", "uxo_found 1553"),
    ("Contracts were won for 1,140 ha; work on 300 of these hectares is finished.", "area_cleared 300"),
    # no results
    ("Police found 40 grenades and two rifles in a garage.", ""),
    ("Clearance goes on with 255 demining groups.", ""),
    ("Work is under way at sites with a total area of 17.5 km².", ""),
    ("The sappers demined 20 other objects.", ""),
    ("No more than ten shells are defused in a day.", ""),
    ("A fifth of the farmland is mined, half of this is arable land.", "share_contaminated 20"),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_land_and_ordnance_are_read(reader: Reader, text: str, told: str) -> None:
    """The reader finds what was done to land and ordnance, and nothing else."""
    read: dict[str, list[str]] = {}
    for figure in reader.read(report(text, title=TITLE)).figures:
        read.setdefault(figure.measure, []).append(number(figure.value))
    assert "; ".join(f"{measure} {', '.join(values)}" for measure, values in read.items()) == told
