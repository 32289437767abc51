"""What waits for those who answer proposals."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.waiting import Kind, Line
from app.proposals.queries import list_waiting


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """One line, however many there are."""
    number = len(list_waiting(actor))
    if not number:
        return []
    sentence = ngettext(
        "%(num)s meeting was proposed for the agenda.", "%(num)s meetings were proposed for the agenda.", number
    )
    return [Line(Kind.ANSWER, sentence, url_for("proposals.list_proposals"), _("Read and answer"))]
