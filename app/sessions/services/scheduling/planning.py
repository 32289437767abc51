"""Planning a gathering. A session gets the next number of its track, and the track's audience."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar
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
from app.sessions.hosts import host_of
from app.sessions.models import Gathering, LearningSession, Track
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

G = TypeVar("G", bound=Gathering)


class NotNow(RuleBroken):
    """The state of the gathering does not allow this."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new gathering says, its name and its time apart: one plan serves all sessions of a series, and only those
    have a `series_id`."""

    languages: Languages = ()
    agenda: Sequence[AgendaLine] = ()
    join_link: str = ""
    modality: Modality | None = Modality.ONLINE
    status: Status = Status.PLANNED
    certainty: Certainty | None = None
    series_id: UUID | None = None


def add_with_next_number(gathering: Gathering, number_it: Callable[[], None]) -> None:
    """Add a new gathering under the number that `number_it` gives it; two who plan at once get two numbers: the kind
    has a unique constraint on it."""
    for _attempt in range(MOST_AT_ONCE):
        number_it()
        try:
            with db.session.begin_nested():
                db.session.add(gathering)
        except IntegrityError:
            continue  # somebody else has just taken this number
        return
    raise NotNow(_l("Many sessions are being planned at this moment. Wait a moment and send it again."))


def add_gathering(
    actor: Actor,
    gathering: G,
    *,
    number_it: Callable[[], None],
    audience: str,
    names: Names,
    timing: Timing,
    plan: Plan,
    now: datetime,
) -> G:
    """Add a new gathering of any kind, which knows its owner already, with its moment, languages, agenda and names.

    Nobody is told. Who may, and who is told (`tell_planned`), is the business of the use case. Raises
    `NeedsName`, `BadLink`, `BadAgenda` and the errors of `moments.timing`.
    """
    check_names(names)
    has_hour = timing.precision is Precision.MINUTE
    gathering.id = uuid4()
    moment = moments.create_moment(
        actor,
        subject_kind=host_of(gathering).kind,
        subject_id=gathering.id,
        audience=audience,
        timing=timing,
        status=plan.status,
        certainty=plan.certainty or (Certainty.VERIFIED if has_hour else Certainty.ESTIMATED),
        modality=plan.modality,
        now=now,
    )
    gathering.moment_id, gathering.join_link, gathering.created_at = moment.id, check_link(plan.join_link), now
    add_with_next_number(gathering, number_it)
    write_languages(gathering, plan.languages)
    write_agenda(gathering, check_agenda(plan.agenda, moment))
    db.session.flush()
    write_names(gathering.kind, gathering.id, names)
    facts = {"number": host_of(gathering).number(gathering)}
    audit.record(actor, "sessions.session.planned", gathering.kind, gathering.id, facts, now=now)
    events.session_planned.send(gathering, actor=actor, now=now)
    return gathering


def _last_number(track_id: UUID) -> int:
    last = sa.select(sa.func.max(LearningSession.number)).where(LearningSession.track_id == track_id)
    return db.session.scalar(last) or 0


def _number(session: LearningSession) -> None:
    session.number = _last_number(session.track_id) + 1


def add_session(
    actor: Actor, track: Track, *, names: Names, timing: Timing, plan: Plan, now: datetime
) -> LearningSession:
    """Add one session to a track that is locked already, and tell nobody. Who may, and who is told, is the business of
    the use case: planning one, planning a series, copying."""
    session = LearningSession(track_id=track.id, series_id=plan.series_id)
    return add_gathering(
        actor,
        session,
        number_it=partial(_number, session),
        audience=track.audience,
        names=names,
        timing=timing,
        plan=plan,
        now=now,
    )


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
