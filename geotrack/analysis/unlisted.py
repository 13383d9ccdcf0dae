# ruff: noqa: RUF001, RUF003 - the words are Azerbaijani, Ukrainian and Russian
"""Villages that sentences name and no list of places has: their facts stand at the unit around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from geotrack.analysis.tables import records, typed

UNLISTED_COLUMNS = {
    "name": "object",
    "n_documents": "int64",
    "figure_ids": "object",
    "incident_ids": "object",
}
_LETTER = "A-ZƏÖÜĞÇŞİА-ЯЁЇІЄҐ"
_NO_NAME = "(?:A|An|Another|Bir|Bu|Each|Every|Her|His|In|Its|No|O|One|Some|That|The|Their|This|Those|Two)"
_NAME = rf"(?!{_NO_NAME}\b)[{_LETTER}][\w'’ʼ-]+(?: [{_LETTER}][\w'’ʼ-]+)?"
# The word for a village and the name beside it; what goes on as "kənd təsərrüfatı" is agriculture.
_VILLAGE = re.compile(
    rf"\b[Vv]illages? of (?P<of>{_NAME})"
    rf"|\b(?P<before>{_NAME}) (?:village\b|kənd(?!\w* təsərrüfat)\w*|qəsəbə\w*)"
    rf"|\b(?:[Сс]ел(?:о|і|а|у|е|ом)|[Сс]елищ(?:е|і|а|у|ем)|[Дд]еревн(?:я|е|и|ю|ей)"
    rf"|[Пп]ос[её]л(?:ок|к[аеу]|ком)|с\.) (?P<behind>{_NAME})"
)


def unlisted_villages(facts: Iterable[pd.DataFrame], mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the villages that the sentences of facts name and that no pack of places has.

    Parameters
    ----------
    facts
        The store's figures, its incidents, or both: `document_id`, `sentence`, `sentence_start`, and
        `figure_id` or `incident_id`; not changed.
    mentions
        The store's mentions (`document_id`, `span_start`, `span_end`): what they cover is known.

    Returns
    -------
    villages
        One row per name as it is written, those named by most facts first: `n_documents`, `figure_ids` and
        `incident_ids` of the facts whose sentences name it.
    """
    named = [found for table in facts for row in records(table) for found in _named(row)]
    known = _spans(mentions, {row["document_id"] for _name, _span, row in named})
    villages: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for name, (start, end), row in named:
        if any(first < end and last > start for first, last in known[row["document_id"]]):
            continue
        told = villages[name]
        told["documents"][row["document_id"]] = None
        kind = "figure_id" if "figure_id" in row else "incident_id"
        told[kind][row[kind]] = None
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "n_documents": len(told["documents"]),
            "figure_ids": list(told["figure_id"]),
            "incident_ids": list(told["incident_id"]),
        }
        for name, told in villages.items()
    ]
    rows.sort(key=lambda row: (-len(row["figure_ids"]) - len(row["incident_ids"]), row["name"]))
    return typed(rows, UNLISTED_COLUMNS)


def _named(row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, int], Mapping[str, Any]]]:
    """Yield each village that a fact's sentence names, with its place in the document."""
    for match in _VILLAGE.finditer(row["sentence"]):
        name = str(match.lastgroup)
        start = int(row["sentence_start"])
        yield match[name], (start + match.start(name), start + match.end(name)), row


def _spans(mentions: pd.DataFrame, document_ids: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Return where some documents name places that are known."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    here = mentions[mentions["document_id"].isin(document_ids)]
    columns = (here[name].tolist() for name in ("document_id", "span_start", "span_end"))
    for document_id, start, end in zip(*columns, strict=True):
        found[document_id].append((int(start), int(end)))
    return found
