"""My data, and the secretariat's privacy desk."""

from __future__ import annotations

import json
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock, registries
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import require
from app.core.web import at_most_hourly, current_actor
from app.people import services
from app.people.forms.privacy import RefusalForm
from app.people.models import Person
from app.people.queries import get_visible_person
from app.people.queries import privacy as queries
from app.people.routes.account import day_words
from app.people.routes.blueprint import blueprint
from app.people.routes.browsers import here


def _me() -> Person:
    return get_visible_person(current_actor(), here().person_id)


@blueprint.get("/account/data")
def my_data() -> tuple[str, int]:
    """What the house holds about the reader, in words; the way to have it all, and to have it deleted."""
    return _my_data_page(ActionForm())


def _my_data_page(form: Form) -> tuple[str, int]:
    person = _me()
    page = render_template(
        "people/my_data.html",
        form=form,
        held=queries.list_held(person.id),
        asked=queries.find_open_erasure(person.id),
        refused=queries.find_last_refusal(person.id),
        day_words=day_words,
    )
    return page, form.status


@blueprint.get("/account/data.json")
def my_data_file() -> Response:
    """Everything the house holds about the reader, as a file."""
    exported = json.dumps(registries.export_person(_me().id), ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return Response(exported, content_type="application/json; charset=utf-8", headers=headers)


@blueprint.route("/account/data/delete", methods=["GET", "POST"])
@at_most_hourly(5)
def ask_erasure() -> Response | tuple[str, int]:
    """Ask for deletion; asked twice, because it cannot be undone. Who has asked already reads so among their data."""
    actor, person, form = current_actor(), _me(), ActionForm()
    require(actor, "people.ask_erasure", person)
    if request.method != "POST" and queries.find_open_erasure(person.id):
        return redirect(url_for("people.my_data"), 303)
    response = carry_out(
        form,
        lambda: services.ask_erasure(actor, person, now=clock.now()),
        lambda _request: url_for("people.my_data"),
        lambda _request: _("Your wish is kept. The secretariat answers it; until then you can take it back."),
    )
    return response or (
        render_template("people/ask_erasure.html", form=form, held=queries.list_held(person.id)),
        form.status,
    )


@blueprint.post("/account/data/keep")
def take_back_erasure() -> Response | tuple[str, int]:
    """Take one's own wish back."""
    actor, form = current_actor(), ActionForm()
    wish = queries.find_open_erasure(_me().id)
    if wish is None:
        raise NotFound
    response = carry_out(
        form,
        lambda: services.take_back_erasure(actor, wish, now=clock.now()),
        lambda _request: url_for("people.my_data"),
        lambda _request: _("Your data stays. Nothing was deleted."),
    )
    return response or _my_data_page(form)


@blueprint.get("/people/erasures")
def list_erasures() -> tuple[str, int]:
    """Who asked to be forgotten."""
    waiting, closed = queries.list_erasures(current_actor(), cursor=request.args.get("after", ""))
    page = render_template(
        "people/erasures.html",
        waiting=waiting.rows,
        next_cursor=waiting.next_cursor,
        closed=closed,
        day_words=day_words,
    )
    return page, 200


@blueprint.post("/people/<uuid:person_id>/erasure")
def ask_erasure_for(person_id: UUID) -> Response | tuple[str, int]:
    """Note the wish of somebody who asked the secretariat by word of mouth."""
    actor, form = current_actor(), ActionForm()
    person = get_visible_person(actor, person_id)
    response = carry_out(
        form,
        lambda: services.ask_erasure(actor, person, now=clock.now()),
        lambda wish: url_for("people.show_erasure", request_id=wish.id),
    )
    if response is None:
        raise NotFound  # its button stands on the page of the person, which has a token of its own
    return response


@blueprint.route("/people/erasures/<uuid:request_id>", methods=["GET", "POST"])
def show_erasure(request_id: UUID) -> Response | tuple[str, int]:
    """One wish: what would go and what would stay. Sent, its form says why the data must stay."""
    actor, form = current_actor(), RefusalForm()
    wish = queries.get_visible_erasure(actor, request_id)
    response = carry_out(
        form,
        lambda: services.refuse_erasure(
            actor, wish, answer=str(form.answer.data), language=page_language(), now=clock.now()
        ),
        lambda _request: url_for("people.list_erasures"),
        lambda _request: _("The person is told, and reads your reason on their page."),
    )
    if response is not None:
        return response
    page = render_template(
        "people/erasure.html",
        form=form,
        wish=wish,
        held=queries.list_held(wish.person_id) if wish.closed_at is None else [],
        day_words=day_words,
    )
    return page, form.status


@blueprint.route("/people/erasures/<uuid:request_id>/carry-out", methods=["GET", "POST"])
def carry_out_erasure(request_id: UUID) -> Response | tuple[str, int]:
    """Ask once more, then delete."""
    actor, form = current_actor(), ActionForm()
    wish = queries.get_visible_erasure(actor, request_id)
    require(actor, "people.answer_erasure", wish)
    response = carry_out(
        form,
        lambda: services.carry_out_erasure(actor, wish, now=clock.now()),
        lambda _none: url_for("people.list_erasures"),
        lambda _none: _("The data is deleted. The person gets a last mail about it."),
    )
    if response is not None:
        return response
    wish = queries.get_visible_erasure(actor, request_id)
    if wish.closed_at is not None and not form.is_refused:
        raise NotFound
    page = render_template(
        "people/carry_out_erasure.html", form=form, wish=wish, held=queries.list_held(wish.person_id)
    )
    return page, form.status
