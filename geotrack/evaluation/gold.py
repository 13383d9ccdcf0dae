"""Gold files: JSON Lines with what a person read in each document, checked line by line."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from geotrack.errors import GeotrackError
from geotrack.evaluation.models import NO_TRAP, GoldDocument, GoldFigure, GoldIncident, Neutral
from geotrack.models import Measure, Qualifier, Unit

Row = Mapping[str, Any]
_T = TypeVar("_T")

_COMMON = ("places", "evidence", "ambiguous_fields", "trap", "note", "flags", "part", *get_args(Neutral))
_FIGURE_KEYS = (
    *("measure", "value", "value_max", "unit", "qualifier", "basis", "start", "end"),
    *("alt_measures", "alt_places", "malformed", *_COMMON),
)
_INCIDENT_KEYS = ("date", "killed", "injured", "casualties", "device", "victims", *_COMMON)
_DOCUMENT_KEYS = ("id", "published", "language", "figures", "incidents", "trap", "note")
_UNITS = (*get_args(Unit), "%")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INCIDENT_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
# A key that is nobody's but this near to one of ours is a slip, and would change the score silently.
_LIKENESS_OF_A_SLIP = 0.85
_SHOWN_LINES = 5


class GoldError(GeotrackError):
    """A gold file that cannot be used; `line` counts from 1, and is None where the whole file is meant."""

    def __init__(self, path: str, problem: str, line: int | None = None, more: tuple[int, ...] = ()) -> None:
        self.path, self.problem, self.line, self.more = path, problem, line, more
        where = path if line is None else f"{path}, line {line}"
        shown = ", ".join(map(str, more[:_SHOWN_LINES])) + (", …" if len(more) > _SHOWN_LINES else "")
        also = f" (also wrong: {len(more)} more, line {shown})" if more else ""
        super().__init__(f"{where}: {problem}{also}")


class _FormError(Exception):
    """What is wrong with a line of gold, or with a field of it."""


def load_gold(path: str | Path) -> tuple[GoldDocument, ...]:
    """Return the documents of a gold file, in its order.

    Raises
    ------
    GoldError
        If the file cannot be read, holds no document, or a line is no gold: the first such line is told
        with what is wrong, the others by number.
    """
    found: dict[str, GoldDocument] = {}
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(_lines(Path(path)), 1):
        if not line.strip():
            continue
        try:
            document = _parsed(line, found)
            found[document.id] = document
        except _FormError as error:
            wrong.append((number, str(error)))
    if wrong:
        (number, problem), *rest = wrong
        raise GoldError(str(path), problem, number, tuple(line for line, _ in rest))
    if not found:
        raise GoldError(str(path), "there is no annotated document in it. Write one JSON object a line.")
    return tuple(found.values())


def _lines(path: Path) -> list[str]:
    try:
        # Only line feeds end a line: JSON strings may hold the other separators that splitlines() knows.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(str(path), f"byte {error.start} is not UTF-8. Save the file as UTF-8.") from error
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error}). Check the path."
        raise GoldError(str(path), problem) from error


def _parsed(line: str, earlier: Iterable[str]) -> GoldDocument:
    """Return the document of a line, whose id must be new; _FormError says what is wrong with it."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise _FormError(f"it is no JSON: {error.msg} at character {error.colno}.") from error
    except (RecursionError, ValueError) as error:
        raise _FormError("a number in it is too long, or it is nested too deeply, to be gold.") from error
    row = _object(row)
    _check_keys(row, _DOCUMENT_KEYS)
    trap = _text(row, "trap") or NO_TRAP
    name = _id(row)
    if name in earlier:
        raise _FormError(f"there is an earlier line with the id {name!r}. Keep one of them.")
    return GoldDocument(
        name, _facts(row, "figures", trap, _figure), _facts(row, "incidents", trap, _incident), trap
    )


def _id(row: Row) -> str:
    found = row.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
        raise _FormError('it has no "id". Give the stem of the document\'s file, or the id of its row.')
    return str(found)


