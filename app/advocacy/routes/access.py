"""What status an organisation has: noted, changed, taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.advocacy.access_form import AccessForm
from app.advocacy.access_showing import days_words
from app.advocacy.blueprint import blueprint
from app.advocacy.queries.access import get_visible_access
from app.advocacy.services.access import change_access, note_access, remove_access
from app.advocacy.words import STANDINGS
from app.core import clock
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.people.models import Organisation
from app.people.queries import get_visible_organisation


def _room_of(organisation_id: UUID) -> str:
    return url_for("people.show_organisation", organisation_id=organisation_id, _anchor="access")


def _values(organisation: Organisation) -> dict[str, Any]:
    name = names_of("organisation", [organisation.id], page_language())[organisation.id]
    return {"organisation": organisation, "organisation_name": name, "back": _room_of(organisation.id)}


@blueprint.route("/organisations/<uuid:organisation_id>/status/new", methods=["GET", "POST"], endpoint="note_access")
def note(organisation_id: UUID) -> Any:
    actor, form = current_actor(), AccessForm()
    organisation = get_visible_organisation(actor, organisation_id)
    require(actor, "advocacy.keep_access", organisation)
    form.offer()
    done = carry_out(
        form,
        lambda: note_access(actor, organisation, form.noted(), now=clock.now()),
        lambda _row: _room_of(organisation_id),
        lambda _row: _("It is noted. Engagements are checked against it from now on."),
    )
    return done or (render_template("advocacy/access.html", form=form, row=None, **_values(organisation)), form.status)


@blueprint.route("/status/<uuid:access_id>", methods=["GET", "POST"], endpoint="change_access")
def change(access_id: UUID) -> Any:
    actor, form = current_actor(), AccessForm()
    row = get_visible_access(actor, access_id)
    organisation = row.organisation
    require(actor, "advocacy.keep_access", organisation)
    if not form.is_submitted():
        form.fill_from(row)
    form.offer()
    done = carry_out(
        form,
        lambda: change_access(actor, row, form.noted(), now=clock.now()),
        lambda _row: _room_of(organisation.id),
        lambda _row: _("It is changed."),
    )
    return done or (render_template("advocacy/access.html", form=form, row=row, **_values(organisation)), form.status)


@blueprint.route("/status/<uuid:access_id>/remove", methods=["GET", "POST"], endpoint="remove_access")
def remove(access_id: UUID) -> Any:
    """Asked on a page of its own: what is over gets a last day instead."""
    actor, form = current_actor(), ActionForm()
    row = get_visible_access(actor, access_id)
    organisation = row.organisation
    require(actor, "advocacy.keep_access", organisation)
    said, days = STANDINGS[row.standing], days_words(row)
    done = carry_out(
        form,
        lambda: remove_access(actor, row, now=clock.now()),
        lambda _organisation: _room_of(organisation.id),
        lambda _organisation: _("It is removed."),
    )
    if done:
        return done
    values = {"form": form, "said": said, "days": days, "row": row, **_values(organisation)}
    return render_template("advocacy/access_remove.html", **values), form.status
