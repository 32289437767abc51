"""What needs care and belongs to no package alone: mails that did not arrive, and mails that do not leave."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import heartbeat
from app.core.actors import Actor
from app.core.permissions import can
from app.core.waiting import Kind, Line
from app.home.queries import count_failed_mails


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """For whoever can find another way to a person, or knows who looks after the machine."""
    return [*_failed(actor, now), *_late(actor, now)] if can(actor, "people.open_desk") else []


def _failed(actor: Actor, now: datetime) -> list[Line]:
    count = count_failed_mails(actor, now=now)
    if not count:
        return []
    sentence = ngettext(
        "%(num)s mail of the last 30 days did not arrive.", "%(num)s mails of the last 30 days did not arrive.", count
    )
    # I18N: link to the list of mails that did not arrive
    return [Line(Kind.CARE, sentence, url_for("mailings.list_mails", state="failed"), _("See for whom"))]


def _late(actor: Actor, now: datetime) -> list[Line]:
    """A house in which no worker ever was is one that is being tried; it is missed once mails are late."""
    if not can(actor, "mailings.read_log"):
        return []
    pulse = heartbeat.pulse(now)
    if pulse.is_late(now):
        sentence = ngettext(
            "%(num)s mail should have left and waits.", "%(num)s mails should have left and wait.", pulse.due
        )
    elif pulse.seen_at is not None and pulse.is_missed(now):
        # I18N: the worker is the program that sends the mails of the house
        sentence = _("The worker was not seen for some minutes: no mail leaves. Tell whoever looks after the machine.")
    else:
        return []
    # I18N: link to the list of mails that have not left yet
    return [Line(Kind.CARE, sentence, url_for("mailings.list_mails", state="leaving"), _("See which"))]
