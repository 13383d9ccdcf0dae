"""Fields of facts as people type them: `value=13 places=AZ-AGM,AZ-FUZ start=`, and words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from geotrack.errors import UsageError
from geotrack.models import Document, Span

if TYPE_CHECKING:
    from geotrack.gazetteer import Gazetteer


class FactKind(StrEnum):
    """The kinds of facts that a person may add."""

    figure = "figure"
    incident = "incident"


_LISTS = ("place_ids", "done_by", "reported_by", "victims", "flags")
_NUMBERS = ("value", "value_max", "value_si")
_COUNTS = ("killed", "injured", "casualties")


def fields_of(told: Iterable[str], gazetteer: Gazetteer) -> dict[str, Any]:
    """Return fields from `NAME=VALUE`, in the types of corrections; nothing behind the sign is None.

    Raises
    ------
    UsageError
        If there is no sign, a number is none, or a place is unknown or ambiguous.
    """
    fields: dict[str, Any] = {}
    for one in told:
        name, sign, value = one.partition("=")
        if not sign:
            raise UsageError(f"{one!r} is no field. Write NAME=VALUE, as value=13.")
        if name == "places":
            name, places = "place_ids", _typed("place_ids", value)
            fields[name] = [gazetteer.meant(place).id for place in places]
        else:
            fields[name] = _typed(name, value.strip())
    return fields


def _typed(name: str, value: str) -> Any:  # noqa: ANN401 - the field's type
    if name in _LISTS:
        return [item.strip() for item in value.split(",") if item.strip()]
    if not value:
        return None
    if name not in (*_NUMBERS, *_COUNTS):
        return value
    try:
        number = float(value)
    except ValueError:
        raise UsageError(f"{name}={value} is no number. Write it with a point and without commas.") from None
    return int(number) if number.is_integer() else number


def found_words(document: Document, words: str, occurrence: int | None) -> Span:
    """Return where words stand in a document; `occurrence` counts from 1.

    Raises
    ------
    UsageError
        If the text does not have them so often, or has them more than once and none is chosen.
    """
    spans = [match.span() for match in re.finditer(re.escape(words), document.text)] if words else []
    if not spans:
        raise UsageError(f"The text of {document.id} does not have the words {words!r}.")
    if len(spans) > 1 and occurrence is None:
        raise UsageError(f"The text has these words {len(spans)} times. Say which: --occurrence 1.")
    if (occurrence or 1) > len(spans):
        raise UsageError(f"The text has these words {len(spans)} times only.")
    return spans[(occurrence or 1) - 1]
