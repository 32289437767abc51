"""The host of learning sessions: they belong to a track, its facilitators lead them, its participants are expected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from app.core.actors import Actor
from app.core.names import names_of
from app.core.slots import rendered
from app.sessions import addresses
from app.sessions.hosts import Host, Owner
from app.sessions.keys import facilitators_key, track_key
from app.sessions.models import LearningSession, TrackMembership
from app.sessions.queries.zones import list_ramadan_zones, team_of_track
from app.sessions.showing.joining import joining_of
from app.sessions.showing.team import hands_shown
from app.sessions.wording import SESSIONS


def _owner(session: LearningSession, language: str) -> Owner:
    track = session.track
    return Owner(names_of("track", [track.id], language)[track.id], addresses.track_path(track.slug), track.slug)


def _memberships(session: LearningSession) -> sa.Select[UUID, UUID | None, datetime, datetime | None]:
    return sa.select(
        TrackMembership.person_id, TrackMembership.organisation_id, TrackMembership.joined_at, TrackMembership.left_at
    ).where(TrackMembership.track_id == session.track_id)


def _siblings(session: LearningSession) -> sa.Select[UUID]:
    return sa.select(LearningSession.id).where(LearningSession.track_id == session.track_id)


def _hands(actor: Actor, session: LearningSession, person_ids: Collection[UUID]) -> dict[UUID, Any]:
    return hands_shown(actor, session.track, person_ids)


def _standing(actor: Actor, session: LearningSession, now: datetime) -> Markup:
    joining = joining_of(actor, session.track, now=now)
    return rendered("sessions/join.html", joining=joining, track=session.track)


HOST = Host(
    model=LearningSession,
    words=SESSIONS,
    order=20,
    members_key=lambda session: track_key(session.track_id),
    leaders_key=lambda session: facilitators_key(session.track_id),
    memberships=_memberships,
    team=lambda session: team_of_track(session.track_id),
    siblings=_siblings,
    owner=_owner,
    part_of=lambda session: ("track", session.track_id),
    number=lambda session: int(session.number),
    hands=_hands,
    ramadan=lambda session: list_ramadan_zones(session.track),
    standing=_standing,
    is_announced=lambda session: session.track.published_at is not None,
)
