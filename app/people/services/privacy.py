"""The wish to be forgotten: asked for by the person, taken back until it is answered, carried out or refused with a
reason by the secretariat.

Deletion is told to the person before their address goes: a last mail is left for the address in the same transaction.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit, notices, outbox, registries
from app.core.actors import SECRETARIAT, Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.keys import holders_of_secretariat
from app.people.models import ErasureRequest, Person


class AlreadyAnswered(RuleBroken):
    """Somebody was faster: it was taken back, carried out or refused."""

    def __init__(self) -> None:
        super().__init__(_l("This wish has been answered or taken back already. Look at the page again."))


def ask_erasure(actor: Actor, person: Person, *, now: datetime) -> ErasureRequest:
    """Ask that a person's data be deleted; one that is open already is returned as it is. The secretariat is told, and
    so is the person, who may not have been the one at the device."""
    require(actor, "people.ask_erasure", person)
    request = ErasureRequest(person_id=person.id, asked_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:
        return db.session.scalars(
            sa.select(ErasureRequest).where(ErasureRequest.person_id == person.id, ErasureRequest.closed_at.is_(None))
        ).one()
    audit.record(actor, "people.erasure.asked", "person", person.id, now=now)
    told = holders_of_secretariat(SECRETARIAT, now) - {person.id, actor.person_id}
    parameters = {"request": str(request.id)}
    notices.tell_many(told, "people.erasure_asked", str(request.id), parameters, now=now)
    notices.tell(person.id, "people.erasure_noted", str(request.id), parameters, now=now)
    return request


def take_back_erasure(actor: Actor, request: ErasureRequest, *, now: datetime) -> ErasureRequest:
    """Let a person change their mind. Raises `AlreadyAnswered`."""
    require(actor, "people.take_back_erasure", request)
    _close(actor, request, now=now)
    audit.record(actor, "people.erasure.taken_back", "person", request.person_id, now=now)
    return request


def carry_out_erasure(actor: Actor, request: ErasureRequest, *, now: datetime) -> None:
    """Delete a person's data in every package; what is counted stays, without anybody in it. A last mail says that it
    is done. Raises `AlreadyAnswered`, `LastSecretary`."""
    require(actor, "people.answer_erasure", request)
    person_id = request.person_id
    _close(actor, request, was_done=True, now=now)
    contact = registries.contacts([person_id]).get(person_id)
    if contact is not None:
        outbox.mail_to_address(
            contact.email,
            language=contact.language,
            kind="people.erased",
            key=str(request.id),
            parameters={},
            now=now,
        )
    registries.erase_person(person_id, now)
    audit.record(actor, "people.person.erased", "person", person_id, now=now)


def refuse_erasure(
    actor: Actor, request: ErasureRequest, *, answer: str, language: str, now: datetime
) -> ErasureRequest:
    """Say why the data must stay, in words that the person reads on their page; they may ask again. Raises
    `AlreadyAnswered`, and `RuleBroken` at `answer` without a reason."""
    require(actor, "people.answer_erasure", request)
    if not answer.strip():
        raise RuleBroken(_l("Write why the data must stay: the person reads it."), field="answer")
    _close(actor, request, answer=answer.strip(), answer_language=language, now=now)
    audit.record(actor, "people.erasure.refused", "person", request.person_id, now=now)
    parameters = {"request": str(request.id)}
    notices.tell(request.person_id, "people.erasure_refused", str(request.id), parameters, now=now)
    return request


def _close(actor: Actor, request: ErasureRequest, *, now: datetime, **values: object) -> None:
    """Close an open wish: of two people at once, the second is told."""
    closing = sa.update(ErasureRequest).where(ErasureRequest.id == request.id, ErasureRequest.closed_at.is_(None))
    if change_rows(closing.values(closed_at=now, closed_by=actor.person_id, **values)) != 1:
        raise AlreadyAnswered
    db.session.refresh(request)
