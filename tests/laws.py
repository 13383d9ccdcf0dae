"""How many cases a law is tried on: a developer's run looks further than each run of CI."""

from __future__ import annotations

import os

from hypothesis import settings

SHARE_IN_CI = 3


def examples(number: int) -> settings:
    """Return the settings of a law that is tried on so many cases, and on a third of them with CI=true."""
    return settings(
        max_examples=number // SHARE_IN_CI if os.environ.get("CI") == "true" else number, deadline=None
    )
