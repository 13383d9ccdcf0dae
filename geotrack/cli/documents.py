"""`geotrack documents`: list, show and remove what was ingested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from geotrack.cli.printing import say, say_json, screen
from geotrack.cli.wordings import heading
from geotrack.config import Settings, writing_settings
from geotrack.errors import UsageError
from geotrack.languages import gettext as _
from geotrack.languages import retold
from geotrack.models import Figure, Incident, Measure

if TYPE_CHECKING:
    from rich.console import OverflowMethod

    from geotrack.models import Claim, Place, Source
    from geotrack.store import Store, StoredDocument

app = typer.Typer(
    name="documents", help="List, show and remove the documents in the database.", no_args_is_help=True
)


class Format(StrEnum):
    """How a list is printed."""

    table = "table"
    json = "json"


Database = Annotated[
    str | None, typer.Option("--db", help="The database: a file or an address (or GEOTRACK_DB).")
]
DocumentId = Annotated[str, typer.Argument(help="The document's id, or the beginning of it.", metavar="ID")]


@app.command("list")
def list_(
    db: Database = None,
    format_: Annotated[
        Format, typer.Option("--format", help="A table, or JSON for programs.")
    ] = Format.table,
    *,
    removed: Annotated[bool, typer.Option("--removed", help="List removed documents instead.")] = False,
    unread: Annotated[
        bool, typer.Option("--unread", help="List files that could not be read, and why, instead.")
    ] = False,
) -> None:
    """List the documents, oldest first, with how many facts each states.

    Example: geotrack documents list --format json
    """
    with _open(db) as store:
        rows = _unread_rows(store) if unread else _removed_rows(store) if removed else _rows(store)
    if format_ is Format.json:
        say_json(rows, indent=2, default=str)
        return
    if unread:
        for row in rows:
            say(f"{row['at']:%Y-%m-%d}  {retold(str(row['reason']))}")
        return
    shown = ("document_id", "removed_at", "why") if removed else _LISTED
    length = _distinct_length([str(row["document_id"]) for row in rows])
    for row in () if removed else rows:
        # An untitled report is known by its file, in brackets.
        untitled = Path(str(row.get("path") or _("no title"))).name
        row["title"] = row.get("title") or f"({untitled})"
    print_table(shown, ([str(row[shown[0]])[:length], *(row[name] for name in shown[1:])] for row in rows))


_LISTED = ("document_id", "published", "publisher", "title", "n_figures", "n_incidents")
_SHORTEST_ID = 8
# A title is readable from here on; the longest measure is never broken.
_WIDTHS = {"title": 20, "what": max(map(len, get_args(Measure)))}


def _distinct_length(ids: Sequence[str]) -> int:
    """Return how much of each id tells all of them apart: the table has little room, a beginning will do."""
    length = _SHORTEST_ID
    while len({document_id[:length] for document_id in ids}) < len(ids):
        length += 1
    return length


@app.command("forget")
def forget(
    path: Annotated[str, typer.Argument(help="The file or address, as the list names it.", metavar="FILE")],
    db: Database = None,
) -> None:
    """Forget that a file could not be read (geotrack documents list --unread).

    Example: geotrack documents forget reports/scan.pdf
    """
    from geotrack.store import Store

    with Store.open(writing_settings(db).database, create=False) as store:
        named = {path, f"upload://{path}", str(Path(path).absolute())}
        known = {one.path for one in store.unread_files()} & named
        if not known:
            raise UsageError(f"{path!r} is no file that could not be read: geotrack documents list --unread.")
        for one in known:
            store.forget_unread(one)


@app.command("search")
def search(
    query: Annotated[
        str, typer.Argument(help="Words, or phrases in quotation marks; all must occur.", metavar="QUERY")
    ],
    db: Database = None,
    format_: Annotated[
        Format, typer.Option("--format", help="A table, or JSON for programs.")
    ] = Format.table,
    limit: Annotated[int, typer.Option(min=1, help="At most so many documents.")] = 20,
) -> None:
    """Search texts, titles and publishers, the newest first; case, accents and endings do not matter.

    Example: geotrack documents search 'agdam "anti-tank mines"'
    """
    with _open(db) as store:
        found = store.search(query)
        rows = [_hit(store, document_id, query) for document_id in found[:limit]]
    if format_ is Format.json:
        say_json(rows, indent=2, default=str)
        return
    for row in rows:
        told = (str(row["document_id"])[:_SHORTEST_ID], row["published"], row["publisher"], row["title"])
        say("  ".join(str(part) for part in told if part is not None))
        if row["words"]:
            say(f"          {row['words']}")
    say(f"{len(rows)} of {len(found)} documents")


def _hit(store: Store, document_id: str, query: str) -> dict[str, object]:
    """Return what is told of a document that was found: its first source, and the words around a match."""
    document, excerpt = store.document(document_id).document, store.excerpt(document_id, query)
    return {
        "document_id": document_id,
        "published": document.source.published,
        "publisher": document.source.publisher,
        "title": document.title,
        "words": excerpt.text if excerpt else None,
    }


@app.command("show")
def show(document_id: DocumentId, db: Database = None) -> None:
    """Show a document: where it appeared, and every fact with the words that state it.

    Example: geotrack documents show 3f2a
    """
    with _open(db) as store:
        stored = store.document(document_id)
    document, reading = stored.document, stored.reading
    lines = [
        document.title or "(no title)",
        f"id         {document.id}",
        f"language   {document.language}",
        f"text       {len(document.text)} characters",
        f"read       {stored.read_at:%Y-%m-%d %H:%M} UTC, rules {reading.rules_version}",
        *(f"source     {_source_line(source)}" for source in stored.sources),
    ]
    say("\n".join(lines))
    print_table(("fact", "what", "places", "when", "words"), _facts(stored))
    for refusal in reading.refused:
        say(f"not taken: {refusal.text!r} at {refusal.span[0]}: {refusal.reason}")


@app.command("remove")
def remove(
    document_id: DocumentId,
    db: Database = None,
    why: Annotated[str, typer.Option("--why", help="The reason, kept with the removal.")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove a document with its text and facts; its id stays, so that it does not come in again.

    Example: geotrack documents remove 3f2a --why "sent by mistake"
    """
    from geotrack.store import Store

    with Store.open(writing_settings(db).database, create=False) as store:
        stored = store.document(document_id)
        document, reading = stored.document, stored.reading
        facts = len(reading.figures) + len(reading.incidents) + len(stored.added)
        say(f"{document.id}  {document.title or '(no title)'}  {facts} facts")
        if not yes:
            typer.confirm("Remove its text and facts?", abort=True)
        store.remove(document.id, why)
    say("Removed. To take it in again: geotrack ingest --restore PATH")


