"""`geotrack app`: the map, timeline and documents in a browser, on this machine."""

from __future__ import annotations

import importlib
import os
import socket
import sys
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Annotated, Any

import typer

from geotrack.cli.inputs import check_folder
from geotrack.cli.printing import say
from geotrack.config import Settings, app_script
from geotrack.errors import GeotrackError, UsageError
from geotrack.languages import gettext as _

HOST = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8501, 8520
GREATEST_PORT = 65535
_TURN_S = 0.0005  # of a thread: the browser fetches colours and scripts while a page is still being made


def start(
    *,
    db: Annotated[
        str | None, typer.Option("--db", help="The database: a file or an address (or GEOTRACK_DB).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help=f"The port; the first free one from {FIRST_PORT} if not given.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A name under which a proxy on this machine offers the app.", metavar="NAME"),
    ] = None,
) -> None:
    """Start the app on this machine and print its address; Ctrl-C ends it.

    It answers programs and browsers of this machine alone, also when a page elsewhere takes its address for
    its own name. A proxy that offers it to others needs its name allowed, and a login.

    Example: geotrack app
    """
    chosen = port if port is not None else _free_port()
    _check_port(chosen)
    settings = Settings.read(db)
    check_folder(settings)
    _check_writers(settings, allow_host or ())
    _check(settings)
    address = f"http://{HOST}:{chosen}"
    say(_("geotrack runs at {address} (Ctrl-C ends it)").format(address=address))
    os.environ["GEOTRACK_DB"] = settings.database
    hosts = allow_host or ()
    _serve(streamlit_flags(chosen, no_browser=no_browser, hosts=hosts, read_only=settings.read_only))


def _serve(flags: list[str]) -> None:
    """Run Streamlit in this process until it is ended; what pages need is made ready meanwhile."""
    from streamlit.web.cli import main as streamlit

    sys.setswitchinterval(_TURN_S)
    threading.Thread(target=_prepare, args=(Settings.read(),), daemon=True).start()
    streamlit(["run", str(app_script()), *flags], standalone_mode=False)


def _prepare(settings: Settings) -> None:
    """Import what the first view would wait for, then read the library.

    The map's component is known to a running page only.
    """
    for name in ("geotrack.app.frame", "geotrack.app.panel", "geotrack.app.controls", "geotrack.export"):
        importlib.import_module(name)
    from geotrack.app.warming import warm

    warm(settings)


def _check_writers(settings: Settings, hosts: Sequence[str]) -> None:
    """Refuse a login that does not hold, and to be shown to others where none is set up."""
    if settings.read_only:
        return
    from geotrack.app.identity import check_login, has_login

    check_login()
    if hosts and not has_login():
        raise UsageError(
            f"Whoever comes as {hosts[0]} would write as the user of this machine. Set GEOTRACK_READ_ONLY=1 "
            "to show the app for reading, or set up a login first."
        )


def _check(settings: Settings) -> None:
    """Say what to do when there is nothing to show; the app starts all the same and says it too."""
    from geotrack.store import Store

    with Store.open(settings.database, read_only=settings.read_only) as store:
        if not store.revision:
            say(
                _(
                    "{database} holds no report yet. Read some: geotrack ingest PATH… "
                    "(the app offers example reports)."
                ).format(database=settings.database),
                err=True,
            )


def streamlit_flags(
    port: int, *, no_browser: bool, hosts: Sequence[str] = (), read_only: bool = False
) -> list[str]:
    """Return Streamlit's settings as flags: where it is started there may be no settings file.

    `hosts` are names, beside those of this machine, that requests may ask for. An app that is `read_only`
    takes no upload: Streamlit holds those of every visitor in memory, whether or not a page asks for them.
    """
    settings = tomllib.loads((files("geotrack.app") / "streamlit.toml").read_text(encoding="utf-8"))
    settings["server"]["allowedHosts"] += hosts
    options = dict(_options(settings))
    options |= {"server.address": HOST, "server.port": port, "server.fileWatcherType": "none"}
    if no_browser:
        options["server.headless"] = True
    if read_only:
        options["server.maxUploadSize"] = 0
    return [
        f"--{name}={_flag(one)}"
        for name, value in options.items()
        for one in (value if isinstance(value, list) else [value])
    ]


def _options(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, object]]:
    """Yield settings by their full names: "theme.dark.textColor"."""
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from _options(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


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
