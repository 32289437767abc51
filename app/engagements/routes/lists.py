"""The list of engagements the reader may see, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, render_template, request

from app.advocacy.queries import list_spaces, short_names
from app.core import clock
from app.core.paging import each_page
from app.core.permissions import can
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor
from app.engagements import queries
from app.engagements.exporting import columns, row_of
from app.engagements.forms import FilterForm
from app.engagements.routes import blueprint
from app.engagements.showing import group_names, lines_of
from app.workinggroups.exports import AT_ONCE, for_people
from app.workinggroups.queries import list_my_groups, list_visible_groups


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
