"""Polls an actor may read, how many answered, one's own answer. What others chose is asked in `results` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.core.actors import Actor
from app.core.audiences import sees
from app.core.errors import NotFound
from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Moment
from app.polls.models import Poll, PollAnswer
from app.workinggroups.keys import CONTRIBUTORS, contributors_key, group_key, groups_named_in
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import is_inside


def get_visible_poll(actor: Actor, poll_id: UUID) -> Poll:
    """Return a poll of a group the actor is inside of; raises `NotFound`."""
    poll = db.session.get(Poll, poll_id)
    if poll is None or not is_inside(actor, poll.group):
        raise NotFound
    return poll


def list_polls(actor: Actor, group: WorkingGroup) -> list[Poll]:
    """Return the polls of a group, the newest first; none for those outside."""
    if not is_inside(actor, group):
        return []
    newest = sa.select(Poll).where(Poll.group_id == group.id).order_by(Poll.started_at.desc(), Poll.id.desc())
    return list(db.session.scalars(newest))


def list_readable(actor: Actor, poll_ids: Iterable[UUID]) -> list[Poll]:
    """Return those of many polls that the actor may read."""
    rows = db.session.scalars(sa.select(Poll).where(Poll.id.in_(list(poll_ids))))
    return [row for row in rows if sees(actor, group_key(row.group_id))]


def list_waiting(actor: Actor, now: datetime, *, limit: int) -> list[Poll]:
    """Return the open polls that wait for the actor's answer, those that close first at the head."""
    groups = groups_named_in(actor, CONTRIBUTORS)
    if not groups or not actor.is_person:
        return []
    has_answered = sa.exists().where(PollAnswer.poll_id == Poll.id, PollAnswer.person_id == actor.person_id)
    waiting = (
        sa.select(Poll)
        .join(Poll.moment)
        .join(Poll.group)
        .where(
            Poll.group_id.in_(groups),
            WorkingGroup.state != GroupState.CLOSED,
            Poll.closed_at.is_(None),
            Poll.laid_down_at.is_(None),
            Moment.until > now,
            ~has_answered,
        )
        .options(contains_eager(Poll.moment))
        .order_by(Moment.until, Poll.id)
        .limit(limit)
    )
    return list(db.session.scalars(waiting))


def find_answer(poll: Poll, person_id: UUID | None) -> PollAnswer | None:
    """Return what one person answered, for that person; None once answers are cut from persons."""
    if person_id is None or poll.is_cut:
        return None
    return db.session.scalar(
        sa.select(PollAnswer).where(PollAnswer.poll_id == poll.id, PollAnswer.person_id == person_id)
    )


def answered_by(person_id: UUID | None, polls: Iterable[Poll]) -> set[UUID]:
    """Return which of many polls one person has answered."""
    ids = [poll.id for poll in polls]
    own = sa.select(PollAnswer.poll_id).where(PollAnswer.poll_id.in_(ids), PollAnswer.person_id == person_id)
    return set(db.session.scalars(own)) if person_id is not None else set()


def count_answers(polls: Iterable[Poll]) -> dict[UUID, int]:
    """Return how many have answered each of many polls: a number, seen by everybody inside at any time."""
    rows = list(polls)
    counted = (
        sa.select(PollAnswer.poll_id, sa.func.count())
        .where(PollAnswer.poll_id.in_([poll.id for poll in rows]))
        .group_by(PollAnswer.poll_id)
    )
    found: dict[UUID, int] = defaultdict(int)
    for poll_id, number in db.session.execute(counted):
        found[poll_id] = number
    return {row.id: row.persons if row.persons is not None else found[row.id] for row in rows}


def count_open_answers(group_id: UUID, person_id: UUID, now: datetime) -> int:
    """Return in how many open polls of a group a person has answered."""
    is_open = sa.and_(Poll.closed_at.is_(None), Poll.laid_down_at.is_(None), Moment.until > now)
    mine = (
        sa.select(sa.func.count())
        .select_from(PollAnswer)
        .join(Poll, Poll.id == PollAnswer.poll_id)
        .join(Moment, Moment.id == Poll.moment_id)
        .where(Poll.group_id == group_id, PollAnswer.person_id == person_id, is_open)
    )
    return db.session.scalar(mine) or 0


def who_could(poll: Poll, now: datetime) -> set[UUID]:
    """Return who may answer today: each contributor of the group."""
    return audience_holders(contributors_key(poll.group_id), now)


def count_could(poll: Poll, now: datetime) -> int:
    """Return how many can or could answer: who takes part, and who answered and has left since."""
    answered = sa.select(PollAnswer.person_id).where(PollAnswer.poll_id == poll.id, PollAnswer.person_id.is_not(None))
    return len(who_could(poll, now) | set(db.session.scalars(answered)))
