"""Joining duplicates: look for the other row, compare both, say which one stays."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.permissions import can
from app.core.web import current_actor
from app.people import labels, queries, services
from app.people.forms import Search
from app.people.models import Person
from app.people.queries import privacy
from app.people.routes.account import affiliation_names, day_words
from app.people.routes.blueprint import blueprint


def _actor() -> Actor:
    actor = current_actor()
    if not can(actor, "people.merge"):
        raise NotFound
    return actor


@blueprint.get("/people/<uuid:person_id>/merge")
def merge(person_id: UUID) -> tuple[str, int]:
    """Look for another row of the same person, by name or by address."""
    actor, search = _actor(), Search(request.args)
    person = queries.get_visible_person(actor, person_id)
    if not search.validate():
        raise NotFound
    name = str(search.q.data or "") or person.name.split(" ", maxsplit=1)[0]
    search.q.data = name
    lines = [line for line in queries.list_people(actor, name=name).rows if line.person.id != person.id]
    account = queries.find_account(name)
    if account is not None and account.person_id not in {person.id, *(line.person.id for line in lines)}:
        lines = [*queries.lines_of([account.person]), *lines]
    shown = [row for line in lines for row in line.affiliations]
    page = render_template(
        "people/merge.html",
        search=search,
        person=person,
        lines=lines,
        organisations=affiliation_names(shown),
        labels=labels,
    )
    return page, 200


@blueprint.route("/people/<uuid:person_id>/merge/<uuid:other_id>", methods=["GET", "POST"])
def merge_with(person_id: UUID, other_id: UUID) -> Response | tuple[str, int]:
    """Compare both rows; the button joins the other one to this one."""
    actor, form = _actor(), ActionForm()
    kept, gone = queries.get_visible_person(actor, person_id), queries.get_visible_person(actor, other_id)
    response = carry_out(
        form,
        lambda: services.merge_persons(actor, kept, gone, now=clock.now()),
        lambda person: url_for("people.show_person", person_id=person.id),
        lambda _person: _("They are one person now."),
    )
    if response is not None:
        return response
    rows = _compared(actor, person_id, other_id)
    shown = [row for line, _held in rows for row in line.affiliations]
    page = render_template(
        "people/merge_with.html",
        form=form,
        rows=rows,
        organisations=affiliation_names(shown),
        labels=labels,
        day_words=day_words,
    )
    return page, form.status


def _compared(actor: Actor, *person_ids: UUID) -> list[tuple[queries.PersonLine, list[privacy.Held]]]:
    persons: list[Person] = [queries.get_visible_person(actor, person_id) for person_id in person_ids]
    return [(line, privacy.list_held(line.person.id)) for line in queries.lines_of(persons)]
