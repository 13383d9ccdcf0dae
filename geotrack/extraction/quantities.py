"""Quantity phrases: a qualifier, a number, and what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geotrack.extraction.calibres import calibres
from geotrack.extraction.heads import find_head
from geotrack.extraction.nouns import EXPLOSIVE, PEOPLE, Head, ends_count, head_of, is_bracketed
from geotrack.extraction.numbers import Number, find_numbers
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.extraction.times import TimeExpression
from geotrack.models import Qualifier, Unit

AREA_UNITS: dict[str, float] = {"ha": 1e4, "km2": 1e6, "m2": 1.0, "acre": 4046.8564224, "mi2": 2589988.110336}
_QUALIFIERS: tuple[Qualifier, ...] = ("approx", "at_least", "at_most")
_GROUP_OF_THREE = 3
# Words of "out of these".
_OF_THESE = 3
# What is said of ordnance, and not of land.
_FOUND = ("predicate.found.done", "predicate.found.base")
_EXPLOSIVE_HEADS = tuple(f"head.{head}" for head in sorted(EXPLOSIVE))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its head: `words[first:last]`; the number itself is `words[number.first:number.last]`."""

    number: Number
    first: int
    last: int
    head: Head
    unit: Unit
    qualifier: Qualifier = "exact"
    group: int = 0
    bracketed: bool = False
    subset: bool = False
    head_from: str = "right"
    partitive: bool = False


def find_quantities(sentence: TaggedSentence, times: Sequence[TimeExpression]) -> list[Quantity]:
    """Return the quantities of a sentence in order, those of one list with the same `group`."""
    if not _may_count(sentence):
        return []
    taken = {i for t in times for i in range(t.first, t.last)}
    read_all = find_numbers(sentence.words, sentence.text, sentence.lexicon, taken)
    measuring = calibres(sentence, read_all)
    numbers = [n for n in read_all if n not in measuring and not _only_qualifies(sentence, n)]
    numbers = sorted([*_fractions(sentence, taken), *numbers], key=lambda n: n.first)
    if not numbers:
        return []
    read = (_quantity(sentence, number, numbers, taken) for number in _disjoint(numbers))
    found = [_as_part(sentence, q) for q in read if q is not None]
    for complete in (
        _without_wholes,
        _elided,
        _share_heads,
        _respective,
        _of_a_whole,
        _of_the_land,
        _with_single_items,
    ):
        found = complete(found, sentence)
    return _grouped(_of_a_shared_noun(found, sentence, taken), sentence)


# "291 of them dead" are a part of those before; "12 of them victims" are none.
_PARTED = frozenset({"bare", "person", "fatality", "injury"})


def _may_count(sentence: TaggedSentence) -> bool:
    """Tell whether a sentence holds digits, a word of a number or a fraction."""
    spelled = not sentence.lexicon.numerals.isdisjoint(sentence.folded)
    return bool(sentence.numbers) or spelled or "number.fraction" in sentence.seen


