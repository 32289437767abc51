"""What is answered from the mail of an invitation: coming into the group, once its objectives are acknowledged (R-04),
or declining."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import acts
from app.core.actors import Actor
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.names import names_of
from app.core.permissions import can
from app.extensions import db
from app.people.queries import reads_language
from app.workinggroups import policy, services, standing
from app.workinggroups.addresses import group_path, invitation_path
from app.workinggroups.forms import JoinForm
from app.workinggroups.models import GroupBlock, GroupInvitation, GroupState, InvitationState, Standing
from app.workinggroups.queries import texts_of
from app.workinggroups.services.invitations_answers import still_stands, why_no_more
from app.workinggroups.showing.joining import fill_choices

INVITATION = "workinggroups.invitation"
ACCEPT, DECLINE = "accept", "decline"

_TAKES = {ACCEPT: (InvitationState.OPEN, InvitationState.DECLINED), DECLINE: (InvitationState.OPEN,)}


def _ask(holder: Holder, link: ActLink, now: datetime) -> Asked | Over:
    row = db.session.get(GroupInvitation, link.subject_id)
    if row is None or not can(holder.actor, "workinggroups.answer_invitation", row):
        raise NotFound
    href, name = invitation_path(row.group.slug, row.organisation_id), _name(row)
    over = _why_over(holder.actor, row, link.choice, now)
    if over:
        return Over(over, href)
    accepts = link.choice == ACCEPT
    return Asked(
        thing=row,
        # I18N: a question; %(group)s is a working group into which somebody is invited; the button says "Accept"
        title=_("Come into the group “%(group)s”?", group=name)
        if accepts
        # I18N: a question; the button says "Decline"
        else _("Decline the invitation into “%(group)s”?", group=name),
        lines=(_for_whom(row),),
        href=href,
        stands=_declined(row) if row.state is InvitationState.DECLINED else "",
        note="" if accepts else _("Nobody asks you again, and nobody asks why."),
        more=_objectives(holder.actor, row),
    )


def _objectives(actor: Actor, row: GroupInvitation) -> dict[str, Any]:
    """Return what is acknowledged by whoever comes in, and whether they read its language."""
    text = texts_of(row.group, page_language()).get(GroupBlock.OBJECTIVES)
    return {"objectives": text, "reads_it": text is None or reads_language(actor, text.language)}


def _declined(row: GroupInvitation) -> str:
    return str(_("The invitation into “%(group)s” is declined.", group=_name(row)))


def _why_over(actor: Actor, row: GroupInvitation, choice: str, now: datetime) -> Any:
    """Return why this answer is not taken any more; "" where it is."""
    if row.state not in _TAKES[choice]:
        return why_no_more(row.state)
    if choice == ACCEPT and not still_stands(row, now):
        return why_no_more(InvitationState.WITHDRAWN)
    if row.group.state is GroupState.CLOSED:
        return _("This group is closed. Its work is over, and there is nothing to answer any more.")
    if choice == ACCEPT and row.standing is Standing.MEMBER and not policy.is_eligible(actor, row.group):
        return standing.why_not_yet(actor, row.group, now.date())
    return ""


def _for_whom(row: GroupInvitation) -> str:
    if row.organisation_id is None:
        return ""
    organisation = names_of("organisation", [row.organisation_id], page_language())[row.organisation_id].text
    words = _("%(organisation)s is invited into this chantier, and you speak for it.", organisation=apart(organisation))
    return str(words)


def _name(row: GroupInvitation) -> str:
    return apart(names_of("group", [row.group_id], page_language())[row.group_id].text)


def _fill(form: Form, holder: Holder, asked: Asked, now: datetime) -> None:
    if isinstance(form, JoinForm) and asked.thing.standing is Standing.MEMBER:
        form.has_choice = fill_choices(form, holder.actor, asked.thing.group, now=now)


def _perform(actor: Actor, row: GroupInvitation, link: ActLink, form: Form, now: datetime) -> None:
    if not isinstance(form, JoinForm):
        services.decline_invitation(actor, row, now=now)
        return
    services.accept_invitation(
        actor,
        row,
        acknowledges=bool(form.acknowledge.data),
        organisation_id=form.organisation_id,
        alone=form.is_alone,
        now=now,
    )


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    """Return what became of the invitation: the other link may have answered since, or somebody asked once more."""
    row = db.session.get(GroupInvitation, link.subject_id)
    if row is None or not can(holder.actor, "workinggroups.answer_invitation", row):
        return None
    if row.state is InvitationState.ACCEPTED:
        accepted = _("The invitation into “%(group)s” is accepted.", group=_name(row))
        return Said(accepted, group_path(row.group.slug), counts=link.choice == ACCEPT)
    href = invitation_path(row.group.slug, row.organisation_id)
    if row.state is InvitationState.DECLINED:
        return Said(_declined(row), href, counts=link.choice == DECLINE)
    sentence = "" if row.state is InvitationState.OPEN else why_no_more(row.state)
    return Said(sentence, href, counts=False, lines=tuple(filter(None, (_name(row), _for_whom(row)))))


def register() -> None:
    """Tell the house what is answered from mails of this package."""
    choices = {
        ACCEPT: Choice(_l("Accept"), JoinForm, "workinggroups/act_fields.html", is_weighty=True),
        DECLINE: Choice(_l("Decline")),
    }
    acts.register(acts.Act(INVITATION, choices, ask=_ask, perform=_perform, said=_said, fill=_fill))
