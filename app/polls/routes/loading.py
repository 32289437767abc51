"""What every page of a poll begins with: who reads, the group, the poll, and what stands around its forms."""

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
from app.people.queries import own_languages
from app.polls import queries
from app.polls.models import Poll
from app.polls.wordings import question_of
from app.workinggroups.models import WorkingGroup


def load(slug: str, poll_id: UUID, action: str = "polls.read") -> Poll:
    """Return a poll of this group: 404 for the unseen, 403 for who may not do this to it."""
    poll = queries.get_visible_poll(current_actor(), poll_id)
    if poll.group.slug != slug:
        raise NotFound
    require(current_actor(), action, poll)
    return poll


def languages_first() -> list[str]:
    """Return in which languages the reader probably writes, to be offered first."""
    return [*own_languages(current_actor()), page_language()]


def address(poll: Poll) -> str:
    return url_for("polls.show", slug=poll.group.slug, poll_id=poll.id)


def group_values(group: WorkingGroup) -> dict[str, Any]:
    return {"group": group, "group_name": names_of("group", [group.id], page_language())[group.id]}


def page(template: str, poll: Poll, **values: Any) -> str:
    return render_template(
        f"polls/{template}", poll=poll, question=question_of(poll), **group_values(poll.group), **values
    )


def form_page(template: str, poll: Poll, form: Form, **values: Any) -> tuple[str, int]:
    return page(template, poll, form=form, **values), form.status
