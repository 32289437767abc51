"""Inviting into a group: who was asked and what became of it, asking somebody, taking an invitation back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import at_most_hourly, current_actor
from app.people import queries as people
from app.workinggroups import policy, queries, services
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms import InviteForm, InviteOrganisationForm
from app.workinggroups.models import GroupInvitation, GroupKind, InvitationState, WorkingGroup
from app.workinggroups.queries import invitations
from app.workinggroups.routes.groups import name_of
from app.workinggroups.services.invitations import Sent
from app.workinggroups.showing.invitations import asked_lines, day_of

VIEWS = {state.value: state for state in InvitationState}


def _address(group: WorkingGroup) -> str:
    return url_for("workinggroups.invite", slug=group.slug)


def _said(sent: Sent) -> str:
    if not sent.is_first:
        return str(_("The invitation is open again. There is no second mail: tell them yourself."))
    person_id = sent.invitation.person_id
    if person_id is not None and not (
        people.persons_with_account([person_id]) or people.helpers_of([person_id])[person_id]
    ):
        return str(
            _("The invitation is sent. This person has no account and nobody who helps them: tell them yourself.")
        )
    return str(_("The invitation is sent. The answer stands here once it is given."))


@blueprint.route("/groups/<slug>/invitations", methods=["GET", "POST"])
@at_most_hourly(60)
def invite(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    group = queries.get_visible_group(actor, slug)
    permissions.require(actor, "workinggroups.invite", group)
    form = InviteForm()
    form.offer_languages(first=[page_language()])
    if form.is_submitted():
        form.meet(invitations.find_people_to_invite(actor, group, form.written))

    def work() -> Sent:
        return services.invite_person(actor, group, person_id=form.meant_id, now=now, **form.said())

    return carry_out(form, work, lambda _sent: _address(group), _said) or _show(group, form)


def _show(group: WorkingGroup, form: InviteForm) -> tuple[str, int]:
    actor, now, language = current_actor(), clock.now(), page_language()
    state = VIEWS.get(request.args.get("view", ""), InvitationState.OPEN)
    page = invitations.page_invitations(group, state, cursor=request.args.get("after", ""))
    shown = render_template(
        "workinggroups/invitations.html",
        group=group,
        name=name_of(group),
        form=form,
        found=form.offer(now.date(), language),
        state=state,
        counts=invitations.count_invitations(group),
        lines=asked_lines(actor, page.rows),
        next_cursor=page.next_cursor,
        invites_outside=policy.can_invite_outside(actor, group),
        is_chantier=group.kind is GroupKind.CHANTIER,
    )
    return shown, form.status


@blueprint.route("/groups/<slug>/invitations/organisation", methods=["GET", "POST"])
@at_most_hourly(60)
def invite_organisation(slug: str) -> Any:
    """Whoever may invite people reads here why they may not invite from outside (R-20); carriers get the form."""
    actor, now, language = current_actor(), clock.now(), page_language()
    group = queries.get_visible_group(actor, slug)
    permissions.require(actor, "workinggroups.invite", group)
    form = InviteOrganisationForm()
    form.offer_languages(first=[language])
    listed = [(str(row_id), name) for row_id, name in people.organisation_choices(language)]
    form.organisation.choices = [("", _("Choose")), *listed]

    def work() -> Sent:
        return services.invite_organisation(actor, group, organisation_id=form.organisation_id, now=now, **form.said())

    done = carry_out(form, work, lambda _sent: _address(group), _said)
    if done:
        return done
    page = render_template(
        "workinggroups/invite_organisation.html",
        group=group,
        name=name_of(group),
        form=form,
        invites_outside=policy.can_invite_outside(actor, group),
    )
    return page, form.status


@blueprint.route("/groups/<slug>/invitations/<uuid:invitation_id>/withdraw", methods=["GET", "POST"])
def withdraw_invitation(slug: str, invitation_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    group = queries.get_visible_group(actor, slug)
    permissions.require(actor, "workinggroups.invite", group)
    invitation: GroupInvitation = invitations.get_invitation(group, invitation_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.withdraw_invitation(actor, invitation, now=now),
        lambda _row: _address(group),
        lambda _row: _("The invitation is taken back."),
    )
    if done:
        return done
    page = render_template(
        "workinggroups/invitation_withdraw.html",
        group=group,
        name=name_of(group),
        line=asked_lines(actor, [invitation])[0],
        is_open=invitation.state is InvitationState.OPEN,
        asked_on=day_of(invitation.invited_at),
        form=form,
    )
    return page, form.status


def name_of_organisation(organisation_id: UUID | None) -> Any:
    """Return the name of the organisation an invitation is for; "" for a person's own."""
    return names_of("organisation", [organisation_id], page_language())[organisation_id] if organisation_id else ""
