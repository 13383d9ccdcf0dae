"""The workers of a Dask cluster. It gives the work of a worker that is gone to another one."""

from __future__ import annotations

from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

from geotrack.errors import MissingExtraError, WorkersError
from geotrack.workers.tasks import ATTEMPTS, Result, Task, Workers, rules_version

if TYPE_CHECKING:
    from distributed import Client

WAIT_S = 30
"""How long a scheduler is waited for, and then its first worker."""


class ClusterWorkers(Workers):
    """The workers of a Dask scheduler, each of which reads with its own installation of geotrack.

    Parameters
    ----------
    address
        Of the scheduler, as `tcp://host:8786`.

    Raises
    ------
    WorkersError
        If there is no scheduler or no worker, or if the workers read by different rules.
    MissingExtraError
        If Dask is not installed.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            raise MissingExtraError("A Dask cluster", "cluster") from error
        self.address = address
        try:
            self._client = Client(address, timeout=WAIT_S, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            remedy = "Start it, or check host and port: dask scheduler"
            raise WorkersError(address, "no Dask scheduler answers there", remedy) from error
        try:
            self._rules_version = _common_version(self._client, address)
            self.count = sum(self._client.nthreads().values())
        except BaseException:
            self.close()
            raise

    @property
    def rules_version(self) -> str:
        """The version of the rules that the workers read by."""
        return self._rules_version

    def result(self, task: Task[Result]) -> Result:
        """Wait for a task; Dask has given it to other workers where one was ended."""
        from distributed import KilledWorker

        try:
            return task.outcome()
        except KilledWorker as error:
            raise task.given_up() from error
        except CancelledError as error:
            remedy = "Start it, then run this again: what was finished is kept."
            raise WorkersError(self.address, "its scheduler has gone", remedy) from error

    def close(self) -> None:
        """Leave the cluster; what it has not finished is dropped."""
        self._client.close()

    def _begun(self, task: Task[Any]) -> Task[Any]:
        task.begun = self._client.submit(task.function, *task.arguments, pure=False, retries=ATTEMPTS - 1)
        return task


def _common_version(client: Client, address: str) -> str:
    """Return the rules that all workers read by."""
    try:
        client.wait_for_workers(1, timeout=WAIT_S)
    except TimeoutError as error:
        remedy = f"Start some: dask worker {address} --nthreads 1"
        raise WorkersError(address, "no worker has joined the scheduler", remedy) from error
    try:
        versions: dict[str, str] = client.run(rules_version, None)
    except ModuleNotFoundError as error:
        remedy = "Install the same version of geotrack beside each worker."
        raise WorkersError(address, "its workers have no geotrack", remedy) from error
    if len(set(versions.values())) > 1:
        told = ", ".join(f"{worker}: {version}" for worker, version in sorted(versions.items()))
        remedy = "Install the same version of geotrack beside each worker."
        raise WorkersError(address, f"its workers read by different rules ({told})", remedy)
    return next(iter(versions.values()))
