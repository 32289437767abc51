"""Invitations into groups: one's own, those of a group, and what was answered lately."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.people import queries as people
from app.people.keys import mandated_for
from app.people.models import Person
from app.sessions.keys import TRACK
from app.sessions.models import TrackMembership
from app.workinggroups.keys import COORDINATORS, GROUP, groups_named_in
from app.workinggroups.models import GroupInvitation, GroupMembership, GroupState, InvitationState, WorkingGroup


def find_invitation(
    group: WorkingGroup, *, person_id: UUID | None = None, organisation_id: UUID | None = None
) -> GroupInvitation | None:
    """Return the one invitation of a person, or of an organisation, into a group, whatever became of it."""
    whose = (
        GroupInvitation.person_id == person_id
        if person_id is not None
        else GroupInvitation.organisation_id == organisation_id
    )
    return db.session.scalar(sa.select(GroupInvitation).where(GroupInvitation.group_id == group.id, whose))


def _answered_by(actor: Actor) -> sa.ColumnElement[bool]:
    """The filter for invitations that the actor answers: their own, and those of organisations they speak for."""
    return sa.or_(
        GroupInvitation.person_id == actor.person_id, GroupInvitation.organisation_id.in_(mandated_for(actor))
    )


def get_my_invitation(actor: Actor, slug: str, organisation_id: UUID | None = None) -> GroupInvitation:
    """Return the actor's invitation into a group, or that of an organisation they speak for; an open one first. Who was
    asked goes on knowing of it, whatever became of it since. Raises `NotFound`."""
    wanted = (
        sa.select(GroupInvitation)
        .join(WorkingGroup, WorkingGroup.id == GroupInvitation.group_id)
        .where(WorkingGroup.slug == slug, _answered_by(actor))
    )
    if organisation_id is not None:
        wanted = wanted.where(GroupInvitation.organisation_id == organisation_id)
    found = list(db.session.scalars(wanted.order_by(GroupInvitation.invited_at, GroupInvitation.id)).unique())
    if not actor.is_person or not found:
        raise NotFound
    return min(found, key=lambda row: (row.state is not InvitationState.OPEN, row.organisation_id is not None))


def list_open_invitations(actor: Actor) -> list[GroupInvitation]:
    """Return the invitations that wait for the actor's answer, oldest first; none into groups that are closed."""
    if not actor.is_person:
        return []
    wanted = (
        sa.select(GroupInvitation)
        .join(WorkingGroup, WorkingGroup.id == GroupInvitation.group_id)
        .where(
            _answered_by(actor),
            GroupInvitation.state == InvitationState.OPEN,
            WorkingGroup.state != GroupState.CLOSED,
        )
    )
    return list(db.session.scalars(wanted.order_by(GroupInvitation.invited_at, GroupInvitation.id)).unique())


def get_invitation(group: WorkingGroup, invitation_id: UUID) -> GroupInvitation:
    """Return one invitation into this group; raises `NotFound`."""
    row = db.session.get(GroupInvitation, invitation_id)
    if row is None or row.group_id != group.id:
        raise NotFound
    return row


def count_invitations(group: WorkingGroup) -> dict[InvitationState, int]:
    """Return how many invitations into a group are in each state."""
    rows = db.session.execute(
        sa.select(GroupInvitation.state, sa.func.count())
        .where(GroupInvitation.group_id == group.id)
        .group_by(GroupInvitation.state)
    )
    return dict.fromkeys(InvitationState, 0) | {state: int(count) for state, count in rows}


def page_invitations(group: WorkingGroup, state: InvitationState, *, cursor: str = "") -> Page[GroupInvitation]:
    """Return one page of the invitations in one state, the newest first, with the persons."""
    wanted = (
        sa.select(GroupInvitation)
        .options(joinedload(GroupInvitation.person))
        .where(GroupInvitation.group_id == group.id, GroupInvitation.state == state)
    )
    return fetch_page(
        wanted, key=GroupInvitation.invited_at, row_id=GroupInvitation.id, cursor=cursor, newest_first=True
    )


def find_people_to_invite(actor: Actor, group: WorkingGroup, written: str) -> people.Meant:
    """Return who may be meant by a name or an address: those who appear by name to the inviter, who share a track or a
    group with them, or were asked into this group already."""
    shared = sa.select(TrackMembership.person_id).where(
        TrackMembership.track_id.in_(groups_named_in(actor, TRACK)), TrackMembership.left_at.is_(None)
    )
    inside = sa.select(GroupMembership.person_id).where(
        GroupMembership.group_id.in_(groups_named_in(actor, GROUP)), GroupMembership.left_at.is_(None)
    )
    return people.find_meant(actor, written, known=sa.or_(Person.id.in_(shared), Person.id.in_(inside)))


@dataclass(frozen=True, slots=True)
class Answers:
    """How many of those asked into one group accepted and declined lately."""

    group: WorkingGroup
    accepted: int
    declined: int


def answers_since(actor: Actor, since: datetime) -> list[Answers]:
    """Return what was answered since an instant in the groups that the actor coordinates, and to invitations that they
    sent; one query, however many groups."""
    if actor.person_id is None:
        return []
    rows = db.session.execute(
        sa.select(WorkingGroup, GroupInvitation.state, sa.func.count(GroupInvitation.id))
        .join(GroupInvitation, GroupInvitation.group_id == WorkingGroup.id)
        .where(
            GroupInvitation.state.in_((InvitationState.ACCEPTED, InvitationState.DECLINED)),
            GroupInvitation.answered_at >= since,
            WorkingGroup.state != GroupState.CLOSED,
            sa.or_(
                WorkingGroup.id.in_(groups_named_in(actor, COORDINATORS)),
                GroupInvitation.invited_by == actor.person_id,
            ),
        )
        .group_by(WorkingGroup.id, GroupInvitation.state)
    )
    counts: dict[WorkingGroup, Counter[InvitationState]] = defaultdict(Counter)
    for group, state, count in rows:
        counts[group][state] = int(count)
    found = [Answers(g, n[InvitationState.ACCEPTED], n[InvitationState.DECLINED]) for g, n in counts.items()]
    return sorted(found, key=lambda answers: answers.group.slug)
