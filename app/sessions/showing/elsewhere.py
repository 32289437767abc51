"""The hour elsewhere: a gathering on the clocks of the places it is followed from, and how kind it is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.context import page_language
from app.moments import words
from app.moments.kindness import HourThere, hour_there
from app.moments.local import in_zone
from app.moments.models import Precision
from app.moments.sun import coordinates_of
from app.moments.zones import place_of, reader_zone
from app.sessions import policy
from app.sessions.models import Gathering
from app.sessions.queries.zones import Clocks, clocks_of


@dataclass(frozen=True, slots=True)
class HourElsewhere:
    """The hour at one place; `level` is the sign beside `word`; `day` is "" unless it is another day than for the
    reader."""

    place: str
    hour: str
    level: str
    word: str
    day: str


def zones_of(clocks: Clocks, gathering: Gathering, *, also: str | None = None) -> list[str]:
    """Return the places at which a gathering is looked at: those it is followed from, its own, and one more where
    `also` says so, from west to east. A place that a single person could be found by is not among them; UTC is none."""
    more = [zone for zone in (gathering.moment.zone, also) if zone]
    return west_to_east([*clocks.zones, *more])


def places_at_night(clocks: Clocks) -> list[str]:
    """Return the places whose night is asked about before people are told: those something is followed from, and the
    reader's own."""
    own = reader_zone()
    return [*west_to_east(clocks.zones), *([own] if own else [])]


def west_to_east(zones: Iterable[str]) -> list[str]:
    placed = {zone: where for zone in zones if (where := coordinates_of(zone)) is not None}
    return sorted(placed, key=lambda zone: (placed[zone][1], zone))


def hours_there(gathering: Gathering, zones: Iterable[str], ramadan: Iterable[str]) -> list[HourThere]:
    """Return a gathering with an hour as it falls at each of the places."""
    keeping, moment = set(ramadan), gathering.moment
    return [hour_there(zone, moment.starts_at, moment.until, keeps_ramadan=zone in keeping) for zone in zones]


def hours_elsewhere(gathering: Gathering, now: datetime) -> list[HourElsewhere]:
    """Return the hour of a coming gathering at the places it is followed from, other than the reader's, from west to
    east; nothing for one that is over, called off, or whose hour is open."""
    if not policy.takes_place(gathering) or policy.is_over(gathering, now):
        return []
    if gathering.moment.precision is not Precision.MINUTE:
        return []
    clocks, own = clocks_of(gathering), reader_zone() or gathering.moment.zone
    zones = [zone for zone in zones_of(clocks, gathering) if zone != own]
    own_day = in_zone(gathering.moment.starts_at, own).date()
    return rows_of(hours_there(gathering, zones, clocks.ramadan), own_day)


def rows_of(hours: Iterable[HourThere], own_day: date) -> list[HourElsewhere]:
    """Return hours at places as a page lists them; `own_day` is the reader's, which is not said again."""
    return [
        HourElsewhere(
            place=place_of(there.zone),
            hour=words.hour(there.start),
            level=there.kindness.level,
            word=there.kindness.word,
            day=words.day_of_year(there.start.date(), page_language()) if there.start.date() != own_day else "",
        )
        for there in hours
    ]
