"""`geotrack doctor`: whether the installation works, and what to do where it does not."""

from __future__ import annotations

from dataclasses import asdict

import typer

from geotrack.cli.documents import Database, Format, print_table
from geotrack.cli.printing import say_json
from geotrack.cli.questions import AFormat
from geotrack.config import Settings
from geotrack.languages import gettext as _

EXIT_WRONG = 1


def doctor(format_: AFormat = Format.table, db: Database = None) -> None:
    """Try each part of the installation, and say what is wrong and what to do; nothing is changed.

    Ends with 0 when all works, 1 when something is wrong.

    Example: geotrack doctor
    """
    from geotrack.diagnosis import diagnose

    found = list(diagnose(Settings.read(db)))
    if format_ is Format.json:
        say_json([asdict(one) for one in found], indent=2)
    else:
        marks = {"ok": "✓", "note": "·", "wrong": "✗"}
        columns = (" ", _("part"), _("found"), _("what to do"))
        print_table(columns, ((marks[one.state], one.part, one.told, one.remedy) for one in found))
    if any(one.state == "wrong" for one in found):
        raise typer.Exit(EXIT_WRONG)
