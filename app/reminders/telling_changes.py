"""Who is told that a date of a body moved, was put off, called off or confirmed: one notice, old and new.

Sessions and meetings tell of their own changes, `telling_moved` of those of the rest. Of several changes in a row only
the last one is told, and what it says was before is what the person was told last. Nobody is told what they did
themselves.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import Occurrence, Step
from app.core import notices
from app.core.actors import Actor
from app.extensions import db
from app.moments.models import Moment, MomentChange
from app.moments.queries import as_told_before, last_change, says_something
from app.reminders.kinds import Whom
from app.reminders.things.bodies import people_of
from app.reminders.things.cares import delegates_of, units_of_occurrences

CHANGED = "reminders.date_changed"
STALE_AFTER = timedelta(days=14)
CONCERNED = (Whom.COORDINATORS, Whom.ORGANISATION)


def tell_of_occurrence(actor: Actor, occurrence: Occurrence, change: MomentChange, *, now: datetime) -> None:
    """Tell of a session: its steps that moved along are said in the same mail."""
    _tell(actor, occurrence, occurrence.moment, change, now)


def tell_of_step(actor: Actor, step: Step, change: MomentChange, *, now: datetime) -> None:
    """Tell of a deadline or a stage alone; not of what moved along with its session in this very act."""
    along = sa.select(MomentChange.id).where(
        MomentChange.moment_id == step.occurrence.moment_id, MomentChange.at == change.at
    )
    if step.is_deadline and db.session.scalar(along.limit(1)) is None:
        _tell(actor, step.occurrence, step.moment, change, now)


def concerned(occurrence: Occurrence, now: datetime) -> set[UUID]:
    """Return whom a date concerns: whoever runs a group that follows the space or works towards the session, who speaks
    for an organisation that signs, who goes there."""
    units = units_of_occurrences([occurrence])[occurrence.id]
    through = set[UUID]().union(*(unit.engagements for unit in units))
    return people_of(units, CONCERNED, now) | delegates_of(through)


def _tell(actor: Actor, occurrence: Occurrence, moment: Moment, change: MomentChange, now: datetime) -> None:
    instants = [datetime.fromisoformat(facts["until"]) for facts in (change.old, change.new)]
    if not says_something(change.old, change.new) or max(instants) < now:
        return
    notices.tell_many(
        sorted(concerned(occurrence, now) - {actor.person_id}, key=str),
        CHANGED,
        str(change.id),
        {"moment": str(moment.id), "change": str(change.id), "occurrence": str(occurrence.id)},
        now=now,
        audience=moment.audience,
        expires_at=now + STALE_AFTER,
        happens_at=min(instant for instant in instants if instant >= now),
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: it is the last change, it says something new to this person, and
    still concerns them."""
    moment = db.session.get(Moment, UUID(notice.parameters["moment"]))
    occurrence = db.session.get(Occurrence, UUID(notice.parameters["occurrence"]))
    change = last_change(moment) if moment is not None else None
    if moment is None or occurrence is None or change is None or str(change.id) != notice.parameters["change"]:
        return False
    told = as_told_before(CHANGED, change, moment, notice.person_id)
    return says_something(told, change.new) and notice.person_id in concerned(occurrence, now)
