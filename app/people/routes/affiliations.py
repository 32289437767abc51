"""One affiliation: who asks to belong where, the answer, another kind, its end."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import can, require
from app.core.web import current_actor
from app.extensions import db
from app.people import labels, queries, services
from app.people.forms import AddAffiliationForm, EndForm, KindForm
from app.people.models import Account, Affiliation, AffiliationKind, AffiliationState
from app.people.routes.account import affiliation_names, day_words
from app.people.routes.blueprint import blueprint
from app.people.routes.desk import said_of_invitation


@blueprint.get("/affiliations/<uuid:affiliation_id>")
def show_affiliation(affiliation_id: UUID) -> tuple[str, int]:
    """Who, for which organisation, since when, and what may be done about it."""
    return _page(queries.get_visible_affiliation(current_actor(), affiliation_id))


def _page(
    affiliation: Affiliation,
    *,
    action: Form | None = None,
    kind_form: KindForm | None = None,
    end_form: EndForm | None = None,
) -> tuple[str, int]:
    refused = action or kind_form or end_form
    today = clock.now().date()
    if kind_form is None:
        kind_form = KindForm(formdata=None)
        kind_form.from_on.data = today
    if end_form is None:
        end_form = EndForm(formdata=None)
        end_form.until_on.data = today
    account = _account_for(current_actor(), affiliation)
    page = render_template(
        "people/affiliation.html",
        affiliation=affiliation,
        person=affiliation.person,
        email=account.email if account else "",
        is_unproven=account is not None and account.verified_at is None,
        organisation_name=affiliation_names([affiliation]).get(affiliation.organisation_id or affiliation.id),
        action=action or ActionForm(formdata=None),
        kind_form=kind_form,
        end_form=end_form,
        refused=refused,
        is_over=affiliation.until_on is not None and affiliation.until_on < today,
        day_words=day_words,
        labels=labels,
    )
    return page, refused.status if refused else 200


def _account_for(actor: Actor, affiliation: Affiliation) -> Account | None:
    """Who decides sees the address, and whether it is confirmed: it often tells where somebody belongs. Once it is
    decided the secretariat alone needs it."""
    is_waiting = affiliation.state is AffiliationState.PENDING
    if not can(actor, "people.open_desk") and not (is_waiting and can(actor, "people.decide_affiliation", affiliation)):
        return None
    return db.session.get(Account, affiliation.person_id)


def _way_back(actor: Actor, affiliation: Affiliation) -> str:
    if can(actor, "people.open_desk"):
        return url_for("people.show_person", person_id=affiliation.person_id)
    if affiliation.person_id == actor.person_id:
        return url_for("people.account")
    return url_for("people.show_organisation", organisation_id=affiliation.organisation_id)


def _who_is_told(affiliation: Affiliation) -> str:
    """Whom the mail about an answer reaches: nobody is promised what does not happen."""
    person_id = affiliation.person_id
    if db.session.get(Account, person_id) is not None:
        return str(_("A mail tells the person."))
    if queries.helpers_of([person_id])[person_id]:
        return str(_("The person has no e-mail: a mail tells whoever helps them."))
    return str(_("The person has no e-mail and no helper: tell them yourself."))


@blueprint.post("/affiliations/<uuid:affiliation_id>/confirm")
def confirm_affiliation(affiliation_id: UUID) -> Response | tuple[str, int]:
    actor = current_actor()
    affiliation, form = queries.get_visible_affiliation(actor, affiliation_id), ActionForm()
    response = carry_out(
        form,
        lambda: services.confirm_affiliation(actor, affiliation, now=clock.now()),
        lambda row: _way_back(actor, row),
        lambda row: " ".join((_("The affiliation is confirmed."), _who_is_told(row))),
    )
    return response or _page(affiliation, action=form)


@blueprint.post("/affiliations/<uuid:affiliation_id>/refuse")
def refuse_affiliation(affiliation_id: UUID) -> Response | tuple[str, int]:
    actor = current_actor()
    affiliation, form = queries.get_visible_affiliation(actor, affiliation_id), ActionForm()
    response = carry_out(
        form,
        lambda: services.refuse_affiliation(actor, affiliation, now=clock.now()),
        lambda row: _way_back(actor, row),
        lambda row: " ".join((_("The affiliation is not confirmed."), _who_is_told(row))),
    )
    return response or _page(affiliation, action=form)


@blueprint.post("/affiliations/<uuid:affiliation_id>/kind")
def change_affiliation_kind(affiliation_id: UUID) -> Response | tuple[str, int]:
    actor = current_actor()
    affiliation, form = queries.get_visible_affiliation(actor, affiliation_id), KindForm()
    response = carry_out(
        form,
        lambda: services.change_affiliation_kind(
            actor,
            affiliation,
            kind=AffiliationKind(form.kind.data),
            from_on=form.from_on.data,
            now=clock.now(),
        ),
        lambda row: _way_back(actor, row),
        lambda row: _(
            "From %(day)s on: %(kind)s.", day=day_words(row.from_on), kind=labels.AFFILIATION_KINDS[row.kind]
        ),
    )
    return response or _page(affiliation, kind_form=form)


@blueprint.post("/affiliations/<uuid:affiliation_id>/end")
def end_affiliation(affiliation_id: UUID) -> Response | tuple[str, int]:
    actor = current_actor()
    affiliation, form = queries.get_visible_affiliation(actor, affiliation_id), EndForm()
    response = carry_out(
        form,
        lambda: services.end_affiliation(actor, affiliation, until_on=form.until_on.data, now=clock.now()),
        lambda row: _way_back(actor, row),
        lambda row: (
            _("Your wish is taken back.")
            if row.state is AffiliationState.REFUSED
            else _("The end of the affiliation is kept.")
        ),
    )
    return response or _page(affiliation, end_form=form)


@blueprint.route("/people/<uuid:person_id>/affiliations/new", methods=["GET", "POST"])
def add_affiliation(person_id: UUID) -> Response | tuple[str, int]:
    """Write a confirmed affiliation for somebody."""
    actor = current_actor()
    person = queries.get_visible_person(actor, person_id)
    require(actor, "people.manage_affiliation", person)
    form = AddAffiliationForm()
    if not form.is_submitted():
        form.from_on.data = clock.now().date()
    response = carry_out(
        form,
        lambda: services.add_affiliation(
            actor,
            person,
            organisation_id=form.organisation_id(),
            kind=AffiliationKind(form.kind.data),
            from_on=form.from_on.data,
            now=clock.now(),
        ),
        lambda _row: url_for("people.show_person", person_id=person_id),
        lambda _row: _("The affiliation is kept."),
    )
    return response or (render_template("people/add_affiliation.html", form=form, person=person), form.status)


@blueprint.post("/people/<uuid:person_id>/invitation")
def send_invitation(person_id: UUID) -> Response | tuple[str, int]:
    """Mail the invitation once more to somebody who has not answered it."""
    actor = current_actor()
    person = queries.get_visible_person(actor, person_id)
    account = db.session.get(Account, person.id)
    if account is None:
        raise NotFound
    email, form = account.email, ActionForm()
    response = carry_out(
        form,
        lambda: services.invite(actor, email=email, now=clock.now()),
        lambda _invitation: url_for("people.show_person", person_id=person_id),
        said_of_invitation,
    )
    return response or (render_template("people/try_again.html", form=form), form.status)
