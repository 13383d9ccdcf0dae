"""What errors and tables tell in English, told again in the language spoken.

Errors, the reasons in tables, and what the database keeps are English whoever reads them: a database may
be read in four languages, and an export must not change with the language of who writes it. The edge
that shows such a text finds the wording it was made from in the catalogue, and puts its values into that
wording's translation; values that are wordings themselves are told again as well.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from geotrack.languages.catalogues import RETOLD, catalogue
from geotrack.languages.choosing import FIRST, NAMES
from geotrack.languages.speaking import spoken

# As `geotrack.errors` builds them.
_WHERE_WHAT_REMEDY = re.compile(r"(.*?): (.*?)\. (.*)", re.DOTALL)
# Characters: a longer text holds what a user pasted, and is no error that a catalogue tells better.
_LONG = 400
_GAP = re.compile(r"\{(\d*)\}")


class Wording(NamedTuple):
    """An English text with gaps, as a pattern of what is made from it, and its translation."""

    pattern: re.Pattern[str]
    translation: str


def retold(text: str) -> str:
    """Return an English text of ours in the language spoken; what no catalogue knows stays as it is."""
    language = spoken().replace("_", "-").split("-")[0]
    if language == FIRST or language not in NAMES or not text:
        return text
    return _retold(text, language)


def _retold(text: str, language: str) -> str:
    plain = _whole(language).get(text)
    if plain is not None or len(text) > _LONG:
        return text if plain is None else plain
    told = _with_values(text, language)
    return _in_parts(text, language) if told is None else told


def _with_values(text: str, language: str) -> str | None:
    """Return the translation of the wording that a text was made from, its values told again."""
    for wording in _with_gaps(language):
        found = wording.pattern.fullmatch(text)
        if found:
            values = [_within(value, language) for value in found.groups()]
            return wording.translation.format(*values)
    return None


def _within(value: str, language: str) -> str:
    """Return a value told again, with the blanks that it stands between; a name is no wording of ours."""
    bare = value.strip()
    told = _told(language).get(bare) or (_with_values(bare, language) if bare else None)
    return value.replace(bare, told) if told else value


def _in_parts(text: str, language: str) -> str:
    """Return an error's text, whose parts are wordings each: where, what is wrong, what to do."""
    found = _WHERE_WHAT_REMEDY.fullmatch(text)
    if not found:
        return text
    where, what, remedy = found.groups()
    told = _retold(what, language), _retold(remedy, language)
    return text if told == (what, remedy) else f"{where}: {told[0]}. {told[1]}"


@cache
def _whole(language: str) -> dict[str, str]:
    """Return the wordings without gaps, by their English text; those of the interface count, too."""
    return {
        one.id: str(one.string)
        for one in catalogue(language)
        if isinstance(one.id, str) and one.id and one.string and "{" not in one.id
    }


@cache
def _told(language: str) -> dict[str, str]:
    """Return those of the wordings without gaps that errors and reasons are made of."""
    return {
        str(one.id): str(one.string)
        for one in catalogue(language)
        if one.context == RETOLD and isinstance(one.id, str) and one.string and "{" not in one.id
    }


@cache
def _with_gaps(language: str) -> list[Wording]:
    """Return the wordings with gaps, those with the most words of their own first."""
    found = [
        (one.id, str(one.string))
        for one in catalogue(language)
        if one.context == RETOLD and isinstance(one.id, str) and one.string and "{" in one.id
    ]
    found.sort(key=lambda pair: -len(_GAP.sub("", pair[0])))
    return [Wording(_pattern(text), translation) for text, translation in found]


def _pattern(text: str) -> re.Pattern[str]:
    """Return what matches every text made from a wording."""
    parts = _GAP.split(text)[::2]
    return re.compile("(.*?)".join(map(re.escape, parts)), re.DOTALL)
