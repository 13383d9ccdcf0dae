"""The `geotrack` command: a skin over the library; each command is a file named for its noun."""

from __future__ import annotations

import sys

from geotrack.cli import language
from geotrack.cli.commands import app
from geotrack.cli.printing import say
from geotrack.errors import GeotrackError
from geotrack.languages import retold

__all__ = ["app", "main"]

EXIT_NOTHING_DONE = 2


def main() -> None:
    """Run the command line; an expected error is one line on stderr and exit code 2."""
    try:
        language.settle(sys.argv[1:])
        language.translated(app)()
    except GeotrackError as error:
        say(f"geotrack: {retold(str(error))}", err=True)
        raise SystemExit(EXIT_NOTHING_DONE) from error
    except BrokenPipeError:
        sys.stderr.close()
