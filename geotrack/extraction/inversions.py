"""Glossed words in the order of English: verbs before their persons, numbers before their nouns.

Ukrainian and Russian say "were killed five miners" and "212 - anti-tank mines" for "killed five miners" and
"212 anti-tank mines", Azerbaijani "May 3 and June 4 between" for "from May 3 to June 4".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geotrack.extraction.words import Word

_HELPERS = frozenset({"was", "were"})
# What stands between a verb and the number of its persons: "at least", "no less than".
_HEDGES = frozenset(
    {"least", "no", "less", "more", "than", "almost", "another", "about", "over", "nearly", "just"}
    | {"approximately", "already", "only"}
)
_MOST_HEDGES = 3
# Words from a number of persons to their noun: "two former local teachers".
_MOST_ATTRIBUTES = 3
# What is the subject already.
_SUBJECTS = frozenset({"he", "she", "they", "who", "which", "that"})
# What stands behind two dates, what joins them, and what a date has beside numbers and its month.
_BETWEEN = frozenset({"between"})
_JOINTS = frozenset({"and", "with", ","})
_POINTS = frozenset({"on", "in"})
_NEAR = frozenset({"this", "last", "year", "month", "of", "the"})
_LONGEST_DATE = 7
# What stands before a number that a dash parts from its noun.
_LISTING = frozenset({",", ":", "(", ";", "and", "them", "which", "including"})


class Kinds(NamedTuple):
    """Words of each kind that decide the order: verbs of harm, persons, things counted, numbers, months."""

    harms: frozenset[str]
    people: frozenset[str]
    counted: frozenset[str]
    numerals: frozenset[str]
    dated: frozenset[str]


def straightened(words: Sequence[Word], kinds: Kinds) -> list[Word]:
    """Return words without the helpers of verbs that stand before their persons, and such dashes."""
    words = _stretched(words, kinds)
    dropped: set[int] = set()
    turned = False
    for at, word in enumerate(words):
        turned = turned and word.folded != "."
        if _is_dash(words, at, kinds) or _is_object(words, at, kinds) or _is_named_behind(words, at, kinds):
            dropped.add(at)
        elif _follows_harm(words, at, kinds):
            turned = False
        elif _helps_harm(words, at, kinds) and (_stands_before(words, at, kinds) or turned):
            dropped.add(at)  # so do those told after it: "killed five, two more wounded"
            turned = True
    return [word for at, word in enumerate(words) if at not in dropped]


def _stretched(words: Sequence[Word], kinds: Kinds) -> Sequence[Word]:
    """Return words with "from" and "to" for a "between" behind its two dates, with "on" behind a range."""
    if not any(word.folded in _BETWEEN for word in words):
        return words
    made = list(words)
    for at in range(len(words) - 1, 0, -1):
        if words[at].folded not in _BETWEEN or not _is_dated(words, at - 1, kinds):
            continue
        last = _start_of_date(words, at, kinds)
        if last > 1 and words[last - 1].folded == "-" and words[last - 2].folded.isdecimal():
            del made[at]  # "december 18 - 24 between" is a stretch already
            continue
        first = _start_of_date(words, last - 1, kinds) if last > 1 else last
        joined = first < last - 1 and words[last - 1].folded in _JOINTS
        ends = (first, last - 1) if joined else (last, last), (last, at)
        one, other = [[w for w in words[i:j] if w.folded not in _POINTS] for i, j in ends]
        opening = Word(words[ends[0][0]].start, words[ends[0][0]].start, "from" if joined else "on")
        joint = [words[last - 1]._replace(folded="to")] if joined else []
        made[ends[0][0] : at + 1] = [opening, *one, *joint, *other]
    return made


def _start_of_date(words: Sequence[Word], end: int, kinds: Kinds) -> int:
    """Return where a date begins that ends before an index."""
    at = end
    while at > 0 and end - at < _LONGEST_DATE and _is_dated(words, at - 1, kinds):
        at -= 1
    return at


def _is_dated(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    word = words[at].folded
    return word.isdecimal() or word in kinds.dated or word in _POINTS or word in _NEAR


def _helps_harm(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    """Tell whether a word is the helper in the gloss of a verb of harm."""
    verb = words[at + 1 : at + 2]
    helps = words[at].folded in _HELPERS and bool(verb) and verb[0].folded in kinds.harms
    return helps and verb[0].start == words[at].start


def _follows_harm(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    """Tell whether a helper stands between two verbs of harm: "one was killed, were wounded five"."""
    listed = at > 1 and words[at - 1].folded == "," and words[at - 2].folded in kinds.harms
    return listed and _helps_harm(words, at, kinds)


def _stands_before(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    """Tell whether the persons of a verb follow it: "were killed five miners"."""
    before = words[at - 1].folded if at else ","
    if before in _SUBJECTS or before in kinds.people or _is_number(words, at - 1, kinds):
        return False
    return _are_persons(words, at + 2, kinds)


def _are_persons(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    end = min(len(words), at + _MOST_HEDGES)
    while at < end and (words[at].folded in _HEDGES or _is_at_least(words, at)):
        at += 1
    if _is_number(words, at, kinds):
        following = words[at + 1].folded if at + 1 < len(words) else ""
        return following != ":" and following not in kinds.dated
    return any(word.folded in kinds.people for word in words[at : at + 2])


def _is_named_behind(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    """Tell whether the "people" in the gloss of a number of persons are named behind it: "two soldiers"."""
    if words[at].folded != "people" or not at or words[at - 1].start != words[at].start:
        return False
    for word in words[at + 1 : at + 1 + _MOST_ATTRIBUTES]:
        if word.folded in kinds.people or word.folded == "of":
            return True
        if not word.folded.isalpha() or word.folded in kinds.harms or word.folded in _HELPERS:
            return False
    return False


def _is_at_least(words: Sequence[Word], at: int) -> bool:
    return [word.folded for word in words[at : at + 2]] == ["at", "least"]


def _is_dash(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    """Tell whether a dash stands between a listed number and what it counts: ", 212 - anti-tank mines"."""
    if words[at].folded != "-" or not 0 < at < len(words) - 1 or words[at + 1].folded not in kinds.counted:
        return False
    first = at - 1
    while first >= 0 and _is_number(words, first, kinds):
        first -= 1
    return first < at - 1 and (first < 0 or words[first].folded in _LISTING)


def _is_object(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    """Tell whether a pronoun only says what a number behind it counts: "destroyed them 458 714"."""
    after_word = at > 0 and words[at - 1].folded.isalpha() and words[at - 1].folded != "of"
    return words[at].folded == "them" and after_word and _is_number(words, at + 1, kinds)


def _is_number(words: Sequence[Word], at: int, kinds: Kinds) -> bool:
    if not 0 <= at < len(words):
        return False
    return words[at].folded[:1].isdecimal() or words[at].folded in kinds.numerals
