"""The styles of layers for QGIS: classes, colours and labels are those of the app's map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geotrack.export.content import Districts, ExportContent
from geotrack.export.qml import Rule, SymbolLayer, column, literal, qml, rgba
from geotrack.export.scenes import ledger_of, scenes_of
from geotrack.export.tables import Tables, layer_name
from geotrack.languages import speaking
from geotrack.maps import Scene, words
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.ramps import DEVICES, NO_DATA, ZERO

STYLE_TOLD = "As geotrack's map"
"""The description of each style."""
COLUMN_OF = {INCIDENTS: "n_incidents"}  # of a measure that the app calls otherwise
# As the app's map draws them (`geotrack/maps/assets`).
_BORDER, _APPROXIMATE = "#8b969c", "#6f7a80"
_HATCHED, _LINES = "#eef1f3", "#7b8a93"
_INK, _RIM = "#111111", "#ffffff"


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """A style of one layer; QGIS draws the layer by the default one and lists the others."""

    table: str
    name: str
    qml: str
    is_default: bool


def styles_of(content: ExportContent, tables: Tables) -> list[LayerStyle]:
    """Return the styles of all layers with shapes."""
    units = [style for one in content.districts for style in unit_styles(content, one, layer_name(one))]
    return [*units, incident_style(tables.incidents, "incidents")]


def unit_styles(content: ExportContent, districts: Districts, table: str) -> list[LayerStyle]:
    """Return a style for each measure of which something is known in these units."""
    scenes = scenes_of(content, districts, ledger_of(content))
    return [
        LayerStyle(table, words.MEASURES[measure], qml(_unit_rules(scene), "fill"), is_default=not at)
        for at, (measure, scene) in enumerate(scenes.items())
    ]


def _unit_rules(scene: Scene) -> list[Rule]:
    """Return a rule a class; a limit is the largest value of a class, which is printed rounded."""
    name = column(COLUMN_OF.get(scene.style.measure, scene.style.measure))
    units, told = scene.paint["units"], scene.paint["words"]
    shared = sorted(unit_id for unit_id, unit in units.items() if unit["hatched"])
    within = f'"place_id" IN ({", ".join(map(literal, shared))})' if shared else ""
    rules = [_rule(f"{name} IS NULL" + (f" AND NOT {within}" if shared else ""), told["noData"], NO_DATA)]
    if shared:
        rules.append(_rule(f"{name} IS NULL AND {within}", told["group"], _HATCHED, hatched=True))
    if any(unit["fill"] == ZERO for unit in units.values()):
        rules.append(_rule(f"{name} = 0", told["zero"], ZERO))
    return rules + _class_rules(scene, name)


def _class_rules(scene: Scene, name: str) -> list[Rule]:
    held: dict[int, list[float]] = {}
    for value in scene.drawn.dropna():
        place = scene.classes.index(value)
        if place is not None and place >= 0:
            held.setdefault(place, []).append(float(value))
    rules, below = [], 0.0
    for place, item in enumerate(scene.classes.items):
        upper = max(held.get(place, [below]))
        top = "" if place == len(scene.classes.items) - 1 else f" AND {name} <= {upper!r}"
        rules.append(_rule(f"{name} > {below!r}{top}", item.label, item.colour))
        below = upper
    return rules


def _rule(chosen: str, label: str, colour: str, *, hatched: bool = False) -> Rule:
    fill = SymbolLayer(
        "SimpleFill",
        {
            "color": rgba(colour),
            "style": "solid",
            "outline_color": rgba(_BORDER),
            "outline_style": "solid",
            "outline_width": "0.26",
            "outline_width_unit": "MM",
        },
        {
            "outlineStyle": "if(\"approximate\", 'dash', 'solid')",
            "outlineColor": f"if(\"approximate\", '{rgba(_APPROXIMATE)}', '{rgba(_BORDER)}')",
        },
    )
    lines = SymbolLayer(
        "LinePatternFill", {"angle": "45", "distance": "2", "distance_unit": "MM", "color": rgba(_LINES)}
    )
    return Rule(chosen, label, [fill, lines] if hatched else [fill])


def incident_style(incidents: Sequence[dict[str, Any]], table: str) -> LayerStyle:
    """Return how incidents are drawn: a colour a device, ringed where people were killed."""
    present = {row["device"] or "unknown" for row in incidents if row["point"] is not None}
    with speaking("en"):
        rules = [
            _device_rule(device, colour, fatal=fatal)
            for device, colour in DEVICES.items()
            if device in present
            for fatal in (False, True)
        ]
    return LayerStyle(table, words.MEASURES[INCIDENTS], qml(rules, "marker"), is_default=True)


def _device_rule(device: str, colour: str, *, fatal: bool) -> Rule:
    label = words.device(device) + (", people killed" if fatal else "")
    of_device = f"coalesce(\"device\", 'unknown') = {literal(device)}"
    where = f'{of_device} AND coalesce("killed", 0) {">" if fatal else "="} 0'
    return Rule(where, label, [_marker(colour, fatal=fatal)])


def _marker(colour: str, *, fatal: bool) -> SymbolLayer:
    return SymbolLayer(
        "SimpleMarker",
        {
            "name": "circle",
            "color": rgba(colour),
            "outline_color": rgba(_INK if fatal else _RIM),
            "outline_style": "solid",
            "outline_width": "0.6" if fatal else "0.3",
            "outline_width_unit": "MM",
            "size": "3",
            "size_unit": "MM",
        },
    )
