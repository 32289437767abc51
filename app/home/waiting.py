"""What needs care and belongs to no package alone: mails that did not arrive."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.permissions import can
from app.core.waiting import Kind, Line
from app.home.queries import count_failed_mails


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """For whoever can find another way to a person."""
    count = count_failed_mails(actor, now=now) if can(actor, "people.open_desk") else 0
    if not count:
        return []
    sentence = ngettext(
        "%(num)s mail of the last 30 days did not arrive.", "%(num)s mails of the last 30 days did not arrive.", count
    )
    # I18N: link to the list of mails that did not arrive
    return [Line(Kind.CARE, sentence, url_for("mailings.list_mails", state="failed"), _("See for whom"))]
