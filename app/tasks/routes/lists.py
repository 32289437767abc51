"""The tasks of a group: the list, the file, and what it takes up from the sessions of its tracks."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.paging import Page
from app.core.permissions import require
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor
from app.outcomes.showing import outcomes_shown
from app.tasks import queries, services, showing
from app.tasks.addresses import tasks_path
from app.tasks.export import table_of
from app.tasks.forms import MINE, FilterForm, TakeUpForm
from app.tasks.models import Task, TaskState
from app.tasks.routes import blueprint
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries import get_inside_group

CLOSED_SHOWN = 10
"""So many of the tasks closed last lie folded under the list."""


def group_values(group: WorkingGroup) -> dict[str, Any]:
    """Return what the head of every page of a group's tasks needs."""
    return {"group": group, "group_name": names_of("group", [group.id], page_language())[group.id]}


@blueprint.get("/groups/<slug>/tasks")
def list_tasks(slug: str) -> Any:
    """The reader's own first, then what is due first, then what has no date; what is closed lies folded below."""
    actor, now, form = current_actor(), clock.now(), FilterForm()
    group = get_inside_group(actor, slug)
    cursor = request.args.get("after", "")
    is_first = not cursor and not form.is_filtered
    page = _page(actor, group, form, cursor)
    mine = queries.list_mine(actor, group) if is_first else []
    closed = queries.list_closed(group, CLOSED_SHOWN) if is_first else []
    return render_template(
        "tasks/list.html",
        form=form,
        mine=showing.tasks_shown(actor, group, mine, now),
        lines=showing.tasks_shown(actor, group, page.rows, now),
        closed=showing.tasks_shown(actor, group, closed, now),
        counts=queries.count_by_state(group),
        next_cursor=page.next_cursor,
        done=TaskState.DONE,
        **group_values(group),
    )


def _page(actor: Actor, group: WorkingGroup, form: FilterForm, cursor: str) -> Page[Task]:
    """Return one page of what the filter asks for; unfiltered, the reader's own stand in a room of their own."""
    if not form.is_filtered:
        whose = queries.not_of(actor.person_id)
    elif form.whose.data:
        whose = queries.of_person(actor.person_id if form.whose.data == MINE else None)
    else:
        whose = None
    return queries.page_of_tasks(group, states=form.states(), whose=whose, cursor=cursor)


@blueprint.get("/groups/<slug>/tasks.csv")
def tasks_file(slug: str) -> Any:
    """Every task of the group as a table, for those who take part."""
    actor = current_actor()
    group = get_inside_group(actor, slug)
    require(actor, "tasks.take_along", group)
    lines = showing.tasks_shown(actor, group, queries.list_all(group), clock.now())
    headers = {"Content-Disposition": f'attachment; filename="tasks-{group.slug}.csv"'}
    return Response(csv_of(table_of(lines)), content_type=CSV_TYPE, headers=headers)


@blueprint.route("/groups/<slug>/tasks/from-track", methods=["GET", "POST"])
def take_up(slug: str) -> Any:
    """What the sessions of the group's tracks agreed on and left open, to tick."""
    actor, now, form = current_actor(), clock.now(), TakeUpForm()
    group = get_inside_group(actor, slug)
    require(actor, "tasks.note", group)
    found = queries.from_tracks(actor, group)
    done = carry_out(
        form,
        lambda: services.take_up(actor, group, form.chosen(found.outcomes), now=now),
        lambda _tasks: tasks_path(group.slug),
        lambda tasks: ngettext(
            "The group has taken up %(num)s task. Who does it?",
            "The group has taken up %(num)s tasks. Who does them?",
            len(tasks),
        ),
    )
    if done:
        return done
    ticked = set(form.outcomes.data or ())
    page = render_template(
        "tasks/from_track.html",
        form=form,
        lines=outcomes_shown(found.outcomes, now, with_session=True),
        found=found,
        ticked=ticked,
        title=_("Take up what was agreed"),
        **group_values(group),
    )
    return page, form.status
