"""The frozen things that geotrack passes along: places, documents, and what a document states.

Every span is a pair of code-point offsets `(start, end)` into `Document.text`, and
`text[start:end]` is the quoted evidence, always. Coordinates are EPSG:4326, `lon, lat`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal, get_args

from geotrack.errors import UsageError

Span = tuple[int, int]
Level = Literal["country", "region", "adm1", "adm2", "settlement"]
Basis = Literal["period", "cumulative", "stock"]
Qualifier = Literal["exact", "approx", "at_least", "at_most"]
Unit = Literal["ha", "km2", "m2", "acre", "mi2", "percent", "count", "people"]
Flag = Literal["subset", "restatement", "alt", "malformed", "conflict", "rolling", "approximate_place"]
Measure = Literal[
    "area_contaminated",
    "share_contaminated",
    "mines_recorded",
    "people_at_risk",
    "area_surveyed",
    "area_cleared",
    "area_released",
    "ap_mines_found",
    "at_mines_found",
    "mines_found",
    "uxo_found",
    "items_found",
    "killed",
    "injured",
    "casualties",
]
Role = Literal["", "office", "resident", "event-name", "byline", "meeting", "demonym"]
Device = Literal["anti-personnel mine", "anti-tank mine", "mine", "UXO", "IED", "cluster munition", "unknown"]


def measure_named(name: str) -> Measure:
    """Return the measure of a name.

    Raises
    ------
    UsageError
        If there is none; all are listed.
    """
    known: tuple[Measure, ...] = get_args(Measure)
    for one in known:
        if one == name:
            return one
    raise UsageError(f"No measure {name!r}. Measures: {', '.join(known)}.")


def fact_id(document_id: str, kind: str, span: Span, measure: str = "") -> str:
    """Return the id of a fact: a hash of document, kind, span and measure, stable over re-readings."""
    key = f"{document_id}|{kind}|{span[0]}|{span[1]}|{measure}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a named region, an administrative unit or a settlement.

    `id` follows the place ids of `docs/architecture.md`; `adm0`, `adm1`, `adm2` are the ids of the units
    it lies in (its own id at its own level). `lon`, `lat` are None where no point is known.
    `valid_from`, `valid_to` are the inclusive ISO dates between which the unit exists, or None; `type`
    is the pack's word for the kind of place (city, settlement, village), where it has one. `carved_from` are
    the units of whose parts it was made on its first day: before it, they held its land.
    """

    id: str
    name: str
    level: Level
    adm0: str
    adm1: str | None = None
    adm2: str | None = None
    lon: float | None = None
    lat: float | None = None
    population: int | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    type: str | None = None
    carved_from: tuple[str, ...] = ()

    @property
    def is_city(self) -> bool:
        """Whether the place is a city that is a first-level unit of its own."""
        return self.level == "adm1" and self.type == "city"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text and the place that it was resolved to, with the runners-up.

    `score` is 0 to 1, computed from the evidence that `why` tells in words. `role` says when the name
    is no scene of events; empty, it may be one.
    """

    span: Span
    text: str
    place: Place
    score: float
    alternatives: tuple[Place, ...] = ()
    why: str = ""
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One appearance of a text: who published it, when and where it was found."""

    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    path: str | None = None
    retold: bool = False
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as stored: its mended text, which is never cut, and the spans that are page furniture."""

    text: str
    title: str | None = None
    language: str = "en"
    source: Source = Source()
    row_id: str | None = None
    furniture: tuple[Span, ...] = ()

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the stored text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def id(self) -> str:
        """The document id: the first 16 digits of `text_sha256`."""
        return self.text_sha256[:16]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends inclusive, either of them open (None)."""

    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that a document states, with the words that state it."""

    id: str
    measure: Measure
    value: float
    unit: Unit
    value_si: float
    unit_si: Literal["m2", "percent", "count", "people"]
    qualifier: Qualifier
    basis: Basis
    places: tuple[Place, ...]
    start: dt.date | None
    end: dt.date | None
    text: str
    span: Span
    sentence: str
    sentence_span: Span
    confidence: float
    rule: str
    value_max: float | None = None
    done_by: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    part: str | None = None
    alt_of: str | None = None
    flags: tuple[Flag, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """A concrete explosion that a document tells of, with the words that tell it.

    `date` is an ISO day, `YYYY-MM` or `YYYY`. `killed` and `injured` are None when not said, 0 when
    the text says that nobody was harmed; `casualties` holds victims known but not split.
    """

    id: str
    date: str | None
    places: tuple[Place, ...]
    killed: int | None
    injured: int | None
    casualties: int | None
    device: Device
    victims: tuple[str, ...]
    text: str
    span: Span
    sentence: str
    sentence_span: Span
    confidence: float
    rule: str
    flags: tuple[Flag, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of the time that clearance will still take; never added to anything.

    `years` is the span said, or the lower end of one up to `years_max`; `until` an ISO year by which it is to
    be done. `share` is the percentage of the land where only a part is meant, `condition` the words that
    bind the claim ("at the current pace"), `speaker` those that plainly name who says it, or None.
    """

    id: str
    years: float | None
    years_max: float | None
    until: str | None
    share: float | None
    qualifier: Qualifier
    condition: str | None
    places: tuple[Place, ...]
    speaker: str | None
    text: str
    span: Span
    sentence: str
    sentence_span: Span
    confidence: float
    rule: str
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What looked like a fact and was not taken, with the reason."""

    text: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one document by one version of the rules."""

    document_id: str
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    incidents: tuple[Incident, ...] = ()
    refused: tuple[Refusal, ...] = ()
    rules_version: str = field(default="")
    claims: tuple[Claim, ...] = ()
