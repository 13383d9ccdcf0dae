"""Who reports a figure: agencies and operators named by their verb of saying, or that publish the report.

The names are data (`actors.toml`). A state body that several countries have is that of the figure's
country. What is not plain stays empty: an empty field is better than a wrong one.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from geotrack.extraction.passages import Passage, once
from geotrack.extraction.tagging import Phrase
from geotrack.extraction.words import fold
from geotrack.models import Figure

# Words between an actor and its verb, and between a verb or "according to" and the actor behind it.
_BEFORE, _BEHIND = 3, 6
# Words beside a name that may tie it to another country: "the Russian Ministry of Defence".
_BESIDE = 4
_BREAKS = frozenset({",", ";", ":", "(", ")", '"', "\u201c", "\u201d", "\u00ab", "\u00bb"})


@dataclass(frozen=True, slots=True)
class Named:
    """An actor named in a passage by the words `first` to `last`; its id in each country that has one."""

    first: int
    last: int
    ids: Mapping[str | None, str]


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, Mapping[str | None, str]]]:
    """Return what finds the names, each a group of its own, and the ids that each group has by country."""
    table = tomllib.loads((files("geotrack.extraction") / "actors.toml").read_text(encoding="utf-8"))
    ids: dict[str, dict[str | None, str]] = {}
    for actor in table["actor"]:
        for name in actor["names"]:
            ids.setdefault(fold(name), {})[actor.get("country")] = actor["id"]
    order = sorted(ids, key=lambda name: (-len(name), name))
    groups = {f"n{n}": ids[name] for n, name in enumerate(order)}
    patterns = (
        f"(?P<n{n}>{re.escape(name).replace(re.escape('*'), chr(92) + 'w*')})" for n, name in enumerate(order)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"), groups


@once
def actors_in(passage: Passage) -> tuple[Named, ...]:
    """Return the actors that a passage names, in order."""
    find, groups = _names()
    tagged = passage.tagged
    named = []
    for hit in find.finditer(fold(tagged.text)):
        words = [
            k for k, word in enumerate(tagged.words) if hit.start() <= word.start < word.end <= hit.end()
        ]
        if words and hit.lastgroup:
            named.append(Named(words[0], words[-1] + 1, groups[hit.lastgroup]))
    return tuple(named)


def reporters_of(passage: Passage, country: str) -> tuple[str, ...]:
    """Return the ids of those who say a passage, of a country's state bodies its own."""
    said = passage.tagged.find("report.source", "report.verb")
    if not said:
        return ()
    found = {
        actor
        for one in actors_in(passage)
        if (actor := _id_in(passage, one, country)) and any(_says(passage, one, phrase) for phrase in said)
    }
    return tuple(sorted(found))


def _id_in(passage: Passage, named: Named, country: str) -> str | None:
    """Return the id of an actor where a country is spoken of; None for another country's body."""
    if None in named.ids:
        return named.ids[None]
    near = range(named.first - _BESIDE, named.last + _BESIDE)
    for mention in passage.mentions:
        first, _ = passage.words_of(mention.span)
        if first in near and mention.place.adm0 != country and len(named.ids) > 0:
            return None
    return named.ids.get(country)


def _says(passage: Passage, named: Named, phrase: Phrase) -> bool:
    """Tell whether an actor is who says: "X said", ", said the head of X", "according to X", "said by X"."""
    tagged = passage.tagged
    if phrase.has("report.source"):
        return 0 <= named.first - phrase.last <= _BEHIND and _is_plain(passage, phrase.last, named.first)
    if 0 <= phrase.first - named.last <= _BEFORE:
        return _is_plain(passage, named.last, phrase.first) and not _is_object(passage, named)
    closed = phrase.first > 0 and tagged.folded[phrase.first - 1] in _BREAKS
    by = tagged.folded[phrase.last : phrase.last + 1] in {("by",), ("in",), ("at",)}
    if (closed or by) and 0 <= named.first - phrase.last <= _BEHIND:
        return _is_plain(passage, phrase.last, named.first)
    return False


def _is_object(passage: Passage, named: Named) -> bool:
    """Tell whether an actor is told something, or is spoken of: "to ANAMA", "about the DSNS"."""
    return passage.tagged.folded[max(0, named.first - 1) : named.first] in {
        ("to",),
        ("about",),
        ("with",),
        ("for",),
    }


def _is_plain(passage: Passage, first: int, last: int) -> bool:
    """Tell whether nothing between a verb of saying and an actor starts another clause."""
    tagged = passage.tagged
    return not any(
        tagged.folded[k] in _BREAKS or tagged.has(k, "predicate", "barrier.strong", "clause")
        for k in range(first, last)
    )


def publisher_of(publisher: str | None) -> Mapping[str | None, str]:
    """Return the ids of the actor whose name a publisher bears and nothing else."""
    find, groups = _names()
    hit = find.fullmatch(fold(publisher)) if publisher else None
    return groups[hit.lastgroup] if hit and hit.lastgroup else {}


def with_reporters(
    figures: Sequence[Figure], passages: Sequence[Passage], publisher: str | None
) -> Iterator[Figure]:
    """Yield figures with who reports them: their sentence says so, else the publisher that is an actor."""
    own = publisher_of(publisher)
    starts = [p.start for p in passages]
    for figure in figures:
        country = figure.places[0].adm0 if figure.places else ""
        at = bisect_left(starts, figure.span[0] + 1) - 1
        if at >= 0 and len(passages[at].tagged.find("report.source")) > 1:
            yield figure  # "1.4 km2 according to the agency, 2.0 according to the ministry"
            continue
        told = reporters_of(passages[at], country) if at >= 0 else ()
        ids = {own[key] for key in (None, country) if key in own}
        yield replace(figure, reported_by=told or tuple(sorted(ids))) if told or ids else figure
