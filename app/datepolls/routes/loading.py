"""What every page of a date poll begins with: who reads, the track or group, the poll, and what stands around it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for

from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.datepolls import queries
from app.datepolls.circles import circle_of
from app.datepolls.models import DatePoll
from app.datepolls.policy import Owner, is_inside
from app.people.queries import own_languages
from app.sessions.models import Track
from app.sessions.queries import get_visible_track


def load(date_poll_id: UUID, action: str = "datepolls.read") -> DatePoll:
    """Return a date poll: 404 for the unseen, 403 for who may not do this to it."""
    poll = queries.get_visible_date_poll(current_actor(), date_poll_id)
    require(current_actor(), action, poll)
    return poll


def load_track(slug: str) -> Track:
    """Return a track for those who take part in it; raises `NotFound` for the others."""
    track = get_visible_track(current_actor(), slug)
    if not is_inside(current_actor(), track):
        raise NotFound
    return track


def languages_first() -> list[str]:
    """Return in which languages the reader probably writes, to be offered first."""
    return [*own_languages(current_actor()), page_language()]


def address(poll: DatePoll) -> str:
    return url_for("datepolls.show", date_poll_id=poll.id)


def owner_values(owner: Owner) -> dict[str, Any]:
    circle = circle_of(owner)
    return {"circle": circle, "owner_name": names_of(circle.kind, [owner.id], page_language())[owner.id]}


def page(template: str, poll: DatePoll, **values: Any) -> str:
    title = queries.titles_of([poll])[poll.id]
    return render_template(f"datepolls/{template}", poll=poll, title=title, **owner_values(poll.owner), **values)


def form_page(template: str, poll: DatePoll, form: Form, **values: Any) -> tuple[str, int]:
    return page(template, poll, form=form, **values), form.status
