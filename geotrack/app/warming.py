"""What the first visitor would wait for, made ready while the server starts.

Everything here is a read that pages do as well, and is kept where they look for it. Nothing depends on it: a
page that comes first does the work itself, or waits for what is half done.
"""

from __future__ import annotations

import importlib
from collections import Counter

from geotrack.app import controls, reads
from geotrack.config import Settings
from geotrack.errors import GeotrackError
from geotrack.languages import spoken
from geotrack.maps import MapStyle
from geotrack.memory import set_aside

# What draws charts and classes takes seconds to import.
_HEAVY = ("altair", "mapclassify", "geotrack.charts")


def warm(settings: Settings) -> None:
    """Read the library and reconcile every measure, the one that the map opens on first, as sure as one asks.

    An error is left to the page that will meet it and say what to do.
    """
    try:
        library = reads.open_library(settings)
        if not reads.documents(library.edition).empty:
            _warm(library)
    except GeotrackError:
        return
    finally:
        # Streamlit has the collector look at everything after each run, as long as the run itself takes.
        set_aside()


def _warm(library: reads.Library) -> None:
    edition, settings = library.edition, library.settings
    reads.facts_by_country(edition)
    adm0, measure = reads.opening(edition, settings)
    for name in _HEAVY:
        importlib.import_module(name)
    _view(library, adm0, measure)
    book, counts = reads.ledger(edition), reads.facts_by_country(edition)
    for told, _ in counts.get(adm0, Counter()).most_common():
        _view(library, adm0, told)
    for other in reads.layers(settings):
        if other in counts:
            _view(library, other, reads.opening(edition, settings, other)[1])
    reads.mentions(edition)
    for least in filter(None, controls.CONFIDENCES):
        reads.facts_by_country(edition, least)
        _view(library, adm0, measure, least)
        for told, _ in counts.get(adm0, Counter()).most_common():
            if told in book.measures:
                reads.ledger(edition, least).standing(told)


def _view(library: reads.Library, adm0: str, measure: str, least: float = 0.0) -> None:
    """Compose the map that a country opens on, of facts as sure as `least`, with what stands under it."""
    from geotrack.app import timelines  # which imports what is heavy, when the library is read

    edition, settings = library.edition, library.settings
    level = reads.layers(settings)[adm0][0]
    style = MapStyle(measure, adm0, level, min_confidence=least, redacted=False)
    scene = reads.composed(edition, style, reads.layer_key(settings, adm0, level))
    scene.view  # noqa: B018 - it is kept
    timelines.stated_charts(edition, adm0, measure, least, wider=True, locale=spoken())
    reads.place_outlook(edition, adm0, least)
