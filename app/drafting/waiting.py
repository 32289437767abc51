"""What waits in texts: comments for whoever keeps them, and texts that nobody keeps for whoever runs the group."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.names import Name
from app.core.waiting import MOST, Kind, Line
from app.drafting import queries
from app.drafting.models import JointText
from app.workinggroups.keys import CONTRIBUTORS, COORDINATORS, groups_named_in


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """One line for each text with comments that wait, then one for each that needs a keeper."""
    if not groups_named_in(actor, CONTRIBUTORS):
        return []
    runs = groups_named_in(actor, COORDINATORS)
    lines = [
        Line(
            Kind.ANSWER,
            ngettext("A comment waits for your answer.", "%(num)s comments wait for your answer.", number),
            url_for("drafting.list_comments", slug=text.slug, text_id=text.id, show="open"),
            _("Read and answer"),
            _about(text),
        )
        for text, number in queries.list_unanswered(actor, limit=MOST)
    ]
    unkept = queries.list_unkept(runs, limit=MOST) if runs else []
    return lines + [
        Line(
            Kind.CARE,
            _("Nobody keeps this text any more: name somebody who writes it on."),
            url_for("drafting.edit_keepers", slug=text.slug, text_id=text.id),
            # I18N: link to the page where one says who writes the versions of a text
            _("Name a keeper"),
            _about(text),
        )
        for text in unkept
    ]


def _about(text: JointText) -> Name:
    return Name(text.title, text.language, is_fallback=True)
