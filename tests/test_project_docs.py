"""What the documentation shows runs, and nothing that users can call is missing from it."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

import geotrack
from geotrack.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
BLOCKS = [
    pytest.param(block, id=f"{name}-{number}")
    for name, text in TEXTS.items()
    for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE), 1)
]
PUBLIC_MODULES = (
    "analysis",
    "boundaries",
    "documents",
    "evaluation",
    "export",
    "extraction",
    "gazetteer",
    "maps",
    "store",
    "toponyms",
)
_LINE = re.compile(r"^ {4}(geotrack .*)$", re.MULTILINE)


def _commands(group: TyperGroup, path: str) -> Iterator[tuple[str, TyperCommand]]:
    """Yield every command that does something, with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _tree() -> dict[str, TyperCommand]:
    tree = typer.main.get_command(app)
    assert isinstance(tree, TyperGroup)
    return dict(_commands(tree, "geotrack"))


COMMANDS = _tree()


def _parse(line: str) -> None:
    """Parse a line as the command line does, without running it; an unknown word or option is an error."""
    words = shlex.split(re.split(r" [>|] ", line)[0], comments=True)
    path = next((path for path in (" ".join(words[:3]), " ".join(words[:2])) if path in COMMANDS), "")
    assert path, f"there is no such command: {line}"
    COMMANDS[path].make_context(path, words[len(path.split()) :]).close()


def _example(command: TyperCommand) -> str:
    """Return the example in a command's help."""
    found = re.search(r"Example: (geotrack .*)", command.help or "")
    assert found, f"{command.name}: the help has no example"
    return found[1]


@pytest.mark.parametrize("block", BLOCKS)
def test_python_in_the_docs_runs(block: str, tmp_path: Path) -> None:
    """Each block runs by itself in an empty folder, without a warning, and prints something."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("path", COMMANDS)
def test_command_is_documented(path: str) -> None:
    """Each command says what it does with an example that parses, and is named in the documentation."""
    example = _example(COMMANDS[path])
    assert example.startswith(path)
    _parse(example)
    assert any(re.search(rf"{path}\b", text) for text in TEXTS.values()), f"{path} is not in docs/cli.md"


@pytest.mark.parametrize("line", sorted({line for text in TEXTS.values() for line in _LINE.findall(text)}))
def test_command_in_the_docs_exists(line: str) -> None:
    """Each line that the documentation shows is a command with options that there are."""
    _parse(line)


@pytest.mark.parametrize("name", geotrack.__all__)
def test_public_name_is_documented(name: str) -> None:
    """Each name of the API exists, has a docstring, and is listed in docs/api.md."""
    assert f"`{name}`" in TEXTS["api.md"]
    assert getattr(geotrack, name).__doc__


@pytest.mark.parametrize("name", PUBLIC_MODULES)
def test_public_module_is_documented(name: str) -> None:
    """Each name that a module offers exists and is listed in docs/api.md."""
    module = importlib.import_module(f"geotrack.{name}")
    assert [
        one for one in module.__all__ if not hasattr(module, one) or f"`{one}`" not in TEXTS["api.md"]
    ] == []


def test_unknown_name_is_an_attribute_error() -> None:
    """A name that the API lacks is missing as in any module."""
    assert not hasattr(geotrack, "find_everything")
    assert set(geotrack.__all__) <= set(dir(geotrack))


def test_links_lead_somewhere() -> None:
    """Each relative link of the documentation leads to a file."""
    links = [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    ]
    missing = [f"{page.name}: {target}" for page, target in links if not (page.parent / target).exists()]
    assert missing == []
