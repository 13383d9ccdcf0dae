"""Digits that are names or marks and count nothing: ages, old years, models, times, footnotes."""

from __future__ import annotations

from geotrack.extraction.days import FIRST_YEAR
from geotrack.extraction.numbers import Number
from geotrack.extraction.tagging import TaggedSentence

_EARLIEST_YEAR = 1850
_OLDEST = 110
# Arms have short names with small numbers.
_MODELS, _LONGEST_MODEL = 100, 4
# Phases and stages are fewer.
_RANKS = 10


def is_name(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether digits are a name or a mark and count nothing: "No. 5", "COP29", an age between commas."""
    if sentence.has(number.first - 1, "name_mark") and not (number.scaled or _has_unit(sentence, number)):
        return True
    before, after = sentence.folded[: number.first][-1:], sentence.folded[number.last : number.last + 1]
    if sentence.has(number.first, "war", "war") or before in {("[",), ("no",)}:
        return True  # "the 44-day war", a footnote, "no one"
    held = sentence.phrase_at[number.first]
    parent = held is not None and held.first < number.first and held.has("person")  # "a mother of three"
    if parent or (
        sentence.has(number.first - 1, "age.before") and not sentence.has(number.last, "head", "unit")
    ):
        return True  # "died at the age of 40"
    if number.spelled and number.value == 1 and sentence.has(number.last, "modality.neg", "modality.maybe"):
        return True  # "one cannot call it safe"
    quoted = before == after == ('"',)
    quoted = quoted or _is_complement(sentence, number)
    listed = _is_age_of_one(sentence, number) or _is_listed_age(sentence, number)
    quoted = quoted or listed or _is_clock(sentence, number)
    if quoted or _is_age(sentence, number) or _is_old_year(sentence, number) or _is_model(sentence, number):
        return True
    return not number.spelled and (_glued(sentence, number.last) or _glued(sentence, number.first))


def _has_unit(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a number too large for a rank has a unit of land: "in the first phase 40 hectares"."""
    return number.value >= _RANKS and sentence.has(number.last, "unit")


def _is_old_year(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether four digits are a year too long ago for reports: "born in 1962"."""
    digits = sentence.folded[number.first]
    year = (
        number.last == number.first + 1 and digits.isdecimal() and _EARLIEST_YEAR <= number.value < FIRST_YEAR
    )
    return year and not sentence.has(number.last, "head", "unit")


def _is_age(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a number is an age in apposition: "Oleh, 31, said"."""
    if number.first < 2 or number.spelled or number.value > _OLDEST:  # noqa: PLR2004 a name and a comma
        return False
    if (
        sentence.has(number.first - 1, "number.and", "time.range")
        and sentence.folded[number.first - 2].isdecimal()
    ):
        said = float(sentence.folded[number.first - 2])
        before = number._replace(first=number.first - 2, last=number.first - 1, value=said)
        return sentence.has(before.first - 1, "name_mark") or _is_age(sentence, before)  # "aged 39 and 47"
    if sentence.has(number.first - 1, "name_part.patronymic"):
        return not sentence.has(number.last, "head", "unit")  # "whose son of 13"
    if sentence.has(number.first - 1, "time.of") and sentence.has(number.first - 2, "person", "head.person"):
        return not sentence.has(number.last, "head", "unit")  # "a boy of 12"
    if number.last >= len(sentence.words):
        return False
    at = number.last
    if (
        sentence.has(at, "number.and")
        and at + 2 < len(sentence.words)
        and sentence.folded[at + 1].isdecimal()
    ):
        at += 2  # "two brothers, 22 and 44, died"
    bracketed = sentence.folded[number.first - 1] == "(" and sentence.folded[at] == ")"
    commas = sentence.folded[number.first - 1] == "," == sentence.folded[at]
    also = sentence.has(number.first - 1, "also") and sentence.folded[number.first - 2] == ","
    if also and sentence.folded[at] == ",":
        commas, number = True, number._replace(first=number.first - 1)  # "his wife, also 71,"
    person = sentence.has(number.first - 2, "person", "head.person", "number.unit")
    pair = at > number.last and sentence.has(at + 1, "auxiliary.be")  # "a couple in it, 61 and 58, were …"
    known = person or sentence.source(number.first - 2, number.first - 1)[:1].isupper()
    return (commas and pair) or ((commas or bracketed) and known)


def _is_age_of_one(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether digits behind who is meant are an age: "one 45, the other 48", "… and one of 26"."""
    at = number.first - 1
    if at < 1 or number.spelled or number.value > _OLDEST:
        return False
    if sentence.has(at, "person.other") or sentence.folded[at] == "one":
        return sentence.folded[number.last : number.last + 1] == (",",)
    described = (sentence.has(k, "age.of") and sentence.has(k - 1, "person.singular") for k in range(1, at))
    return sentence.folded[at - 1 : at + 1] == ("one", "of") and any(described)


def _is_listed_age(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a number goes on with the ages of several: "aged 14 and six", "boys of 8 and 9"."""
    ended = number.last >= len(sentence.words) or not sentence.folded[number.last][0].isalnum()
    ended = ended or sentence.has(number.last, "auxiliary", "predicate", "located", "age.after", "barrier")
    if number.value > _OLDEST or not ended:
        return False
    at = number.first - 1
    while sentence.folded[at : at + 1] == (",",) or sentence.has(at, "number.and"):
        before = at - 1
        before -= sentence.folded[before : before + 1] == (",",)
        if before < 1 or not (sentence.folded[before].isdecimal() or sentence.has(before, "number.unit")):
            return False
        at = before - 1
    if at == number.first - 1 or not sentence.has(at, "age.before", "age.of"):
        return False
    return any(
        sentence.has(k, "head.person") and not sentence.has(k, "person.singular") for k in (at - 1, at - 2)
    )


def _is_clock(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a word without a noun is a time of day: "at around six, the police heard"."""
    at = number.first - 1
    while sentence.has(at, "qualifier"):
        at -= 1
    closed = sentence.folded[number.last : number.last + 1] == (",",)
    return number.spelled and closed and sentence.folded[at : at + 1] == ("at",)


def _is_complement(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether digits at the end of a clause say what one person is: "the driver was 38"."""
    last, at = number.last, number.first - 1
    if at < 1 or number.spelled or number.value > _OLDEST:
        return False
    closed = last >= len(sentence.words) or not (
        sentence.folded[last][0].isalnum() or sentence.folded[last] == "%"
    )
    closed = closed or sentence.has(last, "number.and", "barrier")
    if not closed or not sentence.lexicon.contains([sentence.folded[at]], "age.is"):
        return False
    return any(sentence.has(k, "person.singular") or sentence.folded[k] == "one" for k in range(at))


def _is_model(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether digits are part of a name of arms: the 62 of "a TM 62 anti-tank mine"."""
    at = number.first - 1
    if at < 0 or number.spelled or number.value >= _MODELS or sentence.phrase_at[at] is not None:
        return False
    name = sentence.source(at, at + 1)
    return name.isupper() and 1 < len(name) < _LONGEST_MODEL


def _glued(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a sign of times, scores or degrees joins two words: "14:05", "3/4", "40°"."""
    if not 0 < at < len(sentence.words) or sentence.words[at].start != sentence.words[at - 1].end:
        return False
    signs = {":", "/", "°", "'", '"'}
    follows = (
        at + 1 < len(sentence.words)
        and sentence.words[at + 1].start == sentence.words[at].end
        and sentence.folded[at + 1].isalnum()  # a quote that ends behind a number ties nothing to it
    )
    return (sentence.folded[at] in signs and follows) or (
        sentence.folded[at - 1] in signs
        and at > 1
        and sentence.words[at - 2].end == sentence.words[at - 1].start
    )
