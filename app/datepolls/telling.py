"""Who is told of a date poll: one notice per person and fact, written in the transaction of the fact. When it is asked,
a day before the close to who has not answered, when the close moves, when it is laid down. Of an hour that was chosen
people hear as of every session and meeting that is planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.actors import Actor
from app.core.registries import StillWanted, audience_holders
from app.core.remembering import remembered
from app.datepolls.circles import circle_of
from app.datepolls.models import DatePoll
from app.datepolls.queries import who_could
from app.datepolls.queries.answers import who_answered
from app.extensions import db
from app.moments import asked
from app.moments.asked import Asked
from app.moments.models import MomentChange
from app.people.queries import by_other_clocks

ASKED = "datepolls.asked"
CLOSING = "datepolls.closing"
CLOSING_MOVED = "datepolls.closing_moved"
LAID_DOWN = "datepolls.laid_down"

STALE_AFTER = timedelta(days=7)
"""A mail that could not leave for a week says old news."""

AGAIN_AFTER = timedelta(days=1)
"""Nobody is asked the same twice within a day."""


def tell_asked(actor: Actor, poll: DatePoll, *, now: datetime) -> None:
    """Tell whoever may answer, but for who asks."""
    _tell(who_could(poll, now) - {actor.person_id}, ASKED, poll, f"{poll.id}", now, expires_at=poll.moment.until)


def tell_closing(poll: DatePoll, *, now: datetime) -> int:
    """Tell who has not answered that a day is left; returns how many. Whoever was asked within the last day is not; a
    mail that asks and has not left yet is replaced by this one (`still_wanted`)."""
    silent = who_could(poll, now) - who_answered(poll)
    silent -= asked.asked_since(asked_of(poll), silent, now - AGAIN_AFTER)
    _tell(silent, CLOSING, poll, asked_of(poll).key_of_end(), now, expires_at=poll.moment.until)
    return len(silent)


def asked_of(poll: DatePoll) -> Asked:
    """Return a date poll as what people are asked until some hour."""
    return Asked(poll.id, poll.moment, asks=ASKED, reminds=CLOSING, moves=CLOSING_MOVED)


def tell_closing_moved(actor: Actor, poll: DatePoll, change: MomentChange, *, now: datetime) -> None:
    """Tell who was asked and has not answered that there is more time, or less; but for who moved the end."""
    _tell_moved(poll, change, who_could(poll, now) - who_answered(poll) - {actor.person_id}, now)


def tell_clocks_moved(poll: DatePoll, change: MomentChange, *, now: datetime) -> None:
    """Tell the same people, where new zone data moved the end for them: for whoever lives by its clocks it has not
    moved, and what was said of it stands."""
    could = who_could(poll, now)
    elsewhere = by_other_clocks(could, poll.moment.zone)
    asked.keep_reminders(asked_of(poll), change, could - elsewhere)
    _tell_moved(poll, change, elsewhere - who_answered(poll), now)


def _tell_moved(poll: DatePoll, change: MomentChange, silent: set[UUID], now: datetime) -> None:
    silent = asked.told_of_end(asked_of(poll), change, silent)
    ends = (datetime.fromisoformat(change.old["until"]), poll.moment.until)
    soonest = min(end for end in ends if end > now)
    about = {"change": str(change.id)}
    _tell(
        silent, CLOSING_MOVED, poll, f"{change.id}", now, expires_at=poll.moment.until, about=about, happens_at=soonest
    )


def tell_laid_down(actor: Actor, poll: DatePoll, *, now: datetime) -> None:
    """Tell whoever might have answered, but for who laid it down."""
    _tell(who_could(poll, now) - {actor.person_id}, LAID_DOWN, poll, f"{poll.id}", now, expires_at=now + STALE_AFTER)


def _tell(
    people: Iterable[UUID | None],
    kind: str,
    poll: DatePoll,
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
        {"date_poll": str(poll.id)} | dict(about or {}),
        now=now,
        audience=circle_of(poll.owner).audience,
        expires_at=expires_at,
        happens_at=happens_at,
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the person still takes part, and what it says is still so."""
    poll = db.session.get(DatePoll, UUID(notice.parameters["date_poll"]))
    if poll is None:
        return False
    people = _who_takes_part(circle_of(poll.owner).voices, now)
    if notice.person_id not in people:
        return False
    if notice.kind == LAID_DOWN:
        return poll.is_laid_down
    if notice.kind == CLOSING_MOVED and not asked.says_the_end(asked_of(poll), notice, people):
        return False
    if notice.kind == CLOSING and not asked.reminds_of_the_end(asked_of(poll), notice):
        return False
    if notice.kind == ASKED and asked.is_said_later(asked_of(poll), notice.person_id, people):
        return False
    return poll.is_open(now) and notice.person_id not in _answerers(poll)


@remembered
def _who_takes_part(key: str, now: datetime) -> frozenset[UUID]:
    return frozenset(audience_holders(key, now))


@remembered
def _answerers(poll: DatePoll) -> set[UUID]:
    return who_answered(poll)


STILL_WANTED: dict[str, StillWanted] = dict.fromkeys((ASKED, CLOSING, CLOSING_MOVED, LAID_DOWN), still_wanted)
