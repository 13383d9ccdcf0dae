"""The same report in four languages gives the same facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from geotrack.documents import Options, read_paths
from geotrack.extraction import Reader
from geotrack.models import Document

FOLDER = Path(__file__).parent / "parallel"
REPORTS = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.md")})
pytest_plugins = ("readers",)


def facts(reader: Reader, report: str, language: str) -> list[tuple[object, ...]]:
    """Return what a report states, without the words that state it."""
    (document,) = read_paths([FOLDER / f"{report}.{language}.md"], Options())
    assert isinstance(document, Document)
    reading = reader.read(document)
    figures = [
        (f.measure, f.value, f.unit, f.start, f.end, frozenset(p.id for p in f.places), frozenset(f.flags))
        for f in reading.figures
    ]
    incidents = [
        (i.date, i.killed, i.injured, i.device, frozenset(p.id for p in i.places)) for i in reading.incidents
    ]
    return [*sorted(figures, key=str), *incidents]


@pytest.mark.parametrize("language", ["az", "uk", "ru"])
@pytest.mark.parametrize("report", REPORTS)
def test_a_report_states_the_same_in_each_language(reader: Reader, report: str, language: str) -> None:
    """Values, units, places, periods, fates and devices do not depend on the language."""
    english = facts(reader, report, "en")
    assert english
    assert facts(reader, report, language) == english
