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
from app.extensions import db
from app.people.models import Person
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside
from app.workinggroups.queries import get_visible_group


def load_group(slug: str) -> WorkingGroup:
    """Return a group the reader is inside of; raises `NotFound` for those who only know of it."""
    group = get_visible_group(current_actor(), slug)
    if not is_inside(current_actor(), group):
        raise NotFound
    return group


def load(slug: str, decision_id: UUID, action: str = "decisions.read") -> Decision:
    """Return a decision of this group: 404 for the unseen, 403 for who may not do this to it."""
    decision = queries.get_visible_decision(current_actor(), decision_id)
    if decision.group.slug != slug:
        raise NotFound
    require(current_actor(), action, decision)
    return decision


def own_languages() -> list[str]:
    """Return the languages of the reader, to be offered first."""
    person = db.session.get(Person, current_actor().person_id)
    spoken = [row.language for row in person.languages] if person else []
    return list(dict.fromkeys([*spoken, page_language()]))


def address(decision: Decision, anchor: str | None = None) -> str:
    return url_for("decisions.show", slug=decision.group.slug, decision_id=decision.id, _anchor=anchor)


def group_values(group: WorkingGroup) -> dict[str, Any]:
    return {"group": group, "group_name": names_of("group", [group.id], page_language())[group.id]}


def page(template: str, decision: Decision, **values: Any) -> str:
    return render_template(f"decisions/{template}", decision=decision, **group_values(decision.group), **values)


def form_page(template: str, decision: Decision, form: Form, **values: Any) -> tuple[str, int]:
    return page(template, decision, form=form, **values), form.status
