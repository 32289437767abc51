"""How kind an hour is to the people of a place. A pure answer from the clocks on their walls and their sunset.

An hour is kind when it starts at 9 or later and ends by 20. It asks for care when it starts from 6 on or ends by 22,
and when the sun sets during it in Ramadan, where a track's facilitators said that Ramadan is kept. All else is night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from flask_babel import gettext as _
from hijridate import Gregorian

from app.moments import sun
from app.moments.local import in_zone

KIND_FROM, KIND_UNTIL = time(9), timedelta(hours=20)
CARE_FROM, CARE_UNTIL = time(6), timedelta(hours=22)
"""Latest ends are counted from the midnight before the start: a session over midnight ends after 24."""

RAMADAN = 9


class Kindness(StrEnum):
    """How an hour falls at a place, and why."""

    KIND = "kind"
    EARLY = "early"
    LATE = "late"
    SUNSET = "sunset"
    NIGHT = "night"

    @property
    def level(self) -> str:
        """The sign it is drawn with: `kind`, `care` or `night`."""
        return self.value if self in (Kindness.KIND, Kindness.NIGHT) else "care"

    @property
    def is_hard(self) -> bool:
        return self is not Kindness.KIND

    @property
    def word(self) -> str:
        match self:
            case Kindness.KIND:
                # I18N: an hour of a session that suits the people of a place: neither early nor late; one word
                return str(_("kind"))
            case Kindness.EARLY:
                # I18N: an hour of a session at a place: between 6 and 9 in the morning; one word
                return str(_("early"))
            case Kindness.LATE:
                # I18N: an hour of a session at a place: until 22 in the evening; one word
                return str(_("late"))
            case Kindness.SUNSET:
                # I18N: the sun sets during a session in Ramadan: people there break their fast then; one or two words
                return str(_("take care"))
            case Kindness.NIGHT:
                # I18N: an hour of a session at a place: before 6 in the morning or after 22; one or two words
                return str(_("at night"))


def kindness_of(start: datetime, end: datetime, *, breaks_fast_at: datetime | None = None) -> Kindness:
    """Return how kind a session is where it lasts from `start` to `end` on the clocks on the wall; `breaks_fast_at` is
    the sunset there, where the day is one of Ramadan."""
    begins = start.time()
    lasts_until = end.replace(tzinfo=None) - datetime.combine(start.date(), time())
    if begins < CARE_FROM or lasts_until > CARE_UNTIL:
        return Kindness.NIGHT
    if breaks_fast_at is not None and start <= breaks_fast_at < end:
        return Kindness.SUNSET
    if begins < KIND_FROM:
        return Kindness.EARLY
    return Kindness.LATE if lasts_until > KIND_UNTIL else Kindness.KIND


@lru_cache(maxsize=1024)
def is_ramadan(day: date) -> bool:
    """Whether a day is one of Ramadan by the Umm al-Qura calendar, which covers 1924 to 2077. Where people wait for the
    moon to be seen it can be a day before or after."""
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().month == RAMADAN
    except OverflowError:
        return False


@dataclass(frozen=True, slots=True)
class HourThere:
    """A session on the clocks of one place: aware local times, how kind they are, and the sunset of Ramadan within."""

    zone: str
    start: datetime
    end: datetime
    kindness: Kindness
    breaks_fast_at: datetime | None


def hour_there(zone: str, starts_at: datetime, until: datetime, *, keeps_ramadan: bool = False) -> HourThere:
    """Return how a session falls at a place; `keeps_ramadan`: its people keep Ramadan, as the facilitators said."""
    start, end = in_zone(starts_at, zone), in_zone(until, zone)
    sets_at = sun.sunset(zone, start.date()) if keeps_ramadan and is_ramadan(start.date()) else None
    breaks_fast_at = in_zone(sets_at, zone) if sets_at is not None and starts_at <= sets_at < until else None
    return HourThere(zone, start, end, kindness_of(start, end, breaks_fast_at=breaks_fast_at), breaks_fast_at)
