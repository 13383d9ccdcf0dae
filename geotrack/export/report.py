"""A situation report of one country for Word: key numbers, map, timeline, tables, sources, caveats."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geotrack import __version__
from geotrack.analysis import Ledger, totals
from geotrack.analysis.bins import bins
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.statements import as_date, as_text
from geotrack.analysis.tables import records
from geotrack.errors import MissingExtraError, UsageError
from geotrack.export.content import Districts, ExportContent
from geotrack.export.drawings import Bar, map_png, timeline_png
from geotrack.export.rows import Quotes
from geotrack.export.scenes import ledger_of, scenes_of
from geotrack.languages import day, spoken
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps import Scene, evidence, words
from geotrack.maps.gathering import INCIDENTS, retold_parts
from geotrack.maps.labelled import LabelledPlaces
from geotrack.maps.ordering import newest_first
from geotrack.maps.scales import scale_of

if TYPE_CHECKING:
    from docx.document import Document

ABOUT = n_(
    "Numbers are as the named reports state them; totals count nothing twice; what is not here is unknown, "
    "not zero."
)
GROUP = n_("One number for all of them: it is not split.")
_AT_LEAST = n_("Dark: what reports place in the month at least. Pale: up to the most they can place there.")
_DATED = n_("Incidents whose month is known.")
MOST_ROWS = 200  # of a table of the report; the other formats hold all
_WIDTH_INCHES = 6.5
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can tell


def report(content: ExportContent) -> bytes:
    """Return the report in the language spoken; the same facts, filter and date give the same bytes.

    Raises
    ------
    MissingExtraError
        If the packages that write it are not installed.
    UsageError
        If no country is asked for, or there are no polygons of its units.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError("A report for Word", "office") from error
    if content.filter.adm0 is None:
        raise UsageError("A report is of one country: give --country.")
    districts = next((one for one in content.districts if one.adm0 == content.filter.adm0), None)
    if districts is None:
        raise UsageError(f"There are no boundaries of {content.filter.adm0}: geotrack boundaries import.")
    made = _Report(docx.Document(), content, districts)
    made.write()
    held = io.BytesIO()
    made.page.save(held)
    return _undated(held)


def _undated(packed: io.BytesIO) -> bytes:
    """Return a packed file whose members tell no time."""
    held = io.BytesIO()
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _ZIP_DAY), before.read(name), zipfile.ZIP_DEFLATED)
    return held.getvalue()


