"""A library as large as the app has to bear: 20,000 documents with 100,000 figures and 5,000 incidents.

Each document is one of the example reports (`seeds/`, `data/reports/`) with other places, years and numbers
in the same words: what the reader found in it is carried along, so that every fact quotes its text. Beside
its five figures it has sentences without any from other reports, and one report in two or three tells of an
incident. Two documents in five are copies: another publisher's page with the same report. Years, places and
numbers are drawn one by one, so that more of them contradict each other than real ones do. It is made in a
minute or two from one seed, and kept in a temporary folder whose name is a hash of all that it is made from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from geotrack import Document, Gazetteer, Reader, Store, read_paths, seeds_folder
from geotrack.config import reports_folder
from geotrack.models import Figure, Incident, Mention, Place, Reading, Source, Span, fact_id

DOCUMENTS, FIGURES_A_DOCUMENT, INCIDENTS = 20_000, 5, 5_000
COPIES = 0.4
FIRST_YEAR, LAST_YEAR = 2016, 2025
COUNTRIES = ("AZ", "UA")
LEVELS = ("adm1", "adm2", "settlement")
FILLERS = 8  # sentences without a fact: a report of some 1,500 characters, as agencies write them
PUBLISHERS = 60
NO_POINT = 0.15  # of the incidents: known by their district or oblast alone

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_YEAR = re.compile(r"(?<![\d.,])20[0-3]\d(?![\d.,]*\d)")
_SENTENCE = re.compile(r"[^.!?\n]{40,240}[.!?](?=\s|$)")
_INCIDENTS = (
    # (the sentence, the words that state the incident, device, killed, injured)
    (
        "On {day}, a tractor driver was injured when an anti-tank mine exploded in a field near {place}.",
        "an anti-tank mine exploded",
        "anti-tank mine",
        None,
        1,
    ),
    (
        "A shepherd was killed on {day} when he stepped on an anti-personnel mine near {place}.",
        "stepped on an anti-personnel mine",
        "anti-personnel mine",
        1,
        None,
    ),
    (
        "Near {place}, a car hit a mine on {day}; one person was killed and two were injured.",
        "a car hit a mine",
        "mine",
        1,
        2,
    ),
    (
        "On {day}, two boys were injured near {place} when a shell that they had found exploded.",
        "a shell that they had found exploded",
        "UXO",
        None,
        2,
    ),
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Words that are put in the place of a stretch of text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Base:
    """A report to tell anew: its text as far as five figures go, and what was read there."""

    document: Document
    reading: Reading
    published: dt.date


class Generator:
    """Documents with their readings, all from one seed: the same numbers give the same library."""

    def __init__(self, seed: int = 6) -> None:
        self._seed = seed
        self.gazetteer = Gazetteer.load()
        self._reader = Reader(self.gazetteer)

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[Place]]:
        return {
            (adm0, level): [place for place in self.gazetteer.units(adm0, level) if place.lon is not None]  # type: ignore[arg-type]
            for adm0 in COUNTRIES
            for level in LEVELS
        }

    @cached_property
    def _bases(self) -> dict[str, list[_Base]]:
        """Return the reports that state figures enough, by the country that most of them are of."""
        found = read_paths([seeds_folder(), reports_folder()])
        bases: dict[str, list[_Base]] = {adm0: [] for adm0 in COUNTRIES}
        for document in found:
            if isinstance(document, Document):
                reading = self._reader.read(document)
                published = document.source.published
                if len(reading.figures) >= FIGURES_A_DOCUMENT and published:
                    told_of = Counter(place.adm0 for one in reading.figures for place in one.places)
                    bases[max(COUNTRIES, key=lambda adm0: told_of[adm0])].append(
                        _Base(document, reading, published)
                    )
        return bases

    @cached_property
    def _fillers(self) -> dict[str, list[str]]:
        """Return sentences without a digit by language: nothing is counted in them."""
        found: dict[str, list[str]] = {}
        for base in chain.from_iterable(self._bases.values()):
            sentences = [match[0].strip() for match in _SENTENCE.finditer(base.document.text)]
            plain = [one for one in sentences if not re.search(r"\d", one)]
            found.setdefault(base.document.language, []).extend(plain)
        return found

    def documents(self, count: int = DOCUMENTS) -> Iterator[tuple[Document, Reading]]:
        """Yield documents, each with its reading."""
        chance = random.Random(self._seed)  # noqa: S311 - made reports, no secrets
        originals: list[int] = []
        told = round(count * (1 - COPIES))
        with_incident = set(chance.sample(range(told), round(INCIDENTS * count / DOCUMENTS)))
        for number in range(count):
            is_copy = bool(originals) and len(originals) >= (number + 1) * (1 - COPIES)
            origin = chance.choice(originals) if is_copy else number
            if not is_copy:
                originals.append(number)
                if len(originals) - 1 in with_incident:
                    self._incidents.add(number)
            yield self._document(number, origin)

    @cached_property
    def _incidents(self) -> set[int]:
        return set()

    def _document(self, number: int, origin: int) -> tuple[Document, Reading]:
        """Return one report: the facts of `origin`, on the page of the publisher of `number`."""
        chance = random.Random(f"{self._seed} {origin}")  # noqa: S311 - made reports, no secrets
        base = chance.choice(self._bases[chance.choice(COUNTRIES)])
        years = chance.randint(FIRST_YEAR, LAST_YEAR) - base.published.year
        moved: dict[str, Place] = {}
        text, reading = self._told_anew(base, years, moved, chance)
        language = base.document.language
        fillers = self._fillers.get(language, [])
        text += "\n\n" + " ".join(chance.sample(fillers, min(FILLERS, len(fillers))))
        published = _years_later(base.published, years)
        if origin in self._incidents:
            text, reading = self._with_incident(text, reading, published, chance)
        lead = f"{_publisher(number)}, {number:05}. "
        source = Source(_publisher(number), published + dt.timedelta(days=number % 3), None, None)
        title = f"{base.document.title or base.document.text[:60]} ({number})"
        document = Document(lead + text, title, language, source)
        return document, _shifted(reading, len(lead), document, self._reader.rules_version)

    def _told_anew(
        self, base: _Base, years: int, moved: dict[str, Place], chance: random.Random
    ) -> tuple[str, Reading]:
        """Return a report's text and reading with other places, years and numbers."""
        text, language = base.document.text, base.document.language

        def elsewhere(place: Place) -> Place:
            if place.id not in moved:
                level = chance.choice(("adm1", "adm2")) if place.level == "adm1" else place.level
                others = self._places.get((place.adm0, level)) or self._places.get((place.adm0, place.level))
                moved[place.id] = chance.choice(others) if others else place
            return moved[place.id]

        edits = [
            _Edit(*one.span, self.gazetteer.label(elsewhere(one.place).id, language) or one.text)
            for one in base.reading.mentions
            if self._places.get((one.place.adm0, one.place.level))
        ]
        factors: dict[str, float] = {}
        for figure in base.reading.figures[:FIGURES_A_DOCUMENT]:
            found = _NUMBER.search(text, *figure.span)
            old = int(found[0].replace(",", "")) if found else 0
            if (
                found
                and old
                and old == figure.value
                and figure.value_max is None
                and figure.unit != "percent"
            ):
                new = max(1, round(old * chance.uniform(0.3, 3)))
                edits.append(_Edit(*found.span(), f"{new:,}" if "," in found[0] else str(new)))
                factors[figure.id] = new / old
        edits += [_Edit(*found.span(), str(int(found[0]) + years)) for found in _YEAR.finditer(text)]
        kept = _apart(edits)
        new_text = _edited(text, kept)
        figures = [
            self._figure(one, new_text, kept, years, factors.get(one.id, 1.0), elsewhere)
            for one in base.reading.figures[:FIGURES_A_DOCUMENT]
        ]
        mentions = [
            replace(one, span=span, text=new_text[slice(*span)], place=elsewhere(one.place), alternatives=())
            for one in base.reading.mentions
            for span in [_mapped(one.span, kept)]
        ]
        return new_text, Reading("", tuple(mentions), tuple(figures))

    def _figure(
        self,
        told: Figure,
        text: str,
        edits: Sequence[_Edit],
        years: int,
        factor: float,
        elsewhere: Callable[[Place], Place],
    ) -> Figure:
        span, sentence_span = _mapped(told.span, edits), _mapped(told.sentence_span, edits)
        return replace(
            told,
            value=told.value * factor,
            value_si=told.value_si * factor,
            places=tuple(dict.fromkeys(elsewhere(place) for place in told.places)),
            start=told.start and _years_later(told.start, years),
            end=told.end and _years_later(told.end, years),
            text=text[slice(*span)],
            span=span,
            sentence=text[slice(*sentence_span)],
            sentence_span=sentence_span,
            alt_of=None,
        )

    def _with_incident(
        self, text: str, reading: Reading, published: dt.date, chance: random.Random
    ) -> tuple[str, Reading]:
        """Return a report that ends on an incident in a settlement in the month before it."""
        level = "adm1" if chance.random() < NO_POINT else "settlement"
        place = chance.choice(self._places[chance.choice(COUNTRIES), level])
        day = published - dt.timedelta(days=chance.randrange(1, 30))
        template, words, device, killed, injured = chance.choice(_INCIDENTS)
        sentence = template.format(day=f"{day.day} {day:%B %Y}", place=place.name)
        text += "\n\n"
        start, at = len(text), len(text) + sentence.index(words)
        named = len(text) + sentence.index(place.name)
        incident = Incident(
            id="",
            date=day.isoformat(),
            places=(place,),
            killed=killed,
            injured=injured,
            casualties=(killed or 0) + (injured or 0),
            device=device,  # type: ignore[arg-type]  # one of the field's
            victims=("civilian",),
            text=words,
            span=(at, at + len(words)),
            sentence=sentence,
            sentence_span=(start, start + len(sentence)),
            confidence=round(chance.uniform(0.5, 1), 2),
            rule="made",
        )
        mention = Mention((named, named + len(place.name)), place.name, place, 1.0)
        told = replace(reading, incidents=(incident,), mentions=(*reading.mentions, mention))
        return text + sentence, told


