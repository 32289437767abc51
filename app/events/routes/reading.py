"""One event: its page, and the same to take along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template

from app.core.addresses import absolute
from app.core.permissions import can
from app.core.web import asks_who_comes, current_actor, public
from app.events import queries, showing
from app.events.addresses import event_path
from app.events.models import Event
from app.events.routes import blueprint
from app.moments import queries as moments
from app.moments.calendar_file import CalendarEntry, calendar_file


@blueprint.get("/<uuid:event_id>")
@asks_who_comes
def show_event(event_id: UUID) -> Any:
    """Title in its own language, the hour for the reader, where it was read, the way there."""
    actor = current_actor()
    event = queries.get_visible_event(actor, event_id)
    return render_template(
        "events/show.html",
        **showing.page_values(actor, event),
        keeps=can(actor, "events.keep", event),
        changes=moments.list_changes(event.moment),
    )


@blueprint.get("/<uuid:event_id>.ics")
@public
def event_calendar(event_id: UUID) -> Any:
    event = queries.get_visible_event(current_actor(), event_id)
    headers = {"Content-Disposition": f'attachment; filename="event-{event.moment.starts_at:%Y-%m-%d}.ics"'}
    return Response(calendar_file([entry_of(event)]), mimetype="text/calendar", headers=headers)


def entry_of(event: Event) -> CalendarEntry:
    return CalendarEntry(
        moment=event.moment,
        title=event.title,
        language=event.language,
        url=absolute(event_path(event.id)),
        description="\n\n".join(part for part in (event.place, event.organiser, event.address) if part),
    )
