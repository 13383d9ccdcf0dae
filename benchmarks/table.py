"""A table in Markdown, printed line by line while things are measured."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest


class Table:
    """Prints rows under the given columns; `missed` lists what did not keep its limit."""

    def __init__(self, *columns: str) -> None:
        self.missed: list[str] = []
        self._width = len(columns)
        self.row(*columns)
        self.row(*["---", *["---:"] * (self._width - 1)])

    def row(self, *cells: str) -> None:
        """Print one row; cells that are not given stay empty."""
        filled = (cell for cell, _ in zip_longest(cells, range(self._width), fillvalue=""))
        print(f"| {' | '.join(map(str, filled))} |", flush=True)

    def limited(self, what: str, value: float, unit: str, limit: float | None = None) -> None:
        """Print what, a value with its unit, and the limit that it must keep, under three columns."""
        self.row(what, f"{value:,.2f} {unit}".strip(), f"{limit:g} {unit}" if limit else "")
        if limit is not None and value > limit:
            self.missed.append(what)

    def beside(self, what: str, own: float, peer: float, unit: str, most: float | None = None) -> None:
        """Print what, our value, the peer's, the ratio and the most it may be, under five columns."""
        ratio = own / peer
        aim = f"≤ {most:g}" if most else ""
        self.row(what, f"{own:.3g} {unit}", f"{peer:.3g} {unit}", f"{ratio:.2f}", aim)
        if most is not None and ratio > most:
            self.missed.append(what)


def alternating(first: Callable[[], float], second: Callable[[], float], times: int) -> tuple[float, float]:
    """Measure two things in turns, and return the least of each."""
    pairs = [(first(), second()) for _ in range(times)]
    return min(one for one, _ in pairs), min(other for _, other in pairs)
