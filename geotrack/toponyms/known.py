"""The places that the packs have, found by their unit and name."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import cos, hypot, radians
from pathlib import Path

from geotrack.gazetteer.folding import folded_name, skeletons
from geotrack.gazetteer.imported import with_imports
from geotrack.gazetteer.packs import Pack, Row, read_packs
from geotrack.gazetteer.resolution import LARGE_TOWN
from geotrack.toponyms.katottg import ADM1_DIGITS, ADM2_DIGITS
from geotrack.toponyms.placing import Near
from geotrack.toponyms.rows import SourceRow

SAME_KM = 5.0  # two points of one name that are farther from each other are two villages
CITY_WITH_PARTS = 20_000  # people from which GeoNames lists districts of a city as settlements
CITY_RADIUS_KM = 12.0  # the reach of such districts around the point of the city
_KM_PER_DEGREE = 111.2
_SOUND = "~"  # before a key that is how a name sounds


class KnownPlaces:
    """The places of a pack and of other imports by id, unit and name, and which of them were found in rows.

    `codes` are the places by their code in the country's own codifier, `shipped` those of the pack,
    `prominent` by name those that a bare name means: countries, regions, units and towns.
    """

    def __init__(self, pack: Pack, folder: Path, imports: Sequence[Path] = ()) -> None:
        self.shipped = frozenset(row[0] for row in pack.places)
        pack = with_imports(pack, imports)
        self.rows: dict[str, Row] = {row[0]: row for row in pack.places}
        self.not_names, self.misplaced = _written_down(folder / "curated.toml")
        self.codes = _codes(folder / "places.csv", self.rows)
        self.unit_of_code = self._units_of_codes()
        self.keys: dict[str, set[str]] = defaultdict(set)
        self.shipped_keys: set[str] = set()
        self.prominent = _prominent(
            [pack, *(one for one in read_packs(folder.parent) if one.adm0 != pack.adm0)]
        )
        self._found: set[str] = set()
        self._by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._index(pack)
        self._cities = [row for row in pack.places if row[5] and _people(row) >= CITY_WITH_PARTS]

    def _index(self, pack: Pack) -> None:
        for place_id, name, _language, kind in (
            *((row[0], row[1], "", "alias") for row in pack.places),
            *pack.names,
        ):
            key = folded_name(name)
            if kind != "adjective" and key not in self.keys[place_id] and place_id in self.rows:
                self.keys[place_id].add(key)
                if place_id in self.shipped:
                    self.shipped_keys.add(key)
                for unit in self.own_units(self.rows[place_id]):
                    for one in dict.fromkeys((key, _sound(key))):
                        self._by_name[unit, one].append(place_id)

    def _units_of_codes(self) -> dict[str, str]:
        """Return the units by how the codes of all that lies in them begin."""
        units: dict[str, str] = {}
        for code, place_id in self.codes.items():
            row = self.rows[place_id]
            units[code[:ADM1_DIGITS]] = row[3]
            units[code[:ADM2_DIGITS]] = row[4] or row[3]
        return units

    def unit_with(self, row: SourceRow) -> str | None:
        """Return the unit whose code a row's own begins with: of a unit's row that unit."""
        return self.unit_of_code.get(row.code[: ADM1_DIGITS if row.level == "adm1" else ADM2_DIGITS])

    def own_units(self, row: Row) -> Iterable[str]:
        """Return the unit that a settlement lies in; a city that is a unit lies in itself."""
        if row[2] == "settlement":
            return [row[4] or row[3]]
        return [row[0]] if row[10] == "city" else []

    def set_apart(self, rows: Sequence[SourceRow]) -> None:
        """Let no known place be found by its name that has a row of its own."""
        self._found.update(row.id for row in rows)
        self._found.update(self.codes[row.code] for row in rows if row.code in self.codes)

    def meant(self, row: SourceRow, near: Iterable[Near]) -> str | None:
        """Return the known place that a settlement is: of its name in its unit or, near a border, beside it.

        Each place is found once: of two villages of a name in one unit, the second is another one.
        """
        if row.id in self.rows:
            return row.id
        if row.code in self.codes:
            return self.codes[row.code]
        keys = list(dict.fromkeys(folded_name(name) for name in (row.name, *row.others)))
        for unit in near:
            for key in (*keys, _sound(keys[0])):
                named = self._by_name.get((unit.place_id, key), ())
                fitting = [one for one in named if one not in self._found and self._fits(one, row)]
                if fitting:
                    self._found.add(fitting[0])
                    return fitting[0]
        return None

    def _fits(self, place_id: str, row: SourceRow) -> bool:
        lon, lat = self.rows[place_id][5:7]
        if row.lon is None or row.lat is None or not lon or self.rows[place_id][2] != "settlement":
            return True
        return _km(float(lon), float(lat), row.lon, row.lat) <= SAME_KM

    def is_part_of_city(self, row: SourceRow) -> bool:
        """Tell whether a settlement that the country's own codifier lacks lies within a larger city."""
        if not self.codes or row.lon is None or row.lat is None:
            return False
        return any(
            _km(float(city[5]), float(city[6]), row.lon, row.lat) <= CITY_RADIUS_KM for city in self._cities
        )


def _prominent(packs: Iterable[Pack]) -> dict[str, str]:
    """Return the countries, regions, units and towns by their names as they stand alone."""
    found: dict[str, str] = {}
    for pack in packs:
        names = {
            row[0]: row[1] for row in pack.places if row[2] != "settlement" or _people(row) >= LARGE_TOWN
        }
        found |= {folded_name(name): place_id for place_id, name in names.items()}
        bare = {row[0] for row in pack.places if row[2] == "adm1"}  # "Volyn" is the oblast, too
        found |= {
            folded_name(name): place_id
            for place_id, name, _language, kind in pack.names
            if place_id in names and (kind != "adjective" or place_id in bare)
        }
    return found


def _people(row: Row) -> float:
    return float(row[7] or 0)


def _km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance of two points on a plane that is true enough for some tens of kilometres."""
    east = (lon - other_lon) * _KM_PER_DEGREE * cos(radians(lat))
    return hypot((lat - other_lat) * _KM_PER_DEGREE, east)


def _sound(key: str) -> str:
    return _SOUND + skeletons(key.replace(" ", "")) if key.isascii() else key


def _written_down(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return what the pack's makers found to be no names, and which points they found to be wrong."""
    if not path.exists():
        return frozenset(), frozenset()
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return frozenset(found.get("not_names", ())), frozenset(found.get("misplaced", ()))


def _codes(path: Path, places: Iterable[str]) -> dict[str, str]:
    """Return the places by their code in the country's own codifier, that of their id or beside it."""
    own = {place_id.partition(":")[2]: place_id for place_id in places if place_id.startswith("katottg:")}
    with path.open(encoding="utf-8", newline="") as lines:
        return own | {row["katottg"]: row["place_id"] for row in csv.DictReader(lines) if row.get("katottg")}
