"""Which time expressions of a passage can govern which of its words.

A time in brackets serves what stands in them, a time before a colon what it labels, a date beside
"signed" or "liberated" only that; of the others the nearest governs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage, is_summed
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.statements import is_report_day, is_report_stretch
from geotrack.extraction.times import TimeExpression
from geotrack.models import Span

FRONT_COST = 2.0
STRONG, WEAK = 8.0, 1.2
TOO_FAR = 22.0
# A sum this many times as large as what a stretch brought is of a longer time.
MANIFOLD = 10
# A time within these first words opens its sentence.
_OPENING = 2
# Words of names that may stand between "produced" and its date.
_NAMES = 5
_PERSONS = ("head.person", "head.victim", "head.fatality", "head.injury")
# Words between a part and its time: "of which 17 were surveyed in Kherson region in May".
_OWN_WORDS = 8
# What a quotation ends with before the sign that closes it.
_QUOTE_ENDS = frozenset({",", ".", "!", "?"})
# What a clause does of ours that is no aside.
_DEEDS = (
    *(
        f"predicate.{name}"
        for name in ("cleared", "surveyed", "released", "found", "contaminated", "recorded")
    ),
    *(f"predicate.{name}" for name in ("killed", "injured", "casualty", "blown")),
    "incident.event",
    "incident.noun",
    "work",
)
# Signs behind which another clause may begin.
_CLAUSE_SIGNS = frozenset({",", ";", "and"})
# Signs that set a label apart from what it labels.
_COLON, _DASHES = ":", frozenset({"-", "="})


def rank_times(
    passage: Passage, anchors: Sequence[Span], at: int | None = None, *, present: bool = False
) -> list[TimeExpression]:
    """Return the time expressions that can govern the words at some ranges, nearest first.

    The number itself stands at `at`, its list at the first of `anchors`. With `present`, "now" and
    "at present" are among them, which only a level has an ear for.
    """
    at = anchors[0][0] if at is None else at
    own = [t for t in passage.times if not (is_owned(passage, t) or _is_of_saying(passage, t, at))]
    own = [t for t in own if not is_of_an_aside(passage, t, at)]
    dated = [t for t in own if t.days is None or t.days.precision != "clock"]
    compared = [t for t in dated if t.compared is not None]
    inside = [t for t in compared if _is_compared_with(passage, t, at)]
    dated = inside[:1] or [t for t in dated if t.compared is None]
    of_parts = [(t, q) for t in dated if (q := _part_dated(passage, t)) is not None]
    if own_part := [t for t, q in of_parts if q.first <= at < q.last]:
        return own_part[:1]
    dated = [t for t in dated if all(t is not other for other, _ in of_parts)]
    if passage.tagged.find("time.respective"):
        dated = _respective(passage, dated, at)
    dated = [t for t in within_brackets(passage, dated, at) if not _is_of_all_time(passage, t, at)]
    scopes = [(t, *scope) for t in dated if (scope := _label_scope(passage, t, dated))]
    labels = [t for t, first, last in scopes if first <= at < last]
    if labels:
        return labels[-1:]
    dated = [t for t in dated if all(t is not s for s, _, _ in scopes)]
    dated = [t for t in _listed(passage, dated) if not _is_of_next_clause(passage, t, dated, at)]
    dated = [t for t in dated if not _is_of_next_number(passage, t, dated, at)]
    if present:
        words = passage.tagged.find("time.present")
        dated += [TimeExpression(p.first, p.last, "present", None) for p in words]
    names = passage.place_words()
    own_span = next(((q.first, q.last) for q in passage.quantities if q.first == at), anchors[0])
    costed = [
        (
            min(
                _cost(passage, t, own_span if a[0] <= t.first < a[1] else a, names, level=present)
                for a in anchors
            ),
            t.first,
            t,
        )
        for t in dated
    ]
    return [t for cost, _, t in sorted(costed, key=lambda c: c[:2]) if cost < TOO_FAR]


def _part_dated(passage: Passage, time: TimeExpression) -> Quantity | None:
    """Return the part of a whole that a time behind it is of: "184 ha, of which 17 in May", not the whole.

    A part with a noun of its own may be of the time of the whole: "40 died, 3 of them children, in May".
    """
    if time.kind not in {"interval", "since"}:
        return None
    before = [q for q in passage.quantities if q.last <= time.first and q.head != "other"]
    if len(before) < 2 or not (before[-1].subset or before[-1].partitive):  # noqa: PLR2004 a whole and its part
        return None
    whole, part = before[-2:]
    words = passage.tagged.folded[part.last : time.first]
    closed = any(w in {",", ":", ")", "-"} for w in words) or len(words) > _OWN_WORDS
    closed = closed or any(passage.tagged.has(k, *_PERSONS) for k in range(part.number.last, time.first))
    return part if part.head in {"bare", whole.head} and not closed else None


def _is_compared_with(passage: Passage, time: TimeExpression, at: int) -> bool:
    """Tell whether a number is told of a time of comparison: "from 250 in 2022", "than in 2022, when 9 …"."""
    if time.compared is None or at < time.compared:
        return False
    tagged = passage.tagged
    comma = tagged.folded[time.last : time.last + 1] == (",",)
    behind = time.last + 1 + (tagged.folded[time.last + 1 : time.last + 2] == ("for",))
    opens = comma and tagged.has(behind, "relative") and not any(t.first >= time.last for t in passage.times)
    return at < time.last or opens


def is_compared(passage: Passage, at: int) -> bool:
    """Tell whether a number is told of a time that another is compared with: "up from 250 in 2022"."""
    return any(t.compared is not None and t.compared < at < t.last for t in passage.times)


def _listed(passage: Passage, times: list[TimeExpression]) -> list[TimeExpression]:
    """Join years and months in a row where one number alone is told of them: "in 2021, 2022 and May 2023"."""
    counted = (q for q in passage.quantities if q.head != "other")
    if sum(not passage.tagged.has(q.last, "time.unit") for q in counted) != 1:
        return times
    if passage.tagged.find("modality.plan", "modality.plan_noun"):
        return times  # "in 2023, and in 2026 it is planned to finish"
    joined: list[TimeExpression] = []
    for time in times:
        before = joined[-1] if joined else None
        if before is None or not _is_in_row(passage, before, time):
            joined.append(time)
        elif before.days is not None and time.days is not None:
            days = Days(before.days.start, time.days.end, "range")
            joined[-1] = replace(before, last=time.last, days=days, inferred=True)
    return joined


def _is_in_row(passage: Passage, one: TimeExpression, other: TimeExpression) -> bool:
    """Tell whether two stretches, the later one behind, have only a comma, "and" and an article between."""
    if (one.kind, other.kind) != ("interval", "interval") or one.days is None or other.days is None:
        return False
    long = {"year", "month", "months", "quarter", "half", "range"}
    between = range(one.last, other.first)
    linked = all(passage.tagged.has(k, "list.join", "time.article", "time.of") for k in between)
    whole = {one.days.precision, other.days.precision} <= long
    return bool(between) and linked and whole and one.days.end < other.days.start


def _respective(passage: Passage, times: list[TimeExpression], at: int) -> list[TimeExpression]:
    """Return the time whose place among its like is that of a number: "in 2022 and 2023 … 40 and 35"."""
    intervals = [t for t in times if t.kind == "interval"]
    counted = [q for q in passage.quantities if q.head != "other"]
    place = next((n for n, q in enumerate(counted) if q.first <= at < q.last), None)
    if place is None or len(intervals) != len(counted):
        return times
    return [intervals[place]]


def within_brackets(passage: Passage, times: Sequence[TimeExpression], at: int) -> list[TimeExpression]:
    """Return the times that brackets let govern the word `at`.

    Of "3 (in 2005: 5)" the year serves the 5 alone, of "677 (2023), 626 (2024)" each its number before.
    """
    pairs = list(_brackets(passage))
    kept, inside = [], []
    for time in times:
        pair = next((p for p in pairs if p[0] < time.first < p[1]), None)
        if pair is None:
            kept.append(time)
        elif pair[0] < at < pair[1]:
            inside.append(time)
        elif not _counts(passage, pair) and not (at > pair[1] and _counts_before(passage, pair[0])):
            kept.append(time)
    return inside or kept


def _brackets(passage: Passage) -> Iterator[Span]:
    """Yield the word indices of opening and closing brackets."""
    opened = -1
    for k, word in enumerate(passage.tagged.folded):
        if word == "(":
            opened = k
        elif word == ")" and opened >= 0:
            yield opened, k
            opened = -1


def _counts(passage: Passage, pair: Span) -> bool:
    return any(pair[0] < q.first < pair[1] for q in passage.quantities)


def _counts_before(passage: Passage, opened: int) -> bool:
    """Tell whether a bracket stands right behind a number, which its date then belongs to."""
    return any(q.last == opened and q.head != "other" for q in passage.quantities)


def _label_scope(passage: Passage, time: TimeExpression, times: Sequence[TimeExpression]) -> Span | None:
    """Return the words that a time labels: those behind its colon or dash, to the next label."""
    words = passage.tagged.folded
    dashed = words[time.last : time.last + 1] != (_COLON,)
    kinds = {"interval", "since"} if dashed else {"interval"}
    if time.kind not in kinds or not _is_label(passage, time) or is_report_day(passage, time):
        return None
    ends = [k for k in range(time.last, len(words)) if words[k] == ")"] if "(" in words[: time.first] else []
    nexts = [t.first for t in times if t.first > time.first and _is_label(passage, t)]
    return time.last, min([len(words), *ends[:1], *nexts[:1]])


def _is_label(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a time labels what follows: "2019: 5", "(2010: 1 killed)", "2023 - 677.31, 2024 - 626"."""
    words = passage.tagged.folded
    sign = words[time.last] if time.last < len(words) else ""
    opens = time.first <= _OPENING or words[time.first - 1] in {"(", ",", ";", "/"}
    if sign == _COLON:
        return opens
    if sign not in _DASHES or not any(q.first == time.last + 1 for q in passage.quantities):
        return False
    at = time.first - 1
    while at >= 0 and passage.tagged.has(at, "located", "time.article"):
        at -= 1
    return opens or words[at] == "," or passage.tagged.has(at, "barrier.strong")


