"""Python's cycle collector: it looks through everything that is held, and what we make holds no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for cycles meanwhile: for work that makes many objects and no cycles.

    Reference counts free what is let go of, as ever. Nested and threaded uses are harmless: whoever found the
    collector running starts it again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def set_aside() -> None:
    """Spare the collector what is held now: indexes and libraries that stay for good.

    Looking through them takes it half a second, and it does so again and again while objects are made.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Settling:
    """Sets aside what is held after some documents: by then a reader has built its indexes."""

    def __init__(self, after: int = 100) -> None:
        self._left = after

    def one_done(self) -> None:
        """Count a document."""
        self._left -= 1
        if not self._left:
            set_aside()
