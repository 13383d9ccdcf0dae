"""How long reconciling takes, how much memory, and what a plain sum would get wrong instead.

100,000 figures of 20,000 documents, most of them of things that several documents tell: a week or a month in
a district, in one telling of five under the country instead of the district. They are made here, so what is
true is known. The peer is what a user would write with pandas: add the figures of a place, or drop rows that
are alike and add. `make benchmarks`.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from statistics import median
from typing import Any

import pandas as pd
from table import Table

from geotrack import Gazetteer
from geotrack.analysis import Bins, Ledger, bins, totals
from geotrack.models import Measure
from geotrack.store.frames import FIGURE_COLUMNS

FIGURES, DOCUMENTS, TOLD = 100_000, 20_000, 5_000
# What must hold, in seconds and megabytes, on two shared cores.
RECONCILED, ADDED, TABLE, MEMORY, SERIES = 30.0, 0.2, 0.1, 1000.0, 1.0
MEASURES: tuple[Measure, ...] = (
    "mines_found", "items_found", "uxo_found", "ap_mines_found", "at_mines_found", "area_cleared",
)  # fmt: skip
# What is compared: a measure without parts of its own.
ASKED: Measure = "uxo_found"
REPEATS = 5
# Lengths of days that reports tell of: a day, a week, a month, a year.
LENGTHS = (1, 7, 30, 365)
A_DAY = (1000, 4000)
FIRST, SPAN = dt.date(2021, 1, 1), 1700
# One telling in five names the country where the others name the district.
WIDER = 0.2
COUNTRY = "UA"
KIBIBYTES_A_MEGABYTE = 1024

# A country, two of its oblasts and two raions of one of them, each with a running total a day; how much each
# may grow by in a day.
DAILY, PACES = 320, {"UA": 100, "UA-63": 60, "UA-14": 40, "UA6304": 20, "UA6312": 30}

Fact = tuple[Measure, int, str, dt.date, dt.date]


def facts(chance: random.Random, places: Sequence[str]) -> list[Fact]:
    """Return what happened: a measure, a value, a district, a first and a last day each.

    A day has never more than its week, nor that than its month or year: what is true contradicts nothing.
    """
    made: list[Fact] = []
    for _ in range(TOLD):
        start = FIRST + dt.timedelta(days=chance.randrange(SPAN))
        days = chance.choice(LENGTHS)
        value = days * chance.randrange(*A_DAY)
        made.append(
            (
                chance.choice(MEASURES),
                value,
                chance.choice(places),
                start,
                start + dt.timedelta(days=days - 1),
            )
        )
    return made


def daily(chance: random.Random) -> pd.DataFrame:
    """Return running totals of nested places, one a day for each."""
    rows = []
    for place, pace in PACES.items():
        total = 0
        for day in range(DAILY):
            total += chance.randrange(pace, 2 * pace)
            fact = (ASKED, total, place, FIRST, FIRST + dt.timedelta(days=day))
            rows.append(row(len(rows), fact, place, f"r{len(rows)}") | {"basis": "cumulative"})
    return pd.DataFrame(rows)


def row(number: int, fact: Fact, place: str, document: str) -> dict[str, Any]:
    """Return a row of the store's figures table."""
    measure, value, _, start, end = fact
    area = measure.startswith("area")
    told = {
        "figure_id": f"f{number:06}",
        "document_id": document,
        "measure": measure,
        "value": float(value),
        "value_max": float("nan"),
        "unit": "ha" if area else "count",
        "value_si": value * 1e4 if area else float(value),
        "unit_si": "m2" if area else "count",
        "qualifier": "exact",
        "basis": "period",
        "place_ids": [place],
        "start": start,
        "end": end,
        "text": str(value),
        "span_start": 0,
        "span_end": 4,
        "sentence": str(value),
        "sentence_start": 0,
        "sentence_end": 4,
        "confidence": 0.9,
        "rule": "found",
        "publisher": f"p{number % 60}",
        "published": end,
        "retold": False,
    }
    lists: dict[str, Any] = {name: [] for name in ("flags", "inferred", "done_by", "reported_by")}
    return {**dict.fromkeys(FIGURE_COLUMNS), **told, **lists}


def tellings(chance: random.Random, told: Sequence[Fact]) -> pd.DataFrame:
    """Return the figures of all documents: each tells some facts that others tell, too."""
    rows = []
    for number in range(FIGURES):
        fact = chance.choice(told)
        place = fact[2][:2] if chance.random() < WIDER else fact[2]
        rows.append(row(number, fact, place, f"d{number % DOCUMENTS:05}"))
    return pd.DataFrame(rows)


