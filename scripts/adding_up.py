"""Write the tables of `docs/adding-up.md`: what the shipped reports add up to, beside what a plain sum says.

`python scripts/adding_up.py` reads the reports and writes the tables between the markers of the page;
`--check` says whether they are up to date.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from geotrack import Gazetteer, Options, Reader, Store, ingest, reports_folder
from geotrack.analysis import Ledger, Observation, total
from geotrack.models import Measure

PAGE = Path(__file__).resolve().parent.parent / "docs" / "adding-up.md"
OPENING, CLOSING = "<!-- tables: python scripts/adding_up.py -->\n", "<!-- end of tables -->\n"
HECTARE = 1e4
# How many days the regular reports speak of.
WEEK, MONTH, YEAR = range(4, 11), range(28, 34), range(365, 367)
DAY = dt.timedelta(days=1)
# Values this near are roundings of one.
ROUNDED = 0.01
# From this day on the weekly text names all operators; before, it is the agency's own work (see the page).
ALL_OPERATORS = dt.date(2024, 2, 1)
Cells = Sequence[object]


@dataclass
class Sources:
    """The pages that numbers come from, numbered as they are first cited."""

    urls: pd.Series
    cited: dict[str, int] = field(default_factory=dict)

    def note(self, documents: Iterable[str]) -> str:
        """Return the numbers of the documents' pages as a note: " [1, 4]"."""
        urls = sorted({str(self.urls[one]) for one in documents})
        numbers = sorted(self.cited.setdefault(url, len(self.cited) + 1) for url in urls)
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    def lines(self) -> Iterator[str]:
        """Yield one line a page."""
        for url, number in self.cited.items():
            yield f"{number}. <{url}>"


@dataclass
class Series:
    """One agency's reports of one measure in one country."""

    ledger: Ledger
    figures: pd.DataFrame
    sources: Sources
    measure: Measure
    country: str

    @property
    def unit(self) -> float:
        """SI units in what the tables show: hectares, or pieces."""
        return HECTARE if self.measure.startswith("area") else 1.0

    def stated(self, lengths: range, window: tuple[dt.date, dt.date]) -> list[Observation]:
        """Return what is stated for a stretch of so many days inside a window, the whole before its parts.

        Where several tell the same days (a district's share, another outlet's rounding), the largest exact
        one stands.
        """
        found: dict[tuple[dt.date, dt.date], Observation] = {}
        for one in self.ledger.observations(self.measure).items:
            if one.start is None or one.end is None or not self.is_here(one):
                continue
            inside = window[0] <= one.start and one.end <= window[1]
            if inside and (one.end - one.start).days + 1 in lengths:
                told = found.setdefault((one.start, one.end), one)
                if self.is_better(one, told):
                    found[one.start, one.end] = one
        return apart(sorted(found.values(), key=lambda one: (one.end, one.start)))

    def is_better(self, one: Observation, told: Observation) -> bool:
        """Tell whether an observation is the whole of another, or says the same more precisely."""
        if abs(one.value - told.value) <= ROUNDED * told.value:
            return one.step < told.step
        return (one.qualifier == "exact", one.value) > (told.qualifier == "exact", told.value)

    def is_here(self, one: Observation) -> bool:
        """Tell whether all places of an observation are in the country."""
        return all(place.split(":")[0].split("-")[0][:2] == self.country for place in one.place_ids)

    def naive(self, window: tuple[dt.date, dt.date]) -> tuple[float, int]:
        """Return the sum of all figures whose last day lies in a window, and how many they are."""
        ends = self.figures["end"].map(lambda day: day is not None and window[0] <= day <= window[1])
        here = self.figures["place_ids"].map(lambda ids: any(one[:2] == self.country for one in ids))
        rows = self.figures[ends & here & (self.figures["measure"] == self.measure)]
        return float(rows["value_si"].sum()) / self.unit, len(rows)

    def said(self, value: float | None, qualifier: str | None = None) -> str:
        """Return a value as the tables show it."""
        if value is None:
            return "-"
        sign = {"at_least": "≥ ", "approx": "≈ ", "at_most": "≤ "}.get(qualifier or "", "")
        return f"{sign}{value / self.unit:,.1f}".removesuffix(".0")

    def told(self, items: Sequence[Observation]) -> str:
        """Return the sum of some observations with the pages that state them."""
        if not items:
            return "-"
        documents = [document for one in items for document in one.document_ids]
        return self.said(sum(one.value for one in items)) + self.sources.note(documents)


