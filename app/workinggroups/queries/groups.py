"""Groups an actor knows of, and the texts and coordinators of one."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.languages import chain
from app.extensions import db
from app.workinggroups.keys import GROUP, INVITED, groups_named_in
from app.workinggroups.models import GroupBlock, GroupCoordinator, GroupKind, GroupText, WorkingGroup

ORDER = tuple(GroupKind)
"""The kinds in the order in which they stand on pages."""


def is_known(actor: Actor) -> sa.ColumnElement[bool]:
    """The filter for groups of which the actor knows: by their audience, from inside, or by an invitation."""
    named = groups_named_in(actor, GROUP, INVITED)
    return sa.or_(visible_to(actor, WorkingGroup.audience), WorkingGroup.id.in_(named))


def get_visible_group(actor: Actor, slug: str) -> WorkingGroup:
    """Return a group the actor knows of; raises `NotFound`."""
    group = db.session.scalar(sa.select(WorkingGroup).where(WorkingGroup.slug == slug, is_known(actor)))
    if group is None:
        raise NotFound
    return group


def list_visible_groups(actor: Actor) -> list[WorkingGroup]:
    """Return the groups the actor knows of, by kind, then by address."""
    return _ordered(sa.select(WorkingGroup).where(is_known(actor)))


def list_my_groups(actor: Actor) -> list[WorkingGroup]:
    """Return the groups the person is inside of."""
    return _ordered(sa.select(WorkingGroup).where(WorkingGroup.id.in_(groups_named_in(actor, GROUP))))


def _ordered(statement: sa.Select[WorkingGroup]) -> list[WorkingGroup]:
    groups = db.session.scalars(statement.order_by(WorkingGroup.slug)).unique()
    return sorted(groups, key=lambda group: ORDER.index(group.kind))


def texts_of(group: WorkingGroup, page_language: str) -> dict[GroupBlock, GroupText]:
    """Return one text per block for a reader of `page_language`, or in the language the chain falls back to."""
    by_block: dict[GroupBlock, dict[str, GroupText]] = defaultdict(dict)
    for row in db.session.scalars(sa.select(GroupText).where(GroupText.group_id == group.id)):
        by_block[row.block][row.language] = row
    found = {}
    for block, rows in by_block.items():
        language = chain(page_language, set(rows))
        if language is not None:
            found[block] = rows[language]
    return found


def list_coordinators(group: WorkingGroup) -> list[GroupCoordinator]:
    """Return who runs a group, in the order of their appointment."""
    return list(
        db.session.scalars(
            sa.select(GroupCoordinator)
            .where(GroupCoordinator.group_id == group.id, GroupCoordinator.ended_at.is_(None))
            .order_by(GroupCoordinator.appointed_at, GroupCoordinator.id)
        )
    )


def find_coordinator(group_id: UUID, person_id: UUID) -> GroupCoordinator | None:
    """Return the open appointment of one person."""
    return db.session.scalar(
        sa.select(GroupCoordinator).where(
            GroupCoordinator.group_id == group_id,
            GroupCoordinator.person_id == person_id,
            GroupCoordinator.ended_at.is_(None),
        )
    )
