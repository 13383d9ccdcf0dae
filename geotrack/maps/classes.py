"""Class breaks that never lie: a printed value lies in one printed class, and in the one it is drawn in."""

from __future__ import annotations

import bisect
import itertools
import math
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from geotrack.errors import UsageError
from geotrack.languages import gettext as _
from geotrack.languages import speaking
from geotrack.maps.ramps import colours
from geotrack.maps.scales import Scale

Scheme = Literal["quantile", "equal", "natural", "manual"]
_MAX_DIGITS = 12  # of a break; beyond it, floats themselves are not exact


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values over the class below up to `upper`, itself included; `upper` is None where it is open."""

    upper: float | None
    colour: str
    label: str


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a map, low to high; no data and zero are classes of their own beside them."""

    scale: Scale
    items: tuple[ValueClass, ...]

    def index(self, value_si: float | None) -> int | None:
        """Return a value's class: None for no data, -1 for zero, else its place in `items`."""
        if value_si is None or math.isnan(value_si):
            return None
        shown = self.scale.shown(value_si)
        if shown <= 0:
            return -1
        uppers = [item.upper for item in self.items if item.upper is not None]
        return min(bisect.bisect_left(uppers, shown), len(self.items) - 1)


def classify(
    values_si: Iterable[float],
    scale: Scale,
    ramp: str,
    scheme: Scheme = "quantile",
    count: int = 5,
    breaks: Sequence[float] = (),
) -> Classes:
    """Cut values into classes with round, printed limits.

    Values are rounded as they will be printed before they are cut, so that no district prints a value
    of one class and wears the colour of another. Where there are no more distinct values than classes,
    each value is a class.

    Parameters
    ----------
    values_si
        One value a unit; zeros and NaN take no part.
    scheme
        `quantile` (as many units in each), `equal` (as wide), `natural` (Fisher and Jenks), `manual`.
    breaks
        For `manual`: the upper limits of all classes but the last, which is open; in shown units.

    Raises
    ------
    UsageError
        If manual breaks are missing or do not rise, or the ramp has too few colours.
    """
    shown = sorted(scale.shown(value) for value in values_si if value > 0)
    if scheme == "manual":
        return _build(scale, ramp, [*_manual(breaks), None], [])
    distinct = sorted(set(shown))
    if len(distinct) <= count:
        return _build(scale, ramp, distinct, distinct)
    uppers = _round_uppers(shown, _uppers(shown, scheme, count))
    if scale.whole:
        uppers = sorted({math.floor(upper) for upper in uppers if upper >= 1})
    return _build(scale, ramp, uppers if scheme == "equal" else _occupied(uppers, shown), shown)


def _uppers(shown: list[float], scheme: Scheme, count: int) -> list[float]:
    # mapclassify takes seconds to import: it is loaded when a map is drawn, not at start.
    import mapclassify

    maker = {
        "quantile": mapclassify.Quantiles,
        "equal": mapclassify.EqualInterval,
        "natural": mapclassify.FisherJenks,
    }
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Numba not installed")  # fast enough for some hundred units
        warnings.filterwarnings("ignore", message="Not enough unique values")  # ties: fewer classes
        return [float(upper) for upper in maker[scheme](shown, k=count).bins]


def _round_uppers(shown: list[float], uppers: list[float]) -> list[float]:
    """Return limits with as few significant digits as keep every class that holds a value."""
    wanted = len(_occupied(uppers, shown))
    for digits in range(2, _MAX_DIGITS):
        inner = {_significant(upper, digits) for upper in uppers[:-1]}
        rounded = sorted(upper for upper in inner if shown[0] <= upper < shown[-1])
        rounded.append(_significant(shown[-1], digits, math.ceil))
        if len(_occupied(rounded, shown)) >= wanted:
            return rounded
    return sorted({*uppers[:-1], shown[-1]})


def _significant(value: float, digits: int, how: Callable[[float], int] = round) -> float:
    """Round to a number of significant digits."""
    places = digits - 1 - math.floor(math.log10(value))
    return round(how(round(value * 10.0**places, 6)) / 10.0**places, max(places, 0))


def _occupied(uppers: Sequence[float], shown: list[float]) -> list[float]:
    """Return the limits of classes that hold a value."""
    held = {bisect.bisect_left(uppers, value) for value in shown}
    return [upper for number, upper in enumerate(uppers) if number in held]


def _manual(breaks: Sequence[float]) -> Sequence[float]:
    finite = all(math.isfinite(one) for one in breaks)
    if not breaks or not finite or breaks[0] <= 0 or any(low >= up for low, up in itertools.pairwise(breaks)):
        raise UsageError(f"Manual class breaks must be positive and rise, as 10,50,200; not {list(breaks)}.")
    return breaks


def _build(scale: Scale, ramp: str, uppers: Sequence[float | None], shown: Sequence[float]) -> Classes:
    painted = zip([None, *uppers], uppers, colours(ramp, len(uppers)), strict=False)
    singles = set(shown) == set(uppers)
    with speaking(scale.locale):
        items = tuple(
            ValueClass(upper, colour, _label(scale, upper if singles else below, upper))
            for below, upper, colour in painted
        )
    return Classes(scale, items)


def _label(scale: Scale, below: float | None, upper: float | None) -> str:
    """Return a class's limits as printed: whole numbers as `6-20`, others as `over 5 to 20`."""
    unit = f" {scale.unit_label}" if scale.unit_label else ""
    if upper is None:
        return _("over {value}").format(value=f"{scale.number(below or 0)}{unit}")
    top = f"{scale.number(upper)}{unit}"
    if below == upper:
        return top
    if scale.whole:
        lowest = math.floor(below or 0) + 1
        return top if lowest == math.floor(upper) else f"{scale.number(lowest)}\N{EN DASH}{top}"
    if not below:
        return _("up to {value}").format(value=top)
    return _("over {low} to {high}").format(low=scale.number(below), high=top)
