"""What the house holds about a person, in words and numbers; and who asked to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from app.core import registries
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.core.registries import Holding
from app.extensions import db
from app.people.models import ErasureRequest
from app.people.policy import can_open_desk

CLOSED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Held:
    """One part of what is held: what it is, how many, and whether it stays (without the person) after erasing."""

    label: Any
    number: int
    stays: bool


def list_held(person_id: UUID) -> list[Held]:
    """Return what all packages hold about a person, empty parts left out; what goes before what stays."""
    found = []
    for package, parts in registries.export_person(person_id).items():
        for part, value in parts.items():
            # I18N: what the house holds about a person and has no better words for; %(part)s is a technical name
            holding = registries.holding_of(package, part) or Holding(_l("Other: %(part)s", part=part))
            if value:
                found.append(Held(holding.label, len(value) if isinstance(value, list) else 1, holding.stays))
    return sorted(found, key=lambda held: held.stays)


def find_open_erasure(person_id: UUID) -> ErasureRequest | None:
    """Return the wish of a person that waits for an answer."""
    return db.session.scalar(
        sa.select(ErasureRequest).where(ErasureRequest.person_id == person_id, ErasureRequest.closed_at.is_(None))
    )


def find_last_refusal(person_id: UUID) -> ErasureRequest | None:
    """Return the last answer that said no, as long as nothing was asked since."""
    last = db.session.scalar(
        sa.select(ErasureRequest)
        .where(ErasureRequest.person_id == person_id)
        .order_by(ErasureRequest.asked_at.desc(), ErasureRequest.id)
        .limit(1)
    )
    return last if last is not None and last.answer else None


def list_erasures(actor: Actor, *, cursor: str = "") -> tuple[Page[ErasureRequest], list[ErasureRequest]]:
    """Return a page of the wishes that wait, the longest first, and beside its beginning the last ones that were
    answered (`NotFound` for all but the secretariat)."""
    if not can_open_desk(actor):
        raise NotFound
    rows = sa.select(ErasureRequest).options(joinedload(ErasureRequest.person))
    waiting = rows.where(ErasureRequest.closed_at.is_(None))
    page = fetch_page(waiting, key=ErasureRequest.asked_at, row_id=ErasureRequest.id, cursor=cursor)
    if cursor:
        return page, []
    closed = rows.where(ErasureRequest.closed_at.is_not(None)).order_by(
        ErasureRequest.closed_at.desc(), ErasureRequest.id
    )
    return page, list(db.session.scalars(closed.limit(CLOSED_SHOWN)))


def count_open_erasures(actor: Actor) -> int:
    """Return how many wishes wait for this actor's answer; nobody answers their own (`NotFound` for all but the
    secretariat)."""
    if not can_open_desk(actor):
        raise NotFound
    waiting = (ErasureRequest.closed_at.is_(None), ErasureRequest.person_id != actor.person_id)
    return db.session.scalar(sa.select(sa.func.count()).where(*waiting)) or 0


def get_visible_erasure(actor: Actor, request_id: UUID) -> ErasureRequest:
    """Return one wish, for the secretariat (`NotFound`)."""
    request = db.session.get(ErasureRequest, request_id) if can_open_desk(actor) else None
    if request is None:
        raise NotFound
    return request
