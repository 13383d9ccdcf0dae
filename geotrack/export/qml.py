"""Styles as QGIS reads them (QML, QGIS 3.18 or newer): rules, each with its filter, symbol and label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION = "3.18.0"


@dataclass(frozen=True, slots=True)
class SymbolLayer:
    """One layer of a symbol: its class in QGIS, its options, and those that an expression gives a feature."""

    kind: str
    options: Mapping[str, str]
    by_feature: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is drawn alike: the expression that chooses it (SQL as well), its label, and its symbol."""

    filter: str
    label: str
    symbol: Sequence[SymbolLayer]


def rgba(colour: str) -> str:
    """Return `#rrggbb` as QGIS writes it."""
    parts = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return ",".join([*parts, "255"])


def column(name: str) -> str:
    """Return a column's name as expressions quote it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return text as expressions quote it."""
    return "'" + text.replace("'", "''") + "'"


def qml(rules: Sequence[Rule], geometry: str) -> str:
    """Return rules as a style; `geometry` is `fill` or `marker`."""
    root = ET.Element("qgis", version=_VERSION, styleCategories="Symbology")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0")
    group = ET.SubElement(renderer, "rules", key="root")
    symbols = ET.SubElement(renderer, "symbols")
    for at, rule in enumerate(rules):
        told = {"key": f"rule{at}", "symbol": str(at), "label": rule.label, "filter": rule.filter}
        ET.SubElement(group, "rule", told)
        symbol = ET.SubElement(symbols, "symbol", name=str(at), type=geometry, alpha="1", clip_to_extent="1")
        for layer in rule.symbol:
            _add_layer(symbol, layer, f"@{at}@{len(symbol)}")
    ET.indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _add_layer(symbol: ET.Element, layer: SymbolLayer, name: str) -> None:
    made = {"class": layer.kind, "enabled": "1", "locked": "0", "pass": "0"}
    element = ET.SubElement(symbol, "layer", made)
    _add_texts(ET.SubElement(element, "Option", type="Map"), layer.options)
    if layer.kind == "LinePatternFill":
        lines = ET.SubElement(element, "symbol", name=name, type="line", alpha="1", clip_to_extent="1")
        told = {"line_color": layer.options["color"], "line_width": "0.5", "line_width_unit": "MM"}
        _add_layer(lines, SymbolLayer("SimpleLine", told), "")
    if layer.by_feature:
        properties = ET.SubElement(element, "data_defined_properties")
        outer = ET.SubElement(properties, "Option", type="Map")
        _add_texts(outer, {"name": ""})
        held = ET.SubElement(outer, "Option", name="properties", type="Map")
        for option, expression in layer.by_feature.items():
            one = ET.SubElement(held, "Option", name=option, type="Map")
            ET.SubElement(one, "Option", name="active", type="bool", value="true")
            _add_texts(one, {"expression": expression})
            ET.SubElement(one, "Option", name="type", type="int", value="3")  # by expression
        _add_texts(outer, {"type": "collection"})


def _add_texts(parent: ET.Element, texts: Mapping[str, str]) -> None:
    for name, value in texts.items():
        ET.SubElement(parent, "Option", name=name, type="QString", value=value)
