"""Whoever speaks for an organisation has a mandate on that day; its days stand beside what was said (R-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.people.keys import mandate_key
from app.people.mandates import ended_mandates, ended_sentence
from app.people.queries import find_mandate


class MandateMissing(RuleBroken):
    """The person does not speak for this organisation."""


class MandateEnded(RuleBroken):
    """The person spoke for this organisation until a day that is over."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """A mandate as it was on the day it was used; empty ends are open."""

    grant_id: UUID
    from_on: date | None
    until_on: date | None


def mandate_for(actor: Actor, organisation_id: UUID, *, now: datetime) -> Mandate:
    """Return the mandate under which the actor speaks for an organisation today (in UTC).

    Raises `MandateEnded`, `MandateMissing`.
    """
    held = find_mandate(actor.person_id, organisation_id, now.date())
    if held is not None and actor.holds(mandate_key(organisation_id)):
        return Mandate(held.id, held.from_on, held.until_on)
    ended = ended_mandates(actor, [organisation_id], now.date())
    if ended:
        raise MandateEnded(ended_sentence(organisation_id, ended[organisation_id]), field="organisation", rule="R-23")
    raise MandateMissing(
        _l(
            "You have no mandate to speak for this organisation. You may ask and react; its voice is given by whoever "
            "has the mandate."
        ),
        field="organisation",
        rule="R-23",
    )
