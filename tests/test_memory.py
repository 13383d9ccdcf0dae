"""The cycle collector is left as it was found."""

from __future__ import annotations

import gc

import pytest

from geotrack.memory import uncollected


def test_the_collector_runs_again() -> None:
    """Also after an error, and not before the outermost of several uses ends."""
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="no report"), uncollected():
        raise ValueError("no report")
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    """Whoever has stopped it is not overruled."""
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