def measured(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of one core that some work takes, and what it returns."""
    started = time.process_time()
    made = work()
    return time.process_time() - started, made


def megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEGABYTE


def truth(told: Sequence[Fact], measure: Measure) -> float:
    """Return the most that facts of a country add up to which share no day and district."""
    kept = [fact for fact in told if fact[0] == measure and fact[2].startswith(COUNTRY)]
    return sum(_heaviest([fact for fact in kept if fact[2] == place]) for place in {fact[2] for fact in kept})


def _heaviest(facts_of_place: list[Fact]) -> float:
    ends = sorted(facts_of_place, key=lambda fact: fact[4])
    best: list[tuple[dt.date, float]] = [(dt.date.min, 0.0)]
    for _, value, _, start, end in ends:
        before = next(total for day, total in reversed(best) if day < start)
        best.append((end, max(best[-1][1], before + value)))
    return list(accumulate((total for _, total in best), max))[-1]


def naive(table: pd.DataFrame) -> pd.DataFrame:
    """Add the figures of each place, as a user of pandas would."""
    table = table.assign(place=table["place_ids"].str[0])
    return table.groupby(["measure", "place"], as_index=False)["value"].sum()


def without_repeats(table: pd.DataFrame) -> pd.DataFrame:
    """Drop rows alike in measure, value, place and days before adding."""
    table = table.assign(place=table["place_ids"].str[0])
    return naive(table.drop_duplicates(["measure", "value", "place", "start", "end"]))


def main() -> None:
    """Measure, compare with the peer, and fail if a limit is not kept."""
    chance = random.Random(5)  # noqa: S311 - made figures, no secrets
    gazetteer = Gazetteer.load()
    raions = [unit.id for unit in gazetteer.units("UA", "adm1")]
    places = [*raions, *[unit.id for unit in gazetteer.units("AZ", "adm1")]]
    told = facts(chance, places)
    table = tellings(chance, told)
    print(f"{FIGURES:,} figures of {DOCUMENTS:,} documents tell {TOLD:,} facts:\n")
    done = Table("", "measured", "limit")

    def reconciled() -> Ledger:
        made = Ledger(table, gazetteer)
        made.observations()
        return made

    def asked() -> pd.DataFrame:
        return totals(ledger, measure=ASKED, level="adm1", adm0=COUNTRY).table

    seconds, ledger = measured(reconciled)
    done.limited("reconciled from nothing", seconds, "s", RECONCILED)
    done.row("observations", f"{len(ledger.observations().items):,}")
    seconds, found = measured(asked)
    done.limited("table of a country, first asked for", seconds, "s")
    seconds = median(measured(asked)[0] for _ in range(REPEATS))
    done.limited("table of a country, again", seconds, "s", TABLE)

    def added(number: int) -> None:
        rows = [row(FIGURES + 5 * number + k, chance.choice(told), "UA-63", f"n{number}") for k in range(5)]
        ledger.add(pd.DataFrame(rows))
        ledger.observations()

    seconds = median(measured(lambda k=k: added(k))[0] for k in range(REPEATS))  # type: ignore[misc]
    done.limited("one document added", seconds, "s", ADDED)
    series = daily(chance)

    def drawn() -> Bins:
        return bins(Ledger(series, gazetteer), measure=ASKED, place_id=COUNTRY)

    seconds, _ = measured(drawn)
    done.limited(f"months of {len(series):,} nested running totals", seconds, "s", SERIES)
    done.limited("memory at most", megabytes(), "MB", MEMORY)
    compare(table, told, found)
    sys.exit(bool(done.missed))


def compare(table: pd.DataFrame, told: Sequence[Fact], found: pd.DataFrame) -> None:
    """Print what geotrack and the peer make of one measure in one country, beside what is true."""
    print("\nUnexploded objects found in Ukraine's oblasts, all time:\n")
    sums_of = Table("", "objects", "with what is told of the country")
    sums_of.row("what the facts support", f"{truth(told, ASKED):,.0f}")
    sums_of.row("geotrack", f"{found['value'].sum():,.0f}")
    for name, peer in (("pandas, sum", naive), ("pandas, repeats dropped, sum", without_repeats)):
        seconds, sums = measured(lambda peer=peer: peer(table))  # type: ignore[misc]
        units = sums[(sums["measure"] == ASKED) & sums["place"].str.startswith(COUNTRY)]
        oblasts = units.loc[units["place"] != COUNTRY, "value"].sum()
        sums_of.row(f"{name} ({seconds:.2f} s)", f"{oblasts:,.0f}", f"{units['value'].sum():,.0f}")


if __name__ == "__main__":
    main()
