"""Mandates with their days: given from a day until a day, prolonged, shortened. Days are counted in UTC, both included.

One row stands open for a person and an organisation at any time, whatever its days (`uq_role_grant_organisation`):

* a mandate that still counts or is to come is changed, never doubled: giving another one with other days is refused,
  with the way to change the first;
* one that is over falls away by itself at the end of its last day, and gives way when another is given: it is closed
  then, with its days, and stays in the history.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.days import OPEN, Days
from app.people.models import Role, RoleGrant


class HoldsMandate(RuleBroken):
    """One mandate per person and organisation at a time."""

    def __init__(self) -> None:
        super().__init__(
            _l("This person speaks for this organisation already, on other days. Change the days of that mandate."),
            field="organisation",
        )


class MandateChanged(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("Somebody else has just changed this mandate. Look at the page again."))


def check_days(role: Role, days: Days, today: date) -> None:
    """Refuse days for a role that has none, days in the wrong order, and a mandate that would be over already."""
    if role is not Role.MANDATED and days != OPEN:
        raise RuleBroken(_l("Only speaking for an organisation has days. Leave them empty."), field="until_on")
    if days.until_on is not None and days.from_on is not None and days.until_on < days.from_on:
        raise RuleBroken(_l("The last day lies before the first. Change one of them."), field="until_on")
    if days.until_on is not None and days.until_on < today:
        raise RuleBroken(_l("This last day is over already. Choose today or a later day."), field="until_on")


def settle_open_mandate(held: RoleGrant, days: Days, *, now: datetime) -> bool:
    """Say what becomes of a mandate that stands open when another is given: True when it was over and is closed now;
    False when it is the very same. Raises `HoldsMandate` for one with other days that counts or is to come."""
    if held.until_on is not None and held.until_on < now.date():
        closing = sa.update(RoleGrant).where(
            RoleGrant.id == held.id, RoleGrant.ended_at.is_(None), RoleGrant.until_on == held.until_on
        )
        if change_rows(closing.values(ended_at=now)) != 1:
            raise MandateChanged
        return True
    if Days(held.from_on, held.until_on) != days:
        raise HoldsMandate
    return False


def change_mandate(actor: Actor, grant: RoleGrant, *, until_on: date | None, now: datetime) -> RoleGrant:
    """Let a mandate last until another day, or without end. One that is over is not stretched across the days on which
    nobody spoke: another one is given. Raises `RuleBroken` at `until_on`, `MandateChanged`."""
    require(actor, "people.give_role", grant.person)
    today = now.date()
    if grant.role is not Role.MANDATED or grant.ended_at is not None:
        raise RuleBroken(_l("This is no mandate that holds. Give another one on the page of roles."))
    if grant.until_on is not None and grant.until_on < today:
        raise RuleBroken(
            _l(
                "This mandate is over, and the days since then stay empty. Give another one, from today or a later day."
            ),
            field="until_on",
        )
    check_days(grant.role, Days(grant.from_on, until_on), today)
    before = grant.until_on
    changed = change_rows(
        sa.update(RoleGrant)
        .where(RoleGrant.id == grant.id, RoleGrant.ended_at.is_(None), RoleGrant.until_on.is_not_distinct_from(before))
        .values(until_on=until_on)
    )
    if changed != 1:
        raise MandateChanged
    db.session.refresh(grant)
    facts = {
        "organisation": str(grant.organisation_id),
        "from": before.isoformat() if before else None,
        "to": until_on.isoformat() if until_on else None,
    }
    audit.record(actor, "people.mandate.changed", "person", grant.person_id, facts, now=now)
    return grant


def find_open(person_id: UUID, role: Role, organisation_id: UUID | None) -> RoleGrant | None:
    """Return the role of this kind that nobody has taken back, whatever its days."""
    return db.session.scalar(
        sa.select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.organisation_id.is_not_distinct_from(organisation_id),
            RoleGrant.ended_at.is_(None),
        )
    )
