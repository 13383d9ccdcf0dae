"""Tolls: how many an incident killed and injured, put together from all that tell of it.

What one passage counts is a telling; a later telling of the same outcome completes the earlier one, and
adds to it only where it speaks of somebody else ("another", "his wife", another name).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geotrack.extraction.passages import Passage
from geotrack.extraction.persons import Person
from geotrack.extraction.victims import Fate

# How many "they" and "the others" are, until it is known how many were in the blast.
ALL, REST = -1, -2
# "Two more" so many passages after the first add to it where as many were in the blast.
_AFTER = 4
# Words between a group and "also" before it, or "as well" behind it.
_ALSO, _AS_WELL = 3, 9
# One of whom the passage has no word at all: "was hospitalised".
UNNAMED = -3


class Toll(NamedTuple):
    """What is known of the victims: None where nothing is said, 0 where nobody was harmed.

    `struck` is how many were in the blast, whatever became of them; `names` and `kinds` are the names
    and the sexes of those killed and of those injured, `told_in` the passages that told of them last,
    `latest` how many these told; `guessed` is that "they" were counted before anybody told how many they are.
    """

    killed: int | None = None
    injured: int | None = None
    casualties: int | None = None
    struck: int | None = None
    names: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    kinds: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    told_in: tuple[int, int] = (-1, -1)
    latest: tuple[int, int] = (0, 0)
    guessed: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is said of harm."""
        return any(n is not None for n in (self.killed, self.injured, self.casualties))


class Tally(NamedTuple):
    """What one passage says of one outcome: how many, whether all are others than before, their names.

    `loose` counts those that only a pronoun tells of ("he died", "both were hurt"); it is `ALL` for "they",
    `REST` for "the others"; `all` is that a group is named and not counted ("all passengers").
    """

    firm: int = 0
    loose: int = 0
    further: bool = False
    names: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    all: bool = False


_NOBODY = Tally()


def tally(passage: Passage, fates: Sequence[Fate], outcome: str) -> Tally:
    """Count the persons of a passage that met one outcome."""
    return _tally(passage, fates, outcome) if any(f.outcome == outcome for f in fates) else _NOBODY


def _tally(passage: Passage, fates: Sequence[Fate], outcome: str) -> Tally:
    firm = loose = 0
    further = True
    whole = False  # whether those counted are a whole, whose parts add nothing
    before = False  # whether the passage has told of somebody already
    names: set[str] = set()
    for fate in fates:
        person = fate.person
        seen, before = before, before or person is not None
        if fate.outcome != outcome:
            continue
        if person is not None and person.back and person.count == 2 and not seen:  # noqa: PLR2004
            firm, further = firm + 2, False  # "both children died, and their mother too"
        elif person is None or person.back:
            if person is None:
                loose = loose or UNNAMED
                continue
            count = person.count
            rest = person.further
            loose = (REST if rest else ALL) if count is None else max(loose, count)
        elif person.count is not None and not (person.part and whole):
            firm += person.count
            whole = whole or not person.part
            further = further and (person.further or _is_also(passage, person))
            if person.named:
                words = passage.tagged.folded[person.first : person.last]
                names.add(" ".join(w for w in words if len(w) > 1 and not w.isdecimal()))  # no initials
    if loose > firm > 0:
        firm, loose = loose, 0  # "both lost their lives, says the man whose son died"
    if firm and loose == 1:
        firm, loose = firm + 1, 0  # "it killed him on the spot, the woman died in hospital"
    kinds = _kinds(passage, [f.person for f in fates if f.person and f.outcome == outcome])
    groups = (f.person for f in fates if f.person and f.outcome == outcome and f.person.count is None)
    everybody = any(_is_whole(passage, p) for p in groups)
    return Tally(firm, loose, further and firm > 0, frozenset(names), kinds, everybody)


def _kinds(passage: Passage, people: Iterable[Person]) -> frozenset[str]:
    """Return the sexes of persons told of one by one, where words tell them: "the man", "his daughter"."""
    words = [k for p in people if p.count == 1 and not p.back for k in range(p.first, p.last)]
    tags = ("person.male", "person.female")
    return frozenset(tag for tag in tags if any(passage.tagged.has(k, tag) for k in words))


def _is_also(passage: Passage, person: Person) -> bool:
    """Tell whether a counted group came to harm besides others: "four workers were wounded as well"."""
    tagged = passage.tagged
    counted = (person.first < person.last and tagged.has(person.first, "number")) or (
        tagged.folded[person.first].isdecimal()
    )
    near = (*range(max(0, person.first - _ALSO), person.first), *range(person.last, person.last + _AS_WELL))
    also = (tagged.has(k, "also") or tagged.lexicon.contains(tagged.folded[k : k + 1], "also") for k in near)
    return counted and any(also)


