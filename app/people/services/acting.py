"""In whose name a device acts: its person's own, an organisation's they speak for, or that of a person they help.

The choice is kept with the signed-in device and is one of the three; signing in starts as oneself. It opens nothing by
itself: each request asks anew whether the mandate or the help still holds (`app.people.signed_in`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.keys import mandate_key
from app.people.models import Assistance, AuthSession, Person
from app.people.queries.assistance import has_taken_account


class NotYourMandate(RuleBroken):
    def __init__(self) -> None:
        super().__init__(
            _l("You do not speak for this organisation today. Choose another one, or ask the secretariat."),
            field="acting",
        )


class NotHelped(RuleBroken):
    """The help has ended, or the person signs in by themselves now."""

    def __init__(self) -> None:
        super().__init__(
            _l("You cannot write for this person: the help has ended, or they have an account of their own now."),
            field="acting",
        )


def act_as_oneself(actor: Actor, *, auth_session_id: UUID, now: datetime) -> None:
    """Let a device act for its person alone."""
    require(actor, "people.choose_acting")
    _choose(actor, auth_session_id, organisation_id=None, person_id=None)
    _record(actor, "people.acting.oneself", actor.person_id, now=now)


def act_for_organisation(actor: Actor, *, auth_session_id: UUID, organisation_id: UUID, now: datetime) -> None:
    """Let a device act for an organisation its person speaks for today. Raises `NotYourMandate`."""
    require(actor, "people.choose_acting")
    if not actor.holds(mandate_key(organisation_id)):
        raise NotYourMandate
    _choose(actor, auth_session_id, organisation_id=organisation_id, person_id=None)
    _record(actor, "people.acting.for_organisation", organisation_id, now=now, kind="organisation")


def write_for(actor: Actor, *, auth_session_id: UUID, person_id: UUID, now: datetime) -> None:
    """Let a device write for a person without an account whom its person helps. Raises `NotHelped`."""
    require(actor, "people.help")
    helped = sa.select(Assistance.id).join(Person, Person.id == Assistance.person_id)
    helped = helped.where(
        Assistance.person_id == person_id,
        Assistance.helper_id == actor.person_id,
        Assistance.ended_at.is_(None),
        Person.erased_at.is_(None),
        sa.not_(has_taken_account(Person.id)),
    )
    if db.session.scalar(helped) is None:
        raise NotHelped
    _choose(actor, auth_session_id, organisation_id=None, person_id=person_id)
    _record(actor, "people.acting.for_person", person_id, now=now)


def _choose(actor: Actor, auth_session_id: UUID, *, organisation_id: UUID | None, person_id: UUID | None) -> None:
    """Write the choice onto the actor's own device, whichever it was; a device that was signed out stays out."""
    own = sa.update(AuthSession).where(
        AuthSession.id == auth_session_id, AuthSession.person_id == actor.person_id, AuthSession.revoked_at.is_(None)
    )
    change_rows(own.values(acting_for_organisation_id=organisation_id, helping_person_id=person_id))


def _record(actor: Actor, code: str, subject_id: UUID | None, *, now: datetime, kind: str = "person") -> None:
    assert subject_id is not None  # noqa: S101 - who may choose is a person
    audit.record(actor, code, kind, subject_id, now=now)
