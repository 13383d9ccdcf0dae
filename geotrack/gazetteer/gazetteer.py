"""The gazetteer: names to places, places to their parents, texts to the places that they name."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from rapidfuzz import process

from geotrack.config import Settings
from geotrack.errors import UnknownPlaceError, UsageError
from geotrack.gazetteer.candidates import Candidates
from geotrack.gazetteer.finding import SUGGESTED, Finder, Found, with_namesakes
from geotrack.gazetteer.imported import imported_files, imported_folder, with_imports
from geotrack.gazetteer.lexicon import Lexicon, lexicon_checksum
from geotrack.gazetteer.names import NameIndex
from geotrack.gazetteer.packs import Member, Pack, gazetteer_folder, read_packs
from geotrack.gazetteer.places import Places
from geotrack.gazetteer.reading import Given, MentionReader
from geotrack.memory import uncollected
from geotrack.models import Level, Mention, Place, Span

NEAREST = 3  # names that an error suggests
_CONSIDERED = 20
_SURE = 0.8  # a name found with a lower score is a guess
_WIDEST_FIRST = ("country", "region", "adm1", "adm2", "settlement")


class Gazetteer:
    """The places and names of some country packs.

    Everything beyond the rows of the files is built when first asked for: the places, the index of
    names (for `find`), the automaton (for `mentions`). A gazetteer may be shared by threads that only read.
    """

    def __init__(self, packs: Sequence[Pack], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._lexicon.ordinary.update(*(pack.words for pack in packs))
        self._places = Places(packs)

    @classmethod
    @uncollected()
    def load(
        cls, folder: Path | None = None, packs: Sequence[str] | None = None, imported: Path | None = None
    ) -> Gazetteer:
        """Read the packs of a folder (the shipped ones by default), all of them or those named.

        `imported` is the folder of what the user imported beside them.

        Raises
        ------
        PackError
            If a pack, or what was imported beside it, is missing or damaged.
        """
        read = read_packs(folder or gazetteer_folder(), packs)
        if imported is not None:
            read = (with_imports(pack, imported_files(imported, pack.adm0)) for pack in read)
        return cls(list(read), Lexicon.load())

    @classmethod
    def of(cls, settings: Settings) -> Gazetteer:
        """Read the shipped packs with what the user imported beside them.

        Raises
        ------
        PackError
            If a pack, or what was imported beside it, is missing or damaged.
        """
        return cls.load(settings.data_folder / "gazetteer", imported=imported_folder(settings))

    @cached_property
    @uncollected()
    def _index(self) -> NameIndex:
        packs = self._places.packs
        rows = [row for pack in packs for row in pack.names]
        rows += [(row[0], row[1], "", "alias") for pack in packs for row in pack.places]
        return NameIndex(rows, self._lexicon.triggers)

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self._index, self._places, self._lexicon)

    @cached_property
    def _reader(self) -> MentionReader:
        return MentionReader(self._index, self._candidates, self._places, self._lexicon)

    def place(self, place_id: str) -> Place:
        """Return the place with an id, a village that only a text knows (`AZ-AGM/qarvand`) included.

        Raises
        ------
        UnknownPlaceError
            If no pack has the id, and for a text-only village none has its parent.
        """
        place = self._places.get(place_id)
        if place is None:
            raise UnknownPlaceError(place_id, self._nearest(place_id))
        return place

    def _nearest(self, text: str) -> tuple[str, ...]:
        """Return the ids that look like a wrong id, else the places that it finds as a name."""
        near = process.extract(text, self._places.ids, limit=NEAREST, score_cutoff=SUGGESTED)
        named = self.find(text, limit=NEAREST)
        return tuple(f"{found.place.name} ({found.place.id})" for found in named) or tuple(
            place_id for place_id, _, _ in near
        )

    def __contains__(self, place_id: str) -> bool:
        return self._places.get(place_id) is not None

    def names(self, place_id: str) -> dict[str, str]:
        """Return the label of a place in each language that has one.

        Raises
        ------
        UnknownPlaceError
            If no pack has the place.
        """
        self.place(place_id)
        return dict(self._places.labels.get(place_id, {}))

    @property
    def fingerprint(self) -> str:
        """A checksum of the packs and the words beside names: stored readings know by it what has changed."""
        sums = [p.checksum for p in self._places.packs]
        return f"{zlib.crc32(repr([*sums, lexicon_checksum()]).encode()):08x}"

    @property
    def described_regions(self) -> frozenset[str]:
        """The ids of the regions that a phrase means ("the liberated territories") besides their names."""
        names = {t.phrase.region for t in self._lexicon.triggers.values() if t.phrase}
        return frozenset(p.id for p in self._places.of_level("region") if p.id.partition(":")[2] in names)

    def countries(self) -> tuple[Place, ...]:
        """Return the countries, by id."""
        return self._places.of_level("country")

    def units(self, adm0: str, level: Level) -> tuple[Place, ...]:
        """Return a country's places of a level, by id.

        A city of the first level without second-level units (Kyiv) is among these: it stands for itself.
        """
        return self._places.of_level(level, adm0)

    def label(self, place_id: str, language: str, *, titled: bool = False) -> str:
        """Return the name of a place in a language, or the nearest to it that a reader of it can read.

        With `titled` a unit is named with its word where its label lacks it: `Агдамський район`.

        Raises
        ------
        UnknownPlaceError
            If no pack has the place.
        """
        self.place(place_id)
        return self._places.label(place_id, language, titled=titled)

    def level_name(
        self, adm0: str, level: Level, language: str = "en", *, plural: bool = False, of: bool = False
    ) -> str:
        """Return what a unit of a country's level is called: `district`, `oblast`, plural `raions`.

        Where the pack has no word in the language it is the English one, else `first-level unit` and so on.
        `of` asks for the form that follows `of`, where the language inflects: `району`, `районів`.
        """
        return self._places.level_name(adm0, level, language, plural=plural, of=of)

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """Return the ids of the units that a place lies in, narrow to wide; named regions are not among them.

        Raises
        ------
        UnknownPlaceError
            If no pack has the place.
        """
        return self._places.ancestors(self.place(place_id).id)

    def region_members(self, region_id: str, on: dt.date | None = None) -> tuple[Member, ...]:
        """Return the units of a named region on a day; without a day, those it has until further notice.

        Raises
        ------
        UnknownPlaceError
            If no pack has the place.
        """
        return self._places.region_members(self.place(region_id).id, on)

    def contains(self, outer_id: str, inner_id: str, on: dt.date | None = None) -> bool:
        """Whether the whole of one place lies in another on a day; every place contains itself.

        Of a region's partial member, neither the member nor anything in it counts as contained: which
        part belongs is not known.

        Raises
        ------
        UnknownPlaceError
            If no pack has one of the places.
        """
        return self._places.contains(self.place(outer_id).id, self.place(inner_id).id, on)

    def find(self, name: str, *, limit: int = 5, namesakes: bool = False) -> tuple[Found, ...]:
        """Return the places that a name finds, the surest first: as written, as it sounds, as it looks.

        `namesakes` are the units named for a city found: its raion and oblast bear the adjective of its name.
        """
        found = Finder(self._index, self._candidates, self._lexicon).find(name, limit)
        return with_namesakes(found, self._places)[:limit] if namesakes else found

    def meant(self, asked: str) -> Place:
        """Return the place that an id or name means; of namesakes the widest unit.

        Raises
        ------
        UnknownPlaceError
            If no place has the name; those of a like name are suggested.
        UsageError
            If several units of one level have it.
        """
        if asked in self:
            return self.place(asked)
        found = self.find(asked, limit=_CONSIDERED, namesakes=True)
        named = [one.place for one in found if one.score >= _SURE]
        if not named:
            raise UnknownPlaceError(
                asked, tuple(f"{one.place.id} {one.place.name}" for one in found[:NEAREST])
            )
        widest = min((place.level for place in named), key=_WIDEST_FIRST.index)
        meant = [place for place in named if place.level == widest]
        if len(meant) > 1:
            ids = ", ".join(f"{place.id} ({place.name})" for place in meant[:NEAREST])
            raise UsageError(f"Several places are called {asked!r}: {ids}. Give one by its id.")
        return meant[0]

    def mentions(  # noqa: PLR0913 - each is something known of the text
        self,
        text: str,
        *,
        title: str | None = None,
        focus: str | None = None,
        skip: Sequence[Span] = (),
        language: str = "",
        home: str | None = None,
        published: dt.date | None = None,
    ) -> tuple[Mention, ...]:
        """Return the places that a text names, in text order, none overlapping another.

        Parameters
        ----------
        text
            The stored text; `text[s:e] == mention.text` for every mention's span.
        title
            The document's title: the countries named there weigh more when a name is ambiguous.
        focus
            The id of the country that the text speaks of, where that is known.
        skip
            Spans that are no part of the report (furniture): no mention touches them.
        language
            The language of the text, which tells how names in Latin letters change with their case.
        home
            The id of the country that a text of its press is about where it names none.
        published
            The day of the report: "eastern Ukraine" was Donbas from 2014 to 2022.
        """
        return self._reader.read(text, title, Given(focus, home, language, published), skip)
