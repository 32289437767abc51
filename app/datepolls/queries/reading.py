"""Date polls an actor may read, those that wait for their answer, those that wait for an hour to be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.names import Name, names_of
from app.core.paging import Page, fetch_page
from app.datepolls.circles import circle_of
from app.datepolls.models import DatePoll, DatePollAnswer, DatePollOption
from app.datepolls.policy import can_read, is_inside
from app.extensions import db
from app.moments.models import Moment
from app.sessions.keys import FACILITATORS, TRACK
from app.sessions.models import Track
from app.workinggroups.keys import CONTRIBUTORS, COORDINATORS, groups_named_in
from app.workinggroups.models import GroupState, WorkingGroup

MOST_UNDECIDED = 50
"""So many undecided polls of one track or group are listed; nobody answers more."""

OVER_ON_A_PAGE = 20

FORGOTTEN_AFTER = timedelta(days=30)
"""So long after its close nobody is reminded any more that no hour was chosen."""


def get_visible_date_poll(actor: Actor, date_poll_id: UUID) -> DatePoll:
    """Return a poll of a track or group the actor is inside of; raises `NotFound`."""
    poll = db.session.get(DatePoll, date_poll_id)
    if poll is None or not can_read(actor, poll):
        raise NotFound
    return poll


def find_option(poll: DatePoll, option_id: UUID) -> DatePollOption:
    """Return an hour of this poll; raises `NotFound`."""
    for option in poll.options:
        if option.id == option_id:
            return option
    raise NotFound


def list_date_polls(actor: Actor, owner: Track | WorkingGroup) -> list[DatePoll]:
    """Return all date polls of a track or a group, the newest first; none for those outside."""
    newest = _of(actor, owner).order_by(DatePoll.started_at.desc(), DatePoll.id.desc())
    return list(db.session.scalars(newest))


def list_undecided(actor: Actor, owner: Track | WorkingGroup) -> list[DatePoll]:
    """Return those of which an hour can still be chosen, the newest first; none for those outside."""
    newest = _of(actor, owner).where(~_is_over()).order_by(DatePoll.started_at.desc(), DatePoll.id.desc())
    return list(db.session.scalars(newest.limit(MOST_UNDECIDED)))


def list_undecided_first(actor: Actor, owner: Track | WorkingGroup) -> list[DatePoll]:
    """Return some of all, those of which an hour can still be chosen first: none where nothing was ever asked."""
    in_turn = _of(actor, owner).order_by(_is_over(), DatePoll.started_at.desc(), DatePoll.id.desc())
    return list(db.session.scalars(in_turn.limit(MOST_UNDECIDED)))


def list_over(actor: Actor, owner: Track | WorkingGroup, *, cursor: str = "") -> Page[DatePoll]:
    """Return a page of those of which an hour was chosen, or that were laid down, the newest first."""
    over = _of(actor, owner).where(_is_over())
    return fetch_page(
        over, key=DatePoll.started_at, row_id=DatePoll.id, cursor=cursor, newest_first=True, size=OVER_ON_A_PAGE
    )


def _of(actor: Actor, owner: Track | WorkingGroup) -> sa.Select[DatePoll]:
    return sa.select(DatePoll).filter_by(**circle_of(owner).column).where(sa.literal(is_inside(actor, owner)))


def _is_over() -> sa.ColumnElement[bool]:
    return sa.or_(DatePoll.chosen_at.is_not(None), DatePoll.laid_down_at.is_not(None))


def list_readable(actor: Actor, date_poll_ids: Iterable[UUID]) -> list[DatePoll]:
    """Return those of many polls that the actor may read."""
    rows = sa.select(DatePoll).join(DatePoll.moment).where(DatePoll.id.in_(list(date_poll_ids)))
    return list(db.session.scalars(rows.where(visible_to(actor, Moment.audience))))


def list_waiting(actor: Actor, now: datetime, *, limit: int) -> list[DatePoll]:
    """Return the open polls that wait for the actor's answer, those that close first at the head."""
    if not actor.is_person:
        return []
    has_answered = (
        sa.exists()
        .where(DatePollAnswer.option_id == DatePollOption.id, DatePollAnswer.person_id == actor.person_id)
        .where(DatePollOption.date_poll_id == DatePoll.id)
    )
    waiting = _undecided(actor, TRACK, CONTRIBUTORS).where(Moment.until > now, ~has_answered)
    return list(db.session.scalars(waiting.order_by(Moment.until, DatePoll.id).limit(limit)))


def list_to_choose(actor: Actor, now: datetime, *, limit: int) -> list[DatePoll]:
    """Return the polls of tracks and groups led by the actor that are closed and of which no hour was chosen, those
    that closed first at the head."""
    closed = Moment.until.between(now - FORGOTTEN_AFTER, now)
    waiting = _undecided(actor, FACILITATORS, COORDINATORS).where(closed)
    return list(db.session.scalars(waiting.order_by(Moment.until, DatePoll.id).limit(limit)))


def _undecided(actor: Actor, of_track: str, of_group: str) -> sa.Select[DatePoll]:
    """Polls that came to nothing yet, of tracks and groups for which the actor holds these kinds of keys."""
    tracks, groups = groups_named_in(actor, of_track), groups_named_in(actor, of_group)
    is_own = sa.or_(
        DatePoll.track_id.in_(tracks),
        sa.and_(DatePoll.group_id.in_(groups), WorkingGroup.state != GroupState.CLOSED),
    )
    return (
        sa.select(DatePoll)
        .join(DatePoll.moment)
        .outerjoin(DatePoll.group)
        .where(is_own, DatePoll.chosen_at.is_(None), DatePoll.laid_down_at.is_(None))
        .options(contains_eager(DatePoll.moment), contains_eager(DatePoll.group))
    )


def titles_of(polls: Iterable[DatePoll], language: str = "") -> dict[UUID, Name]:
    """Return the titles of many polls in one query, in the language of the page unless another is given."""
    return names_of("date_poll", [poll.id for poll in polls], language or page_language())
