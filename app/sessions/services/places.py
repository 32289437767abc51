"""The places of a track: one guarded counter, and the waiting list that moves up by itself.

Whatever takes or frees a place locks the track's `intake` row first. So nobody waits beside a place that somebody
else frees in the same instant; and the counter itself never passes the capacity, whoever forgets the lock.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.extensions import db
from app.sessions import events, queries, telling
from app.sessions.models import Application, ApplicationState, Intake, Track, TrackMembership
from app.sessions.queries import JoinOption

BATCH = 100


def lock_intake(track: Track) -> Intake:
    """Return how the track takes people as it is at this instant, and let nobody take or free a place before this
    work is done."""
    db.session.flush()
    wanted = sa.select(Intake).where(Intake.track_id == track.id).options(lazyload(Intake.moment))
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(locked).one()


def take_place(track: Track) -> bool:
    """Take one place if there is one."""
    is_free = sa.or_(Intake.capacity.is_(None), Intake.taken < Intake.capacity)
    taking = sa.update(Intake).where(Intake.track_id == track.id, is_free)
    return change_rows(taking.values(taken=Intake.taken + 1)) == 1


def free_places(track: Track, number: int = 1) -> None:
    """Give places back; the counter never falls below nobody."""
    freeing = sa.update(Intake).where(Intake.track_id == track.id, Intake.taken >= number)
    change_rows(freeing.values(taken=Intake.taken - number))


def seat(
    actor: Actor,
    track: Track,
    person_id: UUID,
    organisation_id: UUID | None,
    *,
    joined_by: UUID | None = None,
    now: datetime,
) -> TrackMembership:
    """Write down who took the place that `take_place` has just taken. Never enrols in a working group (R-06)."""
    row = TrackMembership(
        track_id=track.id,
        person_id=person_id,
        organisation_id=organisation_id,
        joined_at=now,
        joined_by=joined_by,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "sessions.track.joined", "track", track.id, {"person": str(person_id)}, now=now)
    events.track_joined.send(row, actor=actor, now=now)
    return row


def place_of(application: Application, options: list[JoinOption]) -> JoinOption | None:
    """Return for whom somebody who applied takes part: the organisation they named while they belong to it, else the
    only one they have left; None once R-03 lets them in no more."""
    asked = JoinOption(application.organisation_id)
    if asked in options:
        return asked
    return options[0] if len(options) == 1 else None


def give_place(
    actor: Actor, track: Track, application: Application, option: JoinOption, *, now: datetime
) -> TrackMembership:
    """Turn an application into the place that `take_place` has just taken."""
    application.state, application.decided_at, application.decided_by = ApplicationState.ACCEPTED, now, actor.person_id
    application.organisation_id = option.organisation_id
    return seat(
        actor,
        track,
        application.person_id,
        option.organisation_id,
        joined_by=application.asked_by,
        now=now,
    )


def advance(actor: Actor, track: Track, *, now: datetime) -> list[Application]:
    """Let the waiting list of a locked track move up into its free places, in the order in which people asked.

    Who is not let in at this moment (R-03) is passed over and keeps waiting. Everybody who moved up is told.
    """
    moved: list[Application] = []
    after: Application | None = None
    while batch := queries.list_waiting(track, after=after, limit=BATCH):
        options = queries.eligible_options(track, [row.person_id for row in batch], now.date())
        for application in batch:
            option = place_of(application, options.get(application.person_id, []))
            if option is None:
                continue
            if not take_place(track):
                return moved
            give_place(actor, track, application, option, now=now)
            telling.places.tell_moved_up(application, now=now)
            moved.append(application)
        after = batch[-1]
    return moved
