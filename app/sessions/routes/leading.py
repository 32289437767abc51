"""What every page about a gathering that one leads shares."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for

from app.core import permissions
from app.core.web import current_actor
from app.sessions import queries
from app.sessions.models import Gathering
from app.sessions.showing.head import head_of


def session_address(gathering: Gathering) -> str:
    return url_for("sessions.show_session", session_id=gathering.id)


def load_led(session_id: UUID) -> Gathering:
    """Return a gathering the actor sees and leads: 404 for the unseen, 403 for what others lead."""
    gathering = queries.get_visible_gathering(current_actor(), session_id)
    permissions.require(current_actor(), "sessions.lead_session", gathering)
    return gathering


def render_led(template: str, gathering: Gathering, form: Any, **more: Any) -> tuple[str, int]:
    return render_template(template, **head_of(gathering), form=form, **more), form.status
