"""Inviting into a group, and taking an invitation back.

R-06: nobody is enrolled; people are asked, each once, and a refusal is remembered. R-04: members come from the
affiliations a group is open to. R-20: from outside the network only the carriers of a chantier invite.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import can, require
from app.extensions import db
from app.people import queries as people
from app.people.keys import is_current
from app.people.labels import kinds_in_words
from app.people.models import Affiliation, Organisation, Person
from app.workinggroups import events, telling
from app.workinggroups.models import (
    GroupInvitation,
    GroupState,
    InvitationState,
    Standing,
    WorkingGroup,
)
from app.workinggroups.queries import find_membership
from app.workinggroups.queries.invitations import find_invitation
from app.workinggroups.services.places import lock_group

LONGEST_WORDS = 1000


class Unknown(RuleBroken):
    """Nobody, or no organisation of the directory, is meant."""


class GroupIsClosed(RuleBroken):
    """A closed group asks nobody in, and nobody comes in."""


class InsideAlready(RuleBroken):
    """Who is inside need not be invited."""


class InvitedAlready(RuleBroken):
    """R-06: a person or an organisation is asked into a group once, and a refusal is remembered."""


class NotOpenTo(RuleBroken):
    """R-04: the person's affiliation is not one that the group is open to."""


class OnlyCarriersInvite(RuleBroken):
    """R-20: from outside the network only the carriers of a chantier invite."""


class AnsweredAlready(RuleBroken):
    """The invitation was accepted, declined or taken back before."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation that waits for its answer. `is_first`: it was never sent before, so a mail goes out with it."""

    invitation: GroupInvitation
    is_first: bool


def invite_person(
    actor: Actor, group: WorkingGroup, *, person_id: UUID, words: str = "", language: str = "", now: datetime
) -> Sent:
    """Ask a person into a group: as a member, or as a guest a person without affiliation whom a carrier asks (R-20).

    Each person is asked once (R-06): who declined is not asked again. An invitation that was taken back, or of somebody
    who came and left, is opened again without a second mail. `words` are the inviter's own, in their `language`.
    Raises `Unknown`, `GroupIsClosed`, `InsideAlready`, `InvitedAlready`, `NotOpenTo`, `OnlyCarriersInvite`.
    """
    require(actor, "workinggroups.invite", group)
    person = db.session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        raise Unknown(_l("Nobody here is known by this. Write the e-mail address they sign in with."), field="person")
    _lock_open(group)
    held = find_membership(group, person_id)
    if held is not None and held.standing is not Standing.OBSERVER:
        raise InsideAlready(
            _l("%(name)s is in the group already. There is nobody to invite.", name=person.name), field="person"
        )
    known = find_invitation(group, person_id=person_id)
    _check_may_be_asked(known, person.name)
    standing = _as_what(actor, group, person, now.date())
    wanted = GroupInvitation(person_id=person_id, standing=standing, words=words.strip(), language=language)
    return _ask(actor, group, known, wanted, now)


def invite_organisation(
    actor: Actor, group: WorkingGroup, *, organisation_id: UUID, words: str = "", language: str = "", now: datetime
) -> Sent:
    """Ask an organisation from outside the network into a chantier, as a guest; whoever speaks for it answers (R-20).

    Only who speaks for a carrier invites: coordinators and the secretariat are refused. Raises `OnlyCarriersInvite`,
    `Unknown`, `GroupIsClosed`, `InvitedAlready`, and `NotOpenTo` for an organisation of the network.
    """
    require(actor, "workinggroups.invite", group)
    _check_carries(actor, group)
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or not organisation.is_listed:
        raise Unknown(_l("Choose an organisation from the list."), field="organisation")
    _lock_open(group)
    if _is_of_network(group, organisation_id, now.date()):
        raise NotOpenTo(
            _l("People of this organisation can become members by themselves. Invite them by their names."),
            field="organisation",
            rule="R-20",
        )
    known = find_invitation(group, organisation_id=organisation_id)
    _check_may_be_asked(known)
    wanted = GroupInvitation(
        organisation_id=organisation_id, standing=Standing.GUEST, words=words.strip(), language=language
    )
    return _ask(actor, group, known, wanted, now)


def _lock_open(group: WorkingGroup) -> None:
    """Lock the group, so that two who invite at once come one after the other; a closed one takes nobody."""
    lock_group(group)
    check_goes_on(group)


def check_goes_on(group: WorkingGroup) -> None:
    """Raise `GroupIsClosed` for a group whose work is over."""
    if group.state is GroupState.CLOSED:
        raise GroupIsClosed(_l("This group is closed: nobody comes in any more. It must be opened again first."))


def _check_carries(actor: Actor, group: WorkingGroup) -> None:
    if not can(actor, "workinggroups.invite_outside", group):
        raise OnlyCarriersInvite(
            _l(
                "From outside the network people and organisations come into a chantier alone, and only the "
                "organisations that carry it invite them. Ask one of them."
            ),
            rule="R-20",
        )


