"""What every page of a decision begins with: who reads, the group, the decision, and what stands around its forms."""

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
from app.decisions import queries
from app.decisions.models import Decision
from app.people.queries import own_languages
from app.workinggroups.models import WorkingGroup


def load(slug: str, decision_id: UUID, action: str = "decisions.read") -> Decision:
    """Return a decision of this group: 404 for the unseen, 403 for who may not do this to it."""
    decision = queries.get_visible_decision(current_actor(), decision_id)
    if decision.group.slug != slug:
        raise NotFound
    require(current_actor(), action, decision)
    return decision


def languages_first() -> list[str]:
    """Return in which languages the reader probably writes, to be offered first."""
    return [*own_languages(current_actor()), page_language()]


def address(decision: Decision, anchor: str | None = None) -> str:
    """Return the page of a decision: from its head, where the house says what became of the last act, or at the words
    that were just said."""
    return url_for("decisions.show", slug=decision.group.slug, decision_id=decision.id, _anchor=anchor)


def group_values(group: WorkingGroup) -> dict[str, Any]:
    return {"group": group, "group_name": names_of("group", [group.id], page_language())[group.id]}


def page(template: str, decision: Decision, **values: Any) -> str:
    return render_template(f"decisions/{template}", decision=decision, **group_values(decision.group), **values)


def form_page(template: str, decision: Decision, form: Form, **values: Any) -> tuple[str, int]:
    return page(template, decision, form=form, **values), form.status
