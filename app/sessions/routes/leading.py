"""What every page about a session that one leads shares."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for

from app.core import permissions
from app.core.context import page_language
from app.core.names import names_of
from app.core.web import current_actor
from app.sessions import queries
from app.sessions.models import LearningSession


def session_address(session: LearningSession) -> str:
    return url_for("sessions.show_session", session_id=session.id)


def load_led(session_id: UUID) -> LearningSession:
    """Return a session the actor sees and leads: 404 for the unseen, 403 for what others lead."""
    session = queries.get_visible_session(current_actor(), session_id)
    permissions.require(current_actor(), "sessions.lead_session", session)
    return session


def render_led(template: str, session: LearningSession, form: Any, **more: Any) -> tuple[str, int]:
    language = page_language()
    page = render_template(
        template,
        session=session,
        track=session.track,
        name=names_of("session", [session.id], language)[session.id],
        track_name=names_of("track", [session.track_id], language)[session.track_id],
        form=form,
        **more,
    )
    return page, form.status
