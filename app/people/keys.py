"""Which keys a person holds from roles and affiliations, and who holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import NETWORK, SECRETARIAT, Actor
from app.extensions import db
from app.people.models import Account, Affiliation, AffiliationKind, AffiliationState, Role, RoleGrant


def affiliation_key(kind: AffiliationKind | str) -> str:
    """The power of a current, confirmed affiliation of one kind; tracks and groups ask for it."""
    return f"affiliation:{kind}"


def has_affiliation(actor: Actor) -> bool:
    """Whether any current, confirmed affiliation stands behind the actor's keys."""
    return any(key.startswith("affiliation:") for key in actor.keys)


def mandate_key(organisation_id: UUID) -> str:
    """The power to speak for one organisation."""
    return f"mandated:{organisation_id}"


def mandated_for(actor: Actor) -> set[UUID]:
    """Return the organisations an actor speaks for, as their keys say."""
    return {UUID(key.removeprefix("mandated:")) for key in actor.keys if key.startswith("mandated:")}


def is_current(on: date) -> sa.ColumnElement[bool]:
    """The filter for affiliations that count on a day (both ends included)."""
    return sa.and_(
        Affiliation.state == AffiliationState.CONFIRMED,
        Affiliation.from_on <= on,
        sa.or_(Affiliation.until_on.is_(None), Affiliation.until_on >= on),
    )


def is_held(on: date) -> sa.ColumnElement[bool]:
    """The filter for roles that count on a day: not taken back, within their days (both ends included), and held by an
    account whose address was confirmed. A role given to an address that anybody may have registered opens nothing."""
    proven = sa.select(Account.person_id).where(Account.verified_at.is_not(None))
    return sa.and_(RoleGrant.ended_at.is_(None), covers(RoleGrant, on), RoleGrant.person_id.in_(proven))


def covers(row: Any, on: date) -> sa.ColumnElement[bool]:
    """The filter for rows whose days, from `from_on` to `until_on`, hold one day; an empty end is open."""
    return sa.and_(
        sa.or_(row.from_on.is_(None), row.from_on <= on),
        sa.or_(row.until_on.is_(None), row.until_on >= on),
    )


def keys_of(person_ids: list[UUID], now: datetime) -> dict[UUID, set[str]]:
    """`network` and `affiliation:<kind>` from affiliations (days counted in UTC), `secretariat`, `coordinator` and
    `mandated:<organisation>` from roles of people whose address is confirmed, a mandate on its days (in UTC) only."""
    keys: dict[UUID, set[str]] = defaultdict(set)
    affiliated = db.session.execute(
        sa.select(Affiliation.person_id, Affiliation.kind).where(
            Affiliation.person_id.in_(person_ids), is_current(now.date())
        )
    )
    for person_id, kind in affiliated:
        keys[person_id] |= {NETWORK, affiliation_key(kind)}
    granted = db.session.execute(
        sa.select(RoleGrant.person_id, RoleGrant.role, RoleGrant.organisation_id).where(
            RoleGrant.person_id.in_(person_ids), is_held(now.date())
        )
    )
    for person_id, role, organisation_id in granted:
        if organisation_id is not None:
            keys[person_id].add(mandate_key(organisation_id))
        else:
            keys[person_id] |= {role.value, NETWORK} if role is Role.SECRETARIAT else {role.value}
    return keys


def holders_of_affiliation(key: str, now: datetime) -> set[UUID]:
    """Who holds `affiliation:<kind>` at an instant."""
    kind = AffiliationKind(key.split(":", 1)[1])
    return set(
        db.session.scalars(
            sa.select(Affiliation.person_id).where(is_current(now.date()), Affiliation.kind == kind).distinct()
        )
    )


def holders_of_coordinator(_key: str, now: datetime) -> set[UUID]:
    return _holders_of_role(Role.COORDINATOR, now)


def holders_of_mandate(key: str, now: datetime) -> set[UUID]:
    """Who holds `mandated:<organisation>`."""
    return _holders_of_role(Role.MANDATED, now, UUID(key.split(":", 1)[1]))


def holders_of_network(_key: str, now: datetime) -> set[UUID]:
    affiliated = db.session.scalars(sa.select(Affiliation.person_id).where(is_current(now.date())))
    return set(affiliated) | holders_of_secretariat(SECRETARIAT, now)


def holders_of_secretariat(_key: str, now: datetime) -> set[UUID]:
    return _holders_of_role(Role.SECRETARIAT, now)


def _holders_of_role(role: Role, now: datetime, organisation_id: UUID | None = None) -> set[UUID]:
    holding = sa.select(RoleGrant.person_id).where(RoleGrant.role == role, is_held(now.date()))
    if organisation_id is not None:
        holding = holding.where(RoleGrant.organisation_id == organisation_id)
    return set(db.session.scalars(holding))


HOLDERS: dict[str, Callable[[str, datetime], set[UUID]]] = {
    NETWORK: holders_of_network,
    SECRETARIAT: holders_of_secretariat,
    "coordinator": holders_of_coordinator,
    "affiliation": holders_of_affiliation,
    "mandated": holders_of_mandate,
}
"""The inverse of `keys_of`, by the part of a key before its colon."""