def _publisher(number: int) -> str:
    return f"Agency {number % PUBLISHERS:02}"


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


def _apart(edits: Sequence[_Edit]) -> list[_Edit]:
    """Return edits in text order; of two that overlap the first stays."""
    kept: list[_Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*parts, text[at:]])


def _mapped(span: Span, edits: Sequence[_Edit]) -> Span:
    """Return where a stretch of the old text stands in the new one; an edit that it cuts is in it whole."""
    start = span[0] + sum(len(one.words) - (one.end - one.start) for one in edits if one.end <= span[0])
    cut = [one for one in edits if one.start < span[0] < one.end]
    start -= sum(span[0] - one.start for one in cut)
    end = span[1] + sum(len(one.words) - (one.end - one.start) for one in edits if one.end <= span[1])
    end += sum(len(one.words) - (span[1] - one.start) for one in edits if one.start < span[1] < one.end)
    return start, end


def _shifted(reading: Reading, by: int, document: Document, rules_version: str) -> Reading:
    """Return a reading of a text that stands further on, with the ids that its facts have there."""

    def moved(span: Span) -> Span:
        return span[0] + by, span[1] + by

    figures = [
        replace(
            one,
            id=fact_id(document.id, "figure", moved(one.span), one.measure),
            span=moved(one.span),
            sentence_span=moved(one.sentence_span),
        )
        for one in reading.figures
    ]
    incidents = [
        replace(
            one,
            id=fact_id(document.id, "incident", moved(one.span)),
            span=moved(one.span),
            sentence_span=moved(one.sentence_span),
        )
        for one in reading.incidents
    ]
    mentions = [replace(one, span=moved(one.span)) for one in reading.mentions]
    return Reading(document.id, tuple(mentions), tuple(figures), tuple(incidents), (), rules_version)


def big_store(count: int = DOCUMENTS) -> Path:
    """Return the database of such a library; it is made if it is not there."""
    parts = [Path(__file__).read_bytes(), str(count).encode()]
    for folder in (seeds_folder(), reports_folder()):
        parts += [path.read_bytes() for path in sorted(folder.glob("*.*")) if path.is_file()]
    package = Path(__file__).parents[1] / "geotrack"
    parts += [(package / "store" / name).read_bytes() for name in ("tables.py", "migrations.py")]
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"geotrack-big-{count}-{digest}"
    database = folder / "geotrack.db"
    if not database.exists():
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as making:  # another run may make the same at once
            unfinished = Path(making) / "unfinished.db"
            with Store.open(unfinished) as store:
                for document, reading in Generator().documents(count):
                    store.add(document, reading)
            unfinished.replace(database)
    return database


if __name__ == "__main__":
    print(big_store())
