"""The days that are asked for, and which periods fit into them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geotrack.errors import UsageError


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked for, both ends inclusive; None is open."""

    start: dt.date | None = None
    end: dt.date | None = None

    @classmethod
    def of(cls, start: dt.date | None, end: dt.date | None) -> Window:
        """Return the window between two days.

        Raises
        ------
        UsageError
            If it ends before it starts.
        """
        if start and end and start > end:
            raise UsageError(
                f"The window ends ({end}) before it starts ({start}). Give an end on or after it."
            )
        return cls(start, end)

    @property
    def is_open(self) -> bool:
        """Whether all time is asked for."""
        return self.start is None and self.end is None

    def misfit(self, start: dt.date | None, end: dt.date | None) -> str | None:
        """Return why a flow's period does not lie inside, `outside` when they share no day."""
        if (self.end and start and start > self.end) or (self.start and end and end < self.start):
            return "outside"
        if start is None and end is None:
            return None if self.is_open else "its period is unknown"
        if self.start and (start is None or start < self.start):
            return "its start is unknown" if start is None else "it begins before the window"
        if self.end and (end is None or end > self.end):
            return "its end is unknown" if end is None else "it ends after the window"
        return None
