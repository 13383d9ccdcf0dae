"""Data folded for a page: what stands in it twice is written once, then compressed."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Hashable, Mapping
from typing import Any


def fold(value: object) -> dict[str, Any]:
    """Return plain JSON data as a table in which equal parts are one row; `assets/folded.js` reads it.

    Returns
    -------
    folded
        `keys`: the names of each kind of object; `rows`: numbers, strings, true, false and null as they are,
        a list as `[0, row, …]`, an object of kind n as `[n + 1, row, …]`. The last row is the value.
    """
    keys: dict[tuple[str, ...], int] = {}
    known: dict[Hashable, int] = {}
    rows: list[Any] = []

    def row_of(part: object) -> int:
        if isinstance(part, Mapping):
            kind = keys.setdefault(tuple(part), len(keys)) + 1
            row: Any = (kind, *map(row_of, part.values()))
            name: Hashable = row
        elif isinstance(part, list | tuple):
            row = name = (0, *map(row_of, part))
        else:
            row, name = part, (type(part), part)  # 1, 1.0 and True are equal, and not the same
        if name not in known:
            known[name] = len(rows)
            rows.append(row)
        return known[name]

    row_of(value)
    return {"keys": [*keys], "rows": rows}


def unfold(folded: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever was folded
    """Return what was folded."""
    made: list[Any] = []
    for row in folded["rows"]:
        if not isinstance(row, list | tuple):
            made.append(row)
        elif row[0] == 0:
            made.append([made[at] for at in row[1:]])
        else:
            made.append(dict(zip(folded["keys"][row[0] - 1], (made[at] for at in row[1:]), strict=True)))
    return made[-1]


def pack(value: object) -> str:
    """Return plain JSON data folded and compressed (zlib, base64): the same for the same data."""
    text = json.dumps(fold(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def unpack(text: str) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what was packed."""
    return unfold(json.loads(zlib.decompress(base64.b64decode(text))))
