"""Meetings of groups: each is seen by whoever sees its moment, the people of its group and the secretariat."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, lazyload

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.moments.models import NOT_TAKING_PLACE, Moment, Status
from app.people.models import Person
from app.sessions.models import Attendance
from app.sessions.queries.zones import zones_shared
from app.workinggroups.keys import GROUP, groups_named_in
from app.workinggroups.models import GroupCoordinator, GroupMeeting, GroupMembership, WorkingGroup

PER_PAGE = 20
MOST_COMING = 50


def expected_at_meetings(group_id: UUID) -> sa.Select[UUID, UUID | None, datetime, datetime | None]:
    """Who meets: `person_id`, `organisation_id`, `joined_at` and `left_at` of members, observers and guests; and of who
    runs the group without a place in it, for no organisation that is known."""
    places = sa.select(
        GroupMembership.person_id, GroupMembership.organisation_id, GroupMembership.joined_at, GroupMembership.left_at
    ).where(GroupMembership.group_id == group_id)
    placed = sa.select(GroupMembership.person_id).where(
        GroupMembership.group_id == group_id, GroupMembership.left_at.is_(None)
    )
    running = sa.select(
        GroupCoordinator.person_id,
        sa.cast(sa.null(), sa.Uuid()),
        GroupCoordinator.appointed_at,
        GroupCoordinator.ended_at,
    ).where(GroupCoordinator.group_id == group_id, GroupCoordinator.person_id.not_in(placed))
    rows = sa.union_all(places, running).subquery()
    return sa.select(rows.c.person_id, rows.c.organisation_id, rows.c.joined_at, rows.c.left_at)


def team_of(group_id: UUID) -> sa.Select[UUID]:
    """Who runs a group now, as a select of their ids."""
    return sa.select(GroupCoordinator.person_id).where(
        GroupCoordinator.group_id == group_id, GroupCoordinator.ended_at.is_(None)
    )


def zones_of_group(group: WorkingGroup) -> list[str]:
    """Return the places from which a group meets: those of its coordinators, then those that its people share."""
    rows = expected_at_meetings(group.id).subquery()
    return zones_shared(team_of(group.id), sa.select(rows.c.person_id).where(rows.c.left_at.is_(None)))


def has_people_elsewhere(group: WorkingGroup, zones: Collection[str]) -> bool:
    """Whether somebody of the group lives in a place that is none of these."""
    rows = expected_at_meetings(group.id).subquery()
    people = sa.select(rows.c.person_id).where(rows.c.left_at.is_(None))
    further = sa.select(Person.id).where(Person.id.in_(people), Person.zone != "", Person.zone.not_in(zones))
    return db.session.scalar(further.limit(1)) is not None


def _visible(actor: Actor) -> sa.Select[GroupMeeting]:
    return (
        sa.select(GroupMeeting)
        .join(Moment, Moment.id == GroupMeeting.moment_id)
        .options(contains_eager(GroupMeeting.moment))
        .where(visible_to(actor, Moment.audience))
    )


def _of_group(actor: Actor, group: WorkingGroup) -> sa.Select[GroupMeeting]:
    """The meetings of one group for a list, without agenda and languages."""
    return (
        _visible(actor)
        .where(GroupMeeting.group_id == group.id)
        .options(lazyload(GroupMeeting.agenda), lazyload(GroupMeeting.languages))
    )


def _in_time(statement: sa.Select[GroupMeeting]) -> sa.Select[GroupMeeting]:
    return statement.order_by(Moment.starts_at, GroupMeeting.number)


def list_coming_meetings(actor: Actor, group: WorkingGroup, *, now: datetime) -> list[GroupMeeting]:
    """Return the meetings of a group that are not over, the next first; those called off stand among them."""
    coming = _of_group(actor, group).where(Moment.until >= now)
    return list(db.session.scalars(_in_time(coming).limit(MOST_COMING)))


def list_to_call_off(group: WorkingGroup, *, now: datetime) -> list[GroupMeeting]:
    """Return every meeting of a group that has not begun, that is not called off, and at which nobody is marked."""
    is_marked = sa.exists().where(Attendance.gathering_id == GroupMeeting.id, Attendance.unmarked_at.is_(None))
    coming = (
        sa.select(GroupMeeting)
        .join(Moment, Moment.id == GroupMeeting.moment_id)
        .options(contains_eager(GroupMeeting.moment))
        .where(
            GroupMeeting.group_id == group.id,
            Moment.starts_at > now,
            Moment.status.not_in(NOT_TAKING_PLACE),
            ~is_marked,
        )
    )
    return list(db.session.scalars(_in_time(coming)))


def list_off(meeting_ids: Collection[UUID]) -> list[GroupMeeting]:
    """Return those of many meetings that are called off, the next first."""
    off = (
        sa.select(GroupMeeting)
        .join(Moment, Moment.id == GroupMeeting.moment_id)
        .options(contains_eager(GroupMeeting.moment))
        .where(GroupMeeting.id.in_(meeting_ids), Moment.status == Status.CANCELLED)
    )
    return list(db.session.scalars(_in_time(off)))


def page_of_held(actor: Actor, group: WorkingGroup, *, now: datetime, cursor: str = "") -> Page[GroupMeeting]:
    """Return one page of the meetings that were held, the last first."""
    return fetch_page(
        _held(actor, group, now),
        key=Moment.starts_at,
        row_id=Moment.id,
        cursor=cursor,
        newest_first=True,
        size=PER_PAGE,
    )


def page_of_all(actor: Actor, group: WorkingGroup, *, cursor: str = "") -> Page[GroupMeeting]:
    """Return one page of every meeting of a group, those called off too, in the order of time, with agendas."""
    every = _visible(actor).where(GroupMeeting.group_id == group.id)
    return fetch_page(every, key=Moment.starts_at, row_id=Moment.id, cursor=cursor)


def _held(actor: Actor, group: WorkingGroup, now: datetime) -> sa.Select[GroupMeeting]:
    return _of_group(actor, group).where(Moment.until < now, Moment.status.not_in(NOT_TAKING_PLACE))


def list_held(actor: Actor, group: WorkingGroup, *, now: datetime) -> list[GroupMeeting]:
    """Return every meeting that was held, in the order of time, for a file."""
    return list(db.session.scalars(_in_time(_held(actor, group, now))))


def find_last_meeting(actor: Actor, group: WorkingGroup, *, now: datetime) -> GroupMeeting | None:
    """Return the meeting that was held last."""
    return db.session.scalar(_held(actor, group, now).order_by(Moment.starts_at.desc(), GroupMeeting.number).limit(1))


def find_next_meeting(actor: Actor, group: WorkingGroup, *, now: datetime) -> GroupMeeting | None:
    """Return the first meeting that is not over and takes place."""
    coming = _of_group(actor, group).where(Moment.until >= now, Moment.status.not_in(NOT_TAKING_PLACE))
    return db.session.scalar(_in_time(coming).limit(1))


def list_my_next_meetings(actor: Actor, *, now: datetime, limit: int = 5) -> list[GroupMeeting]:
    """Return the next meetings of the groups the person is inside of, soonest first."""
    mine = _visible(actor).where(
        GroupMeeting.group_id.in_(groups_named_in(actor, GROUP)),
        Moment.until >= now,
        Moment.status.not_in(NOT_TAKING_PLACE),
    )
    return list(db.session.scalars(_in_time(mine).limit(limit)))


def list_meetings_between(actor: Actor, first: datetime, last: datetime) -> Sequence[GroupMeeting]:
    """Return the meetings of all groups the actor sees inside of that lie between two instants and take place."""
    there = _visible(actor).where(Moment.until > first, Moment.starts_at < last, Moment.status.not_in(NOT_TAKING_PLACE))
    return db.session.scalars(_in_time(there).options(lazyload(GroupMeeting.agenda))).all()
