"""Coming into a group (R-04), acknowledging its objectives again, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import NotAllowed, RuleBroken
from app.core.permissions import require
from app.workinggroups import policy, standing
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup
from app.workinggroups.queries import find_membership, list_organisations_to_join_for
from app.workinggroups.services.observing import withdraw_request
from app.workinggroups.services.places import admit, lock_group


class GroupTakesNobody(RuleBroken):
    """The group is closed, by invitation alone, or a chantier that is not active."""


class NotEligible(RuleBroken):
    """R-04: no current, confirmed affiliation of a kind this group is open to."""


class NotAcknowledged(RuleBroken):
    """R-04: interest in a group is an explicit acknowledgement of its objectives."""

    def __init__(self) -> None:
        super().__init__(
            _l("Tick that you have read the objectives and share them: that is how one joins this group."),
            field="acknowledge",
            rule="R-04",
        )


class ChooseOrganisation(RuleBroken):
    """Several affiliations, or one that is not the person's: for whom?"""


def join_group(
    actor: Actor,
    group: WorkingGroup,
    *,
    acknowledges: bool,
    organisation_id: UUID | None = None,
    alone: bool = False,
    now: datetime,
) -> GroupMembership:
    """Take the actor into a group (R-04): an open group that goes on, for current affiliations of the kinds the group
    is open to, once they acknowledge its objectives. People admitted by a partnership agreement (R-20) come as guests.

    Somebody with several affiliations says for which organisation, or `alone` where one is for the person alone. An
    observer or guest who has become eligible becomes a member; a wish to observe that waits is taken back by itself.
    Joining twice, also at the same instant, is one place. Raises `GroupTakesNobody`, `NotEligible`, `NotAcknowledged`,
    `ChooseOrganisation`; then nothing was made.
    """
    require(actor, "workinggroups.join", group)
    if actor.person_id is None:
        raise NotAllowed("workinggroups.join")
    held = find_membership(group, actor.person_id)
    if held is not None and held.standing is Standing.MEMBER:
        return held
    lock_group(group)
    as_what = _check_may_join(actor, group, now)
    if held is not None and held.standing is as_what:
        return held
    if not acknowledges:
        raise NotAcknowledged
    options = list_organisations_to_join_for(actor, group, now.date()) if as_what is Standing.MEMBER else []
    chosen = choose_organisation(options, organisation_id, alone=alone)
    place = admit(actor, group, actor.person_id, standing=as_what, organisation_id=chosen, now=now)
    withdraw_request(actor, group, now=now)
    return place


def _check_may_join(actor: Actor, group: WorkingGroup, now: datetime) -> Standing:
    """Return as what the actor may come in."""
    if not policy.takes_people(group):
        raise GroupTakesNobody(standing.why_closed(group))
    if policy.is_eligible(actor, group):
        return Standing.MEMBER
    if policy.is_admitted(actor, group):
        return Standing.GUEST
    raise NotEligible(standing.why_not_yet(actor, group, now.date()), rule="R-04")


def choose_organisation(options: Sequence[UUID | None], organisation_id: UUID | None, *, alone: bool) -> UUID | None:
    """Return for which organisation a person comes in; raises `ChooseOrganisation` where several could be meant."""
    if organisation_id is None and not alone and len(options) <= 1:
        return options[0] if options else None
    if organisation_id not in options or (organisation_id is None and not alone):
        raise ChooseOrganisation(
            _l("You belong to several organisations. Choose the one for which you join."), field="organisation"
        )
    return organisation_id


def acknowledge_objectives(actor: Actor, group: WorkingGroup, *, now: datetime) -> GroupMembership | None:
    """Let a member acknowledge the objectives as they stand now (R-04). Whoever holds no place as a member changes
    nothing."""
    require(actor, "workinggroups.join", group)
    held = find_membership(group, actor.person_id)
    if held is None or held.standing is not Standing.MEMBER:
        return None
    newer = sa.update(GroupMembership).where(
        GroupMembership.id == held.id, GroupMembership.acknowledged_edition < group.objectives_edition
    )
    if change_rows(newer.values(acknowledged_at=now, acknowledged_edition=group.objectives_edition)) == 1:
        facts = {"edition": group.objectives_edition}
        audit.record(actor, "workinggroups.group.acknowledged", "group", group.id, facts, now=now)
    return held
