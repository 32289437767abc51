"""Zones and the clocks on their walls: where an IANA name becomes a zone, and an instant a local time.

Zone data are those of the pinned `tzdata` package: importing `app.extensions` turns the operating system's off.
"""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime
from functools import lru_cache

from flask_babel import lazy_gettext as _l

from app import extensions  # noqa: F401 - says where zone data come from, before any zone is read
from app.core.errors import RuleBroken
from app.moments.models import Moment


class UnknownZone(RuleBroken):
    """The name is no IANA zone of the pinned data."""


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Return every zone name that may be stored, old names included."""
    return frozenset(zoneinfo.available_timezones() - {"Factory", "localtime"})


def zone_info(name: str) -> zoneinfo.ZoneInfo:
    """Return the zone of an IANA name; raises `UnknownZone`."""
    if name not in known_zones():
        raise UnknownZone(
            _l("We do not know the place “%(zone)s”. Choose a place from the list, Nairobi for instance.", zone=name),
            field="zone",
        )
    return zoneinfo.ZoneInfo(name)


def in_zone(instant: datetime, zone: str | None) -> datetime:
    """Return an instant as the clocks of a zone show it (aware); in UTC where there is no zone."""
    return instant.astimezone(zone_info(zone) if zone else UTC)


def local_day(moment: Moment) -> date:
    """Return the day on which a moment begins at its own place (the last day where only that is known)."""
    wall = moment.wall_start or moment.wall_end
    assert wall is not None  # noqa: S101 - a constraint of the table
    return wall.date()
