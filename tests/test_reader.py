"""The traps of real reports, each a short text with all that it states.

Numbers are those of the list of traps in docs/reading.md. Reports are published on Wednesday, 5 June 2024.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from readings import PUBLISHED, figure_lines, incident_lines, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)


@dataclass(frozen=True, slots=True)
class Trap:
    """A text, the figures and incidents that it states, and its publication date."""

    name: str
    text: str
    figures: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    published: dt.date | None = PUBLISHED


TRAPS = [
    Trap(
        "a share of the total territory, a fact box with deeds as labels",
        "In Ukraine 139,300 sq. kilometers (53,784 sq. miles), or 25% of the total territory of "
        "Ukraine, have to be checked for mines.\n\nKey data for 2008\n\n| Contamination | Mines and "
        "submunitions, aerial bombs and shells, other UXO |\n| 2008 casualties | 14 (four in 2007) "
        "|\n| 2008 demining | Mined areas: 5 km2 |\n| | Battle areas: 28 km2 |",
        (
            "area_contaminated 139300 km2, UA, ..2024-06-05",
            "area_contaminated 53784 mi2, UA, ..2024-06-05, alt",
            "share_contaminated 25 percent, UA, ..2024-06-05",
            "casualties 14 people, UA, 2008-01-01..2008-12-31",
            "casualties 4 people, UA, 2007-01-01..2007-12-31",
            "area_cleared 5 km2, UA, 2008-01-01..2008-12-31",
            "area_cleared 28 km2, UA, 2008-01-01..2008-12-31",
        ),
    ),
    Trap(
        "from an event to a day, a number of the year that another is compared with",
        "Between the start of Russia's full-scale invasion and 15 February mines injured 178 people "
        "in Ukraine. That is more than in 2021, when 60 people were injured.",
        ("injured 178 people, UA, 2022-02-24..2024-02-15", "injured 60 people, UA, 2021-01-01..2021-12-31"),
    ),
    Trap(
        "what stands behind a semicolon, a year that was reported, a year ago",
        "Since September no fewer than 29 people have died of mines in Kharkiv region; more than "
        "55,000 explosive objects have been found there. In 2022, the State Emergency Service "
        "reported that 3 km2 had been cleared in Sumy region. A year ago 90 hectares were mined "
        "there.",
        (
            "killed 29 people, UA-63, 2023-09-01..2024-06-05, at_least",
            "items_found 55000 count, UA-63, 2023-09-01..2024-06-05, at_least",
            "area_cleared 3 km2, UA-59, 2022-01-01..2022-12-31",
            "area_contaminated 90 ha, UA-59, ..2023-12-31",
        ),
    ),
    Trap(
        "hectares behind a month, a sum of all time of whose parts one only was told",
        "In 2023 40 hectares were cleared in Lachin. In March 9 hectares were cleared there and 7 "
        "mines found. In all 700 hectares were cleared, 800 mines found.",
        (
            "area_cleared 40 ha, AZ-LAC, 2023-01-01..2023-12-31",
            "area_cleared 9 ha, AZ-LAC, 2024-03-01..2024-03-31",
            "mines_found 7 count, AZ-LAC, 2024-03-01..2024-03-31",
            "area_cleared 700 ha, AZ-LAC, ..2024-06-05",
            "mines_found 800 count, AZ-LAC, ..2024-06-05",
        ),
    ),
    Trap(
        "a day told by its year and its war, a list under a total since a war",
        "From the day in 2022 on which Russia launched the full-scale invasion, sappers of Ukraine "
        "cleared 40 hectares. By the report it covers:\n\n- 9 km of roads\n\n- 3 hectares of water "
        "areas",
        ("area_cleared 40 ha, UA, 2022-02-24..2024-06-05", "area_cleared 3 ha, UA, 2022-02-24..2024-06-05"),
    ),
    Trap(
        "sites some of which are done, land in use, a total beside a month",
        "In Ukraine work goes on at 282 sites (17.5 km2), 88 of which (7.23 km2) are already handed "
        "over. To date, ANAMA has cleared 11 hectares in Lachin, and in March alone it found 40 "
        "mines. It came to light that 500 mines had been planted there.",
        (
            "area_cleared 7.23 km2, UA, ..2024-06-05",
            "area_cleared 11 ha, AZ-LAC, ..2024-06-05",
            "mines_found 40 count, AZ-LAC, 2024-03-01..2024-03-31",
            "mines_recorded 500 count, AZ-LAC, ..2024-06-05",
        ),
    ),
    Trap(
        "people told of before any incident are of their scene",
        "In 2023 mines hit 76 civilians in Donetsk and Luhansk regions. There, 20 of our citizens "
        "were killed. Two boys died on a mine near Zolote on 5 May 2024.",
        (
            "casualties 76 people, UA-09 UA-14, 2023-01-01..2023-12-31",
            "killed 20 people, UA-09 UA-14, 2023-01-01..2023-12-31",
        ),
        ("2024-05-05, gn:686868, 2/-, mine",),
    ),
    Trap(
        "a time that dates only who is spoken of, and a noun of work that opens its clause",
        "HALO, whose Azerbaijani office opened in 1999, has so far cleared 14 hectares. Under the "
        "programme of 2019 in Ukraine, clearance reached 40 hectares.",
        ("area_cleared 14 ha, AZ, ..2024-06-05", "area_cleared 40 ha, UA, ..2024-06-05"),
    ),
    Trap(
        "the year before, years in the plural, a noun with a number of its own behind it",
        "In May 2023 the agency destroyed 12 anti-tank mines and shells numbering 30 items in Kherson "
        "region. The office has on record 214 mine casualties there for the years from 2019 to 2022.",
        (
            "at_mines_found 12 count, UA-65, 2023-05-01..2023-05-31",
            "items_found 30 count, UA-65, 2023-05-01..2023-05-31",
            "casualties 214 people, UA-65, 2019-01-01..2022-12-31",
        ),
    ),
    Trap(
        "what a share is one of; a level a tenth of another is a part of it; the share of another day",
        "In Ukraine 7,500 hectares were returned to use in 2023, or 0.1% of the contaminated land, and "
        "400,000 hectares by farmers themselves. 142,000 square kilometres, 23% of the territory, are "
        "contaminated. It was 30% in September 2022. This year teams marked 235 square kilometres as "
        "probably contaminated.",
        (
            "area_cleared 7500 ha, UA, 2023-01-01..2023-12-31",
            "area_cleared 400000 ha, UA, 2023-01-01..2023-12-31",
            "area_contaminated 142000 km2, UA, ..2024-06-05",
            "share_contaminated 23 percent, UA, ..2024-06-05",
            "share_contaminated 30 percent, UA, ..2022-09-30",
            "area_contaminated 235 km2, UA, ..2024-06-05, subset",
        ),
    ),
    Trap(
        "ordnance that was named and not counted, mines produced and found, a phase and its number",
        "The war left fields of Azerbaijan full of mines. It is estimated that 50,000 of them remain "
        "there. In 2022 in Lachin 2,700 mines were found, which were produced abroad in 2021. In the first "
        "phase 5,457,309 sqm were searched there.",
        (
            "mines_recorded 50000 count, AZ, ..2024-06-05",
            "mines_found 2700 count, AZ-LAC, 2022-01-01..2022-12-31",
            "area_surveyed 5457309 m2, AZ-LAC, 2022-01-01..2022-12-31",
        ),
    ),
    Trap(
        "no part of fewer, casualties of all causes, those affected and killed",
        "In 2023 mines killed 11 people in Ukraine, among them 1 child, and 33 others were injured. In 2022 "
        "the Office recorded 68 civilian casualties of the conflict. In 2021 landmines have affected 68 "
        "citizens, and 21 of them were killed.",
        (
            "killed 11 people, UA, 2023-01-01..2023-12-31",
            "killed 1 people, UA, 2023-01-01..2023-12-31, subset",
            "injured 33 people, UA, 2023-01-01..2023-12-31",
            "casualties 68 people, UA, 2021-01-01..2021-12-31",
            "killed 21 people, UA, 2021-01-01..2021-12-31",
        ),
    ),
    Trap(
        "after a deal that several signed on a day",
        "Mines killed 20 people in Azerbaijan after the leaders of Azerbaijan, Russia and Armenia signed the "
        "Karabakh peace deal on 10 November 2020.",
        ("killed 20 people, AZ, 2020-11-10..2024-06-05",),
    ),
    Trap(
        "a total that goes on leaves the list with the one before",
        "In May 2024 sappers destroyed 40 shells in Kherson region.\n\n"
        "Since the full-scale invasion 9,300 explosive objects have been destroyed.\n\n"
        "620 hectares is the area cleared.",
        (
            "uxo_found 40 count, UA-65, 2024-05-01..2024-05-31",
            "items_found 9300 count, UA, 2022-02-24..2024-06-05",
            "area_cleared 620 ha, UA, 2022-02-24..2024-06-05",
        ),
    ),
    Trap(
        "who laid what was found",
        "1,300 explosive devices that the Russians had left in the Kharkiv, Sumy and Kherson regions were"
        " found on 1 June.",
        ("items_found 1300 count, UA-59 UA-63 UA-65, 2024-06-01..2024-06-01",),
    ),
    Trap(
        "further units",
        "In Sumy region sappers found 31 shells in May 2024. In Kharkiv region 12 more units were found.",
        (
            "uxo_found 31 count, UA-59, 2024-05-01..2024-05-31",
            "uxo_found 12 count, UA-63, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "a city that is only a size",
        "An area as large as the city of Kalush in Ivano-Frankivsk region was checked.\n\n"
        "In all 2,767 hectares were demined in Ukraine on 1 June.",
        ("area_cleared 2767 ha, UA, 2024-06-01..2024-06-01",),
    ),
    Trap(
        "a part beside its whole, told again",
        "In Khojavend district mines have injured 31 people since 2021. 9 of these 31 died of their wounds.",
        (
            "injured 31 people, AZ-XVD, 2021-01-01..2024-06-05",
            "killed 9 people, AZ-XVD, 2021-01-01..2024-06-05",
        ),
    ),
    Trap(
        "cases that ended in death",
        "Since 1 May 2023 mines have harmed 90 people in Azerbaijan, and 14 of these cases proved fatal.",
        ("casualties 90 people, AZ, 2023-05-01..2024-06-05", "killed 14 people, AZ, 2023-05-01..2024-06-05"),
    ),
    Trap(
        "an area that was freed is no region",
        "In May 2024 ANAMA freed an area of 45 hectares in Azerbaijan.",
        ("area_cleared 45 ha, AZ, 2024-05-01..2024-05-31",),
    ),
    Trap(
        "a body with a programme in its name",
        "The Development Programme has supported the release of 45 hectares in Sumy region.",
        ("area_released 45 ha, UA-59, ..2024-06-05",),
    ),
    Trap(
        "the day named before",
        "On 3 June rescuers in Sumy region destroyed 12 shells. During the day they checked 4 hectares.",
        (
            "uxo_found 12 count, UA-59, 2024-06-03..2024-06-03",
            "area_surveyed 4 ha, UA-59, 2024-06-03..2024-06-03",
        ),
    ),
    Trap(
        "a whole without a number",
        "In Sumy region, 12 hectares of the land examined are in need of cleaning.",
        ("area_contaminated 12 ha, UA-59, ..2024-06-05",),
    ),
    Trap(
        "prisoners are no seizure",
        "For 15 detained Armenians Baku was given maps of 4,000 mines in Aghdam district on 1 May 2024.",
        ("mines_recorded 4000 count, AZ-AGM, ..2024-05-01",),
    ),
    Trap(
        "the hour of a translation",
        "For 08:00 on 3 May in Sumy region sappers have examined 340 hectares.",
        ("area_surveyed 340 ha, UA-59, ..2024-05-03",),
    ),
    Trap(
        "the ages of a group",
        "On 2 June a car hit a mine in Bucha. Two girls, 12 and 15 years old, and a boy of 12 were injured.",
        (),
        ("2024-06-02, gn:711350, -/3, mine",),
    ),
    Trap(
        "work that began on a day and has gone on",
        "The ministry began to clear the road in Lachin district on 1 May 2024 and has cleared 55 hectares.",
        ("area_cleared 55 ha, AZ-LAC, 2024-05-01..2024-06-05",),
    ),
    Trap(
        "an aggression as a cause",
        "Through Russia's aggression 156,000 square kilometers of Ukraine remain mined.",
        ("area_contaminated 156000 km2, UA, ..2024-06-05",),
    ),
    Trap(
        "a project named after another district was told",
        "In Kamianka village of Izium raion a project began. In Kherson region sappers work, too. "
        "In May 2024 the project cleared 40 hectares.",
        ("area_cleared 40 ha, UA-65, 2024-05-01..2024-05-31",),
    ),
    Trap(
        "a day on which something else happened dates nothing in the next paragraph",
        "In Kharkiv region a road was opened on Monday.\n\nMore than 180 shells were removed there.",
        ("uxo_found 180 count, UA-63, ..2024-06-05, at_least",),
    ),
    Trap(
        "today as nowadays",
        "Today there are trenches in Kharkiv region. Sappers found 260 anti-tank mines there.",
        ("at_mines_found 260 count, UA-63, ..2024-06-05",),
    ),
    Trap(
        "1 week, month, year and total in one text",
        "In the week of 3 to 9 April 2023, 12 anti-tank mines were found in Fuzuli district. In "
        "April 2023, 50 anti-tank mines were found there. In 2023, 600 anti-tank mines were "
        "found. Since 10 November 2020, 9,000 anti-tank mines have been found in the liberated "
        "territories.",
        (
            "at_mines_found 12 count, AZ-FUZ, 2023-04-03..2023-04-09",
            "at_mines_found 50 count, AZ-FUZ, 2023-04-01..2023-04-30",
            "at_mines_found 600 count, AZ-FUZ, 2023-01-01..2023-12-31",
            "at_mines_found 9000 count, AZ:liberated, 2020-11-10..2024-06-05",
        ),
    ),
    Trap(
        "5 copies that disagree keep every number",
        "Last week 31 anti-personnel mines, 40 anti-tank mines and 40 anti-personnel mines were "
        "found in Fuzuli district.",
        (
            "ap_mines_found 31 count, AZ-FUZ, 2024-05-27..2024-06-02",
            "at_mines_found 40 count, AZ-FUZ, 2024-05-27..2024-06-02",
            "ap_mines_found 40 count, AZ-FUZ, 2024-05-27..2024-06-02",
        ),
    ),
    Trap(
        "5 parts that do not sum to their whole",
        "In May 2024, 180 mines were found in Fuzuli district, among them 120 anti-personnel and "
        "45 anti-tank mines.",
        (
            "mines_found 180 count, AZ-FUZ, 2024-05-01..2024-05-31",
            "ap_mines_found 120 count, AZ-FUZ, 2024-05-01..2024-05-31",
            "at_mines_found 45 count, AZ-FUZ, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "9 a share told right beside its land",
        "Mines may litter around 9,000 square kilometres of Ukraine, or about a third of its land area.",
        (
            "area_contaminated 9000 km2, UA, ..2024-06-05, approx",
            "share_contaminated 33.3 percent, UA, ..2024-06-05, approx",
        ),
    ),
    Trap(
        "10 a scale word that both ends of a range share, and deeds that were carried out of things",
        "In May 2024, disposal was carried out of thirty to forty thousand shells in Fuzuli district. There, "
        "anti-tank mines in number of 40 pieces were found.",
        (
            "uxo_found 30000-40000 count, AZ-FUZ, 2024-05-01..2024-05-31",
            "at_mines_found 40 count, AZ-FUZ, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "11 the dead of those hit by mines, told behind a colon",
        "In 2023 mines hit 90 people in Ukraine. In 2022, 60 people were hit by mines: 20 of them lost their "
        "lives.",
        (
            "casualties 90 people, UA, 2023-01-01..2023-12-31",
            "casualties 60 people, UA, 2022-01-01..2022-12-31",
            "killed 20 people, UA, 2022-01-01..2022-12-31",
        ),
    ),
    Trap(
        "9 a share told by its name, and what is left of a land",
        "The share of mined land in Kherson region has reached 30 percent. In Kharkiv region 900 ha have "
        "been demined, but 40% remain contaminated.",
        (
            "share_contaminated 30 percent, UA-65, ..2024-06-05",
            "area_cleared 900 ha, UA-63, ..2024-06-05",
            "share_contaminated 40 percent, UA-63, ..2024-06-05",
        ),
    ),
    Trap(
        "5 parts of what was found, by regions, and people made to suffer",
        "In 2023, 110 explosive items were defused in Ukraine. Kharkiv region accounts for 69 of the "
        "items, Kherson region for 41. In 2022 mines made 58 people suffer there.",
        (
            "items_found 110 count, UA, 2023-01-01..2023-12-31",
            "items_found 69 count, UA-63, 2023-01-01..2023-12-31",
            "items_found 41 count, UA-65, 2023-01-01..2023-12-31",
            "casualties 58 people, UA-65, 2022-01-01..2022-12-31",
        ),
    ),
    Trap(
        "7 a list of districts is one group",
        "In May 2024, 95 mines were found in Aghdam, Fuzuli, Jabrayil, Zangilan, Gubadli, Lachin "
        "and Kalbajar districts.",
        ("mines_found 95 count, AZ-AGM AZ-CAB AZ-FUZ AZ-KAL AZ-LAC AZ-QBI AZ-ZAN, 2024-05-01..2024-05-31",),
    ),
    Trap(
        "13 lands that the war brought back, told in other words",
        "In Azerbaijan's lands that the war of 2020 brought back, 14 mines were found in May 2024. On the "
        "formerly Armenian-occupied ground 3 shells were found. There, 20 ha were cleared in April 2024.",
        (
            "mines_found 14 count, AZ:liberated, 2024-05-01..2024-05-31",
            "uxo_found 3 count, AZ:liberated, 2024-05-01..2024-05-31",
            "area_cleared 20 ha, AZ:liberated, 2024-04-01..2024-04-30",
        ),
    ),
    Trap(
        "13 a country is not where its deed was done, nor a city where somebody was brought",
        "After Russia's large-scale invasion of Ukraine, 70 mines were found in Sumy oblast in May 2024; "
        "sappers hurt there are flown to Kyiv.",
        ("mines_found 70 count, UA-59, 2024-05-01..2024-05-31",),
    ),
    Trap(
        "13 where a part of a whole was is not where the whole was",
        "In May 2024, 500 mines were found in Ukraine, 300 of them in Kharkiv oblast. In April 2024, "
        "90 mines were found, mostly in Sumy oblast.",
        (
            "mines_found 500 count, UA, 2024-05-01..2024-05-31",
            "mines_found 300 count, UA-63, 2024-05-01..2024-05-31",
            "mines_found 90 count, UA, 2024-04-01..2024-04-30",
        ),
    ),
    Trap(
        "7 a list of districts that follows the numbers",
        "ANAMA found 12 mines in May 2024. Operations were carried out in Aghdam and Lachin districts.",
        ("mines_found 12 count, AZ-AGM AZ-LAC, 2024-05-01..2024-05-31",),
    ),
    Trap(
        "7 an itemised list counts item by item",
        "Surveyed in May 2024:\n- Kharkiv region \u2013 190 hectares\n- Sumy region \u2013 40 hectares",
        (
            "area_surveyed 190 ha, UA-63, 2024-05-01..2024-05-31",
            "area_surveyed 40 ha, UA-59, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "3 a total since the war is not that of the districts of the week",
        "In May 2024, 12 mines were found in Aghdam and Lachin districts. Since November 2020 ANAMA has "
        "cleared 90,000 ha.",
        (
            "mines_found 12 count, AZ-AGM AZ-LAC, 2024-05-01..2024-05-31",
            "area_cleared 90000 ha, AZ, 2020-11-01..2024-06-05",
        ),
    ),
    Trap(
        "17 the most mined country in the world is a country",
        "With 90,000 square kilometres of mined land no other country in the world is like Ukraine. It has "
        "money from Norway, Japan, Canada, Sweden and Denmark. Sappers cleared 12 ha in May 2024.",
        (
            "area_contaminated 90000 km2, UA, ..2024-06-05",
            "area_cleared 12 ha, UA, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "13 an office counts its own region where nothing else says where",
        "The Poltava Regional Military Administration said that 40 ha were cleared in May 2024. 12 mines "
        "were destroyed in April 2024.",
        (
            "area_cleared 40 ha, UA-53, 2024-05-01..2024-05-31",
            "mines_found 12 count, UA-53, 2024-04-01..2024-04-30",
        ),
    ),
    Trap(
        "7 one word for the units of several numbers",
        "In May 2024 sappers cleared 90 hectares of Kharkiv, 20 hectares of Kherson and 60 hectares of Sumy "
        "regions.",
        (
            "area_cleared 90 ha, UA-63, 2024-05-01..2024-05-31",
            "area_cleared 20 ha, UA-65, 2024-05-01..2024-05-31",
            "area_cleared 60 ha, UA-59, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "7 a total before its items has the places of neither",
        "About 4,500 hectares were surveyed in May 2024 in Ukraine: more than 3,700 ha in Kherson region, "
        "430 hectares in Mykolaiv region.",
        (
            "area_surveyed 4500 ha, UA, 2024-05-01..2024-05-31, approx",
            "area_surveyed 3700 ha, UA-65, 2024-05-01..2024-05-31, at_least",
            "area_surveyed 430 ha, UA-48, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "13 the war in a place and the army of a country are not where it was",
        "Since the 44-day war in Karabakh ended, mines have killed 60 citizens of Azerbaijan. In May 2024 "
        "sappers of the Azerbaijan Army found 12 mines in the territories liberated from occupation.",
        (
            "killed 60 people, AZ, 2020-11-10..2024-06-05",
            "mines_found 12 count, AZ:liberated, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "8 a second unit is no second quantity",
        "In Kharkiv oblast, 1,234,560 m² (123 ha) were cleared in May 2024.",
        (
            "area_cleared 1234560 m2, UA-63, 2024-05-01..2024-05-31",
            "area_cleared 123 ha, UA-63, 2024-05-01..2024-05-31, alt",
        ),
    ),
    Trap(
        "9 hectares surveyed are not square kilometres contaminated",
        "As of 1 June 2024, 174,000 sq. km of Ukraine remained contaminated, while 174,000 ha had"
        " been surveyed in 2023.",
        (
            "area_contaminated 174000 km2, UA, ..2024-06-01",
            "area_surveyed 174000 ha, UA, 2023-01-01..2023-12-31",
        ),
    ),
    Trap(
        "10 malformed groups are flagged",
        "ANAMA cleared 200,00 hectares in Lachin district in May 2024.",
        ("area_cleared 200000 ha, AZ-LAC, 2024-05-01..2024-05-31, malformed",),
    ),
    Trap(
        "10 spaces, commas, points and scale words",
        "In 2023, 10 456 explosive items were destroyed in Ukraine. In 2023, 71,67 ha were "
        "cleared in Sumy oblast. In 2023, 15 thousand 777 mines were destroyed in Kyiv oblast.",
        (
            "items_found 10456 count, UA, 2023-01-01..2023-12-31",
            "area_cleared 71.67 ha, UA-59, 2023-01-01..2023-12-31",
            "mines_found 15777 count, UA-32, 2023-01-01..2023-12-31",
        ),
    ),
    Trap(
        "11 abbreviations end no sentence",
        "In May 2024, sappers cleared approx. 45 sq. km of land in Kherson oblast. On 7 Nov. "
        "2023, 5 mines were found near Izium.",
        (
            "area_cleared 45 km2, UA-65, 2024-05-01..2024-05-31, approx",
            "mines_found 5 count, gn:707292, 2023-11-07..2023-11-07",
        ),
    ),
    Trap(
        "12 dates without a year",
        "From April 7 to 13, 30 anti-personnel mines were found in Tartar district.",
        ("ap_mines_found 30 count, AZ-TAR, 2024-04-07..2024-04-13",),
    ),
    Trap(
        "12 the next day, last month",
        "Mines were found on Friday in Tartar district: 12 anti-tank mines. The next day, 5 anti-"
        "personnel mines were destroyed there. Last month, 60 anti-tank mines were found in "
        "Tartar district.",
        (
            "at_mines_found 12 count, AZ-TAR, 2024-05-31..2024-05-31",
            "ap_mines_found 5 count, AZ-TAR, 2024-06-01..2024-06-01",
            "at_mines_found 60 count, AZ-TAR, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "12 without a publication date nothing is guessed",
        "Yesterday 12 anti-tank mines were destroyed in Tartar district.",
        ("at_mines_found 12 count, AZ-TAR, ..",),
        published=None,
    ),
    Trap(
        "12 a window that slides is rolling",
        "Over the past day, sappers destroyed 245 explosive items in Ukraine and surveyed 60 hectares.",
        (
            "items_found 245 count, UA, 2024-06-04..2024-06-05, rolling",
            "area_surveyed 60 ha, UA, 2024-06-04..2024-06-05, rolling",
        ),
    ),
    Trap(
        "13 a by-line is no site",
        "BAKU, Azerbaijan, December 18. Two people were wounded on 17 December in a mine "
        "explosion in Jabrayil district.",
        incidents=("2023-12-17, AZ-CAB, -/2, mine",),
        published=dt.date(2023, 12, 18),
    ),
    Trap(
        "13 a meeting is no site",
        "Minister Jeyhun Bayramov met a delegation in Baku. In 2023, 5,000 mines were found in "
        "Fuzuli district.",
        ("mines_found 5000 count, AZ-FUZ, 2023-01-01..2023-12-31",),
    ),
    Trap(
        "14 plans, possibilities and denials are no results",
        "ANAMA plans to clear 470,000 hectares in Karabakh. No mines were found in Shusha on 2 "
        "June 2024. The work may destroy 300 mines.",
    ),
    Trap(
        "14 need is contamination",
        "Some 40 square km must be cleared in Kherson oblast.",
        ("area_contaminated 40 km2, UA-65, ..2024-06-05, approx",),
    ),
    Trap(
        "17 drones, shelling and crashes are no mine incidents",
        "Two people were killed when a Russian drone hit a bus in Kherson on 3 June 2024. Three "
        "people were injured in shelling of Kharkiv. Five people died in a plane crash in Lviv.",
    ),
    Trap(
        "17 a traffic accident",
        "A passenger car ran off the road near Fuzuli on 3 June 2024; two people died.",
    ),
    Trap(
        "weapons seized by the police are nothing",
        "Police seized 30 grenades and 5 mines from a resident of Kharkiv.",
    ),
    Trap(
        "money, staff and machines are none of ours",
        "ANAMA's robot cost $5 million; 45 teams with 30 dogs cleared 10 hectares in Lachin "
        "district in May 2024.",
        ("area_cleared 10 ha, AZ-LAC, 2024-05-01..2024-05-31",),
    ),
    Trap(
        "a rate is no figure",
        "Farmland of 20,000 ha was returned to use in Mykolaiv oblast in 2023. Rate: 20 million m² a year.",
        ("area_cleared 20000 ha, UA-48, 2023-01-01..2023-12-31",),
    ),
    Trap(
        "a hedge binds the first number of a list",
        "More than 1,400 hectares, nearly 40 anti-tank mines and 12 shells were cleared in Fuzuli"
        " district in May 2024.",
        (
            "area_cleared 1400 ha, AZ-FUZ, 2024-05-01..2024-05-31, at_least",
            "at_mines_found 40 count, AZ-FUZ, 2024-05-01..2024-05-31, approx",
            "uxo_found 12 count, AZ-FUZ, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "a part is a subset",
        "31 people, including 3 children, were killed by mines in Ukraine in 2023.",
        (
            "killed 31 people, UA, 2023-01-01..2023-12-31",
            "killed 3 people, UA, 2023-01-01..2023-12-31, subset",
        ),
    ),
    Trap(
        "a share of a territory counts, a share of a plan does not",
        "A quarter of Ukraine's territory is contaminated with mines. 45 percent of the plan was completed.",
        ("share_contaminated 25 percent, UA, ..2024-06-05",),
    ),
    Trap(
        "maps handed over are mines recorded",
        "Azerbaijan received maps of 97,000 mines in Aghdam from Armenia on 12 June 2021.",
        ("mines_recorded 97000 count, AZ-AGM, ..2021-06-12",),
    ),
    Trap(
        "a gloss changes no verb",
        "In 2023, 134,000 hectares were demined (inspected) in Azerbaijan.",
        ("area_cleared 134000 ha, AZ, 2023-01-01..2023-12-31",),
    ),
    Trap(
        "6 one explosion told twice is one",
        "A mine exploded in Aghdam district on 2 June 2024, injuring one person.\n\nOne person was "
        "injured when a mine exploded in Aghdam district on 2 June 2024, another agency reported.",
        incidents=("2024-06-02, AZ-AGM, -/1, mine",),
    ),
    Trap(
        "a village that only the text knows",
        "Two shepherds were hurt in Qarvand village of the Aghdam district on 1 June 2024 when "
        "they stepped on a mine.",
        incidents=("2024-06-01, AZ-AGM/qarvand, -/2, mine",),
    ),
    Trap(
        "a device and a death",
        "A farmer blew up on an anti-tank mine in Izium district on 3 June 2024 and died on the spot.",
        incidents=("2024-06-03, UA6304, 1/-, anti-tank mine",),
    ),
    Trap(
        "nobody was hurt",
        "A mine exploded in Khojavend district on 2 June 2024. No one was injured.",
        incidents=("2024-06-02, AZ-XVD, 0/0, mine",),
    ),
    Trap(
        "thousands is no number",
        "Thousands of mines were destroyed in Kharkiv oblast in 2023.",
    ),
    Trap("nothing to read", "The weather in Baku was fine."),
    Trap(
        "13 an office and a home are no site",
        "The Aghdam District Prosecutor's Office said that a resident of Sarijali village was "
        "injured when a mine exploded in Fuzuli district on 3 June 2024.",
        incidents=("2024-06-03, AZ-FUZ, -/1, mine",),
    ),
    Trap(
        "a change is no level",
        "Ukraine's contaminated area fell by 12,000 km² to 137,000 km² in June 2024.",
        ("area_contaminated 137000 km2, UA, ..2024-06-05",),
    ),
    Trap(
        "of these",
        "In May 2024, 5,000 explosive items were destroyed in Kharkiv oblast. Of these, 200 were "
        "anti-tank mines.",
        (
            "items_found 5000 count, UA-63, 2024-05-01..2024-05-31",
            "at_mines_found 200 count, UA-63, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "people at risk",
        "Six million people live in contaminated areas of Ukraine.",
        ("people_at_risk 6000000 people, UA, ..2024-06-05",),
    ),
    Trap(
        "mine victims",
        "Since November 2020, 379 Azerbaijanis have become mine victims: 70 were killed and 309 injured.",
        (
            "casualties 379 people, AZ, 2020-11-01..2024-06-05",
            "killed 70 people, AZ, 2020-11-01..2024-06-05",
            "injured 309 people, AZ, 2020-11-01..2024-06-05",
        ),
    ),
    Trap(
        "another mine on the same day",
        "A mine exploded in Fuzuli district on 1 June 2024, killing two people and injuring one. "
        "The same day another mine went off in Aghdam district, wounding a shepherd.",
        incidents=("2024-06-01, AZ-FUZ, 2/1, mine", "2024-06-01, AZ-AGM, -/1, mine"),
    ),
    Trap(
        "the device inside a longer phrase",
        "On 3 June 2024 a tractor driver was injured when his tractor hit an anti-tank mine near Izium.",
        incidents=("2024-06-03, gn:707292, -/1, anti-tank mine",),
    ),
    Trap(
        "the ministry said that since a day",
        "The ministry said that since 15 May 2024 its sappers have defused 1,318 mines in Lachin district.",
        ("mines_found 1318 count, AZ-LAC, 2024-05-15..2024-06-05",),
    ),
    Trap(
        "mines laid by somebody and then found",
        "On 3 June 2024 some 40 mines laid by sabotage groups were neutralized in Lachin district.",
        ("mines_found 40 count, AZ-LAC, 2024-06-03..2024-06-03, approx",),
    ),
    Trap(
        "a model name before the noun",
        "On 3 June 2024, 79 PMN-E anti-personnel mines and 2 TM-62M anti-tank mines were destroyed in "
        "Kalbajar district.",
        (
            "ap_mines_found 79 count, AZ-KAL, 2024-06-03..2024-06-03",
            "at_mines_found 2 count, AZ-KAL, 2024-06-03..2024-06-03",
        ),
    ),
    Trap(
        "a count behind its noun",
        "In May 2024 sappers in Lachin district lifted shells, 822, anti-tank mines (15) and "
        "anti-personnel ones, 3.",
        (
            "uxo_found 822 count, AZ-LAC, 2024-05-01..2024-05-31",
            "at_mines_found 15 count, AZ-LAC, 2024-05-01..2024-05-31",
            "ap_mines_found 3 count, AZ-LAC, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "levels before and after a fall",
        "Survey brought the dangerous area in Ukraine down from 156,000 km² to 142,000 km².",
        (
            "area_contaminated 156000 km2, UA, ..2024-06-05",
            "area_contaminated 142000 km2, UA, ..2024-06-05",
        ),
    ),
    Trap(
        "need, plan and possibility said behind a noun",
        "On 30,000 ha in Kherson oblast demining must be carried out. On 400 ha there clearance is planned.",
        ("area_contaminated 30000 ha, UA-65, ..2024-06-05",),
    ),
    Trap(
        "land that no verb governs goes on with what was told",
        "On 3 June 2024 sappers in Kherson oblast walked over 450 ha. In Mykolaiv oblast it was 40 ha.",
        (
            "area_surveyed 450 ha, UA-65, 2024-06-03..2024-06-03",
            "area_surveyed 40 ha, UA-48, 2024-06-03..2024-06-03",
        ),
    ),
    Trap(
        "one mine in a list of counts",
        "On 3 June 2024 fourteen shells, an anti-tank mine and two fuses were unearthed in Lachin district.",
        (
            "uxo_found 14 count, AZ-LAC, 2024-06-03..2024-06-03",
            "at_mines_found 1 count, AZ-LAC, 2024-06-03..2024-06-03",
            "uxo_found 2 count, AZ-LAC, 2024-06-03..2024-06-03",
        ),
    ),
    Trap(
        "a part of the land just told",
        "Of the 900 ha surveyed in Kherson oblast on 3 June 2024, 120 turned out to be dangerous.",
        (
            "area_surveyed 900 ha, UA-65, 2024-06-03..2024-06-03",
            "area_contaminated 120 ha, UA-65, ..2024-06-03",
        ),
    ),
    Trap(
        "calibres count nothing, bare units count what was told",
        "On 3 June 2024 two 152-millimetre shells and 3 anti-tank mines, in total 5 units, were lifted in "
        "Lachin district.",
        (
            "uxo_found 2 count, AZ-LAC, 2024-06-03..2024-06-03",
            "at_mines_found 3 count, AZ-LAC, 2024-06-03..2024-06-03",
            "items_found 5 count, AZ-LAC, 2024-06-03..2024-06-03",
        ),
    ),
    Trap(
        "done to land that a clause calls needy",
        "On 3 June 2024, 19 ha of land that is subject to inspection were surveyed in Kherson oblast.",
        ("area_surveyed 19 ha, UA-65, 2024-06-03..2024-06-03",),
    ),
    Trap(
        "a share that mines cover",
        "Mines cover close to a third of the territory of Ukraine.",
        ("share_contaminated 33.3 percent, UA, ..2024-06-05, approx",),
    ),
    Trap(
        "dogs, signs and squads are no mines",
        "On 3 June 2024, 36 mine detection dogs, 250 bomb disposal experts and 1,500 mine warning signs came "
        "to Lachin district.",
    ),
    Trap(
        "a mine blast injured",
        "A mine blast in Aghdam district on 2 June 2024 injured one person.",
        incidents=("2024-06-02, AZ-AGM, -/1, mine",),
    ),
    Trap(
        "a day that opens a sentence is that of what stands behind its semicolon",
        "From 1 to 9 May 2024 sappers defused 51 shells in Tartar district.\n\n"
        "On 4 May alone they looked over 10 houses; 30 exploded and 6 unexploded shells were taken away.",
        (
            "uxo_found 51 count, AZ-TAR, 2024-05-01..2024-05-09",
            "uxo_found 6 count, AZ-TAR, 2024-05-04..2024-05-04",
        ),
    ),
    Trap(
        "a list of plans",
        "In 2023 sappers cleared 70 hectares in Sumy region.\n\nPlans for 2024:\n\n"
        "- technical survey of 310 hectares;\n- clearance of 90 hectares.",
        ("area_cleared 70 ha, UA-59, 2023-01-01..2023-12-31",),
    ),
    Trap(
        "objects that no explosive is meant by",
        "Sappers found 486 explosive devices in Sumy region on 1 June 2024.\n\n"
        "Roads were repaired in 35 communities. The governor spoke of 600 objects.",
        ("items_found 486 count, UA-59, 2024-06-01..2024-06-01",),
    ),
    Trap(
        "where those who came are from",
        "In Sumy region depots burnt.\n\nCrews with machines from 18 regions of Ukraine came. "
        "They removed 290 explosive objects.",
        ("items_found 290 count, UA-59, ..2024-06-05",),
    ),
    Trap(
        "adjectives of oblasts, and any spelling of their cities",
        "In May 2024 sappers demined 90 hectares in Vinnytsya region.\n\nBy region, hectares demined:\n\n"
        "Mykolaivska - 50\n\nKharkivska - 20",
        (
            "area_cleared 90 ha, UA-05, 2024-05-01..2024-05-31",
            "area_cleared 50 ha, UA-48, 2024-05-01..2024-05-31",
            "area_cleared 20 ha, UA-63, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "land that is estimated is none that was cleared",
        "In Sumy region sappers have cleared 350 hectares.\n\nThe total is estimated at 7,000 square km.",
        (
            "area_cleared 350 ha, UA-59, ..2024-06-05",
            "area_contaminated 7000 km2, UA-59, ..2024-06-05",
        ),
    ),
    Trap(
        "since a season",
        "Since the beginning of spring sappers have found 310 mines in Sumy region.",
        ("mines_found 310 count, UA-59, 2024-03-01..2024-06-05",),
    ),
    Trap(
        "whom mines surround",
        "Mines surround over 1.8 million people in Sumy region.",
        ("people_at_risk 1800000 people, UA-59, ..2024-06-05, at_least",),
    ),
    Trap(
        "a list announced, with numbers in brackets between its names",
        "224,000 hectares have been surveyed in Ukraine since the beginning of 2024. The regions with most "
        "of the surveyed land are: Kherson (184 thousand hectares since the beginning of the year, of which "
        "17 thousand in May) and Kharkiv (16 thousand hectares since the beginning of the year, 4 thousand "
        "in May).",
        (
            "area_surveyed 224000 ha, UA, 2024-01-01..2024-06-05",
            "area_surveyed 184000 ha, UA-65, 2024-01-01..2024-06-05",
            "area_surveyed 17000 ha, UA-65, 2024-05-01..2024-05-31",
            "area_surveyed 16000 ha, UA-63, 2024-01-01..2024-06-05",
            "area_surveyed 4000 ha, UA-63, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "there, abroad",
        "Ukraine asks Croatia for help.\n\nIn Croatia the mines are of an older war; 150 square kilometers "
        "are contaminated there.",
    ),
    Trap(
        "an agency's total goes on in the region where it works",
        "ANAMA clears mines in the liberated territories of Azerbaijan.\n\n"
        "As of 1 May 2024 ANAMA had cleared 140,000 hectares.",
        ("area_cleared 140000 ha, AZ:liberated, ..2024-05-01",),
    ),
    Trap(
        "a time behind a part is the part's own",
        "Sappers have found 5,300 mines in Sumy region, of which 210 in May.\n\n"
        "Since the full-scale invasion mines have killed 300 people in Ukraine, 14 of them in May.",
        (
            "mines_found 5300 count, UA-59, ..2024-06-05",
            "mines_found 210 count, UA-59, 2024-05-01..2024-05-31",
            "killed 300 people, UA, 2022-02-24..2024-06-05",
            "killed 14 people, UA, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "a time behind a part with a noun of its own",
        "Mines killed 40 people, 3 of them children, in Ukraine in 2023.",
        (
            "killed 40 people, UA, 2023-01-01..2023-12-31",
            "killed 3 people, UA, 2023-01-01..2023-12-31, subset",
        ),
    ),
    Trap(
        "a day of remarks goes on",
        "In remarks of 26 May 2024 the envoy noted that some 80,000 square kilometers of Ukraine were "
        "contaminated. That is about 13 percent of the territory of Ukraine.",
        (
            "area_contaminated 80000 km2, UA, ..2024-05-26, approx",
            "share_contaminated 13 percent, UA, ..2024-05-26",
        ),
    ),
    Trap(
        "a share beside land that is estimated",
        "Much of Ukraine is mined.\n\nBy preliminary estimates it is 160,000 square kilometres, more than "
        "25% of the country's territory.",
        (
            "area_contaminated 160000 km2, UA, ..2024-06-05",
            "share_contaminated 25 percent, UA, ..2024-06-05, at_least",
        ),
    ),
    Trap(
        "the world's totals of other years",
        "In Ukraine mines kill. In 2022 at least 360 mine casualties were recorded worldwide. "
        "The totals of 2021 (317 casualties) and 2020 (277 casualties) were lower.",
    ),
    Trap(
        "land that help enabled to be cleared",
        "Donors' help has enabled 3,000 hectares of contaminated land to be cleared in Kharkiv region. "
        "A new grant will enable 900 hectares to be cleared.",
        ("area_cleared 3000 ha, UA-63, ..2024-06-05",),
    ),
    Trap(
        "shells that still wait",
        "Deminers destroyed 20 shells in the Kharkiv region. 30 more shells are waiting.",
        ("uxo_found 20 count, UA-63, ..2024-06-05",),
    ),
    Trap(
        "mines that the agency reported",
        "Sappers demined 20 ha in the Aghdam district. There, 73 mines were reported by ANAMA.",
        ("area_cleared 20 ha, AZ-AGM, ..2024-06-05", "mines_found 73 count, AZ-AGM, ..2024-06-05"),
    ),
    Trap(
        "a share of the fields that are in use",
        "About 500 ha of Kherson region are mined. The farmers sowed only a third of the fields.",
        ("area_contaminated 500 ha, UA-65, ..2024-06-05, approx",),
    ),
    Trap(
        "where most of it was found is not where all is told of",
        "The State Emergency Service destroyed 4,101 explosive objects. Most of them were found in the "
        "Kharkiv region. An area of 382 hectares was surveyed.",
        ("items_found 4101 count, UA, ..2024-06-05", "area_surveyed 382 ha, UA, ..2024-06-05"),
    ),
    Trap(
        "a smart village is no name",
        "Land for the Smart Village project in Zangilan is being cleared. 72 ha have been cleared.",
        ("area_cleared 72 ha, AZ-ZAN, ..2024-06-05",),
    ),
    Trap(
        "the affected and the dead among them",
        "In March 2024, 17 individuals were affected by landmines in the Mykolaiv region, "
        "resulting in 4 deaths. In May landmines affected 90 people there.",
        (
            "casualties 17 people, UA-48, 2024-03-01..2024-03-31",
            "killed 4 people, UA-48, 2024-03-01..2024-03-31",
            "casualties 90 people, UA-48, 2024-05-01..2024-05-31",
        ),
    ),
    Trap(
        "when work began of which the next sentence tells",
        "In Zangilan demining began in February 2021. Sappers have already cleared 42 hectares.",
        ("area_cleared 42 ha, AZ-ZAN, 2021-02-01..2024-06-05",),
    ),
]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda t: t.name)
def test_a_trap_is_read_as_the_rulings_say(reader: Reader, trap: Trap) -> None:
    """The reader finds what the text states, all of it and nothing else."""
    reading = reader.read(report(trap.text, trap.published))
    assert (figure_lines(reading), incident_lines(reading)) == (list(trap.figures), list(trap.incidents))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ANAMA plans to clear 470,000 hectares in Karabakh.", "a plan"),
        ("The work may destroy 300 mines in Shusha.", "a possibility"),
        ("Sappers clear 20 million m² a year in Ukraine.", "a rate, not an amount"),
        ("Two people were killed when a drone hit a bus in Kherson.", "not said to be by explosive ordnance"),
    ],
)
def test_what_was_not_taken_says_why(reader: Reader, text: str, reason: str) -> None:
    """A refusal names its reason."""
    reading = reader.read(report(text))
    assert (reading.figures, [r.reason for r in reading.refused]) == ((), [reason])


def test_furniture_states_nothing(reader: Reader) -> None:
    """16: a sidebar's headline is no fact, and no place of it is a scene."""
    text = "In May 2024, 5 mines were found in Lachin district.\n\nMine kills two in Fuzuli on 1 June 2024."
    document = report(text)
    reading = reader.read(replace(document, furniture=((text.index("Mine kills"), len(text)),)))
    assert figure_lines(reading) == ["mines_found 5 count, AZ-LAC, 2024-05-01..2024-05-31"]
    assert incident_lines(reading) == []
