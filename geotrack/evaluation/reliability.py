"""Whether confidence means something: how often facts of like confidence are right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from geotrack.errors import UsageError
from geotrack.evaluation.models import Bin


def bins_of(facts: Iterable[tuple[float, bool, bool]], bins: int | Sequence[float]) -> tuple[Bin, ...]:
    """Sort facts, given as confidence, right and exact, into bins of confidence.

    Raises
    ------
    UsageError
        If there is no bin, or the edges do not rise from 0 to 1.
    """
    edges = _edges(bins)
    held: list[list[tuple[float, bool, bool]]] = [[] for _ in edges[1:]]
    for fact in facts:
        held[min(bisect_right(edges, fact[0]), len(held)) - 1].append(fact)
    return tuple(
        _bin(low, high, inside) for low, high, inside in zip(edges[:-1], edges[1:], held, strict=True)
    )


def _edges(bins: int | Sequence[float]) -> list[float]:
    if isinstance(bins, int):
        if bins < 1:
            raise UsageError(f"Facts cannot be sorted into {bins} bins of confidence. Ask for 1 or more.")
        return [n / bins for n in range(bins + 1)]
    edges = [float(edge) for edge in bins]
    rising = all(low < high for low, high in pairwise(edges))
    if len(edges) < len((0, 1)) or not rising or (edges[0], edges[-1]) != (0.0, 1.0):
        shown = ", ".join(f"{edge:g}" for edge in edges)
        raise UsageError(f"Edges of bins of confidence rise from 0 to 1, as 0, 0.5, 0.9, 1; not {shown}.")
    return edges


def _bin(low: float, high: float, facts: Sequence[tuple[float, bool, bool]]) -> Bin:
    mean = sum(confidence for confidence, _, _ in facts) / len(facts) if facts else None
    return Bin(low, high, len(facts), mean, sum(one[1] for one in facts), sum(one[2] for one in facts))
