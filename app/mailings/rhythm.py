"""When a mail may leave, on the clocks of who reads it: quiet hours, the hour of a digest, and what cannot wait for it.

Everything steps through instants of UTC and asks what the wall shows then; a date and an hour are never put together,
so that a night with a clock change is as long as it is. Pure: no database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from app.mailings.models import Pace
from app.moments.local import in_zone

STEP = timedelta(minutes=15)
"""Every clock of our days is a whole number of quarters ahead of UTC."""
NEAR = timedelta(hours=24)
"""What happens within a day after the next digest does not wait for it."""
LONGEST_QUIET = timedelta(hours=49)
"""Two nights of 23 hours, where the clocks jump over the one hour between them: further nobody steps."""
LONGEST_WAIT = timedelta(days=16)
"""For a weekly digest whose day is taken."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A person's choices, or the house's: once a day at eight, quiet from nine in the evening."""

    pace: Pace = Pace.DAILY
    hour: int = 8
    weekday: int = 0
    quiet_from: int = 21
    quiet_until: int = 8
    zone: str = ""

    def is_quiet(self, instant: datetime) -> bool:
        return self._is_quiet_at(in_zone(instant, self.zone or None).hour)

    @property
    def has_quiet_hours(self) -> bool:
        """From an hour until the same hour is never."""
        return self.quiet_from != self.quiet_until

    @property
    def digest_hour(self) -> int:
        """The hour chosen, or the end of the quiet hours where it lies in them."""
        return self.quiet_until if self._is_quiet_at(self.hour) else self.hour

    def _is_quiet_at(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


@dataclass(frozen=True, slots=True)
class Departure:
    """When something leaves; `day` is that of the digest it waits for, None where it leaves alone."""

    at: datetime
    day: date | None = None


def departure(  # the one place that says what waits and for how long
    rhythm: Rhythm,
    now: datetime,
    *,
    not_before: datetime | None = None,
    is_urgent: bool = False,
    happens_at: datetime | None = None,
    expires_at: datetime | None = None,
    used: frozenset[date] = frozenset(),
) -> Departure:
    """Return when a notice leaves.

    What can wait goes with the next digest, of a day whose digest has not left (`used`). What cannot wait leaves as
    soon as it is not quiet: it is urgent, or happens within a day of that digest, or would be over by then. Never
    after the moment: where the quiet hours end too late it leaves before they begin, and where they have begun, at
    once (R-08: a reminder is there to be acted on).
    """
    earliest = max(now, not_before or now)
    latest = _latest(happens_at, expires_at)
    awake = end_of_quiet(rhythm, earliest)
    digest = next_digest(rhythm, earliest, used)
    if not is_urgent and not _is_near(digest.at, happens_at, expires_at):
        return digest
    if latest is not None and awake >= latest:
        return Departure(_before_quiet(rhythm, earliest, now))
    return digest if digest.at == awake else Departure(awake)


def _is_near(digest: datetime, happens_at: datetime | None, expires_at: datetime | None) -> bool:
    is_soon = happens_at is not None and happens_at <= digest + NEAR
    return is_soon or (expires_at is not None and expires_at <= digest)


def _latest(happens_at: datetime | None, expires_at: datetime | None) -> datetime | None:
    return min((end for end in (happens_at, expires_at) if end is not None), default=None)


def wakes_at(
    rhythm: Rhythm, instant: datetime, happens_at: datetime | None, expires_at: datetime | None
) -> datetime | None:
    """Return when the quiet hours around an instant end; None where it is not quiet, or where that is too late."""
    if not rhythm.is_quiet(instant):
        return None
    awake, latest = end_of_quiet(rhythm, instant), _latest(happens_at, expires_at)
    return awake if latest is None or awake < latest else None


def end_of_quiet(rhythm: Rhythm, instant: datetime) -> datetime:
    """Return the instant itself where it is not quiet, else the first quarter of an hour that is not."""
    return _first_awake(rhythm, _next_quarter(instant)) if rhythm.is_quiet(instant) else instant


@lru_cache(maxsize=10_000)
def _first_awake(rhythm: Rhythm, quarter: datetime) -> datetime:
    at = quarter
    while rhythm.is_quiet(at) and at < quarter + LONGEST_QUIET:
        at += STEP
    return at


def _before_quiet(rhythm: Rhythm, earliest: datetime, now: datetime) -> datetime:
    """Return the last quarter of an hour before the quiet hours around `earliest`; where that is over, `earliest`: a
    mail in the night is better than one after the moment."""
    at = earliest
    while rhythm.is_quiet(at) and at > now:
        at = _next_quarter(at) - 2 * STEP
    return at if at >= now and not rhythm.is_quiet(at) else earliest


def next_digest(rhythm: Rhythm, instant: datetime, used: frozenset[date] = frozenset()) -> Departure:
    """Return the next digest from an instant on: of the first day, of the right weekday, whose digest has not left.

    It leaves when the wall first shows its hour or a later one of that day: where the clocks jump over the hour there
    is a digest too. Never in quiet hours: then at their end. Who wants everything at once waits for the end of the
    quiet hours only, and gets together what came in the night."""
    if rhythm.pace is Pace.AT_ONCE:
        at = end_of_quiet(rhythm, instant)
        day = in_zone(at, rhythm.zone or None).date()
        return Departure(at, day if at != instant and day not in used else None)
    return _first_digest(rhythm, _next_quarter(instant - timedelta(microseconds=1)), used)


@lru_cache(maxsize=10_000)
def _first_digest(rhythm: Rhythm, quarter: datetime, used: frozenset[date]) -> Departure:
    at = quarter
    while at < quarter + LONGEST_WAIT and not (_begins(rhythm, at) and _day(rhythm, at) not in used):
        at += STEP
    return Departure(at, _day(rhythm, at))


def _day(rhythm: Rhythm, at: datetime) -> date:
    return in_zone(at, rhythm.zone or None).date()


def _begins(rhythm: Rhythm, at: datetime) -> bool:
    """Whether a digest becomes due at this quarter of an hour, not having been so a quarter before."""
    return _is_due(rhythm, at) and not (_is_due(rhythm, at - STEP) and _day(rhythm, at - STEP) == _day(rhythm, at))


def _is_due(rhythm: Rhythm, at: datetime) -> bool:
    local = in_zone(at, rhythm.zone or None)
    is_its_day = rhythm.pace is not Pace.WEEKLY or local.weekday() == rhythm.weekday
    return is_its_day and local.hour >= rhythm.digest_hour and not rhythm.is_quiet(at)


def _next_quarter(instant: datetime) -> datetime:
    """Return the first whole quarter of an hour of UTC after an instant."""
    return instant.astimezone(UTC).replace(minute=instant.minute // 15 * 15, second=0, microsecond=0) + STEP
