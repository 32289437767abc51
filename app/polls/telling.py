"""Who is told of a poll: one notice per person and fact, written in the transaction of the fact. Once when it opens,
once when it is over; who has not answered hears a day before the close, and when the close moves. Nothing is said of
what anybody chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.core.actors import Actor
from app.core.registries import StillWanted, audience_holders
from app.core.remembering import remembered
from app.extensions import db
from app.moments import asked
from app.moments.asked import Asked
from app.moments.models import MomentChange
from app.people.queries import by_other_clocks
from app.polls.models import Poll, PollAnswer
from app.polls.queries import who_could
from app.workinggroups.keys import contributors_key, group_key

OPENED = "polls.opened"
CLOSING = "polls.closing"
CLOSING_MOVED = "polls.closing_moved"
ENDED = "polls.ended"

STALE_AFTER = timedelta(days=7)
"""A mail that could not leave for a week says old news."""

AGAIN_AFTER = timedelta(days=1)
"""Nobody is asked the same twice within a day."""


def tell_opened(actor: Actor, poll: Poll, *, now: datetime) -> None:
    """Tell whoever may answer, but for who asks."""
    until = poll.moment.until
    _tell(who_could(poll, now) - {actor.person_id}, OPENED, poll, f"{poll.id}", now, expires_at=until, happens_at=until)


def tell_closing(poll: Poll, *, now: datetime) -> int:
    """Tell who has not answered that a day is left; returns how many. Whoever was asked within the last day is not; a
    mail that asks and has not left yet is replaced by this one (`still_wanted`)."""
    answered = sa.select(PollAnswer.person_id).where(PollAnswer.poll_id == poll.id)
    silent = who_could(poll, now) - set(db.session.scalars(answered))
    silent -= asked.asked_since(asked_of(poll), silent, now - AGAIN_AFTER)
    _tell(silent, CLOSING, poll, asked_of(poll).key_of_end(), now, expires_at=poll.moment.until)
    return len(silent)


def asked_of(poll: Poll) -> Asked:
    """Return a poll as what people are asked until some hour."""
    return Asked(poll.id, poll.moment, asks=OPENED, reminds=CLOSING, moves=CLOSING_MOVED)


def tell_closing_moved(actor: Actor, poll: Poll, change: MomentChange, *, now: datetime) -> None:
    """Tell who was asked and has not answered that there is more time, or less; but for who moved the end."""
    silent = who_could(poll, now) - _who_answered(poll.id) - {actor.person_id}
    _tell_moved(poll, change, silent, now)


def tell_clocks_moved(poll: Poll, change: MomentChange, *, now: datetime) -> None:
    """Tell the same people, where new zone data moved the end for them: for whoever lives by its clocks it has not
    moved, and what was said of it stands."""
    could = who_could(poll, now)
    elsewhere = by_other_clocks(could, poll.moment.zone)
    asked.keep_reminders(asked_of(poll), change, could - elsewhere)
    _tell_moved(poll, change, elsewhere - _who_answered(poll.id), now)


def _tell_moved(poll: Poll, change: MomentChange, silent: set[UUID], now: datetime) -> None:
    told = asked.told_of_end(asked_of(poll), change, silent)
    ends = (datetime.fromisoformat(change.old["until"]), poll.moment.until)
    soonest, until = min(end for end in ends if end > now), poll.moment.until
    about = {"change": str(change.id)}
    _tell(told, CLOSING_MOVED, poll, f"{change.id}", now, expires_at=until, about=about, happens_at=soonest)


def tell_ended(poll: Poll, *, now: datetime, but: UUID | None = None) -> None:
    """Tell whoever might have answered that the result is there, or that it was laid down."""
    _tell(who_could(poll, now) - {but}, ENDED, poll, f"{poll.id}", now, expires_at=now + STALE_AFTER)


def _tell(
    people: Iterable[UUID | None],
    kind: str,
    poll: Poll,
    key: str,
    now: datetime,
    *,
    expires_at: datetime,
    about: Mapping[str, str] | None = None,
    happens_at: datetime | None = None,
) -> None:
    notices.tell_many(
        sorted((person for person in people if person is not None), key=str),
        kind,
        key,
        {"poll": str(poll.id)} | dict(about or {}),
        now=now,
        audience=group_key(poll.group_id),
        expires_at=expires_at,
        happens_at=happens_at,
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the person still takes part, and what it says is still so."""
    poll = db.session.get(Poll, UUID(notice.parameters["poll"]))
    if poll is None:
        return False
    people = _who_takes_part(poll.group_id, now)
    if notice.person_id not in people:
        return False
    if notice.kind == ENDED:
        return not poll.is_open(now)
    if notice.kind == OPENED:
        return poll.is_open(now) and not asked.is_said_later(asked_of(poll), notice.person_id, people)
    if notice.kind == CLOSING_MOVED and not asked.says_the_end(asked_of(poll), notice, people):
        return False
    if notice.kind == CLOSING and not asked.reminds_of_the_end(asked_of(poll), notice):
        return False
    return poll.is_open(now) and notice.person_id not in _who_answered(poll.id)


@remembered
def _who_takes_part(group_id: UUID, now: datetime) -> frozenset[UUID]:
    return frozenset(audience_holders(contributors_key(group_id), now))


@remembered
def _who_answered(poll_id: UUID) -> set[UUID | None]:
    return set(db.session.scalars(sa.select(PollAnswer.person_id).where(PollAnswer.poll_id == poll_id)))


STILL_WANTED: dict[str, StillWanted] = dict.fromkeys((OPENED, CLOSING, CLOSING_MOVED, ENDED), still_wanted)
