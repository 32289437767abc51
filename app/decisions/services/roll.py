"""The roll: which organisations are entitled to a voice, frozen when a decision is opened (R-23)."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from app.core.errors import RuleBroken
from app.core.names import spellings_of
from app.decisions.models import Decision, RollEntry, RollLine
from app.extensions import db
from app.workinggroups.carriers import carriers_of
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup


class NobodyEntitled(RuleBroken):
    """A roll without any organisation."""


class QuorumTooLarge(RuleBroken):
    """More organisations must have spoken than are entitled to."""


def entitled(group: WorkingGroup) -> dict[UUID, RollEntry]:
    """Return the organisations entitled to a voice now: those for which a member, no observer and no guest, is in the
    group, and those that carry a chantier."""
    members = sa.select(GroupMembership.organisation_id).where(
        GroupMembership.group_id == group.id,
        GroupMembership.left_at.is_(None),
        GroupMembership.standing == Standing.MEMBER,
        GroupMembership.organisation_id.is_not(None),
    )
    found = {row: RollEntry.MEMBER for row in db.session.scalars(members.distinct()) if row is not None}
    return dict.fromkeys(carriers_of(group), RollEntry.CARRIER) | found


def freeze_roll(decision: Decision) -> list[RollLine]:
    """Write down who is entitled to a voice, with their names of now. Who comes later is not on it, who leaves stays.

    Raises `NobodyEntitled`, `QuorumTooLarge`.
    """
    entries = entitled(decision.group)
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
