"""What the database holds now, as it is served: made again when the database has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from geotrack.config import Settings
from geotrack.export import ExportContent, ExportFilter
from geotrack.export.layers import countries_told, districts_of
from geotrack.export.tables import layers_of, tables_of
from geotrack.gazetteer import Gazetteer
from geotrack.serving.collections import Collection, collections_of
from geotrack.store import Store


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is served at one time: collections by name, and what they say of themselves."""

    collections: Mapping[str, Collection]
    metadata: Mapping[str, Any]

    @classmethod
    def of(cls, content: ExportContent) -> Shelf:
        """Return what is served of an export."""
        tables = tables_of(content)
        return cls(collections_of(layers_of(content, tables)), tables.metadata)


@dataclass
class Library:
    """A database, read again when its revision has changed; victims are always nameless."""

    settings: Settings
    chosen: ExportFilter = field(default_factory=ExportFilter)
    today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date()
    _lock: Lock = field(default_factory=Lock)
    _held: tuple[int, Shelf] | None = None

    def shelf(self) -> Shelf:
        """Return what the database holds now.

        Raises
        ------
        StoreError
            If the database cannot be read.
        """
        with self._lock, Store.open(self.settings.database, read_only=True) as store:
            revision = store.revision
            if self._held is None or self._held[0] != revision:
                self._held = revision, Shelf.of(self._content(store))
            return self._held[1]

    def _content(self, store: Store) -> ExportContent:
        gazetteer = Gazetteer.of(self.settings)
        figures, incidents = store.figures(), store.incidents()
        told = countries_told(gazetteer, figures, incidents)
        countries = {self.chosen.adm0} & told if self.chosen.adm0 else told
        return ExportContent(
            figures,
            incidents,
            gazetteer,
            districts_of(self.settings, {one for one in countries if one}),
            self.today(),
            self.chosen,
            claims=store.claims(),
        )
