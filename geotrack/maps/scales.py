"""How a map prints its values: the unit, the rounding, and the language's number format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast

from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from geotrack.errors import UsageError
from geotrack.languages import gettext, speaking
from geotrack.languages import no_translation as n_
from geotrack.maps import words

ShownUnit = Literal["ha", "km2", "m2", "percent", "count", "people", "per_100km2"]
# CLDR's names of units, and how many SI units one of them holds.
_AREAS = {
    "ha": ("area-hectare", 1e4),
    "km2": ("area-square-kilometer", 1e6),
    "m2": ("area-square-meter", 1.0),
}
_KM2_FROM_M2 = 1e9  # 1,000 km², which is 100,000 ha: beyond it hectares are hard to read
_DECIMALS = ((1000, 0), (100, 1), (0, 2))  # from this size on, so many decimals: about four digits in all
_TOLD = 10_000  # values whose words are kept: the views of a saved map tell the same ones again and again
PER_100_KM2 = n_("per 100 km²")


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit in which a map shows a measure, and the language of its numbers."""

    unit: ShownUnit
    locale: str = "en"

    @property
    def whole(self) -> bool:
        """Whether values are whole numbers: mines and people are, hectares and percent are not."""
        return self.unit in {"count", "people"}

    def shown(self, value_si: float) -> float:
        """Return a value in shown units, rounded as printed; what is more than nothing never becomes 0."""
        value = value_si / _AREAS[self.unit][1] if self.unit in _AREAS else value_si
        decimals = 0 if self.whole else next(digits for size, digits in _DECIMALS if value >= size)
        rounded = round(value, decimals)
        return 10.0**-decimals if rounded == 0 and value_si > 0 else float(rounded)

    def number(self, shown: float) -> str:
        """Return a number in shown units, without its unit."""
        return str(format_decimal(_plain(shown), locale=self.locale, decimal_quantization=False))

    def text(self, value_si: float, qualifier: str = "exact") -> str:
        """Return a value with its unit and qualifier, as `at least 1,234 ha`."""
        return _told(self, self.shown(value_si), qualifier)

    def in_words(self, shown: float, qualifier: str) -> str:
        """Return a value in shown units with its unit and qualifier."""
        with speaking(self.locale):
            return words.qualified(self._with_unit(shown), qualifier)

    def _with_unit(self, shown: float) -> str:
        if self.unit == "percent":
            return str(format_percent(_plain(shown) / 100, locale=self.locale, decimal_quantization=False))
        if self.unit not in _AREAS:
            return f"{self.number(shown)} {self.unit_label}".strip()
        return str(format_unit(_plain(shown), _AREAS[self.unit][0], "short", "#,##0.##", self.locale))

    @property
    def unit_label(self) -> str:
        """The unit as a legend prints it; empty for counts."""
        if self.unit == "percent":
            return "%"
        if self.unit == "per_100km2":
            with speaking(self.locale):
                return gettext(PER_100_KM2)
        if self.unit not in _AREAS:
            return ""
        five = str(format_unit(5, _AREAS[self.unit][0], "short", locale=self.locale))
        return five.replace("5", "").strip()


@lru_cache(maxsize=_TOLD)
def _told(scale: Scale, shown: float, qualifier: str) -> str:
    return scale.in_words(shown, qualifier)


def _plain(shown: float) -> Decimal:
    """Return a rounded number without the noise of binary fractions."""
    return Decimal(repr(round(float(shown), 4)))


def scale_of(
    unit_si: str, values_si: Iterable[float], locale: str = "en", unit: ShownUnit | None = None
) -> Scale:
    """Choose the unit in which these values are easy to read.

    Parameters
    ----------
    unit_si
        `m2`, `percent`, `count` or `people`.
    values_si
        The values to print; NaN does not matter.
    unit
        A unit that was asked for, of the same kind.

    Raises
    ------
    UsageError
        If the unit asked for does not measure the same thing.
    """
    if unit is not None and (unit in _AREAS) != (unit_si == "m2"):
        raise UsageError(f"A measure in {unit_si} cannot be shown in {unit}.")
    if unit_si != "m2":
        return Scale(cast("ShownUnit", unit_si), locale)
    largest = max((value for value in values_si if value > 0), default=0.0)
    return Scale(unit or ("km2" if largest >= _KM2_FROM_M2 else "ha"), locale)
