"""Joining and leaving a track (R-03). Neither touches any working group (R-06)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.models import Person
from app.people.services.needs import TakingPart, keep_needs
from app.sessions import events, policy, queries, standing
from app.sessions.models import Application, ApplicationAnswer, ApplicationState, Track, TrackMembership
from app.sessions.queries import JoinOption
from app.sessions.services import places
from app.sessions.services.questions import check_answers


class TrackIsClosed(RuleBroken):
    """The track takes nobody new, or not yet."""


class NotEligible(RuleBroken):
    """R-03: no current, confirmed affiliation of a kind this track is open to."""


class ChooseOrganisation(RuleBroken):
    """Several affiliations, or one that is not the person's: for whom?"""


class Left(StrEnum):
    """What somebody gave up: a place, an application that was open, or nothing."""

    NOTHING = ""
    PLACE = "place"
    APPLICATION = "application"


def check_door(track: Track, now: datetime) -> None:
    """Raise `TrackIsClosed` unless the track takes people at this instant."""
    if policy.door_of(track, now) is not policy.Door.OPEN:
        raise TrackIsClosed(standing.why_closed(track, now), rule="R-03")


def _check_may_join(actor: Actor, track: Track, now: datetime) -> None:
    check_door(track, now)
    if not policy.is_eligible(actor, track):
        raise NotEligible(standing.why_not_yet(actor, track, now.date()), rule="R-03")


def _choose(options: list[JoinOption], organisation_id: UUID | None, alone: bool) -> JoinOption | None:
    """Return for whom the person joins; None when the affiliation that gave the key names no option."""
    if organisation_id is None and not alone and len(options) <= 1:
        return options[0] if options else None
    wanted = JoinOption(organisation_id)
    if wanted not in options or (organisation_id is None and not alone):
        raise ChooseOrganisation(
            _l("You belong to several organisations. Choose the one for which you join."), field="organisation"
        )
    return wanted


def join_track(
    actor: Actor,
    track: Track,
    *,
    organisation_id: UUID | None = None,
    alone: bool = False,
    answers: Mapping[UUID, str] | None = None,
    said: TakingPart | None = None,
    now: datetime,
) -> TrackMembership | Application:
    """Take the actor into a track (R-03): open tracks, for current Members, Friends or Allies as the track says.

    Returns the place; or the application, where a facilitator decides or every place is taken. Somebody with several
    affiliations says for which organisation, or `alone` where one is for the person alone. `answers` are those to the
    track's questions; what they `said` about languages and needs is kept with the person.

    Joining twice, also at the same instant, is one place and the same answer. Never enrols in a group (R-06).
    Raises `TrackIsClosed`, `NotEligible`, `ChooseOrganisation`, `AnswerMissing`.
    """
    require(actor, "sessions.join_track", track)
    known = _find_standing(track, actor.own_id)
    if known is not None:
        return known
    _check_may_join(actor, track, now)
    option = _choose(queries.list_join_options(actor, track, now.date()), organisation_id, alone)
    words = check_answers(queries.list_questions(track), answers or {})
    places.lock_intake(track)
    places.advance(actor, track, now=now)  # nobody passes those who wait
    known = _find_standing(track, actor.own_id)
    if known is not None:
        return known
    if said is not None:
        keep_needs(actor, db.session.get_one(Person, actor.own_id), said, now=now)
    return _take_or_ask(actor, track, option.organisation_id if option else None, words, now)


def _find_standing(track: Track, person_id: UUID) -> TrackMembership | Application | None:
    """Return the place or the open application somebody has already."""
    return queries.find_membership(track, person_id) or queries.find_open_application(track, person_id)


def _take_or_ask(
    actor: Actor, track: Track, organisation_id: UUID | None, words: dict[UUID, str], now: datetime
) -> TrackMembership | Application:
    """Take a place of the locked track where that needs nobody's word; else ask for one."""
    has_place = not track.intake.needs_approval and places.take_place(track)
    application = None
    if words or not has_place:
        state = ApplicationState.ASKED if track.intake.needs_approval else ApplicationState.WAITING
        application = ask(
            actor,
            track,
            actor.own_id,
            organisation_id,
            state=ApplicationState.ACCEPTED if has_place else state,
            words=words,
            now=now,
        )
    if application is not None and not has_place:
        return application
    return places.seat(actor, track, actor.own_id, organisation_id, now=now)


def ask(
    actor: Actor,
    track: Track,
    person_id: UUID,
    organisation_id: UUID | None,
    *,
    state: ApplicationState,
    words: Mapping[UUID, str] | None = None,
    asked_by: UUID | None = None,
    now: datetime,
) -> Application:
    """Write an application down, with the words of its answers. The track is locked."""
    application = Application(
        track_id=track.id,
        person_id=person_id,
        organisation_id=organisation_id,
        state=state,
        asked_at=now,
        asked_by=asked_by,
        decided_at=now if state is ApplicationState.ACCEPTED else None,
        answers=[ApplicationAnswer(question_id=question, words=text) for question, text in (words or {}).items()],
    )
    db.session.add(application)
    db.session.flush()
    facts = {"person": str(person_id), "state": state.value}
    audit.record(actor, "sessions.application.asked", "track", track.id, facts, now=now)
    return application


def leave_track(actor: Actor, track: Track, *, now: datetime) -> Left:
    """Let the actor go, or take back their application; the first who waits moves up. What they wrote and attended
    stays; they may join again. Leaving twice changes nothing."""
    require(actor, "sessions.join_track", track)
    places.lock_intake(track)
    row = queries.find_membership(track, actor.person_id)
    if row is None:
        return _withdraw(actor, track, now)
    leaving = sa.update(TrackMembership).where(TrackMembership.id == row.id, TrackMembership.left_at.is_(None))
    if change_rows(leaving.values(left_at=now)) != 1:
        return Left.NOTHING
    places.free_places(track)
    audit.record(actor, "sessions.track.left", "track", track.id, {"person": str(actor.person_id)}, now=now)
    events.track_left.send(row, actor=actor, now=now)
    places.advance(actor, track, now=now)
    return Left.PLACE


def _withdraw(actor: Actor, track: Track, now: datetime) -> Left:
    application = queries.find_open_application(track, actor.person_id)
    if application is None:
        return Left.NOTHING
    application.state, application.decided_at = ApplicationState.WITHDRAWN, now
    db.session.flush()
    facts = {"person": str(actor.person_id)}
    audit.record(actor, "sessions.application.withdrawn", "track", track.id, facts, now=now)
    return Left.APPLICATION
