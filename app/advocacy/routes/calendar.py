"""The advocacy calendar: what is certain, and what closes next; the same dates as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, render_template, request

from app.advocacy.blueprint import blueprint
from app.advocacy.forms.calendar import CalendarForm
from app.advocacy.queries import calendar as dates
from app.advocacy.queries.calendar import Wanted
from app.advocacy.showing import calendar as showing
from app.advocacy.showing.dates import deadline_lines, session_lines
from app.advocacy.showing.files import calendar_entries, rows_of, start_of_file
from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor, public
from app.moments.calendar_file import calendar_file
from app.moments.local import in_zone
from app.moments.zones import reader_zone

LISTS: dict[str, tuple[Callable[..., Page[Any]], Callable[..., list[Any]]]] = {
    "deadlines": (dates.page_of_deadlines, deadline_lines),
    "sessions": (dates.page_of_sessions, session_lines),
    "past": (dates.page_of_past, session_lines),
}
"""The lists that go on for pages."""

MOST = 2_000
"""Sessions, and deadlines, in one file."""


def _asked(actor: Actor) -> tuple[CalendarForm, showing.Offered, Wanted]:
    form, offered = CalendarForm(), showing.offered_to(actor)
    showing.fill_form(form, offered, in_zone(clock.now(), reader_zone()).date())
    return form, offered, showing.wanted_by(form, offered)


@blueprint.get("/")
@public
def calendar() -> Any:
    """What closes next, the year, its sessions; `list` leads to one list alone, page by page."""
    now = clock.now()
    form, offered, wanted = _asked(current_actor())
    name = request.args.get("list", "")
    if name in LISTS:
        page_of, lines_of = LISTS[name]
        page = page_of(wanted, now=now, cursor=request.args.get("after", ""))
        further = page.next_cursor
        return render_template(
            "advocacy/list.html", form=form, name=name, lines=lines_of(page.rows, now), further=further
        )
    if name:
        raise NotFound
    glance = showing.glance(wanted, offered, is_narrowed=bool(form.filled), now=now)
    is_narrowed = any(field.name != "year" for field in form.filled)
    summary = showing.sentence(glance.year.counts, glance.year.picture.year, is_narrowed=is_narrowed)
    return render_template("advocacy/calendar.html", form=form, glance=glance, summary=summary, names=offered.names)


@blueprint.get("/calendar.ics")
@public
def calendar_ics() -> Any:
    """The same dates for a calendar program, cancelled ones too, so that they vanish there as well."""
    form, _offered, wanted = _asked(current_actor())
    since = None if wanted.year else start_of_file(clock.now())
    sessions, deadlines = dates.list_all_dates(wanted, since=since, most=MOST)
    entries = calendar_entries(sessions, deadlines, current_app.extensions["maloca"].address)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(form)}.ics"'}
    return Response(calendar_file(entries), mimetype="text/calendar", headers=headers)


@blueprint.get("/calendar.csv")
@public
def calendar_csv() -> Any:
    """The same dates as a table, with certainty and source; past ones too."""
    form, _offered, wanted = _asked(current_actor())
    sessions, deadlines = dates.list_all_dates(wanted, since=None, most=MOST)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(form)}.csv"'}
    rows = rows_of(sessions, deadlines, current_app.extensions["maloca"].address)
    return Response(csv_of(rows), content_type=CSV_TYPE, headers=headers)


def _file_name(form: CalendarForm) -> str:
    return "-".join(["advocacy", *(field.data for field in (form.space, form.year) if field.data)])
