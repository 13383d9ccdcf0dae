"""Colours of maps: words can be read on them, and neighbours differ for people who see fewer colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geotrack.maps.ramps import CHA_RED, DEVICES, NO_DATA, RAMPS, SHA_ORANGE, ZERO, colours

# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision
# deficiency", IEEE TVCG 15(6), severity 1.0; they act on linear RGB.
SEEN = {
    "everything": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# CIE 1976: about 2.3 is just noticeable side by side; areas apart on a map need several times that.
APART = 8.0
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> np.ndarray:
    """Return a colour's linear red, green and blue, 0 to 1."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour: str, seen: str) -> np.ndarray:
    """Return where a colour lies in CIE L*a*b* as somebody sees it."""
    xyz = _XYZ @ np.clip(SEEN[seen] @ linear(colour), 0, 1) / _WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, seen: str) -> float:
    """Return how far apart two colours look."""
    return float(np.linalg.norm(lab(one, seen) - lab(other, seen)))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light = sorted(float(_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("count", range(2, 7))
@pytest.mark.parametrize("ramp", RAMPS)
def test_classes_differ_for_everybody(ramp: str, count: int, seen: str) -> None:
    """No two classes of a map look alike, and none looks like zero or no data, whoever looks."""
    worn = [*colours(ramp, count), NO_DATA, ZERO]
    close = {
        (one, other): round(apart(one, other, seen), 1)
        for one, other in itertools.combinations(worn, 2)
        if apart(one, other, seen) < APART
    }
    assert close == {}


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("ramp", RAMPS)
def test_more_is_darker_for_everybody(ramp: str, seen: str) -> None:
    """The order of the classes is in their lightness alone, so that it needs no colour."""
    light = [float(lab(colour, seen)[0]) for colour in RAMPS[ramp]]
    assert light == sorted(light, reverse=True)


@pytest.mark.parametrize("colour", sorted({one for ramp in RAMPS.values() for one in ramp} | {NO_DATA, ZERO}))
def test_black_or_white_words_can_be_read_on_every_colour(colour: str) -> None:
    """Whatever stands on a class has enough contrast in black or in white."""
    assert max(contrast(colour, "#000000"), contrast(colour, "#ffffff")) >= LEAST_CONTRAST


@pytest.mark.parametrize("reserved", [SHA_ORANGE, CHA_RED])
def test_no_colour_is_taken_for_a_hazardous_area(reserved: str) -> None:
    """The trade's orange and red are no class and no device."""
    worn = {one for ramp in RAMPS.values() for one in ramp} | set(DEVICES.values())
    assert min(apart(one, reserved, "everything") for one in worn) >= APART
