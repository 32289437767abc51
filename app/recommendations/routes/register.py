"""Reading: the register, its table, one recommendation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template, request

from app.advocacy.queries import list_spaces, short_names
from app.core import clock
from app.core.actors import NETWORK
from app.core.forms import Form
from app.core.permissions import can
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor, public
from app.recommendations import queries, showing
from app.recommendations.forms import FilterForm
from app.recommendations.models import Recommendation
from app.recommendations.routes import blueprint
from app.recommendations.words import STATUSES


def _asked() -> tuple[FilterForm, queries.Wanted]:
    """Return the filter of this request, and what it asks for."""
    actor, spaces = current_actor(), queries.list_spaces_named()
    form = FilterForm(actor, queries.list_countries(), spaces, short_names(spaces))
    return form, form.wanted(actor, list_spaces() if form.space.data else [], clock.now())


@blueprint.get("/recommendations/")
@public
def list_recommendations() -> Any:
    """What was issued last first."""
    actor = current_actor()
    form, wanted = _asked()
    page = queries.page_of_recommendations(wanted, cursor=request.args.get("after", ""))
    return render_template(
        "recommendations/list.html",
        form=form,
        lines=showing.lines_of(actor, page.rows),
        next_cursor=page.next_cursor,
        keeps=can(actor, "recommendations.keep"),
        is_of_network=actor.holds(NETWORK),
    )


@blueprint.get("/recommendations.csv")
@public
def recommendations_file() -> Any:
    """The register as a table, narrowed down as its page is."""
    _form, wanted = _asked()
    rows = queries.all_recommendations(wanted)
    headers = {"Content-Disposition": 'attachment; filename="recommendations.csv"'}
    return Response(csv_of(showing.table_of(current_actor(), rows)), content_type=CSV_TYPE, headers=headers)


@blueprint.get("/recommendations/<uuid:recommendation_id>")
@public
def show(recommendation_id: UUID) -> Any:
    return render_page(queries.get_recommendation(recommendation_id))


def render_page(row: Recommendation, refused: Form | None = None) -> Any:
    """The page of a recommendation; with what was refused, where a click came too late."""
    actor = current_actor()
    rendered = render_template(
        "recommendations/show.html",
        row=row,
        page=showing.page_of(actor, row),
        statuses=STATUSES,
        seen_on=showing.seen_on_words,
        is_of_network=actor.holds(NETWORK),
        keeps=can(actor, "recommendations.keep"),
        refused=refused,
    )
    return rendered, refused.status if refused else 200
