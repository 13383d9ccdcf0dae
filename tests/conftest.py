"""What holds for every test: a home of its own, no network, and no skip where everything is installed."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("browsers",)

IN_CI = os.environ.get("CI") == "true"
# Skips that no installation would end: the case does not exist on this machine or in this format.
NOT_APPLICABLE = ("permissions do not bind this user", "GeoJSON is in EPSG:4326 by its standard")

# No deadline: the machines are shared. A developer's run looks further than each run of CI.
settings.register_profile("thorough", deadline=None)
settings.register_profile(
    "quick", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("quick" if IN_CI else "thorough")


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a user's folder of its own, empty until the test writes into it."""
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path_factory.getbasetemp() / f"home-{os.urandom(8).hex()}"))
    monkeypatch.delenv("GEOTRACK_DB", raising=False)


def _is_missing_something(report: pytest.TestReport | pytest.CollectReport) -> bool:
    """Tell whether a test was skipped for want of a program that CI has to have."""
    if report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return False
    return not str(report.longrepr).rstrip("')").endswith(NOT_APPLICABLE)


@pytest.fixture(autouse=True, scope="module")
def _what_stays() -> Generator[None]:
    """Spare what a module leaves behind from the search for garbage, which Streamlit asks for at each run."""
    yield
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail with CI=true, where all that tests need has been installed."""
    report = yield
    if IN_CI and _is_missing_something(report):
        report.outcome = "failed"
        report.longrepr = f"With CI=true nothing is skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a skipped module fail with CI=true."""
    report = yield
    if IN_CI and _is_missing_something(report):
        report.outcome = "failed"
        report.longrepr = f"With CI=true nothing is skipped: {report.longrepr}"
    return report