def _facts(row: Row, key: str, trap: str, parse: Callable[[Row, str], _T]) -> tuple[_T, ...]:
    rows = row.get(key, [])
    if not isinstance(rows, list):
        raise _FormError(f'"{key}" must be a list, not {_shown(rows)}.')
    found = []
    for number, fact in enumerate(rows, 1):
        try:
            found.append(parse(_object(fact), trap))
        except _FormError as error:
            raise _FormError(f"{key[:-1]} {number}: {error}") from error
    return tuple(found)


def _object(value: object) -> Row:
    if not isinstance(value, dict):
        raise _FormError(f"it must be a JSON object, not {_shown(value)}.")
    return value


def _figure(row: Row, trap: str) -> GoldFigure:
    _check_keys(row, _FIGURE_KEYS)
    value = _number(row, "value")
    if value is None:
        raise _FormError('it has no "value".')
    return GoldFigure(
        measure=_word(row.get("measure"), "measure", get_args(Measure)),
        value=value,
        value_max=_number(row, "value_max"),
        unit=_word(row.get("unit") or "count", "unit", _UNITS),
        qualifier=_word(row.get("qualifier") or "exact", "qualifier", get_args(Qualifier)),
        start=_day(row, "start"),
        end=_day(row, "end"),
        alt_measures=tuple(_word(one, "measure", get_args(Measure)) for one in _texts(row, "alt_measures")),
        alt_places=_texts(row, "alt_places"),
        **_shared(row, trap),
    )


def _incident(row: Row, trap: str) -> GoldIncident:
    _check_keys(row, _INCIDENT_KEYS)
    date = _text(row, "date")
    if date is not None and not _is_incident_date(date):
        raise _FormError(f'"date" is {_shown(date)}. Write 2024-12-31, 2024-12 or 2024, or null.')
    return GoldIncident(
        date=date,
        killed=_count(row, "killed"),
        injured=_count(row, "injured"),
        casualties=_count(row, "casualties"),
        device=_text(row, "device"),
        **_shared(row, trap),
    )


def _shared(row: Row, trap: str) -> dict[str, Any]:
    return {
        "places": _texts(row, "places"),
        "evidence": _text(row, "evidence") or "",
        "neutral": tuple(label for label in get_args(Neutral) if _yes(row, label)),
        "ambiguous_fields": frozenset(_texts(row, "ambiguous_fields")),
        "trap": _text(row, "trap") or trap,
        "note": _text(row, "note") or "",
    }


# single fields: each is checked, and _FormError says what to write ----------------------------------


def _check_keys(row: Row, known: Iterable[str]) -> None:
    """Refuse a key that looks like a slip of the pen; other keys of their own are let be."""
    known = tuple(known)
    for key in row:
        near = key not in known and get_close_matches(key, known, 1, _LIKENESS_OF_A_SLIP)
        if near:
            raise _FormError(f'the key "{key}" is unknown. Is "{near[0]}" meant?')


def _word(value: object, key: str, words: tuple[_T, ...]) -> _T:
    for word in words:
        if value == word:
            return word
    near = get_close_matches(str(value), [str(word) for word in words], 1)
    remedy = f"Is {near[0]!r} meant?" if near else f"Write one of: {', '.join(map(str, words))}."
    raise _FormError(f'"{key}" is {_shown(value)}. {remedy}')


def _text(row: Row, key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise _FormError(f'"{key}" must be a text, not {_shown(value)}.')
    return value


def _texts(row: Row, key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _FormError(f'"{key}" must be a list of texts, not {_shown(value)}.')
    return tuple(value)


def _yes(row: Row, key: str) -> bool:
    value = row.get(key) or False
    if not isinstance(value, bool):
        raise _FormError(f'"{key}" must be true or false, not {_shown(value)}.')
    return value


def _number(row: Row, key: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise _FormError(f'"{key}" must be a number, not {_shown(value)}.')
    return float(value)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _count(row: Row, key: str) -> int | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _FormError(f'"{key}" must be a count of people or null, not {_shown(value)}.')
    return value


def _day(row: Row, key: str) -> dt.date | None:
    value = _text(row, key)
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass  # a day that the calendar lacks is told like any other wrong one
    raise _FormError(f'"{key}" is {_shown(value)}. Write a day as 2024-12-31, or null.')


def _is_incident_date(text: str) -> bool:
    if not _INCIDENT_DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _shown(value: object, length: int = 40) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= length else text[: length - 1] + "…"
