"""The reader: from a document to everything that it states."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from geotrack.documents.languages import paragraph_language
from geotrack.extraction.actors import with_reporters
from geotrack.extraction.claims import read_claims
from geotrack.extraction.datelines import dateline
from geotrack.extraction.figures import read_figures
from geotrack.extraction.incidents import find_frames
from geotrack.extraction.lexicon import Lexicon, data_checksum, languages
from geotrack.extraction.passages import Passage, Recurring, split_passage_spans
from geotrack.extraction.places import country_in_focus
from geotrack.extraction.referents import refer
from geotrack.extraction.scene import Scene
from geotrack.extraction.scenes import scenes_of
from geotrack.extraction.sentences import split_sentences
from geotrack.extraction.statements import report_day
from geotrack.extraction.tellings import incidents_of
from geotrack.extraction.times import Clock, TimeExpression, clock_after
from geotrack.extraction.windows import held_windows
from geotrack.extraction.words import fold
from geotrack.gazetteer import Gazetteer
from geotrack.memory import uncollected
from geotrack.models import Document, Mention, Place, Reading, Refusal

# Rises with every change of the rules in code; the lexicons and packs are told by their checksum.
RULES_VERSION = "2"
# Letters: a name no longer than this stands for itself, a longer one for the words that begin with it.
_ACRONYM = 6
# A title that opens the text ends within this many characters.
_HEAD = 400
# What stands behind the name in a line of a list, and how many lines make one.
_LINE = re.compile(r" ?[-:\u2013\u2014] ?\d[\d.,\u00a0 ]*(?:ha\b|hectares\b|%)?[;.,]?[ \t]*(?:\n|$)")
# What a title tells the report's time by.
_TITLED = frozenset({"week", "month", "months", "quarter", "half", "year", "range"})
# A report of one region names it within these characters.
_AT_ONCE = 200
_FEWEST_LINES = 2


class Reader:
    """Reads documents with one gazetteer; keep one reader for many documents."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.rules_version = f"{RULES_VERSION}-{data_checksum()}-{gazetteer.fingerprint}"
        self._statements = Recurring()
        self.described = gazetteer.described_regions
        self.covered = frozenset(p.id for p in gazetteer.countries() if gazetteer.units(p.id, "adm1"))

    @uncollected()
    def read(self, document: Document) -> Reading:
        """Read one document; facts come in the order of the text."""
        folded = fold(document.text)
        known = document.language in languages()
        hint = self._hint(document, folded) if known else None
        home = _home_of(document.language, None) if known else None
        mentions = self.gazetteer.mentions(
            document.text,
            title=document.title,
            focus=hint,
            skip=document.furniture,
            language=document.language,
            home=home,
            published=document.source.published,
        )
        if not known:
            reason = f"no reading rules for the language {document.language!r} yet"
            refusal = Refusal("", (0, 0), reason)
            return Reading(document.id, mentions, refused=(refusal,), rules_version=self.rules_version)
        title = (
            self.gazetteer.mentions(
                document.title,
                focus=hint or country_in_focus(mentions, (), self.covered),
                language=document.language,
                home=home,
                published=document.source.published,
            )
            if document.title
            else ()
        )
        head = document.text.find("\n") if document.title and document.title in document.text[:_HEAD] else 0
        mentions = tuple(_as_told(m, mentions, head) if m.span[0] < head else m for m in mentions)
        mentions = self._of_list(document.text, mentions)
        country = country_in_focus(mentions, title, self.covered)
        if country not in self.covered:
            country = hint or _home_of(document.language, country) or country or self._publishers(document)
        passages = self._passages(document, folded, mentions, country)
        day = None if document.source.published else dateline(passages)
        if day is not None:  # read again, now that it is known from when on "last week" counts
            document = replace(document, source=replace(document.source, published=day))
            passages = self._passages(document, folded, mentions, country)
        passages = held_windows(passages, document.source.published)
        if _is_about_pits(passages):
            return Reading(document.id, tuple(mentions), rules_version=self.rules_version)
        named = _with_told(document.title or "", title, mentions)
        opening = self._opening(document, named, country, self._only_region(mentions))
        scenes = scenes_of(passages, opening, self.gazetteer, self.covered)
        frames = find_frames(passages, scenes, self.gazetteer.contains, document.source.published)
        told = {n for f in frames for n in f.passages}
        figures, refused = read_figures(document, passages, scenes, told, self)
        document_id = document.id
        at_home = (f for f in frames if self._is_covered(f.places))
        incidents = incidents_of(document_id, document.text, passages, at_home)
        figures = list(with_reporters(figures, passages, document.source.publisher))
        claims = read_claims(document, passages, scenes, self.covered)
        return Reading(
            document_id, mentions, tuple(figures), incidents, tuple(refused), self.rules_version, claims
        )

    def _of_list(self, text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the cities of a list with a number in each line as regions, if each names one.

        "Kherson - 12", "Mykolaiv - 9", each in a line of its own, are the regions.
        """
        lines = [n for n, m in enumerate(mentions) if _LINE.match(text, m.span[1]) and _opens_line(text, m)]
        units = {n: unit for n in lines if (unit := self._unit_named_like(mentions[n].place))}
        if len(units) < _FEWEST_LINES or len(units) < len(lines):
            return mentions
        return tuple(replace(m, place=units.get(n, m.place)) for n, m in enumerate(mentions))

    def _unit_named_like(self, place: Place) -> Place | None:
        """Return the region that a city gives its name to."""
        unit = self.gazetteer.place(place.adm1) if place.adm1 else None
        return unit if unit is not None and unit.name.split()[0] == place.name.split()[0] else None

    def _hint(self, document: Document, folded: str) -> str | None:
        """Return the country that a report is about where an agency's name gives it away and no name does."""
        names = Lexicon.load(document.language).focus
        told = {country: [n for n in some if n in folded] for country, some in names.items()}
        counts = {c: len(_any_of(names[c]).findall(folded)) if some else 0 for c, some in told.items()}
        best = max(counts, key=lambda c: (counts[c], c), default=None)
        return best if best and counts[best] and all(not counts[c] for c in counts if c != best) else None

    def _publishers(self, document: Document) -> str | None:
        """Return the one covered country in the publisher's name: "Ukrainian Business Report"."""
        named = self.gazetteer.mentions(document.source.publisher or "")
        told = {m.place.id for m in named if m.place.id in self.covered}
        return told.pop() if len(told) == 1 else None

    def _country_of(self, mentions: Sequence[Mention]) -> str | None:
        """Return the covered country that a passage names first."""
        return next((m.place.adm0 for m in mentions if m.place.adm0 in self.covered), None)

    def _is_covered(self, places: Sequence[object]) -> bool:
        return bool(places) and all(getattr(p, "adm0", None) in self.covered for p in places)

    def _only_region(self, mentions: Sequence[Mention]) -> tuple[Place, ...]:
        """Return the region that a report names again and again, and no other nor its country."""
        within = {m.place.adm1 or m.place.adm0 for m in mentions if m.role != "demonym"}
        named = [m for m in mentions if m.place.level == "adm1"]
        only = len(within) == 1 and {m.place.id for m in named} == within
        return (named[0].place,) if only and len(named) > 1 and named[0].span[0] < _AT_ONCE else ()

    def _opening(
        self, document: Document, title: Sequence[Mention], country: str | None, only: tuple[Place, ...]
    ) -> Scene:
        """Return the scene before the first sentence: the places of the title, else the country.

        `only` is the region of which the whole report tells.
        """
        named = tuple(
            m.place
            for m in title
            if not m.role and m.place.level != "country" and not _speaks_in_title(document.title or "", m)
        )
        wide = tuple(p for p in named if p.level != "settlement")
        own = (self.gazetteer.place(country),) if country else ()
        referents: dict[str, tuple[Place, ...]] = {"country": own} if own else {}
        refer(referents, named, self.gazetteer)
        return Scene(
            named or own,
            named or own,
            own,
            wide=wide or own,
            opening=wide or only or own,
            title=fold(document.title or ""),
            titled=frozenset(p.id for p in named),
            places_from=-1,
            headed=self._title_times(document, country),
            headed_by="title",
            referents=referents,
        )

    def _title_times(self, document: Document, country: str | None) -> tuple[TimeExpression, ...]:
        """Return the month or the year that the title is of, for figures to which nothing else gives one."""
        title, lexicon = document.title or "", Lexicon.load(document.language)
        clock = Clock(document.source.published, None, country)
        _, _, times, *_ = self._statements.read(" " + title, " " + fold(title), lexicon, clock)
        spans = [t for t in times if t.kind == "interval" and t.days and t.days.precision in _TITLED]
        return tuple(spans) if len(spans) == len(times) == 1 else ()

    def _passages(
        self, document: Document, folded: str, mentions: Sequence[Mention], country: str | None
    ) -> list[Passage]:
        text, lexicon = document.text, Lexicon.load(document.language)
        tongue = lexicon
        paragraph = -1
        starts = [m.span[0] for m in mentions]
        clock = Clock(document.source.published, None, country)
        found: list[Passage] = []
        sentences = split_sentences(text, lexicon, document.furniture)
        ends = {sentence.paragraph: sentence.end for sentence in sentences}
        for sentence in sentences:
            if sentence.furniture:
                continue
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                tongue = _spoken(text[sentence.start : ends[paragraph]], lexicon)
            for start, end in split_passage_spans(text, sentence, lexicon):
                inside = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
                here = self._country_of(inside) or clock.country
                local = clock if here == clock.country else clock._replace(country=here)
                # A space goes ahead of it: what a gloss puts before the first word is not glued to it.
                tagged, _, times, events, quantities, _ = self._statements.read(
                    " " + text[start:end], " " + folded[start:end], tongue, local
                )
                if not tagged.words:
                    continue
                passage = Passage(
                    len(found), sentence, start - 1, tagged, tuple(inside), times, quantities, events
                )
                found.append(passage)
                clock = _advanced(clock, passage)
        return found


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds names at the beginning of words, short ones as whole words: "anama", not "panama"."""
    whole = "|".join(re.escape(n) for n in names if len(n) <= _ACRONYM)
    stems = "|".join(re.escape(n) for n in names if len(n) > _ACRONYM)
    parts = [part for part in (whole and rf"(?:{whole})(?!\w)", stems) if part]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})")


def _home_of(language: str, named: str | None) -> str | None:
    """Return the country that a report in its language is about where it names none, or only the invader."""
    home = Lexicon.load(language).home
    return home.country if home is not None and named in {None, *home.invaders} else None


def _spoken(paragraph: str, lexicon: Lexicon) -> Lexicon:
    """Return the lexicon of the language of a paragraph."""
    language = paragraph_language(paragraph, lexicon.language)
    known = language != lexicon.language and language in languages()
    return Lexicon.load(language) if known else lexicon


def _with_told(title: str, named: Sequence[Mention], told: Sequence[Mention]) -> list[Mention]:
    """Return the places that a title names, read in the light of the text.

    A village that only the text tells to be one is meant there, too; a city whose region alone the text
    goes on to name is that region: "Mines in Kharkiv" over a report of Kharkiv region.
    """
    folded = title.casefold()  # a dateline has it in capitals
    known = {m.text.casefold(): m for m in told if not m.role and m.place.level == "settlement"}
    taken = {m.text.casefold() for m in named}
    again = [m for text, m in known.items() if text in folded and text not in taken]
    return [_as_told(m, told, len(title)) for m in named] + [
        replace(m, span=(at, at + len(m.text))) for m in again for at in [folded.index(m.text.casefold())]
    ]


def _as_told(mention: Mention, told: Sequence[Mention], after: int) -> Mention:
    """Return a city as what its name means first behind the title: the region, a village of that name."""
    first = next((m.place for m in told if m.text == mention.text and m.span[0] > after), None)
    if mention.place.level != "settlement" or first is None or first.level not in {"adm1", "settlement"}:
        return mention
    return replace(mention, place=first)


def _opens_line(text: str, mention: Mention) -> bool:
    """Tell whether a name opens its line, perhaps behind a bullet."""
    first = mention.span[0]
    return not text[text.rfind("\n", 0, first) + 1 : first].strip(" \t-*\u2022\u2013\u2014")


def _speaks_in_title(title: str, mention: Mention) -> bool:
    """Tell whether a city that opens a title stands for its government: "Baku wants maps", "Kyiv: …"."""
    opens = not title[: mention.span[0]].strip(" \"'") or title[: mention.span[0]].rstrip().endswith(":")
    behind = title[mention.span[1] :]
    return mention.place.is_city and opens and (behind[:1] == ":" or behind[1:2].islower())


def _is_about_pits(passages: Sequence[Passage]) -> bool:
    """Tell whether the mines of a document are pits: coal or ore is spoken of, and surely no ordnance."""
    sure = (
        "head.ap_mine",
        "head.at_mine",
        "head.uxo",
        "head.item",
        "organisation",
        "device.ap_mine",
        "device.uxo",
    )
    return any(p.tagged.find("mining") for p in passages) and not any(
        p.tagged.find_within(*sure) for p in passages
    )


def _advanced(clock: Clock, passage: Passage) -> Clock:
    """Return the clock after a passage: what it dated last is what "the next day" and "since then" follow."""
    told = (*passage.times, *passage.events)
    if not told:
        return clock
    for time in sorted(told, key=lambda t: t.first):
        clock = clock_after(clock, time)
    if passage.number == 0 or passage.sentence.kind == "heading":
        year = next((t.days for t in passage.times if t.days and t.days.precision == "year"), None)
        clock = clock._replace(titled=year or clock.titled)
    said = report_day(passage)
    return clock.until(said) if said else clock
