"""Numbers as they are written: digits with separators, scale words, number words, ranges.

The number forms are those of mine-action reports (see `docs/reading.md`): `3,000`, `10 456`,
`5.6 million`, `15 thousand 777`, `71,67`, `two hundred and fifty`, `5 to 7`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from geotrack.extraction.lexicon import Lexicon
from geotrack.extraction.words import Word

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$")
_GROUPED_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_DECIMAL_POINT = re.compile(r"\d+\.\d+$")
_DECIMAL_COMMA = re.compile(r"\d+,\d+$")
# "5,264,14": groups of three, and a last group too short to be one.
_GROUPED_THEN_DECIMAL = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+,\d{1,2}$")
_LOST_ZERO = re.compile(r"[1-9]\d{0,2},00$")
_GROUP_OF_THREE, _DECIMALS = 3, 2
_HALF = 0.5
_THOUSAND = 1000
_MILLION = 1e6
# What may stand between groups of three digits: spaces (plain, no-break, thin) and apostrophes.
_GROUP_SPACES = " \u00a0\u202f\u2009'\u2019"
# What can follow a scale word: the 777 of "15 thousand 777", the 433,56 of "13 thousand 433,56".
_REMAINDER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?$", re.ASCII)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})$")
LARGEST = 1e15
# A number written out to its units beyond this is not counted in thousands or millions.
_COUNTED_OUT, _ROUND = 1e4, 100


class Number(NamedTuple):
    """A number and the words that it takes up: `words[first:last]`."""

    first: int
    last: int
    value: float
    value_max: float | None = None
    malformed: bool = False
    spelled: bool = False
    vague: bool = False
    scaled: bool = False


def parse_digits(digits: str) -> tuple[float, bool]:
    """Return the value of digits with separators, and whether the grouping is malformed.

    A comma before exactly three digits groups thousands, as a point before exactly three digits in
    several groups does; any other separator is a decimal one if it is the only one and at most two
    digits follow a comma.
    """
    digits = digits.replace("'", "")
    if digits.isdecimal():
        return float(digits), False
    if _GROUPED.match(digits):
        return float(digits.replace(",", "")), False
    if _GROUPED_EUROPEAN.match(digits) and (digits.count(".") > 1 or "," in digits):
        return float(digits.replace(".", "").replace(",", ".")), False
    if _DECIMAL_POINT.match(digits):
        return float(digits), False
    if _DECIMAL_COMMA.match(digits):
        lost = _LOST_ZERO.match(digits) is not None  # nobody writes 225 as "225,00": a zero was lost
        return float(digits.replace(",", ".")) * (_THOUSAND if lost else 1), lost
    return _most_plausible(digits), True


def _most_plausible(digits: str) -> float:
    """Read a malformed number: the last point is decimal, any other separator groups."""
    if _GROUPED_THEN_DECIMAL.match(digits):
        return float(digits[: digits.rindex(",")].replace(",", "") + "." + digits[digits.rindex(",") + 1 :])
    whole, point, fraction = digits.rpartition(".")
    if not point or "," in fraction or len(fraction) == _GROUP_OF_THREE:
        return float(re.sub(r"[.,]", "", digits))
    return float(re.sub(r"[.,]", "", whole) + "." + fraction)


def find_numbers(
    words: Sequence[Word], text: str, lexicon: Lexicon, skip: AbstractSet[int] = frozenset()
) -> list[Number]:
    """Return the numbers among the words of a sentence, in order, ranges joined; none begins in `skip`."""
    found: list[Number] = []
    numerals = lexicon.numerals
    last = 0
    for at in [k for k, (_, _, word) in enumerate(words) if word[0].isdecimal() or word in numerals]:
        if at < last:
            continue
        word = words[at]
        digits = word.folded[0].isdecimal()
        number = _digits_at(words, at, text, lexicon) if digits else None
        if number is None and word.folded in numerals:
            number = _spelled_at(words, at, lexicon)
        if number is not None:
            found.append(number)
            last = number.last
    return _join_ranges([n for n in found if n.first not in skip], words, lexicon)


def _digits_at(words: Sequence[Word], at: int, text: str, lexicon: Lexicon) -> Number | None:
    word = words[at]
    if not word.folded[0].isdecimal() or not word.folded[0].isascii():
        return None
    if (
        at
        and words[at - 1].start < words[at - 1].end == word.start
        and (words[at - 1].folded.isalpha() or _is_model(words, at))
    ):
        return None  # the 3 of "PMN3" or of "T-72"
    digits, last = _joined(words, at, text, lexicon)
    if not digits.replace(",", "").replace(".", "").isascii() or _DATE.match(digits):
        return None
    value, malformed = parse_digits(digits)
    if malformed and lexicon.language != "en" and _LOST_ZERO.match(digits):
        value, malformed = value / _THOUSAND, False  # the comma of the other languages is decimal: 55,00 ha
    half = _fraction_at(words, last, lexicon) if value < _THOUSAND and last < len(words) else None
    if half is not None and half[0] == _HALF:
        value, last = value + _HALF, half[1]  # "8 and a half thousand"
    whole, (value, last, scaled) = value, _scaled(words, last, value, lexicon)
    if scaled and whole >= _COUNTED_OUT and whole % _ROUND:
        value, malformed = whole, True  # "5 683 769 million", "24 857 thousand": it is told out already
    last = _past_stop(words, last) if scaled else last
    if scaled and value < _MILLION and _has_joined_remainder(words, last, lexicon):
        last += 1
    while (
        scaled and last < len(words) and _is_remainder(words[last].folded)
    ):  # "15 thousand 777", "5 million 300 thousand"
        rest, last, _ = _scaled(words, last + 1, float(words[last].folded.replace(",", ".")), lexicon)
        value += rest
    if value > LARGEST:
        return None
    return Number(at, last, value, malformed=malformed, scaled=scaled)


def _joined(words: Sequence[Word], at: int, text: str, lexicon: Lexicon) -> tuple[str, int]:
    """Return the digits of a number with the groups that spaces set apart, and the word after them."""
    digits, last = words[at].folded, at + 1
    while last < len(words) and _continues_group(words, last, digits, text):
        digits += words[last].folded
        last += 1
    if _is_torn(words, last, lexicon):
        return f"{digits},{words[last + 1].folded}", last + 2
    return digits, last


def _is_torn(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether a number's decimals stand behind a space, before its unit: "453, 90 hectares".

    In the languages whose decimal mark is the comma; two areas would be told with "and".
    """
    if lexicon.language == "en" or at + 2 >= len(words) or words[at].folded != ",":
        return False
    whole, comma, decimals, unit = words[at - 1 : at + 3]
    joined = whole.folded.isdecimal() and whole.end == comma.start and comma.end + 1 == decimals.start
    two = decimals.folded.isdecimal() and len(decimals.folded) == _DECIMALS
    return joined and two and lexicon.contains([unit.folded], "unit.ha")


