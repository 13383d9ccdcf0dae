"""Fuzz the reader, guided by the code that an input reaches: `make fuzz MINUTES=60`.

An input is bytes taken for a text, or a report that they cut, double, shuffle and put things into. What
must hold is what `test_reader_laws.py` asks of every reading.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["geotrack.extraction", "geotrack.gazetteer"]):
    from readings import assert_laws, report

    from geotrack.documents import Refused, read_paths
    from geotrack.extraction import Reader
    from geotrack.gazetteer import Gazetteer

GOLD = Path(__file__).parent / "gold" / "dev" / "docs"
REPORTS = [d.text[:2000] for d in read_paths([GOLD]) if not isinstance(d, Refused)]
READER = Reader(Gazetteer.load())
MOST_EDITS = 6


def mutated(data: atheris.FuzzedDataProvider) -> str:
    """Return a report that the bytes cut, double and put things into."""
    text: str = data.PickValueInList(REPORTS)
    for _ in range(data.ConsumeIntInRange(1, MOST_EDITS)):
        at = data.ConsumeIntInRange(0, len(text))
        end = min(len(text), at + data.ConsumeIntInRange(0, 400))
        match data.ConsumeIntInRange(0, 4):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:end] + text[end:]
            case 2:
                text = text[:at] + data.ConsumeUnicodeNoSurrogates(12) + text[at:]
            case 3:
                text = text[:at] + " ".join(reversed(text[at:end].split(" "))) + text[end:]
            case _:
                other: str = data.PickValueInList(REPORTS)
                text = text[:at] + other[at : at + 200] + text[at:]
    return text[:4000]


def read(raw: bytes) -> None:
    """Read one input and hold the laws against what comes out."""
    data = atheris.FuzzedDataProvider(raw)
    published = dt.date(1995, 1, 1) + dt.timedelta(days=data.ConsumeIntInRange(0, 14_000))
    known = data.ConsumeBool()
    text = mutated(data) if data.ConsumeBool() else data.ConsumeUnicodeNoSurrogates(1000)
    assert_laws(report(text, published if known else None), READER)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
