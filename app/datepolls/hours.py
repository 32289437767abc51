"""The hours that are asked about: from a wall clock and a length to instants, and back for pages and mails. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.context import page_language
from app.datepolls.models import DatePoll, DatePollOption
from app.moments.local import in_zone
from app.moments.models import Certainty, Precision, Status
from app.moments.shown import Shown
from app.moments.timing import HourDoesNotExist, Timing, next_existing, settle
from app.moments.zones import reader_zone


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour with its instants, as the macros of `moments/time.html` take it. Its end follows from its length, not
    from the wall: an hour over a clock change lasts as long as the others."""

    wall_start: datetime
    wall_end: datetime
    zone: str
    is_second_start: bool
    is_second_end: bool
    starts_at: datetime
    until: datetime
    precision: Precision = Precision.MINUTE
    certainty: Certainty = Certainty.VERIFIED
    status: Status = Status.CONFIRMED

    @property
    def timing(self) -> Timing:
        """The same for the services that plan."""
        return Timing(
            self.precision, self.wall_start, self.wall_end, self.zone, self.is_second_start, self.is_second_end
        )

    def shown(self, zone: str | None = None, language: str | None = None) -> Shown:
        """Return it for the reader of this request, unless a zone and a language are given (mails)."""
        return Shown(
            self.timing,
            self.starts_at,
            self.until,
            self.certainty,
            language or page_language(),
            zone or reader_zone(),
        )


def hour_at(wall: datetime, zone: str, lasts: int, *, is_second: bool | None = None) -> Hour:
    """Return the hour that begins at a wall clock and lasts so many minutes; `is_second`: which of two, None asks.

    Raises `HourDoesNotExist`, `HourOccursTwice`, `UnknownZone` (R-08).
    """
    begins, starts_at, _until = settle(Timing.minutes(wall, None, zone, is_second_start=is_second))
    until = starts_at + timedelta(minutes=lasts)
    ends = in_zone(until, zone)
    return Hour(
        wall_start=wall,
        wall_end=ends.replace(tzinfo=None, fold=0),
        zone=zone,
        is_second_start=bool(begins.is_second_start),
        is_second_end=bool(ends.fold),
        starts_at=starts_at,
        until=until,
    )


def hour_of(poll: DatePoll, option: DatePollOption) -> Hour:
    """Return an hour of a poll by the zone data of today. One that they took away is as if clocks had not jumped."""
    try:
        return hour_at(option.wall_start, poll.zone, poll.lasts, is_second=option.is_second_start)
    except HourDoesNotExist:
        return hour_at(next_existing(option.wall_start, poll.zone), poll.zone, poll.lasts, is_second=False)


def still_there(poll: DatePoll, option: DatePollOption) -> Hour:
    """Return the hour, to be planned. Raises `HourDoesNotExist` where new zone data took it away."""
    return hour_at(option.wall_start, poll.zone, poll.lasts, is_second=option.is_second_start)


def hours_of(poll: DatePoll) -> dict[DatePollOption, Hour]:
    """Return all hours of a poll in the order of time."""
    hours = {option: hour_of(poll, option) for option in poll.options}
    return dict(sorted(hours.items(), key=lambda pair: (pair[1].starts_at, pair[0].place)))
