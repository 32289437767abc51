"""Which groups follow which spaces."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.advocacy.models import FollowedSpace
from app.core.actors import Actor
from app.extensions import db
from app.workinggroups.keys import COORDINATORS, groups_named_in
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.queries import is_known


def spaces_followed_by(group_id: UUID) -> set[UUID]:
    """Return the spaces that a group follows."""
    return set(db.session.scalars(sa.select(FollowedSpace.space_id).where(FollowedSpace.group_id == group_id)))


def list_followers(actor: Actor, space_id: UUID) -> list[WorkingGroup]:
    """Return the groups that follow a space and of which the actor knows."""
    return list(
        db.session.scalars(
            sa.select(WorkingGroup)
            .join(FollowedSpace, FollowedSpace.group_id == WorkingGroup.id)
            .where(FollowedSpace.space_id == space_id, is_known(actor))
            .order_by(WorkingGroup.slug)
        ).unique()
    )


def list_following_groups(actor: Actor) -> list[WorkingGroup]:
    """Return the groups that follow any space and of which the actor knows."""
    following = sa.select(FollowedSpace.group_id)
    wanted = sa.select(WorkingGroup).where(WorkingGroup.id.in_(following), is_known(actor))
    return list(db.session.scalars(wanted.order_by(WorkingGroup.slug)).unique())


def list_groups_run_by(actor: Actor) -> list[WorkingGroup]:
    """Return the open groups for which the actor may say what they follow by running them."""
    named = groups_named_in(actor, COORDINATORS)
    wanted = sa.select(WorkingGroup).where(WorkingGroup.id.in_(named), WorkingGroup.state != GroupState.CLOSED)
    return list(db.session.scalars(wanted.order_by(WorkingGroup.slug)).unique())


def list_followed(group_id: UUID) -> list[FollowedSpace]:
    """Return what a group follows, the longest followed first."""
    wanted = (
        sa.select(FollowedSpace)
        .join(FollowedSpace.space)
        .options(contains_eager(FollowedSpace.space))
        .where(FollowedSpace.group_id == group_id)
    )
    return list(db.session.scalars(wanted.order_by(FollowedSpace.since, FollowedSpace.space_id)))


def groups_that_follow(space_id: UUID, group_ids: Iterable[UUID]) -> set[UUID]:
    """Return which of several groups follow a space."""
    wanted = sa.select(FollowedSpace.group_id).where(
        FollowedSpace.space_id == space_id, FollowedSpace.group_id.in_(list(group_ids))
    )
    return set(db.session.scalars(wanted))


def spaces_of_groups(group_ids: Iterable[UUID]) -> set[UUID]:
    """Return the spaces that any of several groups follows."""
    wanted = sa.select(FollowedSpace.space_id).where(FollowedSpace.group_id.in_(list(group_ids))).distinct()
    return set(db.session.scalars(wanted))
