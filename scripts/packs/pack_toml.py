"""The file `pack.toml`: what a pack says of itself, official areas, and named regions."""

from __future__ import annotations

import json
from typing import Any


def render(curated: dict[str, Any]) -> str:
    """Return the text of `pack.toml`."""
    country = curated["country"]
    lines = [
        f"id = {_text(country['id'])}",
        f"name = {_text(country['en'])}",
        f"levels = {json.dumps(curated.get('levels', ['country', 'adm1']))}",
        *_level_names(curated["level_names"]),
        *_level_titles(curated.get("level_titles", {})),
        "",
        "[areas]",
        "# Official areas in km2, land and inland waters.",
        f"source = {_text(country['area_source'])}",
        f"{country['id']} = {country['km2']}",
    ]
    for key, unit in curated["units"].items():
        if unit["ne"]:
            lines.append(f"{key} = {unit['km2']}")
    lines += _carved(curated["units"])
    for region in curated["region"]:
        lines += _region(region)
    return "\n".join(lines) + "\n"


def _carved(units: dict[str, dict[str, Any]]) -> list[str]:
    """Return which units were made of parts of which others."""
    lines = [f"{key} = {_list(unit['carved_from'])}" for key, unit in units.items() if "carved_from" in unit]
    told = "# Units that were made of parts of others on their first day."
    return ["", "[carved]", told, *lines] if lines else []


def _level_names(levels: dict[str, dict[str, list[str]]]) -> list[str]:
    """Return what the units of each level are called: one, several, and both after `of`."""
    lines = []
    for level, names in levels.items():
        lines += ["", f"[level_names.{level}]"]
        lines += [f"{language} = {_list(words)}" for language, words in names.items()]
    return lines


def _level_titles(levels: dict[str, dict[str, str]]) -> list[str]:
    """Return how a unit of each level is named together with its word, in each language."""
    lines = []
    for level, titles in levels.items():
        lines += ["", f"[level_titles.{level}]"]
        lines += [f"{language} = {_text(title)}" for language, title in titles.items()]
    return lines


def _list(words: list[str]) -> str:
    return json.dumps(words, ensure_ascii=False)


def _region(region: dict[str, Any]) -> list[str]:
    lines = ["", "[[region]]", f"id = {_text(region['id'])}", f"name = {_text(region['name'])}"]
    lines.append(f"names = {_inline(region['names'])}")
    lines += [f"{key} = {_text(region[key])}" for key in ("valid_from", "valid_to", "note") if key in region]
    lines.append("members = [")
    lines += [f"    {_inline(member)}," for member in region["members"]]
    lines.append("]")
    return lines


def _inline(table: dict[str, Any]) -> str:
    cells = (f"{key} = {'true' if value is True else _text(value)}" for key, value in table.items())
    return "{ " + ", ".join(cells) + " }"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
