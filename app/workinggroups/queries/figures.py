"""How many people are members of a group, from how many organisations and which regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Organisation, Person
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup


@dataclass(frozen=True, slots=True)
class Figures:
    """Members of a group in numbers; `by_region` has None for those of no known region. Observers and guests are not
    counted: they stand in the list of people."""

    persons: int
    organisations: int
    by_region: dict[UUID | None, int]


def _members(group_ids: Iterable[UUID]) -> sa.ColumnElement[bool]:
    return sa.and_(
        GroupMembership.group_id.in_(list(group_ids)),
        GroupMembership.left_at.is_(None),
        GroupMembership.standing == Standing.MEMBER,
    )


def count_members(group_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many members each group has, in one query."""
    wanted = list(group_ids)
    rows = db.session.execute(
        sa.select(GroupMembership.group_id, sa.func.count()).where(_members(wanted)).group_by(GroupMembership.group_id)
    )
    return dict.fromkeys(wanted, 0) | {group_id: int(count) for group_id, count in rows}


def figures_of(group: WorkingGroup) -> Figures:
    """Return the members in numbers; two queries, however many there are."""
    is_member = _members([group.id])
    persons, organisations = db.session.execute(
        sa.select(sa.func.count(), sa.func.count(GroupMembership.organisation_id.distinct())).where(is_member)
    ).one()
    region = sa.func.coalesce(
        Organisation.region_id, Person.region_id
    )  # as everywhere: the organisation's, else one's own
    counted = (
        sa.select(region, sa.func.count())
        .select_from(GroupMembership)
        .join(Person, Person.id == GroupMembership.person_id)
        .outerjoin(Organisation, Organisation.id == GroupMembership.organisation_id)
        .where(is_member)
        .group_by(region)
    )
    by_region: dict[UUID | None, int] = {region_id: int(count) for region_id, count in db.session.execute(counted)}
    return Figures(int(persons), int(organisations), by_region)


def organisations_of(group: WorkingGroup) -> dict[UUID | None, int]:
    """Return for which organisations how many are members; None: for themselves."""
    counted = (
        sa.select(GroupMembership.organisation_id, sa.func.count())
        .where(_members([group.id]))
        .group_by(GroupMembership.organisation_id)
    )
    return {organisation_id: int(count) for organisation_id, count in db.session.execute(counted)}


def languages_of(group: WorkingGroup) -> dict[str, int]:
    """Return how many of those inside, observers too, prefer which language, the most wanted first; "" for none."""
    counted = (
        sa.select(Person.preferred_language, sa.func.count())
        .join(GroupMembership, GroupMembership.person_id == Person.id)
        .where(GroupMembership.group_id == group.id, GroupMembership.left_at.is_(None))
        .group_by(Person.preferred_language)
    )
    found = {language: int(count) for language, count in db.session.execute(counted)}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def count_acknowledged(group: WorkingGroup) -> tuple[int, int]:
    """Return how many members there are, and how many of them acknowledged the objectives as they stand now (R-04)."""
    is_current = GroupMembership.acknowledged_edition == group.objectives_edition
    members, current = db.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((is_current, 1), else_=0)), 0)).where(
            _members([group.id])
        )
    ).one()
    return int(members), int(current)
