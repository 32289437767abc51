"""Writing a recommendation down, changing it, taking it out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from app.advocacy.models import AdvocacySpace
from app.advocacy.queries import get_space, list_spaces, space_names
from app.core import clock
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.languages import fold
from app.core.permissions import require
from app.core.web import current_actor
from app.people.queries import own_languages
from app.recommendations import queries, services, showing
from app.recommendations.addresses import REGISTER, recommendation_path
from app.recommendations.forms import RecommendationForm
from app.recommendations.models import Recommendation
from app.recommendations.routes import blueprint


def _offer(form: RecommendationForm, space: AdvocacySpace, row: Recommendation | None = None) -> None:
    actor = current_actor()
    occurrences = queries.list_occurrences(space.id, clock.now())
    if row is not None and row.occurrence is not None and row.occurrence not in occurrences:
        occurrences.insert(0, row.occurrence)
    engagements = queries.list_engagements(actor, space.id)
    # What grew out of an engagement was mostly said at its session, even where that is still to begin.
    whence = next((one.occurrence for one in engagements if str(one.id) == form.engagement.data), None)
    if whence is not None and row is None:
        occurrences = [whence, *(one for one in occurrences if one != whence)]
        if not form.is_submitted():
            form.occurrence.data = form.occurrence.data or str(whence.id)
    languages = [*([row.language] if row is not None else []), "en", *own_languages(actor), page_language()]
    form.offer(languages, occurrences, engagements)


@blueprint.route("/recommendations/new", methods=["GET", "POST"])
def note() -> Any:
    """First the space, then the words; a link from a space, a session or an engagement has said the first already."""
    actor, slug = current_actor(), request.args.get("space", "")
    require(actor, "recommendations.keep")
    if not slug:
        return _choose_space(), HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    space, form = get_space(slug), RecommendationForm()
    if not form.is_submitted():
        form.occurrence.data = request.args.get("occurrence", "")
        form.engagement.data = request.args.get("engagement", "")
        form.claims.data, form.goals.data = [], []
    _offer(form, space)
    done = carry_out(
        form,
        lambda: services.note(actor, space, form.written(), now=clock.now()),
        lambda row: recommendation_path(row.id),
        lambda _row: _("It is in the register. Who follows what becomes of it?"),
    )
    if done:
        return done
    page = render_template(
        "recommendations/form.html", form=form, row=None, there=None, space=space, space_name=_named(space)
    )
    return page, form.status


def _choose_space() -> Any:
    spaces = list_spaces()
    names = space_names(spaces)
    listed = sorted(((names[row.id], row) for row in spaces), key=lambda pair: fold(pair[0].text))
    return render_template("recommendations/choose_space.html", listed=listed)


def _named(space: AdvocacySpace) -> Any:
    return space_names([space])[space.id]


def load_kept(recommendation_id: UUID) -> Recommendation:
    """Return a recommendation that the actor may change."""
    row = queries.get_recommendation(recommendation_id)
    require(current_actor(), "recommendations.keep", row)
    return row


@blueprint.route("/recommendations/<uuid:recommendation_id>/edit", methods=["GET", "POST"])
def change(recommendation_id: UUID) -> Any:
    actor, row, form = current_actor(), load_kept(recommendation_id), RecommendationForm()
    if not form.is_submitted():
        form.fill_from(row)
    _offer(form, row.space, row)
    done = carry_out(
        form,
        lambda: services.change(actor, row, form.written(), seen=form.seen_version(), now=clock.now()),
        lambda _row: recommendation_path(recommendation_id),
        lambda _row: _("It is changed."),
    )
    if done:
        return done
    there = None
    if form.general_errors and form.seen_version() != row.version:
        form.seen.data, there = str(row.version), showing.lines_of(actor, [row])[0]
    page = render_template(
        "recommendations/form.html", form=form, row=row, there=there, space=row.space, space_name=_named(row.space)
    )
    return page, form.status


@blueprint.route("/recommendations/<uuid:recommendation_id>/remove", methods=["GET", "POST"])
def remove(recommendation_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, row, form = current_actor(), load_kept(recommendation_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.remove(actor, row, now=clock.now()),
        lambda _nothing: REGISTER,
        lambda _nothing: _("It is removed."),
    )
    if done:
        return done
    line = showing.lines_of(actor, [row])[0]
    return render_template("recommendations/remove.html", form=form, line=line), form.status
