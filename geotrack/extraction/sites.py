"""Where and when an incident was: the site and the day among the places and times of a passage."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.casualties import event_phrases, gap
from geotrack.extraction.chains import RANKS
from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.people import find_people
from geotrack.extraction.places import PlaceGroup
from geotrack.extraction.scene import Scene
from geotrack.extraction.scopes import is_owned
from geotrack.extraction.statements import is_report_day
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.extraction.times import TimeExpression
from geotrack.models import Place

# The finer the better: a day goes before a month, a clock time is the last resort.
_FINENESS = {"day": 0, "range": 1, "month": 1, "months": 2, "season": 2, "quarter": 2, "year": 3, "clock": 4}
# Words between a place and what makes it a home, a hospital, a bearing.
_NEAR = 4
# Words before a name among which "in the village of" stands.
_AHEAD = 7
# Words between a place and the verb of who speaks there: "Luhansk police spokesman X told".
_SPEAKER = 9
# A dateline is no longer than this.
_OPENING = 10


def stated_days(passage: Passage, first: int = 0, last: int | None = None) -> TimeExpression | None:
    """Return the time that tells when a passage, or some of its words, happened; a report day is the last."""
    end = len(passage.tagged.words) if last is None else last
    fitting = [
        t
        for t in passage.times
        if t.days is not None
        and t.kind in {"interval", "as_of"}
        and t.days.precision in _FINENESS
        and first <= t.first < end
        and not is_owned(passage, t)
        and not _is_dateline(passage, t)
    ]
    later = [t for t in fitting if _is_end(passage, t)]  # "before this week, on 4 May"
    fitting = [t for t in fitting if t not in later] or fitting
    if len(fitting) < 2:  # noqa: PLR2004 - nothing to choose
        return fitting[0] if fitting else None
    harm = passage.tagged.find("predicate.killed", "predicate.injured", "happened")
    told = event_phrases(passage) or harm  # "was blown up on 1 May and died on 3 May"
    return min(fitting, key=lambda t: _fineness(passage, t, told))


def _is_end(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a time only ends the one that is meant: "before this week"."""
    return any(passage.tagged.has(k, "time.until") for k in (time.first - 1, time.first))


