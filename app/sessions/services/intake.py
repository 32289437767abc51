"""How a track takes people: how many places, whether a facilitator decides, between which two moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty, Status
from app.moments.timing import Timing
from app.sessions.models import Application, ApplicationState, Intake, Track
from app.sessions.services import places

MOST_PLACES = 100_000


class OddCapacity(RuleBroken):
    """No track has so many places, or so few."""


@dataclass(frozen=True, slots=True)
class IntakeChanged:
    """What followed from a change: how many moved up, and by how many the track has more people than places."""

    moved_up: int
    too_many: int


def check_capacity(capacity: int | None) -> int | None:
    """Return how many places there are; None is as many as come. Raises `OddCapacity`."""
    if capacity is not None and not 1 <= capacity <= MOST_PLACES:
        raise OddCapacity(
            _l("Write a number of places from 1 to 100,000, or leave it empty: everybody finds a place then."),
            field="capacity",
        )
    return capacity


def change_intake(
    actor: Actor,
    track: Track,
    *,
    capacity: int | None,
    needs_approval: bool,
    window: Timing | None,
    now: datetime,
) -> IntakeChanged:
    """Change how a track takes people. Nobody loses a place: with fewer places than people, the next ones who leave
    are not replaced. More places, or no approval any more, let those who asked or wait move up.

    Raises `OddCapacity` and, for the window, the errors of `timing.resolve`.
    """
    require(actor, "sessions.manage_intake", track)
    check_capacity(capacity)
    intake = places.lock_intake(track)
    _set_window(actor, track, intake, window, now)
    had_approval = intake.needs_approval
    intake.capacity, intake.needs_approval = capacity, needs_approval
    db.session.flush()
    if had_approval and not needs_approval:
        _let_them_wait(track)
    facts = {"capacity": capacity, "needs_approval": needs_approval, "has_window": window is not None}
    audit.record(actor, "sessions.intake.changed", "track", track.id, facts, now=now)
    moved = places.advance(actor, track, now=now)
    db.session.refresh(intake, ["taken"])
    return IntakeChanged(len(moved), max(0, intake.taken - capacity) if capacity is not None else 0)


def _let_them_wait(track: Track) -> None:
    """Nobody decides any more: who asked stands on the list at their hour."""
    asked = sa.update(Application).where(Application.track_id == track.id, Application.state == ApplicationState.ASKED)
    db.session.execute(asked.values(state=ApplicationState.WAITING), execution_options={"synchronize_session": "fetch"})


def _set_window(actor: Actor, track: Track, intake: Intake, window: Timing | None, now: datetime) -> None:
    """Give the window another time, make it, or take it away; one that is taken away leaves no history."""
    if window is None:
        if intake.moment is not None:
            gone, intake.moment = intake.moment, None
            db.session.flush()
            db.session.delete(gone)
    elif intake.moment is not None:
        moments.change_moment(actor, intake.moment, timing=window, now=now)
    else:
        intake.moment = moments.create_moment(
            actor,
            subject_kind="intake",
            subject_id=track.id,
            audience=track.audience,
            timing=window,
            status=Status.CONFIRMED,
            certainty=Certainty.VERIFIED,
            now=now,
        )
    db.session.flush()
