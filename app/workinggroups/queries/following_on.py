"""Whom a group that follows on from a track would invite (R-06), and which groups followed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.core.actors import Actor
from app.extensions import db
from app.people import queries as people
from app.people.models import AffiliationKind, Person
from app.sessions.models import Track, TrackMembership
from app.workinggroups.models import GroupInvitation, GroupOrigin, WorkingGroup
from app.workinggroups.queries.groups import is_known


@dataclass(frozen=True, slots=True)
class Reach:
    """Who of a track's people a group would invite, by name; and who not: how many of each other affiliation, without
    a current one, and asked already by a group that followed on before (a refusal is remembered)."""

    invited: Sequence[Person]
    of_kinds: dict[AffiliationKind, int]
    other_kinds: dict[AffiliationKind, int]
    unaffiliated: int
    asked_before: int

    @property
    def total(self) -> int:
        return len(self.invited) + sum(self.other_kinds.values()) + self.unaffiliated + self.asked_before


def reach_of(track: Track, eligible: Collection[str], day: date) -> Reach:
    """Return whom a group open to these affiliations would invite on a day; three queries, however many people.

    A person with several affiliations counts under the first of them in the order of `AffiliationKind`."""
    wanted = (
        sa.select(Person)
        .join(TrackMembership, TrackMembership.person_id == Person.id)
        .options(lazyload(Person.languages), lazyload(Person.region))
        .where(TrackMembership.track_id == track.id, TrackMembership.left_at.is_(None), Person.erased_at.is_(None))
        .order_by(Person.name_fold, Person.id)
    )
    persons = list(db.session.scalars(wanted))
    affiliations = people.affiliations_on([person.id for person in persons], day) if persons else {}
    asked = _asked_before(track)
    invited, asked_before, unaffiliated = [], 0, 0
    of_kinds: dict[AffiliationKind, int] = defaultdict(int)
    other_kinds: dict[AffiliationKind, int] = defaultdict(int)
    for person in persons:
        kinds = {row.kind for row in affiliations.get(person.id, [])}
        open_to = [kind for kind in AffiliationKind if kind in kinds and kind.value in eligible]
        if person.id in asked:
            asked_before += 1
        elif open_to:
            invited.append(person)
            of_kinds[open_to[0]] += 1
        elif kinds:
            other_kinds[next(kind for kind in AffiliationKind if kind in kinds)] += 1
        else:
            unaffiliated += 1
    return Reach(invited, dict(of_kinds), dict(other_kinds), unaffiliated, asked_before)


def _asked_before(track: Track) -> set[UUID]:
    """Return who was asked into a group that followed on from this track, whatever they answered."""
    asked = (
        sa.select(GroupInvitation.person_id)
        .join(GroupOrigin, GroupOrigin.group_id == GroupInvitation.group_id)
        .where(GroupOrigin.track_id == track.id, GroupInvitation.person_id.is_not(None))
    )
    return {person_id for person_id in db.session.scalars(asked) if person_id is not None}


def list_groups_of_track(actor: Actor, track: Track) -> list[WorkingGroup]:
    """Return the groups that followed on from a track and of which the actor knows, the oldest first."""
    wanted = (
        sa.select(WorkingGroup)
        .join(GroupOrigin, GroupOrigin.group_id == WorkingGroup.id)
        .where(GroupOrigin.track_id == track.id, is_known(actor))
        .order_by(WorkingGroup.created_at, WorkingGroup.slug)
    )
    return list(db.session.scalars(wanted).unique())


def tracks_followed(track_ids: Collection[UUID]) -> set[UUID]:
    """Return from which of these tracks a group has followed on."""
    return set(db.session.scalars(sa.select(GroupOrigin.track_id).where(GroupOrigin.track_id.in_(list(track_ids)))))
