"""Who is inside a group."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.core.permissions import require
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
    statement = _inside(group).order_by(Person.name_fold, GroupMembership.id)
    if standing is not None:
        statement = statement.where(GroupMembership.standing == standing)
    return list(db.session.scalars(statement))


def page_members(actor: Actor, group: WorkingGroup, *, cursor: str = "") -> Page[GroupMembership]:
    """Return the places held in a group now, by name, in pages, for those inside. Raises `NotAllowed`."""
    require(actor, "workinggroups.read", group)
    return fetch_page(_inside(group), key=Person.name_fold, row_id=GroupMembership.id, cursor=cursor)


def count_standings(group: WorkingGroup) -> dict[Standing, int]:
    """Return how many are members, observers and guests; a standing that nobody has is missing."""
    counted = (
        sa.select(GroupMembership.standing, sa.func.count())
        .where(GroupMembership.group_id == group.id, GroupMembership.left_at.is_(None))
        .group_by(GroupMembership.standing)
    )
    return {standing: int(count) for standing, count in db.session.execute(counted)}


def get_place(group: WorkingGroup, place_id: UUID) -> GroupMembership:
    """Return a place held in this group now; raises `NotFound`."""
    place = db.session.scalar(
        sa.select(GroupMembership).where(
            GroupMembership.id == place_id, GroupMembership.group_id == group.id, GroupMembership.left_at.is_(None)
        )
    )
    if place is None:
        raise NotFound
    return place


def _inside(group: WorkingGroup) -> sa.Select[GroupMembership]:
    return (
        sa.select(GroupMembership)
        .join(Person, Person.id == GroupMembership.person_id)
        .where(GroupMembership.group_id == group.id, GroupMembership.left_at.is_(None))
    )


def is_inside_filter(group: WorkingGroup) -> sa.ColumnElement[bool]:
    """The filter of persons who hold a place in a group: those who run it know them by name."""
    return Person.id.in_(
        sa.select(GroupMembership.person_id).where(
            GroupMembership.group_id == group.id, GroupMembership.left_at.is_(None)
        )
    )
