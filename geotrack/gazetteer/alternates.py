"""Which of a place's other names are names: GeoNames has codes, exonyms and accidents among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from geotrack.gazetteer import spelling

LATIN_NAMES_KEPT = 10  # of the alternate names in Latin letters, those nearest to the label
# Below it, an alternate Latin name is another word (an exonym, a transcription's accident).
LEAST_LIKENESS = 0.5
SHORTEST_NAME = 3  # shorter alternate names are codes and accidents
_AZERBAIJANI = re.compile("[əƏığşçöüĞŞÇÖÜİ]")


def clean_label(name: str) -> str:
    """Return an English label: Azerbaijani letters respelled, transliteration marks dropped."""
    if _AZERBAIJANI.search(name):
        return spelling.press_az(name)
    return spelling.without_marks(name).removesuffix(" City")


def kept_alternates(
    names: Iterable[str], label: str, *, any_script: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the names that texts may hold, each with the language that its letters tell or "".

    Left out are names that are too short, without a capital or all capitals, in Latin letters those
    least like the label, and, without `any_script`, those in neither Latin nor Cyrillic letters.
    """
    latin: set[tuple[float, str]] = set()
    own = spelling.fold(label)
    for name in sorted(set(names)):
        if not _is_name(name):
            continue
        script, language = spelling.script_of(name), spelling.language_of(name)
        if (
            script == "cyrillic"
            or language == "az"
            or (any_script and not script and spelling.is_of_one_script(name))
        ):
            yield name, language
        elif script:
            plain = spelling.without_marks(name)
            latin.add((SequenceMatcher(None, spelling.fold(plain), own).ratio(), plain))
    for likeness, name in sorted(latin, reverse=True)[:LATIN_NAMES_KEPT]:
        if likeness >= LEAST_LIKENESS:
            yield name, ""


def _is_name(name: str) -> bool:
    """Tell whether it begins with a capital where its letters have any, and is not all of capitals."""
    first = name[:1]
    return len(name) >= SHORTEST_NAME and first.isalpha() and first == first.title() and not name.isupper()
