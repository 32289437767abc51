"""The group that follows on from a track: founded by the secretariat, one invitation per eligible person (R-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core import audit
from app.core.actors import Actor
from app.core.permissions import require
from app.extensions import db
from app.people.models import Region
from app.sessions.models import Track
from app.workinggroups import events, telling
from app.workinggroups.models import GroupInvitation, GroupKind, InvitationState, Standing, WorkingGroup
from app.workinggroups.queries.following_on import reach_of
from app.workinggroups.services.founding import GroupRules, GroupWords, found_group


@dataclass(frozen=True, slots=True)
class FollowedOn:
    """A new group, and how many people were asked into it."""

    group: WorkingGroup
    invited: int


def follow_on(
    actor: Actor,
    track: Track,
    *,
    kind: GroupKind,
    words: GroupWords,
    rules: GroupRules,
    region: Region | None = None,
    now: datetime,
) -> FollowedOn:
    """Found the group that follows on from a track and ask into it whoever takes part in the track with a current,
    confirmed affiliation of an eligible kind. Nobody is a member by it (R-06).

    Who was asked into a group of this track before, whatever they answered, is not asked again. Raises as
    `create_group`.
    """
    require(actor, "workinggroups.follow_on", track)
    _lock(track)
    group = found_group(actor, kind=kind, words=words, rules=rules, region=region, origins=[track], now=now)
    persons = reach_of(track, group.eligible, now.date()).invited
    invitations = [
        GroupInvitation(
            group_id=group.id,
            person_id=person.id,
            standing=Standing.MEMBER,
            state=InvitationState.OPEN,
            invited_at=now,
            invited_by=actor.person_id,
        )
        for person in persons
    ]
    db.session.add_all(invitations)
    db.session.flush()
    facts = {"track": str(track.id), "people": len(invitations)}
    audit.record(actor, "workinggroups.invitation.sent_to_track", "group", group.id, facts, now=now)
    telling.invitations.tell_invited(group, invitations, now=now)
    for invitation in invitations:
        events.invited.send(invitation, actor=actor, now=now)
    return FollowedOn(group, len(invitations))


def _lock(track: Track) -> None:
    """Two who found a group from one track at once come one after the other: nobody is asked twice."""
    db.session.execute(sa.select(Track.id).where(Track.id == track.id).with_for_update(key_share=False))
