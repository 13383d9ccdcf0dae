"""Gold from reviewed documents: what people hold true, in the form that `geotrack evaluate` compares with.

A folder with `gold.jsonl`, a document a line, and `docs/`, the documents as files that read the same again.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from geotrack.documents import Refused, read_file
from geotrack.evaluation.matching import is_place
from geotrack.evaluation.models import Neutral
from geotrack.models import Document, Figure, Incident, Place
from geotrack.store import ReviewedDocument

Row = dict[str, Any]

_ID = re.compile(r"[0-9a-f]+")
GOLD, DOCUMENTS = "gold.jsonl", "docs"
_FIGURE = ("measure", "value", "value_max", "unit", "qualifier", "basis", "start", "end", "part")
_INCIDENT = ("date", "killed", "injured", "casualties", "device", "victims")
_OPTIONAL = ("value_max", "part")


def export_gold(reviewed: Iterable[ReviewedDocument], folder: Path) -> list[tuple[Path, bool]]:
    """Write reviewed documents and their facts; return the file of each, and whether it reads the same.

    A document whose file would read otherwise (another title, other furniture) is written all the same.

    Parameters
    ----------
    reviewed
        The documents that are complete (`Store.reviewed`).
    folder
        Is made if need be. Gold that was exported into it before is replaced once the new one is whole;
        documents that are not complete any more go, other files stay.
    """
    kept = folder / DOCUMENTS
    kept.mkdir(parents=True, exist_ok=True)
    before = _exported(folder / GOLD)
    lines, written = [], []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".gold-") as name:
        draft = Path(name)
        for one in reviewed:
            lines.append(json.dumps(gold_row(one), ensure_ascii=False) + "\n")
            written.append(_write(one.document, draft))
            before.add(one.document.id)
        (draft / GOLD).write_text("".join(lines), "utf-8")
        for path, _same in written:
            path.replace(kept / path.name)
        (draft / GOLD).replace(folder / GOLD)
    files = [(kept / path.name, same) for path, same in written]
    new = {path for path, _ in files}
    for document_id in before:
        for stale in {kept / f"{document_id}.md", kept / f"{document_id}.jsonl"} - new:
            stale.unlink(missing_ok=True)
    return files


def _exported(gold: Path) -> set[str]:
    """Return the ids of the documents in an earlier export: only files of these are ever removed."""
    try:
        rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        return set()
    ids = {row.get("id") for row in rows if isinstance(row, dict)}
    return {one for one in ids if isinstance(one, str) and _ID.fullmatch(one)}


def gold_row(reviewed: ReviewedDocument) -> Row:
    """Return a document's line of gold."""
    document, facts = reviewed.document, reviewed.facts
    published = document.source.published
    return {
        "id": document.id,
        "published": published and published.isoformat(),
        "language": document.language,
        "figures": [_fact(one, _FIGURE) for one in facts if isinstance(one, Figure)],
        "incidents": [_fact(one, _INCIDENT) for one in facts if isinstance(one, Incident)],
    }


def _fact(fact: Figure | Incident, names: Sequence[str]) -> Row:
    told = {name: _plain(getattr(fact, name)) for name in names}
    row = {name: value for name, value in told.items() if name not in _OPTIONAL or value is not None}
    row |= {"places": [label(place) for place in fact.places], "evidence": fact.text}
    neutral = [flag for flag in fact.flags if flag in get_args(Neutral)]
    others = [flag for flag in fact.flags if flag not in neutral]
    return row | dict.fromkeys(neutral, True) | ({"flags": others} if others else {})


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field of any type
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def label(place: Place) -> str:
    """Return how gold names a place: `AZ-AGM`, `UA-63/Izium raion`, `AZ-AGM/Qarvand`.

    A place that its parent and name do not tell goes by its id.
    """
    name = place.name
    if place.level == "adm2" and name.endswith(" Raion"):
        name = f"{name.removesuffix(' Raion')} raion"
    named = f"{place.adm1}/{name}"
    told = place.level in {"adm2", "settlement"} and place.adm1 not in {None, place.id}
    return named if told and is_place(named, place) else place.id


# documents -----------------------------------------------------------------------------------------


def _write(document: Document, folder: Path) -> tuple[Path, bool]:
    """Write a document as Markdown, as a row of JSON where Markdown would not keep its text."""
    path = _markdown(document, folder)
    if not _reads_as(path, document):
        path.unlink()
        path = _row(document, folder)
    return path, _reads_as(path, document)


def _reads_as(path: Path, document: Document) -> bool:
    found = [*read_file(path)]
    if len(found) != 1 or isinstance(found[0], Refused):
        return False
    own = replace(document.source, path=str(path))
    return found[0] == replace(document, source=own, row_id=found[0].row_id)


def _stated(document: Document) -> Row:
    """Return what a file has to state of a document beside its text."""
    source = document.source
    told = {
        "title": document.title,
        "publisher": source.publisher,
        "published": source.published and source.published.isoformat(),
        "language": document.language,
        "url": source.url,
        "origin": source.origin,
        "retold": source.retold,
    }
    return {name: value for name, value in told.items() if value}


def _markdown(document: Document, folder: Path) -> Path:
    import yaml  # type: ignore[import-untyped, unused-ignore]

    head = yaml.safe_dump(_stated(document), allow_unicode=True, sort_keys=False)
    path = folder / f"{document.id}.md"
    path.write_bytes(f"---\n{head}---\n{document.text}\n".encode())
    return path


def _row(document: Document, folder: Path) -> Path:
    row = {"id": document.id, **_stated(document), "text": document.text}
    path = folder / f"{document.id}.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    return path
