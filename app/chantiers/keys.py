"""Keys that come from chantiers. The first two are asked for by name in the policies of `workinggroups`.

* `carriers:<group>` carries the chantier: who speaks for one of its carriers today;
* `admitted:<group>` may come in from outside: who speaks for an organisation with an agreement, or belongs to it;
* `asked_to_carry:<group>` reads what it is about: who speaks for an organisation that was asked to carry it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.chantiers.models import Carrier, CarrierRequest, PartnershipAgreement, RequestState
from app.extensions import db
from app.people.keys import is_current, is_held
from app.people.models import Affiliation, Role, RoleGrant
from app.workinggroups.keys import ADMITTED, ASKED_TO_CARRY, CARRIERS, admitted_key, asked_to_carry_key, carriers_key


def is_current_carrier() -> sa.ColumnElement[bool]:
    return Carrier.left_at.is_(None)


def is_open() -> sa.ColumnElement[bool]:
    """The filter for requests that wait for an answer."""
    return CarrierRequest.state == RequestState.ASKED


def is_agreed(on: date) -> sa.ColumnElement[bool]:
    """The filter for agreements that count on a day (both ends included)."""
    return sa.and_(
        PartnershipAgreement.ended_at.is_(None),
        PartnershipAgreement.from_on <= on,
        PartnershipAgreement.until_on >= on,
    )


def _through_speakers(table: Any, counts: sa.ColumnElement[bool], on: date) -> sa.Select[Any]:
    """(person, group) of those who speak for the organisations of some rows."""
    return (
        sa.select(RoleGrant.person_id, table.group_id)
        .join(RoleGrant, RoleGrant.organisation_id == table.organisation_id)
        .where(counts, RoleGrant.role == Role.MANDATED, is_held(on))
    )


def _through_affiliation(table: Any, counts: sa.ColumnElement[bool], on: date) -> sa.Select[Any]:
    """(person, group) of those who belong to the organisations of some rows."""
    return (
        sa.select(Affiliation.person_id, table.group_id)
        .join(Affiliation, Affiliation.organisation_id == table.organisation_id)
        .where(counts, is_current(on))
    )


def keys_of(person_ids: list[UUID], now: datetime) -> dict[UUID, set[str]]:
    """Return the keys of many persons: mandates, affiliations and agreements on their days (in UTC)."""
    keys: dict[UUID, set[str]] = defaultdict(set)
    today = now.date()
    agreed = (PartnershipAgreement, is_agreed(today), today)
    speaking, belonging = RoleGrant.person_id.in_(person_ids), Affiliation.person_id.in_(person_ids)
    for key, found in (
        (carriers_key, _through_speakers(Carrier, is_current_carrier(), today).where(speaking)),
        (asked_to_carry_key, _through_speakers(CarrierRequest, is_open(), today).where(speaking)),
        (admitted_key, _through_speakers(*agreed).where(speaking)),
        (admitted_key, _through_affiliation(*agreed).where(belonging)),
    ):
        for person_id, group_id in db.session.execute(found):
            keys[person_id].add(key(group_id))
    return keys


def holders_of_carriers(key: str, now: datetime) -> set[UUID]:
    """Return who speaks for a carrier of the chantier of a `carriers:<id>` key."""
    return _persons(_through_speakers(Carrier, is_current_carrier(), now.date()).where(Carrier.group_id == _id(key)))


def holders_of_asked(key: str, now: datetime) -> set[UUID]:
    """Return who may answer the open requests to carry a chantier."""
    asked = _through_speakers(CarrierRequest, is_open(), now.date())
    return _persons(asked.where(CarrierRequest.group_id == _id(key)))


def holders_of_admitted(key: str, now: datetime) -> set[UUID]:
    """Return who may come into a group under an agreement."""
    today, of_group = now.date(), PartnershipAgreement.group_id == _id(key)
    agreed = (PartnershipAgreement, sa.and_(of_group, is_agreed(today)), today)
    return _persons(_through_speakers(*agreed)) | _persons(_through_affiliation(*agreed))


HOLDERS: dict[str, Callable[[str, datetime], set[UUID]]] = {
    CARRIERS: holders_of_carriers,
    ASKED_TO_CARRY: holders_of_asked,
    ADMITTED: holders_of_admitted,
}
"""The inverse of `keys_of`, by the part of a key before its colon."""


def _persons(pairs: sa.Select[Any]) -> set[UUID]:
    return {person_id for person_id, _group_id in db.session.execute(pairs)}


def _id(key: str) -> UUID:
    return UUID(key.split(":", 1)[1])
