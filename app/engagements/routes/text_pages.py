"""What the pages about texts, handing in and results load and print at their head."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from app.core.context import page_language
from app.core.forms import Form
from app.core.names import Name
from app.core.permissions import require
from app.core.web import current_actor
from app.engagements.addresses import engagement_path
from app.engagements.models import Engagement
from app.engagements.queries import get_visible_engagement


def load(engagement_id: UUID, action: str) -> Engagement:
    """Return an engagement: 404 for the unseen, 403 for who may not do this to it."""
    engagement = get_visible_engagement(current_actor(), engagement_id)
    require(current_actor(), action, engagement)
    return engagement


def address(engagement: Engagement) -> str:
    return engagement_path(engagement.id)


def page(template: str, engagement: Engagement, **values: Any) -> str:
    title = Name(engagement.title, engagement.language, is_fallback=engagement.language != page_language())
    head = {"engagement": engagement, "engagement_title": title, "engagement_href": address(engagement)}
    return render_template(f"engagements/{template}", **head, **values)


def form_page(template: str, engagement: Engagement, form: Form, **values: Any) -> tuple[str, int]:
    return page(template, engagement, form=form, **values), form.status
