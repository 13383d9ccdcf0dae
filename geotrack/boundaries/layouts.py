"""The layouts that boundaries are published in, known by their columns: GADM, COD-AB, geoBoundaries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geotrack.boundaries.layers import LAYER_LEVELS, LayerLevel

NO_VALUE = "NA"  # what GADM writes where it knows nothing; it is no code


@dataclass(frozen=True, slots=True)
class FileLayout:
    """Whose layout a file has: the columns of codes and names at a level, and whose boundaries these are.

    `names` begins with the column that labels rows; the others hold more names, several with `|` between
    them. `level_column` says which level a row is of.
    """

    name: str
    code: str | None
    names: tuple[str, ...]
    source: str
    licence: str = ""
    level_column: str = ""


def recognise(columns: Sequence[str], level: LayerLevel) -> FileLayout | None:
    """Return the layout that a file's columns are those of, with what it has at a level."""
    number = LAYER_LEVELS.index(level)
    return _gadm(columns, number) or _cod_ab(columns, number) or _geoboundaries(columns)


def _gadm(columns: Sequence[str], number: int) -> FileLayout | None:
    label = f"NAME_{number}" if number else "COUNTRY"
    if f"GID_{number}" not in columns or label not in columns:
        return None
    names = [one for one in (label, f"VARNAME_{number}", f"NL_NAME_{number}") if one in columns]
    code = f"ISO_{number}" if f"ISO_{number}" in columns else None
    licence = "GADM: free for academic and other non-commercial use, not to be redistributed"
    return FileLayout("GADM", code, tuple(names), "GADM (gadm.org)", licence)


def _cod_ab(columns: Sequence[str], number: int) -> FileLayout | None:
    """Tell a common operational dataset, in the older layout (`ADM1_EN`) or the newer (`adm1_name`)."""
    code = next((one for one in columns if one.lower() == f"adm{number}_pcode"), None)
    labels = re.compile(rf"adm{number}_(?:name\d*|[a-z]{{2}})|adm{number}alt\w*", re.IGNORECASE)
    names = [one for one in columns if labels.fullmatch(one)]
    if code is None or not names:
        return None
    names.sort(key=lambda one: (not one.lower().endswith(("_en", "_name")), one))
    return FileLayout("COD-AB", code, tuple(names), "OCHA COD-AB (data.humdata.org)")


def _geoboundaries(columns: Sequence[str]) -> FileLayout | None:
    if not {"shapeName", "shapeGroup", "shapeType"} <= {*columns}:
        return None
    code = "shapeISO" if "shapeISO" in columns else None
    return FileLayout(
        "geoBoundaries", code, ("shapeName",), "geoBoundaries (geoboundaries.org)", level_column="shapeType"
    )


def other_level(layout: FileLayout, row: Mapping[str, Any], level: LayerLevel) -> LayerLevel | None:
    """Return the level that a row says it is of, if that is another one."""
    told = re.fullmatch(r"ADM([0-2])", str(row.get(layout.level_column) or ""))
    found = LAYER_LEVELS[int(told[1])] if told else level
    return None if found == level else found