def is_of_an_aside(passage: Passage, time: TimeExpression, at: int = -1) -> bool:
    """Tell whether a time dates only who is spoken of: "ANAMA, which owes its birth in 1999 to …, cleared".

    Such a clause stands between commas, counts nothing and does nothing of ours.
    """
    tagged, words = passage.tagged, passage.tagged.folded
    ranged = time.days is not None and time.days.precision == "range"  # "the phase, which lasted until May"
    if time.kind != "interval" or ranged or "relative" not in tagged.seen:
        return False
    first = time.first - 1
    while first >= 0 and words[first] != ",":
        first -= 1
    last = next((k for k in range(time.last, len(words)) if words[k] in {",", "."}), len(words))
    opened = tagged.has(first + 1, "relative") and not tagged.has(
        first + 1, "time.when", "follows", "report.that"
    )
    if first < 0 or first < at < last or not opened:
        return False
    inside = range(first + 1, last)
    done = any(tagged.has(k, *_DEEDS) for k in inside)
    return not done and not any(q.first in inside and q.head != "other" for q in passage.quantities)


def _is_of_saying(passage: Passage, time: TimeExpression, at: int) -> bool:
    """Tell whether a time behind a quotation is that of those who say it: "…", he told a review of 2022."""
    tagged = passage.tagged
    if time.kind != "interval" or '"' not in tagged.folded or is_report_day(passage, time):
        return False
    closed = [
        k
        for k in range(max(at, 1), time.first)
        if tagged.folded[k] == '"' and tagged.folded[k - 1] in _QUOTE_ENDS
    ]
    return bool(closed) and any(tagged.has(k, "report.verb") for k in range(closed[-1], time.first))


