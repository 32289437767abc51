"""Copying one session: into its own track or into another one, on another day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from app.core import audit
from app.core.actors import Actor
from app.core.naming import Names, check_names
from app.core.permissions import require
from app.moments.timing import Timing
from app.sessions import events, telling
from app.sessions.models import LearningSession, Track
from app.sessions.services.copying.pieces import SESSION_PIECES, Piece, kept
from app.sessions.services.scheduling.parts import AgendaLine
from app.sessions.services.scheduling.planning import Plan, add_session
from app.sessions.services.tracks import lock_track


def copy_session(
    actor: Actor,
    source: LearningSession,
    *,
    track: Track,
    names: Names,
    timing: Timing,
    chosen: Collection[str],
    now: datetime,
) -> LearningSession:
    """Plan a session like another one, with the pieces chosen, and tell the members of its track. Whoever copies leads
    both: the session and the track it goes to. The copy is planned, not confirmed, and belongs to no series.

    Raises as `plan_session`; `BadAgenda` where the new time is too short for the agenda.
    """
    require(actor, "sessions.lead_session", source)
    require(actor, "sessions.plan_session", track)
    check_names(names)
    lock_track(track)
    copy = add_copy(
        actor, source, track, names=names, timing=timing, chosen=kept(chosen, SESSION_PIECES), series_id=None, now=now
    )
    telling.sessions.tell_planned(actor, copy, now=now)
    return copy


def add_copy(
    actor: Actor,
    source: LearningSession,
    track: Track,
    *,
    names: Names,
    timing: Timing,
    chosen: frozenset[str],
    series_id: UUID | None,
    now: datetime,
) -> LearningSession:
    """Add the copy to a locked track, and tell nobody but the packages above."""
    agenda = [AgendaLine(item.minutes_after_start, item.title, item.who) for item in source.agenda]
    plan = Plan(
        languages=[(row.language, row.mode) for row in source.languages] if Piece.LANGUAGES in chosen else (),
        agenda=agenda if Piece.AGENDAS in chosen else (),
        join_link=source.join_link if Piece.JOIN_LINKS in chosen else "",
        modality=source.moment.modality,
        series_id=series_id,
    )
    copy = add_session(actor, track, names=names, timing=timing, plan=plan, now=now)
    facts = {"source": str(source.id), "chosen": sorted(chosen)}
    audit.record(actor, "sessions.session.copied", "session", copy.id, facts, now=now)
    events.session_copied.send(copy, source=source, chosen=chosen, actor=actor, now=now)
    return copy
