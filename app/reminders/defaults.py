"""What the house reminds of, where nobody chose otherwise: one table to read.

Offsets are counted from the date. For a date with an hour that is the hour itself. For a date of a body without one it
is the last working hour of the day before, at its seat (R-08); for a task or a day of review, the morning of the day.
The offsets for deadlines are those that the collection of advocacy spaces proposes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.reminders.kinds import DAY, HOUR, OFFERED, Kind, Whom

URGENT_WITHIN = 2 * DAY
"""So near to the date, in minutes, nothing waits for the mail of the day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reminder: so many `minutes` from the date (negative before it), to whom, and whether it may come in the mail
    of the day."""

    minutes: int
    to_whom: frozenset[Whom]
    can_wait: bool

    @property
    def is_before(self) -> bool:
        return self.minutes <= 0


def rules(*minutes: int, to: tuple[Whom, ...]) -> tuple[Rule, ...]:
    """Return rules for several offsets, all to the same people; what is near or late does not wait."""
    return tuple(Rule(offset, frozenset(to), can_wait(offset)) for offset in sorted(minutes))


def can_wait(minutes: int) -> bool:
    """Whether a reminder may come in the mail of the day."""
    return minutes < -URGENT_WITHIN or minutes > 0


def plain(kind: Kind, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules but for those that are told afterwards in words of their own."""
    return tuple(rule for rule in rules if not OFFERED[kind].is_after(rule.minutes))


_CARE = (Whom.RESPONSIBLE, Whom.FOLLOWERS)
_SIGNERS_TOO = (*_CARE, Whom.ORGANISATION)

DEFAULTS: dict[Kind, tuple[Rule, ...]] = {
    Kind.SESSION: rules(-7 * DAY, -DAY, -HOUR, to=(Whom.PARTICIPANTS,)),
    Kind.JOINING: rules(-2 * DAY, to=(Whom.FACILITATORS,)),
    Kind.MEETING: rules(-7 * DAY, -DAY, -HOUR, to=(Whom.GROUP,)),
    Kind.TASK: rules(-7 * DAY, -DAY, DAY, to=(Whom.RESPONSIBLE,)),
    Kind.REVIEW: rules(-14 * DAY, 0, to=(Whom.COORDINATORS,)),
    Kind.TEXT: rules(-90 * DAY, -45 * DAY, -21 * DAY, -7 * DAY, to=_CARE) + rules(-2 * DAY, to=_SIGNERS_TOO),
    Kind.EVENT: rules(-60 * DAY, -30 * DAY, -7 * DAY, to=_CARE),
    Kind.REGISTRATION: rules(-30 * DAY, -7 * DAY, to=_CARE) + rules(-2 * DAY, to=_SIGNERS_TOO),
    Kind.OCCURRENCE: rules(-30 * DAY, -7 * DAY, to=_CARE),
}
