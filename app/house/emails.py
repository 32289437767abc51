"""The mail that messages wait: never with their words, always with where to read them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.core import house, mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.notices import register_topic
from app.core.registries import Contact
from app.house import telling
from app.people.topics import DESK


def write_message_came(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """Return the mail; None where everything was answered meanwhile."""
    if not telling.is_waiting(parameters["audience"]):
        return None
    address = absolute("/house/messages")
    return letter(
        _("A message for %(house)s", house=house.name_of_house(page_language())),
        _("Somebody wrote through the contact form, and you are among those who answer."),
        _("What waits for an answer stands here: %(address)s", address=address),
    )


def register() -> None:
    mails.register(telling.MESSAGE_CAME, write_message_came)
    register_topic(DESK.holding(telling.MESSAGE_CAME))