def _past_stop(words: Sequence[Word], at: int) -> int:
    """Return the word after the full stop of an abbreviated scale word: "2 thousand. 775 units"."""
    stopped = at + 1 < len(words) and words[at].folded == "." and words[at].start == words[at - 1].end
    return at + 1 if stopped else at


def _is_remainder(word: str) -> bool:
    """Tell whether digits can follow a scale word: the 777 of "15 thousand 777"."""
    return _REMAINDER.match(word) is not None


def _has_joined_remainder(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether "and" and three digits follow thousands: "75 thousand and 588 mines"."""
    if at + 1 >= len(words) or len(words[at + 1].folded) != _GROUP_OF_THREE:
        return False
    joiner = lexicon.match([words[at].folded], 0)
    return joiner is not None and "number.and" in joiner[1] and _is_remainder(words[at + 1].folded)


def _is_model(words: Sequence[Word], at: int) -> bool:
    """Tell whether the digits at `at` belong to a name like "Su-25" or "COVID-19"."""
    return (
        at > 1
        and words[at - 1].folded == "-"
        and words[at - 2].end == words[at - 1].start
        and words[at - 2].folded.isalpha()
    )


def _continues_group(words: Sequence[Word], at: int, digits: str, text: str) -> bool:
    """Tell whether the next word is a further group of three digits after one space ("10 456")."""
    word, before = words[at], words[at - 1]
    first_group = digits.replace(" ", "")
    return (
        word.start - before.end == 1
        and text[before.end] in _GROUP_SPACES
        and len(re.split(r"[.,]", word.folded)[0]) == _GROUP_OF_THREE
        and word.folded[0].isdecimal()
        and first_group.isdecimal()
        and before.folded.isdecimal()
        and len(before.folded) <= _GROUP_OF_THREE
    )


def _scaled(words: Sequence[Word], at: int, value: float, lexicon: Lexicon) -> tuple[float, int, bool]:
    """Apply scale words ("thousand", "million") that follow a number."""
    scaled = False
    while at < len(words):
        factor = lexicon.values.get(words[at].folded)
        if factor is None:
            break
        glued = words[at].start == words[at - 1].end and len(words[at].folded) <= 2  # noqa: PLR2004 "1.2m", "15k"
        tags = lexicon.match([w.folded for w in words[at : at + 3]], 0)
        if tags is None:
            break
        if "number.scale" not in tags[1] and not (glued and "number.scale_glued" in tags[1]):
            break
        value, at, scaled = value * factor, at + 1, True
    return value, at, scaled


def _spelled_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> Number | None:
    """Read number words: "two hundred and fifty", "twenty-five", "a dozen", "hundreds of"."""
    total = current = 0.0
    last = at
    vague = False
    while last < len(words):
        word = words[last].folded
        hit = lexicon.match([word], 0)
        tags = hit[1] if hit else frozenset[str]()
        value = lexicon.values.get(word, 0.0)
        if "number.vague" in tags and last == at:
            return Number(at, _past_scales(words, at + 1, lexicon), value, spelled=True, vague=True)
        if "number.unit" in tags:
            if (current % 10 and value < 10) or (current % 100 and value >= 10):  # noqa: PLR2004 "nineteen ninety"
                break
            current += value
        elif "number.hundred" in tags:
            current = max(current, 1) * value
        elif "number.scale" in tags:
            total, current = total + max(current, 1) * value, 0.0
        elif last > at and (part := _fraction_at(words, last, lexicon)):
            current, last = current + part[0], part[1]
            continue
        elif not _joins_number(words, last, at, lexicon):
            break
        last += 1
    if last == at:
        return None
    first, share = _fraction_before(words, at, lexicon)
    return Number(first, last, (total + current) * share, spelled=True, vague=vague)


def _fraction_before(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[int, float]:
    """Return where "half a million" begins and what it makes of the scale word, else the word and 1."""
    scale = lexicon.match([words[at].folded], 0)
    if scale is None or "number.scale" not in scale[1]:
        return at, 1.0
    for first in (at - 2, at - 3, at - 1):
        names = [w.folded for w in words[max(first, 0) : at]]
        hit = lexicon.match(names, 0) if first >= 0 else None
        article = hit is not None and names[hit[0] :] in ([], ["a"], ["of", "a"])
        if hit is not None and article and "number.fraction" in hit[1]:
            return first, lexicon.values[" ".join(names[: hit[0]])] / 100
    return at, 1.0


def _past_scales(words: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """Return the word after the scale words of a vague number: "several thousand", "tens of thousands"."""
    while at < len(words):
        of = words[at].folded == "of" and at + 1 < len(words)
        hit = lexicon.match([words[at + of].folded], 0)
        if hit is None or hit[1].isdisjoint({"number.scale", "number.hundred", "number.vague"}):
            break
        at += 1 + of
    return at


def _fraction_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """Read "and a half" behind a number word: its value and the word after it."""
    joiner = lexicon.match([words[at].folded], 0)
    names = [w.folded for w in words[at + 1 : at + 3]]
    if joiner is None or "number.and" not in joiner[1] or not names:
        return None
    hit = lexicon.match(names, 0)
    if hit is None or "number.fraction" not in hit[1]:
        return None
    return lexicon.values[" ".join(names[: hit[0]])] / 100, at + 1 + hit[0]


def _joins_number(words: Sequence[Word], at: int, first: int, lexicon: Lexicon) -> bool:
    """Tell whether "and" or a hyphen stands between two parts of a spelled number."""
    if at == first or at + 1 >= len(words):
        return False
    before = lexicon.match([words[at - 1].folded], 0)
    after = lexicon.match([words[at + 1].folded], 0)
    if before is None or after is None or not any(t.startswith("number.unit") for t in after[1]):
        return False
    if words[at].folded == "-":
        tens = lexicon.values.get(words[at - 1].folded, 0) >= 20  # noqa: PLR2004 "twenty-five"
        return tens and lexicon.values.get(words[at + 1].folded, 10) < 10  # noqa: PLR2004
    scale_before = any(t in {"number.hundred", "number.scale"} for t in before[1])
    joiner = lexicon.match([words[at].folded], 0)
    return scale_before and joiner is not None and "number.and" in joiner[1]


def _join_ranges(numbers: list[Number], words: Sequence[Word], lexicon: Lexicon) -> list[Number]:
    """Join "5 to 7", "5-7", "between 5 and 7" into one number with `value_max`."""
    joined: list[Number] = []
    for number in numbers:
        before = joined[-1] if joined else None
        if before and before.value_max is None and _is_range(before, number, words, lexicon):
            low = before.value
            low *= _lent_scale(before, number, words, lexicon)
            joined[-1] = Number(
                before.first,
                number.last,
                low,
                number.value,
                before.malformed or number.malformed,
                number.spelled,
            )
        else:
            joined.append(number)
    return joined


def _lent_scale(low: Number, high: Number, words: Sequence[Word], lexicon: Lexicon) -> float:
    """Return what the scale word of a range makes of its first number: the 5 of "5 to 7 thousand"."""
    scales = [
        lexicon.values[word.folded]
        for number in (low, high)
        for word in words[number.first : number.last]
        if (hit := lexicon.match([word.folded], 0)) is not None
        and not hit[1].isdisjoint({"number.scale", "number.scale_glued"})
    ]
    one = low.value < 1000 and len(scales) == 1 and high.value >= scales[0]  # noqa: PLR2004
    return scales[0] if one and low.value * scales[0] < high.value else 1.0


def _is_range(low: Number, high: Number, words: Sequence[Word], lexicon: Lexicon) -> bool:
    between = [w.folded for w in words[low.last : high.first]]
    unit = lexicon.match(between, 0) if between else None
    twice = unit is not None and any(t.startswith("unit.") for t in unit[1])
    if unit is not None and twice:
        between = between[unit[0] :]  # "between 350 km2 and 830 km2"
    if len(between) != 1 or low.vague or high.vague:
        return False
    if low.value >= high.value and not high.scaled:
        return False
    if between[0] == "-" and not twice:
        return True
    opener = lexicon.match([words[low.first - 1].folded], 0) if low.first else None
    opening = opener[1] if opener else frozenset[str]()
    hit = lexicon.match(between, 0)
    tags = hit[1] if hit else frozenset[str]()
    if "number.from" in opening and (low.first == 1 or _is_ranging(words, low.first - 2, lexicon)):
        return "number.range" in tags and not twice
    if "number.from" in opening and not (high.scaled and not low.scaled and low.value < _ROUND):
        return False  # "from 100 to 150" tells of two levels, "from 75 to 95 thousand" of one
    return ("number.range" in tags and not twice) or ("number.and" in tags and "number.between" in opening)


def _is_ranging(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether the verb before "from" says that what follows is a range: "estimates run from 3 to 8"."""
    return at >= 0 and lexicon.contains([words[at].folded], "number.ranging")