def _is_whole(passage: Passage, person: Person) -> bool:
    """Tell whether a group without a number is all told of before: "all children", "the passengers"."""
    tagged = passage.tagged
    at = range(person.first - 1, person.first + 1)
    return not person.back and any(tagged.has(k, "person.whole", "definite.word") for k in at)


def told(toll: Toll, passage: Passage, fates: Sequence[Fate]) -> Toll:
    """Return a toll after a passage has told the fates of some persons."""
    struck = tally(passage, fates, "struck")
    toll = toll._replace(struck=_larger(toll.struck, struck.firm or max(struck.loose, 0) or None))
    toll = _killed(toll, passage, fates)
    toll = _injured(toll, passage, fates)
    unknown = not (toll.struck or toll.casualties)
    harmed = [tally(passage, fates, o) for o in ("killed", "injured")]
    if unknown and any(one.loose == ALL or (one.all and not one.firm) for one in harmed):
        toll = toll._replace(guessed=True)
    both = tally(passage, fates, "casualty").firm
    if both:
        toll = toll._replace(casualties=_larger(toll.casualties, both))
    if any(f.outcome == "none" for f in fates):
        toll = toll._replace(killed=toll.killed or 0, injured=toll.injured or 0)
    return _without_the_dead(toll)


def _without_the_dead(toll: Toll) -> Toll:
    """Count nobody twice who was told of as hurt and, by the same name, as dead."""
    dead, hurt = toll.names
    twice = frozenset(name for name in hurt if any(is_one_name(name, other) for other in dead))
    if not (twice and toll.killed and toll.injured):
        return toll
    left = toll.injured - len(twice)
    return toll._replace(injured=left if left > 0 else None, names=(dead, hurt - twice))


def is_one_name(one: str, other: str) -> bool:
    """Tell whether two names can be one person's: "Orlov" and "citizen Ivan Orlov", not his brother's."""
    words, others = set(one.split()), set(other.split())
    return bool(words and others) and (words <= others or others <= words)


def _killed(toll: Toll, passage: Passage, fates: Sequence[Fate]) -> Toll:
    one = tally(passage, fates, "killed")
    count = _counted(toll, 0, one, passage)
    if one.all and not one.firm and toll.struck and not toll.killed:
        count = max(count or 0, toll.struck)
    if not one.firm and one.loose and not toll.killed:
        count = _referred(toll, one.loose)
        if toll.injured and toll.injured >= count and (toll.struck or toll.injured) < toll.injured + count:
            toll = toll._replace(injured=toll.injured - count or None)  # "one was hurt … he died in hospital"
    some = [f.person for f in fates if f.person and f.outcome == "killed"]
    hurt = toll.injured or 0
    again = bool(some) and all(p.part or _is_known(passage, p) for p in some)
    if again and not toll.killed and hurt >= one.firm > 0:
        toll = toll._replace(injured=hurt - one.firm or None)  # "two were hurt. One of them died in hospital"
    return toll._replace(
        killed=count,
        names=(toll.names[0] | one.names, toll.names[1]),
        kinds=(toll.kinds[0] | one.kinds, toll.kinds[1]),
        told_in=_told_in(toll, passage, one, 0),
        latest=(_latest(toll, 0, one, passage), toll.latest[1]),
    )


def _is_known(passage: Passage, person: Person) -> bool:
    """Tell whether somebody is one told of before: "the man", not "the driver" and not "a man"."""
    tagged = passage.tagged
    return tagged.has(person.first, "definite.word") and tagged.has(person.last - 1, "person.apposition")


def _injured(toll: Toll, passage: Passage, fates: Sequence[Fate]) -> Toll:
    one = tally(passage, fates, "injured")
    one = one._replace(firm=one.firm - _died_after(fates))
    count = _counted(toll, 1, one, passage)
    if one.all and not one.firm and (toll.struck or 0) > (toll.killed or 0):
        count = max(count or 0, (toll.struck or 0) - (toll.killed or 0))
    elif one.all and not one.firm and not count:
        count = _referred(toll, ALL)
    if one.loose == REST:
        count = max(count or 0, _referred(toll, REST))
    elif not one.firm and one.loose:
        referred = _referred(toll, one.loose)
        if not toll.killed or (toll.struck or 0) >= toll.killed + referred:
            count = max(toll.injured or 0, referred)
    return toll._replace(
        injured=count,
        names=(toll.names[0], toll.names[1] | one.names),
        kinds=(toll.kinds[0], toll.kinds[1] | one.kinds),
        told_in=_told_in(toll, passage, one, 1),
        latest=(toll.latest[0], _latest(toll, 1, one, passage)),
    )