def _open(db: str | None) -> Store:
    from geotrack.store import Store

    return Store.open(Settings.read(db).database, read_only=True)


def _unread_rows(store: Store) -> list[dict[str, object]]:
    return [asdict(one) | {"reason": one.reason} for one in store.unread_files()]


def _rows(store: Store) -> list[dict[str, object]]:
    return [{str(name): value for name, value in row.items()} for row in store.documents().to_dict("records")]


def _removed_rows(store: Store) -> list[dict[str, object]]:
    return [
        {"document_id": stone.document_id, "removed_at": stone.removed_at.isoformat(), "why": stone.why}
        for stone in store.tombstones()
    ]


def print_table(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table; ids and counts are never broken, and a text's own brackets and codes do nothing."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name in columns:
        counts = name.startswith("n_")
        table.add_column(
            heading(name.removeprefix("n_").removeprefix("document_").replace("_", " ")),
            no_wrap=counts or name in {"document_id", "fact", "published"},
            justify="right" if counts else "left",
            min_width=_WIDTHS.get(name),
        )
    for row in rows:
        cells = ("" if value is None else str(value) for value in row)
        # A title too long for the screen is cut, so that a document is one line.
        one_line = "title" in columns
        overflow: OverflowMethod = "ellipsis" if one_line else "fold"
        table.add_row(*(Text(cell, no_wrap=one_line, overflow=overflow) for cell in cells))
    screen().print(table)


def _source_line(source: Source) -> str:
    parts = [source.publisher or "unknown publisher", str(source.published or "no date")]
    parts += [part for part in (source.url, source.path) if part]
    if source.retold:
        parts.append(f"retold, not the publisher's words; original: {source.origin or 'not named'}")
    return ", ".join(parts)


def _facts(stored: StoredDocument) -> Iterable[tuple[str, str, str, str, str]]:
    added = stored.added
    for figure in (*stored.reading.figures, *(one for one in added if isinstance(one, Figure))):
        yield figure.id, _quantity(figure), _names(figure.places), _period(figure), figure.text
    for incident in (*stored.reading.incidents, *(one for one in added if isinstance(one, Incident))):
        yield incident.id, _toll(incident), _names(incident.places), incident.date or "", incident.text
    for claim in stored.reading.claims:
        yield claim.id, _claim(claim), _names(claim.places), "", claim.text


def _quantity(figure: Figure) -> str:
    upper = f" to {figure.value_max:,.10g}" if figure.value_max is not None else ""
    flags = f" ({', '.join(figure.flags)})" if figure.flags else ""
    return f"{figure.measure} {figure.value:,.10g}{upper} {figure.unit}{flags}"


def _claim(claim: Claim) -> str:
    if claim.until:
        return f"claim, by {claim.until}"
    upper = f" to {claim.years_max:,.10g}" if claim.years_max is not None else ""
    return f"claim, {claim.years:,.10g}{upper} years ({claim.qualifier})"


def _toll(incident: Incident) -> str:
    counts = (
        ("killed", incident.killed),
        ("injured", incident.injured),
        ("casualties", incident.casualties),
    )
    said = ", ".join(f"{count} {name}" for name, count in counts if count is not None)
    return f"incident, {incident.device}" + (f", {said}" if said else "")


def _names(places: Iterable[Place]) -> str:
    return ", ".join(place.name for place in places)


def _period(figure: Figure) -> str:
    return f"{figure.start or '…'} to {figure.end or '…'}, {figure.basis}"
