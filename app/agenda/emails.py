"""The mail after a private calendar link was made: whoever has such a link goes on reading, also after a new password,
so its person is told and can revoke it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.agenda.models import CalendarLink
from app.core import mails
from app.core.addresses import absolute
from app.core.mails import Words, letter
from app.core.notices import register_topic
from app.core.registries import Contact
from app.extensions import db
from app.people.topics import ACCOUNT

MADE = "agenda.link_made"


def write_made(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """Never the address itself; nothing once the link is revoked."""
    link = db.session.get(CalendarLink, UUID(parameters["link"]))
    if link is None or link.revoked_at is not None:
        return None
    return letter(
        # I18N: subject of a mail
        _("A private calendar link was made"),
        # I18N: %(name)s is what somebody calls a link, mostly after a device
        _("With your account a link “%(name)s” was made. Whoever has it sees your dates.", name=link.name),
        _("If it was not you, revoke it here: %(address)s", address=absolute("/account/calendar")),
    )


def register() -> None:
    """Nobody can switch it off."""
    mails.register(MADE, write_made)
    register_topic(ACCOUNT.holding(MADE))
