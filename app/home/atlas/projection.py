"""Equal Earth: a map of the world on which every country has its true size.

Source: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International Journal of Geographical
Information Science 33 (2019). The map is cut in the Bering Strait, not along 180°, so that no country is torn apart.
Degrees outside; inside, radii of the sphere.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, degrees, pi, radians, sin, sqrt

MIDDLE = 11.0
"""Longitude that stands in the middle: the opposite one, 169° W, lies between Asia and America."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
_CLOSE_ENOUGH = 1e-12


def _height(theta: float) -> float:
    return theta * (_A1 + _A2 * theta**2 + theta**6 * (_A3 + _A4 * theta**2))


def _slope(theta: float) -> float:
    return _A1 + 3 * _A2 * theta**2 + theta**6 * (7 * _A3 + 9 * _A4 * theta**2)


def from_middle(longitude: float) -> float:
    """Return degrees east of the middle of the map, from −180 up to, and without, 180."""
    return (longitude - MIDDLE + 180) % 360 - 180


def height_of(latitude: float) -> float:
    """Return how far north of the equator a latitude is drawn, in radii of the sphere."""
    return _height(asin(_M * sin(radians(latitude))))


def half_width_at(latitude: float) -> float:
    """Return half the width of the map at a latitude, in radii of the sphere."""
    theta = asin(_M * sin(radians(latitude)))
    return pi * cos(theta) / (_M * _slope(theta))


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return (x eastwards, y northwards) of a place, in radii of the sphere."""
    return from_middle(longitude) / 180 * half_width_at(latitude), height_of(latitude)


@lru_cache(maxsize=256)
def latitude_of(height: float) -> float:
    """Return the latitude drawn at a height: the inverse of `height_of`, by Newton's method."""
    theta = height / _A1
    while abs(step := (_height(theta) - height) / _slope(theta)) > _CLOSE_ENOUGH:
        theta -= step
    return degrees(asin(sin(theta) / _M))
