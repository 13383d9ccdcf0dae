"""Put the rows of a gazetteer beside a pack: new places, points that it lacks, names it does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geotrack.boundaries.units import KnownUnits, fold
from geotrack.gazetteer import spelling
from geotrack.gazetteer.alternates import clean_label, kept_alternates
from geotrack.gazetteer.folding import folded_name
from geotrack.gazetteer.packs import Row
from geotrack.toponyms.known import KnownPlaces
from geotrack.toponyms.placing import Near
from geotrack.toponyms.rows import BadRow, PassedOver, SourceRow
from geotrack.toponyms.words import is_word

COAST_KM = 3.0  # how far outside every outline a village of a coast or border may lie
SHORTEST_KEY = 3  # letters: a shorter name is found in too many words


@dataclass(slots=True)
class Merged:
    """What is to be kept of a gazetteer, and what came of its rows.

    `places` are the rows of places that are new or of which more is known now; `added` are the new ones,
    `named` the known ones with new names, `words` the names that need a place word beside them, `left_out`
    the names that are words.
    """

    places: dict[str, Row] = field(default_factory=dict)
    names: list[Row] = field(default_factory=list)
    added: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    bad: list[BadRow] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: BadRow | PassedOver) -> None:
        """Take note of a row that is not taken in."""
        if isinstance(row, BadRow):
            self.bad.append(row)
        else:
            self.passed_over[row.what] += 1


def merge(
    rows: Sequence[tuple[SourceRow, Sequence[Near]]],
    known: KnownPlaces,
    units: Mapping[str, KnownUnits],
    merged: Merged,
) -> None:
    """Add settlements, the largest first, and names of units.

    `rows` come with the units around them; `units` are the known ones by level.
    """
    known.set_apart([row for row, _ in rows])
    for row, near in sorted(rows, key=lambda pair: (-(pair[0].population or 0), pair[0].line)):
        if row.level == "settlement":
            found = _settlement(row, near, known, merged)
        else:
            found = _unit(row, near, known, units.get(row.level))
        if isinstance(found, str):
            _add_names(found, row, known, merged)
        else:
            merged.refuse(found)


def _settlement(
    row: SourceRow, near: Sequence[Near], known: KnownPlaces, merged: Merged
) -> str | BadRow | PassedOver:
    if row.id.removeprefix("gn:") in known.misplaced:
        return PassedOver(row.line, "known to have a wrong point")
    place_id = known.meant(row, near)
    if place_id is not None:
        _complete(place_id, row, known, merged)
        return place_id
    return _new(row, near, known, merged)


def _new(
    row: SourceRow, near: Sequence[Near], known: KnownPlaces, merged: Merged
) -> str | BadRow | PassedOver:
    if not near or near[0].km > COAST_KM:
        reason = f"no unit has the code {row.code}" if row.code else "lies in no unit of the country"
        return BadRow(row.line, row.name, reason)
    if known.is_part_of_city(row):
        return PassedOver(row.line, "parts of cities")
    label = _label(row)
    other = known.prominent.get(folded_name(label)) or known.prominent.get(folded_name(row.name))
    if other:
        return BadRow(row.line, row.name, f"has the name of {other}, which texts mean by it")
    if len(folded_name(label)) < SHORTEST_KEY:
        return BadRow(row.line, row.name, "has too short a name")
    merged.words.update(folded_name(name) for name in {label, row.name} if is_word(name))
    merged.words -= known.shipped_keys
    unit = known.rows[near[0].place_id]
    adm1, adm2 = (unit[3], unit[0]) if unit[2] == "adm2" else (unit[0], "")
    point = (_degrees(row.lon), _degrees(row.lat))
    people = str(row.population or "")
    merged.places[row.id] = (row.id, label, "settlement", adm1, adm2, *point, people, "", "", row.kind)
    merged.added.add(row.id)
    known.keys[row.id].add(folded_name(label))
    merged.names.append((row.id, label, "en", "label"))
    if row.language:
        known.keys[row.id].add(folded_name(row.name))
        merged.names.append((row.id, row.name, row.language, "label"))
    return row.id


def _label(row: SourceRow) -> str:
    cyrillic = spelling.script_of(row.name) == "cyrillic"
    return spelling.romanise_uk(row.name) if cyrillic else clean_label(row.name)


def _complete(place_id: str, row: SourceRow, known: KnownPlaces, merged: Merged) -> None:
    """Give a known place the point and the population that it lacks; keep one that another import brought."""
    cells = list(known.rows[place_id])
    told = {5: _degrees(row.lon), 6: _degrees(row.lat), 7: str(row.population or "")}
    lacking = {at: value for at, value in told.items() if value and not cells[at]}
    for at, value in lacking.items():
        cells[at] = value
    if lacking or place_id not in known.shipped:
        merged.places[place_id] = tuple(cells)


def _degrees(value: float | None) -> str:
    """Return coordinates to five decimals (about a metre)."""
    return "" if value is None else f"{value:.5f}".rstrip("0").rstrip(".")


def _unit(row: SourceRow, near: Sequence[Near], known: KnownPlaces, units: KnownUnits | None) -> str | BadRow:
    coded = known.unit_with(row)
    if coded:
        return coded
    around = {one.place_id for one in near}
    around |= {known.rows[one][3] for one in around if one in known.rows}
    names = (row.name, *row.others)
    named = {unit for name in names for unit in (units.by_name(name) if units else ())}
    named = {unit for unit in named if row.code or unit in around}
    if len(named) == 1:
        return named.pop()
    return BadRow(row.line, row.name, "no known unit of that name lies there")


def _add_names(place_id: str, row: SourceRow, known: KnownPlaces, merged: Merged) -> None:
    label = known.rows[place_id][1] if place_id in known.rows else merged.places[place_id][1]
    keys = known.keys[place_id]
    for name, language in _spellings(row, label, known.not_names):
        key = folded_name(name)
        if key in keys or len(key) < SHORTEST_KEY or (row.level != "settlement" and fold(name) == key):
            continue
        if known.prominent.get(key, place_id) != place_id:
            continue
        if is_word(name):
            if place_id not in merged.added or (spelling.script_of(name) == "latin" and name != row.name):
                merged.left_out.add(name)
                continue
            merged.words.add(key)
        keys.add(key)
        merged.names.append((place_id, name, language, "alias"))
        if place_id not in merged.added:
            merged.named.add(place_id)


def _spellings(row: SourceRow, label: str, not_names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield a place's names and what rules make of them, each with its language or ""."""
    names = {row.name, *row.others} - not_names
    for name, told in kept_alternates(names, label, any_script=True):
        language = row.language if name == row.name and row.language else told
        yield name, language
        if language == "uk":
            yield spelling.romanise_uk(name), ""
        elif language == "az":
            russian = spelling.russian_az(name)
            yield spelling.press_az(name), ""
            yield spelling.plain_az(name), ""
            yield russian, "ru"
            yield spelling.ukrainian_from_russian(russian), "uk"
