"""The meetings of a group: their list, planning one, and who came how often as a file. The page of a meeting and all
that is done with it are those of every gathering, under `/sessions/<id>`."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock, permissions
from app.core.database import writing_briefly
from app.core.forms import carry_out
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor
from app.sessions.forms import plan_one_form
from app.sessions.policy import is_over
from app.sessions.queries.zones import Clocks
from app.sessions.showing.dates import DatesShown, dates_shown, places_for
from app.sessions.showing.elsewhere import places_at_night
from app.sessions.showing.kindness import elsewhere_in_words
from app.sessions.wording import MEETINGS
from app.workinggroups import policy, queries, services, standing
from app.workinggroups.blueprint import blueprint
from app.workinggroups.models import GroupMeeting, WorkingGroup
from app.workinggroups.queries.participation import list_participation
from app.workinggroups.routes.groups import name_of
from app.workinggroups.showing.meetings import meeting_lines, participation_table


@blueprint.get("/groups/<slug>/meetings")
def list_meetings(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    group = queries.get_inside_group(actor, slug)
    page = queries.page_of_held(actor, group, now=now, cursor=request.args.get("after", ""))
    return render_template(
        "workinggroups/meetings.html",
        group=group,
        name=name_of(group),
        coming=meeting_lines(actor, group, queries.list_coming_meetings(actor, group, now=now), now=now),
        held=meeting_lines(actor, group, page.rows, now=now),
        is_first_page="after" not in request.args,
        next_cursor=page.next_cursor,
        may_meet=policy.may_meet(group),
    )


@blueprint.route("/groups/<slug>/meetings/new", methods=["GET", "POST"])
def plan_meeting(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_inside_group(actor, slug)
    permissions.require(actor, "workinggroups.plan_meeting", group)
    form = plan_one_form()
    form.now = clock.now()
    if form.is_submitted():
        form.followed_from = places_at_night(_clocks(group))
    done = carry_out(
        form,
        lambda: services.plan_meeting(
            actor, group, names=form.names(), timing=form.timing(), plan=form.plan(), now=clock.now()
        ),
        lambda meeting: url_for("sessions.show_session", session_id=meeting.id),
        _planned,
    )
    if done:
        return done
    dates = _dates(form, group)
    page = render_template(
        "workinggroups/plan_meeting.html",
        group=group,
        name=name_of(group),
        form=form,
        words=MEETINGS,
        dates=dates,
        elsewhere=dates and _elsewhere(form, group),
        why_not=standing.why_no_meeting(group),
    )
    return page, form.status


def _planned(meeting: GroupMeeting) -> Any:
    if is_over(meeting, clock.now()):
        return _("The meeting is planned. It is already over: nobody is told.")
    return _("The meeting is planned. Everybody in the group is told.")


def _clocks(group: WorkingGroup) -> Clocks:
    return Clocks(queries.zones_of_group(group), ramadan=())


def _dates(form: Any, group: WorkingGroup) -> DatesShown | None:
    """Return the one date on the clocks of the group's people, where the writer asked for whom it is kind, and where
    it is night for somebody."""
    if form.dates is None:
        return None
    return dates_shown(_clocks(group), form.dates, [next(iter(form.names().values()), "")])


def _elsewhere(form: Any, group: WorkingGroup) -> str:
    """Return that not everybody's clock is shown, where it is so; "" where everybody's is."""
    zones = places_for(_clocks(group), form.dates)
    return elsewhere_in_words() if queries.has_people_elsewhere(group, zones) else ""


@blueprint.get("/groups/<slug>/meetings/participation.csv")
def participation_file(slug: str) -> Any:
    """Who came how often, for whoever runs the group; each file taken out of the house is written down."""
    actor, now = current_actor(), clock.now()
    group = queries.get_inside_group(actor, slug)
    rows = list_participation(actor, group, now=now)
    body = csv_of(participation_table(rows))
    headers = {"Content-Disposition": f'attachment; filename="participation-{group.slug}.csv"'}
    with writing_briefly():
        services.record_participation_export(actor, group, persons=len(rows), now=now)
    return Response(body, content_type=CSV_TYPE, headers=headers)
