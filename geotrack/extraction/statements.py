"""Statement days: when something was said, and from when on it holds ("said on 22 April", "as of 1 June")."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from geotrack.extraction.days import Days
from geotrack.extraction.lexicon import Tags
from geotrack.extraction.passages import Passage, once
from geotrack.extraction.tagging import TaggedSentence
from geotrack.extraction.times import TimeExpression

# A day this near to a verb of saying is its day, whatever stands between.
_NEAR = 3
# A day further than this from a verb of saying is another verb's.
_REACH = 28
# A time within these first words opens its sentence.
_OPENING = 2
# "All this was done in the course of April by two teams." has no more words.
_SHORT = 16
# A by-line has no more words before its day.
_BYLINE = 8
# Words between "began" and its day.
_TO_ITS_DAY = 10
# Passages among which one that is nothing but a by-line stands.
_HEAD = 3


def is_report_day(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day is when something was said: "said at a briefing on 22 April", "data of 1 June"."""
    if time.kind != "interval" or time.days is None or time.days.precision != "day":
        return False  # "said that since 10 November" tells a start, not the day of the saying
    tagged = passage.tagged
    if "report" not in tagged.seen:
        return _is_dateline(passage, time)
    near = [time.first - k for k in range(1, _NEAR + 1)] + [time.last, time.last + 1]
    verbs = [k for k in near if tagged.has(k, "report.verb") and not tagged.has(k, "report.source")]
    if any(not _is_cut(passage, k, time) for k in verbs):
        return True
    if _is_dateline(passage, time) or _only_says(passage):
        return True
    return _is_of_data(passage, time) or _told_before(passage, time) or _told_after(passage, time)


