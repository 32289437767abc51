"""What waits for an answer among the messages of the contact form."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.waiting import Kind, Line
from app.house.queries import count_unanswered


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """For whom the messages came to."""
    count = count_unanswered(actor)
    if not count:
        return []
    sentence = ngettext(
        "%(num)s message to the house is not answered yet.",
        "%(num)s messages to the house are not answered yet.",
        count,
    )
    # I18N: link to messages that wait for an answer
    return [Line(Kind.ANSWER, sentence, url_for("house.list_messages"), _("Read them"))]