def _is_dateline(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day stands in the opening of an agency's report: "KHARKIV, Jul 8 - "."""
    folded = passage.tagged.folded
    return time.last < min(len(folded), _OPENING) and folded[time.last] == "-"


def _fineness(passage: Passage, time: TimeExpression, told: Sequence[Phrase]) -> tuple[bool, int, float, int]:
    """Return how little a time suits the words of a blast: a report day, a coarse one, a far one."""
    fine = _FINENESS[time.days.precision] if time.days else len(_FINENESS)
    far = min((gap(passage, p, time.first, time.last) for p in told), default=0.0)
    return is_told_day(passage, time), fine, far, time.first


def is_told_day(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day is that of the telling: "said on 22 April", not "said that on 22 April"."""
    tagged = passage.tagged
    clause = any(
        tagged.has(time.first - k, "barrier.weak") and tagged.folded[time.first - k].isalpha() for k in (1, 2)
    )
    clause = clause or (time.first > 0 and tagged.folded[time.first - 1] == ":")
    clause = clause or tagged.has(time.first - 1, "happened")  # "it happened yesterday, police said"
    return is_report_day(passage, time) and not clause


def inherited_days(scene: Scene) -> Days | None:
    """Return the day in force where a passage states none."""
    near = scene.days is not None and scene.days.precision == "day"
    return scene.days if near else scene.event or scene.days


def site_groups(passage: Passage, scene: Scene) -> list[PlaceGroup]:
    """Return the places of a passage where something can have happened: no homes, no hospitals."""
    if not scene.groups:
        return []
    groups = [g for g in scene.groups if not g.nation]
    local = [g for g in groups if not g.country_only and not _is_elsewhere(passage, g)]
    if not local and passage.tagged.find("at_home"):
        local = [g for g in scene.groups if not g.country_only]  # "a resident of A had brought it home"
    return local or [g for g in groups if g.country_only and not g.actor]


def home_groups(passage: Passage, scene: Scene) -> list[PlaceGroup]:
    """Return where persons live, the last resort for a site: "a mine hurt a resident of X"."""
    tagged = passage.tagged
    return [
        g
        for g in scene.groups
        if not (g.nation or g.country_only)
        and any(_is_home(tagged, k) for k in range(max(0, g.first - _NEAR), g.first))
    ]


def _is_elsewhere(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a place is a home, a hospital's or a way's end: "a resident of X", "taken to X"."""
    tagged = passage.tagged
    before = range(max(0, group.first - _NEAR), group.first)
    joint = [
        k
        for k in before
        if tagged.folded[k] in {",", "."}
        or (tagged.has(k, "predicate", "incident") and not _is_home(tagged, k))
    ]
    near = range(joint[-1] + 1 if joint else before.start, group.first)
    names = passage.place_words()
    if any(
        (_is_home(tagged, k) and names.isdisjoint(range(k, group.first)))
        or tagged.has(k, "care.place", "care.verb")
        for k in near
    ):
        return True
    if _is_speakers(tagged, group) or _is_in_name(tagged, group):
        return True
    if _is_seat(tagged, group) or _is_origin(passage, group) or _names_office(tagged, group):
        return True
    return tagged.has(group.last, "care.place") or tagged.has(group.last + 1, "care.place")


def is_end_of_road(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a town only names a road: "a field beside the Kherson - Mykolaiv highway"."""
    tagged = passage.tagged
    names = {k for k in passage.place_words() if k >= group.last}
    at, joined = group.last, group.first > 0 and tagged.folded[group.first - 1] == "-"
    if tagged.has(group.first - 2, "road") and tagged.folded[group.first - 1] == "to":
        return True  # "beside the highway to Kherson"
    start = group.first
    while tagged.folded[start - 1 : start] == ("-",) and start > 1:
        start -= 2  # "the highway Kharkiv - Izium"
    if tagged.has(start - 1, "road") and (joined or tagged.folded[at : at + 1] == ("-",)):
        return True
    while at < len(tagged.words) and (tagged.folded[at] == "-" or at in names or _is_capital(tagged, at)):
        joined = joined or tagged.folded[at] == "-"
        at += 1
    return joined and tagged.has(at, "road")


def _is_capital(tagged: TaggedSentence, at: int) -> bool:
    return tagged.source(at, at + 1)[:1].isupper()


def _is_seat(tagged: TaggedSentence, group: PlaceGroup) -> bool:
    """Tell whether an office has its seat in a place: "the prosecutor's office in X informs"."""
    at = group.first - 1
    return tagged.has(at, "located") and tagged.lexicon.contains(tagged.folded[max(0, at - 1) : at], "seat")


def _names_office(tagged: TaggedSentence, group: PlaceGroup) -> bool:
    """Tell whether a place only names an office: "investigators of the Izium district police"."""
    at = group.last
    while tagged.has(at, "place_word"):
        at = tagged.after(at)
    return tagged.has(at, "seat")


def _is_origin(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a place is where somebody named is from: "Anar Aliyev, of X district, was injured"."""
    at = group.first - 2
    if passage.tagged.folded[at + 1 : at + 2] == ("of",) and _ends_name(passage, at + 1):
        return True  # "Anar Aliyev of X, 40 years of age"
    if at < 1 or passage.tagged.folded[at : at + 2] != (",", "of"):
        return False
    name = passage.tagged.source(at - 1, at)
    return name[:1].isupper() and at - 1 not in passage.place_words()


def _ends_name(passage: Passage, at: int) -> bool:
    """Tell whether the name of a person ends at a word."""
    return any(p.named and p.last == at for p in find_people(passage))


def _is_home(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a word says where somebody lives: "registered in X", not "a blast was registered in X"."""
    if not tagged.has(at, "home"):
        return False
    far = at > 0 and (tagged.has(at - 1, "bearing", "direction") or tagged.folded[at - 1][0].isdecimal())
    if far and tagged.has(at, "origin"):
        return False  # "600 metres from the checkpoint"
    dated = tagged.folded[at + 1 : at + 2]
    if dated and dated[0].isdecimal() and _is_capital(tagged, at + 2):
        return False  # "born 1980 Anar Aliyev", as Azerbaijani has it
    helped = tagged.lexicon.contains(tagged.folded[max(0, at - 1) : at], "auxiliary")
    return not (tagged.has(at, "happened") and helped)


def _is_speakers(tagged: TaggedSentence, group: PlaceGroup) -> bool:
    """Tell whether a place is that of who tells it: "the police of X said that a mine went off …"."""
    told = tagged.find("incident", "predicate.killed", "predicate.injured")
    if "report.verb" not in tagged.seen or any(p.first < group.first for p in told):
        return False
    for k in range(group.last, min(group.last + _SPEAKER, len(tagged.words))):
        if tagged.has(k, "report.verb"):
            return not tagged.has(k, "report.source")
        if (
            tagged.has(k, "predicate", "incident", "auxiliary", "barrier")
            or not tagged.folded[k][0].isalpha()
        ):
            return False
    return False


def _is_in_name(tagged: TaggedSentence, group: PlaceGroup) -> bool:
    """Tell whether a place is only a word of a person's name: "Colonel Babek Samidli"."""
    at, after = group.first, group.last
    if after >= len(tagged.words) or after - at != 1 or tagged.phrase_at[after] is not None:
        return False
    name = tagged.source(after, after + 1)[:1].isupper() and tagged.folded[after].isalpha()
    return name and (
        tagged.has(at - 1, "person", "name_mark")
        or (at > 0 and tagged.source(at - 1, at)[:1].isupper() and tagged.phrase_at[at - 1] is None)
    )


def site_of(passage: Passage, groups: Sequence[PlaceGroup]) -> tuple[Place, ...]:
    """Return the group most likely to be the site: behind "in" or "near", the most local, the first named."""

    def key(group: PlaceGroup) -> tuple[bool, bool, int, int]:
        at = is_site(passage, group) and not _only_lies_near(passage, group, groups)
        rank = min(RANKS[p.level] for p in group.places)
        return _is_bearing(passage, group), not at, max(rank, _is_hromada(passage, group)), group.first

    best = min(groups, key=key)
    return _one_site(passage, best)


def _only_lies_near(passage: Passage, group: PlaceGroup, groups: Sequence[PlaceGroup]) -> bool:
    """Tell whether a town only says where a village before it is: "a street of X, his village near Y"."""
    tagged = passage.tagged
    near = any(tagged.has(k, "site.near") for k in range(group.first - 2, group.first))
    return near and any(
        0 < group.first - g.last <= _AHEAD and all(p.level == "settlement" for p in g.places)
        and not any(tagged.has(k, "predicate", "incident", "auxiliary") for k in range(g.last, group.first))
        for g in groups
    )  # fmt: skip


def is_rough(passage: Passage, groups: Sequence[PlaceGroup]) -> bool:
    """Tell whether a site is told only by what lies near or around it: "north of Kyiv", "in X community"."""
    return all(_is_bearing(passage, g) or _is_hromada(passage, g) for g in groups)


def _is_bearing(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a bearing stands before a place: "south of X", "30 km from the city of X"."""
    at = group.first
    while passage.tagged.has(at - 1, "place_word"):
        at -= 1
    return any(passage.tagged.has(k, "bearing") for k in range(at - _NEAR, group.first))


def _is_hromada(passage: Passage, group: PlaceGroup) -> bool:
    return passage.tagged.has(group.last, "hromada") or passage.tagged.has(group.last - 1, "hromada")


def is_site(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a preposition of a spot stands before a place: "in the village of X", "near X"."""
    tagged = passage.tagged
    ahead = tagged.folded[max(0, group.first - _AHEAD) : group.first]
    ahead = ahead[ahead.index(",") + 1 :] if "," in ahead else ahead
    alone = any("site" in tagged.lexicon.tags_of(word) for word in ahead)  # the "in" of "in the village"
    return alone or tagged.lexicon.contains(ahead, "site")


def _one_site(passage: Passage, group: PlaceGroup) -> tuple[Place, ...]:
    """Return the places of a group; of a name and one that it is near, the first: "at X, near Y"."""
    tagged = passage.tagged
    near = any(tagged.has(k, "site.near") for k in range(group.first, group.last))
    return group.places[:1] if near and len(group.places) > 1 else group.places