def is_report_stretch(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a month or week is when something was said: "In April the ministry reported that …".

    A year is that of the work: "In 2022 ANAMA reported that 3 km² had been cleared".
    """
    long = time.kind == "interval" and time.days is not None and time.days.precision not in {"day", "year"}
    return long and "report" in passage.tagged.seen and _told_after(passage, time, total=False)


def _is_dateline(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day is that of a by-line: "KYIV, Mar 7 - ", "BAKU, 5 May /Agency/", "Baku, May 5."."""
    words, tagged = passage.tagged.words, passage.tagged
    if not 0 < time.first <= _BYLINE:
        return False
    marked = tagged.folded[time.last : time.last + 1] in {("-",), ("/",)}
    if not marked and (passage.number > _HEAD or tagged.find("predicate", "incident", "head.mine", "work")):
        return False
    named = words[: time.first] if marked else (*words[: time.first], *words[time.last :])
    before = (tagged.text[w.start] for w in named if w.folded[0].isalnum())
    return all(letter.isupper() for letter in before)


def _is_cut(passage: Passage, verb: int, time: TimeExpression) -> bool:
    """Tell whether a day is not that of the verb of saying: "said that on 4 December it …"."""
    between = range(verb + 1, time.first)
    return any(passage.tagged.has(k, "report.that", "happened") for k in between)


def _is_of_data(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day is that of data: "the figures are for 1 June", "a bulletin dated 5 May"."""
    tagged = passage.tagged
    if tagged.has(time.last, "report.data") and tagged.folded[time.last + 1 : time.last + 2] == (":",):
        return True  # "10 November data: …"
    if any(tagged.has(time.first - k, "report.dated") for k in (1, 2)):
        return True
    return any(tagged.has(time.first - k, "report.data", "report.about") for k in (1, 2, 3)) and not any(
        tagged.has(k, "incident", "predicate") for k in (time.first - 1, time.first - 2)
    )


def _told_before(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a verb of saying stands before a day with neither a number nor a deed between."""
    tagged = passage.tagged
    closed = time.last >= len(tagged.words) or tagged.folded[time.last] in {'"', ".", ",", ":", "that"}
    apart = closed and time.first > 0 and tagged.folded[time.first - 1] == ","
    for k in range(time.first - 1, max(-1, time.first - _REACH), -1):
        if tagged.has(k, "report.verb"):
            return not tagged.has(k, "report.source")
        if apart and tagged.has(k, "report.that"):
            continue  # "told the conference that the agency held, on 10 March"
        if _stops(passage, k) or (tagged.folded[k] in {",", '"'} and not closed):
            return False
    return False


def _stops(passage: Passage, k: int) -> bool:
    """Tell whether a word ends the search for a verb of saying: a deed, a count, "that", "it happened"."""
    tagged = passage.tagged
    phrase = tagged.phrase_at[k]
    if phrase is not None and (
        _is_deed(phrase.tags) or phrase.has("report.that", "barrier.strong", "happened")
    ):
        return True
    return any(q.first <= k < q.last and q.head != "other" for q in passage.quantities)


@cache
def _is_deed(tags: Tags) -> bool:
    """Tell whether a word with some tags says that something was done or happened."""
    return any(
        t.startswith(("predicate.", "incident.")) and t.endswith((".done", ".transitive", ".event"))
        for t in tags
    )


def _told_after(passage: Passage, time: TimeExpression, *, total: bool = True) -> bool:
    """Tell whether a day opens a sentence whose first verb is one of saying, which then tells a total."""
    tagged = passage.tagged
    if time.first > _OPENING and not any(tagged.has(k, "report.data") for k in range(time.first)):
        return False  # "In a column for the Guardian on 5 May she wrote that …"
    if any(tagged.has(k, "happened") for k in range(time.first)):
        return False  # "It happened on 12 May, the police said."
    bare = not any(q.head != "other" for q in passage.quantities)
    if total and (_ends_with_saying(passage) or (bare and _is_about_data(tagged))):
        return True  # "On 3 June the ministry published new figures."
    for k in range(time.last, min(time.last + _REACH, len(tagged.words))):
        if tagged.has(k, "report.verb"):
            open_end = any(t.kind in {"since", "so_far"} for t in passage.times)
            total = total and (bare or open_end or tagged.has(k, "report.tally"))
            after = tagged.after(k)
            opened = tagged.has(after, "report.that") or (
                after < len(tagged.words) and tagged.folded[after] in {'"', ":"}
            )
            return (total or opened) and not tagged.has(k, "report.source")
        if _stops(passage, k):
            return False
    return False


def _is_about_data(tagged: TaggedSentence) -> bool:
    return bool(tagged.find("report.data", "report.about")) and not tagged.find("incident")


def _only_says(passage: Passage) -> bool:
    """Tell whether a passage ends with a verb of saying and tells of nothing else."""
    tagged = passage.tagged
    last = [p for p in tagged.find("report.verb") if p.last >= len(tagged.words) - 1]
    if not last or any(q.head != "other" for q in passage.quantities):
        return False
    return not tagged.find("predicate", "incident", "happened", "work", "report.source")


def _ends_with_saying(passage: Passage) -> bool:
    """Tell whether a passage ends with a verb of saying behind a total: "… were killed said"."""
    tagged = passage.tagged
    if not any(t.kind in {"since", "so_far"} for t in passage.times):
        return False
    ends = (p for p in tagged.find("report.verb") if p.last >= len(tagged.words) - 1)
    return any(p.first > 0 and tagged.folded[p.first - 1] not in {",", '"'} for p in ends)


@once
def report_day(passage: Passage) -> Days | None:
    """Return the day on which a passage says that something was said, if it does.

    The day of a war or a truce is none: "the statement of 10 November 2020" is what ended the war.
    """
    known = passage.tagged.lexicon.dates.values()
    said = (t.days for t in passage.times if is_report_day(passage, t))
    return next((days for days in said if days is not None and days.start not in known), None)


def says_earlier(passage: Passage) -> bool:
    """Tell whether the passage reports a statement made at an unknown earlier time."""
    return bool(passage.tagged.find("report.earlier")) or any(
        is_report_stretch(passage, t) for t in passage.times
    )


def data_stretch(passage: Passage) -> tuple[TimeExpression, ...]:
    """Return the month or year of all that was told just before: "That was in 2023." counts nothing."""
    tagged = passage.tagged
    if len(tagged.words) > _SHORT or any(q.head != "other" for q in passage.quantities):
        return ()
    if len(passage.times) != 1 or tagged.find("modality"):
        return ()
    before = range(min(_OPENING + 2, passage.times[0].first))  # not "Over the year the number of teams grew"
    if not any(tagged.has(k, "definite.word", "report.about", "work") for k in before):
        return ()
    dated = (t for t in passage.times if t.kind in {"interval", "since"} and t.days)
    return tuple(t for t in dated if t.kind == "since" or (t.days and t.days.precision != "day"))


def speaks_of_now(passage: Passage) -> bool:
    """Tell whether a passage tells how things stand, of no time told before: "At present 88 are clear"."""
    return not passage.times and bool(passage.tagged.find("time.present"))


def sums_up(passage: Passage) -> bool:
    """Tell whether a passage sums up what was told long before: "In total, 20 hectares have been cleared"."""
    tagged = passage.tagged
    return not passage.times and bool(tagged.find("whole")) and bool(tagged.find_within("time.perfect"))


def data_day(passage: Passage) -> Days | None:
    """Return the day of all that was told just before: "The figures are for 1 June." counts nothing."""
    if any(q.head != "other" for q in passage.quantities) or not passage.tagged.find("report.about"):
        return None
    whole = {"day", "start", "end"}
    found = (t for t in passage.times if t.days and t.days.precision in whole)
    return next((t.days for t in found if t.kind == "as_of" or is_report_day(passage, t)), None)


def phase_closed(passage: Passage) -> Days | None:
    """Return the day on which a phase ended of which was told just before: "That phase ended in May 2007"."""
    tagged = passage.tagged
    times = [t for t in passage.times if t.kind in {"interval", "as_of"} and t.days is not None]
    if len(times) != 1 or not (tagged.find("phase") and tagged.find("time.closes")):
        return None
    if any(q.head != "other" for q in passage.quantities) or tagged.find("modality.plan"):
        return None
    days = times[0].days
    return Days(days.end, days.end, "day") if days else None


def day_begun(passage: Passage) -> TimeExpression | None:
    """Return when work began, of which the next sentence tells: "Demining began in May. 40 ha are clear"."""
    tagged = passage.tagged
    verbs = tagged.find("time.opens")
    times = [t for t in passage.times if t.kind == "interval" and t.days is not None]
    work = tagged.find("work", "predicate.cleared", "predicate.surveyed", "modality.plan_noun")
    if len(times) != 1 or len(verbs) != 1 or not work:
        return None
    near = abs(verbs[0].first - times[0].first) <= _TO_ITS_DAY
    return replace(times[0], kind="since") if near else None
