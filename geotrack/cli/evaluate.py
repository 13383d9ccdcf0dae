"""`geotrack evaluate`: what the reader reads of annotated documents, and what it misses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.inputs import MaxMegabytes, OfLanguage, Paths, Published, Publisher, reading_options
from geotrack.cli.printing import say, say_json, screen
from geotrack.config import Settings
from geotrack.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from geotrack.documents import Options, Refused
    from geotrack.evaluation import Bin, Evaluation, GoldDocument, Level, Score
    from geotrack.models import Document, Reading

SHOWN_IDS = 5
SHOWN_TRAPS = 20
PART_MISSING = 1


class EvaluationFormat(StrEnum):
    """How an evaluation is printed."""

    text = "text"
    json = "json"


class AtLevel(StrEnum):
    """What counts as right."""

    value = "value"
    place = "place"
    period = "period"
    incidents = "incidents"
    incident_fields = "incident_fields"


_TITLES: dict[Level, str] = {
    "value": "value",
    "place": "+place",
    "period": "+period",
    "incidents": "incidents",
    "incident_fields": "incidents, every field",
}


def evaluate(  # noqa: PLR0913 - a command's options are its parameters
    gold: Annotated[Path, typer.Argument(help="The annotations: a JSON Lines file, a document a line.")],
    docs: Paths,
    *,
    output_format: Annotated[
        EvaluationFormat, typer.Option("--format", help="Tables, or JSON for programs.")
    ] = EvaluationFormat.text,
    level: Annotated[
        AtLevel | None, typer.Option(help="What counts as right by measure, by trap and in misses.")
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option(help="Score only this document: an id, or a pattern as 'd01*'. Again for more."),
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(help="End with 1 if F1 is below: 0.9 (at each level), or period=0.8. Again for more."),
    ] = None,
    bins: Annotated[int, typer.Option(min=1, help="How many bins of confidence --reliability has.")] = 10,
    published: Published = None,
    publisher: Publisher = None,
    language: OfLanguage = None,
    max_mb: MaxMegabytes = 10,
    misses: Annotated[
        bool, typer.Option("--misses/--no-misses", help="List what is missed, spurious or partly right.")
    ] = True,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Show how often facts of like confidence are right.")
    ] = False,
) -> None:
    """Read documents and compare what they state with what a person annotated.

    Ends with 0 when all was scored, 1 when a document is missing, was refused or F1 is too low, 2 when
    nothing was done.

    Example: geotrack evaluate gold.jsonl reports/ --no-misses
    """
    from geotrack.evaluation import evaluate as compare
    from geotrack.evaluation import load_gold, to_json

    floors = _floors(fail_under or ())
    annotated = _chosen(load_gold(gold), document or ())
    source = _Readings(gold, docs, reading_options(published, publisher, language, max_mb))
    found = compare(annotated, source.readings(None if document is None else {one.id for one in annotated}))
    _check(found, gold)
    at: Level | None = level.value if level else None
    if output_format is EvaluationFormat.json:
        row = to_json(found, at, with_misses=misses, bins=bins if reliability else None)
        say_json(row, indent=2)
    else:
        _print(found, at, bins if reliability else None, with_misses=misses)
    below = _warn(found, floors)
    if below or found.without_document or source.refused:
        raise typer.Exit(PART_MISSING)


# what is compared ----------------------------------------------------------------------------------


class _Readings:
    """The documents of some paths, read one at a time; `refused` counts those that could not be."""

    def __init__(self, gold: Path, paths: Sequence[str], options: Options) -> None:
        self.gold, self.paths, self.options, self.refused = gold, paths, options, 0

    def readings(self, wanted: set[str] | None) -> Iterator[tuple[Document, Reading]]:
        """Yield documents with what was read in them; only those of the wanted ids, if given."""
        from geotrack.documents import Refused
        from geotrack.evaluation.evidence import gold_id
        from geotrack.extraction import Reader
        from geotrack.gazetteer import Gazetteer

        reader = Reader(Gazetteer.of(Settings.read()))
        for found in self._documents():
            if isinstance(found, Refused):
                self.refused += 1
                say(f"geotrack: {found.error}", err=True)
            elif wanted is None or gold_id(found) in wanted:
                yield found, reader.read(found)

    def _documents(self) -> Iterator[Document | Refused]:
        from geotrack.documents import Refused, find_files, read_file

        for path in find_files(self.paths):
            # The annotations may lie in the same folder, and are no reports.
            if isinstance(path, Refused):
                yield path
            elif not (path.exists() and path.samefile(self.gold)):
                yield from read_file(path, self.options)


def _chosen(gold: Sequence[GoldDocument], patterns: Sequence[str]) -> list[GoldDocument]:
    """Return the annotated documents whose ids match a pattern; all where there is none."""
    for pattern in patterns:
        if not any(fnmatchcase(one.id, pattern) for one in gold):
            ids = ", ".join(one.id for one in gold[:SHOWN_IDS])
            raise UsageError(f"Gold has no document {pattern!r}. Its ids begin with: {ids}.")
    return [one for one in gold if not patterns or any(fnmatchcase(one.id, p) for p in patterns)]


def _check(found: Evaluation, gold: Path) -> None:
    """Refuse documents of which none is in gold: the ids do not fit, and scores would mean nothing."""
    if len(found.without_document) < len(found.documents):
        return
    got = f" The documents are named {_some(found.without_gold)}." if found.without_gold else ""
    raise UsageError(
        f"{gold} annotates none of these documents: it has {_some(found.documents)}.{got} "
        "The id of gold is the stem of a document's file, or the id of its row."
    )


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:SHOWN_IDS]) + (", …" if len(ids) > SHOWN_IDS else "")


# floors and warnings -------------------------------------------------------------------------------


def _floors(options: Iterable[str]) -> dict[Level, float]:
    """Return the least F1 by level that --fail-under asks for; what stands later wins."""
    from geotrack.evaluation import LEVELS

    floors: dict[Level, float] = {}
    for option in options:
        name, _, number = option.rpartition("=")
        # One number for all leaves out "every field right", which no reader comes near to.
        named = [level for level in LEVELS if level == name or (not name and level != "incident_fields")]
        floor = _share(number)
        if floor is None or not named:
            raise UsageError(
                f"--fail-under takes an F1 from 0 to 1, alone or as period=0.8; not {option!r}. "
                f"Levels: {', '.join(LEVELS)}."
            )
        floors |= dict.fromkeys(named, floor)
    return floors


def _share(text: str) -> float | None:
    try:
        share = float(text)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _warn(found: Evaluation, floors: dict[Level, float]) -> bool:
    """Say on stderr what was not compared and which floors were missed; tell whether one was."""
    if found.without_document:
        say(
            "geotrack: annotated but without a document, so that all their facts are missed "
            f"({len(found.without_document)}): {_some(found.without_document)}",
            err=True,
        )
    if found.without_gold:
        say(
            f"geotrack: without annotations and left out ({len(found.without_gold)}): "
            f"{_some(found.without_gold)}",
            err=True,
        )
    below = {level: floor for level, floor in floors.items() if found.score(level).f1 < floor}
    for level, floor in below.items():
        reached = found.score(level).f1
        say(f"geotrack: {_TITLES[level]}: F1 {reached:.4f} is below {floor:g}", err=True)
    return bool(below)


# tables --------------------------------------------------------------------------------------------


def _print(found: Evaluation, level: Level | None, bins: int | None, *, with_misses: bool) -> None:

    console = screen()
    console.print(f"{len(found.documents)} documents", highlight=False)
    _print_scores(console, "level", {_TITLES[name]: [score] for name, score in found.scores().items()})
    qualifiers = found.qualifiers()
    console.print(f"qualifier right: {qualifiers.right} of {qualifiers.gold}\n", highlight=False)
    _print_groups(console, found, level)
    if bins:
        _print_bins(console, "figures", "to the period", found.reliability(bins, "figures"))
        _print_bins(console, "incidents", "in every field", found.reliability(bins, "incidents"))
    if with_misses:
        _print_misses(console, found, level)


def _print_groups(console: Console, found: Evaluation, level: Level | None) -> None:
    """Print scores by measure and by trap: at one level, or at value with F1 of the levels above it."""
    levels: list[Level] = [level] if level else ["value", "place", "period"]
    further = [f"F1 {_TITLES[name]}" for name in levels[1:]]
    if levels[0] in {"value", "place", "period"}:
        _print_scores(console, "measure", _joined([found.by_measure(name) for name in levels]), further)
    _print_traps(console, "trap", _joined([found.by_trap(name) for name in levels]), further)
    if level is None and any(one.gold for one in found.by_trap("incidents").values()):
        _print_traps(console, "trap of incidents", _joined([found.by_trap("incidents")]))


def _print_traps(
    console: Console, what: str, rows: dict[str, list[Score]], further: Sequence[str] = ()
) -> None:
    """Print scores by trap; of labels that people write freely there are many, so only the most frequent."""
    _print_scores(console, what, dict(list(rows.items())[:SHOWN_TRAPS]), further)
    rest = len(rows) - SHOWN_TRAPS
    if rest > 0:
        console.print(f"and {rest} rarer ones, all of them in --format json\n", highlight=False)


def _joined(scores: Sequence[dict[str, Score]]) -> dict[str, list[Score]]:
    return {name: [one[name] for one in scores] for name in scores[0]}


def _print_scores(
    console: Console, what: str, rows: dict[str, list[Score]], further: Sequence[str] = ()
) -> None:
    """Print a table of scores, the first of each row in full, of further ones F1."""
    if not rows:
        return
    cells = [
        [str(one.gold), str(one.predicted), *(f"{x:.3f}" for x in (one.precision, one.recall, one.f1))]
        + [f"{other.f1:.3f}" for other in rest]
        for one, *rest in rows.values()
    ]
    titles = (what, "gold", "read", "precision", "recall", "F1", *further)
    _print_table(console, titles, [[name, *row] for name, row in zip(rows, cells, strict=True)])


def _print_bins(console: Console, what: str, exact: str, bins: Sequence[Bin]) -> None:
    """Print a reliability table; bins that hold no fact are left out."""
    rows = [
        [
            f"{one.low:.2f} to {one.high:.2f}",
            str(one.facts),
            f"{one.confidence:.3f}",
            f"{one.right_share:.3f}",
            f"{one.exact_share:.3f}",
        ]
        for one in bins
        if one.facts
    ]
    if rows:
        _print_table(console, ("confidence", what, "mean", "right", f"right {exact}"), rows)


def _print_table(console: Console, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for number, title in enumerate(titles):
        table.add_column(title, justify="right" if number else "left", no_wrap=bool(number))
    for name, *numbers in rows:
        # A label of gold is a person's text: its brackets are no markup.
        table.add_row(Text(name), *numbers)
    console.print(table)
    console.print()


def _print_misses(console: Console, found: Evaluation, level: Level | None) -> None:
    from geotrack.evaluation.report import miss_lines

    for outcome in found.misses(level):
        head, *rest = miss_lines(outcome, level)
        for line in (head, *(f"    {one}" for one in rest)):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
