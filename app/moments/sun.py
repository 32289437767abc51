"""Where the sun stands: day, twilight and night of a place, and the point of the earth that has it overhead.

Declination and equation of time are astral's; the hour angle is taken from them here, minute by minute. Astral's own
sunrise and sunset fail where the sun does not set, and say the wrong day near the date line. A zone stands at the
coordinates of its city in the pinned zone data; a zone without any (UTC) has no sun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from math import asin, cos, degrees, radians, sin
from typing import NamedTuple

from astral.julian import julianday, julianday_to_juliancentury
from astral.sun import eq_of_time, sun_declination
from babel.core import get_global

from app.moments.local import zone_info
from app.moments.zones import zone_table

HORIZON = -0.833
"""Degrees at which the upper edge of the sun touches the horizon: its radius and the bending of light."""

TWILIGHT = -6.0
"""Degrees below which one needs a lamp outdoors: civil twilight ends."""

_COORDINATES = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")
"""ISO 6709 as zone.tab writes it: ±DDMM±DDDMM, with seconds for some."""


class Light(StrEnum):
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


class Band(NamedTuple):
    """So many minutes of one light, from a minute of the axis on."""

    light: Light
    start: int
    minutes: int

    @property
    def end(self) -> int:
        return self.start + self.minutes


@lru_cache(maxsize=1)
def _coordinates() -> dict[str, tuple[float, float]]:
    found = {}
    for _country, written, zone in zone_table():
        match = _COORDINATES.fullmatch(written)
        assert match is not None  # noqa: S101 - a test reads the whole table
        north, *lat, east, lon_degrees, lon_minutes, lon_seconds = match.groups()
        found[zone] = (_angle(north, *lat), _angle(east, lon_degrees, lon_minutes, lon_seconds))
    return found


def _angle(sign: str, whole: str, minutes: str, seconds: str | None) -> float:
    size = int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if sign == "-" else size


@lru_cache(maxsize=1024)
def coordinates_of(zone: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a zone's city in degrees (north and east positive), also for a former name of
    the zone; None for zones without a place, such as UTC."""
    known, aliases = _coordinates(), get_global("zone_aliases")
    same_zone = [zone, aliases.get(zone, ""), *(old for old, new in aliases.items() if new == zone)]
    return next((known[name] for name in same_zone if name in known), None)


@lru_cache(maxsize=1024)
def subsolar_point(instant: datetime) -> tuple[float, float]:
    """Return latitude and longitude, in degrees, of the place that has the sun overhead at an (aware) instant."""
    utc = instant.astimezone(UTC)
    century = julianday_to_juliancentury(julianday(utc))
    minutes = utc.hour * 60 + utc.minute + utc.second / 60
    longitude = -(minutes + eq_of_time(century) - 720) / 4  # the sun goes west, one degree in four minutes
    return sun_declination(century), (longitude + 180) % 360 - 180


def elevation(latitude: float, longitude: float, instant: datetime) -> float:
    """Return how high the sun stands over a place in degrees, negative below the horizon, without refraction."""
    declination, overhead = subsolar_point(instant)
    height = _sine_of_height(latitude, declination, longitude - overhead)
    return degrees(asin(max(-1.0, min(1.0, height))))


def _sine_of_height(latitude: float, declination: float, hour_angle: float) -> float:
    phi, delta = radians(latitude), radians(declination)
    return sin(phi) * sin(delta) + cos(phi) * cos(delta) * cos(radians(hour_angle))


def light_at(height: float) -> Light:
    """Return the light while the sun stands at a height in degrees."""
    if height >= HORIZON:
        return Light.DAY
    return Light.DUSK if height >= TWILIGHT else Light.NIGHT


@lru_cache(maxsize=4096)
def lights(zone: str, first: datetime, minutes: int) -> tuple[Band, ...]:
    """Return the bands of light of a place over so many minutes from an instant on, without a gap; () for a zone
    without a place. Where the sun does not rise or set there is one band."""
    where = coordinates_of(zone)
    if where is None:
        return ()
    bands, start = [], 0
    for light, run in groupby(_each_minute(where, first, minutes)):
        length = sum(1 for _minute in run)
        bands.append(Band(light, start, length))
        start += length
    return tuple(bands)


def _each_minute(where: tuple[float, float], first: datetime, minutes: int) -> Iterator[Light]:
    """The sun's declination and the equation of time are taken once an hour: within it they move the light by less
    than five seconds."""
    latitude, longitude = where
    day, dusk = sin(radians(HORIZON)), sin(radians(TWILIGHT))
    declination = overhead = 0.0
    for minute in range(minutes):
        if minute % 60 == 0:
            declination, overhead = subsolar_point(first + timedelta(minutes=minute))
        height = _sine_of_height(latitude, declination, longitude - overhead + (minute % 60) / 4)
        yield Light.DAY if height >= day else Light.DUSK if height >= dusk else Light.NIGHT


def local_midnight(zone: str, day: date) -> datetime:
    """Return the instant (UTC) at which a day begins on the clocks of a zone; where midnight is skipped, the instant of
    the jump, where it comes twice, the first one."""
    return datetime(day.year, day.month, day.day, tzinfo=zone_info(zone)).astimezone(UTC)


def minutes_of_day(zone: str, day: date) -> int:
    """Return how long a day is on the clocks of a zone: 1440 minutes, an hour more or less where clocks change."""
    length = local_midnight(zone, day + timedelta(days=1)) - local_midnight(zone, day)
    return int(length.total_seconds()) // 60


@lru_cache(maxsize=1024)
def sunset(zone: str, day: date) -> datetime | None:
    """Return when the sun sets on a day of a place's calendar, as an instant to the minute; None where it does not."""
    first = local_midnight(zone, day)
    length = minutes_of_day(zone, day)
    ends = [band.end for band in lights(zone, first, length) if band.light is Light.DAY and band.end < length]
    return first + timedelta(minutes=ends[-1]) if ends else None
