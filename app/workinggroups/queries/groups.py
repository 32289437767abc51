"""Groups an actor knows of, and the texts and coordinators of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.languages import chain
from app.extensions import db
from app.sessions.queries.phases import Text
from app.workinggroups.keys import GROUP, INVITED, groups_named_in
from app.workinggroups.models import GroupBlock, GroupCoordinator, GroupKind, GroupText, WorkingGroup
from app.workinggroups.policy import is_inside

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


def get_inside_group(actor: Actor, slug: str) -> WorkingGroup:
    """Return a group whose inside the actor reads; raises `NotFound`, also for who only knows of it."""
    group = get_visible_group(actor, slug)
    if not is_inside(actor, group):
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


def all_texts(group: WorkingGroup) -> dict[GroupBlock, dict[str, str]]:
    """Return every text of a group, by block and language."""
    found: dict[GroupBlock, dict[str, str]] = defaultdict(dict)
    for row in db.session.scalars(sa.select(GroupText).where(GroupText.group_id == group.id)):
        found[row.block][row.language] = row.body
    return found


def texts_of(group: WorkingGroup, page_language: str) -> dict[GroupBlock, Text]:
    """Return one text per block for a reader of `page_language`, or in the language that stands in for it."""
    chosen = {block: _choose(bodies, page_language) for block, bodies in all_texts(group).items()}
    return {block: text for block, text in chosen.items() if text is not None}


def texts_of_many(group_ids: Iterable[UUID], block: GroupBlock, page_language: str) -> dict[UUID, Text]:
    """Return one text of many groups for a reader, in one query; groups without it are missing."""
    bodies: dict[UUID, dict[str, str]] = defaultdict(dict)
    wanted = sa.select(GroupText).where(GroupText.group_id.in_(list(group_ids)), GroupText.block == block)
    for row in db.session.scalars(wanted):
        bodies[row.group_id][row.language] = row.body
    chosen = {group_id: _choose(by_language, page_language) for group_id, by_language in bodies.items()}
    return {group_id: text for group_id, text in chosen.items() if text is not None}


def _choose(bodies: dict[str, str], page_language: str) -> Text | None:
    language = chain(page_language, set(bodies))
    return Text(bodies[language], language, is_fallback=language != page_language) if language is not None else None


def list_coordinators(group: WorkingGroup) -> list[GroupCoordinator]:
    """Return who runs a group, in the order of their appointment."""
    return list(
        db.session.scalars(
            sa.select(GroupCoordinator)
            .where(GroupCoordinator.group_id == group.id, GroupCoordinator.ended_at.is_(None))
            .order_by(GroupCoordinator.appointed_at, GroupCoordinator.id)
        )
    )


def list_all_coordinators(group: WorkingGroup) -> list[GroupCoordinator]:
    """Return who runs a group or ran it, in the order of their appointment."""
    ever = sa.select(GroupCoordinator).where(GroupCoordinator.group_id == group.id)
    return list(db.session.scalars(ever.order_by(GroupCoordinator.appointed_at, GroupCoordinator.id)))


def find_coordinator(group_id: UUID, person_id: UUID) -> GroupCoordinator | None:
    """Return the open appointment of one person."""
    return db.session.scalar(
        sa.select(GroupCoordinator).where(
            GroupCoordinator.group_id == group_id,
            GroupCoordinator.person_id == person_id,
            GroupCoordinator.ended_at.is_(None),
        )
    )


def get_coordinator(group: WorkingGroup, coordinator_id: UUID) -> GroupCoordinator:
    """Return one who runs this group now; raises `NotFound`."""
    row = db.session.scalar(
        sa.select(GroupCoordinator).where(
            GroupCoordinator.id == coordinator_id,
            GroupCoordinator.group_id == group.id,
            GroupCoordinator.ended_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    return row
