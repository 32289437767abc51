"""Answering an invitation: one page with what the group is and wants, a tick and a button; or one button to decline."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.people.queries import own_name_of
from app.workinggroups import policy, queries, services, standing
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms import JoinForm
from app.workinggroups.models import GroupInvitation, GroupMembership, GroupState, InvitationState, Standing
from app.workinggroups.queries.invitations import get_my_invitation
from app.workinggroups.routes.groups import address, name_of
from app.workinggroups.routes.invitations import name_of_organisation
from app.workinggroups.showing.groups import origins_of
from app.workinggroups.showing.invitations import day_of
from app.workinggroups.showing.joining import fill_choices
from app.workinggroups.words import BLOCKS


def _address(row: GroupInvitation) -> str:
    return url_for("workinggroups.answer_invitation", slug=row.group.slug, organisation_id=row.organisation_id)


def _said_on_accepting(place: GroupMembership) -> str:
    if place.standing is Standing.GUEST:
        return str(_("You take part in this group as a guest now."))
    return str(_("You are a member of this group now."))


@blueprint.route("/groups/<slug>/invitation", methods=["GET", "POST"])
@blueprint.route("/groups/<slug>/invitation/<uuid:organisation_id>", methods=["GET", "POST"])
def answer_invitation(slug: str, organisation_id: UUID | None = None) -> Any:
    actor, now = current_actor(), clock.now()
    row = get_my_invitation(actor, slug, organisation_id)
    require(actor, "workinggroups.answer_invitation", row)
    form = JoinForm()
    done = carry_out(
        form,
        lambda: services.accept_invitation(
            actor,
            row,
            acknowledges=bool(form.acknowledge.data),
            organisation_id=form.organisation_id,
            alone=form.is_alone,
            now=now,
        ),
        lambda _place: address(row.group),
        _said_on_accepting,
    )
    return done or _show(row, form)


@blueprint.post("/groups/<slug>/invitation/decline")
@blueprint.post("/groups/<slug>/invitation/<uuid:organisation_id>/decline")
def decline_invitation(slug: str, organisation_id: UUID | None = None) -> Any:
    actor = current_actor()
    row = get_my_invitation(actor, slug, organisation_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.decline_invitation(actor, row, now=clock.now()),
        lambda _row: _address(row),
        lambda _row: _("You have declined. Nobody asks you again."),
    )
    return done or _show(row, JoinForm(formdata=None), refused=form)


def _show(row: GroupInvitation, form: JoinForm, *, refused: Form | None = None) -> tuple[str, int]:
    actor, now, language, group = current_actor(), clock.now(), page_language(), row.group
    came_back = refused or form
    can_accept = row.state in (InvitationState.OPEN, InvitationState.DECLINED) and group.state is not GroupState.CLOSED
    is_member = row.standing is Standing.MEMBER
    is_let_in = policy.is_eligible(actor, group) or not is_member
    page = render_template(
        "workinggroups/invitation.html",
        group=group,
        name=name_of(group),
        row=row,
        state=row.state.value,
        inviter=own_name_of(row.invited_by),
        organisation=name_of_organisation(row.organisation_id),
        track=next(iter(origins_of(actor, group)), None),
        texts=queries.texts_of(group, language) if can_accept or policy.is_known_to(actor, group) else {},
        labels=BLOCKS,
        day=day_of(row.answered_at or row.invited_at),
        form=form,
        refused=came_back,
        can_accept=can_accept and is_let_in,
        has_choice=is_member and can_accept and fill_choices(form, actor, group, now=now),
        why="" if is_let_in or not can_accept else standing.why_not_yet(actor, group, now.date()),
        may_observe=policy.may_be_asked_to_observe(group) and policy.is_known_to(actor, group),
        is_closed=group.state is GroupState.CLOSED,
        is_known=policy.is_known_to(actor, group),
        decline=ActionForm(formdata=None),
        decline_url=url_for("workinggroups.decline_invitation", slug=group.slug, organisation_id=row.organisation_id),
    )
    return page, came_back.status
