"""Notes for whoever comes next, and exports of a whole group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.permissions import require
from app.extensions import db
from app.workinggroups.models import (
    GroupCoordinator,
    GroupExport,
    GroupInvitation,
    GroupMembership,
    HandoverNote,
    WorkingGroup,
)


def list_notes(actor: Actor, group: WorkingGroup) -> list[HandoverNote]:
    """Return every version of the note for whoever comes next, the newest first. Raises `NotAllowed`."""
    require(actor, "workinggroups.hand_over", group)
    versions = sa.select(HandoverNote).where(HandoverNote.group_id == group.id)
    return list(db.session.scalars(versions.order_by(HandoverNote.version.desc())))


def find_note(group: WorkingGroup) -> HandoverNote | None:
    """Return the version of the note that counts."""
    versions = sa.select(HandoverNote).where(HandoverNote.group_id == group.id)
    return db.session.scalar(versions.order_by(HandoverNote.version.desc()).limit(1))


def _own(actor: Actor, group: WorkingGroup) -> sa.Select[GroupExport]:
    return sa.select(GroupExport).where(GroupExport.group_id == group.id, GroupExport.asked_by == actor.person_id)


def find_waiting_export(actor: Actor, group: WorkingGroup) -> GroupExport | None:
    """Return the export of a group that the actor has asked for and that is not made yet."""
    waiting = _own(actor, group).where(GroupExport.ready_at.is_(None), GroupExport.failed_at.is_(None))
    return db.session.scalar(waiting)


def list_exports(actor: Actor, group: WorkingGroup) -> list[GroupExport]:
    """Return the exports of a group that the actor asked for and that are still there, the latest first."""
    require(actor, "workinggroups.export", group)
    return list(db.session.scalars(_own(actor, group).order_by(GroupExport.asked_at.desc(), GroupExport.id)))


def get_export(actor: Actor, group: WorkingGroup, export_id: UUID) -> GroupExport:
    """Return an export that is ready, to whoever asked for it and runs the group still. Raises `NotAllowed` for others
    who do not run the group, `NotFound` for others who do: what one reads another may not."""
    require(actor, "workinggroups.export", group)
    ready = _own(actor, group).where(GroupExport.id == export_id, GroupExport.ready_at.is_not(None))
    found = db.session.scalar(ready)
    if found is None:
        raise NotFound
    return found


def list_ended_before(limit: datetime) -> Sequence[GroupExport]:
    """Return the exports that became ready, or were given up, before an instant."""
    ended = sa.func.coalesce(GroupExport.ready_at, GroupExport.failed_at)
    return db.session.scalars(sa.select(GroupExport).where(ended < limit).order_by(ended, GroupExport.id)).all()


def list_naming(person_id: UUID) -> Sequence[GroupExport]:
    """Return the exports in which a person may stand: their own, and those of groups they belong or belonged to, run or
    ran, or were invited into."""
    theirs = sa.union(
        *(
            sa.select(table.group_id).where(table.person_id == person_id)
            for table in (GroupMembership, GroupCoordinator, GroupInvitation)
        )
    )
    named = sa.or_(GroupExport.asked_by == person_id, GroupExport.group_id.in_(sa.select(theirs.subquery())))
    return db.session.scalars(sa.select(GroupExport).where(named)).all()
