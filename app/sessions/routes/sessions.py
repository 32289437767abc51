"""The page of a gathering and its calendar file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.forms import ActionForm, Form
from app.core.web import asks_who_comes, current_actor, public, readable_offline
from app.moments import queries as moments
from app.moments.calendar_file import CalendarEntry, calendar_file
from app.moments.shown import was_words
from app.sessions import addresses, policy, queries
from app.sessions.blueprint import blueprint
from app.sessions.hosts import host_of, title_of
from app.sessions.models import Gathering
from app.sessions.showing.coming import coming_of, intentions_of
from app.sessions.showing.head import head_of
from app.sessions.showing.meeting import agenda_of, lasts, link_opens
from app.sessions.showing.presence import presence_of
from app.sessions.showing.roster import needs_of
from app.sessions.showing.strip import strip_of
from app.sessions.showing.warp import next_session_id, places_in_time


def show(
    gathering: Gathering, *, form: Form | None = None, confirm: Form | None = None, night: str = ""
) -> tuple[str, int]:
    """Return the page of a gathering; `form` is a button that was refused, `confirm` one that waits for another press
    because of the `night`."""
    actor, now = current_actor(), clock.now()
    siblings = queries.list_siblings(actor, gathering)
    places = places_in_time(siblings)
    takes_place = policy.takes_place(gathering)
    is_coming = takes_place and not policy.is_over(gathering, now)
    changes = moments.list_changes(gathering.moment)
    host = host_of(gathering)
    page = render_template(
        "sessions/session.html",
        **head_of(gathering),
        number=places.get(gathering.id),
        total=len(places),
        is_next=gathering.id == next_session_id(siblings, now),
        is_held=policy.is_held(gathering, now),
        takes_place=takes_place,
        takes_part=policy.takes_part_in(actor, gathering),
        is_coming=is_coming,
        was=was_words(changes, gathering.moment) if is_coming else "",
        strip=strip_of(actor, gathering, siblings),
        agenda=agenda_of(gathering),
        lasts=lasts(gathering),
        needs=needs_of(actor, gathering) if is_coming else [],
        attended=queries.count_attendance([gathering.id]).get(gathering.id, (0, 0)),
        changes=changes,
        changed_by=host.hands(actor, gathering, {change.actor_id for change in changes if change.actor_id}),
        standing=host.standing(actor, gathering, now),
        join_link=gathering.join_link if policy.can_see_join_link(actor, gathering, now) else "",
        link_opens=link_opens(actor, gathering, now),
        coming=coming_of(actor, gathering, now=now),
        intentions=intentions_of(actor, gathering) if is_coming else None,
        presence=presence_of(actor, gathering, now=now),
        attendance_open=policy.attendance_is_open(gathering, now),
        leads=policy.can_lead_session(actor, gathering),
        action=ActionForm(formdata=None),
        confirm=confirm,
        night=night,
        refused=form,
    )
    return page, form.status if form else 200


@blueprint.get("/sessions/<uuid:session_id>")
@asks_who_comes
@readable_offline
def show_session(session_id: UUID) -> Any:
    return show(queries.get_visible_gathering(current_actor(), session_id))


@blueprint.get("/sessions/<uuid:session_id>.ics")
@public
def session_calendar(session_id: UUID) -> Any:
    gathering, language = queries.get_visible_gathering(current_actor(), session_id), page_language()
    host = host_of(gathering)
    name = title_of(gathering, language)
    entry = CalendarEntry(
        moment=gathering.moment,
        title=str(_("%(group)s: %(title)s", group=host.owner(gathering, language).name.text, title=name.text)),
        language=name.language,
        url=absolute(addresses.session_path(gathering.id)),
        description=_("The link to the meeting is on this page, from 24 hours before, for participants."),
    )
    file = calendar_file([entry])
    headers = {"Content-Disposition": f'attachment; filename="{host.kind}-{host.number(gathering)}.ics"'}
    return Response(file, mimetype="text/calendar", headers=headers)
