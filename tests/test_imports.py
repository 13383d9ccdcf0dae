"""Imports go one way, start-up is light, and the dependencies are those that are imported."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "geotrack"
# From the start of the flow to its end; a module may import those of earlier rows, and itself.
FLOW = (
    ("languages",),
    ("errors", "memory"),
    ("models",),
    ("config",),
    ("documents",),
    ("gazetteer",),
    ("boundaries",),
    ("extraction",),
    ("toponyms",),
    ("workers",),
    ("evaluation",),
    ("store",),
    ("analysis", "redaction"),
    ("charts", "maps"),
    ("export",),
    ("tracker", "diagnosis", "serving", "records", "feeds"),
    ("app",),
    ("cli",),
)
RANK = {module: rank for rank, modules in enumerate(FLOW) for module in modules}
HEAVY = ("altair", "dask", "fiona", "folium", "geopandas", "pandas", "psycopg", "pyarrow", "pyogrio")
HEAVY += ("shapely", "sqlalchemy", "sqlite3", "streamlit", "trafilatura")
# What is not imported by name: SQLAlchemy loads the driver that an address asks for.
LOADED_BY_OTHERS = {"psycopg"}


def _imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the modules that a file imports, also inside functions and for types, as their parts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            parts = tuple((node.module or "").split("."))
            yield from ((*parts, alias.name) for alias in node.names)


def _files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _noun(path: Path) -> str:
    """Return the module of the flow that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_imports_go_one_way() -> None:
    """No module imports one that comes after it in the flow, nor one beside it."""
    wrong = [
        f"{path.relative_to(ROOT)} imports geotrack.{parts[1]}"
        for path in _files()
        for parts in _imports(path)
        if parts[0] == "geotrack" and len(parts) > 1 and parts[1] in RANK
        if (own := _noun(path)) in RANK and own != parts[1] and RANK[own] <= RANK[parts[1]]
    ]
    assert wrong == []


def test_every_module_has_its_place_in_the_flow() -> None:
    """A new module is put into the flow before it is used."""
    assert {_noun(path) for path in _files()} - {"__init__", "__main__"} <= set(RANK)


def _loaded(code: str) -> set[str]:
    """Return the names of the top-level modules that a fresh interpreter has loaded after the code."""
    shown = (
        f"{code}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", shown], check=True, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("code", ["import geotrack", "import geotrack.cli", "from geotrack import Reader"])
def test_start_is_light(code: str) -> None:
    """Neither the package nor the command line loads tables, maps, the app or a database at its start."""
    assert _loaded(code) & set(HEAVY) == set()


def test_reading_needs_no_tables() -> None:
    """A document is read without pandas and geopandas: they cost a second that readers do not need."""
    loaded = _loaded("import geotrack.documents, geotrack.gazetteer, geotrack.extraction")
    assert loaded & {"pandas", "geopandas", "sqlalchemy", "streamlit"} == set()


def _distribution(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ;]", name)[0]).lower()


def test_dependencies_are_what_is_imported() -> None:
    """Each package that the code imports is a dependency of its own, and no other is one."""
    owners = metadata.packages_distributions()
    imported = {parts[0] for path in [*_files(), ROOT / "app.py"] for parts in _imports(path)}
    # `_typeshed` is there for type checkers alone.
    foreign = imported - sys.stdlib_module_names - {"geotrack", "_typeshed"}
    needed = {_distribution(owners[name][0]) for name in foreign}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = {_distribution(one) for extra in project["optional-dependencies"].values() for one in extra}
    always = {_distribution(one) for one in project["dependencies"]}
    assert needed - (optional - always) == always
    assert optional - needed <= LOADED_BY_OTHERS


def test_one_module_talks_to_the_map_component() -> None:
    """`st_folium` is imported in one place, where its traps are known."""
    users = [path.name for path in _files() if any(one[0] == "streamlit_folium" for one in _imports(path))]
    assert len(users) <= 1
