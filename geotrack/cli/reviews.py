"""`geotrack link`: a person says which facts state the same."""

from __future__ import annotations

from typing import Annotated

import typer

from geotrack.cli.documents import Database
from geotrack.config import Settings
from geotrack.errors import UsageError
from geotrack.languages import gettext as _
from geotrack.languages import retold


def link(  # noqa: PLR0913 - each is an option of the command line
    fact: Annotated[str, typer.Argument(help="The id of a figure or an incident.", metavar="ID")],
    *,
    who: Annotated[str, typer.Option(help="Who says so.", metavar="NAME")],
    to: Annotated[str | None, typer.Option(help="The fact that states the same.", metavar="ID")] = None,
    apart: Annotated[bool, typer.Option("--apart", help="It states the same as no other.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was said.")] = False,
    note: Annotated[str | None, typer.Option(help="Why.", metavar="TEXT")] = None,
    db: Database = None,
) -> None:
    """Make two figures one observation, or two incidents one explosion, or keep one apart.

    Every such word is kept, with who and when. Facts that do not fit are linked all the same, and a warning
    names what differs.

    Example: geotrack link 4f0c --to 91ab --who "Aysel"
    """
    from geotrack.analysis import link_misfits
    from geotrack.gazetteer import Gazetteer
    from geotrack.store import Review, Store

    if sum((to is not None, apart, undo)) != 1:
        raise UsageError("Give one of --to, --apart and --undo.")
    settings = Settings.read(db)
    misfits: list[str] = []
    with Store.open(settings.database) as store:
        store.review(Review(fact, "linked", who, {"same_as": fact if apart else to}, note))
        if to is not None:
            gazetteer = Gazetteer.load(settings.data_folder / "gazetteer")
            for facts in (store.figures(), store.incidents()):
                misfits += link_misfits(facts, fact, to, gazetteer)
    typer.echo(f"{fact} = {fact if apart else to or '…'}")
    if misfits:
        warning = _("Linked, but they do not fit: {misfits}.")
        typer.echo(warning.format(misfits="; ".join(map(retold, misfits))), err=True)
