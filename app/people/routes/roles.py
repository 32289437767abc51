"""Who holds which role: giving and taking."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound, RuleBroken
from app.core.forms import ActionForm, Form, carry_out
from app.core.names import names_of
from app.core.permissions import can
from app.core.web import current_actor
from app.extensions import db
from app.people import labels, queries, services
from app.people.addresses import read_address
from app.people.forms import RoleForm
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

    def work() -> RoleGrant:
        return services.give_role(
            actor,
            _person_at(str(form.email.data)),
            role=Role(form.role.data),
            organisation_id=form.organisation_id(),
            now=clock.now(),
        )

    response = carry_out(
        form, work, lambda _grant: url_for("people.list_roles"), lambda _grant: _("The role is given.")
    )
    return response or _roles_page(form, form)


def _roles_page(form: RoleForm, refused: Form) -> tuple[str, int]:
    roles = queries.open_roles()
    organisation_ids = {grant.organisation_id for grant in roles[Role.MANDATED] if grant.organisation_id}
    page = render_template(
        "people/roles.html",
        form=form,
        refused=refused,
        roles=roles,
        organisations=names_of("organisation", organisation_ids, page_language()),
        role_notes={role.value: note for role, note in labels.ROLE_NOTES.items()},
        day_words=day_words,
        labels=labels,
    )
    return page, refused.status


def _person_at(email: str) -> Person:
    account = queries.find_account(read_address(email).norm)
    if account is None:
        raise RuleBroken(_l("Nobody here has this address. Invite the person first."), field="email")
    return account.person


def _email_of(person_id: str) -> str:
    """The address of the person whose page led here."""
    try:
        account = db.session.get(Account, UUID(person_id))
    except ValueError:
        return ""
    return account.email if account else ""


@blueprint.post("/people/roles/<uuid:grant_id>/take")
def take_role(grant_id: UUID) -> Response | tuple[str, int]:
    """Take a role back, or lay one's own down."""
    actor, form = current_actor(), ActionForm()
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or not can(actor, "people.take_role", grant):
        raise NotFound
    leads_to = "people.list_roles" if can(actor, "people.open_desk") else "people.account"
    response = carry_out(
        form,
        lambda: services.take_role(actor, grant, now=clock.now()),
        lambda _grant: url_for("people.account" if grant.person_id == actor.person_id else leads_to),
        lambda _grant: _("The role is taken back."),
    )
    if response is not None:
        return response
    if can(actor, "people.open_desk"):
        return _roles_page(RoleForm(formdata=None), form)
    return render_template("people/try_again.html", form=form), form.status
