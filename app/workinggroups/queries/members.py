"""Who is inside a group."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Person
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup


def find_membership(group: WorkingGroup, person_id: UUID | None) -> GroupMembership | None:
    """Return the place a person holds in a group now."""
    if person_id is None:
        return None
    return db.session.scalar(
        sa.select(GroupMembership).where(
            GroupMembership.group_id == group.id,
            GroupMembership.person_id == person_id,
            GroupMembership.left_at.is_(None),
        )
    )


def list_members(group: WorkingGroup, *, standing: Standing | None = None) -> list[GroupMembership]:
    """Return the places held in a group now, by name; those of one standing where it is said."""
    statement = (
        sa.select(GroupMembership)
        .join(Person, Person.id == GroupMembership.person_id)
        .where(GroupMembership.group_id == group.id, GroupMembership.left_at.is_(None))
        .order_by(Person.name_fold, GroupMembership.id)
    )
    if standing is not None:
        statement = statement.where(GroupMembership.standing == standing)
    return list(db.session.scalars(statement))
