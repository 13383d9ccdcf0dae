"""In which language and order a scene tells what it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Protocol, TypeVar

import pandas as pd

from geotrack.languages import speaking
from geotrack.maps.content import MapStyle

_Told = TypeVar("_Told")


class _Styled(Protocol):
    """What has a style, and so a language."""

    @property
    def style(self) -> MapStyle:
        """How it is drawn and told."""


def in_its_language(tell: Callable[..., _Told]) -> Callable[..., _Told]:
    """Let a scene tell in its own language, whichever its caller speaks."""

    @wraps(tell)
    def told(scene: _Styled, *args: object) -> _Told:
        with speaking(scene.style.locale):
            return tell(scene, *args)

    return told


def newest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations by the end of their period, the latest first, those without one last."""
    if len(rows) < 2:  # noqa: PLR2004 - nothing to put in order
        return rows
    ends = [end or dt.date.min for end in rows["end"]]
    order = sorted(range(len(rows)), key=ends.__getitem__, reverse=True)
    return rows.iloc[order]
