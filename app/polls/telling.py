"""Who is told of a poll: one notice per person and fact, written in the transaction of the fact. Once when it opens,
once when it is over; who has not answered hears a day before the close. Nothing is said of what anybody chose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.core.actors import Actor
from app.core.outbox import left_since
from app.core.registries import StillWanted
from app.extensions import db
from app.polls.models import Poll, PollAnswer
from app.polls.queries import find_answer, who_could
from app.workinggroups.keys import contributors_key, group_key, keys_of

OPENED = "polls.opened"
CLOSING = "polls.closing"
ENDED = "polls.ended"

STALE_AFTER = timedelta(days=7)
"""A mail that could not leave for a week says old news."""

AGAIN_AFTER = timedelta(days=1)
"""Nobody is asked the same twice within a day."""


def tell_opened(actor: Actor, poll: Poll, *, now: datetime) -> None:
    """Tell whoever may answer, but for who asks."""
    _tell(who_could(poll, now) - {actor.person_id}, OPENED, poll, f"{poll.id}", now, expires_at=poll.moment.until)


def tell_closing(poll: Poll, *, now: datetime) -> int:
    """Tell who has not answered that a day is left; returns how many. Whoever was asked within the last day is not; a
    mail that asks and has not left yet is replaced by this one (`still_wanted`)."""
    answered = sa.select(PollAnswer.person_id).where(PollAnswer.poll_id == poll.id)
    silent = who_could(poll, now) - set(db.session.scalars(answered))
    silent -= _asked_since(poll, silent, now - AGAIN_AFTER)
    _tell(silent, CLOSING, poll, _key_of_end(poll), now, expires_at=poll.moment.until)
    return len(silent)


def _asked_since(poll: Poll, people: Iterable[UUID], since: datetime) -> set[UUID]:
    """Return whose mail that asked has left after an instant."""
    keys = {notices.key_of(OPENED, f"{poll.id}", person): person for person in people}
    return {keys[key] for key in left_since(since, keys)}


def _key_of_end(poll: Poll) -> str:
    return f"{poll.id}:{poll.moment.until:%Y%m%dT%H%M}"


def tell_ended(poll: Poll, *, now: datetime, but: UUID | None = None) -> None:
    """Tell whoever might have answered that the result is there, or that it was laid down."""
    _tell(who_could(poll, now) - {but}, ENDED, poll, f"{poll.id}", now, expires_at=now + STALE_AFTER)


def _tell(
    people: Iterable[UUID | None], kind: str, poll: Poll, key: str, now: datetime, *, expires_at: datetime
) -> None:
    notices.tell_many(
        sorted((person for person in people if person is not None), key=str),
        kind,
        key,
        {"poll": str(poll.id)},
        now=now,
        audience=group_key(poll.group_id),
        expires_at=expires_at,
        happens_at=expires_at if kind == OPENED else None,
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the person still takes part, and what it says is still so."""
    poll = db.session.get(Poll, UUID(notice.parameters["poll"]))
    if poll is None:
        return False
    if contributors_key(poll.group_id) not in keys_of([notice.person_id], now).get(notice.person_id, ()):
        return False
    if notice.kind == ENDED:
        return not poll.is_open(now)
    if notice.kind == OPENED:
        return poll.is_open(now) and not _is_reminded(notice.person_id, poll)
    return poll.is_open(now) and find_answer(poll, notice.person_id) is None


def _is_reminded(person_id: UUID, poll: Poll) -> bool:
    return bool(notices.left_among([notices.key_of(CLOSING, _key_of_end(poll), person_id)]))


STILL_WANTED: dict[str, StillWanted] = dict.fromkeys((OPENED, CLOSING, ENDED), still_wanted)
