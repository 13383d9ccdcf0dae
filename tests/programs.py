"""Programs that tests run and kill: each tells what it has finished, and dies at a given moment.

They are forked from one process that has imported what they need, so that many cost little.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import event
from store_samples import NumberReader

from geotrack.documents import Options
from geotrack.extraction.sentences import document_sentences
from geotrack.models import Document
from geotrack.store import Finding, Review, Store, ingest
from geotrack.store.ingest import WAIT_S

_MOMENTS = ("before_cursor_execute", "after_cursor_execute", "commit", "checkin")
_IMPORTED = (
    "programs",
    "babel.dates",
    "geotrack.documents.pieces",
    "geotrack.documents.texts",
    "geotrack.store.ahead",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite",
)
_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload([*_IMPORTED])

_PATIENCE_S = 120

OPTIONS = Options(language="en")
ADDED = "A farmer was injured"

# So that no program has to load the language of the sentences.
document_sentences(Document(ADDED, language="en"))

Word = tuple[str, Callable[[Store], object]]


class Program:
    """A process that does some work and dies at a moment, never at 0."""

    def __init__(self, work: Callable[..., None], moment: int, *given: object) -> None:
        # The process that forks finds modules by its environment alone.
        with mock.patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):
            forkserver.ensure_running()
        self._heard, tell = multiprocessing.Pipe(duplex=False)
        self._moment = moment
        self._process = _FORKED.Process(target=_live, args=(work, tell, moment, *given), daemon=True)
        self._process.start()
        tell.close()

    def end(self) -> tuple[list[str], int]:
        """Return what it said was finished, and how many moments there were if it lived."""
        told: list[Any] = []
        with self._heard, suppress(EOFError):
            while self._heard.poll(_PATIENCE_S):
                told.append(self._heard.recv())
            raise TimeoutError(self._process.pid)
        self._process.join(_PATIENCE_S)
        assert self._process.exitcode == (-signal.SIGKILL if self._moment else 0)
        self._process.close()
        return (told, 0) if self._moment else (told[:-1], told[-1])


def _live(work: Callable[..., None], tell: Connection, moment: int, database: str, *given: object) -> None:
    moments = itertools.count(1)

    def pass_one(*_: object) -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    with Store.open(database, wait_s=WAIT_S) as store:
        for name in _MOMENTS:
            event.listen(store._engine, name, pass_one)
        work(store, tell.send, *given)
    tell.send(next(moments) - 1)


def read_folders(store: Store, tell: Callable[[str], None], folders: Sequence[Path], rules: str) -> None:
    """Ingest folders by rules of a version, and tell the path of each document that is finished."""
    ingest(store, NumberReader(rules), folders, OPTIONS, lambda step: tell(step.path))


def speak(store: Store, tell: Callable[[str], None], document: Document) -> None:
    """Say all that `words` lists of a document, and tell each verdict that was answered."""
    for verdict, say in words(document):
        say(store)
        tell(verdict)


def words(document: Document) -> list[Word]:
    """Return what is said of a document with two numbers and a farmer: each verdict, and how it is said."""
    first, second = (figure.id for figure in NumberReader().read(document).figures)
    start = document.text.index(ADDED)
    farmer = Finding("incident", (start, start + len(ADDED)), ADDED, {"injured": 1})
    reviews = (
        Review(first, "accepted", "aysel"),
        Review(first, "corrected", "aysel", {"value": 7}),
        Review(second, "linked", "oleh", {"same_as": first}),
    )
    return [
        *((review.verdict, lambda store, review=review: store.review(review)) for review in reviews),
        ("undone", lambda store: store.undo(first, "oleh")),
        ("added", lambda store: store.add_fact(document.id, farmer, "aysel")),
        ("complete", lambda store: store.complete(document.id, "aysel")),
    ]
