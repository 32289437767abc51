"""The directory of those who agreed to be found."""

from __future__ import annotations

from flask import render_template, request, url_for

from app.core import clock
from app.core.context import page_language, signed_in
from app.core.errors import NotFound
from app.core.web import current_actor, public
from app.extensions import db
from app.people import labels
from app.people.forms.directory import DirectorySearch
from app.people.models import Person
from app.people.queries import directory as queries
from app.people.routes.blueprint import blueprint


@blueprint.get("/directory")
@public
def directory() -> tuple[str, int]:
    """People by name, with a search by its beginning, by region and by language."""
    actor, search = current_actor(), DirectorySearch(request.args)
    search.offer(queries.languages_of_directory(actor, page_language()))
    if not search.validate():
        raise NotFound
    asked = {name: str(search[name].data or "") for name in ("q", "region", "language")}
    page = queries.list_directory(
        actor,
        page_language(),
        on=clock.now().date(),
        name=asked["q"],
        region_id=search.region_id(),
        language=asked["language"],
        cursor=str(search.after.data or ""),
    )
    further = url_for(
        "people.directory",
        q=asked["q"] or None,
        region=asked["region"] or None,
        language=asked["language"] or None,
        after=page.next_cursor,
    )
    present = signed_in()
    return render_template(
        "people/directory.html",
        search=search,
        lines=page.rows,
        is_filtered=any(asked.values()),
        further=further if page.next_cursor else "",
        own=db.session.get(Person, present.person_id) if present else None,
        labels=labels,
    ), 200
