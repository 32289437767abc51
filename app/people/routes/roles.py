"""Who holds which role: giving and taking."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.errors import NotFound, RuleBroken
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.permissions import can
from app.core.web import current_actor
from app.extensions import db
from app.people import labels, queries, services
from app.people.addresses import read_address
from app.people.forms import MandateForm, RoleForm
from app.people.models import Account, Person, Role, RoleGrant
from app.people.routes.account import day_words
from app.people.routes.blueprint import blueprint


@blueprint.route("/people/roles", methods=["GET", "POST"])
def list_roles() -> Response | tuple[str, int]:
    """All roles held now; POST gives one to somebody who has an account."""
    actor, form = current_actor(), RoleForm()
    if not can(actor, "people.open_desk"):
        raise NotFound
    if not form.is_submitted():
        form.email.data = _email_of(request.args.get("person", ""))
        if wanted := request.args.get("organisation", ""):
            form.role.data, form.organisation.data = Role.MANDATED.value, wanted

    def work() -> RoleGrant:
        return services.give_role(
            actor,
            _somebody_else_at(str(form.email.data), actor),
            role=Role(form.role.data),
            organisation_id=form.organisation_id(),
            days=form.days(),
            now=clock.now(),
        )

    response = carry_out(
        form, work, lambda _grant: url_for("people.list_roles"), lambda _grant: _("The role is given.")
    )
    return response or _roles_page(actor, form)


def _roles_page(actor: Actor, form: RoleForm) -> tuple[str, int]:
    roles = queries.open_roles(actor)
    chosen = queries.find_account(str(form.email.data or ""))
    organisation_ids = {grant.organisation_id for grant in roles[Role.MANDATED] if grant.organisation_id}
    page = render_template(
        "people/roles.html",
        form=form,
        unproven=queries.without_proof(grant.person_id for grants in roles.values() for grant in grants),
        is_unproven=chosen is not None and chosen.verified_at is None,
        roles=roles,
        organisations=names_of("organisation", organisation_ids, page_language()),
        today=clock.now().date(),
        role_notes={role.value: note for role, note in labels.ROLE_NOTES.items()},
        day_words=day_words,
        labels=labels,
    )
    return page, form.status


def _person_at(email: str) -> Person:
    account = queries.find_account(read_address(email).norm)
    if account is None:
        raise RuleBroken(_l("Nobody here has this address. Invite the person first."), field="email")
    return account.person


def _somebody_else_at(email: str, actor: Actor) -> Person:
    """Nobody raises themselves: said at the field, where the form stays."""
    person = _person_at(email)
    if person.id == actor.person_id:
        raise RuleBroken(
            _l(
                "Nobody gives a role to themselves: another person of the secretariat does. "
                "Write somebody else’s e-mail."
            ),
            field="email",
        )
    return person


def _email_of(person_id: str) -> str:
    """The address of the person whose page led here."""
    try:
        account = db.session.get(Account, UUID(person_id))
    except ValueError:
        return ""
    return account.email if account else ""


@blueprint.route("/people/roles/<uuid:grant_id>/take", methods=["GET", "POST"])
def take_role(grant_id: UUID) -> Response | tuple[str, int]:
    """Ask once more, on a page of its own; then take a role back, or lay one's own down."""
    actor, form = current_actor(), ActionForm()
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or not can(actor, "people.take_role", grant):
        raise NotFound
    way_back = url_for("people.list_roles" if can(actor, "people.open_desk") else "people.account")
    response = carry_out(
        form,
        lambda: services.take_role(actor, grant, now=clock.now()),
        lambda _grant: url_for("people.account") if grant.person_id == actor.person_id else way_back,
        lambda _grant: _("The role is taken back."),
    )
    if response is not None:
        return response
    page = render_template(
        "people/take_role.html",
        form=form,
        grant=grant,
        organisation=_organisation_of(grant),
        way_back=way_back,
        day_words=day_words,
        labels=labels,
    )
    return page, form.status


@blueprint.route("/people/roles/<uuid:grant_id>/days", methods=["GET", "POST"])
def change_mandate(grant_id: UUID) -> Response | tuple[str, int]:
    """Let somebody speak for their organisation until another day, or without end."""
    actor, form = current_actor(), MandateForm()
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or grant.role is not Role.MANDATED or not can(actor, "people.give_role", grant.person):
        raise NotFound
    if not form.is_submitted():
        form.until_on.data = grant.until_on
    response = carry_out(
        form,
        lambda: services.change_mandate(actor, grant, until_on=form.until_on.data, now=clock.now()),
        lambda _grant: url_for("people.list_roles"),
        lambda _grant: _("The days of the mandate are kept."),
    )
    if response is not None:
        return response
    page = render_template(
        "people/mandate.html",
        form=form,
        grant=grant,
        organisation=_organisation_of(grant),
        today=clock.now().date(),
        day_words=day_words,
    )
    return page, form.status


def _organisation_of(grant: RoleGrant) -> object:
    if grant.organisation_id is None:
        return ""
    return names_of("organisation", [grant.organisation_id], page_language())[grant.organisation_id]
