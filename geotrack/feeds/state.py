"""What is remembered of watched feeds between polls and runs: a JSON file beside the list of feeds."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from geotrack.errors import FeedsError


@dataclass(slots=True)
class Trial:
    """An entry that could not be had: how often it was tried, and from when on it may be again."""

    times: int
    due: dt.datetime


@dataclass(slots=True)
class FeedState:
    """One feed: its validators, when it is due, what of it was read, waits, or failed for a time.

    `read` gives by address the day of last change that was stated (ISO 8601, or ""), `waiting` that day and
    the one of publication.
    """

    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    due: dt.datetime | None = None
    read: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, tuple[str, str]] = field(default_factory=dict)
    trials: dict[str, Trial] = field(default_factory=dict)


class StateFile:
    """The states by the feeds' addresses; each save replaces the file whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.feeds: dict[str, FeedState] = {}
        if path.exists():
            try:
                told = json.loads(path.read_text(encoding="utf-8"))
                self.feeds = {address: _state(state) for address, state in told["feeds"].items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                remedy = "Remove it: what was read stays in the database, and is found there again."
                raise FeedsError(str(path), "it is damaged", remedy) from error

    def of(self, address: str) -> FeedState:
        """Return the state of a feed, a new one where there was none."""
        return self.feeds.setdefault(address, FeedState())

    def save(self) -> None:
        """Write all states; a process that dies meanwhile leaves the former file."""
        told = {"feeds": {address: asdict(state) for address, state in self.feeds.items()}}
        beside = self._path.with_name(self._path.name + ".new")
        try:
            with beside.open("w", encoding="utf-8") as file:
                json.dump(told, file, ensure_ascii=False, indent=1, default=dt.datetime.isoformat)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            remedy = "Make room, or move the list of feeds to a folder that can be written."
            raise FeedsError(str(self._path), "it cannot be written", remedy) from error


def _state(told: dict[str, Any]) -> FeedState:
    due = dt.datetime.fromisoformat
    trials = {address: Trial(one["times"], due(one["due"])) for address, one in told["trials"].items()}
    waiting = {address: (str(days[0]), str(days[1])) for address, days in told["waiting"].items()}
    known = {"due": due(told["due"]) if told["due"] else None, "trials": trials, "waiting": waiting}
    return FeedState(**{**told, **known})
