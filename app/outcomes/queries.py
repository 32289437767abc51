"""Reading notes and outcomes. Their audience is the key of their track: who does not hold it finds nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from app.core.actors import Actor
from app.core.audiences import sees
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page, fetch_page
from app.core.types import UTCDateTime
from app.extensions import db
from app.moments.models import Moment
from app.outcomes.models import Outcome, OutcomeKind, OutcomeState, SessionNotes
from app.outcomes.policy import can_read, can_read_notes
from app.people.models import Organisation
from app.sessions.keys import track_key
from app.sessions.models import Gathering, LearningSession, Track

NO_DATE = datetime(9999, 1, 1, tzinfo=UTC)
"""Where an outcome without a date stands among the others: last."""


def list_notes(actor: Actor, gathering: Gathering) -> list[SessionNotes]:
    """Return the notes of one gathering in all their languages; nothing for those who may not read them."""
    if not can_read_notes(actor, gathering):
        return []
    rows = sa.select(SessionNotes).where(SessionNotes.gathering_id == gathering.id).order_by(SessionNotes.language)
    return list(db.session.scalars(rows))


def find_notes(gathering: Gathering, language: str) -> SessionNotes | None:
    """Return the newest edition of a gathering's notes in one language, as the database has it now."""
    return db.session.get(SessionNotes, (gathering.id, language), populate_existing=True)


def get_visible_notes(actor: Actor, gathering: Gathering, language: str) -> SessionNotes:
    """Return notes the actor may read; raises `NotFound`."""
    found = find_notes(gathering, language) if can_read_notes(actor, gathering) else None
    if found is None:
        raise NotFound
    return found


def languages_of_notes(actor: Actor, track: Track) -> dict[UUID, list[str]]:
    """Return in which languages there are notes, by session of the track, in one query."""
    found: dict[UUID, list[str]] = defaultdict(list)
    if not can_read(actor, track):
        return found
    rows = db.session.execute(
        sa.select(SessionNotes.gathering_id, SessionNotes.language)
        .join(LearningSession, LearningSession.id == SessionNotes.gathering_id)
        .where(LearningSession.track_id == track.id)
        .order_by(SessionNotes.language)
    )
    for session_id, language in rows:
        found[session_id].append(language)
    return found


def languages_among(actor: Actor, gatherings: Iterable[Gathering]) -> dict[UUID, list[str]]:
    """Return in which languages there are notes the actor may read, by gathering, in one query."""
    found: dict[UUID, list[str]] = defaultdict(list)
    read = [gathering.id for gathering in gatherings if can_read_notes(actor, gathering)]
    rows = db.session.execute(
        sa.select(SessionNotes.gathering_id, SessionNotes.language)
        .where(SessionNotes.gathering_id.in_(read))
        .order_by(SessionNotes.language)
    )
    for gathering_id, language in rows:
        found[gathering_id].append(language)
    return found


def _due() -> sa.ColumnElement[datetime]:
    return sa.func.coalesce(Moment.until, sa.literal(NO_DATE, UTCDateTime()))


def _light() -> tuple[Any, ...]:
    """An outcome with its date and organisation, its session without agenda, languages and time."""
    session = contains_eager(Outcome.session)
    return (
        session.lazyload(LearningSession.track),
        session.lazyload(LearningSession.moment),
        session.lazyload(LearningSession.languages),
        session.lazyload(LearningSession.agenda),
        contains_eager(Outcome.moment),
        joinedload(Outcome.organisation).lazyload(Organisation.region),
    )


def _standing() -> sa.Select[Outcome]:
    """Outcomes that were not removed, with what a list prints of them."""
    return (
        sa.select(Outcome)
        .join(LearningSession, LearningSession.id == Outcome.session_id)
        .outerjoin(Moment, Moment.id == Outcome.moment_id)
        .options(*_light())
        .where(Outcome.removed_at.is_(None))
    )


def _of_track(
    track: Track, kind: OutcomeKind | None, state: OutcomeState | None, session_id: UUID | None = None
) -> sa.Select[Outcome]:
    statement = _standing().where(LearningSession.track_id == track.id)
    if kind is not None:
        statement = statement.where(Outcome.kind == kind)
    if state is not None:
        statement = statement.where(Outcome.state == state)
    if session_id is not None:
        statement = statement.where(Outcome.session_id == session_id)
    return statement


def list_outcomes(
    actor: Actor, track: Track, *, kind: OutcomeKind | None = None, state: OutcomeState | None = None
) -> list[Outcome]:
    """Return what the sessions of a track agreed on, what is due first first, then what has no date: for a group that
    follows on and for the handover sheet. Nothing for those who may not read it."""
    if not can_read(actor, track):
        return []
    ordered = _of_track(track, kind, state).order_by(_due(), Outcome.noted_at, Outcome.id)
    return list(db.session.scalars(ordered))


def page_of_outcomes(
    actor: Actor,
    track: Track,
    *,
    kind: OutcomeKind | None = None,
    state: OutcomeState | None = None,
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Page[Outcome]:
    """Return one page of the same list. Raises `NotFound` for those who may not read it."""
    if not can_read(actor, track):
        raise NotFound
    return fetch_page(_of_track(track, kind, state), key=_due(), row_id=Outcome.id, cursor=cursor, size=size)


def list_of_session(actor: Actor, session: LearningSession) -> list[Outcome]:
    """Return what one session agreed on, in the order it was noted."""
    if not can_read(actor, session.track):
        return []
    statement = _of_track(session.track, None, None, session.id)
    return list(db.session.scalars(statement.order_by(Outcome.position, Outcome.noted_at, Outcome.id)))


def count_by_state(actor: Actor, track: Track) -> dict[OutcomeState, int]:
    """Return how many outcomes of a track are open, done and dropped; noughts for those who may not read them."""
    counts = dict.fromkeys(OutcomeState, 0)
    if not can_read(actor, track):
        return counts
    rows = db.session.execute(
        sa.select(Outcome.state, sa.func.count())
        .join(LearningSession, LearningSession.id == Outcome.session_id)
        .where(LearningSession.track_id == track.id, Outcome.removed_at.is_(None))
        .group_by(Outcome.state)
    )
    return counts | {state: int(count) for state, count in rows}


def get_visible_outcome(actor: Actor, outcome_id: UUID) -> Outcome:
    """Return one outcome the actor may read; raises `NotFound`, also for one that was removed."""
    found = db.session.scalar(
        sa.select(Outcome).where(Outcome.id == outcome_id, Outcome.removed_at.is_(None)).options(_session_only())
    )
    if found is None or not sees(actor, track_key(found.session.track_id)):
        raise NotFound
    return found


def _session_only() -> Any:
    session = joinedload(Outcome.session)
    return session.options(lazyload(LearningSession.languages), lazyload(LearningSession.agenda))


def is_of_track(track_id: UUID) -> sa.ColumnElement[bool]:
    """Say which moments are the days by which something is done that a session of a track agreed on."""
    dated = sa.select(Outcome.moment_id).join(LearningSession, LearningSession.id == Outcome.session_id)
    return Moment.id.in_(dated.where(LearningSession.track_id == track_id, Outcome.removed_at.is_(None)))


def list_readable(actor: Actor, outcome_ids: Iterable[UUID]) -> list[Outcome]:
    """Return those of many outcomes that the actor may read."""
    rows = db.session.scalars(_standing().where(Outcome.id.in_(list(outcome_ids))))
    return [outcome for outcome in rows if sees(actor, track_key(outcome.session.track_id))]
