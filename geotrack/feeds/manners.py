"""Manners towards servers: what robots.txt forbids is not asked for, and no server is asked twice at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from geotrack.documents import Options
from geotrack.documents.addresses import AnswerError, Fetched, fetch
from geotrack.errors import UnreadableDocumentError

AGENT = "geotrack"
PAUSE_S = 1.0
"""Between two requests to one server, at least; more where its robots.txt asks for it (`Crawl-delay`)."""
MAX_PAUSE_S = 60.0
_SERVER_ERRORS = 500
_MAX_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5


class ForbiddenError(UnreadableDocumentError):
    """An address that its server's robots.txt keeps from programs."""

    def __init__(self, address: str) -> None:
        remedy = "Open it in a browser, save the page and add the file."
        super().__init__(address, "the server's robots.txt asks programs to leave it alone", remedy)


@dataclass(slots=True)
class Visitor:
    """Fetches addresses with manners; remembers by server its rules and when it was last asked."""

    options: Options
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, address: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Fetch an address, after a pause where its server was asked just before.

        Raises
        ------
        ForbiddenError
            If its server asks programs to leave it alone.
        UnreadableDocumentError
            As `geotrack.documents.addresses.fetch`.
        """
        rules = self._rules_of(address)
        if not rules.can_fetch(AGENT, address):
            raise ForbiddenError(address)
        asked_for = rules.crawl_delay(AGENT)
        self._wait(address, min(max(PAUSE_S, float(asked_for or 0)), MAX_PAUSE_S))
        return fetch(address, self.options, etag=etag, modified=modified)

    def forget(self) -> None:
        """Ask every server for its rules again."""
        self._rules.clear()

    def _wait(self, address: str, pause_s: float) -> None:
        server = _server(address)
        left = self._asked.get(server, -pause_s) + pause_s - self.clock()
        if server in self._asked and left > 0:
            self.sleep(left)
        self._asked[server] = self.clock()

    def _rules_of(self, address: str) -> RobotFileParser:
        """Return the rules of a server: where it has none all is free, where it fails nothing (RFC 9309)."""
        server = _server(address)
        if server not in self._rules:
            rules = RobotFileParser()
            try:
                self._wait(address, PAUSE_S)
                text = fetch(f"{server}/robots.txt", self.options).data[:_MAX_ROBOTS_BYTES]
                rules.parse(text.decode("utf-8", "replace").splitlines())
            except AnswerError as error:
                if error.status >= _SERVER_ERRORS:
                    raise
                rules.parse(())
            self._rules[server] = rules
        return self._rules[server]


def _server(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
