"""Chantiers an actor knows of, who carries them, and who was asked to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.chantiers.keys import is_current_carrier, is_open
from app.chantiers.models import Carrier, CarrierRequest, Chantier
from app.chantiers.policy import can_answer, can_read_letter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.keys import mandated_for
from app.people.mandates import ended_mandates
from app.workinggroups.keys import ADMITTED, ASKED_TO_CARRY, CARRIERS, groups_named_in
from app.workinggroups.models import GroupKind, WorkingGroup
from app.workinggroups.queries import is_known


def get_visible_chantier(actor: Actor, slug: str) -> WorkingGroup:
    """Return the group of a chantier the actor knows of, as a group or as who carries it, is asked to, or may come in.
    Raises `NotFound`, for other groups too."""
    named = WorkingGroup.id.in_(groups_named_in(actor, CARRIERS, ASKED_TO_CARRY, ADMITTED))
    group = db.session.scalar(
        sa.select(WorkingGroup)
        .join(Chantier, Chantier.group_id == WorkingGroup.id)
        .where(WorkingGroup.slug == slug, sa.or_(is_known(actor), named))
    )
    if group is None:
        raise NotFound
    return group


def chantier_of(group: WorkingGroup) -> Chantier:
    return db.session.get_one(Chantier, group.id)


def is_chantier(group: WorkingGroup) -> bool:
    """Whether a group is a chantier that was proposed here."""
    return group.kind is GroupKind.CHANTIER and db.session.get(Chantier, group.id) is not None


def list_carriers(group: WorkingGroup) -> list[Carrier]:
    """Return who carries a chantier and who did, the first one first."""
    return _carriers(Carrier.group_id == group.id)


def current_carriers(group: WorkingGroup) -> list[Carrier]:
    """Return who carries a chantier now, read anew: whoever counts holds the lock of the group."""
    return _carriers(Carrier.group_id == group.id, is_current_carrier())


def _carriers(*wanted: sa.ColumnElement[bool]) -> list[Carrier]:
    statement = sa.select(Carrier).where(*wanted).order_by(Carrier.joined_at, Carrier.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def organisations_carrying(group: WorkingGroup) -> set[UUID]:
    """Return the organisations that carry a group now; none where it is no chantier."""
    return {row.organisation_id for row in current_carriers(group)}


def get_visible_carrier(group: WorkingGroup, carrier_id: UUID) -> Carrier:
    """Return one organisation that carries or carried this chantier: whoever knows of it knows who carries it."""
    carrier = db.session.get(Carrier, carrier_id)
    if carrier is None or carrier.group_id != group.id:
        raise NotFound
    return carrier


def list_requests(group: WorkingGroup) -> list[CarrierRequest]:
    """Return all requests to carry a chantier, the latest first."""
    return list(
        db.session.scalars(
            sa.select(CarrierRequest)
            .where(CarrierRequest.group_id == group.id)
            .order_by(CarrierRequest.asked_at.desc(), CarrierRequest.id)
        )
    )


def get_visible_request(actor: Actor, group: WorkingGroup, request_id: UUID, on: date) -> CarrierRequest:
    """Return one request: to who answers it, to the carriers and to those inside; and to who was asked while they spoke
    for the organisation and does so no more, who reads that."""
    request = db.session.get(CarrierRequest, request_id)
    if request is None or request.group_id != group.id:
        raise NotFound
    if not (can_answer(actor, request) or can_read_letter(actor, group) or _was_asked(actor, request, on)):
        raise NotFound
    return request


def _was_asked(actor: Actor, request: CarrierRequest, on: date) -> bool:
    ended = ended_mandates(actor, [request.organisation_id], on).get(request.organisation_id)
    return ended is not None and ended >= request.asked_at.date()


def open_requests_to(actor: Actor) -> list[CarrierRequest]:
    """Return the requests that wait for an answer of an organisation the actor speaks for."""
    return list(
        db.session.scalars(
            sa.select(CarrierRequest)
            .where(is_open(), CarrierRequest.organisation_id.in_(mandated_for(actor)))
            .order_by(CarrierRequest.asked_at, CarrierRequest.id)
        )
    )