def apart(items: Iterable[Observation]) -> list[Observation]:
    """Return observations of which no two share a day, the earlier first."""
    kept: list[Observation] = []
    for one in items:
        if one.start and (not kept or not kept[-1].end or one.start > kept[-1].end):
            kept.append(one)
    return kept


def table(head: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield "| " + " | ".join(map(str, head)) + " |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"
    yield ""


def year_of(year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def running(series: Series, window: tuple[dt.date, dt.date]) -> list[Observation]:
    """Return the differences of running totals inside a window of which no two share a day."""
    grown = [
        one
        for one in series.ledger.standing(series.measure)
        if one.derived == "difference"
        and one.start
        and one.end
        and window[0] <= one.start
        and one.end <= window[1]
        and series.is_here(one)
    ]
    return apart(sorted(grown, key=lambda one: (one.end, -one.value)))


def years(series: Series, first: int, last: int) -> Iterator[str]:
    """Yield the table of years: plain sum, total, what is stated for the year, and what its parts come to."""
    rows = []
    for year in range(first, last + 1):
        window = year_of(year)
        found = total(
            series.ledger, measure=series.measure, place_id=series.country, start=window[0], end=window[1]
        )
        naive, count = series.naive(window)
        official = series.stated(YEAR, window)
        weeks, months, grown = (
            series.stated(WEEK, window),
            series.stated(MONTH, window),
            running(series, window),
        )
        rows.append(
            (
                year,
                f"{naive:,.0f} ({count})",
                series.said(found.value_si, found.qualifier),
                series.told(official[:1]),
                f"{len(weeks)}: {series.told(weeks)}",
                f"{len(months)}: {series.told(months)}",
                f"{sum((one.end - one.start).days + 1 for one in grown if one.start and one.end)} days: "
                + series.told(grown),
            )
        )
    head = (
        "year",
        "plain sum (figures)",
        "geotrack",
        "stated for the year",
        "weeks read: their sum",
        "months read: their sum",
        "growth of running totals",
    )
    yield from table(head, rows)


def months(series: Series, first: int, last: int) -> Iterator[str]:
    """Yield the table of months that are stated, against the weeks inside."""
    rows = []
    for month in series.stated(MONTH, (year_of(first)[0], year_of(last)[1])):
        if month.start is None or month.end is None:
            continue
        window = month.start, month.end
        found = total(
            series.ledger, measure=series.measure, place_id=series.country, start=window[0], end=window[1]
        )
        naive, count = series.naive(window)
        weeks = series.stated(WEEK, window)
        days = sum((one.end - one.start).days + 1 for one in weeks if one.start and one.end)
        rest = month.value - sum(one.value for one in weeks)
        rows.append(
            (
                f"{month.start} to {month.end}",
                f"{naive:,.0f} ({count})",
                series.said(found.value_si, found.qualifier),
                series.told([month]),
                f"{len(weeks)}: {series.told(weeks)}",
                verdict(series, rest, days, (month.end - month.start).days + 1, month.start),
            )
        )
    head = ("month", "plain sum (figures)", "geotrack", "stated", "weeks inside: their sum", "do they agree?")
    yield from table(head, rows)


def verdict(series: Series, rest: float, days: int, length: int, start: dt.date) -> str:
    """Say whether weeks fit into their month, and what may be the reason if they are far from filling it."""
    if not days:
        return "no week read"
    if rest < 0:
        return f"no: the weeks are {series.said(-rest)} more"
    left = f"{series.said(rest)} left for {length - days} days without a week"
    if start < ALL_OPERATORS:
        return f"weeks: the agency alone; month: all operators or the agency; {left}"
    return f"yes: {left}"


def gaps(series: Series, first: int, last: int) -> Iterator[str]:
    """Yield the weeks of each year, by their Mondays, of which no report was read, and the months."""
    for year in range(first, last + 1):
        window = year_of(year)
        told = series.stated(WEEK, (window[0] - 7 * DAY, window[1] + 7 * DAY))
        monday = window[0] + (7 - window[0].weekday()) % 7 * DAY
        mondays = [monday + 7 * k * DAY for k in range(53) if (monday + 7 * k * DAY).year == year]
        missing = [
            day
            for day in mondays
            if not any(o.start <= day + DAY <= o.end for o in told if o.start and o.end)
        ]
        known = {one.start.month for one in series.stated(MONTH, window) if one.start}
        lacking = [dt.date(year, month, 1).strftime("%b") for month in range(1, 13) if month not in known]
        yield (
            f"- **{year}**: no report of {len(missing)} of {len(mondays)} weeks"
            f" (Mondays {spans(missing)}); no monthly figure of {', '.join(lacking) or 'none'}."
        )
    yield ""


def spans(mondays: Sequence[dt.date]) -> str:
    """Return Mondays as stretches: "2 Jan-13 Feb, 6 Mar"."""
    stretches: list[list[dt.date]] = []
    for day in mondays:
        if stretches and day - stretches[-1][-1] == 7 * DAY:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    ends = ([one[0]] if len(one) == 1 else [one[0], one[-1]] for one in stretches)
    return ", ".join("-".join(f"{day.day} {day:%b}" for day in pair) for pair in ends) or "none"


def disagreements(series: Series) -> Iterator[str]:
    """Yield the conflicts of a measure: what is told of the same days and places with different values."""
    rows = []
    for one in series.ledger.observations(series.measure).conflicts:
        if not series.is_here(one.preferred):
            continue
        documents = [document for part in one.observations for document in part.document_ids]
        low, high = (f(part.value for part in one.observations) for f in (min, max))
        rows.append(
            (
                f"{one.preferred.start or '…'} to {one.preferred.end or '…'}",
                series.said(low),
                series.said(high),
                series.said(one.preferred.value),
                one.reason + series.sources.note(documents),
            )
        )
    yield from table(("days", "low", "high", "preferred", "why"), rows)


def tables() -> str:
    """Read the reports and return all tables."""
    gazetteer = Gazetteer.load()
    with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder) / "reports.db")) as store:
        ingest(store, Reader(gazetteer), [reports_folder()], Options())
        figures, incidents, documents = store.figures(), store.incidents(), store.documents()
    sources = Sources(documents.set_index("document_id")["url"])
    ledger = Ledger(figures, gazetteer, incidents=incidents)

    def series(measure: Measure, country: str) -> Series:
        return Series(ledger, figures, sources, measure, country)

    cleared, mines = series("area_cleared", "AZ"), series("mines_found", "AZ")
    items, surveyed = series("items_found", "UA"), series("area_surveyed", "UA")
    lines = [
        f"{len(documents)} documents, {len(figures):,} figures.\n",
        *("### Azerbaijan: land cleared, hectares\n", *years(cleared, 2021, 2025)),
        *("### Azerbaijan: land cleared, month by month\n", *months(cleared, 2021, 2025)),
        *("### Azerbaijan: mines found\n", *years(mines, 2021, 2025)),
        *("### Ukraine: explosive objects found\n", *years(items, 2022, 2026)),
        *("### Ukraine: land surveyed, hectares\n", *years(surveyed, 2022, 2026)),
        *("### Gaps\n", "Azerbaijan, land cleared:\n", *gaps(cleared, 2021, 2025)),
        *("Ukraine, explosive objects found:\n", *gaps(items, 2022, 2025)),
        *("### Where sources disagree: land cleared in Azerbaijan, hectares\n", *disagreements(cleared)),
        *("### Where sources disagree: explosive objects found in Ukraine\n", *disagreements(items)),
        *("### Sources\n", *sources.lines(), ""),
    ]
    return "\n".join(lines)


def main() -> None:
    """Write the tables into the page, or check that they are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(OPENING)[0], text.split(CLOSING)[1]
    made = f"{before}{OPENING}\n{tables()}\n{CLOSING}{after}"
    if not parser.parse_args().check:
        PAGE.write_text(made, encoding="utf-8")
    elif made != text:
        sys.exit("run python scripts/adding_up.py: docs/adding-up.md is out of date")


if __name__ == "__main__":
    main()
