"""The report for Word is read back by another program, cites its sources, and harms nobody."""

from __future__ import annotations

import datetime as dt
import io
import sys

import docx
import pytest
from analysis_tables import figure, figures, hectares, incident, incidents
from docx.document import Document
from PIL import Image
from test_export import SENTENCE, content

from geotrack.errors import MissingExtraError, UsageError
from geotrack.export import ExportContent, ExportFilter, export, report
from geotrack.languages import gettext, speaking
from geotrack.maps import words

AZERBAIJAN = ExportFilter("AZ", None, dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def facts(*, backwards: bool = False) -> ExportContent:
    """Return what is reported: land of a district and of a group, and a death."""
    step = -1 if backwards else 1
    found = [
        hectares(
            "f1", 12.5, "AZ-AGM", "2023-01-02/2023-01-08", title="Week one", published=dt.date(2023, 1, 9)
        ),
        hectares("f2", 40, "AZ-AGM AZ-FUZ", "2023-02-01/2023-02-28", title="\x07February"),
        hectares("f4", 8, "AZ-LAC", "2023-03-01/2023-03-31", title="March"),
        figure("f3", 7, "UA6304", "2023-01-01/2023-01-31", title="Elsewhere"),
    ]
    told = [
        incident(
            "i1",
            "2023-05-01",
            "gn:2",
            killed=1,
            device="anti-tank mine",
            title=SENTENCE,
            victims=["Elvin Aliyev, 34"],
        ),
        incident("i2", "2023-06", "AZ-FUZ", injured=2, killed=0),
    ]
    given = {"figures": figures(*found[::step]), "incidents": incidents(*told[::step])}
    return content(filter=AZERBAIJAN, **given)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Return the report as python-docx reads it."""
    folder = tmp_path_factory.mktemp("report")
    export(facts(), folder, "docx")
    return docx.Document(str(folder / "report.docx"))


def lines(page: Document) -> list[str]:
    """Return the paragraphs."""
    return [one.text for one in page.paragraphs]


def tables(page: Document) -> list[list[list[str]]]:
    """Return the cells of each table."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in page.tables]


def test_the_report_tells_numbers_units_groups_and_incidents(written: Document) -> None:
    """Each row cites its sources by number; a group is one row; what is elsewhere is not in it."""
    numbers, units, groups, told = tables(written)
    assert numbers[1] == ["Land cleared", "at least 60.5 ha", "31 March 2023", "1, 3, 5"]
    assert units == [
        ["District", "Value", "Sources"],
        ["Aghdam", "at least 12.5 ha", "1"],
        ["Lachin", "at least 8 ha", "5"],
    ]
    assert groups[1] == ["Aghdam, Fuzuli", "40 ha", "1 \N{EN DASH} 28 February 2023", "3"]
    assert [row[:4] for row in told[1:]] == [
        ["June 2023", "Fuzuli", "mine", "2 injured"],
        ["1 May 2023", "Sarijali", "anti-tank mine", "1 killed"],
    ]
    assert not any("Elsewhere" in line for line in lines(written))


def test_sources_are_numbered_and_caveats_stand_first_and_last(written: Document) -> None:
    """The earliest source is the first; characters that XML cannot hold are gone."""
    told = lines(written)
    assert any(line.startswith("[1] ") and "Week one; 9 January 2023" in line for line in told)
    assert any(line.startswith("[3] ") and "February" in line and "\x07" not in line for line in told)
    assert sum(line.startswith("Not for navigation or operations.") for line in told) == 2
    assert "Made on 6 May 2024." in told
    assert any("drawn by hand (CC0)" in line for line in told)
    assert written.core_properties.created == dt.datetime(2024, 5, 6, tzinfo=dt.UTC)


def test_map_and_timeline_are_pictures_with_words(written: Document) -> None:
    """Pictures of the map and of the months, not blank, each told to those who do not see it."""
    pictures = written.inline_shapes
    assert [one._inline.docPr.get("descr") for one in pictures] == [
        "Land cleared: Azerbaijan",
        "Land cleared by month",
        "Incidents by month",
    ]
    for part in written.part.package.iter_parts():
        if part.partname.endswith(".png"):
            with Image.open(io.BytesIO(part.blob)) as image:
                assert len(image.getcolors(1 << 24) or ()) > 3


def test_the_report_is_the_same_whatever_the_order_and_names_no_victim() -> None:
    """The same facts give the same bytes."""
    first, second = report.report(facts()), report.report(facts(backwards=True))
    assert first == second
    told = docx.Document(io.BytesIO(first))
    assert not any("Aliyev" in line for line in lines(told))
    assert any("[…]" in line for line in lines(told))


def test_the_report_speaks_the_language_of_its_reader() -> None:
    """Names, days and words are Ukrainian when Ukrainian is spoken."""
    with speaking("uk"):
        page, caveat = docx.Document(io.BytesIO(report.report(facts()))), gettext(words.CAVEAT)
    assert caveat in lines(page)
    assert page.core_properties.language == "uk"


def test_a_report_of_nothing_says_so() -> None:
    """No facts are no error."""
    nothing = content(figures=figures(), incidents=incidents(), filter=AZERBAIJAN)
    page = docx.Document(io.BytesIO(report.report(nothing)))
    assert "Nothing is reported of this country." in lines(page)


def test_a_report_without_country_boundaries_or_packages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each error says what to do."""
    with pytest.raises(UsageError, match="--country"):
        report.report(content())
    with pytest.raises(UsageError, match="boundaries import"):
        report.report(content(filter=AZERBAIJAN, districts=()))
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match="office"):
        report.report(facts())
