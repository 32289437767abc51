"""A word that somebody takes care of a deadline is taken back: by whoever runs the group, or because the one who gave
it runs it no more. The others hear of it at once; without others, the usual hour for asking them is set anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import STEP, Step
from app.core import audit
from app.core.actors import SECRETARIAT, Actor
from app.core.permissions import require
from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Certainty, Moment
from app.reminders import telling
from app.reminders.models import Care
from app.reminders.policy import Answering
from app.reminders.reckoning import anchor_of
from app.reminders.services.caring import LATEST, NOT_BEFORE, give_word
from app.reminders.things import Thing, read_things
from app.reminders.things.bodies import is_open
from app.reminders.things.cares import Unit, units_of_steps
from app.workinggroups.models import WorkingGroup


def hand_back(actor: Actor, step: Step, group: WorkingGroup, *, now: datetime) -> bool:
    """Say that nobody of a group takes care of a deadline any more: one's own word, or that of somebody who runs the
    group too. Returns whether somebody did until now."""
    unit = next((one for one in units_of_steps([step])[step.id] if one.group_id == group.id), None)
    require(actor, "reminders.acknowledge", Answering(group, unit is not None))
    if unit is None or unit.care is None or not unit.is_answered:
        return False
    if not give_word(unit.care, unit.care, None, None):
        return False
    facts = {"group": str(group.id), "closes_at": unit.care.closes_at.isoformat()}
    audit.record(actor, "reminders.deadline.handed_back", STEP, step.id, facts, now=now)
    _pass_on([unit.care], actor.person_id, now)
    return True


def let_go_of(person_id: UUID, group_id: UUID | None, *, now: datetime) -> None:
    """Take back what somebody said for dates that are still to come: for one group, or for every group. Read in
    as many questions for many deadlines as for one."""
    wanted = sa.select(Care).where(Care.acknowledged_by == person_id, Care.closes_at > now)
    if group_id is not None:
        wanted = wanted.where(Care.group_id == group_id)
    cares = list(db.session.scalars(wanted.order_by(Care.closes_at, Care.id)).unique())
    _pass_on(cares, person_id, now)


def _pass_on(cares: Sequence[Care], by: UUID | None, now: datetime) -> None:
    """Take words back and tell whoever else runs the groups. A date that is only expected is passed on to nobody, one
    that moved is over."""
    moments = sa.select(Moment).where(Moment.id.in_([care.moment_id for care in cares]))
    things = read_things(db.session.scalars(moments).all())
    current = [(care, things[care.moment_id]) for care in cares if care.moment_id in things]
    current = [(care, thing) for care, thing in current if care.closes_at == thing.moment.until]
    for care, _thing in current:
        care.acknowledged_at = care.acknowledged_by = care.escalates_at = care.escalated_at = None
    db.session.flush()
    units = units_of_steps([thing.row for thing in things.values()])
    for care, thing in current:
        unit = next((one for one in units[thing.row.id] if one.group_id == care.group_id), None)
        if unit is None or unit.is_taken or not is_open(thing.row, now):
            continue
        if thing.moment.certainty is not Certainty.ESTIMATED:
            _ask_others(care, thing, unit, by, now)
    db.session.flush()


def _ask_others(care: Care, thing: Thing, unit: Unit, by: UUID | None, now: datetime) -> None:
    others = {*unit.coordinators} - {by}
    if others or not unit.coordinators:
        care.escalates_at = care.escalated_at = now
        telling.tell_unanswered(thing, care, others or audience_holders(SECRETARIAT, now) - {by}, now=now)
    else:
        anchor = anchor_of(thing.kind, thing.moment, thing.seat) or care.closes_at
        care.escalates_at = max(anchor - LATEST, now + NOT_BEFORE)
