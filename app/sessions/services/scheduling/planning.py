"""Planning a session: it gets the next number of its track, and the track's audience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.naming import Names, check_names, write_names
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty, Modality, Precision, Status
from app.moments.timing import Timing
from app.sessions import events, telling
from app.sessions.models import LearningSession, Track
from app.sessions.services.scheduling.parts import (
    AgendaLine,
    Languages,
    check_agenda,
    check_link,
    write_agenda,
    write_languages,
)
from app.sessions.services.tracks import lock_track

MOST_AT_ONCE = 20


class NotNow(RuleBroken):
    """The state of the session does not allow this."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new session says, its name and its time apart: one plan serves all sessions of a series."""

    languages: Languages = ()
    agenda: Sequence[AgendaLine] = ()
    join_link: str = ""
    modality: Modality | None = Modality.ONLINE
    status: Status = Status.PLANNED
    certainty: Certainty | None = None
    series_id: UUID | None = None


def _last_number(track_id: UUID) -> int:
    last = sa.select(sa.func.max(LearningSession.number)).where(LearningSession.track_id == track_id)
    return db.session.scalar(last) or 0


def _add_with_next_number(session: LearningSession) -> None:
    """Give the next number of the track; two who plan at once get two numbers."""
    for _attempt in range(MOST_AT_ONCE):
        session.number = _last_number(session.track_id) + 1
        try:
            with db.session.begin_nested():
                db.session.add(session)
        except IntegrityError:
            continue  # somebody else has just taken this number
        return
    raise NotNow(_l("Many sessions are being planned at this moment. Wait a moment and send it again."))


def add_session(
    actor: Actor, track: Track, *, names: Names, timing: Timing, plan: Plan, now: datetime
) -> LearningSession:
    """Add one session to a track that is locked already, and tell nobody. Who may, and who is told, is the business of
    the use case: planning one, planning a series, copying."""
    check_names(names)
    has_hour = timing.precision is Precision.MINUTE
    session_id = uuid4()
    moment = moments.create_moment(
        actor,
        subject_kind="session",
        subject_id=session_id,
        audience=track.audience,
        timing=timing,
        status=plan.status,
        certainty=plan.certainty or (Certainty.VERIFIED if has_hour else Certainty.ESTIMATED),
        modality=plan.modality,
        now=now,
    )
    session = LearningSession(
        id=session_id,
        track_id=track.id,
        moment_id=moment.id,
        series_id=plan.series_id,
        join_link=check_link(plan.join_link),
        created_at=now,
    )
    _add_with_next_number(session)
    write_languages(session, plan.languages)
    write_agenda(session, check_agenda(plan.agenda, moment))
    db.session.flush()
    write_names("session", session.id, names)
    audit.record(actor, "sessions.session.planned", "session", session.id, {"number": session.number}, now=now)
    events.session_planned.send(session, actor=actor, now=now)
    return session


def plan_session(
    actor: Actor,
    track: Track,
    *,
    names: Names,
    timing: Timing,
    languages: Languages = (),
    agenda: Sequence[AgendaLine] = (),
    join_link: str = "",
    modality: Modality | None = Modality.ONLINE,
    status: Status = Status.PLANNED,
    certainty: Certainty | None = None,
    now: datetime,
) -> LearningSession:
    """Plan a session of a track and tell its members. It gets the next number and the track's audience.

    A session without hour is expected (`estimated`) until it has one. Raises `NeedsName`, `BadLink`, `BadAgenda` and
    the errors of `moments.timing`.
    """
    require(actor, "sessions.plan_session", track)
    check_names(names)
    lock_track(track)
    plan = Plan(languages, agenda, join_link, modality, status, certainty)
    session = add_session(actor, track, names=names, timing=timing, plan=plan, now=now)
    telling.sessions.tell_planned(actor, session, now=now)
    return session
