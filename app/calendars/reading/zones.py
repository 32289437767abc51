"""Which zone a calendar means: by IANA name, by the names Windows has for zones (CLDR's table), by a definition of its
own that keeps the same hours as a zone we know. Never by a guess: what is none of these is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from babel.core import get_global

from app.calendars.reading.definitions import definition_of
from app.calendars.reading.lines import Block
from app.moments.local import known_zones, zone_info

LONGEST_NAME = 80


@lru_cache(maxsize=1)
def _windows() -> dict[str, str]:
    """Windows' name, in small letters → IANA name."""
    mapping: dict[str, str] = dict(get_global("windows_zone_mapping"))
    return {name.casefold(): zone for name, zone in mapping.items() if zone in known_zones()}


@lru_cache(maxsize=1)
def _by_fold() -> dict[str, str]:
    return {zone.casefold(): zone for zone in known_zones()}


def named_zone(name: str) -> str | None:
    """Return the IANA name of a zone that is called so; None where nobody calls one so. Programs put their own address
    before it: `/mozilla.org/20050126_1/Europe/Berlin`."""
    name = name.strip().strip('"').casefold()
    if name in ("tzone://microsoft/utc", "z", "gmt", "utc"):
        return "UTC"
    if name in _windows():
        return _windows()[name]
    parts = name.split("/") if name.startswith("/") else [name]
    ends = ["/".join(parts[-length:]) for length in (3, 2)] if len(parts) > 2 else [name]
    return next((_by_fold()[end] for end in ends if end in _by_fold()), None)


@dataclass(slots=True)
class Zones:
    """The zones of one file. `chosen` is what somebody said for times whose zone is not known; `own` what the calendar
    says of itself (X-WR-TIMEZONE). `unknown` counts the names that nobody knows, `floating` the times without any."""

    chosen: str | None
    own: str | None
    first: datetime
    last: datetime
    unknown: Counter[str] = field(default_factory=Counter)
    floating: int = 0
    _defined: dict[str, str | None] = field(default_factory=dict)

    def define(self, blocks: Iterable[Block], check_time: Callable[[], None]) -> None:
        """Read the definitions of the file, for names that are not known by themselves. `check_time` raises where the
        file has taken too long."""
        for block in blocks:
            check_time()
            name = block.value("TZID").strip()
            if name and name not in self._defined and named_zone(name) is None:
                self._defined[name] = self._same_hours(block)

    def _same_hours(self, block: Block) -> str | None:
        """Return a zone whose clocks show the same as the definition on every day of the window."""
        try:
            defined = definition_of(block, self.first, self.last)
        except (ValueError, LookupError, OverflowError):  # what cannot be read is as good as none
            return None
        noons = [_noon(self.first + timedelta(days=day)) for day in range((self.last - self.first).days)]
        wanted = [defined.offset(noon) for noon in noons]
        candidates = [self.chosen, self.own, *sorted(set(_windows().values())), *sorted(known_zones())]
        for zone in dict.fromkeys(filter(None, candidates)):
            info = zone_info(zone)
            if all(noon.replace(tzinfo=info).utcoffset() == ahead for noon, ahead in zip(noons, wanted, strict=True)):
                return zone
        return None

    def zone_of(self, name: str) -> str | None:
        """Return the zone of a TZID; without a name, that of times which float. None where nobody can know."""
        if not name:
            zone = self.own or self.chosen
            self.floating += zone is None
            return zone
        zone = named_zone(name) or self._defined.get(name)
        if zone is None:
            self.unknown[name[:LONGEST_NAME]] += 1
        return zone or self.chosen


def _noon(day: datetime) -> datetime:
    """Return the noon of a day on no clock in particular: definitions of calendars say no more than that."""
    return day.replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=None)
