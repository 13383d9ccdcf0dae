"""Units and what is known of them, as flat rows."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.analysis.incidents import incidents_by_place
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.statements import as_number, as_text
from geotrack.analysis.tables import records
from geotrack.analysis.tellings import days_of
from geotrack.analysis.totals import totals_by_place
from geotrack.export.content import Districts, ExportContent
from geotrack.export.rows import Kind, Row, iso3
from geotrack.models import Measure

UNIT_FIELDS: dict[str, Kind] = {
    "place_id": "str",
    "name": "str",
    "level": "str",
    "location_code": "str",
    "admin1_code": "str",
    "admin1_name": "str",
    "admin2_code": "str",
    "admin2_name": "str",
    "area_km2": "float",
    "approximate": "bool",
    "boundary_source": "str",
}
TOTAL_FIELDS: dict[str, Kind] = {
    **UNIT_FIELDS,
    "measure": "str",
    "value": "float",
    "unit": "str",
    "qualifier": "str",
    "lower": "float",
    "n_observations": "int",
    "n_documents": "int",
    "n_sources": "int",
    "as_of": "date",
    "reference_period_start": "date",
    "reference_period_end": "date",
    "figure_ids": "list",
    "incident_ids": "list",
}
INCIDENT_MEASURES = ("n_incidents", "killed", "injured", "casualties")


def unit_rows(districts: Districts, nesting: Nesting) -> list[Row]:
    """Return the units of a layer as rows with the columns `UNIT_FIELDS`."""
    rows = []
    for unit in records(districts.units.drop(columns="geometry").reset_index()):
        place = nesting.place(str(unit["place_id"]))
        codes = {level: getattr(place, level) for level in ("adm1", "adm2")}
        names = {level: nesting.place(code).name if code else None for level, code in codes.items()}
        rows.append(
            {
                "place_id": place.id,
                "name": str(unit["name"]),
                "level": districts.level,
                "location_code": iso3(place.adm0),
                "admin1_code": codes["adm1"],
                "admin1_name": names["adm1"],
                "admin2_code": codes["adm2"],
                "admin2_name": names["adm2"],
                "area_km2": as_number(unit["area_km2"]),
                "approximate": bool(unit["approximate"]),
                "boundary_source": as_text(unit["source"]),
            }
        )
    return rows


def total_rows(content: ExportContent, districts: Districts, measures: Sequence[Measure]) -> list[Row]:
    """Return what is known of each measure in each unit, as rows with the columns `TOTAL_FIELDS`.

    A unit of which nothing is known has no row: it is not zero. Incidents are measures of their own
    (`n_incidents`, and the people they harmed as `incident_killed` and so on).
    """
    units = {row["place_id"]: row for row in unit_rows(districts, Nesting(content.places))}
    found = [row for measure in measures for row in _measured(content, districts, measure)]
    found += _incidents(content, districts) if content.filter.measure is None else []
    return sorted(
        ({**units[row["place_id"]], **row} for row in found if row["place_id"] in units),
        key=lambda row: (row["place_id"], row["measure"]),
    )


def _measured(content: ExportContent, districts: Districts, measure: Measure) -> list[Row]:
    chosen = content.filter
    table = totals_by_place(
        content.figures,
        content.places,
        measure=measure,
        level=districts.level,
        adm0=districts.adm0,
        start=chosen.start,
        end=chosen.end,
        incidents=content.incidents,
        min_confidence=chosen.min_confidence,
    ).table
    known = records(table[table["value"].notna()].reset_index())
    return [
        {
            **{name: row[name] for name in ("place_id", "value", "unit", "qualifier", "as_of", "figure_ids")},
            **{name: int(row[name]) for name in ("n_observations", "n_documents", "n_sources")},
            "measure": measure,
            "lower": as_number(row["lower"]),
            "incident_ids": list(row["incident_ids"]),
            "reference_period_start": row["start"],
            "reference_period_end": row["end"],
        }
        for row in known
    ]


def _incidents(content: ExportContent, districts: Districts) -> list[Row]:
    chosen = content.filter
    table = incidents_by_place(
        content.incidents,
        content.places,
        level=districts.level,
        adm0=districts.adm0,
        start=chosen.start,
        end=chosen.end,
        min_confidence=chosen.min_confidence,
    ).table
    rows = []
    for row in records(table[table["n_incidents"].notna()].reset_index()):
        first, last = days_of(row["first"])[0], days_of(row["last"])[1]
        rows += [
            {
                "place_id": row["place_id"],
                "measure": name if name == "n_incidents" else f"incident_{name}",
                "value": value,
                "unit": "count" if name == "n_incidents" else "people",
                "qualifier": "at_least",
                "lower": value,
                "n_observations": int(row["n_incidents"]),
                "n_documents": int(row["n_documents"]),
                "n_sources": int(row["n_sources"]),
                "as_of": last,
                "reference_period_start": first,
                "reference_period_end": last,
                "figure_ids": list(row["incident_ids"]),
                "incident_ids": list(row["incident_ids"]),
            }
            for name in INCIDENT_MEASURES
            if (value := as_number(row[name])) is not None
        ]
    return rows
