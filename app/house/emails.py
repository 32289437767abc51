"""The mail that a message came: never with its words, always with where to read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from app.core import house, mails
from app.core.context import page_language
from app.core.mails import Words
from app.core.registries import Contact
from app.extensions import db
from app.house import services
from app.house.models import ContactMessage


def write_message_came(parameters: dict[str, Any], contact: Contact) -> Words | None:
    message = db.session.get(ContactMessage, UUID(parameters["message"]))
    if message is None or message.answered_at is not None:
        return None
    # I18N: how a mail begins
    greeting = _("Dear %(name)s,", name=contact.name) if contact.name else _("Hello,")
    address = f"{current_app.extensions['maloca'].address}/house/messages/{message.id}"
    return Words(
        _("A message for %(house)s", house=house.name_of_house(page_language())),
        "\n\n".join(
            (
                greeting,
                _("Somebody wrote through the contact form, and you are among those who answer."),
                _("Read it here: %(address)s", address=address),
            )
        ),
    )


def register() -> None:
    mails.register(services.MESSAGE_CAME, write_message_came)
