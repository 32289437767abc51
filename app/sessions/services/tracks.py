"""Tracks: set up by the secretariat under a phase, a draft until published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import PUBLIC, Actor
from app.core.errors import RuleBroken
from app.core.naming import Names, add_with_free_slug, check_names, slug_of, write_names
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.people.models import AffiliationKind, Region
from app.sessions import events, queries
from app.sessions.keys import track_key
from app.sessions.models import Intake, LearningSession, Phase, Track
from app.sessions.services.texts import Texts, write_texts

EVERYBODY = tuple(kind.value for kind in AffiliationKind)
"""R-03: a co-learning space is open to Members, Friends and Allies."""


class UnknownKind(RuleBroken):
    """An eligibility that is no kind of affiliation, or none at all."""


def check_eligible(eligible: Sequence[str]) -> list[str]:
    """Return the kinds of affiliation in their order; raises `UnknownKind` for none or for another word."""
    kept = [kind for kind in EVERYBODY if kind in eligible]
    if not kept or len(kept) != len(set(eligible)):
        raise UnknownKind(_l("Say who may join: Members, Friends, Allies, or several of them."), field="eligible")
    return kept


def create_track(
    actor: Actor,
    phase: Phase,
    *,
    names: Names,
    texts: Texts | None = None,
    eligible: Sequence[str] = EVERYBODY,
    is_open: bool = False,
    now: datetime,
    slug: str = "",
    code: str | None = None,
    source: str = "",
    note: str = "",
    is_example: bool = False,
) -> Track:
    """Set up a track as a draft: seen by those who take part in it and by the secretariat until it is published (R-03).

    Raises `NeedsName`, `UnknownKind`.
    """
    require(actor, "sessions.run_programme", phase)
    check_names(names)
    last = db.session.scalar(sa.select(sa.func.max(Track.position)).where(Track.phase_id == phase.id))
    track_id = uuid4()
    track = Track(
        id=track_id,
        phase_id=phase.id,
        position=0 if last is None else last + 1,
        audience=track_key(track_id),
        eligible=check_eligible(eligible),
        is_open=is_open,
        code=code,
        source=source,
        note=note,
        is_example=is_example,
        created_at=now,
        intake=Intake(taken=0, needs_approval=False),
    )
    add_with_free_slug(track, slug or slug_of(names, f"track-{track_id.hex[:8]}"))
    write_names("track", track.id, names)
    write_texts(track, texts or {})
    audit.record(actor, "sessions.track.created", "track", track.id, {"slug": track.slug}, now=now)
    return track


def change_track(
    actor: Actor,
    track: Track,
    *,
    names: Names,
    texts: Texts | None = None,
    eligible: Sequence[str],
    is_open: bool,
    now: datetime,
) -> Track:
    """Change a track; its address stays. Who has joined stays, whatever becomes of the eligibility (R-03)."""
    require(actor, "sessions.run_programme", track)
    check_names(names)
    track.eligible, track.is_open = check_eligible(eligible), is_open
    db.session.flush()
    write_names("track", track.id, names)
    write_texts(track, texts or {})
    audit.record(actor, "sessions.track.changed", "track", track.id, {"slug": track.slug}, now=now)
    return track


def lock_track(track: Track) -> None:
    """Read who sees a track as it is at this instant, and let nobody change it before this work is done: what is
    planned while the track is published must not keep the audience of the draft."""
    db.session.flush()
    db.session.refresh(track, ["audience", "published_at"], with_for_update={"key_share": True})


def publish_track(actor: Actor, track: Track, *, now: datetime) -> list[Region]:
    """Let everybody see a track and its sessions. Returns the regions of its phase for which no facilitator stands
    (R-05): a warning, not a refusal. Publishing twice changes nothing."""
    require(actor, "sessions.publish_track", track)
    lock_track(track)
    if track.published_at is None:
        track.published_at = now
        _set_audience(track, PUBLIC)
        audit.record(actor, "sessions.track.published", "track", track.id, now=now)
        events.track_published.send(track, actor=actor, now=now)
    return queries.regions_without_facilitator(track)


def unpublish_track(actor: Actor, track: Track, *, now: datetime) -> Track:
    """Take a track back to those who take part in it; members keep their places."""
    require(actor, "sessions.publish_track", track)
    lock_track(track)
    if track.published_at is not None:
        track.published_at = None
        _set_audience(track, track_key(track.id))
        audit.record(actor, "sessions.track.unpublished", "track", track.id, now=now)
        events.track_unpublished.send(track, actor=actor, now=now)
    return track


def _set_audience(track: Track, audience: str) -> None:
    """The one function that rewrites who sees a track, the moments of all its sessions and its window of
    applications."""
    track.audience = audience
    moment_ids = list(
        db.session.scalars(sa.select(LearningSession.moment_id).where(LearningSession.track_id == track.id))
    )
    if track.intake.moment_id is not None:
        moment_ids.append(track.intake.moment_id)
    moments.set_audience(moment_ids, audience)
    db.session.flush()
