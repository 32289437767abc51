"""Every clock change of every zone in the pinned data, found by looking, so that tests of time can stand on them."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from app.moments.local import known_zones, zone_info

ZONES = sorted(known_zones())
STEP = timedelta(hours=20)
"""No zone changes its clocks twice within 20 hours and back again."""


@dataclass(frozen=True)
class Transition:
    """From `at` on, the clocks of `zone` are `after` ahead of UTC, no longer `before`."""

    zone: str
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def is_gap(self) -> bool:
        return self.after > self.before

    @property
    def width(self) -> timedelta:
        return abs(self.after - self.before)

    @property
    def first_wall(self) -> datetime:
        """The first wall clock that does not exist (gap) or occurs twice (fold)."""
        return self.at.replace(tzinfo=None) + min(self.before, self.after)


def offset(zone: zoneinfo.ZoneInfo, instant: datetime) -> timedelta:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return found


@lru_cache(maxsize=4096)
def transitions(name: str, first_year: int, last_year: int) -> tuple[Transition, ...]:
    zone, found = zone_info(name), []
    at, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    before = offset(zone, at)
    while at < end:
        after = offset(zone, at + STEP)
        if after != before:
            found.append(Transition(name, _exactly(zone, at, at + STEP), before, after))
        at, before = at + STEP, after
    return tuple(found)


def _exactly(zone: zoneinfo.ZoneInfo, early: datetime, late: datetime) -> datetime:
    start = offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        early, late = (middle, late) if offset(zone, middle) == start else (early, middle)
    return late
