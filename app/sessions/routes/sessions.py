"""The page of a session and its calendar file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import ActionForm, Form
from app.core.names import names_of
from app.core.web import current_actor, public, readable_offline
from app.moments import queries as moments
from app.moments.calendar_file import CalendarEntry, calendar_file
from app.sessions import addresses, policy, queries
from app.sessions.blueprint import blueprint
from app.sessions.models import LearningSession
from app.sessions.showing.joining import joining_of
from app.sessions.showing.meeting import agenda_of, lasts, link_opens
from app.sessions.showing.presence import presence_of
from app.sessions.showing.roster import needs_of
from app.sessions.showing.strip import strip_of
from app.sessions.showing.team import hands_shown
from app.sessions.showing.warp import next_session_id, places_in_time


def show(session: LearningSession, *, form: Form | None = None) -> tuple[str, int]:
    """Return the page of a session; `form` is a button that was refused."""
    actor, now, language = current_actor(), clock.now(), page_language()
    siblings = queries.list_sessions(actor, session.track)
    places = places_in_time(siblings)
    is_coming = policy.takes_place(session) and not policy.is_over(session, now)
    changes = moments.list_changes(session.moment)
    page = render_template(
        "sessions/session.html",
        session=session,
        track=session.track,
        name=names_of("session", [session.id], language)[session.id],
        track_name=names_of("track", [session.track_id], language)[session.track_id],
        number=places.get(session.id),
        total=len(places),
        is_next=session.id == next_session_id(siblings, now),
        is_held=policy.is_held(session, now),
        takes_place=policy.takes_place(session),
        is_coming=is_coming,
        strip=strip_of(actor, session, siblings),
        agenda=agenda_of(session),
        lasts=lasts(session),
        needs=needs_of(actor, session) if is_coming else [],
        attended=queries.count_attendance([session.id]).get(session.id, (0, 0)),
        changes=changes,
        changed_by=hands_shown(actor, session.track, {change.actor_id for change in changes}),
        joining=joining_of(actor, session.track, now=now),
        join_link=session.join_link if policy.can_see_join_link(actor, session, now) else "",
        link_opens=link_opens(actor, session, now),
        presence=presence_of(actor, session, now=now),
        attendance_open=policy.attendance_is_open(session, now),
        leads=policy.can_lead_session(actor, session),
        action=ActionForm(formdata=None),
        refused=form,
    )
    return page, form.status if form else 200


@blueprint.get("/sessions/<uuid:session_id>")
@public
@readable_offline
def show_session(session_id: UUID) -> Any:
    return show(queries.get_visible_session(current_actor(), session_id))


@blueprint.get("/sessions/<uuid:session_id>.ics")
@public
def session_calendar(session_id: UUID) -> Any:
    session, language = queries.get_visible_session(current_actor(), session_id), page_language()
    name = names_of("session", [session.id], language)[session.id]
    track = names_of("track", [session.track_id], language)[session.track_id]
    entry = CalendarEntry(
        moment=session.moment,
        title=f"{track.text}: {name.text}",
        language=name.language,
        url=addresses.absolute(addresses.session_path(session.id)),
        description=_("The link to the meeting is on this page, from 24 hours before, for participants."),
    )
    file = calendar_file([entry])
    headers = {"Content-Disposition": f'attachment; filename="session-{session.number}.ics"'}
    return Response(file, mimetype="text/calendar", headers=headers)
