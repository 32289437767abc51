"""The plan of a group's year: a page to print, and a file for calendars."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, current_app, render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.web import current_actor
from app.moments.calendar_file import CalendarEntry, calendar_file
from app.moments.local import in_zone
from app.moments.zones import reader_zone
from app.workinggroups import policy, queries
from app.workinggroups.blueprint import blueprint
from app.workinggroups.models import WorkingGroup
from app.workinggroups.routes.groups import name_of
from app.workinggroups.showing.year import Plan, plan_of

FIRST_YEAR, LAST_YEAR = 1990, 2100


def _load(slug: str) -> tuple[Actor, WorkingGroup, Plan]:
    """Return a group whose inside the actor reads, with its plan of the year that is asked for; raises `NotFound`."""
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    if not policy.is_inside(actor, group):
        raise NotFound
    now = clock.now()
    today = in_zone(now, reader_zone()).date()
    return actor, group, plan_of(actor, group, _year(today), today, now=now)


def _year(today: date) -> int:
    """Return the year of the address, this one where none is said or it cannot be one."""
    said = request.args.get("year", "")
    year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 else today.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else today.year


@blueprint.get("/groups/<slug>/year")
def show_year(slug: str) -> Any:
    _actor, group, plan = _load(slug)
    return render_template("workinggroups/year.html", group=group, name=name_of(group), plan=plan)


@blueprint.get("/groups/<slug>/year.ics")
def year_calendar(slug: str) -> Any:
    """The same dates for a calendar program; what is done already is no date to keep."""
    _actor, group, plan = _load(slug)
    name, address = name_of(group), current_app.extensions["maloca"].address
    entries = [
        CalendarEntry(
            moment=line.moment,
            title=str(_("%(group)s: %(title)s", group=name.text, title=line.card.title)),
            language=line.card.language or name.language,
            url=f"{address}{line.card.href}",
        )
        for line in plan.lines
        if not line.is_closed
    ]
    headers = {"Content-Disposition": f'attachment; filename="{group.slug}-{plan.picture.year}.ics"'}
    return Response(calendar_file(entries), mimetype="text/calendar", headers=headers)
