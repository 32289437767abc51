"""The list of engagements the reader may see, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for

from app.advocacy.queries import list_spaces, short_names
from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.names import Name
from app.core.paging import each_page
from app.core.permissions import can
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor
from app.engagements import queries
from app.engagements.exporting import columns, row_of
from app.engagements.forms import FilterForm
from app.engagements.rooms import may_plan
from app.engagements.routes import blueprint
from app.engagements.showing import EngagementLine, group_names, lines_of
from app.instruments.models import Instrument
from app.instruments.queries import get_visible_instrument, newest_text
from app.workinggroups.exports import AT_ONCE, for_people
from app.workinggroups.queries import list_my_groups, list_visible_groups

MOST_TO_WRITE = 50
"""So many engagements stand in the list for which a text may begin."""


def _filter() -> FilterForm:
    actor = current_actor()
    spaces, groups = list_spaces(), list_visible_groups(actor)
    names, named = short_names(spaces), group_names(groups)
    return FilterForm(
        spaces=sorted(((space, names[space.id].text) for space in spaces), key=lambda pair: pair[1].casefold()),
        groups=[(group, named[group.id]) for group in groups],
        years=queries.years_of_engagements(actor),
    )


@blueprint.get("/")
def list_engagements() -> Any:
    """What closes next first; what is over, the latest first."""
    actor, now, form = current_actor(), clock.now(), _filter()
    page = queries.page_of_engagements(
        actor, form.wanted(), cursor=request.args.get("after", ""), newest_first=form.newest_first
    )
    return render_template(
        "engagements/list.html",
        form=form,
        lines=lines_of(actor, page.rows, now),
        next_cursor=page.next_cursor,
        may_plan=any(can(actor, "engagements.plan", group) for group in list_my_groups(actor)) or actor.is_secretariat,
    )


@blueprint.get("/begin-from/<uuid:instrument_id>")
def choose_engagement(instrument_id: UUID) -> Any:
    """For which engagement does a text begin from a shared template?"""
    actor = current_actor()
    instrument = get_visible_instrument(actor, instrument_id)
    if instrument.is_withdrawn:
        raise NotFound
    text = newest_text(instrument, page_language())
    rows = [one for one in queries.list_to_write(actor, most=MOST_TO_WRITE) if can(actor, "engagements.write", one)]
    return render_template(
        "engagements/begin_from.html",
        instrument=instrument,
        template_title=Name(text.title, text.language, is_fallback=text.language != page_language()),
        lines=[replace(line, href=_begins(line, instrument)) for line in lines_of(actor, rows, clock.now())],
        may_plan=may_plan(actor),
    )


def _begins(line: EngagementLine, instrument: Instrument) -> str:
    values: dict[str, Any] = {"engagement_id": line.engagement.id, "from": instrument.id}
    return url_for("engagements.begin_text", **values)


@blueprint.get("/list.csv")
def engagements_file() -> Any:
    """The same as a table to take along: what the reader may read, nothing of what is inside."""
    actor, now, form = current_actor(), clock.now(), _filter()
    wanted = form.wanted()

    def rows() -> Iterator[Sequence[object]]:
        yield [label for _code, label in columns()]
        for page in each_page(lambda cursor: queries.page_of_engagements(actor, wanted, cursor=cursor, size=AT_ONCE)):
            for line in lines_of(actor, page, now):
                yield [for_people(cell) for cell in row_of(line)]

    headers = {"Content-Disposition": 'attachment; filename="engagements.csv"'}
    return Response(csv_of(rows()), content_type=CSV_TYPE, headers=headers)
