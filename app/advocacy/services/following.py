"""Following spaces: their dates then stand on the page of the group and in its year."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.advocacy.models import AdvocacySpace, FollowedSpace
from app.advocacy.queries.following import spaces_followed_by
from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.workinggroups.models import GroupState, WorkingGroup


class GroupIsClosed(RuleBroken):
    """The work of the group is over."""


def follow_space(actor: Actor, group: WorkingGroup, space: AdvocacySpace, *, now: datetime) -> None:
    """Let a group follow a space; following twice changes nothing. Raises `GroupIsClosed`."""
    require(actor, "advocacy.follow", group)
    _add(actor, group, space.id, now)


def unfollow_space(actor: Actor, group: WorkingGroup, space: AdvocacySpace, *, now: datetime) -> None:
    """Let a group follow a space no longer; its dates leave the year of the group."""
    require(actor, "advocacy.follow", group)
    _remove(actor, group, space.id, now)


def choose_spaces(
    actor: Actor, group: WorkingGroup, wanted: Collection[UUID], offered: Collection[UUID], *, now: datetime
) -> None:
    """Let a group follow these spaces and no others of those that were `offered`: one that was added meanwhile stays as
    it is. Raises `GroupIsClosed`."""
    require(actor, "advocacy.follow", group)
    held, chosen = spaces_followed_by(group.id), set(wanted) & set(offered)
    for space_id in sorted(chosen - held, key=str):
        _add(actor, group, space_id, now)
    for space_id in sorted((held & set(offered)) - chosen, key=str):
        _remove(actor, group, space_id, now)


def _add(actor: Actor, group: WorkingGroup, space_id: UUID, now: datetime) -> None:
    if group.state is GroupState.CLOSED:
        raise GroupIsClosed(_l("This group is closed. Open it again before it follows a space."))
    row = FollowedSpace(group_id=group.id, space_id=space_id, since=now, by=actor.person_id)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return  # somebody was faster
    audit.record(actor, "advocacy.space.followed", "group", group.id, {"space": str(space_id)}, now=now)


def _remove(actor: Actor, group: WorkingGroup, space_id: UUID, now: datetime) -> None:
    gone = sa.delete(FollowedSpace).where(FollowedSpace.group_id == group.id, FollowedSpace.space_id == space_id)
    if change_rows(gone):
        audit.record(actor, "advocacy.space.unfollowed", "group", group.id, {"space": str(space_id)}, now=now)
