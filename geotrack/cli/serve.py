"""`geotrack serve`: the facts over HTTP for other programs of this machine, for reading alone."""

from __future__ import annotations

from typing import Annotated

import typer

from geotrack.cli.inputs import MinConfidence
from geotrack.cli.printing import say
from geotrack.config import Settings
from geotrack.errors import MissingExtraError
from geotrack.languages import gettext as _

HOST, PORT, GREATEST_PORT = "127.0.0.1", 8080, 65535
_LOOPBACK = (HOST, "localhost")


def serve(
    *,
    db: Annotated[str | None, typer.Option(help="The database: a file or an address.")] = None,
    country: Annotated[str | None, typer.Option(help="One country's code, as AZ.", metavar="XX")] = None,
    min_confidence: MinConfidence = 0.0,
    port: Annotated[int, typer.Option(min=0, max=GREATEST_PORT, help="The port.")] = PORT,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A name under which a proxy on this machine offers it.", metavar="NAME"),
    ] = None,
) -> None:
    """Serve figures, incidents and district totals as OGC API - Features, which QGIS and ArcGIS read live.

    It answers programs of this machine alone, changes nothing, and leaves out victims' names. Ctrl-C ends it.

    Example: geotrack serve --country AZ
    """
    try:
        import uvicorn

        from geotrack.serving import Library, application
    except ImportError as error:
        raise MissingExtraError("A server", "serve") from error
    from geotrack.export import ExportFilter

    chosen = ExportFilter(country.upper() if country else None, min_confidence=min_confidence)
    library = Library(Settings.read(db), chosen)
    library.shelf()
    say(_("geotrack runs at {address} (Ctrl-C ends it)").format(address=f"http://{HOST}:{port}/"))
    hosts = (*_LOOPBACK, *(allow_host or ()))
    uvicorn.run(application(library.shelf, hosts), host=HOST, port=port, log_level="warning")
