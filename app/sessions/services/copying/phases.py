"""Copying a phase: the structure of last time, for the secretariat to work on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from app.core import audit
from app.core.actors import Actor
from app.core.names import all_names
from app.core.naming import Names
from app.core.permissions import require
from app.sessions import queries
from app.sessions.models import Phase, Track
from app.sessions.queries.phases import all_texts
from app.sessions.services.copying.pieces import PHASE_PIECES, Piece, kept
from app.sessions.services.copying.tracks import add_copy_of_track, days_between
from app.sessions.services.phases import create_phase


def copy_phase(
    actor: Actor,
    source: Phase,
    *,
    names: Names,
    year_from: int,
    year_to: int,
    chosen: Collection[str],
    first_day: date | None = None,
    now: datetime,
) -> Phase:
    """Set up a phase like another one, of the same organisation, for other years. Its tracks are drafts; all their
    sessions go by as many days, so that the first of all falls on `first_day`.

    Raises as `create_phase` and `copy_track`.
    """
    require(actor, "sessions.run_programme", source)
    pieces = kept(chosen, PHASE_PIECES)
    tracks = queries.list_visible_tracks(actor, phase_id=source.id) if Piece.TRACKS in pieces else []
    days = days_between(actor, tracks, first_day) if Piece.SESSIONS in pieces else 0
    copy = create_phase(
        actor,
        names=names,
        owner_organisation_id=source.owner_organisation_id,
        year_from=year_from,
        year_to=year_to,
        region_ids=[region.id for region in source.regions] if Piece.REGIONS in pieces else (),
        texts=all_texts(source) if Piece.TEXTS in pieces else None,
        is_example=source.is_example,
        now=now,
    )
    _copy_tracks(actor, tracks, copy, chosen=pieces, days=days, now=now)
    facts = {"source": str(source.id), "chosen": sorted(pieces)}
    audit.record(actor, "sessions.phase.copied", "phase", copy.id, facts, now=now)
    return copy


def _copy_tracks(
    actor: Actor, tracks: Sequence[Track], copy: Phase, *, chosen: frozenset[str], days: int, now: datetime
) -> None:
    """Put a copy of each track into the new phase, under the names it has."""
    for track in tracks:
        names = {language: row.text for language, row in all_names("track", track.id).items()}
        add_copy_of_track(actor, track, copy, names=names, chosen=chosen, days=days, now=now)