def _is_of_next_clause(
    passage: Passage, time: TimeExpression, times: Sequence[TimeExpression], at: int
) -> bool:
    """Tell whether a time opens what follows a total so far: "so far 90 ha are cleared, in 2025 50 ha …"."""
    if time.kind != "interval" or time.first <= at or not any(t.kind == "so_far" for t in times):
        return False
    before = time.first - 1 - (passage.tagged.folded[time.first - 1] == "and")
    if passage.tagged.folded[before] != ",":
        return False
    so_far = any(t.kind == "so_far" and t.first < at for t in times)
    return so_far and any(q.first >= time.last and q.head != "other" for q in passage.quantities)


def _is_of_next_number(
    passage: Passage, time: TimeExpression, times: Sequence[TimeExpression], at: int
) -> bool:
    """Tell whether a time behind a comma leads to the next number: "last year it was 20, in 2022 18"."""
    tagged = passage.tagged
    first = time.first - tagged.has(time.first - 1, "located")
    if not at < first or tagged.folded[first - 1] not in _CLAUSE_SIGNS:
        return False
    last = time.last + tagged.has(time.last, "stretch.whole", "further")  # "in 2002 alone 40"
    leads = any(q.first in {time.last, last} and q.head == "bare" for q in passage.quantities)
    return leads and any(t.last <= at for t in times)


