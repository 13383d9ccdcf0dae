# ruff: noqa: RUF001 - the words are Azerbaijani, Ukrainian and Russian
"""The units that a boundary file can bring polygons for, and the codes and names that find them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process

from geotrack.boundaries.layers import LayerLevel
from geotrack.errors import BoundaryError
from geotrack.gazetteer.folding import folded_name

KATOTTG = re.compile(r"[A-Z]{2}\d{17}")
PCODE_DIGITS = {"adm1": 2, "adm2": 4}
NEAR_ENOUGH = 75  # rapidfuzz's ratio in percent: a suggestion below it is noise
# Words, folded, that say which kind of unit a name is; boundary files add them or leave them out at will.
_UNIT_WORDS = frozenset(
    """oblast region raion rayon district city municipality republic autonomous of the
    rayonu seheri muxtar respublikasi область район місто город м г
    автономна автономная республіка республика""".split()  # noqa: SIM905 - a list of thirty literals reads worse
)


def fold(name: str) -> str:
    """Return a name for comparison: in the gazetteer's plain form, without unit words."""
    found = folded_name(name).split()
    return " ".join([word for word in found if word not in _UNIT_WORDS] or found)


def _code(code: object) -> str:
    return "" if code is None else re.sub(r"[^0-9A-Z]", "", str(code).upper().removesuffix(".0"))


@dataclass(frozen=True, slots=True)
class KnownUnits:
    """The units of one country at one level: `labels` by place id, and what finds each of them."""

    adm0: str
    level: LayerLevel
    labels: dict[str, str]
    codes: dict[str, str] = field(repr=False)
    names: dict[str, tuple[str, ...]] = field(repr=False)

    def by_code(self, code: object) -> str | None:
        """Return the unit of an ISO 3166-2 code, P-code or KATOTTG code, with or without its country."""
        key = _code(code)
        if not key:
            return None
        if KATOTTG.fullmatch(key) and self.level in PCODE_DIGITS:
            key = key[: 2 + PCODE_DIGITS[self.level]]
        return self.codes.get(key) or self.codes.get(self.adm0 + key)

    def by_name(self, name: object) -> tuple[str, ...]:
        """Return the units that bear a name, in any language and usual spelling."""
        return self.names.get(fold(str(name)), ()) if name else ()

    def nearest(self, name: str) -> str:
        """Return the label of the unit whose name is most like this one, or an empty string."""
        best = process.extractOne(fold(name), self.names.keys(), score_cutoff=NEAR_ENOUGH)
        return self.labels[self.names[best[0]][0]] if best else ""


def known_units(folder: Path, adm0: str, level: LayerLevel, also: Collection[str] = ()) -> KnownUnits:
    """Read the units of a country's pack.

    Parameters
    ----------
    folder
        The folder of gazetteer packs (`data/gazetteer`).
    also
        Place ids of another level that have an outline at this one: a city that is a unit of every level.

    Raises
    ------
    BoundaryError
        If there is no pack for the country, or it has no unit at this level.
    """
    pack = folder / adm0
    if not (pack / "places.csv").exists():
        known = ", ".join(sorted(path.name for path in folder.glob("*/") if path.is_dir())) or "none"
        raise BoundaryError(str(pack), f"no country pack {adm0!r}", f"Countries that are there: {known}.")
    places = [row for row in _rows(pack / "places.csv") if not row["valid_to"]]
    labels = {row["place_id"]: row["name"] for row in places if _is_unit(row, level, also)}
    if not labels:
        raise BoundaryError(str(pack), f"{adm0} has no unit at level {level!r}", "Choose another --level.")
    names = ((row["place_id"], row["name"]) for row in _rows(pack / "names.csv") if row["place_id"] in labels)
    codes = _shared_pcodes(places, level) | {_code(place_id): place_id for place_id in labels}
    return KnownUnits(adm0, level, labels, codes, _names([*labels.items(), *names]))


def _is_unit(row: dict[str, str], level: LayerLevel, also: Collection[str]) -> bool:
    return row["level"] == level or row["place_id"] in also


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _shared_pcodes(places: Iterable[dict[str, str]], level: LayerLevel) -> dict[str, str]:
    """Return first-level units by the P-code that their raions share."""
    codes: dict[str, str] = {}
    for row in places:
        if row["level"] == "adm2" and level == "adm1" and row["adm1"]:
            codes.setdefault(_code(row["place_id"])[: 2 + PCODE_DIGITS["adm1"]], row["adm1"])
    return codes


def _names(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for place_id, name in pairs:
        found[fold(name)][place_id] = None
    return {name: tuple(ids) for name, ids in found.items()}
