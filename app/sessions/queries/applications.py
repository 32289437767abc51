"""Who asked for a place in a track, who waits for one, and whom R-03 lets in on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.paging import Page, fetch_page
from app.core.permissions import require
from app.extensions import db
from app.people import queries as people
from app.sessions.models import Application, ApplicationState, Track, TrackMembership
from app.sessions.queries.members import JoinOption

OPEN = (ApplicationState.ASKED, ApplicationState.WAITING)
DECIDED = (ApplicationState.ACCEPTED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many ask a facilitator for a place, and how many wait for one."""

    asked: int = 0
    waiting: int = 0


def count_queues(track_ids: Iterable[UUID]) -> dict[UUID, Queue]:
    """Return the queue of each track, in one query."""
    wanted = list(track_ids)
    rows = db.session.execute(
        sa.select(Application.track_id, Application.state, sa.func.count())
        .where(Application.track_id.in_(wanted), Application.state.in_(OPEN))
        .group_by(Application.track_id, Application.state)
    )
    counted = {(track_id, state): int(count) for track_id, state, count in rows}
    asked, waiting = ApplicationState.ASKED, ApplicationState.WAITING
    return {each: Queue(counted.get((each, asked), 0), counted.get((each, waiting), 0)) for each in wanted}


def find_open_application(track: Track, person_id: UUID | None) -> Application | None:
    """Return a person's application that is asked or waiting."""
    if person_id is None:
        return None
    return db.session.scalar(
        sa.select(Application).where(
            Application.track_id == track.id, Application.person_id == person_id, Application.state.in_(OPEN)
        )
    )


def find_last_application(track: Track, person_id: UUID | None) -> Application | None:
    """Return a person's latest application, whatever became of it."""
    if person_id is None:
        return None
    return db.session.scalar(
        sa.select(Application)
        .where(Application.track_id == track.id, Application.person_id == person_id)
        .order_by(Application.asked_at.desc(), Application.id.desc())
        .limit(1)
    )


def _waiting(track_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(Application.track_id == track_id, Application.state == ApplicationState.WAITING)


def list_waiting(track: Track, *, after: Application | None = None, limit: int) -> list[Application]:
    """Return the next ones of the waiting list, who asked first before the others, behind one of it."""
    wanted = sa.select(Application).where(_waiting(track.id))
    if after is not None:
        here = sa.tuple_(Application.asked_at, Application.id)
        wanted = wanted.where(here > _place_in_time(after))
    return list(db.session.scalars(wanted.order_by(Application.asked_at, Application.id).limit(limit)))


def _place_in_time(application: Application) -> sa.Tuple:
    return sa.tuple_(
        sa.literal(application.asked_at, Application.asked_at.type),
        sa.literal(application.id, Application.id.type),
    )


def position_of(application: Application) -> int:
    """Return the place of a waiting application on its list, from 1."""
    here = sa.tuple_(Application.asked_at, Application.id)
    before = sa.select(sa.func.count()).where(_waiting(application.track_id), here < _place_in_time(application))
    return int(db.session.scalar(before) or 0) + 1


def list_applications_among(
    track: Track, ids: Collection[UUID], states: Sequence[ApplicationState]
) -> list[Application]:
    """Return those of the applications of a track that are in one of these states, longest first."""
    return list(
        db.session.scalars(
            sa.select(Application)
            .where(Application.track_id == track.id, Application.id.in_(list(ids)), Application.state.in_(states))
            .order_by(Application.asked_at, Application.id)
        )
    )


def page_applications(
    actor: Actor, track: Track, states: Sequence[ApplicationState], *, cursor: str = ""
) -> Page[Application]:
    """Return one page of applications for those who decide about them: the open ones longest first, the decided ones
    latest first. Raises `NotAllowed`."""
    require(actor, "sessions.decide_applications", track)
    return fetch_page(
        sa.select(Application).where(Application.track_id == track.id, Application.state.in_(states)),
        key=Application.asked_at,
        row_id=Application.id,
        cursor=cursor,
        newest_first=set(states).isdisjoint(OPEN),
    )


def eligible_options(track: Track, person_ids: Iterable[UUID], day: date) -> dict[UUID, list[JoinOption]]:
    """R-03: return for whom each of many persons may take part in the track on a day, in one query; who may not is
    missing."""
    found = {}
    for person_id, affiliations in people.affiliations_on(person_ids, day).items():
        options = [JoinOption(row.organisation_id) for row in affiliations if row.kind.value in track.eligible]
        if options:
            found[person_id] = list(dict.fromkeys(options))
    return found


def standings(track: Track, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return who of many persons is in the track already: `member`, `asked` or `waiting`; two queries."""
    wanted = list(person_ids)
    members = db.session.scalars(
        sa.select(TrackMembership.person_id).where(
            TrackMembership.track_id == track.id,
            TrackMembership.left_at.is_(None),
            TrackMembership.person_id.in_(wanted),
        )
    )
    applied = db.session.execute(
        sa.select(Application.person_id, Application.state).where(
            Application.track_id == track.id, Application.state.in_(OPEN), Application.person_id.in_(wanted)
        )
    )
    return {person_id: state.value for person_id, state in applied} | dict.fromkeys(members, "member")
