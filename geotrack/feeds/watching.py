"""Polling: each feed when it is due, what it lists that is new into the store, one report after another.

A poll that is broken off is gone on with by the next one: what was read is remembered after each report, and
a report that was stored and not remembered is found in the store as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from geotrack.documents import Refused
from geotrack.documents.addresses import MAX_ENTRIES, AnswerError, Entry, Fetched, feed_entries, read_fetched
from geotrack.errors import UnreadableDocumentError
from geotrack.feeds.listing import Feed
from geotrack.feeds.manners import ForbiddenError, Visitor
from geotrack.feeds.sitemaps import sitemap_of
from geotrack.feeds.state import FeedState, StateFile, Trial
from geotrack.models import Document
from geotrack.store import Store
from geotrack.store.ingest import DocumentReader, IngestReport, ingest_documents

FIRST_WAIT = dt.timedelta(minutes=15)
"""After a first failure; twice as long after each further one."""
LONGEST_WAIT = dt.timedelta(days=1)
MOST_TRIALS = 8
"""A report that could not be had so often is given up."""
PAUSE = dt.timedelta(minutes=1)
"""Between two parts of what one feed lists, `MAX_ENTRIES` each."""
MAX_SITEMAPS = 5
"""Of those that an index lists, the newest."""
# Statuses that pass: asked too often, asked too early, or the server's own trouble.
_PASSING = frozenset({408, 425, 429})
_SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class Poll:
    """What a poll of one feed came to: documents by outcome (new, unchanged, updated), refusals, what waits.

    `problem` says why the feed itself could not be had; it is asked again at `due`.
    """

    feed: Feed
    due: dt.datetime
    counts: dict[str, int]
    refused: tuple[UnreadableDocumentError, ...] = ()
    waiting: int = 0
    problem: UnreadableDocumentError | None = None


def utc_now() -> dt.datetime:
    """Return the time of now, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class Watcher:
    """Watches feeds for a store; `now` tells the time."""

    store: Store
    reader: DocumentReader
    state: StateFile
    visitor: Visitor
    now: Callable[[], dt.datetime] = utc_now

    def due(self, feeds: Iterable[Feed]) -> dt.datetime:
        """Return when the next of some feeds is due."""
        return min(self.state.of(feed.address).due or self.now() for feed in feeds)

    def poll(self, feeds: Iterable[Feed]) -> Iterator[Poll]:
        """Poll those of the feeds that are due; a feed that fails does not keep the others waiting.

        Raises
        ------
        FeedsError
            If what is remembered cannot be written.
        StoreError
            If the database fails. What was read by then is kept.
        """
        self.visitor.forget()
        for feed in feeds:
            state = self.state.of(feed.address)
            if state.due is None or state.due <= self.now():
                yield self._poll(feed, state)

    def _poll(self, feed: Feed, state: FeedState) -> Poll:
        problem = None
        wait = dt.timedelta(minutes=feed.every_minutes)
        try:
            self._list(feed, state)
            state.failures = 0
        except UnreadableDocumentError as error:
            problem = error
            state.failures += 1
            wait = max(wait, _backoff(state.failures, error))
        state.due = self.now() + wait
        self.state.save()
        done: list[IngestReport] = []
        refused: list[UnreadableDocumentError] = []
        for address in self._next(state):
            done += self._take(feed, state, address, refused)
            self.state.save()
        if problem is None and any(address not in state.trials for address in state.waiting):
            state.due = min(state.due, self.now() + PAUSE)
            self.state.save()
        counts = {name: sum(getattr(one, name) for one in done) for name in ("new", "unchanged", "updated")}
        return Poll(feed, state.due, counts, tuple(refused), len(state.waiting), problem)

    def _list(self, feed: Feed, state: FeedState) -> None:
        """Let what a feed lists that was not read, or is another one since, wait to be read."""
        fetched = self.visitor.fetch(feed.address, state.etag, state.modified)
        if fetched.unchanged:
            return
        # The oldest first, so that the newest are had where there are many.
        listed, whole = self._listed(fetched)
        entries = {entry.address: entry for entry in reversed(listed)}
        for address, entry in entries.items():
            days = _stated(entry.changed or entry.published), _stated(entry.published)
            if _is_asked_for(feed, entry) and state.read.get(address) != days[0]:
                state.waiting[address] = days
        state.read = {address: day for address, day in state.read.items() if address in entries}
        state.etag, state.modified = (fetched.etag, fetched.modified) if whole else (None, None)

    def _listed(self, fetched: Fetched) -> tuple[list[Entry], bool]:
        """Return what a feed, a sitemap or those of an index list, and whether one file says it all."""
        entries = feed_entries(fetched)
        if entries is not None:
            return entries, True
        limit = self.visitor.options.max_bytes
        sitemap = sitemap_of(fetched, limit)
        if sitemap is None:
            problem = "this is no feed (RSS, Atom) and no sitemap"
            raise UnreadableDocumentError(fetched.address, problem, "Give the address of one.")
        pages = sitemap.pages
        for one in sitemap.further[:MAX_SITEMAPS]:
            inner = sitemap_of(self.visitor.fetch(one.address), limit)
            pages += inner.pages if inner else []
        return pages, not sitemap.further

    def _next(self, state: FeedState) -> list[str]:
        """Return what is to be tried in this poll: of what waits the newest, none whose wait is not over."""
        held = {address for address, trial in state.trials.items() if trial.due > self.now()}
        return [address for address in state.waiting if address not in held][-MAX_ENTRIES:]

    def _take(
        self, feed: Feed, state: FeedState, address: str, refused: list[UnreadableDocumentError]
    ) -> list[IngestReport]:
        """Read one report into the store; what may be had later waits on."""
        changed, published = state.waiting[address]
        try:
            fetched = self.visitor.fetch(address)
        except UnreadableDocumentError as error:
            refused.append(error)
            times = state.trials[address].times + 1 if address in state.trials else 1
            if _passes(error) and times < MOST_TRIALS:
                state.trials[address] = Trial(times, self.now() + _backoff(times, error))
                return []
            _settle(state, address, changed)
            return []
        options = replace(
            self.visitor.options,
            publisher=feed.publisher,
            language=feed.language,
            published=dt.date.fromisoformat(published) if published else None,
        )
        items: list[Document | Refused] = [*read_fetched(fetched, options)]
        report = ingest_documents(self.store, self.reader, [fetched.address], lambda _: items)
        refused += [one.error for one in items if isinstance(one, Refused)]
        _settle(state, address, changed)
        return [report]


def _settle(state: FeedState, address: str, changed: str) -> None:
    """Remember that an entry needs no more trying."""
    del state.waiting[address]
    state.trials.pop(address, None)
    state.read[address] = changed


def _stated(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _is_asked_for(feed: Feed, entry: Entry) -> bool:
    day = entry.published or entry.changed
    if feed.since is not None and day is not None and day < feed.since:
        return False
    told = f"{entry.title} {entry.address}".casefold()
    return not feed.words or any(word in told for word in feed.words)


def _passes(error: UnreadableDocumentError) -> bool:
    """Tell whether what went wrong may go well another time."""
    if isinstance(error, AnswerError):
        return error.status in _PASSING or error.status >= _SERVER_ERRORS
    return not isinstance(error, ForbiddenError)


def _backoff(times: int, error: UnreadableDocumentError) -> dt.timedelta:
    """Return how long to wait after so many failures, or as long as the server asks for, a day at most."""
    asked_for = dt.timedelta(seconds=error.wait_s or 0) if isinstance(error, AnswerError) else dt.timedelta()
    doubled: dt.timedelta = FIRST_WAIT * 2 ** min(times - 1, MOST_TRIALS)
    return min(max(doubled, asked_for), LONGEST_WAIT)
