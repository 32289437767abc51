"""A word that somebody takes care of a deadline is taken back: by whoever runs the group, or because the one who gave
it runs it no more. The others hear of it at once; without others, the usual hour for asking them is set anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import STEP, Step
from app.core import audit
from app.core.actors import SECRETARIAT, Actor
from app.core.permissions import require
from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Certainty
from app.reminders import telling
from app.reminders.models import Care
from app.reminders.policy import Answering
from app.reminders.reckoning import anchor_of
from app.reminders.services.caring import LATEST, NOT_BEFORE, is_open
from app.reminders.things import find_thing
from app.reminders.things.cares import units_of_steps
from app.workinggroups.models import WorkingGroup


def hand_back(actor: Actor, step: Step, group: WorkingGroup, *, now: datetime) -> bool:
    """Say that nobody of a group takes care of a deadline any more: one's own word, or that of somebody who runs the
    group too. Returns whether somebody did until now."""
    unit = next((one for one in units_of_steps([step])[step.id] if one.group_id == group.id), None)
    require(actor, "reminders.acknowledge", Answering(group, unit is not None))
    if unit is None or unit.care is None or not unit.is_answered:
        return False
    facts = {"group": str(group.id), "closes_at": unit.care.closes_at.isoformat()}
    audit.record(actor, "reminders.deadline.handed_back", STEP, step.id, facts, now=now)
    _let_go(unit.care, actor.person_id, now)
    return True


def let_go_of(person_id: UUID, group_id: UUID | None, *, now: datetime) -> None:
    """Take back what somebody said for dates that are still to come: for one group, or for every group."""
    wanted = sa.select(Care).where(Care.acknowledged_by == person_id, Care.closes_at > now)
    if group_id is not None:
        wanted = wanted.where(Care.group_id == group_id)
    for care in db.session.scalars(wanted.order_by(Care.closes_at, Care.id)).unique().all():
        _let_go(care, person_id, now)


def _let_go(care: Care, by: UUID | None, now: datetime) -> None:
    """Tell whoever else runs the group. A date that is only expected is passed on to nobody, one that moved is over."""
    thing = find_thing(care.moment_id)
    if thing is None or care.closes_at != thing.moment.until:
        return
    care.acknowledged_at = care.acknowledged_by = care.escalates_at = care.escalated_at = None
    db.session.flush()
    unit = next((one for one in units_of_steps([thing.row])[thing.row.id] if one.group_id == care.group_id), None)
    is_estimated = thing.moment.certainty is Certainty.ESTIMATED
    if unit is None or unit.is_taken or is_estimated or not is_open(thing, now):
        return
    others = {*unit.coordinators} - {by}
    if others or not unit.coordinators:
        care.escalates_at = care.escalated_at = now
        telling.tell_unanswered(thing, care, others or audience_holders(SECRETARIAT, now) - {by}, now=now)
    else:
        anchor = anchor_of(thing.kind, thing.moment, thing.seat) or care.closes_at
        care.escalates_at = max(anchor - LATEST, now + NOT_BEFORE)
    db.session.flush()
