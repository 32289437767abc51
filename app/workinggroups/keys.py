"""Keys that come from groups.

* `group:<id>` sees what is inside: members, guests, observers, coordinators;
* `contributors:<id>` takes part in the work: all of these but observers;
* `coordinators:<id>` runs the group;
* `invited:<id>` sees that the group exists, as long as an invitation is open: the person's own, or one to an
  organisation the person speaks for.

A helper who writes for a person without an account reads, takes part and answers invitations for them; they do not run
the group.

Three more are given by packages above, and only read here: `asked_to_carry:<id>` (who speaks for an organisation that
was asked to carry a chantier and has not answered), `carriers:<id>` (who speaks for a carrier of a chantier: only
they invite from outside the network, R-20) and `admitted:<id>` (who may come in without being of the network).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.people.keys import is_held
from app.people.models import Role, RoleGrant
from app.workinggroups.models import (
    GroupCoordinator,
    GroupInvitation,
    GroupMembership,
    InvitationState,
    Standing,
)

GROUP = "group"
CONTRIBUTORS = "contributors"
COORDINATORS = "coordinators"
INVITED = "invited"
CARRIERS = "carriers"
ADMITTED = "admitted"
ASKED_TO_CARRY = "asked_to_carry"


def group_key(group_id: UUID) -> str:
    """The audience of what is inside a group."""
    return f"{GROUP}:{group_id}"


def contributors_key(group_id: UUID) -> str:
    """Taking part in the work of a group: a matter of one's own, no power over others."""
    return f"{CONTRIBUTORS}:{group_id}"


def coordinators_key(group_id: UUID) -> str:
    """The power to run one group and no other."""
    return f"{COORDINATORS}:{group_id}"


def invited_key(group_id: UUID) -> str:
    """An invitation into a group that waits for an answer."""
    return f"{INVITED}:{group_id}"


def carriers_key(group_id: UUID) -> str:
    """Speaking for one of the organisations that carry a chantier."""
    return f"{CARRIERS}:{group_id}"


def asked_to_carry_key(group_id: UUID) -> str:
    """Speaking for an organisation that was asked to carry a chantier and has not answered."""
    return f"{ASKED_TO_CARRY}:{group_id}"


def admitted_key(group_id: UUID) -> str:
    """May come into a group without being of the network (R-20)."""
    return f"{ADMITTED}:{group_id}"


def groups_named_in(actor: Actor, *kinds: str) -> set[UUID]:
    """Return the groups for which the actor holds a key of one of these kinds."""
    return {UUID(key.split(":", 1)[1]) for key in actor.keys if key.split(":", 1)[0] in kinds and ":" in key}


def of_own_groups(actor: Actor, audience: sa.SQLColumnExpression[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a row is for the inside of a group the actor is inside of."""
    return audience.in_([group_key(group_id) for group_id in groups_named_in(actor, GROUP)])


def keys_of(person_ids: list[UUID], now: datetime) -> dict[UUID, set[str]]:
    """Return the keys of many persons from open places, appointments and invitations."""
    keys: dict[UUID, set[str]] = defaultdict(set)
    places = sa.select(GroupMembership.person_id, GroupMembership.group_id, GroupMembership.standing).where(
        GroupMembership.person_id.in_(person_ids), GroupMembership.left_at.is_(None)
    )
    for person_id, group_id, standing in db.session.execute(places):
        keys[person_id].add(group_key(group_id))
        if standing is not Standing.OBSERVER:
            keys[person_id].add(contributors_key(group_id))
    running = sa.select(GroupCoordinator.person_id, GroupCoordinator.group_id).where(
        GroupCoordinator.person_id.in_(person_ids), GroupCoordinator.ended_at.is_(None)
    )
    for person_id, group_id in db.session.execute(running):
        keys[person_id] |= {group_key(group_id), contributors_key(group_id), coordinators_key(group_id)}
    for person_id, group_id in _invited(person_ids, now):
        keys[person_id].add(invited_key(group_id))
    return keys


def mates_of(actor: Actor, person_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Return which of these persons are in a group with the actor, whom they appear to by name."""
    own = {group_key(group_id) for group_id in groups_named_in(actor, GROUP)}
    return {person_id for person_id, keys in keys_of(list(person_ids), now).items() if keys & own}


def _invited(person_ids: list[UUID], now: datetime) -> set[tuple[UUID, UUID]]:
    """Return (person, group) of open invitations: to the person, or to an organisation the person speaks for."""
    is_open = GroupInvitation.state == InvitationState.OPEN
    own = sa.select(GroupInvitation.person_id, GroupInvitation.group_id).where(
        GroupInvitation.person_id.in_(person_ids), is_open
    )
    through = (
        sa.select(RoleGrant.person_id, GroupInvitation.group_id)
        .join(RoleGrant, RoleGrant.organisation_id == GroupInvitation.organisation_id)
        .where(RoleGrant.person_id.in_(person_ids), _speaks(now), is_open)
    )
    found = {(person_id, group_id) for person_id, group_id in db.session.execute(own) if person_id is not None}
    return found | {(person_id, group_id) for person_id, group_id in db.session.execute(through)}


def _speaks(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(RoleGrant.role == Role.MANDATED, is_held(now.date()))


def holders_of_group(key: str, _now: datetime) -> set[UUID]:
    """Return who is inside the group of a `group:<id>` key."""
    return _inside(_group_of(key)) | _coordinators(_group_of(key))


def holders_of_contributors(key: str, _now: datetime) -> set[UUID]:
    """Return who takes part in the work of a group."""
    return _inside(_group_of(key), but=Standing.OBSERVER) | _coordinators(_group_of(key))


def holders_of_coordinators(key: str, _now: datetime) -> set[UUID]:
    """Return who runs the group of a `coordinators:<id>` key."""
    return _coordinators(_group_of(key))


def holders_of_invited(key: str, now: datetime) -> set[UUID]:
    """Return who may answer an open invitation into a group."""
    asked = sa.and_(GroupInvitation.group_id == _group_of(key), GroupInvitation.state == InvitationState.OPEN)
    own = sa.select(GroupInvitation.person_id).where(asked, GroupInvitation.person_id.is_not(None))
    speakers = (
        sa.select(RoleGrant.person_id)
        .join(GroupInvitation, GroupInvitation.organisation_id == RoleGrant.organisation_id)
        .where(asked, _speaks(now))
    )
    return set(db.session.scalars(sa.union(own, speakers)))


HOLDERS: dict[str, Callable[[str, datetime], set[UUID]]] = {
    GROUP: holders_of_group,
    CONTRIBUTORS: holders_of_contributors,
    COORDINATORS: holders_of_coordinators,
    INVITED: holders_of_invited,
}
"""The inverse of `keys_of`, by the part of a key before its colon."""


def _inside(group_id: UUID, but: Standing | None = None) -> set[UUID]:
    places = sa.select(GroupMembership.person_id).where(
        GroupMembership.group_id == group_id, GroupMembership.left_at.is_(None)
    )
    if but is not None:
        places = places.where(GroupMembership.standing != but)
    return set(db.session.scalars(places))


def _coordinators(group_id: UUID) -> set[UUID]:
    return set(
        db.session.scalars(
            sa.select(GroupCoordinator.person_id).where(
                GroupCoordinator.group_id == group_id, GroupCoordinator.ended_at.is_(None)
            )
        )
    )


def _group_of(key: str) -> UUID:
    return UUID(key.split(":", 1)[1])
