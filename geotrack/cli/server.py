"""`geotrack app`: the map, timeline and documents in a browser, on this machine."""

from __future__ import annotations

import importlib
import os
import socket
import threading
import tomllib
from importlib.resources import files
from typing import Annotated

import typer

from geotrack.cli.inputs import check_folder
from geotrack.config import Settings, app_script
from geotrack.errors import GeotrackError, UsageError
from geotrack.languages import gettext as _

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8501, 8520
GREATEST_PORT = 65535


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
    chosen = port if port is not None else _free_port()
    _check_port(chosen)
    settings = Settings.read(db)
    check_folder(settings)
    _check(settings)
    address = f"http://{HOST}:{chosen}"
    typer.echo(_("geotrack runs at {address} (Ctrl-C ends it)").format(address=address))
    os.environ["GEOTRACK_DB"] = settings.database
    _serve(streamlit_flags(chosen, no_browser=no_browser))


def _serve(flags: list[str]) -> None:
    """Run Streamlit in this process until it is ended; what pages need is loaded while it starts."""
    from streamlit.web.cli import main as streamlit

    threading.Thread(target=_load_pages, daemon=True).start()
    streamlit(["run", str(app_script()), *flags], standalone_mode=False)


def _load_pages() -> None:
    """Import what the first view would wait for; the map's component is known to a running page only."""
    for name in ("geotrack.app.frame", "geotrack.app.panel", "geotrack.app.controls", "geotrack.export"):
        importlib.import_module(name)


def _check(settings: Settings) -> None:
    """Say what to do when there is nothing to show; the app starts all the same and says it too."""
    from geotrack.store import Store

    with Store.open(settings.database) as store:
        if not store.revision:
            typer.echo(
                _(
                    "{database} holds no report yet. Read some: geotrack ingest PATH… "
                    "(the app offers example reports)."
                ).format(database=settings.database),
                err=True,
            )


def streamlit_flags(port: int, *, no_browser: bool) -> list[str]:
    """Return Streamlit's settings as flags: where it is started there may be no settings file."""
    settings = tomllib.loads((files("geotrack.app") / "streamlit.toml").read_text(encoding="utf-8"))
    options = {f"{part}.{name}": value for part, held in settings.items() for name, value in held.items()}
    options |= {"server.address": HOST, "server.port": port, "server.fileWatcherType": "none"}
    if no_browser:
        options["server.headless"] = True
    return [f"--{name}={_flag(value)}" for name, value in options.items()]


def _flag(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_port(port: int) -> None:
    if not 1 <= port <= GREATEST_PORT:
        raise UsageError(
            f"Port {port} does not exist: ports are 1 to {GREATEST_PORT}. "
            f"Choose one: geotrack app --port {FIRST_PORT}."
        )
    if not _is_free(port):
        other = port + 1 if port < GREATEST_PORT else FIRST_PORT
        raise UsageError(f"Port {port} is taken. Choose another: geotrack app --port {other}.")


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