def _check_may_be_asked(known: GroupInvitation | None, name: str = "") -> None:
    """R-06: one invitation each. One that waits is not doubled, one that was declined is not repeated. `name` is that
    of a person; without one it is an organisation that is asked."""
    if known is None or known.state not in (InvitationState.OPEN, InvitationState.DECLINED):
        return
    if known.state is InvitationState.OPEN:
        waits = _l("%(name)s is invited already and has not answered yet.", name=name)
        message = waits if name else _l("This organisation is invited already and has not answered yet.")
    else:
        declined = _l(
            "%(name)s has declined, and nobody is asked twice. The invitation stays with them: they may still "
            "accept it by themselves.",
            name=name,
        )
        message = (
            declined
            if name
            else _l(
                "This organisation has declined, and nobody is asked twice. The invitation stays with it: it "
                "may still accept it by itself."
            )
        )
    raise InvitedAlready(message, field="person" if name else "organisation", rule="R-06")


def _as_what(actor: Actor, group: WorkingGroup, person: Person, day: date) -> Standing:
    """Return as what a person is asked: R-04 for people of the network, R-20 for everybody else."""
    kinds = {row.kind.value for row in people.affiliations_on([person.id], day).get(person.id, [])}
    if kinds & set(group.eligible):
        return Standing.MEMBER
    if kinds:
        raise NotOpenTo(
            _l(
                "This group is open to %(kinds)s, and %(name)s has another affiliation. They may ask to observe it.",
                kinds=kinds_in_words(group.eligible),
                name=person.name,
            ),
            field="person",
            rule="R-04",
        )
    if not can(actor, "workinggroups.invite_outside", group):
        raise OnlyCarriersInvite(
            _l(
                "%(name)s has no current, confirmed affiliation. From outside the network people come into a chantier "
                "alone, invited by the organisations that carry it. Ask them to have an affiliation confirmed.",
                name=person.name,
            ),
            field="person",
            rule="R-20",
        )
    return Standing.GUEST


def _is_of_network(group: WorkingGroup, organisation_id: UUID, day: date) -> bool:
    """Return whether people of an organisation may become members by themselves."""
    belongs = sa.select(Affiliation.id).where(
        Affiliation.organisation_id == organisation_id, Affiliation.kind.in_(group.eligible), is_current(day)
    )
    return db.session.scalar(belongs.limit(1)) is not None


def _ask(
    actor: Actor, group: WorkingGroup, known: GroupInvitation | None, wanted: GroupInvitation, now: datetime
) -> Sent:
    """Write the wanted invitation down, or open the one there was again with its words; the group is locked."""
    invitation = known or wanted
    invitation.group, invitation.standing = group, wanted.standing
    invitation.words, invitation.language = wanted.words, wanted.language if wanted.words else ""
    invitation.state, invitation.invited_at, invitation.invited_by = InvitationState.OPEN, now, actor.person_id
    invitation.answered_at = invitation.answered_by = None
    db.session.add(invitation)
    db.session.flush()
    audit.record(actor, "workinggroups.invitation.sent", "group", group.id, facts_of(invitation), now=now)
    telling.invitations.tell_invited(group, [invitation], now=now)
    events.invited.send(invitation, actor=actor, now=now)
    return Sent(invitation, is_first=known is None)


def facts_of(invitation: GroupInvitation) -> dict[str, Any]:
    """Return whom an invitation is for and as what, for the audit."""
    whom = (
        {"person": str(invitation.person_id)}
        if invitation.person_id is not None
        else {"organisation": str(invitation.organisation_id)}
    )
    return whom | {"standing": invitation.standing.value}


def withdraw_invitation(actor: Actor, invitation: GroupInvitation, *, now: datetime) -> GroupInvitation:
    """Take an invitation back before it is answered; twice changes nothing. Raises `AnsweredAlready`."""
    require(actor, "workinggroups.withdraw_invitation", invitation)
    taking_back = sa.update(GroupInvitation).where(
        GroupInvitation.id == invitation.id, GroupInvitation.state == InvitationState.OPEN
    )
    values = {"state": InvitationState.WITHDRAWN, "answered_at": now, "answered_by": actor.person_id}
    is_taken_back = change_rows(taking_back.values(**values)) == 1
    db.session.refresh(invitation, list(values))
    if is_taken_back:
        audit.record(
            actor, "workinggroups.invitation.withdrawn", "group", invitation.group_id, facts_of(invitation), now=now
        )
        events.invitation_answered.send(invitation, actor=actor, now=now)
    elif invitation.state is not InvitationState.WITHDRAWN:
        raise AnsweredAlready(_l("This invitation has been answered meanwhile: it cannot be taken back any more."))
    return invitation
