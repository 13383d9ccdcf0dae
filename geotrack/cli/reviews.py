"""`geotrack reviews` and `geotrack link`: what people say of facts and documents, and gold from it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geotrack.cli.documents import Database, DocumentId, Format, print_table
from geotrack.cli.fields import FactKind, fields_of, found_words
from geotrack.cli.inputs import day
from geotrack.cli.printing import say, say_json
from geotrack.cli.wordings import word
from geotrack.config import Settings, user_name, writing_settings
from geotrack.errors import UsageError
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, retold

if TYPE_CHECKING:
    from geotrack.store import Store

app = typer.Typer(
    name="reviews",
    help="Accept, correct, reject and add facts, take it back, and export gold.",
    no_args_is_help=True,
)

FactId = Annotated[
    str, typer.Argument(help="The id of a figure or an incident, or the beginning of it.", metavar="ID")
]
Who = Annotated[
    str | None, typer.Option(help="Who says so; else the operating system's user.", metavar="NAME")
]
Note = Annotated[str | None, typer.Option(help="Why.", metavar="TEXT")]
Fields = Annotated[list[str], typer.Argument(help="Fields as NAME=VALUE.", metavar="NAME=VALUE…")]


@app.command("list")
def list_(
    db: Database = None,
    format_: Annotated[
        Format, typer.Option("--format", help="A table, or JSON for programs.")
    ] = Format.table,
    *,
    document: Annotated[str | None, typer.Option(help="Only of this document.", metavar="ID")] = None,
    fact: Annotated[str | None, typer.Option(help="Only of this fact.", metavar="ID")] = None,
    who: Annotated[str | None, typer.Option(help="Only by this person.", metavar="NAME")] = None,
    since: Annotated[
        dt.datetime | None, typer.Option(parser=day, metavar="DATE", help="Only since this day (UTC).")
    ] = None,
) -> None:
    """List what people said of facts and documents, oldest first; nothing said is ever lost.

    Example: geotrack reviews list --who Aysel --since 2024-06-01
    """
    from geotrack.analysis.tables import records
    from geotrack.store import Store

    with Store.open(Settings.read(db).database, read_only=True) as store:
        said = store.reviews()
        for name, beginning in (("document_id", document), ("fact_id", fact)):
            said = said if beginning is None else said[said[name].str.startswith(beginning)]
    said = said if who is None else said[said["who"] == who]
    if since is not None:
        said = said[said["at"] >= since.replace(tzinfo=dt.UTC)]
    rows = records(said)
    if format_ is Format.json:
        say_json(rows, indent=2, default=_moment)
        return
    print_table(("when", "who", "verdict", "fact", "words", "note"), map(_told, rows))


def _moment(value: object) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else str(value)


def _told(row: dict[str, Any]) -> tuple[object, ...]:
    verdict = word(row["verdict"])
    if row["taken_back"]:
        verdict = _("{verdict} (taken back)").format(verdict=verdict)
    return f"{row['at']:%Y-%m-%d %H:%M}", row["who"], verdict, row["fact_id"], row["text"], row["note"]


@app.command("accept")
def accept(fact: FactId, db: Database = None, *, who: Who = None, note: Note = None) -> None:
    """Say that a fact is right as it stands.

    Example: geotrack reviews accept 4f0c --who Aysel
    """
    _judge(fact, "accepted", db, who, note)


@app.command("reject")
def reject(fact: FactId, db: Database = None, *, who: Who = None, note: Note = None) -> None:
    """Say that a fact is wrong: nothing counts it any more.

    Example: geotrack reviews reject 4f0c --note "a plan, not a result"
    """
    _judge(fact, "rejected", db, who, note)


@app.command("correct")
def correct(fact: FactId, fields: Fields, db: Database = None, *, who: Who = None, note: Note = None) -> None:
    """Set fields of a fact; what was corrected before stays, unless it is set again.

    Lists have commas, places are ids or names, and a field without a value is nothing known. A field that
    there is not is answered with those that there are.

    Example: geotrack reviews correct 4f0c value=13 unit=ha places=AZ-AGM,AZ-FUZ start=
    """
    from geotrack.gazetteer import Gazetteer
    from geotrack.store import Review

    settings = Settings.read(db)
    gazetteer = Gazetteer.of(settings)
    with _writable(db) as store:
        fact_id = store.fact_id(fact)
        standing = store.standing(fact_id)
        held, new = dict(standing.corrected) if standing else {}, fields_of(fields, gazetteer)
        if new.keys() & {"value", "unit"}:
            # They are worked out anew.
            held = {name: value for name, value in held.items() if name not in {"value_si", "unit_si"}}
        by = who or user_name()
        store.review(Review(fact_id, "corrected", by, {**held, **new}, note), gazetteer=gazetteer)
    _confirm(fact_id, "corrected", by)


@app.command("add")
def add(  # noqa: PLR0913 - each is an option of the command line
    document_id: DocumentId,
    words: Annotated[str, typer.Argument(help="The words that state the fact, as they stand in the text.")],
    fields: Fields,
    db: Database = None,
    *,
    kind: Annotated[FactKind, typer.Option(help="What they state.")] = FactKind.figure,
    occurrence: Annotated[
        int | None, typer.Option(min=1, help="Which of them, where the text has the words more than once.")
    ] = None,
    who: Who = None,
    note: Note = None,
) -> None:
    """Add a fact that the reader missed in a document.

    Fields are those of `geotrack reviews correct`: a figure needs its measure, its value and its unit.

    Example: geotrack reviews add 3f2a "10 ha" measure=area_cleared value=10 unit=ha places=AZ-AGM
    """
    from geotrack.gazetteer import Gazetteer
    from geotrack.store import Finding

    settings = Settings.read(db)
    gazetteer = Gazetteer.of(settings)
    with _writable(db) as store:
        span = found_words(store.document(document_id).document, words, occurrence)
        finding = Finding(kind.value, span, words, fields_of(fields, gazetteer))
        by = who or user_name()
        fact_id = store.add_fact(document_id, finding, by, note, gazetteer=gazetteer)
    _confirm(fact_id, "added", by)


@app.command("undo")
def undo(
    fact: Annotated[
        str, typer.Argument(help="The id of a fact or a document, or the beginning of it.", metavar="ID")
    ],
    db: Database = None,
    *,
    who: Who = None,
    note: Note = None,
) -> None:
    """Take back the last word on a fact, or that a document is complete; again, and the one before goes too.

    Links are taken back by geotrack link --undo.

    Example: geotrack reviews undo 4f0c
    """
    from geotrack.store import UnknownFactError

    with _writable(db) as store:
        try:
            whole = store.fact_id(fact)
        except UnknownFactError as error:
            whole = _document_id(store, fact, error)
        by = who or user_name()
        store.undo(whole, by, note)
        standing = store.standing(whole)
    _confirm(whole, "undone", by)
    if standing is not None:
        _confirm(whole, standing.verdict, standing.who)


def _document_id(store: Store, beginning: str, error: Exception) -> str:
    from geotrack.store import UnknownDocumentError

    try:
        return store.document(beginning).document.id
    except UnknownDocumentError:
        raise error from None


@app.command("complete")
def complete(document_id: DocumentId, db: Database = None, *, who: Who = None, note: Note = None) -> None:
    """Say that a document is reviewed: every fact looked at, what the reader missed added.

    Example: geotrack reviews complete 3f2a --who Aysel
    """
    with _writable(db) as store:
        whole, by = store.document(document_id).document.id, who or user_name()
        store.complete(whole, by, note)
    _confirm(whole, "complete", by)


@app.command("export-gold")
def export_gold(
    folder: Annotated[Path, typer.Argument(help="The folder to write into; it is made if need be.")],
    db: Database = None,
    document: Annotated[
        list[str] | None, typer.Option(help="Only this document. Again for more.", metavar="ID")
    ] = None,
) -> None:
    """Write the documents that are complete as gold, to see how well the reader reads them.

    What was accepted, corrected and added is gold, and so is what nobody spoke of in a document that a person
    called complete; what was rejected is not.

    Example: geotrack reviews export-gold gold
    """
    from geotrack.export import export_gold as write
    from geotrack.store import Store

    with Store.open(Settings.read(db).database, read_only=True) as store:
        wanted = {store.document(one).document.id for one in document or ()}
        reviewed = [one for one in store.reviewed() if not wanted or one.document.id in wanted]
    if not reviewed or wanted - {one.document.id for one in reviewed}:
        raise UsageError(
            "Nobody called this document complete. Go through its facts, then: geotrack reviews complete ID."
            if wanted
            else "No document is complete. Go through the facts of one, then: geotrack reviews complete ID."
        )
    for path, same in write(reviewed, folder):
        if not same:
            told = _("{path} does not read as the document did: its title or its furniture differs.")
            say(told.format(path=path), err=True)
    facts = sum(len(one.facts) for one in reviewed)
    told = ngettext("{n} document", "{n} documents", len(reviewed)).format(n=len(reviewed))
    say(f"{told}, " + ngettext("{n} fact", "{n} facts", facts).format(n=facts) + f": {folder}")


def link(  # noqa: PLR0913 - each is an option of the command line
    fact: FactId,
    *,
    who: Who = None,
    to: Annotated[str | None, typer.Option(help="The fact that states the same.", metavar="ID")] = None,
    apart: Annotated[bool, typer.Option("--apart", help="It states the same as no other.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was said.")] = False,
    note: Note = None,
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
    settings = writing_settings(db)
    misfits: list[str] = []
    with Store.open(settings.database) as store:
        one = store.fact_id(fact)
        other = None if to is None else store.fact_id(to)
        store.review(Review(one, "linked", who or user_name(), {"same_as": one if apart else other}, note))
        if other is not None:
            gazetteer = Gazetteer.of(settings)
            for facts in (store.figures(), store.incidents()):
                misfits += link_misfits(facts, one, other, gazetteer)
    say(f"{one} = {one if apart else other or '…'}")
    if misfits:
        warning = _("Linked, but they do not fit: {misfits}.")
        say(warning.format(misfits="; ".join(map(retold, misfits))), err=True)


def _judge(fact: str, verdict: Any, db: str | None, who: str | None, note: str | None) -> None:  # noqa: ANN401
    from geotrack.store import Review

    with _writable(db) as store:
        fact_id, by = store.fact_id(fact), who or user_name()
        store.review(Review(fact_id, verdict, by, note=note))
    _confirm(fact_id, verdict, by)


def _writable(db: str | None) -> Store:
    from geotrack.store import Store

    return Store.open(writing_settings(db).database, create=False)


def _confirm(fact_id: str, verdict: str, who: str) -> None:
    say(_("{id}: {verdict}, {who}").format(id=fact_id, verdict=word(verdict), who=who))
