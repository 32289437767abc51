"""Deadlines are reminded of until somebody says that they take care of it; where nobody does, others are told once.

A word is for one date: where the deadline moves, it is asked for again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.advocacy.models import STEP, Step
from app.core import audit
from app.core.actors import SECRETARIAT, Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.jobs import MOST_AT_ONCE, TRY_AGAIN
from app.core.permissions import require
from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Certainty, Moment
from app.moments.services import facts_of
from app.reminders import telling
from app.reminders.kinds import DEADLINES
from app.reminders.models import Care
from app.reminders.policy import Answering
from app.reminders.reckoning import anchor_of
from app.reminders.things import Thing, find_thing
from app.reminders.things.bodies import is_open
from app.reminders.things.cares import Unit, units_of_steps
from app.workinggroups.models import WorkingGroup

AFTER_SECOND = timedelta(hours=48)
LATEST = timedelta(days=2)
"""Others are told two days after the second reminder that nobody answered, at the latest two days before it closes."""

NOT_BEFORE = timedelta(hours=24)
"""So long somebody has to answer a first reminder, however near the deadline is."""


NOTHING_LEFT = _l("There is nothing left to take care of: this is done, called off, or over.")


class NotOpen(RuleBroken):
    """There is nothing to take care of any more."""


def acknowledge_deadline(actor: Actor, step: Step, group: WorkingGroup, *, now: datetime) -> Care:
    """Say that one has seen a deadline and takes care of it, for a group that works towards it or follows its space:
    nobody of the group, nor of what it works on with others, is reminded of this date any more. Twice changes nothing.

    Raises `NotOpen` for a deadline that is done, called off or over.
    """
    unit = next((one for one in units_of_steps([step])[step.id] if one.group_id == group.id), None)
    require(actor, "reminders.acknowledge", Answering(group, unit is not None))
    if not is_open(step, now):
        raise NotOpen(NOTHING_LEFT)
    care = _care_of(step.moment, group.id)
    is_answered = unit is not None and unit.is_answered
    if not is_answered and give_word(care, unit.care if unit is not None else None, actor.person_id, now):
        facts = {"group": str(group.id), "closes_at": care.closes_at.isoformat()}
        audit.record(actor, "reminders.deadline.acknowledged", STEP, step.id, facts, now=now)
    db.session.flush()
    return care


def give_word(care: Care, seen: Care | None, person_id: UUID | None, at: datetime | None) -> bool:
    """Note who takes care of a date, or that nobody does, where it still stands with it as it was `seen`: of two who
    answer at once it is one. Returns whether it was this one."""
    before = seen.acknowledged_at if seen is not None else None
    as_seen = sa.update(Care).where(Care.id == care.id, Care.acknowledged_at.is_not_distinct_from(before))
    if change_rows(as_seen.values(acknowledged_at=at, acknowledged_by=person_id)) == 1:
        return True
    db.session.refresh(care)
    return False


def count_reminder(thing: Thing, people: Collection[UUID], *, now: datetime) -> None:
    """Note, for each group that cares about a deadline, that it was reminded, and from when others are told if nobody
    answers. A date that is only expected is passed on to nobody."""
    if thing.kind not in DEADLINES:
        return
    for unit in units_of_steps([thing.row])[thing.row.id]:
        is_reached = not unit.coordinators or bool(set(unit.coordinators) & set(people))
        if unit.is_taken or not is_reached:
            continue
        care = unit.care or _care_of(thing.moment, unit.group_id)
        if not give_word(care, unit.care, None, None):  # a word of somebody who does not run the group any more goes
            continue
        care.reminded, care.reminded_at = care.reminded + 1, now
        if thing.moment.certainty is not Certainty.ESTIMATED and care.escalated_at is None:
            care.escalates_at = _escalation(thing, unit, care, now)
    db.session.flush()


def _escalation(thing: Thing, unit: Unit, care: Care, now: datetime) -> datetime:
    if not unit.coordinators:
        return now
    anchor = anchor_of(thing.kind, thing.moment, thing.seat) or care.closes_at
    latest = max(anchor - LATEST, now + NOT_BEFORE) if care.escalates_at is None else care.escalates_at
    return min(latest, now + AFTER_SECOND) if care.reminded > 1 else latest


def list_unanswered(now: datetime) -> list[UUID]:
    """Return the deadlines that others are to be told of now, the longest due first."""
    wanted = sa.select(Care.id).where(
        Care.escalates_at <= now,
        Care.escalated_at.is_(None),
        Care.acknowledged_at.is_(None),
        Care.closes_at > now,
    )
    return list(db.session.scalars(wanted.order_by(Care.escalates_at, Care.id).limit(MOST_AT_ONCE)))


def escalate(care_id: UUID, *, now: datetime) -> int:
    """Tell the others who run the group that nobody has answered; where there is nobody else, the secretariat. Claimed
    first; returns 1 where it was this worker that did. From then on they are reminded too."""
    claim = sa.update(Care).where(Care.id == care_id, Care.escalated_at.is_(None), Care.acknowledged_at.is_(None))
    if change_rows(claim.values(escalated_at=now)) != 1:
        return 0
    care = db.session.get_one(Care, care_id)
    thing = find_thing(care.moment_id)
    if thing is None or not is_open(thing.row, now) or care.closes_at != thing.moment.until:
        return 0
    unit = next((one for one in units_of_steps([thing.row])[thing.row.id] if one.group_id == care.group_id), None)
    if unit is None or unit.is_taken:
        return 0
    telling.tell_unanswered(thing, care, _others(unit, now), now=now)
    return 1


def put_off_asking(care_id: UUID, *, now: datetime) -> int:
    """Let others go before a deadline whose passing on failed."""
    open_still = sa.update(Care).where(Care.id == care_id, Care.escalated_at.is_(None))
    return change_rows(open_still.values(escalates_at=now + TRY_AGAIN))


def _others(unit: Unit, now: datetime) -> Iterable[UUID]:
    return {*unit.coordinators} - {unit.in_charge} or audience_holders(SECRETARIAT, now)


def _care_of(moment: Moment, group_id: UUID) -> Care:
    """Return how a group stands towards the date that a deadline has now; made where it has not been reminded yet."""
    same = sa.select(Care).where(Care.moment_id == moment.id, Care.group_id == group_id, Care.closes_at == moment.until)
    found = db.session.scalar(same)
    if found is not None:
        return found
    care = Care(moment_id=moment.id, group_id=group_id, closes_at=moment.until, said=facts_of(moment), reminded=0)
    try:
        with db.session.begin_nested():
            db.session.add(care)
    except IntegrityError:  # a reminder and an answer at once: one of them made the row
        return db.session.scalars(same).one()
    return care
