"""The languages of the interface: which one is spoken, its texts, its numbers and dates.

A text's id is its English wording. `gettext` and `ngettext` answer in the language that is spoken now,
which an edge (the command line, a page of the app, a saved map) sets with `speak` or `speaking`.
"""

from __future__ import annotations

from geotrack.languages.choosing import LANGUAGES, NAMES, negotiate, of_environment
from geotrack.languages.formats import (
    alphabetical,
    day,
    days_between,
    listed,
    month,
    number,
    percent,
    quarter,
)
from geotrack.languages.retelling import retold
from geotrack.languages.speaking import (
    gettext,
    ngettext,
    no_translation,
    pgettext,
    speak,
    speaking,
    spoken,
)

__all__ = [
    "LANGUAGES",
    "NAMES",
    "alphabetical",
    "day",
    "days_between",
    "gettext",
    "listed",
    "month",
    "negotiate",
    "ngettext",
    "no_translation",
    "number",
    "of_environment",
    "percent",
    "pgettext",
    "quarter",
    "retold",
    "speak",
    "speaking",
    "spoken",
]
