"""Joining and leaving a track (R-03). Neither touches any working group (R-06)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.sessions import events, policy, queries, standing
from app.sessions.models import Track, TrackMembership
from app.sessions.queries import JoinOption


class TrackIsClosed(RuleBroken):
    """The track takes nobody new."""


class NotEligible(RuleBroken):
    """R-03: no current, confirmed affiliation of a kind this track is open to."""


class ChooseOrganisation(RuleBroken):
    """Several affiliations, or one that is not the person's: for whom?"""


def _check_may_join(actor: Actor, track: Track) -> None:
    if not track.is_open:
        raise TrackIsClosed(
            _l("This track takes no new participants. Look at the list of tracks for one that is open."), rule="R-03"
        )
    if not policy.is_eligible(actor, track):
        raise NotEligible(standing.why_not_yet(actor, track), rule="R-03")


def _choose(options: list[JoinOption], organisation_id: UUID | None, alone: bool) -> JoinOption | None:
    """Return for whom the person joins; None when the affiliation that gave the key names no option."""
    if organisation_id is None and not alone and len(options) <= 1:
        return options[0] if options else None
    wanted = JoinOption(organisation_id)
    if wanted not in options or (organisation_id is None and not alone):
        raise ChooseOrganisation(
            _l("You belong to several organisations. Choose the one for which you join."), field="organisation"
        )
    return wanted


def join_track(
    actor: Actor, track: Track, *, organisation_id: UUID | None = None, alone: bool = False, now: datetime
) -> TrackMembership:
    """Take the actor into a track (R-03): open tracks, for current Members, Friends or Allies as the track says.

    Somebody with several affiliations says for which organisation, or `alone` where one is for the person alone.
    Joining twice, also at the same instant, is one membership and the same answer. Never enrols in a group (R-06).
    Raises `TrackIsClosed`, `NotEligible`, `ChooseOrganisation`.
    """
    require(actor, "sessions.join_track", track)
    assert actor.person_id is not None  # noqa: S101 - the policy has just said so
    known = queries.find_membership(track, actor.person_id)
    if known is not None:
        return known
    _check_may_join(actor, track)
    option = _choose(queries.list_join_options(actor, track, now.date()), organisation_id, alone)
    row = TrackMembership(
        track_id=track.id,
        person_id=actor.person_id,
        organisation_id=option.organisation_id if option else None,
        joined_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        taken = queries.find_membership(track, actor.person_id)
        if taken is None:
            raise
        return taken
    audit.record(actor, "sessions.track.joined", "track", track.id, {"person": str(actor.person_id)}, now=now)
    events.track_joined.send(row, actor=actor, now=now)
    return row


def leave_track(actor: Actor, track: Track, *, now: datetime) -> bool:
    """Let the actor go. What they wrote and attended stays; they may join again. Leaving twice changes nothing."""
    require(actor, "sessions.join_track", track)
    row = queries.find_membership(track, actor.person_id)
    if row is None:
        return False
    leaving = sa.update(TrackMembership).where(TrackMembership.id == row.id, TrackMembership.left_at.is_(None))
    if change_rows(leaving.values(left_at=now)) != 1:
        return False
    audit.record(actor, "sessions.track.left", "track", track.id, {"person": str(actor.person_id)}, now=now)
    events.track_left.send(row, actor=actor, now=now)
    return True
