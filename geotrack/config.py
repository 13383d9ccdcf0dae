"""Settings, read once at the edge (CLI, app) and passed on; nothing below reads the environment."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from platformdirs import user_data_path

from geotrack.errors import UsageError

APP_NAME = "geotrack"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where geotrack finds and keeps things.

    `database` is a file path or a SQLAlchemy URL; `user_folder` holds the default database and
    imported boundaries; `data_folder` is the shipped data. With `allow_private`, reports may be fetched
    from addresses that are not public. With `read_only`, nothing is written: the app is fit to be shown to
    anybody.
    """

    database: str
    user_folder: Path
    data_folder: Path
    allow_private: bool = False
    read_only: bool = False

    @classmethod
    def read(cls, database: str | None = None) -> Settings:
        """Read the argument, else GEOTRACK_DB and GEOTRACK_HOME, else take the user's data folder.

        GEOTRACK_ALLOW_PRIVATE=1 is `allow_private`, GEOTRACK_READ_ONLY=1 is `read_only`.
        """
        home = os.environ.get("GEOTRACK_HOME")
        user_folder = Path(home).expanduser() if home else user_data_path(APP_NAME, appauthor=False)
        database = database or os.environ.get("GEOTRACK_DB") or str(user_folder / "geotrack.db")
        return cls(
            database=database,
            user_folder=user_folder,
            data_folder=data_folder(),
            allow_private=os.environ.get("GEOTRACK_ALLOW_PRIVATE") == "1",
            read_only=os.environ.get("GEOTRACK_READ_ONLY") == "1",
        )


def writing_settings(database: str | None = None) -> Settings:
    """Read the settings for a command that writes.

    Raises
    ------
    UsageError
        If nothing is to be written here.
    """
    settings = Settings.read(database)
    if settings.read_only:
        raise UsageError("Nothing is written while GEOTRACK_READ_ONLY=1 is set. Unset it first.")
    return settings


def user_name() -> str:
    """Return the operating system's user: who acts where nobody has to log in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"  # a container may run as a user without a name


def _shipped(installed: str, in_checkout: str) -> Path:
    """Return a shipped file or folder: inside the installed package, else in the checkout around it."""
    package = Path(str(files("geotrack")))
    inside = package / installed
    return inside if inside.exists() else package.parent / in_checkout


def data_folder() -> Path:
    """Return the folder of shipped data (`boundaries/`, `gazetteer/`, `SOURCES.md`)."""
    return _shipped("_data", "data")


def seeds_folder() -> Path:
    """Return the folder of retold example reports."""
    return _shipped("_seeds", "seeds")


def reports_folder() -> Path:
    """Return the folder of retold reports of two agencies, with the address that each came from."""
    return data_folder() / "reports"


def app_script() -> Path:
    """Return the Streamlit entry script."""
    return _shipped("_app.py", "app.py")
