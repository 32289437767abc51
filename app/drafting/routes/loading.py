"""What every page about a joint text loads and prints at its head."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for

from app.core.context import page_language
from app.core.forms import Form
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.drafting import queries, showing
from app.drafting.models import Comment, JointText
from app.people.queries import own_languages
from app.workinggroups.models import WorkingGroup


def load(slug: str, text_id: UUID, action: str = "drafting.read") -> JointText:
    """Return a text of this group: 404 for the unseen, 403 for who may not do this to it."""
    text = queries.get_visible_text(current_actor(), slug, text_id)
    require(current_actor(), action, text)
    return text


def load_comment(slug: str, comment_id: UUID, action: str) -> Comment:
    """Return a comment the reader may do something with."""
    comment = queries.get_visible_comment(current_actor(), comment_id, slug)
    require(current_actor(), action, comment)
    return comment


def languages_first() -> list[str]:
    """Return in which languages the reader probably writes, to be offered first."""
    return [*own_languages(current_actor()), page_language()]


def address(text: JointText) -> str:
    return url_for("drafting.show_text", slug=text.slug, text_id=text.id)


def address_of_comment(comment: Comment) -> str:
    return url_for("drafting.show_comment", slug=comment.text.slug, comment_id=comment.id)


def group_values(group: WorkingGroup) -> dict[str, Any]:
    return {"group": group, "group_name": names_of("group", [group.id], page_language())[group.id]}


def page(template: str, text: JointText, **values: Any) -> str:
    head = {"text": text, "text_name": showing.called(text), "adopted": showing.adopted_words(text)}
    return render_template(f"drafting/{template}", **head, **group_values(text.group), **values)


def form_page(template: str, text: JointText, form: Form, **values: Any) -> tuple[str, int]:
    return page(template, text, form=form, **values), form.status
