"""Answering an invitation: by whoever is asked, and for an organisation by whoever speaks for it (R-06, R-20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.permissions import require
from app.core.registries import audience_holders
from app.extensions import db
from app.workinggroups import events, policy, standing
from app.workinggroups.keys import carriers_key
from app.workinggroups.models import (
    GroupInvitation,
    GroupMembership,
    InvitationState,
    Standing,
    WorkingGroup,
)
from app.workinggroups.queries import list_organisations_to_join_for
from app.workinggroups.services.invitations import AnsweredAlready, check_goes_on, facts_of
from app.workinggroups.services.joining import NotAcknowledged, NotEligible, choose_organisation
from app.workinggroups.services.observing import withdraw_request
from app.workinggroups.services.places import admit, lock_group

_NO_MORE = {
    InvitationState.ACCEPTED: _l(
        "This invitation was accepted before. Whoever wants to leave the group does so on its page."
    ),
    InvitationState.DECLINED: _l(
        "This invitation was declined before. It can still be accepted while the group goes on."
    ),
    InvitationState.WITHDRAWN: _l(
        "This invitation was taken back meanwhile. Ask the coordinators of the group if that is a mistake."
    ),
}
"""Why an invitation in this state does not take the answer that was given."""


def why_no_more(state: InvitationState) -> Any:
    """Return why an invitation in this state does not take an answer any more."""
    return _NO_MORE[state]


def still_stands(invitation: GroupInvitation, now: datetime) -> bool:
    """Whether a guest's invitation that was declined is still one of the carriers (R-20): whoever asked speaks for one.
    An open one can be taken back by those who carry the chantier now; nobody can take back what was declined."""
    if invitation.standing is not Standing.GUEST or invitation.state is not InvitationState.DECLINED:
        return True
    return invitation.invited_by in audience_holders(carriers_key(invitation.group_id), now)


def accept_invitation(
    actor: Actor,
    invitation: GroupInvitation,
    *,
    acknowledges: bool,
    organisation_id: UUID | None = None,
    alone: bool = False,
    now: datetime,
) -> GroupMembership:
    """Come into a group by an invitation, once the objectives are acknowledged (R-04). Who declined may still accept,
    as a guest as long as whoever asked speaks for a carrier.

    Whether a member is eligible is asked again now: an affiliation may have ended since. Who has several says for
    which organisation, or `alone`. Who accepts for an organisation becomes its guest (R-20).
    Raises `GroupIsClosed`, `AnsweredAlready`, `NotEligible`, `NotAcknowledged`, `ChooseOrganisation`.
    """
    require(actor, "workinggroups.answer_invitation", invitation)
    group = invitation.group
    lock_group(group)
    check_goes_on(group)
    db.session.refresh(invitation, ["state"])
    if invitation.state in (InvitationState.ACCEPTED, InvitationState.WITHDRAWN):
        raise AnsweredAlready(_NO_MORE[invitation.state])
    if not still_stands(invitation, now):
        raise AnsweredAlready(_NO_MORE[InvitationState.WITHDRAWN])
    chosen = _for_whom(actor, invitation, organisation_id, alone=alone, now=now)
    if not acknowledges:
        raise NotAcknowledged
    waits = (InvitationState.OPEN, InvitationState.DECLINED)
    _answer(actor, invitation, waits, InvitationState.ACCEPTED, now)
    place = admit(actor, group, actor.own_id, standing=invitation.standing, organisation_id=chosen, now=now)
    withdraw_request(actor, group, now=now)
    return place


def _for_whom(
    actor: Actor, invitation: GroupInvitation, organisation_id: UUID | None, *, alone: bool, now: datetime
) -> UUID | None:
    """Return for which organisation the actor comes in; raises `NotEligible` where R-04 does not let them in."""
    if invitation.standing is not Standing.MEMBER:
        return invitation.organisation_id
    group: WorkingGroup = invitation.group
    if not policy.is_eligible(actor, group):
        raise NotEligible(standing.why_not_yet(actor, group, now.date()), rule="R-04")
    return choose_organisation(list_organisations_to_join_for(actor, group, now.date()), organisation_id, alone=alone)


def decline_invitation(actor: Actor, invitation: GroupInvitation, *, now: datetime) -> GroupInvitation:
    """Say no, without a reason. It is remembered: nobody asks again (R-06). Twice changes nothing.

    Raises `AnsweredAlready` for an invitation that was accepted or taken back."""
    require(actor, "workinggroups.answer_invitation", invitation)
    db.session.refresh(invitation, ["state"])
    if invitation.state is not InvitationState.DECLINED:
        _answer(actor, invitation, (InvitationState.OPEN,), InvitationState.DECLINED, now)
    return invitation


def _answer(
    actor: Actor,
    invitation: GroupInvitation,
    waiting: tuple[InvitationState, ...],
    answer: InvitationState,
    now: datetime,
) -> None:
    """Write the answer down if the invitation still waits for it; raises `AnsweredAlready`, also where two answer at
    once for one organisation."""
    answering = sa.update(GroupInvitation).where(
        GroupInvitation.id == invitation.id, GroupInvitation.state.in_(waiting)
    )
    values: dict[str, Any] = {"state": answer, "answered_at": now, "answered_by": actor.person_id}
    is_answered = change_rows(answering.values(**values)) == 1
    db.session.refresh(invitation, list(values))
    if not is_answered:
        raise AnsweredAlready(_NO_MORE.get(invitation.state, _NO_MORE[InvitationState.WITHDRAWN]))
    code = f"workinggroups.invitation.{answer.value}"
    audit.record(actor, code, "group", invitation.group_id, facts_of(invitation), now=now)
    events.invitation_answered.send(invitation, actor=actor, now=now)


def take_as_accepted(membership: GroupMembership, *, actor: Actor, now: datetime, **_more: Any) -> None:
    """Who came into a group by themselves has answered their invitation with it, also one they had declined: whoever is
    let go later does not come back by it."""
    if membership.standing is Standing.OBSERVER:
        return
    waits = sa.update(GroupInvitation).where(
        GroupInvitation.group_id == membership.group_id,
        GroupInvitation.person_id == membership.person_id,
        GroupInvitation.state.in_((InvitationState.OPEN, InvitationState.DECLINED)),
    )
    change_rows(waits.values(state=InvitationState.ACCEPTED, answered_at=now, answered_by=actor.person_id))


def listen() -> None:
    """Hear of everybody who comes into a group."""
    events.group_joined.connect(take_as_accepted)
