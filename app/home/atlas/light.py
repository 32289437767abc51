"""The light on the land at one hour: which runs lie in the day, in twilight, at night.

Along one latitude the sun stands above a height for one unbroken stretch of longitudes around its own meridian, so
each row needs two arcs and no cell is asked one by one. Day and twilight end at the same heights of the sun as on the
sun strip of a session.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from math import acos, cos, degrees, radians, sin
from pathlib import Path

from app.home.atlas.grid import ROW_UNITS, Run, column_at, latitude_in
from app.home.atlas.projection import from_middle
from app.moments.sun import HORIZON, TWILIGHT, subsolar_point

Span = tuple[int, int]
"""First column, and the column after the last."""


@dataclass(frozen=True, slots=True)
class Cloth:
    """One path for each light: a line `M x y h w` for every run, through the middle of its row."""

    day: str
    twilight: str
    night: str


@lru_cache(maxsize=1)
def land() -> tuple[tuple[Run, ...], ...]:
    """Return the runs of land of every row, from north to south."""
    rows = json.loads(Path(__file__).with_name("land.json").read_text(encoding="utf-8"))
    return tuple(tuple((first, length) for first, length in row) for row in rows)


def cloth_at(instant: datetime) -> Cloth:
    """Return the land as it is lit at an instant, to the quarter of an hour: in that time the sun moves two cells."""
    quarter = instant.minute - instant.minute % 15
    return _cloth(instant.astimezone(UTC).replace(minute=quarter, second=0, microsecond=0))


@lru_cache(maxsize=64)
def _cloth(quarter: datetime) -> Cloth:
    sun_latitude, sun_longitude = subsolar_point(quarter)
    paths: dict[str, list[str]] = {"day": [], "twilight": [], "night": []}
    for row, runs in enumerate(land()):
        latitude, y = latitude_in(row), row * ROW_UNITS + ROW_UNITS // 2
        lit = lit_columns(latitude, sun_latitude, sun_longitude, HORIZON)
        dim = lit_columns(latitude, sun_latitude, sun_longitude, TWILIGHT)
        for first, length in runs:
            for light, start, end in _parts(first, first + length, lit, dim):
                paths[light].append(f"M{start} {y}h{end - start}")
    return Cloth(**{light: "".join(path) for light, path in paths.items()})


def lit_columns(latitude: float, sun_latitude: float, sun_longitude: float, height: float) -> list[Span]:
    """Return the columns of one latitude over which the sun stands above a height, in degrees: none, all, or a stretch
    around its meridian, in two parts where the edge of the map cuts it."""
    phi, delta = radians(latitude), radians(sun_latitude)
    turn = (sin(radians(height)) - sin(phi) * sin(delta)) / (cos(phi) * cos(delta))
    if turn >= 1:
        return []
    half = 180.0 if turn <= -1 else degrees(acos(turn))
    noon = from_middle(sun_longitude)
    west, east = noon - half, noon + half
    stretches = [(west, east), (west + 360, east + 360), (west - 360, east - 360)]
    shown = [(max(start, -180.0), min(end, 180.0)) for start, end in stretches]
    return [(_column(latitude, start), _column(latitude, end)) for start, end in shown if start < end]


def _column(latitude: float, from_the_middle: float) -> int:
    return round(column_at(latitude, from_the_middle))


def _parts(first: int, after: int, lit: list[Span], dim: list[Span]) -> Iterator[tuple[str, int, int]]:
    """Cut a run where the light changes."""
    edges = sorted({first, after, *(edge for span in (*lit, *dim) for edge in span if first < edge < after)})
    for start, end in pairwise(edges):
        yield _light(start, lit, dim), start, end


def _light(column: int, lit: list[Span], dim: list[Span]) -> str:
    if any(start <= column < end for start, end in lit):
        return "day"
    return "twilight" if any(start <= column < end for start, end in dim) else "night"
