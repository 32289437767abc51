"""The secretariat's desk: the list of people, one person, inviting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.permissions import can
from app.core.web import current_actor
from app.extensions import db
from app.people import labels, queries, services
from app.people.forms import InviteForm, Search
from app.people.models import Account
from app.people.routes.account import affiliation_names, day_words
from app.people.routes.blueprint import blueprint
from app.people.services import Invitation


@blueprint.get("/people/")
def list_people() -> tuple[str, int]:
    """People by name, filtered by a part of it or by who waits to be confirmed."""
    search = Search(request.args)
    if not search.validate():
        raise NotFound
    actor = current_actor()
    page = queries.list_people(
        actor,
        name=str(search.q.data or ""),
        only_pending=search.show.data == "pending",
        cursor=str(search.after.data or ""),
    )
    shown = [row for line in page.rows for row in line.affiliations]
    further = url_for(
        "people.list_people", q=search.q.data or None, show=search.show.data or None, after=page.next_cursor
    )
    return render_template(
        "people/people.html",
        search=search,
        lines=page.rows,
        organisations=affiliation_names(shown),
        further=further if page.next_cursor else "",
        waiting=queries.count_pending(actor),
        today=clock.now().date(),
        labels=labels,
    ), 200


@blueprint.get("/people/<uuid:person_id>")
def show_person(person_id: UUID) -> tuple[str, int]:
    """One person: profile, account, affiliations and roles with their history."""
    actor = current_actor()
    person = queries.get_visible_person(actor, person_id)
    if not can(actor, "people.open_desk"):
        raise NotFound
    affiliations = queries.affiliations_of([person.id]).get(person.id, [])
    roles = queries.roles_of([person.id]).get(person.id, [])
    named = [*(row.organisation_id for row in affiliations), *(grant.organisation_id for grant in roles)]
    return render_template(
        "people/person.html",
        person=person,
        account=db.session.get(Account, person.id),
        affiliations=affiliations,
        roles=roles,
        organisations=names_of("organisation", {row_id for row_id in named if row_id}, page_language()),
        region=names_of("region", [person.region_id], page_language())[person.region_id] if person.region_id else "",
        today=clock.now().date(),
        day_words=day_words,
        labels=labels,
    ), 200


@blueprint.route("/people/invite", methods=["GET", "POST"])
def invite() -> Response | tuple[str, int]:
    """Invite somebody by e-mail, with a role or without."""
    actor, form = current_actor(), InviteForm()
    if not can(actor, "people.invite"):
        raise NotFound
    response = carry_out(
        form,
        lambda: services.invite(
            actor,
            email=str(form.email.data),
            name=str(form.name.data or ""),
            page_language=str(form.page_language.data),
            role=form.role_chosen(),
            now=clock.now(),
        ),
        lambda invitation: url_for("people.show_person", person_id=invitation.person_id),
        said_of_invitation,
    )
    return response or (render_template("people/invite.html", form=form), form.status)


def said_of_invitation(invitation: Invitation) -> Any:
    """The sentence after an invitation: whether a mail goes out, and whether a password was taken away."""
    if invitation.took_password_away:
        return _(
            "The invitation is on its way. A password had been set for this address without confirming it: it holds no "
            "longer. A role counts once the invitation is answered."
        )
    if invitation.link_id:
        return _("The invitation is on its way.")
    if invitation.is_known:
        return _("This person has an account already. Nothing was sent.")
    return _("Three invitations went out within this hour. Wait before you send another.")
