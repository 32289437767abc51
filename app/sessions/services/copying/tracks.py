"""Copying a track into a phase: as a draft, with its sessions on new days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.names import all_names
from app.core.naming import Names
from app.core.permissions import require
from app.extensions import db
from app.moments.local import local_day
from app.moments.repeating import shifted
from app.moments.timing import Timing
from app.people.services import UnknownPerson, UnprovenPerson
from app.sessions import events, policy, queries
from app.sessions.models import IntakeQuestion, LearningSession, Phase, Track
from app.sessions.queries.phases import all_texts
from app.sessions.services.copying.pieces import TRACK_PIECES, Piece, kept
from app.sessions.services.copying.sessions import add_copy
from app.sessions.services.facilitation import appoint_facilitator
from app.sessions.services.tracks import EVERYBODY, create_track, lock_track


class NeedsDay(RuleBroken):
    """Sessions are to be copied, and nobody said when they begin."""


def sessions_to_copy(actor: Actor, tracks: Sequence[Track]) -> list[LearningSession]:
    """Return the sessions a copy would have: those that took or take place, in the order of their time."""
    by_track = queries.list_sessions_of_tracks(actor, [track.id for track in tracks])
    found = [session for sessions in by_track.values() for session in sessions if policy.takes_place(session)]
    return sorted(found, key=lambda session: (session.moment.starts_at, session.number))


def first_day_of(actor: Actor, tracks: Sequence[Track]) -> date | None:
    """Return the day of the first session of these tracks, at its own place; None where there is none."""
    sessions = sessions_to_copy(actor, tracks)
    return local_day(sessions[0].moment) if sessions else None


def days_between(actor: Actor, tracks: Sequence[Track], first_day: date | None) -> int:
    """Return by how many days the sessions of these tracks go so that the first falls on `first_day`; 0 where there are
    none. Raises `NeedsDay`."""
    was = first_day_of(actor, tracks)
    if was is None:
        return 0
    if first_day is None:
        raise NeedsDay(_l("Choose the day of the first session, or leave the sessions out."), field="first_day")
    return (first_day - was).days


def copy_track(
    actor: Actor,
    source: Track,
    *,
    phase: Phase,
    names: Names,
    chosen: Collection[str],
    first_day: date | None = None,
    now: datetime,
) -> Track:
    """Set up a track like another one in a phase: a draft that takes nobody yet, with the pieces chosen. Its sessions
    keep their wall clocks and the days between them, from `first_day` on; those that were called off are left out.

    Raises `NeedsName`, `NeedsDay`, and the errors of `moments.timing` where an hour does not exist on its new day.
    """
    require(actor, "sessions.run_programme", phase)
    pieces = kept(chosen, TRACK_PIECES)
    days = days_between(actor, [source], first_day) if Piece.SESSIONS in pieces else 0
    return add_copy_of_track(actor, source, phase, names=names, chosen=pieces, days=days, now=now)


def add_copy_of_track(
    actor: Actor, source: Track, phase: Phase, *, names: Names, chosen: frozenset[str], days: int, now: datetime
) -> Track:
    """Add the copy, its sessions `days` later; see `copy_track`."""
    has_intake = Piece.INTAKE in chosen
    copy = create_track(
        actor,
        phase,
        names=names,
        texts=all_texts(source) if Piece.TEXTS in chosen else None,
        eligible=(source.eligible if has_intake else None) or EVERYBODY,
        is_example=source.is_example,
        now=now,
    )
    if has_intake:
        copy.intake.capacity, copy.intake.needs_approval = source.intake.capacity, source.intake.needs_approval
    if Piece.QUESTIONS in chosen:
        _copy_questions(source, copy)
    if Piece.FACILITATORS in chosen:
        _copy_team(actor, source, copy, now)
    if Piece.SESSIONS in chosen:
        _copy_sessions(actor, source, copy, chosen=chosen, days=days, now=now)
    facts = {"source": str(source.id), "chosen": sorted(chosen)}
    audit.record(actor, "sessions.track.copied", "track", copy.id, facts, now=now)
    events.track_copied.send(copy, source=source, chosen=chosen, actor=actor, now=now)
    return copy


def _copy_questions(source: Track, copy: Track) -> None:
    db.session.add_all(
        IntakeQuestion(
            track_id=copy.id,
            position=question.position,
            kind=question.kind,
            prompts=dict(question.prompts),
            is_required=question.is_required,
        )
        for question in queries.list_questions(source)
    )
    db.session.flush()


def _copy_team(actor: Actor, source: Track, copy: Track, now: datetime) -> None:
    """Appoint whoever leads the source now; who cannot be appointed any more (erased, address not confirmed) is left
    out."""
    for row in queries.list_facilitators(source):
        try:
            appoint_facilitator(actor, copy, person_id=row.person_id, region_id=row.region_id, now=now)
        except (UnknownPerson, UnprovenPerson):
            continue


def _copy_sessions(
    actor: Actor, source: Track, copy: Track, *, chosen: frozenset[str], days: int, now: datetime
) -> None:
    lock_track(copy)
    series: dict[UUID, UUID] = {}
    for session in sessions_to_copy(actor, [source]):
        old_series = session.series_id
        add_copy(
            actor,
            session,
            copy,
            names={language: row.text for language, row in all_names("session", session.id).items()},
            timing=shifted(Timing.of(session.moment), days=days),
            chosen=chosen,
            series_id=series.setdefault(old_series, uuid4()) if old_series is not None else None,
            now=now,
        )
