"""Which units reports name without a figure for them: where little is known, not where nothing happens."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from geotrack.analysis.ledger import Ledger
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.statements import as_date
from geotrack.analysis.tables import records, typed
from geotrack.models import Level

SILENT_COLUMNS = (
    {"name": "object"}
    | dict.fromkeys(("n_documents", "n_mentions", "n_groups", "n_incidents"), "int64")
    | dict.fromkeys(("last_published", "document_ids"), "object")
)


def silent_units(
    ledger: Ledger, mentions: pd.DataFrame, documents: pd.DataFrame, *, adm0: str, level: Level
) -> pd.DataFrame:
    """Return the units of a country that reports name and of which no figure is known.

    Parameters
    ----------
    ledger
        The reconciled facts.
    mentions
        The store's mentions: `document_id`, `place_id`; not changed.
    documents
        The store's documents: `document_id`, `published`; not changed.
    adm0, level
        Of which country which units, `adm1` or `adm2`.

    Returns
    -------
    silent
        One row per unit, indexed by `place_id`, those named by most documents first: `name`, `n_documents`
        and `n_mentions` that name it or a place in it, `n_groups` (figures that it shares with other units
        and of which nobody knows its part), `n_incidents` told there, `last_published`, `document_ids`.

    Raises
    ------
    UnknownPlaceError
        If the country is not in the gazetteer.

    Notes
    -----
    A figure is one of the unit or of places in it, of any measure, that stands after review and is sure
    enough for the ledger; incidents are none. A name in a text says that the text speaks of the place, not
    that something was found there. Names of places that no pack has any more are passed over.
    """
    nesting = ledger.nesting
    nesting.place(adm0)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for row in records(mentions):
        for unit in _units([str(row["place_id"])], adm0, level, nesting):
            named[unit][str(row["document_id"])] += 1
    own, shared = _told(ledger, adm0, level)
    events = Counter(
        unit for event in ledger.events() for unit in _units(event[0].place_ids, adm0, level, nesting)
    )
    published = {str(row["document_id"]): as_date(row["published"]) for row in records(documents)}
    rows: dict[str, Mapping[str, object]] = {}
    for unit in sorted(named, key=lambda one: (-len(named[one]), one)):
        if unit in own:
            continue
        days = [day for one in named[unit] if (day := published.get(one)) is not None]
        rows[unit] = {
            "name": nesting.place(unit).name,
            "n_documents": len(named[unit]),
            "n_mentions": named[unit].total(),
            "n_groups": shared[unit],
            "n_incidents": events[unit],
            "last_published": max(days, default=None),
            "document_ids": sorted(named[unit]),
        }
    return typed(rows.values(), SILENT_COLUMNS, list(rows))


def _told(ledger: Ledger, adm0: str, level: Level) -> tuple[set[str], Counter[str]]:
    """Return the units with figures of their own, and how many figures each shares with others."""
    own: set[str] = set()
    shared: Counter[str] = Counter()
    for one in ledger.observations().items:
        units = _units(one.place_ids, adm0, level, ledger.nesting)
        each = [_units([place], adm0, level, ledger.nesting) for place in one.place_ids]
        if len(units) == 1 and all(each):
            own |= units
        else:
            shared.update(units)
    return own, shared


def _units(place_ids: Iterable[str], adm0: str, level: Level, nesting: Nesting) -> set[str]:
    """Return the units of a country in which places lie; wider places lie in none."""
    known = [one for one in place_ids if not nesting.unknown([one]) and nesting.place(one).adm0 == adm0]
    return {unit for one in known if (unit := nesting.unit_at(one, level))}
