"""The mail that words of a meeting wait for who said them: never with the words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from app.core import mails
from app.core.context import page_language
from app.core.mails import Words
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.reflections.models import Draft
from app.reflections.telling_drafts import DRAFT_WAITS


def write_draft_waits(parameters: dict[str, Any], contact: Contact) -> Words | None:
    draft = db.session.get(Draft, UUID(parameters["draft"]))
    if draft is None:
        return None
    track = names_of("track", [draft.track_id], page_language())[draft.track_id].text
    # I18N: how a mail begins
    greeting = _("Dear %(name)s,", name=contact.name) if contact.name else _("Hello,")
    address = f"{current_app.extensions['maloca'].address}/reflections/drafts"
    return Words(
        _("Your words in the track %(track)s", track=track),
        "\n\n".join(
            (
                greeting,
                _("Somebody took down what you said. Nobody reads it until you publish it, or throw it away."),
                # I18N: in a mail; the link to the page that it is about
                _("Read it here: %(address)s", address=address),
            )
        ),
    )


def register() -> None:
    mails.register(DRAFT_WAITS, write_draft_waits)
