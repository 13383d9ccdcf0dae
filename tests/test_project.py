"""What is shipped: a wheel that is whole, and files that name no machine and no registry."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import geotrack

ROOT = Path(__file__).parent.parent
# Where each folder of the checkout is in the wheel.
SHIPPED = {"geotrack/": "geotrack/", "data/": "geotrack/_data/", "seeds/": "geotrack/_seeds/"}
BUILD_FILES = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "Makefile", ".ci/run")
_URL = re.compile(r"\b(?:https?|file|git\+\w+)://|--(?:extra-)?index-url|--find-links", re.IGNORECASE)
_REGISTRY = re.compile(
    r"(?:pypi|npm|crates|registry|mirror|hosted)[\w-]*\.(?:org|com|io|net|dev)\b", re.IGNORECASE
)
_MACHINE = re.compile(r"(?<![\w./~-])(?:/(?:home|root|work|opt|Users|mnt)/|[A-Z]:\\Users\\)[\w.-]+")
_MAIN = "from geotrack.cli import main; main()"


def _tracked() -> list[str]:
    """Return the files of the checkout, also those that wait for their first commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _texts() -> list[tuple[str, str]]:
    """Return name and text of each text file of the checkout."""
    texts = []
    for name in _tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content[:8000]:
            texts.append((name, content.decode("utf-8", "replace")))
    return texts


def test_versions_agree() -> None:
    """The version is the same in the package and in the project file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert geotrack.__version__ == project["version"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_address_of_a_registry() -> None:
    """No file says where packages come from: that is each machine's own setting."""
    found = [f"{name}: {match[0]}" for name, text in _texts() for match in _REGISTRY.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", BUILD_FILES)
def test_builds_name_no_source(name: str) -> None:
    """Locks and build files hold no address and no option that sets one."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [match[0] for match in _URL.finditer(text)] == []


def test_no_path_of_a_machine() -> None:
    """No file names a folder of the machine that it was written on."""
    found = [f"{name}: {match[0]}" for name, text in _texts() for match in _MACHINE.finditer(text)]
    assert found == []


def test_locks_agree() -> None:
    """Tests run with the very versions that users get, and every version has its hashes."""

    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if "==" in line and not line.startswith(" ")}

    runtime, tests = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {pin.split("==")[0] for pin in runtime} >= {"geopandas", "hatchling", "psycopg", "streamlit"}
    assert runtime - tests == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the locked build tool."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        check=True,
        capture_output=True,
        cwd=ROOT,
        timeout=120,
    )
    return next(folder.glob("*.whl"))


def test_wheel_carries_everything(wheel: Path) -> None:
    """Package, data, example reports and app are in the wheel, and nothing else."""
    expected = {"geotrack/_app.py"}
    for name in _tracked():
        for folder, place in SHIPPED.items():
            if name.startswith(folder):
                expected.add(place + name.removeprefix(folder))
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert shipped == expected


def test_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, the program finds its own data, reads its own examples and ends well."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    seeds = tmp_path / "site" / "geotrack" / "_seeds"

    def run(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-c", _MAIN, *(str(argument) for argument in arguments)],
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1"},
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "AZ-AGM" in run("places", "find", "Агдам")
    assert str(tmp_path / "site") in run("boundaries", "show", "--country", "AZ")
    assert len(run("extract", "--format", "jsonl", seeds).splitlines()) == 5
