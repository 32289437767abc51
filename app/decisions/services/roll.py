"""The roll: which organisations are entitled to a voice, frozen when a decision is opened (R-23)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from app.core.errors import RuleBroken
from app.core.names import spellings_of
from app.decisions.models import Decision, RollEntry, RollLine
from app.extensions import db
from app.people.keys import is_current, is_held
from app.people.models import Affiliation, Role, RoleGrant
from app.workinggroups.carriers import carriers_of
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup


class NobodyEntitled(RuleBroken):
    """A roll without any organisation."""


class QuorumTooLarge(RuleBroken):
    """More organisations must have spoken than are entitled to."""


def entitled(group: WorkingGroup, on: date) -> dict[UUID, RollEntry]:
    """Return the organisations entitled to a voice on a day: those for which a member, no observer and no guest, is in
    the group, and those that carry a chantier. A member stays inside under the name of an organisation that they have
    left since: it is there for nobody then, and counts again with whoever belongs to it or speaks for it."""
    belongs = sa.exists().where(
        Affiliation.person_id == GroupMembership.person_id,
        Affiliation.organisation_id == GroupMembership.organisation_id,
        is_current(on),
    )
    speaks = sa.exists().where(
        RoleGrant.person_id == GroupMembership.person_id,
        RoleGrant.organisation_id == GroupMembership.organisation_id,
        RoleGrant.role == Role.MANDATED,
        is_held(on),
    )
    members = sa.select(GroupMembership.organisation_id).where(
        GroupMembership.group_id == group.id,
        GroupMembership.left_at.is_(None),
        GroupMembership.standing == Standing.MEMBER,
        GroupMembership.organisation_id.is_not(None),
        sa.or_(belongs, speaks),
    )
    found = {row: RollEntry.MEMBER for row in db.session.scalars(members.distinct()) if row is not None}
    return dict.fromkeys(carriers_of(group), RollEntry.CARRIER) | found


def freeze_roll(decision: Decision, on: date) -> list[RollLine]:
    """Write down who is entitled to a voice on this day, with their names of now. Who comes later is not on it, who
    leaves stays.

    Raises `NobodyEntitled`, `QuorumTooLarge`.
    """
    entries = entitled(decision.group, on)
    if not entries:
        raise NobodyEntitled(
            _l(
                "No organisation has a member in this group, so nobody could give a voice. Invite members who take "
                "part for their organisations."
            ),
            rule="R-23",
        )
    if decision.quorum > len(entries):
        raise QuorumTooLarge(
            lazy_ngettext(
                "One organisation has a voice here, so the quorum cannot be larger. Change the draft first.",
                "%(num)s organisations have a voice here, so the quorum cannot be larger. Change the draft first.",
                len(entries),
            ),
            rule="R-23",
        )
    spellings = spellings_of("organisation", entries)
    lines = [
        RollLine(
            decision_id=decision.id,
            organisation_id=organisation_id,
            names={language: found[0] for language, found in sorted(spellings.get(organisation_id, {}).items())},
            entry=entry,
        )
        for organisation_id, entry in entries.items()
    ]
    db.session.add_all(lines)
    db.session.flush()
    return lines
