"""Processes of this machine. One that is ended costs its work and no more: new ones are started."""

from __future__ import annotations

import signal
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from geotrack.workers.tasks import ATTEMPTS, PackFolders, Result, Task, Workers, rules_version


class LocalWorkers(Workers):
    """Processes that read with the packs of a folder, and what the user imported into another one.

    They begin as new interpreters: a script that starts them does so below `if __name__ == "__main__":`.
    """

    def __init__(self, count: int, gazetteer: Path, imported: Path | None = None) -> None:
        self.count, self._gazetteer = count, PackFolders(gazetteer, imported)
        self._pool = self._started()
        # The pool that a task was given to, while it is not finished.
        self._given: dict[Task[Any], ProcessPoolExecutor] = {}

    @cached_property
    def rules_version(self) -> str:
        """The version of the rules that the processes read by."""
        asked: Task[str] = self._begun(Task("", rules_version, (self._gazetteer,)))
        return self.result(asked)

    def result(self, task: Task[Result]) -> Result:
        """Wait for a task; give it to new processes where its own were ended."""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._begun(task)
            given_to = self._given.pop(task)
            try:
                return task.outcome()
            except BrokenExecutor:
                if given_to is self._pool:
                    self._renew()
        raise task.given_up()

    def close(self) -> None:
        """End the processes; what they have not finished is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _begun(self, task: Task[Any]) -> Task[Any]:
        try:
            task.begun = self._pool.submit(task.function, *task.arguments)
        except BrokenExecutor:  # a process was ended since a task was last waited for
            self._renew()
            task.begun = self._pool.submit(task.function, *task.arguments)
        self._given[task] = self._pool
        return task

    def _renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.count, get_context("spawn"), initializer=_leave_interrupts_to_the_parent
        )


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C in a terminal reaches all processes: the one that was asked decides what ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
