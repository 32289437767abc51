"""What waits in topics: authors who ask whoever runs the group to show their words again."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.waiting import MOST, Kind, Line
from app.discussions.queries import list_pleas


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """One line for each author who waits, the longest first."""
    pleas = list_pleas(actor, limit=MOST)
    groups = names_of("group", {row.post.topic.group_id for row in pleas}, page_language())
    return [
        Line(
            Kind.ANSWER,
            _("An author asks that words be shown in a topic again."),
            url_for("discussions.show_withheld", slug=row.post.topic.slug, post_id=row.post_id),
            _("Answer"),
            groups[row.post.topic.group_id],
        )
        for row in pleas
    ]
