"""`geotrack app`: the map, timeline and documents in a browser, on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tomllib
from importlib.resources import files
from typing import Annotated

import typer

from geotrack.config import Settings, app_script
from geotrack.errors import GeotrackError, UsageError

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8501, 8520


def start(
    *,
    db: Annotated[
        str | None, typer.Option("--db", help="The database: a file or an address (or GEOTRACK_DB).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help=f"The port; the first free one from {FIRST_PORT} if not given.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Start the app on this machine and print its address; Ctrl-C ends it.

    Example: geotrack app
    """
    settings = Settings.read(db)
    _check(settings)
    chosen = port if port is not None else _free_port()
    if not _is_free(chosen):
        raise UsageError(f"Port {chosen} is taken. Choose another: geotrack app --port {chosen + 1}.")
    typer.echo(f"geotrack runs at http://{HOST}:{chosen} (Ctrl-C ends it)")
    environment = os.environ | {"GEOTRACK_DB": settings.database}
    flags = streamlit_flags(chosen, no_browser=no_browser)
    command = [sys.executable, "-m", "streamlit", "run", str(app_script()), *flags]
    raise typer.Exit(_run(command, environment))


def _run(command: list[str], environment: dict[str, str]) -> int:
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603 - our own command
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait()
            return 0


def _check(settings: Settings) -> None:
    """Say what to do when there is nothing to show; the app starts all the same and says it too."""
    from geotrack.store import Store

    with Store.open(settings.database) as store:
        if not store.revision:
            typer.echo(
                f"{settings.database} holds no report yet. Read some: geotrack ingest PATH… "
                "(the app offers example reports).",
                err=True,
            )


def streamlit_flags(port: int, *, no_browser: bool) -> list[str]:
    """Return Streamlit's settings as flags: an installed geotrack has no settings file where it is started."""
    settings = tomllib.loads((files("geotrack.app") / "streamlit.toml").read_text(encoding="utf-8"))
    options = {f"{part}.{name}": value for part, held in settings.items() for name, value in held.items()}
    options |= {"server.address": HOST, "server.port": port, "server.headless": no_browser}
    return [f"--{name}={_flag(value)}" for name, value in options.items()]


def _flag(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if _is_free(port):
            return port
    raise GeotrackError(
        f"Ports {FIRST_PORT} to {LAST_PORT} are all taken. Choose one: geotrack app --port N."
    )
