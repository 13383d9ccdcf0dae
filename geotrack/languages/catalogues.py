"""The catalogues: one gettext file a language, read as it stands, so that nothing compiled goes stale."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from geotrack.languages.choosing import FIRST, NAMES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

DOMAIN = "geotrack"
# What is told in tables and errors, in English for good; `retelling` finds these again.
RETOLD = "told"


@cache
def catalogue(language: str) -> Catalog:
    """Return a language's catalogue as it stands in its file."""
    from babel.messages.pofile import read_po

    path = files("geotrack") / "translations" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


@cache
def translations(locale: str) -> gettext.NullTranslations:
    """Return the texts of a locale; those of a language that has no catalogue are English."""
    language = locale.replace("_", "-").split("-")[0]
    if language == FIRST or language not in NAMES:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
