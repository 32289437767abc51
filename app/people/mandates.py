"""Mandates that are over: until which day somebody spoke for an organisation, and the sentence that tells them so.

Whoever spoke for an organisation yesterday meets closed doors today; a plain refusal would not say that it is the days
of the mandate, nor whom to ask.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.actors import Actor
from app.core.context import page_language
from app.core.errors import NotAllowed
from app.core.names import names_of
from app.core.permissions import can
from app.extensions import db
from app.moments.shown import lazy_day
from app.people.keys import is_held, mandated_for
from app.people.models import Role, RoleGrant


def spoken_for(on: date) -> set[UUID]:
    """Return the organisations that somebody speaks for on a day."""
    granted = sa.select(RoleGrant.organisation_id).where(RoleGrant.role == Role.MANDATED, is_held(on))
    return {organisation_id for organisation_id in db.session.scalars(granted) if organisation_id is not None}


def nobody_speaks_sentence(organisation_id: UUID) -> Any:
    """Return, for a refusal, that nobody could answer for this organisation, and the way out."""
    return _l(
        "Nobody speaks for %(organisation)s in this house, so nobody could answer. Ask the secretariat to record who "
        "has its mandate, or ask another organisation.",
        organisation=_name_later(organisation_id),
    )


def _name_later(organisation_id: UUID) -> LazyString:
    """Return the name of an organisation, said later, in the language of whoever reads."""
    return LazyString(lambda: str(names_of("organisation", [organisation_id], page_language())[organisation_id]))


def ended_mandates(actor: Actor, organisation_ids: Collection[UUID], on: date) -> dict[UUID, date]:
    """Return until when the actor spoke for these organisations, for those of which the mandate is over on a day."""
    asked = set(organisation_ids) - mandated_for(actor)
    if actor.person_id is None or not asked:
        return {}
    granted = sa.select(RoleGrant).where(
        RoleGrant.person_id == actor.person_id, RoleGrant.role == Role.MANDATED, RoleGrant.organisation_id.in_(asked)
    )
    ended: dict[UUID, date] = {}
    for row in db.session.scalars(granted):
        day = last_day(row)
        if row.organisation_id is not None and day is not None and day < on:
            ended[row.organisation_id] = max(day, ended.get(row.organisation_id, day))
    return ended


def last_day(grant: RoleGrant) -> date | None:
    """Return the last day of a mandate: the one it was given for, or the one on which it was taken back."""
    ends = [day for day in (grant.until_on, grant.ended_at.date() if grant.ended_at else None) if day is not None]
    return min(ends, default=None)


def ended_sentence(organisation_id: UUID, day: date) -> Any:
    """Return what to say to whoever spoke for an organisation until a day, and what they can do; said later, in the
    language of whoever reads."""
    return _l(
        "Your mandate for %(organisation)s ended on %(day)s. Only a person with a mandate of today speaks for it: ask "
        "the secretariat to renew yours.",
        organisation=_name_later(organisation_id),
        day=lazy_day(day),
    )


def ended_sentence_for(actor: Actor, organisation_ids: Collection[UUID], on: date) -> Any:
    """Return that sentence for the mandate that ended last among those for some organisations; "" where none did."""
    ended = ended_mandates(actor, organisation_ids, on)
    if not ended:
        return ""
    latest = max(ended, key=lambda organisation_id: ended[organisation_id])
    return ended_sentence(latest, ended[latest])


def refuse_ended(actor: Actor, organisation_ids: Collection[UUID], on: date) -> None:
    """Refuse whoever spoke for one of these organisations and does so no more, in words; nobody else."""
    if sentence := ended_sentence_for(actor, organisation_ids, on):
        raise NotAllowed(message=sentence)


def require_spoken_for(actor: Actor, action: str, thing: Any, organisation_ids: Collection[UUID], on: date) -> None:
    """`require` for what is done in the name of organisations: a refusal tells whose mandate has ended that it has."""
    if not can(actor, action, thing):
        refuse_ended(actor, organisation_ids, on)
        raise NotAllowed(action)
