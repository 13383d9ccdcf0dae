"""A reader for tests, loaded once in a session."""

from __future__ import annotations

import pytest

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Give one reader with the shipped packs: loading them takes a second."""
    return Reader(Gazetteer.load())