def _only_qualifies(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a vague word counts nothing: the "many" of "as many as a million", of "how many"."""
    return number.vague and sentence.has(number.first, "qualifier", "fronted.how_many")


def _elided(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Let a number without a noun count what the one before did: "48 villages had mines, 16 from war".

    So does one that the same word follows: "480 villages hit by mines and 163 hit by shells".
    """
    read = list(found)
    for i in range(1, len(read)):
        here, before = read[i], read[i - 1]
        same = sentence.folded[here.last : here.last + 1] == sentence.folded[before.last : before.last + 1]
        whole = read[i - 2] if i > 1 and before.bracketed and not here.bracketed else before
        if here.head == "bare" and before.head == "other" and (same or sentence.has(here.last, "apart")):
            read[i] = replace(here, head="other")
        elif here.head == "bare" and whole.head == "other" and sentence.has(here.last, "subset.relative"):
            read[i] = replace(here, head="other")  # "at 282 sites (17.5 km²), 88 of which …"
        elif here.head == "bare" and before.head == "percent" and same:
            read[i] = replace(here, head="percent", unit="percent")  # "51 per cent in 2020, 35 in 2019"
    return read


def _without_wholes(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Leave out a bare number told again as the whole of the one before: the 21 of "8 of these 21 died"."""
    read: list[Quantity] = []
    for here in found:
        between = range(read[-1].last, here.number.first) if read else range(0)
        part = between and read[-1].head == here.head == "bare" and len(between) <= _OF_THESE
        if part and all(sentence.has(k, "partitive", "subset.strict", "time.article") for k in between):
            read[-1] = replace(read[-1], last=here.last, subset=True, partitive=True)
        else:
            read.append(here)
    return read


def _as_part(sentence: TaggedSentence, quantity: Quantity) -> Quantity:
    """Read "12 of the victims", "12 of them", "12 children among them" as a part of those before."""
    if quantity.head not in PEOPLE | {"bare"} or quantity.head_from not in {"right", ""}:
        return quantity
    at = quantity.number.last
    if _is_ratio(sentence, quantity) or (quantity.number.value == 1 and sentence.has(at, "partitive")):
        return replace(quantity, head="other")  # "one of the leading men"
    behind = _closes_part(sentence, quantity.last) or _is_done_by_part(sentence, quantity)
    if quantity.head in _PARTED and (behind or sentence.has(at, "subset.strict")):
        return replace(quantity, subset=True, partitive=True)
    if quantity.head == "bare" or not sentence.has(at, "partitive"):
        return quantity
    if quantity.head in {"fatality", "injury"}:
        return replace(quantity, subset=True, partitive=True)
    return replace(quantity, head="person", subset=True) if quantity.head == "victim" else quantity


def _is_ratio(sentence: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number is a side of a ratio: "one victim in three", "one in ten farmers"."""
    last = quantity.last
    behind = sentence.has(last, "ratio") and sentence.has(sentence.after(last), "number.unit")
    before = sentence.has(quantity.first - 1, "ratio") and sentence.has(quantity.first - 2, "number.unit")
    return behind or before


def _is_done_by_part(sentence: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number is what one cause did of a whole: "20 casualties, of which mines caused 12"."""
    brought = sentence.has(quantity.first - 1, "brought_about")
    return brought and any(p.first < quantity.first for p in sentence.find("subset.relative"))


def _closes_part(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether "among them" ends a part told before it, and opens none behind it."""
    if not sentence.has(at, "subset.strict"):
        return False
    after = sentence.after(at)
    return after >= len(sentence.words) or sentence.folded[after] in {",", ".", ")", ";"}


def _disjoint(numbers: Sequence[Number]) -> Iterator[Number]:
    last = -1
    for number in numbers:
        if number.first >= last:
            yield number
            last = number.last


def _fractions(sentence: TaggedSentence, taken: set[int]) -> Iterator[Number]:
    """Yield "a third", "a quarter" as percentages where a share is told: "a third of"."""
    for phrase in sentence.find("number.fraction"):
        follows = sentence.folded[phrase.last] if phrase.last < len(sentence.words) else ""
        if phrase.first not in taken and sentence.has(phrase.last, "time.of", "share") and follows:
            name = " ".join(sentence.folded[phrase.first : phrase.last])
            yield Number(phrase.first, phrase.last, sentence.lexicon.values[name], spelled=True)


def _quantity(
    sentence: TaggedSentence, number: Number, numbers: Sequence[Number], taken: set[int]
) -> Quantity | None:
    if sentence.has(number.first, "number.fraction") and sentence.after(number.first) == number.last:
        head: Head | None = "percent"
        unit: Unit = "percent"
        last, origin = number.last, "right"
    else:
        others = {n.first for n in numbers if n is not number} | taken
        head, unit, last, origin = find_head(sentence, number, others, others - taken)
    first, qualifier = _qualifier(sentence, number)
    if head is None:
        return None
    if last < len(sentence.words) and sentence.folded[last - 1] == "+":
        qualifier = "at_least"
    if head in EXPLOSIVE or head in PEOPLE or head == "area":
        number = _whole(sentence, number, units=head != "area" or unit == "m2")
    return Quantity(
        number,
        first,
        last,
        head,
        unit,
        qualifier,
        bracketed=is_bracketed(sentence, number.first),
        subset=_opens_subset(sentence, first),
        head_from=origin,
    )


def _whole(sentence: TaggedSentence, number: Number, *, units: bool) -> Number:
    """Read "261.435 shells" as thousands: what is counted one by one has no three decimals.

    Hectares may have them, but none that are noughts: "4.400 hectares".
    """
    digits = sentence.folded[number.first]
    decimals = digits.partition(".")[2]
    grouped = "," in digits or digits.find(".") <= _GROUP_OF_THREE
    if number.scaled or len(decimals) != _GROUP_OF_THREE or not grouped or digits.count(".") > 1:
        return number
    if not (units and number.value != int(number.value)) and not (
        decimals.endswith("00") and "," not in digits
    ):
        return number
    return number._replace(value=float(digits.replace(".", "").replace(",", "")))


def _opens_subset(sentence: TaggedSentence, first: int) -> bool:
    """Tell whether "including" stands before a quantity, or "among the dead" opens its sentence."""
    return sentence.has(0, "subset.among") or any(
        sentence.has(first - back, "subset.strict") for back in (1, 2) if first >= back
    )


def _qualifier(sentence: TaggedSentence, number: Number) -> tuple[int, Qualifier]:
    """Return where the qualifier of a number begins, and which one it is."""
    at = number.first - 1
    glued = number.last < len(sentence.words) and sentence.folded[number.last] == "+"
    if at >= 0 and sentence.has(at, "time.article") and not sentence.has(at, "qualifier"):
        at -= 1
    phrase = sentence.phrase_at[at] if at >= 0 else None
    if phrase is not None and phrase.has("qualifier"):
        name = next(q for q in _QUALIFIERS if phrase.has(f"qualifier.{q}"))
        earlier = sentence.phrase_at[phrase.first - 1] if phrase.first else None
        first = earlier.first if earlier is not None and earlier.has("qualifier") else phrase.first
        return first, name
    return number.first, "at_least" if glued else "exact"


def _share_heads(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Give a bare number the head of the next one in its list: "120 and 64 ha"."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        between = range(here.last, after.first)
        if here.head != "bare" or after.head == "bare" or after.head_from == "left":
            continue
        told = len(between) > 1 and sentence.has(here.first - 1, "level.copula", "counted.verb")
        of_items = after.head == "area" and sentence.has(here.first - 1, *_FOUND)
        if told or (of_items and not sentence.has(here.first - 1, "predicate.cleared")):
            continue  # "the accidents number 152, and 32 people died", "destroyed 1,800, and 9 ha …"
        if between and all(sentence.has(k, "list.join", "time.range", "number.and") for k in between):
            shared[i] = replace(here, head=after.head, unit=after.unit, head_from="shared")
    return shared


def _of_a_shared_noun(found: list[Quantity], sentence: TaggedSentence, taken: set[int]) -> list[Quantity]:
    """Give numbers of places or years the noun of the last: "in Kherson 12, in Sumy 9, in Lviv 3 mines"."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        if here.head != "bare" or here.number.spelled or after.head not in EXPLOSIVE | {"area"}:
            continue
        between = range(here.last, after.first)
        joined = len(between) > 1 and sentence.has(between[0], "list.join", "number.and")
        told = joined and _is_label(sentence, range(between[0] + 1, between[-1] + 1), taken)
        if told and after.head_from in {"right", "shared"} and here.first and _labels(sentence, here, taken):
            shared[i] = replace(here, head=after.head, unit=after.unit, head_from="shared")
    return shared


def _is_label(sentence: TaggedSentence, words: range, taken: set[int]) -> bool:
    """Tell whether words are only a place or a year: "in the city of Sumy -", "in 2021"."""
    named = any(k in taken or _is_name(sentence, k) for k in words)
    return named and all(
        k in taken
        or _is_name(sentence, k)
        or sentence.has(k, "place_word", "located", "time.article", "number.and", "list.join", "time.of")
        or sentence.folded[k] in {"in", "-"}
        for k in words
    )


def _labels(sentence: TaggedSentence, quantity: Quantity, taken: set[int]) -> bool:
    """Tell whether a place or a year stands right before a quantity, at most a dash between."""
    at = quantity.first - 1
    at -= sentence.folded[at] == "-"
    while at > 0 and (sentence.has(at, "place_word") or sentence.folded[at] == "in"):
        at -= 1
    return at >= 0 and (at in taken or _is_name(sentence, at))


def _is_name(sentence: TaggedSentence, at: int) -> bool:
    word = sentence.words[at]
    return word.end > word.start and sentence.text[word.start].isupper()


def _respective(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Give the numbers of a list the nouns of another: "mines and shells: 30 and 12, respectively"."""
    respective = bool(sentence.find("time.respective"))
    counted = [q for q in found if (respective or q.head_from != "right") and q.head in EXPLOSIVE | {"bare"}]
    opened = bool(counted) and (
        sentence.has(counted[0].first - 1, "level", "counted.verb")
        or sentence.folded[counted[0].first - 1] in {":", "-"}
    )
    if len(counted) < 2 or not (respective or opened) or not _in_a_row(sentence, counted):  # noqa: PLR2004
        return found
    nouns = [p for p in sentence.find(*_EXPLOSIVE_HEADS) if p.last <= counted[0].first]
    if respective and not nouns:
        nouns = [p for p in sentence.find(*_EXPLOSIVE_HEADS) if p.first >= counted[-1].number.last]
    heads = [head_of(p, adjacent=False) for p in nouns]
    if len(nouns) != len(counted) or not _in_a_row(sentence, nouns):
        return found
    own = {id(q): head for q, head in zip(counted, heads, strict=True) if head is not None}
    return [
        replace(q, head=own[id(q)][0], unit=own[id(q)][1], head_from="left") if id(q) in own else q
        for q in found
    ]


def _in_a_row(sentence: TaggedSentence, parts: Sequence[Quantity | Phrase]) -> bool:
    """Tell whether nothing but joining words stands between the parts of a list."""
    return all(
        all(
            sentence.has(k, "list.join", "number.and", "other", "qualifier")
            for k in range(one.last, two.first)
        )
        for one, two in pairwise(parts)
    )


def _of_a_whole(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Give a bare number the unit of the land it is a part of: "60 of 110 hectares"."""
    shared = list(found)
    for i, (part, whole) in enumerate(pairwise(found)):
        between = range(part.last, whole.first)
        if part.head == "bare" and whole.head == "area" and between and is_of_whole(sentence, between):
            shared[i] = replace(part, head="area", unit=whole.unit, head_from="shared")
    return shared


def is_of_whole(sentence: TaggedSentence, words: range) -> bool:
    """Tell whether some words only lead from a part to its whole: "of", "of the", "out of"."""
    leading = ("time.of", "partitive", "whole_of", "share.of", "time.article", "person.possessive")
    return all(sentence.has(k, *leading) for k in words)


def _of_the_land(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Let a bare number count what the whole before it did: "Of the 900 ha surveyed, 120 are dangerous"."""
    whole = found[0] if found else None
    if whole is None or whole.head != "area" or not sentence.has(0, "time.of", "whole_of", "share.of"):
        return found
    verbs = ("auxiliary", "predicate", "turned", "modality.need", "pointing")
    other = next((q.first for q in found if q.head in EXPLOSIVE), len(sentence.words))
    return [
        replace(q, head=whole.head, unit=whole.unit, head_from="shared")
        if q.head == "bare"
        and not q.number.spelled
        and q.first < other
        and (q.last >= len(sentence.words) or ends_count(sentence, q.last) or sentence.has(q.last, *verbs))
        else q
        for q in found
    ]


def _with_single_items(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Count "an anti-tank mine" as one where it stands in a list of counted ordnance."""
    if not sentence.find("single") or not any(q.head in EXPLOSIVE for q in found):
        return found
    starts = {q.first: q for q in found}
    ends = {q.last: q for q in found}
    single = []
    for phrase in sentence.find(*_EXPLOSIVE_HEADS):
        at = phrase.first - 1
        if not sentence.has(at, "single"):
            continue
        before, after = _past_joints(sentence, at - 1, -1), _past_joints(sentence, phrase.last, 1)
        left = ends.get(before + 1) if before < at - 1 else None
        right = starts.get(after) if after > phrase.last else None
        head = head_of(phrase, adjacent=False)
        if head is not None and any(q is not None and q.head in EXPLOSIVE for q in (left, right)):
            one = Number(at, at + 1, 1.0, spelled=True)
            single.append(Quantity(one, at, phrase.last, *head))
    return sorted([*found, *single], key=lambda q: q.first) if single else found


def _past_joints(sentence: TaggedSentence, at: int, step: int) -> int:
    """Return the first word from `at` on that is no comma and no "and"."""
    while 0 <= at < len(sentence.words) and sentence.has(at, "list.join", "number.and"):
        at += step
    return at


def _joins(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a word can stand between two quantities of one list: ", and", "of mined land and"."""
    joining = sentence.has(
        at, "list.join", "subset.strict", "number.and", "land", "time.of", "predicate.contaminated.noun"
    )
    return joining or sentence.folded[at] in {"(", ")"}


def _has_own_verb(sentence: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number without a noun goes straight on with a verb of harm: ", and 20 were injured"."""
    at = quantity.last
    if quantity.head != "bare":
        return False
    while sentence.has(at, "auxiliary", "has"):
        at = sentence.after(at)
    return sentence.has(
        at,
        "predicate.killed",
        "predicate.injured",
        "predicate.casualty",
        "predicate.blown",
        "predicate.damaged",
    )


def _grouped(found: list[Quantity], sentence: TaggedSentence) -> list[Quantity]:
    """Give the quantities of one list, with nothing but joining words between, the same number."""
    grouped: list[Quantity] = []
    group = 0
    for quantity in found:
        if grouped:
            between = range(grouped[-1].last, quantity.first)
            named = quantity.head_from == "left"  # "mines (12) and shells (7)"
            joined = all(
                _joins(sentence, k) or (named and sentence.has(k, "head", "head_tail", "qualifier"))
                for k in between
            )
            apart = quantity.partitive or _has_own_verb(sentence, quantity)
            added = range(grouped[-1].last, quantity.number.first)  # "12, among them a child, and another 33"
            apart = apart or (grouped[-1].subset and any(sentence.has(k, "further") for k in added))
            apart = apart or _opens_list(sentence, grouped, quantity)
            group += 0 if joined and not apart else 1
        grouped.append(replace(quantity, group=group) if group else quantity)
    return grouped


def _opens_list(sentence: TaggedSentence, before: Sequence[Quantity], quantity: Quantity) -> bool:
    """Tell whether people behind an ended list are those of another: "two men and a boy died, four men …"."""
    if len(before) == 1 or before[-1].group != before[-2].group or quantity.head not in PEOPLE:
        return False
    ended = any(sentence.has(k, "number.and") for k in range(before[-2].last, before[-1].first))
    between = range(before[-1].last, quantity.first)
    return ended and [sentence.folded[k] for k in between] == [","]