def _told_in(toll: Toll, passage: Passage, one: Tally, at: int) -> tuple[int, int]:
    """Return the passages that told last of the killed and of the injured."""
    here = passage.number if one.firm or one.loose else toll.told_in[at]
    return (here, toll.told_in[1]) if at == 0 else (toll.told_in[0], here)


def _died_after(fates: Sequence[Fate]) -> int:
    """Return how many of the injured are told to have died: "eight were hurt, one of whom later died"."""
    hurt = died = 0
    for person, outcome in ((f.person, f.outcome) for f in fates if f.person):
        if outcome == "injured" and not person.part:
            hurt += person.count or 0
        elif outcome == "killed" and person.part:
            died += person.count or 0
    return died if hurt > died and fates[0].outcome == "injured" else 0


def _counted(toll: Toll, at: int, one: Tally, passage: Passage) -> int | None:
    """Return a count after a passage: the larger of two tellings, their sum where they tell of others.

    "Another" adds to what was told near by, not to what a lead summed up.
    """
    before = (toll.killed, toll.injured)[at]
    if not one.firm:
        return before
    if not before:
        return one.firm
    names = toll.names[at]
    if one.names and len(names) >= before and not _share_names(names, one.names):
        return before + one.firm
    kinds = toll.kinds[at]
    if one.kinds and len(kinds) >= before and kinds.isdisjoint(one.kinds):
        return before + one.firm  # "The man died at once. The woman died in hospital"
    return max(before, _latest(toll, at, one, passage))


def _latest(toll: Toll, at: int, one: Tally, passage: Passage) -> int:
    """Return how many the last tellings count together: "the driver died at once, another man later"."""
    if not one.firm:
        return toll.latest[at]
    both = one.firm + toll.latest[at]
    far = passage.number - toll.told_in[at]
    free = (toll.struck or 0) - ((toll.injured, toll.killed)[at] or 0)
    near = far <= 1 or (far <= _AFTER and both <= free)
    return both if near and one.further else one.firm


def _share_names(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether two sets of names have a word in common."""
    return not {w for n in one for w in n.split()}.isdisjoint(w for n in other for w in n.split())


def _referred(toll: Toll, loose: int) -> int:
    """Return how many a pronoun speaks of: "they" are all that were in the blast."""
    if loose == UNNAMED:
        return 1
    known = toll.struck or toll.casualties or 0
    if loose > 0:
        return min(loose, known) if known else loose
    if loose == REST:
        return max(known - (toll.killed or 0), 1)
    return known or 1


def joined(one: Toll, other: Toll) -> Toll:
    """Return the toll of two tellings of one event: the larger of each count; "they" are all in the blast."""
    if other.guessed and one.struck and other.struck is None:
        free = one.struck - (one.killed or 0)
        other = other._replace(killed=free if other.killed else None, injured=free if other.injured else None)
    whole = Toll(
        _larger(one.killed, other.killed),
        _larger(one.injured, other.injured),
        _larger(one.casualties, other.casualties),
        _larger(one.struck, other.struck),
        (one.names[0] | other.names[0], one.names[1] | other.names[1]),
        (one.kinds[0] | other.kinds[0], one.kinds[1] | other.kinds[1]),
        (max(one.told_in[0], other.told_in[0]), max(one.told_in[1], other.told_in[1])),
        other.latest if any(other.latest) else one.latest,
    )
    return _without_the_dead(whole)


def agree(one: Toll, other: Toll) -> bool:
    """Tell whether two tolls can be those of one event: no count that both state differs."""
    pairs = ((one.killed, other.killed), (one.injured, other.injured))
    return all(a is None or b is None or a == b for a, b in pairs)


def within(one: Toll, other: Toll) -> bool:
    """Tell whether a toll can be a part of one told before: four injured of seven."""
    pairs = ((one.killed, other.killed), (one.injured, other.injured))
    return other.known and all(not b or (a is not None and b <= a) for a, b in pairs)


def _larger(one: int | None, other: int | None) -> int | None:
    known = [n for n in (one, other) if n is not None]
    return max(known) if known else None
