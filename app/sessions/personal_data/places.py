"""What the programme holds about a person's places and applications: for export, for merging two rows of one person,
for erasure. The counter of places stays true, and whoever waits moves up."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import job
from app.extensions import db
from app.sessions.models import (
    Application,
    ApplicationAnswer,
    ApplicationState,
    IntakeQuestion,
    Track,
    TrackMembership,
)
from app.sessions.queries.applications import OPEN
from app.sessions.services import places

FREED = job("sessions.places")


def export_applications(person_id: UUID) -> list[dict[str, Any]]:
    """Return what the person asked for, with their answers beside the questions they were asked."""
    rows = db.session.execute(
        sa.select(Application, Track.slug)
        .join(Track, Track.id == Application.track_id)
        .where(Application.person_id == person_id)
        .order_by(Application.asked_at, Application.id)
    ).all()
    questions = _questions({answer.question_id for application, _slug in rows for answer in application.answers})
    return [
        {
            "track": slug,
            "organisation": str(application.organisation_id) if application.organisation_id else None,
            "state": application.state.value,
            "asked_at": application.asked_at.isoformat(),
            "decided_at": application.decided_at.isoformat() if application.decided_at else None,
            "reason": application.reason,
            "answers": [
                {"question": questions[answer.question_id], "answer": answer.words} for answer in application.answers
            ],
        }
        for application, slug in rows
    ]


def _questions(ids: set[UUID]) -> dict[UUID, dict[str, str]]:
    rows = db.session.scalars(sa.select(IntakeQuestion).where(IntakeQuestion.id.in_(ids)))
    return {question.id: dict(question.prompts) for question in rows}


def merge_places(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """Move places and applications to the person who is kept. Where both hold a place, one is freed; where one has a
    place, the other's application ends; of two that are open the older one stays on the list."""
    for track in _tracks_held(kept_id, gone_id):
        places.lock_intake(track)
        kept, gone = _place(track, kept_id), _place(track, gone_id)
        if kept and gone:
            db.session.delete(gone)
            places.free_places(track)
        _end_doubled_applications(track, kept_id, gone_id, has_place=bool(kept or gone))
        db.session.flush()
        if kept and gone:
            places.advance(FREED, track, now=now)
    _run(sa.update(TrackMembership).where(TrackMembership.person_id == gone_id).values(person_id=kept_id))
    _run(sa.update(Application).where(Application.person_id == gone_id).values(person_id=kept_id))
    for column in (TrackMembership.joined_by, Application.asked_by, Application.decided_by):
        _run(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))


def _tracks_held(*person_ids: UUID) -> list[Track]:
    """Return the tracks in which somebody has a place or an open application, always in the same order: two that
    lock several never wait for each other."""
    held = sa.select(TrackMembership.track_id).where(
        TrackMembership.person_id.in_(person_ids), TrackMembership.left_at.is_(None)
    )
    asked = sa.select(Application.track_id).where(Application.person_id.in_(person_ids), Application.state.in_(OPEN))
    wanted = sa.select(Track).where(sa.or_(Track.id.in_(held), Track.id.in_(asked))).order_by(Track.id)
    return list(db.session.scalars(wanted))


def _place(track: Track, person_id: UUID) -> TrackMembership | None:
    return db.session.scalar(
        sa.select(TrackMembership).where(
            TrackMembership.track_id == track.id,
            TrackMembership.person_id == person_id,
            TrackMembership.left_at.is_(None),
        )
    )


def _end_doubled_applications(track: Track, kept_id: UUID, gone_id: UUID, *, has_place: bool) -> None:
    open_ones = list(
        db.session.scalars(
            sa.select(Application)
            .where(
                Application.track_id == track.id,
                Application.person_id.in_([kept_id, gone_id]),
                Application.state.in_(OPEN),
            )
            .order_by(Application.asked_at, Application.id)
        )
    )
    for application in open_ones if has_place else open_ones[1:]:
        application.state = ApplicationState.WITHDRAWN


def erase_places(person_id: UUID, now: datetime) -> None:
    """Free the person's places and take back their applications; their answers and reasons go, counts stay."""
    tracks = _tracks_held(person_id)
    for track in tracks:
        places.lock_intake(track)
        membership = _place(track, person_id)
        if membership is not None:
            membership.left_at = now
            places.free_places(track)
    mine = sa.select(Application.id).where(Application.person_id == person_id)
    _run(sa.delete(ApplicationAnswer).where(ApplicationAnswer.application_id.in_(mine)))
    taking_back = sa.update(Application).where(Application.person_id == person_id, Application.state.in_(OPEN))
    _run(taking_back.values(state=ApplicationState.WITHDRAWN, decided_at=now))
    _run(sa.update(Application).where(Application.person_id == person_id).values(reason=""))
    for track in tracks:
        places.advance(FREED, track, now=now)


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
