"""Tables whose columns have the type that was said, and None where nothing is known."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as mappings by column name, numbers as Python's own, a missing one as None."""
    if table.empty:
        return []
    names = [str(name) for name in table.columns]
    columns = [_cells(column) for _, column in table.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _cells(column: pd.Series[Any]) -> list[Any]:
    cells = column.tolist()
    nullable = isinstance(column.dtype, pd.api.extensions.ExtensionDtype)
    return [None if cell is pd.NA else cell for cell in cells] if nullable else cells


def plain(value: object) -> object:
    """Return a cell in JSON types: days are ISO dates, what is not known or no number is None."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def rows_of(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return a table's rows in JSON types."""
    return [{name: plain(value) for name, value in row.items()} for row in records(table)]


def typed(
    rows: Iterable[Mapping[str, Any]],
    columns: Mapping[str, str] | Sequence[str],
    ids: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return rows as a table, column by column: pandas by itself would turn None into NaN.

    Parameters
    ----------
    rows
        Each has every column.
    columns
        Name to dtype; names alone are `object`.
    ids
        The rows' place ids, to be the index.
    """
    types = dict(columns) if isinstance(columns, Mapping) else dict.fromkeys(columns, "object")
    held = list(rows)
    if not held and ids is None:
        return _empty(tuple(types.items())).copy()
    index = None if ids is None else pd.Index(list(ids), name="place_id", dtype="object")
    data = {
        name: pd.Series([row[name] for row in held], index=index, dtype=dtype)
        for name, dtype in types.items()
    }
    return pd.DataFrame(data, index=index, columns=list(types))


@cache
def _empty(types: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Return a table without rows: most of those that are made have none, and making one is slow."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in types})