class _Report:
    """The report while it is written."""

    def __init__(self, page: Document, content: ExportContent, districts: Districts) -> None:
        self.page = page
        self._content, self._districts = content, districts
        self._adm0 = districts.adm0
        self._ledger: Ledger = ledger_of(content)
        self._scenes = scenes_of(content, districts, self._ledger, spoken())
        self._nesting = Nesting(LabelledPlaces(content.places, spoken()))
        self._facts = [*content.chosen_figures(), *content.chosen_incidents()]
        self._documents = _documents(self._facts)
        self._numbers = {document: at for at, document in enumerate(self._documents, 1)}
        self._document_of = {
            str(row.get("figure_id") or row.get("incident_id")): str(row["document_id"])
            for row in self._facts
        }

    def write(self) -> None:
        """Write all parts, one below the other."""
        chosen, country = self._content.filter, self._nesting.place(self._adm0).name
        title = _("Situation report: {country}").format(country=country)
        self._describe(title)
        self.page.add_heading(_plain(title), 0)
        span = evidence.period(chosen.start, chosen.end, stock=False)
        self._say(span if chosen.start or chosen.end else _("all reported periods"))
        self._say(f"{_(words.CAVEAT)} {_(ABOUT)}")
        self._write_key_numbers()
        scene = max(self._scenes.values(), key=lambda one: one.drawn.notna().sum(), default=None)
        if scene:
            self._write_map(scene)
            self._write_timelines()
            self._write_units(scene)
        self._write_incidents()
        self._write_sources()
        self._write_about()

    def _describe(self, title: str) -> None:
        made = dt.datetime.combine(self._content.built_on, dt.time())
        told = self.page.core_properties
        told.title, told.comments, told.author = _plain(title), _(words.CAVEAT), f"geotrack {__version__}"
        told.created = told.modified = made
        told.language = spoken()

    def _say(self, text: str) -> None:
        if text:
            self.page.add_paragraph(_plain(text))

    def _head(self, text: str) -> None:
        self.page.add_heading(_plain(text), 1)

    def _table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        table = self.page.add_table(rows=1, cols=len(head), style="Light Grid Accent 1")
        for row in (head, *rows):
            cells = table.rows[0].cells if row is head else table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = _plain(text)

    def _picture(self, png: bytes, told: str) -> None:
        from docx.shared import Inches

        inline = self.page.add_picture(io.BytesIO(png), width=Inches(_WIDTH_INCHES))._inline  # noqa: SLF001 - the text for those who do not see it has no other door
        inline.docPr.set("descr", _plain(told))

    def _write_key_numbers(self) -> None:
        rows = [row for measure in words.MEASURES if (row := self._key_number(measure))]
        if rows:
            self._head(_("Key numbers"))
            self._table([_("Measure"), _("Value"), _("As of"), _("Sources")], rows)
        else:
            self._say(_("Nothing is reported of this country."))

    def _key_number(self, measure: str) -> Sequence[str] | None:
        """Return what is known of a measure in the whole country."""
        chosen = self._content.filter
        if measure == INCIDENTS or chosen.measure not in {None, measure}:
            return None
        table = totals(
            self._ledger,
            measure=measure,  # type: ignore[arg-type]  # one of the measures
            level="country",
            adm0=self._adm0,
            start=chosen.start,
            end=chosen.end,
        ).table
        row = next((one for one in records(table) if one["value"] is not None and one["qualifier"]), None)
        if row is None:
            return None
        told = scale_of(row["unit"], [row["value"]], spoken()).text(row["value"], row["qualifier"])
        facts = [*row["figure_ids"], *row["incident_ids"]]
        return words.measure(measure), told, evidence.day(row["as_of"]), self._cited_facts(facts)

    def _cited_facts(self, fact_ids: Iterable[str]) -> str:
        return self._cited(self._document_of[one] for one in fact_ids if one in self._document_of)

    def _cited(self, document_ids: Iterable[str]) -> str:
        """Return the numbers under which documents stand among the sources."""
        numbers = sorted({self._numbers[one] for one in document_ids if one in self._numbers})
        return ", ".join(map(str, numbers))

    def _write_map(self, scene: Scene) -> None:
        self._head(scene.title)
        self._say(scene.subtitle)
        self._picture(map_png(scene), scene.title)
        source = retold_parts(self._districts.source)
        self._say(_("Boundaries: {source}.").format(source=source.rstrip(".")))

    def _write_timelines(self) -> None:
        """Write by months the flow that most units have something of, and the incidents."""
        drawn = {name: int(scene.drawn.notna().sum()) for name, scene in self._scenes.items()}
        flows = sorted(
            words.MEASURES.keys() - {INCIDENTS, *STOCK_MEASURES}, key=lambda m: (-drawn.get(m, 0), m)
        )
        flow = next(((name, *told) for name in flows if (told := self._bars(name))[0]), None)
        incidents = (INCIDENTS, _by_month(row["date"] for row in self._told), "")
        timelines = [one for one in (flow, incidents) if one and one[1]]
        if timelines:
            self._head(_("Timeline"))
        for measure, bars, unit in timelines:
            title = _("{measure} by month").format(measure=words.measure(measure))
            self._say(title)
            self._picture(timeline_png(bars, unit), title)
            self._say(_(_DATED) if measure == INCIDENTS else _(_AT_LEAST))

    def _bars(self, measure: str) -> tuple[list[Bar], str]:
        """Return a flow by months and its unit; nothing of one that is not asked for."""
        chosen = self._content.filter
        if chosen.measure not in {None, measure}:
            return [], ""
        table = bins(
            self._ledger,
            measure=measure,  # type: ignore[arg-type]  # one of the measures
            place_id=self._adm0,
            start=chosen.start,
            end=chosen.end,
        ).table
        rows = records(table)
        if not rows:
            return [], ""
        scale = scale_of(str(rows[0]["unit"]), table["upper"].dropna(), spoken())
        bars = [
            Bar(
                row["bin"], *(scale.shown(row[name]) if row[name] > 0 else 0.0 for name in ("value", "upper"))
            )
            for row in rows
        ]
        return bars, scale.unit_label

    def _write_units(self, scene: Scene) -> None:
        rows = [
            (unit["name"], unit["text"], self._cited_facts([*row["figure_ids"], *row["incident_ids"]]))
            for unit_id, unit in scene.paint["units"].items()
            if unit["text"] and (row := scene.totals[unit_id])
        ]
        self._head(scene.heading)
        self._table([words.capitalised(scene.unit_name), _("Value"), _("Sources")], rows)
        self._write_groups(scene)

    def _write_groups(self, scene: Scene) -> None:
        groups = records(newest_first(scene.content.groups))
        if not groups:
            return
        self._say(f"{words.groups_title(scene.unit_words)}. {_(GROUP)}")
        rows = [
            (
                evidence.joined(self._nesting.place(one).name for one in row["place_ids"]),
                scale_of(row["unit"], [row["value"]], spoken()).text(row["value"], row["qualifier"]),
                evidence.period(row["start"], row["end"], stock=scene.style.is_stock),
                self._cited_facts([*row["figure_ids"], *row["incident_ids"]]),
            )
            for row in groups[:MOST_ROWS]
        ]
        self._table([words.capitalised(scene.units_name), _("Value"), _("Period"), _("Sources")], rows)
        self._say(words.more(max(len(groups) - MOST_ROWS, 0)))

    @cached_property
    def _told(self) -> list[dict[str, Any]]:
        """Return the incidents that the filter leaves, the newest first, each once."""
        events = {row["event_id"]: row for row in self._content.events().values()}
        shown = {str(row["incident_id"]) for row in self._facts if "incident_id" in row}
        told = [row for row in events.values() if shown.intersection(row["incident_ids"])]
        return sorted(told, key=lambda row: (row["date"] or "", row["event_id"]), reverse=True)

    def _write_incidents(self) -> None:
        told = self._told
        if not told:
            return
        self._head(_("Incidents, the newest first"))
        rows = [
            (
                evidence.dated(row["date"]),
                evidence.joined(self._nesting.place(one).name for one in row["place_ids"]),
                words.device(row["device"] or "unknown"),
                evidence.toll(row),
                self._cited(row["document_ids"]),
            )
            for row in told[:MOST_ROWS]
        ]
        self._table([_("Date"), _("Place"), _("Device"), _("Harm"), _("Sources")], rows)
        self._say(words.more(max(len(told) - MOST_ROWS, 0)))

    def _write_sources(self) -> None:
        quotes = Quotes(self._content)
        self._head(_("Sources"))
        for document_id, row in self._documents.items():
            published = as_date(row["published"])
            told = [
                evidence.publisher(row),
                quotes.clean(row["title"], document_id),
                day(published) if published else _(words.NO_DATE),
                evidence.web_address(row["url"]),
                _(words.RETOLD) if row["retold"] else "",
            ]
            self._say(f"[{self._numbers[document_id]}] {'; '.join(filter(None, told))}")

    def _write_about(self) -> None:
        chosen, content = self._content.filter, self._content
        self._head(_("About this report"))
        left_out = words.left_out(**content.left_out, least=chosen.min_confidence)
        measure = words.measure(chosen.measure) if chosen.measure else ""
        licence = retold_parts(self._districts.licence)
        for text in (
            _(words.CAVEAT),
            measure,
            left_out,
            _(words.REDACTED) if content.redacted else "",
            _("Boundaries: {source}.").format(source=f"{retold_parts(self._districts.source)} ({licence})"),
            _("Made with geotrack {version}.").format(version=__version__),
            _("Made on {day}.").format(day=day(content.built_on)),
        ):
            self._say(text)


def _documents(facts: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return a row of each document that facts come from, the earliest published first."""
    rows = {str(row["document_id"]): row for row in facts}
    order = sorted(rows, key=lambda one: (as_text(rows[one]["title"]) or "", one))
    order.sort(key=lambda one: as_date(rows[one]["published"]) or dt.date.max)
    return {one: rows[one] for one in order}


def _by_month(dates: Iterable[str | None]) -> list[Bar]:
    """Return how many of some dates are of each month, the first to the last; a year alone is of none."""
    counted = Counter(date[:7] for date in dates if date and len(date) > len("2024"))
    if not counted:
        return []
    first, last = min(counted), max(counted)
    months = (
        f"{year}-{month:02}" for year in range(int(first[:4]), int(last[:4]) + 1) for month in range(1, 13)
    )
    return [Bar(one, float(counted[one]), float(counted[one])) for one in months if first <= one <= last]


def _plain(text: object) -> str:
    """Return text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub(" ", str(text or ""))
