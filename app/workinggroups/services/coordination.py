"""Who runs a group: appointed by those who run it already and by the secretariat."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.services import check_may_be_appointed
from app.workinggroups import events
from app.workinggroups.models import GroupCoordinator, WorkingGroup
from app.workinggroups.queries import find_coordinator, list_coordinators
from app.workinggroups.services.places import lock_group


class LastCoordinator(RuleBroken):
    """A group is not left without anybody who runs it, unless the secretariat decides so."""


def appoint_coordinator(actor: Actor, group: WorkingGroup, *, person_id: UUID, now: datetime) -> GroupCoordinator:
    """Let a person run one group (and no other). Appointing again changes nothing. Raises `UnknownPerson`,
    `UnprovenPerson`."""
    require(actor, "workinggroups.appoint", group)
    check_may_be_appointed(person_id)
    row = GroupCoordinator(group_id=group.id, person_id=person_id, appointed_at=now, appointed_by=actor.person_id)
    known = find_coordinator(group.id, person_id)
    if known is None:
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            known = find_coordinator(group.id, person_id)
    if known is not None:
        return known
    facts = {"person": str(person_id)}
    audit.record(actor, "workinggroups.coordinator.appointed", "group", group.id, facts, now=now)
    events.coordinator_appointed.send(row, actor=actor, now=now)
    return row


def let_run(actor: Actor, group: WorkingGroup, person_id: UUID, *, now: datetime) -> GroupCoordinator:
    """Let the person who makes a group run it. Whether they may is asked by the services that call this one."""
    row = GroupCoordinator(group_id=group.id, person_id=person_id, appointed_at=now, appointed_by=actor.person_id)
    db.session.add(row)
    db.session.flush()
    events.coordinator_appointed.send(row, actor=actor, now=now)
    return row


def end_coordinator(actor: Actor, group: WorkingGroup, coordinator: GroupCoordinator, *, now: datetime) -> bool:
    """End somebody's service, one's own too; a place in the group stays. Returns whether it stood until now. Raises
    `LastCoordinator`."""
    require(actor, "workinggroups.appoint", group)
    lock_group(group)
    check_not_last(actor, group, coordinator.person_id)
    return lay_down(actor, coordinator, now=now)


def check_not_last(actor: Actor, group: WorkingGroup, person_id: UUID) -> None:
    """Raise `LastCoordinator` when nobody else runs the locked group. The secretariat, which runs every group, may."""
    others = [row for row in list_coordinators(group) if row.person_id != person_id]
    if not others and not actor.is_secretariat:
        raise LastCoordinator(
            _l("Nobody else runs this group. Appoint another coordinator first, or ask the secretariat.")
        )


def lay_down(actor: Actor, coordinator: GroupCoordinator, *, now: datetime) -> bool:
    """Let an appointment end. Whether it may is asked by the services that call this one."""
    ending = sa.update(GroupCoordinator).where(
        GroupCoordinator.id == coordinator.id, GroupCoordinator.ended_at.is_(None)
    )
    if change_rows(ending.values(ended_at=now)) != 1:
        return False
    facts = {"person": str(coordinator.person_id)}
    audit.record(actor, "workinggroups.coordinator.ended", "group", coordinator.group_id, facts, now=now)
    events.coordinator_ended.send(coordinator, actor=actor, now=now)
    return True
