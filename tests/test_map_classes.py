"""Legends do not lie about ties: equal values share a class, and every printed break separates."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geotrack.errors import UsageError
from geotrack.maps.classes import Scheme, classify
from geotrack.maps.scales import scale_of

SCHEMES: tuple[Scheme, ...] = ("quantile", "equal", "natural", "manual")
UNITS = ("m2", "count", "percent", "people")
values = st.lists(st.one_of(st.integers(0, 9), st.floats(0, 1e10)), max_size=30)
breaks = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=5, unique=True).map(sorted)


@given(values, st.sampled_from(SCHEMES), st.sampled_from(UNITS), breaks, st.integers(2, 6))
def test_equal_values_share_a_class_and_breaks_separate(
    drawn: list[float], scheme: Scheme, unit: str, own: list[float], count: int
) -> None:
    """What is printed alike is drawn alike; less is never in a higher class; a break lies between two."""
    scale = scale_of(unit, drawn)
    classes = classify(drawn, scale, "YlGnBu", scheme, count, own)
    worn = sorted((scale.shown(value), classes.index(value)) for value in drawn if value > 0)
    for (one, its), (other, others) in itertools.pairwise(worn):
        assert its is not None
        assert others is not None
        assert its <= others
        assert one != other or its == others
        if its < others:
            edge = classes.items[its].upper
            assert edge is not None
            assert one <= edge < other


@pytest.mark.parametrize("scheme", SCHEMES[:3])
@pytest.mark.parametrize(("drawn", "labels"), [([], []), ([0, 0], []), ([7, 7, 7], ["7"]), ([0, 7], ["7"])])
def test_little_to_draw_makes_little_of_a_legend(
    scheme: Scheme, drawn: list[float], labels: list[str]
) -> None:
    """Nothing, zeros alone and one value make no class or one."""
    classes = classify(drawn, scale_of("count", drawn), "YlGnBu", scheme)
    assert [item.label for item in classes.items] == labels


@pytest.mark.parametrize("own", [[], [0.0], [-1.0, 2.0], [2.0, 2.0], [float("nan")], [1.0, float("inf")]])
def test_breaks_that_do_not_rise_are_refused(own: list[float]) -> None:
    """Manual breaks are positive, finite, and rise."""
    with pytest.raises(UsageError):
        classify([1, 2], scale_of("count", [1, 2]), "YlGnBu", "manual", 5, own)


def test_limits_of_counts_are_whole() -> None:
    """Nobody counts 8.6 incidents: a class of eights and nothing else is printed as 8."""
    drawn = [1, 3, 4, 5, 6, 7, 8, 8, 9, 11, 11, 13, 14, 20, 24, 17, 17, 11]
    for scheme in SCHEMES[:-1]:
        found = classify(drawn, scale_of("count", drawn), "YlOrBr", scheme)
        assert all(item.upper == int(item.upper or 0) for item in found.items)
        assert not any("." in item.label for item in found.items)
