"""Lists, labels and tables: a heading says what the numbers under it count, a line where and when."""

from __future__ import annotations

import datetime as dt

import pytest
from readings import figure_lines, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)

READ_ON = dt.date(2011, 7, 10)
LAYOUTS = {
    "a list of names in small letters": (
        """\
AZERBAIJAN

Results of demining in April, pieces:

anti-personnel mines - 41
anti-tank mines - 15
unexploded ordnance - 320""",
        (
            "ap_mines_found 41 count, AZ, 2011-04-01..2011-04-30",
            "at_mines_found 15 count, AZ, 2011-04-01..2011-04-30",
            "uxo_found 320 count, AZ, 2011-04-01..2011-04-30",
        ),
    ),
    "places under a label with its unit": (
        """\
Area cleared in April (hectares):

Agdam - 120
Fuzuli - 80.5""",
        (
            "area_cleared 120 ha, AZ-AGM, 2011-04-01..2011-04-30",
            "area_cleared 80.5 ha, AZ-FUZ, 2011-04-01..2011-04-30",
        ),
    ),
    "deeds and a total under a unit, in the month of the title": (
        """\
AZERBAIJAN
Monthly report, June 2009

Items destroyed
2005 ........ 3,400
2006 ........ 2,900

Done in the month, sq. m:
Manual clearance - 120 400
Total - 465 400""",
        (
            "items_found 3400 count, AZ, 2005-01-01..2005-12-31",
            "items_found 2900 count, AZ, 2006-01-01..2006-12-31",
            "area_cleared 120400 m2, AZ, 2009-06-01..2009-06-30",
            "area_cleared 465400 m2, AZ, 2009-06-01..2009-06-30",
        ),
    ),
    "parts behind a colon, each with its place before it": (
        """\
In Ukraine 1428.5 hectares were checked for mines: in Kherson region 1394, in Sumy region 34.5.
The units found 1,374 explosive devices: Kharkiv region - 1231, Kherson region - 143.""",
        (
            "area_surveyed 1428.5 ha, UA, ..2011-07-10",
            "area_surveyed 1394 ha, UA-65, ..2011-07-10",
            "area_surveyed 34.5 ha, UA-59, ..2011-07-10",
            "items_found 1374 count, UA, ..2011-07-10",
            "items_found 1231 count, UA-63, ..2011-07-10",
            "items_found 143 count, UA-65, ..2011-07-10",
        ),
    ),
    "a total of all the years of a table": (
        """\
Mine victims in Azerbaijan

Year | Killed | Injured | Total
2006 | 4 | 13 | 17
2007 | 5 | 0 | 5
Total | 9 | 13 | 22""",
        (
            "killed 4 people, AZ, 2006-01-01..2006-12-31",
            "injured 13 people, AZ, 2006-01-01..2006-12-31",
            "casualties 17 people, AZ, 2006-01-01..2006-12-31",
            "killed 5 people, AZ, 2007-01-01..2007-12-31",
            "casualties 5 people, AZ, 2007-01-01..2007-12-31",
            "killed 9 people, AZ, 2006-01-01..2007-12-31",
            "injured 13 people, AZ, 2006-01-01..2007-12-31",
            "casualties 22 people, AZ, 2006-01-01..2007-12-31",
        ),
    ),
    "rows of places, and two places with one number": (
        """\
Cleared land by region, 2010

| Region | Area cleared (m2) | Mines found |
|---|---|---|
| Fuzuli | 45,000 | 33 |
| Agdam | 45,000 | - |
| Total | 90,000 | 33 |""",
        (
            "area_cleared 45000 m2, AZ-FUZ, 2010-01-01..2010-12-31",
            "mines_found 33 count, AZ-FUZ, 2010-01-01..2010-12-31",
            "area_cleared 45000 m2, AZ-AGM, 2010-01-01..2010-12-31",
            "area_cleared 90000 m2, AZ, 2010-01-01..2010-12-31",
            "mines_found 33 count, AZ, 2010-01-01..2010-12-31, restatement",
        ),
    ),
    "a year and a number that look like years": (
        """\
Mine casualties in Azerbaijan: 2005 - 18 killed and 30 injured; 2006 - 7 killed and 20 injured.""",
        (
            "killed 18 people, AZ, 2005-01-01..2005-12-31",
            "injured 30 people, AZ, 2005-01-01..2005-12-31",
            "killed 7 people, AZ, 2006-01-01..2006-12-31",
            "injured 20 people, AZ, 2006-01-01..2006-12-31",
        ),
    ),
}


@pytest.mark.parametrize(("text", "lines"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_layout_is_read_by_its_labels(text: str, lines: tuple[str, ...], reader: Reader) -> None:
    """A number in a list or a table takes what its label, its line and its heading say."""
    assert figure_lines(reader.read(report(text, READ_ON))) == list(lines)