def _cost(passage: Passage, time: TimeExpression, span: Span, names: frozenset[int], *, level: bool) -> float:
    first, last = span
    before = time.first < first
    between = range(time.last, first) if before else range(last, time.first)
    cost, parted, tags_at = 0.0, False, passage.tagged.tags_at
    for k in between:
        if k in names or (k + 1 in names and passage.tagged.folded[k] == ","):
            continue
        tags = tags_at[k]
        strong = "barrier.strong" in tags
        parted |= strong
        cost += STRONG if strong else WEAK if "barrier.weak" in tags else 0.4
    counted = sum(q.first in between and q.head != "other" for q in passage.quantities)
    cost += 3.0 * counted
    totalled = any(t.kind == "since" and t.first in between for t in passage.times)
    if level and parted and counted:
        return TOO_FAR  # "In 2023 they cleared 5 ha, but 90 ha remain"
    if before and time.first <= 3 and not (totalled or _heads_another(passage, time)):  # noqa: PLR2004 an opening "In 2023," governs the sentence
        cost = min(cost, FRONT_COST)
    return cost


def _is_of_all_time(passage: Passage, time: TimeExpression, first: int) -> bool:
    """Tell whether a sum is far more than what a stretch before it brought: "40 in May, in total 9,000"."""
    if time.kind != "interval" or time.last > first or not is_summed(passage, first):
        return False
    own = [q.number.value for q in passage.quantities if q.first == first]
    told = [q for q in passage.quantities if time.last <= q.first < first and q.head != "other"]
    return bool(own and told) and own[0] > MANIFOLD * max(q.number.value for q in told)


def _heads_another(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a time before a colon only heads one behind it: "Developments since 1999: In 2003 …"."""
    colon = passage.tagged.folded[time.last : time.last + 1] == (":",)
    return colon and any(time.last < t.first <= time.last + 1 + _OPENING for t in passage.times)


def _before_names(passage: Passage, at: int) -> int:
    """Return the word before names and their preposition: the "produced" of "produced by Armenia in 2021"."""
    tagged, first = passage.tagged, at
    while at > max(0, first - _NAMES):
        named = tagged.text[tagged.words[at].start].isupper()
        if not (named or tagged.has(at, "located", "causes") or tagged.folded[at] == "the"):
            break
        at -= 1
    return at


def is_owned(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a date belongs to something else: "liberated in 2020", "the agreement of 10 November"."""
    whose = passage.tagged.has(time.first - 1, "own_time")  # "the war of the early 1990s"
    if time.kind != "interval" or (time.days and time.days.precision == "span" and not whose):
        return False
    if is_report_stretch(passage, time):
        return True
    deed = passage.tagged.has(time.first - 1, "incident", "predicate")  # "laid in the war exploded today"
    if any(passage.tagged.has(time.first - k, "war.begun", "war.over") for k in (1, 2)[: 2 - deed]):
        return True  # "the invasion on 24 February 2022"
    if "own_time" not in passage.tagged.seen:
        return False
    near = [time.first - 1, time.last]
    if not (deed or passage.tagged.has(time.first - 1, "land")):  # "in the liberated territories in March"
        near += [time.first - 2, _before_names(passage, time.first - 1)]
    owners = [k for k in near if passage.tagged.has(k, "own_time")]
    if owners == [time.last] and _opens_a_deed(passage, time):
        return False
    return bool(owners) and not is_report_day(passage, time)


def _opens_a_deed(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day is that of a blast, not of a liberation: "on 17 March in liberated X a mine …"."""
    day = time.days is not None and time.days.precision == "day"
    alone = not any(t.days is not None and t is not time for t in passage.times)
    return day and alone and bool(passage.tagged.find("incident.event", "incident.noun"))
