"""`geotrack watch`: feeds and sitemaps into the database, as they list something new."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.ingest import print_line
from geotrack.cli.inputs import MaxMegabytes, check_folder, reading_options
from geotrack.cli.printing import screen
from geotrack.config import writing_settings
from geotrack.languages import gettext as _
from geotrack.languages import retold

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import Console

    from geotrack.feeds import Feed, Poll, Watcher


def watch(
    feeds: Annotated[
        Path, typer.Argument(help="A TOML file with a table for each feed or sitemap.", metavar="FILE")
    ],
    db: Annotated[
        str | None, typer.Option("--db", help="The database: a file or an address (or GEOTRACK_DB).")
    ] = None,
    max_mb: MaxMegabytes = 10,
    *,
    once: Annotated[bool, typer.Option("--once", help="Poll what is due, and end.")] = False,
) -> None:
    """Read what feeds (RSS, Atom) and sitemaps list into the database, and go on as they list more.

    Servers are asked no more often than they and the file allow (robots.txt, ETag, Retry-After). What was
    read is remembered in a file beside the list, so that the next run goes on where this one ends.

    Example: geotrack watch --once feeds.toml
    """
    from geotrack.extraction import Reader
    from geotrack.feeds import Watcher, load_feeds
    from geotrack.feeds.manners import Visitor
    from geotrack.feeds.state import StateFile
    from geotrack.gazetteer import Gazetteer
    from geotrack.store import Store
    from geotrack.store.ingest import WAIT_S

    listed = load_feeds(feeds)
    state = StateFile(feeds.with_name(f"{feeds.name}.state.json"))
    settings = writing_settings(db)
    check_folder(settings)
    visitor = Visitor(reading_options(None, None, None, max_mb))
    with Store.open(settings.database, wait_s=WAIT_S) as store:
        watcher = Watcher(store, Reader(Gazetteer.of(settings)), state, visitor)
        failed = _poll(watcher, listed)
        while not once:
            seconds = (watcher.due(listed) - watcher.now()).total_seconds()
            time.sleep(max(seconds, 1))
            _poll(watcher, listed)
    raise typer.Exit(failed)


def _poll(watcher: Watcher, feeds: list[Feed]) -> int:
    """Poll what is due and tell of each feed; return 1 if anything could not be had."""
    failed, polled = 0, False
    for poll in watcher.poll(feeds):
        _tell(screen(), poll)
        failed |= bool(poll.problem or poll.refused)
        polled = True
    if not polled:
        _tell_due(screen(), watcher.due(feeds))
    return failed


def _tell(console: Console, poll: Poll) -> None:
    told = _(
        "{address}: new {new}, updated {updated}, unchanged {unchanged}, refused {refused}, waiting {waiting}"
    )
    counts = {**poll.counts, "refused": len(poll.refused), "waiting": poll.waiting}
    print_line(console, told.format(address=poll.feed.address, **counts))
    for error in (*([poll.problem] if poll.problem else []), *poll.refused):
        print_line(console, _("Refused: {reason}").format(reason=retold(str(error))))
    _tell_due(console, poll.due)


def _tell_due(console: Console, due: dt.datetime) -> None:
    print_line(console, _("Next time: {time}").format(time=due.astimezone().strftime("%Y-%m-%d %H:%M")))
