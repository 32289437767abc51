"""Places in a group and its state: the two things that several use cases, here and above, change."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.extensions import db
from app.workinggroups import events
from app.workinggroups.models import GroupMembership, GroupState, Standing, WorkingGroup
from app.workinggroups.queries import find_membership


def lock_group(group: WorkingGroup) -> None:
    """Let nobody else count or change places, carriers and state of this group before this work is done."""
    db.session.flush()
    db.session.refresh(group, ["state", "closed_at", "admission", "eligible"], with_for_update={"key_share": False})


def admit(
    actor: Actor,
    group: WorkingGroup,
    person_id: UUID,
    *,
    standing: Standing,
    organisation_id: UUID | None = None,
    now: datetime,
) -> GroupMembership:
    """Give a person a place. Who is let in, and why, is asked by the services that call this one; for a member they
    have heard the acknowledgement of the objectives (R-04). Who is inside keeps one place: a member stays a member,
    an observer or guest becomes a member; also when two let in at once."""
    held = find_membership(group, person_id)
    if held is None:
        held = _add(actor, group, person_id, standing=standing, organisation_id=organisation_id, now=now)
    elif held.standing is standing or held.standing is Standing.MEMBER:
        return held
    else:
        held.standing = standing
        held.organisation_id = organisation_id or held.organisation_id
        _acknowledge(held, group, now)
    db.session.flush()
    facts = {"person": str(person_id), "standing": held.standing.value}
    audit.record(actor, "workinggroups.group.joined", "group", group.id, facts, now=now)
    events.group_joined.send(held, actor=actor, now=now)
    return held


def _add(
    actor: Actor,
    group: WorkingGroup,
    person_id: UUID,
    *,
    standing: Standing,
    organisation_id: UUID | None,
    now: datetime,
) -> GroupMembership:
    row = GroupMembership(
        group_id=group.id,
        person_id=person_id,
        organisation_id=organisation_id,
        standing=standing,
        joined_at=now,
        admitted_by=actor.person_id if actor.person_id != person_id else None,
    )
    _acknowledge(row, group, now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        taken = find_membership(group, person_id)
        if taken is None:
            raise
        return taken
    return row


def _acknowledge(row: GroupMembership, group: WorkingGroup, now: datetime) -> None:
    if row.standing is Standing.MEMBER:
        row.acknowledged_at, row.acknowledged_edition = now, group.objectives_edition


def end_place(actor: Actor, membership: GroupMembership, *, now: datetime) -> bool:
    """Let a place end; what the person wrote stays. Returns whether it stood until now: ending twice changes nothing.
    Whether the actor may is asked by the services that call this one."""
    ending = sa.update(GroupMembership).where(GroupMembership.id == membership.id, GroupMembership.left_at.is_(None))
    if change_rows(ending.values(left_at=now)) != 1:
        return False
    db.session.refresh(membership, ["left_at"])
    facts = {"person": str(membership.person_id)}
    audit.record(actor, "workinggroups.group.left", "group", membership.group_id, facts, now=now)
    events.group_left.send(membership, actor=actor, now=now)
    return True


def set_state(actor: Actor, group: WorkingGroup, state: GroupState, *, now: datetime) -> bool:
    """Let a group be in another state; returns whether it changed. By which rule is asked by the services that call
    this one (closing and opening again; R-18 for chantiers)."""
    before = group.state
    changing = sa.update(WorkingGroup).where(WorkingGroup.id == group.id, WorkingGroup.state != state)
    closed_at = now if state is GroupState.CLOSED else None
    if change_rows(changing.values(state=state, closed_at=closed_at)) != 1:
        return False
    db.session.refresh(group, ["state", "closed_at"])
    facts = {"from": before.value, "to": state.value}
    audit.record(actor, "workinggroups.group.state_changed", "group", group.id, facts, now=now)
    events.group_state_changed.send(group, actor=actor, now=now, before=before)
    return True
