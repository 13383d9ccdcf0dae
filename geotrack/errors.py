"""The errors that geotrack raises: each says what is wrong, where, and what to do."""

from __future__ import annotations


class GeotrackError(Exception):
    """Root of every error that geotrack raises on purpose; it can be pickled, whatever it is made from."""

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[GeotrackError], args: tuple[object, ...]) -> GeotrackError:
    """Return an error as it was, from its message; what else it carries comes as its state."""
    error = kind.__new__(kind, *args)
    error.args = args
    return error


class UnreadableDocumentError(GeotrackError):
    """A file that cannot be read as a report."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path}: {problem}. {remedy}")


class UnknownPlaceError(GeotrackError):
    """A place id or name that no pack knows."""

    def __init__(self, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.name, self.nearest = name, nearest
        hint = (
            f" Nearest: {', '.join(nearest)}."
            if nearest
            else " Try another spelling, or list units: geotrack boundaries show --country AZ."
        )
        super().__init__(f"No place matches {name!r}.{hint}")


class FeedsError(GeotrackError):
    """A list of feeds, or what is remembered of them, that cannot be used."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path}: {problem}. {remedy}")


class BoundaryError(GeotrackError):
    """A boundary file that cannot be imported."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path}: {problem}. {remedy}")


class PlaceFileError(GeotrackError):
    """A gazetteer's file that cannot be imported."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path}: {problem}. {remedy}")


class StoreError(GeotrackError):
    """A database that cannot be opened, read or written."""

    def __init__(self, database: str, problem: str, remedy: str) -> None:
        self.database, self.problem, self.remedy = database, problem, remedy
        super().__init__(f"{database}: {problem}. {remedy}")


class WorkersError(GeotrackError):
    """Processes to read with that cannot be had."""

    def __init__(self, address: str, problem: str, remedy: str) -> None:
        self.address, self.problem, self.remedy = address, problem, remedy
        super().__init__(f"{address}: {problem}. {remedy}")


class OutputError(GeotrackError):
    """A file or folder that cannot be written."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path}: {problem}. {remedy}")


class UsageError(GeotrackError):
    """A request that makes no sense as given."""


class MissingExtraError(GeotrackError):
    """A feature whose optional packages are not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature, self.extra = feature, extra
        super().__init__(f"{feature} needs more packages. Install them: pip install 'geotrack[{extra}]'.")
