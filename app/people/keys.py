"""Which keys a person holds from roles and affiliations, and who holds them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import NETWORK, SECRETARIAT
from app.extensions import db
from app.people.models import Account, Affiliation, AffiliationKind, AffiliationState, Role, RoleGrant


def affiliation_key(kind: AffiliationKind | str) -> str:
    """The power of a current, confirmed affiliation of one kind; tracks and groups ask for it."""
    return f"affiliation:{kind}"


def mandate_key(organisation_id: UUID) -> str:
    """The power to speak for one organisation."""
    return f"mandated:{organisation_id}"


def is_current(on: date) -> sa.ColumnElement[bool]:
    """The filter for affiliations that count on a day (both ends included)."""
    return sa.and_(
        Affiliation.state == AffiliationState.CONFIRMED,
        Affiliation.from_on <= on,
        sa.or_(Affiliation.until_on.is_(None), Affiliation.until_on >= on),
    )


def is_held() -> sa.ColumnElement[bool]:
    """The filter for roles that count: not ended, and held by an account whose address was confirmed. A role given to
    an address that anybody may have registered opens nothing."""
    proven = sa.select(Account.person_id).where(Account.verified_at.is_not(None))
    return sa.and_(RoleGrant.ended_at.is_(None), RoleGrant.person_id.in_(proven))


def keys_of(person_ids: list[UUID], now: datetime) -> dict[UUID, set[str]]:
    """`network` and `affiliation:<kind>` from affiliations (days counted in UTC), `secretariat`, `coordinator` and
    `mandated:<organisation>` from roles of people whose address is confirmed."""
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
            RoleGrant.person_id.in_(person_ids), is_held()
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


def holders_of_coordinator(_key: str, _now: datetime) -> set[UUID]:
    return _holders_of_role(Role.COORDINATOR)


def holders_of_mandate(key: str, _now: datetime) -> set[UUID]:
    """Who holds `mandated:<organisation>`."""
    return _holders_of_role(Role.MANDATED, UUID(key.split(":", 1)[1]))


def holders_of_network(_key: str, now: datetime) -> set[UUID]:
    affiliated = db.session.scalars(sa.select(Affiliation.person_id).where(is_current(now.date())))
    return set(affiliated) | holders_of_secretariat(SECRETARIAT, now)


def holders_of_secretariat(_key: str, _now: datetime) -> set[UUID]:
    return _holders_of_role(Role.SECRETARIAT)


def _holders_of_role(role: Role, organisation_id: UUID | None = None) -> set[UUID]:
    holding = sa.select(RoleGrant.person_id).where(RoleGrant.role == role, is_held())
    if organisation_id is not None:
        holding = holding.where(RoleGrant.organisation_id == organisation_id)
    return set(db.session.scalars(holding))


HOLDERS = {
    NETWORK: holders_of_network,
    SECRETARIAT: holders_of_secretariat,
    "coordinator": holders_of_coordinator,
    "affiliation": holders_of_affiliation,
    "mandated": holders_of_mandate,
}
"""The inverse of `keys_of`, by the part of a key before its colon."""
