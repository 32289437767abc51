"""What status an organisation has with a body: noted, changed, ended (R-11). Kept by the secretariat and by whoever
speaks for the organisation; a status that was, stays with its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.advocacy.models import OrganisationAccess, Standing
from app.advocacy.services.standing_by import LONGEST_SOURCE, clip_source
from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.moments.models import Certainty
from app.people.models import Organisation


class HasItAlready(RuleBroken):
    """The same status twice on one day."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This status is noted already for some of these days. Change what stands there, or choose days that "
                "do not overlap."
            ),
            field="from_on",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A status from one day to another, both included and open where empty; `is_seen`: somebody saw it in its source,
    else it is to be checked."""

    standing: Standing
    from_on: date | None = None
    until_on: date | None = None
    is_seen: bool = False
    source: str = ""


def note_access(actor: Actor, organisation: Organisation, noted: Noted, *, now: datetime) -> OrganisationAccess:
    """Note what status an organisation has. Raises `HasItAlready`, `RuleBroken` at `until_on` and `source`."""
    require(actor, "advocacy.keep_access", organisation)
    _hold(organisation)
    row = OrganisationAccess(organisation_id=organisation.id, organisation=organisation, noted_at=now)
    row.noted_by = actor.person_id
    _check(organisation, noted, row)
    _write(actor, row, noted, now)
    db.session.add(row)
    db.session.flush()
    _record(actor, "noted", row, now)
    return row


def change_access(actor: Actor, row: OrganisationAccess, noted: Noted, *, now: datetime) -> OrganisationAccess:
    """Write a status anew, or say on which day it ends. Raises as `note_access`."""
    organisation = row.organisation
    require(actor, "advocacy.keep_access", organisation)
    _hold(organisation)
    _check(organisation, noted, row)
    _write(actor, row, noted, now)
    db.session.flush()
    _record(actor, "changed", row, now)
    return row


def remove_access(actor: Actor, row: OrganisationAccess, *, now: datetime) -> Organisation:
    """Take away a status that was noted by mistake; one that is over gets its last day instead."""
    organisation = row.organisation
    require(actor, "advocacy.keep_access", organisation)
    _record(actor, "removed", row, now)
    db.session.delete(row)
    db.session.flush()
    return organisation


def _hold(organisation: Organisation) -> None:
    """Whoever notes a status holds the organisation, so that of two who note the same one is refused."""
    db.session.refresh(organisation, with_for_update={"of": Organisation})


def _check(organisation: Organisation, noted: Noted, row: OrganisationAccess) -> None:
    if noted.from_on and noted.until_on and noted.until_on < noted.from_on:
        raise RuleBroken(
            _l("The last day lies before the first. Change one of the two, or leave it empty."), field="until_on"
        )
    if noted.is_seen and not clip_source(noted.source):
        raise RuleBroken(
            _l("Write where you saw it: the name of a list, an address, a letter. Or leave it to be checked."),
            field="source",
        )
    if len(noted.source) > LONGEST_SOURCE:
        too_long = _l("This is too long: there is room for %(longest)s characters.", longest=LONGEST_SOURCE)
        raise RuleBroken(too_long, field="source")
    others = sa.select(OrganisationAccess).where(
        OrganisationAccess.organisation_id == organisation.id, OrganisationAccess.standing == noted.standing
    )
    if any(_overlap(other, noted) for other in db.session.scalars(others) if other is not row):
        raise HasItAlready


def _overlap(other: OrganisationAccess, noted: Noted) -> bool:
    begins_in_time = other.from_on is None or noted.until_on is None or other.from_on <= noted.until_on
    ends_in_time = noted.from_on is None or other.until_on is None or noted.from_on <= other.until_on
    return begins_in_time and ends_in_time


def _write(actor: Actor, row: OrganisationAccess, noted: Noted, now: datetime) -> None:
    row.standing, row.from_on, row.until_on = noted.standing, noted.from_on, noted.until_on
    row.certainty = Certainty.VERIFIED if noted.is_seen else Certainty.UNSURE
    row.certainties, row.source = {}, clip_source(noted.source)
    row.checked_on, row.checked_by = now.date(), actor.person_id
    row.confirmed_at, row.confirmed_by = (now, actor.person_id) if noted.is_seen else (None, None)


def _record(actor: Actor, act: str, row: OrganisationAccess, now: datetime) -> None:
    facts = {
        "standing": row.standing.value,
        "from_on": row.from_on.isoformat() if row.from_on else "",
        "until_on": row.until_on.isoformat() if row.until_on else "",
    }
    audit.record(actor, f"advocacy.access.{act}", "organisation", row.organisation_id, facts, now=now)
