"""The file that says which feeds to watch, in TOML: a `[[feed]]` for each."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geotrack.documents.paths import is_address
from geotrack.errors import FeedsError

LANGUAGES = ("az", "en", "ru", "uk")
LEAST_MINUTES = 5
"""No feed is asked more often."""
_KINDS: dict[str, type] = {
    "address": str,
    "publisher": str,
    "language": str,
    "words": list,
    "since": dt.date,
    "every_minutes": int,
}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed (RSS, Atom) or sitemap to watch.

    Of what it lists, entries with one of `words` in title or address are read (all, where there are none),
    of `since` or later, as reports of `publisher` and `language` where they do not say it themselves.
    """

    address: str
    publisher: str | None = None
    language: str | None = None
    words: tuple[str, ...] = ()
    since: dt.date | None = None
    every_minutes: int = 60


def load_feeds(path: Path) -> list[Feed]:
    """Return the feeds that a file lists, in its order.

    Raises
    ------
    FeedsError
        If the file cannot be read, is no TOML, or has an entry that is none; it says which.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FeedsError(str(path), "it cannot be read", "Check its name.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedsError(str(path), f"it is no TOML ({error})", "See docs/cli.md for an example.") from error
    entries = told.get("feed")
    if not isinstance(entries, list) or not entries or set(told) != {"feed"}:
        problem = "it has no [[feed]], or something beside them"
        raise FeedsError(str(path), problem, "See docs/cli.md for an example.")
    feeds = [_feed(path, number, entry) for number, entry in enumerate(entries, 1)]
    twice = {one.address for one in feeds if sum(one.address == two.address for two in feeds) > 1}
    if twice:
        raise FeedsError(str(path), f"{min(twice)} stands in it twice", "Take one of them out.")
    return feeds


def _feed(path: Path, number: int, entry: Any) -> Feed:  # noqa: ANN401 - what a stranger wrote
    where = f"{path} #{number}"
    if not isinstance(entry, dict):
        raise FeedsError(where, "it is no table", "Begin each with [[feed]].")
    for name, value in entry.items():
        if name not in _KINDS:
            raise FeedsError(where, f"{name} is not known", f"Known are {', '.join(_KINDS)}.")
        if not isinstance(value, _KINDS[name]) or isinstance(value, (bool, dt.datetime)):
            raise FeedsError(where, f"{name} is of another kind", "See docs/cli.md for an example.")
    words = entry.pop("words", [])
    if not all(isinstance(word, str) and word.strip() for word in words):
        raise FeedsError(where, "words is of another kind", "See docs/cli.md for an example.")
    feed = Feed(**{"address": "", **entry}, words=tuple(word.casefold() for word in words))
    _check(where, feed)
    return feed


def _check(where: str, feed: Feed) -> None:
    parts = urlsplit(feed.address)
    if not is_address(feed.address) or not parts.hostname or "@" in parts.netloc:
        raise FeedsError(where, "it has no web address", 'Write address = "https://…".')
    if feed.language not in {None, *LANGUAGES}:
        raise FeedsError(where, "its language is not read", f"Known are {', '.join(LANGUAGES)}.")
    if feed.every_minutes < LEAST_MINUTES:
        problem = "it is to be asked too often"
        raise FeedsError(where, problem, f"Give every_minutes of {LEAST_MINUTES} or more.")
