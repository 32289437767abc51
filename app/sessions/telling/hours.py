"""Notice "your hour changes": a session falls on another hour than the one before, for those whose clocks did it.

Who is told is worked out from the clocks, person by person: the hour at the session's own place is the same as last
time (or the series was put on other clocks), and the hour on the person's wall is not (A1). A facilitator who moves a
session on purpose has told everybody already; that is no change of clocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.extensions import db
from app.moments import queries as moments
from app.moments.local import in_zone, known_zones
from app.moments.models import Moment, Precision
from app.people.models import Person
from app.sessions import keys, policy
from app.sessions.models import LearningSession

CHANGED = "sessions.hour_changed"
KINDS = (CHANGED,)


def session_before(session: LearningSession) -> LearningSession | None:
    """Return the session before this one that takes place: of its series, or of its track where it is in none."""
    same = (
        LearningSession.series_id == session.series_id
        if session.series_id is not None
        else LearningSession.track_id == session.track_id
    )
    return db.session.scalar(
        sa.select(LearningSession)
        .join(Moment, Moment.id == LearningSession.moment_id)
        .where(
            same,
            LearningSession.id != session.id,
            Moment.starts_at < session.moment.starts_at,
            Moment.precision == Precision.MINUTE,
            Moment.status.not_in(policy.NOT_TAKING_PLACE),
        )
        .order_by(Moment.starts_at.desc(), LearningSession.number.desc())
        .limit(1)
    )


def _was_put_on_other_clocks(before: LearningSession, session: LearningSession) -> bool:
    """Whether the two go by different clocks because somebody moved one of them there, not because they always did."""
    if before.series_id is not None and before.series_id == session.series_id:
        return True
    found = moments.list_changes_of([before.moment_id, session.moment_id])
    return any(change.old["zone"] != change.new["zone"] for changes in found.values() for change in changes)


def may_shift(before: LearningSession, session: LearningSession) -> bool:
    """Whether another hour on somebody's wall would come from clocks: the hour at the sessions' own place, or the
    instant of the day, is the same as before; or the place itself is another one."""
    old, new = before.moment, session.moment
    if old.zone != new.zone:
        return _was_put_on_other_clocks(before, session)
    assert old.wall_start is not None and new.wall_start is not None  # noqa: S101, PT018 - both have an hour
    return old.wall_start.time() == new.wall_start.time() or old.starts_at.time() == new.starts_at.time()


def differs_in(zone: str, before: Moment, after: Moment) -> bool:
    """Whether the clocks of a zone show another hour than before, or another day of the week although the sessions'
    own place does not."""
    if zone not in known_zones():
        return False
    old, new = in_zone(before.starts_at, zone), in_zone(after.starts_at, zone)
    assert before.wall_start is not None and after.wall_start is not None  # noqa: S101, PT018 - both have an hour
    same_weekday = before.zone != after.zone or before.wall_start.weekday() == after.wall_start.weekday()
    return old.time() != new.time() or (same_weekday and old.weekday() != new.weekday())


def tell_hour_changes(session: LearningSession, *, now: datetime) -> int:
    """Tell everybody in the track whose hour this session changes; returns how many. Nobody who is not concerned."""
    before = session_before(session)
    if before is None or not may_shift(before, session):
        return 0
    audience = keys.track_key(session.track_id)
    people = keys.holders_of_track(audience, now)
    concerned = [person_id for person_id, zone in _zones_of(people) if differs_in(zone, before.moment, session.moment)]
    notices.tell_many(
        sorted(concerned, key=str),
        CHANGED,
        f"{session.id}:{session.moment.starts_at:%Y%m%dT%H%M}",  # moved and moved back, it is the same fact
        {"session": str(session.id), "before": str(before.id)},
        now=now,
        audience=audience,
        expires_at=session.moment.starts_at,
    )
    return len(concerned)


def _zones_of(person_ids: Iterable[UUID]) -> list[tuple[UUID, str]]:
    rows = db.session.execute(
        sa.select(Person.id, Person.zone).where(Person.id.in_(list(person_ids)), Person.zone != "")
    )
    return [(person_id, zone) for person_id, zone in rows]


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: it has not begun, it takes place, the person still takes part,
    and their hour still differs."""
    session = db.session.get(LearningSession, UUID(notice.parameters["session"]))
    before = db.session.get(LearningSession, UUID(notice.parameters["before"]))
    person = db.session.get(Person, notice.person_id)
    if session is None or before is None or person is None:
        return False
    if session.moment.starts_at <= now or not policy.takes_place(session):
        return False
    if session.moment.precision is not Precision.MINUTE or before.moment.precision is not Precision.MINUTE:
        return False
    key = keys.track_key(session.track_id)
    if key not in keys.keys_of([notice.person_id], now).get(notice.person_id, ()):
        return False
    return may_shift(before, session) and differs_in(person.zone, before.moment, session.moment)
