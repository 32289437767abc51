"""Asking which hour suits: two to twelve hours on the clock of one place, open at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import is_blank
from app.core.naming import Names, check_names, write_names
from app.core.permissions import require
from app.datepolls import telling
from app.datepolls.circles import circle_of
from app.datepolls.hours import Hour, hour_at
from app.datepolls.models import DatePoll, DatePollNote, DatePollOption
from app.datepolls.policy import Owner
from app.datepolls.services.locking import check_meets
from app.extensions import db
from app.moments.endings import Closing, timing_until
from app.moments.models import Certainty, Moment, Status
from app.moments.services import create_moment

SUBJECT = "date_poll"
FEWEST, MOST = 2, 12
LENGTHS = (30, 45, 60, 90, 120, 150, 180, 240)
"""How many minutes what is planned may last."""

LONGEST_NOTE = 2000
REMINDED_BEFORE = timedelta(hours=24)
"""So long before the close those who have not answered are told; of a shorter one they heard when it opened."""


class BadHour(RuleBroken):
    """One of the hours cannot be asked about; `place` is its place among them, from 0."""

    def __init__(self, message: object, place: int) -> None:
        super().__init__(message, field="hours")
        self.place = place


class ClosesTooLate(RuleBroken):
    """Answers come before the hours they are about."""


@dataclass(frozen=True, slots=True)
class Wall:
    """An hour as it is typed; `is_second`: which of two, where clocks go back."""

    start: datetime
    is_second: bool | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A date poll as it is asked. `names` and `notes` by language, `lasts` in minutes."""

    names: Names
    walls: Sequence[Wall]
    zone: str
    lasts: int
    closing: Closing
    notes: Mapping[str, str] = field(default_factory=dict)

    def hours(self) -> list[Hour]:
        """Raises `HourDoesNotExist`, `HourOccursTwice`, `UnknownZone`."""
        return [hour_at(wall.start, self.zone, self.lasts, is_second=wall.is_second) for wall in self.walls]


def ask(actor: Actor, owner: Owner, plan: Plan, *, now: datetime) -> DatePoll:
    """Ask those who take part in a track or a group which of these hours suit them; they are told.

    Raises `MeetsNoMore`, `NeedsName`, `BadHour`, `ClosesTooLate`, `RuleBroken` at `lasts`, `hours` and notes, and the
    errors of an hour that does not exist or comes twice (R-08).
    """
    require(actor, "datepolls.ask", owner)
    check_meets(owner)
    check_names(plan.names)
    if plan.lasts not in LENGTHS:
        raise RuleBroken(_l("Choose how long it lasts."), field="lasts")
    hours = plan.hours()
    check_hours(hours, now)
    check_closing(plan.closing, min(hour.starts_at for hour in hours), now)
    poll = _row(actor, owner, plan, hours, now)
    db.session.add(poll)
    db.session.flush()
    write_names(SUBJECT, poll.id, plan.names)
    facts = {"hours": len(hours), "until": poll.moment.until.isoformat()}
    audit.record(actor, "datepolls.date_poll.asked", SUBJECT, poll.id, facts, now=now)
    telling.tell_asked(actor, poll, now=now)
    return poll


def _row(actor: Actor, owner: Owner, plan: Plan, hours: Sequence[Hour], now: datetime) -> DatePoll:
    poll_id = uuid4()
    moment = create_moment(
        actor,
        subject_kind=SUBJECT,
        subject_id=poll_id,
        audience=circle_of(owner).audience,
        timing=timing_until(plan.closing, now),
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=now,
    )
    return DatePoll(
        id=poll_id,
        **circle_of(owner).column,
        moment=moment,
        zone=plan.zone,
        lasts=plan.lasts,
        started_at=now,
        started_by=actor.person_id,
        remind_at=reminder_for(moment, now),
        options=[
            DatePollOption(id=uuid4(), place=place, wall_start=hour.wall_start, is_second_start=hour.is_second_start)
            for place, hour in enumerate(hours)
        ],
        notes=_notes(plan.notes),
    )


def _notes(notes: Mapping[str, str]) -> list[DatePollNote]:
    for language, body in notes.items():
        if len(body) > LONGEST_NOTE:
            raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_NOTE), field=f"note_{language}")
    return [DatePollNote(language=tag, body=body.strip()) for tag, body in notes.items() if not is_blank(body)]


def check_hours(hours: Sequence[Hour], now: datetime) -> None:
    """Raise `BadHour` for one that has begun or stands there twice, `RuleBroken` at `hours` for too few or too many."""
    if not FEWEST <= len(hours) <= MOST:
        raise RuleBroken(_l("Offer %(fewest)s to %(most)s hours.", fewest=FEWEST, most=MOST), field="hours")
    seen: set[datetime] = set()
    for place, hour in enumerate(hours):
        if hour.starts_at <= now:
            raise BadHour(_l("This hour is past. Choose one that is still to come."), place)
        if hour.starts_at in seen:
            raise BadHour(_l("This hour stands there twice. Choose another one, or empty the fields."), place)
        seen.add(hour.starts_at)


def check_closing(closing: Closing, before: datetime, now: datetime) -> None:
    """Raise `ClosesTooLate` where it closes in the past, or not `before` the hour it must leave time for."""
    if closing.instant <= now:
        raise ClosesTooLate(
            _l("This would close before it opens. Choose a day and an hour that are still to come."), field="day"
        )
    if closing.instant >= before:
        raise ClosesTooLate(_l("Answers would be taken after an hour has begun. Close it before that."), field="day")


def reminder_for(moment: Moment, now: datetime) -> datetime | None:
    """Return when those who have not answered are told; None where they have just heard of it."""
    due = moment.until - REMINDED_BEFORE
    return due if due > now else None
