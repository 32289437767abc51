"""What must not be among the mails of a week, counted. Pure: from what left to what was wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
"""Of everybody in the week: nobody chose other hours."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice that a mail told: what it says (two that say the same are one too many), by when somebody has to know
    it, and until when it may be said."""

    says: str
    happens_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def latest(self) -> datetime | None:
        return min((end for end in (self.happens_at, self.expires_at) if end is not None), default=None)


@dataclass(frozen=True, slots=True)
class Left:
    """A mail that left. `is_optional`: its reader's rhythm holds for it; `is_digest`: it is the one of its day."""

    at: datetime
    person_id: UUID
    zone: str
    kind: str
    told: tuple[Told, ...]
    is_optional: bool = True
    is_digest: bool = False

    @property
    def local(self) -> datetime:
        return self.at.astimezone(ZoneInfo(self.zone))


def faults_of(mails: Iterable[Left]) -> list[str]:
    """Return, in words, what happened that must not."""
    mails = list(mails)
    found = [words for mail in mails for words in (*_in_the_night(mail), *_too_late(mail))]
    return [*found, *_twice(mails), *_two_digests(mails)]


def _in_the_night(mail: Left) -> Iterator[str]:
    """In quiet hours, though all that it tells could have waited until they end."""
    is_quiet = mail.local.time() >= QUIET_FROM or mail.local.time() < QUIET_UNTIL
    if not is_quiet or not mail.is_optional:
        return
    awake = _end_of_night(mail.local)
    if all(told.latest is None or told.latest > awake for told in mail.told):
        yield f"{mail.kind} at {mail.local:%A %H:%M} in {mail.zone}, in quiet hours"


def _end_of_night(local: datetime) -> datetime:
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, local.tzinfo).astimezone(UTC)


def _too_late(mail: Left) -> Iterator[str]:
    for told in mail.told:
        if told.expires_at is not None and mail.at >= told.expires_at:
            yield f"{mail.kind} at {mail.at:%A %H:%M} UTC, of what was over at {told.expires_at:%A %H:%M}"


def _twice(mails: list[Left]) -> Iterator[str]:
    counted = Counter((mail.person_id, told.says) for mail in mails for told in mail.told)
    yield from (f"{count} times to one person: {says}" for (_person, says), count in counted.items() if count > 1)


def _two_digests(mails: list[Left]) -> Iterator[str]:
    days: Counter[tuple[UUID, date]] = Counter((mail.person_id, mail.local.date()) for mail in mails if mail.is_digest)
    yield from (f"{count} digests to one person on {day}" for (_person, day), count in days.items() if count > 1)
