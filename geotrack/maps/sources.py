"""Whose reports a map rests on: publishers with how many reports, of which days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from geotrack.analysis.tables import records
from geotrack.languages import gettext as _
from geotrack.maps import evidence, words
from geotrack.maps.evidence import Quoting

REPORTS_LISTED = 400


def listed(facts: Iterable[pd.DataFrame], quoting: Quoting, most: int = REPORTS_LISTED) -> dict[str, Any]:
    """Return the publishers of some facts, the one with most reports first, and the newest reports.

    Parameters
    ----------
    facts
        Rows of the store's figures and incidents.
    quoting
        How titles are quoted.
    most
        How many reports are listed one by one; the rest is counted.

    Returns
    -------
    sources
        `publishers`: `name`, `count` (as `12 reports`), `days` (from the first to the last publication);
        `reports`: `title`, `publisher`, `published`, `url`; `more` says how many others there are; `count` is
        of all reports.
    """
    columns = ["document_id", "title", "publisher", "published", "url"]
    rows = pd.concat([table[columns].astype("object") for table in facts]).drop_duplicates("document_id")
    known = rows.assign(
        publisher=[evidence.publisher(row) for row in records(rows)],
        day=[str(day) if isinstance(day, str) or not pd.isna(day) else "" for day in rows["published"]],
    ).sort_values(["day", "document_id"], ascending=[False, True])
    grouped = sorted(
        ((str(name), part) for name, part in known.groupby("publisher", sort=True)),
        key=lambda pair: (-len(pair[1]), pair[0]),
    )
    return {
        "count": words.reports(len(known)),
        "publishers": [
            {"name": name, "count": words.reports(len(part)), "days": _span(part)} for name, part in grouped
        ],
        "reports": [_report(row, quoting) for row in records(known.head(most))],
        "more": words.more(max(len(known) - most, 0)),
    }


def _span(part: pd.DataFrame) -> str:
    """Return the first and the last day of publication."""
    dated = part[part["day"] != ""]
    if dated.empty:
        return _(words.NO_DATE)
    first, last = evidence.day(dated["published"].iloc[-1]), evidence.day(dated["published"].iloc[0])
    return first if first == last else f"{first} \N{EN DASH} {last}"


def _report(row: dict[str, Any], quoting: Quoting) -> dict[str, str]:
    title = row["title"]
    return {
        "title": quoting.clean(title.strip(), row["document_id"]) if isinstance(title, str) else "",
        "publisher": row["publisher"],
        "published": evidence.dated(row["published"]),
        "url": evidence.web_address(row["url"]),
    }
