"""For whom a person may come into a group (R-04), and where the person stands already."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.people import queries as people
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup


def list_organisations_to_join_for(actor: Actor, group: WorkingGroup, day: date) -> list[UUID | None]:
    """R-04: return the organisations for which the person may become a member on a day, each once; None stands for
    somebody who is affiliated alone."""
    if actor.person_id is None:
        return []
    current = people.affiliations_on([actor.person_id], day).get(actor.person_id, [])
    return list(dict.fromkeys(row.organisation_id for row in current if row.kind.value in group.eligible))


def standings_of(person_id: UUID | None) -> dict[UUID, Standing]:
    """Return what a person is in each of their groups."""
    if person_id is None:
        return {}
    held = sa.select(GroupMembership.group_id, GroupMembership.standing).where(
        GroupMembership.person_id == person_id, GroupMembership.left_at.is_(None)
    )
    return {row.group_id: row.standing for row in db.session.execute(held)}
